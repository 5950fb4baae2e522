/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/weighted_sum.h"

#include <float.h>
#include <math.h>

#include "base/num.h"

bool weighted_sum(const struct kernel_classes *classes,
                  struct weighted_sum *out)
{
    struct num_sum value = {0}, variance = {0};
    double heaviest = 0.0, total = classes->total;
    if (!isfinite(total) || !(total > 0.0))
        return false;
    for (size_t i = 0; i < classes->count; i++) {
        double years = classes->person_years[i], count = classes->counts[i];
        double share = classes->weights[i];
        bool counts =
            share > 0.0 && count >= 0.0 && years > 0.0 && years <= DBL_MAX;
        if (!counts && share == 0.0 && count >= 0.0)
            continue;
        if (!counts)
            return false;
        double weight = share / years;
        num_sum_add(&value, weight * count);
        num_sum_add(&variance, weight * weight * count);
        if (weight > heaviest)
            heaviest = weight;
    }
    /* Not so either when a weight or a count is not finite. */
    if (!(heaviest > 0.0) || !isfinite(num_sum_value(&value)) ||
        !isfinite(num_sum_value(&variance)))
        return false;
    *out = (struct weighted_sum){
        .value = num_sum_value(&value) / total,
        .variance = num_sum_value(&variance) / total / total,
        .heaviest = heaviest / total,
    };
    return true;
}

static double shape_of(const struct weighted_gamma *gamma)
{
    return gamma->mean * gamma->mean / gamma->variance;
}

static double scale_of(const struct weighted_gamma *gamma)
{
    return gamma->variance / gamma->mean;
}

bool weighted_gamma_quantile(const struct weighted_gamma *gamma,
                             double probability, double *out)
{
    double quantile;
    if (gamma->mean == 0.0) {
        *out = 0.0;
        return true;
    }
    if (!kernel_gamma_quantile(probability, shape_of(gamma), &quantile))
        return false;
    *out = scale_of(gamma) * quantile;
    return true;
}

bool weighted_gamma_limits(const struct weighted_gamma pair[2], double tail,
                           double *lower, double *upper)
{
    double low, high;
    if (!kernel_gamma_limits(tail, shape_of(&pair[0]), shape_of(&pair[1]), &low,
                             &high))
        return false;
    *lower = scale_of(&pair[0]) * low;
    *upper = scale_of(&pair[1]) * high;
    return true;
}

/* P(X <= x), infinite when there is no answer: kernel_root then fails. */
static double probability_below(const struct weighted_gamma *gamma, double x)
{
    struct kernel_tails tails;
    if (gamma->mean == 0.0)
        return 1.0;
    if (!kernel_gamma_cdf(shape_of(gamma), x / scale_of(gamma), &tails))
        return (double)INFINITY;
    return tails.lower;
}

struct mixture {
    const struct weighted_gamma *pair;
    double probability;
};

static double mixture_excess(const void *context, double x)
{
    const struct mixture *mixture = context;
    return 0.5 * (probability_below(&mixture->pair[0], x) +
                  probability_below(&mixture->pair[1], x)) -
           mixture->probability;
}

/* The series of the distribution function has as many terms as standard
 * deviations have units: beyond this shape too many. */
static const double mid_shape_limit = 1e10;

bool weighted_gamma_mid(const struct weighted_gamma pair[2], double probability,
                        double *out)
{
    double first, second;
    struct mixture mixture = {pair, probability};
    if (pair[0].mean == 0.0 && probability <= 0.5) {
        *out = 0.0;
        return true;
    }
    if (shape_of(&pair[0]) > mid_shape_limit ||
        shape_of(&pair[1]) > mid_shape_limit)
        return false;
    if (!weighted_gamma_quantile(&pair[0], probability, &first) ||
        !weighted_gamma_quantile(&pair[1], probability, &second))
        return false;
    /* A little wider: quantiles are rounded. */
    return kernel_root(mixture_excess, &mixture,
                       fmin(first, second) * (1.0 - 1e-9),
                       fmax(first, second) * (1.0 + 1e-9), out);
}
