/* SPDX-License-Identifier: EUPL-1.2 */
/* format/pdf_text.h - the text of a finished PDF, read back from its pages.
 *
 * Reads what device/haru.h writes: text as hexadecimal codes in TJ arrays,
 * mapped to Unicode by each font's ToUnicode table, inside marked content
 * whose tag is a structure type. Artifacts are left out. */
#ifndef FORMAT_PDF_TEXT_H
#define FORMAT_PDF_TEXT_H

#include "base/err.h"
#include "base/text.h"

struct pdf_mark {     /* one piece of marked content, in page order */
    const char *role; /* "P", "TD", "TH", ... */
    const char *text; /* soft hyphens removed; of a cell, with the letters of
                         its flags */
    size_t page;      /* from 0 */
};

struct pdf_text {
    size_t page_count;
    const char **labels; /* [page_count] numbers of pages as readers are told
                            them: "iv", "12" */
    struct pdf_mark *marks;
    size_t mark_count;
};

/* ERR_DISAGREE when the file is damaged, draws a warning from libqpdf or has
 * no structure tree. */
bool pdf_text_read(struct arena *arena, const char *path, struct pdf_text *out,
                   struct err *err) MUST_USE;

#endif
