/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_columns.h - the words of the columns `indicator`, `unit` and
 * `standard` of the data: they are codes as the others are. */
#ifndef FORMAT_CSV_COLUMNS_H
#define FORMAT_CSV_COLUMNS_H

#include "format/csv_schema.h"
#include "format/format.h"

extern const struct csv_list csv_indicator_list, csv_unit_list,
    csv_standard_list;

/* Writes codes/indicator.csv, unit.csv and standard.csv, of what the data sets
 * hold; a reference population has a row for each of its ages. */
bool csv_column_lists(const struct format_job *job, struct err *err) MUST_USE;

#endif
