/* SPDX-License-Identifier: EUPL-1.2 */
#include <lauxlib.h>
#include <string.h>

#include "base/fs.h"
#include "format/format.h"
#include "script/definition.h"
#include "script/field.h"
#include "script/ladder.h"
#include "script/script.h"
#include "script/statistic.h"

static const char *const table_fields[] = {
    "id",   "title",    "measure",   "person_years", "territory",
    "site", "sex",      "age",       "period",       "stratum",
    "note", "values",   "open_data", "ladder",       "protection",
    "base", "variance", "optional",  NULL,
};
static const char *const value_fields[] = {
    "kind", "standard", "given", "of", "interval", "by_sex", "decimals", NULL,
};

/* What one definition file asked for. */
struct definition {
    struct arena *run;
    const char *path;
    struct plan_report report;
    const char **uses; /* reports whose tables its pages read */
    size_t use_count;
    struct plan_table *tables;
    size_t table_count, table_capacity;
    struct plan_statistic *statistics;
    size_t statistic_count, statistic_capacity;
    bool wanted;
};

struct planning {
    struct arena *run;
    const struct project *project;
    struct definition *definitions;
    size_t count;
    struct plan *plan;
};

/* --- values --------------------------------------------------------------- */

static enum value_kind read_kind(lua_State *L, const char *name)
{
    for (size_t kind = 0; kind < VALUE_KINDS; kind++) {
        if (text_same(value_kinds[kind], name))
            return (enum value_kind)kind;
    }
    const char *near = near_name(name, value_kinds, VALUE_KINDS);
    if (near)
        field_fail(L, "values",
                   "values: unknown kind '%s'; the nearest is "
                   "'%s'",
                   name, near);
    field_fail(L, "values", "values: unknown kind '%s'; known are: %s", name,
               text_join(sandbox_arena(L), value_kinds, VALUE_KINDS, ", "));
}

static int usual_decimals(enum value_kind kind)
{
    bool whole = kind == VALUE_COUNT || kind == VALUE_PERSON_YEARS ||
                 kind == VALUE_GRADE;
    return whole ? 0 : 1;
}

/* The value at the top of the stack, popped: a kind's name or a table. */
static void read_value(lua_State *L, struct plan_value *value)
{
    value->standard = value->given = "";
    if (lua_type(L, -1) == LUA_TSTRING) {
        value->kind = read_kind(L, field_take_text(L, "values"));
        value->decimals = usual_decimals(value->kind);
        return;
    }
    field_table(L, -1, "values");
    field_known(L, -1, "values", value_fields, false);
    value->kind = read_kind(L, field_text(L, -1, "kind", NULL));
    value->standard = field_text(L, -1, "standard", "");
    value->given = field_text(L, -1, "given", "");
    const char *of = field_text(L, -1, "of", "");
    if (of[0] != '\0' && !dim_parse(of, &value->of))
        field_fail(L, "of", "of: '%s': expected a dimension, such as 'sex'",
                   of);
    if (value->kind == VALUE_SHARE && of[0] == '\0')
        field_fail(L, "of", "of: a share needs the dimension it is a share of");
    value->interval = field_bool(L, -1, "interval", false);
    value->by_sex = field_bool(L, -1, "by_sex", false);
    value->decimals =
        (int)field_integer(L, -1, "decimals", usual_decimals(value->kind));
    lua_pop(L, 1);
}

static void read_values(lua_State *L, int fields, struct arena *run,
                        struct plan_table *table)
{
    static const char *const none[] = {NULL};
    int type = lua_getfield(L, fields, "values");
    if (type == LUA_TSTRING) {
        table->values = arena_array(run, 1, sizeof *table->values);
        table->value_count = 1;
        read_value(L, table->values);
        return;
    }
    field_table(L, -1, "values");
    field_known(L, -1, "values", none, true);
    table->value_count = lua_rawlen(L, -1);
    table->values = arena_array(run, table->value_count, sizeof *table->values);
    for (size_t v = 0; v < table->value_count; v++) {
        lua_rawgeti(L, -1, (lua_Integer)v + 1);
        read_value(L, &table->values[v]);
    }
    lua_pop(L, 1);
}

/* --- tables --------------------------------------------------------------- */

static void read_selections(lua_State *L, int fields, struct plan_table *table)
{
    for (size_t dim = 0; dim < DIM_COUNT; dim++) {
        struct selection *selection = &table->select[dim];
        selection->count =
            field_list(L, fields, dim_name((enum dim)dim), &selection->words);
    }
}

static struct plan_table *add_table(lua_State *L, struct definition *definition)
{
    sandbox_charge(L, sizeof *definition->tables);
    definition->tables =
        arena_grow(definition->run, definition->tables, definition->table_count,
                   &definition->table_capacity, sizeof *definition->tables);
    struct plan_table *table = &definition->tables[definition->table_count++];
    *table = (struct plan_table){.report = definition->report.id};
    return table;
}

/* A number that plan_check judges; a large one must fit. */
static int read_small(lua_State *L, int fields, const char *field, int most)
{
    lua_Integer number = field_integer(L, fields, field, 0);
    if (number < 0)
        return -1;
    return number > most ? most + 1 : (int)number;
}

/* The base of a rounding, the variance of a noise; neither for suppression. */
static void read_protection(lua_State *L, int fields, struct plan_table *table)
{
    const char *name = field_text(L, fields, "protection", "suppress");
    bool rounding = text_same(name, "rounding");
    bool noise = text_same(name, "cellkey");
    table->base = read_small(L, fields, "base", PLAN_BASE_MOST);
    table->variance = read_small(L, fields, "variance", PLAN_VARIANCE_MOST);
    if (rounding && table->base < PLAN_BASE_LEAST)
        field_fail(L, "base",
                   "base: a rounding needs one, such as 5: the threshold of "
                   "the policy less 1, or more");
    if (noise && table->variance < 1)
        field_fail(L, "variance",
                   "variance: cell keys need one, such as 5 for a threshold "
                   "of 5, 30 for one of 11");
    if (!rounding && table->base != 0)
        field_fail(L, "base", "base: only goes with protection = 'rounding'");
    if (!noise && table->variance != 0)
        field_fail(L, "variance",
                   "variance: only goes with protection = 'cellkey'");
    if (!rounding && !noise && !text_same(name, "suppress"))
        field_fail(L, "protection",
                   "protection: '%s': expected 'suppress', 'rounding' or "
                   "'cellkey'",
                   name);
}

/* p.table{id=, measure=, ...}: declares one table of the release. */
static int l_table(lua_State *L)
{
    struct definition *definition = sandbox_context(L);
    int fields = lua_gettop(L); /* p.table{} and p:table{} are the same */
    field_table(L, fields, "table");
    field_known(L, fields, "table", table_fields, false);
    struct plan_table *table = add_table(L, definition);
    const char *id = field_text(L, fields, "id", NULL);
    table->id =
        arena_format(definition->run, "%s.%s", definition->report.id, id);
    field_texts(L, fields, "title", table->title);
    field_texts(L, fields, "note", table->note);
    table->measure = field_text(L, fields, "measure", NULL);
    table->person_years = field_text(L, fields, "person_years", "");
    table->open_data = field_bool(L, fields, "open_data", false);
    table->optional = field_bool(L, fields, "optional", false);
    read_selections(L, fields, table);
    read_values(L, fields, definition->run, table);
    ladder_read(L, fields, definition->run, &table->ladder);
    read_protection(L, fields, table);
    return 0;
}

/* p.statistic{id=, from=, kind=, along=, value=, ...} */
static int l_statistic(lua_State *L)
{
    struct definition *definition = sandbox_context(L);
    sandbox_charge(L, sizeof *definition->statistics);
    definition->statistics = arena_grow(
        definition->run, definition->statistics, definition->statistic_count,
        &definition->statistic_capacity, sizeof *definition->statistics);
    struct plan_statistic statistic = {0};
    statistic_read(L, lua_gettop(L), definition->run, definition->report.id,
                   &statistic);
    definition->statistics[definition->statistic_count++] = statistic;
    return 0;
}

static int l_no_field(lua_State *L)
{
    return luaL_error(L, "plan: there is no '%s'; only 'table' and 'statistic'",
                      luaL_tolstring(L, 2, NULL));
}

/* The object that plan() gets. */
static void push_planner(lua_State *L)
{
    lua_newtable(L);
    lua_pushcfunction(L, l_table);
    lua_setfield(L, -2, "table");
    lua_pushcfunction(L, l_statistic);
    lua_setfield(L, -2, "statistic");
    lua_newtable(L);
    lua_pushcfunction(L, l_no_field);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* --- definitions ---------------------------------------------------------- */

static void check_formats(lua_State *L, const struct plan_report *report)
{
    for (size_t i = 0; i < report->format_count; i++) {
        if (format_find(report->formats[i]))
            continue;
        struct text known = text_new(sandbox_arena(L));
        for (size_t f = 0; formats[f] != NULL; f++)
            text_format(&known, "%s%s", f > 0 ? ", " : "", formats[f]->name);
        field_fail(L, "formats", "formats: unknown format '%s'; known are: %s",
                   report->formats[i], known.at);
    }
}

static int read_definition(lua_State *L)
{
    struct definition *definition = lua_touserdata(L, 1);
    struct plan_report *report = &definition->report;
    sandbox_set_context(L, definition);
    definition_push(L, definition->path);
    report->id = field_text(L, -1, "id", NULL);
    report->path = definition->path;
    field_texts(L, -1, "title", report->title);
    report->theme = field_path(L, -1, "theme", "");
    report->each.count = field_list(L, -1, "each", &report->each.words);
    report->format_count = field_list(L, -1, "formats", &report->formats);
    check_formats(L, report);
    definition->use_count = field_list(L, -1, "uses", &definition->uses);
    definition_push_function(L, "page"); /* a missing one is found here */
    lua_pop(L, 1);
    definition_push_function(L, "plan");
    push_planner(L);
    lua_call(L, 1, 0);
    return 0;
}

static bool check_there(const struct planning *planning, const char *path,
                        struct err *err)
{
    return fs_exists(
               fs_join(planning->run, planning->project->directory, path)) ||
           err_fail(err, ERR_SCRIPT, "plan.definition",
                    "panorama.lua: reports: '%s': there is no such file in "
                    "the project",
                    path);
}

static bool read_definitions(struct planning *planning, struct err *err)
{
    const struct project *project = planning->project;
    planning->count = project->report_count;
    planning->definitions = arena_array(planning->run, planning->count,
                                        sizeof *planning->definitions);
    for (size_t d = 0; d < planning->count; d++) {
        struct definition *definition = &planning->definitions[d];
        *definition = (struct definition){.run = planning->run,
                                          .path = project->reports[d]};
        struct sandbox *sandbox = sandbox_open(
            planning->run, &sandbox_plan_limits, project->directory);
        bool ok = check_there(planning, definition->path, err) &&
                  sandbox_run(sandbox, read_definition, definition, err);
        sandbox_close(sandbox);
        if (!ok)
            return false;
    }
    return true;
}

/* Where standard populations go. */
struct standards {
    struct arena *run;
    struct standard **list;
    size_t *count;
};

static int read_standards(lua_State *L)
{
    struct standards *standards = lua_touserdata(L, 1);
    definition_standards(L, standards->run, standards->list, standards->count);
    return 0;
}

bool script_standards(struct arena *run, const char *directory,
                      struct standard **out, size_t *count, struct err *err)
{
    struct standards standards = {run, out, count};
    struct sandbox *sandbox =
        sandbox_open(run, &sandbox_plan_limits, directory);
    bool ok = sandbox_run(sandbox, read_standards, &standards, err);
    sandbox_close(sandbox);
    return ok;
}

/* --- choosing reports ----------------------------------------------------- */

static struct definition *find(const struct planning *planning, const char *id)
{
    for (size_t d = 0; d < planning->count; d++) {
        if (text_same(planning->definitions[d].report.id, id))
            return &planning->definitions[d];
    }
    return NULL;
}

static bool fail_report(const struct planning *planning, const char *id,
                        enum err_code code, struct err *err)
{
    const char **names =
        arena_array(planning->run, planning->count, sizeof *names);
    for (size_t d = 0; d < planning->count; d++)
        names[d] = planning->definitions[d].report.id;
    const char *near = near_name(id, names, planning->count);
    if (near)
        return err_fail(err, code, "plan.report",
                        "no report '%s'; the nearest is '%s'", id, near);
    return err_fail(err, code, "plan.report",
                    "no report '%s' in panorama.lua; its reports are: %s", id,
                    text_join(planning->run, names, planning->count, ", "));
}

/* A report comes with those whose tables it uses, and theirs. */
static bool want(struct planning *planning, struct definition *definition,
                 struct err *err)
{
    if (definition->wanted)
        return true;
    definition->wanted = true;
    for (size_t u = 0; u < definition->use_count; u++) {
        struct definition *used = find(planning, definition->uses[u]);
        if (!used) {
            fail_report(planning, definition->uses[u], ERR_SCRIPT, err);
            return err_wrap(err, "%s: uses", definition->path);
        }
        if (!want(planning, used, err))
            return false;
    }
    return true;
}

static bool choose(struct planning *planning, const char *const *only,
                   size_t only_count, struct err *err)
{
    for (size_t o = 0; o < only_count; o++) {
        struct definition *definition = find(planning, only[o]);
        if (!definition)
            return fail_report(planning, only[o], ERR_USAGE, err);
        if (!want(planning, definition, err))
            return false;
    }
    for (size_t d = 0; only_count == 0 && d < planning->count; d++) {
        if (!want(planning, &planning->definitions[d], err))
            return false;
    }
    return true;
}

static void gather(struct planning *planning)
{
    struct plan *plan = planning->plan;
    for (size_t d = 0; d < planning->count; d++) {
        const struct definition *definition = &planning->definitions[d];
        if (!definition->wanted)
            continue;
        plan->reports =
            arena_grow(planning->run, plan->reports, plan->report_count,
                       &plan->report_capacity, sizeof *plan->reports);
        plan->reports[plan->report_count++] = definition->report;
        for (size_t t = 0; t < definition->table_count; t++) {
            plan->tables =
                arena_grow(planning->run, plan->tables, plan->table_count,
                           &plan->table_capacity, sizeof *plan->tables);
            plan->tables[plan->table_count++] = definition->tables[t];
        }
        for (size_t s = 0; s < definition->statistic_count; s++) {
            plan->statistics = arena_grow(
                planning->run, plan->statistics, plan->statistic_count,
                &plan->statistic_capacity, sizeof *plan->statistics);
            plan->statistics[plan->statistic_count++] =
                definition->statistics[s];
        }
    }
}

/* A failed check gets the file of its report in front. */
static bool check(const struct planning *planning, struct err *err)
{
    if (plan_check(planning->plan, err))
        return true;
    for (size_t d = 0; d < planning->count; d++) {
        const struct definition *definition = &planning->definitions[d];
        const char *begin =
            arena_format(planning->run, "report '%s':", definition->report.id);
        if (text_starts(err->text, begin))
            return err_wrap(err, "%s", definition->path);
    }
    return false;
}

bool script_plan(struct arena *run, const struct project *project,
                 const char *const *only, size_t only_count, struct plan **out,
                 struct err *err)
{
    struct planning planning = {
        .run = run,
        .project = project,
        .plan = arena_alloc(run, sizeof *planning.plan),
    };
    if (!script_standards(run, project->directory, &planning.plan->standards,
                          &planning.plan->standard_count, err) ||
        !read_definitions(&planning, err) ||
        !choose(&planning, only, only_count, err))
        return false;
    gather(&planning);
    if (!check(&planning, err))
        return false;
    *out = planning.plan;
    return true;
}
