/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map_tile_level.h - tiles as a boundary level: one panel with the country,
 * one with the areas of its insets beside or below it. */
#ifndef MAP_MAP_TILE_LEVEL_H
#define MAP_MAP_TILE_LEVEL_H

#include "map/map_cells.h"

struct map_tile_places {
    const struct geo_level *geo;
    size_t main_panel;
    const size_t *areas;          /* [count] of the main panel */
    const struct map_cell *cells; /* [count] */
    size_t count;
    const size_t *insets; /* [inset_count] areas of other panels */
    size_t inset_count;
};

/* Every area is one ring of one arc, of the same index; MAP_TILE_M metres from
 * tile to tile. */
const struct geo_level *map_tile_level(struct arena *arena,
                                       const struct map_tile_places *places);

#endif
