/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats.h"
#include "calc/kernel_multiple.h"

static void benjamini_hochberg(struct script_call *call)
{
    size_t count = 0;
    const double *p_values = call_list(call, "p_values", &count);
    double *adjusted =
        arena_array(call_arena(call), count + 1, sizeof *adjusted);
    if (!kernel_benjamini_hochberg(call_arena(call), p_values, count, adjusted))
        call_fail(call, "p values are between 0 and 1");
    call_give_list(call, "adjusted", adjusted, count);
}

static void give_ranks(struct script_call *call,
                       const struct kernel_rank *ranks, size_t count)
{
    double *list = arena_array(call_arena(call), count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (double)ranks[i].rank;
    call_give_list(call, "rank", list, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (double)ranks[i].lower;
    call_give_list(call, "lower", list, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (double)ranks[i].upper;
    call_give_list(call, "upper", list, count);
}

static void ranks(struct script_call *call)
{
    size_t count = 0;
    const double *values = call_list(call, "values", &count);
    const double *errors = call_list_of(call, "standard_errors", count);
    struct kernel_rank *out =
        arena_array(call_arena(call), count + 1, sizeof *out);
    if (!kernel_ranks_normal(call_arena(call), values, errors, count,
                             stats_confidence(call), out))
        call_fail(call, "expected one value or more and standard_errors >= 0");
    give_ranks(call, out, count);
}

static void ranks_of_intervals(struct script_call *call)
{
    size_t count = 0;
    const double *values = call_list(call, "values", &count);
    const double *lower = call_list_of(call, "lower", count);
    const double *upper = call_list_of(call, "upper", count);
    struct kernel_rank *out =
        arena_array(call_arena(call), count + 1, sizeof *out);
    if (!kernel_ranks(values, lower, upper, count, out))
        call_fail(call, "expected lower <= value <= upper for each");
    give_ranks(call, out, count);
}

static void joint_confidence(struct script_call *call)
{
    double count = call_number(call, "count");
    if (!(count >= 1.0 && count <= 1e9))
        call_fail(call, "'count' is 1 to 1000000000");
    call_return(call,
                kernel_joint_level(stats_confidence(call), (size_t)count));
}

static void skellam_test(struct script_call *call)
{
    struct kernel_skellam result;
    if (!kernel_skellam_test(call_number(call, "count1"),
                             call_number(call, "count2"),
                             call_number_or(call, "exposure1", 1.0),
                             call_number_or(call, "exposure2", 1.0), &result))
        call_fail(call, "expected whole counts >= 0 and exposures > 0");
    call_give(call, "p_value", result.probability);
    call_give(call, "lower_tail", result.lower_tail);
    call_give(call, "upper_tail", result.upper_tail);
    call_give(call, "expected", result.expected);
}

static const struct script_function functions[] = {
    {"benjamini_hochberg", "p_values", benjamini_hochberg},
    {"ranks", "values, standard_errors, [confidence]", ranks},
    {"ranks_of_intervals", "values, lower, upper", ranks_of_intervals},
    {"joint_confidence", "count, [confidence]", joint_confidence},
    {"skellam_test", "count1, count2, [exposure1], [exposure2]", skellam_test},
};

const struct script_group stats_multiple = {functions, COUNT_OF(functions)};
