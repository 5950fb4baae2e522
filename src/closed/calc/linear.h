/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/linear.h - least squares, for fits. Row-major matrices. */
#ifndef CALC_LINEAR_H
#define CALC_LINEAR_H

#include "base/arena.h"

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
