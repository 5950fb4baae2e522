/* SPDX-License-Identifier: EUPL-1.2 */
/* What a map says and shows, beyond its picture. */
#include "map/map_impl.h"
#include "map_fixture.h"

/* Title of the group of one area, "" when it is not drawn. */
static const char *title_of(const struct scene *scene, const char *id)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->id, id))
            return item->title;
    }
    return "";
}

TEST(each_area_is_a_group_that_names_its_place_and_value)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 354.9},
        {.code = "b", .label = "b", .availability = CONFIDENTIAL},
        {.code = "c", .label = "Gamma", .value = 1, .flags = FLAG_CAUTION},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK_TEXT(title_of(at.scene, "main-a"), "Alpha (a)\u00a0: 354,9");
    CHECK_TEXT(title_of(at.scene, "main-b"),
               "Bêta (b)\u00a0: secret statistique");
    CHECK_TEXT(title_of(at.scene, "main-c"),
               "Gamma (c)\u00a0: 1,0 (à interpréter avec prudence)");
    CHECK_TEXT(title_of(at.scene, "d-d"), "Delta (d)\u00a0: non disponible");
    map_end(&at);
}

TEST(an_area_without_a_name_is_its_code_said_once)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "", .value = 354.9},
    };
    static const struct geo_area areas[] = {
        {"a", "a", 0, &fixture_rings[0], 1},
        {"b", "b", 0, &fixture_rings[1], 1},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    struct geo_level nameless = fixture_level;
    nameless.areas = areas;
    nameless.area_count = COUNT_OF(areas);
    at.job.geo = &nameless;
    CHECK(map_run(&at));
    CHECK_TEXT(title_of(at.scene, "main-a"), "a\u00a0: 354,9");
    CHECK_TEXT(title_of(at.scene, "main-b"), "b\u00a0: non disponible");
    map_end(&at);
}

TEST(the_legend_counts_the_territories_of_each_class_and_status)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 80.2},
        {.code = "b", .label = "B", .value = 91.7},
        {.code = "c", .label = "C", .value = 95.1},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK(says(at.scene, "de 80,2 à 94,9\u00a0(2)"));
    CHECK(says(at.scene, "de 95,0 à 95,1\u00a0(1)"));
    CHECK(says(at.scene, "non disponible\u00a0(1)"));
    CHECK(says(at.scene, "Valeur non publiée"));
    CHECK(!says(at.scene, "secret statistique"));
    map_end(&at);
}

TEST(fixed_classes_are_open_at_both_ends_and_keep_empty_classes)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "A", .value = 80.2},
        {.code = "b", .label = "B", .value = 100},
    };
    static const double breaks[] = {85, 90, 100};
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.method = CLASSES_FIXED;
    at.job.class_count = 4;
    at.job.breaks = breaks;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "moins de 85,0\u00a0(1)"));
    CHECK(says(at.scene, "de 85,0 à 89,9\u00a0(0)"));
    CHECK(says(at.scene, "de 90,0 à 99,9\u00a0(0)"));
    CHECK(says(at.scene, "100,0 et plus\u00a0(1)"));
    map_end(&at);
}

TEST(a_code_without_outline_is_named_and_not_counted)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 1, .flags = FLAG_REVISED},
        {.code = "x", .label = "Xanadu", .value = 9, .flags = FLAG_ESTIMATED},
        {.code = "y", .label = "Ys", .availability = CONFIDENTIAL},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.histogram = true;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "Sans contour sur la carte\u00a0: Xanadu, Ys."));
    const char *words = scene_description(at.scene);
    CHECK(strstr(words, "Xanadu, Ys.") != NULL);
    CHECK(strstr(words, "Xanadu (x)") == NULL); /* no extreme */
    CHECK(strstr(words, "Secret") == NULL);
    CHECK(!strstr(scene_alt(at.scene), "9,0"));
    CHECK(says(at.scene, "4,9\u00a0(1)"));
    CHECK(says(at.scene, "5,0 et plus\u00a0(0)"));
    CHECK(!says(at.scene, "9,0"));
    CHECK(!says(at.scene, "secret statistique"));
    CHECK(!says(at.scene, "provisoire"));
    map_end(&at);
}

TEST(codes_that_are_all_without_outline_leave_an_empty_map)
{
    static const struct map_value values[] = {
        {.code = "x", .label = "Xanadu", .value = 9},
        {.code = "y", .label = "Ys", .value = 4},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.histogram = true;
    CHECK(map_run(&at));
    CHECK(strstr(scene_alt(at.scene), "Aucune valeur n’est publiée"));
    CHECK(says(at.scene, "non disponible\u00a0(4)"));
    map_end(&at);
}

TEST(an_alias_fills_its_members_as_one_area_without_inner_border)
{
    static const char *members[] = {"a", "b"};
    static const struct geo_alias aliases[] = {{"elsewhere", "z", members, 2},
                                               {"square", "ab", members, 2}};
    static const struct map_value values[] = {
        {.code = "ab", .label = "Les deux", .value = 5},
        {.code = "c", .label = "Gamma", .value = 7},
        {.code = "d", .label = "Delta", .value = 9},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.aliases = aliases;
    at.job.alias_count = 2;
    CHECK(map_run(&at));
    CHECK_TEXT(title_of(at.scene, "main-a"), "Les deux (ab)\u00a0: 5,0");
    CHECK_TEXT(title_of(at.scene, "main-b"), "");
    CHECK_INT(count_css(at.scene, "border-2"), 0); /* a|b was the only one */
    CHECK_INT(count_css(at.scene, "border-1"), 1);
    CHECK(!says(at.scene, "Sans contour"));
    map_end(&at);
}

TEST(areas_outside_the_subject_are_pale_and_not_in_the_legend)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 1},
        {.code = "b", .label = "Bêta", .value = 2},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.context_rest = true;
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "s-o"), 2);
    CHECK_INT(count_css(at.scene, "s-x"), 0);
    CHECK(!says(at.scene, "non disponible"));
    CHECK_TEXT(title_of(at.scene, "main-c"),
               "Gamma (c)\u00a0: hors du champ de la carte");
    map_end(&at);
}

TEST(the_same_value_everywhere_is_said_once)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 4},
        {.code = "b", .label = "Beta", .value = 4},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK(strstr(scene_alt(at.scene),
                 "La même valeur partout\u00a0: 4,0, 2 territoires."));
    map_end(&at);
}

TEST(a_map_without_any_value_still_has_its_areas_and_legend)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .availability = CONFIDENTIAL},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "s-c"), 2); /* the area and its swatch */
    CHECK_INT(count_css(at.scene, "s-x"), 4);
    CHECK(says(at.scene, "secret statistique\u00a0(1)"));
    CHECK(strstr(scene_alt(at.scene), "Aucune valeur n’est publiée."));
    map_end(&at);
}

TEST(a_map_of_nothing_at_all_is_drawn)
{
    struct map_case at = map_begin(NULL, 0);
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "s-x"), 5);
    map_end(&at);
}

TEST(a_true_zero_has_its_own_class_only_beside_other_values)
{
    static const struct map_value mixed[] = {
        {.code = "a", .label = "Alpha", .value = 0},
        {.code = "b", .label = "Bêta", .value = 3},
    };
    static const struct map_value zeros[] = {
        {.code = "a", .label = "Alpha", .value = 0},
        {.code = "b", .label = "Bêta", .value = 0},
    };
    static const struct map_value signed_values[] = {
        {.code = "a", .label = "Alpha", .value = 0},
        {.code = "b", .label = "Bêta", .value = -3},
    };
    struct map_case at = map_begin(mixed, 2);
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "c-0"), 2);
    CHECK(says(at.scene, "valeur nulle\u00a0(1)"));
    at.job.values = zeros;
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "c-0"), 0);
    CHECK(says(at.scene, "0,0\u00a0(2)"));
    at.job.values = signed_values;
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "c-0"), 0);
    map_end(&at);
}

TEST(provisional_values_are_outlined_unless_all_are)
{
    static const struct map_value some[] = {
        {.code = "a", .label = "Alpha", .value = 1, .flags = FLAG_ESTIMATED},
        {.code = "b", .label = "Bêta", .value = 3},
    };
    static const struct map_value all[] = {
        {.code = "a", .label = "Alpha", .value = 1, .flags = FLAG_ESTIMATED},
        {.code = "b", .label = "Bêta", .value = 3, .flags = FLAG_PROJECTED},
    };
    struct map_case at = map_begin(some, 2);
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "dashed"), 1);
    CHECK_INT(count_css(at.scene, "dashed-halo"), 1);
    CHECK(says(at.scene, "provisoire, estimé ou projeté\u00a0(1)"));
    CHECK(strstr(scene_description(at.scene),
                 " Provisoire, estimé ou projeté\u00a0: Alpha."));
    at.job.values = all;
    CHECK(map_run(&at));
    CHECK_INT(count_css(at.scene, "dashed"), 0);
    CHECK(!strstr(scene_description(at.scene), "Alpha."));
    CHECK(says(at.scene, "Toutes les valeurs sont provisoires"));
    map_end(&at);
}

TEST(alternative_texts_come_from_the_data)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.2},
        {.code = "b", .label = "Bêta", .value = 91.7},
        {.code = "c", .label = "Gamma", .value = 120},
        {.code = "d", .label = "Delta", .availability = CONFIDENTIAL},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK_TEXT(scene_alt(at.scene),
               "Carte\u00a0: Incidence. De 80,2 (Alpha) à 120,0 (Gamma), "
               "3 territoires. Sans valeur publiée\u00a0: secret statistique "
               "(1).");
    CHECK_TEXT(scene_description(at.scene),
               "Unité\u00a0: Taux pour 100\u202f000. Classes\u00a0: de "
               "80,2 à 99,9\u00a0: 2\u202f; de 100,0 à 120,0\u00a0: 1. "
               "Valeurs les plus élevées\u00a0: Gamma (c)\u00a0: "
               "120,0. Valeurs les plus basses\u00a0: Alpha (a)\u00a0: "
               "80,2. Secret statistique\u00a0: Delta.");
    at.job.lang = LANG_EN;
    CHECK(map_run(&at));
    CHECK_TEXT(scene_alt(at.scene),
               "Map: Incidence. From 80.2 (Alpha) to 120.0 (Gamma), 3 "
               "territories. Without value: confidential (1).");
    /* the document prints the title: the drawing is bare, its words are not */
    at.job.title = "";
    at.job.subject = "Mortality";
    CHECK(map_run(&at));
    CHECK(text_starts(scene_alt(at.scene), "Map: Mortality. From 80.2"));
    CHECK(strstr(scene_description(at.scene), "Unit: "));
    CHECK(!says(at.scene, "Mortality"));
    at.job.lang = LANG_FR;
    at.job.title = "Incidence";
    at.job.subject = "";
    at.job.value_count = 1;
    CHECK(map_run(&at));
    CHECK(strstr(scene_alt(at.scene),
                 "Incidence. Une seule valeur\u00a0: 80,2 (Alpha). "));
    map_end(&at);
}

/* A hundred départements at 100 per cent: the one that comes first in the list
 * is not the highest of them. */
TEST(of_equal_extremes_all_are_named_or_none)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.04},
        {.code = "b", .label = "Bêta", .value = 100},
        {.code = "c", .label = "Gamma", .value = 100},
        {.code = "d", .label = "Delta", .value = 100.04},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK(!strstr(scene_description(at.scene), "Valeurs les plus élevées"));
    CHECK(strstr(scene_description(at.scene),
                 "Valeurs les plus basses\u00a0: Alpha (a)\u00a0: 80,0."));
    map_end(&at);
}

static void refuse(struct map_case *at, const char *want)
{
    at->err = (struct err){0};
    CHECK(!map_run(at));
    CHECK_INT(at->err.code, ERR_SCRIPT);
    CHECK_TEXT(at->err.text, want);
}

TEST(a_job_that_makes_no_sense_is_refused_by_name)
{
    static const struct map_value twice[] = {
        {.code = "a", .label = "", .value = 1},
        {.code = "b", .label = "", .value = 2},
        {.code = "a", .label = "", .value = 3},
    };
    static const double breaks[] = {5, 5};
    struct map_case at = map_begin(twice, 3);
    refuse(&at, "map: code 'a' is given twice");
    at.job.value_count = 2;
    at.job.palette = "rainbow";
    refuse(&at, "map: no palette 'rainbow'; expected blues, greens, purples, "
                "oranges, cividis, vik, puor, brbg or bgbr");
    at.job.palette = "greens";
    at.job.class_count = 8;
    refuse(&at, "map: 8 classes, expected 2 to 7");
    at.job.class_count = 3;
    at.job.method = CLASSES_FIXED;
    at.job.breaks = breaks;
    refuse(&at, "map: breaks must be finite and rising");
    at.job.method = CLASSES_EQUAL;
    at.job.height_pt = 40;
    refuse(&at, "map: 300 x 40 pt is too small");
    map_end(&at);
}

/* --- fills --------------------------------------------------------------- */

static double lightness(uint32_t colour)
{
    return 0.2126 * (colour >> 16 & 0xFF) + 0.7152 * (colour >> 8 & 0xFF) +
           0.0722 * (colour & 0xFF);
}

TEST(palettes_darken_evenly_and_their_lightest_colour_is_not_paper)
{
    static const char *const names[] = {"blues", "greens", "purples",
                                        "oranges"};
    for (size_t p = 0; p < COUNT_OF(names); p++) {
        for (size_t classes = 1; classes <= MAP_CLASSES_MOST; classes++) {
            uint32_t colours[MAP_CLASSES_MOST];
            CHECK(palette_colours(names[p], classes, colours));
            CHECK(lightness(colours[0]) < 225);
            for (size_t i = 1; i < classes; i++)
                CHECK(lightness(colours[i - 1]) - lightness(colours[i]) > 8);
        }
    }
}

TEST(each_missing_status_has_a_pattern_or_ink_of_its_own_and_is_not_white)
{
    static const enum availability statuses[] = {
        CONFIDENTIAL, UNRELIABLE, NOT_APPLICABLE, NOT_AVAILABLE, NOT_COVERED};
    struct scene_paint paints[COUNT_OF(statuses)];
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        paints[i] = map_look_paint(
            NULL, (struct map_look){LOOK_MISSING, 0, statuses[i], 0});
        CHECK(paints[i].filled && paints[i].fill != 0xFFFFFF);
        CHECK(paints[i].pattern != PATTERN_NONE);
        for (size_t k = 0; k < i; k++) {
            bool same_ink = paints[i].ink == paints[k].ink;
            CHECK(paints[i].pattern != paints[k].pattern || !same_ink);
            CHECK(!text_same(paints[i].css, paints[k].css));
        }
    }
    CHECK_INT(paints[0].pattern, PATTERN_DENSE);
    CHECK_INT(paints[1].pattern, PATTERN_LIGHT);
    CHECK_INT(paints[4].pattern, PATTERN_DOTS);
}

/* What has no value has no place either: classes, colours and texts are the
 * same whatever number such an area still holds. */
static const enum availability without[] = {
    CONFIDENTIAL, UNRELIABLE, NOT_APPLICABLE, NOT_AVAILABLE, NOT_COVERED,
};
static const double numbers[] = {3.0, 97.4, 123456.7};

static void check_map(enum class_method method, enum availability status,
                      double number)
{
    static const double breaks[] = {25.0};
    struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 10.5},
        {.code = "b", .label = "Bêta", .availability = status},
        {.code = "c", .label = "Gamma", .value = 30.5},
        {.code = "d", .label = "Delta", .value = 50.5},
    };
    char *dump[2];
    struct map_case maps[2];
    for (size_t m = 0; m < 2; m++) {
        values[1].value = m == 0 ? 0.0 : number;
        maps[m] = map_begin(values, COUNT_OF(values));
        maps[m].job.method = method;
        maps[m].job.breaks = method == CLASSES_FIXED ? breaks : NULL;
        if (!map_run(&maps[m]))
            fail_msg("%s", maps[m].err.text);
        struct text out = text_new(maps[m].arena);
        scene_dump(maps[m].scene, &out);
        dump[m] = out.at;
    }
    CHECK_TEXT(dump[1], dump[0]);
    map_end(&maps[0]);
    map_end(&maps[1]);
}

TEST(a_map_is_the_same_whatever_an_area_without_value_holds)
{
    static const enum class_method methods[] = {CLASSES_QUANTILE, CLASSES_EQUAL,
                                                CLASSES_FIXED};
    for (size_t m = 0; m < COUNT_OF(methods); m++) {
        for (size_t w = 0; w < COUNT_OF(without); w++) {
            for (size_t n = 0; n < COUNT_OF(numbers); n++)
                check_map(methods[m], without[w], numbers[n]);
        }
    }
}

TEST(a_coarsened_value_is_said_with_the_digits_that_are_known)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 80.2},
        {.code = "b", .label = "Bêta", .value = 91.7},
        {.code = "c", .label = "Gamma", .value = 120, .coarser = 1},
        {.code = "d", .label = "Delta", .value = 99.1},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    CHECK(map_run(&at));
    CHECK_TEXT(scene_alt(at.scene), "Carte\u00a0: Incidence. De 80,2 (Alpha) à "
                                    "120 (Gamma), 4 territoires.");
    CHECK(strstr(scene_description(at.scene), "Gamma (c)\u00a0: 120\u202f;") !=
          NULL);
    CHECK_TEXT(title_of(at.scene, "main-c"), "Gamma (c)\u00a0: 120");
    map_end(&at);
}

RUN(CASE(each_area_is_a_group_that_names_its_place_and_value),
    CASE(an_area_without_a_name_is_its_code_said_once),
    CASE(the_legend_counts_the_territories_of_each_class_and_status),
    CASE(fixed_classes_are_open_at_both_ends_and_keep_empty_classes),
    CASE(a_code_without_outline_is_named_and_not_counted),
    CASE(codes_that_are_all_without_outline_leave_an_empty_map),
    CASE(an_alias_fills_its_members_as_one_area_without_inner_border),
    CASE(areas_outside_the_subject_are_pale_and_not_in_the_legend),
    CASE(the_same_value_everywhere_is_said_once),
    CASE(a_map_without_any_value_still_has_its_areas_and_legend),
    CASE(a_map_of_nothing_at_all_is_drawn),
    CASE(a_true_zero_has_its_own_class_only_beside_other_values),
    CASE(provisional_values_are_outlined_unless_all_are),
    CASE(alternative_texts_come_from_the_data),
    CASE(of_equal_extremes_all_are_named_or_none),
    CASE(a_job_that_makes_no_sense_is_refused_by_name),
    CASE(palettes_darken_evenly_and_their_lightest_colour_is_not_paper),
    CASE(each_missing_status_has_a_pattern_or_ink_of_its_own_and_is_not_white),
    CASE(a_map_is_the_same_whatever_an_area_without_value_holds),
    CASE(a_coarsened_value_is_said_with_the_digits_that_are_known))
