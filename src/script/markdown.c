/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/markdown.h"

#include <ctype.h>
#include <lauxlib.h>
#include <string.h>

#include "script/field.h"
#include "script/inline.h"
#include "script/markdown_mark.h"

/* --- superscripts --------------------------------------------------------- */

/* Whether digits before `at` are a whole word so far: those of an identifier
 * such as 5bcb2f58334e are not. */
static bool ends_number(const char *text, const char *at)
{
    const char *from = at;
    while (from > text && isdigit((unsigned char)from[-1]))
        from--;
    return from < at && (from == text || !isalpha((unsigned char)from[-1]));
}

/* Size of "er", "re" or "e" after a number that ends a French ordinal. */
static size_t ordinal_size(const char *text, const char *at)
{
    static const char *const endings[] = {"er", "re", "e"};
    if (!ends_number(text, at))
        return 0;
    for (size_t e = 0; e < COUNT_OF(endings); e++) {
        size_t size = strlen(endings[e]);
        bool whole = !isalnum((unsigned char)at[size]) &&
                     ((unsigned char)at[size] < 0x80 ||
                      strncmp(at + size, "\u00a0", 2) == 0 ||
                      strncmp(at + size, "\u202f", 3) == 0);
        if (strncmp(at, endings[e], size) == 0 && whole)
            return size;
    }
    return 0;
}

static void add_run(struct page *page, struct markdown_line *line,
                    const struct run *run)
{
    line->run = arena_grow(page->open, line->run, line->count, &line->capacity,
                           sizeof *line->run);
    line->run[line->count++] = *run;
}

static void put_run(struct page *page, struct markdown_line *line,
                    struct run run, const char *at, size_t size, unsigned more)
{
    if (size == 0)
        return;
    run.text = arena_slice(page->open, at, size);
    run.style |= more;
    add_run(page, line, &run);
}

static void put_text(struct page *page, struct markdown_line *line,
                     struct run run, const char *text)
{
    const char *from = text;
    for (const char *at = text; *at && page->lang == LANG_FR; at++) {
        size_t size = ordinal_size(text, at);
        if (size == 0)
            continue;
        put_run(page, line, run, from, (size_t)(at - from), 0);
        put_run(page, line, run, at, size, RUN_SUPERSCRIPT);
        from = at + size;
        at = from - 1;
    }
    put_run(page, line, run, from, strlen(from), 0);
}

static void put_typeset(struct page *page, struct markdown_line *line,
                        struct run run, const char *at, size_t size)
{
    if (size > 0)
        put_text(page, line, run,
                 words_typeset(page, arena_slice(page->open, at, size)));
}

/* A run of the source: its text, cut at references and calls of notes. */
static void fill_run(lua_State *L, struct markdown *markdown,
                     const struct markdown_tree *tree,
                     struct markdown_line *out, struct run run)
{
    struct page *page = page_of(L);
    const char *text = inline_fill(L, markdown, run.text);
    size_t size = 0;
    sandbox_charge(L, 2 * strlen(text) + sizeof(struct run));
    if (run.where == NULL)
        run.where = mark_where(L, markdown, run.text);
    if ((run.style & RUN_BREAK) != 0) {
        add_run(page, out, &run);
        return;
    }
    for (const char *mark = mark_find(text, &size); mark;
         mark = mark_find(text, &size)) {
        struct run reference = mark_run(L, markdown, tree, mark, size);
        reference.style = run.style;
        put_typeset(page, out, run, text, (size_t)(mark - text));
        add_run(page, out, &reference);
        text = mark + size;
    }
    put_typeset(page, out, run, text, strlen(text));
}

struct runs markdown_fill(lua_State *L, struct markdown *markdown,
                          const struct markdown_tree *tree,
                          const struct markdown_line *line)
{
    struct markdown_line out = {0};
    for (size_t r = 0; r < line->count; r++)
        fill_run(L, markdown, tree, &out, line->run[r]);
    return (struct runs){.run = out.run, .count = out.count};
}

/* --- the whole ------------------------------------------------------------ */

static void read_tree(lua_State *L, const struct markdown *markdown,
                      struct markdown_tree *tree)
{
    struct arena *arena = page_of(L)->open;
    struct markdown_faults faults = {0};
    const struct markdown_source source = {
        .file = markdown->is_file ? markdown->name : NULL,
        .text = markdown->text,
    };
    sandbox_charge(L, 4 * strlen(markdown->text));
    inline_rest_on(L, markdown);
    if (markdown_read(arena, &source, tree, &faults))
        return;
    const struct markdown_fault *first = &faults.fault[0];
    const char *place =
        arena_format(arena, "%s:%d", markdown->name, first->line);
    field_fail(L, "", "%s: %s", markdown->is_file ? place : markdown->name,
               first->message);
}

static void push_piece(lua_State *L, struct markdown *markdown,
                       const struct markdown_tree *tree,
                       const struct markdown_piece *piece)
{
    struct page *page = page_of(L);
    struct runs text = markdown_fill(L, markdown, tree, &piece->text);
    struct runs *items =
        arena_array(page->open, piece->item_count, sizeof *items);
    unsigned char *depths =
        arena_array(page->open, piece->item_count, sizeof *depths);
    for (size_t i = 0; i < piece->item_count; i++) {
        items[i] = markdown_fill(L, markdown, tree, &piece->items[i].text);
        depths[i] = (unsigned char)piece->items[i].depth;
    }
    struct block *block = push_block(L, piece->kind); /* of the values filled */
    block->level = piece->level;
    block->text = text;
    block->items = items;
    block->depths = depths;
    block->item_count = piece->item_count;
}

void markdown_push(lua_State *L, struct markdown *markdown)
{
    struct markdown_tree tree = {0};
    read_tree(L, markdown, &tree);
    lua_createtable(L, (int)tree.count, 0);
    for (size_t p = 0; p < tree.count; p++) {
        push_piece(L, markdown, &tree, &tree.pieces[p]);
        lua_rawseti(L, -2, (lua_Integer)p + 1);
    }
}

struct runs markdown_runs(lua_State *L, struct markdown *markdown)
{
    struct markdown_tree tree = {0};
    read_tree(L, markdown, &tree);
    if (tree.count == 0)
        return (struct runs){0};
    if (tree.count > 1 || tree.pieces[0].kind != BLOCK_PARAGRAPH)
        field_fail(L, "", "%s: expected one paragraph", markdown->name);
    return markdown_fill(L, markdown, &tree, &tree.pieces[0].text);
}
