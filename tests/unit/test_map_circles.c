/* SPDX-License-Identifier: EUPL-1.2 */
/* Circles on the French maps: in their boxes, clear of scale bars, and of a
 * région that is told from its neighbours. */
#include <math.h>

#include "check.h"
#include "map/map.h"

struct rectangle {
    double left, top, right, bottom;
};

struct drawing {
    struct arena *arena;
    struct map_job job;
    struct scene *scene;
};

/* Départements: 400 cases in those of two digits, `overseas` in the rest. */
static struct drawing begin(const char *layout, double overseas)
{
    struct err err = {0};
    struct drawing at = {.arena = arena_new()};
    const struct geo_level *geo = NULL;
    CHECK(geo_read(at.arena, "geo", "departement", &geo, &err) && geo);
    CHECK(geo_layout_apply(at.arena, geo,
                           geo_layout_path(at.arena, ".", layout), &geo, &err));
    at.job = (struct map_job){.geo = geo,
                              .kind = MAP_CIRCLES,
                              .lang = LANG_FR,
                              .title = "Titre",
                              .unit = "Nombre de cas",
                              .source = "Source",
                              .mark_label = "",
                              .palette = "blues",
                              .focus = ""};
    struct map_value *values =
        arena_array(at.arena, geo->area_count, sizeof *values);
    for (size_t a = 0; a < geo->area_count; a++) {
        const struct geo_area *area = &geo->areas[a];
        if (text_same(geo->panels[area->panel].id, "petite-couronne"))
            continue;
        values[at.job.value_count++] = (struct map_value){
            .code = area->code,
            .label = area->label,
            .value = strlen(area->code) > 2 ? overseas : 400};
    }
    at.job.values = values;
    return at;
}

static void draw(struct drawing *at)
{
    struct err err = {0};
    struct fonts *fonts = NULL;
    CHECK(fonts_open(at->arena, NULL, &fonts, &err));
    CHECK(map_draw(at->arena, fonts, &at->job, &at->scene, &err));
    fonts_close(fonts);
}

static bool is_path(const struct scene_item *item, const char *css)
{
    return item->kind == SCENE_PATH && text_same(item->paint->css, css);
}

static struct rectangle box_of(const struct scene_item *path)
{
    struct rectangle box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (size_t k = 0; k < path->point_count; k++) {
        box.left = fmin(box.left, path->points[2 * k]);
        box.right = fmax(box.right, path->points[2 * k]);
        box.top = fmin(box.top, path->points[2 * k + 1]);
        box.bottom = fmax(box.bottom, path->points[2 * k + 1]);
    }
    return box;
}

/* A circle about the middle of its box, and another box. */
static bool covers(struct rectangle circle, struct rectangle box)
{
    double middle_x = (circle.left + circle.right) / 2;
    double middle_y = (circle.top + circle.bottom) / 2;
    double x = fmin(fmax(middle_x, box.left), box.right);
    double y = fmin(fmax(middle_y, box.top), box.bottom);
    return hypot(x - middle_x, y - middle_y) <
           (circle.right - circle.left) / 2 - 0.01;
}

/* The bar with its words, up to the top of digits. */
static struct rectangle bar_box(const struct scene *scene, size_t item)
{
    const struct scene_item *words = scene_item(scene, item - 1);
    struct rectangle box = box_of(scene_item(scene, item));
    CHECK(words->kind == SCENE_TEXT);
    box.top = words->y_pt - 0.75 * words->size_pt;
    return box;
}

static size_t covered_bars(const struct scene *scene)
{
    size_t covered = 0;
    for (size_t i = 1; i < scene_count(scene); i++) {
        if (!is_path(scene_item(scene, i), "scale"))
            continue;
        struct rectangle bar = bar_box(scene, i);
        for (size_t c = 0; c < scene_count(scene); c++) {
            const struct scene_item *circle = scene_item(scene, c);
            covered += is_path(circle, "circle") && covers(box_of(circle), bar);
        }
    }
    return covered;
}

/* Circles that a line of a box crosses: their middle is in it, all of them is
 * not. */
static size_t cut_circles(const struct scene *scene)
{
    size_t cut = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        if (!is_path(scene_item(scene, i), "frame"))
            continue;
        struct rectangle frame = box_of(scene_item(scene, i));
        for (size_t c = 0; c < scene_count(scene); c++) {
            if (!is_path(scene_item(scene, c), "circle"))
                continue;
            struct rectangle box = box_of(scene_item(scene, c));
            double x = (box.left + box.right) / 2;
            double y = (box.top + box.bottom) / 2;
            bool in = x > frame.left && x < frame.right && y > frame.top &&
                      y < frame.bottom;
            cut += in && (box.left < frame.left || box.right > frame.right ||
                          box.top < frame.top || box.bottom > frame.bottom);
        }
    }
    return cut;
}

TEST(no_circle_covers_a_scale_bar_or_leaves_its_box)
{
    static const char *const layouts[] = {"france", "france-half-page",
                                          "france-portrait"};
    static const double sizes[][2] = {{230, 190}, {280, 0},   {360, 240},
                                      {480, 0},   {480, 310}, {520, 700}};
    static const double overseas[] = {20, 400, 40000};
    for (size_t i = 0; i < COUNT_OF(layouts) * COUNT_OF(sizes) * 3; i++) {
        const double *size = sizes[i / 3 % COUNT_OF(sizes)];
        struct drawing at =
            begin(layouts[i / 3 / COUNT_OF(sizes)], overseas[i % 3]);
        at.job.width_pt = size[0];
        at.job.height_pt = size[1];
        draw(&at);
        CHECK_INT(covered_bars(at.scene), 0);
        CHECK_INT(cut_circles(at.scene), 0);
        arena_free(at.arena);
    }
}

/* Radius of the largest circle of the legend, of so many cases. */
static double largest(const struct scene *scene)
{
    double most = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        if (!is_path(scene_item(scene, i), "circle"))
            continue;
        struct rectangle box = box_of(scene_item(scene, i));
        most = fmax(most, (box.right - box.left) / 2);
    }
    return most;
}

/* Small boxes make all circles smaller, not those in them alone. */
TEST(circles_of_a_map_have_one_scale)
{
    struct drawing small = begin("france-portrait", 40000);
    small.job.width_pt = 360;
    small.job.height_pt = 240;
    struct drawing large = begin("france-portrait", 40000);
    large.job.width_pt = 360;
    draw(&small);
    draw(&large);
    CHECK(largest(small.scene) < largest(large.scene));
    for (size_t i = 0; i < scene_count(small.scene); i++) {
        if (!is_path(scene_item(small.scene, i), "circle"))
            continue;
        struct rectangle box = box_of(scene_item(small.scene, i));
        double share = (box.right - box.left) / 2 / largest(small.scene);
        bool one = fabs(share - 1) < 1e-9 || fabs(share - 0.1) < 1e-9;
        CHECK(one || i > scene_count(small.scene) - 20); /* the legend's */
    }
    arena_free(small.arena);
    arena_free(large.arena);
}

/* --- a région --------------------------------------------------------------
 */

static struct drawing of_brittany(enum map_kind kind)
{
    struct err err = {0};
    struct drawing at = begin("metropole", 400);
    const struct geo_level *regions = NULL;
    const bool *inside;
    CHECK(geo_read(at.arena, "geo", "region", &regions, &err) && regions);
    CHECK(geo_region_cut(at.arena, at.job.geo, regions, "53", &at.job.geo,
                         &inside, &err));
    size_t count = 0;
    struct map_value *values =
        arena_array(at.arena, at.job.geo->area_count, sizeof *values);
    for (size_t a = 0; a < at.job.geo->area_count; a++) {
        if (inside[a])
            values[count++] =
                (struct map_value){.code = at.job.geo->areas[a].code,
                                   .label = at.job.geo->areas[a].label,
                                   .value = 100 + (double)a};
    }
    at.job.kind = kind;
    at.job.values = values;
    at.job.value_count = count;
    at.job.context_rest = true;
    draw(&at);
    return at;
}

static size_t count_css(const struct scene *scene, const char *css)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_count(scene); i++)
        count += is_path(scene_item(scene, i), css);
    return count;
}

TEST(a_region_is_told_from_its_neighbours)
{
    struct drawing circles = of_brittany(MAP_CIRCLES);
    CHECK_INT(count_css(circles.scene, "land"), 4);
    CHECK_INT(count_css(circles.scene, "edge"), 1);
    CHECK(count_css(circles.scene, "s-o") > 2);
    struct drawing classes = of_brittany(MAP_CHOROPLETH);
    CHECK_INT(count_css(classes.scene, "land"), 0);
    CHECK_INT(count_css(classes.scene, "edge"), 1);
    arena_free(circles.arena);
    arena_free(classes.arena);
}

/* The bar of a région does not stand on its neighbours where there is sea. */
TEST(the_bar_of_a_region_is_in_the_sea)
{
    struct drawing at = of_brittany(MAP_CIRCLES);
    CHECK_INT(count_css(at.scene, "scale"), 1);
    for (size_t i = 1; i < scene_count(at.scene); i++) {
        if (!is_path(scene_item(at.scene, i), "scale"))
            continue;
        double middle = scene_width(at.scene) / 2;
        struct rectangle bar = bar_box(at.scene, i);
        CHECK(bar.right < middle + 60); /* Loire-Atlantique is east of it */
    }
    arena_free(at.arena);
}

RUN(CASE(no_circle_covers_a_scale_bar_or_leaves_its_box),
    CASE(circles_of_a_map_have_one_scale),
    CASE(a_region_is_told_from_its_neighbours),
    CASE(the_bar_of_a_region_is_in_the_sea))
