/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_survival.h - what is computed from survival that was estimated
 * elsewhere: survival is read from the store, never estimated here.
 *
 * Survival is a proportion (0.62, not 62); net survival can slightly exceed 1.
 * Standard errors are those of survival itself; software that reports the
 * standard error of the cumulative hazard (relsurv) reports se / survival. */
#ifndef CALC_KERNEL_SURVIVAL_H
#define CALC_KERNEL_SURVIVAL_H

#include "calc/kernel.h"

/* The scale on which the limits are symmetrical. */
enum kernel_survival_scale {
    KERNEL_SURVIVAL_LOG,     /* survival > 0 (Pohar Perme 2012, relsurv) */
    KERNEL_SURVIVAL_LOG_LOG, /* 0 < survival < 1; limits within (popEpi) */
    KERNEL_SURVIVAL_PLAIN,   /* limits may leave [0, 1] */
};

struct kernel_survival {
    struct kernel_interval interval;
    double standard_error;
};

/* One survival with its standard error >= 0. */
bool kernel_survival_interval(double survival, double standard_error,
                              enum kernel_survival_scale scale,
                              double confidence,
                              struct kernel_interval *out) MUST_USE;

/* Survival standardised for age: the weighted mean of survival by age class,
 * weights as those of the International Cancer Survival Standards (Corazziari,
 * Quinn, Capocaccia 2004), in any unit; variance sum w^2 se^2 / (sum w)^2.
 * All arrays are [classes]. A class without weight is left out; one with
 * weight must have its survival. */
bool kernel_standardised_survival(const double *survivals,
                                  const double *standard_errors,
                                  const double *weights, size_t classes,
                                  enum kernel_survival_scale scale,
                                  double confidence,
                                  struct kernel_survival *out) MUST_USE;

/* Survival to `later` of those alive at `earlier`: the ratio of the two
 * cumulative survivals of one cohort. Increments of the cumulative hazard
 * after `earlier` are independent of those before, so the variance of the log
 * of the ratio is the difference of the variances of the logs. False when
 * survival is not positive or when the variance of the log falls, as it does
 * when the two are not of the same cohort. */
struct kernel_survived {
    double survival, standard_error;
};
bool kernel_conditional_survival(struct kernel_survived earlier,
                                 struct kernel_survived later,
                                 enum kernel_survival_scale scale,
                                 double confidence,
                                 struct kernel_survival *out) MUST_USE;

/* How many intervals may be displayed: those before the first that begins
 * with fewer than `minimum` people alive (25 unless the policy says other).
 * alive: [intervals] people at risk at the start of each. */
bool kernel_survival_shown(const double *alive, size_t intervals,
                           double minimum, size_t *out) MUST_USE;

#endif
