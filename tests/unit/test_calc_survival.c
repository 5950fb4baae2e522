/* SPDX-License-Identifier: EUPL-1.2 */
/* Grades, survival standardised for age, conditional, and few alive. The
 * numbers are those of docs/method/survival.md. */
#include "calc_fixture.h"
#include "check.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "calc/derived.h"

/* ICSS 1 in five-year classes, as lua-scripts/lib/standards.lua has it. */
static const struct standard_band icss1[] = {
    {0, 14, 0},      {15, 44, 7000},  {45, 54, 12000}, {55, 59, 9641},
    {60, 64, 13359}, {65, 74, 29000}, {75, -1, 29000},
};
static const struct standard_band odd[] = {
    {0, 14, 0}, {15, 49, 50}, {50, -1, 50}};

enum { CLASSES = 5 };

static const struct {
    int low, high;
    double survival, error;
} classes[CLASSES] = {
    {15, 44, 0.80, 0.04}, {45, 54, 0.75, 0.03}, {55, 64, 0.70, 0.02},
    {65, 74, 0.60, 0.02}, {75, -1, 0.45, 0.03},
};

struct survival_fixture {
    struct arena *arena;
    struct codes codes;
    struct measure measure;
    struct estimate rows[20];
    struct estimates estimates;
    struct standard standards[2];
    struct plan plan;
    struct plan_table table;
    struct plan_value values[4];
    const char *words[DIM_COUNT][4];
    struct policy policy;
    struct derived_table *derived;
    struct err err;
};

static bool lookup(void *context, const char *measure, struct calc_source *out,
                   struct err *err)
{
    struct survival_fixture *fixture = context;
    (void)err;
    CHECK_TEXT(measure, "survival");
    *out = (struct calc_source){NULL, &fixture->estimates, NULL};
    return true;
}

static int stratum(struct survival_fixture *fixture, const char *code)
{
    return code_find(&fixture->codes.dims[DIM_STRATUM], NULL, code);
}

static struct estimate *add(struct survival_fixture *fixture, int age,
                            const char *time, double survival, double error)
{
    struct estimate *row = &fixture->rows[fixture->estimates.count++];
    double factor = exp(1.959963984540054 * error / survival);
    *row = (struct estimate){
        .node = {0, 0, 0, age, -1, stratum(fixture, time)},
        .value = 100.0 * survival,
        .lower = 100.0 * survival / factor,
        .upper = 100.0 * survival * factor,
        .has_interval = true,
        .status = ' ',
    };
    return row;
}

/* 0-14 and the five classes that survival has. */
static void set_ages(struct survival_fixture *fixture)
{
    static const uint16_t all[] = {0, 1, 2, 3, 4, 5};
    struct dimension *ages = &fixture->codes.dims[DIM_AGE];
    *ages = (struct dimension){.dim = DIM_AGE};
    int total = fixture_node(fixture->arena, ages, "total", "T", -1, all, 6);
    ages->nodes[total].high = -1;
    for (size_t c = 0; c <= CLASSES; c++) {
        int leaf =
            fixture_leaf(fixture->arena, ages, "leaf",
                         arena_format(fixture->arena, "class %zu", c), total);
        ages->nodes[leaf].low = c == 0 ? 0 : classes[c - 1].low;
        ages->nodes[leaf].high = c == 0 ? 14 : classes[c - 1].high;
    }
}

static void set_times(struct survival_fixture *fixture)
{
    static const uint16_t all[] = {0, 1, 2};
    static const char *const times[] = {"1", "5", "10"};
    struct dimension *strata = &fixture->codes.dims[DIM_STRATUM];
    *strata = (struct dimension){.dim = DIM_STRATUM};
    fixture_node(fixture->arena, strata, "total", "T", -1, all, 3);
    for (size_t t = 0; t < COUNT_OF(times); t++)
        fixture_leaf(fixture->arena, strata, "leaf", times[t], 0);
}

static struct survival_fixture *fixture_new(void)
{
    struct arena *arena = arena_new();
    struct survival_fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->codes = calc_fixture_codes(arena);
    fixture->measure = (struct measure){.code = "survival",
                                        .kind = MEASURE_ESTIMATE,
                                        .unit = "percent",
                                        .numerator = "",
                                        .denominator = ""};
    fixture->codes.measures = &fixture->measure;
    fixture->codes.measure_count = 1;
    set_times(fixture);
    set_ages(fixture);
    for (size_t c = 0; c < CLASSES; c++) {
        int age = code_band(arena, &fixture->codes.dims[DIM_AGE],
                            classes[c].low, classes[c].high, &fixture->err);
        CHECK(age > 0);
        add(fixture, age, "5", classes[c].survival, classes[c].error);
    }
    add(fixture, 0, "1", 0.60, 0.049);
    add(fixture, 0, "5", 0.30, 0.0458);
    fixture->estimates.rows = fixture->rows;
    fixture->standards[0] = (struct standard){
        .code = "icss1", .total = 100000, .bands = icss1, .count = 7};
    fixture->standards[1] = (struct standard){
        .code = "odd", .total = 100, .bands = odd, .count = 3};
    fixture->plan =
        (struct plan){.standards = fixture->standards, .standard_count = 2};
    fixture->policy.alive_under = 25;
    fixture->table = (struct plan_table){.report = "r",
                                         .id = "r.t",
                                         .measure = "survival",
                                         .person_years = "",
                                         .values = fixture->values,
                                         .value_count = 1};
    fixture->values[0] = (struct plan_value){.kind = VALUE_ESTIMATE,
                                             .standard = "",
                                             .given = "",
                                             .interval = true,
                                             .decimals = 2};
    fixture->words[DIM_PERIOD][0] = "2020";
    fixture->table.select[DIM_PERIOD] =
        (struct selection){fixture->words[DIM_PERIOD], 1};
    return fixture;
}

static void at_times(struct survival_fixture *fixture, const char *first,
                     const char *second)
{
    fixture->words[DIM_STRATUM][0] = first;
    fixture->words[DIM_STRATUM][1] = second;
    fixture->table.select[DIM_STRATUM] =
        (struct selection){fixture->words[DIM_STRATUM], second == NULL ? 1 : 2};
}

static bool build(struct survival_fixture *fixture)
{
    return derived_build(fixture->arena, &fixture->codes, &fixture->plan,
                         &fixture->table, &fixture->policy, lookup, fixture,
                         &fixture->derived, &fixture->err);
}

static const struct derived *cell(const struct survival_fixture *fixture,
                                  size_t row, size_t column)
{
    const struct derived_table *derived = fixture->derived;
    CHECK(row < derived->rows && column < derived->column_count);
    return &derived->cells[row * derived->column_count + column];
}

static void check_row(const struct survival_fixture *fixture, size_t row,
                      const double want[3])
{
    for (size_t c = 0; c < 3; c++) {
        CHECK_INT(cell(fixture, row, c)->availability, AVAILABLE);
        CHECK_NEAR(cell(fixture, row, c)->value, want[c], 1e-9);
    }
}

static struct survival_fixture *standardised(void)
{
    struct survival_fixture *fixture = fixture_new();
    fixture->values[0].kind = VALUE_STANDARDISED_SURVIVAL;
    fixture->values[0].standard = "icss1";
    at_times(fixture, "code:5", NULL);
    return fixture;
}

TEST(survival_is_standardised_with_named_weights)
{
    static const double want[] = {61.15, 58.79, 63.61};
    struct survival_fixture *fixture = standardised();
    CHECK(build(fixture));
    CHECK_TEXT(fixture->derived->columns[0].id, "survival_icss1");
    CHECK_TEXT(fixture->derived->columns[1].id, "survival_icss1_lower");
    CHECK_TEXT(fixture->derived->columns[0].standard, "icss1");
    check_row(fixture, 0, want);
    arena_free(fixture->arena);
}

TEST(a_class_that_is_missing_or_not_sure_leaves_no_standardised_survival)
{
    struct survival_fixture *fixture = standardised();
    fixture->rows[2].has_interval = false;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 0, 1)->availability, NOT_AVAILABLE);
    fixture->rows[2].has_alive = true;
    fixture->rows[2].alive = 24;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 0, 1)->availability, UNRELIABLE);
    fixture->policy.alive_under = 24;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    fixture->rows[3].node[DIM_STRATUM] = stratum(fixture, "10");
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, NOT_AVAILABLE);
    arena_free(fixture->arena);
}

TEST(a_standard_must_fit_the_age_classes)
{
    struct survival_fixture *fixture = standardised();
    fixture->values[0].standard = "odd";
    CHECK(!build(fixture));
    CHECK_INT(fixture->err.code, ERR_SCRIPT);
    CHECK(strstr(fixture->err.text,
                 "measure 'survival': ages 15 and over of standard 'odd' are "
                 "in none of its age classes, expected one") != NULL);
    arena_free(fixture->arena);
}

static struct survival_fixture *conditional(void)
{
    struct survival_fixture *fixture = fixture_new();
    fixture->values[0].kind = VALUE_CONDITIONAL_SURVIVAL;
    fixture->values[0].given = "1";
    at_times(fixture, "code:1", "code:5");
    return fixture;
}

TEST(survival_is_that_of_those_who_lived_so_long)
{
    static const double want[] = {50.0, 38.83, 64.38};
    struct survival_fixture *fixture = conditional();
    CHECK(build(fixture));
    CHECK_TEXT(fixture->derived->columns[2].id, "survival_given_1_upper");
    CHECK_TEXT(fixture->derived->columns[0].standard, "");
    CHECK_INT(cell(fixture, 0, 0)->availability, NOT_APPLICABLE);
    check_row(fixture, 1, want);
    /* Surer later than before: not of one cohort, no limits. */
    fixture->rows[6].lower = 29.9;
    fixture->rows[6].upper = 30.1;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 1, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 1, 1)->availability, NOT_AVAILABLE);
    arena_free(fixture->arena);
}

TEST(a_time_that_is_not_stored_cannot_be_given)
{
    struct survival_fixture *fixture = conditional();
    fixture->values[0].given = "3";
    CHECK(!build(fixture));
    CHECK(strstr(fixture->err.text, "measure 'survival' has no stratum '3'") !=
          NULL);
    arena_free(fixture->arena);
}

/* Survival goes through all intervals before: one with few people ends it. */
TEST(few_alive_withhold_a_time_and_all_later_ones)
{
    struct survival_fixture *fixture = fixture_new();
    add(fixture, 0, "10", 0.28, 0.05);
    struct estimate *at = fixture->rows;
    for (size_t e = 5; e < 8; e++)
        at[e].has_alive = true;
    at[5].alive = 90;
    at[6].alive = 24;
    at[7].alive = 30;
    at_times(fixture, "code:1", "code:5");
    fixture->words[DIM_STRATUM][2] = "code:10";
    fixture->table.select[DIM_STRATUM].count = 3;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 1, 0)->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 2, 0)->availability, UNRELIABLE);
    at[6].alive = 25;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 1, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 2, 0)->availability, AVAILABLE);
    at[6].alive = 24;
    fixture->values[0].kind = VALUE_CONDITIONAL_SURVIVAL;
    fixture->values[0].given = "1";
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 1, 0)->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 1, 2)->availability, UNRELIABLE);
    arena_free(fixture->arena);
}

/* A line that tells how many are alive, but not of every time. */
TEST(a_blank_number_alive_is_nobody)
{
    struct survival_fixture *fixture = fixture_new();
    fixture->rows[5].has_alive = true;
    fixture->rows[5].alive = 90;
    at_times(fixture, "code:1", "code:5");
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 1, 0)->availability, UNRELIABLE);
    fixture->rows[5].has_alive = false;
    fixture->rows[6].has_alive = true;
    fixture->rows[6].alive = 90;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 1, 0)->availability, UNRELIABLE);
    fixture->rows[6].has_alive = false;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 1, 0)->availability, AVAILABLE);
    arena_free(fixture->arena);
}

/* Net survival may rise; of those who lived so long no more than all live. */
TEST(survival_that_rises_leaves_no_conditional_survival)
{
    struct survival_fixture *fixture = conditional();
    fixture->rows[6].value = 60.0;
    fixture->rows[6].lower = 50.0;
    fixture->rows[6].upper = 72.0;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 1, 0)->availability, AVAILABLE);
    CHECK_NEAR(cell(fixture, 1, 0)->value, 100.0, 1e-9);
    fixture->rows[6].value = 60.1;
    for (int limits = 0; limits < 2; limits++) {
        fixture->rows[6].has_interval = limits == 1;
        CHECK(build(fixture));
        for (size_t c = 0; c < 3; c++)
            CHECK_INT(cell(fixture, 1, c)->availability, NOT_AVAILABLE);
    }
    arena_free(fixture->arena);
}

TEST(a_low_grade_withholds_the_value_and_is_told)
{
    struct survival_fixture *fixture = fixture_new();
    fixture->values[1] =
        (struct plan_value){.kind = VALUE_GRADE, .standard = "", .given = ""};
    fixture->table.value_count = 2;
    fixture->rows[5].grade = GRADE_A_PLUS;
    fixture->rows[6].grade = GRADE_B;
    at_times(fixture, "code:1", "code:5");
    CHECK(build(fixture));
    CHECK_TEXT(fixture->derived->columns[3].id, "grade");
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_NEAR(cell(fixture, 0, 3)->value, GRADE_A_PLUS, 0.0);
    CHECK_INT(cell(fixture, 1, 0)->availability, UNRELIABLE);
    CHECK_INT(cell(fixture, 1, 3)->availability, AVAILABLE);
    CHECK_NEAR(cell(fixture, 1, 3)->value, GRADE_B, 0.0);
    fixture->rows[5].grade = GRADE_NONE;
    CHECK(build(fixture));
    CHECK_INT(cell(fixture, 0, 0)->availability, AVAILABLE);
    CHECK_INT(cell(fixture, 0, 3)->availability, NOT_AVAILABLE);
    arena_free(fixture->arena);
}

RUN(CASE(survival_is_standardised_with_named_weights),
    CASE(a_class_that_is_missing_or_not_sure_leaves_no_standardised_survival),
    CASE(a_standard_must_fit_the_age_classes),
    CASE(survival_is_that_of_those_who_lived_so_long),
    CASE(a_time_that_is_not_stored_cannot_be_given),
    CASE(few_alive_withhold_a_time_and_all_later_ones),
    CASE(a_blank_number_alive_is_nobody),
    CASE(survival_that_rises_leaves_no_conditional_survival),
    CASE(a_low_grade_withholds_the_value_and_is_told))
