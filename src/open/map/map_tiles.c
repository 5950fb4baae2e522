/* SPDX-License-Identifier: EUPL-1.2 */
/* A level as tiles: every area one hexagon of the same size, its neighbours
 * near it (a tile grid map). The result is a level like any other, so that
 * classes, patterns, legend and titles are those of every map.
 *
 * Cells are chosen to keep the outline; areas are given to cells so that the
 * sum of squared distances from where they lie is the least. Of the places
 * that the honeycomb can have, the one that keeps most neighbours together
 * wins. Areas of insets stand in rows of their own. */
#include <math.h>
#include <string.h>

#include "map/assignment.h"
#include "map/map_cells.h"
#include "map/map_impl.h"
#include "map/map_segments.h"
#include "map/map_tile_level.h"

enum {
    COST_UNIT = 100, /* of a distance, in cells */
    DIRECTIONS = 6,
};

struct tiling {
    struct arena *scratch;
    const struct geo_level *geo;
    struct map_land land;
    size_t *areas, *parts; /* [home_count] of the main panel */
    double (*places)[2];   /* [home_count] where they lie, pixels */
    size_t home_count;
    size_t *insets; /* areas of other panels */
    size_t inset_count;
    bool (*near)[MAP_TILES_MOST]; /* [home][home] neighbours */

    struct map_cell *cells; /* [home] the best so far */
    size_t kept;            /* pairs of neighbours that touch */
    int64_t cost;
};

/* --- areas ---------------------------------------------------------------- */

static size_t main_panel(const struct geo_level *geo)
{
    for (size_t p = 0; p < geo->panel_count; p++) {
        if (!geo->panels[p].boxed)
            return p;
    }
    return 0;
}

static bool is_listed(const struct geo_level *geo, const size_t *areas,
                      size_t count, size_t area)
{
    for (size_t i = 0; i < count; i++) {
        if (text_same(geo->areas[areas[i]].code, geo->areas[area].code))
            return true;
    }
    return false;
}

/* Areas of the main panel, then those that are nowhere but in insets. */
static void list_areas(struct tiling *at)
{
    const struct geo_level *geo = at->geo;
    at->areas = arena_array(at->scratch, geo->area_count, sizeof *at->areas);
    at->insets = arena_array(at->scratch, geo->area_count, sizeof *at->insets);
    for (size_t a = 0; a < geo->area_count; a++) {
        if (geo->areas[a].panel == at->land.panel)
            at->areas[at->home_count++] = a;
    }
    for (size_t a = 0; a < geo->area_count; a++) {
        if (geo->areas[a].panel != at->land.panel &&
            !is_listed(geo, at->areas, at->home_count, a) &&
            !is_listed(geo, at->insets, at->inset_count, a))
            at->insets[at->inset_count++] = a;
    }
}

/* The first area that uses an arc owns it; another one is its neighbour. */
static void meet(struct tiling *at, size_t home, size_t *owners)
{
    const struct geo_area *area = &at->geo->areas[at->areas[home]];
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            int32_t walk = area->rings[r].arcs[i];
            size_t *owner = &owners[walk < 0 ? ~walk : walk];
            if (*owner == SIZE_MAX)
                *owner = home;
            else if (*owner != home)
                at->near[home][*owner] = at->near[*owner][home] = true;
        }
    }
}

static void find_neighbours(struct tiling *at)
{
    size_t *owners =
        arena_array(at->scratch, at->geo->arc_count, sizeof *owners);
    for (size_t i = 0; i < at->geo->arc_count; i++)
        owners[i] = SIZE_MAX;
    at->near = arena_array(at->scratch, at->home_count, sizeof *at->near);
    for (size_t home = 0; home < at->home_count; home++)
        meet(at, home, owners);
}

static size_t spread_part(struct tiling *at, size_t from, size_t part)
{
    size_t size = 1;
    at->parts[from] = part;
    for (size_t b = 0; b < at->home_count; b++) {
        if (at->near[from][b] && at->parts[b] == SIZE_MAX)
            size += spread_part(at, b, part);
    }
    return size;
}

/* Islands: what hangs together by borders; the largest becomes part 0. */
static void find_parts(struct tiling *at)
{
    size_t count = 0, largest = 0, most = 0;
    at->parts = arena_array(at->scratch, at->home_count, sizeof *at->parts);
    for (size_t a = 0; a < at->home_count; a++)
        at->parts[a] = SIZE_MAX;
    for (size_t a = 0; a < at->home_count; a++) {
        if (at->parts[a] != SIZE_MAX)
            continue;
        size_t size = spread_part(at, a, count);
        if (size > most) {
            most = size;
            largest = count;
        }
        count++;
    }
    for (size_t a = 0; a < at->home_count; a++) {
        size_t part = at->parts[a];
        if (part == largest)
            at->parts[a] = 0;
        else if (part == 0)
            at->parts[a] = largest;
    }
    at->land.part_count = count;
}

/* Twice a surface and its moments, metres. */
struct gravity {
    double surface, x, y;
};

static void add_segment(void *into, const double a[2], const double b[2])
{
    struct gravity *sum = into;
    double turn = a[0] * b[1] - b[0] * a[1];
    sum->surface += turn;
    sum->x += turn * (a[0] + b[0]) / 3;
    sum->y += turn * (a[1] + b[1]) / 3;
}

/* Centre of gravity, y downwards, in pixels of the raster. */
static void place_area(const struct tiling *at, size_t home)
{
    const struct geo_panel *panel = &at->geo->panels[at->land.panel];
    struct gravity sum = {0};
    map_each_segment(at->geo, &at->geo->areas[at->areas[home]], add_segment,
                     &sum);
    double top = panel->max_y - panel->min_y;
    at->places[home][0] = sum.x / sum.surface / at->land.metres;
    at->places[home][1] = (top - sum.y / sum.surface) / at->land.metres;
}

/* --- cells ---------------------------------------------------------------- */

static int64_t cost_of(const struct tiling *at, const struct map_comb *comb,
                       size_t home, struct map_cell cell)
{
    double x = (at->places[home][0] - comb->dx) / comb->unit;
    double y = at->places[home][1] / comb->unit;
    int64_t right = (int64_t)round((map_cell_x(cell) - x) * COST_UNIT);
    int64_t down = (int64_t)round((map_cell_y(cell) - y) * COST_UNIT);
    return right * right + down * down;
}

/* The cells of an island, `first` and after, to its areas. */
static int64_t assign_part(const struct tiling *at, const struct map_comb *comb,
                           size_t part, const struct map_cell *choice,
                           struct map_cell *cells)
{
    size_t count = 0, row = 0;
    size_t *homes = arena_array(at->scratch, at->home_count, sizeof *homes);
    for (size_t i = 0; i < at->home_count; i++) {
        if (at->parts[i] == part)
            homes[count++] = i;
    }
    size_t *columns = arena_array(at->scratch, count, sizeof *columns);
    int64_t *costs = arena_array(at->scratch, count * count, sizeof *costs);
    for (row = 0; row < count; row++) {
        for (size_t c = 0; c < count; c++)
            costs[row * count + c] = cost_of(at, comb, homes[row], choice[c]);
    }
    int64_t cost = assignment_find(at->scratch, costs, count, columns);
    for (row = 0; row < count; row++)
        cells[homes[row]] = choice[columns[row]];
    return cost;
}

static size_t count_kept(const struct tiling *at, const struct map_cell *cells)
{
    size_t kept = 0;
    for (size_t a = 0; a < at->home_count; a++) {
        for (size_t b = 0; b < a; b++)
            kept += at->near[a][b] && map_cells_touch(cells[a], cells[b]);
    }
    return kept;
}

static void try_comb(struct tiling *at, const struct map_comb *comb)
{
    size_t first = 0;
    struct map_cell *choice =
        arena_array(at->scratch, at->home_count, sizeof *choice);
    struct map_cell *cells =
        arena_array(at->scratch, at->home_count, sizeof *cells);
    if (!map_cells_choose(at->scratch, &at->land, comb, choice))
        return;
    int64_t cost = 0;
    for (size_t p = 0; p < at->land.part_count; p++) {
        cost += assign_part(at, comb, p, choice + first, cells);
        for (size_t i = 0; i < at->home_count; i++)
            first += at->parts[i] == p;
    }
    size_t kept = count_kept(at, cells);
    if (at->cells == NULL || kept > at->kept ||
        (kept == at->kept && cost < at->cost)) {
        at->cells = cells;
        at->kept = kept;
        at->cost = cost;
    }
}

/* --- islands -------------------------------------------------------------- */

static struct map_cell step_of(struct map_cell cell, int direction)
{
    static const int rows[] = {0, 0, 1, 1, -1, -1};
    static const int sides[] = {1, -1, 1, 0, 1, 0};
    bool odd = cell.row % 2 != 0;
    struct map_cell to = {cell.column + sides[direction], cell.row};
    if (rows[direction] != 0)
        to = (struct map_cell){cell.column + sides[direction] - (odd ? 0 : 1),
                               cell.row + rows[direction]};
    return to;
}

/* Distance of the nearest two cells of an island and the others, after a step;
 * a negative direction is none. */
static double gap_after(const struct tiling *at, size_t part, int direction)
{
    double nearest = HUGE_VAL;
    for (size_t i = 0; i < at->home_count; i++) {
        if (at->parts[i] != part)
            continue;
        struct map_cell cell = at->cells[i];
        if (direction >= 0)
            cell = step_of(cell, direction);
        for (size_t k = 0; k < at->home_count; k++) {
            if (at->parts[k] != part)
                nearest = fmin(nearest, map_cells_distance(cell, at->cells[k]));
        }
    }
    return nearest;
}

/* The step that brings an island nearest, but leaves sea, and -1 when none
 * brings it nearer than `left`, which becomes that distance. */
static int nearest_step(const struct tiling *at, size_t part, double *left)
{
    static const double sea = 1.5;
    int best = -1;
    for (int direction = 0; direction < DIRECTIONS; direction++) {
        double nearest = gap_after(at, part, direction);
        if (nearest > sea && nearest < *left - 1e-9) {
            *left = nearest;
            best = direction;
        }
    }
    return best;
}

/* Sea is room that no tile has: an island comes as near as leaves one cell of
 * it. */
static void bring_nearer(struct tiling *at, size_t part)
{
    double left = gap_after(at, part, -1);
    int step;
    while ((step = nearest_step(at, part, &left)) >= 0) {
        for (size_t i = 0; i < at->home_count; i++) {
            if (at->parts[i] == part)
                at->cells[i] = step_of(at->cells[i], step);
        }
    }
}

static void find_cells(struct tiling *at)
{
    list_areas(at);
    at->places = arena_array(at->scratch, at->home_count, sizeof *at->places);
    find_neighbours(at);
    find_parts(at);
    at->land.areas = at->areas;
    at->land.parts = at->parts;
    at->land.count = at->home_count;
    map_land_fill(at->scratch, &at->land);
    for (size_t i = 0; i < at->home_count; i++)
        place_area(at, i);
    for (int turn = 0; turn < MAP_COMB_TURNS; turn++) {
        struct map_comb comb = map_comb_at(&at->land, turn);
        try_comb(at, &comb);
    }
    for (size_t p = 1; at->cells != NULL && p < at->land.part_count; p++)
        bring_nearer(at, p);
}

bool map_tiles_make(struct arena *arena, const struct geo_level *geo,
                    const struct geo_level **out, struct err *err)
{
    struct tiling at = {.geo = geo};
    if (geo->area_count > MAP_TILES_MOST || geo->area_count == 0)
        return err_fail(err, ERR_SCRIPT, "map.tiles",
                        "map: tiles are for levels of 1 to %d areas; level "
                        "'%s' has %zu",
                        MAP_TILES_MOST, geo->level, geo->area_count);
    at.scratch = arena_new();
    at.land.geo = geo;
    at.land.panel = main_panel(geo);
    find_cells(&at);
    bool found = at.cells != NULL;
    const struct map_tile_places places = {
        .geo = geo,
        .main_panel = at.land.panel,
        .areas = at.areas,
        .cells = at.cells,
        .count = at.home_count,
        .insets = at.insets,
        .inset_count = at.inset_count,
    };
    if (found)
        *out = map_tile_level(arena, &places);
    else
        err_fail(err, ERR_SCRIPT, "map.tiles",
                 "map: level '%s': its islands find no room as tiles",
                 geo->level);
    arena_free(at.scratch);
    return found;
}
