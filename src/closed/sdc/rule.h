/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/rule.h - what the policy wants of a cell for its own sake. CONFIDENTIAL.
 *
 * One file per rule, listed in disclosure_rules[]. A rule sees one cell at a
 * time: its count, what is publicly known of it, and the threshold that the
 * strictest of its sources asks; what follows from sums is not its business.
 * Whatever a rule says must follow from the policy, the codes, the public
 * limits and the count alone: then everybody can tell whether a zero of this
 * cell would be shown, and the attacker is granted exactly that knowledge. Only
 * the cells of a must_ list are told to nobody.
 *
 * The *book* is the rules of one policy that are in force for its audience,
 * resolved against the codes, the policy's own defaults first. */
#ifndef SDC_RULE_H
#define SDC_RULE_H

#include "model/project.h"
#include "sdc/universe.h"

struct rule_cell {
    int64_t count;
    int64_t limit;     /* public upper bound (a population), or SDC_UNLIMITED */
    int64_t whole;     /* what the complement is taken of, 0 none */
    int64_t threshold; /* of this cell, at least 3 */
    bool structural;   /* a zero that everybody can deduce from the store */
};

enum rule_verdict {
    RULE_SILENT,
    RULE_KNOWN,    /* everybody can deduce it: shown, whatever others say */
    RULE_PRIMARY,  /* few persons */
    RULE_SUPPRESS, /* suppressed whatever the count, and wide whatever it is */
    RULE_SHOW,     /* must not be suppressed */
    RULE_BROKEN,   /* contradicts the rule: the policy is wrong */
};

struct disclosure_rule {
    enum rule_kind kind;
    enum rule_verdict (*judge)(const struct policy_rule *rule,
                               const struct rule_cell *cell);
};

extern const struct disclosure_rule rule_threshold;
extern const struct disclosure_rule rule_population_floor;
extern const struct disclosure_rule rule_non_events;
extern const struct disclosure_rule rule_zeros;
extern const struct disclosure_rule rule_structural_zeros;
extern const struct disclosure_rule rule_stricter;
extern const struct disclosure_rule rule_must_show;
extern const struct disclosure_rule rule_must_suppress;

/* Ends with NULL. */
extern const struct disclosure_rule *const disclosure_rules[];

struct rule_book;

/* Resolves the rules. ERR_SCRIPT naming rule, field and code where a selection
 * matches nothing. `codes` is left as it is. */
bool rule_book_new(struct arena *arena, const struct codes *codes,
                   const struct policy *policy, struct rule_book **out,
                   struct err *err) MUST_USE;

/* Judges the cells from `from` on: fills their thresholds and flags. Axes must
 * be open. ERR_DISCLOSURE naming cell and rules: "sdc.contradiction" a cell
 * that must be shown and must not, "sdc.structural" a declared structural zero
 * that is none. */
bool rule_book_apply(struct rule_book *book, struct universe *universe,
                     size_t from, struct err *err) MUST_USE;

/* The same for one cell of the release's codes that is in no universe, from
 * its count and public limit: its threshold, and whether a rule asks for its
 * suppression. Lists of cells are not asked, and nothing is a structural zero.
 * ERR_DISCLOSURE for a measure of too many sources. */
bool rule_book_judge(const struct rule_book *book,
                     const struct sdc_cell_key *key, int64_t count,
                     int64_t limit, int64_t *threshold, bool *suppressed,
                     struct err *err) MUST_USE;

/* True when two texts of sources, each a list between semicolons, have one in
 * common; two that name none have that. */
bool rule_sources_meet(const char *one, const char *other);

/* True where rule_book_judge asks to suppress nothing but counts from 1 up to
 * below a threshold, in cells of the key's measure, territory and age, whatever
 * their other codes, that have a public limit of `least` or more: then the
 * largest such threshold. False for a measure of too many sources as well. */
bool rule_book_is_plain(const struct rule_book *book,
                        const struct sdc_cell_key *key, int64_t least,
                        int64_t *threshold);

size_t rule_book_count(const struct rule_book *book);
/* "threshold" for a default of the policy, "rule 2 (stricter)" for its list. */
const char *rule_book_name(const struct rule_book *book, size_t rule);
/* True when the rule asks for the suppression of the cell. The book was
 * applied to it. */
bool rule_book_asks(const struct rule_book *book,
                    const struct universe *universe, size_t rule, size_t cell);
/* The rule that wants the cell shown; the cell is CELL_MUST_SHOW. */
size_t rule_book_shows(const struct rule_book *book,
                       const struct universe *universe, size_t cell);
/* The rule that wants it suppressed whatever its count; a rule has made the
 * cell CELL_FORCED. */
size_t rule_book_forces(const struct rule_book *book,
                        const struct universe *universe, size_t cell);

#endif
