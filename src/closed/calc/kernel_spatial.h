/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_spatial.h - relative risks of small areas, smoothed on a map.
 *
 * Observed counts O_i ~ Poisson(E_i exp(eta_i)), where eta_i = alpha +
 * covariates + spatial effect. Two models of the effect:
 *
 * - BYM2 (Riebler, Sorbye, Simpson and Rue 2016): sigma (sqrt(1 - phi) theta +
 *   sqrt(phi) u), theta independent N(0, 1), u an intrinsic autoregression,
 *   scaled in each connected part of the map to variances of geometric mean 1,
 *   with sum zero there; an area without neighbours has u ~ N(0, 1)
 *   (Freni-Sterrantino, Ventrucci and Rue 2018).
 * - Leroux (Leroux, Lei and Breslow 2000): precision (lambda R + (1 - lambda)
 *   I) / sigma^2, R the structure matrix of the neighbourhood: the number of
 *   neighbours on the diagonal, -1 for neighbours.
 *
 * Priors: alpha and coefficients N(0, 10^2), sigma exponential with P(sigma >
 * 1) = 0.01 (Simpson and others 2017), phi and lambda uniform. Instead of
 * those of sigma and phi, inverse gamma distributions of variances can be had,
 * as in older programs: of sigma^2 for Leroux; for BYM2, as in the model of
 * Besag, York and Mollie (1991), one of the variance sigma^2 (1 - phi) of the
 * independent effect and the same one of that of the unscaled autoregression,
 * sigma^2 phi over the scale. They forbid variances near 0: a map without
 * variation gets some.
 *
 * The posterior comes from a nested Laplace approximation (Rue, Martino and
 * Chopin 2009) over a lattice in log sigma and logit phi, weighed to second
 * order (Shun and McCullagh 1995). At each point the log risk of an area has
 * the Gaussian of the prior and the other areas, moved to first order by their
 * skewed likelihoods, times the area's own Poisson likelihood: a Gaussian alone
 * errs up to 7 % for small counts, and without bound where none was observed
 * and little is known. The results are mixtures over the lattice. Nothing is
 * simulated: same input, same bytes.
 *
 * Counts should not be few everywhere: below some ten cases in all the limits
 * are those of the prior. */
#ifndef CALC_KERNEL_SPATIAL_H
#define CALC_KERNEL_SPATIAL_H

#include "base/arena.h"
#include "calc/neighbours.h"

enum kernel_spatial_model {
    SPATIAL_BYM2,
    SPATIAL_LEROUX,
};

/* An inverse gamma distribution: density scale^shape / Gamma(shape) v^(-shape -
 * 1) exp(-scale / v). */
struct kernel_spatial_variance {
    double shape, scale; /* > 0 */
};

/* A map with its counts, and what is believed beforehand. */
struct kernel_spatial_map {
    struct neighbours neighbours;
    const double *observed;          /* [areas] >= 0, whole or not */
    const double *expected;          /* [areas] > 0 */
    const double *const *covariates; /* [covariate_count] each [areas], in a
                                        unit whose coefficient is well below
                                        10 */
    size_t covariate_count;
    const struct kernel_spatial_variance *variance; /* NULL: sigma exponential,
                                                       phi uniform */
};

/* What is wrong with a map: the first fault found. */
enum kernel_spatial_fault {
    SPATIAL_SOUND,
    SPATIAL_NO_AREA,
    SPATIAL_OBSERVED,   /* of `area` is negative or not finite */
    SPATIAL_EXPECTED,   /* of `area` is not above 0 or not finite: without any
                           nothing bounds a risk, and it has no mean */
    SPATIAL_NO_CASE,    /* none observed anywhere: nothing to estimate from */
    SPATIAL_COVARIATE,  /* number `other` of `area` is not finite */
    SPATIAL_CONSTANT,   /* covariate number `other` is the same everywhere */
    SPATIAL_VARIANCE,   /* shape or scale is not above 0 or not finite */
    SPATIAL_NEIGHBOURS, /* what neighbours_check says of `area` and `other` */
};
struct kernel_spatial_check {
    enum kernel_spatial_fault fault;
    size_t area, other;
};
struct kernel_spatial_check
kernel_spatial_check(const struct kernel_spatial_map *map);

/* A posterior distribution; lower and upper are of equal tails. */
struct kernel_spatial_posterior {
    double mean, sd, median, lower, upper;
};
struct kernel_spatial_fit {
    struct kernel_spatial_posterior *risks; /* [areas] exp(eta) */
    double *above_one;                      /* [areas] P(exp(eta) > 1) */
    struct kernel_spatial_posterior
        *fixed; /* [1 + covariate_count] alpha first */
    struct kernel_spatial_posterior sigma;
    struct kernel_spatial_posterior mixing; /* phi or lambda */
    double log_marginal; /* log p(observed): compares models */
    double log_evidence; /* log Bayes factor against a map without
                            any variation beyond the covariates */
    size_t points;       /* of the lattice that count */
};

/* The strength of evidence of variation, by the Bayes factor (Kass and Raftery
 * 1995): below 1, 3 and 20, and above. */
enum kernel_spatial_evidence {
    SPATIAL_EVIDENCE_NONE,
    SPATIAL_EVIDENCE_WEAK,
    SPATIAL_EVIDENCE_MODERATE,
    SPATIAL_EVIDENCE_STRONG,
};
enum kernel_spatial_evidence kernel_spatial_evidence(double log_evidence);

/* Fits; the result lives in the arena, where some megabytes are used for a
 * thousand areas. False, with `out` untouched, when the map has a fault,
 * confidence is not inside (0, 1), the numbers defeat the approximation, or
 * BYM2 with prior variances meets a map of several parts: each has its own
 * scale. */
bool kernel_spatial_fit(struct arena *arena,
                        const struct kernel_spatial_map *map,
                        enum kernel_spatial_model model, double confidence,
                        struct kernel_spatial_fit *out) MUST_USE;

#endif
