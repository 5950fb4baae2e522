/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* A cell that the registry has to publish, such as a national total. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    (void)rule;
    (void)cell;
    return RULE_SHOW;
}

const struct disclosure_rule rule_must_show = {
    .kind = RULE_MUST_SHOW,
    .judge = judge,
};
