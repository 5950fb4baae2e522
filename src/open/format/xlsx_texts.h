/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_texts.h - which texts a sheet has, each in its place, for the
 * writer and the checker of workbooks. */
#ifndef FORMAT_XLSX_TEXTS_H
#define FORMAT_XLSX_TEXTS_H

#include "format/xlsx_books.h"

/* The first sheets of a book whose other sheets are known: what it is and what
 * is in it, and what its signs say. */
const struct xlsx_sheet *xlsx_front(struct arena *arena,
                                    const struct document *document,
                                    const struct xlsx_book *book);
/* Gives the sheet of a grid its texts and the place of its header row. */
void xlsx_place_texts(struct arena *arena, enum lang lang,
                      struct xlsx_sheet *sheet);
/* A text cell of a grid: none is left blank. */
const char *xlsx_cell_text(const struct grid_cell *cell);
/* A number's pattern, "#,##0.0", with the signs shown after it; decimals -1: a
 * sign in the place of a number. */
const char *xlsx_pattern(struct arena *arena, int decimals, unsigned flags);

#endif
