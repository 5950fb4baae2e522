/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet_primary.h - what a sheet suppresses for its own sake.
 * CONFIDENTIAL. */
#ifndef SDC_SHEET_PRIMARY_H
#define SDC_SHEET_PRIMARY_H

#include "sdc/protect_sheet.h"

/* The weight of a cell, in thousandths of the default, or an order. */
int64_t sheet_price(const struct sheet *sheet,
                    const struct sheet_policy *policy, size_t cell);

/* True for counts 1..T-1 and for what must be suppressed; a zero only where
 * zeros may be. */
bool sheet_is_primary(const struct sheet *sheet,
                      const struct sheet_policy *policy, size_t cell);

/* Makes every cell primary or shown. ERR_DISCLOSURE "sheet.show" naming a
 * primary cell that must be shown. */
bool sheet_mark_primaries(struct sheet *sheet,
                          const struct sheet_policy *policy,
                          struct err *err) MUST_USE;

#endif
