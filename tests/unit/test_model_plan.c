/* SPDX-License-Identifier: EUPL-1.2 */
#include "model_fixture.h"

#include "model/plan.h"

static const struct standard_band world_bands[] = {{0, 49, 80}, {50, -1, 20}};

/* A sound plan that each test spoils in one place. */
struct sketch {
    struct plan plan;
    struct plan_report reports[2];
    struct plan_table tables[2];
    struct plan_value values[3];
    struct standard standards[1];
    const char *period[1];
    const char *formats[1];
};

static void sketch_table(struct sketch *sketch, size_t table, const char *id)
{
    sketch->tables[table] = (struct plan_table){
        .report = "national",
        .id = id,
        .title = {"Cas", "Cases"},
        .measure = "cases",
        .person_years = "person_years",
        .values = sketch->values,
        .value_count = COUNT_OF(sketch->values),
        .note = {"", ""},
    };
    sketch->tables[table].select[DIM_PERIOD] =
        (struct selection){sketch->period, 1};
}

static void sketch_new(struct sketch *sketch)
{
    *sketch = (struct sketch){.period = {"last:5"}, .formats = {"pdf"}};
    sketch->values[0] =
        (struct plan_value){VALUE_COUNT, "", "", 0, false, false, 0};
    sketch->values[1] =
        (struct plan_value){VALUE_CRUDE_RATE, "", "", 0, true, false, 1};
    sketch->values[2] = (struct plan_value){
        VALUE_STANDARDISED_RATE, "world", "", 0, true, false, 1};
    sketch->standards[0] = (struct standard){.code = "world",
                                             .label = {"Monde", "World"},
                                             .source = "",
                                             .total = 100,
                                             .bands = world_bands,
                                             .count = 2};
    static const char *const ids[] = {"national", "territory"};
    for (size_t r = 0; r < 2; r++)
        sketch->reports[r] = (struct plan_report){.id = ids[r],
                                                  .path = "r.lua",
                                                  .title = {"Rapport", ""},
                                                  .formats = sketch->formats,
                                                  .format_count = 1};
    sketch_table(sketch, 0, "national.cases");
    sketch_table(sketch, 1, "national.deaths");
    sketch->plan = (struct plan){.tables = sketch->tables,
                                 .table_count = 2,
                                 .reports = sketch->reports,
                                 .report_count = 2,
                                 .standards = sketch->standards,
                                 .standard_count = 1};
}

static const char *checked(const struct sketch *sketch, struct err *err)
{
    *err = (struct err){0};
    return plan_check(&sketch->plan, err) ? "" : err->text;
}

TEST(columns_are_named_by_values_standards_and_limits)
{
    static const char *const want[] = {"count",
                                       "person_years",
                                       "crude_rate",
                                       "crude_rate_lower",
                                       "crude_rate_upper",
                                       "asr_world",
                                       "asr_world_lower",
                                       "asr_world_upper",
                                       "share",
                                       "proportion",
                                       "proportion_lower",
                                       "proportion_upper",
                                       "estimate"};
    struct plan_value values[] = {
        {VALUE_COUNT, "", "", 0, false, false, 0},
        {VALUE_PERSON_YEARS, "", "", 0, false, false, 0},
        {VALUE_CRUDE_RATE, "", "", 0, true, false, 1},
        {VALUE_STANDARDISED_RATE, "world", "", 0, true, false, 2},
        {VALUE_SHARE, "", "", DIM_SEX, false, false, 1},
        {VALUE_PROPORTION, "", "", 0, true, false, 1},
        {VALUE_ESTIMATE, "", "", 0, false, false, 0},
    };
    struct arena *arena = arena_new();
    struct plan_table table = {.values = values,
                               .value_count = COUNT_OF(values)};
    struct plan_column *columns = NULL;
    size_t count = plan_columns(arena, &table, &columns);
    CHECK_INT(count, COUNT_OF(want));
    for (size_t c = 0; c < count; c++)
        CHECK_TEXT(columns[c].id, want[c]);
    CHECK_INT(columns[6].value, 3);
    CHECK_INT(columns[6].part, PART_LOWER);
    CHECK_INT(columns[7].decimals, 2);
    CHECK_TEXT(columns[7].standard, "world");
    CHECK_INT(columns[12].kind, VALUE_ESTIMATE);
    arena_free(arena);
}

TEST(a_sound_plan_passes)
{
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    CHECK_TEXT(checked(&sketch, &err), "");
    CHECK(plan_standard(&sketch.plan, "world") == &sketch.standards[0]);
    CHECK(plan_standard(&sketch.plan, "mars") == NULL);
}

#define IN_TABLE "report 'national': table 'national.cases': "

TEST(a_value_out_of_its_rules_is_named)
{
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    sketch.values[1].decimals = 5;
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "values: 'crude_rate' has 5 decimals, expected 0 to "
                        "4");
    CHECK_INT(err.code, ERR_SCRIPT);
    sketch_new(&sketch);
    sketch.values[0].decimals = 1;
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "values: 'count' has decimals, expected 0");
    sketch_new(&sketch);
    sketch.values[0].interval = true;
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "values: 'count' has no interval");
    sketch_new(&sketch);
    sketch.values[2].standard = "mars";
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "values: no standard population 'mars'"
                        "; known are: world");
    sketch_new(&sketch);
    sketch.values[1] = sketch.values[2];
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "values: column 'asr_world' twice");
    sketch_new(&sketch);
    sketch.tables[0].person_years = "";
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "person_years: 'crude_rate' needs a measure of "
                        "person-years");
}

TEST(a_table_without_its_parts_is_named)
{
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    sketch.tables[0].measure = "";
    CHECK_TEXT(checked(&sketch, &err), IN_TABLE "measure: empty");
    sketch_new(&sketch);
    sketch.tables[0].value_count = 0;
    CHECK_TEXT(checked(&sketch, &err), IN_TABLE "values: none");
    sketch_new(&sketch);
    sketch.tables[0].select[DIM_PERIOD].count = 0;
    CHECK_TEXT(checked(&sketch, &err), IN_TABLE "period: nothing selected");
    sketch_new(&sketch);
    sketch.tables[0].title[LANG_FR] = sketch.tables[0].title[LANG_EN] = "";
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "title: empty in every language");
    sketch_new(&sketch);
    sketch.tables[0].title[LANG_FR] = "one\ntwo";
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "title: expected one line without control characters");
    sketch_new(&sketch);
    sketch.period[0] = "yesterday";
    CHECK_TEXT(checked(&sketch, &err),
               IN_TABLE "period 'yesterday': expected '2019', '2019-2023', "
                        "'each:2004-2023', 'last:5', 'each:last:20' or "
                        "'all'");
}

TEST(ids_are_unique_and_begin_with_their_report)
{
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    sketch.tables[1].id = "national.cases";
    CHECK_TEXT(checked(&sketch, &err), IN_TABLE "id: used by another table");
    sketch_new(&sketch);
    sketch.tables[0].id = "cases";
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'cases': id: expected "
               "'national.NAME', NAME of a-z, 0-9, _ and -");
    sketch_new(&sketch);
    sketch.tables[0].id = "national.../x";
    CHECK(checked(&sketch, &err)[0] != '\0');
    sketch_new(&sketch);
    sketch.tables[0].report = "regional";
    CHECK_TEXT(checked(&sketch, &err),
               "report 'regional': table 'national.cases': report: no report "
               "'regional'");
    sketch_new(&sketch);
    sketch.reports[1].id = "national";
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': id: used by another report");
    sketch_new(&sketch);
    sketch.reports[1].id = "../etc";
    CHECK_TEXT(checked(&sketch, &err), "report '../etc': id: expected letters "
                                       "a-z, digits, _ and -, 100 at most");
}

/* Of a plan whose deaths have their person-years beside them. */
static const char *statistic_says(struct plan_statistic statistic,
                                  struct err *err)
{
    static struct plan_value with_people[] = {
        {VALUE_COUNT, "", "", 0, false, false, 0},
        {VALUE_PERSON_YEARS, "", "", 0, false, false, 0},
    };
    static struct sketch sketch;
    sketch_new(&sketch);
    sketch.tables[1].values = with_people;
    sketch.tables[1].value_count = COUNT_OF(with_people);
    if (statistic.kind == STATISTIC_SLOPE_INDEX)
        sketch.tables[0].person_years = "";
    sketch.plan.statistics = &statistic;
    sketch.plan.statistic_count = 1;
    return checked(&sketch, err);
}

static const struct plan_statistic trend = {
    .report = "national",
    .id = "national.trend",
    .title = {"Tendance", "Trend"},
    .note = {"", ""},
    .from = "national.cases",
    .against = "",
    .kind = STATISTIC_ANNUAL_CHANGE,
    .along = DIM_PERIOD,
    .value = "asr_world",
    .reference = "",
    .decimals = 1,
};

#define IN_TREND "report 'national': statistic 'national.trend': "

TEST(a_statistic_is_of_a_table_and_has_a_name_of_its_own)
{
    struct err err;
    CHECK_TEXT(statistic_says(trend, &err), "");
    struct plan_statistic at = trend;
    at.from = "national.none";
    CHECK_TEXT(statistic_says(at, &err),
               IN_TREND "from: no table 'national.none' in the release; the "
                        "nearest is 'national.cases'");
    at = trend;
    at.id = "national.deaths";
    CHECK_TEXT(statistic_says(at, &err),
               "report 'national': table 'national.deaths': id: used by "
               "another table");
    at = trend;
    at.decimals = 5;
    CHECK_TEXT(statistic_says(at, &err),
               IN_TREND "decimals: 5, expected 0 to 4");
    at = trend;
    at.title[LANG_FR] = at.title[LANG_EN] = "";
    CHECK_TEXT(statistic_says(at, &err),
               IN_TREND "title: empty in every language");
}

/* What a statistic is made of; `want` is "" where that is sound. */
struct made_of {
    enum statistic_kind kind;
    enum dim along;
    const char *value, *reference, *against, *people;
    const char *want;
};

static void check_made_of(const struct made_of *cases, size_t count)
{
    struct err err;
    for (size_t i = 0; i < count; i++) {
        struct plan_statistic at = trend;
        char want[300];
        at.kind = cases[i].kind;
        at.along = cases[i].along;
        at.value = cases[i].value;
        at.reference = cases[i].reference;
        at.against = cases[i].against;
        at.people = cases[i].people;
        snprintf(want, sizeof want, "%s%s",
                 cases[i].want[0] != '\0' ? IN_TREND : "", cases[i].want);
        CHECK_TEXT(statistic_says(at, &err), want);
    }
}

TEST(a_statistic_has_the_column_that_its_kind_is_made_of)
{
    static const struct made_of cases[] = {
        {STATISTIC_ANNUAL_CHANGE, DIM_PERIOD, "asr_segi", "", "", "",
         "value: table 'national.cases' has no column 'asr_segi'; known are: "
         "count, crude_rate, asr_world"},
        {STATISTIC_ANNUAL_CHANGE, DIM_PERIOD, "asr_world_lower", "", "", "",
         "value: table 'national.cases' has no column 'asr_world_lower'; the "
         "nearest is 'asr_world'"},
        {STATISTIC_ANNUAL_CHANGE, DIM_PERIOD, "count", "", "", "",
         "value: 'count' of table 'national.cases' has no interval, which a "
         "statistic needs"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "asr_world", "FR", "", "",
         "value: 'standardised_ratio' is made of 'count'"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR", "", "", ""},
        {STATISTIC_PROPORTION_DIFFERENCE, DIM_PERIOD, "asr_world", "TOUS", "",
         "", "value: 'proportion_difference' is made of 'proportion'"},
    };
    check_made_of(cases, COUNT_OF(cases));
}

TEST(a_statistic_has_the_axis_and_the_reference_of_its_kind)
{
    static const struct made_of cases[] = {
        {STATISTIC_ANNUAL_CHANGE, DIM_SITE, "asr_world", "", "", "",
         "along: 'annual_change' goes along 'period'"},
        {STATISTIC_STANDARDISED_RATIO, DIM_PERIOD, "asr_world", "FR", "", "",
         "along: 'standardised_ratio' goes along 'age'"},
        {STATISTIC_RATE_RATIO, DIM_SITE, "asr_world", "", "", "",
         "reference: 'rate_ratio' needs a code of the axis"},
        {STATISTIC_RATE_RATIO, DIM_SITE, "asr_world", "TOUS", "", "", ""},
        {STATISTIC_RANK, DIM_SITE, "asr_world", "TOUS", "", "",
         "reference: 'rank' has none"},
        {STATISTIC_RANK, DIM_SITE, "asr_world", "", "", "", ""},
    };
    check_made_of(cases, COUNT_OF(cases));
}

TEST(a_statistic_has_the_other_tables_of_its_kind)
{
    static const struct made_of cases[] = {
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR",
         "national.deaths", "", "against: 'standardised_ratio' has none"},
        {STATISTIC_MORTALITY_INCIDENCE, DIM_AGE, "count", "", "national.deaths",
         "", ""},
        {STATISTIC_MORTALITY_INCIDENCE, DIM_AGE, "count", "", "", "",
         "against: 'mortality_incidence' needs the table of cases"},
        {STATISTIC_MORTALITY_INCIDENCE, DIM_AGE, "count", "", "national.none",
         "",
         "against: no table 'national.none' in the release; the nearest is "
         "'national.cases'"},
        {STATISTIC_ANNUAL_CHANGE, DIM_PERIOD, "asr_world", "", "",
         "national.cases", "people: 'annual_change' has none"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR", "",
         "national.cases",
         "against: no table '' in the release; known are: national.cases, "
         "national.deaths"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR", "national.cases",
         "national.cases",
         "against: table 'national.cases' has no column 'person_years'"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR",
         "national.deaths", "national.cases",
         "people: table 'national.cases' has no column 'person_years'"},
        {STATISTIC_STANDARDISED_RATIO, DIM_AGE, "count", "FR",
         "national.deaths", "national.deaths", ""},
    };
    check_made_of(cases, COUNT_OF(cases));
}

TEST(a_risk_needs_a_standard_of_equal_years)
{
    static const struct standard_band equal[] = {
        {0, 0, 1}, {1, 4, 4}, {5, 74, 70}, {75, -1, 0}};
    static const struct standard_band odd[] = {
        {0, 4, 5}, {5, 74, 69}, {75, -1, 0}};
    static const struct standard_band late[] = {
        {0, 34, 0}, {35, 64, 30}, {65, -1, 0}};
    const struct standard standards[] = {
        {.code = "u74", .total = 75, .bands = equal, .count = 4},
        {.code = "odd", .total = 74, .bands = odd, .count = 3},
        {.code = "late", .total = 30, .bands = late, .count = 3},
        {.code = "world", .total = 100, .bands = world_bands, .count = 2},
    };
    CHECK_INT(plan_standard_years(&standards[0]), 75);
    for (size_t s = 1; s < COUNT_OF(standards); s++)
        CHECK_INT(plan_standard_years(&standards[s]), 0);
    struct plan_statistic at = {
        .report = "national",
        .id = "national.risk",
        .title = {"Risque", "Risk"},
        .note = {"", ""},
        .from = "national.cases",
        .against = "",
        .kind = STATISTIC_CUMULATIVE_RISK,
        .along = DIM_PERIOD,
        .value = "asr_world",
        .reference = "",
        .decimals = 2,
    };
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    sketch.plan.statistics = &at;
    sketch.plan.statistic_count = 1;
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': statistic 'national.risk': value: "
               "'cumulative_risk' is made of a rate whose standard weighs "
               "every year of age up to one the same, not of 'asr_world'");
    sketch.standards[0].bands = equal;
    sketch.standards[0].count = COUNT_OF(equal);
    sketch.standards[0].total = standards[0].total;
    CHECK_TEXT(checked(&sketch, &err), "");
}

TEST(names_of_statistics_go_both_ways)
{
    for (int k = 0; k < STATISTIC_COUNT; k++) {
        enum statistic_kind kind = STATISTIC_RATE_RATIO;
        CHECK(statistic_parse(statistic_name((enum statistic_kind)k), &kind));
        CHECK_INT(kind, k);
    }
    enum statistic_kind kind = STATISTIC_RANK;
    CHECK(!statistic_parse("median", &kind));
    CHECK_INT(kind, STATISTIC_RANK);
}

/* "rank ranks 0 (1 to 2), ...": names, units, decimals and which are limits. */
static const char *columns_of(struct arena *arena, enum statistic_kind kind,
                              size_t segments)
{
    const struct plan_statistic statistic = {.kind = kind, .decimals = 2};
    struct statistic_column *columns = NULL;
    struct text out = text_new(arena);
    size_t count = statistic_columns(arena, &statistic, segments, &columns);
    for (size_t c = 0; c < count; c++) {
        text_format(&out, "%s%s %s %d", c == 0 ? "" : ", ", columns[c].id,
                    columns[c].unit, columns[c].decimals);
        CHECK(statistic_is_column(columns[c].id));
        if (columns[c].lower >= 0 || columns[c].upper >= 0)
            text_format(&out, " (%d to %d)", columns[c].lower,
                        columns[c].upper);
    }
    return out.at;
}

TEST(a_statistic_may_tell_more_than_its_value)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(columns_of(arena, STATISTIC_RATE_RATIO, 3),
               "rate_ratio ratio 2 (1 to 2), rate_ratio_lower ratio 2, "
               "rate_ratio_upper ratio 2");
    CHECK_TEXT(columns_of(arena, STATISTIC_SMOOTHED_RATIO, 3),
               "smoothed_ratio ratio 2 (1 to 2), smoothed_ratio_lower ratio 2, "
               "smoothed_ratio_upper ratio 2, smoothed_ratio_above percent 1");
    CHECK_TEXT(columns_of(arena, STATISTIC_SPATIAL_RATIO, 3),
               "spatial_ratio ratio 2 (1 to 2), spatial_ratio_lower ratio 2, "
               "spatial_ratio_upper ratio 2, spatial_ratio_above percent 1, "
               "spatial_ratio_evidence evidence 0");
    CHECK_TEXT(columns_of(arena, STATISTIC_FUNNEL, 3),
               "funnel ratio 2, funnel_expected  1, funnel_low_95 ratio 4, "
               "funnel_high_95 ratio 4, funnel_low_998 ratio 4, "
               "funnel_high_998 ratio 4, funnel_position position 0");
    CHECK_TEXT(columns_of(arena, STATISTIC_DECOMPOSITION, 3),
               "decomposition percent 2, decomposition_risk percent 2, "
               "decomposition_size percent 2, decomposition_ageing percent 2");
    CHECK_TEXT(columns_of(arena, STATISTIC_JOINPOINT, 1),
               "joinpoint joins 0, joinpoint_start_1 year 1, "
               "joinpoint_stop_1 year 1, "
               "joinpoint_change_1 percent_per_year 2 (4 to 5), "
               "joinpoint_change_1_lower percent_per_year 2, "
               "joinpoint_change_1_upper percent_per_year 2");
    CHECK(statistic_is_column("joinpoint_change_5_upper"));
    CHECK(!statistic_is_column("joinpoint_change_6_upper"));
    CHECK(!statistic_is_column("crude_rate"));
    CHECK(!statistic_is_column("rank_above"));
    arena_free(arena);
}

TEST(a_report_needs_formats_and_known_territory_words)
{
    struct sketch sketch;
    struct err err;
    const char *words[] = {"level:"};
    sketch_new(&sketch);
    sketch.reports[1].format_count = 0;
    CHECK_TEXT(checked(&sketch, &err), "report 'territory': formats: none");
    sketch_new(&sketch);
    sketch.formats[0] = "";
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': formats: an empty name");
    sketch_new(&sketch);
    sketch.reports[1].each = (struct selection){words, 1};
    CHECK_TEXT(checked(&sketch, &err),
               "report 'territory': territory 'level:': expected 'root', "
               "'all', 'level:LEVEL', 'zone:LEVEL' or 'code:LEVEL/CODE'");
}

TEST(of_a_rounded_or_perturbed_table_nothing_is_exact)
{
    struct sketch sketch;
    struct err err;
    struct plan_step step = {0};
    sketch_new(&sketch);
    sketch.tables[0].base = 5;
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'national.cases': values: "
               "'crude_rate' of exact counts would tell more than the rounded "
               "ones: expected 'count' or 'person_years'");
    sketch.values[1] =
        (struct plan_value){VALUE_PERSON_YEARS, "", "", 0, false, false, 0};
    sketch.tables[0].value_count = 2;
    sketch.tables[1].value_count = 2;
    CHECK_TEXT(checked(&sketch, &err), "");
    sketch.tables[0].base = 1001;
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'national.cases': base: expected 2 to "
               "1000");
    sketch.tables[0].base = 5;
    sketch.tables[0].ladder = (struct plan_ladder){0.1, &step, 1};
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'national.cases': ladder: a rounded "
               "table has nothing withheld");
    sketch.tables[0].base = 0;
    sketch.tables[0].variance = 30;
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'national.cases': ladder: a perturbed "
               "table has nothing withheld");
    sketch.tables[0].variance = 401;
    CHECK_TEXT(checked(&sketch, &err),
               "report 'national': table 'national.cases': variance: expected "
               "1 to 400");
}

TEST(a_standard_must_cover_all_ages_and_sum_to_its_total)
{
    static const struct standard_band gap[] = {{0, 48, 80}, {50, -1, 20}};
    static const struct standard_band closed[] = {{0, 49, 80}, {50, 99, 20}};
    struct sketch sketch;
    struct err err;
    sketch_new(&sketch);
    sketch.standards[0].total = 101;
    CHECK_TEXT(checked(&sketch, &err),
               "standard 'world': weights do not sum to the total");
    sketch_new(&sketch);
    sketch.standards[0].bands = gap;
    CHECK_TEXT(checked(&sketch, &err),
               "standard 'world': band 2 of ages is out of order");
    sketch_new(&sketch);
    sketch.standards[0].bands = closed;
    CHECK_TEXT(checked(&sketch, &err),
               "standard 'world': the last band is not open ended");
    sketch_new(&sketch);
    sketch.standards[0].count = 0;
    CHECK(checked(&sketch, &err)[0] != '\0');
}

RUN(CASE(columns_are_named_by_values_standards_and_limits),
    CASE(of_a_rounded_or_perturbed_table_nothing_is_exact),
    CASE(a_sound_plan_passes), CASE(a_value_out_of_its_rules_is_named),
    CASE(a_table_without_its_parts_is_named),
    CASE(ids_are_unique_and_begin_with_their_report),
    CASE(a_statistic_is_of_a_table_and_has_a_name_of_its_own),
    CASE(a_statistic_has_the_column_that_its_kind_is_made_of),
    CASE(a_statistic_has_the_axis_and_the_reference_of_its_kind),
    CASE(a_statistic_has_the_other_tables_of_its_kind),
    CASE(a_risk_needs_a_standard_of_equal_years),
    CASE(names_of_statistics_go_both_ways),
    CASE(a_statistic_may_tell_more_than_its_value),
    CASE(a_report_needs_formats_and_known_territory_words),
    CASE(a_standard_must_cover_all_ages_and_sum_to_its_total))
