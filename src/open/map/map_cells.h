/* SPDX-License-Identifier: EUPL-1.2 */
/* map/map_cells.h - which cells of a honeycomb stand for a country.
 *
 * Hexagons with a point upwards, odd rows half a cell to the right; one unit is
 * the distance of neighbours' centres. The outline is kept: the cells are those
 * that hold most of its land, each island with as many as it has areas, and
 * never beside the cells of another. */
#ifndef MAP_MAP_CELLS_H
#define MAP_MAP_CELLS_H

#include "geo/geo.h"

#define CELL_ROW 0.8660254037844386    /* distance of rows: root of 3/4 */
#define CELL_RADIUS 0.5773502691896258 /* of the corners: root of 1/3 */

struct map_cell {
    int column, row;
};
double map_cell_x(struct map_cell cell);
double map_cell_y(struct map_cell cell);
double map_cells_distance(struct map_cell a, struct map_cell b);
/* In all six directions, and itself. */
bool map_cells_touch(struct map_cell a, struct map_cell b);

/* Land of one panel as a raster, y downwards, and what lies on it. */
struct map_land {
    const struct geo_level *geo;
    size_t panel;
    const size_t *areas; /* [count] of the level */
    const size_t *parts; /* [count] island of each, 0 the largest */
    size_t count, part_count;

    int width, height;   /* of the raster */
    double metres;       /* side of a pixel */
    unsigned char *part; /* [pixel] island + 1, 0 sea */
    size_t size;         /* pixels of land */
};
enum { MAP_PARTS_MOST = 200 };

void map_land_fill(struct arena *arena, struct map_land *land);

/* A honeycomb laid over the land. */
struct map_comb {
    double unit; /* pixels */
    double dx;   /* of cell 0, 0 */
};
/* `turn` counts the places that a comb can have over the land. */
enum { MAP_COMB_TURNS = 24 };
struct map_comb map_comb_at(const struct map_land *land, int turn);
/* One cell for each area, by islands: those of island 0 first. False where
 * islands find no room. */
bool map_cells_choose(struct arena *arena, const struct map_land *land,
                      const struct map_comb *comb, struct map_cell *cells);

#endif
