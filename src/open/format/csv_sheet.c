/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/csv_sheet.h"

#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/hash.h"
#include "format/csv_schema.h"

#define MARK "\xEF\xBB\xBF" /* without it Excel reads no UTF-8 */

static const char separator = ';';

/* Where rows go: to a file, or to a hash of what it should hold. */
struct taker {
    struct sink *sink; /* or NULL */
    struct hash *hash;
};

static void take(const struct taker *taker, const struct text *rows)
{
    if (taker->sink != NULL)
        sink_write(taker->sink, rows->at, rows->size);
    else
        hash_add(taker->hash, rows->at, rows->size);
}

const char *csv_sheet_path(struct arena *arena, const struct pub_table *table)
{
    return arena_format(arena, CSV_SHEETS "/%s.csv",
                        csv_file_stem(arena, table));
}

static const char *below(struct arena *arena, const struct format_job *job,
                         const char *path)
{
    return arena_format(arena, "%s/%s/%s", job->root, job->document->directory,
                        path);
}

/* A number with its comma; any other text as it is. */
static void add_field(struct text *row, size_t column, const char *field)
{
    size_t whole = strcspn(field, ".");
    if (!csv_is_decimal(&csv_fields[column]) || field[whole] == '\0') {
        csv_add_field(row, field, separator);
        return;
    }
    text_add_bytes(row, field, whole);
    text_add_char(row, ',');
    text_add(row, field + whole + 1);
}

static void take_header(const struct taker *taker, struct text *row)
{
    text_add(row, MARK);
    for (size_t c = 0; c < csv_field_count; c++) {
        text_add(row, csv_fields[c].name);
        text_add(row, c + 1 < csv_field_count ? ";" : "\r\n");
    }
    take(taker, row);
}

static void take_row(const struct taker *taker, struct text *row,
                     const struct csv *csv)
{
    text_clear(row);
    for (size_t c = 0; c < csv_field_count; c++) {
        add_field(row, c, csv_field(csv, c));
        text_add(row, c + 1 < csv_field_count ? ";" : "\r\n");
    }
    take(taker, row);
}

/* Hands over the sheet of a data set, row by row. */
static bool take_sheet(const struct format_job *job,
                       const struct pub_table *table, const struct taker *taker,
                       struct err *err)
{
    struct arena *scratch = arena_new();
    struct csv *csv = NULL;
    const char *path =
        arena_format(scratch, "%s.csv", csv_file_stem(scratch, table));
    bool more = true;
    bool ok = csv_open(scratch, below(scratch, job, path), &csv, err);
    struct text row = text_new(scratch);
    if (ok)
        take_header(taker, &row);
    while (ok && (ok = csv_next(csv, &more, err)) && more)
        take_row(taker, &row, csv);
    csv_close(csv);
    arena_free(scratch);
    return ok;
}

static bool write_sheet(const struct format_job *job,
                        const struct pub_table *table, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct taker taker = {
        .sink = sink_open(scratch,
                          below(scratch, job, csv_sheet_path(scratch, table))),
        .hash = NULL,
    };
    bool made = take_sheet(job, table, &taker, err);
    /* A sink that is not committed would stay open. */
    struct err late = {0};
    bool ok = sink_commit(taker.sink, made ? err : &late) && made;
    arena_free(scratch);
    return ok;
}

bool csv_sheets_write(const struct format_job *job, struct err *err)
{
    const struct document *document = job->document;
    struct arena *scratch = arena_new();
    struct text schema = text_new(scratch);
    csv_sheet_schema(&schema, document->edition, document->lang);
    bool ok =
        fs_make_directory(below(scratch, job, CSV_SHEETS), err) &&
        fs_write(below(scratch, job, CSV_SHEETS "/" CSV_SHEETS ".schema.json"),
                 schema.at, schema.size, err);
    for (size_t t = 0; ok && t < document->dataset_count; t++)
        ok = write_sheet(job, document->datasets[t], err);
    arena_free(scratch);
    return ok;
}

bool csv_sheet_verify(const struct format_job *job,
                      const struct pub_table *table, struct err *err)
{
    struct arena *scratch = arena_new();
    char expected[HASH_HEX_SIZE], found[HASH_HEX_SIZE];
    const char *path = csv_sheet_path(scratch, table);
    const struct taker taker = {.sink = NULL, .hash = hash_new()};
    bool ok = take_sheet(job, table, &taker, err);
    hash_end(taker.hash, expected);
    ok = ok && hash_file(below(scratch, job, path), found, err);
    if (ok && !text_same(expected, found))
        ok =
            err_fail(err, ERR_DISAGREE, "verify.csv",
                     "%s: not what the file of '%s' says", path, pub_id(table));
    arena_free(scratch);
    return ok;
}
