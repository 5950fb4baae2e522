/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_statistics.h - statistics of published tables.
 *
 * Ratios, trends, ranks and inequality indices are computed from the digits
 * that the release prints, never from what is behind them: what anybody can
 * compute from a release cannot tell more than the release. A result whose
 * inputs are not all shown has the status of what is missing. */
#ifndef SEAL_SEAL_STATISTICS_H
#define SEAL_SEAL_STATISTICS_H

#include "pub/table.h"
#include "seal/seal_impl.h"

/* Makes the table of one statistic from the table it names in `tables`.
 * ERR_SCRIPT: the axis does not have the reference, or has points that a
 * statistic cannot be made along. */
bool seal_statistic(struct seal *seal, const struct pub_table *const *tables,
                    const struct plan_statistic *plan, struct pub_table **out,
                    struct err *err) MUST_USE;
/* Makes all of the plan's, in its order, behind its tables in `tables`. */
bool seal_statistics(struct seal *seal, const struct pub_table **tables,
                     struct err *err) MUST_USE;

#endif
