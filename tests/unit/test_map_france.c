/* SPDX-License-Identifier: EUPL-1.2 */
/* The French maps at the widths that pages use. */
#include <math.h>

#include "check.h"
#include "map/map.h"

struct rectangle {
    double left, top, right, bottom;
};

/* With `zeros` only the first area has a value above 0, and the legend has a
 * histogram. */
static struct scene *draw_with(struct arena *arena, const char *level,
                               const char *layout, double width_pt, bool zeros)
{
    struct err err = {0};
    struct fonts *fonts = NULL;
    const struct geo_level *geo = NULL;
    struct scene *scene = NULL;
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    CHECK(geo_read(arena, "geo", level, &geo, &err) && geo);
    CHECK(geo_layout_apply(arena, geo, geo_layout_path(arena, ".", layout),
                           &geo, &err));
    struct map_job job = {.geo = geo,
                          .lang = LANG_FR,
                          .title = "Titre",
                          .unit = "Taux",
                          .source = "Source",
                          .mark_label = "",
                          .decimals = 1,
                          .palette = "blues",
                          .focus = "",
                          .histogram = zeros,
                          .width_pt = width_pt};
    struct map_value *values =
        arena_array(arena, geo->area_count, sizeof *values);
    for (size_t a = 0; a < geo->area_count; a++) {
        if (text_same(geo->panels[geo->areas[a].panel].id, "petite-couronne"))
            continue;
        values[job.value_count] = (struct map_value){
            .code = geo->areas[a].code,
            .label = geo->areas[a].label,
            .value = zeros ? (double)(job.value_count == 0)
                           : 100 + (double)(job.value_count * 37 % 101)};
        job.value_count++;
    }
    job.values = values;
    CHECK(map_draw(arena, fonts, &job, &scene, &err));
    fonts_close(fonts);
    return scene;
}

static struct scene *draw_as(struct arena *arena, const char *level,
                             const char *layout, double width_pt)
{
    return draw_with(arena, level, layout, width_pt, false);
}

static struct scene *draw(struct arena *arena, const char *level,
                          double width_pt)
{
    return draw_as(arena, level, "france", width_pt);
}

static bool contains(struct rectangle box, double x, double y)
{
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/* Box of the scale bar and the words above it, up to the top of digits. */
static struct rectangle bar_box(const struct scene *scene, size_t item)
{
    const struct scene_item *bar = scene_item(scene, item);
    const struct scene_item *words = scene_item(scene, item - 1);
    CHECK(words->kind == SCENE_TEXT && strstr(words->text, "\u00a0km"));
    return (struct rectangle){bar->points[0],
                              words->y_pt - 0.75 * words->size_pt,
                              bar->points[4], bar->points[3]};
}

static bool touches_land(const struct scene *scene, struct rectangle box)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, "coast"))
            continue;
        for (size_t k = 0; k < item->point_count; k++) {
            if (contains(box, item->points[2 * k], item->points[2 * k + 1]))
                return true;
        }
    }
    return false;
}

/* Where a bar would leave an island little of its box the country alone has
 * one: Paris, whose box is larger, has none beside islands without. */
TEST(no_scale_bar_touches_a_coast_at_any_width)
{
    static const char *const levels[] = {"departement", "region"};
    static const struct {
        double width_pt;
        size_t bars[COUNT_OF(levels)];
    } widths[] = {{240, {1, 1}}, {260, {1, 1}}, {280, {7, 6}},
                  {360, {7, 6}}, {480, {7, 6}}, {520, {7, 6}}};
    for (size_t l = 0; l < COUNT_OF(levels); l++) {
        for (size_t w = 0; w < COUNT_OF(widths); w++) {
            struct arena *arena = arena_new();
            const struct scene *scene =
                draw(arena, levels[l], widths[w].width_pt);
            size_t bars = 0;
            for (size_t i = 1; i < scene_count(scene); i++) {
                const struct scene_item *item = scene_item(scene, i);
                if (item->kind != SCENE_PATH ||
                    !text_same(item->paint->css, "scale"))
                    continue;
                bars++;
                CHECK(!touches_land(scene, bar_box(scene, i)));
            }
            CHECK_INT(bars, widths[w].bars[l]);
            arena_free(arena);
        }
    }
}

/* Whether a place lies within the coasts: an odd number of them is right of it.
 * What is moved to is further away than the points of a coast are apart. */
static bool is_on_land(const struct scene *scene, double x, double y)
{
    bool inside = false;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, "coast"))
            continue;
        for (size_t k = 1; k < item->point_count; k++) {
            const double *p = item->points + 2 * k - 2, *q = p + 2;
            if (hypot(q[0] - p[0], q[1] - p[1]) < 30 &&
                (p[1] > y) != (q[1] > y) &&
                x < p[0] + (y - p[1]) / (q[1] - p[1]) * (q[0] - p[0]))
                inside = !inside;
        }
    }
    return inside;
}

/* Corsica is as high as its page, and a coast may cut no more than a corner off
 * the place of its bar. */
TEST(the_bar_of_one_region_is_in_the_sea)
{
    static const struct map_value values[] = {{.code = "2A", .label = "A"},
                                              {.code = "2B", .label = "B"}};
    struct arena *arena = arena_new();
    struct err err = {0};
    struct fonts *fonts = NULL;
    const struct geo_level *geo = NULL, *regions = NULL;
    const bool *inside = NULL;
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    CHECK(geo_read(arena, "geo", "departement", &geo, &err) && geo);
    CHECK(geo_read(arena, "geo", "region", &regions, &err) && regions);
    CHECK(geo_region_cut(arena, geo, regions, "94", &geo, &inside, &err));
    for (double height_pt = 200; height_pt <= 400; height_pt += 10) {
        struct scene *scene = NULL;
        const struct map_job job = {.geo = geo,
                                    .values = values,
                                    .value_count = COUNT_OF(values),
                                    .lang = LANG_FR,
                                    .title = "Titre",
                                    .unit = "Taux",
                                    .source = "Source",
                                    .mark_label = "",
                                    .palette = "blues",
                                    .focus = "",
                                    .context_rest = true,
                                    .width_pt = 480,
                                    .height_pt = height_pt};
        CHECK(map_draw(arena, fonts, &job, &scene, &err));
        for (size_t i = 1; i < scene_count(scene); i++) {
            const struct scene_item *item = scene_item(scene, i);
            if (item->kind != SCENE_PATH ||
                !text_same(item->paint->css, "scale"))
                continue;
            struct rectangle box = bar_box(scene, i);
            CHECK(!touches_land(scene, box));
            CHECK(!is_on_land(scene, (box.left + box.right) / 2,
                              (box.top + box.bottom) / 2));
        }
    }
    fonts_close(fonts);
    arena_free(arena);
}

/* In a box too small for it a bar would stand on the island. */
TEST(a_box_too_small_for_its_scale_bar_has_none)
{
    struct arena *arena = arena_new();
    const struct scene *scene = draw(arena, "region", 130);
    size_t bars = 0;
    for (size_t i = 1; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, "scale"))
            continue;
        bars++;
        CHECK(!touches_land(scene, bar_box(scene, i)));
    }
    CHECK_INT(bars, 1);
    arena_free(arena);
}

/* How much of a box coasts fill, in the direction in which they fill more. */
static double filled(const struct scene *scene, struct rectangle box)
{
    struct rectangle land = {box.right, box.bottom, box.left, box.top};
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, "coast"))
            continue;
        for (size_t k = 0; k < item->point_count; k++) {
            double x = item->points[2 * k], y = item->points[2 * k + 1];
            if (!contains(box, x, y))
                continue;
            land =
                (struct rectangle){fmin(land.left, x), fmin(land.top, y),
                                   fmax(land.right, x), fmax(land.bottom, y)};
        }
    }
    return fmax((land.right - land.left) / (box.right - box.left),
                (land.bottom - land.top) / (box.bottom - box.top));
}

TEST(a_box_without_a_scale_bar_has_its_island_as_large_as_it_can_be)
{
    struct arena *arena = arena_new();
    const struct scene *scene = draw(arena, "region", 130);
    size_t boxes = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_PATH || !text_same(item->paint->css, "frame"))
            continue;
        boxes++;
        const double *corners = item->points; /* clockwise from the top left */
        CHECK(filled(scene, (struct rectangle){corners[0], corners[1],
                                               corners[4], corners[5]}) > 0.8);
    }
    CHECK_INT(boxes, 5);
    arena_free(arena);
}

/* A label in two lines would leave one of them flat. */
TEST(boxes_of_the_portrait_map_are_of_one_height)
{
    for (double width_pt = 150; width_pt <= 300; width_pt += 10) {
        struct arena *arena = arena_new();
        const struct scene *scene =
            draw_as(arena, "departement", "france-portrait", width_pt);
        double tallest = 0, lowest = INFINITY;
        for (size_t i = 0; i < scene_count(scene); i++) {
            const struct scene_item *item = scene_item(scene, i);
            if (item->kind != SCENE_PATH ||
                !text_same(item->paint->css, "frame"))
                continue;
            double height = item->points[5] - item->points[1];
            tallest = fmax(tallest, height);
            lowest = fmin(lowest, height);
        }
        CHECK(lowest > 0 && lowest > 0.94 * tallest);
        arena_free(arena);
    }
}

TEST(everything_lies_on_the_page_at_any_width)
{
    static const double widths[] = {240, 360, 480};
    for (size_t w = 0; w < COUNT_OF(widths); w++) {
        struct arena *arena = arena_new();
        const struct scene *scene = draw(arena, "departement", widths[w]);
        struct rectangle page = {0, 0, scene_width(scene), scene_height(scene)};
        CHECK_NEAR(page.right, widths[w], 1e-9);
        for (size_t i = 0; i < scene_count(scene); i++) {
            const struct scene_item *item = scene_item(scene, i);
            for (size_t k = 0;
                 item->kind == SCENE_PATH && k < item->point_count; k++)
                CHECK(contains(page, item->points[2 * k],
                               item->points[2 * k + 1]));
            if (item->kind == SCENE_TEXT)
                CHECK(contains(page, item->x_pt, item->y_pt));
        }
        arena_free(arena);
    }
}

TEST(the_departement_map_draws_101_areas_and_four_again)
{
    struct arena *arena = arena_new();
    const struct scene *scene = draw(arena, "departement", 480);
    size_t main_areas = 0;
    size_t zoom_areas = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_GROUP_BEGIN || !text_same(item->css, "area"))
            continue;
        bool zoom = text_starts(item->id, "petite-couronne-");
        zoom_areas += zoom;
        main_areas += !zoom;
    }
    CHECK_INT(main_areas, 101);
    CHECK_INT(zoom_areas, 4);
    arena_free(arena);
}

TEST(the_same_job_gives_the_same_scene)
{
    struct arena *arena = arena_new();
    struct text first = text_new(arena);
    struct text second = text_new(arena);
    scene_dump(draw(arena, "region", 360), &first);
    scene_dump(draw(arena, "region", 360), &second);
    CHECK_TEXT(first.at, second.at);
    arena_free(arena);
}

/* From the base line to the top of capitals. */
static struct rectangle text_box(const struct fonts *fonts,
                                 const struct scene_item *item)
{
    double width = fonts_width(fonts, item->font, item->size_pt, item->text,
                               strlen(item->text));
    double left = item->x_pt - (item->anchor == ANCHOR_END ? width : 0);
    return (struct rectangle){left, item->y_pt - 0.7 * item->size_pt,
                              left + width, item->y_pt};
}

static void check_texts_apart(const struct scene *scene,
                              const struct fonts *fonts)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        for (size_t k = i + 1; k < scene_count(scene); k++) {
            const struct scene_item *a = scene_item(scene, i);
            const struct scene_item *b = scene_item(scene, k);
            if (a->kind != SCENE_TEXT || b->kind != SCENE_TEXT)
                continue;
            struct rectangle p = text_box(fonts, a), q = text_box(fonts, b);
            if (p.left < q.right && q.left < p.right && p.top < q.bottom &&
                q.top < p.bottom)
                fail_msg("'%s' covers '%s'", a->text, b->text);
        }
    }
}

static size_t count_paths(const struct scene *scene, const char *css)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        count += item->kind == SCENE_PATH && text_same(item->paint->css, css);
    }
    return count;
}

/* The country's own apart, whether or not a label has two lines. */
TEST(boxes_have_scale_bars_all_or_none_in_any_layout_at_any_width)
{
    static const char *const layouts[] = {"france", "france-portrait",
                                          "france-half-page"};
    enum { FIRST_PT = 160, LAST_PT = 300, STEP_PT = 4 };
    for (size_t l = 0; l < COUNT_OF(layouts); l++) {
        bool some = false, none = false;
        for (int width = FIRST_PT; width <= LAST_PT; width += STEP_PT) {
            struct arena *arena = arena_new();
            const struct scene *scene =
                draw_as(arena, "departement", layouts[l], width);
            size_t bars = count_paths(scene, "scale");
            none = none || bars == 1;
            some = some || bars > 1;
            if (bars > 1)
                CHECK_INT(bars, 1 + count_paths(scene, "frame"));
            arena_free(arena);
        }
        CHECK(some && none);
    }
}

static double size_of_label(const struct scene *scene, const char *label)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT && text_same(item->text, label))
            return item->size_pt;
    }
    fail_msg("'%s' is no line of its own", label);
    return 0;
}

TEST(names_of_insets_are_lines_of_one_size_on_half_a_page)
{
    static const char *const names[] = {
        "Guadeloupe", "Martinique", "Guyane",
        "La Réunion", "Mayotte",    "Paris et petite couronne"};
    for (int width = 150; width <= 300; width += 10) {
        struct arena *arena = arena_new();
        const struct scene *scene =
            draw_as(arena, "departement", "france-half-page", width);
        double size_pt = size_of_label(scene, names[0]);
        for (size_t i = 1; i < COUNT_OF(names); i++)
            CHECK_NEAR(size_of_label(scene, names[i]), size_pt, 1e-9);
        CHECK(size_pt >= 4.5);
        arena_free(arena);
    }
}

TEST(no_text_covers_another_in_any_layout_at_any_width)
{
    static const char *const layouts[] = {"france", "france-portrait",
                                          "france-half-page", "metropole"};
    static const double widths[] = {150, 180, 240, 300, 360, 480};
    for (size_t l = 0; l < COUNT_OF(layouts); l++) {
        for (size_t w = 0; w < COUNT_OF(widths); w++) {
            struct arena *arena = arena_new();
            struct err err = {0};
            struct fonts *fonts = NULL;
            CHECK(fonts_open(arena, NULL, &fonts, &err));
            check_texts_apart(
                draw_as(arena, "departement", layouts[l], widths[w]), fonts);
            fonts_close(fonts);
            arena_free(arena);
        }
    }
}

/* Of the first bar, which is narrower. */
TEST(the_count_of_the_highest_bar_stays_on_the_page)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    struct fonts *fonts = NULL;
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    const struct scene *scene =
        draw_with(arena, "departement", "france", 480, true);
    bool found = false;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind != SCENE_TEXT || !text_same(item->text, "100"))
            continue;
        double width = fonts_width(fonts, item->font, item->size_pt, "100", 3);
        CHECK(item->anchor == ANCHOR_MIDDLE);
        CHECK(item->x_pt - width / 2 >= 0);
        found = true;
    }
    CHECK(found);
    fonts_close(fonts);
    arena_free(arena);
}

RUN(CASE(the_count_of_the_highest_bar_stays_on_the_page),
    CASE(names_of_insets_are_lines_of_one_size_on_half_a_page),
    CASE(no_text_covers_another_in_any_layout_at_any_width),
    CASE(no_scale_bar_touches_a_coast_at_any_width),
    CASE(the_bar_of_one_region_is_in_the_sea),
    CASE(boxes_have_scale_bars_all_or_none_in_any_layout_at_any_width),
    CASE(a_box_too_small_for_its_scale_bar_has_none),
    CASE(a_box_without_a_scale_bar_has_its_island_as_large_as_it_can_be),
    CASE(boxes_of_the_portrait_map_are_of_one_height),
    CASE(everything_lies_on_the_page_at_any_width),
    CASE(the_departement_map_draws_101_areas_and_four_again),
    CASE(the_same_job_gives_the_same_scene))
