/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/ptable.h - what noise a count receives: the perturbation table.
 *
 * Row i gives the probability of each noise v for a true count i. Among all
 * distributions with |v| <= most, no negative result, no result in 1..barred,
 * mean 0 and the given variance, it is the one of greatest entropy (Giessing
 * 2016): it promises nothing else about the noise. Zeros stay zero. Counts
 * from the last row on share it, whole and symmetric. The table may be public;
 * only the keys are secret. */
#ifndef SDC_PTABLE_H
#define SDC_PTABLE_H

#include "base/arena.h"
#include "base/err.h"

enum {
    PTABLE_MOST = 40, /* largest noise of any table */
};

struct ptable_policy {
    int64_t most;    /* 1..PTABLE_MOST, and > barred */
    double variance; /* > 0 */
    int64_t barred;  /* no result is 1..barred; 0 for none */
    double stay;     /* probability of no noise for counts above barred; 0
                        leaves it free */
    double least;    /* PTABLE_LEAST..0.1: noise that would be less likely is
                        not drawn at all */
};
#define PTABLE_LEAST 1e-8

/* The table of releases: no result is barred, the largest noise is as likely as
 * PTABLE_LEAST or PTABLE_MOST. */
struct ptable_policy ptable_standard(int variance);

/* p[v - low] is the probability of the noise v in low..high. What the policy
 * bars or cuts has probability 0. */
struct ptable_row {
    int64_t low, high;
    double p[2 * PTABLE_MOST + 1];
    double variance;
};

struct ptable {
    struct ptable_policy policy;
    struct ptable_row *rows; /* [row_count], rows[0] is certain 0 */
    size_t row_count;
};

/* Every noise between the ends of a row that is permitted at all has at least
 * the probability `least`; ends that would have less are cut off. An attacker
 * who holds such noise for impossible is therefore right, and one who does not
 * is not cautious: intervals are those of noise that really occurs.
 *
 * The shared last row has exactly `variance`. Smaller counts have less room
 * below: where the variance of the greatest entropy is smaller still, they
 * take it, so that extremes are never likelier than what lies between. Counts
 * 1..barred must jump over the barred results and have at least the variance
 * that this costs. ERR_USAGE "ptable.policy" (out of range),
 * "ptable.variance" (no distribution has these properties). */
bool ptable_make(struct arena *arena, const struct ptable_policy *policy,
                 struct ptable *out, struct err *err) MUST_USE;

/* The largest noise that a large count can receive: at most policy.most. */
int64_t ptable_reach(const struct ptable *table);

const struct ptable_row *ptable_row(const struct ptable *table, int64_t count);

/* The noise where the cumulated probabilities pass `key` / 2^32. */
int64_t ptable_noise(const struct ptable *table, int64_t count, uint32_t key);

/* True when a count can be published as `value`. */
bool ptable_gives(const struct ptable *table, int64_t count, int64_t value);

/* The smallest and the largest count that can be. */
void ptable_origin(const struct ptable *table, int64_t value, int64_t *low,
                   int64_t *high);
/* The same of the counts next to `count`, which can be: some between those of
 * ptable_origin cannot, as a 1 has noise that a 2 and a 3 have not. */
void ptable_around(const struct ptable *table, int64_t value, int64_t count,
                   int64_t *low, int64_t *high);

#endif
