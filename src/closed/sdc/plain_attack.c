/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/plain_attack.h"

struct audit_input plain_published(const struct plain_table *table,
                                   const int64_t *lower, const int64_t *upper,
                                   const enum audit_guard *guards,
                                   int64_t threshold)
{
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

bool plain_narrow(struct arena *arena, const struct audit_input *input,
                  struct audit_bounds *bounds, struct err *err)
{
    return audit_propagate(arena, input, bounds) ||
           err_fail(err, ERR_DISCLOSURE, "sdc.audit",
                    "no table agrees with what is published");
}

bool plain_attack(struct arena *arena, const struct plain_table *table,
                  const struct audit_input *input, const char *id,
                  const char *what, struct err *err)
{
    struct audit_bounds bounds;
    if (!plain_narrow(arena, input, &bounds, err))
        return false;
    for (size_t c = 0; c < table->cells; c++) {
        int64_t low = bounds.low[c], high = bounds.high[c];
        if (input->guards[c] != AUDIT_SHOWN && low < input->threshold &&
            high >= 1 && high - low < input->threshold - 2)
            return plain_fail(table, c, id, what, err);
    }
    return true;
}
