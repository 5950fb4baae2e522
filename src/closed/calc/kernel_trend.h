/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_trend.h - trends of yearly rates: yearly change, joinpoints.
 *
 * A series has one rate a year, years strictly increasing (gaps allowed). On
 * the log scale (the usual one) a slope b is an annual percent change
 * APC = 100 (exp(b) - 1), and rates are positive; on the linear scale the
 * change is b itself, in the rates' unit a year.
 *
 * Kernels return false, with the output untouched, for years out of order,
 * numbers that are not finite or not positive where they must be, too few
 * years, and a confidence outside (0, 1). */
#ifndef CALC_KERNEL_TREND_H
#define CALC_KERNEL_TREND_H

#include "base/arena.h"
#include "base/err.h"
#include "calc/kernel.h"
#include "model/joinpoint.h"

enum trend_scale {
    TREND_LOG,
    TREND_LINEAR,
};

struct trend_series {
    const double *years, *rates; /* [count] */
    const double *weights; /* [count] > 0: 1 / variance up to a factor, on the
                              scale of the fit; NULL for constant variance */
    size_t count;
    enum trend_scale scale;
};

/* Weights of the delta method, [count] into `weights`. */
/* From standard errors > 0 of the rates: (rate / error)^2 on the log scale,
 * 1 / error^2 on the linear one. */
bool trend_weights_errors(const double *rates, const double *errors,
                          size_t count, enum trend_scale scale,
                          double *weights) MUST_USE;
/* From counts > 0 with Poisson variance: the count on the log scale,
 * count / rate^2 on the linear one. */
bool trend_weights_poisson(const double *rates, const double *counts,
                           size_t count, enum trend_scale scale,
                           double *weights) MUST_USE;

struct trend_slope {
    double slope, error; /* a year, on the scale of the fit */
    double freedom;      /* of Student's distribution; 0 for the normal one */
    double p;            /* two-sided, of no change */
    struct kernel_interval change; /* percent a year, or units a year */
};

/* -1, 0 or 1: the direction of a change whose interval excludes 0. An arrow is
 * drawn for nothing else. */
int trend_direction(const struct kernel_interval *change);

/* Fills p and change from slope, error and freedom. */
bool trend_judge(struct trend_slope *slope, enum trend_scale scale,
                 double confidence) MUST_USE;

enum trend_limits {
    TREND_STUDENT, /* t with count - 2 degrees of freedom */
    TREND_NORMAL,
};

/* Change of one line through the whole series, by (weighted) least squares;
 * at least 3 years. */
bool kernel_apc(struct arena *scratch, const struct trend_series *series,
                enum trend_limits limits, double confidence,
                struct trend_slope *out) MUST_USE;

enum trend_spread {
    TREND_POISSON,
    TREND_QUASI, /* variance = dispersion x mean (McCullagh and Nelder 1989) */
};

struct trend_counts {
    const double *years, *counts, *person_years; /* [count] */
    size_t count;
};

/* Log-linear Poisson regression of counts with the log of person-years as
 * offset; Wald limits from the normal distribution. Zero counts are no
 * trouble, as long as there is one case. *dispersion is Pearson's X2 divided
 * by its degrees of freedom; at least 3 years. */
bool kernel_apc_poisson(struct arena *scratch,
                        const struct trend_counts *counts,
                        enum trend_spread spread, double confidence,
                        struct trend_slope *out, double *dispersion) MUST_USE;

/* A segment of a joinpoint model, or any stretch of years with one slope. */
struct trend_segment {
    double start, stop;
    struct trend_slope slope;
};

/* Average annual percent change over the years from..to, which the segments
 * (one after the other) cover: the mean of the slopes weighted by the length
 * of each segment within the window, with a normal interval (Clegg, Hankey,
 * Tiwari, Feuer, Edwards 2009; segments taken as independent). */
bool kernel_aapc(const struct trend_segment *segments, size_t count,
                 double from, double to, enum trend_scale scale,
                 double confidence, struct trend_slope *out) MUST_USE;

/* --- joinpoint regression ------------------------------------------------- */

enum {
    JOINPOINT_MAX = 4,     /* joins */
    JOINPOINT_PLACES = 600 /* places of the grid, at most */
};

struct joinpoint_options {
    size_t grid;    /* equally spaced places between two years; 0: joins lie
                       on observed years only */
    size_t ends;    /* observations before the first join and after the last,
                       >= 2, not counting one that lies on the join */
    size_t between; /* the same between two joins, >= 2 */
};

/* The best model with a given number of joins: lines that meet at the joins,
 * with the least (weighted) sum of squares over all places of the grid. */
struct joinpoint_model {
    size_t joins;
    double places[JOINPOINT_MAX]; /* [joins] in years, increasing */
    double slopes[JOINPOINT_MAX + 1];
    double sse;          /* weighted sum of squares on the scale of the fit */
    double mse;          /* sse / (count - 2 joins - 2) */
    double bic, bic3;    /* ln(sse / n) + (2k + 2 or 3k + 2) ln(n) / n */
    double wbic, weight; /* bic (1 - weight) + bic3 weight (Kim and others
                            2023); weight is the greatest partial R2 of a
                            change of slope, 0 without joins */
};

/* The exact optimum (Lerman 1980: grid search); a bound from lines that need
 * not meet leaves out what cannot be better. Needs as many years as
 * joinpoint_years says, and at most JOINPOINT_PLACES places. */
bool kernel_joinpoint(struct arena *scratch, const struct trend_series *series,
                      const struct joinpoint_options *options, size_t joins,
                      struct joinpoint_model *out) MUST_USE;

/* The least number of years for so many joins. */
size_t joinpoint_years(const struct joinpoint_options *options, size_t joins);
/* What NCI's program takes as greatest number of joins by default. */
size_t joinpoint_default_joins(size_t years);

/* Segments of a model, [joins + 1], with the standard errors of NCI's program:
 * a separate weighted line per segment without the observations that lie on a
 * join, one pooled variance with n - dropped - 2 (joins + 1) degrees of
 * freedom, Student's t. The slopes are those of the model. */
bool kernel_joinpoint_segments(struct arena *scratch,
                               const struct trend_series *series,
                               const struct joinpoint_model *model,
                               double confidence,
                               struct trend_segment *segments) MUST_USE;

/* Rates the model expects, [count]. */
bool kernel_joinpoint_fitted(struct arena *scratch,
                             const struct trend_series *series,
                             const struct joinpoint_model *model,
                             double *fitted) MUST_USE;

/* One permutation test: `null` joins against `alternative` (Kim, Fay, Feuer,
 * Midthune 2000). p = share of data sets with a ratio of sums of squares as
 * great as observed, the observed one included. */
struct joinpoint_test {
    size_t null, alternative;
    double p, level;
    bool rejected; /* p < level */
};

struct joinpoint_permutation {
    size_t least, most;  /* joins */
    size_t permutations; /* 4499 is usual */
    uint64_t seed;       /* same seed, same result */
    double level;        /* overall, 0.05 is usual */
    int jobs;            /* processes; the result does not depend on it */
};

struct joinpoint_tests {
    struct joinpoint_test at[JOINPOINT_MAX]; /* [count], in their order */
    size_t count;
    size_t chosen; /* joins to keep */
};

/* The sequence of tests of NCI's program: `least` against `most`; a rejection
 * raises the null by one, else the alternative falls by one, until they meet.
 * Each at level / (most - null). Residuals are permuted times the square root
 * of their weights; each permutation has a generator of its own. models:
 * [most + 1], those from `least` on. ERR_INPUT for what this header calls
 * false; ERR_IO or ERR_MEMORY when a worker could not count to the end. */
bool kernel_joinpoint_permutation(struct arena *scratch,
                                  const struct trend_series *series,
                                  const struct joinpoint_options *options,
                                  const struct joinpoint_permutation *how,
                                  const struct joinpoint_model *models,
                                  struct joinpoint_tests *out,
                                  struct err *err) MUST_USE;

/* The joins of the model with the least criterion, of equals the fewest.
 * models: as above. */
size_t joinpoint_least(const struct joinpoint_model *models, size_t least,
                       size_t most, enum joinpoint_choice choice);

/* --- one continuous break point ------------------------------------------- */

enum {
    TREND_BREAK_YEARS = 5, /* at least: one degree left for the errors */
};

/* Two lines that meet at a place that may be any date, estimated with its
 * standard error (Muggeo 2003; the exact optimum of Hudson 1966). */
struct trend_break {
    double place, error;           /* in years */
    struct kernel_interval limits; /* of the place: Student's t, count - 4
                                      degrees of freedom; not cut at the ends
                                      of the years */
    double sse;                    /* weighted, on the scale of the fit */
    bool inside; /* false: the best place is an end of from..to, where the sum
                    of squares may fall further: no break was found inside */
    struct trend_segment segments[2];
};

/* Where a place is looked for unless told otherwise: between the quantiles a
 * and 1 - a of the years, a = max(0.05, 1 / count), with two observations on
 * either side. At least 3 years. */
void trend_break_range(const struct trend_series *series, double *from,
                       double *to);

/* from <= to lie between the second year and the last but one. False too for
 * points that lie on one line. On an observed year the errors are those of
 * the side, year before or after the break, with the greater error of the
 * place. */
bool kernel_break_point(struct arena *scratch,
                        const struct trend_series *series, double from,
                        double to, double confidence,
                        struct trend_break *out) MUST_USE;

/* --- counts by age and period --------------------------------------------- */

/* Cases and person-years by age class [classes] at two dates. */
struct decomposition_input {
    const double *cases1, *years1, *cases2, *years2;
    size_t classes;
};

enum decomposition_method {
    /* Both populations are brought to the size of the first: what is left is
     * due to size (Bashir and Esteve 2000). */
    DECOMPOSITION_BASHIR_ESTEVE,
    /* Size, then ageing at the rates of the first date, then risk in the
     * second population. */
    DECOMPOSITION_SEQUENTIAL,
};

/* size + ageing + risk = change, exactly up to rounding of doubles. */
struct decomposition {
    double cases1, cases2, change; /* cases2 - cases1 */
    double expected; /* cases of the second population at the first rates */
    double risk, size, ageing; /* cases */
};

/* A class with cases at either date has person-years at that date; one with
 * person-years at the second date only has no rate of the first: false. */
bool kernel_decomposition(const struct decomposition_input *input,
                          enum decomposition_method method,
                          struct decomposition *out) MUST_USE;

/* A Lexis table: age classes and periods of equal width (5 years and 5 years,
 * 1 and 1), so that a birth cohort is a diagonal. counts, person_years:
 * [ages * periods], age by age. Cohort 0 is the oldest: the last age class in
 * the first period; cohort of a cell = ages - 1 - age + period. */
struct lexis {
    const double *counts, *person_years;
    size_t ages, periods;
    double first_age, first_period, width; /* in years */
};

/* A cell (age a, period p) holds people born in a span of twice the width,
 * centred on first_period + p width - first_age - a width. */
double lexis_birth(const struct lexis *table, size_t cohort);

/* Rates by cohort and age: out [cohorts * ages] per `per` person-years; a cell
 * that the table does not reach, or without person-years, has observed false.
 * cohorts = ages + periods - 1. */
struct lexis_rate {
    double count, person_years, rate;
    bool observed;
};
bool kernel_lexis(const struct lexis *table, double per,
                  struct lexis_rate *out) MUST_USE;

#endif
