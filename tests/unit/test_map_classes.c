/* SPDX-License-Identifier: EUPL-1.2 */
/* Class breaks. */
#include "check.h"
#include "map/map.h"

static size_t breaks_of(struct arena *arena, const double *values, size_t count,
                        enum map_classes method, size_t classes, int decimals,
                        double **breaks)
{
    return map_breaks(arena, values, count, method, classes, decimals, breaks);
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
            sizes[map_class(breaks, classes, values[i])]++;
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
    CHECK_INT(map_class(breaks, 3, -5), 0);
    CHECK_INT(map_class(breaks, 3, 9.9), 0);
    CHECK_INT(map_class(breaks, 3, 10), 1);
    CHECK_INT(map_class(breaks, 3, 19.9), 1);
    CHECK_INT(map_class(breaks, 3, 20), 2);
    CHECK_INT(map_class(breaks, 3, 1e9), 2);
    CHECK_INT(map_class(breaks, 1, 15), 0);
}

RUN(CASE(quantiles_put_as_many_values_into_each_class),
    CASE(a_break_is_the_roundest_number_between_its_neighbours),
    CASE(rounding_breaks_moves_no_value_to_another_class),
    CASE(equal_values_are_never_parted),
    CASE(fewer_different_values_than_classes_give_fewer_classes),
    CASE(equal_classes_divide_the_range), CASE(classes_are_closed_on_the_left))
