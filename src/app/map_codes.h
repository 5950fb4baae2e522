/* SPDX-License-Identifier: EUPL-1.2 */
/* app/map_codes.h - whether the codes of a file are those of a map. */
#ifndef APP_MAP_CODES_H
#define APP_MAP_CODES_H

#include "app/command.h"
#include "base/map.h"
#include "map/map.h"

/* "no boundaries for level 'regions': expected geo/regions.geo; the nearest is
 * 'region'". */
bool map_no_level(const struct invocation *call, const char *level,
                  struct err *err);

/* A file none of whose codes is an area of the map is for another one:
 * ERR_INPUT names the first of them, and the level that has most. Where only
 * some are not, a remark says how many, and which; the map says so as well.
 * `path` is the file of the values, `lines` are those of its facets and codes
 * (pairs). */
bool map_codes_check(const struct invocation *call, const char *path,
                     const struct geo_level *geo,
                     const struct map_facet *facets, size_t count,
                     const struct map *lines, struct err *err) MUST_USE;

/* ERR_USAGE for a code to put in focus that is no area of the map, with the
 * nearest one. */
bool map_focus_check(struct arena *run, const struct geo_level *geo,
                     const char *focus, struct err *err) MUST_USE;

#endif
