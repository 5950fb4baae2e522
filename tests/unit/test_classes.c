/* SPDX-License-Identifier: EUPL-1.2 */
/* Class breaks. */
#include "check.h"

#include <math.h>

#include "base/num.h"
#include "scene/classes.h"

static size_t breaks_of(struct arena *arena, const double *values, size_t count,
                        enum class_method method, size_t classes, int decimals,
                        double **breaks)
{
    const struct class_rule rule = {
        .method = method, .classes = classes, .decimals = decimals};
    return classes_make(arena, values, count, &rule, breaks);
}

TEST(quantiles_put_as_many_values_into_each_class)
{
    struct arena *arena = arena_new();
    static const double values[] = {9, 1, 8, 2, 7, 3, 6, 4, 5, 10};
    double *breaks;
    CHECK_INT(breaks_of(arena, values, 10, CLASSES_QUANTILE, 5, 0, &breaks), 5);
    static const double want[] = {3, 5, 7, 9};
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(breaks[i], want[i], 0);
    arena_free(arena);
}

TEST(a_break_is_the_roundest_number_between_its_neighbours)
{
    static const struct {
        double low, high;
        int decimals;
        double want;
    } cases[] = {
        {84.7, 93.2, 1, 90},   {84.9, 85.2, 1, 85},   {85.1, 85.2, 1, 85.2},
        {99.9, 104, 1, 100},   {0.12, 0.19, 2, 0.15}, {-12.3, -8.8, 1, -10},
        {1234, 1290, 0, 1250}, {-3, 4, 1, 0},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double values[] = {cases[i].low, cases[i].high};
        double *breaks;
        CHECK_INT(breaks_of(arena, values, 2, CLASSES_QUANTILE, 2,
                            cases[i].decimals, &breaks),
                  2);
        CHECK_NEAR(breaks[0], cases[i].want, 1e-12);
    }
    arena_free(arena);
}

/* Every value stays in the class that its rank gave it, ties together. */
TEST(rounding_breaks_moves_no_value_to_another_class)
{
    struct arena *arena = arena_new();
    uint32_t seed = 12345;
    for (size_t turn = 0; turn < 200; turn++) {
        double values[60];
        size_t count = 5 + turn % 55;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525u + 1013904223u;
            values[i] = (double)(seed >> 8) / (1 << 24) * 40;
            values[i] = floor(values[i] * 10) / 10;
        }
        double *breaks;
        size_t classes = breaks_of(arena, values, count, CLASSES_QUANTILE,
                                   2 + turn % 6, 1, &breaks);
        size_t sizes[7] = {0};
        for (size_t i = 0; i < count; i++)
            sizes[class_of(breaks, classes, values[i])]++;
        for (size_t k = 0; k < classes; k++)
            CHECK(sizes[k] > 0);
        for (size_t k = 0; k + 1 < classes; k++)
            CHECK(fabs(breaks[k] * 10 - round(breaks[k] * 10)) < 1e-9);
    }
    arena_free(arena);
}

TEST(equal_values_are_never_parted)
{
    struct arena *arena = arena_new();
    static const double values[] = {1, 1, 1, 1, 1, 1, 1, 2, 3};
    double *breaks;
    size_t classes =
        breaks_of(arena, values, 9, CLASSES_QUANTILE, 3, 0, &breaks);
    CHECK_INT(classes, 3);
    CHECK_NEAR(breaks[0], 2, 0);
    CHECK_NEAR(breaks[1], 3, 0);
    arena_free(arena);
}

TEST(fewer_different_values_than_classes_give_fewer_classes)
{
    struct arena *arena = arena_new();
    static const double two[] = {4, 4, 7, 7};
    static const double one[] = {4, 4, 4};
    double *breaks;
    CHECK_INT(breaks_of(arena, two, 4, CLASSES_QUANTILE, 5, 0, &breaks), 2);
    CHECK_INT(breaks_of(arena, one, 3, CLASSES_QUANTILE, 5, 0, &breaks), 1);
    CHECK_INT(breaks_of(arena, one, 3, CLASSES_EQUAL, 5, 1, &breaks), 1);
    CHECK_INT(breaks_of(arena, one, 0, CLASSES_EQUAL, 5, 1, &breaks), 1);
    arena_free(arena);
}

TEST(equal_classes_divide_the_range)
{
    struct arena *arena = arena_new();
    static const double values[] = {10, 11, 12, 20};
    double *breaks;
    CHECK_INT(breaks_of(arena, values, 4, CLASSES_EQUAL, 4, 1, &breaks), 4);
    CHECK_NEAR(breaks[0], 12.5, 1e-12);
    CHECK_NEAR(breaks[1], 15, 1e-12);
    CHECK_NEAR(breaks[2], 17.5, 1e-12);
    CHECK_INT(breaks_of(arena, values, 4, CLASSES_EQUAL, 3, 0, &breaks), 3);
    CHECK_NEAR(breaks[0], 14, 1e-12); /* 13.33 up */
    CHECK_NEAR(breaks[1], 17, 1e-12);
    arena_free(arena);
}

TEST(classes_are_closed_on_the_left)
{
    static const double breaks[] = {10, 20};
    CHECK_INT(class_of(breaks, 3, -5), 0);
    CHECK_INT(class_of(breaks, 3, 9.9), 0);
    CHECK_INT(class_of(breaks, 3, 10), 1);
    CHECK_INT(class_of(breaks, 3, 19.9), 1);
    CHECK_INT(class_of(breaks, 3, 20), 2);
    CHECK_INT(class_of(breaks, 3, 1e9), 2);
    CHECK_INT(class_of(breaks, 1, 15), 0);
}

/* --- natural breaks ------------------------------------------------------- */

static double spread_of(const double *sorted, size_t from, size_t to)
{
    double mean = 0, sum = 0;
    for (size_t i = from; i < to; i++)
        mean += sorted[i] / (double)(to - from);
    for (size_t i = from; i < to; i++)
        sum += (sorted[i] - mean) * (sorted[i] - mean);
    return sum;
}

/* The least sum of squares of every way to cut. */
static double best_spread(const double *sorted, size_t from, size_t count,
                          size_t classes)
{
    if (classes == 1)
        return spread_of(sorted, from, count);
    double best = INFINITY;
    for (size_t cut = from + 1; cut + classes - 1 <= count; cut++)
        best = fmin(best, spread_of(sorted, from, cut) +
                              best_spread(sorted, cut, count, classes - 1));
    return best;
}

static double spread_by(const double *sorted, size_t count,
                        const double *breaks, size_t classes)
{
    double sum = 0;
    size_t from = 0;
    while (from < count) {
        size_t to = from;
        while (to < count && class_of(breaks, classes, sorted[to]) ==
                                 class_of(breaks, classes, sorted[from]))
            to++;
        sum += spread_of(sorted, from, to);
        from = to;
    }
    return sum;
}

TEST(natural_breaks_have_the_least_sum_of_squares_of_all_cuts)
{
    struct arena *arena = arena_new();
    uint32_t seed = 99;
    for (size_t turn = 0; turn < 300; turn++) {
        double values[14], last = 0;
        size_t count = 4 + turn % 11, classes = 2 + turn % 4;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525u + 1013904223u;
            last += (double)(seed >> 28) * (turn % 3 ? 1 : 1e6) / 10;
            values[i] = last;
        }
        double *breaks;
        size_t made =
            breaks_of(arena, values, count, CLASSES_JENKS, classes, 1, &breaks);
        if (made < classes)
            continue; /* too few different values */
        CHECK_NEAR(spread_by(values, count, breaks, made),
                   best_spread(values, 0, count, classes),
                   1e-6 * spread_of(values, 0, count));
    }
    arena_free(arena);
}

/* The size of all communes: count log count steps, not count squared. */
TEST(natural_breaks_of_thirty_thousand_values)
{
    struct arena *arena = arena_new();
    size_t count = 34868;
    double *values = arena_array(arena, count, sizeof *values), *breaks;
    for (size_t i = 0; i < count; i++)
        values[i] = (double)(i * 7919 % count) / 10 +
                    (i * 7919 % count > count / 2 ? 5000 : 0);
    CHECK_INT(breaks_of(arena, values, count, CLASSES_JENKS, 2, 1, &breaks), 2);
    CHECK(breaks[0] > 1743.4 && breaks[0] <= 6743.5);
    CHECK_INT(breaks_of(arena, values, count, CLASSES_JENKS, 7, 1, &breaks), 7);
    arena_free(arena);
}

/* --- round classes -------------------------------------------------------- */

TEST(pretty_breaks_are_round_and_no_more_than_asked)
{
    static const struct {
        double low, high;
        size_t classes;
        int decimals;
        double first, step;
        size_t count;
    } cases[] = {
        {12.3, 57.9, 5, 1, 20, 10, 5},
        {0.4, 2.3, 5, 1, 0.5, 0.5, 5},
        {-3, 11, 8, 0, -2, 2, 8},
        {101, 104, 5, 0, 102, 1, 4},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double values[] = {cases[i].low, cases[i].high};
        double *breaks;
        size_t made = breaks_of(arena, values, 2, CLASSES_PRETTY,
                                cases[i].classes, cases[i].decimals, &breaks);
        CHECK_INT(made, cases[i].count);
        for (size_t k = 0; k + 1 < made; k++)
            CHECK_NEAR(breaks[k], cases[i].first + cases[i].step * (double)k,
                       1e-9);
    }
    arena_free(arena);
}

TEST(classes_around_a_reference_are_as_many_on_either_side)
{
    static const double ratios[] = {0.71, 0.98, 1.02, 1.35};
    static const double rates[] = {41.2, 55.0, 61.9};
    struct arena *arena = arena_new();
    double *breaks;
    struct class_rule rule = {.method = CLASSES_AROUND,
                              .classes = 6,
                              .decimals = 2,
                              .reference = 1,
                              .factors = true};
    CHECK_INT(classes_make(arena, ratios, 4, &rule, &breaks), 6);
    static const double factors[] = {0.69, 0.83, 1, 1.2, 1.44};
    for (size_t i = 0; i < 5; i++)
        CHECK_NEAR(breaks[i], factors[i], 1e-9);
    rule = (struct class_rule){.method = CLASSES_AROUND,
                               .classes = 4,
                               .decimals = 1,
                               .reference = 54.2};
    CHECK_INT(classes_make(arena, rates, 3, &rule, &breaks), 4);
    static const double steps[] = {44.2, 54.2, 64.2};
    for (size_t i = 0; i < 3; i++)
        CHECK_NEAR(breaks[i], steps[i], 1e-9);
    arena_free(arena);
}

TEST(methods_have_names)
{
    enum class_method method;
    CHECK(class_method_parse("jenks", &method) && method == CLASSES_JENKS);
    CHECK(class_method_parse("around", &method) && method == CLASSES_AROUND);
    CHECK(class_method_parse("probability", &method) &&
          method == CLASSES_PROBABILITY);
    CHECK(!class_method_parse("kmeans", &method));
    CHECK(strstr(class_method_names(), "jenks") != NULL);
}

/* --- what a reader sees --------------------------------------------------- */

static double any_value(uint32_t *seed, size_t turn)
{
    static const double scales[] = {40, 1, 1e-6, 1e9, 0.01};
    *seed = *seed * 1664525u + 1013904223u;
    double value = ((double)(*seed >> 8) / (1 << 24) - 0.3);
    if (turn % 3 == 0) /* of few digits, with ties */
        value = round(value * 20) / 20;
    return value * scales[turn % 5];
}

/* The class that a reader gives a printed value by the printed limits is the
 * class that colours it. */
TEST(printed_limits_leave_every_printed_value_in_its_class)
{
    static const enum class_method methods[] = {CLASSES_QUANTILE, CLASSES_EQUAL,
                                                CLASSES_PRETTY, CLASSES_JENKS,
                                                CLASSES_AROUND};
    struct arena *arena = arena_new();
    uint32_t seed = 2024;
    for (size_t turn = 0; turn < 3000; turn++) {
        double values[40], *breaks, shown[8];
        size_t count = 1 + turn % 40;
        for (size_t i = 0; i < count; i++)
            values[i] = any_value(&seed, turn);
        struct class_rule rule = {.method = methods[turn / 7 % 5],
                                  .classes = 2 + 2 * (turn % 3),
                                  .decimals = (int)(turn % 4),
                                  .reference = 0.1};
        size_t classes = classes_make(arena, values, count, &rule, &breaks);
        int digits =
            classes_round(values, count, breaks, classes, rule.decimals, shown);
        CHECK(digits >= rule.decimals && digits <= CLASSES_DECIMALS_MOST);
        for (size_t i = 0; i < count; i++)
            CHECK_INT(class_of(shown, classes, num_round(values[i], digits)),
                      class_of(breaks, classes, values[i]));
        for (size_t k = 0; k + 1 < classes; k++)
            CHECK_NEAR(num_round(shown[k], digits), shown[k], 0);
    }
    arena_free(arena);
}

TEST(limits_have_as_few_digits_as_tell_the_values_apart)
{
    static const struct {
        double below, at, above, want;
        int decimals, digits;
    } cases[] = {
        {80, 85, 90, 85, 1, 1},
        {0.18, 0.2, 0.21, 0.2, 1, 2}, /* 0.18 would be 0.2 */
        {84.96, 85, 85.04, 85, 1, 2},
        {62, 62.5, 63, 63, 0, 0},
        {62, 62.3, 63, 63, 0, 0}, /* not 62: that would take 62 */
        {-0.4, 0, 0.4, 0, 0, 1},
        {1e-9, 2e-9, 3e-9, 2e-9, 1, 9},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double values[] = {cases[i].below, cases[i].above};
        double shown;
        CHECK_INT(classes_round(values, 2, &cases[i].at, 2, cases[i].decimals,
                                &shown),
                  cases[i].digits);
        CHECK_NEAR(shown, cases[i].want, 1e-15);
    }
}

/* A third of 10 to 20 is 13.33...; rounded up at one decimal it would pass
 * 13.34. */
TEST(equal_classes_round_past_no_value)
{
    struct arena *arena = arena_new();
    static const double values[] = {10, 13.34, 20};
    double *breaks;
    CHECK_INT(breaks_of(arena, values, 3, CLASSES_EQUAL, 3, 1, &breaks), 3);
    CHECK_NEAR(breaks[0], 13.34, 1e-12);
    CHECK_INT(class_of(breaks, 3, 13.34), 1);
    arena_free(arena);
}

TEST(classes_of_probability_are_the_same_on_every_map)
{
    static const double want[] = {0.05, 0.2, 0.8, 0.95};
    static const double values[] = {0.5};
    struct arena *arena = arena_new();
    double *breaks;
    CHECK_INT(breaks_of(arena, values, 1, CLASSES_PROBABILITY, 5, 2, &breaks),
              5);
    for (size_t k = 0; k < COUNT_OF(want); k++)
        CHECK_NEAR(breaks[k], want[k], 0);
    const struct class_rule rule = {.method = CLASSES_PROBABILITY,
                                    .classes = 5,
                                    .decimals = 1,
                                    .percent = true};
    CHECK_INT(classes_make(arena, values, 1, &rule, &breaks), 5);
    for (size_t k = 0; k < COUNT_OF(want); k++)
        CHECK_NEAR(breaks[k], 100 * want[k], 1e-12);
    arena_free(arena);
}

RUN(CASE(printed_limits_leave_every_printed_value_in_its_class),
    CASE(limits_have_as_few_digits_as_tell_the_values_apart),
    CASE(equal_classes_round_past_no_value),
    CASE(classes_of_probability_are_the_same_on_every_map),
    CASE(natural_breaks_have_the_least_sum_of_squares_of_all_cuts),
    CASE(natural_breaks_of_thirty_thousand_values),
    CASE(pretty_breaks_are_round_and_no_more_than_asked),
    CASE(classes_around_a_reference_are_as_many_on_either_side),
    CASE(methods_have_names),
    CASE(quantiles_put_as_many_values_into_each_class),
    CASE(a_break_is_the_roundest_number_between_its_neighbours),
    CASE(rounding_breaks_moves_no_value_to_another_class),
    CASE(equal_values_are_never_parted),
    CASE(fewer_different_values_than_classes_give_fewer_classes),
    CASE(equal_classes_divide_the_range), CASE(classes_are_closed_on_the_left))
