/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/distribution.h - distributions: both tails, and quantiles.
 *
 * Pure functions. Inputs are checked: false, with the output untouched, when
 * a value is not finite or out of range. Tails come as a pair so that the
 * small one keeps its digits. Relative errors are below 1e-12 unless said. */
#ifndef CALC_DISTRIBUTION_H
#define CALC_DISTRIBUTION_H

#include "base/base.h"

struct kernel_tails {
    double lower, upper; /* P(X <= x), P(X > x) */
};

/* --- normal --------------------------------------------------------------- */

double kernel_normal_cdf(double z); /* NaN for NaN */
/* Wichura 1988. */
bool kernel_normal_quantile(double probability, double *out) MUST_USE;

/* --- gamma, chi-squared, Poisson ------------------------------------------ */

/* Gamma distribution with `shape` > 0 and scale 1, at x >= 0. */
bool kernel_gamma_cdf(double shape, double x,
                      struct kernel_tails *out) MUST_USE;
/* A quantile below the smallest normal double (tiny shapes) is 0. */
bool kernel_gamma_quantile(double probability, double shape,
                           double *out) MUST_USE;
/* Quantile `tail` of one shape and 1 - tail of another, in one go: what both
 * ends of an interval share is worked out once. */
bool kernel_gamma_limits(double tail, double lower_shape, double upper_shape,
                         double *lower, double *upper) MUST_USE;
bool kernel_chi2_cdf(double freedom, double x,
                     struct kernel_tails *out) MUST_USE;
/* P(X = count) of a Poisson count, count >= 0 whole, mean >= 0. */
bool kernel_poisson_mass(double count, double mean, double *out) MUST_USE;
/* P(X <= count) and P(X > count). */
bool kernel_poisson_cdf(double count, double mean,
                        struct kernel_tails *out) MUST_USE;

/* --- beta, binomial, Student ---------------------------------------------- */

/* Beta distribution with a, b > 0, at x in [0, 1]. */
bool kernel_beta_cdf(double a, double b, double x,
                     struct kernel_tails *out) MUST_USE;
bool kernel_beta_quantile(double probability, double a, double b,
                          double *out) MUST_USE;
/* P(X <= successes) and P(X > successes). */
bool kernel_binomial_cdf(double successes, double trials, double probability,
                         struct kernel_tails *out) MUST_USE;
bool kernel_student_cdf(double freedom, double t,
                        struct kernel_tails *out) MUST_USE;
bool kernel_student_quantile(double probability, double freedom,
                             double *out) MUST_USE;

/* --- equations ------------------------------------------------------------ */

/* Solves function(context, x) = 0 between low and high, where the signs
 * differ (or one value is 0), by Brent's method (Brent 1973, ch. 4) to the
 * last bits. False when the signs do not differ or a value is not finite. */
typedef double kernel_function(const void *context, double x);
bool kernel_root(kernel_function *function, const void *context, double low,
                 double high, double *out) MUST_USE;

#endif
