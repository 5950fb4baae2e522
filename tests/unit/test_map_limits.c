/* SPDX-License-Identifier: EUPL-1.2 */
/* What a legend may print: limits of what is drawn, zeros without circle, and
 * factors only where classes go by them. */
#include "map_fixture.h"

TEST(what_has_no_outline_is_no_limit)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 10},
        {.code = "b", .label = "B", .value = 20},
        {.code = "c", .label = "C", .value = 30},
        {.code = "d", .label = "D", .value = 40},
        {.code = "ys", .label = "Ys", .value = 999},
        {.code = "xa", .label = "Xa", .value = 1},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK(says(at.scene, "Sans contour sur la carte\u00a0: Ys, Xa."));
    CHECK(!says(at.scene, "999"));
    CHECK(says(at.scene, "de 10,0 à 29,9\u00a0(2)"));
    CHECK(says(at.scene, "de 30,0 à 40,0\u00a0(2)"));
    /* an end class of which nothing is drawn is open */
    at.job.class_count = 6;
    CHECK(map_run(&at));
    CHECK(!says(at.scene, "999"));
    CHECK(says(at.scene, "et plus\u00a0(0)"));
    at.job.values = values + 4;
    at.job.value_count = 1;
    CHECK(map_run(&at)); /* nothing at all is drawn */
    CHECK(!says(at.scene, "999"));
    CHECK(says(at.scene, "aucune valeur dessinée\u00a0(0)"));
    map_end(&at);
}

TEST(a_circle_of_zero_is_explained)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0},
        {.code = "b", .label = "B", .value = 20},
        {.code = "c", .label = "C", .value = 30},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_CIRCLES;
    at.job.decimals = 0;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "zéro, sans cercle\u00a0(1)"));
    CHECK(says(at.scene, "Entre parenthèses"));
    at.job.values = values + 1;
    at.job.value_count = 2;
    CHECK(map_run(&at));
    CHECK(!says(at.scene, "sans cercle"));
    map_end(&at);
}

TEST(factors_go_with_classes_around_a_reference)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.8},
        {.code = "b", .label = "B", .value = 1},
        {.code = "c", .label = "C", .value = 1.3},
    };
    static const struct map_facet facets[] = {{"Un", values, 3},
                                              {"Deux", values, 3}};
    static const enum class_method others[] = {CLASSES_QUANTILE, CLASSES_EQUAL,
                                               CLASSES_PRETTY, CLASSES_JENKS};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.factors = true;
    at.job.reference = 1;
    at.job.palette = "vik";
    for (size_t m = 0; m < COUNT_OF(others); m++) {
        at.job.method = others[m];
        CHECK(!map_run(&at));
        CHECK_TEXT(at.err.text,
                   "map: factors go with classes around a reference");
        at.err = (struct err){0};
        CHECK(!map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2,
                               &at.scene, &at.err));
        CHECK_TEXT(at.err.text,
                   "map: factors go with classes around a reference");
        at.err = (struct err){0};
    }
    at.job.method = CLASSES_AROUND;
    CHECK(map_run(&at));
    CHECK(map_draw_facets(at.arena, at.fonts, &at.job, facets, 2, 2, &at.scene,
                          &at.err));
    at.job.kind = MAP_CIRCLES;
    CHECK(!map_run(&at));
    CHECK_TEXT(at.err.text, "map: factors go with classes around a reference");
    map_end(&at);
}

RUN(CASE(what_has_no_outline_is_no_limit), CASE(a_circle_of_zero_is_explained),
    CASE(factors_go_with_classes_around_a_reference))
