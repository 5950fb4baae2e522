/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "calc/kernel_joinpoint_impl.h"
#include "calc/linear.h"

size_t joinpoint_years(const struct joinpoint_options *options, size_t joins)
{
    if (joins == 0)
        return 3;
    size_t places = 2 * options->ends + (joins - 1) * options->between + joins;
    size_t freedom = 3 * joins + 3; /* one degree left for the errors */
    return places > freedom ? places : freedom;
}

size_t joinpoint_default_joins(size_t years)
{
    return years < 7 ? 0 : years < 12 ? 1 : years < 17 ? 2 : years < 22 ? 3 : 4;
}

/* --- the fit given its joins ---------------------------------------------- */

/* Columns 1, x and (x - join)+, in years from the first. */
static double *hinges(struct arena *scratch, const struct trend_series *series,
                      const struct joinpoint_model *model)
{
    size_t columns = model->joins + 2;
    double *x = arena_array(scratch, series->count * columns, sizeof *x);
    for (size_t i = 0; i < series->count; i++) {
        double *row = x + i * columns, year = series->years[i];
        row[0] = 1.0;
        row[1] = year - series->years[0];
        for (size_t j = 0; j < model->joins; j++)
            row[2 + j] = fmax(year - model->places[j], 0.0);
    }
    return x;
}

static bool fit(struct arena *scratch, const struct trend_series *series,
                const struct joinpoint_model *model, double **design,
                struct linear_fit *out)
{
    *design = hinges(scratch, series, model);
    /* From the first rate, so that equal rates give slopes of exactly 0. */
    double *y = trend_response(scratch, series), first = y[0];
    for (size_t i = 0; i < series->count; i++)
        y[i] -= first;
    if (!linear_least_squares(scratch, *design, y, series->weights,
                              series->count, model->joins + 2, out))
        return false;
    out->coefficients[0] += first;
    return out->rank == model->joins + 2;
}

bool kernel_joinpoint_fitted(struct arena *scratch,
                             const struct trend_series *series,
                             const struct joinpoint_model *model,
                             double *fitted)
{
    double *design;
    struct linear_fit line;
    if (!trend_valid(series) || !fit(scratch, series, model, &design, &line))
        return false;
    size_t columns = model->joins + 2;
    for (size_t i = 0; i < series->count; i++) {
        double sum = 0.0;
        for (size_t c = 0; c < columns; c++)
            sum += design[i * columns + c] * line.coefficients[c];
        fitted[i] = series->scale == TREND_LOG ? exp(sum) : sum;
    }
    return true;
}

/* --- information criteria ------------------------------------------------- */

/* Partial R2 of the change of slope at join j, among the observations after
 * the join before and up to the join behind. */
static double partial_r2(const struct trend_series *series, const double *y,
                         const struct joinpoint_model *model, size_t j,
                         double *hinge)
{
    double low = j == 0 ? -(double)INFINITY : model->places[j - 1];
    double high =
        j + 1 == model->joins ? (double)INFINITY : model->places[j + 1];
    size_t first = 0, last = series->count;
    while (series->years[first] <= low)
        first++;
    while (series->years[last - 1] > high)
        last--;
    for (size_t i = first; i < last; i++)
        hinge[i] = fmax(series->years[i] - model->places[j], 0.0);
    const double *weights =
        series->weights == NULL ? NULL : series->weights + first;
    struct trend_line of_y, of_hinge;
    const double *x = series->years + first;
    if (!trend_line_fit(x, y + first, weights, last - first, &of_y) ||
        !trend_line_fit(x, hinge + first, weights, last - first, &of_hinge) ||
        !(of_y.sse > 0.0) || !(of_hinge.sse > 0.0))
        return 0.0;
    double product = 0.0; /* of the residuals of y with the hinge */
    for (size_t i = first; i < last; i++) {
        double rest =
            y[i] - of_y.mean_y - of_y.slope * (series->years[i] - of_y.mean_x);
        product += trend_weight(series->weights, i) * rest * hinge[i];
    }
    return fmin(product * product / (of_y.sse * of_hinge.sse), 1.0);
}

static void judge(struct arena *scratch, const struct trend_series *series,
                  struct joinpoint_model *model)
{
    const double *y = trend_response(scratch, series);
    double *hinge = arena_array(scratch, series->count, sizeof *hinge);
    double n = (double)series->count, joins = (double)model->joins;
    model->weight = 0.0;
    for (size_t j = 0; j < model->joins; j++)
        model->weight =
            fmax(model->weight, partial_r2(series, y, model, j, hinge));
    /* Points that lie on the lines: squares that are only rounding are the
     * same for all models, so that the simplest is the best. */
    double squares = 0.0;
    for (size_t i = 0; i < series->count; i++)
        squares += trend_weight(series->weights, i) * y[i] * y[i];
    double misfit = log(fmax(model->sse, 1e-26 * squares + DBL_MIN) / n);
    model->mse = model->sse / (n - 2.0 * joins - 2.0);
    model->bic = misfit + (2.0 * joins + 2.0) * log(n) / n;
    model->bic3 = misfit + (3.0 * joins + 2.0) * log(n) / n;
    model->wbic = misfit + ((2.0 + model->weight) * joins + 2.0) * log(n) / n;
}

static double criterion(const struct joinpoint_model *model,
                        enum joinpoint_choice choice)
{
    return choice == JOINPOINT_BIC3   ? model->bic3
           : choice == JOINPOINT_WBIC ? model->wbic
                                      : model->bic;
}

size_t joinpoint_least(const struct joinpoint_model *models, size_t least,
                       size_t most, enum joinpoint_choice choice)
{
    size_t best = least;
    for (size_t joins = least + 1; joins <= most; joins++) {
        if (criterion(&models[joins], choice) <
            criterion(&models[best], choice))
            best = joins;
    }
    return best;
}

/* --- the model ------------------------------------------------------------ */

static bool valid(const struct trend_series *series,
                  const struct joinpoint_options *options, size_t joins)
{
    return joins <= JOINPOINT_MAX && options->ends >= 2 &&
           options->between >= 2 && options->ends <= JOINPOINT_PLACES &&
           options->between <= JOINPOINT_PLACES &&
           series->count >= joinpoint_years(options, joins) &&
           trend_valid(series);
}

static bool place(struct arena *scratch, const struct trend_series *series,
                  const struct joinpoint_options *options,
                  struct joinpoint_model *model)
{
    if (model->joins == 0)
        return true;
    struct joinpoint_grid *grid = joinpoint_grid_new(
        scratch, series->years, series->weights, series->count, options);
    if (grid == NULL)
        return false;
    joinpoint_grid_load(grid, trend_response(scratch, series));
    if (!isfinite(joinpoint_grid_search(grid, model->joins, (double)INFINITY,
                                        model->places)))
        return false;
    for (size_t j = 0; j < model->joins; j++)
        model->places[j] += series->years[0];
    return true;
}

bool kernel_joinpoint(struct arena *scratch, const struct trend_series *series,
                      const struct joinpoint_options *options, size_t joins,
                      struct joinpoint_model *out)
{
    if (!valid(series, options, joins))
        return false;
    struct joinpoint_model model = {.joins = joins};
    double *design;
    struct linear_fit line;
    if (!place(scratch, series, options, &model) ||
        !fit(scratch, series, &model, &design, &line))
        return false;
    model.sse = line.residual;
    double slope = 0.0;
    for (size_t s = 0; s <= joins; s++) {
        slope += line.coefficients[1 + s];
        model.slopes[s] = slope;
    }
    judge(scratch, series, &model);
    if (!isfinite(model.sse) || !isfinite(model.bic))
        return false; /* squares of huge rates */
    *out = model;
    return true;
}

/* --- segments ------------------------------------------------------------- */

/* The observations of a segment without those on its joins: first .. last - 1.
 */
static void own(const struct trend_series *series,
                const struct joinpoint_model *model, size_t segment,
                size_t *first, size_t *last)
{
    *first = 0;
    *last = series->count;
    if (segment > 0) {
        while (series->years[*first] <= model->places[segment - 1])
            ++*first;
    }
    if (segment < model->joins) {
        while (series->years[*last - 1] >= model->places[segment])
            --*last;
    }
}

static bool separate_lines(struct arena *scratch,
                           const struct trend_series *series,
                           const struct joinpoint_model *model, double *sxx,
                           double *variance, double *freedom)
{
    const double *y = trend_response(scratch, series);
    double squares = 0.0;
    size_t used = 0, parameters = 2 * (model->joins + 1);
    for (size_t s = 0; s <= model->joins; s++) {
        size_t first, last;
        own(series, model, s, &first, &last);
        struct trend_line line;
        const double *weights =
            series->weights == NULL ? NULL : series->weights + first;
        if (last <= first || !trend_line_fit(series->years + first, y + first,
                                             weights, last - first, &line))
            return false;
        sxx[s] = line.sxx;
        squares += line.sse;
        used += last - first;
    }
    if (used <= parameters)
        return false;
    *freedom = (double)(used - parameters);
    *variance = squares / *freedom;
    return true;
}

static bool valid_model(const struct trend_series *series,
                        const struct joinpoint_model *model)
{
    if (series->count < 3 || model->joins > JOINPOINT_MAX ||
        !trend_valid(series))
        return false;
    double before = series->years[0];
    for (size_t j = 0; j < model->joins; j++) {
        if (!(model->places[j] > before))
            return false;
        before = model->places[j];
    }
    return before < series->years[series->count - 1];
}

bool kernel_joinpoint_segments(struct arena *scratch,
                               const struct trend_series *series,
                               const struct joinpoint_model *model,
                               double confidence,
                               struct trend_segment *segments)
{
    double sxx[JOINPOINT_MAX + 1], variance, freedom;
    struct trend_segment found[JOINPOINT_MAX + 1];
    if (!valid_model(series, model) ||
        !separate_lines(scratch, series, model, sxx, &variance, &freedom))
        return false;
    for (size_t s = 0; s <= model->joins; s++) {
        found[s] = (struct trend_segment){
            .start = s == 0 ? series->years[0] : model->places[s - 1],
            .stop = s == model->joins ? series->years[series->count - 1]
                                      : model->places[s],
            .slope = {.slope = model->slopes[s],
                      .error = sqrt(variance / sxx[s]),
                      .freedom = freedom},
        };
        if (!trend_judge(&found[s].slope, series->scale, confidence))
            return false;
    }
    memcpy(segments, found, (model->joins + 1) * sizeof *segments);
    return true;
}
