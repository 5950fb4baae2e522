/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/weighted_sum.h - what the intervals of standardised rates share.
 *
 * A standardised rate is a sum of independent Poisson counts, each event with
 * the weight of its class. */
#ifndef CALC_WEIGHTED_SUM_H
#define CALC_WEIGHTED_SUM_H

#include "calc/kernel_rate.h"

struct weighted_sum {
    double value, variance; /* of the rate, per person-year */
    double heaviest;        /* largest weight of one event */
};
/* False as kernel_rate_limits; with no class that has weight too. */
bool weighted_sum(const struct kernel_classes *classes,
                  struct weighted_sum *out) MUST_USE;

/* The gamma distribution with these moments; without mean it is all at 0. */
struct weighted_gamma {
    double mean, variance;
};
bool weighted_gamma_quantile(const struct weighted_gamma *gamma,
                             double probability, double *out) MUST_USE;
/* Quantile `tail` of the first, which has a mean, and 1 - tail of the second.
 */
bool weighted_gamma_limits(const struct weighted_gamma pair[2], double tail,
                           double *lower, double *upper) MUST_USE;
/* Quantile of the even mixture of two (Fay and Kim 2017, with one event more
 * in the second): mid-P limits. */
bool weighted_gamma_mid(const struct weighted_gamma pair[2], double probability,
                        double *out) MUST_USE;

#endif
