/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/area_totals.h"
#include "calc/kernel.h"
#include "calc/kernel_small_area.h"

struct areas {
    const double *observed, *expected;
    size_t count;
    struct area_totals totals; /* the base is what is expected */
};

static bool take_areas(const double *observed, const double *expected,
                       size_t count, struct areas *out)
{
    *out = (struct areas){
        .observed = observed, .expected = expected, .count = count};
    return area_totals(observed, expected, count, &out->totals);
}

static void nothing_varies(const struct areas *areas,
                           struct kernel_gamma_prior *out)
{
    *out = (struct kernel_gamma_prior){.mean = areas->totals.cases /
                                               areas->totals.base};
}

enum {
    LOG_REACH = 25, /* rates e^-25 to e^25 times the mean expected count */
};

/* The rate at a log relative to the mean expected count. */
static double rate_at(const struct areas *areas, double log_rate)
{
    return areas->totals.base / areas->totals.areas * exp(log_rate);
}

/* --- Clayton and Kaldor --------------------------------------------------- */

/* Mean of the estimates, and the variance that they and what each leaves open
 * speak for: sum (1 + rate/E)(theta - mean)^2 / (n - 1). */
struct moments {
    double mean, variance;
};

/* The estimates are (O + shape) / (E + rate); those of a rate of 0 are the
 * ratios themselves. */
static struct moments moments_at(const struct areas *areas, double shape,
                                 double rate)
{
    struct num_sum sum = {0}, squares = {0};
    for (size_t i = 0; i < areas->count; i++) {
        double expected = areas->expected[i];
        if (expected > 0.0)
            num_sum_add(&sum, (areas->observed[i] + shape) / (expected + rate));
    }
    double mean = num_sum_value(&sum) / areas->totals.areas;
    for (size_t i = 0; i < areas->count; i++) {
        double expected = areas->expected[i];
        if (expected == 0.0)
            continue;
        double away = (areas->observed[i] + shape) / (expected + rate) - mean;
        num_sum_add(&squares, (1.0 + rate / expected) * away * away);
    }
    return (struct moments){mean, num_sum_value(&squares) /
                                      (areas->totals.areas - 1.0)};
}

/* Given the rate, the mean that the estimates have too: a linear equation of
 * shape = rate x mean. */
static double mean_given(const struct areas *areas, double rate)
{
    struct num_sum above = {0}, below = {0};
    for (size_t i = 0; i < areas->count; i++) {
        double expected = areas->expected[i];
        if (expected == 0.0)
            continue;
        num_sum_add(&above, areas->observed[i] / (expected + rate));
        num_sum_add(&below, expected / (expected + rate));
    }
    return num_sum_value(&above) / num_sum_value(&below);
}

/* The variance at this rate over that of the prior, mean / rate, less 1: 0 at
 * the solution. (O + shape) / (E + rate) - mean has no digits left at large
 * rates; it is (O - mean E) / (E + rate). */
static double variance_excess(const void *context, double log_rate)
{
    const struct areas *areas = context;
    struct num_sum sum = {0};
    double rate = rate_at(areas, log_rate), mean = mean_given(areas, rate);
    for (size_t i = 0; i < areas->count; i++) {
        double expected = areas->expected[i];
        if (expected == 0.0)
            continue;
        double away =
            (areas->observed[i] - mean * expected) / (expected + rate);
        num_sum_add(&sum, (1.0 + rate / expected) * away * away);
    }
    return num_sum_value(&sum) / (areas->totals.areas - 1.0) * rate / mean -
           1.0;
}

static bool solve(const struct areas *areas, struct kernel_gamma_prior *out)
{
    double log_rate;
    if (!kernel_root(variance_excess, areas, -LOG_REACH, LOG_REACH, &log_rate))
        return false;
    double rate = rate_at(areas, log_rate), mean = mean_given(areas, rate);
    *out = (struct kernel_gamma_prior){mean, true, mean * rate, rate};
    return true;
}

static bool moved(double from, double to, double tolerance)
{
    return fabs(to - from) > tolerance * fabs(to + from);
}

/* Round by round from the moments of the ratios. */
static void approach(const struct areas *areas, struct kernel_rounds rounds,
                     struct kernel_gamma_prior *out)
{
    struct moments at = moments_at(areas, 0.0, 0.0);
    nothing_varies(areas, out);
    for (size_t k = 1; at.variance > 0.0; k++) {
        double rate = at.mean / at.variance, shape = at.mean * rate;
        struct moments next = moments_at(areas, shape, rate);
        *out = (struct kernel_gamma_prior){at.mean, true, shape, rate};
        if (k > rounds.most ||
            (!moved(at.mean, next.mean, rounds.tolerance) &&
             !moved(at.variance, next.variance, rounds.tolerance)))
            break;
        at = next;
    }
}

bool kernel_gamma_poisson(const double *observed, const double *expected,
                          size_t areas, struct kernel_rounds rounds,
                          struct kernel_gamma_prior *out)
{
    struct areas all;
    if (!(rounds.tolerance > 0.0) ||
        !take_areas(observed, expected, areas, &all))
        return false;
    /* With an ever larger rate the excess becomes that of Pearson's
     * chi-squared over its freedom: when it is none there is no solution. */
    if (all.totals.cases == 0.0 || variance_excess(&all, LOG_REACH) <= 0.0) {
        nothing_varies(&all, out);
        return true;
    }
    if (rounds.most == 0)
        return solve(&all, out);
    approach(&all, rounds, out);
    return true;
}

/* --- maximum likelihood --------------------------------------------------- */

/* digamma(x) - log(x): by recurrence up to 10, then Stirling's series. */
static double digamma_less_log(double x)
{
    double sum = 0.0, at = x;
    for (; at < 10.0; at += 1.0)
        sum += 1.0 / at;
    double y = 1.0 / (at * at);
    double series =
        y *
        (1.0 / 12.0 -
         y * (1.0 / 120.0 - y * (1.0 / 252.0 - y * (1.0 / 240.0 - y / 132.0))));
    return log(at / x) - sum - 0.5 / at - series;
}

/* log(1 + t) - t for 1 + t = (shape + observed) / (shape + fitted), without
 * cancellation. */
static double log_less(double shape, double observed, double fitted)
{
    double t = (observed - fitted) / (shape + fitted);
    if (fabs(t) > 0.01)
        return log((shape + observed) / (shape + fitted)) - t;
    double sum = 0.0;
    for (int k = 9; k >= 2; k--)
        sum = (k % 2 == 0 ? -1.0 : 1.0) / k + t * sum;
    return t * t * sum;
}

struct given_shape {
    const struct areas *areas;
    double shape;
};

/* Score of the mean, in its log: falls from above 0 to below. */
static double mean_score(const void *context, double log_mean)
{
    const struct given_shape *at = context;
    struct num_sum sum = {0};
    for (size_t i = 0; i < at->areas->count; i++) {
        double fitted = exp(log_mean) * at->areas->expected[i];
        num_sum_add(&sum, (at->areas->observed[i] - fitted) /
                              (1.0 + fitted / at->shape));
    }
    return num_sum_value(&sum);
}

/* The likeliest mean for a shape; NaN when it cannot be found. It lies below
 * the largest ratio, and above where fitted counts are at most the shape and
 * add up to a quarter of the cases: the score is above 0 there. */
static double likeliest_mean(const struct areas *areas, double shape)
{
    struct given_shape at = {areas, shape};
    double most = 0.0, highest = 0.0, log_mean;
    for (size_t i = 0; i < areas->count; i++) {
        if (areas->expected[i] == 0.0)
            continue;
        most = fmax(most, areas->expected[i]);
        highest = fmax(highest, areas->observed[i] / areas->expected[i]);
    }
    double lowest =
        fmin(shape / most, 0.25 * areas->totals.cases / areas->totals.base);
    if (!kernel_root(mean_score, &at, log(lowest), log(highest) + 1e-9,
                     &log_mean))
        return NAN;
    return exp(log_mean);
}

/* Score of the shape at its likeliest mean, times the shape's square. */
static double shape_score(const void *context, double log_shape)
{
    const struct areas *areas = context;
    double shape = exp(log_shape), mean = likeliest_mean(areas, shape);
    struct num_sum sum = {0};
    for (size_t i = 0; i < areas->count; i++) {
        double fitted = mean * areas->expected[i];
        double observed = areas->observed[i];
        if (areas->expected[i] == 0.0)
            continue;
        num_sum_add(&sum, digamma_less_log(shape + observed) -
                              digamma_less_log(shape));
        num_sum_add(&sum, log_less(shape, observed, fitted));
    }
    return num_sum_value(&sum) * shape * shape;
}

/* The likelihood rises as the shape comes back from infinity when squares
 * exceed the counts. */
static bool exceeds_chance(const struct areas *areas)
{
    struct num_sum sum = {0};
    double mean = areas->totals.cases / areas->totals.base;
    for (size_t i = 0; i < areas->count; i++) {
        double away = areas->observed[i] - mean * areas->expected[i];
        num_sum_add(&sum, away * away - areas->observed[i]);
    }
    return num_sum_value(&sum) > 0.0;
}

/* Log likelihood but for what no parameter changes; shape INFINITY: Poisson. */
static double log_likelihood(const struct areas *areas, double shape,
                             double mean)
{
    struct num_sum sum = {0};
    for (size_t i = 0; i < areas->count; i++) {
        double fitted = mean * areas->expected[i];
        double observed = areas->observed[i];
        if (areas->expected[i] == 0.0)
            continue;
        num_sum_add(&sum, observed * log(fitted));
        if (isinf(shape))
            num_sum_add(&sum, -fitted);
        else
            num_sum_add(&sum, lgamma(shape + observed) - lgamma(shape) -
                                  observed * log(shape + fitted) -
                                  shape * log1p(fitted / shape));
    }
    return num_sum_value(&sum);
}

/* The likelihood may have several tops, and one at infinity: where chance is
 * enough. `best` is the likeliest so far. */
static bool take_top(const struct areas *areas, double low, double high,
                     double *best, struct kernel_gamma_prior *out)
{
    double log_shape;
    if (!kernel_root(shape_score, areas, low, high, &log_shape))
        return false;
    double shape = exp(log_shape), mean = likeliest_mean(areas, shape);
    double likelihood = log_likelihood(areas, shape, mean);
    if (likelihood > *best) {
        *best = likelihood;
        *out = (struct kernel_gamma_prior){mean, true, shape, shape / mean};
    }
    return isfinite(likelihood);
}

bool kernel_negative_binomial(const double *observed, const double *expected,
                              size_t areas, struct kernel_gamma_prior *out)
{
    struct areas all;
    struct kernel_gamma_prior found;
    if (!take_areas(observed, expected, areas, &all))
        return false;
    nothing_varies(&all, &found);
    double best = -INFINITY;
    if (all.totals.cases > 0.0 && !exceeds_chance(&all))
        best = log_likelihood(&all, INFINITY, found.mean);
    double before = -1.0;
    for (int k = -LOG_REACH; k <= LOG_REACH && all.totals.cases > 0.0; k++) {
        double score = shape_score(&all, k);
        if (!isfinite(score) || (before > 0.0 && score <= 0.0 &&
                                 !take_top(&all, k - 1, k, &best, &found)))
            return false;
        before = score;
    }
    *out = found;
    return true;
}

/* --- areas ---------------------------------------------------------------- */

bool kernel_gamma_posterior(const struct kernel_gamma_prior *prior,
                            double observed, double expected, double confidence,
                            struct kernel_gamma_risk *out)
{
    if (!isfinite(observed) || observed < 0.0 || !isfinite(expected) ||
        expected < 0.0 || !(confidence > 0.0 && confidence < 1.0))
        return false;
    double mean = prior->mean;
    if (!prior->varies) {
        double above = mean > 1.0 ? 1.0 : mean < 1.0 ? 0.0 : 0.5;
        *out = (struct kernel_gamma_risk){mean, mean, mean, mean, above};
        return true;
    }
    double shape = prior->shape + observed, rate = prior->rate + expected;
    double tail = 0.5 * (1.0 - confidence), median, low, high;
    struct kernel_tails tails;
    if (!kernel_gamma_quantile(0.5, shape, &median) ||
        !kernel_gamma_quantile(tail, shape, &low) ||
        !kernel_gamma_quantile(1.0 - tail, shape, &high) ||
        !kernel_gamma_cdf(shape, rate, &tails))
        return false;
    *out = (struct kernel_gamma_risk){shape / rate, median / rate, low / rate,
                                      high / rate, tails.upper};
    return true;
}
