/* SPDX-License-Identifier: EUPL-1.2 */
/* dense.h - dense symmetric positive definite systems, row by row: what the
 * sparse ones are compared with. */
#ifndef DENSE_H
#define DENSE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Cholesky factor of a symmetric positive definite matrix [n * n], in its
 * lower triangle (the upper one is neither read nor written). False when it is
 * not positive definite. */
static inline bool dense_factor(double *matrix, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double *row = matrix + j * n;
        for (size_t k = 0; k < j; k++) {
            const double *other = matrix + k * n;
            double sum = row[k];
            for (size_t i = 0; i < k; i++)
                sum -= row[i] * other[i];
            row[k] = sum / other[k];
        }
        double pivot = row[j];
        for (size_t i = 0; i < j; i++)
            pivot -= row[i] * row[i];
        if (!(pivot > 0.0) || !isfinite(pivot))
            return false;
        row[j] = sqrt(pivot);
    }
    return true;
}

static inline void dense_lower(const double *factor, size_t n, size_t from,
                               double *b)
{
    for (size_t i = from; i < n; i++) {
        double sum = b[i];
        for (size_t k = from; k < i; k++)
            sum -= factor[i * n + k] * b[k];
        b[i] = sum / factor[i * n + i];
    }
}

static inline void dense_upper(const double *factor, size_t n, double *b)
{
    for (size_t i = n; i-- > 0;) {
        b[i] /= factor[i * n + i];
        for (size_t k = 0; k < i; k++)
            b[k] -= factor[i * n + k] * b[i];
    }
}

/* Solves A x = b in place, given the factor of A. */
static inline void dense_solve(const double *factor, size_t n, double *b)
{
    dense_lower(factor, n, 0, b);
    dense_upper(factor, n, b);
}

/* log det A = twice the sum of the logs of the factor's diagonal. */
static inline double dense_log_det(const double *factor, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += log(factor[i * n + i]);
    return 2.0 * sum;
}

/* The inverse of A [n * n], whole, given the factor. */
static inline void dense_inverse(const double *factor, size_t n,
                                 double *inverse)
{
    /* Row j of `inverse` is solved as column j: the result is symmetric. */
    memset(inverse, 0, n * n * sizeof *inverse);
    for (size_t j = 0; j < n; j++) {
        double *column = inverse + j * n;
        column[j] = 1.0;
        dense_lower(factor, n, j, column); /* zeros above j stay */
        dense_upper(factor, n, column);
    }
}

#endif
