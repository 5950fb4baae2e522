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

/* The codes of a level, and the rows of a file that have them. It lives as long
 * as the arena. */
struct map_codes *map_codes_new(struct arena *arena,
                                const struct geo_level *geo);

/* Takes the code of a row; returns the line of the facet that had it before, or
 * 0. Lines are counted from 1. */
int map_codes_take(struct map_codes *codes, size_t facet, const char *code,
                   int line);

/* A file none of whose codes is an area of the map is for another one:
 * ERR_INPUT names the first of them, and the level that has most. Where only
 * some are not, a remark says how many, and which; the map says so as well.
 * `path` is the file, `facets` are its values. */
bool map_codes_check(const struct invocation *call, const char *path,
                     struct map_codes *codes, const struct map_facet *facets,
                     size_t count, struct err *err) MUST_USE;

/* ERR_USAGE for a code to put in focus that is no area of the map, with the
 * nearest one. */
bool map_focus_check(struct arena *run, const struct geo_level *geo,
                     const char *focus, struct err *err) MUST_USE;

#endif
