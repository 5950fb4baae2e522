/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/rule.h - what must be suppressed for its own sake. CONFIDENTIAL.
 *
 * One file per rule, listed in disclosure_rules[]. A cell is primary when any
 * rule says so: the strictest wins. Rules see one cell at a time; what follows
 * from sums is not their business. */
#ifndef SDC_RULE_H
#define SDC_RULE_H

#include "model/project.h"

struct disclosure_rule {
    const char *name; /* for the inside review */
    bool (*primary)(const struct policy *policy, int64_t count);
};

extern const struct disclosure_rule rule_threshold;

/* Ends with NULL. */
extern const struct disclosure_rule *const disclosure_rules[];

/* True when some rule asks for it. */
bool rule_primary(const struct policy *policy, int64_t count);

#endif
