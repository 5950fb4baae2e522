/* SPDX-License-Identifier: EUPL-1.2 */
/* panorama.lua and plan(): what is read, and what each mistake is told. */
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

/* Replaces `from`, which must occur, by `to`. */
static char *changed(struct arena *arena, const char *text, const char *from,
                     const char *to)
{
    const char *at = strstr(text, from);
    CHECK(at != NULL);
    return arena_format(arena, "%.*s%s%s", (int)(at - text), text, to,
                        at + strlen(from));
}

static bool read_project(struct script_fixture *fixture, const char *lua,
                         struct project **project)
{
    fixture->err = (struct err){0};
    script_file(fixture, "panorama.lua", lua);
    return script_project(fixture->arena, fixture->directory, project,
                          &fixture->err);
}

static void check_project_fails(const char *from, const char *to,
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

static bool read_plan(struct script_fixture *fixture, const char *report,
                      const char *only, struct plan **plan)
{
    struct project *project = NULL;
    CHECK(read_project(fixture, PANORAMA_LUA(POLICY_LUA), &project));
    script_file(fixture, "report.lua", report);
    script_file(fixture, "lua-scripts/lib/standards.lua", standards_lua);
    return script_plan(fixture->arena, project, only ? &only : NULL,
                       only != NULL, plan, &fixture->err);
}

static void check_plan_fails(const char *from, const char *to,
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

/* --- panorama.lua ------------------------------------------------------------
 */

TEST(a_configuration_is_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = changed(
        fixture.arena,
        PANORAMA_LUA(POLICY_LUA ", waivers = {{kind = 'standardised_rate',\n"
                                "reason = 'Arrondi', owner = 'Registre',\n"
                                "date = '2026-01-02'}},\n"
                                "reliability = {unreliable_under = 5}"),
        "policy =",
        "geo = {layout = 'france', alias = {{level = 'departement',\n"
        "code = '20', members = {'2A', '2B'}}}}, audience = 'authorised',\n"
        "ledger = '../ledger', key_file = 'inside.key', unrevised = {{measure "
        "= 'cases',\n"
        "periods = {'2010-2018', '2020'}, since = '2025-03-31'},\n"
        "{measure = 'deaths'}}, policy =");
    CHECK(read_project(&fixture, lua, &project));
    CHECK_TEXT(project->directory, fixture.directory);
    CHECK_TEXT(project->id, "essai");
    CHECK_TEXT(project->title[LANG_FR], "Essai");
    CHECK_TEXT(project->title[LANG_EN], "Trial");
    CHECK_TEXT(project->publisher, "Registre d’essai");
    CHECK_TEXT(project->date, "2026-02-04");
    CHECK_TEXT(project->licence, "etalab-2.0");
    CHECK_TEXT(project->contact, "contact@registre.example");
    CHECK_TEXT(project->key_file, "inside.key");
    CHECK(project->draft);
    CHECK_TEXT(project->store, "store.sqlite");
    CHECK_INT(project->lang_count, 2);
    CHECK_INT(project->langs[1], LANG_EN);
    CHECK_INT(project->report_count, 1);
    CHECK_TEXT(project->reports[0], "report.lua");
    CHECK_INT(project->policy.threshold, 11);
    CHECK_TEXT(project->policy.legal_basis[LANG_EN], "Law");
    CHECK_TEXT(project->policy.owner, "Registre d’essai");
    CHECK_TEXT(project->policy.date, "2026-01-01");
    CHECK_INT(project->policy.waiver_count, 1);
    CHECK_TEXT(project->policy.waivers[0].kind, "standardised_rate");
    CHECK_TEXT(project->policy.waivers[0].reason[LANG_EN], "Arrondi");
    CHECK_TEXT(project->policy.waivers[0].date, "2026-01-02");
    CHECK_INT(project->policy.unreliable_under, 5);
    CHECK_INT(project->policy.caution_under, 20);
    CHECK_TEXT(project->layout, "france");
    CHECK_INT(project->alias_count, 1);
    CHECK_TEXT(project->aliases[0].code, "20");
    CHECK_INT(project->aliases[0].member_count, 2);
    CHECK_TEXT(project->aliases[0].members[1], "2B");
    CHECK_INT(project->policy.audience, AUDIENCE_AUTHORISED);
    CHECK_TEXT(project->ledger, "../ledger");
    CHECK_INT(project->unrevised_count, 2);
    const struct unrevised *cases = &project->unrevised[0];
    CHECK_TEXT(cases->measure, "cases");
    CHECK_TEXT(cases->since, "2025-03-31");
    CHECK_INT(cases->period_count, 2);
    CHECK_INT(cases->periods[0].low, 2010);
    CHECK_INT(cases->periods[0].high, 2018);
    CHECK_INT(cases->periods[1].low, 2020);
    CHECK_INT(cases->periods[1].high, 2020);
    CHECK_TEXT(project->unrevised[1].measure, "deaths");
    CHECK_TEXT(project->unrevised[1].since, "");
    CHECK_INT(project->unrevised[1].period_count, 0);
    script_fixture_end(&fixture);
}

TEST(what_is_not_said_of_the_ledger_has_its_default)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    CHECK(read_project(&fixture, PANORAMA_LUA(POLICY_LUA), &project));
    CHECK_INT(project->policy.audience, AUDIENCE_PUBLIC);
    CHECK_TEXT(project->ledger, "ledger");
    CHECK_INT(project->unrevised_count, 0);
    script_fixture_end(&fixture);
}

TEST(a_declaration_that_means_nothing_is_refused)
{
    check_project_fails("draft =", "audience = 'all', draft =",
                        "panorama.lua:5: audience 'all': expected 'public', "
                        "'authorised' or 'internal'");
    check_project_fails("draft =",
                        "unrevised = {{measure = 'cases', periods = "
                        "{'2010 to 2012'}}}, draft =",
                        "panorama.lua:5: unrevised: period '2010 to 2012': "
                        "expected YYYY or YYYY-YYYY");
    check_project_fails("draft =",
                        "unrevised = {{measure = 'cases', years = '2010'}}, "
                        "draft =",
                        "panorama.lua:5: unrevised: unknown field 'years'; "
                        "known are: measure, periods, since");
}

TEST(a_missing_configuration_is_named)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    CHECK(!script_project(fixture.arena, fixture.directory, &project,
                          &fixture.err));
    CHECK_INT(fixture.err.code, ERR_SCRIPT);
    CHECK(strstr(fixture.err.text, "panorama.lua") != NULL);
    script_fixture_end(&fixture);
}

TEST(a_misspelt_field_of_the_configuration_gets_its_neighbour)
{
    check_project_fails("publisher =", "publisheur =",
                        "panorama.lua:3: the configuration: unknown field "
                        "'publisheur'; the nearest is 'publisher'");
    check_project_fails("threshold =", "treshold =",
                        "panorama.lua:7: policy: unknown field 'treshold'; "
                        "the nearest is 'threshold'");
    check_project_fails("draft =", "colour =",
                        "panorama.lua:5: the configuration: unknown field "
                        "'colour'; known are: id, title, publisher, date, "
                        "licence, contact, draft, store, languages, reports, "
                        "policy, geo, audience, ledger, unrevised, key_file");
}

TEST(a_field_of_the_wrong_kind_is_named)
{
    check_project_fails("id = 'essai'", "id = 5",
                        "panorama.lua:2: id: expected a text, found number");
    check_project_fails("'store.sqlite'", "nil",
                        "panorama.lua:5: store: expected a text, found "
                        "nothing");
    check_project_fails("draft = true", "draft = 'yes'",
                        "panorama.lua:5: draft: expected true or false, found "
                        "string");
    check_project_fails("{'report.lua'}", "{true}",
                        "panorama.lua:6: reports: expected a text, found "
                        "boolean");
    check_project_fails("'en'}", "'de'}",
                        "panorama.lua:5: languages: 'de': expected 'fr' or "
                        "'en'");
    check_project_fails("threshold = 11", "threshold = 10.5",
                        "panorama.lua:7: threshold: expected a whole number, "
                        "found number");
}

TEST(a_value_that_is_no_policy_is_refused)
{
    check_project_fails("threshold = 11", "threshold = 2",
                        "panorama.lua: policy: threshold: expected 3 or more");
    check_project_fails("id = 'essai'", "id = '../essai'",
                        "panorama.lua: id: expected letters a-z, digits and "
                        "'-'");
    check_project_fails("'report.lua'", "'../report.lua'",
                        "panorama.lua: reports: '../report.lua': expected a "
                        "path inside the project");
}

/* --- rules --------------------------------------------------------------- */

#define RULE_SIGNED "legal_basis = 'Loi', owner = 'DPO', date = '2026-01-03'"

/* panorama.lua with one more rule is refused with this sentence. */
static void check_rule_fails(const char *rule, const char *sentence)
{
    struct arena *arena = arena_new();
    const char *to = arena_format(arena, "threshold = 11, rules = {%s}", rule);
    check_project_fails("threshold = 11", to, sentence);
    arena_free(arena);
}

TEST(rules_are_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = changed(
        fixture.arena, PANORAMA_LUA(POLICY_LUA), "threshold = 11",
        "threshold = 11, rules = {\n"
        "{kind = 'threshold', measures = 'deaths', sources = {'CépiDc'},\n"
        " threshold = 5, audience = 'authorised', label = 'Décès', " RULE_SIGNED
        "},\n"
        "{kind = 'stricter', ages = {'band:0-14'}, threshold = 20,\n"
        " label = {fr = 'Enfants', en = 'Children'}, " RULE_SIGNED "},\n"
        "{kind = 'population_floor', population = 5000, " RULE_SIGNED "},\n"
        "{kind = 'must_show', " RULE_SIGNED ", cells = {\n"
        " {measures = 'cases', periods = 'last:5'},\n"
        " {measures = 'cases', periods = '2019', sexes = {'M', 'F'}}}}}");
    if (!read_project(&fixture, lua, &project))
        fail_msg("%s", fixture.err.text);
    const struct policy *policy = &project->policy;
    CHECK_INT(policy->audience, AUDIENCE_PUBLIC);
    CHECK_INT(policy->rule_count, 4);
    const struct policy_rule *rule = policy->rules;
    CHECK_INT(rule[0].kind, RULE_THRESHOLD);
    CHECK_INT(rule[0].threshold, 5);
    CHECK_INT(rule[0].audience, AUDIENCE_AUTHORISED);
    CHECK_TEXT(rule[0].cells->measures.words[0], "deaths");
    CHECK_TEXT(rule[0].cells->sources.words[0], "CépiDc");
    CHECK_TEXT(rule[0].label[LANG_FR], "Décès");
    CHECK_TEXT(rule[2].label[LANG_FR], "");
    CHECK_INT(rule[1].audience, AUDIENCE_ANY);
    CHECK_TEXT(rule[1].label[LANG_EN], "Children");
    CHECK_TEXT(rule[1].cells->select[DIM_AGE].words[0], "band:0-14");
    CHECK_TEXT(rule[1].legal_basis[LANG_EN], "Loi");
    CHECK_TEXT(rule[1].owner, "DPO");
    CHECK_TEXT(rule[1].date, "2026-01-03");
    CHECK_INT(rule[2].population, 5000);
    CHECK_INT(rule[3].cell_count, 2);
    CHECK_TEXT(rule[3].cells[1].select[DIM_SEX].words[1], "F");
    script_fixture_end(&fixture);
}

TEST(a_rule_that_is_none_is_named)
{
    check_rule_fails("5", "panorama.lua: rules: expected a table, found "
                          "number");
    check_rule_fails("{}", "panorama.lua: kind: expected a text, found "
                           "nothing");
    check_rule_fails("{kind = 'dominance'}",
                     "panorama.lua:7: rule 1: kind 'dominance': expected one "
                     "of threshold, population_floor, non_events, zeros, "
                     "structural_zeros, stricter, must_show, must_suppress");
    check_rule_fails("{kind = 'zeros', audience = 'all'}",
                     "panorama.lua:7: rule 1: audience 'all': expected "
                     "'public', 'authorised' or 'internal'");
    check_project_fails("policy =", "audience = 'all', policy =",
                        "panorama.lua:7: audience 'all': expected 'public', "
                        "'authorised' or 'internal'");
}

TEST(a_field_that_a_kind_does_not_have_is_named)
{
    check_rule_fails("{kind = 'zeros', populaton = 100}",
                     "panorama.lua:7: rule 1 (zeros): unknown field "
                     "'populaton'; the nearest is 'population'");
    check_rule_fails("{kind = 'zeros', treshold = 100}",
                     "panorama.lua:7: rule 1 (zeros): unknown field "
                     "'treshold'; known are: kind, label, audience, "
                     "legal_basis, owner, date, population, measures, "
                     "sources, territories, sites, sexes, ages, periods, "
                     "strata");
    check_rule_fails("{kind = 'must_show', ages = {}}",
                     "panorama.lua:7: rule 1 (must_show): unknown field "
                     "'ages'; known are: kind, label, audience, legal_basis, "
                     "owner, date, cells");
    check_rule_fails("{kind = 'must_show', cells = {{measure = 'cases'}}}",
                     "panorama.lua:7: cells: unknown field 'measure'; the "
                     "nearest is 'measures'");
    check_rule_fails("{kind = 'stricter', threshold = 'x'}",
                     "panorama.lua:7: threshold: expected a whole number, "
                     "found string");
}

TEST(a_rule_that_nobody_answers_for_is_refused)
{
    check_rule_fails("{kind = 'non_events', legal_basis = 'Loi',\n"
                     "date = '2026-01-03'}",
                     "panorama.lua: policy: rule 1 (non_events): owner: "
                     "expected a text, found none");
    check_rule_fails("{kind = 'non_events', legal_basis = 'Loi',\n"
                     "owner = 'DPO'}",
                     "panorama.lua: policy: rule 1 (non_events): date: "
                     "expected a date YYYY-MM-DD");
    check_rule_fails("{kind = 'non_events', owner = 'DPO',\n"
                     "date = '2026-01-03'}",
                     "panorama.lua: policy: rule 1 (non_events): legal_basis: "
                     "no text in language 'fr'");
    check_rule_fails("{kind = 'non_events', ages = '0-14', " RULE_SIGNED "}",
                     "panorama.lua: policy: rule 1 (non_events): ages: age "
                     "'0-14': expected 'T', 'each', 'band:0-14' or "
                     "'band:75+'");
}

/* --- plan()
 * -------------------------------------------------------------------- */

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
    check_plan_fails("formats =", "format =",
                     "report.lua:5: the definition: unknown field 'format'; "
                     "the nearest is 'formats'");
    check_plan_fails("of = 'site'", "of = 'sites'",
                     "report.lua:8: of: 'sites': expected a dimension, such "
                     "as 'sex'");
}

TEST(tables_of_a_release_are_suppressed_or_rounded)
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
                     "report.lua:8: protection: 'cellkey' is for single "
                     "tables, outside any release: panorama suppress --method "
                     "cellkey");
    check_plan_fails("measure =", "protection = 'blur', measure =",
                     "report.lua:8: protection: 'blur': expected 'suppress' or "
                     "'rounding'");
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
                     "values: no standard population 'word'");
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
                     "while true do p.table{id = ('x'):rep(1e6), "
                     "measure = 'm', title = 't', values = {}} end",
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
    CHECK(at->open_data);
    script_fixture_end(&fixture);
}

TEST(a_statistic_that_is_none_is_named)
{
    check_plan_fails("p.table", STATISTIC(TREND ", kind = 'anual_change'"),
                     "report.lua:8: kind: no statistic 'anual_change'; the "
                     "nearest is 'annual_change'");
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

RUN(CASE(rules_are_read_whole), CASE(a_rule_that_is_none_is_named),
    CASE(a_field_that_a_kind_does_not_have_is_named),
    CASE(a_rule_that_nobody_answers_for_is_refused),
    CASE(a_configuration_is_read_whole),
    CASE(what_is_not_said_of_the_ledger_has_its_default),
    CASE(a_declaration_that_means_nothing_is_refused),
    CASE(a_missing_configuration_is_named),
    CASE(a_misspelt_field_of_the_configuration_gets_its_neighbour),
    CASE(a_field_of_the_wrong_kind_is_named),
    CASE(a_value_that_is_no_policy_is_refused),
    CASE(a_definition_is_read_whole),
    CASE(a_misspelt_field_of_a_table_gets_its_neighbour),
    CASE(tables_of_a_release_are_suppressed_or_rounded),
    CASE(a_word_that_means_nothing_is_named_with_file_report_and_table),
    CASE(a_definition_without_its_functions_is_refused),
    CASE(plan_is_stopped_and_sees_no_number),
    CASE(a_ladder_is_read_step_by_step), CASE(a_ladder_that_is_none_is_named),
    CASE(a_statistic_is_read_whole), CASE(a_statistic_that_is_none_is_named),
    CASE(a_report_comes_with_those_it_uses))
