/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_rate.h"

static bool is_events(const struct kernel_events *events)
{
    return isfinite(events->count) && events->count >= 0.0 &&
           isfinite(events->person_years) && events->person_years > 0.0;
}

static bool is_confidence(double confidence)
{
    return confidence > 0.0 && confidence < 1.0;
}

/* Given the sum of both counts the first is binomial; here are the
 * distributions of its probability that give the limits. P(X >= first) is
 * that of Beta(first, other + 1), P(X > first) that of Beta(first + 1, other).
 */
struct split {
    double first, other; /* counts; other > 0 */
    double probability;
};

static double beta_below(double a, double b, double p)
{
    struct kernel_tails tails;
    if (a == 0.0)
        return 1.0;
    return kernel_beta_cdf(a, b, p, &tails) ? tails.lower : (double)INFINITY;
}

static double mid_p_excess(const void *context, double p)
{
    const struct split *split = context;
    return 0.5 * (beta_below(split->first, split->other + 1.0, p) +
                  beta_below(split->first + 1.0, split->other, p)) -
           split->probability;
}

static bool lower_quantile(const struct split *split, double probability,
                           double *out)
{
    if (split->first > 0.0)
        return kernel_beta_quantile(probability, split->first,
                                    split->other + 1.0, out);
    *out = 0.0;
    return true;
}

static bool upper_quantile(const struct split *split, double probability,
                           double *out)
{
    return kernel_beta_quantile(probability, split->first + 1.0, split->other,
                                out);
}

/* Where the mean of both distribution functions is `probability`. */
static bool mid_p_quantile(struct split split, double probability, double *out)
{
    double low, high;
    split.probability = probability;
    if (split.first == 0.0 && probability <= 0.5) {
        *out = 0.0;
        return true;
    }
    return lower_quantile(&split, probability, &low) &&
           upper_quantile(&split, probability, &high) &&
           kernel_root(mid_p_excess, &split, low * (1.0 - 1e-9),
                       fmin(1.0, high * (1.0 + 1e-9)), out);
}

static bool split_limits(const struct split *split, bool mid_p, double tail,
                         struct kernel_interval *out)
{
    if (mid_p)
        return mid_p_quantile(*split, tail, &out->lower) &&
               mid_p_quantile(*split, 1.0 - tail, &out->upper);
    return lower_quantile(split, tail, &out->lower) &&
           upper_quantile(split, 1.0 - tail, &out->upper);
}

/* Limits of the binomial probability p become those of the ratio of counts,
 * p / (1 - p). With the rarer count first p stays away from 1, so that 1 - p
 * keeps its digits. */
static bool conditional_limits(double first, double other, bool mid_p,
                               double tail, struct kernel_interval *out)
{
    bool swapped = first > other;
    struct split split = {fmin(first, other), fmax(first, other), 0.0};
    struct kernel_interval p;
    if (!split_limits(&split, mid_p, tail, &p))
        return false;
    double lower = p.lower / (1.0 - p.lower);
    double upper = p.upper / (1.0 - p.upper);
    out->lower = swapped ? 1.0 / upper : lower;
    out->upper = swapped ? 1.0 / lower : upper;
    return true;
}

static bool log_normal_limits(double first, double other, double tail,
                              struct kernel_interval *out)
{
    double z;
    if (!(first > 0.0) || !kernel_normal_quantile(1.0 - tail, &z))
        return false;
    double factor = exp(z * sqrt(1.0 / first + 1.0 / other));
    out->lower = first / other / factor;
    out->upper = first / other * factor;
    return true;
}

static bool limits_by(enum kernel_ratio_method method, double first,
                      double other, double tail, struct kernel_interval *out)
{
    switch (method) {
    case KERNEL_RATIO_EXACT:
        return conditional_limits(first, other, false, tail, out);
    case KERNEL_RATIO_MIDP:
        return conditional_limits(first, other, true, tail, out);
    case KERNEL_RATIO_LOG_NORMAL:
        return log_normal_limits(first, other, tail, out);
    }
    return false;
}

bool kernel_rate_ratio(const struct kernel_events *first,
                       const struct kernel_events *reference,
                       enum kernel_ratio_method method, double confidence,
                       struct kernel_interval *out)
{
    struct kernel_interval counts;
    if (!is_events(first) || !is_events(reference) ||
        !(reference->count > 0.0) || !is_confidence(confidence) ||
        !limits_by(method, first->count, reference->count,
                   0.5 * (1.0 - confidence), &counts))
        return false;
    double years = reference->person_years / first->person_years;
    *out = (struct kernel_interval){
        .value = first->count / reference->count * years,
        .lower = counts.lower * years,
        .upper = counts.upper * years,
    };
    return true;
}

bool kernel_rate_ratio_p(const struct kernel_events *first,
                         const struct kernel_events *reference, double *out)
{
    if (!is_events(first) || !is_events(reference))
        return false;
    double a = first->count, b = reference->count;
    double p =
        first->person_years / (first->person_years + reference->person_years);
    struct kernel_tails at_least = {1.0, 0.0}, at_most = {0.0, 1.0};
    if ((a > 0.0 && !kernel_beta_cdf(a, b + 1.0, p, &at_least)) ||
        (b > 0.0 && !kernel_beta_cdf(a + 1.0, b, p, &at_most)))
        return false;
    *out = fmin(1.0, 2.0 * fmin(at_least.lower, at_most.upper));
    return true;
}

bool kernel_rate_difference(const struct kernel_events *first,
                            const struct kernel_events *reference, double per,
                            double confidence, struct kernel_interval *out)
{
    if (!is_events(first) || !is_events(reference) || !isfinite(per) ||
        !(per > 0.0))
        return false;
    double scale1 = per / first->person_years;
    double scale0 = per / reference->person_years;
    struct kernel_estimate one = {first->count * scale1,
                                  sqrt(first->count) * scale1};
    struct kernel_estimate other = {reference->count * scale0,
                                    sqrt(reference->count) * scale0};
    return kernel_comparison_difference(&one, &other, confidence, out);
}
