/* SPDX-License-Identifier: EUPL-1.2 */
/* What is in a boundary file, as lines for people; and surfaces. */
#include <math.h>

#include "geo/geo_impl.h"

double geo_ring_area2(const struct geo_level *geo, const struct geo_ring *ring)
{
    double sum = 0;
    for (size_t i = 0; i < ring->count; i++) {
        int32_t walk = ring->arcs[i];
        size_t count = geo->arcs[walk < 0 ? ~walk : walk].count;
        for (size_t k = 1; k < count; k++) {
            const int32_t *a = geo_arc_point(geo, walk, k - 1);
            const int32_t *b = geo_arc_point(geo, walk, k);
            sum += (double)a[0] * b[1] - (double)b[0] * a[1];
        }
    }
    return sum;
}

double geo_area_km2(const struct geo_level *geo, size_t area)
{
    static const double square_decimetres_per_km2 = 1e8;
    double sum = 0;
    for (size_t r = 0; r < geo->areas[area].ring_count; r++)
        sum += geo_ring_area2(geo, &geo->areas[area].rings[r]);
    return fabs(sum) / 2 / square_decimetres_per_km2;
}

bool geo_ring_holds(const struct geo_level *geo, const struct geo_ring *ring,
                    double x, double y)
{
    bool inside = false;
    for (size_t i = 0; i < ring->count; i++) {
        size_t count =
            geo->arcs[ring->arcs[i] < 0 ? ~ring->arcs[i] : ring->arcs[i]].count;
        for (size_t k = 1; k < count; k++) {
            const int32_t *a = geo_arc_point(geo, ring->arcs[i], k - 1);
            const int32_t *b = geo_arc_point(geo, ring->arcs[i], k);
            if ((a[1] > y) == (b[1] > y))
                continue;
            double t = (y - a[1]) / (b[1] - a[1]);
            if (x < a[0] + t * (b[0] - a[0]))
                inside = !inside;
        }
    }
    return inside;
}

bool geo_ring_is_hole(const struct geo_level *geo, const struct geo_ring *rings,
                      size_t count, size_t ring)
{
    const int32_t *a = geo_arc_point(geo, rings[ring].arcs[0], 0);
    const int32_t *b = geo_arc_point(geo, rings[ring].arcs[0], 1);
    double x = (a[0] + (double)b[0]) / 2;
    double y = (a[1] + (double)b[1]) / 2;
    bool hole = false;
    for (size_t r = 0; r < count; r++) {
        if (r != ring && geo_ring_holds(geo, &rings[r], x, y))
            hole = !hole;
    }
    return hole;
}

static void report_panel(const struct geo_level *geo, size_t panel,
                         struct text *report)
{
    size_t arcs[3] = {0};
    size_t points = 0;
    size_t areas = 0;
    for (size_t a = 0; a < geo->arc_count; a++) {
        if (geo->arcs[a].panel != panel)
            continue;
        arcs[geo->arcs[a].rank]++;
        points += geo->arcs[a].count;
    }
    for (size_t a = 0; a < geo->area_count; a++)
        areas += geo->areas[a].panel == panel;
    const struct geo_panel *at = &geo->panels[panel];
    const char *projection =
        at->epsg < GEO_EPSG_CENTRED
            ? arena_format(report->arena, "EPSG:%d", at->epsg)
            : "equal-area";
    text_format(report,
                "panel %s: %s, %zu area%s, %zu point%s, arcs: %zu outer, "
                "%zu between parents, %zu within\n",
                at->id, projection, areas, text_s(areas), points,
                text_s(points), arcs[0], arcs[1], arcs[2]);
}

static void report_beside(const struct geo_neighbours *all, const char *code,
                          struct text *report)
{
    size_t place = geo_neighbours_place(all, code);
    for (size_t k = 0; k < all->sizes[place]; k++)
        text_format(report, "%s%s", k ? " " : "; beside ",
                    all->codes[all->lists[place][k]]);
}

static void report_areas(struct arena *arena, const struct geo_level *geo,
                         struct text *report)
{
    struct geo_neighbours all;
    geo_neighbours_find(arena, geo, &all);
    for (size_t a = 0; a < geo->area_count; a++) {
        const struct geo_area *area = &geo->areas[a];
        text_format(report, "area %s %s (%s): %.1f km2", area->code,
                    area->label, geo->panels[area->panel].id,
                    geo_area_km2(geo, a));
        report_beside(&all, area->code, report);
        text_add(report, "\n");
    }
}

bool geo_info(const char *path, struct text *report, struct err *err)
{
    struct arena *open = arena_new();
    struct geo_level geo;
    bool ok = geo_load(open, path, &geo, err);
    if (ok) {
        text_format(report,
                    "level %s, layout '%s'\nvintage: %s\n"
                    "licence: %s\n",
                    geo.level, geo.layout, geo.vintage, geo.licence);
        for (size_t p = 0; p < geo.panel_count; p++)
            report_panel(&geo, p, report);
        report_areas(open, &geo, report);
    }
    arena_free(open);
    return ok;
}
