/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/kernel_small_area.h"

/* The rounds of what is called solved. */
static const struct kernel_rounds solved = {20000, 1e-14};

/* Half a case more, so that an area without a case has a logarithm. */
static double half_more(double observed)
{
    return observed + 0.5;
}

static bool start(const double *observed, const double *expected, size_t areas,
                  double *logs, double *count)
{
    *count = 0.0;
    for (size_t i = 0; i < areas; i++) {
        if (!isfinite(observed[i]) || observed[i] < 0.0 ||
            !isfinite(expected[i]) || expected[i] < 0.0 ||
            (expected[i] == 0.0 && observed[i] > 0.0))
            return false;
        *count += expected[i] > 0.0;
    }
    if (*count < 2.0)
        return false;
    for (size_t i = 0; i < areas; i++) {
        if (expected[i] > 0.0)
            logs[i] = log(half_more(observed[i]) / expected[i]);
    }
    return true;
}

/* Mean and mean square about it of the areas with something expected. */
static struct kernel_log_normal
moments(const double *logs, const double *expected, size_t areas, double count)
{
    struct num_sum sum = {0}, squares = {0};
    for (size_t i = 0; i < areas; i++) {
        if (expected[i] > 0.0)
            num_sum_add(&sum, logs[i]);
    }
    double mean = num_sum_value(&sum) / count;
    for (size_t i = 0; i < areas; i++) {
        if (expected[i] > 0.0)
            num_sum_add(&squares, (logs[i] - mean) * (logs[i] - mean));
    }
    return (struct kernel_log_normal){mean, num_sum_value(&squares) / count};
}

/* M step: the variance is that of the estimates and what each leaves open. */
static struct kernel_log_normal maximise(const double *observed,
                                         const double *expected, size_t areas,
                                         const double *logs, double count,
                                         double variance)
{
    struct num_sum open = {0};
    struct kernel_log_normal out = moments(logs, expected, areas, count);
    for (size_t i = 0; i < areas; i++) {
        if (expected[i] > 0.0)
            num_sum_add(&open, 1.0 / (1.0 + variance * half_more(observed[i])));
    }
    out.variance += variance * num_sum_value(&open) / count;
    return out;
}

/* E step: the mode of each log under the quadratic likelihood. */
static void estimate(const double *observed, const double *expected,
                     size_t areas, const struct kernel_log_normal *at,
                     double *logs)
{
    for (size_t i = 0; i < areas; i++) {
        double cases = half_more(observed[i]), v = at->variance;
        logs[i] =
            expected[i] > 0.0
                ? (at->mean + cases * v * log(cases / expected[i]) - 0.5 * v) /
                      (1.0 + cases * v)
                : at->mean;
    }
}

static bool moved(double from, double to, double tolerance)
{
    return fabs(to - from) > tolerance * fabs(to + from);
}

bool kernel_log_normal(const double *observed, const double *expected,
                       size_t areas, struct kernel_rounds rounds, double *logs,
                       struct kernel_log_normal *out)
{
    double count;
    if (!(rounds.tolerance > 0.0) ||
        !start(observed, expected, areas, logs, &count))
        return false;
    if (rounds.most == 0)
        rounds = solved;
    struct kernel_log_normal at = moments(logs, expected, areas, count);
    at.variance *= count / (count - 1.0);
    for (size_t k = 0; k <= rounds.most; k++) {
        struct kernel_log_normal from = at;
        at = maximise(observed, expected, areas, logs, count, from.variance);
        estimate(observed, expected, areas, &at, logs);
        if (!moved(from.mean, at.mean, rounds.tolerance) &&
            !moved(from.variance, at.variance, rounds.tolerance))
            break;
    }
    if (!isfinite(at.mean) || !isfinite(at.variance))
        return false;
    *out = at;
    return true;
}
