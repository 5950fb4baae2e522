/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks: one dot inside each marked area. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

enum { INK = 0x1A1A1A, PAPER = 0xFFFFFF };

static double segment_distance(double x, double y, const double *a,
                               const double *b)
{
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    t = fmin(1, fmax(0, t));
    return hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

/* Lines of an area, ring after ring. */
struct outline {
    struct map_page_arc *arcs;
    size_t count;
};

static struct map_page_arc copy_arc(struct arena *arena,
                                    struct map_page_arc arc)
{
    double *xy = arena_array(arena, 2 * arc.count, sizeof *xy);
    memcpy(xy, arc.xy, 2 * arc.count * sizeof *xy);
    return (struct map_page_arc){xy, arc.count};
}

static struct outline outline_of(const struct map_canvas *canvas,
                                 const struct geo_area *area)
{
    struct outline outline = {0};
    for (size_t r = 0; r < area->ring_count; r++)
        outline.count += area->rings[r].count;
    struct arena *arena = canvas->view->arena;
    outline.arcs = arena_array(arena, outline.count, sizeof *outline.arcs);
    size_t arc = 0;
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        for (size_t i = 0; i < ring->count; i++)
            outline.arcs[arc++] =
                copy_arc(arena, map_arc(canvas, map_arc_of(ring->arcs[i])));
    }
    return outline;
}

/* Is x left of the line from a to b, which y crosses? */
static bool crosses(const double *a, const double *b, double x, double y)
{
    if ((a[1] > y) == (b[1] > y))
        return false;
    double t = (y - a[1]) / (b[1] - a[1]);
    return x < a[0] + t * (b[0] - a[0]);
}

/* Distance to the nearest border, negative outside the area. */
static double depth(const struct outline *outline, double x, double y)
{
    double nearest = HUGE_VAL;
    bool inside = false;
    for (size_t i = 0; i < outline->count; i++) {
        const struct map_page_arc *arc = &outline->arcs[i];
        for (size_t k = 1; k < arc->count; k++) {
            const double *a = arc->xy + 2 * k - 2;
            const double *b = arc->xy + 2 * k;
            nearest = fmin(nearest, segment_distance(x, y, a, b));
            inside = inside != crosses(a, b, x, y);
        }
    }
    return inside ? nearest : -nearest;
}

static struct map_box outline_box(const struct outline *outline)
{
    double left = HUGE_VAL;
    double top = HUGE_VAL;
    double right = -HUGE_VAL;
    double bottom = -HUGE_VAL;
    for (size_t i = 0; i < outline->count; i++) {
        const struct map_page_arc *arc = &outline->arcs[i];
        for (size_t k = 0; k < arc->count; k++) {
            left = fmin(left, arc->xy[2 * k]);
            right = fmax(right, arc->xy[2 * k]);
            top = fmin(top, arc->xy[2 * k + 1]);
            bottom = fmax(bottom, arc->xy[2 * k + 1]);
        }
    }
    return (struct map_box){left, top, right - left, bottom - top};
}

/* The deepest point of a coarse grid: good enough for a mark, and it lies
 * inside also where the centroid does not. Returns its depth. */
static double deepest(const struct outline *outline, double *x, double *y)
{
    enum { STEPS = 16 };
    struct map_box box = outline_box(outline);
    double best = -HUGE_VAL;
    *x = box.x;
    *y = box.y;
    for (int i = 0; i < STEPS * STEPS; i++) {
        int column = i % STEPS;
        int row = i / STEPS;
        double at_x = box.x + box.width * (column + 0.5) / STEPS;
        double at_y = box.y + box.height * (row + 0.5) / STEPS;
        double found = depth(outline, at_x, at_y);
        if (found > best) {
            best = found;
            *x = at_x;
            *y = at_y;
        }
    }
    return best;
}

double map_inner_point(const struct map_canvas *canvas, size_t area, double *x,
                       double *y)
{
    struct outline outline =
        outline_of(canvas, &canvas->view->geo->areas[area]);
    return deepest(&outline, x, y);
}

/* On a tile above its code: from the upper corner towards the lower one. */
static double tile_point(const struct map_canvas *canvas, size_t area,
                         double *x, double *y)
{
    static const double part = 0.23;
    const double *xy = map_arc(canvas, area).xy;
    *x = xy[0];
    *y = xy[1] + part * (xy[7] - xy[1]);
    return part * (xy[7] - xy[1]);
}

/* Areas too small for the mark have it in their zoom. */
void map_marks(const struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    double radius = 0.24 * view->text_pt;
    struct scene_paint paint = {.filled = true,
                                .fill = INK,
                                .stroked = true,
                                .stroke = PAPER,
                                .width_pt = 0.7,
                                .opacity = 1,
                                .css = "mark"};
    for (size_t i = 0; view->marked_count > 0 && i < canvas->area_count; i++) {
        size_t a = canvas->areas[i], v = view->value_of[a];
        double x;
        double y;
        if (v == MAP_NO_VALUE || !view->job->values[v].marked)
            continue;
        double depth_pt = view->job->kind == MAP_TILES
                              ? tile_point(canvas, a, &x, &y)
                              : map_inner_point(canvas, a, &x, &y);
        if (depth_pt > radius)
            scene_circle(view->scene, x, y, radius, &paint);
    }
}

void map_ring(const struct map_canvas *canvas)
{
    static const double least_pt = 8, radius_pt = 6;
    struct map_view *view = canvas->view;
    struct scene_paint paint = {.stroked = true,
                                .stroke = INK,
                                .width_pt = 0.9,
                                .opacity = 1,
                                .css = "focus"};
    struct scene_paint halo = paint;
    halo.stroke = PAPER;
    halo.width_pt = 2.6;
    halo.css = "focus-halo";
    for (size_t a = 0; a < view->geo->area_count; a++) {
        const struct geo_area *area = &view->geo->areas[a];
        if (area->panel != canvas->index || !map_in_focus(view, a))
            continue;
        struct outline outline = outline_of(canvas, area);
        struct map_box box = outline_box(&outline);
        double x = box.x + box.width / 2, y = box.y + box.height / 2;
        if (fmax(box.width, box.height) >= least_pt)
            continue;
        scene_circle(view->scene, x, y, radius_pt, &halo);
        scene_circle(view->scene, x, y, radius_pt, &paint);
    }
}
