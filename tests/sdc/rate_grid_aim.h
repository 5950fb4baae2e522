/* SPDX-License-Identifier: EUPL-1.2 */
/* rate_grid_aim.h - the last resort of the attack on a grid: is there anything
 * that prints the same, and has more (or fewer) cases at one age of a row? The
 * rows with rates take one of their age counts each, the rest is linear. What
 * is found is tried like any other; that nothing is found rests on the solver.
 */
#ifndef RATE_GRID_AIM_H
#define RATE_GRID_AIM_H

#include "rate_grid_late.h"

#include "sdc/lp.h"

enum {
    AIM_MOST = 10000,     /* cases: no limit */
    AIM_PROGRAMS = 20000, /* of one row, after which nothing is known */
};

/* Columns: ages of the blocks of the part, then of its rows. */
struct grid_aim {
    struct grid *grid;
    struct grid_row *rows[GRID_ROWS];
    size_t row_count;
    struct grid_row *rated[GRID_ROWS]; /* with the fewest age counts first */
    size_t rated_of[GRID_ROWS];        /* places in `rows` */
    bool chosen[GRID_ROWS];            /* of these */
    size_t rated_count;
    size_t row, age; /* what is asked for: from low to high there */
    int low, high;
    struct lp *lp;
    long programs;
};

static inline int aim_block(const struct grid_aim *aim, size_t block,
                            size_t age)
{
    unsigned before = aim->grid->part & ((1U << block) - 1);
    return (int)((size_t)__builtin_popcount(before) * FIXTURE_AGES + age);
}

static inline int aim_row(const struct grid_aim *aim, size_t row, size_t age)
{
    return (int)((aim->grid->part_count + row) * FIXTURE_AGES + age);
}

/* Those that are told of, and the one that is asked about. */
static inline void aim_find_rows(struct grid_aim *aim, struct grid_row *asked)
{
    struct grid *grid = aim->grid;
    for (size_t r = 0; r < grid->row_count; r++) {
        struct grid_row *row = &grid->rows[r];
        if ((row->blocks & ~grid->part) != 0 || !(row->told || row == asked))
            continue;
        if (row == asked)
            aim->row = aim->row_count;
        aim->rows[aim->row_count++] = row;
        if (row->rate_count == 0)
            continue;
        size_t at = aim->rated_count++;
        for (; at > 0 && aim->rated[at - 1]->list_count > row->list_count;
             at--) {
            aim->rated[at] = aim->rated[at - 1];
            aim->rated_of[at] = aim->rated_of[at - 1];
        }
        aim->rated[at] = row;
        aim->rated_of[at] = aim->row_count - 1;
    }
}

/* One line says what an age of a row is the sum of, another what all ages of
 * the row add up to. */
static inline void aim_program(struct grid_aim *aim)
{
    struct grid *grid = aim->grid;
    struct arena *arena = grid->arena;
    size_t columns = (grid->part_count + aim->row_count) * FIXTURE_AGES;
    size_t sums = aim->row_count * FIXTURE_AGES, lines = sums + aim->row_count;
    size_t most = columns * (aim->row_count + 2);
    int *starts = arena_array(arena, columns + 1, sizeof *starts);
    int *row = arena_array(arena, most, sizeof *row);
    double *value = arena_array(arena, most, sizeof *value);
    double *bounds[4];
    for (size_t b = 0; b < 4; b++)
        bounds[b] = arena_array(arena, columns + lines, sizeof *bounds[b]);
    int entries = 0;
    size_t column = 0;
    for (size_t b = 0; b < grid->block_count; b++) {
        for (size_t a = 0; grid->part >> b & 1 && a < FIXTURE_AGES; a++) {
            starts[column++] = entries;
            for (size_t r = 0; r < aim->row_count; r++) {
                if (!(aim->rows[r]->blocks >> b & 1))
                    continue;
                row[entries] = (int)(r * FIXTURE_AGES + a);
                value[entries++] = 1.0;
            }
        }
    }
    for (size_t r = 0; r < aim->row_count; r++) {
        for (size_t a = 0; a < FIXTURE_AGES; a++) {
            starts[column++] = entries;
            row[entries] = (int)(r * FIXTURE_AGES + a);
            value[entries++] = -1.0;
            row[entries] = (int)(sums + r);
            value[entries++] = 1.0;
        }
        const struct grid_row *own = aim->rows[r];
        bounds[2][sums + r] = own->shown ? own->total : own->told;
        bounds[3][sums + r] = own->shown ? own->total : AIM_MOST;
    }
    starts[column] = entries;
    for (size_t c = 0; c < columns; c++)
        bounds[1][c] = AIM_MOST;
    struct lp_shape *shape = arena_alloc(arena, sizeof *shape);
    *shape =
        (struct lp_shape){(int)columns, (int)lines, starts,    row,      value,
                          bounds[0],    bounds[1],  bounds[2], bounds[3]};
    aim->lp = lp_new(arena, shape);
}

/* Nothing is known of a row but what is asked. */
static inline void aim_loosen(struct grid_aim *aim, size_t row)
{
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        bool asked = row == aim->row && a == aim->age;
        lp_limit(aim->lp, aim_row(aim, row, a), asked ? aim->low : 0.0,
                 asked ? aim->high : AIM_MOST);
    }
}

/* False when it is not what is asked. */
static inline bool aim_fix(struct grid_aim *aim, size_t row,
                           const struct vector *ages)
{
    if (row == aim->row &&
        (ages->at[aim->age] < aim->low || ages->at[aim->age] > aim->high))
        return false;
    for (size_t a = 0; a < FIXTURE_AGES; a++)
        lp_limit(aim->lp, aim_row(aim, row, a), ages->at[a], ages->at[a]);
    return true;
}

/* Tries what the program has found: every count rounded. */
static inline bool aim_take(struct grid_aim *aim, const double *found)
{
    struct grid *grid = aim->grid;
    unsigned all = (1U << grid->block_count) - 1;
    bool possible = true;
    for (size_t b = 0; b < grid->block_count; b++) {
        for (size_t a = 0; grid->part >> b & 1 && a < FIXTURE_AGES; a++)
            grid->at[b].at[a] = (int)lround(found[aim_block(aim, b, a)]);
    }
    for (size_t b = 0; b < grid->block_count && possible; b++)
        possible = !(grid->part >> b & 1) || grid_fits(grid, b, all);
    if (possible) {
        grid_stretch(grid);
        memcpy(grid->met, grid->at, sizeof grid->met);
    }
    return possible;
}

enum aim_end { AIM_FOUND, AIM_NOTHING, AIM_UNKNOWN };

/* Fractions that rounding does not mend. */
static inline enum aim_end aim_whole(struct grid_aim *aim)
{
    static const struct lp_limits limits = {.seconds = 10.0, .nodes = 1000};
    size_t columns = (aim->grid->part_count + aim->row_count) * FIXTURE_AGES;
    struct arena *arena = arena_new();
    double *solution = arena_array(arena, columns, sizeof *solution);
    bool found = false;
    enum lp_end end = lp_integers(aim->lp, limits, &found, solution);
    enum aim_end out = found && aim_take(aim, solution) ? AIM_FOUND
                       : end == LP_EMPTY                ? AIM_NOTHING
                                                        : AIM_UNKNOWN;
    arena_wipe(arena);
    return out;
}

struct aim_choice {
    const struct vector *ages;
    double apart;
};

static inline int aim_compare(const void *a, const void *b)
{
    const struct aim_choice *one = a, *other = b;
    return (one->apart > other->apart) - (one->apart < other->apart);
}

/* What a row can be, near what the program has found of it first. */
static inline struct aim_choice *aim_order(const struct grid_aim *aim,
                                           struct arena *arena,
                                           const struct grid_row *row,
                                           size_t place)
{
    struct aim_choice *choices =
        arena_array(arena, row->list_count, sizeof *choices);
    const double *found = lp_columns(aim->lp) + aim_row(aim, place, 0);
    for (size_t i = 0; i < row->list_count; i++) {
        choices[i].ages = &row->list[i];
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            choices[i].apart += fabs(row->list[i].at[a] - found[a]);
    }
    qsort(choices, row->list_count, sizeof *choices, aim_compare);
    return choices;
}

/* How far what the program has found of a row is from all that it can be. */
static inline double aim_apart(const struct grid_aim *aim, size_t rated)
{
    const struct grid_row *row = aim->rated[rated];
    const double *found =
        lp_columns(aim->lp) + aim_row(aim, aim->rated_of[rated], 0);
    double least = AIM_MOST;
    for (size_t i = 0; i < row->list_count; i++) {
        double apart = 0.0;
        for (size_t a = 0; a < FIXTURE_AGES; a++)
            apart += fabs(row->list[i].at[a] - found[a]);
        least = apart < least ? apart : least;
    }
    return least;
}

/* The row to choose for next: one that has all that is asked about, else the
 * furthest off; their count when none is left. */
static inline size_t aim_next(const struct grid_aim *aim)
{
    size_t next = aim->rated_count;
    double most = -1.0;
    for (size_t r = 0; r < aim->rated_count; r++) {
        const struct grid_row *asked = aim->rows[aim->row];
        bool around = (asked->blocks & ~aim->rated[r]->blocks) == 0;
        double apart = aim->chosen[r] ? -1.0
                       : around       ? AIM_MOST
                                      : aim_apart(aim, r);
        if (apart > most + 1e-6) {
            most = apart;
            next = r;
        }
    }
    return next;
}

static inline enum aim_end aim_search(struct grid_aim *aim)
{
    static const struct lp_limits limits = {.seconds = 10.0};
    if (++aim->programs > AIM_PROGRAMS)
        return AIM_UNKNOWN;
    enum lp_end end = lp_restore(aim->lp, limits);
    if (end != LP_SOLVED)
        return end == LP_EMPTY ? AIM_NOTHING : AIM_UNKNOWN;
    if (aim_take(aim, lp_columns(aim->lp)))
        return AIM_FOUND;
    size_t next = aim_next(aim);
    if (next == aim->rated_count)
        return aim_whole(aim);
    const struct grid_row *row = aim->rated[next];
    enum aim_end found = AIM_NOTHING;
    struct arena *arena = arena_new();
    struct aim_choice *choices =
        aim_order(aim, arena, row, aim->rated_of[next]);
    aim->chosen[next] = true;
    for (size_t i = 0; i < row->list_count && found == AIM_NOTHING; i++) {
        if (aim_fix(aim, aim->rated_of[next], choices[i].ages))
            found = aim_search(aim);
    }
    aim->chosen[next] = false;
    arena_wipe(arena);
    aim_loosen(aim, aim->rated_of[next]);
    return found;
}

/* Stretches one age of the row as far as it goes, or as far as is asked. */
static inline bool aim_stretch(struct grid_aim *aim, size_t age)
{
    const struct grid_row *own = aim->rows[aim->row];
    bool known = true;
    aim->age = age;
    for (int up = 1; up >= 0; up--) {
        enum aim_end end = AIM_FOUND;
        while (end == AIM_FOUND &&
               own->high.at[age] - own->low.at[age] < own->width.at[age]) {
            aim->low = up ? own->high.at[age] + 1 : -1;
            aim->high = up ? AIM_MOST : own->low.at[age] - 1;
            aim_loosen(aim, aim->row);
            end = aim_search(aim);
        }
        known = known && end != AIM_UNKNOWN;
    }
    aim->age = FIXTURE_AGES; /* nothing is asked */
    aim_loosen(aim, aim->row);
    return known;
}

/* False when something of the row stays unknown. */
static inline bool grid_aim_at(struct grid *grid, struct grid_row *row)
{
    struct grid_aim *aim = arena_alloc(grid->arena, sizeof *aim);
    bool known = true;
    aim->grid = grid;
    aim->age = FIXTURE_AGES;
    aim_find_rows(aim, row);
    aim_program(aim);
    for (size_t a = 0; a < FIXTURE_AGES; a++) {
        if (grid_is_target(row, a))
            known = aim_stretch(aim, a) && known;
    }
    lp_free(aim->lp);
    return known;
}

static inline bool grid_aim(struct grid *grid)
{
    bool known = true;
    for (size_t r = 0; r < grid->row_count; r++) {
        struct grid_row *row = &grid->rows[r];
        if ((row->blocks & ~grid->part) == 0 && grid_row_exposed(row) > 0)
            known = grid_aim_at(grid, row) && known;
    }
    return known || grid_exposed(grid) == 0;
}

/* --- the whole attack ----------------------------------------------------- */

/* False when too much was to be tried. */
static inline bool grid_settle(struct grid *grid)
{
    for (size_t b = 0; b < grid->block_count; b++)
        grid->at[b] = grid->met[b] = *grid_truth(grid, b);
    grid_sort(grid);
    grid_walk(grid, GRID_STEPS);
    return grid_exposed(grid) == 0 || grid_aim(grid) ||
           grid_try_limit(grid, GRID_TRIES);
}

/* What is found in a release. */
struct grid_found {
    size_t places, exposed, unsettled;
    size_t rates;
    size_t late; /* see grid_count_late */
};

/* False when a row has too many cases, or people are missing. */
static inline bool grid_open(struct grid *grid, struct grid_found *found)
{
    const struct seal *seal = &grid->fixture->seal;
    const struct cube_axis *axis = &seal->tables[0]->axes[DIM_TERRITORY];
    for (size_t t = 0; t < grid->fixture->plan.table_count; t++) {
        const struct pub_table *table = seal_copy(seal, grid->arena, t);
        size_t rows = pub_rows(table) / axis->count;
        for (size_t r = 0; r < rows; r++)
            grid_read_row(grid, t, table, grid->territory * rows + r);
    }
    bool small = true;
    grid_forget(grid);
    grid_cut(grid);
    for (size_t r = 0; r < grid->row_count; r++) {
        struct grid_row *row = &grid->rows[r];
        grid_know(grid, row);
        found->rates += row->rate_count;
        small = small && row->years[0] > 0 &&
                (row->total <= GRID_MOST || !row->told);
    }
    for (size_t r = 0; small && r < grid->row_count; r++) {
        struct grid_row *row = &grid->rows[r];
        if (row->shown)
            grid_list(grid, row);
    }
    return small;
}

/* Attacks one territory of a release. Every table has the same
 * territories. */
static inline void grid_attack(const struct seal_fixture *fixture,
                               size_t territory, struct grid_found *found)
{
    struct arena *arena = arena_new();
    struct grid *grid = arena_alloc(arena, sizeof *grid);
    grid->arena = arena;
    grid->fixture = fixture;
    grid->territory = territory;
    size_t rates = found->rates;
    if (grid_open(grid, found) && found->rates > rates) {
        found->late += grid_count_late(grid);
        unsigned left = (1U << grid->block_count) - 1;
        for (; left != 0; left &= ~grid->part) {
            if (!grid_take_part(grid, left))
                continue;
            bool done = grid_settle(grid);
            found->places++;
            found->unsettled += !done;
            found->exposed += done ? grid_exposed(grid) : 0;
        }
    }
    arena_wipe(arena);
}

#endif
