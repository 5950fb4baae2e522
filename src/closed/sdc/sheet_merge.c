/* SPDX-License-Identifier: EUPL-1.2 */
/* The trees of one axis put together: one set of nodes, their relations
 * bottom-up, and the leaves that each node holds. */
#include <stdlib.h>
#include <string.h>

#include "sdc/sheet_impl.h"

#define NONE SIZE_MAX

enum {
    /* A node in every list above it: more is no hierarchy of codes. */
    HELD_LIMIT = 10 * 1000 * 1000,
};

/* --- nodes and relations ------------------------------------------------- */

static uint32_t node_of(struct sheet_merge *merge, const char *code)
{
    size_t size = strlen(code);
    int at = map_get(merge->nodes, code, size);
    if (at >= 0)
        return (uint32_t)at;
    map_put(merge->nodes, code, size, (int)merge->count);
    merge->codes = arena_grow(merge->scratch, merge->codes, merge->count,
                              &merge->capacity, sizeof *merge->codes);
    merge->codes[merge->count] = arena_text(merge->arena, code);
    return (uint32_t)merge->count++;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static uint32_t *sorted(struct arena *arena, const uint32_t *numbers,
                        size_t count)
{
    uint32_t *copy = arena_array(arena, count, sizeof *copy);
    memcpy(copy, numbers, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, compare_numbers);
    return copy;
}

static bool same_parts(struct arena *scratch, const struct sheet_relation *a,
                       const struct sheet_relation *b)
{
    return a->count == b->count && memcmp(sorted(scratch, a->parts, a->count),
                                          sorted(scratch, b->parts, b->count),
                                          a->count * sizeof *a->parts) == 0;
}

/* Adds a division unless another file has given the same. */
static void add_division(struct sheet_merge *merge,
                         const struct sheet_division *division)
{
    size_t *link = &merge->first[division->relation.total];
    while (*link != NONE) {
        struct sheet_division *other = &merge->divisions[*link];
        if (same_parts(merge->scratch, &other->relation, &division->relation))
            return;
        link = &other->next;
    }
    *link = merge->division_count;
    merge->divisions =
        arena_grow(merge->scratch, merge->divisions, merge->division_count,
                   &merge->division_capacity, sizeof *merge->divisions);
    merge->divisions[merge->division_count++] = *division;
}

static void add_tree(struct sheet_merge *merge, const struct sheet_tree *tree)
{
    struct arena *scratch = merge->scratch;
    size_t *starts = arena_array(scratch, tree->count + 2, sizeof *starts);
    for (size_t row = 0; row < tree->count; row++) {
        if (tree->parents[row] != SHEET_NO_NODE)
            starts[tree->parents[row] + 2]++;
    }
    for (size_t row = 0; row < tree->count; row++)
        starts[row + 2] += starts[row + 1];
    uint32_t *parts = arena_array(merge->arena, tree->count, sizeof *parts);
    for (size_t row = 0; row < tree->count; row++) {
        uint32_t parent = tree->parents[row];
        if (parent != SHEET_NO_NODE)
            parts[starts[parent + 1]++] = node_of(merge, tree->codes[row]);
    }
    for (size_t row = 0; row < tree->count; row++) {
        struct sheet_division division = {
            .relation = {.total = node_of(merge, tree->codes[row]),
                         .parts = parts + starts[row],
                         .count = starts[row + 1] - starts[row]},
            .path = tree->path,
            .line = tree->lines[row],
            .next = NONE,
        };
        if (division.relation.count > 0)
            add_division(merge, &division);
    }
}

void sheet_merge_trees(struct sheet_merge *merge)
{
    merge->nodes = map_new(merge->scratch);
    for (size_t t = 0; t < merge->tree_count; t++) {
        const struct sheet_tree *tree = &merge->trees[t];
        for (size_t row = 0; row < tree->count; row++)
            node_of(merge, tree->codes[row]);
    }
    merge->first =
        arena_array(merge->scratch, merge->count, sizeof *merge->first);
    memset(merge->first, 0xFF, merge->count * sizeof *merge->first);
    for (size_t t = 0; t < merge->tree_count; t++)
        add_tree(merge, &merge->trees[t]);
}

/* --- bottom-up ----------------------------------------------------------- */

/* Divisions that a node is a part of: at[starts[n] .. starts[n + 1]). */
struct uses {
    size_t *starts;
    size_t *at;
};

static struct uses find_uses(const struct sheet_merge *merge)
{
    struct uses uses;
    size_t count = 0;
    uses.starts =
        arena_array(merge->scratch, merge->count + 2, sizeof *uses.starts);
    for (size_t d = 0; d < merge->division_count; d++) {
        const struct sheet_relation *relation = &merge->divisions[d].relation;
        for (size_t p = 0; p < relation->count; p++)
            uses.starts[relation->parts[p] + 2]++;
        count += relation->count;
    }
    for (size_t n = 0; n < merge->count; n++)
        uses.starts[n + 2] += uses.starts[n + 1];
    uses.at = arena_array(merge->scratch, count, sizeof *uses.at);
    for (size_t d = 0; d < merge->division_count; d++) {
        const struct sheet_relation *relation = &merge->divisions[d].relation;
        for (size_t p = 0; p < relation->count; p++)
            uses.at[uses.starts[relation->parts[p] + 1]++] = d;
    }
    return uses;
}

static size_t divisions_of(const struct sheet_merge *merge, size_t node)
{
    size_t count = 0;
    for (size_t d = merge->first[node]; d != NONE; d = merge->divisions[d].next)
        count++;
    return count;
}

/* Orders nodes and divisions, parts first; nodes on a cycle and above one are
 * left out. Returns how many nodes were ordered. */
static size_t order_nodes(struct sheet_merge *merge)
{
    struct uses uses = find_uses(merge);
    size_t *waiting =
        arena_array(merge->scratch, merge->count, sizeof *waiting);
    size_t found = 0;
    for (size_t n = 0; n < merge->count; n++) {
        waiting[n] = divisions_of(merge, n);
        if (waiting[n] == 0)
            merge->order[found++] = (uint32_t)n;
    }
    for (size_t d = 0; d < merge->division_count; d++)
        merge->divisions[d].unsettled = merge->divisions[d].relation.count;
    for (size_t next = 0; next < found; next++) {
        uint32_t node = merge->order[next];
        for (size_t u = uses.starts[node]; u < uses.starts[node + 1]; u++) {
            struct sheet_division *division = &merge->divisions[uses.at[u]];
            if (--division->unsettled > 0)
                continue;
            merge->settled[merge->settled_count++] = uses.at[u];
            if (--waiting[division->relation.total] == 0)
                merge->order[found++] = division->relation.total;
        }
    }
    return found;
}

/* Walks down through what could not be ordered until it must be inside a
 * cycle. */
static void note_cycle(struct sheet_merge *merge, size_t found)
{
    bool *ordered = arena_array(merge->scratch, merge->count, sizeof *ordered);
    for (size_t i = 0; i < found; i++)
        ordered[merge->order[i]] = true;
    size_t node = 0;
    while (ordered[node])
        node++;
    for (size_t step = 0; step < merge->count; step++) {
        size_t d = merge->first[node];
        while (merge->divisions[d].unsettled == 0)
            d = merge->divisions[d].next;
        const struct sheet_relation *relation = &merge->divisions[d].relation;
        size_t p = 0;
        while (ordered[relation->parts[p]])
            p++;
        node = relation->parts[p];
    }
    faults_add(merge->faults,
               "axis '%s': code '%s' is below itself in its files taken "
               "together",
               merge->name, merge->codes[node]);
}

/* --- leaves -------------------------------------------------------------- */

struct held {
    uint32_t *leaves; /* ascending */
    size_t count;
};

/* Drops repeats among ascending leaves; the last one found, or SHEET_NO_NODE.
 */
static uint32_t drop_repeats(struct held *held)
{
    uint32_t repeated = SHEET_NO_NODE;
    size_t kept = 0;
    for (size_t i = 0; i < held->count; i++) {
        if (kept > 0 && held->leaves[kept - 1] == held->leaves[i])
            repeated = held->leaves[i];
        else
            held->leaves[kept++] = held->leaves[i];
    }
    held->count = kept;
    return repeated;
}

/* The leaves of the parts of a division; noted when one comes twice. */
static struct held gather(const struct sheet_merge *merge,
                          const struct held *held,
                          const struct sheet_division *division,
                          const uint32_t *leaf_node)
{
    const struct sheet_relation *relation = &division->relation;
    struct held out = {0};
    for (size_t p = 0; p < relation->count; p++)
        out.count += held[relation->parts[p]].count;
    out.leaves = arena_array(merge->scratch, out.count, sizeof *out.leaves);
    uint32_t *end = out.leaves;
    for (size_t p = 0; p < relation->count; p++) {
        const struct held *part = &held[relation->parts[p]];
        memcpy(end, part->leaves, part->count * sizeof *end);
        end += part->count;
    }
    qsort(out.leaves, out.count, sizeof *out.leaves, compare_numbers);
    uint32_t repeated = drop_repeats(&out);
    if (repeated != SHEET_NO_NODE)
        faults_add(merge->faults, "%s:%zu: code '%s' holds '%s' twice",
                   division->path, division->line,
                   merge->codes[relation->total],
                   merge->codes[leaf_node[repeated]]);
    return out;
}

/* The first leaf that is in `a` and not in `b`, or SHEET_NO_NODE. */
static uint32_t first_missing(const struct held *a, const struct held *b)
{
    size_t at = 0;
    for (size_t i = 0; i < a->count; i++) {
        while (at < b->count && b->leaves[at] < a->leaves[i])
            at++;
        if (at == b->count || b->leaves[at] != a->leaves[i])
            return a->leaves[i];
    }
    return SHEET_NO_NODE;
}

/* Notes it where another division of a node holds other leaves. */
static void compare_held(const struct sheet_merge *merge,
                         const struct held *held, const struct held *other,
                         const struct sheet_division *division,
                         const uint32_t *leaf_node)
{
    uint32_t total = division->relation.total;
    const char *code = merge->codes[total];
    const char *path = merge->divisions[merge->first[total]].path;
    uint32_t lost = first_missing(held, other);
    uint32_t added = first_missing(other, held);
    if (lost != SHEET_NO_NODE)
        faults_add(merge->faults,
                   "%s:%zu: code '%s' does not hold '%s', as it does in %s",
                   division->path, division->line, code,
                   merge->codes[leaf_node[lost]], path);
    else if (added != SHEET_NO_NODE)
        faults_add(merge->faults,
                   "%s:%zu: code '%s' holds '%s', as it does not in %s",
                   division->path, division->line, code,
                   merge->codes[leaf_node[added]], path);
}

/* Fills what a node holds; all its divisions must hold the same. */
static void hold(const struct sheet_merge *merge, struct held *held,
                 uint32_t node, const uint32_t *leaf_node)
{
    size_t first = merge->first[node];
    held[node] = gather(merge, held, &merge->divisions[first], leaf_node);
    for (size_t d = merge->divisions[first].next; d != NONE;
         d = merge->divisions[d].next) {
        const struct sheet_division *division = &merge->divisions[d];
        struct held other = gather(merge, held, division, leaf_node);
        compare_held(merge, &held[node], &other, division, leaf_node);
    }
}

/* Each root must hold everything. */
static void check_cover(const struct sheet_merge *merge,
                        const struct held *held, size_t leaf_count,
                        const uint32_t *leaf_node)
{
    for (size_t t = 0; t < merge->tree_count; t++) {
        const struct sheet_tree *tree = &merge->trees[t];
        const char *code = tree->codes[tree->root];
        const struct held *root =
            &held[map_get(merge->nodes, code, strlen(code))];
        if (root->count >= leaf_count)
            continue;
        uint32_t lost = 0;
        while (lost < root->count && root->leaves[lost] == lost)
            lost++;
        faults_add(merge->faults,
                   "%s:%zu: root '%s' does not cover '%s', which another file "
                   "of axis '%s' has",
                   tree->path, tree->lines[tree->root], code,
                   merge->codes[leaf_node[lost]], merge->name);
    }
}

static void copy_leaves(struct arena *arena, const struct held *held,
                        struct sheet_axis *axis)
{
    size_t *starts = arena_array(arena, axis->nodes + 1, sizeof *starts);
    for (size_t n = 0; n < axis->nodes; n++)
        starts[n + 1] = starts[n] + held[n].count;
    uint32_t *leaves = arena_array(arena, starts[axis->nodes], sizeof *leaves);
    for (size_t n = 0; n < axis->nodes; n++)
        memcpy(leaves + starts[n], held[n].leaves,
               held[n].count * sizeof *leaves);
    axis->leaf_starts = starts;
    axis->leaves = leaves;
}

static void find_leaves(struct sheet_merge *merge, struct sheet_axis *axis)
{
    struct held *held = arena_array(merge->scratch, merge->count, sizeof *held);
    uint32_t *leaf_node =
        arena_array(merge->arena, merge->count, sizeof *leaf_node);
    size_t total = 0, before = merge->faults->count;
    axis->leaf_node = leaf_node;
    for (size_t n = 0; n < merge->count; n++) {
        if (merge->first[n] != NONE)
            continue;
        held[n].leaves = arena_alloc(merge->scratch, sizeof *held->leaves);
        *held[n].leaves = (uint32_t)axis->leaf_count;
        held[n].count = 1;
        leaf_node[axis->leaf_count++] = (uint32_t)n;
    }
    for (size_t i = 0; i < merge->count; i++) {
        uint32_t node = merge->order[i];
        if (merge->first[node] != NONE)
            hold(merge, held, node, leaf_node);
        total += held[node].count;
        if (total > HELD_LIMIT) {
            faults_add(merge->faults, "axis '%s' is too deep and too wide",
                       merge->name);
            return;
        }
    }
    if (merge->faults->count == before)
        check_cover(merge, held, axis->leaf_count, leaf_node);
    copy_leaves(merge->arena, held, axis);
}

static void copy_relations(const struct sheet_merge *merge,
                           struct sheet_axis *axis)
{
    struct sheet_relation *relations =
        arena_array(merge->arena, merge->settled_count, sizeof *relations);
    for (size_t i = 0; i < merge->settled_count; i++)
        relations[i] = merge->divisions[merge->settled[i]].relation;
    axis->relations = relations;
    axis->relation_count = merge->settled_count;
}

void sheet_settle(struct sheet_merge *merge, struct sheet_axis *axis)
{
    merge->order =
        arena_array(merge->scratch, merge->count, sizeof *merge->order);
    merge->settled = arena_array(merge->scratch, merge->division_count,
                                 sizeof *merge->settled);
    *axis = (struct sheet_axis){.name = arena_text(merge->arena, merge->name),
                                .nodes = merge->count};
    axis->codes = arena_array(merge->arena, merge->count, sizeof *axis->codes);
    memcpy(axis->codes, merge->codes, merge->count * sizeof *axis->codes);
    size_t found = order_nodes(merge);
    if (found < merge->count) {
        note_cycle(merge, found);
        return;
    }
    copy_relations(merge, axis);
    find_leaves(merge, axis);
}
