/* SPDX-License-Identifier: EUPL-1.2 */
/* plan_fixture.h - a project with one report, whose texts tests change one
 * word at a time. */
#ifndef PLAN_FIXTURE_H
#define PLAN_FIXTURE_H

#include "script_fixture.h"

static const char standards_lua[] =
    "return {{code = 'world', label = {fr = 'Monde', en = 'World'},\n"
    "source = 'essai', total = 100, bands = {{0, 49, 60}, {50, -1, 40}}}}";

static const char report_lua[] =
    "return {\n"
    "  id = 'profil',\n"
    "  title = {fr = 'Profil', en = 'Profile'},\n"
    "  each = {'level:region', 'level:departement'},\n"
    "  formats = {'pdf', 'xlsx'},\n"
    "  plan = function(p)\n"
    "    -- PLAN\n"
    "    p.table {\n"
    "      id = 'sites', title = {fr = 'Cas', en = 'Cases'},\n"
    "      measure = 'cases', person_years = 'population',\n"
    "      territory = 'all', site = 'every', sex = {'T', 'M', 'F'},\n"
    "      period = 'last:5', open_data = true,\n"
    "      values = {'count', {kind = 'crude_rate', interval = true},\n"
    "        {kind = 'standardised_rate', standard = 'world', decimals = 2},\n"
    "        {kind = 'share', of = 'site'}},\n"
    "    }\n"
    "  end,\n"
    "  page = function(doc) return {} end,\n"
    "}\n";

static inline bool read_project(struct script_fixture *fixture, const char *lua,
                                struct project **project)
{
    fixture->err = (struct err){0};
    script_file(fixture, "panorama.lua", lua);
    return script_project(fixture->arena, fixture->directory, project,
                          &fixture->err);
}

static inline void check_project_fails(const char *from, const char *to,
                                       const char *sentence)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua =
        changed(fixture.arena, PANORAMA_LUA(POLICY_LUA), from, to);
    CHECK(!read_project(&fixture, lua, &project));
    CHECK(project == NULL);
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture.err.text, sentence);
    script_fixture_end(&fixture);
}

static inline bool read_plan(struct script_fixture *fixture, const char *report,
                             const char *only, struct plan **plan)
{
    struct project *project = NULL;
    CHECK(read_project(fixture, PANORAMA_LUA(POLICY_LUA), &project));
    script_file(fixture, "report.lua", report);
    script_file(fixture, "lua-scripts/lib/standards.lua", standards_lua);
    return script_plan(fixture->arena, project, only ? &only : NULL,
                       only != NULL, plan, &fixture->err);
}

static inline void check_plan_fails(const char *from, const char *to,
                                    const char *sentence)
{
    struct script_fixture fixture = script_fixture();
    struct plan *plan = NULL;
    const char *report = changed(fixture.arena, report_lua, from, to);
    CHECK(!read_plan(&fixture, report, NULL, &plan));
    CHECK(plan == NULL);
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture.err.text, sentence);
    script_fixture_end(&fixture);
}

#endif
