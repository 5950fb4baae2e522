/* SPDX-License-Identifier: EUPL-1.2 */
/* The codes of several releases as one vocabulary.
 *
 * Leaves are the elementary codes of all; of years, a year of each vintage: two
 * releases have the same leaf where they tell the same numbers of it. Which
 * those are depends on the measure, so that one pooled period may be several
 * sets of leaves. The audited release keeps its nodes, in order; nodes of
 * others are added where no node has their leaves. */
#include "sdc/released_join.h"

#include <stdlib.h>
#include <string.h>

struct joining {
    struct released_reader *reader;
    struct arena *scratch;
    enum dim dim;
    struct released_units units;
    struct map *leaves; /* of "release unit" */
    struct map *nodes;  /* of leaves, as bytes */
    size_t *releases;   /* [leaves] the first release of each */
    size_t capacity;
};

static struct dimension *joined(const struct joining *joining)
{
    return &joining->reader->released->codes.dims[joining->dim];
}

static const struct dimension *own(const struct joining *joining, size_t source)
{
    return &joining->reader->sources[source].codes.dims[joining->dim];
}

/* --- leaves --------------------------------------------------------------- */

/* Marks the releases that tell the same numbers of these years as `from`. */
static bool mark_same(const struct joining *joining, size_t from,
                      const char *measure, size_t unit, bool *same)
{
    const struct released_source *sources = joining->reader->sources;
    bool more = false;
    for (size_t s = 0; s < joining->reader->released->releases; s++) {
        if (same[s] ||
            !released_same_numbers(&sources[from], &sources[s], measure,
                                   &joining->units.limits[unit]))
            continue;
        more = same[s] = true;
    }
    return more;
}

/* The first release that tells the same numbers of these years as `source`,
 * directly or through others. */
static size_t first_of(const struct joining *joining, size_t source,
                       const char *measure, size_t unit)
{
    size_t releases = joining->reader->released->releases;
    bool *same = arena_array(joining->scratch, releases, sizeof *same);
    bool more = true;
    same[source] = true;
    while (more) {
        more = false;
        for (size_t s = 0; s < releases; s++)
            more =
                (same[s] && mark_same(joining, s, measure, unit, same)) || more;
    }
    size_t first = 0;
    while (!same[first])
        first++;
    return first;
}

static bool find_leaf(struct joining *joining, size_t release, size_t unit,
                      uint16_t *out, struct err *err)
{
    struct dimension *dimension = joined(joining);
    const size_t key[] = {release, unit};
    int leaf = map_get(joining->leaves, (const char *)key, sizeof key);
    if (leaf < 0) {
        if (dimension->leaf_count == UINT16_MAX)
            return err_fail(err, ERR_INPUT, "release.codes",
                            "dimension '%s': more than %d elementary codes in "
                            "all releases",
                            dim_name(joining->dim), UINT16_MAX);
        leaf = (int)dimension->leaf_count;
        (void)map_put(joining->leaves, (const char *)key, sizeof key, leaf);
        joining->releases = arena_grow(
            joining->scratch, joining->releases, dimension->leaf_count,
            &joining->capacity, sizeof *joining->releases);
        joining->releases[dimension->leaf_count++] = release;
    }
    *out = (uint16_t)leaf;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The leaves of a node, for one measure. */
static bool find_leaves(struct joining *joining, size_t source, size_t node,
                        const char *measure, uint16_t **out, size_t *count,
                        struct err *err)
{
    const struct released_set *set = &joining->units.of[source][node];
    *out = arena_array(joining->reader->closed, set->count, sizeof **out);
    *count = set->count;
    for (size_t u = 0; u < set->count; u++) {
        size_t release = joining->dim == DIM_PERIOD && source > 0
                             ? first_of(joining, source, measure, set->units[u])
                             : 0;
        if (!find_leaf(joining, release, set->units[u], &(*out)[u], err))
            return false;
    }
    qsort(*out, *count, sizeof **out, by_number);
    return true;
}

/* --- nodes ---------------------------------------------------------------- */

static bool is_other(const struct joining *joining, const struct node *node)
{
    bool other = false;
    for (size_t l = 0; joining->dim == DIM_PERIOD && l < node->leaf_count; l++)
        other = other || joining->releases[node->leaves[l]] > 0;
    return other;
}

/* A node with a name of its own. Years of another vintage are no years that
 * the words of a rule mean. */
static int add_node(struct joining *joining, struct node node, size_t source)
{
    struct arena *closed = joining->reader->closed;
    struct dimension *dimension = joined(joining);
    const struct released_source *from = &joining->reader->sources[source];
    const char *level = joining->dim == DIM_TERRITORY ? node.level : NULL;
    if (source > 0 && code_find(dimension, level, node.code) >= 0)
        node.code = arena_format(closed, "%s (%s)", node.code, from->id);
    if (is_other(joining, &node)) {
        node.low = 0;
        node.high = -1;
    }
    int at = code_add(closed, dimension, &node);
    (void)map_put(joining->nodes, (const char *)node.leaves,
                  node.leaf_count * sizeof *node.leaves, at);
    return at;
}

/* The audited release's node of the same code where it is of the same leaves,
 * else any of these leaves, else a new one. */
static int place_node(struct joining *joining, size_t source, size_t number,
                      const uint16_t *leaves, size_t count)
{
    struct node node = own(joining, source)->nodes[number];
    const char *level = joining->dim == DIM_TERRITORY ? node.level : NULL;
    const struct dimension *dimension = joined(joining);
    node.leaves = leaves;
    node.leaf_count = count;
    int same = source == 0 ? -1 : code_find(dimension, level, node.code);
    if (same >= 0 && dimension->nodes[same].leaf_count == count &&
        memcmp(dimension->nodes[same].leaves, leaves, count * sizeof *leaves) ==
            0)
        return same;
    int at = source == 0 ? -1
                         : map_get(joining->nodes, (const char *)leaves,
                                   count * sizeof *leaves);
    if (at >= 0)
        return at;
    if (source > 0 && node.parent >= 0) {
        const int *placed =
            joining->reader->sources[source].nodes[joining->dim];
        node.parent = placed[node.parent];
    }
    return add_node(joining, node, source);
}

/* Nodes of one release; of periods for each of its measures. Those of the
 * audited release are its own, whatever the measure. */
static bool place_all(struct joining *joining, size_t source, struct err *err)
{
    struct released_source *from = &joining->reader->sources[source];
    size_t count = own(joining, source)->count;
    size_t measures =
        joining->dim == DIM_PERIOD && from->codes.measure_count > 0
            ? from->codes.measure_count
            : 1;
    int *placed =
        arena_array(joining->reader->closed, count * measures, sizeof *placed);
    from->nodes[joining->dim] = placed;
    for (size_t i = 0; i < count * measures; i++) {
        uint16_t *leaves;
        size_t size;
        if (source == 0 && i >= count) {
            placed[i] = placed[i - count];
            continue;
        }
        const char *measure = from->codes.measure_count == 0
                                  ? ""
                                  : from->codes.measures[i / count].code;
        if (!find_leaves(joining, source, i % count, measure, &leaves, &size,
                         err))
            return false;
        placed[i] = place_node(joining, source, i % count, leaves, size);
    }
    return true;
}

/* A leaf that is no code of any release: years that two classes cut out. */
static int add_leaf(struct joining *joining, size_t release, size_t unit,
                    uint16_t leaf)
{
    struct arena *closed = joining->reader->closed;
    const struct released_years *limits = &joining->units.limits[unit];
    uint16_t *leaves = arena_alloc(closed, sizeof *leaves);
    *leaves = leaf;
    const struct node node = {
        .code = arena_format(closed, "%d-%d", limits->low, limits->high),
        .level = "leaf",
        .label = {"", ""},
        .article = "",
        .icd10 = "",
        .sex = "",
        .parent = -1,
        .low = limits->low,
        .high = limits->high,
        .leaves = leaves,
        .leaf_count = 1,
    };
    return add_node(joining, node, release);
}

static void name_leaves(struct joining *joining)
{
    struct dimension *dimension = joined(joining);
    int *nodes = arena_array(joining->reader->closed, dimension->leaf_count,
                             sizeof *nodes);
    for (size_t r = 0; r < joining->reader->released->releases; r++) {
        for (size_t u = 0; u < joining->units.count; u++) {
            const size_t key[] = {r, u};
            int leaf = map_get(joining->leaves, (const char *)key, sizeof key);
            if (leaf < 0)
                continue;
            uint16_t at = (uint16_t)leaf;
            nodes[leaf] = map_get(joining->nodes, (const char *)&at, sizeof at);
            if (nodes[leaf] < 0)
                nodes[leaf] = add_leaf(joining, r, u, at);
        }
    }
    dimension->leaf_node = nodes;
}

static bool join_dimension(struct released_reader *reader, enum dim dim,
                           struct err *err)
{
    struct joining joining = {
        .reader = reader,
        .scratch = arena_new(),
        .dim = dim,
    };
    joining.leaves = map_new(joining.scratch);
    joining.nodes = map_new(joining.scratch);
    joined(&joining)->dim = dim;
    bool ok =
        released_find_units(reader, joining.scratch, dim, &joining.units, err);
    for (size_t s = 0; ok && s < reader->released->releases; s++)
        ok = place_all(&joining, s, err);
    if (ok)
        name_leaves(&joining);
    arena_free(joining.scratch);
    return ok;
}

/* --- measures ------------------------------------------------------------- */

static bool join_measures(struct released_reader *reader, struct err *err)
{
    struct codes *codes = &reader->released->codes;
    size_t capacity = 0;
    for (size_t s = 0; s < reader->released->releases; s++) {
        const struct released_source *source = &reader->sources[s];
        for (size_t m = 0; m < source->codes.measure_count; m++) {
            const struct measure *measure = &source->codes.measures[m];
            const struct measure *known = code_measure(codes, measure->code);
            if (known != NULL && known->kind == measure->kind &&
                text_same(known->numerator, measure->numerator))
                continue;
            if (known != NULL)
                return err_fail(err, ERR_INPUT, "release.measure",
                                "measure '%s' is another thing in release '%s'",
                                measure->code, source->id);
            codes->measures = arena_grow(reader->closed, codes->measures,
                                         codes->measure_count, &capacity,
                                         sizeof *codes->measures);
            codes->measures[codes->measure_count++] = *measure;
        }
    }
    return true;
}

bool released_join(struct released_reader *reader, struct err *err)
{
    if (reader->released->releases == 1) {
        reader->released->codes = reader->sources->codes;
        return true;
    }
    for (int d = 0; d < DIM_COUNT; d++) {
        if (!join_dimension(reader, (enum dim)d, err))
            return false;
    }
    return join_measures(reader, err);
}

int released_node(const struct released_source *source, enum dim dim, int node,
                  size_t measure)
{
    const int *nodes = source->nodes[dim];
    if (nodes == NULL)
        return node;
    size_t first = dim == DIM_PERIOD ? measure : 0;
    return nodes[first * source->codes.dims[dim].count + (size_t)node];
}
