/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "app/stats.h"
#include "base/num.h"
#include "calc/kernel_rate.h"

/* In the order of enum kernel_count_method. */
static const char *const count_methods[] = {"exact", "byar", "midp", "normal",
                                            NULL};
/* In the order of enum kernel_rate_method. */
static const char *const rate_methods[] = {
    "fay_feuer",   "tiwari", "fay_kim",   "dobson_exact",
    "dobson_byar", "normal", "lognormal", NULL};

static enum kernel_count_method count_method(struct script_call *call)
{
    return (enum kernel_count_method)call_choice(call, "method", count_methods);
}

static enum kernel_rate_method rate_method(struct script_call *call)
{
    return (enum kernel_rate_method)call_choice(call, "method", rate_methods);
}

static void give(struct script_call *call,
                 const struct kernel_interval *interval)
{
    call_return(call, interval->value);
    call_return(call, interval->lower);
    call_return(call, interval->upper);
}

/* --- one count ------------------------------------------------------------ */

static void poisson_exact(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_poisson_exact(call_number(call, "count"),
                              stats_confidence(call), &interval))
        call_fail(call, "expected count >= 0");
    give(call, &interval);
}

static void poisson_limits(struct script_call *call)
{
    struct kernel_interval interval;
    enum kernel_count_method method = count_method(call);
    if (!kernel_poisson_limits(call_number(call, "count"), method,
                               stats_confidence(call), &interval))
        call_fail(call, "expected count >= 0, and above 0 for the method "
                        "'normal'");
    give(call, &interval);
}

static void crude_rate(struct script_call *call)
{
    struct kernel_interval interval;
    enum kernel_count_method method = count_method(call);
    if (!kernel_crude_rate_limits(call_number(call, "count"),
                                  call_number(call, "person_years"),
                                  call_number(call, "per"), method,
                                  stats_confidence(call), &interval))
        call_fail(call, "expected count >= 0, and above 0 for the method "
                        "'normal', person_years > 0 and per > 0");
    give(call, &interval);
}

static void age_specific_rates(struct script_call *call)
{
    size_t classes = 0;
    const double *counts = call_list(call, "counts", &classes);
    const double *years = call_list_of(call, "person_years", classes);
    enum kernel_count_method method = count_method(call);
    double per = call_number(call, "per"), confidence = stats_confidence(call);
    struct arena *arena = call_arena(call);
    double *value = arena_array(arena, classes, sizeof *value);
    double *lower = arena_array(arena, classes, sizeof *lower);
    double *upper = arena_array(arena, classes, sizeof *upper);
    for (size_t i = 0; i < classes; i++) {
        struct kernel_interval got;
        if (!kernel_crude_rate_limits(counts[i], years[i], per, method,
                                      confidence, &got))
            call_fail(call,
                      "class %zu: expected a count >= 0, and above 0 for the "
                      "method 'normal', person-years > 0 and per > 0",
                      i + 1);
        value[i] = got.value;
        lower[i] = got.lower;
        upper[i] = got.upper;
    }
    call_give_list(call, "value", value, classes);
    call_give_list(call, "lower", lower, classes);
    call_give_list(call, "upper", upper, classes);
}

/* --- standardised rates --------------------------------------------------- */

static double sum_of(const double *weights, size_t count)
{
    struct num_sum sum = {0};
    for (size_t i = 0; i < count; i++)
        num_sum_add(&sum, weights[i]);
    return num_sum_value(&sum);
}

/* The classes of a call; the weights, when a total is declared, sum to it. */
static struct kernel_classes read_classes(struct script_call *call)
{
    struct kernel_classes classes = {.counts = NULL};
    classes.counts = call_list(call, "counts", &classes.count);
    classes.person_years = call_list_of(call, "person_years", classes.count);
    classes.weights = call_list_of(call, "weights", classes.count);
    classes.total = sum_of(classes.weights, classes.count);
    double declared = call_number_or(call, "total", classes.total);
    if (!(fabs(classes.total - declared) <= 1e-9 * fabs(declared)))
        call_fail(call, "the weights sum to %.12g, not to their total %.12g",
                  classes.total, declared);
    return classes;
}

/* Why there is no rate: the first class that is wrong, or no class at all. */
static void fail_classes(struct script_call *call,
                         const struct kernel_classes *classes)
{
    double events = 0.0;
    for (size_t i = 0; i < classes->count; i++) {
        double weight = classes->weights[i];
        if (weight < 0.0 || classes->counts[i] < 0.0)
            call_fail(call, "class %zu: expected a count and a weight >= 0",
                      i + 1);
        if (weight > 0.0 && !(classes->person_years[i] > 0.0))
            call_fail(call, "class %zu has a weight and no person-years",
                      i + 1);
        if (weight > 0.0)
            events += classes->counts[i];
    }
    if (!(classes->total > 0.0))
        call_fail(call, "expected a class with a weight above 0");
    if (events == 0.0)
        call_fail(call, "without cases only the methods fay_feuer, tiwari and "
                        "fay_kim give limits");
    call_fail(call, "expected per > 0 and numbers of an ordinary size");
}

static void give_rate(struct script_call *call,
                      const struct kernel_classes *classes)
{
    struct kernel_interval interval;
    enum kernel_rate_method method = rate_method(call);
    if (!kernel_rate_limits(classes, call_number(call, "per"), method,
                            stats_confidence(call), &interval))
        fail_classes(call, classes);
    give(call, &interval);
}

static void standardised_rate(struct script_call *call)
{
    struct kernel_classes classes = read_classes(call);
    give_rate(call, &classes);
}

static void standardised_rate_error(struct script_call *call)
{
    struct kernel_classes classes = read_classes(call);
    struct kernel_estimate rate;
    if (!kernel_rate_estimate(&classes, call_number(call, "per"), &rate))
        fail_classes(call, &classes);
    call_return(call, rate.value);
    call_return(call, rate.error);
}

/* --- part of the ages ----------------------------------------------------- */

/* The class that begins at this age. */
static size_t class_at(struct script_call *call, const double *ages,
                       size_t classes, double age)
{
    for (size_t i = 0; i < classes; i++) {
        if (ages[i] == age)
            return i;
    }
    call_fail(call, "no age class begins at %g", age);
}

/* The class after the one that ends at age `to`. That no class begins there
 * means that the last one ends there, when it is as wide as that before it. */
static size_t class_after(struct script_call *call, const double *ages,
                          size_t classes, double to)
{
    if (classes > 1) {
        double width = ages[classes - 1] - ages[classes - 2];
        if (to + 1.0 == ages[classes - 1] + width)
            return classes;
    }
    return class_at(call, ages, classes, to + 1.0);
}

static const double *read_ages(struct script_call *call, size_t classes)
{
    const double *ages = call_list_of(call, "ages", classes);
    for (size_t i = 1; i < classes; i++) {
        if (!(ages[i] > ages[i - 1]))
            call_fail(call, "'ages': expected the first age of each class, in "
                            "order");
    }
    return ages;
}

static void truncated_rate(struct script_call *call)
{
    struct kernel_classes all = read_classes(call);
    const double *ages = read_ages(call, all.count);
    double from = call_number(call, "from"), to = call_number(call, "to");
    if (!(to > from))
        call_fail(call, "expected 'to' above 'from'");
    size_t first = class_at(call, ages, all.count, from);
    size_t end = class_after(call, ages, all.count, to);
    struct kernel_classes part = {
        .counts = all.counts + first,
        .person_years = all.person_years + first,
        .weights = all.weights + first,
        .count = end - first,
        .total = sum_of(all.weights + first, end - first),
    };
    give_rate(call, &part);
}

static void give_limits(struct script_call *call, const char *name,
                        const struct kernel_interval *interval)
{
    struct arena *arena = call_arena(call);
    call_give(call, arena_format(arena, "%s_lower", name), interval->lower);
    call_give(call, arena_format(arena, "%s_upper", name), interval->upper);
}

/* Normal limits first: Breslow and Day's are the usual ones. */
static enum kernel_rate_method cumulative_method(struct script_call *call)
{
    static const char *const names[] = {
        "normal",       "fay_feuer",   "tiwari",    "fay_kim",
        "dobson_exact", "dobson_byar", "lognormal", NULL};
    static const enum kernel_rate_method methods[] = {
        KERNEL_RATE_NORMAL,       KERNEL_RATE_FAY_FEUER,
        KERNEL_RATE_TIWARI,       KERNEL_RATE_FAY_KIM,
        KERNEL_RATE_DOBSON_EXACT, KERNEL_RATE_DOBSON_BYAR,
        KERNEL_RATE_LOG_NORMAL,
    };
    return methods[call_choice(call, "method", names)];
}

static const double *widths_of(struct script_call *call, const double *ages,
                               size_t classes, double to)
{
    double *widths = arena_array(call_arena(call), classes, sizeof *widths);
    for (size_t i = 0; i + 1 < classes; i++)
        widths[i] = ages[i + 1] - ages[i];
    widths[classes - 1] = to + 1.0 - ages[classes - 1];
    return widths;
}

static void cumulative_rate(struct script_call *call)
{
    size_t count = 0;
    const double *counts = call_list(call, "counts", &count);
    const double *years = call_list_of(call, "person_years", count);
    const double *ages = read_ages(call, count);
    double to = call_number(call, "to");
    size_t used = class_after(call, ages, count, to);
    if (used == 0)
        call_fail(call, "expected 'to' in or after the first age class");
    const double *widths = widths_of(call, ages, used, to);
    enum kernel_rate_method method = cumulative_method(call);
    double confidence = stats_confidence(call);
    struct kernel_classes classes = {counts, years, widths, used, 1.0};
    struct kernel_cumulative got;
    struct kernel_estimate rate;
    if (!kernel_rate_estimate(&classes, 1.0, &rate))
        fail_classes(call, &classes);
    bool limits = kernel_cumulative_rate(counts, years, widths, used, method,
                                         confidence, &got);
    call_give(call, "rate", rate.value);
    call_give(call, "risk", -expm1(-rate.value));
    call_give(call, "error", rate.error);
    if (limits) {
        give_limits(call, "rate", &got.rate);
        give_limits(call, "risk", &got.risk);
    }
}

static void wilson(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_wilson(call_number(call, "successes"),
                       call_number(call, "trials"), stats_confidence(call),
                       &interval))
        call_fail(call, "expected 0 <= successes <= trials and trials > 0");
    give(call, &interval);
}

static const struct script_function functions[] = {
    {"standardised_rate",
     "counts, person_years, weights, per, [confidence], [method], [total]",
     standardised_rate},
    {"standardised_rate_error", "counts, person_years, weights, per, [total]",
     standardised_rate_error},
    {"truncated_rate",
     "counts, person_years, weights, ages, from, to, per, [confidence], "
     "[method], [total]",
     truncated_rate},
    {"cumulative_rate",
     "counts, person_years, ages, to, [confidence], [method]", cumulative_rate},
    {"crude_rate", "count, person_years, per, [confidence], [method]",
     crude_rate},
    {"age_specific_rates", "counts, person_years, per, [confidence], [method]",
     age_specific_rates},
    {"poisson_exact", "count, [confidence]", poisson_exact},
    {"poisson_limits", "count, [confidence], [method]", poisson_limits},
    {"wilson", "successes, trials, [confidence]", wilson},
};

const struct script_group stats_rates = {functions, COUNT_OF(functions)};
