/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/xlsx_fit.h"
#include "format/xlsx_texts.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "page/column_head.h"
#include "page/legend.h"
#include "page/structure.h"

enum {
    LINE_UPRIGHT = 110, /* characters on a page: see xlsx_fit.h */
    LINE_LYING = 150,
    UNIT_WHOLE = 12,
    LITTLE_WORD = 3, /* letters */
};

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

/* So much of a name that it ends on a word that says something: not on a
 * comma, nor on "par" or "of the". */
static const char *telling(struct arena *arena, const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    size_t size = strlen(text), word = 0;
    for (;;) {
        while (size > 0 && strchr(" ,;", text[size - 1]) != NULL)
            size--;
        for (word = size; word > 0 && text[word - 1] != ' '; word--)
            ;
        if (word == 0 || size - word > LITTLE_WORD ||
            strspn(text + word, letters) < size - word)
            return arena_slice(arena, text, size);
        size = word;
    }
}

static const char *numbered(const struct listing *list, const char *title)
{
    return arena_format(list->arena, "%zu %s", list->count + 1,
                        allowed(list->arena, title));
}

/* "Figure 12", as the report calls it; else its place and its first words,
 * up to a colon where all of them are too many. */
static const char *sheet_name(const struct listing *list,
                              const struct block *block)
{
    struct arena *arena = list->arena;
    if (block->label != NULL)
        return cut(arena, allowed(arena, block->label), XLSX_NAME_MOST);
    const char *title = structure_title(arena, list->document->lang, block);
    const char *name = numbered(list, title);
    if (text_same(cut(arena, name, XLSX_NAME_MOST), name))
        return name;
    name = numbered(list, arena_slice(arena, title, strcspn(title, ":")));
    const char *words = cut(arena, name, XLSX_NAME_MOST);
    return text_same(words, name) ? name : telling(arena, words);
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
    size_t most; /* characters of one */
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
        const char *line = cut(arena, rest, lines->most);
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
    const struct xlsx_column *columns = xlsx_fit(list->arena, grid);
    const struct xlsx_paper paper = xlsx_paper(list->arena, grid, columns);
    struct lines lines = {
        .most = paper.landscape ? LINE_LYING : LINE_UPRIGHT,
    };
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
    struct xlsx_sheet sheet = {
        .name = sheet_name(list, block),
        .table_name = table_name(list, grid),
        .title = given(title) ? title : sheet_name(list, block),
        .section = section,
        .above = lines.line,
        .above_count = lines.count,
        .grid = grid,
    };
    list->sheets = arena_grow(arena, list->sheets, list->count, &list->capacity,
                              sizeof *list->sheets);
    xlsx_place_texts(arena, lang, &sheet);
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
    struct xlsx_book book = {
        .file = arena_format(arena, "%s.xlsx", page->name),
        .part = page->heading == NULL
                    ? ""
                    : structure_title(arena, document->lang, page->heading),
        .leaf = leaf,
        .sheets = list.sheets,
        .sheet_count = list.count,
    };
    book.front = xlsx_front(arena, document, &book);
    return book;
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

/* A short unit is not broken: "(p.", then "100 000)" on the next line. */
static const char *with_unit(struct arena *scratch, const char *heading,
                             const char *unit)
{
    if (!given(unit))
        return heading;
    struct text out = text_new(scratch);
    text_format(&out, "%s (", heading);
    const bool whole = utf8_count(unit) <= UNIT_WHOLE;
    for (const char *at = unit; *at != '\0'; at++) {
        if (*at == ' ' && whole)
            text_add(&out, "\u00a0");
        else
            text_add_char(&out, *at);
    }
    text_add_char(&out, ')');
    return out.at;
}

static const char *plain_heading(struct arena *scratch, const struct grid *grid,
                                 size_t column)
{
    const struct grid_column *what = &grid->columns[column];
    const char *heading = what->heading;
    if (column_head_grouped(what) && !text_same(heading, what->group))
        heading = arena_format(scratch, "%s, %s", what->group,
                               column_head_words(what));
    return with_unit(scratch, heading, what->unit);
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
    const struct grid_column *what = &grid->columns[column];
    const char *alone = with_unit(scratch, column_head_words(what), what->unit);
    for (size_t c = column; c-- > 0;) {
        const char *before = plain_heading(scratch, grid, c);
        if (given(before) && namesakes(scratch, grid, before) == 1)
            return arena_format(scratch, "%s, %s", before, alone);
    }
    return arena_format(scratch, "%s [%zu]", heading, column + 1);
}
