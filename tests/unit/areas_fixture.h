/* SPDX-License-Identifier: EUPL-1.2 */
/* areas_fixture.h - areas of a reference map with cases and neighbours. */
#ifndef AREAS_FIXTURE_H
#define AREAS_FIXTURE_H

#include "calc/neighbours.h"
#include "vectors.h"

enum {
    MAP_AREAS = 100,
    MAP_NEIGHBOURS = 20,
};

struct map_areas {
    double *cases, *expected, *base; /* [count] */
    size_t count;
    struct neighbours neighbours;
};

static inline void map_neighbours_read(struct arena *arena, const char *file,
                                       struct map_areas *map)
{
    struct vectors in = vectors_open(file);
    size_t **lists = arena_array(arena, map->count, sizeof *lists);
    size_t *sizes = arena_array(arena, map->count, sizeof *sizes);
    for (size_t i = 0; i < map->count; i++)
        lists[i] = arena_array(arena, MAP_NEIGHBOURS, sizeof **lists);
    while (vectors_next(&in)) {
        size_t i = (size_t)vectors_number(&in, "i") - 1;
        CHECK(i < map->count && sizes[i] < MAP_NEIGHBOURS);
        lists[i][sizes[i]++] = (size_t)vectors_number(&in, "j") - 1;
    }
    vectors_end(&in);
    map->neighbours = (struct neighbours){
        (const size_t *const *)lists,
        sizes,
        map->count,
    };
}

static inline struct map_areas map_areas_read(struct arena *arena,
                                              const char *name)
{
    struct vectors in = vectors_open(arena_format(arena, "06_eb_%s.csv", name));
    struct map_areas map = {
        .cases = arena_array(arena, MAP_AREAS, sizeof(double)),
        .expected = arena_array(arena, MAP_AREAS, sizeof(double)),
        .base = arena_array(arena, MAP_AREAS, sizeof(double)),
    };
    while (vectors_next(&in)) {
        CHECK(map.count < MAP_AREAS);
        map.cases[map.count] = vectors_number(&in, "cases");
        map.expected[map.count] = vectors_number(&in, "expected");
        map.base[map.count++] = vectors_number(&in, "population_or_base");
    }
    vectors_end(&in);
    map_neighbours_read(
        arena, arena_format(arena, "06_eb_%s_adjacency.csv", name), &map);
    return map;
}

#endif
