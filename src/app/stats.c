/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"

/* One a line, as they are added. */
/* clang-format off */
const struct script_group *const stats_groups[] = {
    &stats_rates,
    &stats_comparisons,
    &stats_proportions,
    &stats_survival,
    &stats_inequality,
    &stats_multiple,
    &stats_indirect,
    &stats_small_area,
    &stats_projections,
    &stats_spatial,
    &stats_trends,
    NULL,
};
/* clang-format on */

double stats_confidence(struct script_call *call)
{
    double confidence = call_number_or(call, "confidence", 0.95);
    if (!(confidence > 0.0 && confidence < 1.0))
        call_fail(call, "'confidence' is between 0 and 1");
    return confidence;
}
