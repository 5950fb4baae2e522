/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_proportion.h"

#include <math.h>

static bool is_level(double confidence)
{
    return confidence > 0.0 && confidence < 1.0;
}

bool kernel_clopper_pearson(double successes, double trials, double confidence,
                            struct kernel_interval *out)
{
    if (!isfinite(successes) || !isfinite(trials) || !(trials > 0.0) ||
        successes < 0.0 || successes > trials || !is_level(confidence))
        return false;
    double tail = 0.5 * (1.0 - confidence), lower = 0.0, upper = 1.0;
    double failures = trials - successes;
    if (successes > 0.0 &&
        !kernel_beta_quantile(tail, successes, failures + 1.0, &lower))
        return false;
    if (failures > 0.0 &&
        !kernel_beta_quantile(1.0 - tail, successes + 1.0, failures, &upper))
        return false;
    *out = (struct kernel_interval){successes / trials, lower, upper};
    return true;
}

bool kernel_newcombe(struct kernel_share first, struct kernel_share second,
                     double confidence, struct kernel_interval *out)
{
    struct kernel_interval a, b;
    if (!kernel_wilson(first.successes, first.trials, confidence, &a) ||
        !kernel_wilson(second.successes, second.trials, confidence, &b))
        return false;
    double difference = a.value - b.value;
    *out = (struct kernel_interval){
        .value = difference,
        .lower = difference - hypot(a.value - a.lower, b.upper - b.value),
        .upper = difference + hypot(a.upper - a.value, b.value - b.lower),
    };
    return true;
}

bool kernel_mortality_incidence(double deaths, double cases, double confidence,
                                struct kernel_interval *out)
{
    double z;
    if (!isfinite(deaths) || !isfinite(cases) || !(deaths > 0.0) ||
        !(cases > 0.0) || !is_level(confidence) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    double ratio = deaths / cases;
    double factor = exp(z * sqrt(1.0 / deaths + 1.0 / cases));
    *out = (struct kernel_interval){ratio, ratio / factor, ratio * factor};
    return true;
}

bool kernel_relative_standard_error(const double *counts,
                                    const double *person_years,
                                    const double *weights, size_t classes,
                                    double *out)
{
    double rate = 0.0, variance = 0.0;
    for (size_t i = 0; i < classes; i++) {
        if (!isfinite(counts[i]) || !isfinite(person_years[i]) ||
            !isfinite(weights[i]) || counts[i] < 0.0 || weights[i] < 0.0)
            return false;
        if (weights[i] == 0.0)
            continue;
        if (!(person_years[i] > 0.0))
            return false;
        double unit = weights[i] / person_years[i];
        rate += unit * counts[i];
        variance += unit * unit * counts[i];
    }
    if (!(rate > 0.0) || !isfinite(rate) || !isfinite(variance))
        return false;
    *out = sqrt(variance) / rate;
    return true;
}

enum kernel_reliability
kernel_reliability(double events, double unreliable_under, double caution_under)
{
    if (events == 0.0)
        return KERNEL_RELIABLE;
    if (events < unreliable_under)
        return KERNEL_UNRELIABLE;
    return events < caution_under ? KERNEL_CAUTION : KERNEL_RELIABLE;
}
