/* SPDX-License-Identifier: EUPL-1.2 */
/* Statistics of one published table, whose cells have every status: a result
 * says what is missing of what it is made of, and is nothing more than the
 * printed digits. */
#include "unit/model_fixture.h"

#include "pub/build.h"
#include "seal/seal_statistics.h"

enum { COUNT, YEARS };
enum { FR, FIRST, SECOND, THIRD, PLACES };
enum { CLASSES = 4, AGES = CLASSES + 1 };

static struct measure measures[] = {{
    .code = "cases",
    .kind = MEASURE_COUNT,
    .unit = "cases",
    .table_name = "",
    .numerator = "",
    .denominator = "",
    .source = "",
    .method = "",
    .label = {"Cas", "Cases"},
}};

/* France and its départements, the total of all ages and its classes. */
struct desk {
    struct arena *arena;
    struct seal seal;
    struct seal_job job;
    struct project project;
    struct plan plan;
    struct plan_table plan_table;
    struct plan_statistic statistic;
    struct pub_column columns[2];
    int ages[AGES];
    /* Of the table that is built next. */
    const char *id;
    size_t place_count, age_count;
    struct pub_table *table, *against, *people, *out;
    struct err err;
};

static void desk_build(struct desk *desk)
{
    static const int places[] = {0, 3, 4, 5}, one[] = {0};
    const struct pub_draft draft = {
        .id = desk->id,
        .report = "r",
        .title = {"", ""},
        .note = {"", ""},
        .measure = "cases",
        .columns = desk->columns,
        .column_count = 2,
        .axis = {places, one, one, desk->ages, one, one},
        .axis_count = {desk->place_count, 1, 1, desk->age_count, 1, 1},
    };
    desk->table = pub_build(desk->arena, &desk->seal.codes, &draft);
}

static void put(struct desk *desk, size_t place, size_t age, int column,
                enum availability status, double value)
{
    const size_t places[DIM_COUNT] = {place, 0, 0, age, 0, 0};
    pub_put(desk->table, pub_row(desk->table, places), (size_t)column, status,
            status == AVAILABLE ? value : 0.0, 0);
}

/* A hundred cases in each class of France, thirty or so elsewhere. */
static void desk_fill(struct desk *desk)
{
    for (size_t p = 0; p < desk->place_count; p++) {
        double cases = p == FR ? 100.0 : 30.0 + (double)p;
        for (size_t a = 0; a < desk->age_count; a++) {
            double share = a == 0 ? CLASSES : 1.0;
            put(desk, p, a, COUNT, AVAILABLE, share * cases);
            put(desk, p, a, YEARS, AVAILABLE,
                share * (p == FR ? 300000.0 : 100000.0));
        }
    }
}

static struct desk *desk_new(enum statistic_kind kind)
{
    struct arena *arena = arena_new();
    struct desk *desk = arena_alloc(arena, sizeof *desk);
    desk->arena = arena;
    desk->seal = (struct seal){.closed = arena, .job = &desk->job};
    desk->seal.codes = fixture_codes(arena);
    desk->seal.codes.measures = measures;
    desk->seal.codes.measure_count = COUNT_OF(measures);
    desk->job =
        (struct seal_job){.project = &desk->project, .plan = &desk->plan};
    desk->project.policy = (struct policy){
        .threshold = 5, .unreliable_under = 20, .caution_under = 130};
    desk->plan = (struct plan){.tables = &desk->plan_table, .table_count = 1};
    desk->columns[COUNT] =
        (struct pub_column){"count", PUB_COUNT, PUB_VALUE,     "",   "cases", 0,
                            -1,      -1,        DIM_TERRITORY, false};
    desk->columns[YEARS] = (struct pub_column){"person_years",
                                               PUB_PERSON_YEARS,
                                               PUB_VALUE,
                                               "",
                                               "person_years",
                                               0,
                                               -1,
                                               -1,
                                               DIM_TERRITORY,
                                               false};
    desk->statistic = (struct plan_statistic){
        .report = "r",
        .id = "r.s",
        .title = {"", ""},
        .note = {"", ""},
        .from = "r.t",
        .against = "",
        .people = "",
        .kind = kind,
        .along = DIM_AGE,
        .value = "count",
        .reference = "FR",
        .decimals = 2,
    };
    for (int a = 0; a < AGES; a++)
        desk->ages[a] = a;
    desk->id = "r.t";
    desk->place_count = PLACES;
    desk->age_count = AGES;
    desk_build(desk);
    desk_fill(desk);
    return desk;
}

static void desk_end(struct desk *desk)
{
    arena_free(desk->arena);
}

static bool make(struct desk *desk)
{
    const struct pub_table *tables[] = {desk->table, desk->against,
                                        desk->people};
    return seal_statistic(&desk->seal, tables, &desk->statistic, &desk->out,
                          &desk->err);
}

static void check_refused(struct desk *desk, const char *want)
{
    CHECK(!make(desk));
    CHECK(desk->out == NULL);
    CHECK_INT(desk->err.code, ERR_SCRIPT);
    CHECK_TEXT(desk->err.text, want);
    desk_end(desk);
}

/* --- what cannot be made -------------------------------------------------- */

TEST(a_column_without_limits_or_that_is_not_there_is_named)
{
    struct desk *desk = desk_new(STATISTIC_RATE_RATIO);
    check_refused(desk, "statistic 'r.s': value: table 'r.t' has no column "
                        "'count' with limits");
    desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    desk->statistic.value = "deaths";
    check_refused(desk, "statistic 'r.s': value: table 'r.t' has no column "
                        "'deaths' with limits");
}

TEST(a_table_without_person_years_is_named)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    desk->columns[YEARS].id = "people";
    desk_build(desk);
    check_refused(desk, "statistic 'r.s': from: table 'r.t' has no column "
                        "'person_years'");
}

TEST(an_axis_without_its_total_is_named)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    desk->seal.codes.dims[DIM_AGE].nodes[0].zone = true;
    check_refused(desk, "statistic 'r.s': along: 'age' has no total");
}

TEST(classes_that_overlap_do_not_add_up)
{
    static const enum statistic_kind kinds[] = {STATISTIC_STANDARDISED_RATIO,
                                                STATISTIC_DECOMPOSITION};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct desk *desk = desk_new(kinds[k]);
        desk->statistic.reference = k == 0 ? "FR" : "2019";
        desk->ages[1] = 2;
        desk_build(desk);
        check_refused(desk, "statistic 'r.s': table 'r.t' needs the total of "
                            "all ages, and age classes that add up to it");
    }
}

/* --- what is missing ------------------------------------------------------ */

static enum availability status_at(const struct desk *desk, size_t place,
                                   double *value)
{
    const size_t places[DIM_COUNT] = {place, 0, 0, 0, 0, 0};
    return pub_read(desk->out, pub_row(desk->out, places), PUB_VALUE, value);
}

static void check_status(struct desk *desk, size_t place,
                         enum availability want)
{
    double value = -1.0;
    if (!make(desk))
        fail_msg("%s", desk->err.text);
    CHECK_INT(status_at(desk, place, &value), want);
    CHECK(want == AVAILABLE || value == -1.0);
    desk_end(desk);
}

TEST(a_ratio_is_that_of_printed_counts)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    double value = 0.0;
    CHECK(make(desk));
    CHECK_INT(status_at(desk, FR, &value), AVAILABLE);
    CHECK_NEAR(value, 1.0, 1e-12);
    CHECK_INT(status_at(desk, SECOND, &value), AVAILABLE);
    CHECK_NEAR(value, 0.96, 1e-12); /* 4 x 32 for 4 x 33.33 */
    desk_end(desk);
}

TEST(a_ratio_has_the_status_of_what_is_secret_or_unsure_in_it)
{
    static const enum availability all[] = {CONFIDENTIAL, UNRELIABLE,
                                            NOT_AVAILABLE, NOT_COVERED};
    for (size_t s = 0; s < COUNT_OF(all); s++) {
        struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
        put(desk, FIRST, 0, COUNT, all[s], 0.0);
        check_status(desk, FIRST, all[s]);
        desk = desk_new(STATISTIC_STANDARDISED_RATIO);
        put(desk, FR, 2, COUNT, all[s], 0.0); /* a class of the reference */
        check_status(desk, THIRD, all[s]);
        desk = desk_new(STATISTIC_STANDARDISED_RATIO);
        put(desk, FIRST, 2, COUNT, all[s], 0.0); /* not asked: the total is */
        check_status(desk, FIRST, AVAILABLE);
    }
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    put(desk, FIRST, 0, COUNT, UNRELIABLE, 0.0);
    put(desk, FR, 2, COUNT, CONFIDENTIAL, 0.0);
    check_status(desk, FIRST, CONFIDENTIAL);
}

TEST(a_class_without_people_in_the_reference_expects_nothing)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    put(desk, FR, 3, YEARS, AVAILABLE, 0.0);
    check_status(desk, FIRST, NOT_AVAILABLE);
    desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    put(desk, FR, 3, YEARS, AVAILABLE, 0.0);
    put(desk, FIRST, 3, YEARS, AVAILABLE, 0.0);
    check_status(desk, FIRST, AVAILABLE);
}

TEST(where_nothing_is_expected_there_is_no_ratio)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    for (size_t a = 1; a < AGES; a++)
        put(desk, FIRST, a, YEARS, AVAILABLE, 0.0);
    check_status(desk, FIRST, NOT_AVAILABLE);
}

TEST(a_ratio_of_few_cases_is_unreliable_or_to_be_read_with_caution)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    put(desk, FIRST, 0, COUNT, AVAILABLE, 19.0);
    check_status(desk, FIRST, UNRELIABLE);
    desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    put(desk, FIRST, 0, COUNT, AVAILABLE,
        0.0); /* that there are none is sure */
    check_status(desk, FIRST, AVAILABLE);
    desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    const size_t second[DIM_COUNT] = {SECOND}, third[DIM_COUNT] = {THIRD};
    CHECK(make(desk));
    /* 4 x 32 and 4 x 33 cases, and 130 are enough. */
    CHECK_INT(pub_flags(desk->out, pub_row(desk->out, second), PUB_VALUE),
              FLAG_CAUTION);
    CHECK_INT(pub_flags(desk->out, pub_row(desk->out, third), PUB_VALUE), 0);
    desk_end(desk);
}

/* --- maps ----------------------------------------------------------------- */

/* The three départements in a line, 29 - 53 - 2A, and one beyond the table. */
static bool find_line(void *context, const char *level,
                      const struct seal_map **out, struct err *err)
{
    static const char *const codes[] = {"29", "53", "2A", "99"};
    static const size_t of29[] = {1}, of53[] = {0, 2}, of2a[] = {1, 3},
                        of99[] = {2};
    static const size_t *const lists[] = {of29, of53, of2a, of99};
    static const size_t sizes[] = {1, 2, 2, 1};
    static const struct seal_map map = {"departement", codes, lists, sizes, 4};
    const char *broken = context;
    if (broken != NULL)
        return err_fail(err, ERR_INPUT, "geo.file", "%s", broken);
    *out = text_same(level, map.level) ? &map : NULL;
    return true;
}

/* --- expected counts of other tables -------------------------------------- */

/* A table without ages, its rates and its people in tables of their own; the
 * people have so many ages and places. */
static struct desk *apart_new(size_t places, size_t ages)
{
    struct desk *desk = desk_new(STATISTIC_STANDARDISED_RATIO);
    desk->id = "r.rates";
    desk_build(desk);
    desk_fill(desk);
    desk->against = desk->table;
    desk->id = "r.people";
    desk->place_count = places;
    desk->age_count = ages;
    desk_build(desk);
    desk_fill(desk);
    desk->people = desk->table;
    desk->id = "r.t";
    desk->place_count = PLACES;
    desk->age_count = 1;
    desk_build(desk);
    desk_fill(desk);
    desk->statistic.against = "r.rates";
    desk->statistic.people = "r.people";
    desk->plan.table_count = 3;
    return desk;
}

/* Person-years of a class in another table. */
static void put_years(struct desk *desk, struct pub_table *in, size_t place,
                      size_t age, double years)
{
    struct pub_table *own = desk->table;
    desk->table = in;
    put(desk, place, age, YEARS, AVAILABLE, years);
    desk->table = own;
}

TEST(rates_and_people_of_other_tables_expect_the_same)
{
    struct desk *desk = apart_new(PLACES, AGES);
    double value = 0.0;
    CHECK(make(desk));
    CHECK_INT(status_at(desk, SECOND, &value), AVAILABLE);
    CHECK_NEAR(value, 0.96, 1e-12); /* 4 x 32 for 4 x 33.33 */
    desk_end(desk);
}

TEST(a_class_without_people_in_the_rates_expects_nothing)
{
    struct desk *desk = apart_new(PLACES, AGES);
    put_years(desk, desk->against, FR, 3, 0.0);
    check_status(desk, FIRST, NOT_AVAILABLE);
    desk = apart_new(PLACES, AGES);
    put_years(desk, desk->against, FR, 3, 0.0);
    put_years(desk, desk->people, FIRST, 3, 0.0);
    check_status(desk, FIRST, AVAILABLE);
}

TEST(what_other_tables_lack_is_named)
{
    check_refused(apart_new(PLACES, AGES - 1),
                  "statistic 'r.s': people: table 'r.people' has no '75+' "
                  "along 'age'");
    check_refused(apart_new(PLACES - 1, AGES),
                  "statistic 'r.s': table 'r.people' has no '2A' along "
                  "'territory'");
    struct desk *desk = apart_new(PLACES, AGES);
    desk->age_count = AGES;
    desk_build(desk);
    check_refused(desk, "statistic 'r.s': people: table 'r.t' has ages of its "
                        "own");
}

/* --- deaths against cases ------------------------------------------------- */

static void check_lethality(double deaths, double cases, enum availability want,
                            double ratio, bool limits)
{
    struct desk *desk = desk_new(STATISTIC_MORTALITY_INCIDENCE);
    double value = -1.0;
    desk->against = desk->table;
    desk->id = "r.deaths";
    desk_build(desk);
    desk_fill(desk);
    desk->statistic.from = "r.deaths";
    desk->statistic.against = "r.t";
    desk->statistic.reference = "";
    desk->plan.table_count = 2;
    put(desk, FIRST, 0, COUNT, AVAILABLE, deaths);
    struct pub_table *dead = desk->table;
    desk->table = desk->against;
    put(desk, FIRST, 0, COUNT, AVAILABLE, cases);
    desk->table = dead;
    CHECK(make(desk));
    CHECK_INT(status_at(desk, FIRST, &value), want);
    CHECK_NEAR(value, want == AVAILABLE ? ratio : -1.0, 1e-12);
    const size_t places[DIM_COUNT] = {FIRST, 0, 0, 0, 0, 0};
    CHECK_INT(pub_read(desk->out, pub_row(desk->out, places), PUB_LOWER,
                       &value) == AVAILABLE,
              limits);
    desk_end(desk);
}

TEST(deaths_against_cases_are_judged_by_the_fewer_and_zero_by_the_cases)
{
    check_lethality(30, 120, AVAILABLE, 0.25, true);
    check_lethality(19, 120, UNRELIABLE, 0, false);
    check_lethality(30, 19, UNRELIABLE, 0, false);
    check_lethality(0, 120, AVAILABLE, 0, false);
    check_lethality(0, 19, UNRELIABLE, 0, false);
    check_lethality(30, 0, NOT_AVAILABLE, 0, false);
    check_lethality(0, 0, NOT_AVAILABLE, 0, false);
}

TEST(a_map_that_cannot_be_read_stops_the_statistic)
{
    static char broken[] = "departement.geo: cut short";
    struct desk *desk = desk_new(STATISTIC_SPATIAL_RATIO);
    desk->job.find_map = find_line;
    desk->job.map_context = broken;
    CHECK(!make(desk));
    CHECK_INT(desk->err.code, ERR_INPUT);
    CHECK_TEXT(desk->err.text, "statistic 'r.s': departement.geo: cut short");
    desk_end(desk);
}

static enum availability evidence_at(const struct desk *desk, size_t place,
                                     double *value)
{
    const size_t places[DIM_COUNT] = {place, 0, 0, 0, 0, 0};
    int column = pub_find_column(desk->out, "spatial_ratio_evidence");
    CHECK(column >= 0);
    return pub_read(desk->out, pub_row(desk->out, places), (size_t)column,
                    value);
}

TEST(a_territory_that_is_not_shown_is_left_out_of_the_map)
{
    struct desk *desk = desk_new(STATISTIC_SPATIAL_RATIO);
    double value = -1.0;
    desk->job.find_map = find_line;
    put(desk, SECOND, 0, COUNT, CONFIDENTIAL, 0.0);
    CHECK(make(desk));
    CHECK_INT(status_at(desk, SECOND, &value), CONFIDENTIAL);
    CHECK(value == -1.0);
    CHECK_INT(status_at(desk, FIRST, &value), AVAILABLE);
    CHECK(value > 0.9 && value < 1.1);
    CHECK_INT(status_at(desk, THIRD, &value), AVAILABLE);
    /* One class for the map, told beside what is shown alone. */
    CHECK_INT(evidence_at(desk, SECOND, &value), CONFIDENTIAL);
    CHECK_INT(evidence_at(desk, FIRST, &value), AVAILABLE);
    CHECK_NEAR(value, 0.0, 0.0);
    CHECK_INT(evidence_at(desk, THIRD, &value), AVAILABLE);
    CHECK_NEAR(value, 0.0, 0.0);
    /* No level of France alone has a map. */
    CHECK_INT(status_at(desk, FR, &value), NOT_AVAILABLE);
    desk_end(desk);
}

TEST(a_territory_where_nothing_is_expected_is_left_out_of_the_map)
{
    struct desk *desk = desk_new(STATISTIC_SPATIAL_RATIO);
    double value = -1.0;
    desk->job.find_map = find_line;
    for (size_t a = 1; a < AGES; a++)
        put(desk, FIRST, a, YEARS, AVAILABLE, 0.0);
    CHECK(make(desk));
    CHECK_INT(status_at(desk, FIRST, &value), NOT_AVAILABLE);
    CHECK(value == -1.0);
    CHECK_INT(status_at(desk, SECOND, &value), AVAILABLE);
    CHECK(value > 0.9 && value < 1.1);
    desk_end(desk);
}

RUN(CASE(a_column_without_limits_or_that_is_not_there_is_named),
    CASE(a_table_without_person_years_is_named),
    CASE(an_axis_without_its_total_is_named),
    CASE(classes_that_overlap_do_not_add_up),
    CASE(a_ratio_is_that_of_printed_counts),
    CASE(a_ratio_has_the_status_of_what_is_secret_or_unsure_in_it),
    CASE(a_class_without_people_in_the_reference_expects_nothing),
    CASE(where_nothing_is_expected_there_is_no_ratio),
    CASE(a_ratio_of_few_cases_is_unreliable_or_to_be_read_with_caution),
    CASE(rates_and_people_of_other_tables_expect_the_same),
    CASE(a_class_without_people_in_the_rates_expects_nothing),
    CASE(what_other_tables_lack_is_named),
    CASE(deaths_against_cases_are_judged_by_the_fewer_and_zero_by_the_cases),
    CASE(a_map_that_cannot_be_read_stops_the_statistic),
    CASE(a_territory_that_is_not_shown_is_left_out_of_the_map),
    CASE(a_territory_where_nothing_is_expected_is_left_out_of_the_map))
