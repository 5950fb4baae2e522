/* SPDX-License-Identifier: EUPL-1.2 */
/* One continuous break point: against R's package segmented 1.6-2, against a
 * fine grid, known lines and edges. */
#include "calc/kernel_trend.h"
#include "calc/linear.h"
#include "check.h"

enum {
    YEARS = 15,
};

static const double rising_then_falling[YEARS] = {
    20, 21.5, 22, 24, 25.1, 27, 28, 30.5, 30, 29.2, 29, 27.5, 27.8, 26.3, 26};
static const double errors[YEARS] = {1,   1.1, 1,   1.2, 1.1, 1.3, 1.2, 1.4,
                                     1.3, 1.3, 1.2, 1.2, 1.3, 1.1, 1.2};
static const double slow_then_fast[YEARS] = {10,   10.4, 10.1, 10.9, 10.6,
                                             11.2, 10.9, 11.5, 13,   14.6,
                                             16.8, 18.7, 21.5, 24,   27};

struct fixture {
    double years[YEARS], weights[YEARS];
    struct trend_series series;
};

static void fill(struct fixture *at, const double *rates, const double *se)
{
    double half[YEARS];
    for (size_t i = 0; i < YEARS; i++) {
        at->years[i] = 2001.0 + (double)i;
        half[i] = 0.5;
    }
    CHECK(trend_weights_errors(rates, se == NULL ? half : se, YEARS, TREND_LOG,
                               at->weights));
    at->series =
        (struct trend_series){at->years, rates, at->weights, YEARS, TREND_LOG};
}

static bool estimate(struct arena *arena, const struct trend_series *series,
                     struct trend_break *out)
{
    double from, to;
    trend_break_range(series, &from, &to);
    return kernel_break_point(arena, series, from, to, 0.95, out);
}

/* Its search ends some 5e-8 years from the best place. */
TEST(a_break_agrees_with_segmented)
{
    struct arena *arena = arena_new();
    struct fixture at;
    struct trend_break found;
    fill(&at, rising_then_falling, errors);
    CHECK(estimate(arena, &at.series, &found));
    CHECK(found.inside);
    CHECK_NEAR(found.place, 2008.2740717107913, 1e-10);
    CHECK_NEAR(found.error, 0.17235334801052701, 1e-7);
    CHECK_NEAR(found.limits.lower, 2007.8947245495281, 1e-10);
    CHECK_NEAR(found.limits.upper, 2008.6534188720541, 1e-10);
    CHECK_NEAR(found.sse, 1.0409375975267756, 1e-10);
    const struct trend_slope *before = &found.segments[0].slope,
                             *after = &found.segments[1].slope;
    CHECK_NEAR(before->slope, 0.058829091957739464, 1e-7);
    CHECK_NEAR(before->error, 0.002250837994951477, 1e-7);
    CHECK_NEAR(before->change.lower, 100 * expm1(0.053875030933080797), 1e-7);
    CHECK_NEAR(after->slope, -0.024560835596533971, 1e-7);
    CHECK_NEAR(after->error, 0.0025675391077796894, 1e-7);
    CHECK_NEAR(after->change.upper, 100 * expm1(-0.018909720122356002), 1e-7);
    CHECK_NEAR(after->freedom, 11.0, 1e-15);

    fill(&at, slow_then_fast, NULL);
    CHECK(estimate(arena, &at.series, &found));
    CHECK_NEAR(found.place, 2007.7975839142439, 1e-10);
    CHECK_NEAR(found.error, 0.1794212215291047, 1e-7);
    CHECK_NEAR(found.sse, 2.0223823699765124, 1e-10);
    CHECK_NEAR(found.segments[0].slope.slope, 0.016166864939505914, 1e-7);
    CHECK_NEAR(found.segments[0].slope.error, 0.0038474712580733974, 1e-8);
    CHECK_NEAR(found.segments[1].slope.slope, 0.12207236139060912, 1e-7);
    CHECK_NEAR(found.segments[1].slope.error, 0.001906364807255476, 1e-8);
    arena_free(arena);
}

/* Lines that meet at 2007.25 exactly: the place is found, without error. */
TEST(a_break_without_noise_is_found_where_it_is)
{
    struct arena *arena = arena_new();
    struct fixture at;
    double rates[YEARS];
    fill(&at, slow_then_fast, NULL);
    for (size_t i = 0; i < YEARS; i++)
        rates[i] = 50.0 + 2.0 * (at.years[i] - 2001.0) -
                   3.5 * fmax(at.years[i] - 2007.25, 0.0);
    at.series.rates = rates;
    at.series.weights = NULL;
    at.series.scale = TREND_LINEAR;
    struct trend_break found;
    CHECK(estimate(arena, &at.series, &found));
    CHECK_NEAR(found.place, 2007.25, 1e-12);
    CHECK(found.error < 1e-10);
    CHECK_NEAR(found.segments[0].slope.change.value, 2.0, 1e-11);
    CHECK_NEAR(found.segments[1].slope.change.value, -1.5, 1e-11);
    CHECK_NEAR(found.segments[0].stop, 2007.25, 1e-12);
    CHECK_NEAR(found.segments[1].stop, 2015.0, 1e-15);
    arena_free(arena);
}

/* Weighted squares about two lines that meet at a place. */
static double squares(struct arena *arena, const struct trend_series *series,
                      double place)
{
    double x[3 * YEARS], y[YEARS];
    for (size_t i = 0; i < series->count; i++) {
        x[3 * i] = 1.0;
        x[3 * i + 1] = series->years[i] - 2008.0;
        x[3 * i + 2] = fmax(series->years[i] - place, 0.0);
        y[i] = log(series->rates[i]);
    }
    struct linear_fit fit;
    CHECK(linear_least_squares(arena, x, y, series->weights, series->count, 3,
                               &fit));
    return fit.residual;
}

/* No place of a fine grid is better, with gaps between years and any noise. */
TEST(no_place_is_better_than_the_one_found)
{
    uint64_t state = 11;
    size_t at_ends = 0, on_years = 0;
    for (size_t round = 0; round < CHECK_SEEDS(60); round++) {
        struct arena *arena = arena_new();
        struct fixture at;
        double rates[YEARS];
        fill(&at, slow_then_fast, errors);
        for (size_t i = 0; i < YEARS; i++) {
            state =
                state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            rates[i] = 20.0 + (double)(state >> 60);
            at.years[i] += i > 6 ? (double)(round % 3) : 0.0;
        }
        at.series.rates = rates;
        struct trend_break found;
        CHECK(estimate(arena, &at.series, &found));
        double from, to, least = (double)INFINITY;
        trend_break_range(&at.series, &from, &to);
        for (double place = from; place <= to; place += 0.01)
            least = fmin(least, squares(arena, &at.series, place));
        CHECK(found.sse <= least * (1.0 + 1e-12));
        CHECK_NEAR(squares(arena, &at.series, found.place), found.sse, 1e-10);
        at_ends += !found.inside;
        on_years += found.place == floor(found.place);
        arena_free(arena);
    }
    CHECK(at_ends > 0);
    CHECK(on_years > 0);
}

/* The quantiles of R: 5 % of 14 steps from 2001; a fifth of 4. */
TEST(the_range_leaves_two_years_on_either_side)
{
    struct fixture at;
    double from, to;
    fill(&at, slow_then_fast, NULL);
    trend_break_range(&at.series, &from, &to);
    CHECK_NEAR(from, 2002.0, 1e-15);
    CHECK_NEAR(to, 2014.0, 1e-15);
    double years[61];
    for (size_t i = 0; i < 61; i++)
        years[i] = (double)i;
    trend_break_range(&(struct trend_series){.years = years, .count = 61},
                      &from, &to);
    CHECK_NEAR(from, 3.0, 1e-15);
    CHECK_NEAR(to, 57.0, 1e-15);
}

TEST(what_has_no_break_is_refused)
{
    struct arena *arena = arena_new();
    struct fixture at;
    struct trend_break found = {.place = -1.0};
    double rates[YEARS];
    fill(&at, rates, NULL);
    for (size_t i = 0; i < YEARS; i++)
        rates[i] = exp(2.0 + 0.03 * (double)i);
    at.series.weights = NULL;
    CHECK(!estimate(arena, &at.series, &found)); /* one line */
    for (size_t i = 0; i < YEARS; i++)
        rates[i] = 7.0;
    CHECK(!estimate(arena, &at.series, &found));
    rates[7] = 8.0;
    CHECK(estimate(arena, &at.series, &found));
    found.place = -1.0;
    CHECK(!kernel_break_point(arena, &at.series, 2001.5, 2014, 0.95, &found));
    CHECK(!kernel_break_point(arena, &at.series, 2002, 2014.5, 0.95, &found));
    CHECK(!kernel_break_point(arena, &at.series, 2009, 2008, 0.95, &found));
    CHECK(!kernel_break_point(arena, &at.series, 2002, 2014, 1.0, &found));
    CHECK(!kernel_break_point(arena, &at.series, (double)NAN, 2014, 0.95,
                              &found));
    at.series.count = 4;
    CHECK(!estimate(arena, &at.series, &found));
    at.series.count = YEARS;
    rates[3] = 0.0;
    CHECK(!estimate(arena, &at.series, &found));
    CHECK_NEAR(found.place, -1.0, 0.0);
    arena_free(arena);
}

RUN(CASE(a_break_agrees_with_segmented),
    CASE(a_break_without_noise_is_found_where_it_is),
    CASE(no_place_is_better_than_the_one_found),
    CASE(the_range_leaves_two_years_on_either_side),
    CASE(what_has_no_break_is_refused))
