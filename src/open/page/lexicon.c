/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/lexicon.h"

#include <string.h>

#include "base/csv.h"
#include "base/fs.h"
#include "base/map.h"

#define COLUMNS_MOST 5

/* A file of texts being read: its columns, in the order asked for. */
struct sheet {
    struct arena *arena;
    struct csv *csv;
    struct map *keys; /* of the first column */
    int column[COLUMNS_MOST];
};

static bool open_sheet(struct sheet *sheet, const char *path,
                       const char *const *names, size_t count, struct err *err)
{
    if (!csv_open(sheet->arena, path, &sheet->csv, err))
        return false;
    assert(count <= COLUMNS_MOST);
    for (size_t i = 0; i < count; i++) {
        sheet->column[i] = csv_find(sheet->csv, names[i]);
        if (sheet->column[i] < 0)
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
        fields[i] = arena_text(sheet->arena,
                               csv_field(sheet->csv, (size_t)sheet->column[i]));
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

/* --- abbreviations -------------------------------------------------------- */

bool lexicon_read_abbreviations(struct arena *arena, const char *path,
                                struct lexicon *lexicon, struct err *err)
{
    static const char *const names[] = {"abbreviation", "expansion"};
    struct sheet sheet = {.arena = arena};
    struct abbreviation *list = NULL;
    const char *fields[COUNT_OF(names)];
    size_t count = 0, capacity = 0;
    if (!fs_exists(path))
        return true;
    bool more = true;
    bool ok = open_sheet(&sheet, path, names, COUNT_OF(names), err);
    while (ok && (ok = csv_next(sheet.csv, &more, err)) && more) {
        ok = take_row(&sheet, fields, COUNT_OF(names), COUNT_OF(names), err);
        if (!ok)
            break;
        list = arena_grow(arena, list, count, &capacity, sizeof *list);
        list[count++] = (struct abbreviation){fields[0], fields[1]};
    }
    csv_close(sheet.csv);
    if (!ok)
        return false;
    lexicon->abbreviations = list;
    lexicon->abbreviation_count = count;
    return true;
}

/* --- publications --------------------------------------------------------- */

static bool check_key(const struct sheet *sheet, const char *key,
                      struct err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (key[strspn(key, letters)] == '\0')
        return true;
    return err_fail(err, ERR_INPUT, "lexicon.key",
                    "'%s', line %zu: key '%s': expected letters a-z, digits "
                    "and -",
                    csv_path(sheet->csv), csv_line(sheet->csv), key);
}

bool lexicon_read_publications(struct arena *arena, const char *path,
                               struct lexicon *lexicon, struct err *err)
{
    static const char *const names[] = {"key", "authors", "title", "source",
                                        "doi"};
    struct sheet sheet = {.arena = arena};
    struct publication *list = NULL;
    const char *fields[COUNT_OF(names)];
    size_t count = 0, capacity = 0;
    if (!fs_exists(path))
        return true;
    bool more = true;
    bool ok = open_sheet(&sheet, path, names, COUNT_OF(names), err);
    while (ok && (ok = csv_next(sheet.csv, &more, err)) && more) {
        ok = take_row(&sheet, fields, COUNT_OF(names), COUNT_OF(names) - 1,
                      err) &&
             check_key(&sheet, fields[0], err);
        if (!ok)
            break;
        list = arena_grow(arena, list, count, &capacity, sizeof *list);
        list[count++] = (struct publication){
            .key = fields[0],
            .authors = fields[1],
            .title = fields[2],
            .source = fields[3],
            .doi = fields[4],
        };
    }
    csv_close(sheet.csv);
    if (!ok)
        return false;
    lexicon->publications = list;
    lexicon->publication_count = count;
    return true;
}
