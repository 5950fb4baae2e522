/* SPDX-License-Identifier: EUPL-1.2 */
/* base/csv.h - RFC 4180 tables: read strictly, written plainly.
 *
 * Reading: UTF-8 (a leading BOM is skipped), comma, LF or CRLF, quoted fields
 * may hold anything; a stray quote, a NUL, bad UTF-8 or a row with another
 * number of fields than the header is an error naming file and line. The
 * header row is required; names are unique and not empty; semicolons and tabs
 * in the place of commas are named. Files ending in ".gz" are inflated. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/err.h"
#include "base/text.h"

struct csv;

/* Opens and checks the header. ERR_IO or ERR_INPUT. Close with csv_close. */
bool csv_open(struct arena *arena, const char *path, struct csv **out,
              struct err *err) MUST_USE;
/* Of the header, numbered from 0. Asserts that the column exists. */
size_t csv_columns(const struct csv *csv);
const char *csv_column_name(const struct csv *csv, size_t column);
/* Position of a column, or -1. */
int csv_find(const struct csv *csv, const char *name);
/* Fails with ERR_INPUT: "FILE:1: no column 'codes'; the nearest is 'code'". */
bool csv_no_column(const struct csv *csv, const char *name, const char *id,
                   struct err *err);
/* Reads the next row; *more is false at the end. Field pointers are valid
 * until the next call. */
bool csv_next(struct csv *csv, bool *more, struct err *err) MUST_USE;
/* A field of the row that csv_next read last, unquoted. */
const char *csv_field(const struct csv *csv, size_t column);
size_t csv_line(const struct csv *csv); /* line where the row began, from 1 */
/* Line of the first row of the file with the same fields in these columns as
 * the row that csv_next read last, of which a reader knows that there is one
 * before. The file is read again. */
size_t csv_first_like(const struct csv *csv, const size_t *columns,
                      size_t count);
const char *csv_path(const struct csv *csv);
void csv_close(struct csv *csv); /* NULL is fine */

/* Adds one field, quoted when it must be; the caller adds the separator. */
void csv_add_field(struct text *out, const char *field, char separator);

#endif
