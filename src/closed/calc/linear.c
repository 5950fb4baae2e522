/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/linear.h"

#include <math.h>
#include <string.h>

/* The weighted design, column by column, reduced to R in place. */
struct reduction {
    double *q; /* [columns * rows], column-major */
    double *y; /* [rows] */
    size_t rows, columns;
    size_t *pivots; /* [rank] columns kept, in order */
    size_t rank;
};

static double norm(const double *at, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += at[i] * at[i];
    return sqrt(sum);
}

static void reflect(const double *v, double scale, double *x, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += v[i] * x[i];
    for (size_t i = 0; i < count; i++)
        x[i] -= scale * sum * v[i];
}

/* One column: below the rank so far it becomes R's, unless nothing is left of
 * it, and then it is dropped. */
static void take_column(struct reduction *at, size_t column, double full,
                        double *v)
{
    size_t from = at->rank, left = at->rows - from;
    double *x = at->q + column * at->rows + from;
    double length = norm(x, left);
    if (left == 0 || length <= 1e-10 * full || full == 0.0)
        return;
    memcpy(v, x, left * sizeof *v);
    v[0] += copysign(length, x[0]);
    double scale = 0.0;
    for (size_t i = 0; i < left; i++)
        scale += v[i] * v[i];
    scale = 2.0 / scale;
    for (size_t c = column; c < at->columns; c++)
        reflect(v, scale, at->q + c * at->rows + from, left);
    reflect(v, scale, at->y + from, left);
    at->pivots[at->rank++] = column;
}

static double r_at(const struct reduction *at, size_t i, size_t j)
{
    return at->q[at->pivots[j] * at->rows + i];
}

/* R b = y for the kept columns. */
static void back(const struct reduction *at, double *b)
{
    for (size_t i = at->rank; i-- > 0;) {
        for (size_t j = i + 1; j < at->rank; j++)
            b[i] -= r_at(at, i, j) * b[j];
        b[i] /= r_at(at, i, i);
    }
}

/* (X'WX)^-1 = R^-1 R^-T over the kept columns. */
static void unscaled(struct arena *scratch, const struct reduction *at,
                     double *out)
{
    size_t k = at->rank;
    double *inverse = arena_array(scratch, k * k + 1, sizeof *inverse);
    for (size_t j = 0; j < k; j++) { /* column j of R^-1, in row j */
        inverse[j * k + j] = 1.0;
        back(at, inverse + j * k);
    }
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b < k; b++) {
            double sum = 0.0;
            for (size_t j = 0; j < k; j++)
                sum += inverse[j * k + a] * inverse[j * k + b];
            out[at->pivots[a] * at->columns + at->pivots[b]] = sum;
        }
    }
}

static struct reduction weigh(struct arena *scratch, const double *x,
                              const double *y, const double *weights,
                              size_t rows, size_t columns)
{
    struct reduction at = {
        .q = arena_array(scratch, rows * columns + 1, sizeof(double)),
        .y = arena_array(scratch, rows + 1, sizeof(double)),
        .pivots = arena_array(scratch, columns + 1, sizeof(size_t)),
        .rows = rows,
        .columns = columns,
    };
    for (size_t i = 0; i < rows; i++) {
        double root = weights == NULL ? 1.0 : sqrt(weights[i]);
        if (root == 0.0)
            continue; /* also where x or y is not finite */
        for (size_t c = 0; c < columns; c++)
            at.q[c * rows + i] = root * x[i * columns + c];
        at.y[i] = root * y[i];
    }
    return at;
}

bool linear_least_squares(struct arena *scratch, const double *x,
                          const double *y, const double *weights, size_t rows,
                          size_t columns, struct linear_fit *out)
{
    struct reduction at = weigh(scratch, x, y, weights, rows, columns);
    double *v = arena_array(scratch, rows + 1, sizeof *v);
    for (size_t c = 0; c < columns; c++)
        take_column(&at, c, norm(at.q + c * rows, rows), v);
    struct linear_fit fit = {
        .coefficients = arena_array(scratch, columns + 1, sizeof(double)),
        .unscaled = arena_array(scratch, columns * columns + 1, sizeof(double)),
        .rank = at.rank,
    };
    double rest = norm(at.y + at.rank, rows - at.rank);
    fit.residual = rest * rest;
    back(&at, at.y);
    for (size_t j = 0; j < at.rank; j++)
        fit.coefficients[at.pivots[j]] = at.y[j];
    unscaled(scratch, &at, fit.unscaled);
    for (size_t c = 0; c < columns; c++) {
        if (!isfinite(fit.coefficients[c]))
            return false;
    }
    if (!isfinite(fit.residual))
        return false;
    *out = fit;
    return true;
}
