/* SPDX-License-Identifier: EUPL-1.2 */
/* format/pdf_impl.h - the two halves of the PDF format. */
#ifndef FORMAT_PDF_IMPL_H
#define FORMAT_PDF_IMPL_H

#include "device/haru.h"
#include "format/format.h"
#include "page/theme.h"

char *pdf_path(struct arena *arena, const struct format_job *job);

/* Attaches the cleared numbers of a figure to its element, as the file
 * DOCUMENT-FIGURE.csv, where the document's standard has attachments. */
void pdf_attach(struct arena *arena, struct haru *haru, int element,
                const struct document *document, const struct figure *figure,
                const char *title);

/* Reads the finished file back through libqpdf: it opens without a warning,
 * has pages and a structure tree, and the cells of every table, decoded from
 * the pages, are those of the document's grids. */
bool pdf_verify(const struct format_job *job, struct err *err);

#endif
