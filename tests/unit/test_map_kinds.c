/* SPDX-License-Identifier: EUPL-1.2 */
/* Maps that are more than classes of a rate: significance, certainty, circles,
 * classes around a reference. */
#include <math.h>

#include "colour_vision.h"
#include "map/map_impl.h"
#include "map_fixture.h"

static enum scene_pattern pattern_of(const struct scene *scene, const char *id)
{
    for (size_t i = 0; i + 1 < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->id, id))
            return scene_item(scene, i + 1)->paint->pattern;
    }
    CHECK(false);
    return PATTERN_NONE;
}

/* Width of the n-th path of a CSS class, 0 when there is none. */
static double width_of(const struct scene *scene, const char *css, size_t n)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, css) ||
            n-- > 0)
            continue;
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t p = 0; p < item->point_count; p++) {
            low = fmin(low, item->points[2 * p]);
            high = fmax(high, item->points[2 * p]);
        }
        return high - low;
    }
    return 0;
}

static void refuse(struct map_case *at, const char *words)
{
    at->err = (struct err){0};
    CHECK(!map_run(at));
    if (!strstr(at->err.text, words))
        fail_msg("'%s' lacks '%s'", at->err.text, words);
}

TEST(significance_is_read_from_the_intervals)
{
    static const struct map_value values[] = {
        {.code = "a",
         .label = "A",
         .value = 0.8,
         .has_interval = true,
         .lower = 0.7,
         .upper = 0.9},
        {.code = "b",
         .label = "B",
         .value = 1.3,
         .has_interval = true,
         .lower = 1,
         .upper = 1.6}, /* touches: no difference */
        {.code = "c",
         .label = "C",
         .value = 1.3,
         .has_interval = true,
         .lower = 1.1,
         .upper = 1.5},
        {.code = "d", .label = "D", .availability = CONFIDENTIAL},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_SIGNIFICANCE;
    at.job.reference = 1;
    at.job.palette = "vik";
    at.job.width_pt = 480;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "significativement inférieur à\u00a01,0\u00a0(1)"));
    CHECK(says(at.scene,
               "pas de différence significative avec\u00a01,0\u00a0(1)"));
    CHECK(says(at.scene, "significativement supérieur à\u00a01,0\u00a0(1)"));
    CHECK(says(at.scene, "secret statistique\u00a0(1)"));
    CHECK(fill_of(at.scene, "main-a") != fill_of(at.scene, "main-b"));
    CHECK(fill_of(at.scene, "main-c") != fill_of(at.scene, "main-b"));
    CHECK(strstr(scene_alt(at.scene), "significativement inférieur"));
    at.job.reference_has_interval = true; /* which meets that of "c" */
    at.job.reference_lower = 0.95;
    at.job.reference_upper = 1.1;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "significativement inférieur à\u00a01,0\u00a0(1)"));
    CHECK(says(at.scene,
               "pas de différence significative avec\u00a01,0\u00a0(2)"));
    at.job.palette = "blues";
    refuse(&at, "vik");
    map_end(&at);
}

/* Dots stand on the upper one as well, but for areas that are too small. */
TEST(under_and_over_differ_for_every_vision_and_in_grey)
{
    static const char *const palettes[] = {"bgbr", "brbg", "vik", "puor"};
    static const struct map_value values[] = {
        {"a", "A", AVAILABLE, 0.8, true, 0.7, 0.9, 0, 0, false},
        {"b", "B", AVAILABLE, 1.0, true, 0.8, 1.2, 0, 0, false},
        {"c", "C", AVAILABLE, 1.2, true, 1.1, 1.3, 0, 0, false},
    };
    for (size_t p = 0; p < COUNT_OF(palettes); p++) {
        struct map_case at = map_begin(values, COUNT_OF(values));
        at.job.kind = MAP_SIGNIFICANCE;
        at.job.reference = 1;
        at.job.palette = palettes[p];
        CHECK(map_run(&at));
        uint32_t under = fill_of(at.scene, "main-a");
        uint32_t none = fill_of(at.scene, "main-b");
        uint32_t over = fill_of(at.scene, "main-c");
        for (int kind = 0; kind < VISIONS; kind++) {
            CHECK(distance(under, none, kind) >= 7);
            CHECK(distance(over, none, kind) >= 7);
            CHECK(distance(under, over, kind) >= 7);
        }
        CHECK(lightness(none) > lightness(under) + 5);
        CHECK(lightness(under) > lightness(over) + 5);
        map_end(&at);
    }
}

TEST(a_value_without_interval_is_refused_where_one_is_needed)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.8}};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_SIGNIFICANCE;
    at.job.reference = 1;
    at.job.palette = "vik";
    refuse(&at, "'a' needs an interval");
    at.job.kind = MAP_BIVARIATE;
    refuse(&at, "'a' needs an interval");
    map_end(&at);
}

TEST(factors_are_of_ratios)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.8},
        {.code = "b", .label = "B", .value = -0.5}};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_AROUND;
    at.job.factors = true;
    at.job.reference = 1;
    refuse(&at, "'b': classes by factors");
    at.job.value_count = 1;
    at.job.reference = 0;
    refuse(&at, "a reference above 0");
    at.job.factors = false;
    CHECK(map_run(&at));
    map_end(&at);
}

/* From the surest to the least sure, then another class. */
static const struct map_value unsure[] = {
    {.code = "a",
     .label = "A",
     .value = 100,
     .has_interval = true,
     .lower = 99,
     .upper = 101},
    {.code = "b",
     .label = "B",
     .value = 101,
     .has_interval = true,
     .lower = 85,
     .upper = 120},
    {.code = "c",
     .label = "C",
     .value = 102,
     .has_interval = true,
     .lower = 40,
     .upper = 170},
    {.code = "d",
     .label = "D",
     .value = 10,
     .has_interval = true,
     .lower = 9.9,
     .upper = 10.1},
};

TEST(a_less_certain_value_of_a_class_is_striped)
{
    static const double breaks[] = {50};
    struct map_case at = map_begin(unsure, COUNT_OF(unsure));
    at.job.kind = MAP_BIVARIATE;
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    CHECK(map_run(&at));
    /* the colour of its class stays, and white lines cover it */
    CHECK_INT(fill_of(at.scene, "main-a"), fill_of(at.scene, "main-b"));
    CHECK_INT(fill_of(at.scene, "main-a"), fill_of(at.scene, "main-c"));
    CHECK(fill_of(at.scene, "main-a") != fill_of(at.scene, "d-d"));
    CHECK_INT(pattern_of(at.scene, "main-a"), PATTERN_NONE);
    CHECK_INT(pattern_of(at.scene, "main-b"), PATTERN_STRIPES);
    CHECK_INT(pattern_of(at.scene, "main-c"), PATTERN_STRIPES_WIDE);
    CHECK(says(at.scene, "du plus précis"));
    /* upright in the upper arm of a scheme with two */
    at.job.palette = "vik";
    CHECK(map_run(&at));
    CHECK_INT(pattern_of(at.scene, "d-d"), PATTERN_NONE);
    CHECK_INT(pattern_of(at.scene, "main-a"), PATTERN_DOTS);
    CHECK_INT(pattern_of(at.scene, "main-b"), PATTERN_BARS);
    CHECK_INT(pattern_of(at.scene, "main-c"), PATTERN_BARS_WIDE);
    map_end(&at);
}

TEST(a_map_without_title_and_unit_has_whole_sentences)
{
    struct map_case at = map_begin(unsure, 2);
    at.job.kind = MAP_BIVARIATE;
    at.job.title = "";
    at.job.unit = "";
    CHECK(map_run(&at));
    CHECK(says(at.scene, "De gauche à droite"));
    CHECK(!says(at.scene, ". De gauche"));
    CHECK(strstr(scene_alt(at.scene), "Carte. De 100,0 (A)") ==
          scene_alt(at.scene));
    map_end(&at);
}

TEST(limits_of_probability_are_those_of_every_map)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.0496},
        {.code = "b", .label = "B", .value = 0.05},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_PROBABILITY;
    at.job.class_count = 0;
    at.job.palette = "vik";
    at.job.decimals = 2;
    at.job.width_pt = 480;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "(P\u00a0< 0,05)\u00a0(1)"));
    CHECK(says(at.scene, "(0,05\u00a0≤ P\u00a0< 0,20)\u00a0(1)"));
    CHECK(!says(at.scene, "décimales"));
    map_end(&at);
}

TEST(circles_explain_brackets_only_where_there_are_some)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 400},
        {.code = "b", .label = "B", .value = 100},
        {.code = "c", .label = "C", .value = 12},
        {.code = "d", .label = "D", .value = 7},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_CIRCLES;
    CHECK(map_run(&at));
    CHECK(!says(at.scene, "Entre parenthèses"));
    at.job.value_count = 3;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "non disponible\u00a0(1)"));
    CHECK(says(at.scene, "Entre parenthèses"));
    map_end(&at);
}

TEST(the_area_of_a_circle_is_proportional_to_its_count)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 400},
        {.code = "b", .label = "B", .value = 100},
        {.code = "c", .label = "C", .value = 0},
        {.code = "d", .label = "D", .availability = CONFIDENTIAL},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_CIRCLES;
    at.job.decimals = 0;
    at.job.unit = "Nombre de cas";
    CHECK(map_run(&at));
    double large = width_of(at.scene, "circle", 0);
    CHECK(large > 10);
    CHECK_NEAR(width_of(at.scene, "circle", 1), large / 2, 1e-6);
    /* then the legend: no circle for zero nor for what is withheld */
    CHECK_NEAR(width_of(at.scene, "circle", 2), large * sqrt(200.0 / 400),
               0.01);
    CHECK_NEAR(width_of(at.scene, "circle", 3), large * sqrt(50.0 / 400), 0.01);
    CHECK(says(at.scene, "200") && says(at.scene, "50"));
    CHECK(says(at.scene, "secret statistique\u00a0(1)"));
    map_end(&at);
}

TEST(circles_of_negative_numbers_are_refused)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = -4}};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_CIRCLES;
    refuse(&at, "'a': a circle has no negative size");
    map_end(&at);
}

TEST(classes_around_a_reference_have_it_as_break)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.7},
        {.code = "b", .label = "B", .value = 1.1},
        {.code = "c", .label = "C", .value = 1.2},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_AROUND;
    at.job.reference = 1;
    at.job.factors = true;
    at.job.decimals = 2;
    at.job.class_count = 0;
    at.job.palette = "vik";
    CHECK(map_run(&at));
    CHECK(says(at.scene, "de 1,00 à 1,19\u00a0(1)"));
    CHECK(says(at.scene, "de 0,83 à 0,99\u00a0(0)"));
    at.job.class_count = 5;
    refuse(&at, "an even number of classes, not 5");
    map_end(&at);
}

TEST(probabilities_have_classes_in_words)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.01},
        {.code = "b", .label = "B", .value = 0.5},
        {.code = "c", .label = "C", .value = 0.95},
        {.code = "d", .label = "D", .value = 0},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_PROBABILITY;
    at.job.class_count = 0;
    at.job.decimals = 2;
    at.job.unit = "";
    at.job.width_pt = 480;
    at.job.palette = "vik";
    CHECK(map_run(&at));
    CHECK(says(at.scene, "Probabilité P que le rapport dépasse 1"));
    CHECK(
        says(at.scene, "très probablement inférieur (P\u00a0< 0,05)\u00a0(2)"));
    CHECK(says(at.scene, "pas de différence établie (0,20\u00a0≤ P"));
    CHECK(says(at.scene, "probablement supérieur (0,80\u00a0≤ P"));
    CHECK(
        says(at.scene, "très probablement supérieur (P\u00a0≥ 0,95)\u00a0(1)"));
    CHECK(!says(at.scene, "valeur nulle"));
    at.job.lang = LANG_EN;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "very likely lower (P\u00a0< 0.05)\u00a0(2)"));
    at.job.palette = "blues";
    refuse(&at, "vik, puor, brbg or bgbr, not 5 in 'blues'");
    at.job.palette = "vik";
    at.job.class_count = 4;
    refuse(&at, "classes of probability are 5");
    map_end(&at);
}

/* Printed in grey, both arms of a diverging scheme look alike. */
TEST(probabilities_may_be_in_percent)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 4.9},
        {.code = "b", .label = "B", .value = 95},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_PROBABILITY;
    at.job.percent = true;
    at.job.class_count = 0;
    at.job.width_pt = 480;
    at.job.palette = "vik";
    CHECK(map_run(&at));
    CHECK(says(at.scene, "inférieur (P\u00a0< 5\u00a0%)\u00a0(1)"));
    CHECK(says(at.scene, "supérieur (P\u00a0≥ 95\u00a0%)\u00a0(1)"));
    CHECK(strstr(scene_alt(at.scene), "De 4,9\u00a0% (A) à 95,0\u00a0% (B)"));
    map_end(&at);
}

TEST(classes_above_the_middle_of_two_arms_have_dots)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 0.7},
        {.code = "b", .label = "B", .value = 1.0},
        {.code = "c", .label = "C", .value = 1.3},
    };
    static const double breaks[] = {0.9, 1.1};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    at.job.class_count = 3;
    at.job.palette = "vik";
    CHECK(map_run(&at));
    CHECK_INT(pattern_of(at.scene, "main-a"), PATTERN_NONE);
    CHECK_INT(pattern_of(at.scene, "main-b"), PATTERN_NONE);
    CHECK_INT(pattern_of(at.scene, "main-c"), PATTERN_DOTS);
    at.job.palette = "blues";
    CHECK(map_run(&at));
    CHECK_INT(pattern_of(at.scene, "main-c"), PATTERN_NONE);
    map_end(&at);
}

TEST(what_is_no_probability_is_refused)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 95}};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_PROBABILITY;
    at.job.class_count = 0;
    at.job.palette = "vik";
    refuse(&at, "'a': a probability is a number of 0 to 1");
    map_end(&at);
}

TEST(limits_that_need_more_digits_have_them_and_it_is_said)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 84.96},
        {.code = "b", .label = "B", .value = 85.04},
        {.code = "c", .label = "C", .value = 90},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    static const double breaks[] = {85};
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "moins de 85,00\u00a0(1)"));
    CHECK(says(at.scene, "85,00 et plus\u00a0(2)"));
    CHECK(says(at.scene, "Limites avec 2 décimales"));
    map_end(&at);
    at = map_begin(values + 1, 2);
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "85,0 et plus\u00a0(2)"));
    CHECK(!says(at.scene, "décimales"));
    map_end(&at);
}

/* Whatever the kind, a hidden value leaves no trace in the picture. */
TEST(a_hidden_value_changes_no_kind_of_map)
{
    static const enum map_kind kinds[] = {MAP_CHOROPLETH, MAP_SIGNIFICANCE,
                                          MAP_BIVARIATE, MAP_CIRCLES,
                                          MAP_TILES};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        const char *dumps[2];
        struct map_case at[2];
        for (int turn = 0; turn < 2; turn++) {
            struct map_value values[] = {
                {.code = "a",
                 .label = "A",
                 .value = 3,
                 .has_interval = true,
                 .lower = 2,
                 .upper = 4},
                {.code = "b",
                 .label = "B",
                 .value = 9,
                 .has_interval = true,
                 .lower = 7,
                 .upper = 12},
                {.code = "c",
                 .label = "C",
                 .availability = CONFIDENTIAL,
                 .value = turn ? 987654 : 0,
                 .has_interval = turn > 0,
                 .lower = turn,
                 .upper = turn * 1e6},
            };
            at[turn] = map_begin(values, COUNT_OF(values));
            at[turn].job.kind = kinds[k];
            at[turn].job.histogram =
                kinds[k] == MAP_CHOROPLETH || kinds[k] == MAP_TILES;
            at[turn].job.reference = 5;
            if (kinds[k] == MAP_SIGNIFICANCE)
                at[turn].job.palette = "vik";
            CHECK(map_run(&at[turn]));
            struct text out = text_new(at[turn].arena);
            scene_dump(at[turn].scene, &out);
            dumps[turn] = out.at;
        }
        CHECK_TEXT(dumps[0], dumps[1]);
        map_end(&at[0]);
        map_end(&at[1]);
    }
}

RUN(CASE(limits_of_probability_are_those_of_every_map),
    CASE(circles_explain_brackets_only_where_there_are_some),
    CASE(a_map_without_title_and_unit_has_whole_sentences),
    CASE(factors_are_of_ratios), CASE(probabilities_may_be_in_percent),
    CASE(classes_above_the_middle_of_two_arms_have_dots),
    CASE(probabilities_have_classes_in_words),
    CASE(what_is_no_probability_is_refused),
    CASE(limits_that_need_more_digits_have_them_and_it_is_said),
    CASE(significance_is_read_from_the_intervals),
    CASE(under_and_over_differ_for_every_vision_and_in_grey),
    CASE(a_value_without_interval_is_refused_where_one_is_needed),
    CASE(a_less_certain_value_of_a_class_is_striped),
    CASE(the_area_of_a_circle_is_proportional_to_its_count),
    CASE(circles_of_negative_numbers_are_refused),
    CASE(classes_around_a_reference_have_it_as_break),
    CASE(a_hidden_value_changes_no_kind_of_map))
