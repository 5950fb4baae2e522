/* SPDX-License-Identifier: EUPL-1.2 */
/* One région and what touches it, on a panel of its own. */
#include <math.h>
#include <stdlib.h>

#include "geo/geo_impl.h"

static size_t arc_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

/* Where a horizontal line crosses an area, in metres. */
struct line {
    struct arena *arena;
    double y;
    double *x;
    size_t count, capacity;
};

static void cross_ring(struct line *line, const struct geo_level *geo,
                       const struct geo_panel *panel,
                       const struct geo_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        size_t points = geo->arcs[arc_of(ring->arcs[i])].count;
        for (size_t k = 1; k < points; k++) {
            const int32_t *a = geo_arc_point(geo, ring->arcs[i], k - 1);
            const int32_t *b = geo_arc_point(geo, ring->arcs[i], k);
            double y = (line->y - panel->min_y) * 10;
            if ((a[1] > y) == (b[1] > y))
                continue;
            double x = a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
            line->x = arena_grow(line->arena, line->x, line->count,
                                 &line->capacity, sizeof *line->x);
            line->x[line->count++] = panel->min_x + x / 10;
        }
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct line cross_area(struct arena *arena, const struct geo_level *geo,
                              const struct geo_area *area, double y)
{
    struct line line = {.arena = arena, .y = y};
    for (size_t r = 0; r < area->ring_count; r++)
        cross_ring(&line, geo, &geo->panels[area->panel], &area->rings[r]);
    if (line.count > 1)
        qsort(line.x, line.count, sizeof *line.x, compare_numbers);
    return line;
}

static void stretch(const struct geo_level *geo, size_t arc,
                    struct geo_point *low, struct geo_point *high)
{
    for (size_t k = 0; k < geo->arcs[arc].count; k++) {
        const int32_t *xy = geo->arcs[arc].xy + 2 * k;
        low->x = fmin(low->x, xy[0]);
        low->y = fmin(low->y, xy[1]);
        high->x = fmax(high->x, xy[0]);
        high->y = fmax(high->y, xy[1]);
    }
}

/* A point well inside an area, in metres: the middle of the longest stretch of
 * it at half the height of its first ring. */
static struct geo_point point_within(struct arena *arena,
                                     const struct geo_level *geo,
                                     const struct geo_area *area)
{
    struct geo_point low = {HUGE_VAL, HUGE_VAL};
    struct geo_point high = {-HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < area->rings[0].count; i++)
        stretch(geo, arc_of(area->rings[0].arcs[i]), &low, &high);
    /* Points lie on whole decimetres: the line meets none. */
    double y = floor((low.y + high.y) / 2) + 0.5;
    struct geo_point point = {0, geo->panels[area->panel].min_y + y / 10};
    struct line line = cross_area(arena, geo, area, point.y);
    double longest = 0;
    for (size_t i = 0; i + 1 < line.count; i += 2) {
        if (line.x[i + 1] - line.x[i] <= longest)
            continue;
        longest = line.x[i + 1] - line.x[i];
        point.x = (line.x[i] + line.x[i + 1]) / 2;
    }
    return point;
}

static bool holds(struct arena *arena, const struct geo_level *geo,
                  const struct geo_area *area, struct geo_point point)
{
    struct line line = cross_area(arena, geo, area, point.y);
    size_t before = 0;
    while (before < line.count && line.x[before] < point.x)
        before++;
    return before % 2 == 1;
}

/* A level that is being cut. */
struct cut {
    struct arena *arena;
    const struct geo_level *geo;
    size_t panel;
    bool *inside; /* [area] in the région */
    bool *kept;   /* [area] there or beside */
    bool *border; /* [arc] of an area of the région */
};

static size_t find_inside(struct cut *cut, const struct geo_level *regions,
                          const struct geo_area *region)
{
    size_t count = 0;
    for (size_t a = 0; a < cut->geo->area_count; a++) {
        const struct geo_area *area = &cut->geo->areas[a];
        if (area->panel != cut->panel || area->ring_count == 0)
            continue;
        struct geo_point point = point_within(cut->arena, cut->geo, area);
        cut->inside[a] = holds(cut->arena, regions, region, point);
        count += cut->inside[a];
    }
    return count;
}

static void mark_ring(struct cut *cut, size_t area, const struct geo_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        size_t arc = arc_of(ring->arcs[i]);
        cut->border[arc] = cut->border[arc] || cut->inside[area];
        cut->kept[area] = cut->kept[area] || cut->border[arc];
    }
}

/* Twice: an area may stand before the one that it touches. */
static void find_beside(struct cut *cut)
{
    for (size_t a = 0; a < 2 * cut->geo->area_count; a++) {
        size_t area = a % cut->geo->area_count;
        for (size_t r = 0; r < cut->geo->areas[area].ring_count; r++)
            mark_ring(cut, area, &cut->geo->areas[area].rings[r]);
    }
}

static bool in_some(const struct cut *cut, const struct geo_level *regions,
                    struct geo_point point)
{
    const char *panel = cut->geo->panels[cut->panel].id;
    for (size_t a = 0; a < regions->area_count; a++) {
        const struct geo_area *area = &regions->areas[a];
        if (text_same(regions->panels[area->panel].id, panel) &&
            holds(cut->arena, regions, area, point))
            return true;
    }
    return false;
}

/* Coasts differ between sources: what touches the région and has its middle in
 * no région at all is of this one. True when there was some. */
static bool take_coast(struct cut *cut, const struct geo_level *regions)
{
    bool any = false;
    for (size_t a = 0; a < cut->geo->area_count; a++) {
        if (!cut->kept[a] || cut->inside[a])
            continue;
        struct geo_point point =
            point_within(cut->arena, cut->geo, &cut->geo->areas[a]);
        if (in_some(cut, regions, point))
            continue;
        cut->inside[a] = any = true;
    }
    return any;
}

/* The panel around what is left: its box is theirs, and its frame has the
 * shape of the box. */
static void fit_panel(struct arena *arena, struct geo_level *level,
                      struct geo_panel *panel)
{
    struct geo_point low = {HUGE_VAL, HUGE_VAL};
    struct geo_point high = {-HUGE_VAL, -HUGE_VAL};
    struct geo_arc *arcs = arena_array(arena, level->arc_count, sizeof *arcs);
    for (size_t a = 0; a < level->arc_count; a++)
        stretch(level, a, &low, &high);
    for (size_t a = 0; a < level->arc_count; a++) {
        arcs[a] = level->arcs[a];
        int32_t *xy = arena_array(arena, 2 * arcs[a].count, sizeof *xy);
        for (size_t k = 0; k < 2 * arcs[a].count; k++)
            xy[k] = arcs[a].xy[k] - (int32_t)(k % 2 ? low.y : low.x);
        arcs[a].xy = xy;
    }
    level->arcs = arcs;
    double width_m = (high.x - low.x) / 10;
    double height_m = (high.y - low.y) / 10;
    double most_m = fmax(width_m, height_m);
    panel->min_x += low.x / 10;
    panel->min_y += low.y / 10;
    panel->max_x = panel->min_x + width_m;
    panel->max_y = panel->min_y + height_m;
    panel->frame_x = panel->frame_y = 0;
    panel->frame_width = GEO_GRID * width_m / most_m;
    panel->frame_height = GEO_GRID * height_m / most_m;
    panel->scale_bar_km = most_m > 400e3 ? 100 : most_m > 150e3 ? 50 : 20;
    panel->boxed = false;
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        panel->label[lang] = "";
}

static const struct geo_level *cut_level(struct cut *cut, const bool **inside)
{
    struct geo_level *level = arena_alloc(cut->arena, sizeof *level);
    struct geo_panel *panel = arena_alloc(cut->arena, sizeof *panel);
    size_t *places = geo_parts_none(cut->arena, cut->geo);
    bool *in = arena_array(cut->arena, cut->geo->area_count, sizeof *in);
    size_t count = 0;
    places[cut->panel] = 0;
    *panel = cut->geo->panels[cut->panel];
    *level = *cut->geo;
    level->layout = "region";
    level->panels = panel;
    level->panel_count = 1;
    geo_parts_copy(cut->arena, cut->geo, places, cut->kept, level);
    fit_panel(cut->arena, level, panel);
    for (size_t a = 0; a < cut->geo->area_count; a++) {
        if (cut->kept[a])
            in[count++] = cut->inside[a];
    }
    *inside = in;
    return level;
}

static const struct geo_area *find_region(const struct geo_level *regions,
                                          const char *code)
{
    for (size_t a = 0; a < regions->area_count; a++) {
        if (text_same(regions->areas[a].code, code))
            return &regions->areas[a];
    }
    return NULL;
}

bool geo_region_cut(struct arena *arena, const struct geo_level *geo,
                    const struct geo_level *regions, const char *code,
                    const struct geo_level **out, const bool **inside,
                    struct err *err)
{
    struct cut cut = {.arena = arena, .geo = geo};
    const struct geo_area *region = find_region(regions, code);
    if (!region)
        return err_fail(err, ERR_INPUT, "geo.region",
                        "region '%s': not in the boundaries of the level '%s'",
                        code, regions->level);
    cut.panel = geo_panel_find(geo, regions->panels[region->panel].id);
    cut.inside = arena_array(arena, geo->area_count + 1, sizeof *cut.inside);
    cut.kept = arena_array(arena, geo->area_count + 1, sizeof *cut.kept);
    cut.border = arena_array(arena, geo->arc_count + 1, sizeof *cut.border);
    if (find_inside(&cut, regions, region) == 0)
        return err_fail(err, ERR_INPUT, "geo.region",
                        "region '%s': no area of the level '%s' lies in it",
                        code, geo->level);
    do
        find_beside(&cut);
    while (take_coast(&cut, regions));
    *out = cut_level(&cut, inside);
    return true;
}
