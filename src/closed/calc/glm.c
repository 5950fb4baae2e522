/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/glm.h"

#include <math.h>
#include <string.h>

#include "calc/linear.h"

enum {
    STEPS = 100,
};
static const double tolerance = 1e-8; /* R's glm.control */

/* The fit as it goes. */
struct state {
    const struct glm_data *data;
    struct arena *scratch;
    double *weights; /* [rows] prior weights; 0 where a row does not count */
    double *eta, *mean, *working, *response; /* [rows] */
    double *coefficients, *before;           /* [columns] */
    bool from_start; /* `before` is not yet a set of coefficients */
    double deviance;
    struct linear_fit fit;
};

static double at_or(const double *values, size_t i, double fallback)
{
    return values == NULL ? fallback : values[i];
}

static double exposure_at(const struct glm_data *data, size_t i)
{
    return at_or(data->exposure, i, 1.0);
}

static bool valid(const struct glm_data *data)
{
    for (size_t i = 0; i < data->rows; i++) {
        double count = data->counts[i], exposure = exposure_at(data, i);
        double weight = at_or(data->weights, i, 1.0);
        if (!(isfinite(count) && count >= 0.0 && isfinite(exposure) &&
              exposure >= 0.0 && isfinite(weight) && weight >= 0.0 &&
              isfinite(at_or(data->offset, i, 0.0))))
            return false;
        if (exposure == 0.0 && count > 0.0)
            return false;
        for (size_t c = 0; c < data->columns; c++) {
            if (!isfinite(data->x[i * data->columns + c]))
                return false;
        }
    }
    return data->rows > 0 && data->columns > 0;
}

static double link_of(enum glm_link link, double rate)
{
    switch (link) {
    case GLM_LOG:
        return log(rate);
    case GLM_IDENTITY:
        return rate;
    case GLM_POWER5:
        return pow(rate, 0.2);
    }
    return 0.0;
}

static double rate_of(enum glm_link link, double eta)
{
    switch (link) {
    case GLM_LOG:
        return exp(eta);
    case GLM_IDENTITY:
        return eta;
    case GLM_POWER5:
        return pow(eta, 5.0);
    }
    return 0.0;
}

static double slope_of(enum glm_link link, double eta)
{
    switch (link) {
    case GLM_LOG:
        return exp(eta);
    case GLM_IDENTITY:
        return 1.0;
    case GLM_POWER5:
        return 5.0 * pow(eta, 4.0);
    }
    return 0.0;
}

static struct state begin(struct arena *scratch, const struct glm_data *data,
                          size_t *used)
{
    size_t rows = data->rows + 1, columns = data->columns + 1;
    struct state at = {
        .data = data,
        .scratch = scratch,
        .weights = arena_array(scratch, rows, sizeof(double)),
        .eta = arena_array(scratch, rows, sizeof(double)),
        .mean = arena_array(scratch, rows, sizeof(double)),
        .working = arena_array(scratch, rows, sizeof(double)),
        .response = arena_array(scratch, rows, sizeof(double)),
        .coefficients = arena_array(scratch, columns, sizeof(double)),
        .before = arena_array(scratch, columns, sizeof(double)),
        .from_start = true,
    };
    *used = 0;
    for (size_t i = 0; i < data->rows; i++) {
        double exposure = exposure_at(data, i);
        if (exposure > 0.0)
            at.weights[i] = at_or(data->weights, i, 1.0);
        *used += at.weights[i] > 0.0;
        at.mean[i] = data->counts[i] + 0.1; /* as R's poisson() */
        at.eta[i] =
            exposure > 0.0 ? link_of(data->link, at.mean[i] / exposure) : 0.0;
    }
    return at;
}

/* y log(y / mean) - (y - mean). Near the count the two terms cancel, and what
 * a billion cases would leave of them is noise that no step makes smaller. */
static double half_deviance(double y, double mean)
{
    double apart = mean - y;
    if (!(y > 0.0))
        return apart;
    double share = apart / y;
    return fabs(share) < 0.5 ? y * (share - log1p(share))
                             : apart + y * log(y / mean);
}

static double deviance_of(const struct state *at)
{
    double sum = 0.0;
    for (size_t i = 0; i < at->data->rows; i++) {
        if (at->weights[i] == 0.0)
            continue;
        sum += 2.0 * at->weights[i] *
               half_deviance(at->data->counts[i], at->mean[i]);
    }
    return sum;
}

/* The means of the present coefficients; false when one is not positive. */
static bool evaluate(struct state *at)
{
    const struct glm_data *data = at->data;
    bool good = true;
    for (size_t i = 0; i < data->rows; i++) {
        double eta = at_or(data->offset, i, 0.0);
        for (size_t c = 0; c < data->columns; c++)
            eta += data->x[i * data->columns + c] * at->coefficients[c];
        at->eta[i] = eta;
        at->mean[i] = exposure_at(data, i) * rate_of(data->link, eta);
        if (at->weights[i] > 0.0)
            good = good && isfinite(at->mean[i]) && at->mean[i] > 0.0;
    }
    at->deviance = good ? deviance_of(at) : (double)INFINITY;
    return isfinite(at->deviance);
}

/* The coefficients nearest to one rate for all rows: where to turn back to
 * when the first step finds means that are not positive. */
static bool turn_to_constant(struct state *at)
{
    const struct glm_data *data = at->data;
    double counts = 0.0, exposure = 0.0;
    for (size_t i = 0; i < data->rows; i++) {
        counts += at->weights[i] * data->counts[i];
        exposure += at->weights[i] * exposure_at(data, i);
    }
    if (!(counts > 0.0))
        return false;
    double eta = link_of(data->link, counts / exposure);
    for (size_t i = 0; i < data->rows; i++)
        at->response[i] = eta - at_or(data->offset, i, 0.0);
    struct linear_fit flat;
    if (!linear_least_squares(at->scratch, data->x, at->response, at->weights,
                              data->rows, data->columns, &flat))
        return false;
    memcpy(at->before, flat.coefficients, data->columns * sizeof(double));
    return true;
}

/* Halves the step until all means are positive. */
static bool shorten(struct state *at)
{
    for (int halving = 0; halving < 60; halving++) {
        if (evaluate(at))
            return true;
        if (at->from_start && !turn_to_constant(at))
            return false;
        at->from_start = false;
        for (size_t c = 0; c < at->data->columns; c++)
            at->coefficients[c] = 0.5 * (at->coefficients[c] + at->before[c]);
    }
    return false;
}

static bool step(struct state *at)
{
    const struct glm_data *data = at->data;
    for (size_t i = 0; i < data->rows; i++) {
        double slope = exposure_at(data, i) * slope_of(data->link, at->eta[i]);
        at->working[i] = 0.0;
        if (at->weights[i] == 0.0 || slope == 0.0)
            continue;
        at->working[i] = at->weights[i] * slope * slope / at->mean[i];
        at->response[i] = at->eta[i] - at_or(data->offset, i, 0.0) +
                          (data->counts[i] - at->mean[i]) / slope;
    }
    if (!linear_least_squares(at->scratch, data->x, at->response, at->working,
                              data->rows, data->columns, &at->fit))
        return false;
    memcpy(at->coefficients, at->fit.coefficients,
           data->columns * sizeof(double));
    if (!shorten(at))
        return false;
    memcpy(at->before, at->coefficients, data->columns * sizeof(double));
    at->from_start = false;
    return true;
}

static double pearson_of(const struct state *at)
{
    double sum = 0.0;
    for (size_t i = 0; i < at->data->rows; i++) {
        double rest = at->data->counts[i] - at->mean[i];
        if (at->weights[i] > 0.0)
            sum += at->weights[i] * rest * rest / at->mean[i];
    }
    return sum;
}

/* Pearson's sum as R's summary.glm takes it: residuals of the last fit with
 * the working weights that led to it. */
static double working_squares(const struct state *at)
{
    double sum = 0.0;
    for (size_t i = 0; i < at->data->rows; i++) {
        double slope =
            exposure_at(at->data, i) * slope_of(at->data->link, at->eta[i]);
        if (at->working[i] == 0.0 || slope == 0.0)
            continue;
        double rest = (at->data->counts[i] - at->mean[i]) / slope;
        sum += at->working[i] * rest * rest;
    }
    return sum;
}

static bool converge(struct state *at)
{
    double before = deviance_of(at);
    for (int i = 0; i < STEPS; i++) {
        if (!step(at))
            return false;
        if (fabs(at->deviance - before) / (fabs(at->deviance) + 0.1) <
            tolerance)
            return true;
        before = at->deviance;
    }
    return false;
}

bool glm_poisson(struct arena *scratch, const struct glm_data *data,
                 struct glm_fit *out)
{
    if (!valid(data))
        return false;
    size_t used = 0;
    struct state at = begin(scratch, data, &used);
    if (used == 0 || !converge(&at) || at.fit.rank > used)
        return false;
    size_t freedom = used - at.fit.rank;
    *out = (struct glm_fit){
        .coefficients = at.coefficients,
        .unscaled = at.fit.unscaled,
        .fitted = at.mean,
        .deviance = at.deviance,
        .pearson = pearson_of(&at),
        .dispersion =
            freedom == 0 ? 0.0 : working_squares(&at) / (double)freedom,
        .used = used,
        .rank = at.fit.rank,
        .freedom = freedom,
    };
    return true;
}

void glm_predict(const struct glm_fit *fit, const double *row, size_t columns,
                 double *eta, double *variance)
{
    *eta = *variance = 0.0;
    for (size_t a = 0; a < columns; a++) {
        *eta += row[a] * fit->coefficients[a];
        for (size_t b = 0; b < columns; b++)
            *variance += row[a] * row[b] * fit->unscaled[a * columns + b];
    }
}
