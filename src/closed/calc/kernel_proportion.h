/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_proportion.h - proportions, the ratio of deaths to cases, and how
 * reliable a number of events makes a rate.
 *
 * Pure functions, see calc/kernel.h: false, with the output untouched, when an
 * input is not finite or out of range. A share of cases (verified under the
 * microscope, known from the death certificate only) is a proportion. */
#ifndef CALC_KERNEL_PROPORTION_H
#define CALC_KERNEL_PROPORTION_H

#include "calc/kernel.h"

/* Exact limits of a proportion (Clopper and Pearson 1934), in [0, 1], from
 * beta quantiles; 0 <= successes <= trials, trials > 0. They cover at least
 * `confidence`, often more: Wilson's are narrower. */
bool kernel_clopper_pearson(double successes, double trials, double confidence,
                            struct kernel_interval *out) MUST_USE;

/* Successes of trials, of one of two groups. */
struct kernel_share {
    double successes, trials;
};
/* First proportion less second, with the limits of Newcombe (1998, method 10)
 * from Wilson's: in [-1, 1]. */
bool kernel_newcombe(struct kernel_share first, struct kernel_share second,
                     double confidence, struct kernel_interval *out) MUST_USE;

/* Deaths to cases of the same place and period, with limits on the log scale
 * (delta method: variance 1/deaths + 1/cases). It can exceed 1. False without
 * a death or without a case, where the log has no variance. */
bool kernel_mortality_incidence(double deaths, double cases, double confidence,
                                struct kernel_interval *out) MUST_USE;

/* Standard error of a rate divided by the rate: 0.25 is 25 %. For one class
 * 1 / sqrt(count); for a standardised rate sqrt(sum (w/p)^2 d) / sum (w/p) d.
 * counts, person_years, weights: [classes]; a class without weight is left
 * out. False without any event, or for a class with weight but without
 * person-years. */
bool kernel_relative_standard_error(const double *counts,
                                    const double *person_years,
                                    const double *weights, size_t classes,
                                    double *out) MUST_USE;

/* Reliability is not secrecy: a rate may be reliable and confidential, or the
 * opposite. A rate of no event at all is reliable: nothing was seen. */
enum kernel_reliability {
    KERNEL_RELIABLE,
    KERNEL_CAUTION,    /* shown with the sign of caution */
    KERNEL_UNRELIABLE, /* withheld */
};
/* Of a rate on `events`, by the limits of the policy: withheld under the
 * first, with caution under the second. */
enum kernel_reliability kernel_reliability(double events,
                                           double unreliable_under,
                                           double caution_under);

#endif
