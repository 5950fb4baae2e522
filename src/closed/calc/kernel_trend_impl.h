/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_trend_impl.h - what the kernels of trends share. */
#ifndef CALC_KERNEL_TREND_IMPL_H
#define CALC_KERNEL_TREND_IMPL_H

#include "calc/kernel_trend.h"

/* A weighted line through (x, y): y = mean_y + slope (x - mean_x). */
struct trend_line {
    double mean_x, mean_y, slope;
    double sxx; /* sum w (x - mean_x)^2 */
    double sse;
};
/* weights may be NULL; two different x are needed. */
bool trend_line_fit(const double *x, const double *y, const double *weights,
                    size_t count, struct trend_line *out) MUST_USE;

/* Years in order, rates finite and positive where they must be, weights
 * positive. */
bool trend_valid(const struct trend_series *series) MUST_USE;
/* The rates on the scale of the fit, [count]. */
double *trend_response(struct arena *scratch,
                       const struct trend_series *series);
static inline double trend_weight(const double *weights, size_t i)
{
    return weights == NULL ? 1.0 : weights[i];
}

#endif
