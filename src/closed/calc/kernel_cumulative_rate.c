/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_rate.h"

static double risk(double rate)
{
    return -expm1(-rate);
}

bool kernel_cumulative_rate(const double *counts, const double *person_years,
                            const double *widths, size_t classes,
                            enum kernel_rate_method method, double confidence,
                            struct kernel_cumulative *out)
{
    struct kernel_classes all = {counts, person_years, widths, classes, 1.0};
    struct kernel_interval rate;
    if (!kernel_rate_limits(&all, 1.0, method, confidence, &rate))
        return false;
    out->rate = rate;
    out->risk = (struct kernel_interval){risk(rate.value), risk(rate.lower),
                                         risk(rate.upper)};
    return true;
}
