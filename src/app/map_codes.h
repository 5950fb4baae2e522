/* SPDX-License-Identifier: EUPL-1.2 */
/* app/map_codes.h - whether the codes of a file are those of a map. */
#ifndef APP_MAP_CODES_H
#define APP_MAP_CODES_H

#include "app/command.h"
#include "map/map.h"

/* "no boundaries for level 'regions': expected geo/regions.geo; the nearest is
 * 'region'". */
bool map_no_level(const struct invocation *call, const char *level,
                  struct err *err);

/* A file none of whose codes is an area of the map is for another one:
 * ERR_INPUT names the first of them, and the level that has most. Where only
 * some are not, a remark says how many. `path` is the file of the values. */
bool map_codes_check(const struct invocation *call, const char *path,
                     const struct geo_level *geo,
                     const struct map_facet *facets, size_t count,
                     struct err *err) MUST_USE;

#endif
