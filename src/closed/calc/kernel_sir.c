/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/kernel_indirect.h"
#include "calc/kernel_rate.h"

bool kernel_expected(const double *person_years, const double *rates,
                     size_t classes, double per, double *out)
{
    struct num_sum sum = {0};
    if (classes == 0 || !isfinite(per) || !(per > 0.0))
        return false;
    for (size_t i = 0; i < classes; i++) {
        if (!isfinite(person_years[i]) || person_years[i] < 0.0 ||
            !isfinite(rates[i]) || rates[i] < 0.0)
            return false;
        num_sum_add(&sum, person_years[i] * (rates[i] / per));
    }
    if (!isfinite(num_sum_value(&sum)))
        return false;
    *out = num_sum_value(&sum);
    return true;
}

/* --- limits of the observed count ----------------------------------------- */

static void vandenbroucke_limits(double count, double z,
                                 struct kernel_interval *out)
{
    double low = sqrt(count) - 0.5 * z, high = sqrt(count) + 0.5 * z;
    out->lower = low * low;
    out->upper = high * high;
}

static bool count_limits(double count, enum kernel_sir_method method,
                         double confidence, struct kernel_interval *out)
{
    double z;
    if (!kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    if (method == KERNEL_SIR_PHE)
        method = count < 10.0 ? KERNEL_SIR_EXACT : KERNEL_SIR_BYAR;
    switch (method) {
    case KERNEL_SIR_EXACT:
    case KERNEL_SIR_PHE: /* is one of the others by now */
        return kernel_poisson_exact(count, confidence, out);
    case KERNEL_SIR_BYAR:
        return kernel_poisson_limits(count, KERNEL_COUNT_BYAR, confidence, out);
    case KERNEL_SIR_MIDP:
        return kernel_poisson_limits(count, KERNEL_COUNT_MIDP, confidence, out);
    case KERNEL_SIR_VANDENBROUCKE:
        vandenbroucke_limits(count, z, out);
        return true;
    }
    return false;
}

bool kernel_sir(double observed, double expected, enum kernel_sir_method method,
                double confidence, struct kernel_interval *out)
{
    struct kernel_interval limits = {0};
    if (!isfinite(observed) || observed < 0.0 || !isfinite(expected) ||
        !(expected > 0.0) || !(confidence > 0.0 && confidence < 1.0) ||
        !count_limits(observed, method, confidence, &limits))
        return false;
    *out = (struct kernel_interval){
        observed / expected, limits.lower / expected, limits.upper / expected};
    return true;
}

/* --- p value -------------------------------------------------------------- */

static double mass(double count, double mean)
{
    double value = 0.0;
    return kernel_poisson_mass(count, mean, &value) ? value : 0.0;
}

/* P(X < count) and P(X >= count) for a whole count. */
static struct kernel_tails split_at(double count, double mean)
{
    struct kernel_tails tails = {0.0, 1.0};
    if (count > 0.0 && !kernel_poisson_cdf(count - 1.0, mean, &tails))
        return (struct kernel_tails){0.0, 1.0};
    return tails;
}

/* The first count above the mean that is not likelier than `limit`; masses
 * fall there. */
static double first_rare_above(double mean, double limit)
{
    double low = ceil(mean), high = low + 1.0, step = 1.0;
    if (mass(low, mean) <= limit)
        return low;
    while (mass(high, mean) > limit) {
        low = high;
        high += step;
        step *= 2.0;
    }
    while (high - low > 1.0) {
        double middle = floor(low + 0.5 * (high - low));
        *(mass(middle, mean) > limit ? &low : &high) = middle;
    }
    return high;
}

/* How many counts from 0 up to the mean are not likelier than `limit`; masses
 * rise there. */
static double rare_below(double mean, double limit)
{
    double low = 0.0, high = floor(mean) + 1.0;
    while (low < high) {
        double middle = floor(low + 0.5 * (high - low));
        if (mass(middle, mean) <= limit)
            low = middle + 1.0;
        else
            high = middle;
    }
    return low;
}

bool kernel_sir_p(double observed, double expected, double *out)
{
    struct kernel_tails tails;
    if (!isfinite(expected) || expected < 0.0 ||
        !kernel_poisson_cdf(observed, expected, &tails))
        return false;
    double limit = mass(observed, expected) * (1.0 + 1e-7);
    double p = 1.0;
    if (observed < expected) {
        double from = first_rare_above(expected, limit);
        p = tails.lower + split_at(from, expected).upper;
    } else if (observed > expected) {
        double below = rare_below(expected, limit);
        p = split_at(observed, expected).upper +
            split_at(below, expected).lower;
    }
    *out = fmin(1.0, p);
    return true;
}
