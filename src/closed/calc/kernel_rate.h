/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_rate.h - rates of events in person-years, and how two compare.
 *
 * Pure functions, as those of calc/kernel.h: false, with the output untouched,
 * when a value is not finite or out of range, or when the method has no answer
 * (said at each). Counts may be fractions (multiply imputed cases) except where
 * said. A rate is per `per` person-years; limits are two-sided, with
 * 0 < confidence < 1. */
#ifndef CALC_KERNEL_RATE_H
#define CALC_KERNEL_RATE_H

#include "calc/kernel.h"

/* --- one count ------------------------------------------------------------ */

enum kernel_count_method {
    KERNEL_COUNT_EXACT,  /* Garwood 1936 */
    KERNEL_COUNT_BYAR,   /* Breslow and Day 1987, eq. 2.13: lower limit from the
                          * count (0 without events), upper from count + 1 */
    KERNEL_COUNT_MIDP,   /* half of the probability of what was seen counts; no
                          * answer above 1e10 */
    KERNEL_COUNT_NORMAL, /* count +- z sqrt(count): may go below 0; no answer
                          * without events */
};

/* Limits of a Poisson count: value is the count, count >= 0. */
bool kernel_poisson_limits(double count, enum kernel_count_method method,
                           double confidence,
                           struct kernel_interval *out) MUST_USE;
/* The same over person_years > 0: a crude rate, or that of one age class. */
bool kernel_crude_rate_limits(double count, double person_years, double per,
                              enum kernel_count_method method,
                              double confidence,
                              struct kernel_interval *out) MUST_USE;

/* --- directly standardised rates ------------------------------------------ */

/* Age classes. A class with weight needs person-years; one without weight is
 * left out, whatever else it holds. `total` is what the weights are divided
 * by: their sum for a mean of rates, 1 for a sum of rates. */
struct kernel_classes {
    const double *counts, *person_years, *weights; /* [count] */
    size_t count;
    double total;
};

enum kernel_rate_method {
    KERNEL_RATE_FAY_FEUER, /* gamma, Fay and Feuer 1997 */
    KERNEL_RATE_TIWARI,  /* gamma; the upper limit adds 1/classes of an event to
                          * each class: Tiwari, Clegg and Zou 2006, eq. 8 */
    KERNEL_RATE_FAY_KIM, /* mid-P gamma, Fay and Kim 2017 */
    KERNEL_RATE_DOBSON_EXACT, /* Dobson 1991, on Garwood's limits of the sum */
    KERNEL_RATE_DOBSON_BYAR,  /* the same on Byar's limits */
    KERNEL_RATE_NORMAL,       /* value +- z error: may go below 0 */
    KERNEL_RATE_LOG_NORMAL,   /* value exp(+- z error / value) */
};

/* Value and limits. Without any event the first three have an answer (lower
 * limit 0); the other four have none: false. */
bool kernel_rate_limits(const struct kernel_classes *classes, double per,
                        enum kernel_rate_method method, double confidence,
                        struct kernel_interval *out) MUST_USE;

struct kernel_estimate {
    double value, error; /* error: standard error, >= 0 */
};
/* Value and Poisson standard error: sqrt(sum (w/W)^2 d / p^2). */
bool kernel_rate_estimate(const struct kernel_classes *classes, double per,
                          struct kernel_estimate *out) MUST_USE;

/* Cumulative rate (sum of rates x years of age spent in the class) and the
 * risk 1 - exp(-rate), both as proportions (Day 1987). widths: years of age of
 * each class. Breslow and Day's interval is KERNEL_RATE_NORMAL. */
struct kernel_cumulative {
    struct kernel_interval rate, risk;
};
bool kernel_cumulative_rate(const double *counts, const double *person_years,
                            const double *widths, size_t classes,
                            enum kernel_rate_method method, double confidence,
                            struct kernel_cumulative *out) MUST_USE;

/* --- two crude rates ------------------------------------------------------ */

struct kernel_events {
    double count, person_years; /* >= 0, > 0 */
};
enum kernel_ratio_method {
    KERNEL_RATIO_EXACT, /* given the sum of both counts, the first is binomial:
                         * limits of Clopper and Pearson 1934 */
    KERNEL_RATIO_MIDP,  /* the same, mid-P */
    KERNEL_RATIO_LOG_NORMAL, /* no answer without events in the first */
};

/* Rate of the first over that of the reference, whose count is above 0. */
bool kernel_rate_ratio(const struct kernel_events *first,
                       const struct kernel_events *reference,
                       enum kernel_ratio_method method, double confidence,
                       struct kernel_interval *out) MUST_USE;
/* Twice the smaller tail of the same binomial (at most 1), for equal rates. */
bool kernel_rate_ratio_p(const struct kernel_events *first,
                         const struct kernel_events *reference,
                         double *out) MUST_USE;
/* Rate of the first minus that of the reference, +- z sqrt(d1/p1^2 + d0/p0^2).
 * No answer without any event. */
bool kernel_rate_difference(const struct kernel_events *first,
                            const struct kernel_events *reference, double per,
                            double confidence,
                            struct kernel_interval *out) MUST_USE;

/* --- two standardised rates ----------------------------------------------- */

enum kernel_comparison_method {
    KERNEL_COMPARISON_LOG_DELTA, /* ratio exp(+- z sqrt((e1/r1)^2 + (e0/r0)^2))
                                  */
    KERNEL_COMPARISON_SMITH, /* test-based, ratio^(1 +- z/X) with X = (r1 - r0)
                              * / sqrt(e1^2 + e0^2): Smith 1987, in Boyle and
                              * Parkin 1991. No answer when |X| < 1e-6 */
};

/* Ratio of rates above 0 with standard errors above 0. */
bool kernel_comparison_ratio(const struct kernel_estimate *first,
                             const struct kernel_estimate *reference,
                             enum kernel_comparison_method method,
                             double confidence,
                             struct kernel_interval *out) MUST_USE;
/* Difference +- z sqrt(e1^2 + e0^2); not both errors 0. */
bool kernel_comparison_difference(const struct kernel_estimate *first,
                                  const struct kernel_estimate *reference,
                                  double confidence,
                                  struct kernel_interval *out) MUST_USE;

#endif
