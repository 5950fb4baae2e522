/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* The stricter list: children, rare cancers, small territories. A threshold
 * of its own that only ever raises the others. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    return cell->count >= 1 && cell->count < rule->threshold ? RULE_PRIMARY
                                                             : RULE_SILENT;
}

const struct disclosure_rule rule_stricter = {
    .kind = RULE_STRICTER,
    .judge = judge,
};
