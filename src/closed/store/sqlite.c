/* SPDX-License-Identifier: EUPL-1.2 */
/* A SQLite file as a store. The file is never written: the connection is
 * read-only, in one read transaction, with schema-borne code (views, triggers,
 * functions in the schema) switched off, for the file comes from elsewhere.
 *
 * A store in WAL mode needs its -shm file. Where none can be made (a folder
 * without write permission, a read-only medium) and no -wal file waits to be
 * read, the file is opened as immutable: nobody can be writing to it then. */
#include <sqlite3.h>

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/utf8.h"
#include "store/store_impl.h"

struct sqlite {
    sqlite3 *db;
    struct source source;
};

static bool fail(struct err *err, sqlite3 *db, const char *what)
{
    int code = sqlite3_errcode(db);
    if ((code & 0xff) == SQLITE_NOMEM)
        err_out_of_memory();
    return err_fail(err, (code & 0xff) == SQLITE_IOERR ? ERR_IO : ERR_INPUT,
                    "store.sqlite", "%s: %s", what, sqlite3_errmsg(db));
}

/* --- opening ------------------------------------------------------------- */

static bool accepts(const char *address)
{
    return strstr(address, "://") == NULL;
}

static void add_uri_path(struct text *uri, const char *path)
{
    for (const char *at = path; *at; at++) {
        if (*at == '%' || *at == '?' || *at == '#')
            text_format(uri, "%%%02x", (unsigned)(unsigned char)*at);
        else
            text_add_char(uri, *at);
    }
}

static bool secure(sqlite3 *db)
{
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t s = 0; s < COUNT_OF(settings); s++) {
        int now = -1;
        if (sqlite3_db_config(db, settings[s].option, settings[s].value,
                              &now) != SQLITE_OK ||
            now != settings[s].value)
            return false;
    }
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    return sqlite3_exec(db,
                        "PRAGMA query_only = 1; PRAGMA temp_store = MEMORY; "
                        "PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0;",
                        NULL, NULL, NULL) == SQLITE_OK;
}

/* Opens and begins the one read transaction: BEGIN alone reads nothing. */
static int open_as(const char *uri, sqlite3 **db)
{
    int code = sqlite3_open_v2(
        uri, db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
        NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_extended_result_codes(*db, 1);
    sqlite3_busy_timeout(*db, 5000);
    if (!secure(*db))
        return sqlite3_errcode(*db);
    return sqlite3_exec(*db, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL,
                        NULL, NULL);
}

static bool wal_waits(struct arena *closed, const char *path)
{
    int64_t size = 0;
    struct err err = {0};
    const char *wal = arena_format(closed, "%s-wal", path);
    return fs_exists(wal) && (!fs_size(wal, &size, &err) || size > 0);
}

static bool open_db(struct arena *closed, const char *path, sqlite3 **db,
                    struct err *err)
{
    struct text uri = text_new(closed);
    text_add(&uri, "file:");
    add_uri_path(&uri, path);
    text_add(&uri, "?mode=ro");
    if (!fs_exists(path) || fs_is_directory(path))
        return err_fail(err, ERR_INPUT, "store.missing",
                        "there is no such file");
    int code = open_as(uri.at, db);
    int kind = code & 0xff;
    if ((kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY) &&
        !wal_waits(closed, path)) {
        sqlite3_close(*db);
        *db = NULL;
        text_add(&uri, "&immutable=1");
        code = open_as(uri.at, db);
    }
    return code == SQLITE_OK || fail(err, *db, "cannot be read");
}

/* --- tables of text ------------------------------------------------------ */

static bool take_cell(struct arena *closed, sqlite3_stmt *stmt, int column,
                      const char **out, struct err *err)
{
    if (sqlite3_column_type(stmt, column) == SQLITE_BLOB)
        return err_fail(err, ERR_INPUT, "store.text",
                        "column '%s' holds bytes, not text",
                        sqlite3_column_name(stmt, column));
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    size_t size = (size_t)sqlite3_column_bytes(stmt, column);
    if (text == NULL) {
        *out = "";
        return true;
    }
    if (!utf8_valid(text, size))
        return err_fail(err, ERR_INPUT, "store.text",
                        "column '%s' holds text that is not UTF-8",
                        sqlite3_column_name(stmt, column));
    *out = arena_slice(closed, text, size);
    if (text_has_control(*out, "\n\t"))
        return err_fail(err, ERR_INPUT, "store.text",
                        "column '%s' holds a control character",
                        sqlite3_column_name(stmt, column));
    return true;
}

static bool take_row(struct arena *closed, sqlite3_stmt *stmt,
                     struct rows *rows, size_t *capacity, struct err *err)
{
    size_t first = rows->count * rows->columns;
    for (size_t c = 0; c < rows->columns; c++) {
        rows->cells = arena_grow(closed, rows->cells, first + c, capacity,
                                 sizeof *rows->cells);
        if (!take_cell(closed, stmt, (int)c, &rows->cells[first + c], err))
            return false;
    }
    rows->count++;
    return true;
}

static bool select_rows(struct arena *closed, void *handle, const char *sql,
                        struct rows *out, struct err *err)
{
    struct sqlite *sqlite = handle;
    sqlite3_stmt *stmt = NULL;
    struct rows rows = {0};
    size_t capacity = 0;
    bool ok = false;

    if (sqlite3_prepare_v2(sqlite->db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        fail(err, sqlite->db, "query");
        goto done;
    }
    rows.columns = (size_t)sqlite3_column_count(stmt);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (!take_row(closed, stmt, &rows, &capacity, err))
            goto done;
    }
    if (step != SQLITE_DONE) {
        fail(err, sqlite->db, "query");
        goto done;
    }
    *out = rows;
    ok = true;

done:
    sqlite3_finalize(stmt);
    return ok;
}

static void add_relation(struct arena *closed, struct catalogue *catalogue,
                         const struct rows *rows, size_t first, size_t last)
{
    struct relation *relation = &catalogue->relations[catalogue->count++];
    relation->name = rows_at(rows, first, 0);
    relation->count = last - first;
    relation->columns =
        arena_array(closed, relation->count, sizeof *relation->columns);
    for (size_t c = 0; c < relation->count; c++)
        relation->columns[c] = rows_at(rows, first + c, 1);
}

static bool read_catalogue(struct arena *closed, void *handle,
                           struct catalogue *out, struct err *err)
{
    static const char sql[] =
        "SELECT m.name, c.name FROM sqlite_schema AS m, "
        "pragma_table_xinfo(m.name) AS c WHERE m.type IN ('table', 'view') "
        "AND m.name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY m.name, c.cid";
    struct rows rows;
    struct catalogue catalogue = {0};
    if (!select_rows(closed, handle, sql, &rows, err))
        return false;
    catalogue.relations =
        arena_array(closed, rows.count, sizeof *catalogue.relations);
    for (size_t first = 0, last; first < rows.count; first = last) {
        last = first + 1;
        while (last < rows.count &&
               text_same(rows_at(&rows, first, 0), rows_at(&rows, last, 0)))
            last++;
        add_relation(closed, &catalogue, &rows, first, last);
    }
    *out = catalogue;
    return true;
}

/* --- facts --------------------------------------------------------------- */

/* Text as the page has it: sqlite3_column_text would copy each one to end it
 * with a NUL. */
static bool take_code(sqlite3_stmt *stmt, int column, struct slice *out)
{
    int type = sqlite3_column_type(stmt, column);
    out->at = "";
    out->size = 0;
    if (type == SQLITE_NULL)
        return true;
    if (type != SQLITE_TEXT)
        return false;
    const char *at = sqlite3_column_blob(stmt, column);
    out->size = (size_t)sqlite3_column_bytes(stmt, column);
    if (at != NULL)
        out->at = at;
    return true;
}

static bool take_fact(sqlite3_stmt *stmt, const struct measure *measure,
                      struct fact_reader *reader, struct err *err)
{
    struct slice codes[FACT_COLUMNS];
    for (int c = 0; c < FACT_COLUMNS; c++) {
        if (!take_code(stmt, c, &codes[c]))
            return err_fail(err, ERR_INPUT, "store.fact",
                            "table '%s': column '%s' holds a code that is "
                            "not text",
                            measure->table_name, sqlite3_column_name(stmt, c));
    }
    if (sqlite3_column_type(stmt, FACT_COLUMNS) != SQLITE_INTEGER)
        return err_fail(err, ERR_INPUT, "store.fact",
                        "table '%s': column 'n' holds what is no whole "
                        "number",
                        measure->table_name);
    return fact_reader_add(reader, codes,
                           sqlite3_column_int64(stmt, FACT_COLUMNS), err);
}

static sqlite3_stmt *prepare_measure(struct arena *closed, sqlite3 *db,
                                     const char *columns,
                                     const struct measure *measure)
{
    sqlite3_stmt *stmt = NULL;
    assert(schema_table(measure->table_name) != NULL);
    const char *sql =
        arena_format(closed, "SELECT %s FROM %s WHERE measure = ?", columns,
                     measure->table_name);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_text(stmt, 1, measure->code, -1, SQLITE_STATIC);
    return stmt;
}

/* Counting first lets the rows be allocated once, at their size. */
static size_t count_rows(struct arena *closed, sqlite3 *db,
                         const struct measure *measure)
{
    size_t count = 0;
    sqlite3_stmt *stmt = prepare_measure(closed, db, "count(*)", measure);
    if (stmt != NULL && sqlite3_step(stmt) == SQLITE_ROW)
        count = (size_t)sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return count;
}

static bool read_rows(struct arena *closed, void *handle,
                      const struct codes *codes, const struct measure *measure,
                      struct fact_reader **out, struct err *err)
{
    struct sqlite *sqlite = handle;
    struct fact_reader *reader = fact_reader_new(
        closed, codes, measure, count_rows(closed, sqlite->db, measure));
    sqlite3_stmt *stmt =
        prepare_measure(closed, sqlite->db,
                        "territory_level, territory, period, sex, age, site, "
                        "stratum, n",
                        measure);
    bool ok = false;
    if (stmt == NULL) {
        fail(err, sqlite->db, "query");
        goto done;
    }
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (!take_fact(stmt, measure, reader, err))
            goto done;
    }
    if (step != SQLITE_DONE) {
        fail(err, sqlite->db, "query");
        goto done;
    }
    *out = reader;
    ok = true;

done:
    sqlite3_finalize(stmt);
    return ok;
}

static bool read_facts(struct arena *closed, void *handle,
                       const struct codes *codes, const struct measure *measure,
                       struct facts *out, struct err *err)
{
    struct fact_reader *reader = NULL;
    if (!read_rows(closed, handle, codes, measure, &reader, err))
        return false;
    *out = fact_reader_facts(reader);
    return true;
}

/* --- the driver ---------------------------------------------------------- */

static bool check_encoding(struct arena *closed, struct sqlite *sqlite,
                           struct err *err)
{
    struct rows rows;
    if (!select_rows(closed, sqlite, "PRAGMA encoding", &rows, err))
        return false;
    return (rows.count == 1 && text_same(rows_at(&rows, 0, 0), "UTF-8")) ||
           err_fail(err, ERR_INPUT, "store.text",
                    "its text encoding is not UTF-8");
}

static void close_store(void *handle)
{
    struct sqlite *sqlite = handle;
    sqlite3_close(sqlite->db);
    sqlite->db = NULL;
}

static bool open_store(struct arena *closed, const char *address, void **handle,
                       struct err *err)
{
    struct sqlite *sqlite = arena_alloc(closed, sizeof *sqlite);
    *sqlite = (struct sqlite){
        .source = {.address = arena_text(closed, address),
                   .order = "rowid",
                   .handle = sqlite,
                   .catalogue = read_catalogue,
                   .select = select_rows,
                   .facts = read_rows},
    };
    if (!open_db(closed, address, &sqlite->db, err) ||
        !check_encoding(closed, sqlite, err)) {
        close_store(sqlite);
        return false;
    }
    *handle = sqlite;
    return true;
}

static const struct source *source_of(void *handle)
{
    struct sqlite *sqlite = handle;
    return &sqlite->source;
}

static bool read_codes(struct arena *closed, void *handle, struct codes *out,
                       struct err *err)
{
    return codes_read(closed, source_of(handle), out, err);
}

static bool read_estimates(struct arena *closed, void *handle,
                           const struct codes *codes,
                           const struct measure *measure, struct estimates *out,
                           struct err *err)
{
    return estimates_read(closed, source_of(handle), codes, measure, out, err);
}

static bool read_coverage(struct arena *closed, void *handle,
                          const struct codes *codes,
                          const struct measure *measure, struct coverage *out,
                          struct err *err)
{
    return coverage_read(closed, source_of(handle), codes, measure, out, err);
}

const struct store_driver store_sqlite = {
    .name = "sqlite",
    .accepts = accepts,
    .open = open_store,
    .codes = read_codes,
    .facts = read_facts,
    .estimates = read_estimates,
    .coverage = read_coverage,
    .source = source_of,
    .close = close_store,
};
