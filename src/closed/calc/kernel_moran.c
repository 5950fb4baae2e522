/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/kernel_indirect.h"

/* Sums of the weights w = 1 / neighbours of the row (Cliff and Ord 1981):
 * S0 = sum w, S1 = sum (w_ij + w_ji)^2 / 2, S2 = sum (row + column sum)^2. */
struct weights {
    double s0, s1, s2;
    double areas; /* with neighbours: also S0 */
};

static double weight(const struct neighbours *neighbours, size_t i)
{
    return 1.0 / (double)neighbours->sizes[i];
}

/* Lists are two-sided: the column of i has the same areas as its row. */
static struct weights sum_weights(const struct neighbours *neighbours)
{
    struct num_sum s1 = {0}, s2 = {0};
    struct weights out = {0};
    for (size_t i = 0; i < neighbours->areas; i++) {
        if (neighbours->sizes[i] == 0)
            continue;
        double row = weight(neighbours, i), column = 0.0;
        for (size_t k = 0; k < neighbours->sizes[i]; k++) {
            double back = weight(neighbours, neighbours->lists[i][k]);
            num_sum_add(&s1, row * row + row * back);
            column += back;
        }
        num_sum_add(&s2, (1.0 + column) * (1.0 + column));
        out.areas += 1.0;
    }
    out.s0 = out.areas;
    out.s1 = num_sum_value(&s1);
    out.s2 = num_sum_value(&s2);
    return out;
}

/* Moments of the values about their mean, and the sum of w z_i z_j. */
struct moments {
    double second, fourth, cross;
};

static bool sum_values(const double *values,
                       const struct neighbours *neighbours, struct moments *out)
{
    struct num_sum sum = {0}, second = {0}, fourth = {0}, cross = {0};
    for (size_t i = 0; i < neighbours->areas; i++) {
        if (!isfinite(values[i]))
            return false;
        num_sum_add(&sum, values[i]);
    }
    double mean = num_sum_value(&sum) / (double)neighbours->areas;
    for (size_t i = 0; i < neighbours->areas; i++) {
        double z = values[i] - mean, near = 0.0;
        for (size_t k = 0; k < neighbours->sizes[i]; k++)
            near += values[neighbours->lists[i][k]] - mean;
        num_sum_add(&second, z * z);
        num_sum_add(&fourth, z * z * z * z);
        if (neighbours->sizes[i] > 0)
            num_sum_add(&cross, z * near * weight(neighbours, i));
    }
    *out = (struct moments){num_sum_value(&second), num_sum_value(&fourth),
                            num_sum_value(&cross)};
    return isfinite(out->fourth) &&
           out->second > 1e-24 * mean * mean * (double)neighbours->areas;
}

/* Cliff and Ord 1981, under randomisation. */
static double variance(const struct weights *w, double kurtosis)
{
    double n = w->areas, s02 = w->s0 * w->s0;
    double above =
        n * (w->s1 * (n * n - 3.0 * n + 3.0) - n * w->s2 + 3.0 * s02);
    double shape =
        kurtosis * (w->s1 * (n * n - n) - 2.0 * n * w->s2 + 6.0 * s02);
    double mean = -1.0 / (n - 1.0);
    return (above - shape) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s02) -
           mean * mean;
}

bool kernel_moran(const double *values, const struct neighbours *neighbours,
                  struct kernel_moran *out)
{
    size_t area, other;
    struct moments moments;
    if (neighbours_check(neighbours, &area, &other) != NEIGHBOURS_GOOD)
        return false;
    struct weights w = sum_weights(neighbours);
    if (w.areas < 4.0 || !sum_values(values, neighbours, &moments))
        return false;
    double kurtosis = (double)neighbours->areas * moments.fourth /
                      (moments.second * moments.second);
    struct kernel_moran found = {
        .value = moments.cross / moments.second * (w.areas / w.s0),
        .expected = -1.0 / (w.areas - 1.0),
        .variance = variance(&w, kurtosis),
        .islands = neighbours->areas - (size_t)w.areas,
    };
    if (!(found.variance > 0.0) || !isfinite(found.variance))
        return false;
    found.z = (found.value - found.expected) / sqrt(found.variance);
    found.p = 2.0 * kernel_normal_cdf(-fabs(found.z));
    *out = found;
    return true;
}
