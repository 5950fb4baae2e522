/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* The frequency rule: few persons, but not none. A zero tells of nobody. Of
 * several thresholds the cell has the largest that applies; a rule answers for
 * no more than its own. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    int64_t threshold =
        rule->threshold < cell->threshold ? rule->threshold : cell->threshold;
    return cell->count >= 1 && cell->count < threshold ? RULE_PRIMARY
                                                       : RULE_SILENT;
}

const struct disclosure_rule rule_threshold = {
    .kind = RULE_THRESHOLD,
    .judge = judge,
};
