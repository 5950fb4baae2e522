/* SPDX-License-Identifier: EUPL-1.2 */
/* Strips open at both ends: two features that lie along each other and meet
 * nowhere. Their borders have places nearer to one another than any two places
 * of a map, and more than one. */
#include <math.h>
#include <stdlib.h>

#include "geo/geo_impl.h"

enum { STRIPS_NAMED = 3, PAIRS_LEAST = 2 };

static const double near_m = 1;
static const double metres_per_degree = 111200;

/* A place of an arc that has one feature only beside it. */
struct place {
    struct geo_point at;
    uint32_t vertex;
    const struct geo_feature *owner;
};

struct nearby {
    const struct geo_feature *one, *two; /* in the order of the source */
    struct geo_point at;
    double width_m;
};

struct strips {
    struct arena *arena;
    struct place *places; /* from south to north, those of a vertex together */
    size_t place_count;
    struct nearby *pairs;
    size_t pair_count, pair_capacity;
};

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *p = a;
    const struct place *q = b;
    int order = compare_numbers(p->at.y, q->at.y);
    if (order == 0)
        order = compare_numbers(p->at.x, q->at.x);
    if (order == 0)
        order = (p->owner->number > q->owner->number) -
                (p->owner->number < q->owner->number);
    return order;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct nearby *p = a;
    const struct nearby *q = b;
    if (p->one->number != q->one->number)
        return p->one->number < q->one->number ? -1 : 1;
    if (p->two->number != q->two->number)
        return p->two->number < q->two->number ? -1 : 1;
    return compare_numbers(p->at.y, q->at.y);
}

static void collect(struct strips *strips, const struct geo_topology *topology,
                    const struct geo_feature *const *owners)
{
    size_t most = 0;
    for (size_t c = 0; c < topology->chain_count; c++)
        most += owners[c] ? topology->chains[c].count : 0;
    strips->places = arena_array(strips->arena, most, sizeof *strips->places);
    for (size_t c = 0; c < topology->chain_count; c++) {
        const struct geo_chain *chain = &topology->chains[c];
        for (size_t k = 0; owners[c] && k < chain->count; k++) {
            uint32_t vertex = chain->vertices[k];
            strips->places[strips->place_count++] =
                (struct place){topology->vertices[vertex], vertex, owners[c]};
        }
    }
    if (strips->place_count > 1)
        qsort(strips->places, strips->place_count, sizeof *strips->places,
              compare_places);
}

/* Does the vertex of a place belong to this feature, too? There they meet. */
static bool is_shared(const struct strips *strips, size_t place,
                      const struct geo_feature *feature)
{
    const struct place *all = strips->places;
    size_t first = place, end = place + 1;
    while (first > 0 && all[first - 1].vertex == all[place].vertex)
        first--;
    while (end < strips->place_count && all[end].vertex == all[place].vertex)
        end++;
    for (size_t i = first; i < end; i++) {
        if (all[i].owner == feature)
            return true;
    }
    return false;
}

static void compare(struct strips *strips, size_t i, size_t k)
{
    const struct place *a = &strips->places[i], *b = &strips->places[k];
    double east = metres_per_degree * cos(a->at.y * acos(-1) / 180);
    double far = hypot((b->at.x - a->at.x) * east,
                       (b->at.y - a->at.y) * metres_per_degree);
    if (far > near_m || a->vertex == b->vertex || a->owner == b->owner ||
        is_shared(strips, i, b->owner) || is_shared(strips, k, a->owner))
        return;
    bool turned = a->owner->number > b->owner->number;
    strips->pairs = arena_grow(strips->arena, strips->pairs, strips->pair_count,
                               &strips->pair_capacity, sizeof *strips->pairs);
    strips->pairs[strips->pair_count++] = (struct nearby){
        turned ? b->owner : a->owner, turned ? a->owner : b->owner, a->at, far};
}

static void find_pairs(struct strips *strips)
{
    const struct place *places = strips->places;
    const double near_degrees = near_m / metres_per_degree;
    for (size_t i = 0; i < strips->place_count; i++) {
        for (size_t k = i + 1; k < strips->place_count &&
                               places[k].at.y - places[i].at.y <= near_degrees;
             k++)
            compare(strips, i, k);
    }
    if (strips->pair_count > 1)
        qsort(strips->pairs, strips->pair_count, sizeof *strips->pairs,
              compare_pairs);
}

bool geo_check_strips(struct arena *arena, const struct geo_topology *topology,
                      const struct geo_feature *const *owners, struct err *err)
{
    struct strips strips = {.arena = arena};
    struct text named = text_new(arena);
    size_t found = 0;
    collect(&strips, topology, owners);
    find_pairs(&strips);
    for (size_t first = 0, end; first < strips.pair_count; first = end) {
        const struct nearby *pair = &strips.pairs[first];
        for (end = first + 1; end < strips.pair_count &&
                              strips.pairs[end].one == pair->one &&
                              strips.pairs[end].two == pair->two;)
            end++;
        if (end - first < PAIRS_LEAST || found++ >= STRIPS_NAMED)
            continue;
        text_format(&named,
                    "; feature %zu '%s' and feature %zu '%s', %.1f m apart "
                    "near %.5f, %.5f",
                    pair->one->number, pair->one->code, pair->two->number,
                    pair->two->code, pair->width_m, pair->at.x, pair->at.y);
    }
    return found == 0 || err_fail(err, ERR_INPUT, "geo.sliver",
                                  "strips between borders that meet nowhere: "
                                  "%zu%s",
                                  found, named.at);
}
