/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/splitmix.h"
#include "base/task.h"
#include "calc/kernel_joinpoint_impl.h"

enum {
    BATCH = 32, /* permutations of a task: some milliseconds */
};

/* One of 0 .. below - 1, all as likely. */
static size_t draw_below(uint64_t *state, size_t below)
{
    uint64_t rest = UINT64_MAX % below + 1; /* too many for whole rounds */
    uint64_t z = splitmix_next(state);
    while (rest != below && z > UINT64_MAX - rest)
        z = splitmix_next(state);
    return (size_t)(z % below);
}

/* The generator of one permutation begins where that of the seed is after so
 * many numbers: each can be drawn without those before it. */
static uint64_t stream(uint64_t seed, size_t permutation)
{
    uint64_t state = seed + SPLITMIX_STEP * (uint64_t)permutation;
    return splitmix_next(&state);
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

/* One test while it runs. */
struct trial {
    const struct trend_series *series;
    const struct joinpoint_permutation *how;
    struct joinpoint_grid *grid;
    double *fitted;  /* [count] by the null model, on the scale of the fit */
    double *errors;  /* [count] residuals x square root of the weight */
    double *sampled; /* [count] */
    size_t null, alternative;
    double share;  /* alternative / null sum of squares as observed */
    size_t *great; /* [batches], shared: permutations as great as observed */
};

/* A relative difference that rounding can make. */
static const double rounding = 1e-10;

static void sample(const struct trial *trial, size_t permutation)
{
    size_t count = trial->series->count;
    uint64_t state = stream(trial->how->seed, permutation);
    memcpy(trial->sampled, trial->errors, count * sizeof *trial->sampled);
    shuffle(&state, trial->sampled, count);
    for (size_t i = 0; i < count; i++)
        trial->sampled[i] =
            trial->fitted[i] +
            trial->sampled[i] / sqrt(trend_weight(trial->series->weights, i));
}

/* Whether the ratio of sums of squares of the sample is as great as the one
 * that was observed. */
static bool as_great(const struct trial *trial)
{
    joinpoint_grid_load(trial->grid, trial->sampled);
    double null = joinpoint_grid_line(trial->grid);
    if (trial->null > 0)
        null = joinpoint_grid_search(trial->grid, trial->null, (double)INFINITY,
                                     NULL);
    double limit = null * trial->share * (1.0 + rounding);
    return joinpoint_grid_reaches(trial->grid, trial->alternative, limit);
}

static bool run_batch(void *context, size_t batch, struct err *err)
{
    const struct trial *trial = context;
    size_t first = batch * BATCH, last = first + BATCH;
    (void)err;
    for (size_t i = first; i < last && i < trial->how->permutations; i++) {
        sample(trial, i);
        trial->great[batch] += as_great(trial);
    }
    return true;
}

/* The share of the permutations, and of what was observed, that is as great. */
static bool count_great(struct trial *trial, double *p, struct err *err)
{
    size_t permutations = trial->how->permutations, great = 1;
    size_t batches = (permutations + BATCH - 1) / BATCH;
    trial->great = task_shared_new(batches * sizeof *trial->great);
    bool ok =
        task_run_all(batches, trial->how->jobs, run_batch, trial, NULL, err);
    for (size_t b = 0; ok && b < batches; b++)
        great += trial->great[b];
    task_shared_free(trial->great, batches * sizeof *trial->great);
    if (ok)
        *p = (double)great / (double)(permutations + 1);
    return ok;
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

static bool fail_input(struct err *err)
{
    return err_fail(err, ERR_INPUT, "joinpoint.permutation",
                    "a permutation test needs permutations, a level between 0 "
                    "and 1 and rates that are not too different");
}

static bool run_test(struct arena *scratch, struct trial *trial,
                     const struct joinpoint_model *models,
                     struct joinpoint_test *test, struct err *err)
{
    const struct joinpoint_permutation *how = trial->how;
    const struct joinpoint_model *null = &models[test->null];
    test->level = how->level / (double)(how->most - test->null);
    test->p = 1.0;
    if (!perfect(trial->series, trend_response(scratch, trial->series), null)) {
        if (!prepare(scratch, trial, null))
            return fail_input(err);
        trial->null = test->null;
        trial->alternative = test->alternative;
        trial->share = models[test->alternative].sse / null->sse;
        if (!count_great(trial, &test->p, err))
            return err_wrap(err, "permutation test of joinpoints");
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
                                  struct joinpoint_tests *out, struct err *err)
{
    if (!valid(series, options, how, models))
        return fail_input(err);
    struct trial trial = {
        .series = series,
        .how = how,
        .grid = joinpoint_grid_new(scratch, series->years, series->weights,
                                   series->count, options),
        .fitted = arena_array(scratch, series->count, sizeof(double)),
        .errors = arena_array(scratch, series->count, sizeof(double)),
        .sampled = arena_array(scratch, series->count, sizeof(double)),
    };
    if (trial.grid == NULL)
        return fail_input(err);
    struct joinpoint_tests tests = {.chosen = how->least};
    size_t alternative = how->most;
    while (tests.chosen < alternative) {
        struct joinpoint_test *test = &tests.at[tests.count++];
        *test =
            (struct joinpoint_test){tests.chosen, alternative, 1.0, 0.0, false};
        if (!run_test(scratch, &trial, models, test, err))
            return false;
        if (test->rejected)
            tests.chosen++;
        else
            alternative--;
    }
    *out = tests;
    return true;
}
