/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "format/xlsx_books.h"
#include "format/zip.h"

/* The finished file, as far as it was read. */
struct reading {
    struct arena *scratch;
    const char *at; /* in the sheet */
    const char **texts;
    size_t text_count;
};

/* --- parts of the file ---------------------------------------------------- */

/* "B7" from 0-based row and column. */
static const char *reference(struct arena *scratch, uint32_t row, size_t column)
{
    char letters[4] = {0};
    size_t at = 3;
    for (size_t c = column + 1; c > 0 && at > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    return arena_format(scratch, "%s%u", letters + at, (unsigned)(row + 1));
}

/* Texts of the book, as they are written, which its cells call by number. */
static void read_texts(struct reading *reading, const char *xml)
{
    size_t capacity = 0;
    for (const char *at = xml; (at = strstr(at, "<t")) != NULL;) {
        at = strchr(at, '>');
        if (at == NULL)
            break;
        size_t size = strcspn(++at, "<");
        reading->texts =
            arena_grow(reading->scratch, reading->texts, reading->text_count,
                       &capacity, sizeof *reading->texts);
        reading->texts[reading->text_count++] =
            arena_slice(reading->scratch, at, size);
        at += size;
    }
}

/* What the next cell at `place` holds, "" nothing. */
static const char *read_cell(struct reading *reading, const char *place,
                             bool *text)
{
    struct arena *scratch = reading->scratch;
    const char *start =
        strstr(reading->at, arena_format(scratch, "<c r=\"%s\"", place));
    const char *close = start == NULL ? NULL : strchr(start, '>');
    if (close == NULL || strncmp(close + 1, "<v>", 3) != 0)
        return "";
    reading->at = close + 4;
    *text = strstr(arena_slice(scratch, start, (size_t)(close - start)),
                   " t=\"s\"") != NULL;
    return arena_slice(scratch, reading->at, strcspn(reading->at, "<"));
}

/* --- cells ---------------------------------------------------------------- */

static bool same_text(const struct reading *reading, const char *number,
                      const char *want)
{
    int64_t at = 0;
    struct text escaped = text_new(reading->scratch);
    text_add_xml(&escaped, want);
    return num_parse_int64(number, &at) && at >= 0 &&
           (size_t)at < reading->text_count &&
           text_same(reading->texts[at], escaped.at);
}

/* A value is a number, the sign in the place of one a text. */
static bool same_cell(struct reading *reading, const char *place,
                      const struct grid_cell *cell)
{
    bool text = false;
    double value = 0.0;
    const char *found = read_cell(reading, place, &text);
    if (cell->availability != AVAILABLE)
        return text && same_text(reading, found, cell->text);
    return !text && num_parse_double(found, &value) && value == cell->value;
}

/* --- texts ---------------------------------------------------------------- */

/* Is the text among those that the book's cells call by number? */
static bool has_text(const struct reading *reading, const char *want)
{
    struct text escaped = text_new(reading->scratch);
    text_add_xml(&escaped, want);
    for (size_t t = 0; t < reading->text_count; t++) {
        if (text_same(reading->texts[t], escaped.at))
            return true;
    }
    return false;
}

static bool fail_text(const char *text, const struct xlsx_sheet *sheet,
                      const char *file, struct err *err)
{
    return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                    "%s: sheet '%s' does not say '%s'", file, sheet->name,
                    text);
}

/* Title and lines above the table: their values are those of the document. */
static bool check_texts(const struct reading *reading,
                        const struct xlsx_sheet *sheet, const char *file,
                        struct err *err)
{
    if (!has_text(reading, sheet->title))
        return fail_text(sheet->title, sheet, file, err);
    for (size_t l = 0; l < sheet->above_count; l++) {
        if (!has_text(reading, sheet->above[l]))
            return fail_text(sheet->above[l], sheet, file, err);
    }
    return true;
}

/* --- sheets --------------------------------------------------------------- */

static bool check_sheet(struct reading *reading, const struct xlsx_sheet *sheet,
                        const char *file, struct err *err)
{
    const struct grid *grid = sheet->grid;
    for (size_t i = 0; i < grid->rows * grid->column_count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        uint32_t row =
            sheet->first_row + 1 + (uint32_t)(i / grid->column_count);
        if (!cell->number)
            continue;
        const char *place =
            reference(reading->scratch, row, i % grid->column_count);
        if (!same_cell(reading, place, cell))
            return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                            "%s: sheet '%s' cell %s: not what the edition says "
                            "of %s",
                            file, sheet->name, place, cell->cell_id);
    }
    return true;
}

bool xlsx_check(struct arena *scratch, const char *path,
                const struct xlsx_book *book, struct err *err)
{
    struct zip_entry *entries = NULL;
    size_t count = 0;
    struct reading reading = {.scratch = scratch};
    if (!zip_read(scratch, path, &entries, &count, err))
        return false;
    const struct zip_entry *texts =
        zip_find(entries, count, "xl/sharedStrings.xml");
    if (texts != NULL)
        read_texts(&reading, texts->bytes);
    for (size_t s = 0; s < book->sheet_count; s++) {
        const struct xlsx_sheet *sheet = &book->sheets[s];
        const struct zip_entry *entry =
            zip_find(entries, count,
                     arena_format(scratch, "xl/worksheets/sheet%zu.xml",
                                  XLSX_FRONT_SHEETS + s + 1));
        if (entry == NULL)
            return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                            "'%s' lacks sheet '%s'", path, sheet->name);
        reading.at = entry->bytes;
        if (!check_texts(&reading, sheet, book->file, err) ||
            !check_sheet(&reading, sheet, book->file, err))
            return false;
    }
    return true;
}
