/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/grid.h"

enum {
    DENSE_LIMIT = 1 << 25, /* entries: 128 MB */
};

static uint64_t place_of(const struct grid *grid, uint64_t key)
{
    uint64_t place = universe_measure(key) * grid->measure_term;
    for (int d = 0; d < DIM_COUNT; d++)
        place += grid->terms[d][universe_part(key, (enum dim)d)];
    return place;
}

/* Terms that number the used parts of each dimension without gaps. Parts that
 * no cell uses keep the term 0: no vector reaches them. */
static uint64_t dense_terms(struct grid *grid)
{
    const struct universe *universe = grid->universe;
    for (size_t c = 0; c < universe->count; c++) {
        for (int d = 0; d < DIM_COUNT; d++)
            grid->terms[d][universe_part(universe->keys[c], (enum dim)d)] = 1;
    }
    uint64_t stride = 1;
    for (int d = DIM_COUNT - 1; d >= 0; d--) {
        uint64_t used = 0;
        for (size_t p = 0; p < universe->axes[d].count; p++) {
            if (grid->terms[d][p] != 0)
                grid->terms[d][p] = stride * used++;
        }
        stride *= used;
        if (stride > DENSE_LIMIT)
            return stride;
    }
    grid->measure_term = stride;
    return stride * universe->measure_count;
}

static void sparse_terms(struct grid *grid)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        for (size_t p = 0; p < grid->universe->axes[d].count; p++)
            grid->terms[d][p] = (uint64_t)p << universe_shift[d];
    }
    grid->measure_term = UINT64_C(1) << (universe_shift[DIM_TERRITORY] +
                                         universe_bits[DIM_TERRITORY]);
}

struct grid grid_build(struct arena *arena, const struct universe *universe)
{
    struct grid grid = {.universe = universe};
    for (int d = 0; d < DIM_COUNT; d++)
        grid.terms[d] =
            arena_array(arena, universe->axes[d].count, sizeof *grid.terms[d]);
    if (universe->count == 0)
        return grid;
    uint64_t places = dense_terms(&grid);
    if (places > DENSE_LIMIT) {
        sparse_terms(&grid);
        return grid;
    }
    uint32_t *table = arena_array(arena, places, sizeof *table);
    for (size_t c = 0; c < universe->count; c++)
        table[place_of(&grid, universe->keys[c])] = (uint32_t)(c + 1);
    grid.table = table;
    return grid;
}
