/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_small_area.h - rates of small areas, held together.
 *
 * An area with few cases has a wild ratio; empirical Bayes estimators pull it
 * towards the whole (or its neighbours) by as much as it is uncertain. As
 * calc/kernel.h: inputs are checked, false leaves the output untouched. An
 * area with nothing expected and no case says nothing: it is left out of the
 * fit and gets the common value; one with cases but nothing expected is
 * false. Needs two areas that say something. */
#ifndef CALC_KERNEL_SMALL_AREA_H
#define CALC_KERNEL_SMALL_AREA_H

#include "base/arena.h"
#include "calc/neighbours.h"

/* Marshall 1991: mean and variance of the true rates by moments. A variance
 * that chance alone explains is 0: all areas get the mean. */
struct kernel_marshall {
    double mean;     /* all cases / all of the base */
    double variance; /* between areas */
};
/* estimates: [areas], in cases per unit of `base` (person-years, or expected
 * cases: then ratios). */
bool kernel_marshall(const double *cases, const double *base, size_t areas,
                     double *estimates, struct kernel_marshall *out) MUST_USE;
/* The same for proportions, cases <= base (Martuzzi and Elliott 1996). */
bool kernel_marshall_binomial(const double *cases, const double *base,
                              size_t areas, double *estimates,
                              struct kernel_marshall *out) MUST_USE;
/* Each area towards the mean of itself and its neighbours. Squares of the
 * neighbourhood are taken from each area's own local mean, as spdep::EBlocal
 * does; `own` takes them from the mean of the neighbourhood, as Marshall
 * wrote. An island stays as it is. */
bool kernel_marshall_local(const double *cases, const double *base,
                           const struct neighbours *neighbours, bool own,
                           struct arena *scratch, double *estimates) MUST_USE;

/* When an estimate that is improved round by round is good enough: after
 * `most` rounds, or when mean and variance move by less than `tolerance` of
 * their sum; most = 0 goes on until it is solved. DCluster's functions, which
 * others compare with, stop after 20 rounds or at 1e-5. */
struct kernel_rounds {
    size_t most;
    double tolerance; /* > 0 */
};

/* Relative risks with a gamma distribution, or all the same. */
struct kernel_gamma_prior {
    double mean;
    bool varies;        /* chance does not explain all; else: */
    double shape, rate; /* mean = shape / rate; 0 when nothing varies */
};
/* Clayton and Kaldor 1987: the moments that the posterior means
 * have themselves. There are none when Pearson's chi-squared (expected counts
 * as they are, divided by the common ratio) is no more than its freedom:
 * nothing varies then. */
bool kernel_gamma_poisson(const double *observed, const double *expected,
                          size_t areas, struct kernel_rounds rounds,
                          struct kernel_gamma_prior *out) MUST_USE;
/* Maximum likelihood of the counts, which are negative binomial then; nothing
 * varies when no gamma distribution is likelier than chance alone. */
bool kernel_negative_binomial(const double *observed, const double *expected,
                              size_t areas,
                              struct kernel_gamma_prior *out) MUST_USE;
/* What is known of an area's relative risk after its cases. */
struct kernel_gamma_risk {
    double mean, median, lower, upper;
    double above; /* P(relative risk > 1) */
};
/* The gamma distribution of shape + observed and rate + expected. When nothing
 * varies all of them are the mean, and `above` is 0 or 1, a half at 1. */
bool kernel_gamma_posterior(const struct kernel_gamma_prior *prior,
                            double observed, double expected, double confidence,
                            struct kernel_gamma_risk *out) MUST_USE;

/* Log-normal relative risks (Clayton and Kaldor 1987), by an EM
 * of a quadratic likelihood: mean and variance of the log. */
struct kernel_log_normal {
    double mean, variance;
};
/* logs: [areas], the estimates; their exponentials are relative risks. */
bool kernel_log_normal(const double *observed, const double *expected,
                       size_t areas, struct kernel_rounds rounds, double *logs,
                       struct kernel_log_normal *out) MUST_USE;

#endif
