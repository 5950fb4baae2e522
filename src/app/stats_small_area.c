/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "app/stats_areas.h"
#include "calc/kernel_small_area.h"

static const char unfit[] =
    "two areas or more with a base, counts of 0 or more, and none where there "
    "is no base";

static double *new_list(struct script_call *call, size_t count)
{
    return arena_array(call_arena(call), count + 1, sizeof(double));
}

static void eb_marshall(struct script_call *call)
{
    static const char *const families[] = {"poisson", "binomial", NULL};
    size_t areas = 0;
    struct kernel_marshall found;
    const double *cases = call_list(call, "cases", &areas);
    const double *base = call_list_of(call, "base", areas);
    double *estimates = new_list(call, areas);
    bool binomial = call_choice(call, "family", families) == 1;
    bool good =
        binomial
            ? kernel_marshall_binomial(cases, base, areas, estimates, &found)
            : kernel_marshall(cases, base, areas, estimates, &found);
    if (!good)
        call_fail(call, "%s%s", unfit,
                  binomial ? "; no more cases than the base" : "");
    call_give_list(call, "estimates", estimates, areas);
    call_give(call, "mean", found.mean);
    call_give(call, "variance", found.variance);
}

static void eb_marshall_local(struct script_call *call)
{
    static const char *const squares[] = {"local", "own", NULL};
    size_t areas = 0;
    const double *cases = call_list(call, "cases", &areas);
    const double *base = call_list_of(call, "base", areas);
    struct neighbours neighbours = stats_neighbours(call, areas);
    double *estimates = new_list(call, areas);
    if (!kernel_marshall_local(cases, base, &neighbours,
                               call_choice(call, "squares", squares) == 1,
                               call_arena(call), estimates))
        call_fail(call, "%s", unfit);
    call_give_list(call, "estimates", estimates, areas);
}

/* --- gamma distributed relative risks ------------------------------------- */

/* Lists of what is known of each area. */
struct posteriors {
    double *mean, *median, *lower, *upper, *above;
};

static void take(const struct kernel_gamma_risk *from, size_t area,
                 struct posteriors *into)
{
    into->mean[area] = from->mean;
    into->median[area] = from->median;
    into->lower[area] = from->lower;
    into->upper[area] = from->upper;
    into->above[area] = from->above;
}

static void give_posteriors(struct script_call *call,
                            const struct kernel_gamma_prior *prior,
                            const double *observed, const double *expected,
                            size_t areas)
{
    struct posteriors all = {new_list(call, areas), new_list(call, areas),
                             new_list(call, areas), new_list(call, areas),
                             new_list(call, areas)};
    double confidence = stats_confidence(call);
    for (size_t i = 0; i < areas; i++) {
        struct kernel_gamma_risk known;
        if (!kernel_gamma_posterior(prior, observed[i], expected[i], confidence,
                                    &known))
            call_fail(call, "area %zu has no estimate", i + 1);
        take(&known, i, &all);
    }
    call_give_list(call, "estimates", all.mean, areas);
    call_give_list(call, "median", all.median, areas);
    call_give_list(call, "lower", all.lower, areas);
    call_give_list(call, "upper", all.upper, areas);
    call_give_list(call, "above_one", all.above, areas);
    call_give(call, "mean", prior->mean);
    call_give_bool(call, "varies", prior->varies);
    if (prior->varies) {
        call_give(call, "shape", prior->shape);
        call_give(call, "rate", prior->rate);
    }
}

/* Those of DCluster, unless others are given. */
static struct kernel_rounds take_rounds(struct script_call *call)
{
    double most = call_number_or(call, "rounds", 20.0);
    double tolerance = call_number_or(call, "tolerance", 1e-5);
    if (!(most >= 0.0 && most <= 1e6) || most != floor(most) ||
        !(tolerance > 0.0))
        call_fail(call, "'rounds' is a whole number up to a million, and "
                        "'tolerance' is above 0");
    return (struct kernel_rounds){(size_t)most, tolerance};
}

static void eb_gamma_poisson(struct script_call *call)
{
    size_t areas = 0;
    struct kernel_gamma_prior prior;
    const double *observed = call_list(call, "observed", &areas);
    const double *expected = call_list_of(call, "expected", areas);
    if (!kernel_gamma_poisson(observed, expected, areas, take_rounds(call),
                              &prior))
        call_fail(call, "%s", unfit);
    give_posteriors(call, &prior, observed, expected, areas);
}

static void eb_negative_binomial(struct script_call *call)
{
    size_t areas = 0;
    struct kernel_gamma_prior prior;
    const double *observed = call_list(call, "observed", &areas);
    const double *expected = call_list_of(call, "expected", areas);
    if (!kernel_negative_binomial(observed, expected, areas, &prior))
        call_fail(call, "%s", unfit);
    give_posteriors(call, &prior, observed, expected, areas);
}

static void eb_log_normal(struct script_call *call)
{
    size_t areas = 0;
    struct kernel_log_normal found;
    const double *observed = call_list(call, "observed", &areas);
    const double *expected = call_list_of(call, "expected", areas);
    double *logs = new_list(call, areas), *estimates = new_list(call, areas);
    if (!kernel_log_normal(observed, expected, areas, take_rounds(call), logs,
                           &found))
        call_fail(call, "%s", unfit);
    for (size_t i = 0; i < areas; i++)
        estimates[i] = exp(logs[i]);
    call_give_list(call, "estimates", estimates, areas);
    call_give_list(call, "logs", logs, areas);
    call_give(call, "mean", found.mean);
    call_give(call, "variance", found.variance);
}

static const struct script_function functions[] = {
    {"eb_marshall", "cases, base, [family]", eb_marshall},
    {"eb_marshall_local", "cases, base, neighbours, [squares]",
     eb_marshall_local},
    {"eb_gamma_poisson",
     "observed, expected, [confidence], [rounds], [tolerance]",
     eb_gamma_poisson},
    {"eb_negative_binomial", "observed, expected, [confidence]",
     eb_negative_binomial},
    {"eb_log_normal", "observed, expected, [rounds], [tolerance]",
     eb_log_normal},
};

const struct script_group stats_small_area = {functions, COUNT_OF(functions)};
