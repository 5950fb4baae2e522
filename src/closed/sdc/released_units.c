/* SPDX-License-Identifier: EUPL-1.2 */
/* What codes of several releases have in common: elementary codes. */
#include <stdlib.h>
#include <string.h>

#include "sdc/released_join.h"

enum {
    DEPTH_LIMIT = 64, /* of codes divided in one release, divided in another */
    NO_END = 100000,  /* after any age */
};

struct dividing {
    struct released_reader *reader;
    struct arena *scratch;
    enum dim dim;
    bool by_limits; /* ages or years that do not overlap in any release */
    int *cuts;
    size_t cut_count, capacity;
    struct released_units *out;
    struct map *numbers; /* of units, by code */
    size_t limit_capacity;
};

static const struct dimension *dimension_of(const struct dividing *dividing,
                                            size_t source)
{
    return &dividing->reader->sources[source].codes.dims[dividing->dim];
}

static const struct node *leaf_of(const struct dimension *dimension,
                                  size_t leaf)
{
    return &dimension->nodes[dimension->leaf_node[leaf]];
}

static int end_of(const struct node *node)
{
    return node->high < 0 ? NO_END : node->high + 1;
}

/* --- limits --------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void add_cut(struct dividing *dividing, int cut)
{
    dividing->cuts =
        arena_grow(dividing->scratch, dividing->cuts, dividing->cut_count,
                   &dividing->capacity, sizeof *dividing->cuts);
    dividing->cuts[dividing->cut_count++] = cut;
}

/* True when the leaves of the release follow each other. */
static bool are_apart(const struct dimension *dimension)
{
    for (size_t l = 0; l < dimension->leaf_count; l++) {
        const struct node *one = leaf_of(dimension, l);
        if (one->low >= end_of(one))
            return false;
        for (size_t m = 0; m < l; m++) {
            const struct node *other = leaf_of(dimension, m);
            if (one->low < end_of(other) && other->low < end_of(one))
                return false;
        }
    }
    return true;
}

static void find_cuts(struct dividing *dividing)
{
    size_t count = 0;
    dividing->by_limits =
        dividing->dim == DIM_AGE || dividing->dim == DIM_PERIOD;
    for (size_t s = 0;
         dividing->by_limits && s < dividing->reader->released->releases; s++) {
        const struct dimension *dimension = dimension_of(dividing, s);
        dividing->by_limits = are_apart(dimension);
        for (size_t l = 0; l < dimension->leaf_count; l++) {
            add_cut(dividing, leaf_of(dimension, l)->low);
            add_cut(dividing, end_of(leaf_of(dimension, l)));
        }
    }
    if (!dividing->by_limits)
        return;
    if (dividing->cut_count > 1)
        qsort(dividing->cuts, dividing->cut_count, sizeof *dividing->cuts,
              by_value);
    for (size_t c = 0; c < dividing->cut_count; c++) {
        if (count == 0 || dividing->cuts[c] != dividing->cuts[count - 1])
            dividing->cuts[count++] = dividing->cuts[c];
    }
    dividing->cut_count = count;
}

/* --- units ---------------------------------------------------------------- */

static bool put_unit(struct dividing *dividing, const char *code,
                     struct released_years limits, struct released_set *set,
                     struct err *err)
{
    struct released_units *units = dividing->out;
    int number = map_get(dividing->numbers, code, strlen(code));
    if (number < 0) {
        if (units->count == UINT16_MAX)
            return err_fail(err, ERR_INPUT, "release.codes",
                            "dimension '%s': more than %d elementary codes in "
                            "all releases",
                            dim_name(dividing->dim), UINT16_MAX);
        number = (int)units->count;
        (void)map_put(dividing->numbers, code, strlen(code), number);
        units->limits =
            arena_grow(dividing->scratch, units->limits, units->count,
                       &dividing->limit_capacity, sizeof *units->limits);
        units->limits[units->count++] = limits;
    }
    set->units[set->count++] = (uint16_t)number;
    return true;
}

static bool put_limits(struct dividing *dividing, const struct node *node,
                       struct released_set *set, struct err *err)
{
    set->units =
        arena_array(dividing->scratch, dividing->cut_count, sizeof *set->units);
    bool ok = true;
    for (size_t c = 0; ok && c + 1 < dividing->cut_count; c++) {
        struct released_years limits = {dividing->cuts[c],
                                        dividing->cuts[c + 1] - 1};
        if (limits.low < node->low || limits.high >= end_of(node))
            continue;
        const char *code = arena_format(dividing->scratch, "%d", limits.low);
        ok = put_unit(dividing, code, limits, set, err);
    }
    return ok;
}

static bool put_code(struct dividing *dividing, const struct node *node,
                     struct released_set *set, struct err *err)
{
    bool territory = dividing->dim == DIM_TERRITORY;
    set->units = arena_array(dividing->scratch, 1, sizeof *set->units);
    return put_unit(dividing,
                    territory ? arena_format(dividing->scratch, "%s/%s",
                                             node->level, node->code)
                              : node->code,
                    (struct released_years){node->low, node->high}, set, err);
}

/* --- sets ----------------------------------------------------------------- */

/* The node of the same code in another release that divides it, or -1. */
static int find_divided(const struct dividing *dividing, size_t source,
                        const struct node *node)
{
    const struct released_source *other = &dividing->reader->sources[source];
    const struct released_index *index = &other->indexes[dividing->dim];
    int at = dividing->dim == DIM_TERRITORY
                 ? map_get_pair(index->by_level, node->level, node->code)
                 : map_get(index->by_code, node->code, strlen(node->code));
    if (at < 0)
        return -1;
    const struct node *same = &other->codes.dims[dividing->dim].nodes[at];
    bool leaf = same->leaf_count == 1 && leaf_of(dimension_of(dividing, source),
                                                 same->leaves[0]) == same;
    return leaf ? -1 : at;
}

static bool find_set(struct dividing *dividing, size_t source, size_t node,
                     int depth, struct err *err);

/* An elementary code of its release: what the first other one that divides it
 * says, else the classes within its limits, else itself. */
static bool find_leaf(struct dividing *dividing, const struct node *node,
                      struct released_set *set, int depth, struct err *err)
{
    if (depth == DEPTH_LIMIT)
        return err_fail(err, ERR_INPUT, "release.codes",
                        "%s '%s': the releases divide it into itself",
                        dim_name(dividing->dim), node->code);
    for (size_t s = 0; s < dividing->reader->released->releases; s++) {
        int at = find_divided(dividing, s, node);
        if (at < 0)
            continue;
        if (!find_set(dividing, s, (size_t)at, depth + 1, err))
            return false;
        *set = dividing->out->of[s][at];
        return true;
    }
    return dividing->by_limits ? put_limits(dividing, node, set, err)
                               : put_code(dividing, node, set, err);
}

static int by_number(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool find_set(struct dividing *dividing, size_t source, size_t node,
                     int depth, struct err *err)
{
    struct released_set *set = &dividing->out->of[source][node];
    const struct dimension *dimension = dimension_of(dividing, source);
    const struct node *own = &dimension->nodes[node];
    size_t capacity = 0, count = 0;
    uint16_t *units = NULL;
    for (size_t l = 0; !set->known && l < own->leaf_count; l++) {
        struct released_set part = {0};
        if (!find_leaf(dividing, leaf_of(dimension, own->leaves[l]), &part,
                       depth, err))
            return false;
        for (size_t u = 0; u < part.count; u++) {
            units = arena_grow(dividing->scratch, units, count, &capacity,
                               sizeof *units);
            units[count++] = part.units[u];
        }
    }
    if (set->known)
        return true;
    if (count > 1)
        qsort(units, count, sizeof *units, by_number);
    for (size_t u = 1; u < count; u++) {
        if (units[u] == units[u - 1])
            return err_fail(err, ERR_INPUT, "release.codes",
                            "%s '%s': a sum in '%s', but its parts overlap in "
                            "another release",
                            dim_name(dividing->dim), own->code,
                            dividing->reader->sources[source].id);
    }
    *set = (struct released_set){units, count, true};
    return true;
}

bool released_find_units(struct released_reader *reader, struct arena *scratch,
                         enum dim dim, struct released_units *out,
                         struct err *err)
{
    size_t releases = reader->released->releases;
    struct dividing dividing = {
        .reader = reader,
        .scratch = scratch,
        .dim = dim,
        .out = out,
        .numbers = map_new(scratch),
    };
    *out = (struct released_units){
        .of = arena_array(scratch, releases, sizeof(struct released_set *))};
    for (size_t s = 0; s < releases; s++)
        out->of[s] = arena_array(scratch, dimension_of(&dividing, s)->count,
                                 sizeof *out->of[s]);
    find_cuts(&dividing);
    for (size_t s = 0; s < releases; s++) {
        for (size_t n = 0; n < dimension_of(&dividing, s)->count; n++) {
            if (!find_set(&dividing, s, n, 0, err))
                return false;
        }
    }
    return true;
}
