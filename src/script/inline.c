/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/inline.h"

#include <ctype.h>
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "model/place.h"
#include "script/field.h"

/* One call as it stands in the text, its parts sliced. */
struct call {
    const char *whole; /* "{place.in}" */
    size_t size;       /* of it */
    const char *name, *form;
    const char *one, *many; /* of {name: one | many}, else NULL */
    const char *constant;   /* of {=constant}, else NULL */
};

/* --- reading -------------------------------------------------------------- */

static size_t word_size(const char *at)
{
    size_t size = 0;
    while (islower((unsigned char)at[size]) ||
           isdigit((unsigned char)at[size]) || at[size] == '_')
        size++;
    return size;
}

static const char *trimmed(struct arena *arena, const char *at, size_t size)
{
    while (size > 0 && *at == ' ') {
        at++;
        size--;
    }
    while (size > 0 && at[size - 1] == ' ')
        size--;
    return arena_slice(arena, at, size);
}

/* False where no call stands: the brace is text. */
static bool read_call(struct arena *arena, const char *at, struct call *call)
{
    size_t inside = strcspn(at + 1, "{}");
    size_t name = word_size(at + 1);
    const char *end = at + 1 + inside;
    const char *after = at + 1 + name;
    *call = (struct call){.whole = "", .name = "", .form = ""};
    if (*at != '{' || *end != '}' || inside == 0)
        return false;
    call->size = inside + 2;
    call->whole = arena_slice(arena, at, call->size);
    call->name = arena_slice(arena, at + 1, name);
    if (at[1] == '=' && inside > 1) {
        call->constant = arena_slice(arena, at + 2, inside - 1);
        return true;
    }
    if (name == 0)
        return false;
    if (*after == '.' && word_size(after + 1) == (size_t)(end - after) - 1)
        call->form = arena_slice(arena, after + 1, (size_t)(end - after) - 1);
    const char *bar = memchr(after, '|', (size_t)(end - after));
    if (*after == ':' && bar != NULL) {
        call->one = trimmed(arena, after + 1, (size_t)(bar - after) - 1);
        call->many = trimmed(arena, bar + 1, (size_t)(end - bar) - 1);
    }
    return after == end || call->form[0] != '\0' || call->one != NULL;
}

/* --- places and failures -------------------------------------------------- */

static int line_at(const struct markdown *markdown, const char *at)
{
    int line = markdown->above + 1;
    for (const char *c = markdown->text; at != NULL && c < at; c++)
        line += *c == '\n';
    return line;
}

static const char *call_place(lua_State *L, const struct markdown *markdown,
                              const struct call *call)
{
    return arena_format(sandbox_arena(L), "%s:%d", markdown->name,
                        line_at(markdown, strstr(markdown->text, call->whole)));
}

static _Noreturn void fail_name(lua_State *L, const struct markdown *markdown,
                                const struct call *call)
{
    const char *names[100];
    size_t count = 0;
    lua_pushnil(L);
    while (markdown->values > 0 && count < COUNT_OF(names) &&
           lua_next(L, markdown->values)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            names[count++] = lua_tostring(L, -1);
    }
    const char *near = near_name(call->name, names, count);
    const char *place = call_place(L, markdown, call);
    if (near)
        field_fail(L, "", "%s: no value for {%s}; the nearest is '%s'", place,
                   call->name, near);
    field_fail(L, "", "%s: no value for {%s}", place, call->name);
}

/* The innermost function of a script that has a line; false after a tail call,
 * which leaves no trace. */
static bool find_script(lua_State *L, lua_Debug *where)
{
    for (int level = 0; lua_getstack(L, level, where); level++) {
        lua_getinfo(L, "Sl", where);
        if (where->currentline > 0 && where->source[0] == '@')
            return true;
    }
    return false;
}

/* Where the script that fills this text stands; its line is 0 when nothing
 * tells it. */
static void place_script(lua_State *L, struct said *said)
{
    lua_Debug where;
    said->file = page_of(L)->job->report->path;
    if (!find_script(L, &where))
        return;
    said->file = arena_text(page_of(L)->open, where.source + 1);
    said->line = where.currentline;
}

/* Calls are answered in the order of the text. */
static int next_line(struct markdown *markdown, const struct call *call)
{
    const char *from = markdown->at ? markdown->at : markdown->text;
    const char *at = strstr(from, call->whole);
    markdown->at = at ? at + 1 : from;
    return line_at(markdown, at ? at : from);
}

/* --- answering ------------------------------------------------------------ */

/* A form of the value at the top of the stack. */
static const char *form_words(lua_State *L, const struct markdown *markdown,
                              const struct call *call)
{
    struct page *page = page_of(L);
    const struct cell *cell = test_cell(L, -1);
    const struct member *member = test_node(L, -1);
    if (member && text_same(call->form, "in"))
        return words_node_in(page, member->dim, member->node);
    if (member && member->dim == DIM_TERRITORY && text_same(call->form, "of"))
        return place_of(page->open, page->lang, member->node);
    if (cell && text_same(call->form, "ci"))
        return words_interval(page, *cell);
    if (cell && text_same(call->form, "about"))
        return words_cell_about(page, *cell);
    if (cell && text_same(call->form, "unit"))
        return words_unit(page, pub_column(cell->table, cell->column)->unit);
    field_fail(
        L, "",
        "%s: %s: expected .in of a node, .of of a territory, .ci, .about "
        "or .unit of a cell",
        call_place(L, markdown, call), call->whole);
}

/* The singular is for what is less than two in French, for one in English. */
static const char *agreed(lua_State *L, const struct markdown *markdown,
                          const struct call *call)
{
    double value = 0;
    const struct cell *cell = test_cell(L, -1);
    if (cell == NULL)
        field_fail(L, "", "%s: %s: expected a cell to agree with, found %s",
                   call_place(L, markdown, call), call->whole,
                   luaL_typename(L, -1));
    if (pub_read(cell->table, cell->row, cell->column, &value) != AVAILABLE)
        return call->many;
    bool one =
        page_of(L)->lang == LANG_FR ? fabs(value) < 2 : fabs(value - 1) < 0.5;
    return one ? call->one : call->many;
}

static void keep(lua_State *L, const struct said *said)
{
    struct page *page = page_of(L);
    sandbox_charge(L, sizeof *said + strlen(said->text));
    page->said = arena_grow(page->open, page->said, page->said_count,
                            &page->said_capacity, sizeof *page->said);
    page->said[page->said_count++] = *said;
}

static void set_cell(struct page *page, struct said *said, struct cell cell)
{
    said->cell_id = pub_cell_id(page->open, cell.table, cell.row, cell.column);
    said->table = cell.table;
    said->row = cell.row;
    said->column = cell.column;
}

/* --- words that scripts make ---------------------------------------------- */

void inline_utter(lua_State *L, struct cell cell, const char *how,
                  const char *words)
{
    struct page *page = page_of(L);
    struct said *said =
        &page->uttered[page->uttered_count++ % COUNT_OF(page->uttered)];
    *said = (struct said){
        .section = "",
        .name = how,
        .text = words,
        .interval = text_same(how, "interval_text()"),
        .rule = "",
    };
    set_cell(page, said, cell);
    place_script(L, said);
}

static struct said *find_uttered(struct page *page, size_t at)
{
    struct said *said = &page->uttered[at % COUNT_OF(page->uttered)];
    return said->text != NULL && said->text[0] != '\0' ? said : NULL;
}

/* A text among the values that is the words of a cell is that cell's. */
static bool adopt(struct page *page, struct said *said)
{
    for (size_t i = page->uttered_count; i-- > 0;) {
        struct said *own = find_uttered(page, i);
        if (i + COUNT_OF(page->uttered) < page->uttered_count)
            return false;
        if (own == NULL || !text_same(own->text, said->text))
            continue;
        said->cell_id = own->cell_id;
        said->table = own->table;
        said->row = own->row;
        said->column = own->column;
        said->interval = own->interval;
        own->text = NULL;
        return true;
    }
    return false;
}

/* "12" is not in "2012", nor in "12,5". */
static bool stands_in(const char *text, const char *words)
{
    size_t size = strlen(words);
    for (const char *at = strstr(text, words); at != NULL;
         at = strstr(at + 1, words)) {
        const char *past = at + size;
        bool more =
            (*past == ',' || *past == '.') && isdigit((unsigned char)past[1]);
        if ((at == text || !isalnum((unsigned char)at[-1])) &&
            !isalnum((unsigned char)*past) && !more)
            return true;
    }
    return false;
}

void inline_claim(lua_State *L, const char *text)
{
    struct page *page = page_of(L);
    for (size_t i = 0; i < COUNT_OF(page->uttered); i++) {
        struct said *own = find_uttered(page, i);
        if (own == NULL || !stands_in(text, own->text))
            continue;
        own->section = page->section;
        keep(L, own);
        own->text = NULL;
    }
}

/* --- values that scripts read --------------------------------------------- */

/* FNV-1a. */
static uint64_t summed(uint64_t sum, const void *bytes, size_t size)
{
    const uint64_t prime = 1099511628211U;
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ at[i]) * prime;
    return sum;
}

static struct read_values *reads_of(lua_State *L, const char *script)
{
    const uint64_t basis = 14695981039346656037U;
    struct page *page = page_of(L);
    for (size_t r = 0; r < page->read_count; r++) {
        if (text_same(page->reads[r].script, script))
            return &page->reads[r];
    }
    page->reads = arena_grow(page->open, page->reads, page->read_count,
                             &page->read_capacity, sizeof *page->reads);
    struct read_values *reads = &page->reads[page->read_count++];
    *reads = (struct read_values){
        .script = arena_text(page->open, script),
        .sum = basis,
    };
    return reads;
}

void inline_read(lua_State *L, struct cell cell)
{
    lua_Debug where;
    double value = 0;
    struct read_values *reads =
        reads_of(L, find_script(L, &where) ? where.source + 1
                                           : page_of(L)->job->report->path);
    enum availability status =
        pub_read(cell.table, cell.row, cell.column, &value);
    reads->sum = summed(reads->sum, &status, sizeof status);
    reads->sum = summed(reads->sum, &value, sizeof value);
    if (reads->count < COUNT_OF(reads->words))
        reads->words[reads->count] = words_cell(page_of(L), cell);
    reads->count++;
}

/* "1,2; 3,4", or "45 values, 3f2a91c4": the same for the same values. */
static const char *read_words(struct arena *arena,
                              const struct read_values *reads)
{
    if (reads->count <= COUNT_OF(reads->words)) {
        const char *words[READ_TOLD];
        for (size_t w = 0; w < reads->count; w++)
            words[w] = reads->words[w];
        return text_join(arena, words, reads->count, "; ");
    }
    return arena_format(arena, "%zu values, %08x", reads->count,
                        (unsigned)(reads->sum ^ (reads->sum >> 32)));
}

void inline_rest_on(lua_State *L, const struct markdown *markdown)
{
    struct page *page = page_of(L);
    for (size_t r = 0; r < page->read_count; r++) {
        const struct read_values *reads = &page->reads[r];
        struct said said = {
            .section = page->section,
            .file = markdown->name,
            .line = 1,
            .name = arena_format(page->open, "value() in %s", reads->script),
            .text = read_words(page->open, reads),
            .cell_id = "",
            .rule = "",
        };
        if (!markdown->is_file)
            place_script(L, &said);
        keep(L, &said);
    }
    page->read_count = 0;
}

/* --- what calls say ------------------------------------------------------- */

/* Remembers what the call says of the value at the top of the stack. */
static void remember(lua_State *L, struct markdown *markdown,
                     const struct call *call, const char *words)
{
    struct page *page = page_of(L);
    const struct cell *cell = test_cell(L, -1);
    const struct guarded *verb = test_verb(L, -1);
    struct said said = {
        .section = page->section,
        .file = markdown->name,
        .name = call->form[0] == '\0'
                    ? call->name
                    : arena_format(page->open, "%s.%s", call->name, call->form),
        .text = words,
        .cell_id = "",
        .interval = text_same(call->form, "ci"),
        .about = text_same(call->form, "about"),
        .rule = verb ? verb->rule : "",
    };
    if (cell)
        set_cell(page, &said, *cell);
    if (text_same(call->form, "unit"))
        said.table = NULL;
    if (markdown->is_file)
        said.line = next_line(markdown, call);
    else
        place_script(L, &said);
    if (!cell && !verb && !adopt(page, &said))
        inline_claim(L, words);
    keep(L, &said);
}

static const char *answer(lua_State *L, struct markdown *markdown,
                          const struct call *call)
{
    if (call->constant)
        return call->constant;
    if (markdown->values == 0 ||
        lua_getfield(L, markdown->values, call->name) == LUA_TNIL)
        fail_name(L, markdown, call);
    const char *words = call->one ? agreed(L, markdown, call)
                        : call->form[0] != '\0'
                            ? form_words(L, markdown, call)
                            : words_value(L, lua_gettop(L), call->name);
    if (call->one == NULL)
        remember(L, markdown, call, words);
    lua_pop(L, 1);
    return words;
}

const char *inline_fill(lua_State *L, struct markdown *markdown,
                        const char *text)
{
    struct arena *arena = page_of(L)->open;
    struct text out = text_new(arena);
    struct call call;
    inline_claim(L, text);
    while (*text) {
        if (*text != '{' || !read_call(arena, text, &call)) {
            text_add_char(&out, *text++);
            continue;
        }
        text_add(&out, answer(L, markdown, &call));
        text += call.size;
    }
    return out.at;
}
