/* SPDX-License-Identifier: EUPL-1.2 */
/* Sections: blocks on pages of their own format, or in columns. */
#include <lauxlib.h>

#include "script/field.h"
#include "script/page.h"

enum { MOST_COLUMNS = 2 };

static const char *const section_fields[] = {"landscape", "columns", NULL};

/* Does the block or the list at the top of the stack hold a section? */
static bool holds_section(lua_State *L, int depth)
{
    const struct block *block = test_block(L, -1);
    if (block || !lua_istable(L, -1))
        return block && block->kind == BLOCK_SECTION;
    size_t count = block_list(L, -1, depth);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        bool found = holds_section(L, depth + 1);
        lua_pop(L, 1);
        if (found)
            return true;
    }
    return false;
}

static void push_section(lua_State *L, bool landscape, int columns)
{
    struct block *block = push_block(L, BLOCK_SECTION);
    block->landscape = landscape;
    block->columns = columns;
}

/* section{landscape =, columns =, block, ...} -> the blocks, set so */
int l_section(lua_State *L)
{
    lua_settop(L, 1);
    field_table(L, 1, "section");
    field_known(L, 1, "section", section_fields, true);
    bool landscape = field_bool(L, 1, "landscape", false);
    lua_Integer columns = field_integer(L, 1, "columns", 1);
    if (columns < 1 || columns > MOST_COLUMNS)
        return luaL_error(L, "section: columns: expected 1 or 2, found %I",
                          columns);
    lua_pushvalue(L, 1);
    if (holds_section(L, 1))
        return luaL_error(L, "section: expected no section inside another");
    lua_pop(L, 1);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_createtable(L, (int)count + 2, 0);
    push_section(L, landscape, (int)columns);
    lua_rawseti(L, 2, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 2, i + 1);
    }
    push_section(L, false, 1);
    lua_rawseti(L, 2, count + 2);
    return 1;
}
