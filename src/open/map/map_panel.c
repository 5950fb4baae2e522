/* SPDX-License-Identifier: EUPL-1.2 */
/* Panels: areas, borders, marks, focus, insets with their scale bars. */
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

/* --- areas and borders --------------------------------------------------- */

/* Closing brings the line back: the last point, which is the first, and those
 * where arcs meet are not drawn twice. */
static void add_rings(const struct map_canvas *canvas,
                      const struct geo_area *area)
{
    struct scene *scene = canvas->view->scene;
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        for (size_t i = 0; i < ring->count; i++) {
            const struct map_page_arc arc =
                map_arc(canvas, map_arc_of(ring->arcs[i]));
            bool backwards = ring->arcs[i] < 0;
            scene_lines(scene, arc.xy + (backwards ? 2 : 0), arc.count - 1,
                        backwards);
        }
        scene_close(scene);
    }
}

/* From the last area on, so that the first one in drawing order is the head. */
static void chain_areas(const struct map_canvas *canvas,
                        struct map_chains *chains)
{
    const size_t *value_of = canvas->view->value_of;
    for (size_t i = 0; i < canvas->area_count; i++) {
        size_t v = value_of[canvas->areas[i]];
        if (v != MAP_NO_VALUE)
            chains->first[v] = MAP_NO_VALUE;
    }
    for (size_t i = canvas->area_count; i-- > 0;) {
        size_t a = canvas->areas[i], v = value_of[a];
        chains->next[a] = MAP_NO_VALUE;
        if (v == MAP_NO_VALUE)
            continue;
        chains->next[a] = chains->first[v];
        chains->first[v] = a;
    }
}

/* An area, with all others of the panel that show the same value (an alias):
 * in one path, or a hairline would show between them. */
static void draw_area(const struct map_canvas *canvas, size_t area,
                      const struct map_chains *chains)
{
    struct map_view *view = canvas->view;
    struct scene_paint paint = map_look_paint(view, map_area_look(view, area));
    struct text id = text_new(view->arena);
    text_add(&id, view->prefix);
    text_add(&id, canvas->panel->id);
    text_add_char(&id, '-');
    text_add(&id, view->geo->areas[area].code);
    scene_group(view->scene, "area", id.at, map_area_words(view, area));
    for (size_t a = area; a != MAP_NO_VALUE; a = chains->next[a])
        add_rings(canvas, &view->geo->areas[a]);
    scene_paint(view->scene, &paint);
    scene_group_end(view->scene);
}

static void draw_areas(const struct map_canvas *canvas,
                       const struct map_chains *chains)
{
    for (size_t i = 0; i < canvas->area_count; i++) {
        if (map_leads(canvas, chains, canvas->areas[i]))
            draw_area(canvas, canvas->areas[i], chains);
    }
}

/* Both sides show one value (an alias): the border between is no border. */
static bool inside_alias(const struct map_canvas *canvas, size_t arc)
{
    const uint32_t *sides = canvas->sides[arc];
    if (sides[0] == MAP_NO_AREA || sides[1] == MAP_NO_AREA)
        return false;
    size_t a = canvas->view->value_of[sides[0]];
    size_t b = canvas->view->value_of[sides[1]];
    return a == b && a != MAP_NO_VALUE;
}

enum border {
    BORDER_COAST,
    BORDER_EDGE, /* of what the map is of, among its surroundings */
    BORDER_PARENT,
    BORDER_LEVEL,
    BORDER_PATTERNED, /* between two patterns a light line would be lost */
    BORDER_COUNT,
};

/* Under a pattern that has white in it. */
static bool is_patterned(const struct map_canvas *canvas, uint32_t area)
{
    if (area == MAP_NO_AREA)
        return false;
    struct map_look look = map_area_look(canvas->view, area);
    return look.kind == LOOK_MISSING || look.certainty > 0;
}

/* A région's neighbours have lines of their own: it has nobody beyond its. */
static bool is_around(const struct map_canvas *canvas, uint32_t area)
{
    return area == MAP_NO_AREA ||
           map_area_look(canvas->view, area).kind == LOOK_CONTEXT;
}

/* Parts what the map is of from its surroundings. A locator does so by its
 * colours. */
static bool is_edge(const struct map_canvas *canvas, const uint32_t sides[2])
{
    const struct map_job *job = canvas->view->job;
    return job->context_rest && job->kind != MAP_LOCATOR &&
           is_around(canvas, sides[0]) != is_around(canvas, sides[1]);
}

static enum border border_of(const struct map_canvas *canvas, size_t arc)
{
    const uint32_t *sides = canvas->sides[arc];
    unsigned rank = canvas->view->geo->arcs[arc].rank;
    if (rank == 0)
        return BORDER_COAST;
    if (is_edge(canvas, sides))
        return BORDER_EDGE;
    if (is_patterned(canvas, sides[0]) && is_patterned(canvas, sides[1]))
        return BORDER_PATTERNED;
    return rank == 1 ? BORDER_PARENT : BORDER_LEVEL;
}

static bool same_place(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* Where a line ends. */
struct end {
    bool known;
    double at[2];
};

/* Goes on with a line that ended where the arc begins or ends. */
static void draw_arc(struct scene *scene, const struct map_page_arc *arc,
                     struct end *end)
{
    const double *first = arc->xy, *last = arc->xy + 2 * (arc->count - 1);
    bool backwards = end->known && same_place(end->at, last);
    if (!backwards && !(end->known && same_place(end->at, first)))
        scene_move(scene, first[0], first[1]);
    scene_lines(scene, backwards ? arc->xy : arc->xy + 2, arc->count - 1,
                backwards);
    memcpy(end->at, backwards ? first : last, sizeof end->at);
    end->known = true;
}

static void draw_borders(const struct map_canvas *canvas, enum border border)
{
    static const struct scene_paint paints[BORDER_COUNT] = {
        [BORDER_COAST] = {.stroked = true,
                          .stroke = COAST,
                          .width_pt = 0.5,
                          .opacity = 1,
                          .css = "coast"},
        [BORDER_EDGE] = {.stroked = true,
                         .stroke = COAST,
                         .width_pt = 0.9,
                         .opacity = 1,
                         .css = "edge"},
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
        [BORDER_PATTERNED] = {.stroked = true,
                              .stroke = QUIET,
                              .width_pt = 0.5,
                              .opacity = 1,
                              .css = "border-x"},
    };
    struct map_view *view = canvas->view;
    struct end end = {false, {0, 0}}; /* of the line so far */
    if (canvas->crowded &&
        (border == BORDER_LEVEL || border == BORDER_PATTERNED))
        return;
    struct arena *scratch = arena_new();
    uint32_t *arcs = arena_array(scratch, canvas->own_arc_count, sizeof *arcs);
    size_t count = 0;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        uint32_t a = canvas->own_arcs[i];
        if (border_of(canvas, a) == border && !inside_alias(canvas, a))
            arcs[count++] = a;
    }
    arcs = map_chain(scratch, view->geo, arcs, count);
    for (size_t i = 0; i < count; i++) {
        const struct map_page_arc arc = map_arc(canvas, arcs[i]);
        draw_arc(view->scene, &arc, &end);
    }
    arena_free(scratch);
    if (!end.known)
        return;
    struct scene_paint paint = paints[border];
    paint.width_pt *= canvas->line_scale;
    scene_paint(view->scene, &paint);
}

/* A dark line on a light one shows on every fill: the rings of the areas that
 * are chosen, once with each paint. */
static void draw_on_halo(const struct map_canvas *canvas,
                         bool chosen(const struct map_view *view, size_t area),
                         const struct scene_paint paints[2])
{
    struct map_view *view = canvas->view;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < canvas->area_count; k++) {
            if (!chosen(view, canvas->areas[k]))
                continue;
            add_rings(canvas, &view->geo->areas[canvas->areas[k]]);
            scene_paint(view->scene, &paints[i]);
        }
    }
}

static bool is_dashed(const struct map_view *view, size_t area)
{
    size_t v = view->value_of[area];
    return v != MAP_NO_VALUE && map_dashed(view, v);
}

static void draw_dashed(const struct map_canvas *canvas)
{
    static const struct scene_paint paints[] = {
        {.stroked = true,
         .stroke = PAPER,
         .width_pt = 1.4,
         .opacity = 1,
         .css = "dashed-halo"},
        {.stroked = true,
         .stroke = INK,
         .width_pt = 0.8,
         .dash_pt = 1.6,
         .opacity = 1,
         .css = "dashed"},
    };
    draw_on_halo(canvas, is_dashed, paints);
}

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
    draw_on_halo(canvas, map_in_focus, paints);
}

/* --- all of it ----------------------------------------------------------- */

static void set_frame(struct map_canvas *canvas, size_t panel, double x,
                      double y, double scale)
{
    const struct geo_level *geo = canvas->view->geo;
    const struct geo_panel *at = &geo->panels[panel];
    struct map_box grid = map_grid_box(geo);
    canvas->panel = at;
    canvas->index = panel;
    canvas->frame = (struct map_box){
        x + (at->frame_x - grid.x) * scale, y + (at->frame_y - grid.y) * scale,
        at->frame_width * scale, at->frame_height * scale};
    canvas->small_pt = canvas->view->text_pt - 0.5;
    map_divide_frame(canvas);
}

double map_panels_circle(struct map_view *view, double pt_per_unit)
{
    double most = view->largest_pt;
    struct map_canvas canvas = {.view = view};
    for (size_t p = 0; p < view->geo->panel_count; p++) {
        set_frame(&canvas, p, 0, 0, pt_per_unit);
        most = fmin(most, map_circles_most(&canvas));
    }
    return most;
}

static void set_canvas(struct map_canvas *canvas, size_t panel, double x,
                       double y, double scale)
{
    set_frame(canvas, panel, x, y, scale);
    canvas->line_scale = fmin(1, fmax(0.6, scale * GEO_GRID / 470));
    canvas->crowded = canvas->area_count > MAP_AREAS_WITH_BORDERS;
    map_arcs(canvas);
    if (canvas->crowded)
        map_crowd_order(canvas);
    if (canvas->view->job->kind == MAP_CIRCLES)
        map_circles_place(canvas);
}

/* Areas by panel, in the order of the file. */
static struct map_order order_areas(struct arena *scratch,
                                    const struct geo_level *geo)
{
    unsigned *keys = arena_array(scratch, geo->area_count, sizeof *keys);
    for (size_t a = 0; a < geo->area_count; a++)
        keys[a] = (unsigned)geo->areas[a].panel;
    return map_order_make(scratch, keys, NULL, geo->area_count,
                          geo->panel_count);
}

static struct map_order order_arcs(struct arena *scratch,
                                   const struct geo_level *geo)
{
    unsigned *keys = arena_array(scratch, geo->arc_count, sizeof *keys);
    for (size_t a = 0; a < geo->arc_count; a++)
        keys[a] = (unsigned)geo->arcs[a].panel;
    return map_order_make(scratch, keys, NULL, geo->arc_count,
                          geo->panel_count);
}

static void draw_panel(const struct map_canvas *canvas,
                       const struct map_chains *chains)
{
    struct map_view *view = canvas->view;
    scene_group(
        view->scene, "panel",
        arena_format(view->arena, "%s%s", view->prefix, canvas->panel->id), "");
    if (canvas->crowded)
        map_crowd_draw(canvas, chains);
    else
        draw_areas(canvas, chains);
    draw_borders(canvas, BORDER_LEVEL);
    draw_borders(canvas, BORDER_PATTERNED);
    draw_borders(canvas, BORDER_PARENT);
    draw_borders(canvas, BORDER_EDGE);
    draw_borders(canvas, BORDER_COAST);
    if (view->dashed_count > 0)
        draw_dashed(canvas);
    if (view->job->kind == MAP_LOCATOR)
        map_ring(canvas);
    else
        draw_focus(canvas);
    if (view->job->kind == MAP_CIRCLES)
        map_circles(canvas);
    if (view->job->kind == MAP_TILES)
        map_codes(canvas);
    map_marks(canvas);
    map_inset(canvas);
    scene_group_end(view->scene);
}

void map_panels(struct map_view *view, double x, double y, double pt_per_unit)
{
    const struct geo_level *geo = view->geo;
    struct arena *scratch = arena_new();
    unsigned *looks = arena_array(scratch, geo->area_count, sizeof *looks);
    for (size_t a = 0; a < geo->area_count; a++)
        looks[a] = (unsigned)map_look_number(map_area_look(view, a));
    struct map_order areas = order_areas(scratch, geo);
    struct map_order arcs = order_arcs(scratch, geo);
    struct map_canvas canvas = {
        .scratch = scratch,
        .view = view,
        .looks = looks,
        .arcs = arena_array(scratch, geo->arc_count, sizeof *canvas.arcs),
        .sides = arena_array(scratch, geo->arc_count, sizeof *canvas.sides),
        .corners = arena_array(scratch, geo->arc_count, 1),
    };
    if (view->job->kind == MAP_CIRCLES)
        canvas.circles =
            arena_array(scratch, geo->area_count, sizeof *canvas.circles);
    struct map_chains chains = {
        arena_array(scratch, view->job->value_count, sizeof(size_t)),
        arena_array(scratch, geo->area_count, sizeof(size_t)),
    };
    for (size_t p = 0; p < geo->panel_count; p++) {
        canvas.areas = areas.items + areas.starts[p];
        canvas.area_count = areas.starts[p + 1] - areas.starts[p];
        canvas.own_arcs = arcs.items + arcs.starts[p];
        canvas.own_arc_count = arcs.starts[p + 1] - arcs.starts[p];
        set_canvas(&canvas, p, x, y, pt_per_unit);
        chain_areas(&canvas, &chains);
        draw_panel(&canvas, &chains);
    }
    arena_free(scratch);
}
