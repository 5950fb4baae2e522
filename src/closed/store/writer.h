/* SPDX-License-Identifier: EUPL-1.2 */
/* store/writer.h - a new store, whole or not at all.
 *
 * Rows go to an SQLite database, which refuses a second row of one key and can
 * be read back before anything is there. For a file PATH that is
 * `.NAME.tmp-PID` beside it; writer_commit syncs it and renames it over PATH.
 * What a killed process left there is swept. For another kind of store it is in
 * memory, and writer_commit has the driver fill the store with it, in one
 * transaction. Until then, and after any failure, the store is as it was. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/schema.h"
#include "store/store_impl.h"

struct writer;

struct sqlite3;

/* A store with every table of the contract, empty. ERR_IO. */
bool writer_open(struct arena *closed, const char *address, struct writer **out,
                 struct err *err) MUST_USE;

enum writer_outcome {
    WRITER_OK,
    WRITER_DUPLICATE, /* a row with this key is there already: not added */
    WRITER_FAILED,    /* err is filled */
};

/* Adds one row: as many cells as the table has columns; NULL is a NULL.
 * Numbers are given as text in plain decimals. */
enum writer_outcome writer_row(struct writer *writer,
                               const struct table_spec *table,
                               const char *const *cells, struct err *err);
/* Is the column of the key, that no two rows share? */
bool writer_is_key(const struct writer *writer, const struct table_spec *table,
                   size_t column);
/* writer_row with the cells of another store's row. */
enum writer_outcome writer_cells(struct writer *writer,
                                 const struct table_spec *table,
                                 const struct row *row, struct err *err);
/* Adds a fact without going through text. */
bool writer_count(struct writer *writer, const struct table_spec *table,
                  const char *measure, const char *const codes[FACT_COLUMNS],
                  int64_t count, struct err *err) MUST_USE;
/* Reads the new store as a release will: what no single row shows. */
bool writer_read_back(const struct writer *writer, struct err *err) MUST_USE;
/* The rows become the store. */
bool writer_commit(struct writer *writer, struct err *err) MUST_USE;
/* Closes and removes what was not committed. Safe after writer_commit; NULL
 * is fine. */
void writer_close(struct writer *writer);

/* sqlite.c: an open database as a source; it stays the caller's. */
struct source store_sqlite_over(struct arena *closed, struct sqlite3 *db);

#endif
