/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/kernel.h"

/* The rate as a weighted sum of Poisson counts: its value y, its variance v,
 * and the largest weight of one event. */
struct weighted_sum {
    double value, variance, heaviest;
};

static bool positive(double value)
{
    return isfinite(value) && value > 0.0;
}

static bool sum_classes(const double *counts, const double *person_years,
                        const double *weights, size_t classes, double total,
                        struct weighted_sum *out)
{
    struct num_sum value = {0}, variance = {0};
    double heaviest = 0.0;
    for (size_t i = 0; i < classes; i++) {
        if (!isfinite(weights[i]) || weights[i] < 0.0 || !isfinite(counts[i]) ||
            counts[i] < 0.0)
            return false;
        if (weights[i] == 0.0)
            continue;
        if (!positive(person_years[i]))
            return false;
        double weight = weights[i] / total / person_years[i];
        num_sum_add(&value, weight * counts[i]);
        num_sum_add(&variance, weight * weight * counts[i]);
        heaviest = fmax(heaviest, weight);
    }
    *out = (struct weighted_sum){num_sum_value(&value),
                                 num_sum_value(&variance), heaviest};
    return heaviest > 0.0;
}

/* Quantile of the gamma distribution with this mean and variance. */
static bool gamma_limit(double probability, double mean, double variance,
                        double *out)
{
    double quantile;
    if (!kernel_gamma_quantile(probability, mean * mean / variance, &quantile))
        return false;
    *out = variance / mean * quantile;
    return true;
}

/* Fay and Feuer 1997, eq. 6 and 7: the lower limit is a gamma quantile with
 * the moments of the rate (zero without events); the upper limit adds one
 * event in the class where it would weigh most. */
bool kernel_standardised_rate(const double *counts, const double *person_years,
                              const double *weights, size_t classes,
                              double total, double per, double confidence,
                              struct kernel_interval *out)
{
    struct weighted_sum sum;
    if (!positive(total) || !positive(per) ||
        !(confidence > 0.0 && confidence < 1.0) ||
        !sum_classes(counts, person_years, weights, classes, total, &sum))
        return false;
    double tail = 0.5 * (1.0 - confidence);
    double lower = 0.0, upper;
    if (sum.value > 0.0 && !gamma_limit(tail, sum.value, sum.variance, &lower))
        return false;
    double heaviest = sum.heaviest;
    if (!gamma_limit(1.0 - tail, sum.value + heaviest,
                     sum.variance + heaviest * heaviest, &upper))
        return false;
    *out = (struct kernel_interval){sum.value * per, lower * per, upper * per};
    return true;
}
