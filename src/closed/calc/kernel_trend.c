/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_trend_impl.h"

#include <math.h>

#include "calc/glm.h"

bool trend_valid(const struct trend_series *series)
{
    for (size_t i = 0; i < series->count; i++) {
        double rate = series->rates[i];
        double weight = trend_weight(series->weights, i);
        if (!isfinite(series->years[i]) || !isfinite(rate) ||
            !isfinite(weight) || !(weight > 0.0))
            return false;
        if (i > 0 && !(series->years[i] > series->years[i - 1]))
            return false;
        if (series->scale == TREND_LOG && !(rate > 0.0))
            return false;
    }
    return true;
}

double *trend_response(struct arena *scratch, const struct trend_series *series)
{
    double *out = arena_array(scratch, series->count + 1, sizeof *out);
    for (size_t i = 0; i < series->count; i++)
        out[i] = series->scale == TREND_LOG ? log(series->rates[i])
                                            : series->rates[i];
    return out;
}

bool trend_weights_errors(const double *rates, const double *errors,
                          size_t count, enum trend_scale scale, double *weights)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(rates[i]) || !isfinite(errors[i]) || !(errors[i] > 0.0))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        double root =
            scale == TREND_LOG ? rates[i] / errors[i] : 1.0 / errors[i];
        weights[i] = root * root;
    }
    return true;
}

bool trend_weights_poisson(const double *rates, const double *counts,
                           size_t count, enum trend_scale scale,
                           double *weights)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(rates[i]) || !(rates[i] > 0.0) || !isfinite(counts[i]) ||
            !(counts[i] > 0.0))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        weights[i] =
            scale == TREND_LOG ? counts[i] : counts[i] / rates[i] / rates[i];
    return true;
}

bool trend_line_fit(const double *x, const double *y, const double *weights,
                    size_t count, struct trend_line *out)
{
    double total = 0.0, sum_x = 0.0, sum_y = 0.0;
    /* From the first point, so that equal values give a slope of exactly 0. */
    for (size_t i = 0; i < count; i++) {
        double weight = trend_weight(weights, i);
        total += weight;
        sum_x += weight * (x[i] - x[0]);
        sum_y += weight * (y[i] - y[0]);
    }
    if (!(total > 0.0))
        return false;
    struct trend_line line = {.mean_x = x[0] + sum_x / total,
                              .mean_y = y[0] + sum_y / total};
    double sxy = 0.0;
    for (size_t i = 0; i < count; i++) {
        double weight = trend_weight(weights, i), from = x[i] - line.mean_x;
        line.sxx += weight * from * from;
        sxy += weight * from * (y[i] - line.mean_y);
    }
    if (!(line.sxx > 0.0))
        return false;
    line.slope = sxy / line.sxx;
    for (size_t i = 0; i < count; i++) {
        double rest = y[i] - line.mean_y - line.slope * (x[i] - line.mean_x);
        line.sse += trend_weight(weights, i) * rest * rest;
    }
    *out = line;
    return true;
}

/* --- judging a slope ------------------------------------------------------ */

int trend_direction(const struct kernel_interval *change)
{
    if (change->lower > 0.0)
        return 1;
    return change->upper < 0.0 ? -1 : 0;
}

static double change_of(enum trend_scale scale, double slope)
{
    return scale == TREND_LOG ? 100.0 * expm1(slope) : slope;
}

static bool two_sided(double statistic, double freedom, double *p)
{
    if (freedom == 0.0) {
        *p = 2.0 * kernel_normal_cdf(-fabs(statistic));
        return true;
    }
    struct kernel_tails tails;
    if (!kernel_student_cdf(freedom, fabs(statistic), &tails))
        return false;
    *p = 2.0 * tails.upper;
    return true;
}

bool trend_judge(struct trend_slope *slope, enum trend_scale scale,
                 double confidence)
{
    if (!(confidence > 0.0 && confidence < 1.0) || !isfinite(slope->slope) ||
        !isfinite(slope->error) || !(slope->error >= 0.0) ||
        !(slope->freedom >= 0.0))
        return false;
    double tail = 0.5 + 0.5 * confidence, reach = 0.0;
    bool good = slope->freedom == 0.0
                    ? kernel_normal_quantile(tail, &reach)
                    : kernel_student_quantile(tail, slope->freedom, &reach);
    double p = slope->slope == 0.0 ? 1.0 : 0.0; /* points right on the line */
    if (!good || (slope->error > 0.0 &&
                  !two_sided(slope->slope / slope->error, slope->freedom, &p)))
        return false;
    struct kernel_interval change = {
        change_of(scale, slope->slope),
        change_of(scale, slope->slope - reach * slope->error),
        change_of(scale, slope->slope + reach * slope->error),
    };
    if (!isfinite(change.value) || !isfinite(change.lower) ||
        !isfinite(change.upper))
        return false;
    slope->p = p;
    slope->change = change;
    return true;
}

/* --- one line ------------------------------------------------------------- */

bool kernel_apc(struct arena *scratch, const struct trend_series *series,
                enum trend_limits limits, double confidence,
                struct trend_slope *out)
{
    if (series->count < 3 || !trend_valid(series))
        return false;
    struct trend_line line;
    if (!trend_line_fit(series->years, trend_response(scratch, series),
                        series->weights, series->count, &line))
        return false;
    double freedom = (double)(series->count - 2);
    struct trend_slope slope = {
        .slope = line.slope,
        .error = sqrt(line.sse / freedom / line.sxx),
        .freedom = limits == TREND_STUDENT ? freedom : 0.0,
    };
    if (!trend_judge(&slope, series->scale, confidence))
        return false;
    *out = slope;
    return true;
}

/* Constant and years, centred so that the fit keeps its digits. */
static bool poisson_design(const struct trend_counts *counts, double *x)
{
    double sum = 0.0, middle = 0.0;
    for (size_t i = 0; i < counts->count; i++) {
        if (!isfinite(counts->years[i]) ||
            (i > 0 && !(counts->years[i] > counts->years[i - 1])))
            return false;
        sum += counts->counts[i];
        middle += counts->years[i] / (double)counts->count;
    }
    for (size_t i = 0; i < counts->count; i++) {
        x[2 * i] = 1.0;
        x[2 * i + 1] = counts->years[i] - middle;
    }
    return sum > 0.0;
}

bool kernel_apc_poisson(struct arena *scratch,
                        const struct trend_counts *counts,
                        enum trend_spread spread, double confidence,
                        struct trend_slope *out, double *dispersion)
{
    double *x = arena_array(scratch, 2 * counts->count + 1, sizeof *x);
    if (counts->count < 3 || !poisson_design(counts, x))
        return false;
    struct glm_data data = {
        .x = x,
        .counts = counts->counts,
        .exposure = counts->person_years,
        .rows = counts->count,
        .columns = 2,
        .link = GLM_LOG,
    };
    struct glm_fit fit;
    if (!glm_poisson(scratch, &data, &fit) || fit.rank < 2 || fit.freedom == 0)
        return false;
    double factor = spread == TREND_QUASI ? fit.dispersion : 1.0;
    double span = counts->years[counts->count - 1] - counts->years[0];
    /* Equal rates: what the iterations leave is rounding, not a trend. */
    bool flat = fabs(fit.coefficients[1]) * span < 1e-12;
    struct trend_slope slope = {
        .slope = flat ? 0.0 : fit.coefficients[1],
        .error = sqrt(factor * fit.unscaled[3]),
    };
    if (!trend_judge(&slope, TREND_LOG, confidence))
        return false;
    *out = slope;
    *dispersion = fit.dispersion;
    return true;
}

/* --- mean of segments ----------------------------------------------------- */

static bool follow(const struct trend_segment *segments, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct trend_segment *at = &segments[i];
        if (!isfinite(at->start) || !isfinite(at->stop) ||
            !(at->start < at->stop) || !isfinite(at->slope.slope) ||
            !isfinite(at->slope.error) || !(at->slope.error >= 0.0))
            return false;
        if (i > 0 && at->start != segments[i - 1].stop)
            return false;
    }
    return count > 0;
}

bool kernel_aapc(const struct trend_segment *segments, size_t count,
                 double from, double to, enum trend_scale scale,
                 double confidence, struct trend_slope *out)
{
    if (!follow(segments, count) || !isfinite(from) || !isfinite(to) ||
        !(from < to) || from < segments[0].start ||
        to > segments[count - 1].stop)
        return false;
    double sum = 0.0, variance = 0.0;
    for (size_t i = 0; i < count; i++) {
        double start = fmax(from, segments[i].start);
        double share = (fmin(to, segments[i].stop) - start) / (to - from);
        if (share <= 0.0)
            continue;
        double error = share * segments[i].slope.error;
        sum += share * segments[i].slope.slope;
        variance += error * error;
    }
    struct trend_slope mean = {.slope = sum, .error = sqrt(variance)};
    if (!trend_judge(&mean, scale, confidence))
        return false;
    *out = mean;
    return true;
}
