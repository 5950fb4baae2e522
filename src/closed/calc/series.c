/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/series.h"

#include <math.h>

#include "calc/kernel_inequality.h"
#include "calc/kernel_multiple.h"
#include "calc/kernel_trend.h"

/* Standard errors from printed limits. */
static double log_error(const struct series_point *point, double z)
{
    return log(point->upper / point->lower) / (2.0 * z);
}

static double error(const struct series_point *point, double z)
{
    return (point->upper - point->lower) / (2.0 * z);
}

static bool has_limits(const struct series_point *point)
{
    return point->lower < point->upper;
}

static struct series_result of_interval(const struct kernel_interval *interval)
{
    return (struct series_result){.has_value = true,
                                  .has_limits = true,
                                  .value = interval->value,
                                  .lower = interval->lower,
                                  .upper = interval->upper};
}

/* The widest limits that are printed as these: where they are a unit or two
 * apart, rounding may have taken half of the interval away. */
static struct series_point widest(const struct series_point *point)
{
    struct series_point wide = *point;
    wide.lower -= point->rounding;
    wide.upper += point->rounding;
    return wide;
}

/* Log-delta: the errors of both rates, taken as independent. Limits that are
 * printed alike give no error: the rounding alone may be more than that of the
 * other rate. */
static struct series_result ratio(const struct series_point *point,
                                  const struct series_point *reference,
                                  double z)
{
    struct series_result out = {0};
    if (!(reference->value > 0.0))
        return out;
    out.has_value = true;
    out.value = point->value / reference->value;
    out.has_limits = point != reference && has_limits(point) &&
                     has_limits(reference) && point->value > 0.0;
    const struct series_point wide = widest(point);
    const struct series_point base = widest(reference);
    out.has_limits = out.has_limits && wide.lower > 0.0 && base.lower > 0.0;
    if (!out.has_limits)
        return out;
    double width = z * hypot(log_error(&wide, z), log_error(&base, z));
    out.lower = out.value * exp(-width);
    out.upper = out.value * exp(width);
    return out;
}

static struct series_result difference(const struct series_point *point,
                                       const struct series_point *reference,
                                       double z)
{
    struct series_result out = {
        .has_value = true,
        .has_limits =
            point != reference && has_limits(point) && has_limits(reference),
    };
    out.value = point->value - reference->value;
    const struct series_point wide = widest(point);
    const struct series_point base = widest(reference);
    double width = z * hypot(error(&wide, z), error(&base, z));
    out.lower = out.value - width;
    out.upper = out.value + width;
    return out;
}

/* Of a proportion of many, both limits may be printed as the value is. */
static bool is_within(const struct series_point *point)
{
    return point->lower <= point->value && point->value <= point->upper &&
           point->upper > 0.0;
}

/* Newcombe 1998, method 10: each limit of the difference is as far as those of
 * the two proportions are, squared and added. The printed limits are Wilson's.
 */
static struct series_result apart(const struct series_point *point,
                                  const struct series_point *reference)
{
    struct series_result out = {
        .has_value = true,
        .has_limits =
            point != reference && is_within(point) && is_within(reference),
        .value = point->value - reference->value,
    };
    out.lower = out.value - hypot(point->value - point->lower,
                                  reference->upper - reference->value);
    out.upper = out.value + hypot(point->upper - point->value,
                                  reference->value - reference->lower);
    return out;
}

static void compare(const struct series *series, enum statistic_kind kind,
                    double z, struct series_result *out)
{
    const struct series_point *reference = &series->points[series->reference];
    for (size_t p = 0; p < series->count; p++) {
        const struct series_point *point = &series->points[p];
        out[p] = kind == STATISTIC_RATE_RATIO ? ratio(point, reference, z)
                 : kind == STATISTIC_RATE_DIFFERENCE
                     ? difference(point, reference, z)
                     : apart(point, reference);
    }
}

/* The years and rates, weighted by what the limits say, if all have them. */
static struct trend_series trend_of(struct arena *scratch,
                                    const struct series *series, double z)
{
    size_t count = series->count;
    double *columns[3];
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        columns[c] = arena_array(scratch, count, sizeof *columns[c]);
    bool sure = true;
    for (size_t p = 0; p < count; p++) {
        const struct series_point *point = &series->points[p];
        columns[0][p] = point->x;
        columns[1][p] = point->value;
        sure = sure && point->lower > 0.0 && has_limits(point);
        columns[2][p] = sure ? pow(log_error(point, z), -2.0) : 0.0;
    }
    return (struct trend_series){
        .years = columns[0],
        .rates = columns[1],
        .weights = sure ? columns[2] : NULL,
        .count = count,
        .scale = TREND_LOG,
    };
}

static struct series_result annual_change(struct arena *scratch,
                                          const struct series *series, double z)
{
    struct trend_series trend = trend_of(scratch, series, z);
    struct trend_slope slope;
    if (!kernel_apc(scratch, &trend, TREND_STUDENT, series->confidence, &slope))
        return (struct series_result){0};
    return of_interval(&slope.change);
}

static const struct joinpoint_options on_years = {.ends = 2, .between = 2};

/* A joinpoint model of a series and its segments, [model.joins + 1]. */
struct bent {
    struct trend_series trend;
    struct joinpoint_model model;
    struct trend_segment segments[JOINPOINT_MAX + 1];
};

/* How many of the models' joins to keep. */
static bool choose(struct arena *scratch, const struct series *series,
                   const struct trend_series *trend,
                   const struct joinpoint_model *models, size_t most,
                   size_t *chosen, struct err *err)
{
    const struct joinpoint_permutation how = {
        .least = 0,
        .most = most,
        .permutations = SERIES_PERMUTATIONS,
        .seed = SERIES_SEED,
        .level = SERIES_LEVEL,
        .jobs = series->jobs,
    };
    struct joinpoint_tests tests;
    if (series->choice != JOINPOINT_PERMUTATION) {
        *chosen = joinpoint_least(models, 0, most, series->choice);
        return true;
    }
    if (!kernel_joinpoint_permutation(scratch, trend, &on_years, &how, models,
                                      &tests, err))
        return false;
    *chosen = tests.chosen;
    return true;
}

/* Joins on observed years, as many as the choice wants. *found is false where
 * the values allow no model. */
static bool bend(struct arena *scratch, const struct series *series, double z,
                 struct bent *out, bool *found, struct err *err)
{
    struct joinpoint_model models[JOINPOINT_MAX + 1];
    size_t count = 0, chosen = 0, most = joinpoint_default_joins(series->count);
    out->trend = trend_of(scratch, series, z);
    while (count <= most && kernel_joinpoint(scratch, &out->trend, &on_years,
                                             count, &models[count]))
        count++;
    *found = false;
    if (count == 0)
        return true;
    if (!choose(scratch, series, &out->trend, models, count - 1, &chosen, err))
        return false;
    out->model = models[chosen];
    *found = kernel_joinpoint_segments(scratch, &out->trend, &out->model,
                                       series->confidence, out->segments);
    return true;
}

/* What the segments are on average over all years. */
static void average_change(const struct bent *bent, double confidence,
                           struct series_result *out)
{
    struct trend_slope slope;
    if (kernel_aapc(bent->segments, bent->model.joins + 1, bent->trend.years[0],
                    bent->trend.years[bent->trend.count - 1], TREND_LOG,
                    confidence, &slope))
        *out = of_interval(&slope.change);
}

static void segments(const struct bent *bent, struct series_result *out)
{
    out->has_value = true;
    out->value = (double)bent->model.joins;
    for (size_t s = 0; s <= bent->model.joins; s++) {
        const struct trend_segment *segment = &bent->segments[s];
        const struct kernel_interval *change = &segment->slope.change;
        const double told[] = {segment->start, segment->stop, change->value,
                               change->lower, change->upper};
        for (size_t t = 0; t < COUNT_OF(told); t++)
            out->extra[out->extra_count++] = told[t];
    }
}

static bool joinpoint(struct arena *scratch, enum statistic_kind kind,
                      const struct series *series, double z,
                      struct series_result *out, struct err *err)
{
    struct bent bent;
    bool found = false;
    if (!bend(scratch, series, z, &bent, &found, err))
        return false;
    if (found && kind == STATISTIC_JOINPOINT)
        segments(&bent, out);
    else if (found)
        average_change(&bent, series->confidence, out);
    return true;
}

/* The interval of a point, widened so that those of all points hold at once.
 */
static void joint_limits(const struct series_point *point, double widening,
                         double *lower, double *upper)
{
    if (point->lower > 0.0) { /* on the log scale */
        *lower = point->value * pow(point->lower / point->value, widening);
        *upper = point->value * pow(point->upper / point->value, widening);
        return;
    }
    *lower = point->value - widening * (point->value - point->lower);
    *upper = point->value + widening * (point->upper - point->value);
}

static void ranks(struct arena *scratch, const struct series *series, double z,
                  struct series_result *out)
{
    size_t count = series->count;
    double *values = arena_array(scratch, count, sizeof *values);
    double *lower = arena_array(scratch, count, sizeof *lower);
    double *upper = arena_array(scratch, count, sizeof *upper);
    struct kernel_rank *found = arena_array(scratch, count, sizeof *found);
    double joint = 0.0;
    double level = kernel_joint_level(series->confidence, count);
    if (!kernel_normal_quantile(0.5 * (1.0 + level), &joint))
        return;
    for (size_t p = 0; p < count; p++) {
        values[p] = series->points[p].value;
        joint_limits(&series->points[p], joint / z, &lower[p], &upper[p]);
    }
    if (!kernel_ranks(values, lower, upper, count, found))
        return;
    for (size_t p = 0; p < count; p++)
        out[p] = (struct series_result){
            .has_value = true,
            .has_limits = true,
            .value = (double)found[p].rank,
            .lower = (double)found[p].lower,
            .upper = (double)found[p].upper,
        };
}

static struct series_result slope_of(const struct kernel_slope_data *data,
                                     enum statistic_kind kind,
                                     double confidence)
{
    struct series_result out = {0};
    struct kernel_slope slope;
    if (!kernel_slope_index(data, confidence, &slope))
        return out;
    if (kind == STATISTIC_SLOPE_INDEX)
        return of_interval(&slope.ends.difference);
    out = of_interval(&slope.ends.ratio);
    out.has_value = slope.ends.has_ratio;
    out.has_limits = slope.ends.has_ratio_limits;
    return out;
}

static struct series_result index_of(struct arena *scratch,
                                     const struct series *series,
                                     enum statistic_kind kind, double z)
{
    size_t count = series->count;
    double *values = arena_array(scratch, count, sizeof *values);
    double *errors = arena_array(scratch, count, sizeof *errors);
    double *people = arena_array(scratch, count, sizeof *people);
    for (size_t p = 0; p < count; p++) {
        values[p] = series->points[p].value;
        errors[p] = error(&series->points[p], z);
        people[p] = series->points[p].people;
    }
    const struct kernel_slope_data data = {
        .values = values,
        .errors = errors,
        .populations = people,
        .groups = count,
        .kind = KERNEL_VALUE_NORMAL,
        .model = KERNEL_SLOPE_LINEAR,
    };
    struct kernel_interval found;
    if (kind != STATISTIC_CONCENTRATION_INDEX)
        return slope_of(&data, kind, series->confidence);
    if (!kernel_concentration_index(values, errors, people, count,
                                    series->confidence, &found))
        return (struct series_result){0};
    return of_interval(&found);
}

/* Day 1987: 1 - exp(-cumulative rate), in %; limits go the same way. The rate
 * is a mean over the years of age. */
static double risk(double rate, double years)
{
    return -100.0 * expm1(-rate / 1e5 * years);
}

static void risks(const struct series *series, struct series_result *out)
{
    for (size_t p = 0; p < series->count; p++) {
        const struct series_point *point = &series->points[p];
        out[p].has_value = true;
        out[p].has_limits = has_limits(point);
        out[p].value = risk(point->value, series->years);
        out[p].lower = risk(point->lower, series->years);
        out[p].upper = risk(point->upper, series->years);
    }
}

bool series_compute(struct arena *scratch, enum statistic_kind kind,
                    const struct series *series, struct series_result *out,
                    struct err *err)
{
    double z = 0.0;
    bool ok = kernel_normal_quantile(0.5 * (1.0 + series->confidence), &z);
    assert(ok);
    size_t results = statistic_keeps_axis(kind) ? series->count : 1;
    for (size_t r = 0; r < results; r++)
        out[r] = (struct series_result){0};
    switch (kind) {
    case STATISTIC_RATE_RATIO:
    case STATISTIC_RATE_DIFFERENCE:
    case STATISTIC_PROPORTION_DIFFERENCE:
        compare(series, kind, z, out);
        return true;
    case STATISTIC_ANNUAL_CHANGE:
        out[0] = annual_change(scratch, series, z);
        return true;
    case STATISTIC_AVERAGE_CHANGE:
    case STATISTIC_JOINPOINT:
        return joinpoint(scratch, kind, series, z, out, err);
    case STATISTIC_RANK:
        ranks(scratch, series, z, out);
        return true;
    case STATISTIC_SLOPE_INDEX:
    case STATISTIC_RELATIVE_INDEX:
    case STATISTIC_CONCENTRATION_INDEX:
        out[0] = index_of(scratch, series, kind, z);
        return true;
    case STATISTIC_CUMULATIVE_RISK:
        risks(series, out);
        return true;
    case STATISTIC_STANDARDISED_RATIO: /* no series: seal/seal_ratios.c */
    case STATISTIC_SMOOTHED_RATIO:
    case STATISTIC_SPATIAL_RATIO:
    case STATISTIC_FUNNEL:
    case STATISTIC_MORTALITY_INCIDENCE:
    case STATISTIC_DECOMPOSITION:
    case STATISTIC_COUNT:
        break;
    }
    assert(!"a statistic along a series");
    return true;
}
