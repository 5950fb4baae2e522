/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_projection.h"

#include <math.h>

#include "calc/glm.h"

/* --- log-linear ----------------------------------------------------------- */

static bool is_future(const struct kernel_series *series)
{
    for (size_t i = 0; i < series->future; i++) {
        if (!isfinite(series->future_years[i]) ||
            !isfinite(series->future_person_years[i]) ||
            series->future_person_years[i] < 0.0)
            return false;
    }
    return true;
}

static bool is_observed(const struct kernel_series *series, double *mean_year)
{
    double sum = 0.0;
    for (size_t i = 0; i < series->observed; i++) {
        if (!isfinite(series->years[i]))
            return false;
        sum += series->years[i];
    }
    *mean_year = sum / (double)series->observed;
    return series->observed >= 3;
}

/* Cases before the last year and after the first: nothing has no trend, and
 * what only the last year has is a slope without end. */
static bool has_slope(const struct kernel_series *series)
{
    double first = series->years[0], last = first;
    bool before = false, after = false;
    for (size_t i = 1; i < series->observed; i++) {
        first = fmin(first, series->years[i]);
        last = fmax(last, series->years[i]);
    }
    for (size_t i = 0; i < series->observed; i++) {
        before = before || (series->counts[i] > 0.0 && series->years[i] < last);
        after = after || (series->counts[i] > 0.0 && series->years[i] > first);
    }
    return before && after;
}

/* Years less their mean, so that the constant is determined well. */
static bool fit_series(struct arena *scratch,
                       const struct kernel_series *series, double mean_year,
                       struct glm_fit *fit)
{
    double *x = arena_array(scratch, 2 * series->observed, sizeof *x);
    for (size_t i = 0; i < series->observed; i++) {
        x[2 * i] = 1.0;
        x[2 * i + 1] = series->years[i] - mean_year;
    }
    struct glm_data model = {
        .x = x,
        .counts = series->counts,
        .exposure = series->person_years,
        .rows = series->observed,
        .columns = 2,
        .link = GLM_LOG,
    };
    return glm_poisson(scratch, &model, fit) && fit->rank == 2 &&
           fit->freedom > 0;
}

static struct kernel_projected project(const struct glm_fit *fit, double year,
                                       double person_years, double z)
{
    const double row[] = {1.0, year};
    double eta, variance;
    glm_predict(fit, row, 2, &eta, &variance);
    double expected = person_years * exp(eta);
    double error = sqrt(fit->dispersion * variance);
    double width =
        z * hypot(sqrt(fit->dispersion * expected), expected * error);
    return (struct kernel_projected){
        .cases = {expected, fmax(0.0, expected - width), expected + width},
        .standard_error = error,
    };
}

bool kernel_log_linear_projection(struct arena *scratch,
                                  const struct kernel_series *series,
                                  double confidence,
                                  struct kernel_log_linear *out)
{
    double z, mean_year;
    struct glm_fit fit;
    if (!(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z) ||
        !is_observed(series, &mean_year) || !has_slope(series) ||
        !is_future(series) || !fit_series(scratch, series, mean_year, &fit))
        return false;
    struct kernel_projected *projected =
        arena_array(scratch, series->future + 1, sizeof *projected);
    for (size_t i = 0; i < series->future; i++) {
        projected[i] = project(&fit, series->future_years[i] - mean_year,
                               series->future_person_years[i], z);
        if (!isfinite(projected[i].cases.upper))
            return false;
    }
    *out = (struct kernel_log_linear){
        .slope = fit.coefficients[1],
        .slope_error = sqrt(fit.dispersion * fit.unscaled[3]),
        .dispersion = fit.dispersion,
        .projected = projected,
    };
    return true;
}

/* --- calibration ---------------------------------------------------------- */

bool kernel_calibration_grade(const double *errors, size_t districts,
                              double incidence_deviation,
                              double calibration_deviation,
                              enum kernel_grade *out)
{
    size_t middle = 0, large = 0;
    if (districts == 0 || !isfinite(incidence_deviation) ||
        !isfinite(calibration_deviation) || incidence_deviation < 0.0 ||
        calibration_deviation < 0.0)
        return false;
    for (size_t i = 0; i < districts; i++) {
        if (!isfinite(errors[i]))
            return false;
        large += fabs(errors[i]) > 0.3;
        middle += fabs(errors[i]) >= 0.15 && fabs(errors[i]) <= 0.3;
    }
    enum kernel_grade grade = KERNEL_GRADE_NONE;
    if (large == 0 && middle == 0)
        grade = KERNEL_GRADE_A_PLUS_PLUS;
    else if (large > 0 || 5 * middle > districts) /* 20 % is one in five */
        grade = KERNEL_GRADE_B;
    else if (5 * middle < districts &&
             incidence_deviation > 2.0 * calibration_deviation)
        grade = KERNEL_GRADE_A_PLUS;
    *out = grade;
    return true;
}
