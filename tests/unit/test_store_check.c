/* SPDX-License-Identifier: EUPL-1.2 */
#include "store_fixture.h"

#include "store/check_impl.h"

/* A copy of a table without key or types, so that it can be broken. */
#define LOOSE(table)                                                           \
    "CREATE TABLE loose AS SELECT * FROM " table "; DROP TABLE " table         \
    "; ALTER TABLE loose RENAME TO " table "; "
#define ROW                                                                    \
    " WHERE territory = '01' AND site = 'POU' AND sex = 'M' AND age = '65+' "  \
    "AND period = '2022'"
#define COUNT_MEASURE(code, table, dimensions, confidential)                   \
    "INSERT INTO measure VALUES ('" code "', 'count', 'x', '" table            \
    "', '" dimensions "', '', '', " confidential ", 's', 'm', 'a', 'b'); "

/* Each rule, a change that breaks it, and what the report must name. */
static const struct breach {
    const char *rule, *sql, *names;
} breaches[] = {
    {"person", "CREATE TABLE patient(a TEXT)", "table patient"},
    {"table-missing", "DROP TABLE sex", "table sex"},
    {"column-missing", "ALTER TABLE cases RENAME COLUMN n TO m",
     "table cases, column n"},
    {"schema-version",
     "UPDATE registry SET value = '0' WHERE key = 'schema_version'",
     "schema version '0'"},
    {"text-encoding",
     "UPDATE site SET label_fr = CAST(x'ff' AS TEXT) WHERE code = 'POU'",
     "table site"},
    {"registry-key", "DELETE FROM registry WHERE key = 'snapshot'", "snapshot"},
    {"extraction-date",
     "UPDATE registry SET value = '30/06/2025' WHERE key = "
     "'extraction_date'",
     "extraction_date, «30/06/2025»"},
    {"extraction-date",
     "UPDATE registry SET value = '2026-99-99' WHERE key = "
     "'extraction_date'",
     "extraction_date, «2026-99-99»"},
    {"level-word", "DELETE FROM registry WHERE key = 'level.region.en'",
     "region, en"},
    {"measure-english", "DELETE FROM registry WHERE key = 'method.cases.en'",
     "method.cases.en"},
    {"code-space", "UPDATE site SET code = 'POU ' WHERE code = 'POU'",
     "site, «POU »"},
    {"code-zero", "UPDATE territory SET code = '1' WHERE code = '01'",
     "departement, 1"},
    {"code-text",
     "CREATE TABLE loose(level, code, parent_level, parent_code, label, "
     "article, valid_from, valid_to); INSERT INTO loose SELECT * FROM "
     "territory; DROP TABLE territory; ALTER TABLE loose RENAME TO territory; "
     "UPDATE territory SET code = 4 WHERE code = '04'",
     "territory, departement, 4"},
    {"code-twice",
     LOOSE("site") "INSERT INTO site SELECT * FROM site WHERE "
                   "code = 'POU'",
     "site, POU"},
    {"label-missing", "UPDATE site SET label_en = ' ' WHERE code = 'POU'",
     "site, POU"},
    {"territory-root",
     "UPDATE territory SET parent_level = '', parent_code = '' WHERE code = "
     "'N'",
     "region N"},
    {"territory-orphan",
     "UPDATE territory SET parent_code = 'X' WHERE code = '03'",
     "departement, 03"},
    {"territory-cycle",
     "UPDATE territory SET parent_level = 'departement', parent_code = '01' "
     "WHERE code = 'N'",
     "region, N"},
    {"territory-dates",
     "UPDATE territory SET valid_from = '2020-01-01', valid_to = '2019-12-31' "
     "WHERE code = '03'",
     "departement, 03"},
    {"territory-dates",
     "UPDATE territory SET valid_to = '2021-02-29' WHERE code = '03'",
     "departement, 03"},
    {"zone-date", "UPDATE zone SET order_date = '2025-13-01' WHERE code = 'Q1'",
     "quintile, Q1"},
    {"article-missing", "UPDATE territory SET article = '' WHERE code = '03'",
     "departement, 03"},
    {"article-form", "UPDATE territory SET article = 'le ' WHERE code = '03'",
     "departement, 03"},
    {"site-root", "UPDATE site SET parent = '' WHERE code = 'POU'", "POU"},
    {"site-orphan", "UPDATE site SET parent = 'X' WHERE code = 'POU'", "POU"},
    {"site-cycle", "UPDATE site SET parent = 'EST' WHERE code = 'DIG'", "DIG"},
    {"site-sex", "UPDATE site SET sex = 'H' WHERE code = 'POU'", "POU"},
    {"site-sex-group", "UPDATE site SET sex = 'F' WHERE code = 'DIG'", "EST"},
    {"icd10-missing", "UPDATE site SET icd10 = '' WHERE code = 'POU'", "POU"},
    {"icd10-overlap", "UPDATE site SET icd10 = 'C20-C35' WHERE code = 'POU'",
     "DIG, POU: C20.0"},
    {"icd10-parent", "UPDATE site SET icd10 = 'C17' WHERE code = 'EST'",
     "EST, DIG: C17.0"},
    {"sex-code", "INSERT INTO sex VALUES ('X', 'autre', 'other')", "X"},
    {"age-gap", "UPDATE age_class SET low = 42 WHERE code = '40-64'",
     "entre / between 00-39, 40-64"},
    {"age-gap", "UPDATE age_class SET high = 99 WHERE code = '65+'",
     "après / after 65+"},
    {"age-overlap", "UPDATE age_class SET low = 39 WHERE code = '40-64'",
     "00-39, 40-64"},
    {"zone-member",
     "INSERT INTO zone_member VALUES ('quintile', 'Q3', 'departement', '01')",
     "quintile, Q3, departement, 01"},
    {"zone-empty", "INSERT INTO zone VALUES ('bassin', 'B', 'Bassin', '')",
     "bassin, B"},
    {"quintile-partition",
     "INSERT INTO zone_member VALUES ('quintile', 'Q2', 'departement', '01')",
     "departement, 01"},
    {"quintile-partition", "DELETE FROM zone_member WHERE member_code = '02'",
     "departement, 02"},
    {"quintile-label", "DELETE FROM quintile WHERE code = 'Q1'", "Q1"},
    {"measure-word",
     "UPDATE measure SET dimensions = 'site colour' WHERE code = 'cases'",
     "cases: site colour"},
    {"measure-parts",
     "INSERT INTO measure VALUES ('p', 'proportion', '%', '', 'sex', 'cases', "
     "'x', 1, 's', 'm', 'a', 'b')",
     "p"},
    {"measure-source", "UPDATE measure SET method = '' WHERE code = 'cases'",
     "cases"},
    {"measure-unit", "UPDATE measure SET unit = '' WHERE code = 'cases'",
     "cases"},
    {"measure-open", "UPDATE measure SET confidential = 0 WHERE code = 'cases'",
     "cases"},
    {"coverage-territory",
     "INSERT INTO coverage VALUES ('departement', '99', '2021', '', 'cases', "
     "'partial', 0.5)",
     "departement, 99"},
    {"coverage-site", "UPDATE coverage SET site = 'X' WHERE site = 'SEI'", "X"},
    {"coverage-status", "UPDATE coverage SET status = 'half' WHERE site = ''",
     "departement, 06, 2021, half"},
    {"coverage-completeness",
     "UPDATE coverage SET completeness = 90 WHERE site = ''",
     "departement, 06, 2021"},
    {"coverage-source", "UPDATE coverage SET source = 'pmsi'", "pmsi"},
    {"codes-readable", "INSERT INTO sex VALUES ('T', 'a', 'b')",
     "code 'T' is kept for the total"},
    {"fact-measure", "UPDATE cases SET measure = 'x'" ROW, "cases, x"},
    {"measure-empty", "DELETE FROM survival", "survival, survival_net"},
    {"fact-territory", "UPDATE cases SET territory = '99'" ROW,
     "cases, cases, departement, 99"},
    {"fact-site", "UPDATE cases SET site = 'X'" ROW, "cases, cases, X"},
    {"fact-site", "UPDATE population SET site = 'POU' WHERE territory = '01'",
     "population, population, POU"},
    {"fact-sex", "UPDATE cases SET sex = '1'" ROW, "cases, cases, 1"},
    {"fact-age", "UPDATE cases SET age = '65-99'" ROW, "cases, cases, 65-99"},
    {"fact-stratum", "UPDATE survival SET stratum = '7'",
     "survival, survival_net, 7"},
    {"period-form", "UPDATE cases SET period = '2022-2021'" ROW,
     "cases, cases, «2022-2021»"},
    {"period-overlap", "UPDATE cases SET period = '2020-2021'" ROW,
     "cases, cases, 2020-2021, 2021"},
    {"count-whole", "UPDATE cases SET n = 1.5" ROW,
     "cases, cases, departement, 01, 2022, M, 65+, POU"},
    {"count-negative", "UPDATE cases SET n = -4" ROW,
     "cases, cases, departement, 01, 2022, M, 65+, POU"},
    {"count-large", "UPDATE cases SET n = 9223372036854775807" ROW,
     "cases, cases, departement, 01, 2022, M, 65+, POU"},
    {"count-large",
     "UPDATE cases SET n = 9223372036854775807; UPDATE population SET n = "
     "9223372036854775807",
     "cases, cases, departement, 01, 2021, F, 00-39, CRC"},
    {"margin-sum",
     "UPDATE cases SET n = 9223372036854775807 WHERE territory = '01'; "
     "INSERT INTO cases SELECT DISTINCT measure, 'region', 'N', period, 'T', "
     "'T', 'TOUS', '', n FROM cases WHERE territory = '01'",
     "cases, region N, TOUS, T, T, 2021"},
    {"fact-twice", LOOSE("cases") "INSERT INTO cases SELECT * FROM cases" ROW,
     "cases, cases, departement, 01, 2022, M, 65+, POU"},
    {"margin-sum",
     "INSERT INTO cases SELECT measure, 'region', 'N', period, 'T', 'T', "
     "'TOUS', '', sum(n) + 1 FROM cases WHERE territory IN ('01', '02', '03') "
     "GROUP BY measure, period",
     "cases, region N, TOUS, T, T, 2021"},
    {"margin-bare",
     "INSERT INTO deaths SELECT 'deaths', 'region', 'N', period, sex, age, "
     "site, '', n FROM cases WHERE territory = '01'; " COUNT_MEASURE(
         "deaths", "deaths", "territory site sex age period", "1"),
     "deaths, region N"},
    {"sex-specific", "UPDATE site SET sex = 'F' WHERE code = 'POU'",
     "cases, POU, M"},
    {"deaths-cases",
     "INSERT INTO deaths SELECT 'deaths', territory_level, territory, period, "
     "sex, age, site, '', 2 * n + 1 FROM cases WHERE site = "
     "'POU'; " COUNT_MEASURE("deaths", "deaths",
                             "territory site sex age period", "1"),
     "POU, F"},
    {"population-missing",
     "DELETE FROM population WHERE territory = '01' AND sex = 'F' AND age = "
     "'65+' AND period = '2021'",
     "departement, 01, 2021, F, 65+"},
    {"population-zero",
     "UPDATE population SET n = 0 WHERE territory = '01' AND sex = 'F' AND "
     "age = '65+' AND period = '2021'",
     "departement, 01, 2021, F, 65+"},
    {"rate-implausible",
     "UPDATE population SET n = 5 WHERE territory = '01' AND sex = 'F' AND "
     "age = '65+' AND period = '2021'",
     "departement, 01, 2021, F, 65+"},
    {"year-missing", "UPDATE cases SET period = '2024' WHERE period = '2022'",
     "cases, cases, 2022"},
    {"year-jump", "UPDATE cases SET n = 3 * n WHERE period = '2022'",
     "cases, cases, 2022"},
    {"coverage-facts",
     "INSERT INTO cases VALUES ('cases', 'departement', '05', '2022', 'F', "
     "'40-64', 'SEI', '', 12)",
     "cases, departement, 05, 2022, SEI"},
    {"coverage-facts",
     "INSERT INTO coverage VALUES ('departement', '01', '2021', '', 'cases', "
     "'not covered', 0)",
     "cases, departement, 01, 2021"},
    {"interval-order", "UPDATE survival SET lower = value + 1",
     "survival, survival_net, country, SY, F, CRC, 5"},
    {"interval-half", "UPDATE survival SET lower = NULL WHERE site = 'SEI'",
     "survival, survival_net, country, SY, F, SEI, 5"},
    {"interval-missing", "UPDATE survival SET lower = NULL, upper = NULL",
     "survival, survival_net"},
    {"estimate-number", "UPDATE survival SET value = 'n.d.'",
     "survival, survival_net, country, SY, F, CRC, 5"},
    {"estimate-status", "UPDATE survival SET status = 'x'",
     "survival, survival_net, CRC, 5, x"},
    {"survival-range",
     "UPDATE survival SET value = 101, upper = 102 WHERE site = 'SEI'",
     "survival_net, country, SY, F, SEI, 5"},
    {"survival-alive", "UPDATE survival SET alive = NULL", "survival_net"},
    {"survival-horizon",
     "INSERT INTO stratum VALUES ('10', '10 ans', '10 years'); INSERT INTO "
     "survival SELECT measure, territory_level, territory, period, sex, age, "
     "site, '10', value + 1, lower, upper + 1, '', '', NULL FROM survival "
     "WHERE site = "
     "'SEI'",
     "survival_net, country, SY, F, SEI, 10"},
    {"facts-readable", "UPDATE cases SET stratum = '5'" ROW,
     "measure 'cases' is not counted by stratum"},
    {"proportion-bound",
     COUNT_MEASURE("target", "screening", "territory sex period", "0")
         COUNT_MEASURE("done", "screening", "territory sex period",
                       "1") "INSERT INTO measure VALUES ('part', 'proportion', "
                            "'%', '', 'territory "
                            "sex period', 'done', 'target', 1, 's', 'm', 'a', "
                            "'b'); INSERT INTO "
                            "screening VALUES ('target', 'departement', '01', "
                            "'2021', 'F', '', '', "
                            "'', 80), ('done', 'departement', '01', '2021', "
                            "'F', '', '', '', 81)",
     "done, departement, 01, 2021, F"},
};

static const struct check_rule *find_rule(const char *id)
{
    const struct check_rule *lists[] = {check_structure_rules, check_code_rules,
                                        check_fact_rules};
    const size_t counts[] = {check_structure_rule_count, check_code_rule_count,
                             check_fact_rule_count};
    for (size_t l = 0; l < 3; l++) {
        for (size_t r = 0; r < counts[l]; r++) {
            if (text_same(lists[l][r].id, id))
                return &lists[l][r];
        }
    }
    return NULL;
}

/* The part of the report that is about one rule, or NULL. */
static const char *section(struct arena *arena, const char *report,
                           const char *rule)
{
    const char *at = strstr(report, arena_format(arena, " %s : ", rule));
    if (at == NULL)
        return NULL;
    const char *end = strchr(at, '\n') + 1;
    while (text_starts(end, "          "))
        end = strchr(end, '\n') + 1;
    return arena_slice(arena, at, (size_t)(end - at));
}

static void copy_fixture(const struct store_fixture *fixture, const char *path)
{
    struct err err = {0};
    char *bytes;
    size_t size;
    if (!fixture_is_file(path)) {
        fixture_import(path);
        return;
    }
    CHECK(fs_read(fixture->arena, fixture->path, &bytes, &size, &err));
    CHECK(fs_write(path, bytes, size, &err));
}

static void check_breach(const struct store_fixture *fixture,
                         const struct breach *breach)
{
    const struct check_rule *rule = find_rule(breach->rule);
    struct text report = text_new(fixture->arena);
    struct err err = {0};
    size_t errors = 0;
    char path[300];
    CHECK(rule != NULL);
    fixture_address(fixture, "broken", path);
    copy_fixture(fixture, path);
    fixture_sql(path, breach->sql);
    if (!store_check(path, &report, &errors, &err))
        print_error("%s: %s\n", breach->rule, err.text);
    CHECK_INT(err.code, ERR_NONE);
    const char *found = section(fixture->arena, report.at, breach->rule);
    if (found == NULL || strstr(found, breach->names) == NULL)
        print_error("rule %s does not name '%s':\n%s", breach->rule,
                    breach->names, report.at);
    CHECK(found != NULL && strstr(found, breach->names) != NULL);
    if (rule->severity == SEVERITY_ERROR)
        CHECK(errors > 0);
}

TEST(the_fixture_breaks_no_rule)
{
    struct store_fixture fixture = fixture_store();
    struct text report = text_new(fixture.arena);
    struct err err = {0};
    size_t errors = 99;
    CHECK(store_check(fixture.path, &report, &errors, &err));
    CHECK_INT(errors, 0);
    size_t rules = check_structure_rule_count + check_code_rule_count +
                   check_fact_rule_count;
    char want[200];
    snprintf(want, sizeof want,
             "%zu règles : 0 erreur, 0 alerte, 0 note / %zu rules: 0 "
             "errors, 0 warnings, 0 remarks\n",
             rules, rules);
    CHECK_TEXT(report.at, want);
    CHECK(rules >= 40);
    fixture_end(&fixture);
}

/* Where columns have types and the server an encoding, no cell can break it. */
static bool by_cell(const char *rule)
{
    return text_same(rule, "text-encoding") || find_rule(rule)->by_cell;
}

TEST(every_breach_is_found_and_named)
{
    struct store_fixture fixture = fixture_store();
    for (size_t b = 0; b < COUNT_OF(breaches); b++) {
        if (fixture_database() == NULL || !by_cell(breaches[b].rule))
            check_breach(&fixture, &breaches[b]);
    }
    fixture_end(&fixture);
}

static void check_tested(const struct check_rule *rules, size_t count)
{
    for (size_t r = 0; r < count; r++) {
        bool tested = false;
        for (size_t b = 0; b < COUNT_OF(breaches); b++)
            tested = tested || text_same(breaches[b].rule, rules[r].id);
        if (!tested)
            print_error("no breach of rule %s\n", rules[r].id);
        CHECK(tested);
        CHECK(rules[r].fr[0] != '\0' && rules[r].en[0] != '\0');
        CHECK((rules[r].sql == NULL) != (rules[r].run == NULL));
    }
}

TEST(every_rule_has_a_breach_here)
{
    check_tested(check_structure_rules, check_structure_rule_count);
    check_tested(check_code_rules, check_code_rule_count);
    check_tested(check_fact_rules, check_fact_rule_count);
}

/* Counts of 9 digits would be recognised anywhere. */
TEST(a_report_never_holds_a_count)
{
    struct store_fixture fixture = fixture_store();
    struct text report = text_new(fixture.arena);
    struct err err = {0};
    size_t errors = 0;
    fixture_sql(fixture.path,
                LOOSE("cases") "UPDATE cases SET n = 918273645 WHERE site = "
                               "'POU'; UPDATE cases SET n = -918273645 WHERE "
                               "site = 'EST'; INSERT INTO cases SELECT * FROM "
                               "cases" ROW);
    CHECK(store_check(fixture.path, &report, &errors, &err));
    CHECK(errors >= 3);
    CHECK(strstr(report.at, "918273645") == NULL);
    fixture_end(&fixture);
}

TEST(right_margins_are_let_be)
{
    struct store_fixture fixture = fixture_store();
    struct text report = text_new(fixture.arena);
    struct err err = {0};
    size_t errors = 0;
    fixture_sql(fixture.path,
                "INSERT INTO cases SELECT measure, 'region', 'N', period, "
                "'T', 'T', 'TOUS', '', sum(n) FROM cases WHERE territory IN "
                "('01', '02', '03') GROUP BY measure, period; INSERT INTO "
                "cases SELECT measure, territory_level, territory, period, "
                "'T', age, site, '', sum(n) FROM cases WHERE site <> 'TOUS' "
                "GROUP BY measure, territory_level, territory, period, age, "
                "site");
    CHECK(store_check(fixture.path, &report, &errors, &err));
    if (errors > 0)
        print_error("%s", report.at);
    CHECK_INT(errors, 0);
    fixture_end(&fixture);
}

RUN(CASE(the_fixture_breaks_no_rule), CASE(every_breach_is_found_and_named),
    CASE(every_rule_has_a_breach_here), CASE(a_report_never_holds_a_count),
    CASE(right_margins_are_let_be))
