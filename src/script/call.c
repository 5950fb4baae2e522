/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/call.h"

#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "script/call_lua.h"

enum {
    MESSAGE_SIZE = 500,
    STACK_ROOM = 20,
    RESULT_ROWS_DEEP = 3,
};

/* Whole numbers beyond are not exact, and nothing that is counted is as large.
 */
#define LARGEST 9007199254740992.0

static const char box_type[] = "panorama.call";

struct script_call {
    lua_State *L;
    const struct script_function *function;
    struct arena *arena;
    int jobs;
    const char **names; /* of the arguments, brackets removed */
    size_t name_count;
    int given;  /* arguments by position; by name: 1 */
    bool named; /* one table of names */
    int returned;
    int tables[RESULT_ROWS_DEEP]; /* stack indices of open result tables */
    int depth;
};

struct arena *call_arena(struct script_call *call)
{
    return call->arena;
}

int call_jobs(const struct script_call *call)
{
    return call->jobs;
}

void call_raise(struct script_call *call, const struct err *failure)
{
    struct err err = *failure;
    err_wrap(&err, "stats.%s", call->function->name);
    sandbox_raise(call->L, &err);
}

void call_fail(struct script_call *call, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    luaL_error(call->L, "stats.%s: %s", call->function->name, message);
    __builtin_unreachable();
}

/* --- arguments ------------------------------------------------------------ */

static void split_names(struct script_call *call)
{
    char **pieces = NULL;
    call->name_count =
        text_split(call->arena, call->function->arguments, ',', &pieces);
    call->names =
        arena_array(call->arena, call->name_count, sizeof *call->names);
    for (size_t i = 0; i < call->name_count; i++) {
        const char *at = pieces[i] + strspn(pieces[i], " [");
        call->names[i] = arena_slice(call->arena, at, strcspn(at, "]"));
    }
}

static int order_of(const struct script_call *call, const char *name)
{
    for (size_t i = 0; i < call->name_count; i++) {
        if (text_same(call->names[i], name))
            return (int)i + 1;
    }
    assert(!"an argument that the function does not declare");
    return 0;
}

/* Pushes the argument; nil when it is left out. */
static void push_argument(struct script_call *call, const char *name)
{
    int order = order_of(call, name);
    if (call->named)
        lua_getfield(call->L, 1, name);
    else if (order <= call->given)
        lua_pushvalue(call->L, order);
    else
        lua_pushnil(call->L);
}

static void check_name(struct script_call *call, const char *name)
{
    for (size_t i = 0; i < call->name_count; i++) {
        if (text_same(call->names[i], name))
            return;
    }
    const char *near = near_name(name, call->names, call->name_count);
    if (near != NULL)
        call_fail(call, "there is no argument '%s'; did you mean '%s'?", name,
                  near);
    call_fail(call, "there is no argument '%s' among (%s)", name,
              call->function->arguments);
}

/* True when all keys of the table at the bottom are names; an empty table is a
 * list. */
static bool is_named(struct script_call *call)
{
    lua_State *lua = call->L;
    bool named = false;
    lua_pushnil(lua);
    while (lua_next(lua, 1)) {
        lua_pop(lua, 1);
        if (lua_type(lua, -1) != LUA_TSTRING) {
            lua_pop(lua, 1);
            return false;
        }
        check_name(call, lua_tostring(lua, -1));
        named = true;
    }
    return named;
}

static void find_form(struct script_call *call)
{
    call->named = call->given == 1 && lua_istable(call->L, 1) && is_named(call);
    if ((size_t)call->given > call->name_count)
        call_fail(call, "%d arguments are too many for (%s)", call->given,
                  call->function->arguments);
}

bool call_given(struct script_call *call, const char *name)
{
    push_argument(call, name);
    bool given = !lua_isnil(call->L, -1);
    lua_pop(call->L, 1);
    return given;
}

static void need(struct script_call *call, const char *name)
{
    if (!call_given(call, name))
        call_fail(call, "'%s' is missing among (%s)", name,
                  call->function->arguments);
}

/* The finite number at the top, popped; `place` in a list, or 0. */
static double take_number(struct script_call *call, const char *name,
                          size_t place)
{
    int is_number = 0; /* also of "5": the fields of --data are text */
    double value = lua_tonumberx(call->L, -1, &is_number);
    if (!is_number || !isfinite(value)) {
        const char *found = is_number ? (isnan(value) ? "NaN" : "infinity")
                                      : luaL_typename(call->L, -1);
        if (place > 0)
            call_fail(call, "'%s': expected a number at place %zu, found %s",
                      name, place, found);
        call_fail(call, "'%s': expected a number, found %s", name, found);
    }
    if (fabs(value) > LARGEST)
        call_fail(call,
                  "'%s': %g is no number of an ordinary size (at most "
                  "%g)",
                  name, value, LARGEST);
    lua_pop(call->L, 1);
    return value;
}

double call_number(struct script_call *call, const char *name)
{
    need(call, name);
    push_argument(call, name);
    return take_number(call, name, 0);
}

double call_number_or(struct script_call *call, const char *name,
                      double fallback)
{
    return call_given(call, name) ? call_number(call, name) : fallback;
}

/* The list at the top, popped. */
static const double *take_list(struct script_call *call, const char *name,
                               size_t *count)
{
    lua_State *lua = call->L;
    bool list = lua_istable(lua, -1);
    *count = list ? lua_rawlen(lua, -1) : 1;
    double *values = arena_array(call->arena, *count, sizeof *values);
    for (size_t i = 0; i < *count; i++) {
        if (list)
            lua_geti(lua, -1, (lua_Integer)i + 1);
        else
            lua_pushvalue(lua, -1);
        values[i] = take_number(call, name, list ? i + 1 : 0);
    }
    lua_pop(lua, 1);
    return values;
}

const double *call_list(struct script_call *call, const char *name,
                        size_t *count)
{
    need(call, name);
    push_argument(call, name);
    return take_list(call, name, count);
}

const double *call_list_of(struct script_call *call, const char *name,
                           size_t count)
{
    size_t found = 0;
    const double *values = call_list(call, name, &found);
    if (found != count)
        call_fail(call, "'%s': expected %zu numbers, found %zu", name, count,
                  found);
    return values;
}

struct call_lists call_list_of_lists(struct script_call *call, const char *name)
{
    lua_State *lua = call->L;
    need(call, name);
    push_argument(call, name);
    if (!lua_istable(lua, -1))
        call_fail(call, "'%s': expected a list of lists, found %s", name,
                  luaL_typename(lua, -1));
    struct call_lists out = {.count = lua_rawlen(lua, -1)};
    out.lists = arena_array(call->arena, out.count, sizeof *out.lists);
    out.sizes = arena_array(call->arena, out.count, sizeof *out.sizes);
    for (size_t i = 0; i < out.count; i++) {
        lua_geti(lua, -1, (lua_Integer)i + 1);
        out.lists[i] = take_list(call, name, &out.sizes[i]);
    }
    lua_pop(lua, 1);
    return out;
}

size_t call_choice(struct script_call *call, const char *name,
                   const char *const *choices)
{
    if (!call_given(call, name))
        return 0;
    push_argument(call, name);
    const char *wanted =
        lua_type(call->L, -1) == LUA_TSTRING ? lua_tostring(call->L, -1) : "";
    size_t count = 0;
    for (; choices[count] != NULL; count++) {
        if (text_same(choices[count], wanted)) {
            lua_pop(call->L, 1);
            return count;
        }
    }
    call_fail(call, "'%s': expected one of %s", name,
              text_join(call->arena, choices, count, ", "));
}

/* --- results -------------------------------------------------------------- */

/* What is not finite is no result: the numbers were too large or too small. */
static void check_result(struct script_call *call, double value)
{
    if (!isfinite(value))
        call_fail(call, "the result is no finite number; expected numbers of "
                        "an ordinary size");
}

void call_return(struct script_call *call, double value)
{
    assert(call->depth == 0);
    check_result(call, value);
    luaL_checkstack(call->L, STACK_ROOM, NULL);
    lua_pushnumber(call->L, value);
    call->returned++;
}

/* The table that fields go into now; the first field makes it. */
static int result_table(struct script_call *call)
{
    if (call->depth == 0) {
        assert(call->returned == 0);
        lua_newtable(call->L);
        call->tables[call->depth++] = lua_gettop(call->L);
        call->returned = 1;
    }
    return call->tables[call->depth - 1];
}

void call_give(struct script_call *call, const char *field, double value)
{
    check_result(call, value);
    int table = result_table(call);
    lua_pushnumber(call->L, value);
    lua_setfield(call->L, table, field);
}

void call_give_text(struct script_call *call, const char *field,
                    const char *text)
{
    int table = result_table(call);
    lua_pushstring(call->L, text);
    lua_setfield(call->L, table, field);
}

void call_give_bool(struct script_call *call, const char *field, bool value)
{
    int table = result_table(call);
    lua_pushboolean(call->L, value);
    lua_setfield(call->L, table, field);
}

void call_give_list(struct script_call *call, const char *field,
                    const double *values, size_t count)
{
    int table = result_table(call);
    lua_createtable(call->L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        check_result(call, values[i]);
        lua_pushnumber(call->L, values[i]);
        lua_rawseti(call->L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(call->L, table, field);
}

void call_row(struct script_call *call, const char *field)
{
    lua_State *lua = call->L;
    int table = result_table(call);
    assert(call->depth < RESULT_ROWS_DEEP);
    if (lua_getfield(lua, table, field) == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_newtable(lua);
        lua_pushvalue(lua, -1);
        lua_setfield(lua, table, field);
    }
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, -3, (lua_Integer)lua_rawlen(lua, -3) + 1);
    lua_remove(lua, -2);
    call->tables[call->depth++] = lua_gettop(lua);
}

void call_row_end(struct script_call *call)
{
    assert(call->depth > 1);
    lua_settop(call->L, call->tables[--call->depth] - 1);
}

/* --- the Lua function ----------------------------------------------------- */

/* The arena of a call is in a box, so that a raised error frees it too. */
static int l_box_free(lua_State *L)
{
    struct arena **box = lua_touserdata(L, 1);
    arena_free(*box);
    *box = NULL;
    return 0;
}

static struct arena **push_box(lua_State *L)
{
    struct arena **box = lua_newuserdatauv(L, sizeof(struct arena *), 0);
    *box = NULL;
    if (luaL_newmetatable(L, box_type)) {
        lua_pushcfunction(L, l_box_free);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    *box = arena_new();
    return box;
}

static int l_call(lua_State *L)
{
    struct script_call call = {
        .L = L,
        .function = lua_touserdata(L, lua_upvalueindex(1)),
        .jobs = (int)lua_tointeger(L, lua_upvalueindex(2)),
    };
    luaL_checkstack(L, STACK_ROOM, NULL);
    call.given = lua_gettop(L);
    struct arena **box = push_box(L); /* above the arguments */
    call.arena = *box;
    split_names(&call);
    find_form(&call);
    call.function->run(&call);
    assert(call.depth <= 1 && call.returned > 0);
    arena_free(*box);
    *box = NULL;
    return call.returned;
}

void call_push(lua_State *L, const struct script_function *function, int jobs)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)function);
    lua_pushinteger(L, jobs);
    lua_pushcclosure(L, l_call, 2);
}
