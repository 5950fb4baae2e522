/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_reader.h"

#include <math.h>
#include <string.h>

#include "base/fs.h"
#include "base/num.h"
#include "base/utf8.h"

enum {
    TEXT_MOST = 30000, /* bytes: a cell of a workbook holds 32,767 characters */
    LINE_MOST = 2000,
};

void reader_fail(struct edition_reader *r, const char *what)
{
    if (r->failed)
        return;
    r->failed = true;
    err_fail(r->err, ERR_INPUT, "edition.damaged", "edition '%s': %s", r->path,
             what);
}

/* SQLite gives no connection at all only when there is no memory for it. */
static void fail_sqlite(struct edition_reader *r)
{
    if (r->db == NULL || sqlite3_errcode(r->db) == SQLITE_NOMEM)
        err_out_of_memory();
    reader_fail(r, sqlite3_errmsg(r->db));
}

/* --- opening -------------------------------------------------------------- */

static bool secure(sqlite3 *db)
{
    static const struct {
        int option, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    for (size_t s = 0; s < COUNT_OF(settings); s++) {
        if (sqlite3_db_config(db, settings[s].option, settings[s].value,
                              NULL) != SQLITE_OK)
            return false;
    }
    return sqlite3_exec(db,
                        "PRAGMA query_only=1;PRAGMA cell_size_check=1;"
                        "PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;BEGIN",
                        NULL, NULL, NULL) == SQLITE_OK;
}

/* The statements of the schema in the order that they were made in. */
static void check_schema(struct edition_reader *r)
{
    struct text schema = text_new(r->open);
    reader_begin(r,
                 "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                 " ORDER BY rowid",
                 -1);
    while (reader_next(r))
        text_format(&schema, "%s;", reader_text(r, 0));
    reader_end(r);
    if (!text_same(schema.at, edition_schema))
        reader_fail(r, "its tables are not those of an edition of "
                       "format " EDITION_FORMAT);
}

void reader_open(struct edition_reader *r)
{
    if (!fs_exists(r->path) || fs_is_directory(r->path)) {
        r->failed = true;
        err_fail(r->err, ERR_INPUT, "edition.missing",
                 "edition '%s': there is no such file", r->path);
        return;
    }
    if (sqlite3_open_v2(r->path, &r->db, SQLITE_OPEN_READONLY, NULL) !=
            SQLITE_OK ||
        !secure(r->db))
        fail_sqlite(r);
    check_schema(r);
}

void reader_close(struct edition_reader *r)
{
    sqlite3_close(r->db);
    r->db = NULL;
}

/* --- rows ----------------------------------------------------------------- */

void reader_begin(struct edition_reader *r, const char *sql, int sheet)
{
    r->stmt = NULL;
    if (r->failed)
        return;
    if (sqlite3_prepare_v2(r->db, sql, -1, &r->stmt, NULL) != SQLITE_OK ||
        (sheet >= 0 && sqlite3_bind_int(r->stmt, 1, sheet) != SQLITE_OK))
        fail_sqlite(r);
}

bool reader_next(struct edition_reader *r)
{
    if (r->failed)
        return false;
    int step = sqlite3_step(r->stmt);
    if (step == SQLITE_ROW)
        return true;
    if (step != SQLITE_DONE)
        fail_sqlite(r);
    return false;
}

void reader_end(struct edition_reader *r)
{
    sqlite3_finalize(r->stmt);
    r->stmt = NULL;
}

/* --- one row -------------------------------------------------------------- */

bool reader_is_null(const struct edition_reader *r, int column)
{
    return sqlite3_column_type(r->stmt, column) == SQLITE_NULL;
}

static const char *take_text(struct edition_reader *r, int column,
                             const char *allowed, size_t most)
{
    if (r->failed)
        return "";
    if (sqlite3_column_type(r->stmt, column) != SQLITE_TEXT) {
        reader_fail(r, "a text is missing");
        return "";
    }
    const char *text = (const char *)sqlite3_column_text(r->stmt, column);
    size_t size = (size_t)sqlite3_column_bytes(r->stmt, column);
    if (text == NULL)
        err_out_of_memory();
    if (!utf8_valid(text, size))
        reader_fail(r, "a text is not UTF-8");
    else if (size > most)
        reader_fail(r, "a text is too long");
    else if (text_has_control(text, allowed))
        reader_fail(r, "a text holds a control character");
    return r->failed ? "" : arena_slice(r->open, text, size);
}

const char *reader_text(struct edition_reader *r, int column)
{
    return take_text(r, column, "\n\t", TEXT_MOST);
}

const char *reader_line(struct edition_reader *r, int column)
{
    return take_text(r, column, "", LINE_MOST);
}

/* A line of any length. */
static const char *get_list(struct edition_reader *r, int column)
{
    return take_text(r, column, "", SIZE_MAX);
}

int64_t reader_int64(struct edition_reader *r, int column, int64_t low,
                     int64_t high)
{
    if (r->failed)
        return low;
    int64_t value = sqlite3_column_int64(r->stmt, column);
    if (sqlite3_column_type(r->stmt, column) != SQLITE_INTEGER || value < low ||
        value > high) {
        reader_fail(r, "a number is out of range");
        return low;
    }
    return value;
}

int reader_int(struct edition_reader *r, int column, int low, int high)
{
    return (int)reader_int64(r, column, low, high);
}

double reader_real(struct edition_reader *r, int column)
{
    if (r->failed)
        return 0.0;
    double value = sqlite3_column_double(r->stmt, column);
    if (sqlite3_column_type(r->stmt, column) != SQLITE_FLOAT ||
        !isfinite(value)) {
        reader_fail(r, "a value is no finite number");
        return 0.0;
    }
    return value;
}

int *reader_numbers(struct edition_reader *r, int column, int limit,
                    size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, get_list(r, column), ' ', &words);
    int *numbers = arena_array(r->open, *count, sizeof *numbers);
    for (size_t i = 0; i < *count; i++) {
        int64_t number = 0;
        if (!num_parse_int64(words[i], &number) || number < 0 ||
            number >= limit)
            reader_fail(r, "a list holds a number out of range");
        else
            numbers[i] = (int)number;
    }
    return numbers;
}

size_t reader_count(struct edition_reader *r, const char *sql, int sheet)
{
    size_t count = 0;
    reader_begin(r, sql, sheet);
    if (reader_next(r))
        count = (size_t)reader_int(r, 0, 0, INT32_MAX);
    reader_end(r);
    return count;
}

const char **reader_words(struct edition_reader *r, int column, size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, get_list(r, column), ' ', &words);
    const char **out = arena_array(r->open, *count, sizeof *out);
    for (size_t i = 0; i < *count; i++)
        out[i] = words[i];
    return out;
}
