/* SPDX-License-Identifier: EUPL-1.2 */
/* Arcs one behind the other, as a pen draws them: a line has fewer beginnings,
 * and joins where it would have ends. */
#include <stdlib.h>

#include "map/map_canvas.h"

/* One end of an arc. */
struct end {
    const int32_t *at;
    size_t item; /* place of its arc in the list */
};

static int compare_places(const int32_t *a, const int32_t *b)
{
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

static int compare_ends(const void *left, const void *right)
{
    const struct end *a = left, *b = right;
    int order = compare_places(a->at, b->at);
    return order != 0 ? order : (a->item > b->item) - (a->item < b->item);
}

struct chain {
    const struct geo_level *geo;
    const uint32_t *arcs;
    size_t count;
    struct end *ends; /* [2 * count] by place */
    bool *used;       /* [count] */
};

static const int32_t *end_of(const struct chain *chain, size_t item, bool last)
{
    const struct geo_arc *arc = &chain->geo->arcs[chain->arcs[item]];
    return arc->xy + (last ? 2 * ((size_t)arc->count - 1) : 0);
}

/* The first arc left that has an end there, or `count`. */
static size_t find_next(const struct chain *chain, const int32_t *at)
{
    size_t low = 0, high = 2 * chain->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_places(chain->ends[middle].at, at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct end *end = chain->ends + low;
    const struct end *last = chain->ends + 2 * chain->count;
    for (; end < last && compare_places(end->at, at) == 0; end++) {
        if (!chain->used[end->item])
            return end->item;
    }
    return chain->count;
}

/* From an arc on; returns where those that follow it are kept. */
static uint32_t *follow(struct chain *chain, size_t item, uint32_t *to)
{
    const int32_t *at = end_of(chain, item, false);
    while (item < chain->count) {
        bool forwards = compare_places(end_of(chain, item, false), at) == 0;
        chain->used[item] = true;
        *to++ = chain->arcs[item];
        at = end_of(chain, item, forwards);
        item = find_next(chain, at);
    }
    return to;
}

uint32_t *map_chain(struct arena *arena, const struct geo_level *geo,
                    const uint32_t *arcs, size_t count)
{
    uint32_t *sorted = arena_array(arena, count, sizeof *sorted), *to = sorted;
    struct chain chain = {
        .geo = geo,
        .arcs = arcs,
        .count = count,
        .ends = arena_array(arena, 2 * count, sizeof *chain.ends),
        .used = arena_array(arena, count, sizeof *chain.used),
    };
    for (size_t e = 0; e < 2 * count; e++)
        chain.ends[e] = (struct end){end_of(&chain, e / 2, e % 2), e / 2};
    qsort(chain.ends, 2 * count, sizeof *chain.ends, compare_ends);
    for (size_t i = 0; i < count; i++) {
        if (!chain.used[i])
            to = follow(&chain, i, to);
    }
    return sorted;
}
