/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/glm.h"
#include "calc/kernel_projection.h"

enum {
    PERIODS_LEAST = 3,
    PERIODS_TRIED_FIRST = 6,
    PERIODS_TRIED_LAST = 4,
};

/* The columns of the regression: a constant for each age, the number of the
 * period (drift), the periods but the first, the cohorts but the first. The
 * last period and the last cohort depend on what comes before; the fit drops
 * them: their coefficient is 0. Periods are numbered from 0 in the data,
 * cohorts from 0 for the oldest: the oldest age in the first period fitted. */
struct design {
    const struct kernel_nordpred_data *data;
    size_t periods, ages; /* fitted: the last ones, the oldest ones */
    size_t rows, columns;
    double *x, *counts, *years;
};

static size_t drift_column(const struct design *at)
{
    return at->ages;
}

static size_t period_column(const struct design *at, size_t period)
{
    return at->ages + period; /* of the periods fitted; 1 is the second */
}

static size_t cohort_column(const struct design *at, size_t cohort)
{
    return at->ages + at->periods + cohort - 1;
}

static void fill_row(const struct design *at, size_t row, size_t age,
                     size_t period, double *x)
{
    const struct kernel_nordpred_data *data = at->data;
    size_t number = data->observed - at->periods + period;
    size_t cohort = data->ages - 1 - age + period;
    x[age - data->first_fitted] = 1.0;
    x[drift_column(at)] = (double)(number + 1);
    if (period > 0)
        x[period_column(at, period)] = 1.0;
    if (cohort > 0)
        x[cohort_column(at, cohort)] = 1.0;
    at->counts[row] = data->cases[age * data->observed + number];
    at->years[row] =
        data->person_years[age * (data->observed + data->future) + number];
}

static struct design new_design(struct arena *scratch,
                                const struct kernel_nordpred_data *data,
                                size_t periods)
{
    size_t ages = data->ages - data->first_fitted;
    struct design at = {
        .data = data,
        .periods = periods,
        .ages = ages,
        .rows = ages * periods,
        .columns = ages + periods + ages + periods - 2,
    };
    at.x = arena_array(scratch, at.rows * at.columns, sizeof *at.x);
    at.counts = arena_array(scratch, at.rows, sizeof *at.counts);
    at.years = arena_array(scratch, at.rows, sizeof *at.years);
    for (size_t row = 0; row < at.rows; row++)
        fill_row(&at, row, data->first_fitted + row / periods, row % periods,
                 at.x + row * at.columns);
    return at;
}

static bool fit_design(struct arena *scratch, const struct design *at,
                       enum glm_link link, struct glm_fit *fit)
{
    struct glm_data model = {
        .x = at->x,
        .counts = at->counts,
        .exposure = at->years,
        .rows = at->rows,
        .columns = at->columns,
        .link = link,
    };
    return glm_poisson(scratch, &model, fit);
}

static double probability_above(double deviance, size_t freedom)
{
    struct kernel_tails tails;
    if (freedom == 0 ||
        !kernel_chi2_cdf((double)freedom, fmax(0.0, deviance), &tails))
        return 1.0;
    return tails.upper;
}

/* The most periods whose power-5 fit is not rejected at 1 %. */
static bool choose_periods(struct arena *scratch,
                           const struct kernel_nordpred_data *data,
                           size_t *periods)
{
    size_t last = data->observed < PERIODS_TRIED_LAST ? data->observed
                                                      : PERIODS_TRIED_LAST;
    size_t chosen = data->observed < PERIODS_TRIED_FIRST ? data->observed
                                                         : PERIODS_TRIED_FIRST;
    for (; chosen > last; chosen--) {
        struct glm_fit fit;
        struct design at = new_design(scratch, data, chosen);
        if (!fit_design(scratch, &at, GLM_POWER5, &fit))
            return false;
        if (probability_above(fit.deviance, fit.freedom) >= 0.01)
            break;
    }
    *periods = chosen;
    return true;
}

/* Whether the trend is curved: the square of the period added to age, drift
 * and cohort, on the log scale. The first free column carries the square, the
 * other periods stay empty. */
static bool test_curve(struct arena *scratch,
                       const struct kernel_nordpred_data *data, size_t periods,
                       double *probability)
{
    struct glm_fit straight, curved;
    struct design at = new_design(scratch, data, periods);
    for (size_t row = 0; row < at.rows; row++) {
        for (size_t p = 1; p < periods; p++)
            at.x[row * at.columns + period_column(&at, p)] = 0.0;
    }
    if (!fit_design(scratch, &at, GLM_LOG, &straight))
        return false;
    for (size_t row = 0; row < at.rows; row++) {
        double *x = at.x + row * at.columns;
        double period = x[drift_column(&at)];
        x[period_column(&at, 1)] = period * period;
    }
    if (!fit_design(scratch, &at, GLM_LOG, &curved))
        return false;
    *probability = probability_above(straight.deviance - curved.deviance, 1);
    return true;
}

/* --- projection ----------------------------------------------------------- */

static double years_at(const struct kernel_nordpred_data *data, size_t age,
                       size_t period)
{
    return data->person_years[age * (data->observed + data->future) + period];
}

static double observed_rate(const struct kernel_nordpred_data *data, size_t age,
                            size_t period)
{
    double years = years_at(data, age, period);
    return years > 0.0 ? data->cases[age * data->observed + period] / years
                       : 0.0;
}

/* Of a cohort in a future period (0 the first); those younger than any that
 * the projected ages had are taken for the youngest that they had. */
static double cohort_effect(const struct design *at, const struct glm_fit *fit,
                            size_t age, size_t future)
{
    size_t cohort = at->data->ages - 1 - age + at->periods + future;
    size_t youngest =
        at->data->ages - 1 - at->data->first_used + at->periods - 1;
    return fit->coefficients[cohort_column(at, cohort < youngest ? cohort
                                                                 : youngest)];
}

static double rate_of(enum kernel_nordpred_link link, double predictor)
{
    if (link == KERNEL_NORDPRED_POISSON)
        return exp(predictor);
    return pow(fmax(0.0, predictor), 5.0);
}

/* The slope of the last two periods: their effects are those of the last but
 * one and 0. */
static double future_drift(const struct design *at, const struct glm_fit *fit,
                           bool recent)
{
    double drift = fit->coefficients[drift_column(at)];
    if (!recent)
        return drift;
    return drift - fit->coefficients[period_column(at, at->periods - 2)];
}

static void project_age(const struct design *at, const struct glm_fit *fit,
                        bool recent, size_t age, double *out)
{
    const struct kernel_nordpred_data *data = at->data;
    double steps = 0.0, drift = future_drift(at, fit, recent);
    for (size_t i = 0; i < data->future; i++) {
        steps += 1.0 - data->cut[i];
        double predictor =
            fit->coefficients[age - data->first_fitted] +
            fit->coefficients[drift_column(at)] * (double)data->observed +
            drift * steps + cohort_effect(at, fit, age, i);
        out[i] = rate_of(data->link, predictor) *
                 years_at(data, age, data->observed + i);
    }
}

static void keep_age(const struct kernel_nordpred_data *data, size_t age,
                     double *out)
{
    double rate = 0.5 * (observed_rate(data, age, data->observed - 2) +
                         observed_rate(data, age, data->observed - 1));
    for (size_t i = 0; i < data->future; i++)
        out[i] = rate * years_at(data, age, data->observed + i);
}

/* --- what can be projected ------------------------------------------------ */

static bool all_counts(const double *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(list[i]) || list[i] < 0.0)
            return false;
    }
    return true;
}

/* Any case among the ages fitted. */
static bool has_cases(const struct kernel_nordpred_data *data)
{
    for (size_t i = data->first_fitted * data->observed;
         i < data->ages * data->observed; i++) {
        if (data->cases[i] > 0.0)
            return true;
    }
    return false;
}

static bool is_valid(const struct kernel_nordpred_data *data)
{
    size_t periods = data->observed + data->future;
    if (data->observed < PERIODS_LEAST || data->first_used >= data->ages ||
        data->first_fitted > data->first_used ||
        data->ages - data->first_fitted < 2 ||
        (data->periods != 0 && data->periods < PERIODS_LEAST) ||
        data->periods > data->observed ||
        !all_counts(data->cases, data->ages * data->observed) ||
        !all_counts(data->person_years, data->ages * periods) ||
        !has_cases(data))
        return false;
    for (size_t i = 0; i < data->future; i++) {
        if (!(data->cut[i] >= 0.0 && data->cut[i] <= 1.0))
            return false;
    }
    return true;
}

/* Which base, which trend. */
static bool choose(struct arena *scratch,
                   const struct kernel_nordpred_data *data,
                   struct kernel_nordpred *out)
{
    out->periods = data->periods;
    if (out->periods == 0 && !choose_periods(scratch, data, &out->periods))
        return false;
    if (!test_curve(scratch, data, out->periods, &out->recent_probability))
        return false;
    out->recent = data->trend == KERNEL_NORDPRED_RECENT ||
                  (data->trend == KERNEL_NORDPRED_CHOSEN &&
                   out->recent_probability < 0.05);
    return true;
}

bool kernel_nordpred(struct arena *scratch,
                     const struct kernel_nordpred_data *data,
                     struct kernel_nordpred *out)
{
    struct kernel_nordpred result = {0};
    struct glm_fit fit;
    if (!is_valid(data) || !choose(scratch, data, &result))
        return false;
    struct design at = new_design(scratch, data, result.periods);
    enum glm_link link =
        data->link == KERNEL_NORDPRED_POISSON ? GLM_LOG : GLM_POWER5;
    if (!fit_design(scratch, &at, link, &fit))
        return false;
    result.fit_probability = probability_above(fit.deviance, fit.freedom);
    result.cases =
        arena_array(scratch, data->ages * data->future + 1, sizeof(double));
    for (size_t age = 0; age < data->ages; age++) {
        double *cases = result.cases + age * data->future;
        if (age < data->first_used)
            keep_age(data, age, cases);
        else
            project_age(&at, &fit, result.recent, age, cases);
    }
    if (!all_counts(result.cases, data->ages * data->future))
        return false;
    *out = result;
    return true;
}
