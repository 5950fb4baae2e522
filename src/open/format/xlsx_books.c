/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/xlsx_books.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "page/legend.h"
#include "page/structure.h"

/* Sheets being listed. */
struct listing {
    struct arena *arena;
    const struct document *document;
    const struct block *heading; /* the last one before, or NULL */
    struct xlsx_sheet *sheets;
    size_t count, capacity;
};

static bool given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* --- names ---------------------------------------------------------------- */

/* Without the characters that no name of a sheet has, and one blank between
 * words. */
static const char *allowed(struct arena *arena, const char *text)
{
    static const char refused[] = " []:*?/\\'";
    struct text name = text_new(arena);
    bool blank = false;
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t point = utf8_next(&at);
        if (point <= ' ' || point == 0xA0 || point == 0x202F ||
            (point < 0x80 && strchr(refused, (int)point) != NULL)) {
            blank = name.size > 0;
            continue;
        }
        text_add(&name, blank ? " " : "");
        text_add_bytes(&name, from, (size_t)(at - from));
        blank = false;
    }
    return name.at;
}

/* The whole words of a text that have room. */
static const char *cut(struct arena *arena, const char *text, size_t most)
{
    const char *stop = text;
    size_t count = 0;
    for (const char *at = text; count <= most; count++) {
        if (*at == ' ' || *at == '\0')
            stop = at;
        if (*at == '\0')
            break;
        (void)utf8_next(&at);
    }
    return arena_slice(arena, text, (size_t)(stop - text));
}

/* "Figure 12", as the report calls it; else its place and its first words. */
static const char *sheet_name(const struct listing *list,
                              const struct block *block)
{
    struct arena *arena = list->arena;
    if (block->label != NULL)
        return cut(arena, allowed(arena, block->label), XLSX_NAME_MOST);
    const char *title = structure_title(arena, list->document->lang, block);
    const char *name =
        arena_format(arena, "%zu %s", list->count + 1, allowed(arena, title));
    return cut(arena, name, XLSX_NAME_MOST);
}

static bool has_table(const struct listing *list, const char *name)
{
    for (size_t s = 0; s < list->count; s++) {
        if (text_same(list->sheets[s].table_name, name))
            return true;
    }
    return false;
}

static const char *table_name(const struct listing *list,
                              const struct grid *grid)
{
    struct arena *arena = list->arena;
    char *slug = utf8_slug(arena, grid->id);
    for (char *at = slug; *at != '\0'; at++)
        *at = isalnum((unsigned char)*at) ? *at : '_';
    const char *name = arena_format(arena, "t_%s", slug);
    for (int again = 2; has_table(list, name); again++)
        name = arena_format(arena, "t_%s_%d", slug, again);
    return name;
}

/* --- sheets --------------------------------------------------------------- */

/* Lines being made. */
struct lines {
    const char **line;
    size_t count, capacity;
};

/* A cell does not wrap over its neighbours: what is long goes on below, else
 * screens and pages cut it. */
static void add_lines(struct listing *list, struct lines *lines,
                      const char *key, const char *text)
{
    struct arena *arena = list->arena;
    enum lang lang = list->document->lang;
    if (!given(text))
        return;
    const char *rest = locale_fill(arena, lang, "caption.line", "label",
                                   locale_text(lang, key), "text", text, NULL);
    while (*rest != '\0') {
        const char *line = cut(arena, rest, XLSX_LINE_MOST);
        if (line[0] == '\0')
            line = rest; /* a word longer than a line */
        lines->line = arena_grow(arena, lines->line, lines->count,
                                 &lines->capacity, sizeof *lines->line);
        lines->line[lines->count++] = line;
        rest += strlen(line);
        rest += strspn(rest, " ");
    }
}

static struct lines lines_above(struct listing *list,
                                const struct caption *caption,
                                const char *section, const struct grid *grid)
{
    struct lines lines = {NULL, 0, 0};
    add_lines(list, &lines, "sheet.section", section);
    add_lines(list, &lines, "caption.unit", caption->unit);
    add_lines(list, &lines, "caption.scope", caption->scope);
    add_lines(list, &lines, "caption.reading", caption->reading);
    add_lines(list, &lines, "caption.note", caption->note);
    add_lines(list, &lines, "caption.source", caption->source);
    add_lines(list, &lines, "caption.signs",
              legend_of_signs(list->arena, grid, list->document->lang, ~0u));
    return lines;
}

static void add_sheet(struct listing *list, const struct block *block,
                      const struct grid *grid)
{
    struct arena *arena = list->arena;
    enum lang lang = list->document->lang;
    if (grid == NULL || grid->rows == 0)
        return;
    const char *title = structure_title(arena, lang, block);
    const char *section = list->heading == NULL
                              ? ""
                              : structure_title(arena, lang, list->heading);
    const struct lines lines =
        lines_above(list, &block->caption, section, grid);
    const struct xlsx_sheet sheet = {
        .name = sheet_name(list, block),
        .table_name = table_name(list, grid),
        .title = given(title) ? title : sheet_name(list, block),
        .section = section,
        .above = lines.line,
        .above_count = lines.count,
        .grid = grid,
        .first_row = 2 + (uint32_t)lines.count,
    };
    list->sheets = arena_grow(arena, list->sheets, list->count, &list->capacity,
                              sizeof *list->sheets);
    list->sheets[list->count++] = sheet;
}

static void take(struct listing *list, const struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        const struct block *block = &blocks[b];
        if (block->kind == BLOCK_HEADING)
            list->heading = block;
        else if (block->kind == BLOCK_TABLE)
            add_sheet(list, block, block->grid);
        else if (block->kind == BLOCK_FIGURE)
            add_sheet(list, block, block->figure->data);
        take(list, block->children, block->child_count);
    }
}

/* --- books ---------------------------------------------------------------- */

static struct xlsx_book book_of(struct arena *arena,
                                const struct document *document,
                                const struct html_book *pages, size_t leaf)
{
    const struct html_leaf *page = &pages->leaves[leaf];
    struct listing list = {.arena = arena, .document = document};
    take(&list, document->blocks + page->first, page->past - page->first);
    return (struct xlsx_book){
        .file = arena_format(arena, "%s.xlsx", page->name),
        .part = page->heading == NULL
                    ? ""
                    : structure_title(arena, document->lang, page->heading),
        .leaf = leaf,
        .sheets = list.sheets,
        .sheet_count = list.count,
    };
}

struct xlsx_books xlsx_books(struct arena *arena,
                             const struct document *document,
                             const struct html_book *pages)
{
    struct xlsx_books books = {NULL, 0};
    struct xlsx_book *list = arena_array(arena, pages->count, sizeof *list);
    for (size_t l = 0; l < pages->count; l++) {
        list[books.count] = book_of(arena, document, pages, l);
        if (list[books.count].sheet_count > 0 || pages->count == 1)
            books.count++;
    }
    books.book = list;
    return books;
}

/* --- headings ------------------------------------------------------------- */

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
