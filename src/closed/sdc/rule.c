/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/rule.h"

const struct disclosure_rule *const disclosure_rules[] = {
    &rule_structural_zeros, &rule_threshold,     &rule_stricter,
    &rule_population_floor, &rule_non_events,    &rule_zeros,
    &rule_must_show,        &rule_must_suppress, NULL,
};
