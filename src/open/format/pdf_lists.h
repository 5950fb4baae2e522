/* SPDX-License-Identifier: EUPL-1.2 */
/* format/pdf_lists.h - what leads readers through a finished PDF: cover,
 * contents, lists of figures and tables, index, references.
 *
 * Each entry is that of its heading, figure or table, in order, none missing
 * and none more, and the number beside it is that of a page where those words
 * stand; so is the number beside a reference inside a text. Pages of the index
 * say the term. */
#ifndef FORMAT_PDF_LISTS_H
#define FORMAT_PDF_LISTS_H

#include "format/pdf_text.h"
#include "page/document.h"

/* ERR_DISAGREE names the entry and the page. `path` is for messages. */
bool pdf_lists_check(struct arena *arena, const struct document *document,
                     const char *path, const struct pdf_text *text,
                     struct err *err) MUST_USE;

#endif
