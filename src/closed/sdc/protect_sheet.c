/* SPDX-License-Identifier: EUPL-1.2 */
/* The plainest pattern that is right: as soon as one cell is primary, nothing
 * but zeros is shown. Every leaf cell that is not zero can then be any number,
 * independently of the others, so that no interval has an upper end. */
#include "sdc/sheet_primary.h"

static bool suppress_all(struct sheet *sheet, const struct sheet_policy *policy,
                         struct err *err)
{
    for (size_t c = 0; c < sheet->cells; c++) {
        if (sheet->counts[c] == 0 || sheet->status[c] == SHEET_PRIMARY)
            continue;
        sheet->status[c] = SHEET_SECONDARY;
        if (sheet_price(sheet, policy, c) != SHEET_PRICE_SHOW)
            continue;
        struct arena *scratch = arena_new();
        err_fail(err, ERR_DISCLOSURE, "sheet.show",
                 "%s must be shown, and no proof was found that the others are "
                 "not exposed then",
                 sheet_name(scratch, sheet, c));
        arena_free(scratch);
        return false;
    }
    return true;
}

static void tally(const struct sheet *sheet, struct sheet_report *report)
{
    *report = (struct sheet_report){.cells = sheet->cells};
    for (size_t c = 0; c < sheet->cells; c++) {
        bool secondary = sheet->status[c] == SHEET_SECONDARY;
        report->primary += sheet->status[c] == SHEET_PRIMARY;
        report->secondary += secondary;
        report->zeros +=
            sheet->status[c] != SHEET_SHOWN && sheet->counts[c] == 0;
        /* Cells overlap: their sum may be larger than the table's total. */
        if (secondary &&
            __builtin_add_overflow(report->secondary_value, sheet->counts[c],
                                   &report->secondary_value))
            report->secondary_value = INT64_MAX;
    }
}

bool sheet_protect(struct arena *closed, struct sheet *sheet,
                   const struct sheet_policy *policy,
                   struct sheet_report *report, struct err *err)
{
    (void)closed;
    if (policy->threshold < 3)
        return err_fail(err, ERR_DISCLOSURE, "sheet.threshold",
                        "the threshold is under 3");
    if (policy->certificate[0] != '\0')
        return err_fail(err, ERR_DISCLOSURE, "sheet.certificate",
                        "this version writes no certificate");
    if (!sheet_mark_primaries(sheet, policy, err))
        return false;
    tally(sheet, report);
    if (report->primary > 0 && !suppress_all(sheet, policy, err))
        return false;
    tally(sheet, report);
    return true;
}
