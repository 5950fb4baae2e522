/* SPDX-License-Identifier: EUPL-1.2 */
/* Standard populations meet age classes. */
#include "calc/standard.h"
#include "calc_fixture.h"

struct limits {
    int low, high;
};

/* A dimension of ages: node 0 is the total, then the classes. */
static struct dimension ages_of(struct arena *arena,
                                const struct limits *classes, size_t count)
{
    struct dimension ages = {.dim = DIM_AGE};
    uint16_t *all = arena_array(arena, count, sizeof *all);
    for (size_t c = 0; c < count; c++)
        all[c] = (uint16_t)c;
    fixture_node(arena, &ages, "total", "T", -1, all, count);
    for (size_t c = 0; c < count; c++) {
        int leaf = fixture_leaf(arena, &ages, "leaf", "class", 0);
        ages.nodes[leaf].low = classes[c].low;
        ages.nodes[leaf].high = classes[c].high;
    }
    return ages;
}

static const struct standard_band quarters[] = {
    {0, 0, 2}, {1, 4, 8}, {5, 14, 30}, {15, 84, 50}, {85, -1, 10},
};
static const struct standard world = {
    .code = "world", .total = 100, .bands = quarters, .count = 5};

TEST(classes_inside_a_band_are_added_and_bands_inside_a_class_too)
{
    struct arena *arena = arena_new();
    const struct limits classes[] = {{0, 4},   {5, 9},   {10, 14},
                                     {15, 84}, {85, 89}, {90, -1}};
    struct dimension ages = ages_of(arena, classes, COUNT_OF(classes));
    struct standard_match match;
    struct err err = {0};
    CHECK(standard_match(arena, &world, &ages, &ages.nodes[0], &match, &err));
    const int groups[] = {0, 1, 1, 2, 3, 3};
    const double weights[] = {10, 30, 50, 10};
    CHECK_INT(match.groups, 4);
    CHECK(match.total == 100.0);
    for (size_t c = 0; c < COUNT_OF(groups); c++)
        CHECK_INT(match.group[c], groups[c]);
    for (size_t g = 0; g < COUNT_OF(weights); g++)
        CHECK(match.weights[g] == weights[g]);
    arena_free(arena);
}

TEST(classes_may_come_in_any_order)
{
    struct arena *arena = arena_new();
    const struct limits classes[] = {{85, -1}, {5, 84}, {0, 4}};
    struct dimension ages = ages_of(arena, classes, COUNT_OF(classes));
    struct standard_match match;
    struct err err = {0};
    CHECK(standard_match(arena, &world, &ages, &ages.nodes[0], &match, &err));
    CHECK_INT(match.groups, 3);
    CHECK_INT(match.group[2], 0);
    CHECK(match.weights[match.group[1]] == 80.0);
    CHECK(match.weights[match.group[0]] == 10.0);
    arena_free(arena);
}

TEST(an_age_band_cuts_the_standard)
{
    struct arena *arena = arena_new();
    const struct limits classes[] = {{0, 4}, {5, 14}, {15, 84}, {85, -1}};
    struct dimension ages = ages_of(arena, classes, COUNT_OF(classes));
    struct err err = {0};
    int young = code_band(arena, &ages, 0, 14, &err);
    struct standard_match match;
    CHECK(
        standard_match(arena, &world, &ages, &ages.nodes[young], &match, &err));
    CHECK_INT(match.groups, 2);
    CHECK(match.total == 40.0);
    CHECK_INT(match.group[1], 1);
    CHECK_INT(match.group[2], -1);
    arena_free(arena);
}

TEST(ages_below_the_standard_have_no_weight)
{
    struct arena *arena = arena_new();
    const struct limits classes[] = {{0, 14}, {15, 44}, {45, -1}};
    static const struct standard_band bands[] = {{15, 44, 7}, {45, -1, 93}};
    const struct standard adult = {
        .code = "icss", .total = 100, .bands = bands, .count = 2};
    struct dimension ages = ages_of(arena, classes, COUNT_OF(classes));
    struct standard_match match;
    struct err err = {0};
    CHECK(standard_match(arena, &adult, &ages, &ages.nodes[0], &match, &err));
    CHECK_INT(match.groups, 2);
    CHECK_INT(match.group[0], -1);
    CHECK_INT(match.group[2], 1);
    arena_free(arena);
}

static void check_fails(const struct limits *classes, size_t count,
                        const char *text)
{
    struct arena *arena = arena_new();
    struct dimension ages = ages_of(arena, classes, count);
    struct standard_match match = {.groups = 99};
    struct err err = {0};
    CHECK(!standard_match(arena, &world, &ages, &ages.nodes[0], &match, &err));
    CHECK_INT(err.code, ERR_SCRIPT);
    CHECK_TEXT(err.id, "standard.limits");
    CHECK_TEXT(err.text, text);
    CHECK_INT(match.groups, 99);
    arena_free(arena);
}

TEST(limits_that_cross_are_named)
{
    const struct limits across[] = {{0, 4}, {5, 79}, {80, -1}};
    check_fails(across, 3,
                "standard 'world': its band 15-84 and the store's age class "
                "5-79 overlap, and neither is part of the other");
    const struct limits above[] = {
        {0, 4}, {5, 14}, {15, 79}, {80, 89}, {90, -1}};
    check_fails(above, 5,
                "standard 'world': its band 15-84 and the store's age class "
                "80-89 overlap, and neither is part of the other");
    const struct limits under[] = {{0, 2}, {3, -1}};
    check_fails(under, 2,
                "standard 'world': its band 1-4 and the store's age class "
                "0-2 overlap, and neither is part of the other");
    const struct limits start[] = {{2, 4}, {5, -1}};
    check_fails(start, 2,
                "standard 'world': no age classes of the store make up its "
                "band 0-0");
}

TEST(a_band_without_its_classes_is_named)
{
    const struct limits hole[] = {{0, 4}, {15, 84}, {85, -1}};
    check_fails(hole, 3,
                "standard 'world': no age classes of the store make up its "
                "band 5-14");
    const struct limits end[] = {{0, 4}, {5, 14}, {15, 84}};
    check_fails(end, 3,
                "standard 'world': no age classes of the store make up its "
                "band 85+");
    const struct limits gap[] = {{0, 4}, {5, 14}, {15, 49}, {60, 84}, {85, -1}};
    check_fails(gap, 5,
                "standard 'world': no age classes of the store make up its "
                "band 15-84");
}

RUN(CASE(classes_inside_a_band_are_added_and_bands_inside_a_class_too),
    CASE(classes_may_come_in_any_order), CASE(an_age_band_cuts_the_standard),
    CASE(ages_below_the_standard_have_no_weight),
    CASE(limits_that_cross_are_named),
    CASE(a_band_without_its_classes_is_named))
