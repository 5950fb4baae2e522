/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>

#include "calc/glm.h"
#include "calc/kernel_inequality.h"

/* The fitted ends, on the scale where they are linear, and their covariance.
 */
struct line {
    double first, last;
    double first_variance, last_variance, covariance;
};

/* --- from the ends to slope and ratio ------------------------------------- */

static struct kernel_interval around(double value, double width)
{
    return (struct kernel_interval){value, value - width, value + width};
}

/* Roots of (last - R first)^2 = z^2 var(last - R first), Fieller 1954. */
static void fieller(const struct line *at, double z, struct kernel_ends *out)
{
    if (!(at->first > 0.0))
        return;
    out->ratio.value = at->last / at->first;
    out->has_ratio = true;
    double square = z * z;
    double a = at->first * at->first - square * at->first_variance;
    double b = at->first * at->last - square * at->covariance;
    double c = at->last * at->last - square * at->last_variance;
    if (!(a > 0.0))
        return;
    double spread = sqrt(fmax(0.0, b * b - a * c));
    out->ratio.lower = (b - spread) / a;
    out->ratio.upper = (b + spread) / a;
    out->has_ratio_limits = true;
}

static struct kernel_ends plain_ends(const struct line *at, double z)
{
    double variance =
        at->first_variance + at->last_variance - 2.0 * at->covariance;
    struct kernel_ends out = {
        .difference =
            around(at->last - at->first, z * sqrt(fmax(0.0, variance)))};
    fieller(at, z, &out);
    return out;
}

/* Values at the ends with d value / d linear and d log value / d linear. */
struct curve {
    double value, slope, log_slope;
};

static struct curve curve_exp(double linear)
{
    double value = exp(linear);
    return (struct curve){value, value, 1.0};
}

static struct curve curve_logistic(double linear)
{
    double value = 1.0 / (1.0 + exp(-linear));
    double rest = 1.0 / (1.0 + exp(linear));
    return (struct curve){value, value * rest, rest};
}

static double variance_of(const struct line *at, double first, double last)
{
    return fmax(0.0, first * first * at->first_variance +
                         last * last * at->last_variance -
                         2.0 * first * last * at->covariance);
}

static struct kernel_ends curved_ends(const struct line *at, struct curve first,
                                      struct curve last, double z)
{
    double width = z * sqrt(variance_of(at, first.slope, last.slope));
    double ratio = last.value / first.value;
    double factor =
        exp(z * sqrt(variance_of(at, first.log_slope, last.log_slope)));
    return (struct kernel_ends){
        .difference = around(last.value - first.value, width),
        .ratio = {ratio, ratio / factor, ratio * factor},
        .has_ratio = true,
        .has_ratio_limits = true,
    };
}

static bool is_finite(const struct kernel_ends *ends)
{
    return isfinite(ends->difference.value) &&
           isfinite(ends->difference.lower) &&
           isfinite(ends->difference.upper) && isfinite(ends->ratio.value) &&
           isfinite(ends->ratio.lower) && isfinite(ends->ratio.upper);
}

/* --- weighted regression -------------------------------------------------- */

/* Group by group: the middle of its share of the population. */
struct ridits {
    double total, before;
};

static double next_ridit(struct ridits *at, double population)
{
    double ridit = (at->before + 0.5 * population) / at->total;
    at->before += population;
    return ridit;
}

static double sum_of(const double *list, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += list[i];
    return sum;
}

/* What the ends are made of: first = sum first[i] y[i]; the same for last. The
 * mean ridit is 1/2 whatever the populations. */
struct share {
    double first, last;
};

static double spread_of(const double *populations, size_t groups)
{
    struct ridits at = {.total = sum_of(populations, groups)};
    double spread = 0.0;
    for (size_t i = 0; i < groups; i++) {
        double from = next_ridit(&at, populations[i]) - 0.5;
        spread += populations[i] / at.total * from * from;
    }
    return spread;
}

static struct share next_share(struct ridits *at, double population,
                               double spread)
{
    double weight = population / at->total;
    double slope = weight * (next_ridit(at, population) - 0.5) / spread;
    return (struct share){weight - 0.5 * slope, weight + 0.5 * slope};
}

static bool in_range(enum kernel_value_kind kind, double value)
{
    switch (kind) {
    case KERNEL_VALUE_NORMAL:
        return true;
    case KERNEL_VALUE_RATE:
        return value > 0.0;
    case KERNEL_VALUE_PROPORTION:
        return value > 0.0 && value < 1.0;
    }
    return false;
}

static bool is_valid(const struct kernel_slope_data *data)
{
    if (data->groups < 2 || (data->kind == KERNEL_VALUE_NORMAL &&
                             data->model == KERNEL_SLOPE_TRANSFORMED))
        return false;
    for (size_t i = 0; i < data->groups; i++) {
        if (!isfinite(data->values[i]) || !isfinite(data->errors[i]) ||
            !isfinite(data->populations[i]) || data->errors[i] < 0.0 ||
            !(data->populations[i] > 0.0) ||
            !in_range(data->kind, data->values[i]))
            return false;
    }
    return true;
}

/* A value on the scale where it is normal, and back. */
static double to_normal(enum kernel_value_kind kind, double value)
{
    switch (kind) {
    case KERNEL_VALUE_NORMAL:
        break;
    case KERNEL_VALUE_RATE:
        return log(value);
    case KERNEL_VALUE_PROPORTION:
        return log(value / (1.0 - value));
    }
    return value;
}

static struct curve from_normal(enum kernel_value_kind kind, double normal)
{
    switch (kind) {
    case KERNEL_VALUE_NORMAL:
        break;
    case KERNEL_VALUE_RATE:
        return curve_exp(normal);
    case KERNEL_VALUE_PROPORTION:
        return curve_logistic(normal);
    }
    return (struct curve){normal, 1.0, 0.0};
}

static struct line fit_line(const struct kernel_slope_data *data)
{
    struct line line = {0};
    struct ridits at = {.total = sum_of(data->populations, data->groups)};
    double spread = spread_of(data->populations, data->groups);
    for (size_t i = 0; i < data->groups; i++) {
        struct share share = next_share(&at, data->populations[i], spread);
        double y = data->values[i], error = data->errors[i];
        double normal = to_normal(data->kind, y);
        if (data->model == KERNEL_SLOPE_TRANSFORMED)
            y = normal;
        else
            error *= from_normal(data->kind, normal).slope;
        line.first += share.first * y;
        line.last += share.last * y;
        line.first_variance += share.first * share.first * error * error;
        line.last_variance += share.last * share.last * error * error;
        line.covariance += share.first * share.last * error * error;
    }
    return line;
}

bool kernel_slope_index(const struct kernel_slope_data *data, double confidence,
                        struct kernel_slope *out)
{
    double z;
    if (!is_valid(data) || !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z))
        return false;
    struct line line = fit_line(data);
    struct kernel_slope slope = {.intercept = line.first};
    if (data->model == KERNEL_SLOPE_TRANSFORMED) {
        struct curve first = from_normal(data->kind, line.first);
        slope.ends =
            curved_ends(&line, first, from_normal(data->kind, line.last), z);
        slope.intercept = first.value;
    } else {
        slope.ends = plain_ends(&line, z);
    }
    if (!isfinite(slope.intercept) || !is_finite(&slope.ends))
        return false;
    *out = slope;
    return true;
}

/* --- simulation ----------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool draw_value(struct draw *draw, double normal, double error,
                       double *out)
{
    double z;
    /* Half a step up: the quantile of 0 does not exist. */
    if (!kernel_normal_quantile(draw_uniform(draw) + 0x1p-54, &z))
        return false;
    *out = normal + error * z;
    return true;
}

/* The ends fitted to one drawn set of values, on the values' scale. */
static bool draw_ends(const struct kernel_slope_data *data,
                      const struct share *shares, struct draw *draw,
                      double *first, double *last)
{
    *first = 0.0;
    *last = 0.0;
    for (size_t i = 0; i < data->groups; i++) {
        double y = 0.0;
        if (!draw_value(draw, to_normal(data->kind, data->values[i]),
                        data->errors[i], &y))
            return false;
        if (data->model == KERNEL_SLOPE_LINEAR)
            y = from_normal(data->kind, y).value;
        *first += shares[i].first * y;
        *last += shares[i].last * y;
    }
    if (data->model == KERNEL_SLOPE_TRANSFORMED) {
        *first = from_normal(data->kind, *first).value;
        *last = from_normal(data->kind, *last).value;
    }
    return isfinite(*first) && isfinite(*last) && *first != 0.0;
}

/* The positions of phe_sii: the value of rank round(draws x probability). */
static void take_limits(double *drawn, size_t draws, double confidence,
                        struct kernel_interval *out)
{
    double upper = 0.5 * (1.0 + confidence);
    double low = rint((double)draws * (1.0 - upper));
    double high = rint((double)draws * upper);
    qsort(drawn, draws, sizeof *drawn, by_size);
    out->lower = drawn[low < 1.0 ? 0 : (size_t)low - 1];
    out->upper = drawn[(size_t)high - 1];
}

bool kernel_slope_simulated(struct arena *scratch,
                            const struct kernel_slope_data *data, size_t draws,
                            struct draw *draw, double confidence,
                            struct kernel_slope *out)
{
    struct kernel_slope slope;
    if (draws < KERNEL_SLOPE_DRAWS_MIN || draws > KERNEL_SLOPE_DRAWS_MAX ||
        !kernel_slope_index(data, confidence, &slope))
        return false;
    double *differences = arena_array(scratch, draws, sizeof *differences);
    double *ratios = arena_array(scratch, draws, sizeof *ratios);
    struct share *shares = arena_array(scratch, data->groups, sizeof *shares);
    struct ridits at = {.total = sum_of(data->populations, data->groups)};
    double spread = spread_of(data->populations, data->groups);
    for (size_t i = 0; i < data->groups; i++)
        shares[i] = next_share(&at, data->populations[i], spread);
    for (size_t i = 0; i < draws; i++) {
        double first, last;
        if (!draw_ends(data, shares, draw, &first, &last))
            return false;
        differences[i] = last - first;
        ratios[i] = last / first;
    }
    take_limits(differences, draws, confidence, &slope.ends.difference);
    if (slope.ends.has_ratio_limits)
        take_limits(ratios, draws, confidence, &slope.ends.ratio);
    *out = slope;
    return true;
}

/* --- Poisson regression --------------------------------------------------- */

/* A fit that ends where a rate is 0 is no maximum, and its covariance says
 * nothing: the slope of the likelihood along each column is not 0 there, as it
 * is at a maximum. */
static bool is_maximum(const struct glm_data *model, const struct glm_fit *fit)
{
    for (size_t c = 0; c < model->columns; c++) {
        double slope = 0.0, scale = 0.0;
        for (size_t i = 0; i < model->rows; i++) {
            double share =
                model->x[i * model->columns + c] * model->exposure[i];
            slope += share * (model->counts[i] / fit->fitted[i] - 1.0);
            scale += share;
        }
        if (!(fabs(slope) <= 0.01 * scale))
            return false;
    }
    return true;
}

/* The columns 1 - ridit and ridit: their coefficients are the two ends. */
static bool fit_counts(struct arena *scratch,
                       const struct kernel_slope_counts *data,
                       struct glm_fit *fit)
{
    double *x = arena_array(scratch, 2 * data->groups, sizeof *x);
    struct ridits at = {.total = sum_of(data->person_years, data->groups)};
    for (size_t i = 0; i < data->groups; i++) {
        x[2 * i + 1] = next_ridit(&at, data->person_years[i]);
        x[2 * i] = 1.0 - x[2 * i + 1];
    }
    struct glm_data model = {
        .x = x,
        .counts = data->counts,
        .exposure = data->person_years,
        .rows = data->groups,
        .columns = 2,
        .link = data->link == KERNEL_SLOPE_LOG ? GLM_LOG : GLM_IDENTITY,
    };
    return glm_poisson(scratch, &model, fit) && fit->rank == 2 &&
           (model.link == GLM_LOG || is_maximum(&model, fit));
}

static bool are_counts(const struct kernel_slope_counts *data)
{
    size_t least = data->variance == KERNEL_SLOPE_QUASI ? 3 : 2;
    if (data->groups < least || !isfinite(data->per) || !(data->per > 0.0))
        return false;
    for (size_t i = 0; i < data->groups; i++) {
        if (!isfinite(data->counts[i]) || !isfinite(data->person_years[i]) ||
            data->counts[i] < 0.0 || !(data->person_years[i] > 0.0))
            return false;
    }
    return sum_of(data->counts, data->groups) > 0.0;
}

static struct kernel_interval scaled(struct kernel_interval at, double by)
{
    return (struct kernel_interval){at.value * by, at.lower * by,
                                    at.upper * by};
}

bool kernel_slope_poisson(struct arena *scratch,
                          const struct kernel_slope_counts *data,
                          double confidence, struct kernel_slope *out)
{
    double z;
    struct glm_fit fit;
    if (!are_counts(data) || !(confidence > 0.0 && confidence < 1.0) ||
        !kernel_normal_quantile(0.5 * (1.0 + confidence), &z) ||
        !fit_counts(scratch, data, &fit))
        return false;
    double by = data->variance == KERNEL_SLOPE_QUASI ? fit.dispersion : 1.0;
    struct line line = {
        .first = fit.coefficients[0],
        .last = fit.coefficients[1],
        .first_variance = by * fit.unscaled[0],
        .last_variance = by * fit.unscaled[3],
        .covariance = by * fit.unscaled[1],
    };
    struct kernel_slope slope = {.dispersion = fit.dispersion};
    if (data->link == KERNEL_SLOPE_LOG) {
        struct curve first = curve_exp(line.first);
        slope.ends = curved_ends(&line, first, curve_exp(line.last), z);
        slope.intercept = first.value * data->per;
    } else {
        slope.ends = plain_ends(&line, z);
        slope.intercept = line.first * data->per;
    }
    slope.ends.difference = scaled(slope.ends.difference, data->per);
    if (!isfinite(slope.intercept) || !is_finite(&slope.ends))
        return false;
    *out = slope;
    return true;
}
