/* SPDX-License-Identifier: EUPL-1.2 */
/* store_fixture.h - the small store of tests/store/fixture, for tests that
 * break it: imported into a temporary directory, changed by SQL. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include "check.h"

#include <sqlite3.h>

#include "base/fs.h"
#include "store/store.h"

#define FIXTURE_FOLDER "tests/store/fixture"

struct store_fixture {
    char *directory;
    char path[200];
    struct arena *arena;
};

static inline struct store_fixture fixture_store(void)
{
    struct store_fixture fixture = {check_directory(), "", arena_new()};
    struct err err = {0};
    snprintf(fixture.path, sizeof fixture.path, "%s/store.sqlite",
             fixture.directory);
    if (!store_import(FIXTURE_FOLDER, fixture.path, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
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
    char text[600];
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
