/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

const struct disclosure_rule *const disclosure_rules[] = {
    &rule_threshold,
    NULL,
};

bool rule_primary(const struct policy *policy, int64_t count)
{
    for (size_t r = 0; disclosure_rules[r] != NULL; r++) {
        if (disclosure_rules[r]->primary(policy, count))
            return true;
    }
    return false;
}
