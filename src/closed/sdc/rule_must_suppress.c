/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* A cell that must not be published, for a reason that no number tells. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    (void)rule;
    (void)cell;
    return RULE_SUPPRESS;
}

const struct disclosure_rule rule_must_suppress = {
    .kind = RULE_MUST_SUPPRESS,
    .judge = judge,
};
