/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/edition_reader.h - an edition file being read, for edition_read.c,
 * edition_tables.c and edition_basis.c only.
 *
 * The file is read as one that a stranger sent: read-only, in one transaction,
 * and only when its schema is word for word the one that editions are written
 * with - no view, no trigger, no table of another shape. Nothing keeps a file
 * from breaking its own schema, so every accessor of the current row checks
 * type and range; a text is UTF-8 without control characters, but for line
 * ends and tabs. The first problem is kept in err as "edition.damaged" and
 * stops the reading: from then on nothing is asked of the file, rows end and
 * accessors give their least value, so that a reading is checked once, at its
 * end. What is read lives in `open`. */
#ifndef PUB_EDITION_READER_H
#define PUB_EDITION_READER_H

#include <sqlite3.h>

#include "pub/edition_impl.h"

struct edition_reader {
    struct arena *open;
    sqlite3 *db;
    sqlite3_stmt *stmt; /* between begin and end */
    const char *path;
    struct err *err;
    bool failed;
    struct edition *edition;
    struct codes *codes;
    struct project *project;
};

void reader_fail(struct edition_reader *r, const char *what);
/* "edition.missing" where there is no file of this name. */
void reader_open(struct edition_reader *r);
void reader_close(struct edition_reader *r);
/* A query with one parameter, the place of a table, or none (-1). */
void reader_begin(struct edition_reader *r, const char *sql, int sheet);
/* Goes to the next row; false behind the last one or after a failure. */
bool reader_next(struct edition_reader *r) MUST_USE;
void reader_end(struct edition_reader *r);

/* Columns of the current row, numbered from 0. */
bool reader_is_null(const struct edition_reader *r, int column);
/* A text of no more than 30,000 bytes; one line of no more than 2,000, without
 * any control character. */
const char *reader_text(struct edition_reader *r, int column);
const char *reader_line(struct edition_reader *r, int column);
/* low..high */
int reader_int(struct edition_reader *r, int column, int low, int high);
int64_t reader_int64(struct edition_reader *r, int column, int64_t low,
                     int64_t high);
double reader_real(struct edition_reader *r, int column); /* finite */
/* Words separated by single spaces. */
const char **reader_words(struct edition_reader *r, int column, size_t *count);
/* Space-separated numbers 0..limit-1. */
int *reader_numbers(struct edition_reader *r, int column, int limit,
                    size_t *count);

/* The number that a query finds; not while another one is being read. */
size_t reader_count(struct edition_reader *r, const char *sql, int sheet);

/* edition_tables.c: the published tables, when the codes are read. */
void edition_read_tables(struct edition_reader *r);
/* edition_basis.c: what rates were computed with. */
void edition_read_basis(struct edition_reader *r);

#endif
