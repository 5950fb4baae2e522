/* SPDX-License-Identifier: EUPL-1.2 */
/* pub/edition_reader.h - an edition file being read, for edition_read.c and
 * edition_tables.c only.
 *
 * Every accessor of the current row checks type and range. The first problem is
 * kept in err as "edition.damaged" and stops the reading: from then on nothing
 * is asked of the file, rows end and accessors give their least value, so that
 * a reading is checked once, at its end. What is read lives in `open`. */
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
void reader_begin(struct edition_reader *r, const char *sql);
/* Goes to the next row; false behind the last one or after a failure. */
bool reader_next(struct edition_reader *r) MUST_USE;
void reader_end(struct edition_reader *r);

/* Columns of the current row, numbered from 0. */
const char *reader_text(struct edition_reader *r, int column);
/* low..high */
int reader_int(struct edition_reader *r, int column, int64_t low, int64_t high);
/* Words separated by single spaces. */
const char **reader_words(struct edition_reader *r, int column, size_t *count);
/* Space-separated numbers 0..limit-1. */
int *reader_numbers(struct edition_reader *r, int column, int limit,
                    size_t *count);

/* Rows of a table of the file; not while another one is being read. */
size_t reader_count(struct edition_reader *r, const char *table);

/* edition_tables.c: the published tables, when the codes are read. */
void edition_read_tables(struct edition_reader *r);

#endif
