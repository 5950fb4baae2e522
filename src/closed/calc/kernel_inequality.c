/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_inequality.h"

#include <math.h>

#include "calc/kernel_proportion.h"

static bool normal_width(double confidence, double *z)
{
    return confidence > 0.0 && confidence < 1.0 &&
           kernel_normal_quantile(0.5 * (1.0 + confidence), z);
}

/* --- the two extreme groups ----------------------------------------------- */

struct tally {
    double count, years;
};

/* Given the sum of both counts, each is binomial; the odds of that proportion
 * are the ratio of the means. Both proportions are computed: a complement
 * would lose the digits of the smaller. */
static bool exact_ratio(struct tally first, struct tally last,
                        double confidence, struct kernel_ends *out)
{
    struct kernel_interval below, above;
    double scale = first.years / last.years;
    double both = first.count + last.count;
    if (first.count == 0.0)
        return true;
    if (!kernel_clopper_pearson(first.count, both, confidence, &below) ||
        !kernel_clopper_pearson(last.count, both, confidence, &above))
        return false;
    out->ratio = (struct kernel_interval){
        .value = last.count / first.count * scale,
        .lower = above.lower / below.upper * scale,
        .upper = above.upper / below.lower * scale,
    };
    out->has_ratio = true;
    out->has_ratio_limits = true;
    return true;
}

static bool is_tally(struct tally at)
{
    return isfinite(at.count) && isfinite(at.years) && at.count >= 0.0 &&
           at.years > 0.0;
}

bool kernel_extreme_rates(const double *counts, const double *person_years,
                          size_t groups, double per, double confidence,
                          struct kernel_ends *out)
{
    if (groups < 2)
        return false;
    struct tally first = {counts[0], person_years[0]};
    struct tally last = {counts[groups - 1], person_years[groups - 1]};
    struct kernel_interval a, b;
    struct kernel_ends ends = {0};
    if (!is_tally(first) || !is_tally(last) ||
        !kernel_crude_rate(first.count, first.years, per, confidence, &a) ||
        !kernel_crude_rate(last.count, last.years, per, confidence, &b) ||
        !exact_ratio(first, last, confidence, &ends))
        return false;
    double difference = b.value - a.value;
    ends.difference = (struct kernel_interval){
        .value = difference,
        .lower = difference - hypot(b.value - b.lower, a.upper - a.value),
        .upper = difference + hypot(b.upper - b.value, a.value - a.lower),
    };
    *out = ends;
    return true;
}

static void log_normal_ratio(const double values[2], const double errors[2],
                             double z, struct kernel_ends *out)
{
    if (!(values[0] > 0.0) || values[1] < 0.0)
        return;
    double ratio = values[1] / values[0];
    out->ratio.value = ratio;
    out->has_ratio = true;
    if (!(ratio > 0.0))
        return;
    double factor =
        exp(z * hypot(errors[0] / values[0], errors[1] / values[1]));
    out->ratio.lower = ratio / factor;
    out->ratio.upper = ratio * factor;
    out->has_ratio_limits = isfinite(factor);
}

bool kernel_extreme_values(const double *values, const double *errors,
                           size_t groups, double confidence,
                           struct kernel_ends *out)
{
    double z;
    if (groups < 2 || !normal_width(confidence, &z))
        return false;
    const double v[2] = {values[0], values[groups - 1]};
    const double e[2] = {errors[0], errors[groups - 1]};
    for (size_t i = 0; i < 2; i++) {
        if (!isfinite(v[i]) || !isfinite(e[i]) || e[i] < 0.0)
            return false;
    }
    double difference = v[1] - v[0], width = z * hypot(e[0], e[1]);
    struct kernel_ends ends = {
        .difference = {difference, difference - width, difference + width}};
    log_normal_ratio(v, e, z, &ends);
    *out = ends;
    return true;
}

/* --- concentration -------------------------------------------------------- */

static bool is_whole(const double *values, const double *errors,
                     const double *populations, size_t groups, double *total,
                     double *sum)
{
    *total = 0.0;
    *sum = 0.0;
    for (size_t i = 0; i < groups; i++) {
        if (!isfinite(values[i]) || !isfinite(errors[i]) ||
            !isfinite(populations[i]) || values[i] < 0.0 || errors[i] < 0.0 ||
            populations[i] < 0.0)
            return false;
        *total += populations[i];
        *sum += populations[i] * values[i];
    }
    return *total > 0.0 && *sum > 0.0 && isfinite(*sum);
}

bool kernel_concentration_index(const double *values, const double *errors,
                                const double *populations, size_t groups,
                                double confidence, struct kernel_interval *out)
{
    double z, total, sum;
    if (!normal_width(confidence, &z) ||
        !is_whole(values, errors, populations, groups, &total, &sum))
        return false;
    double before = 0.0, index = 0.0, variance = 0.0;
    for (size_t i = 0; i < groups; i++) {
        double ridit = (before + 0.5 * populations[i]) / total;
        before += populations[i];
        index += populations[i] * values[i] / sum * (2.0 * ridit - 1.0);
    }
    before = 0.0;
    for (size_t i = 0; i < groups; i++) {
        double ridit = (before + 0.5 * populations[i]) / total;
        before += populations[i];
        double slope = populations[i] / sum * (2.0 * ridit - 1.0 - index);
        variance += slope * slope * errors[i] * errors[i];
    }
    double width = z * sqrt(variance);
    *out = (struct kernel_interval){index, index - width, index + width};
    return true;
}
