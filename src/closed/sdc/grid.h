/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/grid.h - from a combination of parts to its cell, fast.
 *
 * A place is the sum of one term per dimension and one for the measure. Small
 * universes have a dense table of places; in large ones the place is the key
 * and is looked up in the universe's hash. */
#ifndef SDC_GRID_H
#define SDC_GRID_H

#include "sdc/universe.h"

struct grid {
    const struct universe *universe;
    uint64_t *terms[DIM_COUNT]; /* [parts of the axis] */
    uint64_t measure_term;      /* times the measure's number */
    const uint32_t *table;      /* cell + 1, or 0; NULL when it is sparse */
};

struct grid grid_build(struct arena *arena, const struct universe *universe);

static inline size_t grid_cell(const struct grid *grid, uint64_t place)
{
    if (grid->table == NULL)
        return universe_lookup(grid->universe, place);
    uint32_t found = grid->table[place];
    return found == 0 ? SDC_NO_CELL : found - 1;
}

#endif
