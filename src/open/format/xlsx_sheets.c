/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/xlsx_sheets.h"

#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "format/zip.h"
#include "page/structure.h"

/* --- the list of sheets ------------------------------------------------- */

static bool given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static uint32_t caption_rows(const struct caption *caption)
{
    return (uint32_t)(given(caption->unit) + given(caption->scope) +
                      given(caption->reading) + given(caption->note) +
                      given(caption->source));
}

static void add_sheet(struct arena *scratch, enum lang lang,
                      const struct block *block, const struct grid *grid,
                      struct xlsx_sheet *sheets, size_t *count)
{
    if (grid == NULL || grid->rows == 0)
        return;
    struct xlsx_sheet *sheet = &sheets[*count];
    const char *slug = utf8_slug(scratch, grid->id);
    (*count)++;
    sheet->name = arena_format(scratch, "%zu-%.24s", *count, slug);
    sheet->table_name = arena_format(scratch, "table_%zu", *count);
    const char *title = structure_title(scratch, lang, block);
    sheet->title = given(title) ? title : sheet->name;
    sheet->caption = &block->caption;
    sheet->grid = grid;
    sheet->first_row = 1 + caption_rows(&block->caption);
}

static size_t grid_count(const struct block *blocks, size_t count)
{
    size_t grids = 0;
    for (size_t b = 0; b < count; b++)
        grids += 1 + grid_count(blocks[b].children, blocks[b].child_count);
    return grids;
}

static void take(struct arena *scratch, enum lang lang,
                 const struct block *blocks, size_t count,
                 struct xlsx_sheet *sheets, size_t *used)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_TABLE)
            add_sheet(scratch, lang, block, block->grid, sheets, used);
        else if (block->kind == BLOCK_FIGURE)
            add_sheet(scratch, lang, block, block->figure->data, sheets, used);
        take(scratch, lang, block->children, block->child_count, sheets, used);
    }
}

void xlsx_sheets(struct arena *scratch, const struct document *document,
                 const struct xlsx_sheet **sheets, size_t *count)
{
    size_t limit = grid_count(document->blocks, document->block_count);
    struct xlsx_sheet *list = arena_array(scratch, limit, sizeof *list);
    *count = 0;
    take(scratch, document->lang, document->blocks, document->block_count, list,
         count);
    *sheets = list;
}

static const char *plain_heading(struct arena *scratch, const struct grid *grid,
                                 size_t column)
{
    const struct grid_column *what = &grid->columns[column];
    return given(what->unit)
               ? arena_format(scratch, "%s (%s)", what->heading, what->unit)
               : what->heading;
}

/* How many columns have this heading. */
static size_t namesakes(struct arena *scratch, const struct grid *grid,
                        const char *heading)
{
    size_t count = 0;
    for (size_t c = 0; c < grid->column_count; c++)
        count += text_same(plain_heading(scratch, grid, c), heading);
    return count;
}

const char *xlsx_heading(struct arena *scratch, const struct grid *grid,
                         size_t column)
{
    const char *heading = plain_heading(scratch, grid, column);
    if (given(heading) && namesakes(scratch, grid, heading) == 1)
        return heading;
    /* The limits of several rates share their heading: the rate's own heading
     * stands before them. */
    for (size_t c = column; c-- > 0;) {
        const char *before = plain_heading(scratch, grid, c);
        if (given(before) && namesakes(scratch, grid, before) == 1)
            return arena_format(scratch, "%s, %s", before, heading);
    }
    return arena_format(scratch, "%s [%zu]", heading, column + 1);
}

/* --- reading back -------------------------------------------------------- */

/* "B7" from 0-based row and column. */
static const char *reference(struct arena *scratch, uint32_t row, size_t column)
{
    char letters[4] = {0};
    size_t at = 3;
    for (size_t c = column + 1; c > 0 && at > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    return arena_format(scratch, "%s%u", letters + at, (unsigned)(row + 1));
}

/* The number cell at a reference, looked for from *at on. */
static bool read_number(struct arena *scratch, const char **at,
                        const char *place, double *value)
{
    const char *start =
        strstr(*at, arena_format(scratch, "<c r=\"%s\"", place));
    if (start == NULL)
        return false;
    const char *close = strchr(start, '>');
    if (close == NULL || strncmp(close + 1, "<v>", 3) != 0)
        return false;
    const char *text = close + 4;
    *at = text;
    return num_parse_double(arena_slice(scratch, text, strcspn(text, "<")),
                            value);
}

static bool check_sheet(const struct xlsx_sheet *sheet, const char *xml,
                        const char *file, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct grid *grid = sheet->grid;
    bool ok = true;
    for (size_t i = 0; ok && i < grid->rows * grid->column_count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        if (!cell->number || cell->availability != AVAILABLE)
            continue;
        double value = 0.0;
        uint32_t row =
            sheet->first_row + 1 + (uint32_t)(i / grid->column_count);
        const char *place = reference(scratch, row, i % grid->column_count);
        ok = read_number(scratch, &xml, place, &value) && value == cell->value;
        if (!ok)
            err_fail(err, ERR_DISAGREE, "verify.xlsx",
                     "%s: sheet '%s' cell %s: not what the edition says of "
                     "%s",
                     file, sheet->name, place, cell->cell_id);
    }
    arena_free(scratch);
    return ok;
}

bool xlsx_check(struct arena *scratch, const char *path,
                const struct document *document, struct err *err)
{
    struct zip_entry *entries = NULL;
    const struct xlsx_sheet *sheets = NULL;
    size_t entry_count = 0, count = 0;
    if (!zip_read(scratch, path, &entries, &entry_count, err))
        return false;
    xlsx_sheets(scratch, document, &sheets, &count);
    for (size_t s = 0; s < count; s++) {
        const char *name = arena_format(scratch, "xl/worksheets/sheet%zu.xml",
                                        XLSX_FRONT_SHEETS + s + 1);
        const struct zip_entry *entry = zip_find(entries, entry_count, name);
        if (entry == NULL)
            return err_fail(err, ERR_DISAGREE, "verify.xlsx",
                            "'%s' lacks sheet '%s'", path, sheets[s].name);
        if (!check_sheet(&sheets[s], entry->bytes, document->name, err))
            return false;
    }
    return true;
}
