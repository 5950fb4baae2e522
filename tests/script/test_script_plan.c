/* SPDX-License-Identifier: EUPL-1.2 */
/* plan(): what is read, and what each mistake is told. */
#include "plan_fixture.h"

TEST(a_definition_is_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct plan *plan = NULL;
    if (!read_plan(&fixture, report_lua, NULL, &plan))
        CHECK_TEXT(fixture.err.text, "");
    CHECK_INT(plan->report_count, 1);
    CHECK_TEXT(plan->reports[0].id, "profil");
    CHECK_TEXT(plan->reports[0].path, "report.lua");
    CHECK_TEXT(plan->reports[0].title[LANG_EN], "Profile");
    CHECK_INT(plan->reports[0].each.count, 2);
    CHECK_INT(plan->reports[0].format_count, 2);
    CHECK_INT(plan->standard_count, 1);
    CHECK_INT(plan->standards[0].count, 2);
    CHECK_INT(plan->table_count, 1);
    const struct plan_table *table = &plan->tables[0];
    CHECK_TEXT(table->id, "profil.sites");
    CHECK_TEXT(table->report, "profil");
    CHECK_TEXT(table->title[LANG_FR], "Cas");
    CHECK_TEXT(table->note[LANG_FR], "");
    CHECK_TEXT(table->person_years, "population");
    CHECK_INT(table->select[DIM_SEX].count, 3);
    CHECK_TEXT(table->select[DIM_SEX].words[2], "F");
    CHECK_INT(table->select[DIM_AGE].count, 0);
    CHECK(table->open_data);
    CHECK_INT(table->value_count, 4);
    CHECK_INT(table->values[0].decimals, 0);
    CHECK(table->values[1].interval);
    CHECK_INT(table->values[1].decimals, 1);
    CHECK_TEXT(table->values[2].standard, "world");
    CHECK_INT(table->values[2].decimals, 2);
    CHECK_INT(table->values[3].of, DIM_SITE);
    script_fixture_end(&fixture);
}

TEST(a_misspelt_field_of_a_table_gets_its_neighbour)
{
    check_plan_fails("measure =", "mesure =",
                     "report.lua:8: table: unknown field 'mesure'; the nearest "
                     "is 'measure'");
    check_plan_fails("interval =", "intervall =",
                     "report.lua:8: values: unknown field 'intervall'; the "
                     "nearest is 'interval'");
    check_plan_fails("kind = 'crude_rate'", "kind = 'crude_rates'",
                     "report.lua:8: values: unknown kind 'crude_rates'; the "
                     "nearest is 'crude_rate'");
    check_plan_fails("p.table", "p.tabel",
                     "report.lua:8: plan: there is no 'tabel'; only 'table' "
                     "and 'statistic'");
    check_plan_fails("formats =", "theme = 'a/../../house.csv', formats =",
                     "report.lua:5: theme: 'a/../../house.csv': expected a "
                     "path inside the project");
    check_plan_fails("formats =", "format =",
                     "report.lua:5: the definition: unknown field 'format'; "
                     "the nearest is 'formats'");
    check_plan_fails("'xlsx'", "'xls'",
                     "report.lua:5: formats: unknown format 'xls'; known are: "
                     "pdf, xlsx, html, svg, png, figure_pdf, csv");
    check_plan_fails("of = 'site'", "of = 'sites'",
                     "report.lua:8: of: 'sites': expected a dimension, such "
                     "as 'sex'");
}

TEST(tables_of_a_release_are_suppressed_rounded_or_perturbed)
{
    check_plan_fails("measure =", "protection = 'rounding', measure =",
                     "report.lua:8: base: a rounding needs one, such as 5: the "
                     "threshold of the policy less 1, or more");
    check_plan_fails("measure =", "base = 5, measure =",
                     "report.lua:8: base: only goes with protection = "
                     "'rounding'");
    check_plan_fails(
        "measure =", "protection = 'rounding', base = 5000000000, measure =",
        "report.lua: report 'profil': table 'profil.sites': base: "
        "expected 2 to 1000");
    check_plan_fails("measure =", "protection = 'cellkey', measure =",
                     "report.lua:8: variance: cell keys need one, such as 5 "
                     "for a threshold of 5, 30 for one of 11");
    check_plan_fails("measure =", "variance = 5, measure =",
                     "report.lua:8: variance: only goes with protection = "
                     "'cellkey'");
    check_plan_fails("measure =", "variance = -5, measure =",
                     "report.lua:8: variance: only goes with protection = "
                     "'cellkey'");
    check_plan_fails(
        "measure =", "protection = 'cellkey', variance = 5000000000, measure =",
        "report.lua: report 'profil': table 'profil.sites': variance: "
        "expected 1 to 400");
    check_plan_fails("measure =", "protection = 'blur', measure =",
                     "report.lua:8: protection: 'blur': expected 'suppress', "
                     "'rounding' or 'cellkey'");
    struct script_fixture fixture = script_fixture();
    struct plan *plan = NULL;
    const char *report =
        changed(fixture.arena, report_lua,
                "measure =", "protection = 'suppress', measure =");
    CHECK(read_plan(&fixture, report, NULL, &plan));
    script_fixture_end(&fixture);
}

TEST(a_word_that_means_nothing_is_named_with_file_report_and_table)
{
    check_plan_fails("{'T', 'M', 'F'}", "{'T', 'X'}",
                     "report.lua: report 'profil': table 'profil.sites': sex "
                     "'X': expected 'T', 'M' or 'F'");
    check_plan_fails("standard = 'world'", "standard = 'word'",
                     "report.lua: report 'profil': table 'profil.sites': "
                     "values: no standard population 'word'"
                     "; the nearest is 'world'");
}

TEST(a_definition_that_is_not_there_is_named_with_who_asks_for_it)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    struct plan *plan = NULL;
    CHECK(read_project(&fixture, PANORAMA_LUA(POLICY_LUA), &project));
    CHECK(!script_plan(fixture.arena, project, NULL, 0, &plan, &fixture.err));
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK_TEXT(fixture.err.text, "panorama.lua: reports: 'report.lua': there "
                                 "is no such file in the project");
    script_fixture_end(&fixture);
}

TEST(a_definition_in_another_encoding_is_refused_with_its_line)
{
    check_plan_fails("  page = ", "  -- \n  -- \xE9\n  page = ",
                     "report.lua:19: the file is not UTF-8 text");
}

TEST(a_definition_without_its_functions_is_refused)
{
    check_plan_fails("page = function(doc) return {} end,", "",
                     "report.lua: page: expected a function, found nothing");
    check_plan_fails("return {\n", "local t = {\n",
                     "report.lua: the definition: expected a table, found "
                     "nil");
}

TEST(plan_is_stopped_and_sees_no_number)
{
    check_plan_fails("-- PLAN", "while true do end",
                     "report.lua:7: the script was stopped after 200 million "
                     "instructions: an endless loop?");
    check_plan_fails("-- PLAN", "print(doc)",
                     "report.lua:7: there is no 'doc' here");
    check_plan_fails("-- PLAN",
                     "local i = 0 while true do i = i + 1 p.table{id = 'x' .. "
                     "i, measure = 'm', title = ('x '):rep(5e5), values = {}} "
                     "end",
                     "report.lua:7: the script needs more memory than its 64 "
                     "MiB");
}

#define LADDER(steps) "period = 'last:5', ladder = {" steps "}, open_data"

TEST(a_ladder_is_read_step_by_step)
{
    struct script_fixture fixture = script_fixture();
    struct plan *plan = NULL;
    const char *report = changed(
        fixture.arena, report_lua, "period = 'last:5', open_data",
        LADDER("share = 0.1, steps = {{periods = 'pool:3'},"
               "{ages = 'broad', territories = {'level:region', 'root'}}}"));
    CHECK(read_plan(&fixture, report, NULL, &plan));
    const struct plan_ladder *ladder = &plan->tables[0].ladder;
    CHECK_NEAR(ladder->share, 0.1, 0.0);
    CHECK_INT(ladder->step_count, 2);
    CHECK_INT(ladder->steps[0].select[DIM_PERIOD].count, 1);
    CHECK_TEXT(ladder->steps[0].select[DIM_PERIOD].words[0], "pool:3");
    CHECK_INT(ladder->steps[0].select[DIM_AGE].count, 0);
    CHECK_TEXT(ladder->steps[1].select[DIM_AGE].words[0], "broad");
    CHECK_TEXT(ladder->steps[1].select[DIM_TERRITORY].words[1], "root");
    script_fixture_end(&fixture);
}

TEST(a_ladder_that_is_none_is_named)
{
    static const struct {
        const char *ladder, *want;
    } cases[] = {
        {LADDER("share = 0.1, step = {}"),
         "report.lua:8: ladder: unknown field 'step'; the nearest is 'steps'"},
        {LADDER("share = 0.1, steps = {}"),
         "report.lua:8: ladder: steps: expected one or more"},
        {LADDER("share = 0.1, steps = {{period = 'pool:3'}}"),
         "report.lua:8: ladder: step 1: unknown field 'period'; the nearest "
         "is 'periods'"},
        {LADDER("share = 0.1"),
         "report.lua:8: steps: expected a table, found nil"},
        {LADDER("steps = {{periods = 'pool:3'}}"),
         "report.lua: report 'profil': table 'profil.sites': ladder: share: "
         "expected a number from 0 to less than 1"},
        {LADDER("share = 0.1, steps = {{periods = 'pool:3'}, {ages = 'wide'}}"),
         "report.lua: report 'profil': table 'profil.sites': ladder: step 2: "
         "age 'wide': expected 'T', 'each', 'band:0-14' or 'band:75+'"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        check_plan_fails("period = 'last:5', open_data", cases[i].ladder,
                         cases[i].want);
    check_plan_fails("period = 'last:5', open_data",
                     "period = 'pool:3', open_data",
                     "report.lua: report 'profil': table 'profil.sites': "
                     "period 'pool:3': expected '2019', '2019-2023', "
                     "'each:2004-2023', 'last:5', 'each:last:20' or 'all'");
}

/* A statistic before the table it is made from. */
#define STATISTIC(fields) "p.statistic {" fields "}\n    p.table"
#define TREND                                                                  \
    "id = 'trend', title = {fr = 'Tendance', en = 'Trend'}, from = 'sites', "  \
    "along = 'period', value = 'crude_rate'"

TEST(a_statistic_is_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct plan *plan = NULL;
    const char *report =
        changed(fixture.arena, report_lua, "p.table",
                STATISTIC(TREND ", kind = 'annual_change', open_data = true"));
    CHECK(read_plan(&fixture, report, NULL, &plan));
    CHECK_INT(plan->statistic_count, 1);
    const struct plan_statistic *at = &plan->statistics[0];
    CHECK_TEXT(at->report, "profil");
    CHECK_TEXT(at->id, "profil.trend");
    CHECK_TEXT(at->from, "profil.sites");
    CHECK_TEXT(at->title[LANG_EN], "Trend");
    CHECK_TEXT(at->note[LANG_FR], "");
    CHECK_INT(at->kind, STATISTIC_ANNUAL_CHANGE);
    CHECK_INT(at->along, DIM_PERIOD);
    CHECK_INT(at->decimals, 1);
    CHECK_INT(at->choice, JOINPOINT_WBIC);
    CHECK(at->open_data);
    report = changed(
        fixture.arena, report_lua, "p.table",
        STATISTIC(TREND ", kind = 'joinpoint', choice = 'permutation'"));
    CHECK(read_plan(&fixture, report, NULL, &plan));
    CHECK_INT(plan->statistics[0].choice, JOINPOINT_PERMUTATION);
    script_fixture_end(&fixture);
}

TEST(a_statistic_that_is_none_is_named)
{
    check_plan_fails("p.table", STATISTIC(TREND ", kind = 'anual_change'"),
                     "report.lua:8: kind: no statistic 'anual_change'; the "
                     "nearest is 'annual_change'");
    check_plan_fails("p.table",
                     STATISTIC(TREND ", kind = 'joinpoint', choice = 'aic'"),
                     "report.lua:8: choice: 'aic': expected permutation, bic, "
                     "bic3, wbic");
    check_plan_fails(
        "p.table", STATISTIC(TREND ", kind = 'annual_change', choice = 'bic'"),
        "report.lua:8: choice: 'annual_change' has no joins to choose");
    check_plan_fails("p.table", STATISTIC(TREND ", kind = 'x', form = 3"),
                     "report.lua:8: statistic: unknown field 'form'; the "
                     "nearest is 'from'");
    check_plan_fails("p.table",
                     STATISTIC("id = 'x', from = 'sites', kind = "
                               "'rank', along = 'years'"),
                     "report.lua:8: along: 'years': expected a dimension, "
                     "such as 'period'");
    check_plan_fails("p.table",
                     STATISTIC(TREND ", kind = 'rank', "
                                     "reference = '84'"),
                     "report.lua: report 'profil': statistic 'profil.trend': "
                     "reference: 'rank' has none");
}

TEST(a_report_comes_with_those_it_uses)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    struct plan *plan = NULL;
    const char *lua =
        changed(fixture.arena, PANORAMA_LUA(POLICY_LUA), "{'report.lua'}",
                "{'report.lua', 'second.lua', 'third.lua'}");
    CHECK(read_project(&fixture, lua, &project));
    script_file(&fixture, "report.lua", report_lua);
    script_file(&fixture, "lua-scripts/lib/standards.lua", standards_lua);
    script_file(&fixture, "second.lua",
                changed(fixture.arena, report_lua, "'profil'", "'second'"));
    script_file(&fixture, "third.lua",
                changed(fixture.arena, report_lua, "'profil'",
                        "'third', uses = {'profil'}"));
    const char *only = "third";
    CHECK(script_plan(fixture.arena, project, &only, 1, &plan, &fixture.err));
    CHECK_INT(plan->report_count, 2);
    CHECK_TEXT(plan->reports[0].id, "profil");
    CHECK_TEXT(plan->tables[1].id, "third.sites");

    only = "thrid";
    CHECK(!script_plan(fixture.arena, project, &only, 1, &plan, &fixture.err));
    CHECK_INT(fixture.err.code, ERR_USAGE);
    CHECK_TEXT(fixture.err.text, "no report 'thrid'; the nearest is 'third'");
    script_fixture_end(&fixture);
}

TEST(a_standard_has_ages_in_whole_years)
{
    static const struct {
        const char *from, *to, *want;
    } cases[] = {
        {"49", "49.5", "bands: expected ages in whole years, at most 150, or "},
        {"{0,", "{1e300,", "bands: expected ages in whole years"},
        {"{0,", "{-2,", "bands: expected ages in whole years"},
        {"{0,", "{'0',", "bands: expected {first age, last age, weight}"},
        {"60}", "1/0}", "bands: expected a number of at most 1e15, found inf"},
        {"100", "-1e300", "total: expected a number of at most 1e15"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct script_fixture fixture = script_fixture();
        struct project *project = NULL;
        struct plan *plan = NULL;
        CHECK(read_project(&fixture, PANORAMA_LUA(POLICY_LUA), &project));
        script_file(&fixture, "report.lua", report_lua);
        script_file(
            &fixture, "lua-scripts/lib/standards.lua",
            changed(fixture.arena, standards_lua, cases[i].from, cases[i].to));
        CHECK(
            !script_plan(fixture.arena, project, NULL, 0, &plan, &fixture.err));
        CHECK_INT(fixture.err.code, ERR_SCRIPT);
        CHECK(strstr(fixture.err.text, "standards.lua:") != NULL);
        CHECK(strstr(fixture.err.text, cases[i].want) != NULL);
        script_fixture_end(&fixture);
    }
}

RUN(CASE(a_definition_is_read_whole),
    CASE(a_misspelt_field_of_a_table_gets_its_neighbour),
    CASE(tables_of_a_release_are_suppressed_rounded_or_perturbed),
    CASE(a_word_that_means_nothing_is_named_with_file_report_and_table),
    CASE(a_definition_that_is_not_there_is_named_with_who_asks_for_it),
    CASE(a_definition_in_another_encoding_is_refused_with_its_line),
    CASE(a_definition_without_its_functions_is_refused),
    CASE(plan_is_stopped_and_sees_no_number),
    CASE(a_ladder_is_read_step_by_step), CASE(a_ladder_that_is_none_is_named),
    CASE(a_statistic_is_read_whole), CASE(a_statistic_that_is_none_is_named),
    CASE(a_report_comes_with_those_it_uses),
    CASE(a_standard_has_ages_in_whole_years))
