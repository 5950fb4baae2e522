/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules that earlier releases were published under, in the words of this
 * one. */
#include <string.h>

#include "seal/seal_impl.h"

/* "last:5" was five other years then. */
static bool moves_on(const struct selection *periods)
{
    bool moves = false;
    for (size_t w = 0; w < periods->count; w++)
        moves = moves || strstr(periods->words[w], "last:") != NULL;
    return moves;
}

/* What its words no longer say holds for all periods, or all cells where the
 * store has lost a code: too strict rather than too lax. */
static struct policy_rule past_rule(const struct seal *seal,
                                    const struct policy_rule *from)
{
    struct err unknown = {0};
    struct policy_rule rule = *from;
    rule.kind = RULE_STRICTER; /* no entry lowers what another asks */
    rule.cells = arena_array(seal->closed, 1, sizeof *rule.cells);
    rule.cells[0] = from->cells[0];
    if (moves_on(&rule.cells->select[DIM_PERIOD]))
        rule.cells->select[DIM_PERIOD].count = 0;
    struct policy alone = {
        .threshold = rule.threshold, .rules = &rule, .rule_count = 1};
    if (!sdc_check_rules(&seal->codes, &alone, &unknown))
        rule.cells[0] = (struct rule_cells){0};
    return rule;
}

void seal_past_rules(const struct seal *seal, enum audience reader,
                     struct policy *policy)
{
    size_t count = policy->rule_count;
    policy->threshold = 0;
    for (size_t e = 0; e < seal->past; e++)
        count += seal->ledger->entries[e].rule_count;
    struct policy_rule *rules = arena_array(seal->closed, count, sizeof *rules);
    for (size_t r = 0; r < policy->rule_count; r++) {
        rules[r] = policy->rules[r];
        if (rules[r].kind == RULE_THRESHOLD)
            rules[r].kind = RULE_STRICTER; /* lowers nothing of theirs */
    }
    policy->rules = rules;
    for (size_t e = 0; e < seal->past; e++) {
        const struct ledger_entry *entry = &seal->ledger->entries[e];
        if (entry->audience != reader)
            continue;
        if (entry->threshold > policy->threshold)
            policy->threshold = entry->threshold;
        for (size_t r = 0; r < entry->rule_count; r++)
            rules[policy->rule_count++] = past_rule(seal, &entry->rules[r]);
    }
}
