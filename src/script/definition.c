/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/definition.h"

#include <lauxlib.h>

#include "base/fs.h"
#include "script/field.h"

#define STANDARDS_PATH "lua-scripts/lib/standards.lua"

enum { AGE_MOST = 150 };

static const char *const definition_fields[] = {
    "id",   "title", "directory", "each",  "formats",
    "uses", "plan",  "page",      "theme", NULL,
};
static const char *const standard_fields[] = {
    "code", "label", "source", "total", "bands", NULL,
};

void definition_push(lua_State *L, const char *path)
{
    sandbox_load(L, path);
    lua_call(L, 0, 1);
    field_table(L, -1, "the definition");
    field_known(L, -1, "the definition", definition_fields, false);
}

void definition_push_function(lua_State *L, const char *field)
{
    if (lua_getfield(L, -1, field) != LUA_TFUNCTION)
        field_fail(L, field, "%s: expected a function, found %s", field,
                   lua_isnil(L, -1) ? "nothing" : luaL_typename(L, -1));
}

/* One of the numbers of {low, high, weight}, left on the stack. */
static void push_band_number(lua_State *L, lua_Integer place)
{
    if (lua_rawgeti(L, -1, place) != LUA_TNUMBER)
        field_fail(L, "bands", "bands: expected {first age, last age, weight}");
}

static int band_age(lua_State *L, lua_Integer place)
{
    int whole = 0;
    push_band_number(L, place);
    lua_Integer age = lua_tointegerx(L, -1, &whole);
    if (!whole || age < -1 || age > AGE_MOST)
        field_fail(L, "bands",
                   "bands: expected ages in whole years, at most %d, or -1",
                   AGE_MOST);
    lua_pop(L, 1);
    return (int)age;
}

static double band_weight(lua_State *L, lua_Integer place)
{
    push_band_number(L, place);
    return field_take_number(L, "bands");
}

static void read_bands(lua_State *L, struct arena *arena,
                       struct standard *standard)
{
    lua_getfield(L, -1, "bands");
    field_table(L, -1, "bands");
    standard->count = lua_rawlen(L, -1);
    struct standard_band *bands =
        arena_array(arena, standard->count, sizeof *bands);
    for (size_t b = 0; b < standard->count; b++) {
        lua_rawgeti(L, -1, (lua_Integer)b + 1);
        field_table(L, -1, "bands");
        bands[b] = (struct standard_band){
            .low = band_age(L, 1),
            .high = band_age(L, 2),
            .weight = band_weight(L, 3),
        };
        lua_pop(L, 1);
    }
    standard->bands = bands;
    lua_pop(L, 1);
}

static void read_standard(lua_State *L, struct arena *arena,
                          struct standard *standard)
{
    field_table(L, -1, "a standard population");
    field_known(L, -1, "a standard population", standard_fields, false);
    standard->code = field_text(L, -1, "code", NULL);
    field_texts(L, -1, "label", standard->label);
    standard->source = field_text(L, -1, "source", "");
    standard->total = field_number(L, -1, "total", 0);
    read_bands(L, arena, standard);
}

void definition_standards(lua_State *L, struct arena *arena,
                          struct standard **out, size_t *count)
{
    *out = NULL;
    *count = 0;
    if (!fs_exists(fs_find(arena, sandbox_directory(L), STANDARDS_PATH)))
        return;
    sandbox_load(L, STANDARDS_PATH);
    lua_call(L, 0, 1);
    field_table(L, -1, "the standard populations");
    *count = lua_rawlen(L, -1);
    *out = arena_array(arena, *count, sizeof **out);
    for (size_t s = 0; s < *count; s++) {
        lua_rawgeti(L, -1, (lua_Integer)s + 1);
        read_standard(L, arena, &(*out)[s]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
