/* SPDX-License-Identifier: EUPL-1.2 */
/* Exact roundings of networks (Causey, Cox and Ernst 1985; Cox 1987).
 *
 * When no cell is in more than two relations, and signs can be given to the
 * relations such that it leaves one and enters the other, the table is a flow:
 * relations are nodes, cells are arcs. One more node joins the cells that are
 * in one relation only. A node where one arc is no multiple of the base has
 * another, so such arcs lie on circuits; pushing along a circuit until an arc
 * meets a multiple keeps everything additive and every cell between its two
 * multiples. The direction is drawn such that no cell moves on average. */
#include "sdc/round_impl.h"

#include <stdlib.h>

#include "base/splitmix.h"

struct arc {
    uint32_t ends[2]; /* leaves ends[0], enters ends[1] */
};

struct network {
    struct rounding *rounding;
    const struct plain_rows *rows;
    int64_t *flow; /* [cells] becomes the result */
    struct arc *arcs;
    size_t nodes;        /* rows, then the joint */
    size_t *starts;      /* [nodes + 1] */
    uint32_t *incident;  /* arcs of each node, in the order of the key */
    size_t *next;        /* [nodes] first incident arc that may be loose */
    signed char *colour; /* [nodes] +1, -1; 0 not yet */
    uint32_t *path;      /* arcs */
    uint32_t *stops;     /* the node where each arc of the path starts */
    size_t length;
    size_t *place; /* [nodes] place in stops + 1, or 0 */
};

/* Rows of a cell, at most two, with the sign it has there. */
struct ends {
    uint32_t row[2];
    signed char sign[2];
    unsigned char count;
};

static bool note_end(struct ends *ends, uint32_t row, signed char sign)
{
    if (ends->count == 2)
        return false;
    ends->row[ends->count] = row;
    ends->sign[ends->count] = sign;
    ends->count++;
    return true;
}

static bool find_ends(const struct plain_rows *rows, struct ends *ends)
{
    for (size_t r = 0; r < rows->count; r++) {
        for (size_t i = rows->starts[r]; i < rows->starts[r + 1]; i++) {
            signed char sign = i == rows->starts[r] ? 1 : -1;
            if (!note_end(&ends[rows->members[i]], (uint32_t)r, sign))
                return false;
        }
    }
    return true;
}

/* Gives the other row of a cell the colour that the first one asks for. */
static bool spread(struct network *network, const struct ends *ends,
                   uint32_t row, uint32_t *queue, size_t *waiting)
{
    const struct plain_rows *rows = network->rows;
    for (size_t i = rows->starts[row]; i < rows->starts[row + 1]; i++) {
        const struct ends *end = &ends[rows->members[i]];
        if (end->count < 2)
            continue;
        int here = end->row[0] == row ? 0 : 1;
        uint32_t other = end->row[1 - here];
        int wanted =
            -network->colour[row] * end->sign[here] * end->sign[1 - here];
        if (network->colour[other] == 0) {
            network->colour[other] = (signed char)wanted;
            queue[(*waiting)++] = other;
        } else if (network->colour[other] != wanted || other == row) {
            return false;
        }
    }
    return true;
}

static bool colour_rows(struct network *network, const struct ends *ends)
{
    size_t count = network->rows->count;
    uint32_t *queue =
        arena_array(network->rounding->arena, count, sizeof *queue);
    for (size_t r = 0; r < count; r++) {
        size_t waiting = 0;
        if (network->colour[r] != 0)
            continue;
        network->colour[r] = 1;
        queue[waiting++] = (uint32_t)r;
        for (size_t at = 0; at < waiting; at++) {
            if (!spread(network, ends, queue[at], queue, &waiting))
                return false;
        }
    }
    return true;
}

static void make_arc(struct network *network, const struct ends *ends,
                     struct arc *arc)
{
    uint32_t joint = (uint32_t)network->nodes - 1;
    arc->ends[0] = joint;
    arc->ends[1] = joint;
    for (int i = 0; i < ends->count; i++) {
        bool leaves = network->colour[ends->row[i]] * ends->sign[i] > 0;
        arc->ends[leaves ? 0 : 1] = ends->row[i];
    }
}

/* Every arc, in the order of the key. */
static const uint32_t *rank_arcs(const struct network *network)
{
    struct rounding *rounding = network->rounding;
    size_t cells = rounding->table->cells;
    uint32_t *all = arena_array(rounding->arena, cells, sizeof *all);
    for (size_t c = 0; c < cells; c++)
        all[c] = (uint32_t)c;
    return rounding_rank(rounding, all, cells);
}

static void list_incident(struct network *network, const uint32_t *ranked)
{
    struct arena *arena = network->rounding->arena;
    size_t cells = network->rounding->table->cells;
    size_t *starts = arena_array(arena, network->nodes + 2, sizeof *starts);
    size_t *fill = starts + 1;
    for (size_t c = 0; c < cells; c++) {
        fill[network->arcs[c].ends[0] + 1]++;
        fill[network->arcs[c].ends[1] + 1]++;
    }
    for (size_t n = 0; n < network->nodes; n++)
        fill[n + 1] += fill[n];
    network->incident =
        arena_array(arena, 2 * cells, sizeof *network->incident);
    for (size_t i = 0; i < cells; i++) {
        uint32_t arc = ranked[i];
        network->incident[fill[network->arcs[arc].ends[0]]++] = arc;
        network->incident[fill[network->arcs[arc].ends[1]]++] = arc;
    }
    network->starts = starts;
    network->next = arena_array(arena, network->nodes, sizeof *network->next);
    for (size_t n = 0; n < network->nodes; n++)
        network->next[n] = starts[n];
}

static bool is_loose(const struct network *network, uint32_t arc)
{
    return network->flow[arc] % network->rounding->base != 0;
}

/* A loose arc of the node other than the one we came by. There is one, because
 * the loose arcs of a node add up to a multiple. */
static uint32_t way_out(struct network *network, uint32_t node, uint32_t came)
{
    size_t end = network->starts[node + 1];
    size_t *first = &network->next[node];
    while (*first < end && !is_loose(network, network->incident[*first]))
        ++*first;
    size_t at = *first;
    while (at < end && (network->incident[at] == came ||
                        !is_loose(network, network->incident[at])))
        at++;
    assert(at < end);
    return network->incident[at];
}

/* +1 when the path runs along the arc, -1 against it. */
static int sense(const struct network *network, size_t step)
{
    const struct arc *arc = &network->arcs[network->path[step]];
    return arc->ends[0] == network->stops[step] ? 1 : -1;
}

/* Pushes along the circuit path[first..length). */
static void push(struct network *network, size_t first)
{
    int64_t base = network->rounding->base, more = base, less = base;
    for (size_t i = first; i < network->length; i++) {
        int64_t below = network->flow[network->path[i]] % base;
        int64_t above = base - below;
        bool along = sense(network, i) > 0;
        int64_t rise = along ? above : below, fall = along ? below : above;
        more = rise < more ? rise : more;
        less = fall < less ? fall : less;
    }
    uint64_t draw = splitmix_next(&network->rounding->random) >> 32;
    bool forward = (int64_t)(draw * (uint64_t)(more + less) >> 32) < less;
    int64_t amount = forward ? more : -less;
    for (size_t i = first; i < network->length; i++)
        network->flow[network->path[i]] += amount * sense(network, i);
}

static void leave_path(struct network *network, size_t length)
{
    while (network->length > length)
        network->place[network->stops[--network->length]] = 0;
}

/* Walks from a loose arc, closing circuits, until nothing loose is left on
 * the way. */
static void walk(struct network *network, uint32_t arc)
{
    uint32_t node = network->arcs[arc].ends[0];
    for (;;) {
        network->path[network->length] = arc;
        network->stops[network->length] = node;
        network->place[node] = ++network->length;
        const struct arc *ends = &network->arcs[arc];
        node = ends->ends[0] == node ? ends->ends[1] : ends->ends[0];
        if (network->place[node] > 0) {
            size_t first = network->place[node] - 1;
            push(network, first);
            leave_path(network, first);
            if (first == 0)
                return;
            arc = network->path[first - 1];
        }
        arc = way_out(network, node, arc);
    }
}

static bool open_network(struct network *network)
{
    struct arena *arena = network->rounding->arena;
    size_t cells = network->rounding->table->cells;
    struct ends *ends = arena_array(arena, cells, sizeof *ends);
    network->nodes = network->rows->count + 1;
    network->colour =
        arena_array(arena, network->nodes, sizeof *network->colour);
    if (!find_ends(network->rows, ends) || !colour_rows(network, ends))
        return false;
    network->arcs = arena_array(arena, cells, sizeof *network->arcs);
    for (size_t c = 0; c < cells; c++)
        make_arc(network, &ends[c], &network->arcs[c]);
    network->path = arena_array(arena, network->nodes, sizeof *network->path);
    network->stops = arena_array(arena, network->nodes, sizeof *network->stops);
    network->place = arena_array(arena, network->nodes, sizeof *network->place);
    return true;
}

bool rounding_network(struct rounding *rounding, int64_t *out)
{
    const struct plain_table *table = rounding->table;
    struct network network = {
        .rounding = rounding,
        .rows = table->frame.count > 0 ? &table->frame : &table->relations,
        .flow = out,
    };
    if (!open_network(&network))
        return false;
    const uint32_t *ranked = rank_arcs(&network);
    list_incident(&network, ranked);
    for (size_t c = 0; c < table->cells; c++)
        out[c] = table->counts[c];
    for (size_t i = 0; i < table->cells; i++) {
        while (is_loose(&network, ranked[i]))
            walk(&network, ranked[i]);
    }
    return true;
}
