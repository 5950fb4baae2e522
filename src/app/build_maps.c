/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/build.h"
#include "geo/geo.h"
#include "seal/seal.h"

bool build_find_map(void *context, const char *level,
                    const struct seal_map **out, struct err *err)
{
    const struct invocation *call = context;
    const struct geo_level *geo = NULL;
    const char *directory = geo_directory(call->run, call->project, level);
    if (!geo_read(call->run, directory, level, &geo, err))
        return false;
    *out = NULL;
    if (geo == NULL)
        return true;
    struct geo_neighbours found;
    struct seal_map *map = arena_alloc(call->run, sizeof *map);
    geo_neighbours_find(call->run, geo, &found);
    *map = (struct seal_map){level, found.codes, found.lists, found.sizes,
                             found.count};
    *out = map;
    return true;
}
