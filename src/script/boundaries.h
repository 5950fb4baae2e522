/* SPDX-License-Identifier: EUPL-1.2 */
/* script/boundaries.h - boundary files of the levels that a document maps. */
#ifndef SCRIPT_BOUNDARIES_H
#define SCRIPT_BOUNDARIES_H

#include "map/map.h"
#include "script/chapter.h"

/* The field `layout` of the table at `index`, `usual` where it is not given:
 * the name of a layout, never a path, since a script reads no files. Raises for
 * anything else. */
const char *boundaries_layout(lua_State *L, int index, const char *usual);

/* Boundaries of `level` as `layout` places them, "" for the file's own; the
 * call's second argument is the map, whose own layout must exist for the level
 * where the project's need not. Read once a document, and the document's; NULL:
 * the level has no file. Raises what is wrong with a file. */
const struct geo_level *boundaries_read(lua_State *L, struct page *page,
                                        const char *level, const char *layout);

/* One région of a level, pale what touches it: `inside` tells which of its
 * areas are of the région. Raises for a level without boundaries as well. */
struct boundaries_cut {
    const struct geo_level *geo, *whole;
    const bool *inside;
};
void boundaries_cut(lua_State *L, struct page *page, const char *level,
                    const char *region, struct boundaries_cut *out);

/* Whether a code of the level is drawn in the région: as one of its areas, by
 * the members of its alias, or nowhere, which is then said on the map. */
bool boundaries_takes(const struct boundaries_cut *cut,
                      const struct project *project, const char *code);

/* Whether a code of the level lies in the région or touches it, or has no area
 * at all. */
bool boundaries_draws(const struct boundaries_cut *cut,
                      const struct project *project, const char *code);

/* Adds the areas of the région that no value is of, as not available: what is
 * pale is beside it. `values` has room for every area of the cut; returns how
 * many there are then. */
size_t boundaries_fill(const struct boundaries_cut *cut,
                       const struct project *project, struct map_value *values,
                       size_t count);

#endif
