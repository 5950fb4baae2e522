/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/sheet_loss.h - what protecting a sheet costs its readers. For inside
 * eyes: how many cases are suppressed, and which cells are primary, is never
 * published. CONFIDENTIAL. */
#ifndef SDC_SHEET_LOSS_H
#define SDC_SHEET_LOSS_H

#include "sdc/sheet.h"

/* Writes a CSV file: one row for the whole sheet (axis and depth empty), then
 * one for each axis and depth below its roots, all other axes taken whole:
 * cells, primary, secondary, zeros suppressed, the sum of all counts and of
 * the suppressed ones. A node that several files hold has its least depth.
 * Only the owner may read the file. Nothing is left at `path` when it fails. */
bool sheet_write_loss(const struct sheet *sheet, const char *path,
                      struct err *err) MUST_USE;

#endif
