/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* Non-events: 98 % of 200 people is four people who did not take part. They
 * are counted in what is left of the whole, and the threshold holds for them
 * too. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    (void)rule;
    int64_t rest = cell->whole - cell->count;
    return rest >= 1 && rest < cell->threshold ? RULE_SUPPRESS : RULE_SILENT;
}

const struct disclosure_rule rule_non_events = {
    .kind = RULE_NON_EVENTS,
    .judge = judge,
};
