/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trial recorded is forgotten, and the pattern is what it was. */
#include "sdc/pattern.h"

static void forget_proof(struct pattern *pattern, uint32_t cell, size_t from)
{
    if (pattern->proofs == NULL)
        return;
    struct proof *proof = &pattern->proofs[cell];
    for (size_t i = 0; i < proof->count; i++) {
        if (proof->witnesses[i] >= from)
            proof->count = 0;
    }
}

/* Entries are the first of their cells' lists in reverse order of making. */
void pattern_forget(struct pattern *pattern, size_t from)
{
    if (from == pattern->span_count)
        return;
    for (size_t w = pattern->span_count; w-- > from;) {
        const struct span *span = &pattern->spans[w];
        for (size_t e = span->first + span->count; e-- > span->first;) {
            uint32_t cell = pattern_cell(pattern, e);
            pattern->first[cell] = pattern_next(pattern, e);
            pattern->alive[cell] -= !span->dropped;
            forget_proof(pattern, cell, from);
        }
    }
    for (size_t w = from; w < pattern->span_count; w++) {
        const struct span *span = &pattern->spans[w];
        for (size_t e = span->first; e < span->first + span->count; e++)
            pattern_show_idle(pattern, pattern_cell(pattern, e));
    }
    pattern->entry_count = pattern->spans[from].first;
    pattern->people->count = pattern->spans[from].people;
    pattern->span_count = from;
}
