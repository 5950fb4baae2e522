/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_inequality.h - inequality over ordered groups, as deprivation
 * quintiles.
 *
 * Groups come in social order, from the end taken as 0 to the end taken as 1:
 * from the least to the most deprived, a positive slope means more events
 * among the deprived. In the other order the slope changes its sign and
 * ratios are turned over. A group stands at the middle of its share of the
 * population in the cumulative distribution (its ridit, between 0 and 1).
 *
 * Pure functions, see calc/kernel.h: false, with the output untouched, when an
 * input is not finite or out of range. All arrays are [groups]. */
#ifndef CALC_KERNEL_INEQUALITY_H
#define CALC_KERNEL_INEQUALITY_H

#include "base/arena.h"
#include "calc/kernel.h"
#include "store/sample_draw.h"

/* A difference and a ratio between the two ends: last less first, last over
 * first. A ratio is not always defined: no event at the first end, or a fitted
 * value there that is not clearly above 0. */
struct kernel_ends {
    struct kernel_interval difference, ratio;
    bool has_ratio, has_ratio_limits; /* else value, or limits, are 0 */
};

/* --- the two extreme groups ----------------------------------------------- */

/* Crude rates of the first and the last group, from counts that share no case.
 * Ratio: exact limits given the sum of the counts (Przyborowski and Wilenski
 * 1940, with those of Clopper and Pearson). Difference, in `per`: Garwood
 * limits of both rates combined by Newcombe's squares (Zou and Donner 2008).
 * Without an event in the first group the ratio has no value. */
bool kernel_extreme_rates(const double *counts, const double *person_years,
                          size_t groups, double per, double confidence,
                          struct kernel_ends *out) MUST_USE;
/* The same of values with standard errors (standardised rates, survival):
 * normal limits of the difference, and of the log of the ratio. */
bool kernel_extreme_values(const double *values, const double *errors,
                           size_t groups, double confidence,
                           struct kernel_ends *out) MUST_USE;

/* --- slope and relative index --------------------------------------------- */

/* The distribution behind a value: the scale of its standard error, on which
 * it is normal (as value_type of PHEindicatormethods). */
enum kernel_value_kind {
    KERNEL_VALUE_NORMAL,     /* its own scale */
    KERNEL_VALUE_RATE,       /* the log; values > 0 */
    KERNEL_VALUE_PROPORTION, /* the logit; values in ]0, 1[ */
};
/* What is linear in the ridit: the value, or its log (rates) or logit
 * (proportions); ends are then taken back to the value's scale. */
enum kernel_slope_model {
    KERNEL_SLOPE_LINEAR,
    KERNEL_SLOPE_TRANSFORMED,
};
struct kernel_slope_data {
    const double *values;
    const double *errors;      /* standard errors >= 0, on the kind's scale */
    const double *populations; /* > 0 */
    size_t groups;             /* 2 or more */
    enum kernel_value_kind kind;
    enum kernel_slope_model model;
};
struct kernel_slope {
    struct kernel_ends ends; /* SII: difference; RII: ratio */
    double intercept;        /* fitted value at the end 0 */
    double dispersion;       /* of kernel_slope_poisson, else 0 */
};

/* Slope and relative index of inequality: least squares weighted by the
 * populations, on the ridits (Low and Low 2004, as phe_sii). The fitted ends
 * are linear in the values, so their variances follow from the standard errors
 * (delta method where a scale is curved). Limits of the ratio: Fieller's
 * (1954) on the plain scale, absent when the first end is not significantly
 * different from 0; on the log scale where the model is transformed. For
 * normal values these are the limits that endless simulation would give. */
bool kernel_slope_index(const struct kernel_slope_data *data, double confidence,
                        struct kernel_slope *out) MUST_USE;

enum {
    KERNEL_SLOPE_DRAWS_MIN = 1000,
    KERNEL_SLOPE_DRAWS_MAX = 10000000,
};
/* The same with simulated limits, as phe_sii: values are drawn from their
 * distribution `draws` times, and the limits are quantiles of what is fitted
 * to them. Depends on `draw` alone. */
bool kernel_slope_simulated(struct arena *scratch,
                            const struct kernel_slope_data *data, size_t draws,
                            struct draw *draw, double confidence,
                            struct kernel_slope *out) MUST_USE;

/* Slope and relative index by Poisson regression of counts on the ridits of
 * person-years (Moreno-Betancur and others 2015): the log of the rate is
 * linear, or the rate itself. False when the best line reaches a rate of 0
 * within the groups. Limits from the covariance of the fit, or times its
 * dispersion (quasi-Poisson). Difference and intercept in `per`. */
enum kernel_slope_link {
    KERNEL_SLOPE_LOG,
    KERNEL_SLOPE_IDENTITY,
};
enum kernel_slope_variance {
    KERNEL_SLOPE_POISSON,
    KERNEL_SLOPE_QUASI,
};
struct kernel_slope_counts {
    const double *counts;       /* >= 0 */
    const double *person_years; /* > 0 */
    size_t groups;              /* 2 or more; quasi-Poisson 3 or more */
    double per;
    enum kernel_slope_link link;
    enum kernel_slope_variance variance;
};
bool kernel_slope_poisson(struct arena *scratch,
                          const struct kernel_slope_counts *data,
                          double confidence, struct kernel_slope *out) MUST_USE;

/* --- concentration -------------------------------------------------------- */

/* Concentration index of a value over the ordered population (Kakwani,
 * Wagstaff, van Doorslaer 1997, eq. 5): 2 / mean x sum f x ridit - 1, in
 * ]-1, 1[; positive when the value gathers at the end 1. Its variance is that
 * of the values alone (their eq. 15, second term): ridits are those of a whole
 * population, not of a sample. errors: standard errors of the values, on
 * their own scale. */
bool kernel_concentration_index(const double *values, const double *errors,
                                const double *populations, size_t groups,
                                double confidence,
                                struct kernel_interval *out) MUST_USE;

#endif
