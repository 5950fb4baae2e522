/* SPDX-License-Identifier: EUPL-1.2 */
/* Panels: areas, borders, marks, focus, insets with their scale bars.
 *
 * Each shared arc is thinned to the page once and used by both neighbours'
 * fills and by the border between them, so that nothing gapes or overlaps. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

enum {
    COAST = 0x4D4D4D,
    INNER = 0xFFFFFF,
    QUIET = 0x8C8C8C,
    INK = 0x1A1A1A,
    PAPER = 0xFFFFFF,
};

/* Above so many areas, light borders would be all that one sees. */
enum { AREAS_WITH_BORDERS = 1500 };

/* Page distance under which the next point of a border is not worth drawing. */
static const double thinnest_step_pt = 0.3;

/* --- from metres to the page --------------------------------------------- */

static double page_x(const struct map_canvas *canvas, double metres)
{
    const struct geo_panel *panel = canvas->panel;
    double slack = canvas->drawing.width -
                   (panel->max_x - panel->min_x) * canvas->pt_per_m;
    return canvas->drawing.x + slack / 2 + metres * canvas->pt_per_m;
}

static double page_y(const struct map_canvas *canvas, double metres)
{
    const struct geo_panel *panel = canvas->panel;
    double tall = (panel->max_y - panel->min_y) * canvas->pt_per_m;
    double slack = canvas->drawing.height - tall;
    return canvas->drawing.y + slack / 2 + tall - metres * canvas->pt_per_m;
}

static struct map_page_arc thin_arc(const struct map_canvas *canvas,
                                    const struct geo_arc *arc)
{
    double *xy = arena_array(canvas->view->arena, 2 * arc->count, sizeof *xy);
    size_t count = 0;
    for (size_t i = 0; i < arc->count; i++) {
        double x = page_x(canvas, arc->xy[2 * i] / 10.0);
        double y = page_y(canvas, arc->xy[2 * i + 1] / 10.0);
        bool end = i == 0 || i + 1 == arc->count;
        if (!end && hypot(x - xy[2 * count - 2], y - xy[2 * count - 1]) <
                        thinnest_step_pt)
            continue;
        xy[2 * count] = x;
        xy[2 * count + 1] = y;
        count++;
    }
    return (struct map_page_arc){xy, count};
}

static void note_sides(struct map_canvas *canvas, size_t area)
{
    const struct geo_area *at = &canvas->view->geo->areas[area];
    for (size_t r = 0; r < at->ring_count; r++) {
        const struct geo_ring *ring = &at->rings[r];
        for (size_t i = 0; i < ring->count; i++) {
            size_t *sides = canvas->sides[map_arc_of(ring->arcs[i])];
            sides[sides[0] == MAP_NO_VALUE ? 0 : 1] = area;
        }
    }
}

static void prepare_arcs(struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    const struct geo_level *geo = view->geo;
    canvas->arcs =
        arena_array(view->arena, geo->arc_count, sizeof *canvas->arcs);
    canvas->sides =
        arena_array(view->arena, geo->arc_count, sizeof *canvas->sides);
    for (size_t a = 0; a < geo->arc_count; a++) {
        canvas->sides[a][0] = canvas->sides[a][1] = MAP_NO_VALUE;
        if (geo->arcs[a].panel == canvas->index)
            canvas->arcs[a] = thin_arc(canvas, &geo->arcs[a]);
    }
    for (size_t area = 0; area < geo->area_count; area++)
        note_sides(canvas, area);
}

/* --- areas and borders --------------------------------------------------- */

static void add_arc(struct scene *scene, const struct map_page_arc *arc,
                    bool backwards, size_t from)
{
    for (size_t i = from; i < arc->count; i++) {
        const double *at = arc->xy + 2 * (backwards ? arc->count - 1 - i : i);
        if (i == 0)
            scene_move(scene, at[0], at[1]);
        else
            scene_line(scene, at[0], at[1]);
    }
}

static void add_rings(const struct map_canvas *canvas,
                      const struct geo_area *area)
{
    struct scene *scene = canvas->view->scene;
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        for (size_t i = 0; i < ring->count; i++)
            add_arc(scene, &canvas->arcs[map_arc_of(ring->arcs[i])],
                    ring->arcs[i]<0, i> 0);
        scene_close(scene);
    }
}

static bool one_value(const struct map_canvas *canvas, size_t a, size_t b)
{
    const struct map_view *view = canvas->view;
    return view->geo->areas[a].panel == canvas->index &&
           view->geo->areas[b].panel == canvas->index &&
           view->value_of[a] == view->value_of[b] &&
           view->value_of[a] != MAP_NO_VALUE;
}

/* An area, with all others of the panel that show the same value (an alias):
 * in one path, or a hairline would show between them. */
static void draw_area(const struct map_canvas *canvas, size_t area)
{
    struct map_view *view = canvas->view;
    const struct geo_area *areas = view->geo->areas;
    bool aliases = view->job->alias_count > 0;
    for (size_t a = 0; aliases && a < area; a++) {
        if (one_value(canvas, a, area))
            return;
    }
    struct scene_paint paint = map_look_paint(view, map_area_look(view, area));
    const char *id = arena_format(view->arena, "%s%s-%s", view->prefix,
                                  canvas->panel->id, areas[area].code);
    if (canvas->crowded) { /* no border covers the seam to the neighbour */
        paint.stroked = true;
        paint.stroke = paint.fill;
        paint.width_pt = 0.2;
    }
    scene_group(view->scene, "area", id, map_area_words(view, area));
    add_rings(canvas, &areas[area]);
    for (size_t a = area + 1; aliases && a < view->geo->area_count; a++) {
        if (one_value(canvas, a, area))
            add_rings(canvas, &areas[a]);
    }
    scene_paint(view->scene, &paint);
    scene_group_end(view->scene);
}

static void draw_areas(const struct map_canvas *canvas)
{
    for (size_t a = 0; a < canvas->view->geo->area_count; a++) {
        if (canvas->view->geo->areas[a].panel == canvas->index)
            draw_area(canvas, a);
    }
}

/* Both sides show one value (an alias): the border between is no border. */
static bool inside_alias(const struct map_canvas *canvas, size_t arc)
{
    const size_t *sides = canvas->sides[arc];
    if (sides[0] == MAP_NO_VALUE || sides[1] == MAP_NO_VALUE)
        return false;
    size_t a = canvas->view->value_of[sides[0]];
    size_t b = canvas->view->value_of[sides[1]];
    return a == b && a != MAP_NO_VALUE;
}

enum border {
    BORDER_COAST,
    BORDER_PARENT,
    BORDER_LEVEL,
    BORDER_MISSING, /* between two patterns a light line would be lost */
    BORDER_COUNT,
};

static bool is_missing(const struct map_canvas *canvas, size_t area)
{
    return area != MAP_NO_VALUE &&
           map_area_look(canvas->view, area).kind == LOOK_MISSING;
}

static enum border border_of(const struct map_canvas *canvas, size_t arc)
{
    const size_t *sides = canvas->sides[arc];
    unsigned rank = canvas->view->geo->arcs[arc].rank;
    if (rank == 0)
        return BORDER_COAST;
    if (is_missing(canvas, sides[0]) && is_missing(canvas, sides[1]))
        return BORDER_MISSING;
    return rank == 1 ? BORDER_PARENT : BORDER_LEVEL;
}

static void draw_borders(const struct map_canvas *canvas, enum border border)
{
    static const struct scene_paint paints[BORDER_COUNT] = {
        [BORDER_COAST] = {.stroked = true,
                          .stroke = COAST,
                          .width_pt = 0.5,
                          .opacity = 1,
                          .css = "coast"},
        [BORDER_PARENT] = {.stroked = true,
                           .stroke = INNER,
                           .width_pt = 1.2,
                           .opacity = 1,
                           .css = "border-1"},
        [BORDER_LEVEL] = {.stroked = true,
                          .stroke = INNER,
                          .width_pt = 0.5,
                          .opacity = 1,
                          .css = "border-2"},
        [BORDER_MISSING] = {.stroked = true,
                            .stroke = QUIET,
                            .width_pt = 0.5,
                            .opacity = 1,
                            .css = "border-x"},
    };
    struct map_view *view = canvas->view;
    bool any = false;
    if (canvas->crowded && border != BORDER_COAST && border != BORDER_PARENT)
        return;
    for (size_t a = 0; a < view->geo->arc_count; a++) {
        if (view->geo->arcs[a].panel != canvas->index ||
            border_of(canvas, a) != border || inside_alias(canvas, a))
            continue;
        add_arc(view->scene, &canvas->arcs[a], false, 0);
        any = true;
    }
    if (!any)
        return;
    struct scene_paint paint = paints[border];
    paint.width_pt *= canvas->line_scale;
    scene_paint(view->scene, &paint);
}

static void draw_dashed(const struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    struct scene_paint paint = {.stroked = true,
                                .stroke = INK,
                                .width_pt = 0.8,
                                .dash_pt = 1.6,
                                .opacity = 1,
                                .css = "dashed"};
    for (size_t a = 0; a < view->geo->area_count && !view->all_dashed; a++) {
        size_t v = view->value_of[a];
        if (view->geo->areas[a].panel != canvas->index || v == MAP_NO_VALUE ||
            view->job->values[v].availability != AVAILABLE ||
            !(view->job->values[v].flags & MAP_DASHED))
            continue;
        add_rings(canvas, &view->geo->areas[a]);
        scene_paint(view->scene, &paint);
    }
}

/* A dark line with a light one under it shows on every fill. */
static void draw_focus(const struct map_canvas *canvas)
{
    static const struct scene_paint paints[] = {
        {.stroked = true,
         .stroke = PAPER,
         .width_pt = 2.8,
         .opacity = 1,
         .css = "focus-halo"},
        {.stroked = true,
         .stroke = INK,
         .width_pt = 1.3,
         .opacity = 1,
         .css = "focus"},
    };
    struct map_view *view = canvas->view;
    for (size_t i = 0; i < COUNT_OF(paints); i++) {
        for (size_t a = 0; a < view->geo->area_count; a++) {
            const struct geo_area *area = &view->geo->areas[a];
            if (area->panel != canvas->index || !map_in_focus(view, a))
                continue;
            add_rings(canvas, area);
            scene_paint(view->scene, &paints[i]);
        }
    }
}

/* --- all of it ----------------------------------------------------------- */

static struct map_canvas make_canvas(struct map_view *view, size_t panel,
                                     struct map_box grid, double x, double y,
                                     double scale)
{
    const struct geo_panel *at = &view->geo->panels[panel];
    struct map_canvas canvas = {.view = view, .panel = at, .index = panel};
    canvas.frame = (struct map_box){
        x + (at->frame_x - grid.x) * scale, y + (at->frame_y - grid.y) * scale,
        at->frame_width * scale, at->frame_height * scale};
    canvas.small_pt = view->text_pt - 1;
    canvas.line_scale = fmin(1, fmax(0.6, scale * GEO_GRID / 470));
    size_t areas = 0;
    for (size_t a = 0; a < view->geo->area_count; a++)
        areas += view->geo->areas[a].panel == panel;
    canvas.crowded = areas > AREAS_WITH_BORDERS;
    map_divide_frame(&canvas);
    prepare_arcs(&canvas);
    return canvas;
}

void map_panels(struct map_view *view, double x, double y, double pt_per_unit)
{
    struct map_box grid = map_grid_box(view->geo);
    for (size_t p = 0; p < view->geo->panel_count; p++) {
        struct map_canvas canvas =
            make_canvas(view, p, grid, x, y, pt_per_unit);
        scene_group(
            view->scene, "panel",
            arena_format(view->arena, "%s%s", view->prefix, canvas.panel->id),
            "");
        draw_areas(&canvas);
        draw_borders(&canvas, BORDER_LEVEL);
        draw_borders(&canvas, BORDER_MISSING);
        draw_borders(&canvas, BORDER_PARENT);
        draw_borders(&canvas, BORDER_COAST);
        draw_dashed(&canvas);
        if (view->job->kind == MAP_LOCATOR)
            map_ring(&canvas);
        else
            draw_focus(&canvas);
        if (view->job->kind == MAP_CIRCLES)
            map_circles(&canvas);
        if (view->job->kind == MAP_TILES)
            map_codes(&canvas);
        map_marks(&canvas);
        map_inset(&canvas);
        scene_group_end(view->scene);
    }
}
