/* SPDX-License-Identifier: EUPL-1.2 */
#include "map/assignment.h"

/* Rows and columns are numbered from 1: column 0 is where a row that looks for
 * its column begins. */
struct assignment {
    const int64_t *costs;
    size_t count;
    int64_t *of_row, *of_column; /* potentials */
    size_t *row_of;              /* [column] 0: free */
    size_t *before;              /* [column] on the shortest path */
    int64_t *least;              /* [column] distance left to it */
    bool *done;
};

static void reset(struct assignment *at)
{
    for (size_t c = 0; c <= at->count; c++) {
        at->least[c] = INT64_MAX;
        at->done[c] = false;
    }
}

/* Shortens the ways to all columns by that over `column`; the nearest of the
 * open ones. */
static size_t reach(struct assignment *at, size_t column)
{
    size_t row = at->row_of[column], nearest = 0;
    for (size_t c = 1; c <= at->count; c++) {
        if (at->done[c])
            continue;
        int64_t way = at->costs[(row - 1) * at->count + c - 1] -
                      at->of_row[row] - at->of_column[c];
        if (way < at->least[c]) {
            at->least[c] = way;
            at->before[c] = column;
        }
        if (nearest == 0 || at->least[c] < at->least[nearest])
            nearest = c;
    }
    return nearest;
}

static void move_potentials(struct assignment *at, int64_t step)
{
    for (size_t c = 0; c <= at->count; c++) {
        if (at->done[c]) {
            at->of_row[at->row_of[c]] += step;
            at->of_column[c] -= step;
        } else {
            at->least[c] -= step;
        }
    }
}

/* Gives one more row a column; others on the path change theirs. */
static void place_row(struct assignment *at, size_t row)
{
    size_t column = 0;
    at->row_of[0] = row;
    reset(at);
    while (at->row_of[column] != 0) {
        at->done[column] = true;
        size_t next = reach(at, column);
        move_potentials(at, at->least[next]);
        column = next;
    }
    while (column != 0) {
        at->row_of[column] = at->row_of[at->before[column]];
        column = at->before[column];
    }
}

int64_t assignment_find(struct arena *arena, const int64_t *costs, size_t count,
                        size_t *columns)
{
    size_t room = count + 1;
    struct assignment at = {
        .costs = costs,
        .count = count,
        .of_row = arena_array(arena, room, sizeof *at.of_row),
        .of_column = arena_array(arena, room, sizeof *at.of_column),
        .row_of = arena_array(arena, room, sizeof *at.row_of),
        .before = arena_array(arena, room, sizeof *at.before),
        .least = arena_array(arena, room, sizeof *at.least),
        .done = arena_array(arena, room, sizeof *at.done),
    };
    for (size_t row = 1; row <= count; row++)
        place_row(&at, row);
    int64_t sum = 0;
    for (size_t c = 1; c <= count; c++) {
        size_t row = at.row_of[c] - 1;
        columns[row] = c - 1;
        sum += costs[row * count + c - 1];
    }
    return sum;
}
