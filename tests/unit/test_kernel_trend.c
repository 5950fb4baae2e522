/* SPDX-License-Identifier: EUPL-1.2 */
/* Trends: cases that can be checked by hand, brute force, and edges. */
#include "calc/kernel_trend.h"
#include "check.h"

/* Rates that double every year, and years that are no neighbours. */
TEST(a_series_on_a_line_has_its_slope_and_no_error)
{
    static const double years[4] = {2000, 2001, 2003, 2006};
    double rates[4];
    for (size_t i = 0; i < 4; i++)
        rates[i] = 3.0 * exp2(years[i] - 2000.0);
    struct arena *arena = arena_new();
    struct trend_series series = {years, rates, NULL, 4, TREND_LOG};
    struct trend_slope slope;
    CHECK(kernel_apc(arena, &series, TREND_STUDENT, 0.95, &slope));
    CHECK_NEAR(slope.change.value, 100.0, 1e-12);
    CHECK(slope.change.upper - slope.change.lower < 1e-10);
    CHECK(slope.p < 1e-12);
    CHECK_INT(trend_direction(&slope.change), 1);
    arena_free(arena);
}

/* y = 1, 3, 2, 5, 4 at x = 1 .. 5: slope 0.8, squares about the line 3.6,
 * error sqrt(3.6 / 3 / 10), t(3; 0.975) = 3.182446. */
TEST(a_line_by_hand)
{
    static const double years[5] = {1, 2, 3, 4, 5};
    static const double rates[5] = {1, 3, 2, 5, 4};
    struct arena *arena = arena_new();
    struct trend_series series = {years, rates, NULL, 5, TREND_LINEAR};
    struct trend_slope slope;
    CHECK(kernel_apc(arena, &series, TREND_STUDENT, 0.95, &slope));
    CHECK_NEAR(slope.slope, 0.8, 1e-15);
    CHECK_NEAR(slope.error, sqrt(0.12), 1e-14);
    CHECK_NEAR(slope.change.lower, 0.8 - 3.182446305284263 * sqrt(0.12), 1e-12);
    CHECK_NEAR(slope.p, 0.10408803866182788, 1e-12);
    CHECK_INT(trend_direction(&slope.change), 0);
    CHECK(kernel_apc(arena, &series, TREND_NORMAL, 0.95, &slope));
    CHECK_NEAR(slope.change.lower, 0.8 - 1.959963984540054 * sqrt(0.12), 1e-12);
    /* A weight of 2 is the observation twice, but for degrees of freedom. */
    static const double twice[5] = {1, 1, 2, 1, 1};
    series.weights = twice;
    CHECK(kernel_apc(arena, &series, TREND_NORMAL, 0.95, &slope));
    CHECK_NEAR(slope.slope, 0.8, 1e-14);
    arena_free(arena);
}

TEST(equal_rates_have_no_direction)
{
    double years[9], rates[9], weights[9], counts[9], persons[9];
    for (size_t i = 0; i < 9; i++) {
        years[i] = 2001.0 + (double)i;
        rates[i] = 5.3;
        weights[i] = 3.0 + (double)(i % 4) / 7.0;
        persons[i] = 1000.0 * (double)(i + 1);
        counts[i] = 3.0 * (double)(i + 1);
    }
    struct arena *arena = arena_new();
    struct trend_series series = {years, rates, weights, 9, TREND_LOG};
    struct trend_slope slope;
    CHECK(kernel_apc(arena, &series, TREND_STUDENT, 0.95, &slope));
    CHECK(slope.slope == 0.0 && slope.error == 0.0 && slope.p == 1.0);
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model model;
    struct trend_segment segments[2];
    CHECK(kernel_joinpoint(arena, &series, &options, 1, &model));
    CHECK(kernel_joinpoint_segments(arena, &series, &model, 0.95, segments));
    CHECK_INT(trend_direction(&segments[0].slope.change), 0);
    CHECK_INT(trend_direction(&segments[1].slope.change), 0);
    struct trend_counts input = {years, counts, persons, 9};
    double dispersion;
    CHECK(kernel_apc_poisson(arena, &input, TREND_QUASI, 0.95, &slope,
                             &dispersion));
    CHECK_INT(trend_direction(&slope.change), 0);
    arena_free(arena);
}

/* The maximum of the likelihood solves the two equations of the scores. */
TEST(poisson_trends_solve_their_scores)
{
    static const double years[4] = {2001, 2002, 2003, 2004};
    static const double counts[4] = {0, 3, 4, 9};
    static const double persons[4] = {1000, 1000, 900, 1100};
    struct arena *arena = arena_new();
    struct trend_counts input = {years, counts, persons, 4};
    struct trend_slope slope, quasi;
    double dispersion;
    CHECK(kernel_apc_poisson(arena, &input, TREND_POISSON, 0.95, &slope,
                             &dispersion));
    double zero = 0.0, one = 0.0, weighted = 0.0;
    for (size_t i = 0; i < 4; i++) {
        double mean = persons[i] * exp(slope.slope * (years[i] - 2001.0));
        zero += mean;
        one += mean * (years[i] - 2001.0);
        weighted += counts[i] * (years[i] - 2001.0);
    }
    CHECK_NEAR(one / zero, weighted / 16.0, 1e-7);
    CHECK(kernel_apc_poisson(arena, &input, TREND_QUASI, 0.95, &quasi,
                             &dispersion));
    CHECK_NEAR(quasi.error, slope.error * sqrt(dispersion), 1e-12);
    CHECK(quasi.slope == slope.slope);
    static const double none[4] = {0, 0, 0, 0};
    input.counts = none;
    CHECK(!kernel_apc_poisson(arena, &input, TREND_POISSON, 0.95, &slope,
                              &dispersion));
    arena_free(arena);
}

TEST(weights_come_from_errors_or_counts)
{
    static const double rates[2] = {10, 20}, errors[2] = {2, 5};
    static const double counts[2] = {25, 16}, bad[2] = {0, 1};
    double weights[2];
    CHECK(trend_weights_errors(rates, errors, 2, TREND_LOG, weights));
    CHECK(weights[0] == 25.0 && weights[1] == 16.0);
    CHECK(trend_weights_errors(rates, errors, 2, TREND_LINEAR, weights));
    CHECK(weights[0] == 0.25 && fabs(weights[1] - 0.04) < 1e-17);
    CHECK(trend_weights_poisson(rates, counts, 2, TREND_LOG, weights));
    CHECK(weights[0] == 25.0 && weights[1] == 16.0);
    CHECK(trend_weights_poisson(rates, counts, 2, TREND_LINEAR, weights));
    CHECK_NEAR(weights[0], 0.25, 1e-15);
    CHECK(!trend_weights_errors(rates, bad, 2, TREND_LOG, weights));
    CHECK(!trend_weights_poisson(rates, bad, 2, TREND_LOG, weights));
}

/* Slopes 0.1 over 4 years and -0.02 over 6: mean 0.028; within the first
 * segment it is that segment. */
TEST(the_mean_change_weighs_segments_by_their_years)
{
    struct trend_segment segments[2] = {
        {2000, 2004, {.slope = 0.1, .error = 0.03}},
        {2004, 2010, {.slope = -0.02, .error = 0.01}},
    };
    struct trend_slope mean;
    CHECK(kernel_aapc(segments, 2, 2000, 2010, TREND_LOG, 0.95, &mean));
    CHECK_NEAR(mean.slope, 0.028, 1e-15);
    CHECK_NEAR(mean.error, sqrt(0.012 * 0.012 + 0.006 * 0.006), 1e-15);
    CHECK_NEAR(mean.change.value, 100.0 * expm1(0.028), 1e-14);
    CHECK_NEAR(mean.change.upper,
               100.0 * expm1(0.028 + 1.959963984540054 * mean.error), 1e-13);
    CHECK(kernel_aapc(segments, 2, 2001, 2003, TREND_LOG, 0.95, &mean));
    CHECK_NEAR(mean.slope, 0.1, 1e-15);
    CHECK_NEAR(mean.error, 0.03, 1e-15);
    CHECK(kernel_aapc(segments, 2, 2003, 2005, TREND_LOG, 0.95, &mean));
    CHECK_NEAR(mean.slope, 0.04, 1e-15);
    CHECK(!kernel_aapc(segments, 2, 1999, 2005, TREND_LOG, 0.95, &mean));
    CHECK(!kernel_aapc(segments, 2, 2005, 2005, TREND_LOG, 0.95, &mean));
    segments[1].start = 2005;
    CHECK(!kernel_aapc(segments, 2, 2000, 2010, TREND_LOG, 0.95, &mean));
}

TEST(a_series_that_makes_no_sense_is_refused)
{
    static const double years[4] = {1, 2, 3, 4}, rates[4] = {5, 6, 7, 8};
    static const double mixed[4] = {1, 3, 2, 4}, twice[4] = {1, 2, 2, 4};
    static const double zero[4] = {5, 0, 7, 8}, none[4] = {1, 1, 0, 1};
    static const double endless[4] = {5, (double)INFINITY, 7, 8};
    const struct trend_series bad[] = {
        {mixed, rates, NULL, 4, TREND_LOG}, {twice, rates, NULL, 4, TREND_LOG},
        {years, zero, NULL, 4, TREND_LOG},  {years, rates, none, 4, TREND_LOG},
        {years, rates, NULL, 2, TREND_LOG}, {years, endless, NULL, 4, 1},
    };
    struct arena *arena = arena_new();
    struct trend_slope slope = {.p = 77};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(!kernel_apc(arena, &bad[i], TREND_STUDENT, 0.95, &slope));
    struct trend_series good = {years, zero, NULL, 4, TREND_LINEAR};
    CHECK(!kernel_apc(arena, &good, TREND_STUDENT, 1.0, &slope));
    CHECK(slope.p == 77.0);
    CHECK(kernel_apc(arena, &good, TREND_STUDENT, 0.95, &slope));
    arena_free(arena);
}

/* --- age, period, cohort
 * ------------------------------------------------------
 */

/* Two classes. First date: 10 / 1000 and 40 / 500, 50 cases. Second date:
 * 12 / 1000 and 110 / 1000, 122 cases, population 4/3 as large. Expected at
 * the first rates: 10 + 80 = 90. Size 122 - 91.5 = 30.5; ageing 67.5 - 50 =
 * 17.5; risk (122 - 90) 3/4 = 24. */
TEST(a_decomposition_by_hand)
{
    static const double cases1[2] = {10, 40}, years1[2] = {1000, 500};
    static const double cases2[2] = {12, 110}, years2[2] = {1000, 1000};
    struct decomposition_input input = {cases1, years1, cases2, years2, 2};
    struct decomposition parts;
    CHECK(kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
    CHECK_NEAR(parts.change, 72.0, 1e-15);
    CHECK_NEAR(parts.expected, 90.0, 1e-14);
    CHECK_NEAR(parts.size, 30.5, 1e-13);
    CHECK_NEAR(parts.ageing, 17.5, 1e-13);
    CHECK_NEAR(parts.risk, 24.0, 1e-13);
    CHECK(kernel_decomposition(&input, DECOMPOSITION_SEQUENTIAL, &parts));
    CHECK_NEAR(parts.size, 50.0 / 3.0, 1e-13);
    CHECK_NEAR(parts.ageing, 90.0 - 200.0 / 3.0, 1e-13);
    CHECK_NEAR(parts.risk, 32.0, 1e-13);
}

TEST(a_decomposition_sums_to_the_change)
{
    static const double cases1[3] = {0, 7e8, 3}, years1[3] = {5e9, 6e9, 7};
    static const double cases2[3] = {1e9, 0, 2}, years2[3] = {9e9, 1e9, 4};
    struct decomposition_input input = {cases1, years1, cases2, years2, 3};
    struct decomposition parts;
    for (int method = 0; method < 2; method++) {
        CHECK(kernel_decomposition(&input, (enum decomposition_method)method,
                                   &parts));
        CHECK_NEAR(parts.size + parts.ageing + parts.risk, parts.change, 1e-14);
    }
    static const double gap[3] = {5e9, 0, 7};
    input.years1 = gap; /* cases, and a rate that is asked for, of nobody */
    CHECK(!kernel_decomposition(&input, DECOMPOSITION_SEQUENTIAL, &parts));
    input = (struct decomposition_input){cases1, years1, cases2, years2, 0};
    CHECK(!kernel_decomposition(&input, DECOMPOSITION_SEQUENTIAL, &parts));
}

/* Ages 50-54 and 55-59, periods 2000-2004, 2005-2009, 2010-2014, all by 5. */
TEST(a_lexis_table_by_hand)
{
    static const double counts[6] = {1, 2, 3, 4, 5, 6};
    static const double years[6] = {100, 100, 100, 200, 0, 200};
    struct lexis table = {counts, years, 2, 3, 52.5, 2002.5, 5};
    struct lexis_rate out[8];
    CHECK(!kernel_lexis(&table, 1000, out)); /* five cases of nobody */
    static const double some[6] = {1, 2, 3, 4, 0, 6};
    table.counts = some;
    CHECK(kernel_lexis(&table, 1000, out));
    CHECK_NEAR(lexis_birth(&table, 0), 1945.0, 1e-15);
    CHECK_NEAR(lexis_birth(&table, 3), 1960.0, 1e-15);
    /* The oldest cohort: 55-59 years in 2000-2004, and no more. */
    CHECK(!out[0].observed && out[1].observed);
    CHECK_NEAR(out[1].rate, 20.0, 1e-15);
    /* Born about 1950: 50-54 in 2000-2004, 55-59 in 2005-2009 (nobody). */
    CHECK_NEAR(out[2].rate, 10.0, 1e-15);
    CHECK(!out[3].observed);
    CHECK_NEAR(out[4].rate, 20.0, 1e-15);
    CHECK_NEAR(out[5].rate, 30.0, 1e-15);
    CHECK_NEAR(out[6].rate, 30.0, 1e-15);
    CHECK(!out[7].observed);
}

TEST(a_lexis_table_of_one_cell_and_of_none)
{
    double counts[1] = {1e9}, years[1] = {1e12};
    struct lexis table = {counts, years, 1, 1, 52.5, 2002.5, 5};
    struct lexis_rate out[1] = {{0}};
    CHECK(kernel_lexis(&table, 1e5, out));
    CHECK_NEAR(out[0].rate, 100.0, 1e-15);
    counts[0] = years[0] = 0.0; /* nobody */
    CHECK(kernel_lexis(&table, 1e5, out));
    CHECK(!out[0].observed);
    years[0] = 10.0; /* nothing */
    CHECK(kernel_lexis(&table, 1e5, out));
    CHECK(out[0].observed && out[0].rate == 0.0);
    const double bad[] = {-1.0, (double)NAN, (double)INFINITY};
    for (size_t b = 0; b < COUNT_OF(bad); b++) {
        counts[0] = bad[b];
        CHECK(!kernel_lexis(&table, 1e5, out));
        counts[0] = 0.0;
        years[0] = bad[b];
        CHECK(!kernel_lexis(&table, 1e5, out));
        years[0] = 10.0;
        CHECK(!kernel_lexis(&table, bad[b], out));
        table.width = bad[b];
        CHECK(!kernel_lexis(&table, 1e5, out));
        table.width = 5.0;
    }
    table.ages = 0;
    CHECK(!kernel_lexis(&table, 1e5, out));
}

/* One class has no ages to change; nothing does not change; what is not a
 * number is refused. */
TEST(a_decomposition_of_one_class_of_nothing_and_of_no_number)
{
    double cases1[2] = {10, 0}, years1[2] = {1000, 1000};
    double cases2[2] = {20, 0}, years2[2] = {1500, 3000};
    struct decomposition_input input = {cases1, years1, cases2, years2, 1};
    struct decomposition parts;
    CHECK(kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
    CHECK(fabs(parts.ageing) < 1e-14);
    CHECK_NEAR(parts.risk, 10.0 / 3.0, 1e-14);
    CHECK_NEAR(parts.size, 20.0 / 3.0, 1e-14);
    input.classes = 2; /* all cases in one of two, whose share has shrunk */
    CHECK(kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
    CHECK_NEAR(parts.ageing, 15.0 / 2.25 - 10.0, 1e-13);
    CHECK_NEAR(parts.size + parts.ageing + parts.risk, 10.0, 1e-13);
    cases1[0] = cases2[0] = 0.0;
    CHECK(kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
    CHECK(parts.change == 0.0 && parts.risk == 0.0 && parts.size == 0.0);
    cases2[0] = (double)NAN;
    CHECK(!kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
    cases2[0] = 0.0;
    years2[1] = (double)INFINITY;
    CHECK(!kernel_decomposition(&input, DECOMPOSITION_BASHIR_ESTEVE, &parts));
}

RUN(CASE(a_series_on_a_line_has_its_slope_and_no_error), CASE(a_line_by_hand),
    CASE(equal_rates_have_no_direction),
    CASE(poisson_trends_solve_their_scores),
    CASE(weights_come_from_errors_or_counts),
    CASE(the_mean_change_weighs_segments_by_their_years),
    CASE(a_series_that_makes_no_sense_is_refused),
    CASE(a_decomposition_by_hand), CASE(a_decomposition_sums_to_the_change),
    CASE(a_lexis_table_by_hand), CASE(a_lexis_table_of_one_cell_and_of_none),
    CASE(a_decomposition_of_one_class_of_nothing_and_of_no_number))
