/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/project.h"
#include "script/field.h"
#include "script/ladder.h"

static const char *const ladder_fields[] = {"share", "steps", NULL};

/* The step at the top of the stack; `number` counts from 1. */
static void read_step(lua_State *L, size_t number, struct plan_step *step)
{
    const char *names[DIM_COUNT + 1] = {NULL};
    const char *what =
        arena_format(sandbox_arena(L), "ladder: step %zu", number);
    for (unsigned d = 0; d < DIM_COUNT; d++)
        names[d] = rule_field((enum dim)d);
    field_table(L, -1, what);
    field_known(L, -1, what, names, false);
    for (unsigned d = 0; d < DIM_COUNT; d++) {
        struct selection *selection = &step->select[d];
        selection->count = field_list(L, -1, names[d], &selection->words);
    }
}

static void read_steps(lua_State *L, struct arena *run,
                       struct plan_ladder *ladder)
{
    static const char *const none[] = {NULL};
    lua_getfield(L, -1, "steps");
    field_table(L, -1, "steps");
    field_known(L, -1, "steps", none, true);
    ladder->step_count = lua_rawlen(L, -1);
    if (ladder->step_count == 0)
        field_fail(L, "ladder", "ladder: steps: expected one or more");
    sandbox_charge(L, ladder->step_count * sizeof *ladder->steps);
    ladder->steps = arena_array(run, ladder->step_count, sizeof *ladder->steps);
    for (size_t s = 0; s < ladder->step_count; s++) {
        lua_rawgeti(L, -1, (lua_Integer)s + 1);
        read_step(L, s + 1, &ladder->steps[s]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

void ladder_read(lua_State *L, int fields, struct arena *run,
                 struct plan_ladder *ladder)
{
    if (lua_getfield(L, fields, "ladder") != LUA_TNIL) {
        field_table(L, -1, "ladder");
        field_known(L, -1, "ladder", ladder_fields, false);
        ladder->share = field_number(L, -1, "share", -1.0);
        read_steps(L, run, ladder);
    }
    lua_pop(L, 1);
}
