/* SPDX-License-Identifier: EUPL-1.2 */
/* Visvalingam and Whyatt 1993, with the weighting by angle of Visvalingam's
 * later work: flat corners go first, spikes stay.
 *
 * A point is only removed when no other point of the panel lies in the
 * triangle that its removal sweeps over: borders never cross or swallow an
 * island, whatever the tolerance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"

enum { NOWHERE = -1 };

struct knot {
    struct geo_point at;
    int32_t before, after; /* NOWHERE at the ends of a line */
    int32_t line;
    int32_t next_in_cell;
    int32_t heap; /* position, or NOWHERE */
    double cost;
    bool gone;
};

/* A uniform grid over the points, about two to a cell. */
struct grid {
    int32_t *cells;
    int32_t columns, rows;
    double min_x, min_y, cell;
};

struct simplifier {
    struct knot *knots;
    int32_t count;
    int32_t *heap;
    int32_t heap_count;
    struct grid grid;
};

/* --- the heap of costs, lowest first, ties by position ------------------- */

static bool cheaper(const struct simplifier *s, int32_t a, int32_t b)
{
    double x = s->knots[a].cost;
    double y = s->knots[b].cost;
    return x < y || (!(y < x) && a < b);
}

static void heap_put(struct simplifier *s, int32_t slot, int32_t knot)
{
    s->heap[slot] = knot;
    s->knots[knot].heap = slot;
}

static void heap_up(struct simplifier *s, int32_t slot)
{
    int32_t knot = s->heap[slot];
    while (slot > 0 && cheaper(s, knot, s->heap[(slot - 1) / 2])) {
        heap_put(s, slot, s->heap[(slot - 1) / 2]);
        slot = (slot - 1) / 2;
    }
    heap_put(s, slot, knot);
}

static void heap_down(struct simplifier *s, int32_t slot)
{
    int32_t knot = s->heap[slot];
    for (;;) {
        int32_t child = 2 * slot + 1;
        if (child >= s->heap_count)
            break;
        if (child + 1 < s->heap_count &&
            cheaper(s, s->heap[child + 1], s->heap[child]))
            child++;
        if (!cheaper(s, s->heap[child], knot))
            break;
        heap_put(s, slot, s->heap[child]);
        slot = child;
    }
    heap_put(s, slot, knot);
}

static int32_t heap_take(struct simplifier *s)
{
    int32_t knot = s->heap[0];
    int32_t last = s->heap[--s->heap_count];
    s->knots[knot].heap = NOWHERE;
    if (s->heap_count > 0) {
        heap_put(s, 0, last);
        heap_down(s, 0);
    }
    return knot;
}

/* --- geometry ------------------------------------------------------------ */

static double cross(struct geo_point a, struct geo_point b, struct geo_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/* Area of the corner's triangle, from 0.3 times for a flat one to 1.7 times
 * for a spike. */
static double corner_cost(struct geo_point a, struct geo_point b,
                          struct geo_point c)
{
    double ab = hypot(b.x - a.x, b.y - a.y);
    double bc = hypot(c.x - b.x, c.y - b.y);
    double turn = 0;
    if (ab > 0 && bc > 0)
        turn =
            ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)) / (ab * bc);
    return fabs(cross(a, b, c)) / 2 * (1 - 0.7 * turn);
}

static bool in_triangle(struct geo_point p, struct geo_point a,
                        struct geo_point b, struct geo_point c)
{
    double u = cross(a, b, p);
    double v = cross(b, c, p);
    double w = cross(c, a, p);
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0);
}

static bool same_point(struct geo_point a, struct geo_point b)
{
    return !(a.x < b.x) && !(b.x < a.x) && !(a.y < b.y) && !(b.y < a.y);
}

static int32_t cell_index(double offset, double cell, int32_t limit)
{
    double index = floor(offset / cell);
    if (!(index > 0))
        return 0;
    return index >= limit ? limit - 1 : (int32_t)index;
}

static void box_of(const struct simplifier *s, struct geo_point *low,
                   struct geo_point *high)
{
    *low = *high = s->knots[0].at;
    for (int32_t i = 1; i < s->count; i++) {
        struct geo_point at = s->knots[i].at;
        low->x = fmin(low->x, at.x);
        low->y = fmin(low->y, at.y);
        high->x = fmax(high->x, at.x);
        high->y = fmax(high->y, at.y);
    }
}

static void grid_fill(struct arena *arena, struct simplifier *s)
{
    struct grid *grid = &s->grid;
    struct geo_point low;
    struct geo_point high;
    box_of(s, &low, &high);
    double width = fmax(high.x - low.x, 1);
    double height = fmax(high.y - low.y, 1);
    grid->min_x = low.x;
    grid->min_y = low.y;
    grid->cell =
        fmax(sqrt(2 * width * height / s->count), fmax(width, height) / 4096);
    grid->columns = (int32_t)(width / grid->cell) + 1;
    grid->rows = (int32_t)(height / grid->cell) + 1;
    size_t cells = (size_t)grid->columns * (size_t)grid->rows;
    grid->cells = arena_array(arena, cells, sizeof *grid->cells);
    for (size_t i = 0; i < cells; i++)
        grid->cells[i] = NOWHERE;
    for (int32_t i = 0; i < s->count; i++) {
        struct knot *knot = &s->knots[i];
        int32_t x = cell_index(knot->at.x - low.x, grid->cell, grid->columns);
        int32_t y = cell_index(knot->at.y - low.y, grid->cell, grid->rows);
        int32_t *cell = &grid->cells[y * grid->columns + x];
        knot->next_in_cell = *cell;
        *cell = i;
    }
}

static bool cell_blocks(const struct simplifier *s, int32_t first,
                        const struct geo_point corner[3])
{
    for (int32_t i = first; i != NOWHERE; i = s->knots[i].next_in_cell) {
        struct geo_point p = s->knots[i].at;
        if (s->knots[i].gone || same_point(p, corner[0]) ||
            same_point(p, corner[1]) || same_point(p, corner[2]))
            continue;
        if (in_triangle(p, corner[0], corner[1], corner[2]))
            return true;
    }
    return false;
}

static bool sweep_is_free(const struct simplifier *s,
                          const struct geo_point corner[3])
{
    const struct grid *grid = &s->grid;
    double left = fmin(corner[0].x, fmin(corner[1].x, corner[2].x));
    double right = fmax(corner[0].x, fmax(corner[1].x, corner[2].x));
    double low = fmin(corner[0].y, fmin(corner[1].y, corner[2].y));
    double high = fmax(corner[0].y, fmax(corner[1].y, corner[2].y));
    int32_t x0 = cell_index(left - grid->min_x, grid->cell, grid->columns);
    int32_t x1 = cell_index(right - grid->min_x, grid->cell, grid->columns);
    int32_t y0 = cell_index(low - grid->min_y, grid->cell, grid->rows);
    int32_t y1 = cell_index(high - grid->min_y, grid->cell, grid->rows);
    for (int32_t y = y0; y <= y1; y++) {
        for (int32_t x = x0; x <= x1; x++) {
            if (cell_blocks(s, grid->cells[y * grid->columns + x], corner))
                return false;
        }
    }
    return true;
}

/* --- removal ------------------------------------------------------------- */

static void make_knots(struct arena *arena, struct simplifier *s,
                       const struct geo_line *lines, size_t line_count)
{
    size_t total = 0;
    for (size_t l = 0; l < line_count; l++)
        total += lines[l].count;
    assert(total < INT32_MAX);
    s->knots = arena_array(arena, total, sizeof *s->knots);
    s->heap = arena_array(arena, total, sizeof *s->heap);
    for (size_t l = 0; l < line_count; l++) {
        for (size_t i = 0; i < lines[l].count; i++, s->count++) {
            s->knots[s->count] = (struct knot){
                .at = lines[l].points[i],
                .before = i ? s->count - 1 : NOWHERE,
                .after = i + 1 < lines[l].count ? s->count + 1 : NOWHERE,
                .line = (int32_t)l,
                .heap = NOWHERE,
            };
        }
    }
}

static bool is_end(const struct knot *knot)
{
    return knot->before == NOWHERE || knot->after == NOWHERE;
}

static void weigh(struct simplifier *s, int32_t at)
{
    struct knot *knot = &s->knots[at];
    knot->cost = corner_cost(s->knots[knot->before].at, knot->at,
                             s->knots[knot->after].at);
}

static void fill_heap(struct simplifier *s)
{
    for (int32_t i = 0; i < s->count; i++) {
        if (is_end(&s->knots[i]))
            continue;
        weigh(s, i);
        s->heap[s->heap_count] = i;
        heap_up(s, s->heap_count++);
    }
}

/* A neighbour that waits keeps its place; one that was refused before gets
 * another chance, because its triangle is a new one. */
static void reweigh(struct simplifier *s, int32_t at, double floor_cost)
{
    struct knot *knot = &s->knots[at];
    if (is_end(knot))
        return;
    weigh(s, at);
    knot->cost = fmax(knot->cost, floor_cost);
    if (knot->heap == NOWHERE)
        knot->heap = s->heap_count++;
    s->heap[knot->heap] = at;
    heap_up(s, knot->heap);
    heap_down(s, knot->heap);
}

static void remove_knot(struct simplifier *s, int32_t at)
{
    struct knot *knot = &s->knots[at];
    knot->gone = true;
    s->knots[knot->before].after = knot->after;
    s->knots[knot->after].before = knot->before;
    reweigh(s, knot->before, knot->cost);
    reweigh(s, knot->after, knot->cost);
}

/* Does every surface beside the line stay within its share? Then they change.
 */
static bool change_surfaces(const struct geo_line *line,
                            const struct geo_point corner[3],
                            struct geo_surface *surfaces)
{
    double change2 = -cross(corner[0], corner[1], corner[2]);
    for (size_t i = 0; i < 2; i++) {
        const struct geo_side *side = &line->sides[i];
        if (side->surface == SIZE_MAX)
            continue;
        const struct geo_surface *at = &surfaces[side->surface];
        if (fabs(at->change2 + side->sign * change2) >
            GEO_CHANGE_MOST * fabs(at->area2))
            return false;
    }
    for (size_t i = 0; i < 2; i++) {
        const struct geo_side *side = &line->sides[i];
        if (side->surface != SIZE_MAX)
            surfaces[side->surface].change2 += side->sign * change2;
    }
    return true;
}

static void thin(struct simplifier *s, struct geo_line *lines,
                 struct geo_surface *surfaces, double limit)
{
    while (s->heap_count > 0) {
        int32_t at = heap_take(s);
        struct knot *knot = &s->knots[at];
        if (knot->cost >= limit)
            break;
        struct geo_line *line = &lines[knot->line];
        const struct geo_point corner[3] = {s->knots[knot->before].at, knot->at,
                                            s->knots[knot->after].at};
        if (line->count <= line->keep || !sweep_is_free(s, corner) ||
            !change_surfaces(line, corner, surfaces))
            continue;
        line->count--;
        remove_knot(s, at);
    }
}

void geo_simplify(struct arena *arena, struct geo_line *lines, size_t count,
                  struct geo_surface *surfaces, double tolerance_m)
{
    struct simplifier s = {0};
    make_knots(arena, &s, lines, count);
    if (s.count == 0 || !(tolerance_m > 0))
        return;
    grid_fill(arena, &s);
    fill_heap(&s);
    thin(&s, lines, surfaces, tolerance_m * tolerance_m);

    int32_t at = 0;
    for (size_t l = 0; l < count; l++) {
        size_t kept = 0;
        for (; at < s.count && s.knots[at].line == (int32_t)l; at++) {
            if (!s.knots[at].gone)
                lines[l].points[kept++] = s.knots[at].at;
        }
        assert(kept == lines[l].count);
    }
}
