/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel.h"

bool kernel_crude_rate(double count, double person_years, double per,
                       double confidence, struct kernel_interval *out)
{
    struct kernel_interval limits;
    if (!isfinite(person_years) || !(person_years > 0.0) || !isfinite(per) ||
        !(per > 0.0) || !kernel_poisson_exact(count, confidence, &limits))
        return false;
    double scale = per / person_years;
    *out = (struct kernel_interval){
        .value = count / person_years * per,
        .lower = limits.lower * scale,
        .upper = limits.upper * scale,
    };
    return true;
}
