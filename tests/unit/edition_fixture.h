/* SPDX-License-Identifier: EUPL-1.2 */
/* tests/unit/edition_fixture.h - finished editions, read again and damaged. */
#ifndef TESTS_EDITION_FIXTURE_H
#define TESTS_EDITION_FIXTURE_H

#include "pub_fixture.h"

#include <sqlite3.h>

#include "base/fs.h"

/* NULL when it is refused. */
static const struct edition *reread(struct arena *arena, const char *path,
                                    struct err *err)
{
    const struct edition *edition = NULL;
    return edition_read(arena, path, &edition, err) ? edition : NULL;
}

/* Runs SQL on a finished edition, to damage it. */
static void damage(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

#endif
