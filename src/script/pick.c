/* SPDX-License-Identifier: EUPL-1.2 */
/* Which cell is meant: what is said, and what need not be said. */
#include <lauxlib.h>
#include <string.h>

#include "script/field.h"
#include "script/page.h"

const char *const pick_names[] = {
    "territory", "site", "sex", "age", "period", "stratum", NULL,
};

const struct node *pick_at(const struct pick *pick, enum dim dim)
{
    return pub_axis_node(pick->table, dim, pick->place[dim]);
}

bool pick_node(struct pick *pick, enum dim dim, const struct node *node)
{
    int place = pub_axis_find(pick->table, dim, node->level, node->code);
    if (place < 0)
        return false;
    pick->place[dim] = (size_t)place;
    return true;
}

/* --- what need not be said ------------------------------------------------ */

static size_t usual_territory(lua_State *L, struct pick *pick)
{
    const struct node *place = page_of(L)->job->territory;
    if (place && pick_node(pick, DIM_TERRITORY, place))
        return pick->place[DIM_TERRITORY];
    size_t count = pub_axis_count(pick->table, DIM_TERRITORY);
    for (size_t p = 0; p < count; p++) {
        const struct node *node = pub_axis_node(pick->table, DIM_TERRITORY, p);
        if (node->parent < 0 && !node->zone)
            return p;
    }
    return 0;
}

static size_t usual_place(lua_State *L, struct pick *pick, enum dim dim)
{
    size_t count = pub_axis_count(pick->table, dim);
    if (count == 1)
        return 0;
    if (dim == DIM_TERRITORY)
        return usual_territory(L, pick);
    if (dim == DIM_PERIOD)
        return count - 1;
    for (size_t p = 0; p < count; p++) {
        if (words_total(dim, pub_axis_node(pick->table, dim, p)))
            return p;
    }
    return 0;
}

struct pick pick_usual(lua_State *L, const struct pub_table *table)
{
    struct pick pick = {.table = table};
    for (size_t dim = 0; dim < DIM_COUNT; dim++)
        pick.place[dim] = usual_place(L, &pick, (enum dim)dim);
    return pick;
}

/* --- what is said --------------------------------------------------------- */

static _Noreturn void fail_code(lua_State *L, const struct pick *pick,
                                enum dim dim, const char *code)
{
    size_t count = pub_axis_count(pick->table, dim);
    sandbox_charge(L, count * sizeof(char *));
    const char **names = arena_array(sandbox_arena(L), count, sizeof *names);
    for (size_t p = 0; p < count; p++)
        names[p] = pub_axis_node(pick->table, dim, p)->code;
    const char *near = near_name(code, names, count);
    if (near)
        field_fail(L, dim_name(dim),
                   "%s '%s': table '%s' has no such %s; the "
                   "nearest is '%s'",
                   dim_name(dim), code, pub_id(pick->table), dim_name(dim),
                   near);
    field_fail(L, dim_name(dim), "%s '%s': table '%s' has no such %s",
               dim_name(dim), code, pub_id(pick->table), dim_name(dim));
}

/* Codes are unique within a level only: "region/84", or "84" when one level of
 * the axis has it. */
static int find_territory(lua_State *L, const struct pub_table *table,
                          const char *code)
{
    const char *slash = strchr(code, '/');
    if (slash) {
        const char *level =
            arena_slice(sandbox_arena(L), code, (size_t)(slash - code));
        return pub_axis_find(table, DIM_TERRITORY, level, slash + 1);
    }
    int found = -1;
    for (size_t p = 0; p < pub_axis_count(table, DIM_TERRITORY); p++) {
        const struct node *node = pub_axis_node(table, DIM_TERRITORY, p);
        bool root = text_same(code, "root") && node->parent < 0 && !node->zone;
        if (!root && !text_same(node->code, code))
            continue;
        if (found >= 0)
            field_fail(L, "territory",
                       "territory '%s' is ambiguous: say "
                       "LEVEL/CODE",
                       code);
        found = (int)p;
    }
    return found;
}

static void pick_code(lua_State *L, struct pick *pick, enum dim dim,
                      const char *code)
{
    int place = dim == DIM_TERRITORY
                    ? find_territory(L, pick->table, code)
                    : pub_axis_find(pick->table, dim, NULL, code);
    if (place < 0)
        fail_code(L, pick, dim, code);
    pick->place[dim] = (size_t)place;
}

void pick_fields(lua_State *L, int fields, struct pick *pick)
{
    for (size_t d = 0; d < DIM_COUNT; d++) {
        enum dim dim = (enum dim)d;
        if (lua_getfield(L, fields, pick_names[d]) != LUA_TNIL) {
            const struct member *member = test_node(L, -1);
            if (!member)
                pick_code(L, pick, dim,
                          words_value(L, lua_gettop(L), pick_names[d]));
            else if (member->dim != dim || !pick_node(pick, dim, member->node))
                fail_code(L, pick, dim, member->node->code);
        }
        lua_pop(L, 1);
    }
}

size_t pick_column(lua_State *L, const struct pub_table *table,
                   const char *name)
{
    int column = pub_find_column(table, name);
    if (column >= 0)
        return (size_t)column;
    size_t count = pub_columns(table);
    const char **names = arena_array(sandbox_arena(L), count, sizeof *names);
    for (size_t c = 0; c < count; c++)
        names[c] = pub_column(table, c)->id;
    const char *near = near_name(name, names, count);
    if (near)
        field_fail(L, "column",
                   "column '%s': table '%s' has no such column; "
                   "the nearest is '%s'",
                   name, pub_id(table), near);
    field_fail(L, "column", "column '%s': table '%s' has: %s", name,
               pub_id(table), text_join(sandbox_arena(L), names, count, ", "));
}
