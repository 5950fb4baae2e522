/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats_areas.h"
#include "calc/kernel_indirect.h"

/* In the order of kernel_sir_method and kernel_funnel_method. */
static const char *const ratio_methods[] = {"exact", "byar",          "phe",
                                            "midp",  "vandenbroucke", NULL};
static const char *const funnel_methods[] = {"exact", "byar", "normal", NULL};

static void give_interval(struct script_call *call,
                          const struct kernel_interval *interval)
{
    call_return(call, interval->value);
    call_return(call, interval->lower);
    call_return(call, interval->upper);
}

/* --- ratios --------------------------------------------------------------- */

static struct kernel_interval ratio(struct script_call *call, double observed,
                                    double expected)
{
    struct kernel_interval got;
    enum kernel_sir_method method =
        (enum kernel_sir_method)call_choice(call, "method", ratio_methods);
    if (!kernel_sir(observed, expected, method, stats_confidence(call), &got))
        call_fail(call, "'observed' is 0 or more and 'expected' above 0");
    return got;
}

static void sir(struct script_call *call)
{
    struct kernel_interval got = ratio(call, call_number(call, "observed"),
                                       call_number(call, "expected"));
    give_interval(call, &got);
}

static void sir_p(struct script_call *call)
{
    double p;
    if (!kernel_sir_p(call_number(call, "observed"),
                      call_number(call, "expected"), &p))
        call_fail(call,
                  "'observed' is a whole number and 'expected' 0 or more");
    call_return(call, p);
}

static double expected_cases(struct script_call *call)
{
    size_t classes = 0;
    double expected;
    const double *years = call_list(call, "person_years", &classes);
    if (!kernel_expected(years, call_list_of(call, "reference_rates", classes),
                         classes, call_number(call, "per"), &expected))
        call_fail(call, "person-years and rates are 0 or more in at least one "
                        "class, and `per` is above 0");
    return expected;
}

static void expected(struct script_call *call)
{
    call_return(call, expected_cases(call));
}

/* The sum of "observed", by the classes of "person_years" or whole. Cases of a
 * class without person-years would be compared with nothing expected. */
static double observed_cases(struct script_call *call)
{
    size_t count = 0, classes = 0;
    const double *counts = call_list(call, "observed", &count);
    const double *years = call_list(call, "person_years", &classes);
    double observed = 0.0;
    if (count != 1 && count != classes)
        call_fail(call, "'observed': expected 1 or %zu numbers, found %zu",
                  classes, count);
    for (size_t i = 0; i < count; i++) {
        if (!(counts[i] >= 0.0))
            call_fail(call, "'observed': place %zu is below 0", i + 1);
        if (count == classes && counts[i] > 0.0 && years[i] == 0.0)
            call_fail(call, "class %zu has cases and no person-years", i + 1);
        observed += counts[i];
    }
    return observed;
}

static void indirect_standardisation(struct script_call *call)
{
    double base = expected_cases(call), observed = observed_cases(call), p;
    struct kernel_interval got = ratio(call, observed, base);
    call_give(call, "observed", observed);
    call_give(call, "expected", base);
    call_give(call, "value", got.value);
    call_give(call, "lower", got.lower);
    call_give(call, "upper", got.upper);
    if (kernel_sir_p(observed, base, &p))
        call_give(call, "p", p);
}

static void indirect_rate(struct script_call *call)
{
    struct kernel_interval got = ratio(call, call_number(call, "observed"),
                                       call_number(call, "expected"));
    double rate = call_number(call, "reference_rate");
    if (!(rate > 0.0))
        call_fail(call, "'reference_rate' is above 0");
    got.value *= rate;
    got.lower *= rate;
    got.upper *= rate;
    give_interval(call, &got);
}

/* --- funnels -------------------------------------------------------------- */

static enum kernel_funnel_method funnel_method(struct script_call *call)
{
    return (enum kernel_funnel_method)call_choice(call, "method",
                                                  funnel_methods);
}

/* Limits of a ratio, widened when "phi" or "tau2" is given. */
static struct kernel_interval ratio_funnel(struct script_call *call,
                                           double expected)
{
    struct kernel_interval got;
    double confidence = stats_confidence(call);
    bool phi = call_given(call, "phi"), tau2 = call_given(call, "tau2"), good;
    if ((phi || tau2) && (phi == tau2 || call_given(call, "method")))
        call_fail(call, "one of 'method', 'phi' and 'tau2' at most");
    if (phi)
        good = kernel_funnel_ratio_phi(expected, call_number(call, "phi"),
                                       confidence, &got);
    else if (tau2)
        good = kernel_funnel_ratio_tau2(expected, call_number(call, "tau2"),
                                        confidence, &got);
    else
        good = kernel_funnel_ratio(expected, funnel_method(call), confidence,
                                   &got);
    if (!good)
        call_fail(call,
                  "cases are expected, and 'phi' and 'tau2' are 0 or more");
    return got;
}

static void funnel_ratio(struct script_call *call)
{
    struct kernel_interval got =
        ratio_funnel(call, call_number(call, "expected"));
    give_interval(call, &got);
}

static void funnel_rate(struct script_call *call)
{
    double years = call_number(call, "person_years");
    double target = call_number(call, "target"), per = call_number(call, "per");
    if (!(years > 0.0 && target > 0.0 && per > 0.0))
        call_fail(call, "person-years, target and `per` are above 0");
    struct kernel_interval got = ratio_funnel(call, years * (target / per));
    got.value *= target;
    got.lower *= target;
    got.upper *= target;
    give_interval(call, &got);
}

static void funnel_proportion(struct script_call *call)
{
    struct kernel_interval got;
    if (!kernel_funnel_proportion(
            call_number(call, "trials"), call_number(call, "target"),
            funnel_method(call), stats_confidence(call), &got))
        call_fail(call, "trials are above 0 (and whole for the exact method), "
                        "'target' is between 0 and 1, and the method is exact "
                        "or normal");
    give_interval(call, &got);
}

static void funnel_count(struct script_call *call)
{
    struct kernel_funnel_count got;
    if (!kernel_funnel_count(call_number(call, "count"), stats_confidence(call),
                             &got))
        call_fail(call, "'count' is 0 or more");
    call_give(call, "lower", got.lower);
    call_give(call, "expected_on_lower", got.expected_on_lower);
    if (got.expected_on_upper > 0.0) {
        call_give(call, "upper", got.upper);
        call_give(call, "expected_on_upper", got.expected_on_upper);
    }
}

static void funnel_position(struct script_call *call)
{
    /* In the order of kernel_funnel_position. */
    static const char *const words[] = {"below_998", "below_95", "within",
                                        "above_95", "above_998"};
    enum kernel_funnel_position got;
    double observed = call_number(call, "observed");
    double expected = call_number(call, "expected");
    if (!kernel_funnel_position(observed, expected, &got))
        call_fail(call, "'observed' is 0 or more and 'expected' above 0");
    call_give(call, "ratio", observed / expected);
    call_give_text(call, "position", words[got]);
}

static void give_overdispersion(struct script_call *call,
                                const struct kernel_overdispersion *found)
{
    call_give(call, "phi", found->phi);
    call_give(call, "phi_raw", found->phi_raw);
    call_give(call, "tau2", found->tau2);
    call_give(call, "units", (double)found->units);
}

static void overdispersion(struct script_call *call)
{
    size_t units = 0;
    struct kernel_overdispersion found;
    const double *observed = call_list(call, "observed", &units);
    if (!kernel_overdispersion_ratios(
            observed, call_list_of(call, "expected", units), units,
            call_number_or(call, "winsorised", 0.1), call_arena(call), &found))
        call_fail(call, "two units or more where some are expected, counts of "
                        "0 or more, 'winsorised' from 0 to under 0.5");
    give_overdispersion(call, &found);
}

static void overdispersion_proportion(struct script_call *call)
{
    size_t units = 0;
    struct kernel_overdispersion found;
    double above = 0.0, below = 0.0;
    const double *successes = call_list(call, "successes", &units);
    const double *trials = call_list_of(call, "trials", units);
    for (size_t i = 0; i < units; i++) {
        above += successes[i];
        below += trials[i];
    }
    double pooled = below > 0.0 ? above / below : 0.0;
    if (!kernel_overdispersion_proportions(
            successes, trials, units, call_number_or(call, "target", pooled),
            call_number_or(call, "winsorised", 0.1), call_arena(call), &found))
        call_fail(call, "two units or more with trials, no more successes than "
                        "trials, 'target' between 0 and 1, 'winsorised' from 0 "
                        "to under 0.5");
    give_overdispersion(call, &found);
}

/* --- areas ---------------------------------------------------------------- */

static void heterogeneity(struct script_call *call)
{
    /* In the order of kernel_evidence. */
    static const char *const words[] = {"none", "weak", "moderate", "strong"};
    size_t areas = 0;
    struct kernel_heterogeneity found;
    const double *observed = call_list(call, "observed", &areas);
    if (!kernel_heterogeneity(observed, call_list_of(call, "expected", areas),
                              areas, &found))
        call_fail(call, "two areas or more where some are expected, counts of "
                        "0 or more, and none where none is expected");
    call_give(call, "areas", (double)found.areas);
    call_give(call, "ratio", found.ratio);
    call_give(call, "chi2", found.chi2);
    call_give(call, "freedom", found.freedom);
    call_give(call, "p", found.p);
    call_give(call, "p_sparse", found.p_sparse);
    call_give(call, "potthoff", found.potthoff);
    call_give(call, "potthoff_mean", found.potthoff_mean);
    call_give(call, "potthoff_sd", found.potthoff_sd);
    call_give(call, "potthoff_p", found.potthoff_p);
    call_give(call, "spread", found.spread);
    call_give_text(call, "evidence", words[kernel_evidence(found.p_sparse)]);
}

static void moran(struct script_call *call)
{
    size_t areas = 0;
    struct kernel_moran found;
    const double *values = call_list(call, "values", &areas);
    struct neighbours neighbours = stats_neighbours(call, areas);
    if (!kernel_moran(values, &neighbours, &found))
        call_fail(call, "four areas or more with neighbours, and values that "
                        "are not all the same");
    call_give(call, "value", found.value);
    call_give(call, "expected", found.expected);
    call_give(call, "variance", found.variance);
    call_give(call, "z", found.z);
    call_give(call, "p", found.p);
    call_give(call, "islands", (double)found.islands);
}

static const struct script_function functions[] = {
    {"sir", "observed, expected, [confidence], [method]", sir},
    {"sir_p", "observed, expected", sir_p},
    {"expected", "person_years, reference_rates, per", expected},
    {"indirect_standardisation",
     "observed, person_years, reference_rates, per, [confidence], [method]",
     indirect_standardisation},
    {"indirect_rate",
     "observed, expected, reference_rate, [confidence], [method]",
     indirect_rate},
    {"funnel_ratio", "expected, [confidence], [method], [phi], [tau2]",
     funnel_ratio},
    {"funnel_rate",
     "person_years, target, per, [confidence], [method], [phi], [tau2]",
     funnel_rate},
    {"funnel_proportion", "trials, target, [confidence], [method]",
     funnel_proportion},
    {"funnel_count", "count, [confidence]", funnel_count},
    {"funnel_position", "observed, expected", funnel_position},
    {"overdispersion", "observed, expected, [winsorised]", overdispersion},
    {"overdispersion_proportion", "successes, trials, [target], [winsorised]",
     overdispersion_proportion},
    {"heterogeneity", "observed, expected", heterogeneity},
    {"moran", "values, neighbours", moran},
};

const struct script_group stats_indirect = {functions, COUNT_OF(functions)};
