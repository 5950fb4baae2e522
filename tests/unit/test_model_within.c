/* SPDX-License-Identifier: EUPL-1.2 */
/* A plan narrowed to what a store can fill. */
#include "model_fixture.h"

static const char *cases_words[] = {"code:COL", "code:MEL"};
static const char *years[] = {"2019", "2020"};
static const char *missing_years[] = {"2019", "1990"};
static const char *missing_zone[] = {"zone:commune"};

static struct plan_table table_of(const char *id, const char *measure)
{
    struct plan_table table = {.report = "r",
                               .id = id,
                               .measure = measure,
                               .person_years = "population",
                               .optional = true};
    table.select[DIM_SITE] = (struct selection){cases_words, 2};
    table.select[DIM_PERIOD] = (struct selection){years, 2};
    return table;
}

static struct codes codes_with_measures(struct arena *arena)
{
    static const char *const names[] = {"cases", "population"};
    struct codes codes = fixture_codes(arena);
    codes.measures =
        arena_array(arena, COUNT_OF(names), sizeof *codes.measures);
    for (size_t m = 0; m < COUNT_OF(names); m++)
        codes.measures[m] = (struct measure){.code = names[m]};
    codes.measure_count = COUNT_OF(names);
    return codes;
}

/* The ids of the tables, then of the statistics, that are left. */
static const char *left(struct arena *arena, struct plan_table *tables,
                        size_t table_count, struct plan_statistic *statistics,
                        size_t statistic_count)
{
    struct codes codes = codes_with_measures(arena);
    const struct plan plan = {.tables = tables,
                              .table_count = table_count,
                              .statistics = statistics,
                              .statistic_count = statistic_count};
    const struct plan *within = plan_within(arena, &codes, &plan);
    struct text out = text_new(arena);
    for (size_t t = 0; t < within->table_count; t++)
        text_format(&out, "%s(%zu) ", within->tables[t].id,
                    within->tables[t].select[DIM_SITE].count);
    for (size_t s = 0; s < within->statistic_count; s++)
        text_format(&out, "%s ", within->statistics[s].id);
    return out.at;
}

TEST(words_that_the_store_lacks_are_passed_over)
{
    struct arena *arena = arena_new();
    struct plan_table tables[] = {table_of("a", "cases"),
                                  table_of("b", "cases")};
    tables[1].optional = false; /* as it is, to be refused by name */
    CHECK_TEXT(left(arena, tables, 2, NULL, 0), "a(1) b(2) ");
    CHECK_INT(tables[0].select[DIM_SITE].count, 2); /* the plan is untouched */
    arena_free(arena);
}

TEST(a_table_is_left_out_without_measure_period_or_selection)
{
    struct arena *arena = arena_new();
    struct plan_table tables[] = {
        table_of("measure", "deaths"), table_of("people", "cases"),
        table_of("period", "cases"), table_of("zone", "cases"),
        table_of("required", "deaths")};
    tables[1].person_years = "nobody";
    tables[2].select[DIM_PERIOD] = (struct selection){missing_years, 2};
    tables[3].select[DIM_TERRITORY] = (struct selection){missing_zone, 1};
    tables[4].optional = false;
    CHECK_TEXT(left(arena, tables, 5, NULL, 0), "required(2) ");
    arena_free(arena);
}

TEST(statistics_go_with_their_tables)
{
    struct arena *arena = arena_new();
    struct plan_table tables[] = {table_of("cases", "cases"),
                                  table_of("deaths", "deaths")};
    struct plan_statistic statistics[] = {
        {.id = "trend", .from = "cases", .against = "", .reference = ""},
        {.id = "lost", .from = "deaths", .against = "", .reference = ""},
        {.id = "ratio", .from = "cases", .against = "deaths", .reference = ""},
        {.id = "apart",
         .from = "cases",
         .against = "cases",
         .people = "deaths",
         .kind = STATISTIC_STANDARDISED_RATIO,
         .along = DIM_AGE,
         .reference = "FR"},
        {.id = "here",
         .from = "cases",
         .against = "",
         .kind = STATISTIC_STANDARDISED_RATIO,
         .along = DIM_AGE,
         .reference = "FR"},
        {.id = "elsewhere",
         .from = "cases",
         .against = "",
         .kind = STATISTIC_STANDARDISED_RATIO,
         .along = DIM_AGE,
         .reference = "UK"},
    };
    CHECK_TEXT(left(arena, tables, 2, statistics, 6), "cases(1) trend here ");
    arena_free(arena);
}

TEST(the_root_as_a_reference_becomes_its_code)
{
    struct arena *arena = arena_new();
    struct codes codes = codes_with_measures(arena);
    struct plan_table table = table_of("cases", "cases");
    struct plan_statistic statistics[] = {
        {.id = "ratio",
         .from = "cases",
         .against = "",
         .kind = STATISTIC_STANDARDISED_RATIO,
         .along = DIM_AGE,
         .reference = "root"},
        {.id = "sites",
         .from = "cases",
         .against = "",
         .kind = STATISTIC_RATE_RATIO,
         .along = DIM_SITE,
         .reference = "root"},
    };
    const struct plan plan = {.tables = &table,
                              .table_count = 1,
                              .statistics = statistics,
                              .statistic_count = 2};
    const struct plan *within = plan_within(arena, &codes, &plan);
    CHECK_INT(within->statistic_count, 1); /* no site is called so */
    CHECK_TEXT(within->statistics[0].reference, "FR");
    CHECK_TEXT(statistics[0].reference, "root");
    arena_free(arena);
}

RUN(CASE(words_that_the_store_lacks_are_passed_over),
    CASE(a_table_is_left_out_without_measure_period_or_selection),
    CASE(statistics_go_with_their_tables),
    CASE(the_root_as_a_reference_becomes_its_code))
