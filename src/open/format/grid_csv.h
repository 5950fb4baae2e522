/* SPDX-License-Identifier: EUPL-1.2 */
/* format/grid_csv.h - the numbers of a figure or table as CSV.
 *
 * One row a row of the grid, columns named by their machine names. A column of
 * numbers has a second one, NAME_status, and its value is empty unless the
 * status is v. RFC 4180, CRLF, UTF-8, decimal point. */
#ifndef FORMAT_GRID_CSV_H
#define FORMAT_GRID_CSV_H

#include "base/text.h"
#include "page/document.h"

void grid_csv(struct text *out, const struct grid *grid);

#endif
