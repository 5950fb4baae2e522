/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/markdown_mark.h"

#include <ctype.h>
#include <lauxlib.h>
#include <string.h>

#include "page/structure.h"
#include "script/field.h"

/* Texts given in a script stand where it calls. */
const char *mark_where(lua_State *L, const struct markdown *markdown,
                       const char *piece)
{
    struct arena *arena = page_of(L)->open;
    if (!markdown->is_file) {
        luaL_where(L, 1);
        const char *place = lua_tostring(L, -1);
        size_t size = strlen(place);
        place = size > 2 ? arena_slice(arena, place, size - 2) : markdown->name;
        lua_pop(L, 1);
        return place;
    }
    const char *at = strstr(markdown->text, piece);
    int line = markdown->above + 1;
    for (const char *c = markdown->text; at && c < at; c++)
        line += *c == '\n';
    return arena_format(arena, "%s:%d", markdown->name, line);
}

/* --- marks in a text ------------------------------------------------------ */

size_t mark_size(const char *at)
{
    size_t size = structure_mark_size(at);
    return size > 0 ? size : markdown_call_size(at);
}

const char *mark_find(const char *text, size_t *size)
{
    for (; *text; text++) {
        *size = mark_size(text);
        if (*size > 0)
            return text;
    }
    return NULL;
}

static const struct note *call_note(lua_State *L,
                                    const struct markdown *markdown,
                                    const struct markdown_tree *tree,
                                    const char *mark)
{
    struct arena *arena = page_of(L)->open;
    const char *unknown = "";
    struct markdown_note *found = markdown_called(arena, tree, mark, &unknown);
    if (found == NULL)
        field_fail(L, "", "%s: %s", mark_where(L, markdown, mark), unknown);
    if (found->note == NULL) {
        static const struct markdown_tree none = {0};
        struct note *note = arena_alloc(arena, sizeof *note);
        struct markdown inside = *markdown;
        inside.text = found->source.text;
        inside.above = found->source.above;
        inside.at = NULL;
        note->id = "";
        note->text = markdown_fill(L, &inside, &none, &found->text);
        found->note = note;
    }
    return found->note;
}

struct run mark_run(lua_State *L, const struct markdown *markdown,
                    const struct markdown_tree *tree, const char *mark,
                    size_t size)
{
    struct arena *arena = page_of(L)->open;
    const char *text = arena_slice(arena, mark, size);
    struct run run = {
        .text = "",
        .href = "",
        .where = mark_where(L, markdown, text),
    };
    if (text[1] == '^')
        run.note = call_note(L, markdown, tree, text);
    else
        run.href = arena_slice(arena, text + 1, size - 2);
    return run;
}

/* --- plain texts ---------------------------------------------------------- */

const char *mark_typeset(struct page *page, const char *text)
{
    struct text out = text_new(page->open);
    size_t size = 0;
    const char *mark = mark_find(text, &size);
    if (mark == NULL)
        return words_typeset(page, text);
    for (; mark != NULL; text = mark + size, mark = mark_find(text, &size)) {
        text_add(&out, words_typeset(page, arena_slice(page->open, text,
                                                       (size_t)(mark - text))));
        text_add(&out, arena_slice(page->open, mark, size));
    }
    text_add(&out, words_typeset(page, text));
    return out.at;
}

void mark_check_plain(lua_State *L, const char *text, const char *what)
{
    size_t size = 0;
    for (const char *mark = mark_find(text, &size); mark != NULL;
         mark = mark_find(mark + size, &size)) {
        if (mark[1] == '^')
            field_fail(L, "", "%s: %s: notes are called in running text", what,
                       arena_slice(page_of(L)->open, mark, size));
    }
}

struct runs mark_runs(lua_State *L, const char *text, const char *what)
{
    struct page *page = page_of(L);
    const struct markdown markdown = {.name = what, .text = text};
    const struct markdown_tree none = {0};
    struct run *runs = NULL;
    size_t count = 0, capacity = 0, size = 0;
    mark_check_plain(L, text, what);
    for (const char *mark, *at = text; *at != '\0'; at = mark + size) {
        mark = mark_find(at, &size);
        size_t before = mark == NULL ? strlen(at) : (size_t)(mark - at);
        runs = arena_grow(page->open, runs, count + 1, &capacity, sizeof *runs);
        if (before > 0)
            runs[count++] = (struct run){
                .text =
                    words_typeset(page, arena_slice(page->open, at, before)),
                .href = "",
                .where = mark_where(L, &markdown, text),
            };
        if (mark == NULL)
            break;
        runs[count++] = mark_run(L, &markdown, &none, mark, size);
    }
    return (struct runs){.run = runs, .count = count};
}
