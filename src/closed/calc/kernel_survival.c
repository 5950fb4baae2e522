/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_survival.h"

#include <math.h>

static bool log_limits(double survival, double width,
                       struct kernel_interval *out)
{
    if (!(survival > 0.0))
        return false;
    double factor = exp(width / survival);
    *out = (struct kernel_interval){survival, survival / factor,
                                    survival * factor};
    return true;
}

/* log(-log S) has standard error se / (S |log S|). */
static bool log_log_limits(double survival, double width,
                           struct kernel_interval *out)
{
    if (!(survival > 0.0 && survival < 1.0))
        return false;
    double hazard = -log(survival);
    double factor = exp(width / (survival * hazard));
    *out = (struct kernel_interval){survival, exp(-hazard * factor),
                                    exp(-hazard / factor)};
    return true;
}

bool kernel_survival_interval(double survival, double standard_error,
                              enum kernel_survival_scale scale,
                              double confidence, struct kernel_interval *out)
{
    double z;
    if (!isfinite(survival) || !isfinite(standard_error) || survival < 0.0 ||
        standard_error < 0.0 || !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    double width = z * standard_error;
    struct kernel_interval interval = {survival, survival - width,
                                       survival + width};
    if (scale == KERNEL_SURVIVAL_LOG && !log_limits(survival, width, &interval))
        return false;
    if (scale == KERNEL_SURVIVAL_LOG_LOG &&
        !log_log_limits(survival, width, &interval))
        return false;
    if (!isfinite(interval.lower) || !isfinite(interval.upper))
        return false;
    *out = interval;
    return true;
}

static bool finish(double survival, double variance,
                   enum kernel_survival_scale scale, double confidence,
                   struct kernel_survival *out)
{
    struct kernel_survival result = {.standard_error = sqrt(variance)};
    if (!kernel_survival_interval(survival, result.standard_error, scale,
                                  confidence, &result.interval))
        return false;
    *out = result;
    return true;
}

bool kernel_standardised_survival(const double *survivals,
                                  const double *standard_errors,
                                  const double *weights, size_t classes,
                                  enum kernel_survival_scale scale,
                                  double confidence,
                                  struct kernel_survival *out)
{
    double total = 0.0, sum = 0.0, variance = 0.0;
    for (size_t i = 0; i < classes; i++) {
        if (!isfinite(weights[i]) || weights[i] < 0.0)
            return false;
        if (weights[i] == 0.0)
            continue;
        if (!isfinite(survivals[i]) || survivals[i] < 0.0 ||
            !isfinite(standard_errors[i]) || standard_errors[i] < 0.0)
            return false;
        double error = weights[i] * standard_errors[i];
        total += weights[i];
        sum += weights[i] * survivals[i];
        variance += error * error;
    }
    if (!(total > 0.0))
        return false;
    return finish(sum / total, variance / (total * total), scale, confidence,
                  out);
}

static double log_variance(struct kernel_survived at)
{
    double relative = at.standard_error / at.survival;
    return relative * relative;
}

bool kernel_conditional_survival(struct kernel_survived earlier,
                                 struct kernel_survived later,
                                 enum kernel_survival_scale scale,
                                 double confidence, struct kernel_survival *out)
{
    if (!isfinite(earlier.survival) || !isfinite(later.survival) ||
        !(earlier.survival > 0.0) || !(later.survival > 0.0) ||
        !(earlier.standard_error >= 0.0) || !(later.standard_error >= 0.0))
        return false;
    double gained = log_variance(later) - log_variance(earlier);
    if (!(gained >= 0.0) || !isfinite(gained))
        return false;
    double survival = later.survival / earlier.survival;
    return finish(survival, gained * survival * survival, scale, confidence,
                  out);
}

bool kernel_survival_shown(const double *alive, size_t intervals,
                           double minimum, size_t *out)
{
    size_t shown = intervals;
    if (!isfinite(minimum) || minimum < 0.0)
        return false;
    for (size_t i = intervals; i-- > 0;) {
        if (!isfinite(alive[i]) || alive[i] < 0.0)
            return false;
        if (alive[i] < minimum)
            shown = i;
    }
    *out = shown;
    return true;
}
