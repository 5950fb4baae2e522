/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas from features of one code: arcs that an area uses an even number of
 * times lie inside it and vanish, the others are chained to rings again. */
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"

/* One use of an arc by the area, with the vertices where the walk begins
 * and ends. */
struct step {
    int32_t walk;
    uint32_t from, to;
    bool taken;
};

/* A feature of the area being made. */
struct member {
    const struct geo_feature *feature;
};

struct chainer {
    struct arena *arena;
    const struct geo_topology *topology;
    struct step *steps; /* sorted by where they begin */
    size_t count;
};

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

static uint32_t end_of(const struct geo_topology *topology, int32_t walk)
{
    const struct geo_chain *chain = &topology->chains[arc_of(walk)];
    return chain->vertices[walk < 0 ? 0 : chain->count - 1];
}

static int compare_arcs(const void *a, const void *b)
{
    const struct step *p = a;
    const struct step *q = b;
    size_t x = arc_of(p->walk);
    size_t y = arc_of(q->walk);
    if (x != y)
        return x < y ? -1 : 1;
    return (p->walk < q->walk) - (p->walk > q->walk);
}

static int compare_starts(const void *a, const void *b)
{
    const struct step *p = a;
    const struct step *q = b;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    return compare_arcs(a, b);
}

static size_t gather_steps(struct chainer *chainer,
                           const struct member *members, size_t count)
{
    size_t total = 0;
    for (size_t f = 0; f < count; f++) {
        for (size_t r = 0; r < members[f].feature->outline_count; r++)
            total += members[f].feature->rings[r].count;
    }
    chainer->steps = arena_array(chainer->arena, total, sizeof *chainer->steps);
    size_t step = 0;
    for (size_t f = 0; f < count; f++) {
        for (size_t r = 0; r < members[f].feature->outline_count; r++) {
            const struct geo_ring *ring = &members[f].feature->rings[r];
            for (size_t i = 0; i < ring->count; i++)
                chainer->steps[step++].walk = ring->arcs[i];
        }
    }
    return total;
}

/* Keeps the steps of arcs used an odd number of times, once each. */
static void cancel_inner(struct chainer *chainer, size_t total)
{
    struct step *steps = chainer->steps;
    if (total > 1)
        qsort(steps, total, sizeof *steps, compare_arcs);
    for (size_t i = 0; i < total;) {
        size_t end = i + 1;
        while (end < total && arc_of(steps[end].walk) == arc_of(steps[i].walk))
            end++;
        if ((end - i) % 2 == 1) {
            struct step *kept = &steps[chainer->count++];
            kept->walk = steps[i].walk;
            kept->from = end_of(chainer->topology, ~kept->walk);
            kept->to = end_of(chainer->topology, kept->walk);
        }
        i = end;
    }
    if (chainer->count > 1)
        qsort(steps, chainer->count, sizeof *steps, compare_starts);
}

/* First step not taken that begins at a vertex, or NULL. */
static struct step *step_from(struct chainer *chainer, uint32_t vertex)
{
    size_t low = 0;
    size_t high = chainer->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chainer->steps[middle].from < vertex)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < chainer->count && chainer->steps[low].from == vertex; low++) {
        if (!chainer->steps[low].taken)
            return &chainer->steps[low];
    }
    return NULL;
}

/* Sources that wind outer rings and holes alike give steps that meet head to
 * head: then an arc ending here is walked backwards. */
static struct step *step_back(struct chainer *chainer, uint32_t vertex)
{
    for (size_t i = 0; i < chainer->count; i++) {
        struct step *step = &chainer->steps[i];
        if (step->taken || step->to != vertex)
            continue;
        step->to = step->from;
        step->walk = ~step->walk;
        return step;
    }
    return NULL;
}

static struct geo_ring chain_ring(struct chainer *chainer, struct step *first)
{
    int32_t *arcs = NULL;
    size_t count = 0;
    size_t capacity = 0;
    uint32_t home = first->from;
    struct step *step = first;
    while (step) {
        step->taken = true;
        arcs = arena_grow(chainer->arena, arcs, count, &capacity, sizeof *arcs);
        arcs[count++] = step->walk;
        uint32_t at = step->to;
        if (at == home)
            break;
        step = step_from(chainer, at);
        if (!step)
            step = step_back(chainer, at);
        assert(step); /* every vertex of a closed border has even degree */
    }
    return (struct geo_ring){arcs, count};
}

static struct geo_shape make_shape(struct arena *arena,
                                   const struct geo_topology *topology,
                                   const struct member *members, size_t count)
{
    struct chainer chainer = {.arena = arena, .topology = topology};
    cancel_inner(&chainer, gather_steps(&chainer, members, count));
    struct geo_shape shape = {.code = members[0].feature->code,
                              .label = members[0].feature->label,
                              .parent = members[0].feature->parent};
    shape.rings = arena_array(arena, chainer.count, sizeof *shape.rings);
    for (size_t i = 0; i < chainer.count; i++) {
        if (!chainer.steps[i].taken)
            shape.rings[shape.ring_count++] =
                chain_ring(&chainer, &chainer.steps[i]);
    }
    return shape;
}

static int compare_codes(const void *a, const void *b)
{
    const struct geo_feature *p = ((const struct member *)a)->feature;
    const struct geo_feature *q = ((const struct member *)b)->feature;
    int order = strcmp(p->code, q->code);
    return order != 0 ? order : (p > q) - (p < q);
}

size_t geo_dissolve(struct arena *arena, const struct geo_source *source,
                    const struct geo_topology *topology, struct geo_shape **out)
{
    struct member *sorted = arena_array(arena, source->count, sizeof *sorted);
    for (size_t i = 0; i < source->count; i++)
        sorted[i].feature = &source->features[i];
    if (source->count > 1)
        qsort(sorted, source->count, sizeof *sorted, compare_codes);
    struct geo_shape *shapes =
        arena_array(arena, source->count, sizeof *shapes);
    size_t count = 0;
    for (size_t i = 0; i < source->count;) {
        const char *code = sorted[i].feature->code;
        size_t end = i + 1;
        while (end < source->count &&
               text_same(sorted[end].feature->code, code))
            end++;
        shapes[count++] = make_shape(arena, topology, sorted + i, end - i);
        i = end;
    }
    *out = shapes;
    return count;
}
