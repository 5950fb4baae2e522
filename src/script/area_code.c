/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/area_code.h"

static size_t names_of(lua_State *L, const struct area_codes *known,
                       const char ***out)
{
    size_t places = pub_axis_count(known->table, DIM_TERRITORY);
    size_t areas = known->geo ? known->geo->area_count : 0;
    size_t room = places + areas + known->alias_count;
    size_t count = 0;
    sandbox_charge(L, room * sizeof **out);
    const char **names = arena_array(sandbox_arena(L), room, sizeof *names);
    for (size_t p = 0; p < places; p++) {
        const struct node *node = pub_axis_node(known->table, DIM_TERRITORY, p);
        if (text_same(node->level, known->level))
            names[count++] = node->code;
    }
    for (size_t a = 0; a < areas; a++)
        names[count++] = known->geo->areas[a].code;
    for (size_t a = 0; a < known->alias_count; a++) {
        if (text_same(known->aliases[a].level, known->level))
            names[count++] = known->aliases[a].code;
    }
    *out = names;
    return count;
}

void area_code_check(lua_State *L, const struct area_codes *known,
                     const char *field, const char *code)
{
    struct err err = {0};
    const char **names = NULL;
    size_t count = names_of(L, known, &names);
    for (size_t n = 0; n < count; n++) {
        if (text_same(names[n], code))
            return;
    }
    err_fail(&err, ERR_SCRIPT, "map.code",
             "%s '%s': table '%s' has no such territory of the level '%s'",
             field, code, pub_id(known->table), known->level);
    (void)err_near(&err, code, names, count);
    sandbox_raise(L, &err);
}
