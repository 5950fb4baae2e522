/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/kernel_indirect.h"

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

/* --- limits of the observed count --------------------------------------------
 */

/* Byar's cube: about the square root of a gamma quantile's third power. */
static double byar(double count, double z)
{
    double root = 1.0 - 1.0 / (9.0 * count) + z / (3.0 * sqrt(count));
    return root > 0.0 ? count * root * root * root : 0.0;
}

static void byar_limits(double count, double z, struct kernel_interval *out)
{
    out->lower = count > 0.0 ? byar(count, -z) : 0.0;
    out->upper = byar(count + 1.0, z);
}

static void vandenbroucke_limits(double count, double z,
                                 struct kernel_interval *out)
{
    double low = sqrt(count) - 0.5 * z, high = sqrt(count) + 0.5 * z;
    out->lower = low * low;
    out->upper = high * high;
}

struct midp {
    double count, tail;
    bool lower;
};

/* P(X >= count + 1) and P(X >= count) of a Poisson mean, or the other tails,
 * are gamma tails at the mean; the mid-P one lies half way. */
static double midp_excess(const void *context, double mean)
{
    const struct midp *at = context;
    struct kernel_tails with = {0.0, 0.0}, without = {0.0, 0.0};
    if (!kernel_gamma_cdf(at->count + 1.0, mean, &without) ||
        !kernel_gamma_cdf(at->count, mean, &with))
        return NAN;
    return at->lower ? 0.5 * (with.lower + without.lower) - at->tail
                     : 0.5 * (with.upper + without.upper) - at->tail;
}

/* The mid-P limits lie within the exact ones. Without a case only half of
 * exp(-mean) is left of the upper limit's tail. */
static bool midp_limits(double count, double confidence,
                        struct kernel_interval *out)
{
    struct kernel_interval exact;
    double tail = 0.5 * (1.0 - confidence);
    if (!kernel_poisson_exact(count, confidence, &exact))
        return false;
    if (count == 0.0) {
        *out = (struct kernel_interval){.upper = -log(2.0 * tail)};
        return true;
    }
    struct midp at = {.count = count, .tail = tail, .lower = true};
    if (!kernel_root(midp_excess, &at, exact.lower, exact.upper, &out->lower))
        return false;
    at.lower = false;
    return kernel_root(midp_excess, &at, exact.lower, exact.upper, &out->upper);
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
        byar_limits(count, z, out);
        return true;
    case KERNEL_SIR_MIDP:
        return midp_limits(count, confidence, out);
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

/* --- p value -----------------------------------------------------------------
 */

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
