/* SPDX-License-Identifier: EUPL-1.2 */
/* The SVG writer, byte for byte on small scenes. */
#include "check.h"

#include "device/device.h"

static struct arena *arena;
static struct fonts *fonts;

static struct scene *start(void)
{
    struct err err = {0};
    arena = arena_new();
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    return scene_new(arena, 100, 50, "Taux < 5 & plus", "");
}

static const char *play(const struct scene *scene, bool standalone,
                        const char *prefix)
{
    struct text out = text_new(arena);
    device_svg(scene, fonts, standalone, prefix, &out);
    return out.at;
}

static void finish(void)
{
    fonts_close(fonts);
    arena_free(arena);
}

static void check_holds(const char *svg, const char *piece)
{
    if (!strstr(svg, piece)) {
        print_error("no\n    %s\nin\n%s\n", piece, svg);
        _fail(__FILE__, __LINE__);
    }
}

#define ROOT(prefix)                                                           \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"133.333\" "             \
    "height=\"66.6667\" viewBox=\"0 0 1000 500\" role=\"img\" "                \
    "aria-labelledby=\"" prefix                                                \
    "_title\" font-family=\"Roboto, Arial, sans-serif\" "                      \
    "style=\"font-variant-ligatures:none\" "                                   \
    "fill-rule=\"evenodd\" stroke-linejoin=\"round\">\n"                       \
    "<title id=\"" prefix "_title\">Taux &lt; 5 &amp; plus</title>\n"

TEST(a_path_is_relative_integers_of_a_tenth_of_a_point)
{
    struct scene *scene = start();
    struct scene_paint paint = {.filled = true, .fill = 0x0072b2, .css = "c2"};
    scene_move(scene, 1, 2);
    scene_line(scene, 4, 2);      /* horizontal */
    scene_line(scene, 4, 1.5);    /* vertical, upwards */
    scene_line(scene, 4.01, 1.5); /* shorter than the grid */
    scene_line(scene, 2, 0);
    scene_line(scene, 3, 1.06);
    scene_curve(scene, 3, 2, 4, 2, 5, 3);
    scene_close(scene);
    scene_move(scene, 7, 7);
    scene_line(scene, 8, 8);
    scene_paint(scene, &paint);
    CHECK_TEXT(play(scene, true, "f"),
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" ROOT(
                   "f") "<style>\n"
                        ":root{--f_ffffff:#ffffff;--f_0072b2:#0072b2}\n"
                        "@media (prefers-color-scheme:dark){:root{"
                        "--f_ffffff:#161625;--f_0072b2:#3b93c4}}\n"
                        ".f_p0{fill:#0072b2;fill:var(--f_0072b2)}\n</style>\n"
                        "<path style=\"fill:#fff;fill:var(--f_ffffff)\" "
                        "d=\"M0 0h1000v500H0z\"/>\n"
                        "<path class=\"c2 f_p0\" d=\"M10 20h30v-5l-20-15 10 11"
                        "c0 9 10 9 20 19zm60 50l10 10\"/>\n</svg>\n");
    finish();
}

TEST(rounding_does_not_add_up_along_a_path)
{
    struct scene *scene = start();
    struct scene_paint paint = {.stroked = true, .width_pt = 0.35};
    scene_move(scene, 0, 0);
    for (int i = 1; i <= 100; i++)
        scene_line(scene, i * 0.34, i * 0.34);
    scene_paint(scene, &paint);
    const char *at = strstr(play(scene, false, "f"), "d=\"M0 0l");
    CHECK(at != NULL);
    long x = 0, steps = 0;
    for (at += 7; *at != '"'; steps++) {
        char *end;
        at += *at == 'l';
        x += strtol(at, &end, 10);
        strtol(end, &end, 10);
        at = end;
    }
    CHECK_INT(steps, 100);
    CHECK_INT(x, 340);
    finish();
}

TEST(equal_paints_are_one_rule_and_patterns_have_their_ground)
{
    struct scene *scene = start();
    struct scene_paint hatch = {.filled = true,
                                .fixed = true,
                                .fill = 0xededed,
                                .pattern = PATTERN_DENSE,
                                .ink = 0x5a5a5a,
                                .css = "s-c"};
    struct scene_paint line = {
        .stroked = true, .stroke = 0x222222, .width_pt = 0.5, .dash_pt = 3};
    struct scene_paint band = {
        .filled = true, .fill = 0x005ea8, .opacity = 0.16};
    scene_rectangle(scene, 0, 0, 10, 10, &hatch);
    scene_rectangle(scene, 20, 0, 10, 10, &hatch);
    scene_segment(scene, 0, 20, 30, 20, &line);
    scene_rectangle(scene, 0, 30, 10, 10, &band);
    CHECK_TEXT(
        play(scene, false, "x1"),
        ROOT("x1") "<style>\n:root{--x1_ffffff:#ffffff;"
                   "--x1_222222:#222222;--x1_005ea8:#005ea8}\n"
                   "@media (prefers-color-scheme:dark){:root{"
                   "--x1_ffffff:#161625;--x1_222222:#f2f2f2;"
                   "--x1_005ea8:#8ac0eb}}\n"
                   ".x1_p0{fill:url(#x1_h0)}\n"
                   ".x1_p1{fill:none;stroke:#222222;stroke:var(--x1_222222);"
                   "stroke-width:5;stroke-dasharray:30}\n"
                   ".x1_p2{fill:#005ea8;fill:var(--x1_005ea8);"
                   "fill-opacity:0.16}\n</style>\n"
                   "<defs>\n<pattern id=\"x1_h0\" width=\"60\" height=\"60\" "
                   "patternUnits=\"userSpaceOnUse\"><rect width=\"60\" "
                   "height=\"60\" "
                   "style=\"fill:#ededed\"/><path fill=\"none\" "
                   "style=\"stroke:#5a5a5a\" "
                   "stroke-width=\"8\" d=\"M-10 70 70-10M-10 40 40-10M20 70 70 "
                   "20\"/>"
                   "</pattern>\n</defs>\n"
                   "<path class=\"s-c x1_p0\" d=\"M0 0h100v100h-100z\"/>\n"
                   "<path class=\"s-c x1_p0\" d=\"M200 0h100v100h-100z\"/>\n"
                   "<path class=\"x1_p1\" d=\"M0 200h300\"/>\n"
                   "<path class=\"x1_p2\" d=\"M0 "
                   "300h100v100h-100z\"/>\n</svg>\n");
    finish();
}

TEST(texts_keep_anchor_font_and_turn)
{
    struct scene *scene = start();
    struct scene_text_style style = {.font = FONT_BOLD,
                                     .size_pt = 8.5,
                                     .anchor = ANCHOR_END,
                                     .colour = 0x123456,
                                     .angle_degrees = -90,
                                     .css = "tick"};
    scene_text(scene, 10, 20, "« 5 < 6 » can\u00adcer\u00ad", &style);
    const char *svg = play(scene, false, "f");
    check_holds(svg, ".f_t0{fill:#123456;fill:var(--f_123456);font-size:85px;"
                     "font-weight:bold;text-anchor:end}\n");
    check_holds(svg, "<text x=\"100\" y=\"200\" textLength=\"623\" "
                     "class=\"tick f_t0\" transform=\"rotate(-90 100 200)\">"
                     "« 5 &lt; 6 » cancer-</text>\n");
    finish();
}

/* What stands on a class keeps its colour, as the class does. */
TEST(classes_and_the_figures_on_them_are_the_same_on_dark_paper)
{
    struct scene *scene = start();
    struct scene_paint paint = {
        .filled = true, .fixed = true, .fill = 0x08306b};
    struct scene_text_style style = {.size_pt = 8, .colour = 0xffffff};
    scene_rectangle(scene, 0, 0, 10, 10, &paint);
    scene_text(scene, 1, 8, "12", &style);
    const char *svg = play(scene, false, "f");
    check_holds(svg, ".f_p0{fill:#08306b}\n");
    check_holds(svg, ".f_t0{fill:#ffffff;font-size:80px}\n");
    finish();
}

TEST(ids_are_names_whatever_the_code_is)
{
    struct scene *scene = start();
    struct scene_paint paint = {.filled = true};
    scene_group(scene, "area", "2A/01 é", "Corse-du-Sud & <x>");
    scene_rectangle(scene, 0, 0, 1, 1, &paint);
    scene_group_end(scene);
    scene_segment(scene, 0, 0, 1, 1, &paint);
    scene_group(scene, "panel", "é/", "A & b");
    scene_group_end(scene);
    const char *svg = play(scene, false, "f2");
    check_holds(svg, "<path class=\"area f2_p0\" d=\"M0 0h10v10h-10z\" "
                     "id=\"f2-2A-01---\"><title>Corse-du-Sud &amp; "
                     "&lt;x&gt;</title></path>\n");
    check_holds(svg, "<g class=\"panel\" id=\"f2----\"><title>A &amp; "
                     "b</title>\n</g>\n");
    finish();
}

enum { CROWD_WIDE = 40, CROWD_TALL = 30, CROWD = CROWD_WIDE * CROWD_TALL };

/* Squares, each with a line of its own: cells of 1.6 points, 8 places, of which
 * the first two have a small square only. */
static void set_square(int32_t *places, int cell)
{
    static const int32_t corners[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
    static const int32_t small[2][2] = {{0, 0}, {8, 1}};
    int row = cell / CROWD_WIDE, column = cell - row * CROWD_WIDE;
    for (int i = 0; i < 10; i++) {
        int32_t from = 8 * (i % 2 == 0 ? column : row);
        places[i] =
            cell < 2 ? small[cell][i % 2] + corners[i] : from + 8 * corners[i];
    }
}

/* A pattern on the last. */
static struct scene *make_crowd(double x_pt, double y_pt)
{
    static int32_t places[10 * CROWD], lines[CROWD];
    static uint32_t starts[CROWD + 1];
    static struct scene_ring rings[CROWD];
    static struct scene_area areas[CROWD];
    struct scene *scene = start();
    const struct scene_paint plain = {
        .filled = true, .fixed = true, .stroked = true, .width_pt = 0.2};
    struct scene_paint dotted = plain;
    dotted.pattern = PATTERN_DOTS;
    for (int i = 0; i < CROWD; i++) {
        set_square(places + (ptrdiff_t)10 * i, i);
        starts[i + 1] = 5 * (uint32_t)(i + 1);
        lines[i] = i;
        rings[i] = (struct scene_ring){&lines[i], 1};
        areas[i] = (struct scene_area){
            i < 2 ? "Tout petit" : "Zone",
            scene_paint_kept(scene, i + 1 < CROWD ? &plain : &dotted),
            &rings[i], 1};
    }
    const struct scene_mosaic mosaic = {
        .css = "area",
        .places = places,
        .starts = starts,
        .line_count = COUNT_OF(starts) - 1,
        .areas = areas,
        .area_count = CROWD,
        .x_pt = x_pt,
        .y_pt = y_pt,
    };
    scene_mosaic(scene, &mosaic);
    return scene;
}

/* Twice the area of a ring of relative numbers, "m1 2 3 0 0-3z", and its
 * corners. */
static double ring_area(const char *at, int *corners)
{
    double x = 0, y = 0, sum = 0;
    CHECK(*at == 'm');
    at++;
    for (*corners = 0; *at != 'z'; (*corners)++) {
        char *end;
        double dx = strtod(at, &end), dy = strtod(end, &end);
        bool first = *corners == 0;
        sum += first ? 0 : x * (y + dy) - (x + dx) * y;
        x = first ? 0 : x + dx;
        y = first ? 0 : y + dy;
        at = end;
    }
    return fabs(sum);
}

/* 1.6 points are 2.7 steps: cells are 2 or 3 wide, and none gapes. */
TEST(a_crowd_lies_on_a_grid_of_three_steps_of_the_scene_and_tiles_it)
{
    const char *svg = play(make_crowd(0, 0), false, "f");
    double sum = 0;
    int cells = 0, corners = 0;
    check_holds(svg, "<g class=\"area f_p0\">\n"
                     "<g transform=\"translate(0 0)scale(6)\" "
                     "stroke-width=\"0.3333\">\n"
                     "<g transform=\"translate(0 0)\">\n"
                     "<g transform=\"translate(0)\">\n");
    for (const char *at = svg; (at = strstr(at, "<path d=\"m")); cells++) {
        at += strlen("<path d=\"");
        double area = ring_area(at, &corners);
        CHECK_INT(corners, 4);
        if (cells > 1 && cells + 1 < CROWD)
            sum += area / 2;
    }
    CHECK_INT(cells, CROWD);
    /* 64 x 48 points without the first two and the last */
    CHECK_NEAR(sum, 107 * 80 - 3 * 3 - 2 * 3 - 3 * 3, 1e-9);
    finish();
}

TEST(no_area_of_a_crowd_vanishes_and_patterns_keep_their_size)
{
    const char *svg = play(make_crowd(0, 0), false, "f");
    check_holds(svg, "<path d=\"m0 0 .5 0 0 .5-.5 0z\">"
                     "<title>Tout petit</title></path>\n"
                     "<path d=\"m2 0 1 0 0 1-1 0z\">"
                     "<title>Tout petit</title></path>\n");
    check_holds(svg, "</g>\n</g>\n</g>\n</g>\n<g class=\"area f_p1\">\n"
                     "<path d=\"m624 462 18 0 0 18-18 0z\">");
    finish();
}

TEST(a_crowd_lies_where_its_mosaic_does)
{
    const char *svg = play(make_crowd(4, 2.5), false, "f");
    check_holds(svg, "<g transform=\"translate(40 25)scale(6)\" ");
    check_holds(svg, "<path d=\"m0 0 .5 0 0 .5-.5 0z\">");
    check_holds(svg, "<path d=\"m664 487 18 0 0 18-18 0z\">");
    finish();
}

/* A frame may leave nothing of an area. */
TEST(areas_without_a_ring_leave_no_group_open)
{
    struct scene *scene = start();
    const struct scene_paint paint = {.filled = true, .fixed = true};
    const struct scene_area area = {"Zone", scene_paint_kept(scene, &paint),
                                    NULL, 0};
    static const uint32_t starts[] = {0};
    const struct scene_mosaic mosaic = {
        .css = "area", .starts = starts, .areas = &area, .area_count = 1};
    scene_mosaic(scene, &mosaic);
    check_holds(play(scene, false, "f"),
                "<g class=\"area f_p0\">\n"
                "<g transform=\"translate(0 0)scale(6)\" "
                "stroke-width=\"0\">\n"
                "<path d=\"\"><title>Zone</title></path>\n"
                "</g>\n</g>\n</svg>\n");
    finish();
}

/* The second time, its outlines are those of the first. */
TEST(pictures_of_one_page_share_the_outlines_of_a_crowd)
{
    struct scene *scene = start();
    struct svg_outlines *outlines = svg_outlines_new(arena);
    struct text page = text_new(arena);
    static const double ring[] = {1, 1, 2, 1, 3, 2, 4, 1, 5, 1, 5, 5, 1, 5};
    static int32_t places[COUNT_OF(ring) + 2], line = 0;
    static uint32_t starts[] = {0, COUNT_OF(places) / 2};
    const struct scene_ring rings[] = {{&line, 1}};
    const struct scene_paint paint = {.filled = true, .fixed = true};
    for (size_t i = 0; i < COUNT_OF(places); i++)
        places[i] = (int32_t)lround(5 * ring[i % COUNT_OF(ring)]);
    const struct scene_area area = {"Zone", scene_paint_kept(scene, &paint),
                                    rings, 1};
    const struct scene_mosaic mosaic = {.css = "area",
                                        .places = places,
                                        .starts = starts,
                                        .line_count = COUNT_OF(starts) - 1,
                                        .areas = &area,
                                        .area_count = 1};
    scene_mosaic(scene, &mosaic);
    svg_outlines_collect(outlines, scene);
    svg_outlines_collect(outlines, scene);
    device_svg_shared(scene, fonts, outlines, "a", &page);
    device_svg_shared(scene, fonts, outlines, "b", &page);
    check_holds(page.at, "<g class=\"area a_p0\">\n<defs><path "
                         "id=\"outline_1\" d=\"M10 10h10l10 10 10-10h10v40"
                         "h-40z\"/></defs>\n<use href=\"#outline_1\">"
                         "<title>Zone</title></use>\n</g>\n");
    check_holds(page.at, "<g class=\"area b_p0\">\n"
                         "<use href=\"#outline_1\"><title>Zone</title></use>"
                         "\n</g>\n");
    finish();
}

/* Outlines are written in pieces of some verbs. */
TEST(a_long_path_has_no_seam)
{
    struct scene *scene = start();
    struct scene_paint paint = {.stroked = true, .width_pt = 1};
    struct text want = text_new(arena_new());
    text_add(&want, "d=\"M0 0l");
    scene_move(scene, 0, 0);
    for (int i = 1; i < 400; i++) {
        scene_line(scene, i, i % 2);
        text_format(&want, "%s10%s10", i > 1 ? " " : "", i % 2 ? " " : "-");
    }
    text_add(&want, "\"/>");
    scene_paint(scene, &paint);
    check_holds(play(scene, false, "f"), want.at);
    arena_free(want.arena);
    finish();
}

TEST(a_long_description_is_linked)
{
    struct scene *scene = start();
    (void)scene;
    scene = scene_new(arena, 10, 10, "Bref", "Long & détaillé");
    const char *svg = play(scene, false, "f");
    check_holds(svg, "aria-describedby=\"f_desc\"");
    check_holds(svg, "<desc id=\"f_desc\">Long &amp; détaillé</desc>\n");
    finish();
}

TEST(a_character_that_no_device_can_draw_is_named)
{
    struct scene *scene = start();
    struct err err = {0};
    const struct scene_text_style style = {
        .font = FONT_REGULAR, .size_pt = 8, .css = ""};
    scene_group(scene, "point", "", "癌"); /* a title is not drawn */
    scene_text(scene, 1, 9, "Sein", &style);
    CHECK(device_check_text(scene, fonts, &err));
    scene_text(scene, 1, 20, "Sein 癌", &style);
    CHECK(!device_check_text(scene, fonts, &err));
    CHECK_TEXT(err.text,
               "text 'Sein 癌': the font has no character U+764C '癌'");
    scene_group_end(scene);
    finish();
}

/* Two areas of the same outline and one of another, in one picture. */
static struct scene *areas(struct scene *scene, double other)
{
    for (int a = 0; a < 3; a++) {
        struct scene_paint paint = {.filled = true, .fill = 0x0072b2};
        scene_group(scene, "", arena_format(arena, "a%d", a),
                    arena_format(arena, "Zone %d", a));
        scene_move(scene, 1, 1);
        for (int i = 0; i < 8; i++)
            scene_line(scene, 2 + i, i % 2 == 0 ? 3 : a == 2 ? other : 1);
        scene_paint(scene, &paint);
        scene_group_end(scene);
    }
    return scene;
}

TEST(pictures_of_a_page_share_outlines_and_keep_names)
{
    struct scene *one = areas(start(), 5);
    struct scene *two = areas(scene_new(arena, 100, 50, "Autre", ""), 6);
    struct svg_outlines *outlines = svg_outlines_new(arena);
    struct text out = text_new(arena);
    svg_outlines_collect(outlines, one);
    svg_outlines_collect(outlines, two);
    device_svg_shared(one, fonts, outlines, "f1", &out);
    device_svg_shared(two, fonts, outlines, "f2", &out);
    check_holds(out.at,
                "<defs><path id=\"outline_1\" d=\"M10 10l10 20 10-20 10 20 "
                "10-20 10 20 10-20 10 20 10-20\"/></defs>\n"
                "<use class=\"f1_p0\" href=\"#outline_1\" id=\"f1-a0\">"
                "<title>Zone 0</title></use>\n"
                "<use class=\"f1_p0\" href=\"#outline_1\" id=\"f1-a1\">"
                "<title>Zone 1</title></use>\n"
                "<path class=\"f1_p0\" d=\"M10 10l");
    check_holds(out.at,
                "<use class=\"f2_p0\" href=\"#outline_1\" id=\"f2-a1\">");
    CHECK(strstr(strstr(out.at, "outline_1\" d=") + 1, " id=\"outline_") ==
          NULL);
    CHECK(strstr(play(one, false, "f"), "<use") == NULL);
    finish();
}

RUN(CASE(pictures_of_a_page_share_outlines_and_keep_names),
    CASE(a_character_that_no_device_can_draw_is_named),
    CASE(a_path_is_relative_integers_of_a_tenth_of_a_point),
    CASE(rounding_does_not_add_up_along_a_path),
    CASE(equal_paints_are_one_rule_and_patterns_have_their_ground),
    CASE(texts_keep_anchor_font_and_turn),
    CASE(classes_and_the_figures_on_them_are_the_same_on_dark_paper),
    CASE(ids_are_names_whatever_the_code_is),
    CASE(areas_without_a_ring_leave_no_group_open),
    CASE(pictures_of_one_page_share_the_outlines_of_a_crowd),
    CASE(a_crowd_lies_on_a_grid_of_three_steps_of_the_scene_and_tiles_it),
    CASE(no_area_of_a_crowd_vanishes_and_patterns_keep_their_size),
    CASE(a_crowd_lies_where_its_mosaic_does), CASE(a_long_path_has_no_seam),
    CASE(a_long_description_is_linked))
