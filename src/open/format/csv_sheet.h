/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_sheet.h - a data set as French spreadsheets open it.
 *
 * The same rows and columns as the file of a data set, made from it: semicolons
 * between the fields, decimal commas in the columns that are numbers, UTF-8
 * after a byte order mark, CRLF. They stand apart, in CSV_SHEETS below the
 * data, under the same names, with one schema for all of them. Whatever reads a
 * release as data reads the others. */
#ifndef FORMAT_CSV_SHEET_H
#define FORMAT_CSV_SHEET_H

#include "format/format.h"

#define CSV_SHEETS "tableur"

/* Where the sheet of a data set is, below the directory of the data. */
const char *csv_sheet_path(struct arena *arena, const struct pub_table *table);
/* The sheets of all data sets, which are written already, and their schema.
 * ERR_IO. */
bool csv_sheets_write(const struct format_job *job, struct err *err) MUST_USE;
/* Whether the finished sheet says, to the byte, what the finished file of the
 * data set says. ERR_DISAGREE, ERR_IO. */
bool csv_sheet_verify(const struct format_job *job,
                      const struct pub_table *table, struct err *err) MUST_USE;

#endif
