/* SPDX-License-Identifier: EUPL-1.2 */
/* Published tables and their cells. */
#include <lauxlib.h>

#include "script/field.h"
#include "script/inline.h"
#include "script/page.h"

/* --- tables --------------------------------------------------------------- */

static const char *const cell_fields[] = {
    "territory", "site", "sex", "age", "period", "stratum", "column", NULL,
};

/* t:cell{site=, sex=, ..., column=} -> cell */
static int l_cell(lua_State *L)
{
    const struct pub_table *table = check_table(L, 1);
    field_table(L, 2, "cell");
    field_known(L, 2, "cell", cell_fields, false);
    struct pick pick = pick_usual(L, table);
    pick_fields(L, 2, &pick);
    const char *first = pub_column(table, 0)->id;
    size_t column = pick_column(L, table, field_text(L, 2, "column", first));
    push_cell(L, (struct cell){table, pub_row(table, pick.place), column});
    return 1;
}

/* t:coverage{territory=, ...} -> text: share that the sources cover */
static int l_coverage(lua_State *L)
{
    const struct pub_table *table = check_table(L, 1);
    struct page *page = page_of(L);
    struct pick pick = pick_usual(L, table);
    if (!lua_isnoneornil(L, 2)) {
        field_table(L, 2, "coverage");
        field_known(L, 2, "coverage", pick_names, false);
        pick_fields(L, 2, &pick);
    }
    double share = pub_coverage(table, pub_row(table, pick.place));
    lua_pushstring(L, num_format_percent(page->open, page->lang,
                                         words_covered(share, 0), 0));
    lua_pushnumber(L, share);
    return 2;
}

static enum dim check_dim(lua_State *L, int index)
{
    enum dim dim;
    const char *name = luaL_checkstring(L, index);
    if (dim_parse(name, &dim))
        return dim;
    luaL_error(L, "'%s': expected a dimension, such as 'site'", name);
    return DIM_COUNT;
}

/* t:axis(dimension [, level]) -> list of nodes in display order */
static int l_axis(lua_State *L)
{
    const struct pub_table *table = check_table(L, 1);
    enum dim dim = check_dim(L, 2);
    const char *level = luaL_optstring(L, 3, "");
    lua_newtable(L);
    lua_Integer place = 0;
    for (size_t p = 0; p < pub_axis_count(table, dim); p++) {
        const struct node *node = pub_axis_node(table, dim, p);
        if (level[0] != '\0' && !text_same(node->level, level))
            continue;
        push_node(L, dim, node);
        lua_rawseti(L, -2, ++place);
    }
    return 1;
}

/* t:node(dimension, code) -> node, or nil when the axis has not got it */
static int l_node(lua_State *L)
{
    const struct pub_table *table = check_table(L, 1);
    enum dim dim = check_dim(L, 2);
    const char *code = luaL_checkstring(L, 3);
    const char *level = luaL_optstring(L, 4, NULL);
    int place = pub_axis_find(table, dim, level, code);
    if (place < 0)
        lua_pushnil(L);
    else
        push_node(L, dim, pub_axis_node(table, dim, (size_t)place));
    return 1;
}

/* t:title() -> text */
static int l_title(lua_State *L)
{
    struct page *page = page_of(L);
    lua_pushstring(
        L, words_typeset(page, pub_title(check_table(L, 1), page->lang)));
    return 1;
}

/* t:id() -> text */
static int l_table_id(lua_State *L)
{
    lua_pushstring(L, pub_id(check_table(L, 1)));
    return 1;
}

static const luaL_Reg table_methods[] = {
    {"cell", l_cell},   {"axis", l_axis},   {"node", l_node},
    {"title", l_title}, {"id", l_table_id}, {"coverage", l_coverage},
    {NULL, NULL},
};

/* --- cells ---------------------------------------------------------------- */

/* c:value() -> number, or nil when there is none to publish */
static int l_value(lua_State *L)
{
    const struct cell *cell = check_cell(L, 1);
    double value = 0;
    inline_read(L, *cell);
    if (pub_read(cell->table, cell->row, cell->column, &value) == AVAILABLE)
        lua_pushnumber(L, value);
    else
        lua_pushnil(L);
    return 1;
}

/* c:status() -> "v", "c", "u", "z", "x" or "h" */
static int l_status(lua_State *L)
{
    const struct cell *cell = check_cell(L, 1);
    double value = 0;
    const char letter[] = {availability_letter(pub_read(cell->table, cell->row,
                                                        cell->column, &value)),
                           '\0'};
    lua_pushstring(L, letter);
    return 1;
}

/* c:flags() -> letters of its flags, "" none */
static int l_flags(lua_State *L)
{
    const struct cell *cell = check_cell(L, 1);
    lua_pushstring(
        L, flag_letters(page_of(L)->open,
                        pub_flags(cell->table, cell->row, cell->column)));
    return 1;
}

/* The words of a cell, which the document remembers when a text says them. */
static int push_words(lua_State *L, const char *how,
                      const char *(*words_of)(struct page *, struct cell))
{
    struct cell cell = *check_cell(L, 1);
    const char *words = words_of(page_of(L), cell);
    inline_utter(L, cell, how, words);
    lua_pushstring(L, words);
    return 1;
}

/* c:text() -> the number as printed in a table, or the sign of its absence */
static int l_text(lua_State *L)
{
    return push_words(L, "text()", words_cell);
}

/* c:said() -> the value with its unit as a sentence says it */
static int l_said(lua_State *L)
{
    return push_words(L, "said()", words_cell_said);
}

/* c:interval_text() -> "[IC95 % : 1,2 ; 3,4]", "" without interval */
static int l_interval_text(lua_State *L)
{
    return push_words(L, "interval_text()", words_interval);
}

/* c:limits_text() -> "(intervalle de confiance à 95 % : de 1,2 à 3,4)", for a
 * sentence; "" without interval */
static int l_limits_text(lua_State *L)
{
    lua_pushstring(L, words_limits(page_of(L), *check_cell(L, 1)));
    return 1;
}

/* c:id() -> the stable name of the cell */
static int l_cell_id(lua_State *L)
{
    const struct cell *cell = check_cell(L, 1);
    lua_pushstring(
        L, pub_cell_id(page_of(L)->open, cell->table, cell->row, cell->column));
    return 1;
}

/* c:unit() -> the unit of its column in words */
static int l_unit(lua_State *L)
{
    const struct cell *cell = check_cell(L, 1);
    lua_pushstring(
        L, words_unit(page_of(L), pub_column(cell->table, cell->column)->unit));
    return 1;
}

static const luaL_Reg cell_methods[] = {
    {"value", l_value},
    {"status", l_status},
    {"flags", l_flags},
    {"interval_text", l_interval_text},
    {"text", l_text},
    {"said", l_said},
    {"id", l_cell_id},
    {"unit", l_unit},
    {"limits_text", l_limits_text},
    {NULL, NULL},
};

void register_tables(lua_State *L)
{
    object_register(L, OBJECT_TABLE, table_methods, NULL);
    object_register(L, OBJECT_CELL, cell_methods, NULL);
    luaL_getmetatable(L, OBJECT_CELL);
    lua_pushcfunction(L, l_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
}
