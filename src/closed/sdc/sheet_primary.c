/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/sheet_primary.h"

int64_t sheet_price(const struct sheet *sheet,
                    const struct sheet_policy *policy, size_t cell)
{
    int64_t price =
        policy->prices == NULL ? SHEET_PRICE_DEFAULT : policy->prices[cell];
    if (price == SHEET_PRICE_DEFAULT && sheet->counts[cell] == 0 &&
        policy->zeros)
        return policy->zero_price;
    return price;
}

static bool may_be_suppressed(const struct sheet *sheet,
                              const struct sheet_policy *policy, size_t cell)
{
    return sheet->counts[cell] > 0 || policy->zeros;
}

bool sheet_is_primary(const struct sheet *sheet,
                      const struct sheet_policy *policy, size_t cell)
{
    int64_t count = sheet->counts[cell];
    if (sheet_price(sheet, policy, cell) == SHEET_PRICE_SUPPRESS)
        return may_be_suppressed(sheet, policy, cell);
    return count > 0 && count < policy->threshold;
}

bool sheet_mark_primaries(struct sheet *sheet,
                          const struct sheet_policy *policy, struct err *err)
{
    for (size_t c = 0; c < sheet->cells; c++) {
        bool primary = sheet_is_primary(sheet, policy, c);
        sheet->status[c] = primary ? SHEET_PRIMARY : SHEET_SHOWN;
        if (!primary || sheet_price(sheet, policy, c) != SHEET_PRICE_SHOW)
            continue;
        struct arena *scratch = arena_new();
        err_fail(err, ERR_DISCLOSURE, "sheet.show",
                 "%s must be shown and cannot be: it is primary",
                 sheet_name(scratch, sheet, c));
        arena_free(scratch);
        return false;
    }
    return true;
}
