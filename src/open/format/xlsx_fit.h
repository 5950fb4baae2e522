/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_fit.h - how wide the columns of a sheet are, how high its rows,
 * and how it is shared out over pages of A4. */
#ifndef FORMAT_XLSX_FIT_H
#define FORMAT_XLSX_FIT_H

#include "format/xlsx_books.h"

enum {
    XLSX_SMALLEST = 60, /* per cent of its size that a sheet may be printed at:
                           letters of 11 points are 6.6 */
};

struct xlsx_column {
    size_t letters; /* on a line */
    size_t room;    /* of the longest signs beside a value */
};

/* How a sheet is printed. */
struct xlsx_paper {
    bool landscape;
    size_t labels;          /* columns on the left that name the rows */
    const uint16_t *breaks; /* columns that pages begin with, or NULL: the
                               sheet is made as wide as a page */
    size_t break_count;
};

struct xlsx_column *xlsx_fit(struct arena *arena, const struct grid *grid);
/* Upright, on its side, or over several pages where neither is legible: they
 * break between groups of columns, and each has the names of the rows. */
struct xlsx_paper xlsx_paper(struct arena *arena, const struct grid *grid,
                             const struct xlsx_column *columns);

/* Width of a column, in the library's units, that has `letters` on a line. */
double xlsx_width(size_t letters);
/* Lines of a text broken at blanks where `letters` fit on one. */
size_t xlsx_lines(const char *text, size_t letters);
/* Height of a row of so many lines. */
double xlsx_height_pt(size_t lines);

#endif
