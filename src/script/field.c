/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/field.h"

#include <ctype.h>
#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/project.h"

enum {
    MESSAGE_SIZE = 1000,
};

/* Differences and products of larger ones leave what a double holds. */
static const double number_most = 1e15;

/* --- places --------------------------------------------------------------- */

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* True where `field = ` stands; `at` is inside `source`. */
static bool assigns(const char *source, const char *at, size_t size)
{
    if (at > source && is_name_char(at[-1]))
        return false;
    at += size;
    at += strspn(at, " \t");
    return at[0] == '=' && at[1] != '=';
}

/* Line where a field is set first, 0 when it is not. */
static int line_of(const char *source, const char *field)
{
    int line = 1;
    size_t size = strlen(field);
    for (const char *at = source; *at && size > 0; at++) {
        if (strncmp(at, field, size) == 0 && assigns(source, at, size))
            return line;
        line += *at == '\n';
    }
    return 0;
}

static void push_place(lua_State *L, const char *field)
{
    luaL_where(L, 1);
    if (lua_rawlen(L, -1) > 0)
        return;
    lua_pop(L, 1);
    int line = line_of(sandbox_source(L), field);
    if (line > 0)
        lua_pushfstring(L, "%s:%d: ", sandbox_path(L), line);
    else
        lua_pushfstring(L, "%s: ", sandbox_path(L));
}

void field_fail(lua_State *L, const char *field, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    push_place(L, field);
    lua_pushstring(L, message);
    lua_concat(L, 2);
    lua_error(L);
    abort(); /* not reached */
}

/* --- names ---------------------------------------------------------------- */

void field_table(lua_State *L, int index, const char *what)
{
    if (!lua_istable(L, index))
        field_fail(L, "", "%s: expected a table, found %s", what,
                   luaL_typename(L, index));
}

static bool among(const char *name, const char *const *names)
{
    for (size_t n = 0; names[n]; n++) {
        if (text_same(names[n], name))
            return true;
    }
    return false;
}

static _Noreturn void fail_unknown(lua_State *L, const char *what,
                                   const char *const *names, const char *key)
{
    size_t count = 0;
    while (names[count])
        count++;
    const char *near = near_name(key, names, count);
    if (near)
        field_fail(L, key, "%s: unknown field '%s'; the nearest is '%s'", what,
                   key, near);
    field_fail(L, key, "%s: unknown field '%s'; known are: %s", what, key,
               text_join(sandbox_arena(L), names, count, ", "));
}

void field_known(lua_State *L, int table, const char *what,
                 const char *const *names, bool list)
{
    table = lua_absindex(L, table);
    const char *worst = NULL; /* the first in byte order: same in every run */
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (list && lua_isinteger(L, -1))
            continue;
        if (lua_type(L, -1) != LUA_TSTRING)
            field_fail(L, "", "%s: a field has a %s as name", what,
                       luaL_typename(L, -1));
        const char *key = lua_tostring(L, -1);
        if (!among(key, names) && (!worst || strcmp(key, worst) < 0))
            worst = key; /* kept alive by the table */
    }
    if (worst)
        fail_unknown(L, what, names, worst);
}

bool field_given(lua_State *L, int table, const char *field)
{
    bool given = lua_getfield(L, table, field) != LUA_TNIL;
    lua_pop(L, 1);
    return given;
}

/* --- values --------------------------------------------------------------- */

static _Noreturn void fail_type(lua_State *L, const char *field,
                                const char *expected)
{
    field_fail(L, field, "%s: expected %s, found %s", field, expected,
               lua_isnil(L, -1) ? "nothing" : luaL_typename(L, -1));
}

/* What no line can hold is no word: cutting it letter by letter takes the
 * square of its length. Addresses are shorter. */
enum { WORD_MOST = 4000 };

static bool has_endless_word(const char *text, size_t size)
{
    size_t start = 0;
    for (size_t at = 0; at < size && at - start <= WORD_MOST; at++) {
        if (strchr(" \n\t\r", text[at]))
            start = at + 1;
    }
    return size - start > WORD_MOST;
}

const char *field_take_text(lua_State *L, const char *field)
{
    if (lua_type(L, -1) != LUA_TSTRING)
        fail_type(L, field, "a text");
    size_t size = 0;
    const char *text = lua_tolstring(L, -1, &size);
    if (!utf8_valid(text, size))
        field_fail(L, field, "%s: the text is not valid UTF-8", field);
    if (has_endless_word(text, size))
        field_fail(L, field, "%s: a word of more than %d bytes", field,
                   WORD_MOST);
    uint32_t hidden = utf8_hidden(text);
    if (hidden != 0)
        field_fail(L, field,
                   "%s: the text holds the character U+%04X, which "
                   "no page shows",
                   field, (unsigned)hidden);
    sandbox_charge(L, size + 1);
    const char *copy = arena_slice(sandbox_arena(L), text, size);
    lua_pop(L, 1);
    return copy;
}

const char *field_text(lua_State *L, int table, const char *field,
                       const char *fallback)
{
    if (lua_getfield(L, table, field) == LUA_TNIL && fallback) {
        lua_pop(L, 1);
        return fallback;
    }
    return field_take_text(L, field);
}

const char *field_path(lua_State *L, int table, const char *field,
                       const char *fallback)
{
    const char *path = field_text(L, table, field, fallback);
    if (!project_holds(path))
        field_fail(L, field, "%s: '%s': expected a path inside the project",
                   field, path);
    return path;
}

void field_texts(lua_State *L, int table, const char *field,
                 const char *out[LANG_COUNT])
{
    static const char *const names[] = {"fr", "en", NULL};
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        out[lang] = "";
    int type = lua_getfield(L, table, field);
    if (type == LUA_TSTRING) {
        const char *text = field_take_text(L, field);
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            out[lang] = text;
        return;
    }
    if (type == LUA_TTABLE) {
        field_known(L, -1, field, names, false);
        for (size_t lang = 0; lang < LANG_COUNT; lang++)
            out[lang] = field_text(L, -1, lang_code((enum lang)lang), "");
    } else if (type != LUA_TNIL) {
        fail_type(L, field, "a text or {fr = ..., en = ...}");
    }
    lua_pop(L, 1);
}

bool field_bool(lua_State *L, int table, const char *field, bool fallback)
{
    int type = lua_getfield(L, table, field);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        fail_type(L, field, "true or false");
    bool value = type == LUA_TNIL ? fallback : lua_toboolean(L, -1);
    lua_pop(L, 1);
    return value;
}

lua_Integer field_integer(lua_State *L, int table, const char *field,
                          lua_Integer fallback)
{
    int type = lua_getfield(L, table, field);
    int whole = 1;
    lua_Integer value = fallback;
    if (type == LUA_TNUMBER)
        value = lua_tointegerx(L, -1, &whole);
    if (type != LUA_TNIL && type != LUA_TNUMBER)
        fail_type(L, field, "a whole number");
    if (!whole)
        field_fail(L, field, "%s: expected a whole number, found %g", field,
                   lua_tonumber(L, -1));
    lua_pop(L, 1);
    return value;
}

double field_take_number(lua_State *L, const char *field)
{
    if (lua_type(L, -1) != LUA_TNUMBER)
        fail_type(L, field, "a number");
    double value = lua_tonumber(L, -1);
    if (isnan(value))
        field_fail(L, field, "%s: expected a number, found NaN", field);
    if (fabs(value) > number_most)
        field_fail(L, field, "%s: expected a number of at most 1e15, found %g",
                   field, value);
    lua_pop(L, 1);
    return value;
}

double field_number(lua_State *L, int table, const char *field, double fallback)
{
    if (lua_getfield(L, table, field) != LUA_TNIL)
        return field_take_number(L, field);
    lua_pop(L, 1);
    return fallback;
}

size_t field_list(lua_State *L, int table, const char *field, const char ***out)
{
    int type = lua_getfield(L, table, field);
    size_t count = 0;
    *out = NULL;
    if (type == LUA_TSTRING) {
        *out = arena_array(sandbox_arena(L), 1, sizeof **out);
        (*out)[count++] = field_take_text(L, field);
        return count;
    }
    if (type == LUA_TTABLE) {
        static const char *const none[] = {NULL};
        field_known(L, -1, field, none, true);
        size_t size = lua_rawlen(L, -1);
        sandbox_charge(L, size * sizeof **out);
        *out = arena_array(sandbox_arena(L), size, sizeof **out);
        while (count < size) {
            lua_rawgeti(L, -1, (lua_Integer)count + 1);
            (*out)[count++] = field_take_text(L, field);
        }
    } else if (type != LUA_TNIL) {
        fail_type(L, field, "a text or a list of texts");
    }
    lua_pop(L, 1);
    return count;
}
