/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/writer.h"

#include <sqlite3.h>

#include "base/fs.h"
#include "base/num.h"

struct writer {
    struct arena *closed;
    const char *address, *shown;
    const struct store_driver *driver;
    const char *partial; /* the file being written, NULL when in memory */
    sqlite3 *db;
    struct source source;
    sqlite3_stmt **inserts; /* by table of store_tables, made when needed */
    bool committed;
};

static bool fail(struct writer *writer, struct err *err)
{
    if (sqlite3_errcode(writer->db) == SQLITE_NOMEM)
        err_out_of_memory();
    return err_fail(err, ERR_IO, "store.write", "cannot write '%s': %s",
                    writer->shown, sqlite3_errmsg(writer->db));
}

static bool run(struct writer *writer, const char *sql, struct err *err)
{
    return sqlite3_exec(writer->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           fail(writer, err);
}

/* No journal: the file is thrown away whole if anything fails. */
static bool create(struct writer *writer, struct err *err)
{
    if (sqlite3_open_v2(
            writer->partial != NULL ? writer->partial : ":memory:", &writer->db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
            NULL) != SQLITE_OK)
        return fail(writer, err);
    if (!run(writer, store_schema_sqlite, err) ||
        !run(writer,
             "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
             "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; BEGIN",
             err))
        return false;
    for (size_t s = 0; store_schema[s] != NULL; s++) {
        if (!run(writer, store_schema[s], err))
            return false;
    }
    return true;
}

bool writer_open(struct arena *closed, const char *address, struct writer **out,
                 struct err *err)
{
    struct writer *writer = arena_alloc(closed, sizeof *writer);
    const struct store_driver *driver = store_driver_of(address);
    if (driver == NULL)
        return err_fail(err, ERR_INPUT, "store.driver",
                        "store '%s': this build writes no such kind of store",
                        store_shown(closed, address));
    *writer = (struct writer){
        .closed = closed,
        .address = arena_text(closed, address),
        .shown = driver->shown(closed, address),
        .driver = driver,
        .partial = driver->fill == NULL ? fs_stage(closed, address) : NULL,
        .inserts =
            arena_array(closed, store_table_count, sizeof(sqlite3_stmt *)),
    };
    if (writer->partial != NULL && !fs_remove(writer->partial, err))
        return false;
    if (driver->is_new != NULL && !driver->is_new(closed, address, err))
        return err_wrap(err, "store '%s'", writer->shown);
    if (!create(writer, err)) {
        writer_close(writer);
        return false;
    }
    writer->source = store_sqlite_over(closed, writer->db);
    *out = writer;
    return true;
}

bool writer_read_back(const struct writer *writer, struct err *err)
{
    struct codes codes;
    return contract_holds(writer->closed, &writer->source, err) &&
           codes_read(writer->closed, &writer->source, &codes, err);
}

static sqlite3_stmt *insert_into(struct writer *writer,
                                 const struct table_spec *table,
                                 struct err *err)
{
    size_t at = (size_t)(table - store_tables);
    if (writer->inserts[at] != NULL)
        return writer->inserts[at];
    struct text sql = text_new(writer->closed);
    text_format(&sql, "INSERT INTO %s VALUES (?", table->name);
    for (size_t c = 1; c < schema_columns(table); c++)
        text_add(&sql, ", ?");
    text_add(&sql, ")");
    if (sqlite3_prepare_v2(writer->db, sql.at, -1, &writer->inserts[at],
                           NULL) != SQLITE_OK)
        fail(writer, err);
    return writer->inserts[at];
}

static bool is_text(enum column_kind kind)
{
    return kind == COLUMN_CODE || kind == COLUMN_OPTIONAL ||
           kind == COLUMN_DATE || kind == COLUMN_GRADE;
}

/* Empty numbers are NULL; the nearest double is found here, which SQLite finds
 * not always. */
static void bind_cell(sqlite3_stmt *stmt, int column, enum column_kind kind,
                      const char *cell)
{
    int64_t whole;
    double number;
    if (cell == NULL || (cell[0] == '\0' && !is_text(kind)))
        sqlite3_bind_null(stmt, column);
    else if (!is_text(kind) && num_parse_int64(cell, &whole))
        sqlite3_bind_int64(stmt, column, whole);
    else if (!is_text(kind) && num_parse_double(cell, &number))
        sqlite3_bind_double(stmt, column, number);
    else
        sqlite3_bind_text(stmt, column, cell, -1, SQLITE_STATIC);
}

static enum writer_outcome step(struct writer *writer, sqlite3_stmt *stmt,
                                struct err *err)
{
    int code = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    if (code == SQLITE_DONE)
        return WRITER_OK;
    int extended = sqlite3_extended_errcode(writer->db);
    if (extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
        extended == SQLITE_CONSTRAINT_UNIQUE)
        return WRITER_DUPLICATE;
    fail(writer, err);
    return WRITER_FAILED;
}

enum writer_outcome writer_row(struct writer *writer,
                               const struct table_spec *table,
                               const char *const *cells, struct err *err)
{
    sqlite3_stmt *stmt = insert_into(writer, table, err);
    if (stmt == NULL)
        return WRITER_FAILED;
    for (size_t c = 0; c < schema_columns(table); c++)
        bind_cell(stmt, (int)c + 1, table->columns[c].kind, cells[c]);
    return step(writer, stmt, err);
}

bool writer_is_key(const struct writer *writer, const struct table_spec *table,
                   size_t column)
{
    int key = 0;
    return sqlite3_table_column_metadata(writer->db, NULL, table->name,
                                         table->columns[column].name, NULL,
                                         NULL, NULL, &key, NULL) == SQLITE_OK &&
           key != 0;
}

/* A column of SQLite holds what it is given, and one of PostgreSQL would take
 * the bits of a number for another one: the contract is held to here. */
static bool may_hold(enum column_kind kind, enum cell_type type)
{
    switch (type) {
    case CELL_NULL:
        return true;
    case CELL_TEXT:
        return is_text(kind);
    case CELL_WHOLE: /* of a text, its digits */
        return true;
    case CELL_NUMBER:
        return kind == COLUMN_VALUE || kind == COLUMN_LIMIT;
    case CELL_OTHER:
        return false;
    }
    return false;
}

/* A text that is NULL is read as an empty one everywhere. */
static void bind_typed(sqlite3_stmt *stmt, int column, enum column_kind kind,
                       const struct cell *cell)
{
    switch (cell->type) {
    case CELL_NULL:
        if (is_text(kind))
            sqlite3_bind_text(stmt, column, "", 0, SQLITE_STATIC);
        else
            sqlite3_bind_null(stmt, column);
        return;
    case CELL_TEXT:
        sqlite3_bind_text(stmt, column, cell->at, (int)cell->size,
                          SQLITE_STATIC);
        return;
    case CELL_WHOLE:
        sqlite3_bind_int64(stmt, column, cell->whole);
        return;
    case CELL_NUMBER:
        sqlite3_bind_double(stmt, column, cell->number);
        return;
    case CELL_OTHER:
        return; /* refused before */
    }
}

enum writer_outcome writer_cells(struct writer *writer,
                                 const struct table_spec *table,
                                 const struct row *row, struct err *err)
{
    sqlite3_stmt *stmt = insert_into(writer, table, err);
    if (stmt == NULL)
        return WRITER_FAILED;
    assert(row->count == schema_columns(table));
    for (size_t c = 0; c < row->count; c++) {
        enum column_kind kind = table->columns[c].kind;
        if (!may_hold(kind, row->cells[c].type)) {
            err_fail(err, ERR_INPUT, "store.type",
                     "column '%s' holds what is no %s", table->columns[c].name,
                     is_text(kind)                 ? "text"
                     : may_hold(kind, CELL_NUMBER) ? "finite number"
                                                   : "whole number");
            return WRITER_FAILED;
        }
        bind_typed(stmt, (int)c + 1, kind, &row->cells[c]);
    }
    return step(writer, stmt, err);
}

bool writer_count(struct writer *writer, const struct table_spec *table,
                  const char *measure, const char *const codes[FACT_COLUMNS],
                  int64_t count, struct err *err)
{
    assert(table->kind == TABLE_COUNTS);
    sqlite3_stmt *stmt = insert_into(writer, table, err);
    if (stmt == NULL)
        return false;
    sqlite3_bind_text(stmt, 1, measure, -1, SQLITE_STATIC);
    for (int c = 0; c < FACT_COLUMNS; c++)
        sqlite3_bind_text(stmt, c + 2, codes[c], -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, FACT_COLUMNS + 2, count);
    enum writer_outcome outcome = step(writer, stmt, err);
    return outcome == WRITER_OK ||
           (outcome == WRITER_DUPLICATE && fail(writer, err));
}

static void close_db(struct writer *writer)
{
    for (size_t t = 0; t < store_table_count; t++) {
        sqlite3_finalize(writer->inserts[t]);
        writer->inserts[t] = NULL;
    }
    sqlite3_close(writer->db);
    writer->db = NULL;
}

/* The partial file becomes the store. */
static bool rename_partial(struct writer *writer, struct err *err)
{
    if (!run(writer, "COMMIT", err))
        return false;
    close_db(writer);
    return (fs_sync(writer->partial, err) &&
            fs_rename(writer->partial, writer->address, err)) ||
           err_wrap(err, "store '%s'", writer->shown);
}

bool writer_commit(struct writer *writer, struct err *err)
{
    writer->committed =
        writer->partial != NULL
            ? rename_partial(writer, err)
            : writer->driver->fill(writer->closed, writer->address,
                                   &writer->source, err) ||
                  err_wrap(err, "store '%s'", writer->shown);
    return writer->committed;
}

void writer_close(struct writer *writer)
{
    if (writer == NULL)
        return;
    struct err ignored = {0};
    close_db(writer);
    if (!writer->committed && writer->partial != NULL &&
        !fs_remove(writer->partial, &ignored))
        return; /* the first failure has been reported already */
}
