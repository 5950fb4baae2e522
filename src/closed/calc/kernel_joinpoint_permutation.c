/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_joinpoint_impl.h"

/* Splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* One of 0 .. below - 1, all as likely. */
static size_t draw_below(uint64_t *state, size_t below)
{
    uint64_t rest = UINT64_MAX % below + 1; /* too many for whole rounds */
    uint64_t z = draw(state);
    while (rest != below && z > UINT64_MAX - rest)
        z = draw(state);
    return (size_t)(z % below);
}

/* Fisher and Yates. */
static void shuffle(uint64_t *state, double *values, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = draw_below(state, i);
        double held = values[i - 1];
        values[i - 1] = values[j];
        values[j] = held;
    }
}

struct trial {
    const struct trend_series *series;
    struct joinpoint_grid *grid;
    double *fitted;  /* [count] by the null model, on the scale of the fit */
    double *errors;  /* [count] residuals x square root of the weight */
    double *sampled; /* [count] */
};

/* A relative difference that rounding can make. */
static const double rounding = 1e-10;

/* Whether the ratio of sums of squares of the sample is as great as `share`
 * (alternative / null, of what was observed) says. */
static bool as_great(struct trial *trial, const struct joinpoint_test *test,
                     double share)
{
    size_t count = trial->series->count;
    for (size_t i = 0; i < count; i++)
        trial->sampled[i] =
            trial->fitted[i] +
            trial->errors[i] / sqrt(trend_weight(trial->series->weights, i));
    joinpoint_grid_load(trial->grid, trial->sampled);
    double null = joinpoint_grid_line(trial->grid);
    if (test->null > 0)
        null = joinpoint_grid_search(trial->grid, test->null, (double)INFINITY,
                                     NULL);
    double limit = null * share * (1.0 + rounding);
    return joinpoint_grid_reaches(trial->grid, test->alternative, limit);
}

static bool prepare(struct arena *scratch, struct trial *trial,
                    const struct joinpoint_model *null)
{
    const struct trend_series *series = trial->series;
    const double *y = trend_response(scratch, series);
    if (!kernel_joinpoint_fitted(scratch, series, null, trial->fitted))
        return false;
    for (size_t i = 0; i < series->count; i++) {
        if (series->scale == TREND_LOG)
            trial->fitted[i] = log(trial->fitted[i]);
        trial->errors[i] =
            (y[i] - trial->fitted[i]) * sqrt(trend_weight(series->weights, i));
    }
    return true;
}

/* Residuals that are only rounding: nothing is left to explain. */
static bool perfect(const struct trend_series *series, const double *y,
                    const struct joinpoint_model *model)
{
    double squares = 0.0;
    for (size_t i = 0; i < series->count; i++)
        squares += trend_weight(series->weights, i) * y[i] * y[i];
    return model->sse <= 1e-26 * squares;
}

static bool run_test(struct arena *scratch, struct trial *trial,
                     const struct joinpoint_permutation *how,
                     const struct joinpoint_model *models,
                     struct joinpoint_test *test)
{
    const struct joinpoint_model *null = &models[test->null];
    test->level = how->level / (double)(how->most - test->null);
    test->p = 1.0;
    if (!perfect(trial->series, trend_response(scratch, trial->series), null)) {
        if (!prepare(scratch, trial, null))
            return false;
        double share = models[test->alternative].sse / null->sse;
        uint64_t state = how->seed;
        size_t great = 1;
        for (size_t i = 0; i < how->permutations; i++) {
            shuffle(&state, trial->errors, trial->series->count);
            great += as_great(trial, test, share);
        }
        test->p = (double)great / (double)(how->permutations + 1);
    }
    test->rejected = test->p < test->level;
    return true;
}

static bool valid(const struct trend_series *series,
                  const struct joinpoint_options *options,
                  const struct joinpoint_permutation *how,
                  const struct joinpoint_model *models)
{
    if (how->least > how->most || how->most > JOINPOINT_MAX ||
        how->permutations == 0 || !(how->level > 0.0 && how->level < 1.0) ||
        series->count < joinpoint_years(options, how->most) ||
        !trend_valid(series))
        return false;
    for (size_t k = how->least; k <= how->most; k++) {
        if (models[k].joins != k || !isfinite(models[k].sse))
            return false;
    }
    return true;
}

bool kernel_joinpoint_permutation(struct arena *scratch,
                                  const struct trend_series *series,
                                  const struct joinpoint_options *options,
                                  const struct joinpoint_permutation *how,
                                  const struct joinpoint_model *models,
                                  struct joinpoint_test *tests, size_t *count,
                                  size_t *chosen)
{
    if (!valid(series, options, how, models))
        return false;
    struct trial trial = {
        .series = series,
        .grid = joinpoint_grid_new(scratch, series->years, series->weights,
                                   series->count, options),
        .fitted = arena_array(scratch, series->count, sizeof(double)),
        .errors = arena_array(scratch, series->count, sizeof(double)),
        .sampled = arena_array(scratch, series->count, sizeof(double)),
    };
    if (trial.grid == NULL)
        return false;
    size_t null = how->least, alternative = how->most, run = 0;
    while (null < alternative) {
        struct joinpoint_test *test = &tests[run++];
        *test = (struct joinpoint_test){null, alternative, 1.0, 0.0, false};
        if (!run_test(scratch, &trial, how, models, test))
            return false;
        if (test->rejected)
            null++;
        else
            alternative--;
    }
    *count = run;
    *chosen = null;
    return true;
}
