/* SPDX-License-Identifier: EUPL-1.2 */
/* The cheapest cycle through the target in the plane of two axes: Dijkstra's
 * shortest path from its row back to its column, over rows and columns by
 * turns. Steps from a row to a column have one sign, steps back the other. */
#include "sdc/circuit_impl.h"

enum {
    NODES = 2 * CIRCUIT_ROWS,
};

/* A place of the base, and which way a toll's room is there. */
struct spot {
    uint64_t place;
    unsigned turn;
};

struct plane {
    struct circuits *circuits;
    const struct product *base;
    const struct candidates *rows, *columns;
    bool brief;                       /* tolls say all */
    struct spot spots[CIRCUIT_CELLS]; /* the base, when brief */
    int64_t distance[NODES];          /* rows, then columns */
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

/* An edge between a row and a column, gone along with a sign, that is of use
 * only when it costs less than a limit. */
struct edge {
    const struct piece *row, *row_end, *column, *column_end;
    int sign;
    int64_t limit;
    int64_t cost;
};

/* What the cells of the base cost, moved to where `tolls` begin, is added to
 * *cost. Less than 0 when one of them has no room for a step: no branch
 * depends on a single one, since a wrong guess takes longer than to look. */
static inline int64_t look_at_spots(const struct plane *plane,
                                    const uint64_t *tolls, unsigned turn,
                                    int64_t step, int64_t *cost)
{
    const struct spot *end = plane->spots + plane->base->count;
    int64_t sum = *cost, spare = 0;
    for (const struct spot *spot = plane->spots; spot < end; spot++) {
        uint64_t toll = tolls[spot->place];
        sum += (int64_t)(toll & UINT32_MAX);
        spare |= (int64_t)(toll >> (turn ^ spot->turn) & TOLL_MOST) - step;
    }
    *cost = sum;
    return spare;
}

/* Counts what the cells cost, and tells whether they have room. */
static bool look_brief(const struct plane *plane, struct edge *edge)
{
    const struct circuit_ask *ask = plane->circuits->ask;
    unsigned rooms = ask->toll_rooms;
    int64_t cost = 0;
    rooms += edge->sign * ask->direction > 0 ? TOLL_ROOM : 0;
    for (const struct piece *a = edge->row; a < edge->row_end; a++) {
        for (const struct piece *b = edge->column; b < edge->column_end; b++) {
            int64_t spare =
                look_at_spots(plane, ask->tolls + (a->term + b->term),
                              rooms ^ a->turn ^ b->turn, ask->step, &cost);
            if (cost >= edge->limit || spare < 0)
                return false;
        }
    }
    edge->cost = cost;
    return true;
}

/* The cells of the base, moved to a row and a column. */
static bool look_at_base(const struct plane *plane, uint64_t term, int sign,
                         struct edge *edge)
{
    const struct circuits *circuits = plane->circuits;
    const struct circuit_ask *ask = circuits->ask;
    const struct product *base = plane->base;
    bool fits = true;
    for (size_t i = 0; fits && i < base->count; i++) {
        size_t cell = field_cell(circuits->field, base->places[i] + term);
        if (cell == SDC_NO_CELL)
            continue;
        edge->cost += ask->prices[cell];
        const struct room *room = &ask->rooms[cell];
        bool up = sign * base->signs[i] > 0;
        fits = edge->cost < edge->limit &&
               ((up ? room->above : room->below) >= ask->step ||
                circuit_passes(circuits, cell));
    }
    return fits;
}

/* The same for large steps, and where cells are not their places. */
static bool look(const struct plane *plane, struct edge *edge)
{
    int sign = edge->sign * plane->circuits->ask->direction;
    bool fits = true;
    edge->cost = 0;
    for (const struct piece *a = edge->row; fits && a < edge->row_end; a++) {
        for (const struct piece *b = edge->column; fits && b < edge->column_end;
             b++)
            fits = look_at_base(plane, a->term + b->term,
                                sign * a->sign * b->sign, edge);
    }
    return fits;
}

/* What an edge costs; the limit when it costs that or more, or has no room. */
static int64_t edge_cost(const struct plane *plane, size_t r, size_t c,
                         int sign, int64_t limit)
{
    const struct candidates *rows = plane->rows, *columns = plane->columns;
    struct edge edge = {
        .row = rows->pieces + rows->starts[r],
        .row_end = rows->pieces + rows->starts[r + 1],
        .column = columns->pieces + columns->starts[c],
        .column_end = columns->pieces + columns->starts[c + 1],
        .sign = sign,
        .limit = limit,
    };
    plane->circuits->looks_left -= (int64_t)plane->base->count;
    bool fits = plane->brief ? look_brief(plane, &edge) : look(plane, &edge);
    return fits ? edge.cost : limit;
}

/* --- shortest path ------------------------------------------------------- */

struct ends {
    size_t row, column;
    int sign; /* of the edge of the target */
};

/* Comes to a node on a shorter way than before. */
static void reach(struct plane *plane, size_t from, size_t to, int64_t cost)
{
    if (plane->previous[to] == NOWHERE)
        plane->reached[plane->reached_count++] = to;
    plane->distance[to] = plane->distance[from] + cost;
    plane->previous[to] = from;
}

static void leave_row(struct plane *plane, size_t r, const struct ends *ends)
{
    size_t first = plane->rows->count;
    const struct candidate *columns = plane->columns->list;
    for (size_t c = 0; c < plane->columns->count; c++) {
        int64_t limit = plane->distance[first + c] - plane->distance[r];
        if (limit <= 0 ||
            (r == ends->row && (c == ends->column || columns[c].cost >= limit)))
            continue;
        int64_t cost = edge_cost(plane, r, c, -ends->sign, limit);
        if (cost < limit)
            reach(plane, r, first + c, cost);
    }
}

static void leave_column(struct plane *plane, size_t c, const struct ends *ends)
{
    size_t from = plane->rows->count + c;
    for (size_t r = 0; r < plane->rows->count; r++) {
        int64_t limit = plane->distance[r] - plane->distance[from];
        if (limit <= 0)
            continue;
        int64_t cost = edge_cost(plane, r, c, ends->sign, limit);
        if (cost < limit)
            reach(plane, from, r, cost);
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
    for (size_t r = 0; r < plane->rows->count; r++) {
        if (r != ends->row && plane->rows->list[r].cost < limit)
            limit = edge_cost(plane, r, ends->column, -ends->sign, limit);
    }
    return limit;
}

/* The least that a row but one costs on the line of the target. */
static int64_t least_other(const struct candidates *axis, size_t but)
{
    return axis->least[axis->cheapest == but];
}

/* True when the way back to the target's column was found. */
static bool find_path(struct plane *plane, const struct ends *ends,
                      int64_t start)
{
    size_t rows = plane->rows->count, nodes = rows + plane->columns->count;
    int64_t bound = plane->circuits->cost;
    int64_t most = bound - start - least_other(plane->columns, ends->column);
    int64_t last = last_edge(plane, ends, most);
    if (last >= most)
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
    int64_t limit = circuits->cost - least_other(plane->rows, r) -
                    least_other(plane->columns, c);
    if (limit <= 0)
        return;
    int64_t cost = edge_cost(plane, r, c, ends.sign, limit);
    if (cost < limit && find_path(plane, &ends, cost))
        offer_cycle(plane, &ends);
}

static void lay_out(struct plane *plane)
{
    const struct circuit_ask *ask = plane->circuits->ask;
    const struct product *base = plane->base;
    plane->brief = plane->circuits->field->sheet != NULL &&
                   ask->tolls != NULL && ask->step <= TOLL_MOST;
    for (size_t i = 0; plane->brief && i < base->count; i++)
        plane->spots[i] = (struct spot){
            .place = base->places[i],
            .turn = base->signs[i] > 0 ? 0 : TOLL_ROOM,
        };
}

void plane_search(struct circuits *circuits, const struct product *base,
                  size_t row_axis, size_t column_axis)
{
    struct plane *plane = circuits->plane;
    plane->circuits = circuits;
    plane->base = base;
    plane->rows = &circuits->axes[row_axis];
    plane->columns = &circuits->axes[column_axis];
    if (base->cost + plane->rows->least[0] + plane->columns->least[0] >=
        circuits->cost)
        return;
    lay_out(plane);
    for (size_t o = 0; o < plane->rows->own_count; o++) {
        for (size_t p = 0; p < plane->columns->own_count; p++) {
            if (circuits->cost == 0 || circuits->looks_left < 0)
                return;
            search_from(plane, row_axis, column_axis, plane->rows->own[o],
                        plane->columns->own[p]);
        }
    }
}
