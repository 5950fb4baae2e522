/* SPDX-License-Identifier: EUPL-1.2 */
/* Joinpoint models against brute force, known joins and edges. */
#include "base/splitmix.h"
#include "base/task.h"
#include "base/text.h"
#include "calc/kernel_trend.h"
#include "calc/linear.h"
#include "check.h"

#include <math.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    YEARS = 22,
};

/* A rough reproducible noise between -1 and 1. */
static double noise(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (double)(*state >> 33) / 1073741824.0 - 1.0;
}

struct fixture {
    double years[YEARS], rates[YEARS], weights[YEARS];
    struct trend_series series;
};

/* A log rate with slopes 0.08, -0.05 and 0.02, changing in 2007 and 2014. */
static void fill(struct fixture *at, uint64_t seed, double spread)
{
    uint64_t state = seed;
    for (size_t i = 0; i < YEARS; i++) {
        double year = 2000.0 + (double)i;
        double level = 3.0 + 0.08 * (year - 2000.0) -
                       0.13 * fmax(year - 2007.0, 0.0) +
                       0.07 * fmax(year - 2014.0, 0.0);
        at->years[i] = year;
        at->rates[i] = exp(level + spread * noise(&state));
        at->weights[i] = 50.0 + 45.0 * noise(&state);
    }
    at->series = (struct trend_series){at->years, at->rates, at->weights, YEARS,
                                       TREND_LOG};
}

static double squares(struct arena *arena, const struct trend_series *series,
                      const double *places, size_t joins)
{
    size_t columns = joins + 2;
    double *x = arena_array(arena, series->count * columns, sizeof *x);
    double *y = arena_array(arena, series->count, sizeof *y);
    for (size_t i = 0; i < series->count; i++) {
        x[i * columns] = 1.0;
        x[i * columns + 1] = series->years[i] - 2010.0;
        for (size_t j = 0; j < joins; j++)
            x[i * columns + 2 + j] = fmax(series->years[i] - places[j], 0.0);
        y[i] = log(series->rates[i]);
    }
    struct linear_fit fit;
    CHECK(linear_least_squares(arena, x, y, series->weights, series->count,
                               columns, &fit));
    return fit.residual;
}

/* Observations of one's own between two places (the ends are open). */
static size_t inside(const struct trend_series *series, double low, double high)
{
    size_t count = 0;
    for (size_t i = 0; i < series->count; i++)
        count += series->years[i] > low && series->years[i] < high;
    return count;
}

static double brute(struct arena *arena, const struct trend_series *series,
                    const struct joinpoint_options *options, size_t joins,
                    double *places, size_t placed)
{
    double step = 1.0 / (double)(options->grid + 1), best = 1e300;
    double low = placed == 0 ? -1e9 : places[placed - 1];
    if (placed == joins)
        return inside(series, low, 1e9) < options->ends
                   ? best
                   : squares(arena, series, places, joins);
    double first = placed == 0 ? 2000.0 : low;
    size_t need = placed == 0 ? options->ends : options->between;
    for (double at = first + step; at < 2021.0; at += step) {
        if (inside(series, low, at - 1e-9) < need)
            continue;
        places[placed] = fabs(at - round(at)) < 1e-9 ? round(at) : at;
        struct arena *inner = arena_new();
        best = fmin(best,
                    brute(inner, series, options, joins, places, placed + 1));
        arena_free(inner);
    }
    return best;
}

static void check_brute(const struct joinpoint_options *options, size_t joins,
                        uint64_t seeds, double spread)
{
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        struct fixture at;
        fill(&at, seed, spread);
        struct arena *arena = arena_new();
        struct joinpoint_model model;
        double places[JOINPOINT_MAX];
        CHECK(kernel_joinpoint(arena, &at.series, options, joins, &model));
        CHECK_NEAR(model.sse,
                   brute(arena, &at.series, options, joins, places, 0), 1e-9);
        CHECK_NEAR(model.sse, squares(arena, &at.series, model.places, joins),
                   1e-9);
        arena_free(arena);
    }
}

TEST(the_search_finds_what_trying_all_places_finds)
{
    struct joinpoint_options usual = {0, 2, 2}, wide = {0, 3, 4};
    for (size_t joins = 0; joins <= 3; joins++) {
        check_brute(&usual, joins, CHECK_SEEDS(8), 0.02);
        check_brute(&usual, joins, CHECK_SEEDS(4), 1.0);
    }
    for (size_t joins = 1; joins <= 3; joins++)
        check_brute(&wide, joins, CHECK_SEEDS(4), 0.3);
    check_brute(&usual, 4, 1, 0.1);
    check_brute(&usual, 4, 1, 1.0);
}

TEST(the_search_finds_the_best_places_between_years)
{
    struct joinpoint_options half = {1, 2, 2}, fine = {3, 2, 3};
    check_brute(&half, 1, 4, 0.1);
    check_brute(&half, 2, 4, 0.1);
    check_brute(&half, 2, 4, 1.0);
    check_brute(&half, 3, CHECK_SEEDS(4), 2.0);
    check_brute(&fine, 1, 4, 1.0);
    check_brute(&fine, 2, 1, 0.5);
}

TEST(joins_without_noise_are_found)
{
    struct fixture at;
    fill(&at, 1, 0.0);
    struct arena *arena = arena_new();
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model models[JOINPOINT_MAX + 1];
    struct trend_segment segments[JOINPOINT_MAX + 1];
    double fitted[YEARS];
    for (size_t k = 0; k <= 4; k++)
        CHECK(kernel_joinpoint(arena, &at.series, &options, k, &models[k]));
    CHECK(models[2].places[0] == 2007.0 && models[2].places[1] == 2014.0);
    for (size_t k = 0; k <= 4; k++)
        CHECK(models[2].bic <= models[k].bic &&
              models[2].wbic <= models[k].wbic);
    CHECK(kernel_joinpoint_segments(arena, &at.series, &models[2], 0.95,
                                    segments));
    CHECK_NEAR(segments[0].slope.slope, 0.08, 1e-10);
    CHECK_NEAR(segments[1].slope.slope, -0.05, 1e-10);
    CHECK_NEAR(segments[2].slope.slope, 0.02, 1e-10);
    /* 22 years, two of them on joins, three lines. */
    CHECK(segments[0].slope.freedom == 14.0);
    CHECK(kernel_joinpoint_fitted(arena, &at.series, &models[2], fitted));
    for (size_t i = 0; i < YEARS; i++)
        CHECK_NEAR(fitted[i], at.rates[i], 1e-10);
    /* Nothing is left to explain: two joins are kept. */
    struct joinpoint_permutation how = {0, 4, 199, 1, 0.05, 1};
    struct joinpoint_tests tests;
    struct err err = {0};
    CHECK(kernel_joinpoint_permutation(arena, &at.series, &options, &how,
                                       models, &tests, &err));
    CHECK_INT(tests.chosen, 2);
    arena_free(arena);
}

/* With one join the partial R2 is the share of the squares about one line that
 * the join takes away. */
TEST(criteria_follow_their_formulas)
{
    struct fixture at;
    fill(&at, 3, 0.2);
    struct arena *arena = arena_new();
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model none, one, two;
    CHECK(kernel_joinpoint(arena, &at.series, &options, 0, &none));
    CHECK(kernel_joinpoint(arena, &at.series, &options, 1, &one));
    CHECK(kernel_joinpoint(arena, &at.series, &options, 2, &two));
    double step = log(22.0) / 22.0;
    CHECK_NEAR(none.bic, log(none.sse / 22.0) + 2.0 * step, 1e-13);
    CHECK(none.bic3 == none.bic && none.wbic == none.bic);
    CHECK_NEAR(one.bic, log(one.sse / 22.0) + 4.0 * step, 1e-13);
    CHECK_NEAR(one.bic3, one.bic + step, 1e-13);
    CHECK_NEAR(one.weight, 1.0 - one.sse / none.sse, 1e-9);
    CHECK_NEAR(one.wbic, one.bic * (1.0 - one.weight) + one.bic3 * one.weight,
               1e-13);
    CHECK_NEAR(two.bic3, two.bic + 2.0 * step, 1e-13);
    CHECK_NEAR(two.wbic, two.bic * (1.0 - two.weight) + two.bic3 * two.weight,
               1e-13);
    CHECK(two.weight > 0.0 && two.weight < 1.0);
    CHECK_NEAR(two.mse, two.sse / 16.0, 1e-14);
    arena_free(arena);
}

static struct joinpoint_tests choose(const struct fixture *at, size_t most,
                                     uint64_t seed, int jobs)
{
    struct arena *arena = arena_new();
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model models[JOINPOINT_MAX + 1];
    struct joinpoint_permutation how = {0, most, 499, seed, 0.05, jobs};
    struct joinpoint_tests tests = {.chosen = 99};
    struct err err = {0};
    for (size_t k = 0; k <= most; k++)
        CHECK(kernel_joinpoint(arena, &at->series, &options, k, &models[k]));
    CHECK(kernel_joinpoint_permutation(arena, &at->series, &options, &how,
                                       models, &tests, &err));
    arena_free(arena);
    return tests;
}

TEST(permutations_keep_joins_that_are_there)
{
    struct fixture at;
    fill(&at, 5, 0.05);
    struct joinpoint_tests tests = choose(&at, 3, 1, 1);
    CHECK_INT(tests.chosen, 2);
    CHECK_INT(tests.count, 3);
    CHECK(tests.at[0].rejected && tests.at[1].rejected &&
          !tests.at[2].rejected);
    CHECK_NEAR(tests.at[0].level, 0.05 / 3.0, 1e-15);
    CHECK_NEAR(tests.at[1].level, 0.05 / 2.0, 1e-15);
    CHECK_INT(tests.at[1].null, 1);
    CHECK_INT(tests.at[2].null, 2);
    CHECK_NEAR(tests.at[0].p, 1.0 / 500.0, 1e-15);
    fill(&at, 7, 20.0); /* noise alone: the null falls to no join */
    tests = choose(&at, 2, 1, 1);
    CHECK_INT(tests.chosen, 0);
    CHECK_INT(tests.at[1].alternative, 1);
}

TEST(a_permutation_test_is_the_same_for_any_number_of_workers)
{
    struct fixture at;
    fill(&at, 9, 0.4);
    struct joinpoint_tests one = choose(&at, 2, 42, 1);
    CHECK_INT(one.count, 2);
    for (int jobs = 1; jobs <= 4; jobs++) {
        struct joinpoint_tests again = choose(&at, 2, 42, jobs);
        CHECK_INT(again.chosen, one.chosen);
        CHECK_INT(again.count, one.count);
        for (size_t i = 0; i < one.count; i++)
            CHECK(one.at[i].p == again.at[i].p);
    }
    /* Another seed permutes otherwise. */
    CHECK(choose(&at, 2, 43, 2).at[1].p != one.at[1].p);
}

/* A test without all of its permutations has no p value. */
TEST(a_worker_that_dies_fails_the_test)
{
    struct fixture at;
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model models[JOINPOINT_MAX + 1];
    struct joinpoint_permutation how = {0, 4, 999999, 1, 0.05, 2};
    struct joinpoint_tests tests = {.chosen = 99};
    struct err err = {0};
    struct arena *arena = arena_new();
    fill(&at, 9, 0.4);
    for (size_t k = 0; k <= 4; k++)
        CHECK(kernel_joinpoint(arena, &at.series, &options, k, &models[k]));
    /* In a child of its own, since its time is what the workers outlast. */
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        bool ended = task_limit_time(0.05, &err) &&
                     !kernel_joinpoint_permutation(arena, &at.series, &options,
                                                   &how, models, &tests, &err);
        bool told = err.code == ERR_IO && text_same(err.id, "task.time") &&
                    tests.chosen == 99;
        _exit(ended && told ? 0 : 1);
    }
    int status = -1;
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK_INT(status, 0);
    arena_free(arena);
}

TEST(a_permutation_test_without_its_numbers_is_refused)
{
    struct fixture at;
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model models[2];
    struct joinpoint_permutation good = {0, 1, 9, 1, 0.05, 1};
    struct arena *arena = arena_new();
    fill(&at, 9, 0.4);
    for (size_t k = 0; k <= 1; k++)
        CHECK(kernel_joinpoint(arena, &at.series, &options, k, &models[k]));
    for (int fault = 0; fault <= 4; fault++) {
        struct joinpoint_permutation how = good;
        struct joinpoint_tests tests = {.chosen = 99};
        struct err err = {0};
        how.permutations = fault == 1 ? 0 : good.permutations;
        how.level = fault == 2 ? 1.0 : fault == 3 ? (double)NAN : good.level;
        how.least = fault == 4 ? 2 : good.least;
        CHECK_INT(kernel_joinpoint_permutation(arena, &at.series, &options,
                                               &how, models, &tests, &err),
                  fault == 0);
        CHECK_INT(err.code, fault == 0 ? ERR_NONE : ERR_INPUT);
        CHECK(fault == 0 || tests.chosen == 99);
    }
    arena_free(arena);
}

static double ratio(struct arena *arena, const struct trend_series *series,
                    size_t null, size_t alternative)
{
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model a, b;
    CHECK(kernel_joinpoint(arena, series, &options, null, &a));
    CHECK(kernel_joinpoint(arena, series, &options, alternative, &b));
    return a.sse / b.sse;
}

/* The long way: residuals times the root of their weights are shuffled, by a
 * generator that the one of the seed begins, both models fitted anew and their
 * ratio compared. */
static double permuted(struct arena *arena, const struct fixture *at,
                       size_t null, size_t alternative, uint64_t seed)
{
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model model;
    double fitted[YEARS], errors[YEARS], rates[YEARS];
    struct trend_series sample = at->series;
    double shuffled[YEARS];
    double seen = ratio(arena, &at->series, null, alternative);
    size_t great = 1;
    CHECK(kernel_joinpoint(arena, &at->series, &options, null, &model));
    CHECK(kernel_joinpoint_fitted(arena, &at->series, &model, fitted));
    for (size_t i = 0; i < YEARS; i++)
        errors[i] = log(at->rates[i] / fitted[i]) * sqrt(at->weights[i]);
    sample.rates = rates;
    for (size_t round = 0; round < 499; round++) {
        uint64_t state = splitmix_next(&seed);
        memcpy(shuffled, errors, sizeof shuffled);
        for (size_t i = YEARS; i > 1; i--) {
            size_t j = (size_t)(splitmix_next(&state) % i);
            double held = shuffled[i - 1];
            shuffled[i - 1] = shuffled[j];
            shuffled[j] = held;
        }
        for (size_t i = 0; i < YEARS; i++)
            rates[i] = fitted[i] * exp(shuffled[i] / sqrt(at->weights[i]));
        great += ratio(arena, &sample, null, alternative) >= seen - 1e-9;
    }
    return (double)great / 500.0;
}

TEST(p_is_that_of_the_long_way)
{
    struct fixture at;
    fill(&at, 11, 0.7);
    struct arena *arena = arena_new();
    struct joinpoint_tests tests = choose(&at, 3, 5, 1);
    CHECK_INT(tests.count, 3);
    for (size_t t = 0; t < tests.count; t++) {
        const struct joinpoint_test *test = &tests.at[t];
        double p = permuted(arena, &at, test->null, test->alternative, 5);
        CHECK(test->p > 0.01 && test->p < 1.0);
        CHECK_NEAR(test->p, p, 1e-12);
    }
    arena_free(arena);
}

/* With one join at most and none in truth, p is uniform: the share of small
 * ones is their level. */
TEST(p_of_noise_is_uniform)
{
    size_t small = 0, draws = 60;
    for (uint64_t seed = 1; seed <= draws; seed++) {
        struct fixture at;
        uint64_t state = seed * 77;
        fill(&at, seed, 0.0);
        for (size_t i = 0; i < YEARS; i++)
            at.rates[i] = exp(1.0 + noise(&state) + noise(&state));
        at.series.weights = NULL;
        small += choose(&at, 1, seed, 1).at[0].p <= 0.3;
    }
    CHECK(small >= 8 && small <= 30); /* 18 expected, standard error 3.5 */
}

TEST(too_few_years_and_huge_rates_are_refused)
{
    struct fixture at;
    fill(&at, 1, 0.1);
    struct joinpoint_options options = {0, 2, 2};
    struct joinpoint_model model = {.joins = 77};
    struct arena *arena = arena_new();
    CHECK_INT(joinpoint_years(&options, 0), 3);
    CHECK_INT(joinpoint_years(&options, 1), 6);
    CHECK_INT(joinpoint_years(&options, 4), 15);
    CHECK_INT(joinpoint_default_joins(6), 0);
    CHECK_INT(joinpoint_default_joins(11), 1);
    CHECK_INT(joinpoint_default_joins(40), 4);
    at.series.count = 5;
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 1, &model));
    at.series.count = 6;
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 2, &model));
    options.ends = 1;
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 1, &model));
    at.series.count = YEARS;
    options = (struct joinpoint_options){600, 2, 2};
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 1, &model));
    options = (struct joinpoint_options){0, 2, 2};
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 5, &model));
    CHECK_INT(model.joins, 77);
    at.series.count = 6;
    CHECK(kernel_joinpoint(arena, &at.series, &options, 1, &model));
    at.series.scale = TREND_LINEAR;
    at.rates[3] = 1e200; /* its square is no number */
    CHECK(!kernel_joinpoint(arena, &at.series, &options, 1, &model));
    arena_free(arena);
}

RUN(CASE(the_search_finds_what_trying_all_places_finds),
    CASE(the_search_finds_the_best_places_between_years),
    CASE(joins_without_noise_are_found),
    CASE(permutations_keep_joins_that_are_there),
    CASE(a_permutation_test_is_the_same_for_any_number_of_workers),
    CASE(a_worker_that_dies_fails_the_test),
    CASE(a_permutation_test_without_its_numbers_is_refused),
    CASE(p_is_that_of_the_long_way), CASE(criteria_follow_their_formulas),
    CASE(p_of_noise_is_uniform), CASE(too_few_years_and_huge_rates_are_refused))
