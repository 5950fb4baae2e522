/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet_plain.h - a sheet as a plain table, and the methods on sheets.
 * CONFIDENTIAL.
 *
 * A cell's mark is made from the names of its axes and codes with the key, so
 * that it does not depend on the order of axes, files or lines. */
#ifndef SDC_SHEET_PLAIN_H
#define SDC_SHEET_PLAIN_H

#include "sdc/cellkey.h"
#include "sdc/plain.h"
#include "sdc/round.h"
#include "sdc/sheet.h"

/* [cells]; all 0 without a key (size 0). */
uint64_t *sheet_marks(struct arena *arena, const struct sheet *sheet,
                      const struct hash_key *key);

/* The sheet must outlive the table. Without a key (size 0) all marks are 0:
 * for what draws no lots. */
struct plain_table *sheet_plain(struct arena *arena, const struct sheet *sheet,
                                const struct hash_key *key);

/* round_table over a sheet: out[sheet->cells]. */
bool sheet_round(struct arena *arena, const struct sheet *sheet,
                 const struct round_policy *policy, int64_t *out,
                 struct round_report *report, struct err *err) MUST_USE;

/* cellkey_table over a sheet: out[sheet->cells]. */
bool sheet_cellkey(struct arena *arena, const struct sheet *sheet,
                   const struct cellkey_policy *policy, int64_t *out,
                   struct cellkey_report *report, struct err *err) MUST_USE;

#endif
