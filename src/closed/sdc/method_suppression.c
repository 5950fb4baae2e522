/* SPDX-License-Identifier: EUPL-1.2 */
/* Suppression as one of the methods. Its audit is the plain attack of somebody
 * who has the numbers and the relations; the proof by witnesses is
 * sheet_protect's own. */
#include "sdc/method.h"
#include "sdc/plain_attack.h"
#include "sdc/sheet_plain.h"

static bool apply(struct arena *closed, struct sheet *sheet,
                  const struct method_policy *policy, struct method_result *out,
                  struct err *err)
{
    struct method_result result = {
        .values = arena_array(closed, sheet->cells, sizeof *result.values),
    };
    assert(policy->suppression->threshold == policy->threshold);
    if (!sheet_protect(closed, sheet, policy->suppression,
                       &result.report.suppression, err))
        return false;
    for (size_t c = 0; c < sheet->cells; c++) {
        if (sheet->status[c] == SHEET_SHOWN)
            result.values[c] = sheet->counts[c];
    }
    *out = result;
    return true;
}

static bool is_small(const struct method_policy *policy, int64_t count)
{
    return count >= 1 && count < policy->threshold;
}

static bool check_cells(const struct plain_table *table,
                        const struct sheet *sheet,
                        const struct method_policy *policy,
                        const struct method_result *result, struct err *err)
{
    for (size_t c = 0; c < sheet->cells; c++) {
        bool shown = sheet->status[c] == SHEET_SHOWN;
        if (result->values[c] != (shown ? sheet->counts[c] : 0))
            return plain_fail(table, c, "suppression.value",
                              "published otherwise than decided", err);
        if (shown && is_small(policy, sheet->counts[c]))
            return plain_fail(table, c, "suppression.shown",
                              "a small count is shown", err);
    }
    return true;
}

static struct audit_input publish(struct arena *arena,
                                  const struct plain_table *table,
                                  const struct sheet *sheet,
                                  const struct method_policy *policy)
{
    bool at_least_one =
        !policy->suppression->basic && !policy->suppression->zeros;
    int64_t *lower = arena_array(arena, table->cells, sizeof *lower);
    int64_t *upper = arena_array(arena, table->cells, sizeof *upper);
    enum audit_guard *guards = arena_array(arena, table->cells, sizeof *guards);
    for (size_t c = 0; c < table->cells; c++) {
        bool shown = sheet->status[c] == SHEET_SHOWN;
        lower[c] = at_least_one ? 1 : 0;
        upper[c] = AUDIT_UNLIMITED;
        guards[c] = shown ? AUDIT_SHOWN : AUDIT_GUARDED;
    }
    return plain_published(table, lower, upper, guards, policy->threshold);
}

static bool audit(const struct sheet *sheet, const struct method_policy *policy,
                  const struct method_result *result, struct err *err)
{
    struct arena *arena = arena_new();
    struct plain_table *table = sheet_plain(arena, sheet, &policy->key);
    bool ok = check_cells(table, sheet, policy, result, err);
    if (ok) {
        struct audit_input input = publish(arena, table, sheet, policy);
        ok = plain_attack(arena, table, &input, "suppression.exposed",
                          "suppression does not protect it", err);
    }
    arena_wipe(arena);
    return ok;
}

const struct disclosure_method method_suppression = {
    .name = "suppress",
    .status = "",
    .keyed = false,
    .additive = true,
    .apply = apply,
    .audit = audit,
};
