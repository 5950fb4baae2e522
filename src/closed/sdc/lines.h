/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/lines.h - relations by the cells that are in them, and what the open
 * ones say. CONFIDENTIAL.
 *
 * A relation of which one cell is open gives it away, and so does one whose
 * open parts hold too little to hide a primary among them. That takes no
 * witness to see, and some must be opened before any can be found. */
#ifndef SDC_LINES_H
#define SDC_LINES_H

#include "sdc/field.h"

struct lines {
    const struct field *field;
    size_t *starts; /* rows of each cell: rows[starts[c] .. starts[c + 1]) */
    uint32_t *rows; /* numbers of relations */
};

struct lines lines_index(struct arena *arena, const struct field *field);

/* What the open cells of a relation are like. */
struct line_tally {
    size_t open, primaries;
    int64_t slack;        /* how far the open parts together can go down */
    int64_t width;        /* the largest asked of one of them ... */
    int64_t need;         /* ... and of a primary */
    bool total;           /* the total is open */
    size_t alone, secret; /* cells of somebody alone; cells to hide from them */
};

struct line_tally lines_tally(const struct lines *lines, size_t row);

/* True when the relation gives an open cell away, or leaves less than `width`
 * between its open parts. */
bool lines_deficient(const struct line_tally *tally, int64_t width);

#endif
