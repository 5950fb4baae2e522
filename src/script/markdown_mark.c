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
    if (!text_ends(markdown->name, ".md")) {
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

/* --- taking notes out ----------------------------------------------------- */

static bool name_letter(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* Bytes of "[^name]", 0 for anything else. */
static size_t call_size(const char *at)
{
    if (strncmp(at, "[^", 2) != 0)
        return 0;
    size_t size = 2;
    while (name_letter(at[size]))
        size++;
    return size > 2 && at[size] == ']' ? size + 1 : 0;
}

static struct mark_note *find_note(const struct mark_notes *notes,
                                   const char *name)
{
    for (size_t n = 0; n < notes->count; n++) {
        if (text_same(notes->note[n].name, name))
            return &notes->note[n];
    }
    return NULL;
}

/* Blanks a note out up to the next empty line or note, and keeps it. */
static char *take_note(lua_State *L, const struct markdown *markdown,
                       struct mark_notes *notes, char *at, size_t size,
                       int above)
{
    struct arena *arena = page_of(L)->open;
    const char *name = arena_slice(arena, at + 2, size - 3);
    char *end = at;
    while (*end && strncmp(end, "\n\n", 2) != 0 &&
           !(end > at && end[-1] == '\n' && call_size(end) > 0 &&
             end[call_size(end)] == ':'))
        end++;
    if (find_note(notes, name))
        field_fail(L, "", "%s: note [^%s] is given twice",
                   mark_where(L, markdown, at), name);
    notes->note = arena_grow(arena, notes->note, notes->count, &notes->capacity,
                             sizeof *notes->note);
    notes->note[notes->count++] = (struct mark_note){
        .name = name,
        .text =
            arena_slice(arena, at + size + 1, (size_t)(end - at) - size - 1),
        .above = above,
    };
    for (; at < end; at++)
        *at = *at == '\n' ? '\n' : ' ';
    return end;
}

const char *mark_take_notes(lua_State *L, const struct markdown *markdown,
                            struct mark_notes *notes)
{
    char *text = arena_text(page_of(L)->open, markdown->text);
    char *at = text;
    const char *counted = text;
    int above = markdown->above;
    while (*at) {
        size_t size = call_size(at);
        bool starts = at == text || at[-1] == '\n';
        for (; counted < at; counted++)
            above += *counted == '\n';
        if (starts && size > 0 && at[size] == ':')
            at = take_note(L, markdown, notes, at, size, above);
        else
            at++;
    }
    return text;
}

void mark_check_notes(lua_State *L, const struct markdown *markdown,
                      const struct mark_notes *notes)
{
    for (size_t n = 0; n < notes->count; n++) {
        const char *call =
            arena_format(page_of(L)->open, "[^%s]:", notes->note[n].name);
        if (!notes->note[n].note)
            field_fail(L, "", "%s: nothing calls the note [^%s]",
                       mark_where(L, markdown, call), notes->note[n].name);
    }
}

/* --- marks in a text ------------------------------------------------------ */

size_t mark_size(const char *at)
{
    size_t size = structure_mark_size(at);
    return size > 0 ? size : call_size(at);
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
                                    struct mark_notes *notes, const char *mark)
{
    struct arena *arena = page_of(L)->open;
    const char *name = arena_slice(arena, mark + 2, strlen(mark) - 3);
    struct mark_note *found = find_note(notes, name);
    if (!found) {
        const char **names = arena_array(arena, notes->count, sizeof *names);
        for (size_t n = 0; n < notes->count; n++)
            names[n] = notes->note[n].name;
        const char *near = near_name(name, names, notes->count);
        field_fail(L, "", "%s: no text for the note %s%s%s",
                   mark_where(L, markdown, mark), mark,
                   near ? "; the nearest is " : "", near ? near : "");
    }
    if (!found->note) {
        struct note *note = arena_alloc(arena, sizeof *note);
        struct markdown inside = {
            .name = markdown->name,
            .text = found->text,
            .values = markdown->values,
            .is_file = markdown->is_file,
            .above = found->above,
        };
        note->id = "";
        note->text = markdown_runs(L, &inside);
        found->note = note;
    }
    return found->note;
}

struct run mark_run(lua_State *L, const struct markdown *markdown,
                    struct mark_notes *notes, const char *mark, size_t size)
{
    struct arena *arena = page_of(L)->open;
    const char *text = arena_slice(arena, mark, size);
    struct run run = {
        .text = "",
        .href = "",
        .where = mark_where(L, markdown, text),
    };
    if (text[1] == '^')
        run.note = call_note(L, markdown, notes, text);
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
    struct mark_notes none = {0};
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
