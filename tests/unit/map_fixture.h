/* SPDX-License-Identifier: EUPL-1.2 */
/* map_fixture.h - a country of three squares and an island, and its map.
 *
 * Main panel: a, b and c in a row, 20 km each; a and b have one parent, so
 * b|c is a parent's border. Inset: the island d. */
#ifndef MAP_FIXTURE_H
#define MAP_FIXTURE_H

#include "check.h"
#include "map/map.h"

static const int32_t fixture_a[] = {200000, 0, 0, 0, 0, 200000, 200000, 200000};
static const int32_t fixture_ab[] = {200000, 0, 200000, 200000};
static const int32_t fixture_top[] = {200000, 200000, 400000, 200000};
static const int32_t fixture_bottom[] = {400000, 0, 200000, 0};
static const int32_t fixture_bc[] = {400000, 0, 400000, 200000};
static const int32_t fixture_c[] = {400000, 200000, 600000, 200000,
                                    600000, 0,      400000, 0};
static const int32_t fixture_d[] = {0,     0,     0, 50000, 50000,
                                    50000, 50000, 0, 0,     0};
static const struct geo_arc fixture_arcs[] = {
    {fixture_a, 4, 0, 0},      {fixture_ab, 2, 0, 2}, {fixture_top, 2, 0, 0},
    {fixture_bottom, 2, 0, 0}, {fixture_bc, 2, 0, 1}, {fixture_c, 4, 0, 0},
    {fixture_d, 5, 1, 0},
};
static const int32_t fixture_ring_a[] = {0, ~1};
static const int32_t fixture_ring_b[] = {1, 2, ~4, 3};
static const int32_t fixture_ring_c[] = {4, 5};
static const int32_t fixture_ring_d[] = {6};
static const struct geo_ring fixture_rings[] = {
    {fixture_ring_a, 2},
    {fixture_ring_b, 4},
    {fixture_ring_c, 2},
    {fixture_ring_d, 1},
};
static const struct geo_area fixture_areas[] = {
    {"a", "Alpha", 0, &fixture_rings[0], 1},
    {"b", "Bêta", 0, &fixture_rings[1], 1},
    {"c", "Gamma", 0, &fixture_rings[2], 1},
    {"d", "Delta", 1, &fixture_rings[3], 1},
};
static const struct geo_panel fixture_panels[] = {
    {.id = "main",
     .label = {"", ""},
     .max_x = 60000,
     .max_y = 20000,
     .frame_x = 2000,
     .frame_width = 8000,
     .frame_height = 4000,
     .scale_bar_km = 10},
    {.id = "d",
     .label = {"Île", "Island"},
     .max_x = 5000,
     .max_y = 5000,
     .frame_width = 1800,
     .frame_height = 4000,
     .scale_bar_km = 2.5,
     .boxed = true},
};
static const struct geo_level fixture_level = {
    .level = "square",
    .layout = "fixture",
    .vintage = "main levée",
    .licence = "",
    .panels = fixture_panels,
    .panel_count = 2,
    .arcs = fixture_arcs,
    .arc_count = 7,
    .areas = fixture_areas,
    .area_count = 4,
};

struct map_case {
    struct arena *arena;
    struct fonts *fonts;
    struct map_job job;
    struct scene *scene;
    struct err err;
};

static struct map_case map_begin(const struct map_value *values, size_t count)
{
    struct map_case at = {.arena = arena_new()};
    CHECK(fonts_open(at.arena, NULL, &at.fonts, &at.err));
    at.job = (struct map_job){
        .geo = &fixture_level,
        .values = values,
        .value_count = count,
        .lang = LANG_FR,
        .title = "Incidence",
        .unit = "Taux pour 100 000",
        .source = "registre",
        .mark_label = "territoire avec registre",
        .decimals = 1,
        .class_count = 2,
        .palette = "blues",
        .focus = "",
        .width_pt = 300,
    };
    return at;
}

static inline bool map_run(struct map_case *at)
{
    return map_draw(at->arena, at->fonts, &at->job, &at->scene, &at->err);
}

static void map_end(struct map_case *at)
{
    fonts_close(at->fonts);
    arena_free(at->arena);
}

/* A text of the scene contains the words. */
static inline bool says(const struct scene *scene, const char *words)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT && strstr(item->text, words))
            return true;
    }
    return false;
}

/* Paths of a CSS class. */
static inline size_t count_css(const struct scene *scene, const char *css)
{
    size_t count = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        count += item->kind == SCENE_PATH && text_same(item->paint->css, css);
    }
    return count;
}

/* Fill of the path that follows the group of an area. */
static inline uint32_t fill_of(const struct scene *scene, const char *id)
{
    bool inside = false;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_GROUP_BEGIN)
            inside = text_same(item->id, id);
        if (inside && item->kind == SCENE_PATH)
            return item->paint->fill;
    }
    CHECK(false);
    return 0;
}

#endif
