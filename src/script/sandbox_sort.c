/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/sandbox_sort.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- keys ----------------------------------------------------------------- */

struct key {
    int type;
    bool whole;
    lua_Integer integer;
    lua_Number number;
    const char *text; /* kept alive by the table */
    size_t size;
};

static int compare_numbers(const struct key *a, const struct key *b)
{
    if (a->whole && b->whole)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return (a->number > b->number) - (a->number < b->number);
}

static int rank(const struct key *key)
{
    if (key->type == LUA_TNUMBER)
        return 0;
    return key->type == LUA_TSTRING ? 1 : 2;
}

static int by_key(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->type == LUA_TNUMBER)
        return compare_numbers(a, b);
    if (a->type != LUA_TSTRING)
        return (int)a->integer - (int)b->integer;
    int order = memcmp(a->text, b->text, a->size < b->size ? a->size : b->size);
    return order ? order : (a->size > b->size) - (a->size < b->size);
}

/* The key on top of the stack. */
static struct key take_key(lua_State *L)
{
    struct key key = {.type = lua_type(L, -1)};
    if (key.type == LUA_TNUMBER) {
        key.whole = lua_isinteger(L, -1);
        key.integer = lua_tointeger(L, -1);
        key.number = lua_tonumber(L, -1);
    } else if (key.type == LUA_TSTRING) {
        key.text = lua_tolstring(L, -1, &key.size);
    } else if (key.type == LUA_TBOOLEAN) {
        key.integer = lua_toboolean(L, -1);
    } else {
        luaL_error(L,
                   "pairs: a key is a %s; only numbers, texts and booleans "
                   "have an order",
                   lua_typename(L, key.type));
    }
    return key;
}

static void push_key(lua_State *L, const struct key *key)
{
    if (key->type == LUA_TSTRING)
        lua_pushlstring(L, key->text, key->size);
    else if (key->type == LUA_TBOOLEAN)
        lua_pushboolean(L, (int)key->integer);
    else if (key->whole)
        lua_pushinteger(L, key->integer);
    else
        lua_pushnumber(L, key->number);
}

static size_t count_keys(lua_State *L, int table)
{
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        count++;
        lua_pop(L, 1);
    }
    return count;
}

void sandbox_push_keys(lua_State *L, int table)
{
    table = lua_absindex(L, table);
    luaL_checkstack(L, 6, NULL);
    size_t count = count_keys(L, table);
    lua_createtable(L, (int)count, 0);
    /* Owned by the Lua state: an error above leaves nothing behind. */
    struct key *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t taken = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        keys[taken++] = take_key(L);
    }
    qsort(keys, taken, sizeof *keys, by_key);
    for (size_t k = 0; k < taken; k++) {
        push_key(L, &keys[k]);
        lua_rawseti(L, -3, (lua_Integer)k + 1);
    }
    lua_pop(L, 1);
}

/* --- table.sort ----------------------------------------------------------- */

enum {
    LIST = 1,
    LESS = 2,
    FROM = 3, /* work lists */
    INTO = 4,
};

/* True when item `b` of FROM must stand before item `a`. */
static bool before(lua_State *L, lua_Integer b, lua_Integer a)
{
    bool less;
    if (lua_isnil(L, LESS)) {
        lua_rawgeti(L, FROM, b);
        lua_rawgeti(L, FROM, a);
        less = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    } else {
        lua_pushvalue(L, LESS);
        lua_rawgeti(L, FROM, b);
        lua_rawgeti(L, FROM, a);
        lua_call(L, 2, 1);
        less = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return less;
}

static void merge(lua_State *L, lua_Integer low, lua_Integer middle,
                  lua_Integer high)
{
    lua_Integer left = low, right = middle;
    for (lua_Integer to = low; to < high; to++) {
        bool take_right =
            right < high && (left >= middle || before(L, right, left));
        lua_rawgeti(L, FROM, take_right ? right++ : left++);
        lua_rawseti(L, INTO, to);
    }
}

static lua_Integer at_most(lua_Integer value, lua_Integer limit)
{
    return value < limit ? value : limit;
}

static void copy_items(lua_State *L, int from, int to, lua_Integer count)
{
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, from, i);
        lua_seti(L, to, i);
    }
}

int sandbox_sort(lua_State *L)
{
    luaL_checktype(L, LIST, LUA_TTABLE);
    if (!lua_isnoneornil(L, LESS))
        luaL_checktype(L, LESS, LUA_TFUNCTION);
    lua_settop(L, LESS);
    lua_Integer count = luaL_len(L, LIST);
    luaL_argcheck(L, count < INT32_MAX, LIST, "too many items");
    lua_newtable(L);
    lua_newtable(L);
    copy_items(L, LIST, FROM, count);
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width)
            merge(L, low, at_most(low + width, count + 1),
                  at_most(low + 2 * width, count + 1));
        lua_insert(L, FROM); /* the lists change places */
    }
    copy_items(L, FROM, LIST, count);
    return 0;
}
