/* SPDX-License-Identifier: EUPL-1.2 */
/* The attack on a perturbed table, by somebody who has the numbers, the
 * relations of the counts behind them and the perturbation table. */
#include "sdc/audit_impl.h"
#include "sdc/cellkey.h"

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
    return (struct audit_input){
        .cells = table->cells,
        .counts = table->counts,
        .lower = lower,
        .upper = upper,
        .guards = guards,
        .members = table->relations.members,
        .starts = table->relations.starts,
        .relations = table->relations.count,
        .threshold = threshold,
    };
}

/* A true zero tells of nobody: only counts 1..T-1 can be betrayed. */
static bool attack(const struct plain_table *table,
                   const struct audit_input *input, struct arena *arena,
                   size_t *narrowed, struct err *err)
{
    struct audit_bounds bounds;
    if (!audit_propagate(arena, input, &bounds, err))
        return false;
    *narrowed = 0;
    for (size_t c = 0; c < table->cells; c++) {
        int64_t low = bounds.low[c], high = bounds.high[c];
        bool small = low < input->threshold && high >= 1;
        *narrowed += low > input->lower[c] || high < input->upper[c];
        if (small && high - low < input->threshold - 2)
            return plain_fail(table, c, "cellkey.exposed",
                              "what does not add up tells its count too "
                              "closely",
                              err);
    }
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
