/* SPDX-License-Identifier: EUPL-1.2 */
/* One région and what touches it, on a panel of its own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* --- surroundings, cut at a window --------------------------------------- */

/* What is drawn around the région, as a part of its larger side. */
static const double margin = 0.08;

struct window {
    double low[2], high[2]; /* x, y in decimetres from the panel's corner */
};

/* A ring, or a coast, while it is cut. */
struct trail {
    struct arena *arena;
    int32_t *xy;
    size_t count, capacity;
};

static void add_point(struct trail *trail, double x, double y)
{
    trail->xy = arena_grow(trail->arena, trail->xy, trail->count,
                           &trail->capacity, 2 * sizeof *trail->xy);
    trail->xy[2 * trail->count] = (int32_t)lround(x);
    trail->xy[2 * trail->count + 1] = (int32_t)lround(y);
    trail->count++;
}

/* Sutherland and Hodgman 1974: the part of a closed trail on one side of a
 * line, where `axis` is at most `limit` times `sign`. */
static struct trail cut_side(const struct trail *from, size_t axis, double sign,
                             double limit)
{
    struct trail out = {.arena = from->arena};
    for (size_t k = 0; k < from->count; k++) {
        const int32_t *a = from->xy + 2 * (k ? k - 1 : from->count - 1);
        const int32_t *b = from->xy + 2 * k;
        double before = sign * (limit - a[axis]);
        double after = sign * (limit - b[axis]);
        if ((before < 0) != (after < 0)) {
            double t = before / (before - after);
            add_point(&out, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]));
        }
        if (after >= 0)
            add_point(&out, b[0], b[1]);
    }
    return out;
}

static struct trail cut_ring(struct cut *cut, const struct geo_ring *ring,
                             const struct window *window)
{
    struct trail trail = {.arena = cut->arena};
    for (size_t i = 0; i < ring->count; i++) {
        size_t count = cut->geo->arcs[arc_of(ring->arcs[i])].count;
        for (size_t k = 1; k < count; k++) {
            const int32_t *xy = geo_arc_point(cut->geo, ring->arcs[i], k);
            add_point(&trail, xy[0], xy[1]);
        }
    }
    for (size_t axis = 0; axis < 2; axis++) {
        trail = cut_side(&trail, axis, 1, window->high[axis]);
        trail = cut_side(&trail, axis, -1, window->low[axis]);
    }
    if (trail.count > 0)
        add_point(&trail, trail.xy[0], trail.xy[1]);
    return trail;
}

/* Where arcs and areas are added to the level that is cut. */
struct growth {
    struct geo_arc *arcs;
    size_t arc_count, arc_capacity;
    struct geo_area *areas;
    size_t area_count;
};

static void add_arc(struct cut *cut, struct growth *growth,
                    const struct trail *trail, unsigned char rank)
{
    growth->arcs = arena_grow(cut->arena, growth->arcs, growth->arc_count,
                              &growth->arc_capacity, sizeof *growth->arcs);
    growth->arcs[growth->arc_count++] =
        (struct geo_arc){trail->xy, (uint32_t)trail->count, 0, rank};
}

/* Each ring is an arc of its own: nothing is counted on surroundings. */
static void add_area(struct cut *cut, struct growth *growth, size_t number,
                     const struct window *window)
{
    struct geo_area area = cut->geo->areas[number];
    struct geo_ring *rings =
        arena_array(cut->arena, area.ring_count, sizeof *rings);
    size_t count = 0;
    for (size_t r = 0; r < area.ring_count; r++) {
        struct trail trail = cut_ring(cut, &area.rings[r], window);
        if (trail.count < 4)
            continue;
        int32_t *arc = arena_alloc(cut->arena, sizeof *arc);
        *arc = (int32_t)growth->arc_count;
        rings[count++] = (struct geo_ring){arc, 1};
        add_arc(cut, growth, &trail, 2);
    }
    area.panel = 0;
    area.rings = rings;
    area.ring_count = count;
    growth->areas[growth->area_count++] = area;
}

static bool in_window(const struct window *window, const int32_t *xy)
{
    return xy[0] >= window->low[0] && xy[0] <= window->high[0] &&
           xy[1] >= window->low[1] && xy[1] <= window->high[1];
}

/* The stretches of a coast within the window; no area uses them. */
static void add_coast(struct cut *cut, struct growth *growth, size_t arc,
                      const struct window *window)
{
    const struct geo_arc *from = &cut->geo->arcs[arc];
    struct trail trail = {.arena = cut->arena};
    for (size_t k = 0; k < from->count; k++) {
        bool in = in_window(window, from->xy + 2 * k);
        if (in)
            add_point(&trail, from->xy[2 * k], from->xy[2 * k + 1]);
        if (in && k + 1 < from->count)
            continue;
        if (trail.count > 1)
            add_arc(cut, growth, &trail, 0);
        trail = (struct trail){.arena = cut->arena};
    }
}

static void add_coasts(struct cut *cut, struct growth *growth, size_t area,
                       const struct window *window)
{
    const struct geo_area *at = &cut->geo->areas[area];
    for (size_t r = 0; r < at->ring_count; r++) {
        for (size_t i = 0; i < at->rings[r].count; i++) {
            size_t arc = arc_of(at->rings[r].arcs[i]);
            if (cut->geo->arcs[arc].rank == 0)
                add_coast(cut, growth, arc, window);
        }
    }
}

static struct window window_around(const struct geo_level *level)
{
    struct geo_point low = {HUGE_VAL, HUGE_VAL};
    struct geo_point high = {-HUGE_VAL, -HUGE_VAL};
    for (size_t a = 0; a < level->arc_count; a++)
        stretch(level, a, &low, &high);
    double edge = margin * fmax(high.x - low.x, high.y - low.y);
    return (struct window){{low.x - edge, low.y - edge},
                           {high.x + edge, high.y + edge}};
}

static void add_surroundings(struct cut *cut, struct geo_level *level)
{
    struct window window = window_around(level);
    struct growth growth = {.area_count = level->area_count};
    growth.areas =
        arena_array(cut->arena, cut->geo->area_count, sizeof *growth.areas);
    memcpy(growth.areas, level->areas,
           level->area_count * sizeof *growth.areas);
    for (size_t a = 0; a < level->arc_count; a++) {
        struct trail trail = {.xy = (int32_t *)(uintptr_t)level->arcs[a].xy,
                              .count = level->arcs[a].count};
        add_arc(cut, &growth, &trail, level->arcs[a].rank);
    }
    for (size_t a = 0; a < cut->geo->area_count; a++) {
        if (!cut->kept[a] || cut->inside[a])
            continue;
        add_area(cut, &growth, a, &window);
        add_coasts(cut, &growth, a, &window);
    }
    level->arcs = growth.arcs;
    level->arc_count = growth.arc_count;
    level->areas = growth.areas;
    level->area_count = growth.area_count;
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
    places[cut->panel] = 0;
    *panel = cut->geo->panels[cut->panel];
    *level = *cut->geo;
    level->layout = "region";
    level->panels = panel;
    level->panel_count = 1;
    geo_parts_copy(cut->arena, cut->geo, places, cut->inside, level);
    for (size_t a = 0; a < level->area_count; a++)
        in[a] = true;
    add_surroundings(cut, level);
    fit_panel(cut->arena, level, panel);
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
