/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_indirect.h - observed cases against those expected.
 *
 * Standardised incidence and mortality ratios, the funnels they are judged in,
 * and whether areas differ at all. As calc/kernel.h: inputs are checked, false
 * leaves the output untouched. A ratio is observed / expected: 1 is as many
 * cases as the reference rates give. */
#ifndef CALC_KERNEL_INDIRECT_H
#define CALC_KERNEL_INDIRECT_H

#include "base/arena.h"
#include "calc/kernel.h"
#include "calc/neighbours.h"

/* Cases that rates per `per` person-years would give: the sum of
 * person_years x rates / per over the classes (none of them negative). */
bool kernel_expected(const double *person_years, const double *rates,
                     size_t classes, double per, double *out) MUST_USE;

/* How the limits of an observed count are made; the expected one is taken as
 * without error. */
enum kernel_sir_method {
    KERNEL_SIR_EXACT, /* Garwood 1936 */
    /* Byar's approximation (Breslow and Day 1987, eq. 2.13); 0 where the
     * lower limit's cube root is negative. */
    KERNEL_SIR_BYAR,
    /* Public Health England: exact under 10 cases, else Byar. */
    KERNEL_SIR_PHE,
    /* Half the probability of the observed count in either tail (Lancaster
     * 1961). */
    KERNEL_SIR_MIDP,
    /* (sqrt(observed) +- z / 2)^2 (Vandenbroucke 1982), as printed: with
     * fewer than z^2 / 4 cases its square grows again, and the lower number
     * is no limit. */
    KERNEL_SIR_VANDENBROUCKE,
};

/* observed >= 0, expected > 0. */
bool kernel_sir(double observed, double expected, enum kernel_sir_method method,
                double confidence, struct kernel_interval *out) MUST_USE;
/* Exact two-sided p value of a whole count against the expected one: the
 * probability of all counts that are not likelier than the observed one (to
 * 1e-7, as in R's poisson.test). expected >= 0. */
bool kernel_sir_p(double observed, double expected, double *out) MUST_USE;

/* --- funnels -----------------------------------------------------------------
 * Limits around a target, between which a unit of that size falls by chance.
 */

enum kernel_funnel_method {
    /* Interpolated quantiles (Spiegelhalter 2005), never on the wrong
     * side of the target. */
    KERNEL_FUNNEL_EXACT,
    KERNEL_FUNNEL_BYAR, /* Byar's limits of the expected count; ratios only */
    KERNEL_FUNNEL_NORMAL,
};
/* Funnel of a ratio with target 1, lower limits not below 0. expected > 0. */
bool kernel_funnel_ratio(double expected, enum kernel_funnel_method method,
                         double confidence,
                         struct kernel_interval *out) MUST_USE;
/* Funnel of a proportion, target in (0, 1), trials > 0 and whole for the exact
 * one; limits in [0, 1]. KERNEL_FUNNEL_BYAR is false. */
bool kernel_funnel_proportion(double trials, double target,
                              enum kernel_funnel_method method,
                              double confidence,
                              struct kernel_interval *out) MUST_USE;
/* Where a count lies on the funnel's limits: the expected counts for which it
 * would (Garwood limits; the lower limit is met where more are expected). */
struct kernel_funnel_count {
    double expected_on_lower, expected_on_upper; /* upper 0 without a case */
    double lower, upper; /* the ratios there; upper 0 without a case */
};
bool kernel_funnel_count(double count, double confidence,
                         struct kernel_funnel_count *out) MUST_USE;

/* Where a count lies by exact limits of 95 and 99.8 %. */
enum kernel_funnel_position {
    KERNEL_FUNNEL_BELOW_998,
    KERNEL_FUNNEL_BELOW_95,
    KERNEL_FUNNEL_WITHIN,
    KERNEL_FUNNEL_ABOVE_95,
    KERNEL_FUNNEL_ABOVE_998,
};
/* observed >= 0, expected > 0. */
bool kernel_funnel_position(double observed, double expected,
                            enum kernel_funnel_position *out) MUST_USE;

/* More variation between units than chance gives (Spiegelhalter 2005): phi
 * is the mean square of the winsorised scores, tau2 the variance between units
 * on the scale of the scores (DerSimonian and Laird 1986, from phi), 0 when
 * there is none. */
struct kernel_overdispersion {
    double phi;
    double phi_raw; /* without winsorising */
    double tau2;
    size_t units; /* those with something expected */
};
/* Scores 2 (sqrt(observed) - sqrt(expected)), of variance 1; tau2 is that of
 * the square root of the ratio. `winsorised` in [0, 0.5): the share of units
 * at either end whose scores are pulled in to the quantile (R's type 7).
 * Needs two units with expected > 0; expected 0 and no case is left out. */
bool kernel_overdispersion_ratios(const double *observed,
                                  const double *expected, size_t units,
                                  double winsorised, struct arena *scratch,
                                  struct kernel_overdispersion *out) MUST_USE;
/* Scores of the arc sine of the square root; tau2 on that scale. */
bool kernel_overdispersion_proportions(
    const double *successes, const double *trials, size_t units, double target,
    double winsorised, struct arena *scratch,
    struct kernel_overdispersion *out) MUST_USE;
/* Funnels widened by overdispersion. phi multiplies the variance of the
 * ratio (under 1 it counts as 1): 1 +- z sqrt(phi / expected). */
bool kernel_funnel_ratio_phi(double expected, double phi, double confidence,
                             struct kernel_interval *out) MUST_USE;
/* tau2 >= 0 is added on the square root's scale:
 * (1 +- z sqrt(1 / (4 expected) + tau2))^2. */
bool kernel_funnel_ratio_tau2(double expected, double tau2, double confidence,
                              struct kernel_interval *out) MUST_USE;

/* --- do areas differ? ----------------------------------------------------- */

/* Tests that all areas have the same ratio, given their total of cases. */
struct kernel_heterogeneity {
    size_t areas;         /* those with something expected */
    double ratio;         /* all cases / all expected */
    double chi2, freedom; /* Pearson; expected scaled to the total of cases */
    double p;             /* of chi2, chi-squared distribution */
    /* The same with the exact variance of chi2 (Haldane 1937) by a gamma
     * distribution: holds where few cases are expected. */
    double p_sparse;
    /* Potthoff and Whittinghill 1966: E+ sum O(O-1)/E, its mean O+(O+ -1) and
     * standard deviation sqrt(2(n-1)O+(O+ -1)) given the total, one-sided
     * normal p. */
    double potthoff, potthoff_mean, potthoff_sd, potthoff_p;
    /* Standard deviation of the ratios beyond chance, over the common ratio
     * (Marshall 1991, moments); 0 when chance gives as much. */
    double spread;
};
/* Areas with expected 0 and no case are left out; expected 0 with cases is
 * false, as is less than two areas. Without any case nothing varies: p is 1. */
bool kernel_heterogeneity(const double *observed, const double *expected,
                          size_t areas,
                          struct kernel_heterogeneity *out) MUST_USE;

/* Strength of evidence that ratios vary between areas, from p_sparse. */
enum kernel_evidence {
    KERNEL_EVIDENCE_NONE,     /* p >= 0.05 */
    KERNEL_EVIDENCE_WEAK,     /* p < 0.05 */
    KERNEL_EVIDENCE_MODERATE, /* p < 0.01 */
    KERNEL_EVIDENCE_STRONG,   /* p < 0.001 */
};
enum kernel_evidence kernel_evidence(double p);

/* Moran's I (Moran 1950): do neighbours resemble each other? */
struct kernel_moran {
    double value;    /* I */
    double expected; /* -1 / (n - 1) */
    double variance; /* under randomisation (Cliff and Ord 1981) */
    double z, p;     /* normal, two-sided */
    size_t islands;  /* areas without neighbours, not counted in n */
};
/* An area's neighbours share a weight of 1. Needs four areas with neighbours
 * and values that are not all the same. Areas without neighbours stay in the
 * mean and the kurtosis, as in spdep::moran.test. */
bool kernel_moran(const double *values, const struct neighbours *neighbours,
                  struct kernel_moran *out) MUST_USE;

#endif
