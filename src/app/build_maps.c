/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "app/build.h"
#include "geo/geo.h"
#include "seal/seal.h"

/* Maps of the levels that tables of spatial statistics select. */
struct maps {
    const struct invocation *call;
    struct seal_map *at;
    size_t count, capacity;
};

static bool add_level(struct maps *maps, const char *level, struct err *err)
{
    struct arena *run = maps->call->run;
    const struct geo_level *geo = NULL;
    const char *directory = geo_directory(run, maps->call->project, level);
    if (!geo_read(run, directory, level, &geo, err))
        return false;
    if (geo == NULL)
        return true; /* such a level has no ratios */
    struct geo_neighbours found;
    geo_neighbours_find(run, geo, &found);
    maps->at = arena_grow(run, maps->at, maps->count, &maps->capacity,
                          sizeof *maps->at);
    maps->at[maps->count++] = (struct seal_map){level, found.codes, found.lists,
                                                found.sizes, found.count};
    return true;
}

static bool add_levels(struct maps *maps, const struct plan_table *table,
                       struct err *err)
{
    const struct selection *selection = &table->select[DIM_TERRITORY];
    for (size_t w = 0; w < selection->count; w++) {
        const char *word = selection->words[w];
        if (text_starts(word, "level:") &&
            !add_level(maps, word + strlen("level:"), err))
            return false;
    }
    return true;
}

bool build_maps(const struct invocation *call, const struct plan *plan,
                struct seal_job *job, struct err *err)
{
    struct maps maps = {.call = call};
    for (size_t s = 0; s < plan->statistic_count; s++) {
        const struct plan_statistic *statistic = &plan->statistics[s];
        if (statistic->kind != STATISTIC_SPATIAL_RATIO)
            continue;
        size_t before = maps.count;
        for (size_t t = 0; t < plan->table_count; t++) {
            if (text_same(plan->tables[t].id, statistic->from) &&
                !add_levels(&maps, &plan->tables[t], err))
                return false;
        }
        if (maps.count == before)
            return err_fail(err, ERR_SCRIPT, "build.map",
                            "statistic '%s': no level of table '%s' has "
                            "boundaries",
                            statistic->id, statistic->from);
    }
    job->maps = maps.at;
    job->map_count = maps.count;
    return true;
}
