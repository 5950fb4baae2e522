/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"
#include "calc/kernel_proportion.h"

static void give(struct script_call *call,
                 const struct kernel_interval *interval)
{
    call_return(call, interval->value);
    call_return(call, interval->lower);
    call_return(call, interval->upper);
}

static void clopper_pearson(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_clopper_pearson(call_number(call, "successes"),
                                call_number(call, "trials"),
                                stats_confidence(call), &interval))
        call_fail(call, "expected 0 <= successes <= trials and trials > 0");
    give(call, &interval);
}

static void newcombe(struct script_call *call)
{
    struct kernel_share first = {call_number(call, "successes1"),
                                 call_number(call, "trials1")};
    struct kernel_share second = {call_number(call, "successes2"),
                                  call_number(call, "trials2")};
    struct kernel_interval interval;
    if (!kernel_newcombe(first, second, stats_confidence(call), &interval))
        call_fail(call, "expected 0 <= successes <= trials and trials > 0 in "
                        "both groups");
    give(call, &interval);
}

static void mortality_incidence(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_mortality_incidence(call_number(call, "deaths"),
                                    call_number(call, "cases"),
                                    stats_confidence(call), &interval))
        call_fail(call, "expected deaths > 0 and cases > 0: the limits are on "
                        "the log scale");
    give(call, &interval);
}

static const double *ones(struct script_call *call, size_t count)
{
    double *list = arena_array(call_arena(call), count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = 1.0;
    return list;
}

static void relative_standard_error(struct script_call *call)
{
    size_t classes = 0;
    const double *counts = call_list(call, "counts", &classes);
    const double *years = call_given(call, "person_years")
                              ? call_list_of(call, "person_years", classes)
                              : ones(call, classes);
    const double *weights = call_given(call, "weights")
                                ? call_list_of(call, "weights", classes)
                                : years; /* of a crude rate */
    double error;
    if (!kernel_relative_standard_error(counts, years, weights, classes,
                                        &error))
        call_fail(call, "expected at least one event, and person_years > 0 "
                        "wherever there is a weight");
    call_return(call, error);
}

static void reliability(struct script_call *call)
{
    static const char *const words[] = {
        [KERNEL_RELIABLE] = "reliable",
        [KERNEL_CAUTION] = "caution",
        [KERNEL_UNRELIABLE] = "unreliable",
    };
    double events = call_number(call, "events");
    double unreliable = call_number_or(call, "unreliable_under", 10.0);
    double caution = call_number_or(call, "caution_under", 20.0);
    if (events < 0.0 || unreliable < 0.0 || caution < unreliable)
        call_fail(call, "expected events >= 0 and "
                        "0 <= unreliable_under <= caution_under");
    call_give_text(call, "class",
                   words[kernel_reliability(events, unreliable, caution)]);
}

static const struct script_function functions[] = {
    {"clopper_pearson", "successes, trials, [confidence]", clopper_pearson},
    {"newcombe", "successes1, trials1, successes2, trials2, [confidence]",
     newcombe},
    {"mortality_incidence", "deaths, cases, [confidence]", mortality_incidence},
    {"relative_standard_error", "counts, [person_years], [weights]",
     relative_standard_error},
    {"reliability", "events, [unreliable_under], [caution_under]", reliability},
};

const struct script_group stats_proportions = {functions, COUNT_OF(functions)};
