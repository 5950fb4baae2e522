/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/map_layout.h"

#include <string.h>

#include "base/map.h"

static struct map *map_codes(struct arena *run, const struct geo_level *geo)
{
    struct map *codes = map_new(run);
    for (size_t a = 0; a < geo->area_count; a++)
        map_put(codes, geo->areas[a].code, strlen(geo->areas[a].code), (int)a);
    return codes;
}

/* The région's values of a facet: those of its areas, each of which has one;
 * the others are surroundings. Codes without area anywhere stay, to be named
 * on the map. */
static void cut_facet(struct arena *run, const struct map *whole,
                      const struct geo_level *geo, const bool *inside,
                      struct map_facet *facet)
{
    const struct map *cut = map_codes(run, geo);
    bool *given = arena_array(run, geo->area_count, sizeof *given);
    struct map_value *values =
        arena_array(run, facet->value_count + geo->area_count, sizeof *values);
    size_t count = 0;
    for (size_t v = 0; v < facet->value_count; v++) {
        const char *code = facet->values[v].code;
        int area = map_get(cut, code, strlen(code));
        if (area >= 0 && inside[area])
            given[area] = true;
        else if (map_get(whole, code, strlen(code)) >= 0)
            continue;
        values[count++] = facet->values[v];
    }
    for (size_t a = 0; a < geo->area_count; a++) {
        if (inside[a] && !given[a])
            values[count++] = (struct map_value){.code = geo->areas[a].code,
                                                 .label = geo->areas[a].label,
                                                 .availability = NOT_AVAILABLE};
    }
    facet->values = values;
    facet->value_count = count;
}

static bool cut_region(const struct invocation *call, struct map_job *job,
                       struct map_facet *facets, size_t count,
                       const char *region, struct err *err)
{
    const struct geo_level *regions = NULL;
    const bool *inside = NULL;
    const char *directory = geo_directory(call->run, call->project, "region");
    if (!geo_read(call->run, directory, "region", &regions, err))
        return false;
    if (regions == NULL)
        return err_fail(err, ERR_INPUT, "geo.level",
                        "no boundaries for level 'region': expected "
                        "%s/region.geo",
                        directory);
    const struct map *whole = map_codes(call->run, job->geo);
    if (!geo_region_cut(call->run, job->geo, regions, region, &job->geo,
                        &inside, err))
        return false;
    job->context_rest = true;
    for (size_t f = 0; f < count; f++)
        cut_facet(call->run, whole, job->geo, inside, &facets[f]);
    return true;
}

bool map_layout(const struct invocation *call, struct map_job *job,
                struct map_facet *facets, size_t count, struct err *err)
{
    const char *layout = option(call, "layout");
    const char *region = option(call, "region");
    if (layout != NULL && region != NULL)
        return err_fail(err, ERR_USAGE, "usage.layout",
                        "--layout and --region exclude each other");
    if (region != NULL)
        return cut_region(call, job, facets, count, region, err);
    return layout == NULL ||
           geo_layout_apply(call->run, job->geo,
                            geo_layout_path(call->run, call->project, layout),
                            &job->geo, err) ||
           geo_layout_near(call->run, call->project, layout, err);
}
