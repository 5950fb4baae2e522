/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/glm.h - Poisson regression of counts.
 *
 * count ~ Poisson(exposure x inverse link(x b + offset)), by iteratively
 * reweighted least squares (Nelder and Wedderburn 1972; McCullagh and Nelder
 * 1989, section 2.5). Start, halving of steps, end (relative change of the
 * deviance below 1e-8) and the weights behind `unscaled` are those of R's
 * glm, so that a fit agrees with R's to rounding. */
#ifndef CALC_GLM_H
#define CALC_GLM_H

#include "base/arena.h"

enum glm_link {
    GLM_LOG,      /* mean = exposure x exp(eta) */
    GLM_IDENTITY, /* mean = exposure x eta */
    GLM_POWER5,   /* mean = exposure x eta^5, eta > 0 (nordpred) */
};

struct glm_data {
    const double *x;        /* [rows * columns], row-major; with its constant */
    const double *counts;   /* [rows] >= 0, whole or not */
    const double *exposure; /* [rows] >= 0 (person-years), NULL for ones */
    const double *offset;   /* [rows] added to x b, NULL for none */
    const double *weights;  /* [rows] >= 0 prior weights, NULL for ones */
    size_t rows, columns;
    enum glm_link link;
};

/* A row without exposure, or without weight, counts for nothing; its fitted
 * mean is still given. Columns that depend on earlier ones get coefficient
 * and variance 0, as the aliased ones of R. */
struct glm_fit {
    double *coefficients; /* [columns] */
    double *unscaled;     /* [columns * columns] (X'WX)^-1: the covariance of
                             a Poisson fit; times `dispersion` quasi-Poisson */
    double *fitted;       /* [rows] means, in counts */
    double deviance;
    double pearson;    /* sum w (count - mean)^2 / mean */
    double dispersion; /* pearson / freedom up to the last step, as R's
                          summary.glm; 0 without freedom */
    size_t used;       /* rows that count */
    size_t rank;
    size_t freedom; /* used - rank */
};

/* False, with `out` untouched, for a negative or not finite number, a count
 * without exposure, no row that counts, and a fit that does not converge or
 * finds no positive means. Results live in `scratch`. */
bool glm_poisson(struct arena *scratch, const struct glm_data *data,
                 struct glm_fit *out) MUST_USE;

/* x b + offset and its variance (unscaled, without dispersion) at one row of
 * a design: the standard error of a prediction on the scale of the link. */
void glm_predict(const struct glm_fit *fit, const double *row, size_t columns,
                 double *eta, double *variance);

#endif
