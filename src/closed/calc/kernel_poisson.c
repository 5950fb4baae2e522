/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/weighted_sum.h"

/* Garwood 1936: the limits are quantiles of the gamma distribution whose shape
 * is the count (lower) and the count plus one (upper). */
bool kernel_poisson_exact(double count, double confidence,
                          struct kernel_interval *out)
{
    if (!isfinite(count) || count < 0.0 ||
        !(confidence > 0.0 && confidence < 1.0))
        return false;
    struct kernel_interval limits = {.value = count};
    double tail = 0.5 * (1.0 - confidence);
    if (count > 0.0 ? !kernel_gamma_limits(tail, count, count + 1.0,
                                           &limits.lower, &limits.upper)
                    : !kernel_gamma_quantile(1.0 - tail, 1.0, &limits.upper))
        return false;
    *out = limits;
    return true;
}

/* Breslow and Day 1987, eq. 2.13: the cube root of a Poisson mean is nearly
 * normal. So few events that the root is below 0 tell nothing: 0. */
static double byar(double count, double z)
{
    double root = 1.0 - 1.0 / (9.0 * count) + z / (3.0 * sqrt(count));
    return root > 0.0 ? count * root * root * root : 0.0;
}

static bool byar_limits(double count, double z, struct kernel_interval *out)
{
    *out = (struct kernel_interval){
        .value = count,
        .lower = count > 0.0 ? byar(count, -z) : 0.0,
        .upper = byar(count + 1.0, z),
    };
    return true;
}

/* Half of the gamma distribution with the count as shape, half of that with
 * one more: the exact limits' two distributions. */
static bool mid_p_limits(double count, double confidence,
                         struct kernel_interval *out)
{
    struct weighted_gamma pair[2] = {{count, count}, {count + 1, count + 1}};
    double tail = 0.5 * (1.0 - confidence);
    struct kernel_interval limits = {.value = count};
    if (!weighted_gamma_mid(pair, tail, &limits.lower) ||
        !weighted_gamma_mid(pair, 1.0 - tail, &limits.upper))
        return false;
    *out = limits;
    return true;
}

static bool normal_limits(double count, double z, struct kernel_interval *out)
{
    if (!(count > 0.0))
        return false;
    double half = z * sqrt(count);
    *out = (struct kernel_interval){count, count - half, count + half};
    return true;
}

bool kernel_poisson_limits(double count, enum kernel_count_method method,
                           double confidence, struct kernel_interval *out)
{
    double z;
    if (!isfinite(count) || count < 0.0 ||
        !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    switch (method) {
    case KERNEL_COUNT_EXACT:
        return kernel_poisson_exact(count, confidence, out);
    case KERNEL_COUNT_BYAR:
        return byar_limits(count, z, out);
    case KERNEL_COUNT_MIDP:
        return mid_p_limits(count, confidence, out);
    case KERNEL_COUNT_NORMAL:
        return normal_limits(count, z, out);
    }
    return false;
}
