/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/cellkey.h"

#include <stdlib.h>
#include <string.h>

enum {
    THRESHOLD_LEAST = 3,
};

/* Of an empty leaf 0: nobody adds nothing. */
static uint64_t leaf_key(const struct plain_table *table,
                         const struct hash_key *key, uint32_t leaf)
{
    const uint64_t what[2] = {table->marks[leaf],
                              (uint64_t)table->counts[leaf]};
    if (table->counts[leaf] == 0)
        return 0;
    return table->persons != NULL ? table->persons[leaf]
                                  : hash_keyed_number(key, what, sizeof what);
}

bool cellkey_keys(const struct plain_table *table, const struct hash_key *key,
                  uint64_t *keys, struct err *err)
{
    struct plain_cover cover;
    if (!plain_check_key(key, err))
        return false;
    struct arena *scratch = arena_new();
    bool ok = plain_cover(scratch, table, &cover, err);
    if (ok && table->cells > 0)
        memset(keys, 0, table->cells * sizeof *keys);
    for (size_t l = 0; ok && l < cover.leaf_count; l++) {
        uint32_t leaf = cover.leaves[l];
        uint64_t own = leaf_key(table, key, leaf);
        for (size_t i = cover.starts[l]; i < cover.starts[l + 1]; i++)
            keys[cover.cells[i]] += own;
    }
    arena_wipe(scratch);
    return ok;
}

int64_t cellkey_value(const struct ptable *ptable, const struct hash_key *key,
                      int64_t count, uint64_t persons)
{
    uint64_t drawn = hash_keyed_number(key, &persons, sizeof persons);
    return count + ptable_noise(ptable, count, (uint32_t)drawn);
}

static bool check_policy(const struct cellkey_policy *policy, struct err *err)
{
    assert(policy->threshold >= THRESHOLD_LEAST);
    return plain_check_key(&policy->key, err);
}

static bool check_noise(const struct cellkey_policy *policy,
                        const struct ptable *ptable, struct err *err)
{
    if (ptable_reach(ptable) >= policy->threshold - 2)
        return true;
    return err_fail(err, ERR_DISCLOSURE, "cellkey.noise",
                    "noise of at most %lld cannot protect a threshold of "
                    "%lld: it must reach %lld",
                    (long long)ptable_reach(ptable),
                    (long long)policy->threshold,
                    (long long)policy->threshold - 2);
}

static void describe(const struct plain_table *table, const int64_t *out,
                     struct cellkey_report *report)
{
    const struct plain_rows *rows = &table->relations;
    double sum = 0;
    for (size_t c = 0; c < table->cells; c++) {
        int64_t noise = out[c] - table->counts[c];
        report->changed += noise != 0;
        sum += (double)llabs(noise);
    }
    report->cells = table->cells;
    report->mean_error = table->cells > 0 ? sum / (double)table->cells : 0;
    report->relations = rows->count;
    for (size_t r = 0; r < rows->count; r++) {
        int64_t rest = out[rows->members[rows->starts[r]]];
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++)
            rest -= out[rows->members[i]];
        report->unadditive += rest != 0;
    }
}

bool cellkey_table(struct arena *arena, const struct plain_table *table,
                   const struct cellkey_policy *policy, int64_t *out,
                   struct cellkey_report *report, struct err *err)
{
    struct ptable ptable;
    struct cellkey_report found = {0};
    if (!check_policy(policy, err) || !plain_check(table, err) ||
        !ptable_make(arena, &policy->noise, &ptable, err) ||
        !check_noise(policy, &ptable, err))
        return false;
    uint64_t *keys = arena_array(arena, table->cells, sizeof *keys);
    int64_t *value = arena_array(arena, table->cells, sizeof *value);
    if (!cellkey_keys(table, &policy->key, keys, err))
        return false;
    for (size_t c = 0; c < table->cells; c++)
        value[c] =
            cellkey_value(&ptable, &policy->key, table->counts[c], keys[c]);
    if (!cellkey_audit(table, policy, value, &found.narrowed, err))
        return false;
    describe(table, value, &found);
    if (table->cells > 0)
        memcpy(out, value, table->cells * sizeof *out);
    *report = found;
    return true;
}
