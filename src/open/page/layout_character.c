/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters that the typeface lacks, told before anything is set: then it is
 * still known where a text comes from. */
#include <string.h>

#include "page/layout_impl.h"

/* The first byte of characters from U+0100 on. A typeface without those before
 * is refused when it is opened. */
#define BEYOND_LATIN 0xC4

struct check {
    struct arena *scratch;
    const struct fonts *fonts;
    struct err *err;
};

/* Fails with "WHERE: " before it. Blanks of any kind are set as spaces. */
static bool check_text(const struct check *check, const char *text,
                       const char *where)
{
    static const char blanks[] = "\n\t\r";
    const char *at = text == NULL ? "" : text;
    while (*at != '\0' && (unsigned char)*at < BEYOND_LATIN)
        at++;
    if (*at == '\0' && (text == NULL || !text_has_control(text, blanks)))
        return true;
    char *copy = arena_text(check->scratch, text);
    for (char *c = copy; *c != '\0'; c++)
        *c = strchr(blanks, *c) != NULL ? ' ' : *c;
    return fonts_check(check->fonts, FONT_REGULAR, copy, check->err) ||
           err_wrap(check->err, "%s", where);
}

static bool check_runs(const struct check *check, const struct runs *runs,
                       const char *where)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        if (!check_text(check, run->text,
                        run->where == NULL ? where : run->where) ||
            (run->note != NULL && !check_runs(check, &run->note->text, where)))
            return false;
    }
    return true;
}

static bool check_caption(const struct check *check,
                          const struct caption *caption, const char *where)
{
    const char *lines[] = {caption->title,   caption->unit, caption->scope,
                           caption->reading, caption->note, caption->source};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (!check_text(check, lines[i], where))
            return false;
    }
    return true;
}

static bool check_grid(const struct check *check, const struct grid *grid,
                       const char *where)
{
    for (size_t c = 0; c < grid->column_count; c++) {
        const struct grid_column *column = &grid->columns[c];
        const char *place =
            arena_format(check->scratch, "%s: column %zu", where, c + 1);
        if (!check_text(check, column->heading, place) ||
            !check_text(check, column->unit, place) ||
            !check_text(check, column->group, place))
            return false;
    }
    for (size_t i = 0; i < grid->rows * grid->column_count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        if (!cell->number && !check_text(check, cell->text, "cell"))
            return err_wrap(check->err, "%s: row %zu", where,
                            i / grid->column_count + 1);
    }
    return true;
}

/* "report.lua:12", "table 'Cases'"; the pieces of a text may know better. */
static const char *block_place(const struct check *check,
                               const struct block *block)
{
    const struct caption *caption = &block->caption;
    if (caption->where != NULL)
        return caption->where;
    bool titled = caption->title != NULL && caption->title[0] != '\0';
    return titled ? arena_format(check->scratch, "'%s'", caption->title)
                  : "text";
}

static bool check_block(const struct check *check, const struct block *block)
{
    const char *where = block_place(check, block);
    if (!check_runs(check, &block->text, where) ||
        !check_caption(check, &block->caption, where))
        return false;
    for (size_t i = 0; i < block->item_count; i++) {
        if (!check_runs(check, &block->items[i], where))
            return false;
    }
    for (size_t k = 0; k < block->figure_count; k++) {
        const struct key_figure *key = &block->figures[k];
        if (!check_text(check, key->value, "key figure") ||
            !check_text(check, key->label, "key figure") ||
            !check_text(check, key->detail, "key figure"))
            return false;
    }
    if (block->grid != NULL && !check_grid(check, block->grid, where))
        return false;
    for (size_t c = 0; c < block->child_count; c++) {
        if (!check_block(check, &block->children[c]))
            return false;
    }
    return true;
}

bool set_check_characters(const struct setter *setter, struct err *err)
{
    const struct document *document = setter->document;
    const struct check check = {
        .scratch = setter->scratch, .fonts = setter->fonts, .err = err};
    bool ok = check_text(&check, document->title, "title");
    for (size_t b = 0; ok && b < document->block_count; b++)
        ok = check_block(&check, &document->blocks[b]);
    return ok || err_wrap(err, "document '%s'", document->name);
}
