/* SPDX-License-Identifier: EUPL-1.2 */
/* store/writer.h - a new SQLite store, whole or not at all.
 *
 * Rows go to `.NAME.tmp-PID` beside PATH; writer_commit syncs it and renames it
 * over PATH. What a killed process left there is swept.
 * Until then, and after any failure, PATH is as it was. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/schema.h"
#include "store/store_impl.h"

struct writer;

/* A store with every table of the contract, empty. ERR_IO. */
bool writer_open(struct arena *closed, const char *path, struct writer **out,
                 struct err *err) MUST_USE;
/* The file being written, for reading it back before the commit. */
const char *writer_partial(const struct writer *writer);

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
/* Adds a fact without going through text. */
bool writer_count(struct writer *writer, const struct table_spec *table,
                  const char *measure, const char *const codes[FACT_COLUMNS],
                  int64_t count, struct err *err) MUST_USE;
/* Ends the transaction: the partial file can then be read. */
bool writer_finish(struct writer *writer, struct err *err) MUST_USE;
/* After writer_finish: the partial file becomes PATH. */
bool writer_commit(struct writer *writer, struct err *err) MUST_USE;
/* Closes and removes what was not committed. Safe after writer_commit; NULL
 * is fine. */
void writer_close(struct writer *writer);

#endif
