/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/rule_impl.h - the book of rules: shared by its files only. CONFIDENTIAL
 * side, but holds no count. */
#ifndef SDC_RULE_IMPL_H
#define SDC_RULE_IMPL_H

#include "sdc/rule.h"

enum {
    RULE_WORD_BITS = 64,
};

struct rule_entry {
    const struct policy_rule *rule;
    const struct disclosure_rule *type;
    const char *name;
    bool listed; /* in the policy's list */
};

/* What a selector selects along one dimension. */
struct rule_scope {
    bool all;
    bool exact;       /* the nodes themselves, not what is within */
    uint64_t *leaves; /* bits: the codes taken together */
    bool *own;        /* [nodes] words for several codes: each alone */
    size_t nodes;
};

/* A rule, or one cell of its list. */
struct rule_selector {
    size_t entry;
    const struct rule_cells *cells;
    struct rule_scope scopes[DIM_COUNT];
};

struct rule_book {
    struct arena *arena;
    const struct codes *codes;
    const struct policy *policy;
    struct rule_entry *entries;
    size_t entry_count;
    struct rule_selector *selectors;
    size_t selector_count;
    size_t words; /* of a mask: one bit per selector */
    uint64_t *parts[DIM_COUNT];
    size_t part_count[DIM_COUNT]; /* parts that have a mask */
    uint64_t *measures;           /* masks */
    uint64_t *covers;  /* [measure * selectors] sources that it speaks of */
    uint64_t *sources; /* [measure] all its sources, one bit each */
    size_t measure_count;
};

static inline void rule_set_bit(uint64_t *bits, size_t at)
{
    bits[at / RULE_WORD_BITS] |= UINT64_C(1) << at % RULE_WORD_BITS;
}

static inline bool rule_has_bit(const uint64_t *bits, size_t at)
{
    return (bits[at / RULE_WORD_BITS] >> at % RULE_WORD_BITS & 1) != 0;
}

static inline size_t rule_words(size_t bits)
{
    return (bits + RULE_WORD_BITS - 1) / RULE_WORD_BITS;
}

/* Resolves what a selector selects along one dimension. ERR_SCRIPT naming
 * field and code. */
bool rule_scope_open(struct rule_book *book, struct rule_selector *selector,
                     enum dim dim, struct err *err) MUST_USE;
/* True when the part, number `number` of its axis, is selected. */
bool rule_scope_holds(const struct rule_scope *scope,
                      const struct dimension *dimension,
                      const struct part *part, size_t number);

/* Checks that the store has the measures and sources. ERR_SCRIPT. */
bool rule_sources_check(const struct codes *codes,
                        const struct rule_cells *cells,
                        struct err *err) MUST_USE;
/* Sources of the measure, as bits, that the cells speak of: none when they do
 * not speak of the measure at all. *all are the bits of all its sources. */
bool rule_sources_find(const struct codes *codes,
                       const struct rule_cells *cells, const char *code,
                       uint64_t *covered, uint64_t *all,
                       struct err *err) MUST_USE;

#endif
