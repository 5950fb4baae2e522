/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>

#include "base/csv.h"
#include "base/fs.h"
#include "script/call_lua.h"
#include "script/script.h"

struct evaluation {
    struct arena *arena;
    const char *path;
    const struct script_data *data;
    size_t data_count;
    const struct script_group *const *groups; /* ends with NULL */
    struct text *out;
    struct csv *csv; /* open while rows are read, so that an error closes it */
};

static void push_functions(lua_State *L, const struct evaluation *evaluation)
{
    lua_newtable(L);
    for (size_t g = 0; evaluation->groups[g] != NULL; g++) {
        const struct script_group *group = evaluation->groups[g];
        for (size_t f = 0; f < group->count; f++) {
            call_push(L, &group->functions[f]);
            lua_setfield(L, -2, group->functions[f].name);
        }
    }
    lua_setglobal(L, "stats");
}

/* --- data
 * -------------------------------------------------------------------------- */

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

static int evaluate(lua_State *L)
{
    struct evaluation *evaluation = lua_touserdata(L, 1);
    sandbox_print_to(L, evaluation->out);
    push_functions(L, evaluation);
    for (size_t d = 0; d < evaluation->data_count; d++) {
        push_rows(L, evaluation, evaluation->data[d].path);
        lua_setglobal(L, evaluation->data[d].name);
    }
    sandbox_load(L, evaluation->path);
    lua_call(L, 0, 0);
    return 0;
}

bool script_eval(const char *path, const struct script_data *data,
                 size_t data_count, const struct script_group *const *groups,
                 struct text *out, struct err *err)
{
    struct evaluation evaluation = {
        .arena = arena_new(),
        .path = fs_name(path),
        .data = data,
        .data_count = data_count,
        .groups = groups,
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
