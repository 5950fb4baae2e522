/* SPDX-License-Identifier: EUPL-1.2 */
/* store/driver.h - what a kind of store must give. CONFIDENTIAL.
 *
 * A driver opens one kind of store (an SQLite file, a PostgreSQL database) and
 * hands out the rows of a query, one by one, with typed cells. All the rest is
 * written once, above: the contract, codes, facts, checks. Queries are written
 * in the SQL that the drivers share; the words in which they differ are here.
 *
 * The same content gives the same cells in the same order, whatever the
 * driver. */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/err.h"

struct arena;
struct source;

enum cell_type {
    CELL_NULL,
    CELL_TEXT,
    CELL_WHOLE,
    CELL_NUMBER,
    CELL_OTHER, /* bytes, an infinite number, or what the driver knows no number
                   or text for */
};

struct cell {
    enum cell_type type;
    const char *at; /* CELL_TEXT: `size` bytes, without a NUL */
    size_t size;
    int64_t whole; /* CELL_WHOLE */
    double number; /* CELL_NUMBER: finite, to the last bit what the store holds
                    */
};

struct row {
    const struct cell *cells;
    const char *const *names; /* of the columns */
    size_t count;
};

/* Takes one row; its cells last until the return. False, with err filled, ends
 * the query. */
typedef bool row_take(void *context, const struct row *row, struct err *err);

struct store_driver {
    const char *name;
    bool (*accepts)(const char *address);
    /* The address as messages may print it: without a password. In the arena.
     */
    const char *(*shown)(struct arena *arena, const char *address);
    /* Opens for reading only, in one transaction: one state of the store is
     * seen until `close`. Looks at nothing but that it can be read; store_open
     * then holds it to the contract. ERR_INPUT or ERR_IO. */
    bool (*open)(struct arena *closed, const char *address, void **handle,
                 struct err *err);
    bool (*query)(void *handle, const char *sql, row_take *take, void *context,
                  struct err *err);
    void (*close)(void *handle);
    /* That a new store could be made here: asked before its rows are gathered.
     */
    bool (*is_new)(struct arena *closed, const char *address, struct err *err);
    /* Makes a new store of all that `from` holds, or nothing. NULL: the writer
     * makes the file itself. ERR_INPUT when there is a store already. */
    bool (*fill)(struct arena *closed, const char *address,
                 const struct source *from, struct err *err);

    /* A query for the relations that there are, by name, and their columns, in
     * order: relation, column, and what the column can hold: "text", "whole",
     * "number", the name of another type, or "" when that is for each cell. */
    const char *catalogue;
    bool has_types;       /* of columns: no cell is of another */
    const char *order;    /* what sorts a code list as its rows were entered */
    bool order_is_there;  /* `order` is a column, which the contract asks for */
    const char *by_bytes; /* after a text of ORDER BY: compares bytes */
};

extern const struct store_driver store_sqlite;
extern const struct store_driver store_postgres;

#endif
