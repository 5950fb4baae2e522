/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/area_totals.h"

#include <math.h>

#include "base/num.h"

static bool fits(double cases, double base)
{
    return isfinite(cases) && cases >= 0.0 && isfinite(base) && base >= 0.0 &&
           (base > 0.0 || cases == 0.0);
}

bool area_totals(const double *cases, const double *base, size_t areas,
                 struct area_totals *out)
{
    struct num_sum above = {0}, below = {0};
    struct area_totals totals = {0};
    for (size_t i = 0; i < areas; i++) {
        if (!fits(cases[i], base[i]))
            return false;
        num_sum_add(&above, cases[i]);
        num_sum_add(&below, base[i]);
        totals.areas += base[i] > 0.0;
    }
    totals.cases = num_sum_value(&above);
    totals.base = num_sum_value(&below);
    if (totals.areas < 2.0 || !isfinite(totals.cases) || !isfinite(totals.base))
        return false;
    *out = totals;
    return true;
}
