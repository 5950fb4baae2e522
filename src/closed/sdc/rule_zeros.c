/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* None or all of a small group: nobody is counted apart, but something is
 * said of each of its members. Where there is nobody, there is nothing to
 * hide. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    bool small = cell->limit > 0 && cell->limit < rule->population;
    bool full = cell->count == cell->limit || cell->count == cell->whole;
    return small && (cell->count == 0 || full) ? RULE_SUPPRESS : RULE_SILENT;
}

const struct disclosure_rule rule_zeros = {
    .kind = RULE_ZEROS,
    .judge = judge,
};
