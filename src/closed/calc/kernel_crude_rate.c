/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_rate.h"

bool kernel_crude_rate_limits(double count, double person_years, double per,
                              enum kernel_count_method method,
                              double confidence, struct kernel_interval *out)
{
    struct kernel_interval limits;
    if (!isfinite(person_years) || !(person_years > 0.0) || !isfinite(per) ||
        !(per > 0.0) ||
        !kernel_poisson_limits(count, method, confidence, &limits))
        return false;
    double scale = per / person_years;
    *out = (struct kernel_interval){
        .value = count / person_years * per,
        .lower = limits.lower * scale,
        .upper = limits.upper * scale,
    };
    return true;
}

bool kernel_crude_rate(double count, double person_years, double per,
                       double confidence, struct kernel_interval *out)
{
    return kernel_crude_rate_limits(count, person_years, per,
                                    KERNEL_COUNT_EXACT, confidence, out);
}
