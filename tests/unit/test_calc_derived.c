/* SPDX-License-Identifier: EUPL-1.2 */
/* Counts and rates of derived tables, over facts whose sums are made again the
 * slow way, and what cannot be asked for. */
#include "derived_fixture.h"

#include "base/num.h"
#include "calc/kernel.h"

TEST(counts_and_crude_rates_of_every_row_are_the_slow_ones)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "all");
    choose(fixture, DIM_SITE, "code:DIG");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_AGE, "T");
    choose(fixture, DIM_AGE, "band:15-74");
    choose(fixture, DIM_PERIOD, "2019");
    choose(fixture, DIM_PERIOD, "2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    build(fixture);
    CHECK_INT(fixture->derived->rows, 6 * 2 * 2 * 2 * 2);
    CHECK_INT(fixture->derived->column_count, 5);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        int64_t cases = slow(fixture, row, &fixture->cases);
        int64_t years = slow(fixture, row, &fixture->population);
        struct kernel_interval rate;
        CHECK(
            kernel_crude_rate((double)cases, (double)years, 1e5, 0.95, &rate));
        check_shown(fixture, row, "count", (double)cases);
        check_shown(fixture, row, "person_years", (double)years);
        check_shown(fixture, row, "crude_rate", num_round(rate.value, 4));
        check_shown(fixture, row, "crude_rate_lower", num_round(rate.lower, 4));
        check_shown(fixture, row, "crude_rate_upper", num_round(rate.upper, 4));
        CHECK(fixture->derived->coverage[row] == 1.0);
    }
    end(fixture);
}

TEST(values_are_rounded_to_their_published_decimals)
{
    struct derived_fixture *fixture = fixture_new("cases");
    want(fixture, VALUE_CRUDE_RATE)->decimals = 1;
    choose(fixture, DIM_PERIOD, "2020");
    build(fixture);
    double value = cell(fixture, 0, "crude_rate")->value;
    CHECK(value > 0.0);
    CHECK(value == num_round(value, 1));
    end(fixture);
}

/* Cases or people of one age class of a row, the slow way. */
static double age_sum(const struct derived_fixture *fixture, size_t row,
                      const struct facts *facts, const char *age)
{
    int node[DIM_COUNT];
    row_nodes(fixture, row, node);
    node[DIM_AGE] = code_find(&fixture->codes.dims[DIM_AGE], NULL, age);
    return (double)calc_fixture_sum(&fixture->codes, facts, NULL, node);
}

static struct kernel_interval slow_rate(const struct derived_fixture *fixture,
                                        size_t row, size_t ages)
{
    static const char *const codes[] = {"00-14", "15-49", "50-74", "75+"};
    static const double weights[] = {30, 40, 20, 10};
    double cases[4], years[4], total = 0.0;
    for (size_t a = 0; a < ages; a++) {
        cases[a] = age_sum(fixture, row, &fixture->cases, codes[a]);
        years[a] = age_sum(fixture, row, &fixture->population, codes[a]);
        total += weights[a];
    }
    struct kernel_interval rate;
    CHECK(kernel_standardised_rate(cases, years, weights, ages, total, 1e5,
                                   0.95, &rate));
    return rate;
}

TEST(standardised_rates_weigh_the_age_classes)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:DIG");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_AGE, "T");
    choose(fixture, DIM_AGE, "band:0-49"); /* a truncated rate */
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        bool total = row / 4 % 2 == 0;
        struct kernel_interval rate = slow_rate(fixture, row, total ? 4 : 2);
        check_shown(fixture, row, "asr_world", num_round(rate.value, 4));
        check_shown(fixture, row, "asr_world_lower", num_round(rate.lower, 4));
        check_shown(fixture, row, "asr_world_upper", num_round(rate.upper, 4));
    }
    end(fixture);
}

TEST(a_standard_whose_limits_cross_the_classes_is_refused)
{
    struct derived_fixture *fixture = fixture_new("cases");
    static const struct standard_band bands[] = {{0, 64, 1}, {65, -1, 1}};
    fixture->standard = (struct standard){
        .code = "world", .total = 2, .bands = bands, .count = 2};
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_STANDARDISED_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "standard 'world': its band 0-64 and the store's age class "
                  "50-74 overlap, and neither is part of the other");
}

TEST(a_site_of_one_sex_has_the_person_years_of_that_sex)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_SITE, "code:PRO");
    choose(fixture, DIM_SITE, "code:MAS");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_SEX, "T");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_SEX, "F");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    static const char *const columns[] = {"person_years", "crude_rate",
                                          "crude_rate_upper", "asr_world"};
    /* In the store's order: lung, the group of men's sites, prostate. */
    for (size_t at = 0; at < 3 * COUNT_OF(columns); at++) {
        size_t site = at / COUNT_OF(columns);
        const char *column = columns[at % COUNT_OF(columns)];
        const struct derived *both = cell(fixture, site * 3, column);
        const struct derived *men = cell(fixture, site * 3 + 1, column);
        const struct derived *women = cell(fixture, site * 3 + 2, column);
        bool lung = site == 0;
        CHECK_INT(both->availability, AVAILABLE);
        CHECK((both->value == men->value) == !lung);
        CHECK_INT(women->availability, lung ? AVAILABLE : NOT_APPLICABLE);
    }
    end(fixture);
}

TEST(what_no_source_covers_is_not_covered)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    calc_fixture_cover(&fixture->coverage, 1, 1, SITE_POU, COVERAGE_ESTIMATED);
    choose(fixture, DIM_TERRITORY, "root");
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    const struct derived_table *table = fixture->derived;
    for (size_t c = 0; c < table->column_count; c++)
        CHECK_INT(table->cells[table->column_count + c].availability,
                  NOT_COVERED);
    CHECK(table->coverage[1] == 0.0);

    /* The country is computed over the other two, and says so. */
    int64_t cases = slow(fixture, 0, &fixture->cases);
    int64_t years = slow(fixture, 0, &fixture->population);
    fixture->covered = false;
    int64_t everybody = slow(fixture, 0, &fixture->population);
    CHECK(years < everybody);
    CHECK_NEAR(table->coverage[0], (double)years / (double)everybody, 1e-15);
    check_shown(fixture, 0, "count", (double)cases);
    check_shown(fixture, 0, "crude_rate",
                num_round((double)cases / (double)years * 1e5, 4));
    CHECK_INT(cell(fixture, 0, "crude_rate")->flags,
              FLAG_CAUTION | FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 2, "count")->flags, FLAG_ESTIMATED);
    CHECK_INT(cell(fixture, 3, "count")->flags, 0);
    CHECK(table->coverage[2] == 1.0);
    end(fixture);
}

TEST(without_person_years_coverage_is_the_share_of_territories_and_years)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->covered = true;
    fixture->table.person_years = "";
    calc_fixture_cover(&fixture->coverage, 0, 1, SITE_POU, COVERAGE_NONE);
    choose(fixture, DIM_SITE, "code:POU");
    choose(fixture, DIM_PERIOD, "2019-2020");
    want(fixture, VALUE_COUNT);
    build(fixture);
    CHECK_NEAR(fixture->derived->coverage[0], 5.0 / 6.0, 1e-15);
    end(fixture);
}

TEST(few_events_make_a_rate_unreliable_and_none_do_not)
{
    struct derived_fixture *fixture = fixture_new("cases");
    fixture->policy =
        (struct policy){.unreliable_under = 5, .caution_under = 12};
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_SITE, "site");
    choose(fixture, DIM_SEX, "M");
    choose(fixture, DIM_AGE, "each");
    choose(fixture, DIM_PERIOD, "each:2019-2022");
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    build(fixture);
    size_t seen[4] = {0};
    for (size_t row = 0; row < fixture->derived->rows; row++) {
        double count = cell(fixture, row, "count")->value;
        const struct derived *rate = cell(fixture, row, "crude_rate_upper");
        size_t kind = count == 0 ? 0 : count < 5 ? 1 : count < 12 ? 2 : 3;
        seen[kind]++;
        CHECK_INT(cell(fixture, row, "count")->availability, AVAILABLE);
        CHECK_INT(rate->availability, kind == 1 ? UNRELIABLE : AVAILABLE);
        CHECK_INT(rate->flags, kind == 2 ? FLAG_CAUTION : 0);
    }
    for (size_t kind = 0; kind < COUNT_OF(seen); kind++)
        CHECK(seen[kind] > 0);
    end(fixture);
}

TEST(a_rate_without_person_years_is_not_available)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2011-2015"); /* nobody was counted then */
    want(fixture, VALUE_COUNT)->interval = false;
    want(fixture, VALUE_CRUDE_RATE);
    want(fixture, VALUE_STANDARDISED_RATE);
    build(fixture);
    check_shown(fixture, 0, "count", 0.0);
    CHECK_INT(cell(fixture, 0, "crude_rate")->availability, NOT_AVAILABLE);
    CHECK_INT(cell(fixture, 0, "asr_world")->availability, NOT_AVAILABLE);
    end(fixture);
}

TEST(a_population_table_is_public)
{
    struct derived_fixture *fixture = fixture_new("population");
    fixture->table.person_years = "";
    choose(fixture, DIM_TERRITORY, "level:departement");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PERSON_YEARS)->interval = false;
    build(fixture);
    check_shown(fixture, 1, "person_years",
                (double)slow(fixture, 1, &fixture->population));
    CHECK_INT(fixture->derived->support[0], SUPPORT_NONE);
    end(fixture);
}

TEST(what_a_measure_does_not_have_is_refused)
{
    struct derived_fixture *fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_PROPORTION);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'cases' cannot have the value 'proportion'");

    fixture = fixture_new("cases");
    choose(fixture, DIM_PERIOD, "2020");
    fixture->table.person_years = "";
    want(fixture, VALUE_CRUDE_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "the value 'crude_rate' of measure 'cases' needs the table "
                  "to name a measure of person-years");

    fixture = fixture_new("population");
    choose(fixture, DIM_PERIOD, "2020");
    choose(fixture, DIM_SITE, "site");
    want(fixture, VALUE_COUNT);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'population' is not counted by site");

    fixture = fixture_new("nothing");
    choose(fixture, DIM_PERIOD, "2020");
    want(fixture, VALUE_COUNT);
    check_refused(
        fixture, ERR_SCRIPT,
        "the store has no measure 'nothing'"
        "; known are: cases, population, part, survival, secret, smoothed");
}

TEST(a_rate_by_age_needs_people_by_age)
{
    struct derived_fixture *fixture = fixture_new("cases");
    static const struct fact everybody = {
        {0, CUBE_ANY, CUBE_ANY, CUBE_ANY, 0, CUBE_ANY}, 1000};
    fixture->population = (struct facts){&everybody, 1};
    choose(fixture, DIM_AGE, "each");
    choose(fixture, DIM_PERIOD, "2019");
    want(fixture, VALUE_CRUDE_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "measure 'population' is not counted by age");

    fixture = fixture_new("cases");
    fixture->population = (struct facts){&everybody, 1};
    choose(fixture, DIM_PERIOD, "2019");
    want(fixture, VALUE_STANDARDISED_RATE);
    check_refused(fixture, ERR_SCRIPT,
                  "a standardised rate needs measure 'population' to be "
                  "counted by age");
}

RUN(CASE(counts_and_crude_rates_of_every_row_are_the_slow_ones),
    CASE(values_are_rounded_to_their_published_decimals),
    CASE(standardised_rates_weigh_the_age_classes),
    CASE(a_standard_whose_limits_cross_the_classes_is_refused),
    CASE(a_site_of_one_sex_has_the_person_years_of_that_sex),
    CASE(what_no_source_covers_is_not_covered),
    CASE(without_person_years_coverage_is_the_share_of_territories_and_years),
    CASE(few_events_make_a_rate_unreliable_and_none_do_not),
    CASE(a_rate_without_person_years_is_not_available),
    CASE(a_population_table_is_public),
    CASE(what_a_measure_does_not_have_is_refused),
    CASE(a_rate_by_age_needs_people_by_age))
