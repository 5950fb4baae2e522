/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/lexicon.h"

#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/map.h"

#define COLUMNS_MOST 6

/* A file of texts being read: its columns, in the order asked for. */
struct sheet {
    struct arena *arena;
    struct csv *csv;
    struct map *keys;         /* of the first column */
    int column[COLUMNS_MOST]; /* -1: the file has not got it */
    const char ***rows;
    size_t row_count;
};

static bool open_sheet(struct sheet *sheet, const char *path,
                       const char *const *names, size_t count, size_t needed,
                       struct err *err)
{
    if (!csv_open(sheet->arena, path, &sheet->csv, err))
        return false;
    assert(count <= COLUMNS_MOST);
    for (size_t i = 0; i < count; i++) {
        sheet->column[i] = csv_find(sheet->csv, names[i]);
        if (i < needed && sheet->column[i] < 0)
            return err_fail(err, ERR_INPUT, "lexicon.column",
                            "'%s': expected a column '%s'", path, names[i]);
    }
    sheet->keys = map_new(sheet->arena);
    return true;
}

/* Field `at` of the row; fields before `needed` must not be empty, and the
 * first one must be new. */
static bool take_row(struct sheet *sheet, const char **fields, size_t count,
                     size_t needed, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        int column = sheet->column[i];
        fields[i] = column < 0
                        ? ""
                        : arena_text(sheet->arena,
                                     csv_field(sheet->csv, (size_t)column));
        if (i < needed && fields[i][0] == '\0')
            return err_fail(
                err, ERR_INPUT, "lexicon.empty",
                "'%s', line %zu: '%s' is empty", csv_path(sheet->csv),
                csv_line(sheet->csv),
                csv_column_name(sheet->csv, (size_t)sheet->column[i]));
    }
    if (!map_put(sheet->keys, fields[0], strlen(fields[0]), 0))
        return err_fail(err, ERR_INPUT, "lexicon.double",
                        "'%s', line %zu: '%s' is there twice",
                        csv_path(sheet->csv), csv_line(sheet->csv), fields[0]);
    return true;
}

/* All rows of a file, each the texts of its columns; none without the file. */
static bool read_rows(struct sheet *sheet, const char *path,
                      const char *const *names, size_t count, size_t needed,
                      struct err *err)
{
    size_t capacity = 0;
    bool more = true;
    if (!fs_exists(path))
        return true;
    bool ok = open_sheet(sheet, path, names, count, needed, err);
    while (ok && (ok = csv_next(sheet->csv, &more, err)) && more) {
        const char **fields = arena_array(sheet->arena, count, sizeof *fields);
        ok = take_row(sheet, fields, count, needed, err);
        sheet->rows = arena_grow(sheet->arena, sheet->rows, sheet->row_count,
                                 &capacity, sizeof *sheet->rows);
        sheet->rows[sheet->row_count++] = fields;
    }
    csv_close(sheet->csv);
    return ok;
}

/* --- abbreviations -------------------------------------------------------- */

bool lexicon_read_abbreviations(struct arena *arena, const char *path,
                                struct lexicon *lexicon, struct err *err)
{
    static const char *const names[] = {"abbreviation", "expansion"};
    struct sheet sheet = {.arena = arena};
    if (!read_rows(&sheet, path, names, COUNT_OF(names), COUNT_OF(names), err))
        return false;
    struct abbreviation *list =
        arena_array(arena, sheet.row_count, sizeof *list);
    for (size_t r = 0; r < sheet.row_count; r++)
        list[r] = (struct abbreviation){sheet.rows[r][0], sheet.rows[r][1]};
    lexicon->abbreviations = list;
    lexicon->abbreviation_count = sheet.row_count;
    return true;
}

/* --- publications --------------------------------------------------------- */

static bool check_key(const char *path, const char *key, struct err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (key[strspn(key, letters)] == '\0')
        return true;
    return err_fail(err, ERR_INPUT, "lexicon.key",
                    "'%s': key '%s': expected letters a-z, digits and -", path,
                    key);
}

static bool check_lang(const char *path, const char *const *row,
                       struct err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    const char *lang = row[5];
    size_t size = strlen(lang);
    if (size == 0 || (size == 2 && strspn(lang, letters) == size))
        return true;
    return err_fail(err, ERR_INPUT, "lexicon.lang",
                    "'%s': '%s': language '%s': expected a code of two "
                    "letters, such as 'en'",
                    path, row[0], lang);
}

bool lexicon_read_publications(struct arena *arena, const char *path,
                               struct lexicon *lexicon, struct err *err)
{
    static const char *const names[] = {"key",    "authors", "title",
                                        "source", "doi",     "lang"};
    struct sheet sheet = {.arena = arena};
    const size_t needed = 4;
    if (!read_rows(&sheet, path, names, COUNT_OF(names), needed, err))
        return false;
    struct publication *list =
        arena_array(arena, sheet.row_count, sizeof *list);
    for (size_t r = 0; r < sheet.row_count; r++) {
        const char *const *row = sheet.rows[r];
        if (!check_key(path, row[0], err) || !check_lang(path, row, err))
            return false;
        list[r] = (struct publication){
            .key = row[0],
            .authors = row[1],
            .title = row[2],
            .source = row[3],
            .doi = row[4],
            .lang = row[5],
        };
    }
    lexicon->publications = list;
    lexicon->publication_count = sheet.row_count;
    return true;
}
