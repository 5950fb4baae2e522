/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_reader.h"

#include <stdint.h>

#include "base/num.h"

void reader_fail(struct edition_reader *r, const char *what)
{
    if (r->failed)
        return;
    r->failed = true;
    err_fail(r->err, ERR_INPUT, "edition.damaged", "edition '%s': %s", r->path,
             what);
}

void reader_begin(struct edition_reader *r, const char *sql)
{
    r->stmt = NULL;
    if (!r->failed &&
        sqlite3_prepare_v2(r->db, sql, -1, &r->stmt, NULL) != SQLITE_OK)
        reader_fail(r, sqlite3_errmsg(r->db));
}

bool reader_next(struct edition_reader *r)
{
    if (r->failed)
        return false;
    int step = sqlite3_step(r->stmt);
    if (step == SQLITE_ROW)
        return true;
    if (step != SQLITE_DONE)
        reader_fail(r, sqlite3_errmsg(r->db));
    return false;
}

void reader_end(struct edition_reader *r)
{
    sqlite3_finalize(r->stmt);
    r->stmt = NULL;
}

const char *reader_text(struct edition_reader *r, int column)
{
    const unsigned char *text = sqlite3_column_text(r->stmt, column);
    if (text == NULL) {
        reader_fail(r, "a text is missing");
        return "";
    }
    return arena_text(r->open, (const char *)text);
}

int reader_int(struct edition_reader *r, int column, int64_t low, int64_t high)
{
    int64_t value = sqlite3_column_int64(r->stmt, column);
    if (sqlite3_column_type(r->stmt, column) != SQLITE_INTEGER || value < low ||
        value > high) {
        reader_fail(r, "a number is out of range");
        return (int)low;
    }
    return (int)value;
}

size_t reader_count(struct edition_reader *r, const char *table)
{
    reader_begin(r, arena_format(r->open, "SELECT count(*) FROM %s", table));
    size_t count = 0;
    if (reader_next(r))
        count = (size_t)reader_int(r, 0, 0, INT32_MAX);
    reader_end(r);
    return count;
}

const char **reader_words(struct edition_reader *r, int column, size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, reader_text(r, column), ' ', &words);
    const char **out = arena_array(r->open, *count, sizeof *out);
    for (size_t i = 0; i < *count; i++)
        out[i] = words[i];
    return out;
}

int *reader_numbers(struct edition_reader *r, int column, int limit,
                    size_t *count)
{
    char **words = NULL;
    *count = text_split(r->open, reader_text(r, column), ' ', &words);
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
