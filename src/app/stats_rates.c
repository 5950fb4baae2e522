/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"
#include "calc/kernel.h"

static void give(struct script_call *call,
                 const struct kernel_interval *interval)
{
    call_return(call, interval->value);
    call_return(call, interval->lower);
    call_return(call, interval->upper);
}

static void standardised_rate(struct script_call *call)
{
    size_t classes = 0;
    const double *counts = call_list(call, "counts", &classes);
    const double *years = call_list_of(call, "person_years", classes);
    const double *weights = call_list_of(call, "weights", classes);
    double per = call_number(call, "per");
    double total = 0.0;
    for (size_t i = 0; i < classes; i++)
        total += weights[i];
    struct kernel_interval interval;
    if (!kernel_standardised_rate(counts, years, weights, classes, total, per,
                                  stats_confidence(call), &interval))
        call_fail(call, "a class with weight has no person-years, a number is "
                        "negative, or all weights are 0");
    give(call, &interval);
}

static void crude_rate(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_crude_rate(
            call_number(call, "count"), call_number(call, "person_years"),
            call_number(call, "per"), stats_confidence(call), &interval))
        call_fail(call, "expected count >= 0, person_years > 0 and per > 0");
    give(call, &interval);
}

static void poisson_exact(struct script_call *call)
{
    struct kernel_interval interval;
    if (!kernel_poisson_exact(call_number(call, "count"),
                              stats_confidence(call), &interval))
        call_fail(call, "expected count >= 0");
    give(call, &interval);
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
    {"standardised_rate", "counts, person_years, weights, per, [confidence]",
     standardised_rate},
    {"crude_rate", "count, person_years, per, [confidence]", crude_rate},
    {"poisson_exact", "count, [confidence]", poisson_exact},
    {"wilson", "successes, trials, [confidence]", wilson},
};

const struct script_group stats_rates = {functions, COUNT_OF(functions)};
