/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_grid_attack.h - every age count of every block of a grid is tried, by
 * enumeration, that has the totals and the digits that are printed. */
#ifndef RATE_GRID_ATTACK_H
#define RATE_GRID_ATTACK_H

#include "rate_grid.h"

static inline bool grid_is_target(const struct grid_row *row, size_t age)
{
    return row->width.at[age] > 0;
}

/* Ages of 1..T-1 cases that were met within fewer than T-2. */
static inline size_t grid_row_exposed(const struct grid_row *row)
{
    size_t count = 0;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        count += grid_is_target(row, a) &&
                 row->high.at[a] - row->low.at[a] < row->width.at[a];
    return count;
}

/* Those of the part. */
static inline size_t grid_exposed(const struct grid *grid)
{
    size_t count = 0;
    for (size_t r = 0; r < grid->row_count; r++) {
        if ((grid->rows[r].blocks & ~grid->part) == 0)
            count += grid_row_exposed(&grid->rows[r]);
    }
    return count;
}

static inline void grid_stretch(struct grid *grid)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        struct grid_row *row = &grid->rows[r];
        for (size_t a = 0; a < FIXTURE_AGES; a++) {
            int sum = 0;
            for (size_t b = 0; b < grid->block_count; b++)
                sum += row->blocks >> b & 1 ? grid->at[b].at[a] : 0;
            if (sum < row->low.at[a])
                row->low.at[a] = sum;
            if (sum > row->high.at[a])
                row->high.at[a] = sum;
        }
    }
}

static inline struct vector grid_row_sum(const struct grid *grid,
                                         const struct grid_row *row,
                                         unsigned known)
{
    struct vector sum = {{0}};
    for (size_t b = 0; b < grid->block_count; b++) {
        for (size_t a = 0; row->blocks & known & 1U << b && a < FIXTURE_AGES;
             a++)
            sum.at[a] += grid->at[b].at[a];
    }
    return sum;
}

static inline int grid_total(const struct vector *ages)
{
    return ages->at[0] + ages->at[1] + ages->at[2] + ages->at[3];
}

/* Whether rows with the block can be as they are printed, as far as known. */
static inline bool grid_fits(const struct grid *grid, size_t block,
                             unsigned known)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        const struct grid_row *row = &grid->rows[r];
        if (!(row->blocks >> block & 1) || !row->told)
            continue;
        struct vector sum = grid_row_sum(grid, row, known);
        bool whole = (row->blocks & ~known) == 0;
        if (!row->shown && whole && grid_total(&sum) == 0)
            return false; /* a zero would be shown */
        if (!row->shown)
            continue;
        for (size_t a = 0; a < FIXTURE_AGES; a++) {
            if (sum.at[a] > row->most.at[a])
                return false;
        }
        if (whole &&
            (grid_total(&sum) != row->total || !row->allowed[grid_code(&sum)]))
            return false;
    }
    return true;
}

/* The shown row with the fewest vectors that has the block and, of others, only
 * known ones; NULL when there is none. */
static inline const struct grid_row *grid_closing(const struct grid *grid,
                                                  size_t block, unsigned known)
{
    const struct grid_row *found = NULL;
    for (size_t r = 0; r < grid->row_count; r++) {
        const struct grid_row *row = &grid->rows[r];
        if (row->told && row->shown && (row->blocks & ~known) == 1U << block &&
            (found == NULL || row->list_count < found->list_count))
            found = row;
    }
    return found;
}

/* The smallest total of a shown row with the block. */
static inline int grid_bound(const struct grid *grid, size_t block)
{
    int most = GRID_MOST + 1;
    for (size_t r = 0; r < grid->row_count; r++) {
        const struct grid_row *row = &grid->rows[r];
        if (row->told && row->shown && row->blocks >> block & 1 &&
            row->total < most)
            most = row->total;
    }
    return most;
}

/* Blocks with few choices first. */
static inline void grid_sort(struct grid *grid)
{
    unsigned known = ~grid->part;
    for (size_t i = 0; i < grid->part_count; i++) {
        size_t best = 0, fewest = SIZE_MAX;
        for (size_t b = 0; b < grid->block_count; b++) {
            const struct grid_row *row = grid_closing(grid, b, known);
            size_t bound = (size_t)grid_bound(grid, b);
            size_t choices =
                row != NULL ? row->list_count : 1000000 + bound * bound * bound;
            if (known >> b & 1 || choices >= fewest)
                continue;
            fewest = choices;
            best = b;
        }
        grid->order[i] = best;
        known |= 1U << best;
    }
}

static inline bool grid_search(struct grid *grid, size_t depth, unsigned known);

/* True when nothing is left to find, or too much was tried. */
static inline bool grid_try(struct grid *grid, size_t depth, unsigned known,
                            const struct vector *ages)
{
    size_t block = grid->order[depth];
    grid->at[block] = *ages;
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        if (ages->at[a] < 0)
            return false;
    }
    return ++grid->tries > grid->limit ||
           (grid_fits(grid, block, known | 1U << block) &&
            grid_search(grid, depth + 1, known | 1U << block));
}

/* The truth of a block, which is a row too. */
static inline const struct vector *grid_truth(const struct grid *grid,
                                              size_t block)
{
    size_t r = 0;
    while (grid->rows[r].atoms != grid->blocks[block])
        r++;
    return &grid->rows[r].truth;
}

/* A block of which no total is known: all up to the smallest around, from the
 * truth on. */
static inline bool grid_try_all(struct grid *grid, size_t depth, unsigned known)
{
    size_t block = grid->order[depth];
    const struct vector *truth = grid_truth(grid, block);
    int most = grid_bound(grid, block), side = most + 1;
    for (int i = 0; i < side * side * side * side; i++) {
        struct vector ages = {{i % side, i / side % side,
                               i / side / side % side, i / side / side / side}};
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            ages.at[a] = (ages.at[a] + truth->at[a]) % side;
        if (grid_total(&ages) <= most && grid_try(grid, depth, known, &ages))
            return true;
    }
    return false;
}

static inline bool grid_search(struct grid *grid, size_t depth, unsigned known)
{
    if (depth == grid->part_count) {
        grid_stretch(grid);
        memcpy(grid->met, grid->at, sizeof grid->met);
        return grid_exposed(grid) == 0;
    }
    size_t block = grid->order[depth];
    const struct grid_row *row = grid_closing(grid, block, known);
    if (row == NULL)
        return grid_try_all(grid, depth, known);
    struct vector sum = grid_row_sum(grid, row, known);
    for (size_t i = 0; i < row->list_count; i++) {
        struct vector ages = row->list[i];
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            ages.at[a] -= sum.at[a];
        if (grid_try(grid, depth, known, &ages))
            return true;
    }
    return false;
}

static inline uint32_t grid_draw(struct grid *grid, uint32_t below)
{
    grid->state = grid->state * UINT32_C(1664525) + UINT32_C(1013904223);
    return (grid->state >> 10) % below;
}

/* Some cases more or fewer at an age of a block. */
struct grid_move {
    size_t block, age;
    int by;
};

/* Cases change age in a block; or block, at one age; or both at once; or two
 * ages give to a third; or four blocks exchange them; or they come and go. */
static inline size_t grid_propose(struct grid *grid, struct grid_move out[4])
{
    uint32_t blocks = (uint32_t)grid->part_count, kind = grid_draw(grid, 6);
    size_t a = grid_draw(grid, FIXTURE_AGES), b = grid_draw(grid, FIXTURE_AGES);
    size_t c = grid_draw(grid, FIXTURE_AGES);
    size_t p = grid->order[grid_draw(grid, blocks)];
    size_t q = grid->order[grid_draw(grid, blocks)];
    size_t x = grid->order[grid_draw(grid, blocks)];
    size_t y = grid->order[grid_draw(grid, blocks)];
    int k = 1 + (int)grid_draw(grid, 3);
    const struct grid_move moves[6][4] = {
        {{p, a, k}, {p, b, -k}},
        {{p, a, k}, {q, a, -k}},
        {{p, a, k}, {p, b, -k}, {q, a, -k}, {q, b, k}},
        {{p, a, 1}, {p, b, 1}, {p, c, -2}},
        {{p, a, k}, {q, a, -k}, {x, a, -k}, {y, a, k}},
        {{p, a, b < 2 ? k : -k}},
    };
    static const size_t counts[] = {2, 2, 4, 3, 4, 1};
    int sign = grid_draw(grid, 2) == 0 ? 1 : -1;
    for (size_t i = 0; i < counts[kind]; i++) {
        out[i] = moves[kind][i];
        out[i].by *= sign;
    }
    return counts[kind];
}

static inline void grid_apply(struct grid *grid, const struct grid_move *moves,
                              size_t count, int sign)
{
    for (size_t i = 0; i < count; i++)
        grid->at[moves[i].block].at[moves[i].age] += sign * moves[i].by;
}

static inline bool grid_is_possible(const struct grid *grid,
                                    const struct grid_move *moves, size_t count)
{
    unsigned all = (1U << grid->block_count) - 1;
    bool possible = true;
    for (size_t i = 0; i < count && possible; i++)
        possible = grid->at[moves[i].block].at[moves[i].age] >= 0;
    for (size_t i = 0; i < count && possible; i++)
        possible = grid_fits(grid, moves[i].block, all);
    return possible;
}

/* Walks from what was met to what is possible beside it, which mostly shows
 * that all is wide. */
static inline void grid_walk(struct grid *grid, long steps)
{
    memcpy(grid->at, grid->met, sizeof grid->at);
    for (long step = 0; step < steps; step++) {
        struct grid_move moves[4];
        size_t count = grid_propose(grid, moves);
        grid_apply(grid, moves, count, 1);
        if (!grid_is_possible(grid, moves, count)) {
            grid_apply(grid, moves, count, -1);
            continue;
        }
        grid_stretch(grid);
        if (grid_exposed(grid) == 0)
            return;
    }
}

/* False when too much was to be tried. */
static inline bool grid_try_limit(struct grid *grid, long limit)
{
    grid_sort(grid);
    grid->tries = 0;
    grid->limit = limit;
    grid_search(grid, 0, ~grid->part);
    return grid->tries <= limit || grid_exposed(grid) == 0;
}

/* The blocks that rows of tables tie to the first of `left`, and whether a rate
 * is among them. */
static inline bool grid_take_part(struct grid *grid, unsigned left)
{
    bool rated = false;
    unsigned before = 0;
    grid->part = left & -left;
    while (grid->part != before) {
        before = grid->part;
        for (size_t r = 0; r < grid->row_count; r++) {
            if (grid->rows[r].told && grid->rows[r].blocks & grid->part) {
                grid->part |= grid->rows[r].blocks;
                rated = rated || grid->rows[r].rate_count > 0;
            }
        }
    }
    grid->part_count = (size_t)__builtin_popcount(grid->part);
    return rated;
}

#endif
