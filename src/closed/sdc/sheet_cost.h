/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet_cost.h - what a person wants shown, suppressed or spared.
 * CONFIDENTIAL. */
#ifndef SDC_SHEET_COST_H
#define SDC_SHEET_COST_H

#include "sdc/protect_sheet.h"

/* A weight in thousandths from a number from 0.001 to 1000000. */
bool sheet_parse_weight(const char *text, int64_t *weight) MUST_USE;

/* Reads a CSV file of the axis columns, where `*` stands for every node, and
 * `cost`: a weight that multiplies the default,
 * `show` or `suppress`. Where rows meet, the later one holds. prices[cells] as
 * in sheet_policy. ERR_INPUT "sheet.cost" naming file, line and column. */
bool sheet_read_cost(struct arena *closed, const struct sheet *sheet,
                     const char *path, int64_t **prices,
                     struct err *err) MUST_USE;

#endif
