/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "app/stats.h"
#include "calc/kernel_trend.h"

static const char *const scales[] = {"log", "linear", NULL};

/* A whole number from 0 to `most`. */
static size_t whole(struct script_call *call, const char *name, size_t fallback,
                    double most)
{
    double value = call_number_or(call, name, (double)fallback);
    if (!(value >= 0.0 && value <= most && floor(value) == value))
        call_fail(call, "'%s' is a whole number from 0 to %.0f", name, most);
    return (size_t)value;
}

static void check_years(struct script_call *call, const double *years,
                        size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!(years[i] > years[i - 1]))
            call_fail(call, "'years' increase: %.10g does not come after %.10g",
                      years[i], years[i - 1]);
    }
    if (count < 3)
        call_fail(call, "expected at least 3 years");
}

/* One number a year, each above 0; `what` completes the sentence. */
static void check_positive(struct script_call *call, const double *years,
                           const double *values, size_t count, const char *what)
{
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] > 0.0))
            call_fail(call, "year %.10g: %s", years[i], what);
    }
}

static void give_slope(struct script_call *call,
                       const struct trend_slope *slope)
{
    call_return(call, slope->change.value);
    call_return(call, slope->change.lower);
    call_return(call, slope->change.upper);
    call_return(call, slope->slope);
    call_return(call, slope->error);
    call_return(call, slope->p);
}

/* --- series of rates ------------------------------------------------------ */

static const char no_logarithm[] =
    "a rate of 0 has no logarithm (apc_poisson takes counts of 0; joinpoint "
    "adds a half with zeros = \"half\")";
static const char no_error[] = "a standard error is above 0";
static const char too_different[] =
    "the numbers are too large or too different";

/* years, rates, [standard_errors], [scale]. */
static struct trend_series take_rates(struct script_call *call)
{
    size_t count = 0;
    const double *years = call_list(call, "years", &count);
    const double *rates = call_list_of(call, "rates", count);
    struct trend_series series = {
        .years = years,
        .rates = rates,
        .count = count,
        .scale = (enum trend_scale)call_choice(call, "scale", scales),
    };
    check_years(call, years, count);
    if (series.scale == TREND_LOG)
        check_positive(call, years, rates, count, no_logarithm);
    if (call_given(call, "standard_errors")) {
        const double *errors = call_list_of(call, "standard_errors", count);
        double *weights = arena_array(call_arena(call), count, sizeof *weights);
        check_positive(call, years, errors, count, no_error);
        if (!trend_weights_errors(rates, errors, count, series.scale, weights))
            call_fail(call, "%s", no_error);
        series.weights = weights;
    }
    return series;
}

static void apc(struct script_call *call)
{
    static const char *const limits[] = {"t", "normal", NULL};
    struct trend_series series = take_rates(call);
    struct trend_slope slope;
    if (!kernel_apc(call_arena(call), &series,
                    (enum trend_limits)call_choice(call, "limits", limits),
                    stats_confidence(call), &slope))
        call_fail(call, "%s", too_different);
    give_slope(call, &slope);
}

static void apc_poisson(struct script_call *call)
{
    static const char *const spreads[] = {"poisson", "quasi", NULL};
    struct trend_counts input = {0};
    input.years = call_list(call, "years", &input.count);
    input.counts = call_list_of(call, "counts", input.count);
    input.person_years = call_list_of(call, "person_years", input.count);
    check_years(call, input.years, input.count);
    check_positive(call, input.years, input.person_years, input.count,
                   "person-years are above 0");
    struct trend_slope slope;
    double dispersion = 0.0;
    if (!kernel_apc_poisson(
            call_arena(call), &input,
            (enum trend_spread)call_choice(call, "spread", spreads),
            stats_confidence(call), &slope, &dispersion))
        call_fail(call, "expected counts >= 0 with cases in at least two "
                        "years");
    give_slope(call, &slope);
    call_return(call, dispersion);
}

static void aapc(struct script_call *call)
{
    size_t count = 0;
    const double *starts = call_list(call, "starts", &count);
    const double *stops = call_list_of(call, "stops", count);
    const double *slopes = call_list_of(call, "slopes", count);
    const double *errors = call_list_of(call, "standard_errors", count);
    struct trend_segment *segments =
        arena_array(call_arena(call), count + 1, sizeof *segments);
    if (count == 0)
        call_fail(call, "expected at least one segment");
    for (size_t i = 0; i < count; i++)
        segments[i] = (struct trend_segment){
            starts[i], stops[i], {.slope = slopes[i], .error = errors[i]}};
    struct trend_slope mean;
    if (!kernel_aapc(segments, count, call_number_or(call, "from", starts[0]),
                     call_number_or(call, "to", stops[count - 1]),
                     (enum trend_scale)call_choice(call, "scale", scales),
                     stats_confidence(call), &mean))
        call_fail(call,
                  "expected segments one after the other, standard errors >= 0 "
                  "and from < to within them");
    give_slope(call, &mean);
}

/* --- joinpoint ------------------------------------------------------------ */

struct joinpoint_request {
    struct trend_series series;
    struct joinpoint_options options;
    size_t least, most, halves; /* joins; zero counts that were replaced */
    enum joinpoint_choice choice;
    double confidence;
    struct joinpoint_model models[JOINPOINT_MAX + 1];
    struct joinpoint_tests tests; /* none by a criterion */
};

/* Counts with 0.5 for 0 where the script asks for it, as NCI's program. */
static const double *take_counts(struct script_call *call,
                                 struct joinpoint_request *request)
{
    static const char *const rules[] = {"error", "half", NULL};
    bool half = call_choice(call, "zeros", rules) == 1;
    size_t count = request->series.count;
    const double *given = call_list_of(call, "counts", count);
    double *counts = arena_array(call_arena(call), count, sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        counts[i] = given[i];
        if (half && given[i] == 0.0) {
            counts[i] = 0.5;
            request->halves++;
        }
    }
    check_positive(call, request->series.years, counts, count,
                   "a count is above 0 (zeros = \"half\" takes a half for 0)");
    if (request->halves == count)
        call_fail(call, "all counts are 0");
    return counts;
}

static const double *crude(struct script_call *call,
                           const struct trend_series *series,
                           const double *counts)
{
    size_t count = series->count;
    const double *persons = call_list_of(call, "person_years", count);
    double per = call_number_or(call, "per", 1e5);
    double *rates = arena_array(call_arena(call), count, sizeof *rates);
    check_positive(call, series->years, persons, count,
                   "person-years are above 0");
    if (!(per > 0.0))
        call_fail(call, "'per' is above 0");
    for (size_t i = 0; i < count; i++)
        rates[i] = counts[i] / persons[i] * per;
    return rates;
}

static void take_series(struct script_call *call,
                        struct joinpoint_request *request)
{
    static const char *const kinds[] = {"auto", "constant", "standard_errors",
                                        "poisson", NULL};
    struct trend_series *series = &request->series;
    series->years = call_list(call, "years", &series->count);
    series->scale = (enum trend_scale)call_choice(call, "scale", scales);
    size_t count = series->count, kind = call_choice(call, "weights", kinds);
    check_years(call, series->years, count);
    const double *counts =
        call_given(call, "counts") ? take_counts(call, request) : NULL;
    bool rated = call_given(call, "rates"),
         errors = call_given(call, "standard_errors");
    if (!rated && counts == NULL)
        call_fail(call, "expected 'rates', or 'counts' and 'person_years'");
    if (rated && (call_given(call, "person_years") || call_given(call, "per")))
        call_fail(call, "'rates' and 'person_years' are two series of rates: "
                        "give one");
    if (call_given(call, "zeros") && counts == NULL)
        call_fail(call, "'zeros' is about 'counts', which are not given");
    series->rates = rated ? call_list_of(call, "rates", count)
                          : crude(call, series, counts);
    if (series->scale == TREND_LOG)
        check_positive(call, series->years, series->rates, count, no_logarithm);
    if (kind == 0)
        kind = errors ? 2 : rated ? 1 : 3;
    double *weights = arena_array(call_arena(call), count, sizeof *weights);
    if (kind == 2) {
        const double *given = call_list_of(call, "standard_errors", count);
        check_positive(call, series->years, given, count, no_error);
        if (!trend_weights_errors(series->rates, given, count, series->scale,
                                  weights))
            call_fail(call, "%s", no_error);
    }
    if (kind == 3 &&
        (counts == NULL || !trend_weights_poisson(series->rates, counts, count,
                                                  series->scale, weights)))
        call_fail(call, "weights = \"poisson\" needs 'counts' and rates above "
                        "0");
    series->weights = kind == 1 ? NULL : weights;
}

static void take_options(struct script_call *call,
                         struct joinpoint_request *request)
{
    size_t years = request->series.count;
    request->options = (struct joinpoint_options){
        .grid = whole(call, "grid", 0, 99),
        .ends = whole(call, "ends", 2, JOINPOINT_PLACES),
        .between = whole(call, "between", 2, JOINPOINT_PLACES),
    };
    if (request->options.ends < 2 || request->options.between < 2)
        call_fail(call, "'ends' and 'between' are 2 observations or more");
    if ((years - 1) * (request->options.grid + 1) > JOINPOINT_PLACES)
        call_fail(call, "the grid has more than %d places", JOINPOINT_PLACES);
    size_t most = joinpoint_default_joins(years);
    while (most > 0 && joinpoint_years(&request->options, most) > years)
        most--;
    request->most = whole(call, "joins", most, JOINPOINT_MAX);
    request->least = whole(call, "least", 0, JOINPOINT_MAX);
    if (request->least > request->most)
        call_fail(call, "'least' is at most 'joins' (%zu)", request->most);
    if (joinpoint_years(&request->options, request->most) > years)
        call_fail(call, "%zu joins need at least %zu years", request->most,
                  joinpoint_years(&request->options, request->most));
    request->choice =
        (enum joinpoint_choice)call_choice(call, "choice", joinpoint_choices);
    request->confidence = stats_confidence(call);
}

static void choose(struct script_call *call, struct joinpoint_request *request)
{
    struct joinpoint_permutation how = {
        .least = request->least,
        .most = request->most,
        .permutations = whole(call, "permutations", 4499, 999999),
        .seed = whole(call, "seed", 1, 9007199254740991.0),
        .level = call_number_or(call, "level", 0.05),
        .jobs = call_jobs(call),
    };
    struct err err = {0};
    if (request->choice != JOINPOINT_PERMUTATION) {
        request->tests.chosen = joinpoint_least(request->models, request->least,
                                                request->most, request->choice);
        return;
    }
    if (how.permutations == 0 || !(how.level > 0.0 && how.level < 1.0))
        call_fail(call, "expected permutations > 0 and 0 < level < 1");
    if (!kernel_joinpoint_permutation(call_arena(call), &request->series,
                                      &request->options, &how, request->models,
                                      &request->tests, &err))
        call_raise(call, &err);
}

static void give_segments(struct script_call *call,
                          const struct trend_segment *segments, size_t count)
{
    static const char *const directions[] = {"down", "none", "up"};
    for (size_t s = 0; s < count; s++) {
        const struct trend_slope *slope = &segments[s].slope;
        int direction = trend_direction(&slope->change);
        call_row(call, "segments");
        call_give(call, "start", segments[s].start);
        call_give(call, "stop", segments[s].stop);
        call_give(call, "slope", slope->slope);
        call_give(call, "standard_error", slope->error);
        call_give(call, "freedom", slope->freedom);
        call_give(call, "p_value", slope->p);
        call_give(call, "apc", slope->change.value);
        call_give(call, "lower", slope->change.lower);
        call_give(call, "upper", slope->change.upper);
        call_give_bool(call, "significant", direction != 0);
        call_give_text(call, "direction", directions[direction + 1]);
        call_row_end(call);
    }
}

static void give_models(struct script_call *call,
                        const struct joinpoint_request *request)
{
    for (size_t k = request->least; k <= request->most; k++) {
        const struct joinpoint_model *model = &request->models[k];
        call_row(call, "models");
        call_give(call, "joins", (double)k);
        call_give_list(call, "places", model->places, k);
        call_give(call, "sse", model->sse);
        call_give(call, "mse", model->mse);
        call_give(call, "bic", model->bic);
        call_give(call, "bic3", model->bic3);
        call_give(call, "wbic", model->wbic);
        call_give(call, "weight", model->weight);
        call_row_end(call);
    }
    for (size_t t = 0; t < request->tests.count; t++) {
        const struct joinpoint_test *test = &request->tests.at[t];
        call_row(call, "tests");
        call_give(call, "null", (double)test->null);
        call_give(call, "alternative", (double)test->alternative);
        call_give(call, "p_value", test->p);
        call_give(call, "level", test->level);
        call_give_bool(call, "rejected", test->rejected);
        call_row_end(call);
    }
}

static void give_mean(struct script_call *call,
                      const struct joinpoint_request *request,
                      const struct trend_segment *segments)
{
    const struct trend_series *series = &request->series;
    double from = call_number_or(call, "from", series->years[0]);
    double to = call_number_or(call, "to", series->years[series->count - 1]);
    struct trend_slope mean;
    if (!kernel_aapc(segments, request->tests.chosen + 1, from, to,
                     series->scale, request->confidence, &mean))
        call_fail(call, "expected from < to within the years");
    call_give(call, "aapc", mean.change.value);
    call_give(call, "aapc_lower", mean.change.lower);
    call_give(call, "aapc_upper", mean.change.upper);
    call_give(call, "aapc_slope", mean.slope);
    call_give(call, "aapc_standard_error", mean.error);
    call_give(call, "aapc_p_value", mean.p);
}

static void joinpoint(struct script_call *call)
{
    struct arena *arena = call_arena(call);
    struct joinpoint_request *request = arena_alloc(arena, sizeof *request);
    struct trend_series *series = &request->series;
    take_series(call, request);
    take_options(call, request);
    for (size_t k = request->least; k <= request->most; k++) {
        if (!kernel_joinpoint(arena, series, &request->options, k,
                              &request->models[k]))
            call_fail(call,
                      "no place for %zu joins leaves enough observations "
                      "around each",
                      k);
    }
    choose(call, request);
    const struct joinpoint_model *model =
        &request->models[request->tests.chosen];
    struct trend_segment segments[JOINPOINT_MAX + 1];
    double *fitted = arena_array(arena, series->count, sizeof *fitted);
    if (!kernel_joinpoint_segments(arena, series, model, request->confidence,
                                   segments) ||
        !kernel_joinpoint_fitted(arena, series, model, fitted))
        call_fail(call, "%s", too_different);
    call_give(call, "joins", (double)request->tests.chosen);
    call_give_list(call, "places", model->places, model->joins);
    call_give(call, "sse", model->sse);
    call_give(call, "mse", model->mse);
    call_give(call, "zeros", (double)request->halves);
    give_mean(call, request, segments);
    give_segments(call, segments, model->joins + 1);
    give_models(call, request);
    call_give_list(call, "fitted", fitted, series->count);
}

/* --- break point ---------------------------------------------------------- */

static void break_point(struct script_call *call)
{
    struct trend_series series = take_rates(call);
    double first, last;
    struct trend_break found;
    if (series.count < TREND_BREAK_YEARS)
        call_fail(call, "expected at least %d years", TREND_BREAK_YEARS);
    trend_break_range(&series, &first, &last);
    double from = call_number_or(call, "from", first);
    double to = call_number_or(call, "to", last);
    double second = series.years[1], before = series.years[series.count - 2];
    if (!(from >= second && from <= to && to <= before))
        call_fail(call,
                  "expected from <= to within the second year and the last but "
                  "one, %.10g to %.10g",
                  second, before);
    if (!kernel_break_point(call_arena(call), &series, from, to,
                            stats_confidence(call), &found))
        call_fail(call, "the rates lie on one line, or are too different");
    call_give(call, "place", found.place);
    call_give(call, "standard_error", found.error);
    call_give(call, "lower", found.limits.lower);
    call_give(call, "upper", found.limits.upper);
    call_give(call, "sse", found.sse);
    call_give_bool(call, "inside", found.inside);
    give_segments(call, found.segments, 2);
}

/* --- ages ----------------------------------------------------------------- */

static void decomposition(struct script_call *call)
{
    static const char *const methods[] = {"bashir_esteve", "sequential", NULL};
    struct decomposition_input input = {0};
    struct decomposition parts;
    input.cases1 = call_list(call, "cases1", &input.classes);
    input.years1 = call_list_of(call, "person_years1", input.classes);
    input.cases2 = call_list_of(call, "cases2", input.classes);
    input.years2 = call_list_of(call, "person_years2", input.classes);
    if (!kernel_decomposition(
            &input,
            (enum decomposition_method)call_choice(call, "method", methods),
            &parts))
        call_fail(call, "expected cases and person-years >= 0, and "
                        "person-years where there are cases or, at the first "
                        "date, where the second has them");
    call_give(call, "cases1", parts.cases1);
    call_give(call, "cases2", parts.cases2);
    call_give(call, "expected", parts.expected);
    call_give(call, "change", parts.change);
    call_give(call, "risk", parts.risk);
    call_give(call, "size", parts.size);
    call_give(call, "ageing", parts.ageing);
    if (parts.cases1 == 0.0)
        return; /* no percentage of nothing */
    double percent = 100.0 / parts.cases1;
    call_give(call, "change_percent", percent * parts.change);
    call_give(call, "risk_percent", percent * parts.risk);
    call_give(call, "size_percent", percent * parts.size);
    call_give(call, "ageing_percent", percent * parts.ageing);
}

/* A matrix of equal rows as one list. */
static const double *flat(struct script_call *call, const char *name,
                          size_t *rows, size_t *columns)
{
    struct call_lists lists = call_list_of_lists(call, name);
    size_t width = lists.count == 0 ? 0 : lists.sizes[0];
    double *out =
        arena_array(call_arena(call), lists.count * width + 1, sizeof *out);
    for (size_t r = 0; r < lists.count; r++) {
        if (lists.sizes[r] != width || width == 0)
            call_fail(call, "'%s': each age has a list of as many periods",
                      name);
        for (size_t c = 0; c < width; c++)
            out[r * width + c] = lists.lists[r][c];
    }
    *rows = lists.count;
    *columns = width;
    return out;
}

static void lexis(struct script_call *call)
{
    struct lexis table = {
        .first_age = call_number(call, "first_age"),
        .first_period = call_number(call, "first_period"),
        .width = call_number(call, "width"),
    };
    size_t rows = 0, columns = 0;
    table.counts = flat(call, "counts", &table.ages, &table.periods);
    table.person_years = flat(call, "person_years", &rows, &columns);
    if (rows != table.ages || columns != table.periods || rows == 0)
        call_fail(call, "'counts' and 'person_years' have the same ages and "
                        "periods, at least one each");
    size_t cohorts = table.ages + table.periods - 1;
    struct lexis_rate *rates =
        arena_array(call_arena(call), cohorts * table.ages, sizeof *rates);
    if (!kernel_lexis(&table, call_number_or(call, "per", 1e5), rates))
        call_fail(call, "expected counts and person-years >= 0, person-years "
                        "where there are cases, width > 0 and per > 0");
    for (size_t i = 0; i < cohorts * table.ages; i++) {
        size_t cohort = i / table.ages, age = i % table.ages;
        if (!rates[i].observed)
            continue;
        double birth = lexis_birth(&table, cohort);
        double years = table.first_age + (double)age * table.width;
        call_row(call, "cells");
        call_give(call, "birth", birth);
        call_give(call, "age", years);
        call_give(call, "period", birth + years);
        call_give(call, "count", rates[i].count);
        call_give(call, "person_years", rates[i].person_years);
        call_give(call, "rate", rates[i].rate);
        call_row_end(call);
    }
}

static const struct script_function functions[] = {
    {"apc", "years, rates, [standard_errors], [scale], [limits], [confidence]",
     apc},
    {"apc_poisson", "years, counts, person_years, [spread], [confidence]",
     apc_poisson},
    {"aapc",
     "starts, stops, slopes, standard_errors, [from], [to], [scale], "
     "[confidence]",
     aapc},
    {"joinpoint",
     "years, [rates], [standard_errors], [counts], [person_years], [per], "
     "[weights], "
     "[scale], [joins], [least], [choice], [grid], [ends], [between], "
     "[permutations], [seed], [level], [from], [to], [zeros], [confidence]",
     joinpoint},
    {"break_point",
     "years, rates, [standard_errors], [scale], [from], [to], [confidence]",
     break_point},
    {"decomposition", "cases1, person_years1, cases2, person_years2, [method]",
     decomposition},
    {"lexis", "counts, person_years, first_age, first_period, width, [per]",
     lexis},
};

const struct script_group stats_trends = {functions, COUNT_OF(functions)};
