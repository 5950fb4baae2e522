/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_rate.h"

static const double least_distance = 1e-6;

static bool is_estimate(const struct kernel_estimate *estimate)
{
    return isfinite(estimate->value) && estimate->value >= 0.0 &&
           isfinite(estimate->error) && estimate->error >= 0.0;
}

static bool is_positive(const struct kernel_estimate *estimate)
{
    return is_estimate(estimate) && estimate->value > 0.0 &&
           estimate->error > 0.0;
}

static bool two_sided(double confidence, double *z)
{
    return confidence > 0.0 && confidence < 1.0 &&
           kernel_normal_quantile(0.5 * (1.0 + confidence), z);
}

/* Half the width of the interval of log ratio. The test-based one is that
 * whose limit touches 1 when the test statistic X is z. */
static bool log_half_width(const struct kernel_estimate *first,
                           const struct kernel_estimate *reference,
                           enum kernel_comparison_method method, double z,
                           double *out)
{
    double x;
    switch (method) {
    case KERNEL_COMPARISON_LOG_DELTA:
        *out = z * hypot(first->error / first->value,
                         reference->error / reference->value);
        return true;
    case KERNEL_COMPARISON_SMITH:
        x = (first->value - reference->value) /
            hypot(first->error, reference->error);
        if (!(fabs(x) >= least_distance))
            return false;
        *out = z * log(first->value / reference->value) / x;
        return true;
    }
    return false;
}

bool kernel_comparison_ratio(const struct kernel_estimate *first,
                             const struct kernel_estimate *reference,
                             enum kernel_comparison_method method,
                             double confidence, struct kernel_interval *out)
{
    double z, half;
    if (!is_positive(first) || !is_positive(reference) ||
        !two_sided(confidence, &z) ||
        !log_half_width(first, reference, method, z, &half))
        return false;
    double ratio = first->value / reference->value;
    *out =
        (struct kernel_interval){ratio, ratio * exp(-half), ratio * exp(half)};
    return true;
}

bool kernel_comparison_difference(const struct kernel_estimate *first,
                                  const struct kernel_estimate *reference,
                                  double confidence,
                                  struct kernel_interval *out)
{
    double z;
    if (!is_estimate(first) || !is_estimate(reference) ||
        !two_sided(confidence, &z))
        return false;
    double error = hypot(first->error, reference->error);
    double difference = first->value - reference->value;
    if (!(error > 0.0))
        return false;
    *out = (struct kernel_interval){difference, difference - z * error,
                                    difference + z * error};
    return true;
}
