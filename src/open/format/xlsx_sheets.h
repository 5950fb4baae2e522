/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_sheets.h - which sheets a workbook has, for its writer and its
 * checker. */
#ifndef FORMAT_XLSX_SHEETS_H
#define FORMAT_XLSX_SHEETS_H

#include "page/document.h"

#define XLSX_DECIMALS 5
#define XLSX_FRONT_SHEETS 3 /* cover, contents, notes */

struct xlsx_sheet {
    const char *name;       /* at most 31 characters, unique */
    const char *table_name; /* "table_1" */
    const char *title;
    const struct caption *caption;
    const struct grid *grid;
    uint32_t first_row; /* of the header row, from 0 */
};

/* One sheet a grid, in reading order; figures count with their data. */
void xlsx_sheets(struct arena *scratch, const struct document *document,
                 const struct xlsx_sheet **sheets, size_t *count);
/* Header cell: heading and unit, unique in its table. */
const char *xlsx_heading(struct arena *scratch, const struct grid *grid,
                         size_t column);
/* Reads the finished file and compares every number with its grid. */
bool xlsx_check(struct arena *scratch, const char *path,
                const struct document *document, struct err *err) MUST_USE;

#endif
