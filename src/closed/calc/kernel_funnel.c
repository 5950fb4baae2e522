/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_indirect.h"

static bool open_share(double value)
{
    return value > 0.0 && value < 1.0;
}

static bool positive(double value)
{
    return isfinite(value) && value > 0.0;
}

/* --- interpolated quantiles ----------------------------------------------- */

/* A count's distribution: Poisson without trials, else binomial. */
struct chance {
    double mean; /* Poisson */
    double trials, probability;
    double most; /* the largest count worth looking at */
};

static bool chance_tails(const struct chance *chance, double count,
                         struct kernel_tails *out)
{
    if (count < 0.0) {
        *out = (struct kernel_tails){0.0, 1.0};
        return true;
    }
    return chance->trials > 0.0 ? kernel_binomial_cdf(count, chance->trials,
                                                      chance->probability, out)
                                : kernel_poisson_cdf(count, chance->mean, out);
}

/* P(X <= count) - probability, from the tail that keeps its digits. */
static bool chance_excess(const struct chance *chance, double count,
                          struct kernel_tails wanted, double *out)
{
    struct kernel_tails tails;
    if (!chance_tails(chance, count, &tails))
        return false;
    *out = wanted.lower < wanted.upper ? tails.lower - wanted.lower
                                       : wanted.upper - tails.upper;
    return true;
}

/* The first count r with P(X <= r) >= probability, moved back by the share of
 * its own probability that lies beyond (Spiegelhalter 2005, appendix). */
static bool chance_quantile(const struct chance *chance,
                            struct kernel_tails wanted, double *out)
{
    double low = -1.0, high = chance->most;
    double under = -wanted.lower, over = 0.0;
    if (!chance_excess(chance, high, wanted, &over))
        return false;
    while (high - low > 1.0) {
        double middle = floor(low + 0.5 * (high - low)), excess;
        if (!chance_excess(chance, middle, wanted, &excess))
            return false;
        if (excess >= 0.0) {
            high = middle;
            over = excess;
        } else {
            low = middle;
            under = excess;
        }
    }
    *out = fmax(0.0, high - over / (over - under));
    return true;
}

/* Both limits, as counts. */
static bool exact_limits(const struct chance *chance, double confidence,
                         struct kernel_interval *out)
{
    double tail = 0.5 * (1.0 - confidence);
    struct kernel_tails low = {tail, 1.0 - tail}, high = {1.0 - tail, tail};
    return chance_quantile(chance, low, &out->lower) &&
           chance_quantile(chance, high, &out->upper);
}

/* Counts as shares of `whole`. Where next to nothing is expected both
 * quantiles are those of no case at all: the target is the limit. */
static void scale_limits(const struct kernel_interval *counts, double whole,
                         struct kernel_interval *out)
{
    out->lower = fmin(out->value, counts->lower / whole);
    out->upper = fmax(out->value, counts->upper / whole);
}

/* --- ratios --------------------------------------------------------------- */

static bool ratio_exact(double expected, double confidence, double z,
                        struct kernel_interval *out)
{
    struct kernel_interval counts = {0};
    struct chance chance = {
        .mean = expected,
        /* no Poisson quantile of the confidence lies beyond */
        .most = ceil(expected + 40.0 + (z + 10.0) * (z + sqrt(expected))),
    };
    if (!exact_limits(&chance, confidence, &counts))
        return false;
    scale_limits(&counts, expected, out);
    return true;
}

static void ratio_normal(double expected, double z, struct kernel_interval *out)
{
    out->lower = fmax(0.0, 1.0 - z / sqrt(expected));
    out->upper = 1.0 + z / sqrt(expected);
}

bool kernel_funnel_ratio(double expected, enum kernel_funnel_method method,
                         double confidence, struct kernel_interval *out)
{
    struct kernel_interval limits = {.value = 1.0};
    double z;
    if (!positive(expected) || !open_share(confidence) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    bool good = true;
    switch (method) {
    case KERNEL_FUNNEL_EXACT:
        good = ratio_exact(expected, confidence, z, &limits);
        break;
    case KERNEL_FUNNEL_BYAR:
        good = kernel_sir(expected, expected, KERNEL_SIR_BYAR, confidence,
                          &limits);
        break;
    case KERNEL_FUNNEL_NORMAL:
        ratio_normal(expected, z, &limits);
        break;
    }
    if (good)
        *out = limits;
    return good;
}

bool kernel_funnel_ratio_phi(double expected, double phi, double confidence,
                             struct kernel_interval *out)
{
    struct kernel_interval limits = {.value = 1.0};
    double z;
    if (!positive(expected) || !isfinite(phi) || phi < 0.0 ||
        !open_share(confidence) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    ratio_normal(expected / fmax(1.0, phi), z, &limits);
    *out = limits;
    return true;
}

bool kernel_funnel_ratio_tau2(double expected, double tau2, double confidence,
                              struct kernel_interval *out)
{
    double z;
    if (!positive(expected) || !isfinite(tau2) || tau2 < 0.0 ||
        !open_share(confidence) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    double width = z * sqrt(0.25 / expected + tau2);
    double low = fmax(0.0, 1.0 - width), high = 1.0 + width;
    *out = (struct kernel_interval){1.0, low * low, high * high};
    return true;
}

bool kernel_funnel_count(double count, double confidence,
                         struct kernel_funnel_count *out)
{
    struct kernel_interval limits;
    if (!kernel_poisson_exact(count, confidence, &limits))
        return false;
    *out = (struct kernel_funnel_count){
        .expected_on_lower = limits.upper,
        .expected_on_upper = limits.lower,
        .lower = count / limits.upper,
        .upper = limits.lower > 0.0 ? count / limits.lower : 0.0,
    };
    return true;
}

bool kernel_funnel_position(double observed, double expected,
                            enum kernel_funnel_position *out)
{
    struct kernel_interval inner, outer;
    if (!kernel_sir(observed, expected, KERNEL_SIR_EXACT, 0.95, &inner) ||
        !kernel_sir(observed, expected, KERNEL_SIR_EXACT, 0.998, &outer))
        return false;
    if (outer.upper < 1.0)
        *out = KERNEL_FUNNEL_BELOW_998;
    else if (inner.upper < 1.0)
        *out = KERNEL_FUNNEL_BELOW_95;
    else if (outer.lower > 1.0)
        *out = KERNEL_FUNNEL_ABOVE_998;
    else if (inner.lower > 1.0)
        *out = KERNEL_FUNNEL_ABOVE_95;
    else
        *out = KERNEL_FUNNEL_WITHIN;
    return true;
}

/* --- proportions ---------------------------------------------------------- */

static bool proportion_exact(double trials, double target, double confidence,
                             struct kernel_interval *out)
{
    struct kernel_interval counts = {0};
    struct chance chance = {
        .trials = trials, .probability = target, .most = trials};
    if (!exact_limits(&chance, confidence, &counts))
        return false;
    scale_limits(&counts, trials, out);
    return true;
}

bool kernel_funnel_proportion(double trials, double target,
                              enum kernel_funnel_method method,
                              double confidence, struct kernel_interval *out)
{
    struct kernel_interval limits = {.value = target};
    double z;
    if (!positive(trials) || !open_share(target) || !open_share(confidence) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    bool good = false;
    switch (method) {
    case KERNEL_FUNNEL_EXACT:
        good = proportion_exact(trials, target, confidence, &limits);
        break;
    case KERNEL_FUNNEL_BYAR:
        break;
    case KERNEL_FUNNEL_NORMAL: {
        double width = z * sqrt(target * (1.0 - target) / trials);
        limits.lower = fmax(0.0, target - width);
        limits.upper = fmin(1.0, target + width);
        good = true;
        break;
    }
    }
    if (good)
        *out = limits;
    return good;
}
