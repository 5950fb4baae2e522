/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/grid.h"

/* Upper level: 64 MB. Pages hold a cell each, at least, so that the lower one
 * is in proportion to the universe. */
#define PLACES_LIMIT (UINT64_C(1) << (24 + GRID_PAGE_BITS))

static uint64_t place_of(const struct grid *grid, uint64_t key)
{
    uint64_t place = universe_measure(key) * grid->measure_term;
    for (int d = 0; d < DIM_COUNT; d++)
        place += grid->terms[d][universe_part(key, (enum dim)d)];
    return place;
}

/* Terms that number the used parts of each dimension without gaps. Parts that
 * no cell uses keep the term 0: no vector reaches them. Territories come next
 * to each other: tables run over whole levels of them, which fills pages. */
static uint64_t dense_terms(struct grid *grid)
{
    const struct universe *universe = grid->universe;
    for (size_t c = 0; c < universe->count; c++) {
        for (int d = 0; d < DIM_COUNT; d++)
            grid->terms[d][universe_part(universe->keys[c], (enum dim)d)] = 1;
    }
    uint64_t stride = 1;
    for (int d = DIM_TERRITORY; d < DIM_COUNT; d++) {
        uint64_t used = 0;
        for (size_t p = 0; p < universe->axes[d].count; p++) {
            if (grid->terms[d][p] != 0)
                grid->terms[d][p] = stride * used++;
        }
        stride *= used;
        if (stride > PLACES_LIMIT)
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

/* Numbers the pages that have cells, from 1 on; returns how many places all
 * pages have, with the empty one. */
static size_t open_pages(const struct grid *grid, uint32_t *starts)
{
    size_t size = GRID_PAGE;
    for (size_t c = 0; c < grid->universe->count; c++) {
        uint64_t place = place_of(grid, grid->universe->keys[c]);
        if (starts[place >> GRID_PAGE_BITS] == 0) {
            starts[place >> GRID_PAGE_BITS] = (uint32_t)size;
            size += GRID_PAGE;
        }
    }
    return size;
}

static void fill_pages(struct arena *arena, struct grid *grid, uint64_t places)
{
    uint32_t *starts =
        arena_array(arena, (places >> GRID_PAGE_BITS) + 1, sizeof *starts);
    uint32_t *cells =
        arena_array(arena, open_pages(grid, starts), sizeof *cells);
    for (size_t c = 0; c < grid->universe->count; c++) {
        uint64_t place = place_of(grid, grid->universe->keys[c]);
        cells[starts[place >> GRID_PAGE_BITS] + (place & (GRID_PAGE - 1))] =
            (uint32_t)(c + 1);
    }
    grid->starts = starts;
    grid->cells = cells;
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
    if (places > PLACES_LIMIT)
        sparse_terms(&grid);
    else
        fill_pages(arena, &grid, places);
    return grid;
}
