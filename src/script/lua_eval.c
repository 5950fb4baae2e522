/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>

#include "base/csv.h"
#include "base/fs.h"
#include "geo/geo.h"
#include "script/call_lua.h"
#include "script/script.h"

struct evaluation {
    struct arena *arena;
    const char *path;
    const struct script_data *data;
    size_t data_count;
    const struct script_group *const *groups; /* ends with NULL */
    int jobs;
    struct text *out;
    struct csv *csv; /* open while rows are read, so that an error closes it */
};

static void push_functions(lua_State *L, const struct evaluation *evaluation)
{
    lua_newtable(L);
    for (size_t g = 0; evaluation->groups[g] != NULL; g++) {
        const struct script_group *group = evaluation->groups[g];
        for (size_t f = 0; f < group->count; f++) {
            call_push(L, &group->functions[f], evaluation->jobs);
            lua_setfield(L, -2, group->functions[f].name);
        }
    }
    sandbox_names_only(L);
    lua_setglobal(L, "stats");
}

/* --- data ----------------------------------------------------------------- */

/* A list of rows: tables from column name to text. Codes stay text: "01". */
static void push_rows(lua_State *L, struct evaluation *evaluation,
                      const char *path)
{
    struct err err = {0};
    if (!csv_open(evaluation->arena, path, &evaluation->csv, &err))
        sandbox_raise(L, &err);
    struct csv *csv = evaluation->csv;
    int columns = (int)csv_columns(csv);
    bool more = false;
    lua_newtable(L);
    for (lua_Integer row = 1;; row++) {
        if (!csv_next(csv, &more, &err))
            sandbox_raise(L, &err);
        if (!more)
            break;
        lua_createtable(L, 0, columns);
        for (int c = 0; c < columns; c++) {
            lua_pushstring(L, csv_field(csv, (size_t)c));
            lua_setfield(L, -2, csv_column_name(csv, (size_t)c));
        }
        lua_rawseti(L, -2, row);
    }
    csv_close(csv);
    evaluation->csv = NULL;
}

/* {codes = {...}, place = {[code] = number}, neighbours = {{...}, ...}}, areas
 * numbered from 1. */
static void push_neighbours(lua_State *L, const struct geo_neighbours *from)
{
    lua_createtable(L, 0, 3);
    lua_createtable(L, (int)from->count, 0);
    lua_createtable(L, 0, (int)from->count);
    lua_createtable(L, (int)from->count, 0);
    for (size_t i = 0; i < from->count; i++) {
        lua_Integer place = (lua_Integer)i + 1;
        lua_pushstring(L, from->codes[i]);
        lua_rawseti(L, -4, place);
        lua_pushinteger(L, place);
        lua_setfield(L, -3, from->codes[i]);
        lua_createtable(L, (int)from->sizes[i], 0);
        for (size_t k = 0; k < from->sizes[i]; k++) {
            lua_pushinteger(L, (lua_Integer)from->lists[i][k] + 1);
            lua_rawseti(L, -2, (lua_Integer)k + 1);
        }
        lua_rawseti(L, -2, place);
    }
    lua_setfield(L, -4, "neighbours");
    lua_setfield(L, -3, "place");
    lua_setfield(L, -2, "codes");
}

static int evaluate(lua_State *L)
{
    struct evaluation *evaluation = lua_touserdata(L, 1);
    sandbox_print_to(L, evaluation->out);
    push_functions(L, evaluation);
    for (size_t d = 0; d < evaluation->data_count; d++) {
        const struct script_data *data = &evaluation->data[d];
        if (data->neighbours != NULL)
            push_neighbours(L, data->neighbours);
        else
            push_rows(L, evaluation, data->path);
        lua_setglobal(L, data->name);
    }
    sandbox_load(L, evaluation->path);
    lua_call(L, 0, 0);
    return 0;
}

bool script_eval(const char *path, const struct script_data *data,
                 size_t data_count, const struct script_group *const *groups,
                 int jobs, struct text *out, struct err *err)
{
    struct evaluation evaluation = {
        .arena = arena_new(),
        .path = fs_name(path),
        .data = data,
        .data_count = data_count,
        .groups = groups,
        .jobs = jobs,
        .out = out,
    };
    size_t parent = (size_t)(evaluation.path - path);
    const char *directory =
        parent == 0 ? "." : arena_slice(evaluation.arena, path, parent);
    struct sandbox *sandbox =
        sandbox_open(evaluation.arena, &sandbox_eval_limits, directory);
    bool ok = sandbox_run(sandbox, evaluate, &evaluation, err);
    csv_close(evaluation.csv);
    sandbox_close(sandbox);
    arena_free(evaluation.arena);
    return ok;
}
