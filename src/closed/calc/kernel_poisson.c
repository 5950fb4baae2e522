/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel.h"

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
    if (count > 0.0 && !kernel_gamma_quantile(tail, count, &limits.lower))
        return false;
    if (!kernel_gamma_quantile(1.0 - tail, count + 1.0, &limits.upper))
        return false;
    *out = limits;
    return true;
}
