/* SPDX-License-Identifier: EUPL-1.2 */
/* Statistics along a series of published values, by hand. */
#include "calc/kernel.h"
#include "calc/series.h"
#include "check.h"

#include <math.h>

/* Three territories; limits of 100 are 80..125, so that 2z standard errors on
 * the log scale are log(125 / 80). */
static const struct series_point three[] = {
    {.x = 1, .value = 100, .lower = 80, .upper = 125},
    {.x = 2, .value = 150, .lower = 120, .upper = 187.5},
    {.x = 3, .value = 0, .lower = 0, .upper = 3.7},
};

static void work(struct arena *arena, enum statistic_kind kind,
                 const struct series *series, struct series_result *out)
{
    struct err err = {0};
    CHECK(series_compute(arena, kind, series, out, &err));
}

static void compute(enum statistic_kind kind, size_t reference,
                    struct series_result out[3])
{
    struct arena *arena = arena_new();
    const struct series series = {three,          3, reference, 0.95, 75.0,
                                  JOINPOINT_WBIC, 1};
    work(arena, kind, &series, out);
    arena_free(arena);
}

TEST(a_ratio_has_log_delta_limits_but_to_itself_none)
{
    struct series_result out[3];
    compute(STATISTIC_RATE_RATIO, 0, out);
    CHECK(out[0].has_value && !out[0].has_limits);
    CHECK_NEAR(out[0].value, 1.0, 0.0);
    /* Equal errors: the log width is that of one times the root of two. */
    CHECK(out[1].has_limits);
    CHECK_NEAR(out[1].value, 1.5, 1e-15);
    CHECK_NEAR(out[1].lower, 1.5 * exp(-sqrt(2.0) * log(1.25)), 1e-12);
    CHECK_NEAR(out[1].upper, 1.5 * exp(sqrt(2.0) * log(1.25)), 1e-12);
    CHECK(out[2].has_value && !out[2].has_limits);
    CHECK_NEAR(out[2].value, 0.0, 0.0);
    compute(STATISTIC_RATE_RATIO, 2, out);
    CHECK(!out[0].has_value && !out[1].has_value && !out[2].has_value);
}

/* 4.8 to 4.9, printed with a decimal, may be 4.75 to 4.95: limits a unit apart
 * are those of an error up to twice as large. */
TEST(rounded_limits_are_as_wide_as_rounding_leaves_them)
{
    struct series_point points[] = {
        {.value = 18.0, .lower = 17.8, .upper = 18.2},
        {.value = 4.8, .lower = 4.8, .upper = 4.9},
        {.value = 0.1, .lower = 0.1, .upper = 0.2},
        {.value = 0.4, .lower = 0.04, .upper = 0.8},
    };
    for (size_t p = 0; p < COUNT_OF(points); p++)
        points[p].rounding = 0.05;
    const struct series series = {points, 4, 1, 0.95, 75.0, JOINPOINT_WBIC, 1};
    struct arena *arena = arena_new();
    struct series_result out[4];
    work(arena, STATISTIC_RATE_RATIO, &series, out);
    double width = hypot(log(18.25 / 17.75) / 2.0, log(4.95 / 4.75) / 2.0);
    CHECK_NEAR(out[0].value, 18.0 / 4.8, 1e-15);
    CHECK_NEAR(out[0].lower, 18.0 / 4.8 * exp(-width), 1e-12);
    CHECK_NEAR(out[0].upper, 18.0 / 4.8 * exp(width), 1e-12);
    CHECK(out[2].has_limits);
    CHECK(out[3].has_value && !out[3].has_limits); /* may be zero */
    work(arena, STATISTIC_RATE_DIFFERENCE, &series, out);
    CHECK_NEAR(out[0].upper - out[0].value, hypot(0.25, 0.1), 1e-12);
    arena_free(arena);
}

/* 0.7 [0.7 ; 0.7] may be anything from 0.65 to 0.75: an error of zero would
 * make the interval of the ratio far too narrow. */
TEST(a_rate_whose_limits_are_printed_alike_gives_no_limits)
{
    const struct series_point points[] = {
        {.value = 5.0, .lower = 5.0, .upper = 5.1},
        {.value = 0.7, .lower = 0.7, .upper = 0.7},
        {.value = 0.8, .lower = 0.7, .upper = 0.9},
    };
    struct series series = {points, 3, 1, 0.95, 75.0, JOINPOINT_WBIC, 1};
    struct arena *arena = arena_new();
    struct series_result out[3];
    for (int kind = 0; kind < 2; kind++) {
        work(arena,
             kind == 0 ? STATISTIC_RATE_RATIO : STATISTIC_RATE_DIFFERENCE,
             &series, out);
        CHECK(out[0].has_value && !out[0].has_limits);
        CHECK(out[2].has_value && !out[2].has_limits);
    }
    series.reference = 0;
    work(arena, STATISTIC_RATE_RATIO, &series, out);
    CHECK(out[1].has_value && !out[1].has_limits);
    CHECK(out[2].has_limits);
    arena_free(arena);
}

TEST(a_difference_adds_variances)
{
    struct series_result out[3];
    compute(STATISTIC_RATE_DIFFERENCE, 0, out);
    CHECK(!out[0].has_limits);
    CHECK_NEAR(out[1].value, 50.0, 1e-15);
    double width = sqrt(22.5 * 22.5 + 33.75 * 33.75);
    CHECK_NEAR(out[1].lower, 50.0 - width, 1e-13);
    CHECK_NEAR(out[1].upper, 50.0 + width, 1e-13);
}

/* Rates that double in ten years, each limit 10 % away: the line goes through
 * all of them. */
TEST(a_steady_growth_is_its_annual_change)
{
    struct series_point points[11];
    for (int p = 0; p < 11; p++) {
        double value = 100.0 * pow(2.0, p / 10.0);
        points[p] = (struct series_point){.x = 2010.0 + p,
                                          .value = value,
                                          .lower = value / 1.1,
                                          .upper = value * 1.1};
    }
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, 11, 0, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK(out.has_value && out.has_limits);
    CHECK_NEAR(out.value, 100.0 * (pow(2.0, 0.1) - 1.0), 1e-9);
    CHECK(out.lower <= out.value && out.value <= out.upper);
    points[3].lower = 0.0; /* no limits to weigh by: all alike */
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK_NEAR(out.value, 100.0 * (pow(2.0, 0.1) - 1.0), 1e-9);
    points[3].value = 0.0;
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK(!out.has_value);
    series.count = 2;
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK(!out.has_value);
    arena_free(arena);
}

/* Of three years the slope without weights is half of the last less the first.
 */
TEST(one_year_without_limits_makes_all_years_weigh_the_same)
{
    struct series_point points[] = {
        {.x = 2001, .value = 0.4, .lower = 0.3, .upper = 0.5},
        {.x = 2002, .value = 0.7, .lower = 0.6, .upper = 0.8},
        {.x = 2003, .value = 0.5, .lower = 0.4, .upper = 0.6},
    };
    const double want = 100.0 * (exp(0.5 * log(0.5 / 0.4)) - 1.0);
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, 3, 0, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK(fabs(out.value - want) > 1.0); /* weights count */
    points[1].lower = points[1].upper = 0.7;
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK_NEAR(out.value, want, 1e-9);
    arena_free(arena);
}

enum {
    BENT = 21,
};

/* Ten years up by 3 %, then ten down by 2 %. */
static void fill_bent(struct series_point points[BENT])
{
    double value = 100.0;
    for (int p = 0; p < BENT; p++) {
        double wave = p % 2 == 0 ? 1.0005 : 0.9995; /* no perfect fit */
        points[p] = (struct series_point){.x = 2000.0 + p,
                                          .value = value * wave,
                                          .lower = value * wave / 1.02,
                                          .upper = value * wave * 1.02};
        value *= p < 10 ? 1.03 : 0.98;
    }
}

/* One join, and the mean slope. */
TEST(a_bent_series_has_an_average_change)
{
    struct series_point points[BENT];
    fill_bent(points);
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, BENT, 0, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_AVERAGE_CHANGE, &series, &out);
    double want = 100.0 * (exp(0.5 * (log(1.03) + log(0.98))) - 1.0);
    CHECK(out.has_limits);
    CHECK_NEAR(out.value, want, 0.02);
    CHECK(out.lower < want && want < out.upper && out.upper - out.lower < 0.2);
    /* One line says nearly the same, but not so surely. */
    double width = out.upper - out.lower;
    work(arena, STATISTIC_ANNUAL_CHANGE, &series, &out);
    CHECK(out.upper - out.lower > 5.0 * width);
    arena_free(arena);
}

/* The same series: which years, and each segment's own change. */
TEST(a_bent_series_has_segments)
{
    struct series_point points[BENT];
    fill_bent(points);
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, BENT, 0, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_JOINPOINT, &series, &out);
    CHECK(out.has_value && !out.has_limits);
    CHECK_NEAR(out.value, 1.0, 0.0);
    CHECK_INT(out.extra_count, 10);
    const double want[] = {2000, 2010, 3, 2010, 2020, -2};
    for (int t = 0; t < 6; t++)
        CHECK_NEAR(out.extra[t < 3 ? t : t + 2], want[t], 0.02);
    CHECK(out.extra[3] < 3.0 && 3.0 < out.extra[4]);
    series.count = 2;
    work(arena, STATISTIC_JOINPOINT, &series, &out);
    CHECK(!out.has_value && out.extra_count == 0);
    arena_free(arena);
}

/* Ten years up, ten down, under errors that repeat: criteria see more joins in
 * them than tests do, which do not depend on the number of workers. */
static size_t joins_of(int pattern, enum joinpoint_choice choice, int jobs)
{
    struct series_point points[21];
    for (int p = 0; p < 21; p++) {
        double wave = 1.0 + 0.02 * (p * pattern % 11 - 5);
        double value = 100.0 * wave * pow(p < 10 ? 1.03 : 0.98, p - 10);
        points[p] = (struct series_point){.x = 2000.0 + p,
                                          .value = value,
                                          .lower = value / 1.04,
                                          .upper = value * 1.04};
    }
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, 21, 0, 0.95, 0.0, choice, jobs};
    work(arena, STATISTIC_JOINPOINT, &series, &out);
    CHECK(out.has_value && out.extra_count == 5 * ((size_t)out.value + 1));
    arena_free(arena);
    return (size_t)out.value;
}

TEST(joins_are_as_many_as_the_choice_wants)
{
    for (int jobs = 1; jobs <= 3; jobs++) {
        CHECK_INT(joins_of(5, JOINPOINT_PERMUTATION, jobs), 1);
        CHECK_INT(joins_of(10, JOINPOINT_PERMUTATION, jobs), 2);
    }
    CHECK_INT(joins_of(5, JOINPOINT_WBIC, 1), 2);
    CHECK_INT(joins_of(10, JOINPOINT_WBIC, 1), 2);
    CHECK_INT(joins_of(10, JOINPOINT_BIC, 1), 3);
    CHECK_INT(joins_of(10, JOINPOINT_BIC3, 1), 2);
}

/* Newcombe 1998, table II (a): 56 of 70 less 48 of 80, method 10. */
TEST(a_difference_of_proportions_has_newcombe_s_limits)
{
    struct kernel_interval first, second;
    CHECK(kernel_wilson(56, 70, 0.95, &first));
    CHECK(kernel_wilson(48, 80, 0.95, &second));
    struct series_point points[] = {
        {.x = 1,
         .value = 100 * first.value,
         .lower = 100 * first.lower,
         .upper = 100 * first.upper},
        {.x = 2,
         .value = 100 * second.value,
         .lower = 100 * second.lower,
         .upper = 100 * second.upper},
    };
    struct arena *arena = arena_new();
    struct series_result out[2];
    const struct series series = {points, 2, 1, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_PROPORTION_DIFFERENCE, &series, out);
    CHECK(out[0].has_limits && !out[1].has_limits);
    CHECK_NEAR(out[0].value, 20.0, 1e-12);
    CHECK_NEAR(out[0].lower, 5.24, 0.005);
    CHECK_NEAR(out[0].upper, 33.39, 0.005);
    CHECK_NEAR(out[1].value, 0.0, 0.0);
    points[1].lower = points[1].upper = points[1].value; /* as rounded */
    work(arena, STATISTIC_PROPORTION_DIFFERENCE, &series, out);
    CHECK(out[0].has_limits);
    CHECK_NEAR(out[0].upper, 100 * first.upper - 60.0, 1e-9);
    points[1].lower = points[1].upper = 0.0; /* not printed */
    work(arena, STATISTIC_PROPORTION_DIFFERENCE, &series, out);
    CHECK(out[0].has_value && !out[0].has_limits);
    arena_free(arena);
}

TEST(ranks_hold_all_at_once)
{
    struct series_result out[3];
    compute(STATISTIC_RANK, 0, out);
    /* 100 (80..125) and 150 (120..187.5) overlap; 0 (0..3.7) is apart. */
    CHECK_NEAR(out[0].value, 2.0, 0.0);
    CHECK_NEAR(out[0].lower, 1.0, 0.0);
    CHECK_NEAR(out[0].upper, 2.0, 0.0);
    CHECK_NEAR(out[1].value, 1.0, 0.0);
    CHECK_NEAR(out[2].value, 3.0, 0.0);
    CHECK_NEAR(out[2].lower, 3.0, 0.0);
}

/* Five equal groups, rates on a line: 10 at the ends' middle 0.1, 18 at 0.9;
 * from 9 at 0 to 19 at 1. */
TEST(an_index_is_read_off_the_line)
{
    struct series_point points[5];
    for (int p = 0; p < 5; p++)
        points[p] = (struct series_point){.x = p + 1,
                                          .value = 10.0 + 2.0 * p,
                                          .lower = 9.0 + 2.0 * p,
                                          .upper = 11.0 + 2.0 * p,
                                          .people = 1000};
    struct arena *arena = arena_new();
    struct series_result out;
    struct series series = {points, 5, 0, 0.95, 0.0, JOINPOINT_WBIC, 1};
    work(arena, STATISTIC_SLOPE_INDEX, &series, &out);
    CHECK(out.has_limits);
    CHECK_NEAR(out.value, 10.0, 1e-12);
    CHECK_NEAR(out.upper - out.value, out.value - out.lower, 1e-12);
    work(arena, STATISTIC_RELATIVE_INDEX, &series, &out);
    CHECK(out.has_limits);
    CHECK_NEAR(out.value, 19.0 / 9.0, 1e-12);
    /* 2 (0.1 x 10 + 0.3 x 12 + ...) / 5 / 14 - 1, equal errors. */
    work(arena, STATISTIC_CONCENTRATION_INDEX, &series, &out);
    CHECK(out.has_limits);
    CHECK_NEAR(out.value, 8.0 / 70.0, 1e-12);
    CHECK(out.lower < out.value && out.value < out.upper);
    points[2].people = 0.0;
    work(arena, STATISTIC_SLOPE_INDEX, &series, &out);
    CHECK(!out.has_value);
    for (int p = 0; p < 5; p++)
        points[p].value = points[p].lower = points[p].upper = 0.0;
    work(arena, STATISTIC_CONCENTRATION_INDEX, &series, &out);
    CHECK(!out.has_value); /* nothing is nowhere concentrated */
    arena_free(arena);
}

/* 100 per 100,000 in each of 75 years: 7.5 % cumulative, 7.23 % at risk. */
TEST(a_risk_is_less_than_its_cumulative_rate)
{
    struct series_result out[3];
    compute(STATISTIC_CUMULATIVE_RISK, 0, out);
    CHECK(out[0].has_limits);
    CHECK_NEAR(out[0].value, 7.22565136714, 1e-10);
    CHECK_NEAR(out[0].lower, 100.0 * (1.0 - exp(-0.06)), 1e-12);
    CHECK_NEAR(out[0].upper, 100.0 * (1.0 - exp(-0.09375)), 1e-12);
    CHECK_NEAR(out[2].value, 0.0, 0.0);
}

RUN(CASE(a_risk_is_less_than_its_cumulative_rate),
    CASE(rounded_limits_are_as_wide_as_rounding_leaves_them),
    CASE(a_ratio_has_log_delta_limits_but_to_itself_none),
    CASE(a_rate_whose_limits_are_printed_alike_gives_no_limits),
    CASE(a_difference_adds_variances),
    CASE(a_steady_growth_is_its_annual_change),
    CASE(one_year_without_limits_makes_all_years_weigh_the_same),
    CASE(a_bent_series_has_an_average_change), CASE(a_bent_series_has_segments),
    CASE(joins_are_as_many_as_the_choice_wants),
    CASE(a_difference_of_proportions_has_newcombe_s_limits),
    CASE(ranks_hold_all_at_once), CASE(an_index_is_read_off_the_line))
