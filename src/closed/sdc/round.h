/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/round.h - controlled rounding. CONFIDENTIAL.
 *
 * Every cell becomes a multiple of the base and everything that was additive
 * stays so. Leaves go to one of the two multiples around them, multiples (zero
 * among them) stay; a margin is the sum of its rounded leaves and lies less
 * than `window` bases from the truth, the window being the smallest that was
 * found. The smallest tells of the counts what the table does not (that none
 * smaller exists): it is for inside eyes. What is published is the reach, which
 * the relations alone decide.
 *
 * What an attacker learns is then exactly the published interval of each cell,
 * no less: adding t to one leaf of the rounded table, for any t in its
 * interval, gives a table that this very rounding fits (docs/method/
 * rounding.md). So the guarantee of DESIGN section 6 holds exactly when
 * base >= threshold - 1, and a smaller base is refused.
 *
 * A cell that is printed already (plain_known) keeps what was printed, and the
 * argument holds with any such table. It asks that no public upper bound cuts
 * the interval of a leaf: a bound under a cell's rounded count and base - 1
 * more is refused.
 *
 * The result depends on the counts, the relations, the marks, the key and what
 * is printed already; not on the order of cells. */
#ifndef SDC_ROUND_H
#define SDC_ROUND_H

#include "sdc/plain.h"

enum {
    ROUND_BASE_MOST = 1000,
    ROUND_REACH = 4, /* bases: published of what is no network */
};

struct round_policy {
    int64_t base;      /* 2..ROUND_BASE_MOST, and >= threshold - 1 */
    int64_t threshold; /* >= 3 */
    struct hash_key key;
};

enum round_how {
    ROUND_NETWORK,    /* a network: exact, and each cell right on average */
    ROUND_ENUMERATED, /* every rounding of a small table was tried */
    ROUND_SEARCHED,   /* local search */
};

struct round_report {
    enum round_how how;
    int64_t reach;  /* published: every |rounded - true| < reach * base; 1 for a
                       network, else ROUND_REACH, whatever the counts */
    int64_t window; /* the same, as found: never published */
    bool least;     /* proved that no smaller window exists */
    size_t cells, leaves;
    size_t wide;       /* margins a base or more from the truth */
    double mean_error; /* mean of |rounded - true| over all cells */
    size_t relations;
    size_t unadditive; /* relations that break when each cell is rounded alone
                          to the nearest multiple */
};

/* out[cells]. ERR_USAGE "round.base" (out of range), "plain.key";
 * ERR_DISCLOSURE "round.base" (too small for the threshold), "round.printed"
 * (a cell that was printed otherwise than this count allows, or for which no
 * rounding was found that prints it again), "round.window" (none was found
 * within the reach) and those of plain_check,
 * plain_cover and round_audit, which judges the result. */
bool round_table(struct arena *arena, const struct plain_table *table,
                 const struct round_policy *policy, int64_t *out,
                 struct round_report *report, struct err *err) MUST_USE;

/* Judges a rounded table, whoever made it: multiples, additive, inside the
 * window, leaves within one base, zeros kept, nothing printed otherwise than
 * before, no upper bound that cuts; then attacks what is published by interval
 * propagation. ERR_DISCLOSURE naming the cell: "round.multiple",
 * "round.relation", "round.window", "round.printed", "round.limit",
 * "round.exposed". */
bool round_audit(const struct plain_table *table,
                 const struct round_policy *policy, int64_t window,
                 const int64_t *rounded, struct err *err) MUST_USE;

#endif
