/* SPDX-License-Identifier: EUPL-1.2 */
/* format/csv_codes.h - what a reader needs beside the data: code lists, what
 * each code is the sum of, and what the measures are.
 *
 * With these, the thresholds of manifest.json and the digits that the values
 * are printed with, whoever holds a release can attack it as its makers did. */
#ifndef FORMAT_CSV_CODES_H
#define FORMAT_CSV_CODES_H

#include "format/format.h"

/* Writes DIRECTORY/codes/: one list for each dimension, relation.csv,
 * measure.csv and those of csv_columns.h with their schemas, and class.csv
 * where values are classes. */
bool csv_codes(const struct format_job *job, struct err *err) MUST_USE;

/* The lists that there may be, by number from 0; NULL past the last. */
const struct csv_list *csv_list_at(size_t number);

#endif
