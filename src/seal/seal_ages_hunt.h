/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_ages_hunt.h - the proof of the age counts of one row or cell.
 * CONFIDENTIAL. */
#ifndef SEAL_SEAL_AGES_HUNT_H
#define SEAL_SEAL_AGES_HUNT_H

#include "seal/seal_ages_impl.h"

/* An age count that has to be wide: of a class, or of several together. */
struct target {
    uint64_t ages; /* bit per class */
    int64_t width;
    bool proved; /* digits are only ever lost, so it stays so */
};

/* One row, and what is known of its age counts: a problem per sex, or one of
 * all sexes. Of a cell of several boxes there is a hunt in each, for the same
 * targets: they are the ages of all boxes together. */
struct hunt {
    struct seal_ages *ages;
    struct arena *scratch;
    const struct age_stock *stock;
    size_t table, row;      /* none of a cell without one: AGES_NO_ROW */
    int place[DIM_COUNT];   /* nodes of the row */
    int node[DIM_COUNT];    /* the same, and the sex whose ages are proved */
    int partner[DIM_COUNT]; /* of a try, see struct age_cell; else -1 */
    double cases;           /* of the row */
    bool tied; /* what is suppressed of its ages ties the sexes together */
    struct age_sharing *sharings; /* without the rows around */
    size_t count;
    struct target *targets;
    size_t target_count;
    struct node rest; /* see seal_ages_rest */
};

/* The rates of the row, NULL where it has none, and how many it can have. */
size_t hunt_own_rates(const struct hunt *hunt, struct age_fate *const **fates);
/* Whether what is shown and what is suppressed of the ages of the row ties the
 * sexes together. */
bool hunt_is_tied(const struct hunt *row);
/* Ages, a bit per class, of which the row or cell has fewer cases than the
 * threshold of each, and which are wide by a change of it alone that all around
 * it stand. No digit is lost. */
uint64_t hunt_moves(const struct hunt *row, const int64_t *thresholds);
/* Proves the age counts of the first `boxes` hunts together, by a change in any
 * of the hunts, at the price of the digits of the row, then of those of the
 * rows that share them. Where no rate is left, nothing is told. */
bool hunt_decide(struct hunt *hunts, size_t boxes, size_t count,
                 struct err *err) MUST_USE;

#endif
