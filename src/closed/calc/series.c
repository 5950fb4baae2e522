/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/series.h"

#include <math.h>

#include "calc/distribution.h"

/* Standard errors from printed limits. */
static double log_error(const struct series_point *point, double z)
{
    return log(point->upper / point->lower) / (2.0 * z);
}

static double error(const struct series_point *point, double z)
{
    return (point->upper - point->lower) / (2.0 * z);
}

/* Log-delta: the errors of both rates, taken as independent. */
static struct series_result ratio(const struct series_point *point,
                                  const struct series_point *reference,
                                  double z)
{
    struct series_result out = {0};
    if (!(reference->value > 0.0))
        return out;
    out.has_value = true;
    out.value = point->value / reference->value;
    out.has_limits = point != reference && point->lower > 0.0 &&
                     reference->lower > 0.0 && point->value > 0.0;
    if (!out.has_limits)
        return out;
    double width = z * hypot(log_error(point, z), log_error(reference, z));
    out.lower = out.value * exp(-width);
    out.upper = out.value * exp(width);
    return out;
}

static struct series_result difference(const struct series_point *point,
                                       const struct series_point *reference,
                                       double z)
{
    struct series_result out = {.has_value = true,
                                .has_limits = point != reference};
    out.value = point->value - reference->value;
    double width = z * hypot(error(point, z), error(reference, z));
    out.lower = out.value - width;
    out.upper = out.value + width;
    return out;
}

static void compare(const struct series *series, enum statistic_kind kind,
                    double z, struct series_result *out)
{
    const struct series_point *reference = &series->points[series->reference];
    for (size_t p = 0; p < series->count; p++)
        out[p] = kind == STATISTIC_RATE_RATIO
                     ? ratio(&series->points[p], reference, z)
                     : difference(&series->points[p], reference, z);
}

void series_compute(struct arena *scratch, enum statistic_kind kind,
                    const struct series *series, struct series_result *out)
{
    double z = 0.0;
    bool ok = kernel_normal_quantile(0.5 * (1.0 + series->confidence), &z);
    assert(ok);
    (void)scratch;
    switch (kind) {
    case STATISTIC_RATE_RATIO:
    case STATISTIC_RATE_DIFFERENCE:
        compare(series, kind, z, out);
        return;
    case STATISTIC_ANNUAL_CHANGE:
    case STATISTIC_RANK:
    case STATISTIC_SLOPE_INDEX:
    case STATISTIC_RELATIVE_INDEX:
        break;
    }
    out[0] = (struct series_result){0};
}
