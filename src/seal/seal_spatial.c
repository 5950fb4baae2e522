/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "calc/kernel_spatial.h"
#include "seal/seal_statistics_impl.h"

/* The territories of one level that are in the model, as it numbers them. */
struct areas {
    struct arena *arena;
    const struct seal_map *map;
    size_t count;
    size_t *place;    /* [count] on the territory axis */
    size_t *of_place; /* [map->count] number of a code of the map, or count */
    double *observed, *expected; /* [count] */
};

/* The map of the territory at `place`, from those found before it. */
static bool find_map(const struct making *making, size_t place,
                     const struct seal_map **out, struct err *err)
{
    const struct seal_job *job = making->seal->job;
    const char *level =
        pub_axis_node(making->from, DIM_TERRITORY, place)->level;
    for (size_t t = 0; t < place; t++) {
        if (text_same(pub_axis_node(making->from, DIM_TERRITORY, t)->level,
                      level)) {
            *out = making->maps[t];
            return true;
        }
    }
    *out = NULL;
    return job->find_map == NULL ||
           job->find_map(job->map_context, level, out, err);
}

bool statistic_find_maps(struct making *making, struct err *err)
{
    size_t count = pub_axis_count(making->from, DIM_TERRITORY);
    bool any = false;
    making->maps =
        arena_array(making->seal->closed, count, sizeof *making->maps);
    for (size_t t = 0; t < count; t++) {
        if (!find_map(making, t, &making->maps[t], err))
            return false;
        any = any || making->maps[t] != NULL;
    }
    return any || err_fail(err, ERR_SCRIPT, "seal.statistic",
                           "no level of table '%s' has boundaries",
                           pub_id(making->from));
}

/* The place on the axis of each code of the map that is available and where
 * cases are expected: a risk has no mean elsewhere. */
static void find_areas(const struct making *making, const struct compared *all,
                       struct areas *areas)
{
    size_t codes = areas->map->count;
    areas->place = arena_array(areas->arena, codes, sizeof *areas->place);
    areas->of_place = arena_array(areas->arena, codes, sizeof *areas->of_place);
    areas->observed = arena_array(areas->arena, codes, sizeof(double));
    areas->expected = arena_array(areas->arena, codes, sizeof(double));
    for (size_t c = 0; c < codes; c++) {
        areas->of_place[c] = codes;
        int place = pub_axis_find(making->from, DIM_TERRITORY,
                                  areas->map->level, areas->map->codes[c]);
        if (place < 0 || all[place].status != AVAILABLE ||
            !(all[place].expected > 0.0))
            continue;
        areas->of_place[c] = areas->count;
        areas->place[areas->count] = (size_t)place;
        areas->observed[areas->count] = all[place].observed;
        areas->expected[areas->count++] = all[place].expected;
    }
}

/* The map of those alone. */
static struct neighbours find_neighbours(const struct areas *areas)
{
    const struct seal_map *map = areas->map;
    const size_t **lists =
        arena_array(areas->arena, areas->count + 1, sizeof *lists);
    size_t *sizes = arena_array(areas->arena, areas->count + 1, sizeof *sizes);
    for (size_t c = 0; c < map->count; c++) {
        size_t own = areas->of_place[c];
        if (own == map->count)
            continue;
        size_t *list =
            arena_array(areas->arena, map->sizes[c] + 1, sizeof *list);
        for (size_t n = 0; n < map->sizes[c]; n++) {
            size_t other = areas->of_place[map->lists[c][n]];
            if (other != map->count)
                list[sizes[own]++] = other;
        }
        lists[own] = list;
    }
    return (struct neighbours){lists, sizes, areas->count};
}

/* Beside the probability of an excess, one class for the whole map: whether
 * its areas differ at all. Both rest on what is shown of the counts. */
static void put_risk(const struct kernel_spatial_fit *fit, size_t area,
                     struct series_result *result)
{
    const struct kernel_spatial_posterior *risk = &fit->risks[area];
    *result = (struct series_result){.has_value = true,
                                     .has_limits = true,
                                     .value = risk->mean,
                                     .lower = risk->lower,
                                     .upper = risk->upper};
    statistic_above(result, fit->above_one[area]);
    result->extra[result->extra_count++] =
        (double)kernel_spatial_evidence(fit->log_evidence);
}

void statistic_spatial(const struct making *making, const struct compared *all,
                       const struct seal_map *map,
                       struct series_result *results)
{
    struct areas areas = {.arena = arena_new(), .map = map};
    find_areas(making, all, &areas);
    if (areas.count > 1) {
        const struct kernel_spatial_map counts = {
            .neighbours = find_neighbours(&areas),
            .observed = areas.observed,
            .expected = areas.expected,
        };
        struct kernel_spatial_fit fit;
        bool ok = kernel_spatial_fit(areas.arena, &counts, SPATIAL_BYM2,
                                     STATISTIC_CONFIDENCE, &fit);
        for (size_t i = 0; ok && i < areas.count; i++)
            put_risk(&fit, i, &results[areas.place[i]]);
    }
    arena_free(areas.arena);
}
