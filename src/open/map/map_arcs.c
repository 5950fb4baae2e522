/* SPDX-License-Identifier: EUPL-1.2 */
/* Arcs on the page: each is thinned once, and both neighbours' fills and the
 * border between them use the result, so that nothing gapes or overlaps. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

/* Page distance under which the next point of a border is not worth drawing. */
static const double thinnest_step_pt = 0.4;

/* Where areas crowd, corners whose triangle is smaller than so many square
 * points go, more where both sides look alike and the border is not seen, fewer
 * in the insets beside the crowd; the others lie on a grid finer than a
 * printer's dots (360 to the inch). */
static const double seen_corner_pt2 = 0.4;
static const double unseen_corner_pt2 = 1;
static const double inset_corner_pt2 = 0.1;

struct page_point {
    double x, y;
};

/* Where the corner of the panel stands. */
static struct page_point origin_of(const struct map_canvas *canvas)
{
    const struct geo_panel *panel = canvas->panel;
    const struct map_box *drawing = &canvas->drawing;
    double wide = (panel->max_x - panel->min_x) * canvas->pt_per_m;
    double tall = (panel->max_y - panel->min_y) * canvas->pt_per_m;
    return (struct page_point){drawing->x + (drawing->width - wide) / 2,
                               drawing->y + (drawing->height - tall) / 2 +
                                   tall};
}

struct line { /* points kept so far */
    double *xy;
    size_t count;
};

/* A point of an arc, on the page. */
static struct page_point to_page(const struct map_canvas *canvas,
                                 struct page_point origin, const int32_t *point)
{
    return (struct page_point){origin.x + point[0] / 10.0 * canvas->pt_per_m,
                               origin.y - point[1] / 10.0 * canvas->pt_per_m};
}

static void keep_point(struct line *line, struct page_point point)
{
    line->xy[2 * line->count] = point.x;
    line->xy[2 * line->count + 1] = point.y;
    line->count++;
}

/* Halves away from zero, without a call for each of a million numbers. */
static int32_t on_grid(double pt)
{
    double places = pt * SCENE_MOSAIC_GRID;
    return (int32_t)(places < 0 ? places - 0.5 : places + 0.5);
}

/* Ends are kept: there other arcs meet. */
static void thin_arc(const struct map_canvas *canvas, const struct geo_arc *arc,
                     struct line *line)
{
    const struct page_point origin = origin_of(canvas);
    line->count = 0;
    for (size_t i = 0; i < arc->count; i++) {
        struct page_point at = to_page(canvas, origin, arc->xy + 2 * i);
        if (i > 0 && i + 1 < arc->count) {
            double far_x = at.x - line->xy[2 * line->count - 2];
            double far_y = at.y - line->xy[2 * line->count - 1];
            if (far_x * far_x + far_y * far_y <
                thinnest_step_pt * thinnest_step_pt)
                continue;
        }
        keep_point(line, at);
    }
}

/* Whether the border between two areas shows: by their fills, or by a line. */
static bool is_seen(const struct map_canvas *canvas, size_t arc)
{
    const uint32_t *sides = canvas->sides[arc];
    return canvas->view->geo->arcs[arc].rank < 2 || sides[1] == MAP_NO_AREA ||
           canvas->looks[sides[0]] != canvas->looks[sides[1]];
}

/* No triangle between points is larger than half the box around them: so it is
 * known of most borders between communes that no corner will stay. */
static bool has_corners(const struct geo_arc *arc, double area_m2)
{
    int32_t low[2] = {arc->xy[0], arc->xy[1]}, high[2] = {low[0], low[1]};
    for (size_t i = 1; i < arc->count; i++) {
        for (size_t c = 0; c < 2; c++) {
            int32_t at = arc->xy[2 * i + c];
            low[c] = at < low[c] ? at : low[c];
            high[c] = at > high[c] ? at : high[c];
        }
    }
    double wide = ((double)high[0] - low[0]) / 10.0;
    double tall = ((double)high[1] - low[1]) / 10.0;
    return wide * tall / 2 >= area_m2;
}

/* The points of an arc between which `place_line` chooses. */
static void take_arc(const struct map_canvas *canvas, size_t a, double area,
                     struct line *line)
{
    const struct geo_arc *arc = &canvas->view->geo->arcs[a];
    const struct page_point origin = origin_of(canvas);
    double area_m2 = area / (canvas->pt_per_m * canvas->pt_per_m);
    bool all = canvas->corners[a] > 0 || has_corners(arc, area_m2);
    line->count = 0;
    for (size_t i = 0; i < arc->count; i += all ? 1 : arc->count - 1)
        keep_point(line, to_page(canvas, origin, arc->xy + 2 * i));
}

/* The last place lies on the way to the next one. */
static bool on_the_way(const int32_t *places, size_t count, int32_t x,
                       int32_t y)
{
    if (count < 2)
        return false;
    const int32_t *at = places + 2 * count - 4;
    int64_t ahead_x = at[2] - at[0], ahead_y = at[3] - at[1];
    int64_t on_x = x - at[2], on_y = y - at[3];
    return ahead_x * on_y == ahead_y * on_x &&
           ahead_x * on_x + ahead_y * on_y > 0;
}

/* Thins an arc and puts it on the grid; returns how many places it has. */
static size_t place_line(const struct map_canvas *canvas, size_t arc,
                         struct line *line, int32_t *places)
{
    double area = is_seen(canvas, arc) ? seen_corner_pt2 : unseen_corner_pt2;
    take_arc(canvas, arc, area, line);
    size_t count = map_thin(line->xy, line->count, area, canvas->corners[arc]);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t x = on_grid(line->xy[2 * i]), y = on_grid(line->xy[2 * i + 1]);
        const int32_t *last = places + 2 * kept - 2;
        if (i > 0 && i + 1 < count && last[0] == x && last[1] == y)
            continue;
        if (on_the_way(places, kept, x, y))
            kept--;
        places[2 * kept] = x;
        places[2 * kept + 1] = y;
        kept++;
    }
    return kept;
}

/* A ring of one arc or two needs corners in them to enclose something. */
static void note_sides(struct map_canvas *canvas, size_t area)
{
    const struct geo_area *at = &canvas->view->geo->areas[area];
    for (size_t r = 0; r < at->ring_count; r++) {
        const struct geo_ring *ring = &at->rings[r];
        for (size_t i = 0; i < ring->count; i++) {
            uint32_t *sides = canvas->sides[map_arc_of(ring->arcs[i])];
            sides[sides[0] == MAP_NO_AREA ? 0 : 1] = (uint32_t)area;
            if (ring->count <= 2)
                canvas->corners[map_arc_of(ring->arcs[i])] =
                    (unsigned char)(3 - ring->count);
        }
    }
}

/* Points of the panel's arcs: of the longest, and of all. */
static void count_points(const struct map_canvas *canvas, size_t *longest,
                         size_t *all)
{
    *longest = *all = 0;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t count = canvas->view->geo->arcs[canvas->own_arcs[i]].count;
        *longest = count > *longest ? count : *longest;
        *all += count;
    }
}

static void make_arcs(struct map_canvas *canvas, struct line *line)
{
    bool inset = canvas->view->geo->area_count > MAP_AREAS_WITH_BORDERS;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t a = canvas->own_arcs[i];
        thin_arc(canvas, &canvas->view->geo->arcs[a], line);
        if (inset)
            line->count = map_thin(line->xy, line->count, inset_corner_pt2,
                                   canvas->corners[a]);
        double *xy = arena_array(canvas->scratch, 2 * line->count, sizeof *xy);
        memcpy(xy, line->xy, 2 * line->count * sizeof *xy);
        canvas->arcs[a] = (struct map_page_arc){xy, line->count};
    }
}

/* The scene takes over what is made here. */
static void make_lines(struct map_canvas *canvas, struct line *line, size_t all)
{
    const struct geo_level *geo = canvas->view->geo;
    struct arena *arena = scene_arena(canvas->view->scene);
    uint32_t *starts = arena_array(arena, geo->arc_count + 1, sizeof *starts);
    int32_t *places = arena_room(arena, 2 * all * sizeof *places);
    size_t next = 0, count = 0;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t a = canvas->own_arcs[i];
        while (next <= a)
            starts[next++] = (uint32_t)count;
        count += place_line(canvas, a, line, places + 2 * count);
    }
    while (next <= geo->arc_count)
        starts[next++] = (uint32_t)count;
    canvas->places = places;
    canvas->starts = starts;
    canvas->line = line->xy;
}

void map_arcs(struct map_canvas *canvas)
{
    size_t longest, all;
    count_points(canvas, &longest, &all);
    struct line line = {
        .xy = arena_array(canvas->scratch, 2 * longest, sizeof *line.xy)};
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t a = canvas->own_arcs[i];
        canvas->sides[a][0] = canvas->sides[a][1] = MAP_NO_AREA;
    }
    for (size_t i = 0; i < canvas->area_count; i++)
        note_sides(canvas, canvas->areas[i]);
    if (canvas->crowded)
        make_lines(canvas, &line, all);
    else
        make_arcs(canvas, &line);
}

struct map_page_arc map_arc(const struct map_canvas *canvas, size_t arc)
{
    if (!canvas->crowded)
        return canvas->arcs[arc];
    const int32_t *from = canvas->places + 2 * (size_t)canvas->starts[arc];
    size_t count = canvas->starts[arc + 1] - canvas->starts[arc];
    for (size_t i = 0; i < 2 * count; i++)
        canvas->line[i] = (double)from[i] / SCENE_MOSAIC_GRID;
    return (struct map_page_arc){canvas->line, count};
}
