/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/person.h"

struct persons {
    const struct universe *universe;
    sdc_count *count;
    void *context;
    uint32_t *parent;  /* [cells] */
    uint32_t *singles; /* cells of one person */
    size_t single_count;
};

static uint32_t find(uint32_t *parent, uint32_t cell)
{
    while (parent[cell] != cell) {
        parent[cell] = parent[parent[cell]];
        cell = parent[cell];
    }
    return cell;
}

static void unite(struct persons *persons, uint32_t a, uint32_t b)
{
    a = find(persons->parent, a);
    b = find(persons->parent, b);
    if (a < b)
        persons->parent[b] = a;
    else
        persons->parent[a] = b;
}

/* A total of one person and a part of one person hold the same person. */
static void unite_related(struct persons *persons)
{
    const struct universe *universe = persons->universe;
    const struct relations *relations = &universe->relations;
    for (size_t r = 0; r < relations->count; r++) {
        uint32_t total = relations->members[relations->starts[r]];
        if (universe->counts[total] != 1)
            continue;
        for (size_t i = relations->starts[r] + 1; i < relations->starts[r + 1];
             i++) {
            if (universe->counts[relations->members[i]] == 1)
                unite(persons, total, relations->members[i]);
        }
    }
}

/* --- cells of tables that cross ------------------------------------------- */

/* Leaves that two parts share, in ascending order. */
struct shared {
    const uint16_t *leaves;
    size_t count;
    size_t part; /* when the share is one of the two parts, else SIZE_MAX */
};

static size_t intersect(const struct part *a, const struct part *b,
                        uint16_t *out)
{
    size_t i = 0, j = 0, count = 0;
    while (i < a->leaf_count && j < b->leaf_count) {
        if (a->leaves[i] == b->leaves[j]) {
            if (out != NULL)
                out[count] = a->leaves[i];
            count++;
            i++;
            j++;
        } else if (a->leaves[i] < b->leaves[j]) {
            i++;
        } else {
            j++;
        }
    }
    return count;
}

static bool overlap(const struct universe *universe, uint64_t a, uint64_t b)
{
    if (universe_measure(a) != universe_measure(b))
        return false;
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t x = universe_part(a, (enum dim)d);
        size_t y = universe_part(b, (enum dim)d);
        const struct part *parts = universe->axes[d].parts;
        if (x != y && intersect(&parts[x], &parts[y], NULL) == 0)
            return false;
    }
    return true;
}

static struct shared share(struct arena *scratch, const struct axis *axis,
                           size_t x, size_t y)
{
    const struct part *a = &axis->parts[x], *b = &axis->parts[y];
    uint16_t *leaves = arena_array(scratch, a->leaf_count, sizeof *leaves);
    size_t count = intersect(a, b, leaves);
    return (struct shared){
        .leaves = leaves,
        .count = count,
        .part = count == a->leaf_count   ? x
                : count == b->leaf_count ? y
                                         : SIZE_MAX,
    };
}

/* Sums the source over what two cells share. */
static bool ask(const struct persons *persons, size_t measure,
                const struct shared shared[DIM_COUNT], int64_t *sum,
                struct err *err)
{
    const struct universe *universe = persons->universe;
    size_t choices = 1;
    bool whole[DIM_COUNT];
    for (int d = 0; d < DIM_COUNT; d++) {
        whole[d] = shared[d].part < universe->axes[d].named;
        choices *= whole[d] ? 1 : shared[d].count;
    }
    *sum = 0;
    for (size_t c = 0; c < choices; c++) {
        struct sdc_cell_key key = {.measure = universe->measures[measure]};
        size_t rest = c;
        for (int d = 0; d < DIM_COUNT; d++) {
            const struct dimension *dimension = &universe->codes->dims[d];
            key.node[d] = (int)shared[d].part;
            if (whole[d])
                continue;
            key.node[d] =
                dimension->leaf_node[shared[d].leaves[rest % shared[d].count]];
            rest /= shared[d].count;
        }
        int64_t count = 0;
        bool structural = false;
        if (!persons->count(persons->context, &key, &count, &structural, err))
            return false;
        *sum += count;
    }
    return true;
}

/* Is the one person of `a` the one person of `b`? Then what they share counts
 * one, else none. */
static bool compare(struct persons *persons, uint32_t a, uint32_t b,
                    struct err *err)
{
    const struct universe *universe = persons->universe;
    struct arena *scratch = arena_new();
    struct shared shared[DIM_COUNT];
    uint64_t key = universe->keys[a];
    bool named = true;
    bool ok = true;
    for (int d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        shared[d] = share(scratch, &universe->axes[d],
                          universe_part(universe->keys[a], dim),
                          universe_part(universe->keys[b], dim));
        named = named && shared[d].part != SIZE_MAX;
        if (named)
            key = universe_with(key, dim, shared[d].part);
    }
    size_t cell = named ? universe_lookup(universe, key) : SDC_NO_CELL;
    int64_t sum = 0;
    if (cell != SDC_NO_CELL)
        sum = universe->counts[cell];
    else if (persons->count != NULL)
        ok = ask(persons, universe_measure(key), shared, &sum, err);
    else
        ok = err_fail(err, ERR_DISCLOSURE, "sdc.count",
                      "two tables cross without a source of counts");
    if (ok && sum > 0)
        unite(persons, a, b);
    arena_wipe(scratch);
    return ok;
}

static bool unite_crossing(struct persons *persons, struct err *err)
{
    const struct universe *universe = persons->universe;
    for (size_t i = 0; i < persons->single_count; i++) {
        uint32_t a = persons->singles[i];
        for (size_t j = i + 1; j < persons->single_count; j++) {
            uint32_t b = persons->singles[j];
            if (!overlap(universe, universe->keys[a], universe->keys[b]) ||
                find(persons->parent, a) == find(persons->parent, b))
                continue;
            if (!compare(persons, a, b, err))
                return false;
        }
    }
    return true;
}

bool person_find(struct arena *arena, const struct universe *universe,
                 sdc_count *count, void *context, uint32_t **out,
                 struct err *err)
{
    struct arena *scratch = arena_new();
    struct persons persons = {
        .universe = universe,
        .count = count,
        .context = context,
        .parent = arena_array(scratch, universe->count, sizeof *persons.parent),
        .singles =
            arena_array(scratch, universe->count, sizeof *persons.singles),
    };
    for (size_t c = 0; c < universe->count; c++) {
        persons.parent[c] = (uint32_t)c;
        if (universe->counts[c] == 1)
            persons.singles[persons.single_count++] = (uint32_t)c;
    }
    unite_related(&persons);
    bool ok = unite_crossing(&persons, err);
    uint32_t *names = arena_array(arena, universe->count, sizeof *names);
    for (size_t c = 0; c < universe->count; c++)
        names[c] = universe->counts[c] == 1 ? find(persons.parent, (uint32_t)c)
                                            : PERSON_NOBODY;
    arena_wipe(scratch);
    *out = names;
    return ok;
}
