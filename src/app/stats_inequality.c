/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"
#include "calc/kernel_inequality.h"

enum {
    SEED = 20040826, /* any fixed number: the same limits on every run */
    DRAWS = 100000,
};

static void give_interval(struct script_call *call, const char *const names[3],
                          struct kernel_interval interval)
{
    call_give(call, names[0], interval.value);
    call_give(call, names[1], interval.lower);
    call_give(call, names[2], interval.upper);
}

/* A ratio without value or limits has no such fields. */
static void give_ends(struct script_call *call, const char *const difference[3],
                      const char *const ratio[3],
                      const struct kernel_ends *ends)
{
    give_interval(call, difference, ends->difference);
    if (ends->has_ratio && ends->has_ratio_limits)
        give_interval(call, ratio, ends->ratio);
    else if (ends->has_ratio)
        call_give(call, ratio[0], ends->ratio.value);
}

static void give_extremes(struct script_call *call,
                          const struct kernel_ends *ends)
{
    static const char *const difference[] = {"difference", "difference_lower",
                                             "difference_upper"};
    static const char *const ratio[] = {"ratio", "ratio_lower", "ratio_upper"};
    give_ends(call, difference, ratio, ends);
}

static void give_slope(struct script_call *call,
                       const struct kernel_slope *slope)
{
    static const char *const sii[] = {"sii", "sii_lower", "sii_upper"};
    static const char *const rii[] = {"rii", "rii_lower", "rii_upper"};
    give_ends(call, sii, rii, &slope->ends);
    call_give(call, "intercept", slope->intercept);
}

static void extreme_rates(struct script_call *call)
{
    size_t groups = 0;
    const double *counts = call_list(call, "counts", &groups);
    const double *years = call_list_of(call, "person_years", groups);
    struct kernel_ends ends;
    if (!kernel_extreme_rates(counts, years, groups, call_number(call, "per"),
                              stats_confidence(call), &ends))
        call_fail(call, "expected two groups or more, counts >= 0, "
                        "person_years > 0 and per > 0");
    give_extremes(call, &ends);
}

static void extreme_values(struct script_call *call)
{
    size_t groups = 0;
    const double *values = call_list(call, "values", &groups);
    const double *errors = call_list_of(call, "standard_errors", groups);
    struct kernel_ends ends;
    if (!kernel_extreme_values(values, errors, groups, stats_confidence(call),
                               &ends))
        call_fail(call, "expected two groups or more and standard_errors >= 0");
    give_extremes(call, &ends);
}

static bool fit(struct script_call *call, const struct kernel_slope_data *data,
                struct kernel_slope *slope)
{
    static const char *const limits[] = {"analytic", "simulated", NULL};
    double confidence = stats_confidence(call);
    if (call_choice(call, "limits", limits) == 0)
        return kernel_slope_index(data, confidence, slope);
    struct draw draw = draw_new(SEED, 0);
    double draws = call_number_or(call, "draws", DRAWS);
    if (!(draws >= KERNEL_SLOPE_DRAWS_MIN && draws <= KERNEL_SLOPE_DRAWS_MAX))
        call_fail(call, "'draws' is between %d and %d", KERNEL_SLOPE_DRAWS_MIN,
                  KERNEL_SLOPE_DRAWS_MAX);
    return kernel_slope_simulated(call_arena(call), data, (size_t)draws, &draw,
                                  confidence, slope);
}

static void sii(struct script_call *call)
{
    static const char *const kinds[] = {"normal", "rate", "proportion", NULL};
    static const enum kernel_value_kind kind[] = {
        KERNEL_VALUE_NORMAL, KERNEL_VALUE_RATE, KERNEL_VALUE_PROPORTION};
    static const char *const models[] = {"linear", "transformed", NULL};
    size_t groups = 0;
    const double *values = call_list(call, "values", &groups);
    struct kernel_slope_data data = {
        .values = values,
        .errors = call_list_of(call, "standard_errors", groups),
        .populations = call_list_of(call, "populations", groups),
        .groups = groups,
        .kind = kind[call_choice(call, "kind", kinds)],
        .model = call_choice(call, "model", models) == 0
                     ? KERNEL_SLOPE_LINEAR
                     : KERNEL_SLOPE_TRANSFORMED,
    };
    struct kernel_slope slope;
    if (!fit(call, &data, &slope))
        call_fail(call, "expected two groups or more, standard_errors >= 0, "
                        "populations > 0; rates above 0, proportions between 0 "
                        "and 1; model 'transformed' for these two kinds only");
    give_slope(call, &slope);
}

static void sii_poisson(struct script_call *call)
{
    static const char *const links[] = {"log", "identity", NULL};
    static const char *const variances[] = {"poisson", "quasi", NULL};
    size_t groups = 0;
    const double *counts = call_list(call, "counts", &groups);
    struct kernel_slope_counts data = {
        .counts = counts,
        .person_years = call_list_of(call, "person_years", groups),
        .groups = groups,
        .per = call_number(call, "per"),
        .link = call_choice(call, "link", links) == 0 ? KERNEL_SLOPE_LOG
                                                      : KERNEL_SLOPE_IDENTITY,
        .variance = call_choice(call, "variance", variances) == 0
                        ? KERNEL_SLOPE_POISSON
                        : KERNEL_SLOPE_QUASI,
    };
    struct kernel_slope slope;
    if (!kernel_slope_poisson(call_arena(call), &data, stats_confidence(call),
                              &slope))
        call_fail(call, "expected two groups or more (quasi: three), counts "
                        ">= 0 with one above 0, person_years > 0, per > 0, and "
                        "a fit with rates above 0");
    give_slope(call, &slope);
    call_give(call, "dispersion", slope.dispersion);
}

static void concentration_index(struct script_call *call)
{
    size_t groups = 0;
    const double *values = call_list(call, "values", &groups);
    const double *errors = call_list_of(call, "standard_errors", groups);
    const double *populations = call_list_of(call, "populations", groups);
    struct kernel_interval index;
    size_t peopled = 0;
    for (size_t i = 0; i < groups; i++)
        peopled += populations[i] > 0.0;
    if (peopled < 2)
        call_fail(call, "expected 2 groups or more with somebody in them");
    if (!kernel_concentration_index(values, errors, populations, groups,
                                    stats_confidence(call), &index))
        call_fail(call, "expected values, standard_errors and populations >= "
                        "0, with a mean value above 0");
    call_return(call, index.value);
    call_return(call, index.lower);
    call_return(call, index.upper);
}

static const struct script_function functions[] = {
    {"extreme_rates", "counts, person_years, per, [confidence]", extreme_rates},
    {"extreme_values", "values, standard_errors, [confidence]", extreme_values},
    {"sii",
     "values, standard_errors, populations, [kind], [model], [limits], "
     "[draws], [confidence]",
     sii},
    {"sii_poisson",
     "counts, person_years, per, [link], [variance], [confidence]",
     sii_poisson},
    {"concentration_index",
     "values, standard_errors, populations, [confidence]", concentration_index},
};

const struct script_group stats_inequality = {functions, COUNT_OF(functions)};
