/* SPDX-License-Identifier: EUPL-1.2 */
/* Userdata of the five kinds: made, registered, recognised. */
#include <lauxlib.h>

#include "script/page.h"

struct page *page_of(lua_State *L)
{
    return sandbox_context(L);
}

void object_register(lua_State *L, const char *kind, const luaL_Reg *list,
                     lua_CFunction fields)
{
    luaL_newmetatable(L, kind);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_newtable(L);
    luaL_setfuncs(L, list, 0);
    if (fields)
        lua_pushcclosure(L, fields, 1); /* with the methods as upvalue */
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

static void *push_object(lua_State *L, const char *kind, size_t size)
{
    void *object = lua_newuserdatauv(L, size, 0);
    luaL_setmetatable(L, kind);
    return object;
}

/* What the userdata of tables and blocks hold. */
struct table_object {
    const struct pub_table *table;
};
struct block_object {
    struct block *block;
};

void push_table(lua_State *L, const struct pub_table *table)
{
    struct table_object *object = push_object(L, OBJECT_TABLE, sizeof *object);
    object->table = table;
}

void push_cell(lua_State *L, struct cell cell)
{
    *(struct cell *)push_object(L, OBJECT_CELL, sizeof cell) = cell;
}

void push_node(lua_State *L, enum dim dim, const struct node *node)
{
    struct member *member = push_object(L, OBJECT_NODE, sizeof *member);
    *member = (struct member){.dim = dim, .node = node};
}

struct block *push_block(lua_State *L, enum block_kind kind)
{
    struct page *page = page_of(L);
    sandbox_charge(L, sizeof(struct block));
    struct block *block = arena_alloc(page->open, sizeof *block);
    *block = (struct block){
        .kind = kind,
        .id = "",
        .caption = {"", "", "", "", "", ""},
        .said_first = page->said_taken,
        .said_past = page->said_count,
    };
    page->said_taken = page->said_count;
    if (kind == BLOCK_FIGURE || kind == BLOCK_TABLE ||
        kind == BLOCK_KEY_FIGURES)
        page->read_count = 0; /* they were read for it */
    struct block_object *object = push_object(L, OBJECT_BLOCK, sizeof *object);
    object->block = block;
    return block;
}

const struct pub_table *test_table(lua_State *L, int index)
{
    const struct table_object *object = luaL_testudata(L, index, OBJECT_TABLE);
    return object ? object->table : NULL;
}

const struct pub_table *check_table(lua_State *L, int index)
{
    const struct table_object *object = luaL_checkudata(L, index, OBJECT_TABLE);
    return object->table;
}

/* Methods of a cell make texts: what they may cost is counted here. */
const struct cell *check_cell(lua_State *L, int index)
{
    sandbox_charge(L, 64);
    return luaL_checkudata(L, index, OBJECT_CELL);
}

const struct cell *test_cell(lua_State *L, int index)
{
    return luaL_testudata(L, index, OBJECT_CELL);
}

const struct member *test_node(lua_State *L, int index)
{
    return luaL_testudata(L, index, OBJECT_NODE);
}

struct block *test_block(lua_State *L, int index)
{
    const struct block_object *object = luaL_testudata(L, index, OBJECT_BLOCK);
    return object ? object->block : NULL;
}
