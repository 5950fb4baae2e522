/* SPDX-License-Identifier: EUPL-1.2 */
/* A map of so many areas that they crowd: a square of 45 x 45 cells whose sides
 * have a bend and too many points. */
#include "check.h"

#include <math.h>

#include "map/map.h"

enum { SIDE = 45, CELLS = SIDE * SIDE, SIDE_POINTS = 33, CELL_DM = 30000 };

struct country {
    struct arena *arena;
    struct geo_level geo;
    struct map_value *values;
    double width_pt; /* of its map */
};

/* From corner to corner, bent in the middle by a tenth. */
static struct geo_arc side_of(struct arena *arena, int x, int y, bool upright)
{
    int32_t *xy = arena_array(arena, 2 * SIDE_POINTS, sizeof *xy);
    for (int i = 0; i < SIDE_POINTS; i++) {
        int along = CELL_DM * i / (SIDE_POINTS - 1);
        int from_end = i < SIDE_POINTS / 2 ? i : SIDE_POINTS - 1 - i;
        int bend = CELL_DM / 5 * from_end / (SIDE_POINTS - 1);
        xy[2 * i] = x * CELL_DM + (upright ? bend : along);
        xy[2 * i + 1] = y * CELL_DM + (upright ? along : bend);
    }
    return (struct geo_arc){xy, SIDE_POINTS, 0, upright ? 2 : 1};
}

static int32_t lying(int x, int y)
{
    return y * SIDE + x;
}

static int32_t upright(int x, int y)
{
    return (SIDE + 1) * SIDE + y * (SIDE + 1) + x;
}

static struct geo_area cell_of(struct arena *arena, int x, int y)
{
    int32_t *walk = arena_array(arena, 4, sizeof *walk);
    walk[0] = upright(x, y);
    walk[1] = lying(x, y + 1);
    walk[2] = ~upright(x + 1, y);
    walk[3] = ~lying(x, y);
    struct geo_ring *ring = arena_alloc(arena, sizeof *ring);
    *ring = (struct geo_ring){walk, 4};
    const char *code = arena_format(arena, "%04d", y * SIDE + x);
    return (struct geo_area){code, "Lieu", 0, ring, 1};
}

static struct country make_country(void)
{
    static const struct geo_panel panel = {.id = "main",
                                           .label = {"", ""},
                                           .max_x = SIDE * CELL_DM / 10,
                                           .max_y = SIDE * CELL_DM / 10 + 300,
                                           .frame_width = 8000,
                                           .frame_height = 8000};
    struct arena *arena = arena_new();
    size_t arc_count = 2 * SIDE * (SIDE + 1);
    struct geo_arc *arcs = arena_array(arena, arc_count, sizeof *arcs);
    struct geo_area *areas = arena_array(arena, CELLS, sizeof *areas);
    struct country country = {
        .arena = arena,
        .values = arena_array(arena, CELLS, sizeof *country.values),
        .width_pt = 300,
    };
    for (int y = 0; y <= SIDE; y++) {
        for (int x = 0; x <= SIDE; x++) {
            if (x < SIDE)
                arcs[lying(x, y)] = side_of(arena, x, y, false);
            if (y < SIDE)
                arcs[upright(x, y)] = side_of(arena, x, y, true);
        }
    }
    for (int c = 0; c < CELLS; c++) {
        areas[c] = cell_of(arena, c % SIDE, c / SIDE);
        country.values[c] = (struct map_value){
            .code = areas[c].code,
            .label = "Lieu",
            .availability = c % 50 == 0 ? CONFIDENTIAL : AVAILABLE,
            .value = c * 7 % 100,
        };
    }
    country.geo = (struct geo_level){
        .level = "cell",
        .layout = "",
        .vintage = "",
        .licence = "",
        .panels = &panel,
        .panel_count = 1,
        .arcs = arcs,
        .arc_count = arc_count,
        .areas = areas,
        .area_count = CELLS,
    };
    return country;
}

static const struct scene *draw(const struct country *country)
{
    struct err err = {0};
    struct fonts *fonts = NULL;
    struct scene *scene = NULL;
    struct map_job job = {
        .geo = &country->geo,
        .values = country->values,
        .value_count = CELLS,
        .lang = LANG_FR,
        .title = "",
        .unit = "",
        .source = "",
        .mark_label = "",
        .class_count = 4,
        .palette = "blues",
        .focus = "",
        .width_pt = country->width_pt,
    };
    CHECK(fonts_open(country->arena, NULL, &fonts, &err));
    CHECK(map_draw(country->arena, fonts, &job, &scene, &err));
    fonts_close(fonts);
    return scene;
}

/* The only mosaic of the scene. */
static const struct scene_mosaic *mosaic_of(const struct scene *scene)
{
    const struct scene_mosaic *found = NULL;
    for (size_t i = 0; i < scene_count(scene); i++) {
        if (scene_item(scene, i)->kind != SCENE_MOSAIC)
            continue;
        CHECK(found == NULL);
        found = scene_item(scene, i)->mosaic;
    }
    CHECK(found != NULL);
    return found;
}

TEST(each_area_of_a_crowd_is_drawn_once_and_named_by_its_code)
{
    struct country country = make_country();
    const struct scene_mosaic *mosaic = mosaic_of(draw(&country));
    bool drawn[CELLS] = {false};
    CHECK_TEXT(mosaic->css, "area");
    for (size_t a = 0; a < mosaic->area_count; a++) {
        int cell = 0;
        CHECK_INT(sscanf(mosaic->areas[a].title, "Lieu (%d)", &cell), 1);
        CHECK(cell >= 0 && cell < CELLS && !drawn[cell]);
        drawn[cell] = true;
        CHECK_INT(mosaic->areas[a].ring_count, 1);
    }
    for (size_t c = 0; c < CELLS; c++)
        CHECK(drawn[c]);
    arena_free(country.arena);
}

static bool has_title(const struct scene *scene, const char *title)
{
    const struct scene_mosaic *mosaic = mosaic_of(scene);
    for (size_t a = 0; a < mosaic->area_count; a++) {
        if (text_same(mosaic->areas[a].title, title))
            return true;
    }
    return false;
}

TEST(a_name_that_no_other_area_of_a_crowd_has_needs_no_code)
{
    struct country country = make_country();
    country.values[1].label = "Seul";
    const struct scene *scene = draw(&country);
    CHECK(has_title(scene, "Seul\u00a0: 7"));
    CHECK(has_title(scene, "Lieu (0002)\u00a0: 14"));
    arena_free(country.arena);
}

/* Twice the area enclosed by a path that does not cross itself. */
static double twice_the_area(const struct scene_item *path)
{
    double sum = 0;
    for (size_t p = 0; p < path->point_count; p++) {
        const double *at = path->points + 2 * p;
        const double *next =
            path->points + 2 * (p + 1 < path->point_count ? p + 1 : 0);
        sum += at[0] * next[1] - next[0] * at[1];
    }
    return fabs(sum);
}

/* When neighbours share their thinned sides, the cells fill the square. */
TEST(thinned_areas_of_a_crowd_tile_the_country_on_a_fine_grid)
{
    struct country country = make_country();
    const struct scene_mosaic *mosaic = mosaic_of(draw(&country));
    struct scene_room room = {.arena = country.arena};
    double sum = 0, left = 1e9, right = 0, top = 1e9, bottom = 0;
    size_t points = 0;
    for (size_t a = 0; a < mosaic->area_count; a++) {
        const struct scene_item path = scene_area_path(&room, mosaic, a);
        sum += twice_the_area(&path) / 2;
        points += path.point_count;
        for (size_t p = 0; p < path.point_count; p++) {
            double x = path.points[2 * p], y = path.points[2 * p + 1];
            CHECK_NEAR(x * 5, round(x * 5), 1e-6);
            CHECK_NEAR(y * 5, round(y * 5), 1e-6);
            left = fmin(left, x);
            right = fmax(right, x);
            top = fmin(top, y);
            bottom = fmax(bottom, y);
        }
    }
    CHECK(points <= CELLS * 4 * 4); /* of 32 a side */
    CHECK(points >= CELLS * 4);
    CHECK_NEAR(sum, (right - left) * (bottom - top),
               0.02 * (right - left) * (bottom - top));
    arena_free(country.arena);
}

static size_t drawn_points(const struct country *country)
{
    const struct scene_mosaic *mosaic = mosaic_of(draw(country));
    struct scene_room room = {.arena = country->arena};
    size_t points = 0;
    for (size_t a = 0; a < mosaic->area_count; a++)
        points += scene_area_path(&room, mosaic, a).point_count;
    return points;
}

/* A border between two of one colour is not seen: it needs no bend. */
TEST(borders_between_areas_that_look_alike_are_thinned_more)
{
    struct country country = make_country();
    struct geo_arc *arcs =
        arena_array(country.arena, country.geo.arc_count, sizeof *arcs);
    memcpy(arcs, country.geo.arcs, country.geo.arc_count * sizeof *arcs);
    for (size_t a = 0; a < country.geo.arc_count; a++)
        arcs[a].rank = 2;
    country.geo.arcs = arcs;
    country.width_pt = 160; /* bends of half a square point */
    size_t mixed = drawn_points(&country);
    for (size_t c = 0; c < CELLS; c++)
        country.values[c].availability = CONFIDENTIAL;
    size_t alike = drawn_points(&country);
    CHECK(alike < mixed);
    CHECK(alike >= CELLS * 4);
    arena_free(country.arena);
}

/* Runs of one paint, so that devices write and fill them at once. */
TEST(a_crowd_is_drawn_look_by_look)
{
    struct country country = make_country();
    const struct scene_mosaic *mosaic = mosaic_of(draw(&country));
    size_t runs = 0;
    const struct scene_paint *last = NULL;
    for (size_t a = 0; a < mosaic->area_count; a++) {
        const struct scene_paint *paint = mosaic->areas[a].paint;
        runs += last == NULL || !scene_same_paint(last, paint);
        last = paint;
    }
    CHECK_INT(runs, 5); /* confidential, four classes */
    arena_free(country.arena);
}

RUN(CASE(each_area_of_a_crowd_is_drawn_once_and_named_by_its_code),
    CASE(a_name_that_no_other_area_of_a_crowd_has_needs_no_code),
    CASE(thinned_areas_of_a_crowd_tile_the_country_on_a_fine_grid),
    CASE(borders_between_areas_that_look_alike_are_thinned_more),
    CASE(a_crowd_is_drawn_look_by_look))
