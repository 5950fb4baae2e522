/* SPDX-License-Identifier: EUPL-1.2 */
/* A level back on the globe: metres to degrees, rings to polygons. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "geo/geo_impl.h"

static const double places_per_degree = 1e6;

struct maker {
    struct arena *arena;
    const struct geo_level *geo;
    struct geo_globe *globe;
    struct err *err;
};

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

/* A ring has three points that differ: simplifying may leave two of an island
 * smaller than the panel's unit. */
static size_t points_of(const struct geo_level *geo,
                        const struct geo_ring *ring)
{
    size_t count = 0;
    for (size_t i = 0; i < ring->count; i++)
        count += geo->arcs[arc_of(ring->arcs[i])].count - 1;
    return count;
}

static bool has_surface(const struct geo_level *geo,
                        const struct geo_ring *ring)
{
    return points_of(geo, ring) >= 3 && fabs(geo_ring_area2(geo, ring)) > 0;
}

/* The smallest polygon that a hole lies in. */
static struct geo_polygon *holder_of(const struct geo_level *geo,
                                     struct geo_outlined *area,
                                     const struct geo_ring *hole)
{
    const int32_t *a = geo_arc_point(geo, hole->arcs[0], 0);
    const int32_t *b = geo_arc_point(geo, hole->arcs[0], 1);
    struct geo_polygon *best = NULL;
    double least = HUGE_VAL;
    for (size_t p = 0; p < area->count; p++) {
        const struct geo_ring *outer = area->polygons[p].rings[0];
        double size = fabs(geo_ring_area2(geo, outer));
        if (size >= least ||
            !geo_ring_holds(geo, outer, (a[0] + (double)b[0]) / 2,
                            (a[1] + (double)b[1]) / 2))
            continue;
        least = size;
        best = &area->polygons[p];
    }
    return best;
}

/* Outer rings run clockwise, holes the other way. */
static void make_polygons(struct maker *maker, struct geo_outlined *out)
{
    const struct geo_level *geo = maker->geo;
    const struct geo_area *area = out->area;
    out->polygons =
        arena_array(maker->arena, area->ring_count, sizeof *out->polygons);
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        if (!has_surface(geo, ring) || geo_ring_area2(geo, ring) > 0)
            continue;
        struct geo_polygon *polygon = &out->polygons[out->count++];
        polygon->rings = arena_array(maker->arena, area->ring_count,
                                     sizeof(struct geo_ring *));
        polygon->rings[polygon->count++] = ring;
    }
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        if (!has_surface(geo, ring) || geo_ring_area2(geo, ring) < 0)
            continue;
        struct geo_polygon *polygon = holder_of(geo, out, ring);
        if (polygon)
            polygon->rings[polygon->count++] = ring;
    }
}

/* Each code once, where it is first: zooms come later. */
static void choose_areas(struct maker *maker)
{
    const struct geo_level *geo = maker->geo;
    struct geo_globe *globe = maker->globe;
    struct map *seen = map_new(maker->arena);
    globe->areas =
        arena_array(maker->arena, geo->area_count + 1, sizeof *globe->areas);
    for (size_t a = 0; a < geo->area_count; a++) {
        const char *code = geo->areas[a].code;
        if (!map_put(seen, code, strlen(code), 0))
            continue;
        struct geo_outlined *out = &globe->areas[globe->area_count++];
        out->area = &geo->areas[a];
        make_polygons(maker, out);
    }
}

static bool place_arc(struct maker *maker, struct geo_projection *projection,
                      size_t arc)
{
    const struct geo_arc *from = &maker->geo->arcs[arc];
    const struct geo_panel *panel = &maker->geo->panels[from->panel];
    int32_t *places =
        arena_array(maker->arena, 2 * from->count, sizeof *places);
    for (size_t k = 0; k < from->count; k++) {
        struct geo_point at = {panel->min_x + from->xy[2 * k] / 10.0,
                               panel->min_y + from->xy[2 * k + 1] / 10.0};
        if (!geo_unproject(projection, &at, maker->err))
            return err_wrap(maker->err, "panel '%s'", panel->id);
        places[2 * k] = (int32_t)lround(at.x * places_per_degree);
        places[2 * k + 1] = (int32_t)lround(at.y * places_per_degree);
    }
    maker->globe->places[arc] = places;
    return true;
}

static bool place_ring(struct maker *maker, struct geo_projection *projection,
                       const struct geo_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        size_t arc = arc_of(ring->arcs[i]);
        if (!maker->globe->places[arc] && !place_arc(maker, projection, arc))
            return false;
    }
    return true;
}

static bool place_area(struct maker *maker, struct geo_projection *projection,
                       const struct geo_outlined *area)
{
    for (size_t p = 0; p < area->count; p++) {
        for (size_t r = 0; r < area->polygons[p].count; r++) {
            if (!place_ring(maker, projection, area->polygons[p].rings[r]))
                return false;
        }
    }
    return true;
}

static bool place_panel(struct maker *maker, size_t panel)
{
    const struct geo_globe *globe = maker->globe;
    struct geo_projection *projection = NULL;
    bool ok = geo_projection_open(maker->geo->panels[panel].epsg, &projection,
                                  maker->err);
    for (size_t a = 0; ok && a < globe->area_count; a++) {
        if (globe->areas[a].area->panel == panel)
            ok = place_area(maker, projection, &globe->areas[a]);
    }
    geo_projection_close(projection);
    return ok;
}

bool geo_globe_make(struct arena *arena, const struct geo_level *geo,
                    struct geo_globe *out, struct err *err)
{
    struct maker maker = {.arena = arena, .geo = geo, .globe = out, .err = err};
    *out = (struct geo_globe){.geo = geo};
    out->places = arena_array(arena, geo->arc_count + 1, sizeof(int32_t *));
    choose_areas(&maker);
    for (size_t p = 0; p < geo->panel_count; p++) {
        if (!place_panel(&maker, p))
            return false;
    }
    return true;
}
