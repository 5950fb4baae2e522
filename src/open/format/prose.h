/* SPDX-License-Identifier: EUPL-1.2 */
/* format/prose.h - the words of a finished file against those of its document.
 *
 * A text says values of cells. Each is looked up again in its published table
 * (an interval in the columns of its bounds), and every letter of every text is
 * looked for in the file, one text after the other, so that a digit that is
 * not as it was written is found wherever it stands. Spaces of any kind and
 * hyphenation are not compared: they are the layout's. */
#ifndef FORMAT_PROSE_H
#define FORMAT_PROSE_H

#include "base/err.h"
#include "base/text.h"
#include "page/document.h"

/* Adds a text without its spaces, soft hyphens and word joiners. */
void prose_squeeze(struct text *out, const char *text, size_t size);

struct prose {
    struct arena *arena;
    const struct document *document;
    const char *name;         /* of the file, for messages */
    const char *const *piece; /* its words in order, squeezed */
    size_t piece_count;
    bool paper;          /* pages: figures float, texts go over to the next */
    size_t at, at_piece; /* behind what was found last: byte of a piece */
    size_t compared;     /* values of texts and key figures, so far */
};

/* The texts of a block: its headings, paragraphs, items and the lines under
 * it. ERR_DISAGREE names the value, its cell, and where it was written. */
bool prose_block(struct prose *prose, const struct block *block,
                 struct err *err) MUST_USE;

#endif
