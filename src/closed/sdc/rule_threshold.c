/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

/* The frequency rule: few persons, but not none. A zero tells of nobody. */
static bool under_threshold(const struct policy *policy, int64_t count)
{
    return count >= 1 && count < policy->threshold;
}

const struct disclosure_rule rule_threshold = {
    .name = "threshold",
    .primary = under_threshold,
};
