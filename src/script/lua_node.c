/* SPDX-License-Identifier: EUPL-1.2 */
/* A node: doc.place, or one of t:axis("site"). Read only. */
#include <lauxlib.h>

#include "model/place.h"
#include "script/page.h"

static const struct member *check_node(lua_State *L, int index)
{
    sandbox_charge(L, 64);
    return luaL_checkudata(L, index, OBJECT_NODE);
}

/* --- fields --------------------------------------------------------------- */

typedef void node_field(lua_State *L, const struct member *member);

static void field_code(lua_State *L, const struct member *member)
{
    lua_pushstring(L, member->node->code);
}

static void field_level(lua_State *L, const struct member *member)
{
    lua_pushstring(L, member->node->level);
}

static void field_level_name(lua_State *L, const struct member *member)
{
    struct page *page = page_of(L);
    lua_pushstring(L, place_level(page->job->edition->codes, page->lang,
                                  member->node->level));
}

static void field_label(lua_State *L, const struct member *member)
{
    lua_pushstring(L, words_node(page_of(L), member->dim, member->node));
}

static void field_in(lua_State *L, const struct member *member)
{
    lua_pushstring(L, words_node_in(page_of(L), member->dim, member->node));
}

static void field_of(lua_State *L, const struct member *member)
{
    struct page *page = page_of(L);
    lua_pushstring(L, member->dim == DIM_TERRITORY
                          ? place_of(page->open, page->lang, member->node)
                          : words_node(page, member->dim, member->node));
}

static void field_parent(lua_State *L, const struct member *member)
{
    const struct codes *codes = page_of(L)->job->edition->codes;
    if (member->node->parent < 0)
        lua_pushnil(L);
    else
        push_node(L, member->dim,
                  &codes->dims[member->dim].nodes[member->node->parent]);
}

static void field_icd10(lua_State *L, const struct member *member)
{
    lua_pushstring(L, member->node->icd10);
}

static void field_sex(lua_State *L, const struct member *member)
{
    lua_pushstring(L, member->node->sex);
}

static void field_zone(lua_State *L, const struct member *member)
{
    lua_pushboolean(L, member->node->zone);
}

static void field_total(lua_State *L, const struct member *member)
{
    lua_pushboolean(L, words_total(member->dim, member->node));
}

static void field_low(lua_State *L, const struct member *member)
{
    lua_pushinteger(L, member->node->low);
}

static void field_high(lua_State *L, const struct member *member)
{
    lua_pushinteger(L, member->node->high);
}

static const struct {
    const char *name;
    node_field *push;
} node_fields[] = {
    {"code", field_code},     {"level", field_level},
    {"label", field_label},   {"level_name", field_level_name},
    {"in_", field_in},        {"of_", field_of},
    {"parent", field_parent}, {"icd10", field_icd10},
    {"sex", field_sex},       {"zone", field_zone},
    {"total", field_total},   {"low", field_low},
    {"high", field_high},
};

static int l_index(lua_State *L)
{
    const struct member *member = check_node(L, 1);
    const char *name = luaL_checkstring(L, 2);
    const char *names[COUNT_OF(node_fields)];
    for (size_t f = 0; f < COUNT_OF(node_fields); f++) {
        names[f] = node_fields[f].name;
        if (text_same(names[f], name)) {
            node_fields[f].push(L, member);
            return 1;
        }
    }
    const char *near = near_name(name, names, COUNT_OF(names));
    return luaL_error(L, "a node has no '%s'%s%s", name,
                      near ? "; the nearest is " : "", near ? near : "");
}

/* --- behaviour ------------------------------------------------------------ */

static int l_equal(lua_State *L)
{
    const struct member *a = test_node(L, 1), *b = test_node(L, 2);
    lua_pushboolean(L, a && b && a->node == b->node);
    return 1;
}

static int l_text(lua_State *L)
{
    field_label(L, check_node(L, 1));
    return 1;
}

void register_nodes(lua_State *L)
{
    static const luaL_Reg none[] = {{NULL, NULL}};
    object_register(L, OBJECT_NODE, none, l_index);
    luaL_getmetatable(L, OBJECT_NODE);
    lua_pushcfunction(L, l_equal);
    lua_setfield(L, -2, "__eq");
    lua_pushcfunction(L, l_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
}
