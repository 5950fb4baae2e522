/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_list.h - a list beside the data, row by row: its file and its
 * schema in codes/. */
#ifndef FORMAT_CSV_LIST_H
#define FORMAT_CSV_LIST_H

#include "format/csv_schema.h"
#include "format/format.h"

/* A field of a row, and the last one. */
void csv_list_field(struct text *out, const char *field);
void csv_list_last(struct text *out, const char *field);
/* Two fields, ages or years, and what ends the second: it is empty where
 * `high` is -1, no limit. */
void csv_list_limits(struct text *out, int low, int high, const char *end);
/* Writes codes/NAME.csv with these rows below its header, and
 * codes/NAME.schema.json. */
bool csv_list_write(const struct format_job *job, const struct csv_list *list,
                    const struct text *rows, struct err *err) MUST_USE;

#endif
