/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>
#include <math.h>

#include "base/csv.h"
#include "base/fs.h"
#include "script/field.h"
#include "script/script.h"

enum {
    RESULTS_MOST = 16,
};

struct evaluation {
    struct arena *arena;
    const char *path;
    const struct script_data *data;
    size_t data_count;
    const struct script_function *functions;
    size_t function_count;
    struct text *out;
    struct csv *csv; /* open while rows are read, so that an error closes it */
};

/* --- stats.NAME(...) ---------------------------------------------------------
 */

/* One argument as an array: a list of numbers, or a number as list of one. */
static const double *take_array(lua_State *L, int argument, size_t *size)
{
    bool list = lua_istable(L, argument);
    *size = list ? lua_rawlen(L, argument) : 1;
    double *array = lua_newuserdatauv(L, (*size + 1) * sizeof *array, 0);
    for (size_t i = 0; i < *size; i++) {
        if (list)
            lua_geti(L, argument, (lua_Integer)i + 1);
        else
            lua_pushvalue(L, argument);
        int number = 0;
        array[i] = lua_tonumberx(L, -1, &number);
        if (!number || !isfinite(array[i]))
            luaL_error(L,
                       "argument %d: expected a number or a list of "
                       "numbers, found %s at place %d",
                       argument, luaL_typename(L, -1), (int)i + 1);
        lua_pop(L, 1);
    }
    return array;
}

/* The kernels take arrays; their results come back one by one. */
static int l_stat(lua_State *L)
{
    const struct script_function *function =
        lua_touserdata(L, lua_upvalueindex(1));
    int count = lua_gettop(L);
    luaL_checkstack(L, count + RESULTS_MOST + 4, NULL);
    size_t room = (size_t)count + 1;
    const double **arrays = lua_newuserdatauv(L, room * sizeof *arrays, 0);
    size_t *sizes = lua_newuserdatauv(L, room * sizeof *sizes, 0);
    for (int a = 0; a < count; a++)
        arrays[a] = take_array(L, a + 1, &sizes[a]);

    double results[RESULTS_MOST] = {0};
    size_t result_count = 0;
    const char *problem = "the arguments do not fit";
    bool ok = function->run((const double *const *)arrays, sizes, (size_t)count,
                            results, &result_count, &problem);
    if (!ok)
        return luaL_error(L, "stats.%s(%s): %s", function->name,
                          function->arguments, problem);
    assert(result_count <= RESULTS_MOST);
    for (size_t r = 0; r < result_count; r++)
        lua_pushnumber(L, results[r]);
    return (int)result_count;
}

static void push_functions(lua_State *L, const struct evaluation *evaluation)
{
    lua_newtable(L);
    for (size_t f = 0; f < evaluation->function_count; f++) {
        const struct script_function *function = &evaluation->functions[f];
        lua_pushlightuserdata(L, (void *)(uintptr_t)function);
        lua_pushcclosure(L, l_stat, 1);
        lua_setfield(L, -2, function->name);
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
                 size_t data_count, const struct script_function *functions,
                 size_t function_count, struct text *out, struct err *err)
{
    struct evaluation evaluation = {
        .arena = arena_new(),
        .path = fs_name(path),
        .data = data,
        .data_count = data_count,
        .functions = functions,
        .function_count = function_count,
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
