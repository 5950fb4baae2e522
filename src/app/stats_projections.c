/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "app/stats.h"
#include "calc/kernel_projection.h"

static void give_projected(struct script_call *call,
                           const struct kernel_series *series,
                           const struct kernel_log_linear *result)
{
    for (size_t i = 0; i < series->future; i++) {
        const struct kernel_projected *at = &result->projected[i];
        call_row(call, "projected");
        call_give(call, "year", series->future_years[i]);
        call_give(call, "cases", at->cases.value);
        call_give(call, "lower", at->cases.lower);
        call_give(call, "upper", at->cases.upper);
        call_give(call, "standard_error", at->standard_error);
        call_row_end(call);
    }
    call_give(call, "apc", 100.0 * expm1(result->slope));
    call_give(call, "slope", result->slope);
    call_give(call, "slope_standard_error", result->slope_error);
    call_give(call, "dispersion", result->dispersion);
    call_give_text(call, "status", "projected");
}

static void log_linear_projection(struct script_call *call)
{
    struct kernel_series series = {0};
    series.years = call_list(call, "years", &series.observed);
    series.counts = call_list_of(call, "counts", series.observed);
    series.person_years = call_list_of(call, "person_years", series.observed);
    series.future_years = call_list(call, "future_years", &series.future);
    series.future_person_years =
        call_list_of(call, "future_person_years", series.future);
    struct kernel_log_linear result;
    if (!kernel_log_linear_projection(call_arena(call), &series,
                                      stats_confidence(call), &result))
        call_fail(call, "expected three different years or more, counts >= 0 "
                        "with cases before the last year and after the first, "
                        "and person_years > 0");
    give_projected(call, &series, &result);
}

/* --- nordpred ------------------------------------------------------------- */

/* The rows of a table, one after the other; all of one size. */
static double *flatten(struct script_call *call, const char *name,
                       struct call_lists lists)
{
    size_t size = lists.count == 0 ? 0 : lists.sizes[0];
    double *out =
        arena_array(call_arena(call), lists.count * size + 1, sizeof *out);
    for (size_t row = 0; row < lists.count; row++) {
        if (lists.sizes[row] != size)
            call_fail(call,
                      "'%s' has %zu numbers for age %zu and %zu for the "
                      "first",
                      name, lists.sizes[row], row + 1, size);
        for (size_t i = 0; i < size; i++)
            out[row * size + i] = lists.lists[row][i];
    }
    return out;
}

static void take_tables(struct script_call *call,
                        struct kernel_nordpred_data *data)
{
    struct call_lists cases = call_list_of_lists(call, "cases");
    struct call_lists years = call_list_of_lists(call, "person_years");
    if (cases.count == 0 || cases.count != years.count)
        call_fail(call, "'cases' and 'person_years' have one row for each age");
    data->cases = flatten(call, "cases", cases);
    data->person_years = flatten(call, "person_years", years);
    data->ages = cases.count;
    data->observed = cases.sizes[0];
    if (years.sizes[0] <= data->observed)
        call_fail(call, "'person_years' goes on after the periods of 'cases': "
                        "those of the future");
    data->future = years.sizes[0] - data->observed;
}

static const double *take_cut(struct script_call *call, size_t future)
{
    static const double usual[] = {0.0, 0.25, 0.5, 0.75, 0.75};
    if (call_given(call, "cut"))
        return call_list_of(call, "cut", future);
    if (future > COUNT_OF(usual))
        call_fail(call, "expected 'cut' for more than %zu future periods",
                  COUNT_OF(usual));
    return usual;
}

/* An age by its place in the list, from 1. */
static size_t take_age(struct script_call *call, const char *name,
                       double fallback, size_t ages)
{
    double age = call_number_or(call, name, fallback);
    if (!(age >= 1.0 && age <= (double)ages) || age != floor(age))
        call_fail(call, "'%s' is the place of an age, 1 to %zu", name, ages);
    return (size_t)age - 1;
}

static void take_choices(struct script_call *call,
                         struct kernel_nordpred_data *data)
{
    static const char *const links[] = {"power5", "poisson", NULL};
    static const char *const trends[] = {"chosen", "average", "recent", NULL};
    static const enum kernel_nordpred_trend trend[] = {
        KERNEL_NORDPRED_CHOSEN,
        KERNEL_NORDPRED_AVERAGE,
        KERNEL_NORDPRED_RECENT,
    };
    data->link = call_choice(call, "link", links) == 0
                     ? KERNEL_NORDPRED_POWER5
                     : KERNEL_NORDPRED_POISSON;
    data->trend = trend[call_choice(call, "trend", trends)];
    data->first_fitted = take_age(call, "first_fitted", 5.0, data->ages);
    data->first_used = take_age(call, "first_used",
                                (double)data->first_fitted + 2.0, data->ages);
    double periods = call_number_or(call, "periods", 0.0);
    if (!(periods >= 0.0 && periods <= (double)data->observed) ||
        periods != floor(periods))
        call_fail(call, "'periods' is 3 to %zu, or left out", data->observed);
    data->periods = (size_t)periods;
    data->cut = take_cut(call, data->future);
}

static void give_nordpred(struct script_call *call,
                          const struct kernel_nordpred_data *data,
                          const struct kernel_nordpred *result)
{
    double *totals =
        arena_array(call_arena(call), data->future + 1, sizeof *totals);
    for (size_t age = 0; age < data->ages; age++) {
        const double *cases = result->cases + age * data->future;
        call_row(call, "ages");
        call_give_list(call, "cases", cases, data->future);
        call_row_end(call);
        for (size_t i = 0; i < data->future; i++)
            totals[i] += cases[i];
    }
    call_give_list(call, "total", totals, data->future);
    call_give(call, "periods", (double)result->periods);
    call_give_bool(call, "recent", result->recent);
    call_give(call, "fit_p_value", result->fit_probability);
    call_give(call, "recent_p_value", result->recent_probability);
    call_give_text(call, "status", "projected");
}

static void nordpred(struct script_call *call)
{
    struct kernel_nordpred_data data = {0};
    struct kernel_nordpred result;
    take_tables(call, &data);
    take_choices(call, &data);
    if (!kernel_nordpred(call_arena(call), &data, &result))
        call_fail(call, "expected three periods or more, cases and "
                        "person_years >= 0, first_used >= first_fitted, cut "
                        "between 0 and 1, and cases enough for the model to "
                        "fit: a higher first_fitted leaves out rare ages");
    give_nordpred(call, &data, &result);
}

/* --- calibration ---------------------------------------------------------- */

static void calibration_grade(struct script_call *call)
{
    static const char *const words[] = {
        [KERNEL_GRADE_NONE] = "ungraded",
        [KERNEL_GRADE_A_PLUS_PLUS] = "A++",
        [KERNEL_GRADE_A_PLUS] = "A+",
        [KERNEL_GRADE_B] = "B--",
    };
    size_t districts = 0;
    const double *errors = call_list(call, "errors", &districts);
    enum kernel_grade grade;
    if (!kernel_calibration_grade(
            errors, districts, call_number_or(call, "incidence_deviation", 0.0),
            call_number_or(call, "calibration_deviation", 0.0), &grade))
        call_fail(call, "expected one relative error or more, and standard "
                        "deviations >= 0");
    call_give_text(call, "grade", words[grade]);
    call_give_bool(call, "published",
                   grade == KERNEL_GRADE_A_PLUS_PLUS ||
                       grade == KERNEL_GRADE_A_PLUS);
}

static const struct script_function functions[] = {
    {"log_linear_projection",
     "years, counts, person_years, future_years, future_person_years, "
     "[confidence]",
     log_linear_projection},
    {"nordpred",
     "cases, person_years, [link], [trend], [first_fitted], [first_used], "
     "[periods], [cut]",
     nordpred},
    {"calibration_grade",
     "errors, [incidence_deviation], [calibration_deviation]",
     calibration_grade},
};

const struct script_group stats_projections = {functions, COUNT_OF(functions)};
