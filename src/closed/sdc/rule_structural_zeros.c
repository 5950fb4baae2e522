/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* Zeros that everybody can deduce: a site of the other sex, a territory that
 * no source covers, and what the policy declares (prostate before 15). They
 * are shown, and no attack is helped by them. */
static enum rule_verdict judge(const struct policy_rule *rule,
                               const struct rule_cell *cell)
{
    bool declared = !rule_selects_all(rule);
    if (cell->structural)
        return RULE_KNOWN;
    if (!declared)
        return RULE_SILENT;
    return cell->count == 0 ? RULE_KNOWN : RULE_BROKEN;
}

const struct disclosure_rule rule_structural_zeros = {
    .kind = RULE_STRUCTURAL_ZEROS,
    .judge = judge,
};
