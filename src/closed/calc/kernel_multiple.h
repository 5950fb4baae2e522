/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_multiple.h - many comparisons at once: adjusted p values, ranks
 * with their uncertainty, and the test of two counts.
 *
 * Pure functions, see calc/kernel.h: false, with the output untouched, when an
 * input is not finite or out of range. */
#ifndef CALC_KERNEL_MULTIPLE_H
#define CALC_KERNEL_MULTIPLE_H

#include "base/arena.h"
#include "calc/kernel.h"

/* Adjusted p values of a family of comparisons (Benjamini and Hochberg 1995):
 * those at most q form a set in which the expected share of false discoveries
 * is at most q. p_values: [count] in [0, 1], in any order; out: [count], in
 * the same order, and may be p_values itself. */
bool kernel_benjamini_hochberg(struct arena *scratch, const double *p_values,
                               size_t count, double *out) MUST_USE;

/* --- ranks ---------------------------------------------------------------- */

/* The rank of one value, 1 for the greatest; ties share the best rank. */
struct kernel_rank {
    size_t rank, lower, upper; /* lower <= rank <= upper */
};

/* Ranks from intervals that hold all at once (Klein, Wright, Wieczorek 2020,
 * theorem 1): whoever's interval lies wholly above comes before, whoever's
 * lies wholly below comes after, all others may do either. The region of ranks
 * then has at least the joint confidence of the intervals. Without simulation;
 * lower <= value <= upper, all arrays [count]. */
bool kernel_ranks(const double *values, const double *lower,
                  const double *upper, size_t count,
                  struct kernel_rank *out) MUST_USE;
/* The same of independent normal estimates: each interval has the level
 * confidence^(1 / count), so that all hold with `confidence`. */
bool kernel_ranks_normal(struct arena *scratch, const double *values,
                         const double *errors, size_t count, double confidence,
                         struct kernel_rank *out) MUST_USE;
/* The level of each of `count` independent intervals. */
double kernel_joint_level(double confidence, size_t count);

/* --- two counts ----------------------------------------------------------- */

/* Skellam's distribution (1946) of the difference of two independent Poisson
 * counts, first less second: P(D <= difference) and P(D > difference), to
 * about 1e-10 of the smaller tail. Means >= 0, difference whole. */
bool kernel_skellam_cdf(double difference, double first_mean,
                        double second_mean, struct kernel_tails *out) MUST_USE;

struct kernel_skellam {
    double expected;    /* difference under one common rate */
    double lower_tail;  /* P(D <= observed) */
    double upper_tail;  /* P(D >= observed) */
    double probability; /* two-sided: twice the smaller tail, at most 1 */
};
/* Test of two counts that share no case: their difference against that of
 * Poisson counts of one common rate, total / total exposure. Exposures > 0
 * (1 and 1 for equal populations or periods). With no case at all the
 * probability is 1. */
bool kernel_skellam_test(double first, double second, double first_exposure,
                         double second_exposure,
                         struct kernel_skellam *out) MUST_USE;

#endif
