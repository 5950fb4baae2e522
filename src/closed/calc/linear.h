/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/linear.h - small dense linear algebra for fits. Row-major matrices. */
#ifndef CALC_LINEAR_H
#define CALC_LINEAR_H

#include "base/arena.h"

/* Cholesky factor of a symmetric positive definite matrix [n * n], in its
 * lower triangle (the upper one is neither read nor written). False when it is
 * not positive definite. */
bool linear_cholesky(double *matrix, size_t n) MUST_USE;
/* Solves A x = b in place, given the factor of A. */
void linear_cholesky_solve(const double *factor, size_t n, double *b);
/* log det A = twice the sum of the logs of the factor's diagonal. */
double linear_cholesky_log_det(const double *factor, size_t n);
/* The inverse of A [n * n], whole, given the factor. */
void linear_cholesky_inverse(const double *factor, size_t n, double *inverse);

/* Weighted least squares: minimises sum w (y - X b)^2. x: [rows * columns],
 * weights: [rows] or NULL for ones; a row without weight counts for nothing.
 * By Householder reflections; columns that depend on earlier ones (to 1e-10)
 * get coefficient and variance 0, as in R's lm. */
struct linear_fit {
    double *coefficients; /* [columns] */
    double *unscaled;     /* [columns * columns] (X'WX)^-1 */
    double residual;      /* sum w (y - X b)^2 */
    size_t rank;
};
bool linear_least_squares(struct arena *scratch, const double *x,
                          const double *y, const double *weights, size_t rows,
                          size_t columns, struct linear_fit *out) MUST_USE;

#endif
