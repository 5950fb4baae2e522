/* SPDX-License-Identifier: EUPL-1.2 */
#include "map/map_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map/map_segments.h"

enum { RASTER = 160, MARGIN = 2 }; /* pixels of the longer side; cells */

double map_cell_x(struct map_cell cell)
{
    return cell.column + (cell.row % 2 != 0 ? 0.5 : 0);
}

double map_cell_y(struct map_cell cell)
{
    return cell.row * CELL_ROW;
}

double map_cells_distance(struct map_cell a, struct map_cell b)
{
    return hypot(map_cell_x(a) - map_cell_x(b), map_cell_y(a) - map_cell_y(b));
}

bool map_cells_touch(struct map_cell a, struct map_cell b)
{
    return map_cells_distance(a, b) < 1.1;
}

/* --- land ----------------------------------------------------------------- */

/* A raster while a part is filled: [pixel] turned over an odd number of times,
 * from there to the right. */
struct filling {
    const struct map_land *land;
    unsigned char *odd;
};

/* Turns over every row that the segment crosses, from its pixel on. */
static void cross(void *into, const double from[2], const double to[2])
{
    const struct filling *filling = into;
    const struct map_land *land = filling->land;
    const struct geo_panel *panel = &land->geo->panels[land->panel];
    double top = (panel->max_y - panel->min_y) / land->metres;
    double a[2] = {from[0] / land->metres, top - from[1] / land->metres};
    double b[2] = {to[0] / land->metres, top - to[1] / land->metres};
    double low = fmin(a[1], b[1]), high = fmax(a[1], b[1]);
    int first = (int)fmax(0, ceil(low - 0.5));
    for (int y = first; y < land->height && y + 0.5 < high; y++) {
        double x = a[0] + (b[0] - a[0]) * (y + 0.5 - a[1]) / (b[1] - a[1]);
        int at = (int)fmin(land->width - 1, fmax(0, ceil(x - 0.5)));
        filling->odd[y * land->width + at] ^= 1;
    }
}

/* The even-odd rule over all areas of an island at once: a border between two
 * of them is crossed twice. */
static void fill_part(struct map_land *land, size_t part, unsigned char *odd)
{
    memset(odd, 0, (size_t)land->width * (size_t)land->height);
    struct filling filling = {land, odd};
    for (size_t i = 0; i < land->count; i++) {
        if (land->parts[i] == part)
            map_each_segment(land->geo, &land->geo->areas[land->areas[i]],
                             cross, &filling);
    }
    for (int y = 0; y < land->height; y++) {
        unsigned char inside = 0;
        for (int x = 0; x < land->width; x++) {
            inside ^= odd[y * land->width + x];
            if (!inside)
                continue;
            land->part[y * land->width + x] = (unsigned char)(part + 1);
            land->size++;
        }
    }
}

void map_land_fill(struct arena *arena, struct map_land *land)
{
    const struct geo_panel *panel = &land->geo->panels[land->panel];
    double wide = panel->max_x - panel->min_x;
    double high = panel->max_y - panel->min_y;
    land->metres = fmax(wide, high) / RASTER;
    land->width = (int)ceil(wide / land->metres) + 1;
    land->height = (int)ceil(high / land->metres) + 1;
    size_t size = (size_t)land->width * (size_t)land->height;
    land->part = arena_array(arena, size, 1);
    unsigned char *odd = arena_array(arena, size, 1);
    for (size_t p = 0; p < land->part_count; p++)
        fill_part(land, p, odd);
}

/* --- cells ---------------------------------------------------------------- */

struct map_comb map_comb_at(const struct map_land *land, int turn)
{
    /* A little smaller than an equal share: coasts cut the cells of a rim. */
    static const double shares[] = {1, 0.95, 0.9};
    double share = (double)land->size / (double)land->count;
    double unit = sqrt(share / CELL_ROW * shares[turn / 8 % 3]);
    return (struct map_comb){unit, unit * (turn % 8) / 8};
}

static struct map_cell cell_at(const struct map_comb *comb, double x, double y)
{
    x = (x - comb->dx) / comb->unit;
    y /= comb->unit;
    struct map_cell best = {0};
    double nearest = HUGE_VAL;
    for (int below = 0; below < 2; below++) {
        int row = (int)floor(y / CELL_ROW) + below;
        struct map_cell cell = {(int)floor(x - (row % 2 != 0 ? 0.5 : 0) + 0.5),
                                row};
        double far = hypot(map_cell_x(cell) - x, map_cell_y(cell) - y);
        if (far < nearest) {
            nearest = far;
            best = cell;
        }
    }
    return best;
}

/* All cells around the land, and how much of an island each of them holds. */
struct count {
    struct map_cell cell;
    size_t pixels;
    double far; /* from the middle of the island, in cells */
};

struct choice {
    const struct map_land *land;
    const struct map_comb *comb;
    int columns, rows; /* with a margin around */
    struct count *counts;
};

static struct count *count_at(const struct choice *at, struct map_cell cell)
{
    return &at->counts[(cell.row + MARGIN) * at->columns + cell.column +
                       MARGIN];
}

static void count_part(struct choice *at, size_t part)
{
    const struct map_land *land = at->land;
    double sum_x = 0, sum_y = 0, size = 0;
    for (int i = 0; i < at->columns * at->rows; i++) {
        at->counts[i] = (struct count){
            {i % at->columns - MARGIN, i / at->columns - MARGIN}, 0, 0};
    }
    for (int y = 0; y < land->height; y++) {
        for (int x = 0; x < land->width; x++) {
            if (land->part[y * land->width + x] != part + 1)
                continue;
            count_at(at, cell_at(at->comb, x + 0.5, y + 0.5))->pixels++;
            sum_x += x + 0.5;
            sum_y += y + 0.5;
            size++;
        }
    }
    for (int i = 0; i < at->columns * at->rows && size > 0; i++) {
        struct count *count = &at->counts[i];
        double x = (sum_x / size - at->comb->dx) / at->comb->unit;
        double y = sum_y / size / at->comb->unit;
        count->far =
            hypot(map_cell_x(count->cell) - x, map_cell_y(count->cell) - y);
    }
}

static int by_land(const void *a, const void *b)
{
    const struct count *p = a, *q = b;
    if (p->pixels != q->pixels)
        return p->pixels < q->pixels ? 1 : -1;
    if (p->far < q->far || p->far > q->far)
        return p->far < q->far ? -1 : 1;
    int rows = (p->cell.row > q->cell.row) - (p->cell.row < q->cell.row);
    return rows != 0 ? rows
                     : (p->cell.column > q->cell.column) -
                           (p->cell.column < q->cell.column);
}

static bool touches_any(struct map_cell cell, const struct map_cell *cells,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (map_cells_touch(cell, cells[i]))
            return true;
    }
    return false;
}

bool map_cells_choose(struct arena *arena, const struct map_land *land,
                      const struct map_comb *comb, struct map_cell *cells)
{
    struct choice at = {.land = land, .comb = comb};
    at.columns = (int)ceil(land->width / comb->unit) + 2 * MARGIN + 2;
    at.rows = (int)ceil(land->height / comb->unit / CELL_ROW) + 2 * MARGIN + 2;
    size_t all = (size_t)at.columns * (size_t)at.rows, chosen = 0;
    at.counts = arena_array(arena, all, sizeof *at.counts);
    for (size_t part = 0; part < land->part_count; part++) {
        size_t wanted = 0, others = chosen;
        for (size_t i = 0; i < land->count; i++)
            wanted += land->parts[i] == part;
        count_part(&at, part);
        qsort(at.counts, all, sizeof *at.counts, by_land);
        for (size_t i = 0; i < all && chosen < others + wanted; i++) {
            if (!touches_any(at.counts[i].cell, cells, others))
                cells[chosen++] = at.counts[i].cell;
        }
        if (chosen < others + wanted)
            return false;
    }
    return true;
}
