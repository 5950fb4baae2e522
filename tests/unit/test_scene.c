/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "scene/scene.h"

static struct arena *arena;

static struct scene *new_scene(void)
{
    arena = arena_new();
    return scene_new(arena, 100, 50, "En bref", "En long");
}

static void check_dump(const struct scene *scene, const char *want)
{
    struct text out = text_new(arena);
    scene_dump(scene, &out);
    char *head = arena_format(arena,
                              "scene 100.00 50.00\nalt En bref\n"
                              "description En long\n%s",
                              want);
    CHECK_TEXT(out.at, head);
}

TEST(a_path_is_kept_with_its_paint)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {
        .filled = true,
        .fill = 0x0072b2,
        .opacity = 0.2,
        .pattern = PATTERN_DENSE,
        .ink = 0x333333,
        .stroked = true,
        .stroke = 0xffffff,
        .width_pt = 0.5,
        .dash_pt = 3,
        .css = "area",
    };
    scene_move(scene, 1, 2);
    scene_line(scene, 3, 4);
    scene_curve(scene, 5, 6, 7, 8, 9, 10);
    scene_close(scene);
    scene_paint(scene, &paint);
    check_dump(scene,
               "path fill #0072b2 opacity 0.20 pattern dense #333333 stroke "
               "#ffffff 0.50 dash 3.00 css \"area\" : M 1.00 2.00 L 3.00 4.00 "
               "C 5.00 6.00 7.00 8.00 9.00 10.00 Z\n");
    arena_free(arena);
}

TEST(a_fill_without_opacity_is_opaque_and_a_line_without_width_is_none)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {.filled = true, .stroked = true};
    scene_rectangle(scene, 0, 0, 10, 5, &paint);
    CHECK(scene_item(scene, 0)->paint->opacity == 1);
    CHECK(!scene_item(scene, 0)->paint->stroked);
    CHECK_TEXT(scene_item(scene, 0)->paint->css, "");
    arena_free(arena);
}

TEST(painting_nothing_adds_nothing)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {.filled = true};
    scene_paint(scene, &paint);
    struct scene_text_style style = {.size_pt = 8};
    scene_text(scene, 1, 1, "", &style);
    CHECK_INT(scene_count(scene), 0);
    arena_free(arena);
}

TEST(texts_and_groups_are_dumped_in_order)
{
    struct scene *scene = new_scene();
    struct scene_text_style style = {
        .font = FONT_BOLD,
        .size_pt = 8,
        .anchor = ANCHOR_END,
        .colour = 0x123456,
        .angle_degrees = -90,
        .css = "t",
    };
    scene_group(scene, "serie", "s1", "Hommes");
    scene_text(scene, 10, -0.001, "354,9", &style);
    scene_group_end(scene);
    check_dump(scene, "group css \"serie\" id \"s1\" title \"Hommes\"\n"
                      "  text 10.00 0.00 end bold 8.00 #123456 angle -90.00 "
                      "css \"t\" \"354,9\"\nend\n");
    arena_free(arena);
}

TEST(a_placed_scene_moves_and_its_origin_does_not)
{
    struct scene *scene = new_scene();
    struct scene *inner = scene_new(arena, 20, 20, "", "");
    struct scene_paint paint = {.stroked = true, .width_pt = 1};
    struct scene_text_style style = {.size_pt = 8};
    scene_segment(inner, 1, 1, 2, 2, &paint);
    scene_text(inner, 3, 4, "a", &style);
    scene_place(scene, inner, 10, 20);
    check_dump(scene, "path stroke #000000 1.00 : M 11.00 21.00 L 12.00 22.00\n"
                      "text 13.00 24.00 start regular 8.00 #000000 \"a\"\n");
    CHECK(scene_item(inner, 0)->points[0] == 1);
    arena_free(arena);
}

TEST(a_margin_lies_around_what_is_drawn_later)
{
    struct scene *scene = new_scene();
    struct scene *inner = scene_new(arena, 20, 20, "", "");
    struct scene_paint paint = {.stroked = true, .width_pt = 1};
    static const double points[] = {1, 2, 3, 4};
    double width = scene_width(scene), height = scene_height(scene);
    scene_margin(scene, 4);
    CHECK_NEAR(scene_width(scene), width + 8, 1e-9);
    CHECK_NEAR(scene_height(scene), height + 8, 1e-9);
    scene_lines(scene, points, 2, false);
    scene_paint(scene, &paint);
    scene_segment(inner, 1, 1, 2, 2, &paint);
    scene_place(scene, inner, 10, 20);
    CHECK_NEAR(scene_item(scene, 0)->points[0], 5, 1e-9);
    CHECK_NEAR(scene_item(scene, 0)->points[3], 8, 1e-9);
    CHECK_NEAR(scene_item(scene, 1)->points[0], 15, 1e-9);
    CHECK_NEAR(scene_item(scene, 1)->points[3], 26, 1e-9);
    arena_free(arena);
}

TEST(a_circle_is_round)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {.filled = true};
    scene_circle(scene, 50, 25, 10, &paint);
    const struct scene_item *item = scene_item(scene, 0);
    CHECK_INT(item->point_count, 13);
    /* the middle of the first arc: (P0 + 3 P1 + 3 P2 + P3) / 8 */
    const double *p = item->points;
    double x = (p[0] + 3 * p[2] + 3 * p[4] + p[6]) / 8 - 50;
    double y = (p[1] + 3 * p[3] + 3 * p[5] + p[7]) / 8 - 25;
    CHECK_NEAR(hypot(x, y), 10, 0.001);
    arena_free(arena);
}

TEST(lines_begin_a_path_or_go_on_forwards_or_backwards)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {.stroked = true, .width_pt = 1};
    static const double points[] = {1, 2, 3, 4, 5, 6};
    scene_lines(scene, points, 3, false);
    scene_lines(scene, points, 2, true);
    scene_close(scene);
    scene_lines(scene, points, 2, true);
    scene_paint(scene, &paint);
    check_dump(scene, "path stroke #000000 1.00 : M 1.00 2.00 L 3.00 4.00 "
                      "L 5.00 6.00 L 3.00 4.00 L 1.00 2.00 Z "
                      "M 3.00 4.00 L 1.00 2.00\n");
    arena_free(arena);
}

TEST(many_items_keep_their_order)
{
    struct scene *scene = new_scene();
    struct scene_paint paint = {.stroked = true, .width_pt = 1};
    for (int i = 0; i < 1000; i++)
        scene_segment(scene, i, 0, i, 1, &paint);
    CHECK_INT(scene_count(scene), 1000);
    for (int i = 0; i < 1000; i++)
        CHECK(scene_item(scene, (size_t)i)->points[0] == i);
    arena_free(arena);
}

/* Two areas on both sides of a line; the first has two rings. */
TEST(a_mosaic_moves_with_its_scene_and_is_dumped_as_paths)
{
    static const int32_t places[] = {0, 0, 0,  10, 0, 10, -10, 10, 0, 0, 20,
                                     0, 0, 10, 5,  5, 6,  5,   6,  6, 5, 5};
    static const uint32_t starts[] = {0, 2, 5, 7, 11};
    static const int32_t left[] = {0, 1}, hole[] = {~3}, right[] = {2, ~0};
    static const struct scene_ring rings[] = {{left, 2}, {hole, 1}, {right, 2}};
    arena = arena_new();
    struct scene *inner = scene_new(arena, 100, 50, "Dedans", "");
    struct scene *scene = scene_new(arena, 200, 100, "Dehors", "");
    struct scene_paint paint = {.filled = true, .fill = 0xff};
    const struct scene_paint *kept = scene_paint_kept(inner, &paint);
    const struct scene_area areas[] = {{"A", kept, rings, 2},
                                       {"B", kept, rings + 2, 1}};
    const struct scene_mosaic mosaic = {.css = "area",
                                        .places = places,
                                        .starts = starts,
                                        .line_count = COUNT_OF(starts) - 1,
                                        .areas = areas,
                                        .area_count = 2};
    struct text dump = text_new(arena);
    scene_mosaic(inner, &mosaic);
    scene_margin(scene, 3);
    scene_group(scene, "panel", "", "");
    scene_place(scene, inner, 10, 20);
    scene_group_end(scene);
    scene_dump(scene, &dump);
    CHECK_TEXT(strstr(dump.at, "group"),
               "group css \"panel\" id \"\" title \"\"\n"
               "  group css \"area\" id \"\" title \"A\"\n"
               "    path fill #0000ff : M 13.00 23.00 L 13.00 25.00"
               " L 11.00 25.00 Z M 14.00 24.00 L 14.20 24.20 L 14.20 24.00 Z\n"
               "  end\n"
               "  group css \"area\" id \"\" title \"B\"\n"
               "    path fill #0000ff : M 17.00 23.00 L 13.00 25.00 Z\n"
               "  end\n"
               "end\n");
    arena_free(arena);
}

RUN(CASE(a_path_is_kept_with_its_paint),
    CASE(a_fill_without_opacity_is_opaque_and_a_line_without_width_is_none),
    CASE(painting_nothing_adds_nothing),
    CASE(texts_and_groups_are_dumped_in_order),
    CASE(a_placed_scene_moves_and_its_origin_does_not),
    CASE(a_margin_lies_around_what_is_drawn_later), CASE(a_circle_is_round),
    CASE(lines_begin_a_path_or_go_on_forwards_or_backwards),
    CASE(many_items_keep_their_order),
    CASE(a_mosaic_moves_with_its_scene_and_is_dumped_as_paths))
