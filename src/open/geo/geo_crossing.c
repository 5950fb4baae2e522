/* SPDX-License-Identifier: EUPL-1.2 */
/* Do borders cross? A binary tree of boxes over the edges in the order of
 * their chains, joined with itself: edges that follow each other lie near each
 * other, so boxes that overlap are few. */
#include <math.h>

#include "geo/geo_impl.h"

enum { LEAF_EDGES = 8 };

struct place {
    int32_t x, y;
};

struct edge {
    struct place a, b;
    uint32_t chain;
};

struct box {
    int32_t west, south, east, north;
};

/* Edges first..end - 1; node n has the children 2n + 1 and 2n + 2. */
struct span {
    size_t node, first, end;
};

struct join {
    struct edge *edges;
    size_t count;
    struct box *boxes;
    const struct edge *found[2];
};

static struct place place_of(struct geo_point point)
{
    return (struct place){(int32_t)llround(point.x * 1e6),
                          (int32_t)llround(point.y * 1e6)};
}

static void list_edges(struct arena *arena, const struct geo_topology *topology,
                       struct join *join)
{
    size_t count = 0;
    for (size_t c = 0; c < topology->chain_count; c++)
        count += topology->chains[c].count - 1;
    join->edges = arena_array(arena, count, sizeof *join->edges);
    for (size_t c = 0; c < topology->chain_count; c++) {
        const struct geo_chain *chain = &topology->chains[c];
        for (size_t k = 1; k < chain->count; k++)
            join->edges[join->count++] = (struct edge){
                place_of(topology->vertices[chain->vertices[k - 1]]),
                place_of(topology->vertices[chain->vertices[k]]), (uint32_t)c};
    }
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static struct box join_boxes(struct box a, struct box b)
{
    return (struct box){least(a.west, b.west), least(a.south, b.south),
                        most(a.east, b.east), most(a.north, b.north)};
}

static struct box edge_box(const struct edge *edge)
{
    return (struct box){least(edge->a.x, edge->b.x),
                        least(edge->a.y, edge->b.y), most(edge->a.x, edge->b.x),
                        most(edge->a.y, edge->b.y)};
}

static bool overlap(const struct box *a, const struct box *b)
{
    return a->west <= b->east && b->west <= a->east && a->south <= b->north &&
           b->south <= a->north;
}

static bool is_leaf(struct span span)
{
    return span.end - span.first <= LEAF_EDGES;
}

static struct span child(struct span span, size_t which)
{
    size_t middle = span.first + (span.end - span.first) / 2;
    return which == 0 ? (struct span){2 * span.node + 1, span.first, middle}
                      : (struct span){2 * span.node + 2, middle, span.end};
}

static void make_boxes(struct join *join, struct span span)
{
    struct box *box = &join->boxes[span.node];
    if (!is_leaf(span)) {
        make_boxes(join, child(span, 0));
        make_boxes(join, child(span, 1));
        *box = join_boxes(join->boxes[2 * span.node + 1],
                          join->boxes[2 * span.node + 2]);
        return;
    }
    *box = edge_box(&join->edges[span.first]);
    for (size_t e = span.first + 1; e < span.end; e++)
        *box = join_boxes(*box, edge_box(&join->edges[e]));
}

/* 1 when c lies left of a to b, -1 right, 0 on their line: differences stay
 * under 2^29, so that products are exact. */
static int side(struct place a, struct place b, struct place c)
{
    int64_t x = (int64_t)b.x - a.x;
    int64_t y = (int64_t)b.y - a.y;
    int64_t cross = x * ((int64_t)c.y - a.y) - y * ((int64_t)c.x - a.x);
    return (cross > 0) - (cross < 0);
}

static bool edges_cross(const struct edge *p, const struct edge *q)
{
    return side(p->a, p->b, q->a) * side(p->a, p->b, q->b) < 0 &&
           side(q->a, q->b, p->a) * side(q->a, q->b, p->b) < 0;
}

static bool leaves_cross(struct join *join, struct span one, struct span two)
{
    for (size_t i = one.first; i < one.end; i++) {
        for (size_t k = two.first; k < two.end; k++) {
            if (!edges_cross(&join->edges[i], &join->edges[k]))
                continue;
            join->found[0] = &join->edges[i];
            join->found[1] = &join->edges[k];
            return true;
        }
    }
    return false;
}

static bool spans_cross(struct join *join, struct span one, struct span two)
{
    bool same = one.node == two.node;
    if (!overlap(&join->boxes[one.node], &join->boxes[two.node]))
        return false;
    if (is_leaf(one) && is_leaf(two))
        return leaves_cross(join, one, two);
    if (same)
        return spans_cross(join, child(one, 0), child(one, 0)) ||
               spans_cross(join, child(one, 0), child(one, 1)) ||
               spans_cross(join, child(one, 1), child(one, 1));
    if (is_leaf(two) ||
        (!is_leaf(one) && one.end - one.first >= two.end - two.first))
        return spans_cross(join, child(one, 0), two) ||
               spans_cross(join, child(one, 1), two);
    return spans_cross(join, one, child(two, 0)) ||
           spans_cross(join, one, child(two, 1));
}

static bool find(struct arena *arena, const struct geo_topology *topology,
                 struct join *join)
{
    list_edges(arena, topology, join);
    struct span all = {0, 0, join->count};
    join->boxes = arena_array(arena, join->count + 2, sizeof *join->boxes);
    if (join->count == 0)
        return false;
    make_boxes(join, all);
    return spans_cross(join, all, all);
}

/* Where two edges that cross do so, in degrees. */
static struct geo_point meeting(const struct edge *p, const struct edge *q)
{
    double px = (double)p->b.x - p->a.x, py = (double)p->b.y - p->a.y;
    double qx = (double)q->b.x - q->a.x, qy = (double)q->b.y - q->a.y;
    double x = (double)q->a.x - p->a.x, y = (double)q->a.y - p->a.y;
    double part = (x * qy - y * qx) / (px * qy - py * qx);
    return (struct geo_point){(p->a.x + part * px) / 1e6,
                              (p->a.y + part * py) / 1e6};
}

bool geo_crossing_find(const struct geo_topology *topology,
                       struct geo_crossing *out)
{
    struct arena *scratch = arena_new();
    struct join join = {0};
    bool found = find(scratch, topology, &join);
    if (found)
        *out =
            (struct geo_crossing){{join.found[0]->chain, join.found[1]->chain},
                                  meeting(join.found[0], join.found[1])};
    arena_free(scratch);
    return found;
}
