/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"
#include "calc/kernel_survival.h"

#define SURVIVAL_MAX 1.5

static enum kernel_survival_scale scale(struct script_call *call)
{
    static const char *const words[] = {"log", "log-log", "plain", NULL};
    static const enum kernel_survival_scale scales[] = {
        KERNEL_SURVIVAL_LOG,
        KERNEL_SURVIVAL_LOG_LOG,
        KERNEL_SURVIVAL_PLAIN,
    };
    return scales[call_choice(call, "scale", words)];
}

static void give(struct script_call *call, const struct kernel_survival *result)
{
    call_give(call, "value", result->interval.value);
    call_give(call, "lower", result->interval.lower);
    call_give(call, "upper", result->interval.upper);
    call_give(call, "standard_error", result->standard_error);
}

/* Net survival may pass 1 a little; what passes it by half is a percentage. */
static void check_share(struct script_call *call, const char *name,
                        const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] > SURVIVAL_MAX)
            call_fail(call,
                      "'%s': place %zu is %g; expected a share of 1, not a "
                      "percentage",
                      name, i + 1, values[i]);
    }
}

static void standardised_survival(struct script_call *call)
{
    size_t classes = 0;
    const double *survivals = call_list(call, "survivals", &classes);
    const double *errors = call_list_of(call, "standard_errors", classes);
    const double *weights = call_list_of(call, "weights", classes);
    struct kernel_survival result;
    check_share(call, "survivals", survivals, classes);
    check_share(call, "standard_errors", errors, classes);
    if (!kernel_standardised_survival(survivals, errors, weights, classes,
                                      scale(call), stats_confidence(call),
                                      &result))
        call_fail(call, "expected survivals, standard_errors and weights >= 0, "
                        "one weight above 0, and a standardised survival that "
                        "the scale can take (above 0; for log-log below 1)");
    give(call, &result);
}

static void conditional_survival(struct script_call *call)
{
    struct kernel_survived earlier = {
        call_number(call, "earlier"),
        call_number(call, "earlier_standard_error")};
    struct kernel_survived later = {call_number(call, "later"),
                                    call_number(call, "later_standard_error")};
    struct kernel_survival result;
    check_share(call, "earlier", &earlier.survival, 1);
    check_share(call, "later", &later.survival, 1);
    if (!kernel_conditional_survival(earlier, later, scale(call),
                                     stats_confidence(call), &result))
        call_fail(call, "expected survivals above 0 of one cohort, whose "
                        "standard error relative to survival does not fall "
                        "from earlier to later");
    give(call, &result);
}

static void survival_intervals_shown(struct script_call *call)
{
    size_t intervals = 0, shown = 0;
    const double *alive = call_list(call, "alive", &intervals);
    double minimum = call_number_or(call, "minimum", 25.0);
    if (!kernel_survival_shown(alive, intervals, minimum, &shown))
        call_fail(call, "expected numbers of people >= 0");
    call_return(call, (double)shown);
}

static const struct script_function functions[] = {
    {"standardised_survival",
     "survivals, standard_errors, weights, [scale], [confidence]",
     standardised_survival},
    {"conditional_survival",
     "earlier, earlier_standard_error, later, later_standard_error, [scale], "
     "[confidence]",
     conditional_survival},
    {"survival_intervals_shown", "alive, [minimum]", survival_intervals_shown},
};

const struct script_group stats_survival = {functions, COUNT_OF(functions)};
