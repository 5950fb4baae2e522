/* SPDX-License-Identifier: EUPL-1.2 */
/* A PostgreSQL database as a store. It is read in one transaction that is read
 * only and repeatable: a build sees one state, whatever others write meanwhile.
 * A new store is filled by COPY in one transaction: all of it or nothing.
 *
 * Text is sorted by its bytes (COLLATE "C"), doubles are read to the last bit
 * (extra_float_digits), and what no SQLite table has besides its rows, their
 * order, is a column `entry` of the code lists.
 *
 * Nothing that a server or libpq says of an address or of a value is passed on
 * unread: a message holds no password and no count. */
#include <string.h>

#include "base/num.h"
#include "store/postgres_impl.h"

#ifdef HAVE_LIBPQ
#include <libpq-fe.h>

#include "base/library.h"

/* clang-format off */
#define PQ_CALLS(CALL) \
    CALL(PQclear) CALL(PQconndefaults) CALL(PQconnectdbParams) \
    CALL(PQconninfoFree) CALL(PQconninfoParse) CALL(PQerrorMessage) \
    CALL(PQexec) CALL(PQfinish) CALL(PQfname) CALL(PQftype) \
    CALL(PQgetResult) CALL(PQgetisnull) CALL(PQgetlength) \
    CALL(PQgetvalue) CALL(PQnfields) CALL(PQparameterStatus) \
    CALL(PQputCopyData) CALL(PQputCopyEnd) CALL(PQresultErrorField) \
    CALL(PQresultStatus) CALL(PQsendQueryParams) CALL(PQserverVersion) \
    CALL(PQsetNoticeProcessor) CALL(PQsetSingleRowMode) CALL(PQstatus)
/* clang-format on */
struct pq {
    PQ_CALLS(LIBRARY_CALL)
};
static const char *const pq_names[] = {PQ_CALLS(LIBRARY_NAME)};

enum { OLDEST_SERVER = 120000 }; /* WITH ... AS MATERIALIZED */

struct postgres {
    struct pq pq;
    struct arena *closed;
    PGconn *connection;
    /* Of the row that is handed out. */
    struct cell *cells;
    const char **names;
    size_t room;
};

/* --- failures ------------------------------------------------------------ */

/* One line of what libpq says in several. */
static const char *one_line(struct arena *closed, const char *message)
{
    struct text out = text_new(closed);
    for (const char *at = message; *at != '\0';) {
        size_t space = strspn(at, " \t\n");
        at += space;
        if (space > 0 && out.size > 0 && *at != '\0')
            text_add_char(&out, ' ');
        size_t word = strcspn(at, " \t\n");
        text_add_bytes(&out, at, word);
        at += word;
    }
    return out.at;
}

/* Class 22 quotes the value, class 23 the row. */
static bool quotes_values(const char *state)
{
    return text_starts(state, "22") || text_starts(state, "23");
}

/* Why a statement failed. What the server adds as detail or context may quote
 * the values of a row. */
static const char *reason(struct postgres *postgres, const PGresult *result)
{
    const char *state =
        postgres->pq.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message =
        postgres->pq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (state == NULL)
        return postgres->pq.PQstatus(postgres->connection) == CONNECTION_BAD
                   ? "the connection to the server is lost"
                   : one_line(postgres->closed, postgres->pq.PQerrorMessage(
                                                    postgres->connection));
    if (message == NULL || quotes_values(state))
        return arena_format(postgres->closed, "SQLSTATE %s", state);
    return one_line(postgres->closed, message);
}

/* A server that goes away says so before it has gone (57P01 to 57P03). */
static bool is_lost(const struct postgres *postgres, const PGresult *result)
{
    const char *state =
        postgres->pq.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return postgres->pq.PQstatus(postgres->connection) == CONNECTION_BAD ||
           (state != NULL && text_starts(state, "57P"));
}

static bool fail(struct postgres *postgres, const PGresult *result,
                 struct err *err)
{
    bool lost = is_lost(postgres, result);
    return err_fail(err, lost ? ERR_IO : ERR_INPUT, "store.postgresql",
                    "query: %s", reason(postgres, result));
}

static bool fail_write(struct postgres *postgres, const PGresult *result,
                       struct err *err)
{
    return err_fail(err, ERR_IO, "store.write", "cannot be written: %s",
                    reason(postgres, result));
}

/* --- opening ------------------------------------------------------------- */

static struct pq load_calls(void)
{
    struct pq calls;
    library_load(PQ_LIBRARY, pq_names, COUNT_OF(pq_names), &calls);
    return calls;
}

static bool parts_are_clean(const PQconninfoOption *options)
{
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++) {
        if (o->val != NULL && !postgres_part_is_clean(o->keyword, o->val))
            return false;
    }
    return true;
}

static bool is_keyword(const char *name, size_t size)
{
    struct pq calls = load_calls();
    bool found = false;
    PQconninfoOption *known = calls.PQconndefaults();
    for (size_t k = 0; known != NULL && known[k].keyword != NULL; k++)
        found = found || (strlen(known[k].keyword) == size &&
                          memcmp(known[k].keyword, name, size) == 0);
    calls.PQconninfoFree(known);
    return found;
}

static bool check_address(const struct postgres *postgres, const char *address,
                          struct err *err)
{
    PQconninfoOption *options = postgres->pq.PQconninfoParse(address, NULL);
    bool clean = options != NULL && parts_are_clean(options);
    postgres->pq.PQconninfoFree(options);
    return clean || postgres_fail_address(address, is_keyword, err);
}

static void keep_quiet(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static bool run(struct postgres *postgres, const char *sql)
{
    PGresult *result = postgres->pq.PQexec(postgres->connection, sql);
    ExecStatusType status = postgres->pq.PQresultStatus(result);
    postgres->pq.PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool check_server(struct postgres *postgres, struct err *err)
{
    const char *encoding =
        postgres->pq.PQparameterStatus(postgres->connection, "server_encoding");
    int version = postgres->pq.PQserverVersion(postgres->connection);
    if (version < OLDEST_SERVER)
        return err_fail(err, ERR_INPUT, "store.server",
                        "PostgreSQL %d: expected %d or later", version / 10000,
                        OLDEST_SERVER / 10000);
    return (encoding != NULL && text_same(encoding, "UTF8")) ||
           err_fail(err, ERR_INPUT, "store.text",
                    "its text encoding is '%s': expected UTF8",
                    encoding != NULL ? encoding : "");
}

static bool connect_to(struct postgres *postgres, const char *address,
                       struct err *err)
{
    /* What stands before the address it may say otherwise. */
    static const char *const names[] = {"connect_timeout",
                                        "fallback_application_name", "dbname",
                                        "client_encoding", NULL};
    const char *const values[] = {"10", "panorama", address, "UTF8", NULL};
    if (!check_address(postgres, address, err))
        return false;
    postgres->connection = postgres->pq.PQconnectdbParams(names, values, 1);
    if (postgres->connection == NULL)
        err_out_of_memory();
    if (postgres->pq.PQstatus(postgres->connection) != CONNECTION_OK)
        return err_fail(err, ERR_INPUT, "store.connect", "%s",
                        one_line(postgres->closed, postgres->pq.PQerrorMessage(
                                                       postgres->connection)));
    postgres->pq.PQsetNoticeProcessor(postgres->connection, keep_quiet, NULL);
    /* Between two tables there may be minutes of calculation. */
    if (!run(postgres, "SET extra_float_digits = 3; "
                       "SET standard_conforming_strings = on; "
                       "SET idle_in_transaction_session_timeout = 0"))
        return fail(postgres, NULL, err);
    return check_server(postgres, err);
}

static void close_store(void *handle)
{
    struct postgres *postgres = handle;
    postgres->pq.PQfinish(postgres->connection);
    postgres->connection = NULL;
}

static bool open_store(struct arena *closed, const char *address, void **handle,
                       struct err *err)
{
    struct postgres *postgres = arena_alloc(closed, sizeof *postgres);
    *postgres = (struct postgres){.pq = load_calls(), .closed = closed};
    if (connect_to(postgres, address, err) &&
        (run(postgres, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                       "SAVEPOINT opened") ||
         fail(postgres, NULL, err))) {
        *handle = postgres;
        return true;
    }
    close_store(postgres);
    return false;
}

/* --- queries ------------------------------------------------------------- */

/* Object identifiers of types, as pg_type.dat fixes them. */
enum type_oid {
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT8 = 701,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
};

static struct cell text_cell(const struct pq *pq, const PGresult *result,
                             int row, int column)
{
    return (struct cell){
        .type = CELL_TEXT,
        .at = pq->PQgetvalue(result, row, column),
        .size = (size_t)pq->PQgetlength(result, row, column),
        .whole = 0,
        .number = 0.0,
    };
}

static struct cell take_cell(const struct pq *pq, const PGresult *result,
                             int row, int column)
{
    struct cell cell = text_cell(pq, result, row, column);
    if (pq->PQgetisnull(result, row, column)) {
        cell.type = CELL_NULL;
        return cell;
    }
    switch (pq->PQftype(result, column)) {
    case OID_NAME:
    case OID_TEXT:
    case OID_VARCHAR:
        return cell;
    case OID_INT8:
    case OID_INT2:
    case OID_INT4:
        cell.type =
            num_parse_int64(cell.at, &cell.whole) ? CELL_WHOLE : CELL_OTHER;
        return cell;
    case OID_FLOAT8:
    case OID_NUMERIC:
        cell.type =
            num_parse_double(cell.at, &cell.number) ? CELL_NUMBER : CELL_OTHER;
        return cell;
    default:
        cell.type = CELL_OTHER;
        return cell;
    }
}

/* The one row of an answer. */
static bool take_one(struct postgres *postgres, const PGresult *result,
                     row_take *take, void *context, struct err *err)
{
    size_t count = (size_t)postgres->pq.PQnfields(result);
    if (count > postgres->room) {
        postgres->cells =
            arena_array(postgres->closed, count, sizeof *postgres->cells);
        postgres->names =
            arena_array(postgres->closed, count, sizeof *postgres->names);
        postgres->room = count;
    }
    const struct row row = {postgres->cells, postgres->names, count};
    for (size_t c = 0; c < count; c++) {
        postgres->names[c] = postgres->pq.PQfname(result, (int)c);
        postgres->cells[c] = take_cell(&postgres->pq, result, 0, (int)c);
    }
    return take(context, &row, err);
}

/* All answers are taken from the connection, also those after a failure: it
 * would give them to the next question. */
static bool take_all(struct postgres *postgres, row_take *take, void *context,
                     struct err *err)
{
    bool ok = true;
    for (PGresult *result;
         (result = postgres->pq.PQgetResult(postgres->connection));) {
        ExecStatusType status = postgres->pq.PQresultStatus(result);
        if (ok && status == PGRES_SINGLE_TUPLE)
            ok = take_one(postgres, result, take, context, err);
        else if (ok && status != PGRES_TUPLES_OK)
            ok = fail(postgres, result, err);
        postgres->pq.PQclear(result);
    }
    return ok;
}

/* Row by row: one answer for all would hold them twice. A failed statement ends
 * all that follow it, unless one goes back behind it; what was seen at first is
 * still what is seen. */
static bool query(void *handle, const char *sql, row_take *take, void *context,
                  struct err *err)
{
    struct postgres *postgres = handle;
    if (!postgres->pq.PQsendQueryParams(postgres->connection, sql, 0, NULL,
                                        NULL, NULL, NULL, 0) ||
        !postgres->pq.PQsetSingleRowMode(postgres->connection))
        return fail(postgres, NULL, err);
    bool ok = take_all(postgres, take, context, err);
    if (!ok)
        run(postgres, "ROLLBACK TO opened");
    return ok;
}

/* --- a new store --------------------------------------------------------- */

static bool execute(struct postgres *postgres, const char *sql, struct err *err)
{
    PGresult *result = postgres->pq.PQexec(postgres->connection, sql);
    bool ok = postgres->pq.PQresultStatus(result) == PGRES_COMMAND_OK ||
              fail_write(postgres, result, err);
    postgres->pq.PQclear(result);
    return ok;
}

static bool create_tables(struct postgres *postgres, struct err *err)
{
    for (size_t s = 0; store_schema[s] != NULL; s++) {
        if (!execute(postgres,
                     postgres_schema(postgres->closed, store_schema[s]), err))
            return false;
    }
    for (size_t t = 0; t < store_table_count; t++) {
        if (store_tables[t].kind == TABLE_CODES &&
            !execute(postgres,
                     arena_format(postgres->closed,
                                  "ALTER TABLE %s ADD COLUMN entry BIGINT "
                                  "GENERATED BY DEFAULT AS IDENTITY",
                                  store_tables[t].name),
                     err))
            return false;
    }
    return true;
}

/* Rows on their way, in the binary format of COPY. */
struct copying {
    struct postgres *postgres;
    const struct table_spec *table;
    struct text bytes;
};

enum { COPY_CHUNK = 1 << 16 };

static bool send_rows(struct copying *copying, struct err *err)
{
    struct postgres *postgres = copying->postgres;
    if (postgres->pq.PQputCopyData(postgres->connection, copying->bytes.at,
                                   (int)copying->bytes.size) != 1)
        return fail_write(postgres, NULL, err);
    text_clear(&copying->bytes);
    return true;
}

static bool copy_row(void *context, const struct row *row, struct err *err)
{
    struct copying *copying = context;
    postgres_put(&copying->bytes, row->count, 2);
    for (size_t c = 0; c < row->count; c++)
        postgres_put_cell(&copying->bytes, &row->cells[c],
                          copying->table->columns[c].kind);
    return copying->bytes.size < COPY_CHUNK || send_rows(copying, err);
}

/* A failure is told by the server once the copy has ended, which it is in any
 * case: an open one would be the answer to every statement after it. */
static bool end_copy(struct copying *copying, bool ok, struct err *err)
{
    struct postgres *postgres = copying->postgres;
    if (ok) {
        postgres_put(&copying->bytes, UINT16_MAX, 2);
        ok = send_rows(copying, err);
    }
    bool told = !ok;
    if (postgres->pq.PQputCopyEnd(postgres->connection,
                                  ok ? NULL : "given up") != 1)
        return told ? false : fail_write(postgres, NULL, err);
    for (PGresult *result;
         (result = postgres->pq.PQgetResult(postgres->connection));) {
        if (postgres->pq.PQresultStatus(result) != PGRES_COMMAND_OK && !told) {
            ok = fail_write(postgres, result, err);
            told = true;
        }
        postgres->pq.PQclear(result);
    }
    return ok;
}

static bool copy_table(struct postgres *postgres, const struct source *from,
                       const struct table_spec *table, struct err *err)
{
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    struct copying copying = {postgres, table, text_new(postgres->closed)};
    struct text columns = text_new(postgres->closed);
    for (size_t c = 0; c < schema_columns(table); c++)
        text_format(&columns, "%s%s", c > 0 ? ", " : "",
                    table->columns[c].name);
    PGresult *result = postgres->pq.PQexec(
        postgres->connection,
        arena_format(postgres->closed,
                     "COPY %s (%s) FROM STDIN (FORMAT binary)", table->name,
                     columns.at));
    bool begun = postgres->pq.PQresultStatus(result) == PGRES_COPY_IN ||
                 fail_write(postgres, result, err);
    postgres->pq.PQclear(result);
    if (!begun)
        return false;
    text_add_bytes(&copying.bytes, header, sizeof header);
    const char *sql = arena_format(
        postgres->closed, "SELECT %s FROM %s%s%s", columns.at, table->name,
        table->kind == TABLE_CODES ? " ORDER BY " : "",
        table->kind == TABLE_CODES ? from->driver->order : "");
    bool ok = from->driver->query(from->handle, sql, copy_row, &copying, err);
    return end_copy(&copying, ok, err);
}

static bool must_be_new(struct postgres *postgres, struct err *err)
{
    const struct source source = {&store_postgres, postgres};
    struct catalogue catalogue;
    if (!source_catalogue(postgres->closed, &source, &catalogue, err))
        return false;
    for (size_t t = 0; t < store_table_count; t++) {
        if (catalogue_find(&catalogue, store_tables[t].name) != NULL)
            return err_fail(err, ERR_INPUT, "store.exists",
                            "table '%s' exists already: name a database "
                            "or a schema without it",
                            store_tables[t].name);
    }
    return true;
}

static bool is_new(struct arena *closed, const char *address, struct err *err)
{
    struct postgres postgres = {.pq = load_calls(), .closed = closed};
    bool ok =
        connect_to(&postgres, address, err) && must_be_new(&postgres, err);
    close_store(&postgres);
    return ok;
}

static bool fill_all(struct postgres *postgres, const struct source *from,
                     struct err *err)
{
    if (!execute(postgres, "BEGIN", err) ||
        !execute(postgres, "SAVEPOINT opened", err) ||
        !must_be_new(postgres, err) || !create_tables(postgres, err))
        return false;
    for (size_t t = 0; t < store_table_count; t++) {
        if (!copy_table(postgres, from, &store_tables[t], err) ||
            !execute(postgres,
                     arena_format(postgres->closed, "ANALYZE %s",
                                  store_tables[t].name),
                     err))
            return err_wrap(err, "table '%s'", store_tables[t].name);
    }
    return execute(postgres, "COMMIT", err);
}

static bool fill(struct arena *closed, const char *address,
                 const struct source *from, struct err *err)
{
    struct postgres postgres = {.pq = load_calls(), .closed = closed};
    bool ok =
        connect_to(&postgres, address, err) && fill_all(&postgres, from, err);
    close_store(&postgres);
    return ok;
}

#else

static bool refuse(struct err *err)
{
    return err_fail(err, ERR_INPUT, "store.driver",
                    "this program was built without libpq, and reads no "
                    "PostgreSQL: install libpq-dev and build it again");
}

static bool open_store(struct arena *closed, const char *address, void **handle,
                       struct err *err)
{
    (void)closed;
    (void)address;
    (void)handle;
    return refuse(err);
}

static bool query(void *handle, const char *sql, row_take *take, void *context,
                  struct err *err)
{
    (void)handle;
    (void)sql;
    (void)take;
    (void)context;
    return refuse(err);
}

static void close_store(void *handle)
{
    (void)handle;
}

static bool is_new(struct arena *closed, const char *address, struct err *err)
{
    (void)closed;
    (void)address;
    return refuse(err);
}

static bool fill(struct arena *closed, const char *address,
                 const struct source *from, struct err *err)
{
    (void)closed;
    (void)address;
    (void)from;
    return refuse(err);
}

#endif

const struct store_driver store_postgres = {
    .name = "postgresql",
    .accepts = postgres_accepts,
    .shown = postgres_shown,
    .open = open_store,
    .query = query,
    .close = close_store,
    .is_new = is_new,
    .fill = fill,
    .catalogue =
        "SELECT c.relname, a.attname, CASE WHEN a.atttypid IN (25, 1043) THEN "
        "'text' WHEN a.atttypid IN (20, 21, 23) THEN 'whole' WHEN a.atttypid "
        "IN (701, 1700) THEN 'number' ELSE format_type(a.atttypid, "
        "a.atttypmod) END FROM pg_class AS c JOIN pg_attribute AS a ON "
        "a.attrelid = c.oid JOIN pg_namespace AS s ON s.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND a.attnum > 0 AND NOT "
        "a.attisdropped AND s.nspname <> 'information_schema' AND s.nspname "
        "NOT LIKE 'pg^_%' ESCAPE '^' AND pg_table_is_visible(c.oid) ORDER BY "
        "c.relname, a.attnum",
    .has_types = true,
    .order = "entry",
    .order_is_there = true,
    .by_bytes = "COLLATE \"C\"",
};
