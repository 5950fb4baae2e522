/* SPDX-License-Identifier: EUPL-1.2 */
/* store_fixture.h - the small store of tests/store/fixture, for tests that
 * break it: imported into a temporary directory, changed by SQL.
 *
 * Where PANORAMA_POSTGRES holds the address of a database (with a parameter at
 * its end), the store is a schema of it instead, a new one for each fixture:
 * the same tests are run on both drivers. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "check.h"

#include <sqlite3.h>
#ifdef HAVE_LIBPQ
#include <libpq-fe.h>
#endif

#include "base/fs.h"
#include "base/num.h"
#include "store/store.h"

#define FIXTURE_FOLDER "tests/store/fixture"

struct store_fixture {
    char *directory;
    char path[300]; /* the store's address */
    struct arena *arena;
};

/* The address of the database, NULL when stores are files. */
static inline const char *fixture_database(void)
{
#ifdef HAVE_LIBPQ
    return getenv("PANORAMA_POSTGRES");
#else
    return NULL;
#endif
}

static inline bool fixture_is_file(const char *path)
{
    return strstr(path, "://") == NULL;
}

#ifdef HAVE_LIBPQ
/* The one number that statements end with, 0 when it is none. */
static inline long long fixture_server(const char *address, const char *sql)
{
    int64_t number = 0;
    PGconn *connection = PQconnectdb(address);
    PQclear(PQexec(connection, "SET client_min_messages = error"));
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK &&
        PQresultStatus(result) != PGRES_TUPLES_OK) {
        print_error("%s\n  in %s\n", PQerrorMessage(connection), sql);
        fail();
    }
    if (PQntuples(result) > 0 &&
        !num_parse_int64(PQgetvalue(result, 0, 0), &number))
        number = 0;
    PQclear(result);
    PQfinish(connection);
    return number;
}
#else
static inline long long fixture_server(const char *address, const char *sql)
{
    (void)address;
    (void)sql;
    return 0;
}
#endif

/* An address where no store is yet. */
static inline void fixture_address(const struct store_fixture *fixture,
                                   const char *name, char path[300])
{
    char schema[60], sql[200];
    if (fixture_database() == NULL) {
        snprintf(path, 300, "%s/%s.sqlite", fixture->directory, name);
        return;
    }
    snprintf(schema, sizeof schema, "%s_%s", name,
             strrchr(fixture->directory, '-') + 1);
    for (char *at = schema; *at; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    snprintf(sql, sizeof sql,
             "DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s", schema,
             schema);
    fixture_server(fixture_database(), sql);
    snprintf(path, 300, "%s&options=-csearch_path%%3D%s", fixture_database(),
             schema);
}

static inline void fixture_import(const char *path)
{
    struct err err = {0};
    if (!store_import(FIXTURE_FOLDER, path, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
}

static inline struct store_fixture fixture_store(void)
{
    struct store_fixture fixture = {check_directory(), "", arena_new()};
    fixture_address(&fixture, "store", fixture.path);
    fixture_import(fixture.path);
    return fixture;
}

static inline void fixture_end(struct store_fixture *fixture)
{
    arena_free(fixture->arena);
    check_remove(fixture->directory);
}

static inline void fixture_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    if (!fixture_is_file(path)) {
        fixture_server(path, sql);
        return;
    }
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        print_error("%s\n  in %s\n", message, sql);
        fail();
    }
    sqlite3_close(db);
}

/* The one number that a query gives. */
static inline long long fixture_number(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    if (!fixture_is_file(path))
        return fixture_server(path, sql);
    CHECK_INT(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL),
              SQLITE_OK);
    CHECK_INT(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_step(stmt), SQLITE_ROW);
    long long number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return number;
}

/* Opens the fixture after a change; the message must be `want`, in which %s is
 * the path. */
static inline void fixture_refused(const char *sql, const char *want,
                                   bool codes)
{
    struct store_fixture fixture = fixture_store();
    struct store *store = NULL;
    struct codes out;
    struct err err = {0};
    char text[700];
    fixture_sql(fixture.path, sql);
    bool ok = store_open(fixture.arena, fixture.path, &store, &err);
    CHECK_INT(ok, codes);
    if (codes)
        CHECK(!store_codes(store, &out, &err));
    snprintf(text, sizeof text, "store '%s': %s", fixture.path, want);
    CHECK_TEXT(err.text, text);
    CHECK_INT(err.code, ERR_INPUT);
    store_close(store);
    fixture_end(&fixture);
}

#endif
