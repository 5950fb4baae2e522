/* SPDX-License-Identifier: EUPL-1.2 */
/* Moves by linear programs over the cells around the target: open cells are
 * near, dear ones far. What lies outside the ball does not change, so that a
 * move within it is one of the whole table; where there is none, the ball
 * grows. A column for going up and one for going down make the absolute change
 * linear. */
#include <math.h>

#include "sdc/jj_pattern.h"
#include "sdc/lp.h"
#include "sdc/person.h"

enum {
    MULTIPLES = 3, /* of a move that is not whole */
    MENDS = 40,    /* columns held at whole numbers until all are */
};
static const size_t ball_sizes[] = {800, 12000};
static const double open_price = 0.001; /* so that moves stay short */
static const double open_distance = 1.0;
static const double price_distance = 0.1; /* per unit of a price, beyond */
static const double tolerance = 1e-6;
static const double largest_change = 1e12;
static const struct lp_limits no_clock = {.seconds = HUGE_VAL};

struct near {
    double distance;
    uint32_t cell;
};

struct jj_ball {
    struct near *heap;
    size_t heap_count, heap_capacity;
    uint32_t *cells; /* of the ball, from the target outwards */
    size_t count;
    uint32_t *rows; /* that the ball touches */
    size_t row_count;
    bool *inside;    /* [cells] */
    int *row_number; /* [relations] or -1 */
    double *costs, *low, *high;
};

struct jj_ball *jj_ball_new(const struct jj_pattern *pattern)
{
    const struct jj *jj = pattern->jj;
    struct arena *arena = pattern->arena;
    struct jj_ball *ball = arena_alloc(arena, sizeof *ball);
    *ball = (struct jj_ball){
        .cells = arena_array(arena, jj->cells, sizeof *ball->cells),
        .rows = arena_array(arena, jj->relations.count, sizeof *ball->rows),
        .inside = arena_array(arena, jj->cells, sizeof *ball->inside),
        .row_number =
            arena_array(arena, jj->relations.count, sizeof *ball->row_number),
        .costs = arena_array(arena, 2 * jj->cells, sizeof *ball->costs),
        .low = arena_array(arena, 2 * jj->cells, sizeof *ball->low),
        .high = arena_array(arena, 2 * jj->cells, sizeof *ball->high),
    };
    for (size_t r = 0; r < jj->relations.count; r++)
        ball->row_number[r] = -1;
    return ball;
}

/* --- the ball ------------------------------------------------------------- */

static bool is_nearer(const struct near *a, const struct near *b)
{
    if (a->distance < b->distance || a->distance > b->distance)
        return a->distance < b->distance;
    return a->cell < b->cell;
}

static void heap_push(struct jj_ball *ball, struct arena *arena,
                      struct near item)
{
    ball->heap = arena_grow(arena, ball->heap, ball->heap_count,
                            &ball->heap_capacity, sizeof *ball->heap);
    size_t at = ball->heap_count++;
    while (at > 0 && is_nearer(&item, &ball->heap[(at - 1) / 2])) {
        ball->heap[at] = ball->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    ball->heap[at] = item;
}

static struct near heap_pop(struct jj_ball *ball)
{
    struct near *heap = ball->heap, top = heap[0];
    struct near last = heap[--ball->heap_count];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < ball->heap_count) {
        if (child + 1 < ball->heap_count &&
            is_nearer(&heap[child + 1], &heap[child]))
            child++;
        if (!is_nearer(&heap[child], &last))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return top;
}

static bool may_change(const struct jj_pattern *pattern, uint32_t cell)
{
    const struct jj *jj = pattern->jj;
    return jj->status[cell] != JJ_SHOW && jj->lower[cell] < jj->upper[cell] &&
           (jj_is_open(pattern, cell) || !pattern->barred[cell]);
}

static void reach_row(struct jj_pattern *pattern, uint32_t row, double distance)
{
    struct jj_ball *ball = pattern->ball;
    const struct relations *relations = &pattern->jj->relations;
    if (ball->row_number[row] >= 0)
        return;
    ball->row_number[row] = (int)ball->row_count;
    ball->rows[ball->row_count++] = row;
    for (size_t m = relations->starts[row]; m < relations->starts[row + 1];
         m++) {
        uint32_t cell = relations->members[m];
        if (ball->inside[cell] || !may_change(pattern, cell))
            continue;
        double step = jj_is_open(pattern, cell)
                          ? 0.0
                          : pattern->prices[cell] * price_distance;
        heap_push(ball, pattern->arena,
                  (struct near){distance + open_distance + step, cell});
    }
}

static void collect(struct jj_pattern *pattern, uint32_t target, size_t size)
{
    struct jj_ball *ball = pattern->ball;
    ball->heap_count = ball->count = ball->row_count = 0;
    heap_push(ball, pattern->arena, (struct near){0.0, target});
    while (ball->heap_count > 0 && ball->count < size) {
        struct near near = heap_pop(ball);
        if (ball->inside[near.cell])
            continue;
        ball->inside[near.cell] = true;
        ball->cells[ball->count++] = near.cell;
        for (size_t k = pattern->row_starts[near.cell];
             k < pattern->row_starts[near.cell + 1]; k++)
            reach_row(pattern, pattern->rows[k], near.distance);
    }
}

static void forget(struct jj_ball *ball)
{
    for (size_t i = 0; i < ball->count; i++)
        ball->inside[ball->cells[i]] = false;
    for (size_t r = 0; r < ball->row_count; r++)
        ball->row_number[ball->rows[r]] = -1;
}

/* --- its program ---------------------------------------------------------- */

static void add_column(const struct jj_pattern *pattern, uint32_t cell,
                       double sign, struct lp_shape *shape, int *starts,
                       int *row, double *value)
{
    const struct relations *relations = &pattern->jj->relations;
    int filled = starts[shape->columns];
    for (size_t k = pattern->row_starts[cell];
         k < pattern->row_starts[cell + 1]; k++) {
        uint32_t number = pattern->rows[k];
        bool total = relations->members[relations->starts[number]] == cell;
        row[filled] = pattern->ball->row_number[number];
        value[filled++] = total ? sign : -sign;
    }
    starts[++shape->columns] = filled;
}

static struct lp *build(const struct jj_pattern *pattern, struct arena *scratch)
{
    const struct jj_ball *ball = pattern->ball;
    size_t entries = 0, columns = 2 * ball->count;
    for (size_t i = 0; i < ball->count; i++)
        entries += 2 * (pattern->row_starts[ball->cells[i] + 1] -
                        pattern->row_starts[ball->cells[i]]);
    int *starts = arena_array(scratch, columns + 1, sizeof *starts);
    int *row = arena_array(scratch, entries, sizeof *row);
    double *value = arena_array(scratch, entries, sizeof *value);
    double *zeros = arena_array(scratch, ball->row_count, sizeof *zeros);
    struct lp_shape shape = {
        .row_low = zeros,
        .row_high = zeros,
        .rows = (int)ball->row_count,
        .starts = starts,
        .row = row,
        .value = value,
        .low = ball->low,
        .high = ball->high,
    };
    for (size_t i = 0; i < ball->count; i++) {
        add_column(pattern, ball->cells[i], 1.0, &shape, starts, row, value);
        add_column(pattern, ball->cells[i], -1.0, &shape, starts, row, value);
    }
    return lp_new(scratch, &shape);
}

static void set_column(const struct jj_pattern *pattern, size_t i, bool still)
{
    const struct jj *jj = pattern->jj;
    struct jj_ball *ball = pattern->ball;
    uint32_t cell = ball->cells[i];
    double up = jj->upper[cell] == JJ_UNLIMITED
                    ? HUGE_VAL
                    : (double)(jj->upper[cell] - jj->counts[cell]);
    double down = (double)(jj->counts[cell] - jj->lower[cell]);
    double price =
        jj_is_open(pattern, cell) ? open_price : pattern->prices[cell];
    ball->costs[2 * i] = ball->costs[2 * i + 1] = price;
    ball->low[2 * i] = ball->low[2 * i + 1] = 0.0;
    ball->high[2 * i] = still ? 0.0 : up;
    ball->high[2 * i + 1] = still ? 0.0 : down;
}

/* The target is the first of the ball. False when it has no such room. */
static bool ask(const struct jj_pattern *pattern, int64_t delta,
                uint32_t person)
{
    struct jj_ball *ball = pattern->ball;
    size_t along = delta<0, against = delta> 0;
    double amount = fabs((double)delta);
    for (size_t i = 0; i < ball->count; i++)
        set_column(pattern, i,
                   person != PERSON_NOBODY &&
                       pattern->persons[ball->cells[i]] == person);
    if (amount > ball->high[along])
        return false;
    ball->low[along] = amount;
    ball->high[against] = 0.0;
    return true;
}

/* Takes a solution, times `factor`, as a move when it is whole and within
 * bounds. */
static bool take_whole(const struct jj_pattern *pattern,
                       const struct jj_ball *ball, const double *solution,
                       double factor, struct witness *out, uint32_t *cells,
                       int64_t *deltas)
{
    const struct jj *jj = pattern->jj;
    *out = (struct witness){cells, deltas, 0};
    for (size_t i = 0; i < ball->count; i++) {
        double change = factor * (solution[2 * i] - solution[2 * i + 1]);
        double whole = nearbyint(change);
        uint32_t cell = ball->cells[i];
        if (fabs(change - whole) > tolerance || fabs(whole) > largest_change)
            return false;
        int64_t delta = (int64_t)whole;
        if (delta == 0)
            continue;
        if (delta < jj->lower[cell] - jj->counts[cell] ||
            delta > jj->upper[cell] - jj->counts[cell])
            return false;
        cells[out->count] = cell;
        deltas[out->count++] = delta;
    }
    return true;
}

static double cost_of(const struct jj_pattern *pattern,
                      const struct witness *move)
{
    double cost = 0.0;
    for (size_t i = 0; i < move->count; i++) {
        if (!jj_is_open(pattern, move->cells[i]))
            cost += pattern->prices[move->cells[i]];
    }
    return cost;
}

/* The column whose value is farthest from whole, or none. */
static size_t most_broken(const struct jj_ball *ball, const double *solution)
{
    size_t column = SDC_NO_CELL;
    double most = tolerance;
    for (size_t i = 0; i < 2 * ball->count; i++) {
        double broken = fabs(solution[i] - nearbyint(solution[i]));
        if (broken > most) {
            most = broken;
            column = i;
        }
    }
    return column;
}

/* Prices and bounds of the ball, and the cheapest solution within them. */
static const double *cheapest(const struct jj_ball *ball, struct lp *lp)
{
    for (size_t c = 0; c < 2 * ball->count; c++) {
        lp_limit(lp, (int)c, ball->low[c], ball->high[c]);
        lp_price(lp, (int)c, ball->costs[c]);
    }
    return lp_restore(lp, no_clock) == LP_SOLVED ? lp_columns(lp) : NULL;
}

/* Holds a broken column at one of the two whole numbers beside it: the nearer
 * one, or the other where that leads nowhere. */
static bool mend_column(struct jj_ball *ball, struct lp *lp, size_t column,
                        double value, const double **solution)
{
    double ends[2] = {nearbyint(value), 0.0};
    ends[1] = ends[0] > value ? floor(value) : ceil(value);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        ball->low[column] = ball->high[column] = ends[i];
        const double *found = cheapest(ball, lp);
        if (found != NULL) {
            *solution = found;
            return true;
        }
    }
    return false;
}

static bool solve(struct jj_pattern *pattern, struct arena *scratch,
                  struct witness *out)
{
    struct jj_ball *ball = pattern->ball;
    struct arena *work = arena_new();
    struct lp *lp = build(pattern, work);
    const double *solution;
    uint32_t *cells = arena_array(scratch, ball->count, sizeof *cells);
    int64_t *deltas = arena_array(scratch, ball->count, sizeof *deltas);
    solution = cheapest(ball, lp);
    bool solved = solution != NULL, whole = false;
    pattern->work += ball->count;
    for (int m = 0; solved && !whole && m <= MENDS; m++) {
        for (int times = 1; !whole && times <= MULTIPLES; times++)
            whole =
                take_whole(pattern, ball, solution, times, out, cells, deltas);
        size_t column = most_broken(ball, solution);
        if (whole || column == SDC_NO_CELL)
            break;
        pattern->work += ball->count;
        solved = mend_column(ball, lp, column, solution[column], &solution);
    }
    lp_free(lp);
    arena_wipe(work);
    return whole;
}

bool jj_find_move(struct jj_pattern *pattern, uint32_t cell, int64_t delta,
                  uint32_t person, struct arena *scratch, struct witness *out,
                  double *cost)
{
    struct jj_ball *ball = pattern->ball;
    bool found = false,
         grows = may_change(pattern, cell) && pattern->work < JJ_WORK;
    for (size_t s = 0; !found && grows && s < COUNT_OF(ball_sizes); s++) {
        collect(pattern, cell, ball_sizes[s]);
        grows = ball->count == ball_sizes[s];
        found = ask(pattern, delta, person) && solve(pattern, scratch, out);
        forget(ball);
    }
    if (found)
        *cost = cost_of(pattern, out);
    return found;
}
