/* SPDX-License-Identifier: EUPL-1.2 */
/* format/figure_pdf.h - one figure as a PDF file of its own: a page of its
 * size, vectors and text, tagged with its alternative text. */
#ifndef FORMAT_FIGURE_PDF_H
#define FORMAT_FIGURE_PDF_H

#include "page/document.h"

/* Who made the file, in which language; the title is the alternative text. */
struct figure_pdf {
    const char *author, *lang, *date, *creator;
    enum archive archive;
    /* Of a figure of a document, whose numbers may be attached; or NULL. */
    const struct document *document;
    const struct figure *figure;
    const char *title;
};

bool figure_pdf_write(struct arena *arena, const struct scene *scene,
                      const struct fonts *fonts, const struct figure_pdf *about,
                      const char *path, struct err *err) MUST_USE;

#endif
