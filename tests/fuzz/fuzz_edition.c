/* SPDX-License-Identifier: EUPL-1.2 */
/* Any rows as those of an edition, each a line: table, then its fields after
 * tabs, "#" before a whole number, "~" before another, "=" before bytes, "-"
 * for none. Refused as damaged, or an edition whose every cell can be read;
 * and what was read, written again and read a second time, has the same
 * bytes. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/num.h"
#include "pub/edition_impl.h"
#include "replay.h"

static const char *place(struct arena *arena, const char *name)
{
    return arena_format(arena, "/tmp/panorama-fuzz-%ld-%s", (long)getpid(),
                        name);
}

static void bind(sqlite3_stmt *stmt, int at, const char *field)
{
    int64_t whole = 0;
    double value = 0.0;
    if (field[0] == '#' && num_parse_int64(field + 1, &whole))
        sqlite3_bind_int64(stmt, at, whole);
    else if (field[0] == '~' && num_parse_double(field + 1, &value))
        sqlite3_bind_double(stmt, at, value);
    else if (field[0] == '=')
        sqlite3_bind_blob(stmt, at, field + 1, (int)strlen(field + 1),
                          SQLITE_TRANSIENT);
    else if (!text_same(field, "-"))
        sqlite3_bind_text(stmt, at, field, -1, SQLITE_TRANSIENT);
}

/* Only names of the schema make a statement. */
static sqlite3_stmt *insert_into(struct arena *arena, sqlite3 *db,
                                 const char *table, size_t fields)
{
    sqlite3_stmt *stmt = NULL;
    struct text sql = text_new(arena);
    if (table[0] == '\0' ||
        table[strspn(table, "abcdefghijklmnopqrstuvwxyz_")] != '\0' ||
        text_starts(table, "sqlite"))
        return NULL;
    text_format(&sql, "INSERT OR IGNORE INTO %s VALUES(?", table);
    for (size_t f = 1; f < fields; f++)
        text_add(&sql, ",?");
    text_add(&sql, ")");
    if (sqlite3_prepare_v2(db, sql.at, -1, &stmt, NULL) != SQLITE_OK)
        return NULL;
    return stmt;
}

static void put_row(struct arena *arena, sqlite3 *db, const char *line)
{
    char **fields = NULL;
    size_t count = text_split(arena, line, '\t', &fields);
    if (count < 2)
        return;
    sqlite3_stmt *stmt = insert_into(arena, db, fields[0], count - 1);
    for (size_t f = 1; stmt != NULL && f < count; f++)
        bind(stmt, (int)f, fields[f]);
    if (stmt != NULL)
        sqlite3_step(stmt);
    sqlite3_finalize(stmt);
}

static void make_file(struct arena *arena, const char *path, const void *bytes,
                      size_t size)
{
    sqlite3 *db = NULL;
    char **lines = NULL;
    unlink(path);
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA synchronous=OFF;PRAGMA journal_mode=OFF;BEGIN",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, edition_schema, NULL, NULL, NULL) != SQLITE_OK)
        abort();
    size_t count =
        text_split(arena, arena_slice(arena, bytes, size), '\n', &lines);
    for (size_t l = 0; l < count; l++)
        put_row(arena, db, lines[l]);
    if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        abort();
    sqlite3_close(db);
}

static void read_cells(struct arena *arena, const struct pub_table *table)
{
    for (size_t r = 0; r < pub_rows(table); r++) {
        for (size_t c = 0; c < pub_columns(table); c++) {
            double value = 0.0;
            if (pub_cell_id(arena, table, r, c)[0] == '\0' ||
                (pub_read(table, r, c, &value) == AVAILABLE &&
                 pub_decimals(table, r, c) < 0))
                abort();
        }
    }
}

static const struct edition *read_file(struct arena *arena, const char *path)
{
    const struct edition *edition = NULL;
    struct err err = {0};
    bool ok = edition_read(arena, path, &edition, &err);
    if (ok != (err.code == ERR_NONE) ||
        (!ok && !text_same(err.id, "edition.damaged")))
        abort();
    for (size_t t = 0; ok && t < edition->table_count; t++)
        read_cells(arena, edition->tables[t]);
    return edition;
}

static char *write_again(struct arena *arena, const struct edition *edition,
                         size_t *size)
{
    struct err err = {0};
    char *bytes = NULL;
    const char *path = place(arena, "b.db");
    unlink(path);
    if (!edition_write(edition, path, &err) ||
        !fs_read(arena, path, &bytes, size, &err))
        abort();
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const char *path = place(arena, "a.db");
    make_file(arena, path, bytes, size);
    const struct edition *first = read_file(arena, path);
    if (first != NULL) {
        size_t once, twice;
        char *a = write_again(arena, first, &once);
        const struct edition *second = read_file(arena, place(arena, "b.db"));
        if (second == NULL)
            abort();
        char *b = write_again(arena, second, &twice);
        if (once != twice || memcmp(a, b, once) != 0)
            abort();
        unlink(place(arena, "b.db"));
    }
    unlink(path);
    arena_free(arena);
    return 0;
}
