/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel.h - pure statistics on doubles, each with its paper.
 *
 * No allocation, no state. Inputs are checked: a kernel returns false and
 * leaves its output untouched when a value is not finite or out of range.
 * Rates are in the unit of `per` (100000 for "per 100,000 person-years"). */
#ifndef CALC_KERNEL_H
#define CALC_KERNEL_H

#include "calc/distribution.h"

struct kernel_interval {
    double value, lower, upper;
};

/* Exact Poisson limits of a count (Garwood 1936): value is the count. */
bool kernel_poisson_exact(double count, double confidence,
                          struct kernel_interval *out) MUST_USE;
/* count / person_years x per, with Garwood limits. */
bool kernel_crude_rate(double count, double person_years, double per,
                       double confidence, struct kernel_interval *out) MUST_USE;
/* Directly standardised rate with the gamma interval of Fay and Feuer (1997).
 * counts, person_years, weights: [classes]; weights sum to `total`. A class
 * with weight but without person-years makes the rate undefined: false. A
 * class without weight is left out. Without any event value and lower limit
 * are 0, and the upper limit is that of one class: the heaviest. */
bool kernel_standardised_rate(const double *counts, const double *person_years,
                              const double *weights, size_t classes,
                              double total, double per, double confidence,
                              struct kernel_interval *out) MUST_USE;
/* Wilson score interval of a proportion (Wilson 1927), in [0, 1]. */
bool kernel_wilson(double successes, double trials, double confidence,
                   struct kernel_interval *out) MUST_USE;

#endif
