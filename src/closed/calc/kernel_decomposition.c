/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_trend.h"

struct totals {
    double cases1, cases2, years1, years2, expected;
};

static bool counts(double cases, double years)
{
    return isfinite(cases) && cases >= 0.0 && isfinite(years) && years >= 0.0 &&
           (years > 0.0 || cases == 0.0);
}

static bool add_up(const struct decomposition_input *input,
                   struct totals *totals)
{
    for (size_t i = 0; i < input->classes; i++) {
        double cases1 = input->cases1[i], years1 = input->years1[i];
        double cases2 = input->cases2[i], years2 = input->years2[i];
        if (!counts(cases1, years1) || !counts(cases2, years2) ||
            (years1 == 0.0 && years2 > 0.0))
            return false;
        totals->cases1 += cases1;
        totals->cases2 += cases2;
        totals->years1 += years1;
        totals->years2 += years2;
        if (years1 > 0.0)
            totals->expected += cases1 / years1 * years2;
    }
    return totals->years1 > 0.0 && totals->years2 > 0.0 &&
           isfinite(totals->expected);
}

bool kernel_decomposition(const struct decomposition_input *input,
                          enum decomposition_method method,
                          struct decomposition *out)
{
    struct totals all = {0};
    if (!add_up(input, &all))
        return false;
    struct decomposition parts = {
        .cases1 = all.cases1,
        .cases2 = all.cases2,
        .change = all.cases2 - all.cases1,
        .expected = all.expected,
    };
    double growth = all.years2 / all.years1;
    switch (method) {
    case DECOMPOSITION_BASHIR_ESTEVE:
        parts.size = all.cases2 - all.cases2 / growth;
        parts.ageing = all.expected / growth - all.cases1;
        parts.risk = (all.cases2 - all.expected) / growth;
        break;
    case DECOMPOSITION_SEQUENTIAL:
        parts.size = all.cases1 * growth - all.cases1;
        parts.ageing = all.expected - all.cases1 * growth;
        parts.risk = all.cases2 - all.expected;
        break;
    }
    *out = parts;
    return true;
}
