/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/audit_sheet.h - a sheet as an attacker sees it. CONFIDENTIAL where the
 * sheet is; of a public file it tells nothing that the file does not. */
#ifndef SDC_AUDIT_SHEET_H
#define SDC_AUDIT_SHEET_H

#include "sdc/audit.h"
#include "sdc/sheet.h"

enum audit_attacker {
    AUDIT_STRICT, /* zeros are always shown: a suppressed cell is at least 1 */
    AUDIT_BASIC,  /* at least 0 */
};
/* "strict", "basic". */
bool audit_attacker_parse(const char *name, enum audit_attacker *out) MUST_USE;

/* Cells have the sheet's numbers; suppressed ones are AUDIT_GUARDED, at most
 * AUDIT_UNLIMITED. Relations are those that touch a suppressed cell: one per
 * relation of an axis and line. No persons, bands or witnesses. */
struct audit_input audit_sheet_view(struct arena *arena,
                                    const struct sheet *sheet,
                                    enum audit_attacker attacker,
                                    int64_t threshold);

/* Numbers of cells. */
struct audit_summary {
    size_t cells, suppressed;
    size_t propagated, linear, integral; /* settled, exposed or not, by */
    size_t exposed;
    size_t open; /* not settled */
};
struct audit_summary audit_sum_up(const struct audit_input *input,
                                  const enum audit_verdict *verdicts,
                                  const struct audit_effort *effort);

#endif
