/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks that hold text: the global functions of page(). */
#include <lauxlib.h>
#include <string.h>

#include "base/fs.h"
#include "script/field.h"
#include "script/grid.h"
#include "script/inline.h"
#include "script/markdown_mark.h"

/* A text as one plain run. */
static struct runs plain_runs(lua_State *L, int index, const char *field)
{
    struct page *page = page_of(L);
    const char *text = words_typeset(page, words_value(L, index, field));
    inline_claim(L, text);
    struct run *run = arena_array(page->open, 1, sizeof *run);
    const struct markdown markdown = {.name = field, .text = text};
    run[0] = (struct run){
        .text = text, .href = "", .where = mark_where(L, &markdown, text)};
    return (struct runs){.run = run, .count = text[0] != '\0'};
}

static struct runs inline_runs(lua_State *L, int index, const char *field,
                               int values)
{
    struct markdown markdown = {
        .name = field,
        .text = words_value(L, index, field),
        .values = values,
    };
    return markdown_runs(L, &markdown);
}

static struct block *push_heading(lua_State *L, int level, int text, int id)
{
    const char *words = words_value(L, text, "heading");
    inline_claim(L, words_typeset(page_of(L), words));
    struct runs runs = mark_runs(L, words, "heading");
    if (runs.count == 0)
        luaL_error(L, "heading: the text is empty");
    const char *name = "";
    if (!lua_isnoneornil(L, id)) {
        name = words_value(L, id, "id");
        take_id(L, &page_of(L)->heading_ids, name);
    }
    page_of(L)->chapter += level == 1;
    page_of(L)->section = words_typeset(page_of(L), words);
    struct block *block = push_block(L, BLOCK_HEADING);
    block->level = level;
    block->text = runs;
    block->id = name;
    return block;
}

/* heading(level, text [, id [, {numbered = false}]]) */
static int l_heading(lua_State *L)
{
    static const char *const fields[] = {"numbered", NULL};
    bool numbered = true;
    lua_Integer level = luaL_checkinteger(L, 1);
    luaL_argcheck(L, level >= 1 && level <= 4, 1, "expected 1 to 4");
    lua_settop(L, 4);
    if (!lua_isnil(L, 4)) {
        field_table(L, 4, "heading");
        field_known(L, 4, "heading", fields, false);
        numbered = field_bool(L, 4, "numbered", true);
    }
    struct block *block = push_heading(L, (int)level, 2, 3);
    block->heading = numbered ? HEADING_BODY : HEADING_FREE;
    return 1;
}

/* annex(text [, id]): a heading of level 1 with a letter */
static int l_annex(lua_State *L)
{
    lua_settop(L, 2);
    push_heading(L, 1, 1, 2)->heading = HEADING_ANNEX;
    return 1;
}

static int values_at(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return 0;
    field_table(L, index, "values");
    return index;
}

/* text(markdown [, values]) -> paragraphs, lists, notes */
static int l_text(lua_State *L)
{
    lua_settop(L, 2);
    struct markdown markdown = {
        .name = "text",
        .text = words_value(L, 1, "text"),
        .values = values_at(L, 2),
    };
    markdown_push(L, &markdown);
    return 1;
}

/* prose(name [, values]): templates/prose/LANGUAGE/name.md */
static int l_prose(lua_State *L)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    struct page *page = page_of(L);
    struct err err = {0};
    struct markdown_faults faults = {0};
    char *bytes = NULL;
    size_t size = 0;
    lua_settop(L, 2);
    const char *name = luaL_checkstring(L, 1);
    if (name[0] == '\0' || name[strspn(name, letters)] != '\0')
        return luaL_error(L,
                          "prose '%s': expected letters a-z, digits, _ and "
                          "-",
                          name);
    const char *path = arena_format(page->open, "templates/prose/%s/%s.md",
                                    lang_code(page->lang), name);
    if (!fs_read(page->open, fs_join(page->open, sandbox_directory(L), path),
                 &bytes, &size, &err))
        return luaL_error(L, "prose '%s': there is no readable file '%s'", name,
                          path);
    if (!markdown_take_file(page->open, bytes, size, &faults))
        return luaL_error(L, "%s:%d: %s", path, faults.fault[0].line,
                          faults.fault[0].message);
    struct markdown markdown = {
        .name = path,
        .is_file = true,
        .text = bytes,
        .values = values_at(L, 2),
    };
    markdown_push(L, &markdown);
    return 1;
}

/* list{item, ...} */
static int l_list(lua_State *L)
{
    static const char *const none[] = {NULL};
    lua_settop(L, 1);
    field_table(L, 1, "list");
    field_known(L, 1, "list", none, true);
    size_t count = lua_rawlen(L, 1);
    struct runs *items = arena_array(page_of(L)->open, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        items[i] = inline_runs(L, 2, "list", 0);
        lua_pop(L, 1);
    }
    struct block *block = push_block(L, BLOCK_LIST);
    block->items = items;
    block->item_count = count;
    return 1;
}

/* note(markdown [, values]) */
static int l_note(lua_State *L)
{
    lua_settop(L, 2);
    struct runs text = inline_runs(L, 1, "note", values_at(L, 2));
    push_block(L, BLOCK_NOTE)->text = text;
    return 1;
}

static int l_page_break(lua_State *L)
{
    push_block(L, BLOCK_PAGE_BREAK);
    return 1;
}

/* --- listing -------------------------------------------------------------- */

/* Line number `number` of a text, from 1; NULL past its end. */
static const char *line_at(struct arena *open, const char *text, int number)
{
    for (int line = 1; line < number; line++) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return arena_slice(open, text, strcspn(text, "\n"));
}

/* The lines of a function between its first and its last one, as they stand in
 * the file of the report, less the blanks that all of them begin with. */
static size_t function_lines(lua_State *L, struct runs **out)
{
    struct arena *open = page_of(L)->open;
    lua_Debug where;
    char *bytes = NULL;
    size_t size = 0, count = 0, margin = SIZE_MAX;
    struct err err = {0};
    lua_pushvalue(L, 1);
    lua_getinfo(L, ">S", &where);
    const char *path = fs_join(open, sandbox_directory(L), where.source + 1);
    if (where.source[0] != '@' || !fs_read(open, path, &bytes, &size, &err))
        luaL_error(L, "listing: the file of the function cannot be read");
    int lines = where.lastlinedefined - where.linedefined - 1;
    luaL_argcheck(L, lines > 0, 1, "expected a function of several lines");
    struct run *runs = arena_array(open, (size_t)lines, sizeof *runs);
    *out = arena_array(open, (size_t)lines, sizeof **out);
    for (; count < (size_t)lines; count++) {
        const char *text =
            line_at(open, bytes, where.linedefined + 1 + (int)count);
        if (!text)
            break;
        runs[count] = (struct run){.text = text, .href = ""};
        (*out)[count] = (struct runs){&runs[count], 1};
        size_t blanks = strspn(text, " ");
        if (text[blanks] != '\0' && blanks < margin)
            margin = blanks;
    }
    for (size_t i = 0; i < count; i++) {
        size_t blanks = strspn(runs[i].text, " ");
        runs[i].text += blanks < margin ? blanks : margin;
    }
    return count;
}

/* listing(f): the lines of a function of the report, to be read */
static int l_listing(lua_State *L)
{
    struct runs *items = NULL;
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_argcheck(L, !lua_iscfunction(L, 1), 1,
                  "expected a function of the report");
    lua_settop(L, 1);
    size_t count = function_lines(L, &items);
    struct block *block = push_block(L, BLOCK_LISTING);
    block->items = items;
    block->item_count = count;
    return 1;
}

/* --- cover ---------------------------------------------------------------- */

static const char *const cover_fields[] = {
    "title", "subtitle", "lines", "description", NULL,
};

static void cover_lines(lua_State *L, struct block *block)
{
    if (lua_getfield(L, 1, "lines") != LUA_TNIL) {
        field_table(L, -1, "lines");
        int list = lua_gettop(L);
        size_t count = lua_rawlen(L, list);
        struct runs *items =
            arena_array(page_of(L)->open, count, sizeof *items);
        for (size_t i = 0; i < count; i++) {
            lua_rawgeti(L, list, (lua_Integer)i + 1);
            items[i] = plain_runs(L, lua_gettop(L), "lines");
            lua_pop(L, 1);
        }
        block->items = items;
        block->item_count = count;
    }
    lua_pop(L, 1);
}

/* cover{title=, subtitle=, lines={...}, description=}: also the document's */
static int l_cover(lua_State *L)
{
    struct page *page = page_of(L);
    struct document *document = page->document;
    lua_settop(L, 1);
    field_table(L, 1, "cover");
    field_known(L, 1, "cover", cover_fields, false);
    document->title =
        words_typeset(page, field_text(L, 1, "title", document->title));
    document->subtitle =
        words_typeset(page, field_text(L, 1, "subtitle", document->subtitle));
    document->description = words_typeset(
        page, field_text(L, 1, "description", document->description));
    lua_pushstring(L, document->subtitle);
    struct runs text = plain_runs(L, 2, "subtitle");
    struct block *block = push_block(L, BLOCK_COVER);
    block->text = text;
    cover_lines(L, block);
    lua_settop(L, 3);
    return 1;
}

/* --- key figures ---------------------------------------------------------- */

static const char *const key_fields[] = {"value", "label", "detail", "about",
                                         NULL};

/* What is told, and one more thing; either may be "". */
static const char *also(struct page *page, const char *told, const char *more)
{
    const char *parts[] = {told, more};
    if (more[0] == '\0')
        return told;
    return told[0] == '\0'
               ? more
               : text_join(page->open, parts, COUNT_OF(parts),
                           locale_text(page->lang, "list.separator"));
}

/* Has it fewer decimals than its column? */
static bool is_coarser(struct cell cell)
{
    return pub_decimals(cell.table, cell.row, cell.column) <
           pub_column(cell.table, cell.column)->decimals;
}

/* Gives the flags of the value. */
static unsigned key_value(lua_State *L, struct key_figure *key)
{
    struct page *page = page_of(L);
    int spec = lua_gettop(L);
    lua_getfield(L, spec, "value");
    const struct cell *cell = test_cell(L, -1);
    unsigned flags = 0;
    key->cell_id = "";
    key->detail = "";
    if (cell) {
        double value = 0;
        flags = pub_flags(cell->table, cell->row, cell->column);
        enum availability status =
            pub_read(cell->table, cell->row, cell->column, &value);
        bool there = status == AVAILABLE;
        bool about = field_bool(L, spec, "about", false);
        key->cell_id =
            pub_cell_id(page->open, cell->table, cell->row, cell->column);
        key->value = !there  ? words_cell(page, *cell)
                     : about ? words_cell_about(page, *cell)
                             : words_cell_said(page, *cell);
        key->detail = !there  ? availability_words(page->lang, status)
                      : about ? words_interval_about(page, *cell)
                              : words_interval(page, *cell);
        if (there && !about && is_coarser(*cell))
            key->detail =
                also(page, key->detail, locale_text(page->lang, "key.coarser"));
    } else {
        key->value = words_value(L, lua_gettop(L), "value");
    }
    lua_pop(L, 1);
    return flags;
}

static void read_key(lua_State *L, struct key_figure *key)
{
    struct page *page = page_of(L);
    field_table(L, -1, "key figure");
    field_known(L, -1, "key figure", key_fields, false);
    unsigned flags = key_value(L, key);
    lua_getfield(L, -1, "label");
    key->label = words_typeset(page, words_value(L, lua_gettop(L), "label"));
    lua_pop(L, 1);
    if (lua_getfield(L, -1, "detail") != LUA_TNIL)
        key->detail =
            words_typeset(page, words_value(L, lua_gettop(L), "detail"));
    lua_pop(L, 1);
    /* It has no room for the letters of tables and their legend: it says its
     * flags in words. */
    key->detail =
        also(page, key->detail, flag_words(page->open, page->lang, flags));
}

/* key_figures{{value=cell, label=, detail=, about=}, ...} */
static int l_key_figures(lua_State *L)
{
    static const char *const none[] = {NULL};
    lua_settop(L, 1);
    field_table(L, 1, "key_figures");
    field_known(L, 1, "key_figures", none, true);
    size_t count = lua_rawlen(L, 1);
    struct key_figure *figures =
        arena_array(page_of(L)->open, count, sizeof *figures);
    for (size_t f = 0; f < count; f++) {
        lua_rawgeti(L, 1, (lua_Integer)f + 1);
        read_key(L, &figures[f]);
        lua_pop(L, 1);
    }
    struct block *block = push_block(L, BLOCK_KEY_FIGURES);
    block->figures = figures;
    block->figure_count = count;
    return 1;
}

/* --- columns -------------------------------------------------------------- */

/* columns{block, block}: figures or tables side by side */
static int l_columns(lua_State *L)
{
    lua_settop(L, 1);
    field_table(L, 1, "columns");
    size_t count = lua_rawlen(L, 1);
    luaL_argcheck(L, count == 2, 1, "expected two blocks");
    struct block *children =
        arena_array(page_of(L)->open, count, sizeof *children);
    for (size_t c = 0; c < count; c++) {
        lua_rawgeti(L, 1, (lua_Integer)c + 1);
        const struct block *child = test_block(L, -1);
        if (!child ||
            (child->kind != BLOCK_FIGURE && child->kind != BLOCK_TABLE))
            return luaL_error(L, "columns: expected figures, maps and tables");
        children[c] = *child;
        lua_pop(L, 1);
    }
    twin_maps(L, children);
    struct block *block = push_block(L, BLOCK_COLUMNS);
    block->children = children;
    block->child_count = count;
    return 1;
}

void register_blocks(lua_State *L)
{
    static const luaL_Reg none[] = {{NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"heading", l_heading},
        {"annex", l_annex},
        {"text", l_text},
        {"prose", l_prose},
        {"list", l_list},
        {"note", l_note},
        {"page_break", l_page_break},
        {"cover", l_cover},
        {"key_figures", l_key_figures},
        {"columns", l_columns},
        {"section", l_section},
        {"facts", l_facts},
        {"listing", l_listing},
        {NULL, NULL},
    };
    object_register(L, OBJECT_BLOCK, none, NULL);
    lua_pushglobaltable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

/* --- gathering ------------------------------------------------------------ */

enum { LISTS_DEEP_MOST = 100 };

size_t block_list(lua_State *L, int index, int depth)
{
    if (depth > LISTS_DEEP_MOST)
        field_fail(L, "page",
                   "page: lists of blocks more than %d deep in each other, or "
                   "one that holds itself",
                   LISTS_DEEP_MOST);
    luaL_checkstack(L, 4, "page: lists too deep");
    /* One list many times in many lists would be walked for ever. */
    sandbox_charge(L, sizeof(struct block));
    return lua_rawlen(L, index);
}

static void add_block(lua_State *L, struct page *page,
                      const struct block *block)
{
    sandbox_charge(L, sizeof *block);
    page->blocks = arena_grow(page->open, page->blocks, page->block_count,
                              &page->block_capacity, sizeof *page->blocks);
    page->blocks[page->block_count++] = *block;
}

/* The value at the top of the stack. */
static void add_top(lua_State *L, struct page *page, int depth)
{
    const struct block *block = test_block(L, -1);
    if (block) {
        add_block(L, page, block);
        return;
    }
    if (!lua_istable(L, -1))
        field_fail(L, "page", "page: expected blocks, found %s",
                   luaL_typename(L, -1));
    size_t count = block_list(L, -1, depth);
    for (size_t i = 1; i <= count; i++) {
        int type = lua_rawgeti(L, -1, (lua_Integer)i);
        if (type != LUA_TNIL && (type != LUA_TBOOLEAN || lua_toboolean(L, -1)))
            add_top(L, page, depth + 1);
        lua_pop(L, 1);
    }
}

void page_add(lua_State *L, int index)
{
    lua_pushvalue(L, index);
    add_top(L, page_of(L), 1);
    lua_pop(L, 1);
}
