/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/weighted_sum.h"

/* The rate's gamma distribution, and that with something more. */
struct gamma_pair {
    struct weighted_gamma at[2];
};

static struct gamma_pair with_more(const struct weighted_sum *sum, double mean,
                                   double variance)
{
    return (struct gamma_pair){{{sum->value, sum->variance},
                                {sum->value + mean, sum->variance + variance}}};
}

/* Fay and Feuer 1997, eq. 6 and 7: the lower limit is a gamma quantile with
 * the moments of the rate (zero without events); the upper limit adds one
 * event in the class where it would weigh most. */
static struct gamma_pair one_event_more(const struct weighted_sum *sum)
{
    return with_more(sum, sum->heaviest, sum->heaviest * sum->heaviest);
}

/* Tiwari, Clegg and Zou 2006: the event is shared evenly by the classes. */
static struct gamma_pair shared_event_more(const struct weighted_sum *sum,
                                           const struct kernel_classes *classes)
{
    struct num_sum mean = {0}, square = {0};
    double used = 0.0;
    for (size_t i = 0; i < classes->count; i++) {
        if (!(classes->weights[i] > 0.0))
            continue;
        double weight =
            classes->weights[i] / classes->total / classes->person_years[i];
        num_sum_add(&mean, weight);
        num_sum_add(&square, weight * weight);
        used += 1.0;
    }
    return with_more(sum, num_sum_value(&mean) / used,
                     num_sum_value(&square) / used);
}

static bool gamma_limits(struct gamma_pair pair, double tail,
                         struct kernel_interval *out)
{
    out->lower = 0.0;
    if (pair.at[0].mean == 0.0)
        return weighted_gamma_quantile(&pair.at[1], 1.0 - tail, &out->upper);
    return weighted_gamma_limits(pair.at, tail, &out->lower, &out->upper);
}

static bool mid_p_limits(struct gamma_pair pair, double tail,
                         struct kernel_interval *out)
{
    return weighted_gamma_mid(pair.at, tail, &out->lower) &&
           weighted_gamma_mid(pair.at, 1.0 - tail, &out->upper);
}

/* Dobson, Kuulasmaa, Eberle and Scherer 1991, eq. 3: the limits of the sum of
 * events, moved to the rate and its standard error. */
static bool dobson_limits(const struct weighted_sum *sum,
                          const struct kernel_classes *classes,
                          enum kernel_count_method method, double confidence,
                          struct kernel_interval *out)
{
    struct num_sum events = {0};
    struct kernel_interval limits;
    for (size_t i = 0; i < classes->count; i++) {
        if (classes->weights[i] > 0.0)
            num_sum_add(&events, classes->counts[i]);
    }
    double count = num_sum_value(&events);
    if (!(count > 0.0) ||
        !kernel_poisson_limits(count, method, confidence, &limits))
        return false;
    double scale = sqrt(sum->variance / count);
    out->lower = sum->value + scale * (limits.lower - count);
    out->upper = sum->value + scale * (limits.upper - count);
    return true;
}

static bool normal_limits(const struct weighted_sum *sum, double confidence,
                          bool on_log_scale, struct kernel_interval *out)
{
    double z, error = sqrt(sum->variance);
    if (!(sum->value > 0.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    if (on_log_scale) {
        double factor = exp(z * error / sum->value);
        out->lower = sum->value / factor;
        out->upper = sum->value * factor;
    } else {
        out->lower = sum->value - z * error;
        out->upper = sum->value + z * error;
    }
    return true;
}

static bool limits_by(enum kernel_rate_method method,
                      const struct weighted_sum *sum,
                      const struct kernel_classes *classes, double confidence,
                      struct kernel_interval *out)
{
    double tail = 0.5 * (1.0 - confidence);
    switch (method) {
    case KERNEL_RATE_FAY_FEUER:
        return gamma_limits(one_event_more(sum), tail, out);
    case KERNEL_RATE_TIWARI:
        return gamma_limits(shared_event_more(sum, classes), tail, out);
    case KERNEL_RATE_FAY_KIM:
        return mid_p_limits(one_event_more(sum), tail, out);
    case KERNEL_RATE_DOBSON_EXACT:
        return dobson_limits(sum, classes, KERNEL_COUNT_EXACT, confidence, out);
    case KERNEL_RATE_DOBSON_BYAR:
        return dobson_limits(sum, classes, KERNEL_COUNT_BYAR, confidence, out);
    case KERNEL_RATE_NORMAL:
        return normal_limits(sum, confidence, false, out);
    case KERNEL_RATE_LOG_NORMAL:
        return normal_limits(sum, confidence, true, out);
    }
    return false;
}

bool kernel_rate_limits(const struct kernel_classes *classes, double per,
                        enum kernel_rate_method method, double confidence,
                        struct kernel_interval *out)
{
    struct weighted_sum sum;
    struct kernel_interval limits;
    if (!isfinite(per) || !(per > 0.0) ||
        !(confidence > 0.0 && confidence < 1.0) ||
        !weighted_sum(classes, &sum) ||
        !limits_by(method, &sum, classes, confidence, &limits))
        return false;
    *out = (struct kernel_interval){sum.value * per, limits.lower * per,
                                    limits.upper * per};
    return true;
}

bool kernel_rate_estimate(const struct kernel_classes *classes, double per,
                          struct kernel_estimate *out)
{
    struct weighted_sum sum;
    if (!isfinite(per) || !(per > 0.0) || !weighted_sum(classes, &sum))
        return false;
    *out = (struct kernel_estimate){sum.value * per, sqrt(sum.variance) * per};
    return true;
}

bool kernel_standardised_rate(const double *counts, const double *person_years,
                              const double *weights, size_t classes,
                              double total, double per, double confidence,
                              struct kernel_interval *out)
{
    struct kernel_classes all = {counts, person_years, weights, classes, total};
    return kernel_rate_limits(&all, per, KERNEL_RATE_FAY_FEUER, confidence,
                              out);
}
