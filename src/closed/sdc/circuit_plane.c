/* SPDX-License-Identifier: EUPL-1.2 */
/* The cheapest cycle through the target in the plane of two axes: Dijkstra's
 * shortest path from its row back to its column, over rows and columns by
 * turns. Steps from a row to a column have one sign, steps back the other. */
#include "sdc/circuit_impl.h"

#include <string.h>

enum {
    NODES = 2 * CIRCUIT_ROWS,
};

struct plane {
    struct circuits *circuits;
    const struct product *base;
    const struct candidates *rows, *columns;
    uint32_t stamp; /* number of the plane */
    /* With sign +1 and -1, row by row. */
    struct edge edges[2][CIRCUIT_ROWS * CIRCUIT_ROWS];
    int64_t distance[NODES]; /* rows, then columns */
    size_t previous[NODES];
    size_t reached[NODES]; /* and not gone on from */
    size_t reached_count;
    struct product cycle;
};

#define NOWHERE ((size_t)-1)

struct plane *plane_new(struct arena *arena)
{
    return arena_alloc(arena, sizeof(struct plane));
}

/* --- edges --------------------------------------------------------------- */

/* Whether the cells of the base, moved to a row and a column, have room.
 * Counts what they cost, and stops at the limit. */
static bool fit_cells(const struct plane *plane, uint64_t term, int sign,
                      int64_t limit, int64_t *cost)
{
    const struct field *field = plane->circuits->field;
    const struct circuit_ask *ask = plane->circuits->ask;
    const struct product *base = plane->base;
    int64_t sum = *cost;
    bool fits = true;
    for (size_t i = 0; fits && i < base->count; i++) {
        size_t cell = field_cell(field, base->places[i] + term);
        if (cell == SDC_NO_CELL)
            continue;
        sum += ask->prices[cell];
        const struct room *room = &ask->rooms[cell];
        bool up = sign * base->signs[i] > 0;
        fits = sum < limit && ((up ? room->above : room->below) >= ask->step ||
                               circuit_passes(plane->circuits, cell));
    }
    *cost = sum;
    return fits;
}

/* Edges are cut short: one that costs the limit or more is of no use to who
 * asks. It is looked at again when someone can pay more. */
static void look(const struct plane *plane, size_t r, size_t c, int sign,
                 int64_t limit, struct edge *edge)
{
    const struct row *a = plane->rows->list[r].row;
    const struct row *b = plane->columns->list[c].row;
    int direction = sign * plane->circuits->ask->direction;
    int64_t cost = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < a->count; i++) {
        for (size_t j = 0; fits && j < b->count; j++)
            fits =
                fit_cells(plane, a->terms[i] + b->terms[j],
                          direction * a->signs[i] * b->signs[j], limit, &cost);
    }
    *edge = (struct edge){
        .cost = (int32_t)(cost < limit ? cost : limit),
        .stamp = plane->stamp,
        .dear = cost >= limit,
        .fits = fits,
    };
}

/* The edge with a sign, as far as it costs less than a limit. */
static const struct edge *edge_at(struct plane *plane, size_t r, size_t c,
                                  int sign, int64_t limit)
{
    size_t at = r * plane->columns->count + c;
    struct edge *edge = &plane->edges[sign < 0][at];
    if (edge->stamp != plane->stamp || (edge->dear && edge->cost < limit))
        look(plane, r, c, sign, limit, edge);
    return edge;
}

/* --- shortest path ------------------------------------------------------- */

struct ends {
    size_t row, column;
    int sign; /* of the edge of the target */
};

static void relax(struct plane *plane, size_t from, size_t to, int64_t cost)
{
    int64_t distance = plane->distance[from] + cost;
    if (distance >= plane->distance[to])
        return;
    if (plane->previous[to] == NOWHERE)
        plane->reached[plane->reached_count++] = to;
    plane->distance[to] = distance;
    plane->previous[to] = from;
}

static void leave_row(struct plane *plane, size_t r, const struct ends *ends)
{
    size_t first = plane->rows->count;
    for (size_t c = 0; c < plane->columns->count; c++) {
        if (plane->distance[first + c] <= plane->distance[r] ||
            (r == ends->row && c == ends->column))
            continue;
        const struct edge *edge =
            edge_at(plane, r, c, -ends->sign,
                    plane->distance[first + c] - plane->distance[r]);
        if (edge->fits)
            relax(plane, r, first + c, edge->cost);
    }
}

static void leave_column(struct plane *plane, size_t c, const struct ends *ends)
{
    size_t from = plane->rows->count + c;
    for (size_t r = 0; r < plane->rows->count; r++) {
        if (plane->distance[r] <= plane->distance[from])
            continue;
        const struct edge *edge =
            edge_at(plane, r, c, ends->sign,
                    plane->distance[r] - plane->distance[from]);
        if (edge->fits)
            relax(plane, from, r, edge->cost);
    }
}

/* Takes the nearest of the nodes that were reached, of several the first. */
static size_t take_nearest(struct plane *plane)
{
    size_t best = 0;
    if (plane->reached_count == 0)
        return NOWHERE;
    for (size_t i = 1; i < plane->reached_count; i++) {
        size_t n = plane->reached[i], m = plane->reached[best];
        if (plane->distance[n] < plane->distance[m] ||
            (plane->distance[n] == plane->distance[m] && n < m))
            best = i;
    }
    size_t nearest = plane->reached[best];
    plane->reached[best] = plane->reached[--plane->reached_count];
    return nearest;
}

/* The least that the last edge of a path, into the target's column, costs; the
 * limit where none is cheaper. */
static int64_t last_edge(struct plane *plane, const struct ends *ends,
                         int64_t limit)
{
    for (size_t r = 0; limit > 0 && r < plane->rows->count; r++) {
        if (r == ends->row)
            continue;
        const struct edge *edge =
            edge_at(plane, r, ends->column, -ends->sign, limit);
        if (edge->fits && edge->cost < limit)
            limit = edge->cost;
    }
    return limit;
}

/* True when the way back to the target's column was found. */
static bool find_path(struct plane *plane, const struct ends *ends,
                      int64_t start)
{
    size_t rows = plane->rows->count, nodes = rows + plane->columns->count;
    int64_t bound = plane->circuits->cost;
    int64_t last = last_edge(plane, ends, bound - start);
    if (start + last >= bound)
        return false;
    for (size_t n = 0; n < nodes; n++) {
        plane->distance[n] = bound - last;
        plane->previous[n] = NOWHERE;
    }
    plane->distance[rows + ends->column] = bound;
    plane->distance[ends->row] = start;
    plane->reached[0] = ends->row;
    plane->reached_count = 1;
    for (;;) {
        size_t n = take_nearest(plane);
        if (n == NOWHERE)
            return false;
        if (n == rows + ends->column)
            return true;
        if (n < rows)
            leave_row(plane, n, ends);
        else
            leave_column(plane, n - rows, ends);
    }
}

/* --- the cycle ----------------------------------------------------------- */

static bool emit(struct plane *plane, size_t r, size_t c, int sign)
{
    return product_add(&plane->cycle, plane->base, plane->rows->list[r].row,
                       plane->columns->list[c].row, sign);
}

static void offer_cycle(struct plane *plane, const struct ends *ends)
{
    size_t rows = plane->rows->count;
    plane->cycle.count = 0;
    bool ok = emit(plane, ends->row, ends->column, ends->sign);
    for (size_t n = rows + ends->column; ok && n != ends->row;
         n = plane->previous[n]) {
        size_t from = plane->previous[n];
        ok = n >= rows ? emit(plane, from, n - rows, -ends->sign)
                       : emit(plane, n, from - rows, ends->sign);
    }
    if (ok)
        circuit_offer(plane->circuits, &plane->cycle);
}

/* Sign of a row at one of its terms. */
static int sign_at(const struct row *row, uint64_t term)
{
    size_t i = 0;
    while (row->terms[i] != term) {
        i++;
        assert(i < row->count);
    }
    return row->signs[i];
}

/* Sign of what a plane stands on at the target. */
static int base_sign(const struct plane *plane, size_t row_axis,
                     size_t column_axis)
{
    const struct circuits *circuits = plane->circuits;
    uint64_t place = field_origin(circuits->field, circuits->ask->target);
    for (size_t a = 0; a < circuits->field->axis_count; a++) {
        if (a != row_axis && a != column_axis)
            place += circuits->target_terms[a];
    }
    size_t i = 0;
    while (plane->base->places[i] != place) {
        i++;
        assert(i < plane->base->count);
    }
    return plane->base->signs[i];
}

/* The cheapest cycle through one row and one column of the target. */
static void search_from(struct plane *plane, size_t row_axis,
                        size_t column_axis, size_t r, size_t c)
{
    const struct circuits *circuits = plane->circuits;
    struct ends ends = {
        .row = r,
        .column = c,
        .sign = base_sign(plane, row_axis, column_axis) *
                sign_at(plane->rows->list[r].row,
                        circuits->target_terms[row_axis]) *
                sign_at(plane->columns->list[c].row,
                        circuits->target_terms[column_axis]),
    };
    const struct edge *edge = edge_at(plane, r, c, ends.sign, circuits->cost);
    if (edge->fits && edge->cost < circuits->cost &&
        find_path(plane, &ends, edge->cost))
        offer_cycle(plane, &ends);
}

void plane_search(struct circuits *circuits, const struct product *base,
                  size_t row_axis, size_t column_axis)
{
    struct plane *plane = circuits->plane;
    plane->circuits = circuits;
    plane->base = base;
    plane->rows = &circuits->axes[row_axis];
    plane->columns = &circuits->axes[column_axis];
    if (++plane->stamp == 0) {
        memset(plane->edges, 0, sizeof plane->edges);
        plane->stamp = 1;
    }
    for (size_t o = 0; o < plane->rows->own_count; o++) {
        for (size_t p = 0; p < plane->columns->own_count; p++) {
            if (circuits->cost == 0)
                return;
            search_from(plane, row_axis, column_axis, plane->rows->own[o],
                        plane->columns->own[p]);
        }
    }
}
