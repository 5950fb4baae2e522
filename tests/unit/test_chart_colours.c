/* SPDX-License-Identifier: EUPL-1.2 */
/* The colours of series: contrast on white (WCAG 2), and the distance between
 * any two of them for normal and for deficient colour vision. */
#include "check.h"

#include "chart/chart_impl.h"
#include "colour_vision.h"

TEST(the_measure_gives_known_contrasts)
{
    CHECK_NEAR(contrast(0x000000, 0xffffff), 21, 1e-9);
    CHECK_NEAR(contrast(0x767676, 0xffffff), 4.54, 0.002);
    CHECK_NEAR(distance(0x000000, 0xffffff, 0), 100, 0.001);
}

/* Whether a chart may have both: two sexes, or two others, or two of one
 * order. */
static bool meet(size_t a, size_t b)
{
    return (a < CHART_SEXES) == (b < CHART_SEXES) && a < CHART_APART &&
           b < CHART_APART;
}

TEST(every_colour_of_text_has_contrast_4_5_on_white)
{
    for (size_t s = 0; s < CHART_LOOKS; s++) {
        CHECK(contrast(chart_text_colour(s), 0xffffff) >= 4.5);
        CHECK(contrast(chart_colour(s), 0xffffff) >= 3);
    }
    CHECK(contrast(CHART_SOFT_INK, 0xffffff) >= 4.5);
    CHECK(contrast(CHART_AXIS, 0xffffff) >= 3);
}

TEST(any_two_series_differ_for_every_kind_of_vision)
{
    for (size_t a = 0; a < CHART_LOOKS; a++) {
        for (size_t b = 0; b < a; b++) {
            for (int kind = 0; meet(a, b) && kind < VISIONS; kind++)
                CHECK(distance(chart_colour(a), chart_colour(b), kind) > 25);
        }
    }
}

TEST(any_two_series_differ_on_dark_paper_too)
{
    const uint32_t dark_paper = 0x161625;
    for (size_t a = 0; a < CHART_LOOKS; a++) {
        uint32_t colour = palette_dark(chart_colour(a));
        CHECK(contrast(colour, dark_paper) >= 3);
        CHECK(contrast(palette_dark(chart_text_colour(a)), dark_paper) >= 4.5);
        for (size_t b = 0; b < a; b++) {
            for (int kind = 0; meet(a, b) && kind < VISIONS; kind++)
                CHECK(distance(colour, palette_dark(chart_colour(b)), kind) >
                      25);
        }
    }
}

/* Angle between the hues of two colours, in degrees. */
static double hues_apart(uint32_t a, uint32_t b)
{
    double la[3], lb[3];
    seen(a, 0, la);
    seen(b, 0, lb);
    double turn = 2 * acos(-1);
    return fabs(remainder(atan2(la[2], la[1]) - atan2(lb[2], lb[1]), turn)) *
           360 / turn;
}

TEST(what_is_no_sex_has_the_hue_of_neither)
{
    for (size_t look = CHART_SEXES; look < CHART_LOOKS; look++) {
        bool grey = look == CHART_APART;
        for (size_t sex = 0; sex < 2; sex++) {
            CHECK(grey ||
                  hues_apart(chart_colour(look), chart_colour(sex)) > 25);
            CHECK(distance(chart_colour(look), chart_colour(sex), 0) > 25);
        }
    }
}

/* A grey print keeps the order, and so does every kind of vision. */
static void check_order(const uint32_t *colours, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        CHECK(lightness(colours[i]) < lightness(colours[i - 1]) - 7);
        for (int kind = 0; kind < VISIONS; kind++)
            CHECK(distance(colours[i - 1], colours[i], kind) > 8);
    }
}

TEST(series_in_order_go_from_light_to_dark)
{
    for (size_t count = 1; count <= CHART_SERIES_MOST; count++) {
        uint32_t lines[CHART_SERIES_MOST], bars[CHART_SERIES_MOST];
        for (size_t i = 0; i < count; i++) {
            struct scene_paint bar = chart_bar_paint(chart_ordered(count, i));
            lines[i] = chart_colour(chart_ordered(count, i));
            bars[i] = bar.fill;
            CHECK(contrast(bar.fill, CHART_INK) >= 3); /* a whisker */
        }
        check_order(lines, count);
        check_order(bars, count);
    }
}

/* On dark paper what contrasts less comes first, as on white. */
TEST(series_in_order_rise_from_dark_paper)
{
    for (size_t count = 2; count <= CHART_SERIES_MOST; count++) {
        for (size_t i = 1; i < count; i++) {
            uint32_t before =
                palette_dark(chart_colour(chart_ordered(count, i - 1)));
            uint32_t after =
                palette_dark(chart_colour(chart_ordered(count, i)));
            CHECK(lightness(after) > lightness(before) + 5);
        }
    }
}

TEST(each_place_of_each_order_has_a_look)
{
    bool seen[CHART_LOOKS] = {false};
    for (size_t count = 1; count <= CHART_SERIES_MOST; count++) {
        for (size_t i = 0; i < count; i++) {
            size_t look = chart_ordered(count, i);
            CHECK(look > CHART_APART && look < CHART_LOOKS && !seen[look]);
            seen[look] = true;
        }
    }
}

TEST(the_bars_of_neighbouring_series_differ_without_colour)
{
    for (size_t s = 1; s <= CHART_APART; s++)
        CHECK(s == CHART_SEXES ||
              chart_bar_paint(s).pattern != chart_bar_paint(s - 1).pattern);
    for (size_t i = 1; i < CHART_SERIES_MOST; i++)
        CHECK(chart_bar_paint(chart_ordered(CHART_SERIES_MOST, i)).pattern !=
              chart_bar_paint(chart_ordered(CHART_SERIES_MOST, i - 1)).pattern);
}

RUN(CASE(the_measure_gives_known_contrasts),
    CASE(every_colour_of_text_has_contrast_4_5_on_white),
    CASE(any_two_series_differ_for_every_kind_of_vision),
    CASE(any_two_series_differ_on_dark_paper_too),
    CASE(what_is_no_sex_has_the_hue_of_neither),
    CASE(series_in_order_go_from_light_to_dark),
    CASE(series_in_order_rise_from_dark_paper),
    CASE(each_place_of_each_order_has_a_look),
    CASE(the_bars_of_neighbouring_series_differ_without_colour))
