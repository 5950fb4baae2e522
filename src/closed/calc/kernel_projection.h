/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_projection.h - projections of cases beyond what was observed,
 * and the grade of an estimate by calibration.
 *
 * What comes out is projected or estimated, never observed: whoever publishes
 * it marks it so. Pure functions, see calc/kernel.h: false, with the output
 * untouched, when an input is not finite or out of range, or a model does not
 * fit. */
#ifndef CALC_KERNEL_PROJECTION_H
#define CALC_KERNEL_PROJECTION_H

#include "base/arena.h"
#include "calc/kernel.h"

/* --- log-linear ----------------------------------------------------------- */

struct kernel_series {
    const double *years, *counts, *person_years;      /* [observed] */
    size_t observed;                                  /* 3 or more */
    const double *future_years, *future_person_years; /* [future] */
    size_t future;
};
struct kernel_projected {
    struct kernel_interval cases; /* value: expected; limits of prediction */
    double standard_error;        /* of log(expected), with the dispersion */
};
struct kernel_log_linear {
    double slope, slope_error;          /* of log(rate), a year */
    double dispersion;                  /* of the quasi-Poisson fit */
    struct kernel_projected *projected; /* [future], in `scratch` */
};
/* The rate changes by the same percentage every year: quasi-Poisson regression
 * on the year. Limits of a future count (Hakulinen and Dyba 1994):
 * expected +- z sqrt(dispersion x expected + (expected x standard error)^2),
 * the lower not below 0. */
bool kernel_log_linear_projection(struct arena *scratch,
                                  const struct kernel_series *series,
                                  double confidence,
                                  struct kernel_log_linear *out) MUST_USE;

/* --- age-period-cohort (nordpred) ----------------------------------------- */

enum kernel_nordpred_link {
    KERNEL_NORDPRED_POWER5,  /* rate = (linear predictor)^5 */
    KERNEL_NORDPRED_POISSON, /* rate = exp(linear predictor) */
};
enum kernel_nordpred_trend {
    KERNEL_NORDPRED_CHOSEN,  /* by the test of a curved trend, at 5 % */
    KERNEL_NORDPRED_AVERAGE, /* of all periods fitted */
    KERNEL_NORDPRED_RECENT,  /* of the last two periods */
};
/* Five-year ages and five-year periods, both in order. Ages are numbered from
 * 0. */
struct kernel_nordpred_data {
    const double *cases;        /* [ages * observed] */
    const double *person_years; /* [ages * (observed + future)] */
    size_t ages, observed, future;
    size_t first_fitted; /* youngest age of the regression */
    size_t first_used;   /* youngest age that it projects; >= first_fitted */
    size_t periods;      /* last periods fitted, 3 ... observed; 0: 6, 5 or 4,
                            the most whose fit is not rejected at 1 % */
    enum kernel_nordpred_link link;
    enum kernel_nordpred_trend trend;
    const double *cut; /* [future] share of the drift taken away, 0 ... 1 */
};
struct kernel_nordpred {
    double *cases; /* [ages * future] projected, in `scratch` */
    size_t periods;
    bool recent;
    double fit_probability;    /* of so large a deviance */
    double recent_probability; /* of so curved a trend, were it straight */
};
/* The method of the Nordic countries (Moller and others 2003): age, drift,
 * period and cohort, the drift going on with cuts. Ages below first_used keep
 * the mean rate of the last two periods. A linear predictor below 0, which the
 * power link can reach, is a rate of 0. Without interval, as the method. */
bool kernel_nordpred(struct arena *scratch,
                     const struct kernel_nordpred_data *data,
                     struct kernel_nordpred *out) MUST_USE;

/* --- calibration ---------------------------------------------------------- */

/* Grades of an estimate of incidence from another source (deaths, hospital
 * stays), by its errors where a registry can tell (Chatignoux and others 2019).
 */
enum kernel_grade {
    KERNEL_GRADE_NONE, /* no rule decides: a person does */
    KERNEL_GRADE_A_PLUS_PLUS,
    KERNEL_GRADE_A_PLUS,
    KERNEL_GRADE_B, /* "B--": not published by département */
};
/* errors: [districts] relative errors of prediction, (predicted - observed) /
 * observed, each district left out in turn. A++: all below 15 % in size. B--:
 * one above 30 %, or more than 20 % of them from 15 to 30 %. A+: none above
 * 30 %, less than 20 % from 15 to 30 %, and the standard deviation of incidence
 * between districts more than twice that of the calibration (both on the log
 * scale; 0 and 0 when unknown: no A+). */
bool kernel_calibration_grade(const double *errors, size_t districts,
                              double incidence_deviation,
                              double calibration_deviation,
                              enum kernel_grade *out) MUST_USE;

#endif
