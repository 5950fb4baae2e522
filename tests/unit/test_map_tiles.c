/* SPDX-License-Identifier: EUPL-1.2 */
/* Tiles: every area one hexagon, its neighbours near it. */
#include <math.h>

#include "map/assignment.h"
#include "map/map_cells.h"
#include "map/map_impl.h"
#include "map_fixture.h"

/* --- assignment ----------------------------------------------------------- */

static int64_t cheapest(const int64_t *costs, size_t count, size_t row,
                        unsigned used)
{
    if (row == count)
        return 0;
    int64_t least = INT64_MAX;
    for (size_t c = 0; c < count; c++) {
        if (used >> c & 1)
            continue;
        int64_t rest = cheapest(costs, count, row + 1, used | 1u << c);
        if (costs[row * count + c] + rest < least)
            least = costs[row * count + c] + rest;
    }
    return least;
}

TEST(an_assignment_costs_as_little_as_the_best_of_all)
{
    struct arena *arena = arena_new();
    uint32_t seed = 7;
    for (size_t turn = 0; turn < 300; turn++) {
        size_t count = 1 + turn % 6, columns[6], used = 0;
        int64_t costs[36], sum = 0;
        for (size_t i = 0; i < count * count; i++) {
            seed = seed * 1664525u + 1013904223u;
            costs[i] = turn % 2 ? seed >> 29 : seed >> 12;
        }
        int64_t found = assignment_find(arena, costs, count, columns);
        for (size_t row = 0; row < count; row++) {
            sum += costs[row * count + columns[row]];
            used |= (size_t)1 << columns[row];
        }
        CHECK_INT(used, ((size_t)1 << count) - 1); /* each column once */
        CHECK_INT(found, sum);
        CHECK_INT(found, cheapest(costs, count, 0, 0));
    }
    arena_free(arena);
}

/* --- the country ---------------------------------------------------------- */

struct tile {
    double x, y;
};

static struct tile tile_of(const struct geo_level *tiles, const char *code)
{
    for (size_t a = 0; a < tiles->area_count; a++) {
        if (!text_same(tiles->areas[a].code, code))
            continue;
        const int32_t *xy = tiles->arcs[a].xy;
        return (struct tile){xy[0] / 10.0 / MAP_TILE_M,
                             -(xy[1] + xy[7]) / 20.0 / MAP_TILE_M};
    }
    CHECK(false);
    return (struct tile){0};
}

static double apart(struct tile a, struct tile b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

static const struct geo_level *
read_tiles(struct arena *arena, const char *level, const struct geo_level **geo)
{
    const struct geo_level *tiles = NULL;
    struct err err = {0};
    CHECK(geo_read(arena, "geo", level, geo, &err) && *geo);
    CHECK(map_tiles_make(arena, *geo, &tiles, &err));
    return tiles;
}

TEST(every_area_is_one_tile_and_no_two_share_a_cell)
{
    static const char *const levels[] = {"departement", "region"};
    static const size_t counts[] = {101, 18};
    for (size_t l = 0; l < COUNT_OF(levels); l++) {
        struct arena *arena = arena_new();
        const struct geo_level *geo;
        const struct geo_level *tiles = read_tiles(arena, levels[l], &geo);
        CHECK_INT(tiles->area_count, counts[l]);
        CHECK_INT(tiles->panel_count, 2);
        for (size_t a = 0; a < tiles->area_count; a++) {
            for (size_t b = 0; b < a; b++) {
                const struct geo_area *one = &tiles->areas[a];
                const struct geo_area *other = &tiles->areas[b];
                CHECK(!text_same(one->code, other->code));
                if (one->panel == other->panel)
                    CHECK(apart(tile_of(tiles, one->code),
                                tile_of(tiles, other->code)) > 0.99);
            }
        }
        arena_free(arena);
    }
}

/* Of the pairs that share a border, in percent. */
static size_t kept(const struct geo_level *geo, const struct geo_level *tiles)
{
    struct arena *arena = arena_new();
    struct geo_neighbours near;
    geo_neighbours_find(arena, geo, &near);
    size_t pairs = 0, touching = 0;
    for (size_t i = 0; i < near.count; i++) {
        for (size_t k = 0; k < near.sizes[i]; k++) {
            pairs++;
            touching +=
                apart(tile_of(tiles, near.codes[i]),
                      tile_of(tiles, near.codes[near.lists[i][k]])) < 1.01;
        }
    }
    arena_free(arena);
    return 100 * touching / pairs;
}

TEST(most_neighbours_stay_neighbours)
{
    struct arena *arena = arena_new();
    const struct geo_level *geo, *tiles;
    tiles = read_tiles(arena, "departement", &geo);
    CHECK(kept(geo, tiles) >= 80);
    tiles = read_tiles(arena, "region", &geo);
    CHECK(kept(geo, tiles) >= 90);
    arena_free(arena);
}

TEST(the_outline_is_that_of_the_country)
{
    struct arena *arena = arena_new();
    const struct geo_level *geo;
    const struct geo_level *tiles = read_tiles(arena, "departement", &geo);
    struct tile west = tile_of(tiles, "29"), north = tile_of(tiles, "59");
    struct tile east = tile_of(tiles, "67"), south = tile_of(tiles, "66");
    struct tile corse = tile_of(tiles, "2A");
    for (size_t a = 0; a < tiles->area_count; a++) {
        const struct geo_area *area = &tiles->areas[a];
        struct tile at = tile_of(tiles, area->code);
        if (area->panel != 0 || text_same(area->code, "2A") ||
            text_same(area->code, "2B"))
            continue;
        CHECK(at.x >= west.x && at.x <= east.x + 1);
        CHECK(at.y >= north.y - 0.01 && at.y <= south.y + 0.01);
        CHECK(apart(at, corse) > 1.5); /* sea between */
    }
    CHECK_NEAR(apart(tile_of(tiles, "2B"), corse), 1, 0.01);
    CHECK(corse.x > tile_of(tiles, "13").x && corse.y > tile_of(tiles, "04").y);
    CHECK_INT(tiles->areas[tiles->area_count - 1].panel, 1);
    arena_free(arena);
}

/* --- the picture ---------------------------------------------------------- */

TEST(a_tile_has_its_code_and_the_title_of_its_area)
{
    static const struct map_value values[] = {
        {.code = "a", .label = "Alpha", .value = 1},
        {.code = "b", .label = "Bêta", .availability = CONFIDENTIAL},
        {.code = "c", .label = "Gamma", .value = 9},
        {.code = "d", .label = "Delta", .value = 5, .marked = true},
    };
    struct map_case at = map_begin(values, COUNT_OF(values));
    at.job.kind = MAP_TILES;
    CHECK(map_run(&at));
    CHECK(says(at.scene, "a") && says(at.scene, "d"));
    CHECK(says(at.scene, "Outre-mer"));
    CHECK(says(at.scene, "hexagone de même taille"));
    CHECK(says(at.scene, "secret statistique\u00a0(1)"));
    CHECK(!says(at.scene, "main levée")); /* nothing of those outlines */
    size_t titles = 0;
    for (size_t i = 0; i < scene_count(at.scene); i++) {
        const struct scene_item *item = scene_item(at.scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->css, "area"))
            titles++;
        if (item->kind == SCENE_GROUP_BEGIN && text_same(item->id, "main-b"))
            CHECK_TEXT(item->title, "Bêta (b)\u00a0: secret statistique");
    }
    CHECK_INT(titles, 4);
    map_end(&at);
}

TEST(a_level_of_too_many_areas_is_refused_by_name)
{
    struct map_case at = map_begin(NULL, 0);
    struct geo_level many = fixture_level;
    many.area_count = MAP_TILES_MOST + 1;
    at.job.geo = &many;
    at.job.kind = MAP_TILES;
    CHECK(!map_run(&at));
    CHECK_TEXT(at.err.text, "map: tiles are for levels of 1 to 150 areas; "
                            "level 'square' has 151");
    map_end(&at);
}

TEST(tiles_are_the_same_every_time)
{
    struct arena *arena = arena_new();
    const struct geo_level *geo;
    const struct geo_level *one = read_tiles(arena, "region", &geo);
    const struct geo_level *two = read_tiles(arena, "region", &geo);
    for (size_t a = 0; a < one->area_count; a++)
        CHECK_INT(memcmp(one->arcs[a].xy, two->arcs[a].xy,
                         2 * one->arcs[a].count * sizeof *one->arcs[a].xy),
                  0);
    arena_free(arena);
}

RUN(CASE(an_assignment_costs_as_little_as_the_best_of_all),
    CASE(every_area_is_one_tile_and_no_two_share_a_cell),
    CASE(most_neighbours_stay_neighbours),
    CASE(the_outline_is_that_of_the_country),
    CASE(a_tile_has_its_code_and_the_title_of_its_area),
    CASE(a_level_of_too_many_areas_is_refused_by_name),
    CASE(tiles_are_the_same_every_time))
