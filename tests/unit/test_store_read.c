/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes, facts and coverage as a driver gives them, whichever it is. */
#include "store_fixture.h"

#include "base/hash.h"
#include "store/schema.h"

/* --- codes --------------------------------------------------------------- */

struct opened {
    struct store_fixture fixture;
    struct store *store;
    struct codes codes;
};

static struct opened open_fixture(const char *sql)
{
    struct opened opened = {.fixture = fixture_store()};
    struct err err = {0};
    if (sql != NULL)
        fixture_sql(opened.fixture.path, sql);
    if (!store_open(opened.fixture.arena, opened.fixture.path, &opened.store,
                    &err) ||
        !store_codes(opened.store, &opened.codes, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
    return opened;
}

static void close_opened(struct opened *opened)
{
    store_close(opened->store);
    fixture_end(&opened->fixture);
}

static void check_nodes(const struct dimension *dimension, const char *want)
{
    char text[600] = "";
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s%s:%s<%d[", n ? " " : "",
                 node->level, node->code, node->parent);
        for (size_t l = 0; l < node->leaf_count; l++) {
            at = strlen(text);
            snprintf(text + at, sizeof text - at, "%d", node->leaves[l]);
        }
        at = strlen(text);
        snprintf(text + at, sizeof text - at, "]");
    }
    CHECK_TEXT(text, want);
}

/* One word for a unit, whichever the store has: it is told in open data. */
TEST(units_are_the_words_of_the_program)
{
    struct opened opened = open_fixture(
        "UPDATE measure SET unit = '% a year' WHERE code = 'cases'");
    CHECK_TEXT(code_measure(&opened.codes, "survival_net")->unit, "percent");
    CHECK_TEXT(code_measure(&opened.codes, "cases")->unit, "percent_per_year");
    CHECK_TEXT(code_measure(&opened.codes, "population")->unit, "person_years");
    close_opened(&opened);
}

TEST(code_lists_become_nodes_in_tree_order)
{
    struct opened opened = open_fixture(NULL);
    const struct dimension *dims = opened.codes.dims;
    check_nodes(&dims[DIM_TERRITORY],
                "country:SY<-1[012345] region:N<0[012] departement:01<1[0] "
                "departement:02<1[1] departement:03<1[2] region:S<0[345] "
                "departement:04<5[3] departement:05<5[4] departement:06<5[5] "
                "quintile:Q1<-1[024] quintile:Q2<-1[135]");
    check_nodes(&dims[DIM_SITE],
                "all:TOUS<-1[0123] group:DIG<0[01] site:EST<1[0] site:CRC<1[1] "
                "site:POU<0[2] site:SEI<0[3]");
    check_nodes(&dims[DIM_SEX], "total:T<-1[01] leaf:M<0[0] leaf:F<0[1]");
    check_nodes(&dims[DIM_AGE], "total:T<-1[012] leaf:00-39<0[0] "
                                "leaf:40-64<0[1] leaf:65+<0[2]");
    check_nodes(&dims[DIM_PERIOD], "leaf:2021<-1[0] leaf:2022<-1[1]");
    check_nodes(&dims[DIM_STRATUM], "total:T<-1[0] leaf:5<0[0]");
    const struct node *north =
        &dims[DIM_TERRITORY]
             .nodes[code_find(&dims[DIM_TERRITORY], "region", "N")];
    CHECK_TEXT(north->article, "dans le |du ");
    CHECK_TEXT(dims[DIM_SITE].nodes[5].sex, "F");
    CHECK_TEXT(dims[DIM_SITE].nodes[5].icd10, "C50");
    CHECK_TEXT(dims[DIM_SEX].nodes[0].label[LANG_EN], "Both sexes");
    CHECK_INT(dims[DIM_AGE].nodes[3].low, 65);
    CHECK_INT(dims[DIM_AGE].nodes[3].high, -1);
    CHECK(dims[DIM_TERRITORY].nodes[9].zone);
    CHECK(!dims[DIM_TERRITORY].nodes[8].zone);
    CHECK_TEXT(dims[DIM_TERRITORY].nodes[10].label[LANG_EN], "More deprived");
    CHECK_INT(dims[DIM_TERRITORY].leaf_node[3], 6);
    close_opened(&opened);
}

TEST(without_strata_the_total_is_its_own_leaf)
{
    struct opened opened = open_fixture(
        "DROP TABLE survival; DELETE FROM measure WHERE table_name = "
        "'survival'; DROP TABLE stratum");
    check_nodes(&opened.codes.dims[DIM_STRATUM], "total:T<-1[0]");
    CHECK_INT(opened.codes.dims[DIM_STRATUM].leaf_count, 1);
    CHECK_INT(opened.codes.dims[DIM_STRATUM].leaf_node[0], 0);
    close_opened(&opened);
}

TEST(a_measure_knows_its_dimensions)
{
    struct opened opened = open_fixture(NULL);
    const struct measure *cases = code_measure(&opened.codes, "cases");
    const struct measure *people = code_measure(&opened.codes, "population");
    CHECK_INT(cases->dims, 1u << DIM_TERRITORY | 1u << DIM_SITE |
                               1u << DIM_SEX | 1u << DIM_AGE |
                               1u << DIM_PERIOD);
    CHECK_INT(people->dims & 1u << DIM_SITE, 0);
    CHECK(cases->confidential);
    CHECK(!people->confidential);
    CHECK_INT(people->kind, MEASURE_PERSON_YEARS);
    close_opened(&opened);
}

TEST(bad_code_lists_are_refused_by_name)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"UPDATE territory SET parent_code = 'X' WHERE code = '03'",
         "table 'territory': 'departement 03': no parent 'region X'"},
        {"UPDATE territory SET parent_level = '', parent_code = '' WHERE code "
         "= 'S'",
         "table 'territory': two codes without a parent: 'country SY' and "
         "'region S'"},
        {"UPDATE territory SET parent_level = 'departement', parent_code = "
         "'01' WHERE code = 'N'",
         "table 'territory': 'region N' is a part of itself, through its "
         "parents"},
        {"UPDATE site SET parent = 'EST' WHERE code = 'TOUS'",
         "table 'site': no code without a parent"},
        {"UPDATE site SET parent = 'X' WHERE code = 'POU'",
         "table 'site': code 'POU': no parent 'X'"},
        {"UPDATE age_class SET low = 50 WHERE code = '00-39'",
         "table 'age_class': code '00-39': low and high are no range of ages"},
        {"UPDATE measure SET kind = 'guess' WHERE code = 'cases'",
         "measure 'cases': unknown kind 'guess'"},
        {"UPDATE measure SET dimensions = 'site colour' WHERE code = 'cases'",
         "measure 'cases': dimensions 'site colour': expected words among "
         "territory site sex age period stratum"},
        {"UPDATE measure SET table_name = 'survival' WHERE code = 'cases'",
         "measure 'cases': no table 'survival' for its kind"},
        {"UPDATE measure SET kind = 'proportion', numerator = 'x' WHERE code "
         "= 'population'",
         "measure 'population': 'x' is no measure that counts"},
        {"UPDATE cases SET period = '20-21' WHERE period = '2021' AND site = "
         "'POU' AND sex = 'M' AND age = '65+' AND territory = '01'",
         "table 'cases': period '20-21': expected YYYY or YYYY-YYYY"},
        {"DELETE FROM zone_member WHERE code = 'Q2'",
         "table 'zone': 'quintile Q2' has no member"},
        {"UPDATE zone_member SET member_code = '99' WHERE member_code = '01'",
         "table 'zone_member': zone 'quintile Q1': no territory 'departement "
         "99'"},
        {"INSERT INTO sex VALUES ('T', 'a', 'b')",
         "table 'sex': code 'T' is kept for the total"},
        {"UPDATE site SET label_fr = 'a\x1b' WHERE code = 'POU'",
         "column 'label_fr' holds a control character"},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        fixture_refused(cases[c].sql, cases[c].want, true);
}

/* No other database takes such a cell. */
TEST(cells_that_are_no_text_are_refused_by_column)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"UPDATE site SET label_fr = CAST(x'c328' AS TEXT) WHERE code = 'POU'",
         "column 'label_fr' holds text that is not UTF-8"},
        {"UPDATE site SET label_fr = x'00' WHERE code = 'POU'",
         "column 'label_fr' holds what is neither text nor a finite number"},
        {"UPDATE age_class SET low = 9e999",
         "column 'low' holds what is neither text nor a finite "
         "number"},
    };
    if (fixture_database() != NULL)
        skip();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        fixture_refused(cases[c].sql, cases[c].want, true);
}

/* --- facts --------------------------------------------------------------- */

static const struct fact *find_fact(const struct facts *facts,
                                    const uint16_t leaf[DIM_COUNT])
{
    for (size_t f = 0; f < facts->count; f++) {
        if (memcmp(facts->rows[f].leaf, leaf, sizeof facts->rows[f].leaf) == 0)
            return &facts->rows[f];
    }
    return NULL;
}

static struct facts read_facts(struct opened *opened, const char *measure)
{
    struct facts facts = {0};
    struct err err = {0};
    if (!store_facts(opened->store, &opened->codes,
                     code_measure(&opened->codes, measure), &facts, &err))
        print_error("%s\n", err.text);
    CHECK_INT(err.code, ERR_NONE);
    return facts;
}

TEST(facts_are_numbered_by_leaf)
{
    struct opened opened = open_fixture(NULL);
    struct facts cases = read_facts(&opened, "cases");
    struct facts people = read_facts(&opened, "population");
    CHECK_INT(cases.count, fixture_number(opened.fixture.path,
                                          "SELECT count(*) FROM cases"));
    int64_t sum = 0;
    for (size_t f = 0; f < cases.count; f++)
        sum += cases.rows[f].count;
    CHECK_INT(sum,
              fixture_number(opened.fixture.path, "SELECT sum(n) FROM cases"));
    /* departement 04, POU, M, 65+, 2022 */
    const uint16_t leaf[DIM_COUNT] = {3, 2, 0, 2, 1, UINT16_MAX};
    const struct fact *fact = find_fact(&cases, leaf);
    CHECK(fact != NULL);
    CHECK_INT(fact->count,
              fixture_number(opened.fixture.path,
                             "SELECT n FROM cases WHERE territory = '04' AND "
                             "site = 'POU' AND sex = 'M' AND age = '65+' AND "
                             "period = '2022'"));
    /* population of 06, F, 00-39, 2021: no site, no stratum */
    const uint16_t place[DIM_COUNT] = {5, UINT16_MAX, 1, 0, 0, UINT16_MAX};
    CHECK(find_fact(&people, place) != NULL);
    close_opened(&opened);
}

TEST(stored_margins_are_never_used)
{
    struct opened plain = open_fixture(NULL);
    struct opened with = open_fixture(
        "INSERT INTO cases SELECT measure, 'region', 'N', period, 'T', 'T', "
        "site, '', sum(n) FROM cases WHERE territory IN ('01', '02', '03') "
        "GROUP BY measure, period, site");
    struct facts a = read_facts(&plain, "cases");
    struct facts b = read_facts(&with, "cases");
    CHECK(fixture_number(with.fixture.path, "SELECT count(*) FROM cases") >
          (long long)a.count);
    CHECK_INT(a.count, b.count);
    CHECK(memcmp(a.rows, b.rows, a.count * sizeof *a.rows) == 0);
    close_opened(&plain);
    close_opened(&with);
}

#define LOOSE_CASES                                                            \
    "CREATE TABLE loose AS SELECT * FROM cases; DROP TABLE cases; ALTER "      \
    "TABLE loose RENAME TO cases; "
#define ONE_ROW                                                                \
    "WHERE territory = '01' AND site = 'POU' AND sex = 'M' AND age = '65+' "   \
    "AND period = '2022'"

static void expect_bad_fact(const char *sql, const char *want)
{
    struct opened opened = open_fixture(sql);
    struct facts facts = {0};
    struct err err = {0};
    char text[600];
    CHECK(!store_facts(opened.store, &opened.codes,
                       code_measure(&opened.codes, "cases"), &facts, &err));
    snprintf(text, sizeof text, "store '%s': table 'cases': %s",
             opened.fixture.path, want);
    CHECK_TEXT(err.text, text);
    CHECK_INT(err.code, ERR_INPUT);
    CHECK(facts.rows == NULL);
    close_opened(&opened);
}

TEST(a_bad_fact_is_named_with_its_row_and_never_with_its_count)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"UPDATE cases SET site = 'PRO' " ONE_ROW,
         "row (departement 01, 2022, M, 65+, PRO): no site 'PRO'"},
        {"UPDATE cases SET territory = '1' " ONE_ROW,
         "row (departement 1, 2022, M, 65+, POU): no territory '1'"},
        {"UPDATE cases SET stratum = '5' " ONE_ROW,
         "row (departement 01, 2022, M, 65+, POU, 5): measure 'cases' is not "
         "counted by stratum"},
        {"UPDATE cases SET age = '' " ONE_ROW,
         "row (departement 01, 2022, M, POU): no age ''"},
        {"UPDATE cases SET n = -123456789 " ONE_ROW,
         "row (departement 01, 2022, M, 65+, POU): a count is negative"},
        {LOOSE_CASES "INSERT INTO cases SELECT * FROM cases " ONE_ROW,
         "row (departement 01, 2022, M, 65+, POU): the combination occurs "
         "twice"},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        expect_bad_fact(cases[c].sql, cases[c].want);
}

TEST(a_fact_of_another_type_is_named_by_its_column)
{
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"UPDATE cases SET n = 12345.75 " ONE_ROW,
         "column 'n' holds what is no whole number"},
        {LOOSE_CASES "UPDATE cases SET site = x'504f55' " ONE_ROW,
         "column 'site' holds a code that is not text"},
    };
    if (fixture_database() != NULL)
        skip();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        expect_bad_fact(cases[c].sql, cases[c].want);
}

TEST(estimates_are_keyed_by_nodes)
{
    struct opened opened = open_fixture(NULL);
    struct estimates estimates = {0};
    struct err err = {0};
    CHECK(store_estimates(opened.store, &opened.codes,
                          code_measure(&opened.codes, "survival_net"),
                          &estimates, &err));
    CHECK_INT(estimates.count, 3);
    const struct estimate *last = &estimates.rows[2];
    CHECK_INT(last->node[DIM_TERRITORY], 0);
    CHECK_INT(last->node[DIM_SITE], 5);
    CHECK_INT(last->node[DIM_SEX], 2);
    CHECK_INT(last->node[DIM_AGE], -1);
    CHECK_INT(last->node[DIM_PERIOD], -1);
    CHECK_INT(last->node[DIM_STRATUM], 1);
    CHECK_NEAR(last->value, 88.0, 0);
    CHECK_NEAR(last->lower, 85.9, 0);
    CHECK_NEAR(last->upper, 89.8, 0);
    CHECK(last->has_interval);
    CHECK_INT(last->status, 'e');
    CHECK_INT(estimates.rows[0].status, ' ');
    close_opened(&opened);
}

TEST(an_estimate_with_half_an_interval_is_refused)
{
    struct opened opened =
        open_fixture("UPDATE survival SET upper = NULL WHERE site = 'SEI'");
    struct estimates estimates = {0};
    struct err err = {0};
    CHECK(!store_estimates(opened.store, &opened.codes,
                           code_measure(&opened.codes, "survival_net"),
                           &estimates, &err));
    CHECK(strstr(err.text, "table 'survival': row (country SY, F, SEI, 5): "
                           "value, lower, upper, status, grade or alive is "
                           "not readable"));
    close_opened(&opened);
}

TEST(an_estimate_may_have_a_grade_a_number_alive_and_ages_of_its_own)
{
    struct opened opened = open_fixture(
        "UPDATE measure SET dimensions = dimensions || ' age' WHERE code = "
        "'survival_net'; UPDATE survival SET age = '00-64', grade = 'A+', "
        "alive = 40 WHERE site = 'SEI'; UPDATE survival SET age = 'T' WHERE "
        "site <> 'SEI'");
    const struct dimension *ages = &opened.codes.dims[DIM_AGE];
    struct estimates estimates = {0};
    struct err err = {0};
    CHECK(store_estimates(opened.store, &opened.codes,
                          code_measure(&opened.codes, "survival_net"),
                          &estimates, &err));
    const struct estimate *last = &estimates.rows[2];
    CHECK_TEXT(ages->nodes[last->node[DIM_AGE]].code, "00-64");
    CHECK_INT(ages->nodes[last->node[DIM_AGE]].leaf_count, 2);
    CHECK_INT(last->grade, GRADE_A_PLUS);
    CHECK(last->has_alive);
    CHECK_INT(last->alive, 40);
    CHECK(!estimates.rows[0].has_alive);
    CHECK_INT(estimates.rows[0].grade, GRADE_NONE);
    close_opened(&opened);
}

TEST(a_store_made_before_grades_is_read)
{
    struct opened opened = open_fixture("ALTER TABLE survival DROP COLUMN "
                                        "grade; ALTER TABLE survival DROP "
                                        "COLUMN alive");
    struct estimates estimates = {0};
    struct err err = {0};
    CHECK(store_estimates(opened.store, &opened.codes,
                          code_measure(&opened.codes, "survival_net"),
                          &estimates, &err));
    CHECK_INT(estimates.count, 3);
    CHECK_INT(estimates.rows[0].grade, GRADE_NONE);
    CHECK(!estimates.rows[0].has_alive);
    close_opened(&opened);
}

/* --- coverage ------------------------------------------------------------ */

static int covered(const struct coverage *coverage, size_t territory,
                   size_t period, size_t site)
{
    size_t at = (territory * coverage->periods + period) * coverage->sites;
    return coverage->status[at + site];
}

static struct coverage read_coverage(struct opened *opened, const char *measure)
{
    struct coverage coverage = {0};
    struct err err = {0};
    CHECK(store_coverage(opened->store, &opened->codes,
                         code_measure(&opened->codes, measure), &coverage,
                         &err));
    return coverage;
}

TEST(coverage_is_observed_unless_a_row_says_otherwise)
{
    struct opened opened = open_fixture(NULL);
    struct coverage cases = read_coverage(&opened, "cases");
    struct coverage people = read_coverage(&opened, "population");
    CHECK_INT(cases.territories, 6);
    CHECK_INT(cases.periods, 2);
    CHECK_INT(cases.sites, 4);
    CHECK_INT(covered(&cases, 0, 0, 0), COVERAGE_OBSERVED);
    CHECK_INT(covered(&cases, 5, 0, 2), COVERAGE_PARTIAL);
    CHECK_INT(covered(&cases, 5, 1, 2), COVERAGE_OBSERVED);
    CHECK_INT(covered(&cases, 4, 1, 3), COVERAGE_NONE);
    CHECK_INT(covered(&cases, 4, 1, 2), COVERAGE_OBSERVED);
    CHECK_INT(covered(&people, 5, 0, 2), COVERAGE_OBSERVED);
    close_opened(&opened);
}

TEST(coverage_of_a_region_a_group_and_a_span_reaches_every_leaf)
{
    struct opened opened = open_fixture(
        "DELETE FROM coverage; INSERT INTO coverage VALUES ('region', 'N', "
        "'2020-2025', '', '', 'not covered', 0), ('departement', '02', "
        "'2022', 'DIG', 'cases', 'estimated', 1)");
    struct coverage cases = read_coverage(&opened, "cases");
    struct coverage people = read_coverage(&opened, "population");
    CHECK_INT(covered(&cases, 0, 0, 0), COVERAGE_NONE);
    CHECK_INT(covered(&cases, 2, 1, 3), COVERAGE_NONE);
    CHECK_INT(covered(&cases, 3, 1, 3), COVERAGE_OBSERVED);
    CHECK_INT(covered(&cases, 1, 1, 1), COVERAGE_ESTIMATED);
    CHECK_INT(covered(&cases, 1, 1, 2), COVERAGE_NONE);
    CHECK_INT(covered(&cases, 1, 0, 1), COVERAGE_NONE);
    CHECK_INT(covered(&people, 0, 0, 0), COVERAGE_OBSERVED);
    close_opened(&opened);
}

/* --- the contract's text ------------------------------------------------- */

TEST(the_schema_and_its_specification_agree)
{
    sqlite3 *db = NULL;
    size_t tables = 0;
    CHECK_INT(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (; store_schema[tables] != NULL; tables++)
        CHECK_INT(sqlite3_exec(db, store_schema[tables], NULL, NULL, NULL),
                  SQLITE_OK);
    CHECK_INT(tables, store_table_count);
    for (size_t t = 0; t < store_table_count; t++) {
        const struct table_spec *table = &store_tables[t];
        sqlite3_stmt *stmt = NULL;
        char sql[100];
        snprintf(sql, sizeof sql, "SELECT * FROM %s", table->name);
        CHECK_INT(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        CHECK_INT(sqlite3_column_count(stmt), schema_columns(table));
        for (size_t c = 0; c < schema_columns(table); c++)
            CHECK_TEXT(sqlite3_column_name(stmt, (int)c),
                       table->columns[c].name);
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
}

RUN(CASE(units_are_the_words_of_the_program),
    CASE(code_lists_become_nodes_in_tree_order),
    CASE(without_strata_the_total_is_its_own_leaf),
    CASE(a_measure_knows_its_dimensions),
    CASE(bad_code_lists_are_refused_by_name),
    CASE(cells_that_are_no_text_are_refused_by_column),
    CASE(a_fact_of_another_type_is_named_by_its_column),
    CASE(facts_are_numbered_by_leaf), CASE(stored_margins_are_never_used),
    CASE(a_bad_fact_is_named_with_its_row_and_never_with_its_count),
    CASE(estimates_are_keyed_by_nodes),
    CASE(an_estimate_with_half_an_interval_is_refused),
    CASE(an_estimate_may_have_a_grade_a_number_alive_and_ages_of_its_own),
    CASE(a_store_made_before_grades_is_read),
    CASE(coverage_is_observed_unless_a_row_says_otherwise),
    CASE(coverage_of_a_region_a_group_and_a_span_reaches_every_leaf),
    CASE(the_schema_and_its_specification_agree))
