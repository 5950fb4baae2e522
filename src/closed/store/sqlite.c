/* SPDX-License-Identifier: EUPL-1.2 */
/* A SQLite file as a store. The file is never written: the connection is
 * read-only, in one read transaction, with schema-borne code (views, triggers,
 * functions in the schema) switched off, for the file comes from elsewhere.
 *
 * A store in WAL mode needs its -shm file. Where none can be made (a folder
 * without write permission, a read-only medium) and no -wal file waits to be
 * read, the file is opened as immutable: nobody can be writing to it then. */
#include <sqlite3.h>

#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "store/writer.h"

struct sqlite {
    struct arena *closed;
    sqlite3 *db;
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

/* --- queries ------------------------------------------------------------- */

/* Text as the page has it: sqlite3_column_text would copy each one to end it
 * with a NUL. */
static struct cell take_cell(sqlite3_stmt *stmt, int column)
{
    struct cell cell = {.type = CELL_OTHER, .at = ""};
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL:
        cell.type = CELL_NULL;
        break;
    case SQLITE_INTEGER:
        cell.type = CELL_WHOLE;
        cell.whole = sqlite3_column_int64(stmt, column);
        break;
    case SQLITE_FLOAT:
        cell.number = sqlite3_column_double(stmt, column);
        cell.type = isfinite(cell.number) ? CELL_NUMBER : CELL_OTHER;
        break;
    case SQLITE_TEXT: {
        const char *at = sqlite3_column_blob(stmt, column);
        cell.type = CELL_TEXT;
        cell.size = (size_t)sqlite3_column_bytes(stmt, column);
        cell.at = at != NULL ? at : "";
        break;
    }
    default:
        break;
    }
    return cell;
}

static bool each_row(const struct sqlite *sqlite, sqlite3_stmt *stmt,
                     row_take *take, void *context, struct err *err)
{
    size_t count = (size_t)sqlite3_column_count(stmt);
    struct cell *cells = arena_array(sqlite->closed, count, sizeof *cells);
    const char **names = arena_array(sqlite->closed, count, sizeof *names);
    const struct row row = {cells, names, count};
    for (size_t c = 0; c < count; c++)
        names[c] = sqlite3_column_name(stmt, (int)c);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (size_t c = 0; c < count; c++)
            cells[c] = take_cell(stmt, (int)c);
        if (!take(context, &row, err))
            return false;
    }
    return step == SQLITE_DONE || fail(err, sqlite->db, "query");
}

static bool query(void *handle, const char *sql, row_take *take, void *context,
                  struct err *err)
{
    const struct sqlite *sqlite = handle;
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(sqlite->db, sql, -1, &stmt, NULL) == SQLITE_OK
                  ? each_row(sqlite, stmt, take, context, err)
                  : fail(err, sqlite->db, "query");
    sqlite3_finalize(stmt);
    return ok;
}

/* --- the driver ---------------------------------------------------------- */

static bool check_encoding(struct sqlite *sqlite, struct err *err)
{
    struct rows rows;
    const struct source source = {&store_sqlite, sqlite};
    if (!source_select(sqlite->closed, &source, "PRAGMA encoding", &rows, err))
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
    sqlite->closed = closed;
    if (!open_db(closed, address, &sqlite->db, err) ||
        !check_encoding(sqlite, err)) {
        close_store(sqlite);
        return false;
    }
    *handle = sqlite;
    return true;
}

struct source store_sqlite_over(struct arena *closed, sqlite3 *db)
{
    struct sqlite *sqlite = arena_alloc(closed, sizeof *sqlite);
    *sqlite = (struct sqlite){.closed = closed, .db = db};
    return (struct source){&store_sqlite, sqlite};
}

static const char *shown(struct arena *arena, const char *address)
{
    return arena_text(arena, address);
}

const struct store_driver store_sqlite = {
    .name = "sqlite",
    .accepts = accepts,
    .shown = shown,
    .open = open_store,
    .query = query,
    .close = close_store,
    .is_new = NULL,
    .fill = NULL,
    .catalogue =
        "SELECT m.name, c.name, '' FROM sqlite_schema AS m, "
        "pragma_table_xinfo(m.name) AS c WHERE m.type IN ('table', 'view') "
        "AND m.name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY m.name, c.cid",
    .has_types = false,
    .order = "rowid",
    .order_is_there = false,
    .by_bytes = "COLLATE BINARY",
};
