/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/grid.h - from a combination of parts to its cell, fast.
 *
 * A place is the sum of one term per dimension and one for the measure. Places
 * are numbered without gaps and read from a table of two levels, whose pages
 * exist only where there are cells: most combinations of parts are in no table
 * of a release. Where even the upper level would be too large, the place is
 * the key and is looked up in the universe's hash. */
#ifndef SDC_GRID_H
#define SDC_GRID_H

#include "sdc/universe.h"

enum {
    GRID_PAGE_BITS = 6,
    GRID_PAGE = 1 << GRID_PAGE_BITS, /* places */
};

struct grid {
    const struct universe *universe;
    uint64_t *terms[DIM_COUNT]; /* [parts of the axis] */
    uint64_t measure_term;      /* times the measure's number */
    const uint32_t *starts;     /* [pages] in cells; NULL when it is sparse */
    const uint32_t *cells;      /* cell + 1, or 0; the first page is empty */
};

struct grid grid_build(struct arena *arena, const struct universe *universe);

static inline size_t grid_cell(const struct grid *grid, uint64_t place)
{
    if (grid->starts == NULL)
        return universe_lookup(grid->universe, place);
    uint32_t found = grid->cells[grid->starts[place >> GRID_PAGE_BITS] +
                                 (place & (GRID_PAGE - 1))];
    return found == 0 ? SDC_NO_CELL : found - 1;
}

#endif
