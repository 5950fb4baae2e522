/* SPDX-License-Identifier: EUPL-1.2 */
/* Two rates: ratios and differences. */
#include "app/stats.h"
#include "calc/kernel_rate.h"

static void give(struct script_call *call,
                 const struct kernel_interval *interval)
{
    call_return(call, interval->value);
    call_return(call, interval->lower);
    call_return(call, interval->upper);
}

/* Counts and person-years, checked: the first and the reference. */
struct two_groups {
    struct kernel_events first, reference;
};

static struct two_groups read_groups(struct script_call *call)
{
    struct two_groups groups = {
        {call_number(call, "count"), call_number(call, "person_years")},
        {call_number(call, "reference_count"),
         call_number(call, "reference_person_years")},
    };
    if (groups.first.count < 0.0 || groups.reference.count < 0.0)
        call_fail(call, "expected counts >= 0");
    if (!(groups.first.person_years > 0.0) ||
        !(groups.reference.person_years > 0.0))
        call_fail(call, "expected person-years > 0");
    return groups;
}

static void rate_ratio(struct script_call *call)
{
    /* In the order of enum kernel_ratio_method. */
    static const char *const methods[] = {"exact", "midp", "lognormal", NULL};
    struct two_groups groups = read_groups(call);
    enum kernel_ratio_method method =
        (enum kernel_ratio_method)call_choice(call, "method", methods);
    struct kernel_interval interval;
    if (groups.reference.count == 0.0)
        call_fail(call, "without cases in the reference there is no ratio");
    if (!kernel_rate_ratio(&groups.first, &groups.reference, method,
                           stats_confidence(call), &interval))
        call_fail(call, "without cases only the methods exact and midp give "
                        "limits");
    give(call, &interval);
}

static void rate_ratio_p(struct script_call *call)
{
    struct two_groups groups = read_groups(call);
    double p;
    if (!kernel_rate_ratio_p(&groups.first, &groups.reference, &p))
        call_fail(call, "expected numbers of an ordinary size");
    call_return(call, p);
}

static void rate_difference(struct script_call *call)
{
    struct two_groups groups = read_groups(call);
    struct kernel_interval interval;
    if (!kernel_rate_difference(&groups.first, &groups.reference,
                                call_number(call, "per"),
                                stats_confidence(call), &interval))
        call_fail(call, "expected cases in at least one group and per > 0");
    give(call, &interval);
}

/* Two standardised rates with their standard errors. */
struct two_rates {
    struct kernel_estimate first, reference;
};

static struct two_rates read_rates(struct script_call *call)
{
    struct two_rates rates = {
        {call_number(call, "rate"), call_number(call, "error")},
        {call_number(call, "reference_rate"),
         call_number(call, "reference_error")},
    };
    return rates;
}

static void standardised_rate_ratio(struct script_call *call)
{
    /* In the order of enum kernel_comparison_method. */
    static const char *const methods[] = {"log_delta", "smith", NULL};
    struct two_rates rates = read_rates(call);
    enum kernel_comparison_method method =
        (enum kernel_comparison_method)call_choice(call, "method", methods);
    struct kernel_interval interval;
    if (!kernel_comparison_ratio(&rates.first, &rates.reference, method,
                                 stats_confidence(call), &interval))
        call_fail(call, "expected rates and standard errors > 0, and for the "
                        "method 'smith' rates that differ");
    give(call, &interval);
}

static void standardised_rate_difference(struct script_call *call)
{
    struct two_rates rates = read_rates(call);
    struct kernel_interval interval;
    if (!kernel_comparison_difference(&rates.first, &rates.reference,
                                      stats_confidence(call), &interval))
        call_fail(call, "expected rates >= 0 and standard errors >= 0, not "
                        "both 0");
    give(call, &interval);
}

static const struct script_function functions[] = {
    {"rate_ratio",
     "count, person_years, reference_count, reference_person_years, "
     "[confidence], [method]",
     rate_ratio},
    {"rate_ratio_p",
     "count, person_years, reference_count, reference_person_years",
     rate_ratio_p},
    {"rate_difference",
     "count, person_years, reference_count, reference_person_years, per, "
     "[confidence]",
     rate_difference},
    {"standardised_rate_ratio",
     "rate, error, reference_rate, reference_error, [confidence], [method]",
     standardised_rate_ratio},
    {"standardised_rate_difference",
     "rate, error, reference_rate, reference_error, [confidence]",
     standardised_rate_difference},
};

const struct script_group stats_comparisons = {functions, COUNT_OF(functions)};
