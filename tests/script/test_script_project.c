/* SPDX-License-Identifier: EUPL-1.2 */
/* panorama.lua and its rules: what is read, and what each mistake is told. */
#include "plan_fixture.h"

/* --- panorama.lua --------------------------------------------------------- */

TEST(a_configuration_is_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    CHECK(read_project(&fixture, PANORAMA_LUA(POLICY_LUA), &project));
    CHECK_TEXT(project->directory, fixture.directory);
    CHECK_TEXT(project->id, "essai");
    CHECK_TEXT(project->title[LANG_FR], "Essai");
    CHECK_TEXT(project->title[LANG_EN], "Trial");
    CHECK_TEXT(project->publisher[LANG_FR], "Registre d’essai");
    CHECK_TEXT(project->publisher[LANG_EN], "Registre d’essai");
    CHECK_TEXT(project->date, "2026-02-04");
    CHECK_TEXT(project->licence[LANG_EN], "etalab-2.0");
    CHECK_TEXT(project->contact[LANG_EN], "contact@registre.example");
    CHECK_INT(project->frequency, FREQUENCY_UNSAID);
    CHECK_INT(project->state, STATE_DRAFT);
    CHECK_TEXT(project->theme, "");
    CHECK_TEXT(project->store, "store.sqlite");
    CHECK_INT(project->lang_count, 2);
    CHECK_INT(project->langs[1], LANG_EN);
    CHECK_INT(project->report_count, 1);
    CHECK_TEXT(project->reports[0], "report.lua");
    script_fixture_end(&fixture);
}

TEST(a_policy_is_read_whole)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = changed(
        fixture.arena,
        PANORAMA_LUA(POLICY_LUA ", waivers = {{kind = 'standardised_rate',\n"
                                "reason = 'Arrondi', owner = 'Registre',\n"
                                "date = '2026-01-02'}},\n"
                                "reliability = {unreliable_under = 5}"),
        "policy =", "audience = 'authorised', policy =");
    CHECK(read_project(&fixture, lua, &project));
    const struct policy *policy = &project->policy;
    CHECK_INT(policy->audience, AUDIENCE_AUTHORISED);
    CHECK_INT(policy->threshold, 11);
    CHECK_TEXT(policy->legal_basis[LANG_EN], "Law");
    CHECK_TEXT(policy->owner[LANG_EN], "Registre d’essai");
    CHECK_TEXT(policy->date, "2026-01-01");
    CHECK_INT(policy->waiver_count, 1);
    CHECK_TEXT(policy->waivers[0].kind, "standardised_rate");
    CHECK_TEXT(policy->waivers[0].reason[LANG_EN], "Arrondi");
    CHECK_TEXT(policy->waivers[0].owner[LANG_EN], "Registre");
    CHECK_TEXT(policy->waivers[0].date, "2026-01-02");
    CHECK_INT(policy->unreliable_under, 5);
    CHECK_INT(policy->caution_under, 20);
    script_fixture_end(&fixture);
}

TEST(boundaries_and_files_of_a_project_are_read)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua =
        changed(fixture.arena, PANORAMA_LUA(POLICY_LUA), "policy =",
                "geo = {layout = 'france', alias = {{level = 'departement',\n"
                "code = '20', members = {'2A', '2B'}}}},\n"
                "pdf = {conformance = '3a', compact = true}, policy =");
    CHECK(read_project(&fixture, lua, &project));
    CHECK_TEXT(project->layout, "france");
    CHECK_INT(project->alias_count, 1);
    CHECK_TEXT(project->aliases[0].code, "20");
    CHECK_INT(project->aliases[0].member_count, 2);
    CHECK_TEXT(project->aliases[0].members[1], "2B");
    CHECK_INT(project->archive, ARCHIVE_3A);
    CHECK(project->compact);
    script_fixture_end(&fixture);
}

TEST(what_is_known_of_releases_before_is_read)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = changed(
        fixture.arena, PANORAMA_LUA(POLICY_LUA), "policy =",
        "ledger = '../ledger', key_file = 'inside.key',\n"
        "unrevised = {{measure = 'cases', periods = {'2010-2018', '2020'},\n"
        "since = '2025-03-31'}, {measure = 'deaths'}},\n"
        "revised = {{measure = 'stage', periods = '2019'}}, policy =");
    CHECK(read_project(&fixture, lua, &project));
    CHECK_TEXT(project->ledger, "../ledger");
    CHECK_TEXT(project->key_file, "inside.key");
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
    CHECK_INT(project->revised_count, 1);
    CHECK_TEXT(project->revised[0].measure, "stage");
    CHECK_INT(project->revised[0].periods[0].low, 2019);
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
    CHECK_INT(project->archive, ARCHIVE_2A);
    CHECK(!project->compact);
    script_fixture_end(&fixture);
}

TEST(a_pdf_of_no_known_standard_is_refused)
{
    check_project_fails("draft =", "pdf = {conformance = '2b'}, draft =",
                        "panorama.lua:5: conformance '2b': expected '2a', "
                        "'1b' or '3a'");
    check_project_fails("draft =", "pdf = {zip = true}, draft =",
                        "panorama.lua:5: pdf: unknown field 'zip'; known are: "
                        "conformance, compact");
    check_project_fails(
        "draft =", "pdf = {conformance = '1b', compact = true}, draft =",
        "panorama.lua:5: compact: PDF/A-1b does not know "
        "object streams");
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
    check_project_fails("draft =",
                        "revised = {{measure = 'cases', since = '2010-01-01'}},"
                        " draft =",
                        "panorama.lua:5: revised: unknown field 'since'; "
                        "known are: measure, periods");
}

TEST(a_state_is_read_with_the_moment_of_its_embargo)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = PANORAMA_LUA(POLICY_LUA);
    CHECK(read_project(&fixture,
                       changed(fixture.arena, lua, "draft = true",
                               "state = 'embargo', embargo = "
                               "'2027-02-04 10:00'"),
                       &project));
    CHECK_INT(project->state, STATE_EMBARGO);
    CHECK(!state_replaceable(project->state));
    CHECK_TEXT(state_words(fixture.arena, LANG_FR, project),
               "Sous embargo jusqu’au 4\u00a0février 2027, 10\u00a0h");
    CHECK_TEXT(state_words(fixture.arena, LANG_EN, project),
               "Under embargo until 4\u00a0February 2027, 10:00");
    CHECK(read_project(&fixture,
                       changed(fixture.arena, lua, "draft = true",
                               "state = 'embargo', embargo = "
                               "'2027-03-01 00:05'"),
                       &project));
    CHECK_TEXT(state_words(fixture.arena, LANG_FR, project),
               "Sous embargo jusqu’au 1er\u00a0mars 2027, 0\u00a0h\u00a005");
    CHECK(read_project(
        &fixture,
        changed(fixture.arena, lua, "draft = true", "state = 'review'"),
        &project));
    CHECK_INT(project->state, STATE_REVIEW);
    CHECK(state_replaceable(project->state));
    CHECK(read_project(
        &fixture,
        changed(fixture.arena, lua, "draft = true", "state = 'public'"),
        &project));
    CHECK_INT(project->state, STATE_PUBLIC);
    CHECK_TEXT(state_words(fixture.arena, LANG_FR, project), "");
    script_fixture_end(&fixture);
}

TEST(a_state_that_nobody_could_read_is_refused)
{
    check_project_fails("draft = true", "state = 'final'",
                        "panorama.lua:5: state 'final': expected 'draft', "
                        "'review', 'embargo' or 'public'");
    check_project_fails("draft = true", "draft = true, state = 'public'",
                        "panorama.lua:5: state 'public': draft = true says "
                        "otherwise");
    check_project_fails("draft = true", "embargo = '2027-02-04 10:00'",
                        "panorama.lua: embargo: expected state = 'embargo', "
                        "found 'public'");
    static const char *const moments[] = {
        "",
        "2027-02-04",
        "2027-02-30 10:00",
        "2027-02-04 24:00",
        "2027-02-04 10:60",
        "2027-02-04T10:00",
        "2027-02-04 10:00:00",
    };
    for (size_t m = 0; m < COUNT_OF(moments); m++) {
        char lua[80], want[200];
        snprintf(lua, sizeof lua, "state = 'embargo', embargo = '%s'",
                 moments[m]);
        snprintf(want, sizeof want,
                 "panorama.lua: embargo: expected a date and an hour "
                 "'YYYY-MM-DD HH:MM', found '%s'",
                 moments[m]);
        check_project_fails("draft = true", lua, want);
    }
}

TEST(a_theme_is_a_file_of_the_project)
{
    check_project_fails("draft =", "theme = '../house.csv', draft =",
                        "panorama.lua: theme: '../house.csv': expected a path "
                        "inside the project");
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
                        "policy, geo, audience, ledger, unrevised, revised, "
                        "key_file, pdf, state, embargo, theme, frequency, "
                        "series, previous, changes");
}

TEST(a_series_is_written_like_an_id)
{
    check_project_fails("id = 'essai'", "id = 'essai', series = 'L’essai'",
                        "panorama.lua: series: expected letters a-z, digits "
                        "and '-'");
}

TEST(a_frequency_that_is_not_known_is_named)
{
    check_project_fails("id = 'essai'", "id = 'essai', frequency = 'yearly'",
                        "panorama.lua:2: frequency 'yearly': expected "
                        "'monthly', 'quarterly', 'semiannual', 'annual', "
                        "'biennial', 'irregular' or 'never'");
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
                        "found 10.5");
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
    CHECK_TEXT(rule[1].owner[LANG_FR], "DPO");
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

TEST(who_publishes_and_who_answers_is_told_in_every_language)
{
    struct script_fixture fixture = script_fixture();
    struct project *project = NULL;
    const char *lua = changed(fixture.arena, PANORAMA_LUA(POLICY_LUA),
                              "publisher = 'Registre d’essai'",
                              "publisher = {fr = 'Registre', en = 'Registry'}");
    lua = changed(fixture.arena, lua, "owner = 'Registre d’essai'",
                  "owner = {fr = 'Le comité', en = 'The committee'}");
    CHECK(read_project(&fixture, lua, &project));
    CHECK_TEXT(project->publisher[LANG_FR], "Registre");
    CHECK_TEXT(project->publisher[LANG_EN], "Registry");
    CHECK_TEXT(project->policy.owner[LANG_EN], "The committee");
    script_fixture_end(&fixture);

    check_project_fails("publisher = 'Registre d’essai'",
                        "publisher = {fr = 'Registre'}",
                        "panorama.lua: publisher: no text in language 'en'");
    check_project_fails("owner = 'Registre d’essai'",
                        "owner = {fr = 'Le comité'}",
                        "panorama.lua: policy: owner: no text in language "
                        "'en'");
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
                     "expected a text, found none");
    check_rule_fails("{kind = 'non_events', ages = '0-14', " RULE_SIGNED "}",
                     "panorama.lua: policy: rule 1 (non_events): ages: age "
                     "'0-14': expected 'T', 'each', 'band:0-14' or "
                     "'band:75+'");
}

RUN(CASE(rules_are_read_whole), CASE(a_rule_that_is_none_is_named),
    CASE(a_field_that_a_kind_does_not_have_is_named),
    CASE(who_publishes_and_who_answers_is_told_in_every_language),
    CASE(a_rule_that_nobody_answers_for_is_refused),
    CASE(a_configuration_is_read_whole), CASE(a_policy_is_read_whole),
    CASE(boundaries_and_files_of_a_project_are_read),
    CASE(what_is_known_of_releases_before_is_read),
    CASE(what_is_not_said_of_the_ledger_has_its_default),
    CASE(a_declaration_that_means_nothing_is_refused),
    CASE(a_pdf_of_no_known_standard_is_refused),
    CASE(a_state_is_read_with_the_moment_of_its_embargo),
    CASE(a_state_that_nobody_could_read_is_refused),
    CASE(a_theme_is_a_file_of_the_project),
    CASE(a_missing_configuration_is_named),
    CASE(a_misspelt_field_of_the_configuration_gets_its_neighbour),
    CASE(a_frequency_that_is_not_known_is_named),
    CASE(a_series_is_written_like_an_id),
    CASE(a_field_of_the_wrong_kind_is_named),
    CASE(a_value_that_is_no_policy_is_refused))
