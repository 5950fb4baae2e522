/* SPDX-License-Identifier: EUPL-1.2 */
/* The library that scripts see: Lua's own, less what reaches outside, with
 * the few functions replaced that would betray addresses, hash order or the
 * clock, or hide a spent limit. */
#include "script/sandbox_impl.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "script/sandbox_sort.h"

/* --- errors --------------------------------------------------------------- */

/* pcall(f, ...) -> true, results... or false, error */
static int l_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    int status = sandbox_pcall(L, lua_gettop(L) - 1, LUA_MULTRET);
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/* xpcall(f, handler, ...). The handler runs after the stack was unwound: while
 * an error is being raised no hook counts its instructions. */
static int l_xpcall(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_insert(L, 1); /* handler, f, handler, ... */
    lua_remove(L, 3);
    int status = sandbox_pcall(L, lua_gettop(L) - 2, LUA_MULTRET);
    if (status != LUA_OK) {
        lua_call(L, 1, LUA_MULTRET);
        lua_pushboolean(L, 0);
        lua_insert(L, 1);
        return lua_gettop(L);
    }
    lua_pushboolean(L, 1);
    lua_replace(L, 1);
    return lua_gettop(L);
}

/* --- text of values ------------------------------------------------------- */

/* Pushes what tostring gives: never an address. */
static void push_text(lua_State *L, int index)
{
    int type = lua_type(L, index);
    bool plain = type == LUA_TNIL || type == LUA_TBOOLEAN ||
                 type == LUA_TNUMBER || type == LUA_TSTRING;
    if (plain || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        if (!plain)
            lua_pop(L, 1);
        luaL_tolstring(L, index, NULL);
        return;
    }
    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
        return;
    lua_pushstring(L, lua_typename(L, type));
}

static int l_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

static int l_print(lua_State *L)
{
    struct text *out = sandbox_of(L)->printed;
    int count = lua_gettop(L);
    for (int i = 1; out && i <= count; i++) {
        push_text(L, i);
        size_t size = 0;
        const char *piece = lua_tolstring(L, -1, &size);
        sandbox_charge(L, size + 1);
        if (i > 1)
            text_add_char(out, '\t');
        text_add_bytes(out, piece, size);
        lua_pop(L, 1);
    }
    if (out)
        text_add_char(out, '\n');
    return 0;
}

static bool asks_address(const char *format)
{
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        at += 1 + strspn(at + 1, "-+ #0123456789.");
        if (*at == 'p')
            return true;
        if (*at == '\0')
            return false;
        at++;
    }
    return false;
}

/* string.format without %p, and %s without addresses. */
static int l_format(lua_State *L)
{
    if (asks_address(luaL_checkstring(L, 1)))
        return luaL_error(L, "string.format: '%%p' is not available: addresses "
                             "differ from run to run");
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        int type = lua_type(L, i);
        if (type == LUA_TTABLE || type == LUA_TFUNCTION ||
            type == LUA_TUSERDATA) {
            push_text(L, i);
            lua_replace(L, i);
        }
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    sandbox_call_original(L, "format", count);
    return 1;
}

/* string.rep: an empty text repeated for ever is a loop that no hook sees. */
static int l_rep(lua_State *L)
{
    size_t size = 0, between = 0;
    luaL_checklstring(L, 1, &size);
    lua_Integer times = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &between);
    if (times <= 0 || size + between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    size_t limit = sandbox_of(L)->limits.memory_bytes;
    if ((size_t)times > limit / (size + between))
        return luaL_error(L, "string.rep: the result is too large for the "
                             "memory of a script");
    int count = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    sandbox_call_original(L, "rep", count);
    return 1;
}

/* --- tables --------------------------------------------------------------- */

/* No finalizers: they run when the collector likes, outside every limit. */
static int l_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2,
                     "nil or table");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        bool finalizer = lua_rawget(L, 2) != LUA_TNIL;
        lua_pushliteral(L, "__mode");
        bool weak = lua_rawget(L, 2) != LUA_TNIL;
        if (finalizer || weak)
            return luaL_error(L, "setmetatable: '%s' is not available",
                              finalizer ? "__gc" : "__mode");
        lua_pop(L, 2);
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_setmetatable(L, 1);
    return 1;
}

/* Iterator of pairs: upvalues are the sorted keys and the place. Keys whose
 * value went away meanwhile are passed over. */
static int l_next_pair(lua_State *L)
{
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        place++;
        if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_gettable(L, 1) != LUA_TNIL)
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
}

/* pairs(table): numbers in order, then texts in byte order, then false and
 * true. Other kinds of keys have no order that is the same in every run. */
static int l_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    sandbox_push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, l_next_pair, 2);
    lua_pushvalue(L, 1);
    return 2;
}

/* --- names ---------------------------------------------------------------- */

/* A name that does not exist: an error, with the nearest one. */
static int l_no_name(lua_State *L)
{
    const char *names[200];
    size_t count = 0;
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a name is a text");
    const char *wanted = lua_tostring(L, 2);
    sandbox_push_keys(L, 1);
    for (lua_Integer i = 1; count < 200; i++) {
        if (lua_rawgeti(L, 3, i) == LUA_TNIL)
            break;
        if (lua_type(L, -1) == LUA_TSTRING)
            names[count++] = lua_tostring(L, -1); /* kept alive by index 3 */
        lua_pop(L, 1);
    }
    const char *near = near_name(wanted, names, count);
    if (near)
        return luaL_error(L, "there is no '%s' here; the nearest name is '%s'",
                          wanted, near);
    return luaL_error(L, "there is no '%s' here", wanted);
}

void sandbox_names_only(lua_State *L)
{
    lua_newtable(L);
    lua_pushcfunction(L, l_no_name);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* require("lib.name"): lua-scripts/lib/name.lua of the project, once. */
static int l_require(lua_State *L)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *name = luaL_checkstring(L, 1);
    const char *file = name + strlen("lib.");
    if (strlen(name) != lua_rawlen(L, 1) || !text_starts(name, "lib.") ||
        file[0] == '\0' || file[strspn(file, letters)] != '\0')
        return luaL_error(L,
                          "require '%s': expected 'lib.NAME', a file of "
                          "lua-scripts/lib",
                          name);
    if (lua_getfield(L, lua_upvalueindex(1), name) != LUA_TNIL) {
        if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
            return luaL_error(L, "require '%s': it requires itself", name);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, lua_upvalueindex(1), name);
    struct sandbox *sandbox = sandbox_of(L);
    const char *path = sandbox->path, *source = sandbox->source;
    sandbox_load(L, lua_pushfstring(L, "lua-scripts/lib/%s.lua", file));
    sandbox->path = path;
    sandbox->source = source;
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1))
        lua_pushboolean(L, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), name);
    return 1;
}

/* --- putting it together -------------------------------------------------- */

static const char *const base_names[] = {
    "assert", "error",  "getmetatable", "ipairs",   "rawequal", "rawget",
    "rawlen", "rawset", "select",       "tonumber", "type",     "string",
    "table",  "math",   "utf8",         "_VERSION",
};

static const luaL_Reg base_functions[] = {
    {"pairs", l_pairs},
    {"pcall", l_pcall},
    {"print", l_print},
    {"setmetatable", l_setmetatable},
    {"tostring", l_tostring},
    {"xpcall", l_xpcall},
    {NULL, NULL},
};

static void remove_fields(lua_State *L, const char *library,
                          const char *const *names, size_t count)
{
    lua_getglobal(L, library);
    for (size_t n = 0; n < count; n++) {
        lua_pushnil(L);
        lua_setfield(L, -2, names[n]);
    }
    lua_pop(L, 1);
}

/* Replaces library.name by a function that has the original as upvalue. */
static void wrap(lua_State *L, const char *library, const char *name,
                 lua_CFunction function)
{
    lua_getglobal(L, library);
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static void open_libraries(lua_State *L)
{
    static const char *const no_string[] = {"dump"};
    static const char *const no_math[] = {"random", "randomseed"};
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    lua_settop(L, 0);
    remove_fields(L, "string", no_string, COUNT_OF(no_string));
    remove_fields(L, "math", no_math, COUNT_OF(no_math));
    wrap(L, "string", "format", l_format);
    wrap(L, "string", "rep", l_rep);
    wrap(L, "table", "sort", sandbox_sort);
}

/* Nobody reaches the metatable that all texts share. */
static void lock_texts(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

void sandbox_library(lua_State *L)
{
    open_libraries(L);
    lock_texts(L);
    lua_newtable(L); /* the new globals */
    for (size_t n = 0; n < COUNT_OF(base_names); n++) {
        lua_getglobal(L, base_names[n]);
        lua_setfield(L, -2, base_names[n]);
    }
    luaL_setfuncs(L, base_functions, 0);
    lua_newtable(L);
    lua_pushcclosure(L, l_require, 1);
    lua_setfield(L, -2, "require");
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, LUA_GNAME);

    sandbox_names_only(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}
