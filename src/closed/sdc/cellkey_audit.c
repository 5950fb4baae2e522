/* SPDX-License-Identifier: EUPL-1.2 */
/* The attack on a perturbed table, by somebody who has the numbers, the
 * relations of the counts behind them and the perturbation table. */
#include "sdc/cellkey.h"
#include "sdc/plain_attack.h"

static bool check_values(const struct plain_table *table,
                         const struct ptable *ptable, const uint32_t *keys,
                         const int64_t *published, struct err *err)
{
    for (size_t c = 0; c < table->cells; c++) {
        int64_t count = table->counts[c];
        if (published[c] != count + ptable_noise(ptable, count, keys[c]))
            return plain_fail(table, c, "cellkey.value",
                              "not what its key gives", err);
    }
    return true;
}

/* A part that is all of its whole holds the same persons. */
static bool check_same(const struct plain_table *table,
                       const int64_t *published, struct err *err)
{
    const struct plain_rows *rows = &table->relations;
    for (size_t r = 0; r < rows->count; r++) {
        uint32_t whole = rows->members[rows->starts[r]];
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++) {
            uint32_t part = rows->members[i];
            if (table->counts[part] == table->counts[whole] &&
                published[part] != published[whole])
                return plain_fail(table, whole, "cellkey.same",
                                  "the same persons got two noises", err);
        }
    }
    return true;
}

static struct audit_input publish(struct arena *arena,
                                  const struct plain_table *table,
                                  const struct ptable *ptable,
                                  int64_t threshold, const int64_t *published)
{
    int64_t *lower = arena_array(arena, table->cells, sizeof *lower);
    int64_t *upper = arena_array(arena, table->cells, sizeof *upper);
    enum audit_guard *guards = arena_array(arena, table->cells, sizeof *guards);
    for (size_t c = 0; c < table->cells; c++) {
        ptable_origin(ptable, published[c], &lower[c], &upper[c]);
        guards[c] = AUDIT_GUARDED;
    }
    return plain_published(table, lower, upper, guards, threshold);
}

/* How far each cell is known to reach from its true count. One more person in
 * a leaf, or `up` more, is one more in every cell that holds it: as long as
 * all of them stay within their published intervals, the table with those
 * persons could have been published just so. */
struct reach {
    int64_t *up, *down; /* [cells] */
};

static void reach_leaf(const struct plain_cover *cover, size_t leaf,
                       const struct audit_input *input, struct reach *reach)
{
    int64_t up = INT64_MAX, down = INT64_MAX;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        int64_t above = input->upper[cell] - input->counts[cell];
        int64_t below = input->counts[cell] - input->lower[cell];
        up = above < up ? above : up;
        down = below < down ? below : down;
    }
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        reach->up[cell] = up > reach->up[cell] ? up : reach->up[cell];
        reach->down[cell] = down > reach->down[cell] ? down : reach->down[cell];
    }
}

static void find_reach(struct arena *arena, const struct plain_table *table,
                       const struct audit_input *input, struct reach *reach)
{
    struct plain_cover cover;
    struct err err = {0};
    bool covered = plain_cover(arena, table, &cover, &err);
    assert(covered); /* as when the keys were summed */
    reach->up = arena_array(arena, table->cells, sizeof *reach->up);
    reach->down = arena_array(arena, table->cells, sizeof *reach->down);
    for (size_t l = 0; l < cover.leaf_count; l++)
        reach_leaf(&cover, l, input, reach);
}

static bool judge(const struct plain_table *table,
                  const struct audit_input *input, size_t cell,
                  const struct audit_bounds *bounds, const struct reach *reach,
                  struct err *err)
{
    int64_t low = bounds->low[cell], high = bounds->high[cell];
    int64_t width = input->threshold - 2;
    if (low >= input->threshold || high < 1)
        return true;
    if (high - low < width)
        return plain_fail(table, cell, "cellkey.exposed",
                          "what does not add up tells its count too closely",
                          err);
    if (reach->up[cell] + reach->down[cell] < width)
        return plain_fail(table, cell, "cellkey.doubt",
                          "no proof that what does not add up hides its count",
                          err);
    return true;
}

/* Bounds from outside refute, witnesses from inside prove, and what neither
 * settles is refused. */
static bool attack(const struct plain_table *table,
                   const struct audit_input *input, struct arena *arena,
                   size_t *narrowed, struct err *err)
{
    struct audit_bounds bounds;
    struct reach reach;
    if (!plain_narrow(arena, input, &bounds, err))
        return false;
    find_reach(arena, table, input, &reach);
    size_t count = 0;
    for (size_t c = 0; c < table->cells; c++) {
        count +=
            bounds.low[c] > input->lower[c] || bounds.high[c] < input->upper[c];
        if (!judge(table, input, c, &bounds, &reach, err))
            return false;
    }
    *narrowed = count;
    return true;
}

bool cellkey_audit(const struct plain_table *table,
                   const struct cellkey_policy *policy,
                   const int64_t *published, size_t *narrowed, struct err *err)
{
    struct ptable ptable;
    struct arena *arena = arena_new();
    uint32_t *keys = arena_array(arena, table->cells, sizeof *keys);
    bool ok = ptable_make(arena, &policy->noise, &ptable, err) &&
              cellkey_keys(table, &policy->key, keys, err) &&
              check_values(table, &ptable, keys, published, err) &&
              check_same(table, published, err);
    if (ok) {
        struct audit_input input =
            publish(arena, table, &ptable, policy->threshold, published);
        ok = attack(table, &input, arena, narrowed, err);
    }
    arena_wipe(arena);
    return ok;
}
