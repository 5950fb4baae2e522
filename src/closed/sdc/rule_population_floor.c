/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* Too small a population: whatever is counted in it is about few people. Zeros
 * are left to rule_zeros. A cell whose population is not public cannot be
 * judged. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    return cell->count > 0 && cell->limit < rule->population ? RULE_SUPPRESS
                                                             : RULE_SILENT;
}

const struct disclosure_rule rule_population_floor = {
    .kind = RULE_POPULATION_FLOOR,
    .judge = judge,
};
