/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_grid_late.h - what the program judges neither as a difference of rows
 * nor by a place of its own: small age counts of what only a third round of
 * subtraction, or a later one, leaves. They are attacked like all others; this
 * says how many there are. */
#ifndef RATE_GRID_LATE_H
#define RATE_GRID_LATE_H

#include "rate_grid_attack.h"

/* Whether every row with the atom prints the same when its counts by age are
 * others. */
static inline bool late_stands(const struct grid *grid, unsigned atom,
                               const double truth[FIXTURE_AGES],
                               const struct vector *ages)
{
    bool same = true;
    for (size_t r = 0; r < grid->row_count && same; r++) {
        const struct grid_row *row = &grid->rows[r];
        struct vector sum = row->truth;
        if (!(row->atoms & atom) || !row->shown)
            continue;
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            sum.at[a] += ages->at[a] - (int)truth[a];
        same = row->allowed[grid_code(&sum)];
    }
    return same;
}

/* Ages at which one site of a year and sex is wide though nothing else changes,
 * as bits. */
static inline unsigned late_moves(const struct grid *grid, unsigned atom)
{
    double truth[FIXTURE_AGES] = {0};
    grid_sum(&grid->fixture->cases, grid_place(grid), atom, truth);
    int total = (int)(truth[0] + truth[1] + truth[2] + truth[3]);
    int side = total + 1;
    struct vector low = {{total, total, total, total}}, high = {{0}};
    for (int i = 0; i < side * side * side; i++) {
        struct vector ages = {{i % side, i / side % side, i / side / side, 0}};
        ages.at[3] = total - grid_total(&ages);
        if (ages.at[3] < 0 || !late_stands(grid, atom, truth, &ages))
            continue;
        for (size_t a = 0; a < FIXTURE_AGES; a++) {
            low.at[a] = ages.at[a] < low.at[a] ? ages.at[a] : low.at[a];
            high.at[a] = ages.at[a] > high.at[a] ? ages.at[a] : high.at[a];
        }
    }
    unsigned wide = 0;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        wide |= (unsigned)(high.at[a] - low.at[a] >= grid_threshold(grid) - 2)
                << a;
    return wide;
}

/* Small age counts of late rows of which no place is wide alone. */
static inline size_t grid_count_late(const struct grid *grid)
{
    unsigned wide[GRID_ATOMS] = {0}, all = 0;
    size_t count = 0;
    for (size_t r = 0; r < grid->row_count; r++)
        all |= grid->rows[r].late ? grid->rows[r].atoms : 0;
    for (unsigned left = all; left != 0; left &= left - 1)
        wide[__builtin_ctz(left)] = late_moves(grid, left & ~(left - 1));
    for (size_t r = 0; r < grid->row_count; r++) {
        unsigned proved = 0;
        for (unsigned left = grid->rows[r].atoms; left != 0; left &= left - 1)
            proved |= wide[__builtin_ctz(left)];
        for (size_t a = 0; a < FIXTURE_AGES && grid->rows[r].late; a++)
            count += grid_is_target(&grid->rows[r], a) && !(proved >> a & 1);
    }
    return count;
}

#endif
