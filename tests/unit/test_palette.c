/* SPDX-License-Identifier: EUPL-1.2 */
/* Palettes of classes: neighbours differ for every kind of colour vision and in
 * grey, text on them can be read, and missing values have patterns of their
 * own. */
#include "check.h"

#include <math.h>

#include "chart/chart_impl.h"
#include "colour_vision.h"

static const char *const sequential[] = {"blues", "greens", "purples",
                                         "oranges", "cividis"};
static const char *const diverging[] = {"vik", "puor", "brbg", "bgbr"};

static void check_neighbours(const char *name, double least, double grey)
{
    for (size_t classes = 2; classes <= PALETTE_MOST; classes++) {
        uint32_t colours[PALETTE_MOST];
        CHECK(palette_colours(name, classes, colours));
        for (size_t i = 1; i < classes; i++) {
            for (int kind = 0; kind < VISIONS; kind++)
                CHECK(distance(colours[i - 1], colours[i], kind) >= least);
            CHECK(fabs(lightness(colours[i - 1]) - lightness(colours[i])) >=
                  grey);
        }
    }
}

TEST(neighbours_of_a_sequence_differ_for_every_vision_and_in_grey)
{
    for (size_t p = 0; p < COUNT_OF(sequential); p++)
        check_neighbours(sequential[p], 7, 5);
}

/* Lightness falls from class to class: a grey print keeps the order. */
TEST(a_sequence_darkens)
{
    for (size_t p = 0; p < COUNT_OF(sequential); p++) {
        uint32_t colours[PALETTE_MOST];
        CHECK(palette_colours(sequential[p], PALETTE_MOST, colours));
        for (size_t i = 1; i < PALETTE_MOST; i++)
            CHECK(lightness(colours[i]) < lightness(colours[i - 1]));
    }
}

/* In grey the two arms of a diverging scheme look alike, so each arm darkens
 * outwards and its map says the side in words; colours tell the arms apart. */
TEST(a_diverging_scheme_has_two_arms)
{
    for (size_t p = 0; p < COUNT_OF(diverging); p++) {
        CHECK(palette_diverges(diverging[p]));
        for (size_t classes = 4; classes <= 6; classes += 2) {
            uint32_t colours[PALETTE_MOST];
            CHECK(palette_colours(diverging[p], classes, colours));
            size_t half = classes / 2;
            for (size_t i = 1; i < half; i++) {
                CHECK(lightness(colours[i]) > lightness(colours[i - 1]) + 5);
                CHECK(lightness(colours[half + i]) <
                      lightness(colours[half + i - 1]) - 5);
            }
            for (size_t i = 1; i < classes; i++) {
                for (int kind = 0; kind < VISIONS; kind++)
                    CHECK(distance(colours[i - 1], colours[i], kind) >= 7);
            }
        }
    }
    CHECK(!palette_diverges("blues"));
}

/* Where a map tells under from over, a reader is not to see men and women. */
TEST(the_usual_diverging_scheme_has_the_colour_of_no_sex)
{
    CHECK(palette_diverges(palette_usual(true)));
    CHECK(!palette_diverges(palette_usual(false)));
    for (size_t classes = 2; classes <= PALETTE_MOST; classes++) {
        uint32_t colours[PALETTE_MOST];
        CHECK(palette_colours(palette_usual(true), classes, colours));
        for (size_t i = 0; i < classes; i++) {
            CHECK(distance(colours[i], chart_colour(0), 0) > 30);
            CHECK(distance(colours[i], chart_colour(1), 0) > 30);
        }
        for (size_t i = 1; i < classes; i++) {
            for (int kind = 0; kind < VISIONS; kind++)
                CHECK(distance(colours[i - 1], colours[i], kind) >= 7);
        }
    }
}

TEST(text_on_every_class_has_contrast_4_5)
{
    for (size_t p = 0; p < COUNT_OF(sequential) + COUNT_OF(diverging); p++) {
        const char *name = p < COUNT_OF(sequential)
                               ? sequential[p]
                               : diverging[p - COUNT_OF(sequential)];
        for (size_t classes = 1; classes <= PALETTE_MOST; classes++) {
            uint32_t colours[PALETTE_MOST];
            CHECK(palette_colours(name, classes, colours));
            for (size_t i = 0; i < classes; i++)
                CHECK(contrast(colours[i], palette_ink_on(colours[i])) >= 4.5);
        }
    }
}

/* Paper of pages and pictures on a dark screen. */
TEST(on_dark_paper_a_colour_has_the_contrast_that_it_has_on_white)
{
    const uint32_t dark_paper = 0x161625;
    static const uint32_t inks[] = {0x1A1A1A, 0x222222, 0x444444, 0x555555,
                                    0x4D4D4D, 0x6B6B6B, 0x767676, 0x8C8C8C,
                                    0xA8A8A8, 0xD9D9D9, 0xEFEEEA, 0x1565A8,
                                    0xB24A20, 0x303050, 0x7010D0, 0x906868};
    for (size_t i = 0; i < COUNT_OF(inks); i++) {
        double light = contrast(inks[i], 0xFFFFFF);
        double dark = contrast(palette_dark(inks[i]), dark_paper);
        CHECK(fabs(dark / light - 1) < 0.03 || (light > 17 && dark > 17));
    }
    CHECK_INT(palette_dark(0xFFFFFF), dark_paper);
    CHECK_INT(palette_dark(0x000000), 0xFFFFFF);
}

TEST(an_unknown_palette_is_none)
{
    uint32_t colours[PALETTE_MOST];
    CHECK(!palette_colours("rainbow", 5, colours));
    for (size_t p = 0; p < COUNT_OF(sequential); p++)
        CHECK(strstr(palette_names(), sequential[p]) != NULL);
    for (size_t p = 0; p < COUNT_OF(diverging); p++)
        CHECK(strstr(palette_names(), diverging[p]) != NULL);
}

/* A hatch is a graphic object: 3:1 on its own fill (WCAG 2.2, 1.4.11), so that
 * it needs no help from the page around. */
TEST(patterns_stand_out_from_their_fill)
{
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        struct scene_paint paint = palette_missing((enum availability)a);
        CHECK(contrast(paint.fill, paint.ink) >= 3);
    }
}

/* No two reasons share pattern and fill; none is a plain tint or white. */
TEST(missing_values_have_patterns_of_their_own)
{
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        struct scene_paint one = palette_missing((enum availability)a);
        CHECK(one.pattern != PATTERN_NONE && one.fill != 0xFFFFFF);
        for (int b = AVAILABLE + 1; b < a; b++) {
            struct scene_paint other = palette_missing((enum availability)b);
            CHECK(one.pattern != other.pattern ||
                  fabs(lightness(one.fill) - lightness(other.fill)) > 20);
            CHECK(!text_same(one.css, other.css));
        }
    }
}

RUN(CASE(neighbours_of_a_sequence_differ_for_every_vision_and_in_grey),
    CASE(a_sequence_darkens), CASE(a_diverging_scheme_has_two_arms),
    CASE(the_usual_diverging_scheme_has_the_colour_of_no_sex),
    CASE(text_on_every_class_has_contrast_4_5),
    CASE(on_dark_paper_a_colour_has_the_contrast_that_it_has_on_white),
    CASE(an_unknown_palette_is_none), CASE(patterns_stand_out_from_their_fill),
    CASE(missing_values_have_patterns_of_their_own))
