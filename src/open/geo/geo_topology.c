/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared arcs from plain outlines.
 *
 * Every place becomes one vertex. A vertex is a junction when rings pass it
 * with different neighbours: there a border begins or ends. Rings are cut at
 * junctions; equal pieces, walked either way, are one arc. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"

static const double places_per_degree = 1e6;

struct place {
    int64_t x, y;
    size_t order; /* among all points of all outlines */
};

/* An outline as vertex numbers. */
struct walk {
    uint32_t *vertices;
    size_t count;
};

/* A part of a walk, in the direction that all its copies agree on. */
struct piece {
    const uint32_t *vertices;
    size_t count;
    bool reversed;
    size_t order; /* among all pieces */
    size_t walk;
    size_t chain; /* found by sorting */
};

struct builder {
    struct arena *arena;
    struct geo_outline *outlines; /* [walk] */
    struct walk *walks;
    size_t walk_count;
    bool *junction;
    struct piece *pieces;
    size_t piece_count;
    size_t piece_capacity;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *p = a;
    const struct place *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->order < q->order ? -1 : 1;
}

/* The outlines of all features in order, and how many points they have. */
static size_t list_outlines(struct builder *builder,
                            const struct geo_source *source)
{
    size_t points = 0;
    for (size_t f = 0; f < source->count; f++)
        builder->walk_count += source->features[f].outline_count;
    builder->outlines = arena_array(builder->arena, builder->walk_count,
                                    sizeof *builder->outlines);
    size_t outline = 0;
    for (size_t f = 0; f < source->count; f++) {
        const struct geo_feature *feature = &source->features[f];
        for (size_t i = 0; i < feature->outline_count; i++) {
            builder->outlines[outline++] = feature->outlines[i];
            points += feature->outlines[i].count;
        }
    }
    return points;
}

/* All points of the source in order, sorted by place. */
static struct place *sort_places(const struct builder *builder, size_t count)
{
    struct place *places = arena_array(builder->arena, count, sizeof *places);
    size_t order = 0;
    for (size_t w = 0; w < builder->walk_count; w++) {
        const struct geo_outline *outline = &builder->outlines[w];
        for (size_t k = 0; k < outline->count; k++, order++) {
            places[order] = (struct place){
                llround(outline->points[k].x * places_per_degree),
                llround(outline->points[k].y * places_per_degree), order};
        }
    }
    qsort(places, count, sizeof *places, compare_places);
    return places;
}

/* Numbers the places; returns the vertex of each point in source order. */
static uint32_t *number_vertices(const struct builder *builder, size_t count,
                                 struct geo_topology *topology)
{
    assert(count > 0 && count < UINT32_MAX);
    struct place *places = sort_places(builder, count);
    uint32_t *vertex = arena_array(builder->arena, count, sizeof *vertex);
    topology->vertices =
        arena_array(builder->arena, count, sizeof *topology->vertices);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || places[i].x != places[i - 1].x ||
            places[i].y != places[i - 1].y)
            topology->vertices[topology->vertex_count++] =
                (struct geo_point){(double)places[i].x / places_per_degree,
                                   (double)places[i].y / places_per_degree};
        vertex[places[i].order] = (uint32_t)(topology->vertex_count - 1);
    }
    return vertex;
}

/* Repeated places are dropped; a ring that has no surface gets no vertices. */
static struct walk make_walk(uint32_t *vertex, size_t points)
{
    struct walk walk = {vertex, 0};
    for (size_t k = 0; k < points; k++) {
        if (walk.count == 0 || walk.vertices[walk.count - 1] != vertex[k])
            walk.vertices[walk.count++] = vertex[k];
    }
    if (walk.count > 1 && walk.vertices[0] == walk.vertices[walk.count - 1])
        walk.count--;
    if (walk.count < 3)
        walk.count = 0;
    return walk;
}

static void make_walks(struct builder *builder, uint32_t *vertex)
{
    builder->walks = arena_array(builder->arena, builder->walk_count,
                                 sizeof *builder->walks);
    for (size_t w = 0; w < builder->walk_count; w++) {
        size_t points = builder->outlines[w].count;
        builder->walks[w] = make_walk(vertex, points);
        vertex += points;
    }
}

/* The neighbours that a vertex was first passed with. */
struct passage {
    uint32_t low, high;
    bool seen;
};

static void pass(struct builder *builder, struct passage *passages,
                 const struct walk *walk, size_t k)
{
    uint32_t at = walk->vertices[k];
    uint32_t a = walk->vertices[k ? k - 1 : walk->count - 1];
    uint32_t b = walk->vertices[k + 1 < walk->count ? k + 1 : 0];
    struct passage now = {a < b ? a : b, a < b ? b : a, true};
    struct passage *first = &passages[at];
    if (!first->seen)
        *first = now;
    else if (first->low != now.low || first->high != now.high)
        builder->junction[at] = true;
}

static void find_junctions(struct builder *builder, size_t vertex_count)
{
    struct passage *passages =
        arena_array(builder->arena, vertex_count, sizeof *passages);
    builder->junction =
        arena_array(builder->arena, vertex_count, sizeof *builder->junction);
    for (size_t w = 0; w < builder->walk_count; w++) {
        const struct walk *walk = &builder->walks[w];
        for (size_t k = 0; k < walk->count; k++)
            pass(builder, passages, walk, k);
    }
}

/* `vertices` from one end to the other, both included. Its copies elsewhere
 * may run backwards: the direction whose numbers compare lower is kept. */
static void add_piece(struct builder *builder, size_t walk, uint32_t *vertices,
                      size_t count)
{
    size_t left = 0;
    size_t right = count - 1;
    while (left < right && vertices[left] == vertices[right]) {
        left++;
        right--;
    }
    bool reversed = left < right && vertices[left] > vertices[right];
    for (size_t i = 0; reversed && i < count / 2; i++) {
        uint32_t kept = vertices[i];
        vertices[i] = vertices[count - 1 - i];
        vertices[count - 1 - i] = kept;
    }
    builder->pieces =
        arena_grow(builder->arena, builder->pieces, builder->piece_count,
                   &builder->piece_capacity, sizeof *builder->pieces);
    builder->pieces[builder->piece_count] = (struct piece){
        .vertices = vertices,
        .count = count,
        .reversed = reversed,
        .order = builder->piece_count,
        .walk = walk,
    };
    builder->piece_count++;
}

/* Copies the walk from `start` round to `start` again. */
static uint32_t *unroll(struct arena *arena, const struct walk *walk,
                        size_t start)
{
    uint32_t *round = arena_array(arena, walk->count + 1, sizeof *round);
    for (size_t k = 0; k <= walk->count; k++)
        round[k] = walk->vertices[(start + k) % walk->count];
    return round;
}

/* Where a ring begins in the file must not matter: it is cut first at its
 * lowest junction, or, without one, is a closed piece from its lowest vertex.
 */
static size_t first_cut(const struct builder *builder, const struct walk *walk)
{
    size_t best = 0;
    for (size_t k = 1; k < walk->count; k++) {
        bool junction = builder->junction[walk->vertices[k]];
        bool held = builder->junction[walk->vertices[best]];
        if (junction != held ? junction
                             : walk->vertices[k] < walk->vertices[best])
            best = k;
    }
    return best;
}

static void cut_walk(struct builder *builder, size_t w)
{
    const struct walk *walk = &builder->walks[w];
    if (walk->count == 0)
        return;
    uint32_t *round = unroll(builder->arena, walk, first_cut(builder, walk));
    size_t begin = 0;
    for (size_t k = 1; k <= walk->count; k++) {
        if (k < walk->count && !builder->junction[round[k]])
            continue;
        uint32_t *own = arena_array(builder->arena, k - begin + 1, sizeof *own);
        memcpy(own, round + begin, (k - begin + 1) * sizeof *own);
        add_piece(builder, w, own, k - begin + 1);
        begin = k;
    }
}

static int compare_vertices(const struct piece *p, const struct piece *q)
{
    if (p->count != q->count)
        return p->count < q->count ? -1 : 1;
    for (size_t i = 0; i < p->count; i++) {
        if (p->vertices[i] != q->vertices[i])
            return p->vertices[i] < q->vertices[i] ? -1 : 1;
    }
    return 0;
}

static int compare_pieces(const void *a, const void *b)
{
    const struct piece *p = a;
    const struct piece *q = b;
    int order = compare_vertices(p, q);
    if (order != 0)
        return order;
    return p->order < q->order ? -1 : 1;
}

static int compare_orders(const void *a, const void *b)
{
    const struct piece *p = a;
    const struct piece *q = b;
    return p->order < q->order ? -1 : 1;
}

/* Equal pieces get the number of one arc; afterwards pieces are back in the
 * order of the source, and arcs are numbered by their first use. */
static void share_pieces(struct builder *builder, struct geo_topology *out)
{
    struct piece *pieces = builder->pieces;
    size_t count = builder->piece_count;
    if (count == 0)
        return;
    qsort(pieces, count, sizeof *pieces, compare_pieces);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && compare_vertices(&pieces[i - 1], &pieces[i]) == 0;
        pieces[i].chain = same ? pieces[i - 1].chain : pieces[i].order;
    }
    qsort(pieces, count, sizeof *pieces, compare_orders);
    out->chains = arena_array(builder->arena, count, sizeof *out->chains);
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].chain != i) { /* its first use was numbered before */
            pieces[i].chain = pieces[pieces[i].chain].chain;
            continue;
        }
        out->chains[out->chain_count] =
            (struct geo_chain){pieces[i].vertices, pieces[i].count};
        pieces[i].chain = out->chain_count++;
    }
    assert(out->chain_count < INT32_MAX);
}

static struct geo_ring make_ring(struct builder *builder, size_t walk,
                                 size_t *piece)
{
    size_t begin = *piece;
    while (*piece < builder->piece_count &&
           builder->pieces[*piece].walk == walk)
        (*piece)++;
    size_t count = *piece - begin;
    int32_t *arcs = arena_array(builder->arena, count, sizeof *arcs);
    for (size_t i = 0; i < count; i++) {
        const struct piece *one = &builder->pieces[begin + i];
        int32_t chain = (int32_t)one->chain;
        arcs[i] = one->reversed ? ~chain : chain;
    }
    return (struct geo_ring){arcs, count};
}

void geo_topology_build(struct arena *arena, struct geo_source *source,
                        struct geo_topology *out)
{
    *out = (struct geo_topology){0};
    struct builder builder = {.arena = arena};
    size_t points = list_outlines(&builder, source);
    make_walks(&builder, number_vertices(&builder, points, out));
    find_junctions(&builder, out->vertex_count);
    for (size_t w = 0; w < builder.walk_count; w++)
        cut_walk(&builder, w);
    share_pieces(&builder, out);

    size_t walk = 0;
    size_t piece = 0;
    for (size_t f = 0; f < source->count; f++) {
        struct geo_feature *feature = &source->features[f];
        feature->rings =
            arena_array(arena, feature->outline_count, sizeof *feature->rings);
        for (size_t i = 0; i < feature->outline_count; i++)
            feature->rings[i] = make_ring(&builder, walk++, &piece);
    }
}
