/* SPDX-License-Identifier: EUPL-1.2 */
/* Projections of series that are known exactly, grades, and edges. */
#include "calc/kernel_projection.h"
#include "check.h"

#define Z 1.959963984540054

/* --- log-linear ----------------------------------------------------------- */

static struct kernel_series four_years(const double *counts)
{
    static const double years[] = {2001, 2002, 2003, 2004};
    static const double people[] = {1e5, 1e5, 1e5, 1e5};
    static const double next[] = {2005, 2006}, more[] = {1e5, 2e5};
    return (struct kernel_series){
        .years = years,
        .counts = counts,
        .person_years = people,
        .observed = 4,
        .future_years = next,
        .future_person_years = more,
        .future = 2,
    };
}

/* 90, 110, 110, 90: no slope, a mean of 100, Pearson 4 over 2 degrees of
 * freedom. Five years on: variance 1/400 + 2.5^2 / (100 x 5), twice. */
TEST(a_level_series_is_projected_level)
{
    static const double counts[] = {90, 110, 110, 90};
    struct kernel_series series = four_years(counts);
    struct kernel_log_linear got;
    struct arena *scratch = arena_new();
    CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
    CHECK(fabs(got.slope) < 1e-12);
    CHECK_NEAR(got.dispersion, 2.0, 1e-8);
    CHECK_NEAR(got.projected[0].cases.value, 100.0, 1e-9);
    CHECK_NEAR(got.projected[0].standard_error, sqrt(2.0 * 0.015), 1e-7);
    CHECK_NEAR(got.projected[0].cases.upper, 100.0 + Z * sqrt(500.0), 1e-7);
    CHECK_NEAR(got.projected[0].cases.lower, 100.0 - Z * sqrt(500.0), 1e-7);
    CHECK_NEAR(got.projected[1].cases.value, 200.0,
               1e-9); /* twice the people */
    arena_free(scratch);
}

TEST(a_steady_growth_goes_on)
{
    static const double counts[] = {1000, 1100, 1210, 1331};
    struct kernel_series series = four_years(counts);
    struct kernel_log_linear got;
    struct arena *scratch = arena_new();
    CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
    CHECK_NEAR(got.slope, log(1.1), 1e-9);
    CHECK_NEAR(got.projected[0].cases.value, 1464.1, 1e-8);
    CHECK_NEAR(got.projected[1].cases.value, 2.0 * 1610.51, 1e-8);
    CHECK(got.dispersion < 1e-9);
    arena_free(scratch);
}

TEST(a_projection_is_not_below_nothing_nor_from_nothing)
{
    static const double rare[] = {0, 3, 0, 1}, none[] = {0, 0, 0, 0};
    /* A slope without end, up or down, and one that has an end. */
    static const double last[] = {0, 0, 0, 7}, first[] = {7, 0, 0, 0};
    static const double second[] = {0, 7, 0, 0};
    static const double same[] = {2001, 2001, 2001, 2001},
                        bad[] = {1, 2, -3, 4};
    static const double nobody[] = {0, 1e5};
    struct kernel_series series = four_years(rare);
    struct kernel_log_linear got;
    struct arena *scratch = arena_new();
    CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
    CHECK(got.projected[0].cases.lower == 0.0);
    series.future_person_years = nobody;
    CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
    CHECK(got.projected[0].cases.value == 0.0);
    CHECK(got.projected[0].cases.upper == 0.0);
    series.years = same;
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(none);
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(last);
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(first);
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(second);
    CHECK(kernel_log_linear_projection(scratch, &series, 0.95, &got));
    CHECK(got.slope < 0.0 && got.slope > -1.0);
    series = four_years(bad);
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(rare);
    series.observed = 2;
    CHECK(!kernel_log_linear_projection(scratch, &series, 0.95, &got));
    series = four_years(rare);
    CHECK(!kernel_log_linear_projection(scratch, &series, 1.0, &got));
    arena_free(scratch);
}

/* --- nordpred ------------------------------------------------------------- */

enum {
    AGES = 6,
    OBSERVED = 4,
    FUTURE = 2,
    PERIODS = OBSERVED + FUTURE,
};

struct table {
    double cases[AGES * OBSERVED], years[AGES * PERIODS];
    double cut[FUTURE];
};

/* Rates that are exp or the fifth power of base + 0.1 age + effect; the two
 * youngest ages are not fitted. */
static struct kernel_nordpred_data fill(struct table *table,
                                        enum kernel_nordpred_link link,
                                        double base,
                                        const double effects[OBSERVED])
{
    for (size_t age = 0; age < AGES; age++) {
        for (size_t period = 0; period < PERIODS; period++)
            table->years[age * PERIODS + period] =
                1e4 * (double)(age + 1) + 1e3 * (double)period;
        for (size_t period = 0; period < OBSERVED; period++) {
            double at = base + 0.1 * (double)age + effects[period];
            double rate =
                link == KERNEL_NORDPRED_POISSON ? exp(at) : pow(at, 5);
            table->cases[age * OBSERVED + period] =
                rate * table->years[age * PERIODS + period];
        }
    }
    return (struct kernel_nordpred_data){
        .cases = table->cases,
        .person_years = table->years,
        .ages = AGES,
        .observed = OBSERVED,
        .future = FUTURE,
        .first_fitted = 2,
        .first_used = 3,
        .link = link,
        .cut = table->cut,
    };
}

/* The projected rate of the oldest age. */
static double oldest(const struct table *table,
                     const struct kernel_nordpred *got, size_t future)
{
    size_t age = AGES - 1;
    return got->cases[age * FUTURE + future] /
           table->years[age * PERIODS + OBSERVED + future];
}

/* The drift between the last two periods is 0.2, that over all 0.2 / 3. */
TEST(the_recent_trend_is_that_of_the_last_two_periods)
{
    static const double effects[] = {0, 0, 0, 0.2};
    struct table table = {0};
    struct kernel_nordpred_data data =
        fill(&table, KERNEL_NORDPRED_POISSON, -4, effects);
    struct kernel_nordpred got;
    struct arena *scratch = arena_new();
    data.trend = KERNEL_NORDPRED_RECENT;
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK_INT(got.periods, 4);
    CHECK_NEAR(oldest(&table, &got, 0), exp(-3.5 + 0.4), 1e-7);
    CHECK_NEAR(oldest(&table, &got, 1), exp(-3.5 + 0.6), 1e-7);
    data.trend = KERNEL_NORDPRED_AVERAGE;
    table.cut[1] = 1.0;
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK_NEAR(oldest(&table, &got, 0), exp(-3.5 + 0.8 / 3), 1e-7);
    CHECK_NEAR(oldest(&table, &got, 1), exp(-3.5 + 0.8 / 3), 1e-7);
    data.trend = KERNEL_NORDPRED_CHOSEN;
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK(got.recent == (got.recent_probability < 0.05));
    CHECK(got.recent);
    arena_free(scratch);
}

TEST(young_ages_keep_the_mean_rate_of_two_periods)
{
    static const double effects[] = {0, 0.1, 0.2, 0.3};
    struct table table = {0};
    struct kernel_nordpred_data data =
        fill(&table, KERNEL_NORDPRED_POISSON, -4, effects);
    struct kernel_nordpred got;
    struct arena *scratch = arena_new();
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK(!got.recent && got.recent_probability > 0.5);
    CHECK_NEAR(got.fit_probability, 1.0, 1e-6);
    for (size_t age = 0; age < 3; age++) {
        double at = -4 + 0.1 * (double)age;
        double rate = 0.5 * (exp(at + 0.2) + exp(at + 0.3));
        CHECK_NEAR(got.cases[age * FUTURE + 1],
                   rate * table.years[age * PERIODS + OBSERVED + 1], 1e-12);
    }
    CHECK_NEAR(oldest(&table, &got, 1), exp(-3.5 + 0.5), 1e-7);
    arena_free(scratch);
}

TEST(the_power_link_continues_a_fifth_root_and_stops_at_nothing)
{
    static const double up[] = {0, 0.1, 0.2, 0.3};
    static const double down[] = {0, -0.3, -0.6, -0.9};
    struct table table = {0};
    struct kernel_nordpred_data data =
        fill(&table, KERNEL_NORDPRED_POWER5, 0.5, up);
    struct kernel_nordpred got;
    struct arena *scratch = arena_new();
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK_NEAR(oldest(&table, &got, 0), pow(1.0 + 0.4, 5), 1e-7);
    CHECK_NEAR(oldest(&table, &got, 1), pow(1.0 + 0.5, 5), 1e-7);
    data = fill(&table, KERNEL_NORDPRED_POWER5, 1.0, down);
    CHECK(kernel_nordpred(scratch, &data, &got));
    CHECK_NEAR(oldest(&table, &got, 0), pow(1.5 - 1.2, 5), 1e-4);
    CHECK(oldest(&table, &got, 1) < 1e-12);  /* 1.5 - 1.5 */
    CHECK(got.cases[3 * FUTURE + 1] == 0.0); /* 1.3 - 1.5 is below nothing */
    arena_free(scratch);
}

/* The fit does not depend on how many people there are: neither on their
 * number, nor on the digits that a deviance of so many cases loses. */
TEST(a_thousand_million_cases_are_projected_as_a_thousand_are)
{
    static const double effects[] = {0, 0.1, 0.2, 0.3};
    for (int link = 0; link < 2; link++) {
        struct table table = {0};
        struct kernel_nordpred_data data =
            fill(&table,
                 link == 0 ? KERNEL_NORDPRED_POISSON : KERNEL_NORDPRED_POWER5,
                 link == 0 ? -4 : 0.5, effects);
        struct kernel_nordpred few, many;
        struct arena *scratch = arena_new();
        data.trend = KERNEL_NORDPRED_AVERAGE;
        double most = 0.0;
        for (size_t i = 0; i < AGES * OBSERVED; i++) {
            table.cases[i] *= i % 3 == 0 ? 1.000001 : 1.0; /* hardly a misfit */
            most = fmax(most, table.cases[i]);
        }
        CHECK(kernel_nordpred(scratch, &data, &few));
        for (size_t i = 0; i < AGES * OBSERVED; i++)
            table.cases[i] *= 1e9 / most;
        for (size_t i = 0; i < AGES * PERIODS; i++)
            table.years[i] *= 1e9 / most;
        CHECK(kernel_nordpred(scratch, &data, &many));
        for (size_t i = 0; i < AGES * FUTURE; i++)
            CHECK_NEAR(many.cases[i], few.cases[i] * (1e9 / most), 1e-6);
        arena_free(scratch);
    }
}

TEST(tables_that_cannot_be_projected_are_refused)
{
    static const double effects[] = {0, 0, 0, 0};
    struct table table = {0};
    struct kernel_nordpred_data good =
        fill(&table, KERNEL_NORDPRED_POISSON, -4, effects);
    struct kernel_nordpred got = {.periods = 7};
    struct arena *scratch = arena_new();
    struct kernel_nordpred_data data = good;
    data.first_used = 1; /* below the youngest fitted */
    CHECK(!kernel_nordpred(scratch, &data, &got));
    data = good;
    data.first_used = AGES;
    CHECK(!kernel_nordpred(scratch, &data, &got));
    data = good;
    data.periods = 5; /* four were observed */
    CHECK(!kernel_nordpred(scratch, &data, &got));
    data.periods = 2;
    CHECK(!kernel_nordpred(scratch, &data, &got));
    data = good;
    table.cut[0] = 1.5;
    CHECK(!kernel_nordpred(scratch, &data, &got));
    table.cut[0] = 0.0;
    table.cases[5] = -1.0;
    CHECK(!kernel_nordpred(scratch, &data, &got));
    table.cases[5] = (double)NAN;
    CHECK(!kernel_nordpred(scratch, &data, &got));
    memset(table.cases, 0, sizeof table.cases);
    CHECK(!kernel_nordpred(scratch, &data, &got));
    CHECK_INT(got.periods, 7);
    arena_free(scratch);
}

/* --- calibration ---------------------------------------------------------- */

TEST(grades_follow_the_errors_of_prediction)
{
    static const struct {
        double errors[10];
        double incidence, calibration;
        enum kernel_grade want;
    } cases[] = {
        {{0.1, -0.14, 0, 0.149}, 0, 0, KERNEL_GRADE_A_PLUS_PLUS},
        {{0.15, 0.1}, 0.3, 0.1, KERNEL_GRADE_A_PLUS},
        {{-0.3, 0.1}, 0.3, 0.1, KERNEL_GRADE_A_PLUS},
        {{0.2, 0.1}, 0.2, 0.1, KERNEL_GRADE_NONE}, /* not more than twice */
        {{0.2, 0.1}, 0, 0, KERNEL_GRADE_NONE},
        {{0.2, -0.2}, 0.3, 0.1, KERNEL_GRADE_NONE}, /* 20 % of them */
        {{0.2, -0.2, 0.16}, 0.3, 0.1, KERNEL_GRADE_B},
        {{-0.31}, 0.3, 0.1, KERNEL_GRADE_B},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        enum kernel_grade got;
        CHECK(kernel_calibration_grade(cases[i].errors, 10, cases[i].incidence,
                                       cases[i].calibration, &got));
        CHECK_INT(got, cases[i].want);
    }
    enum kernel_grade got;
    static const double nan[] = {(double)NAN};
    CHECK(!kernel_calibration_grade(nan, 1, 0, 0, &got));
    CHECK(!kernel_calibration_grade(nan, 0, 0, 0, &got));
    CHECK(!kernel_calibration_grade(cases[0].errors, 10, -1, 0, &got));
}

RUN(CASE(a_level_series_is_projected_level), CASE(a_steady_growth_goes_on),
    CASE(a_projection_is_not_below_nothing_nor_from_nothing),
    CASE(the_recent_trend_is_that_of_the_last_two_periods),
    CASE(young_ages_keep_the_mean_rate_of_two_periods),
    CASE(the_power_link_continues_a_fifth_root_and_stops_at_nothing),
    CASE(a_thousand_million_cases_are_projected_as_a_thousand_are),
    CASE(tables_that_cannot_be_projected_are_refused),
    CASE(grades_follow_the_errors_of_prediction))
