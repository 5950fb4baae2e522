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
            const struct map_page_arc *arc =
                &canvas->arcs[map_arc_of(ring->arcs[i])];
            bool backwards = ring->arcs[i] < 0;
            scene_lines(scene, arc->xy + (backwards ? 2 : 0), arc->count - 1,
                        backwards);
        }
        scene_close(scene);
    }
}

/* Areas of the panel by value, each chained to the next one: an alias. */
struct chains {
    size_t *first; /* [value] or MAP_NO_VALUE */
    size_t *next;  /* [area] or MAP_NO_VALUE */
};

/* From the last area on, so that the first one in drawing order is the head. */
static void chain_areas(const struct map_canvas *canvas, struct chains *chains)
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

/* Begins the group of an area. The scene keeps its own copies: words are made
 * in an arena that goes after some areas. The areas of a crowd have no ids,
 * which would be a tenth of the file. */
static void name_area(const struct map_canvas *canvas, struct arena *scratch,
                      size_t area)
{
    struct map_view wording = *canvas->view;
    wording.arena = scratch;
    struct text id = text_new(scratch);
    if (!canvas->crowded) {
        text_add(&id, wording.prefix);
        text_add(&id, canvas->panel->id);
        text_add_char(&id, '-');
        text_add(&id, wording.geo->areas[area].code);
    }
    scene_group(wording.scene, "area", id.at, map_area_words(&wording, area));
}

/* An area, with all others of the panel that show the same value (an alias):
 * in one path, or a hairline would show between them. */
static void draw_area(const struct map_canvas *canvas, struct arena *scratch,
                      size_t area, const struct chains *chains)
{
    struct map_view *view = canvas->view;
    struct scene_paint paint = map_look_paint(view, map_area_look(view, area));
    if (canvas->crowded) { /* no border covers the seam to the neighbour */
        paint.mosaic = true;
        paint.stroked = true;
        paint.stroke = paint.fill;
        paint.width_pt = 0.2;
    }
    name_area(canvas, scratch, area);
    for (size_t a = area; a != MAP_NO_VALUE; a = chains->next[a])
        add_rings(canvas, &view->geo->areas[a]);
    scene_paint(view->scene, &paint);
    scene_group_end(view->scene);
}

/* Looks in the order that a crowd is drawn in. */
enum { LOOKS = AVAILABILITY_COUNT + 3 + MAP_CLASSES_MOST * MAP_CERTAINTIES };

static int look_number(struct map_look look)
{
    switch (look.kind) {
    case LOOK_CONTEXT:
        return 0;
    case LOOK_CIRCLE:
    case LOOK_SIBLING:
        return 1;
    case LOOK_MISSING:
        return 2 + (int)look.availability;
    case LOOK_ZERO:
    case LOOK_FOCUS:
        return 2 + AVAILABILITY_COUNT;
    case LOOK_CLASS:
        return 3 + AVAILABILITY_COUNT +
               (int)(look.class_index * MAP_CERTAINTIES + look.certainty);
    }
    return 0;
}

/* Pen for the areas of a panel. */
struct round {
    struct arena *scratch; /* of words; goes after some areas */
    size_t named;
    const struct chains *chains;
};

static void draw_first(const struct map_canvas *canvas, struct round *round,
                       size_t area)
{
    enum { TOGETHER = 256 };
    if (round->named++ % TOGETHER == 0) {
        arena_free(round->scratch);
        round->scratch = arena_new();
    }
    draw_area(canvas, round->scratch, area, round->chains);
}

/* The areas of a crowd lie all over memory: what the drawing of one will read
 * is fetched some areas before, step by step from what leads to it. */
static void fetch_ahead(const struct map_canvas *canvas, size_t i)
{
    enum { STEP = 6 };
    const struct map_view *view = canvas->view;
    const struct geo_level *geo = view->geo;
    if (!canvas->crowded || i + 3 * STEP >= canvas->area_count)
        return;
    size_t far = canvas->areas[i + 3 * STEP];
    __builtin_prefetch(&geo->areas[far]);
    size_t next = canvas->areas[i + 2 * STEP];
    size_t v = view->value_of[next];
    if (v != MAP_NO_VALUE) {
        __builtin_prefetch(&view->look_of_value[v]);
        __builtin_prefetch(&view->job->values[v]);
        __builtin_prefetch((const char *)(&view->job->values[v] + 1) - 1);
    }
    __builtin_prefetch(view->alone[next]);
    if (geo->areas[next].ring_count > 0)
        __builtin_prefetch(geo->areas[next].rings[0].arcs);
    const struct geo_area *area = &geo->areas[canvas->areas[i + STEP]];
    for (size_t k = 0; area->ring_count > 0 && k < area->rings[0].count; k++)
        __builtin_prefetch(canvas->arcs[map_arc_of(area->rings[0].arcs[k])].xy);
}

static void draw_areas(const struct map_canvas *canvas,
                       const struct chains *chains)
{
    const struct map_view *view = canvas->view;
    struct round round = {.chains = chains};
    for (size_t i = 0; i < canvas->area_count; i++) {
        fetch_ahead(canvas, i);
        size_t a = canvas->areas[i], v = view->value_of[a];
        if (v == MAP_NO_VALUE || chains->first[v] == a)
            draw_first(canvas, &round, a);
    }
    arena_free(round.scratch);
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
    BORDER_PATTERNED, /* between two patterns a light line would be lost */
    BORDER_COUNT,
};

/* Under a pattern that has white in it. */
static bool is_patterned(const struct map_canvas *canvas, size_t area)
{
    if (area == MAP_NO_VALUE)
        return false;
    struct map_look look = map_area_look(canvas->view, area);
    return look.kind == LOOK_MISSING || look.certainty > 0;
}

static enum border border_of(const struct map_canvas *canvas, size_t arc)
{
    const size_t *sides = canvas->sides[arc];
    unsigned rank = canvas->view->geo->arcs[arc].rank;
    if (rank == 0)
        return BORDER_COAST;
    if (is_patterned(canvas, sides[0]) && is_patterned(canvas, sides[1]))
        return BORDER_PATTERNED;
    return rank == 1 ? BORDER_PARENT : BORDER_LEVEL;
}

static bool same_place(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* Goes on with a line that ended where the arc begins or ends; returns the new
 * end. */
static const double *draw_arc(struct scene *scene,
                              const struct map_page_arc *arc, const double *end)
{
    const double *first = arc->xy, *last = arc->xy + 2 * (arc->count - 1);
    bool backwards = end != NULL && same_place(end, last);
    if (!backwards && (end == NULL || !same_place(end, first)))
        scene_move(scene, first[0], first[1]);
    scene_lines(scene, backwards ? arc->xy : arc->xy + 2, arc->count - 1,
                backwards);
    return backwards ? first : last;
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
        [BORDER_PATTERNED] = {.stroked = true,
                              .stroke = QUIET,
                              .width_pt = 0.5,
                              .opacity = 1,
                              .css = "border-x"},
    };
    struct map_view *view = canvas->view;
    const double *end = NULL; /* of the line so far */
    if (canvas->crowded && border != BORDER_COAST && border != BORDER_PARENT)
        return;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t a = canvas->own_arcs[i];
        if (border_of(canvas, a) != border || inside_alias(canvas, a))
            continue;
        end = draw_arc(view->scene, &canvas->arcs[a], end);
    }
    if (end == NULL)
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

/* A crowd is drawn look by look, so that devices have runs of one paint, and
 * within a look square by square of the page, so that places are near to one
 * another: an SVG needs fewer digits. */
static void order_crowd(struct map_canvas *canvas)
{
    enum { SQUARES = 64 };
    static const double square_pt = 12;
    const struct geo_level *geo = canvas->view->geo;
    const double margin = canvas->view->job->margin_pt;
    struct arena *scratch = arena_new();
    unsigned *squares = arena_array(scratch, geo->area_count, sizeof *squares);
    for (size_t i = 0; i < canvas->area_count; i++) {
        size_t a = canvas->areas[i];
        if (geo->areas[a].ring_count == 0)
            continue;
        int32_t walk = geo->areas[a].rings[0].arcs[0];
        const struct map_page_arc *arc = &canvas->arcs[map_arc_of(walk)];
        const double *at = arc->xy + (walk < 0 ? 2 * arc->count - 2 : 0);
        double x = at[0] + margin, y = at[1] + margin;
        unsigned column = (unsigned)fmax(0, x / square_pt) % SQUARES;
        unsigned row = (unsigned)fmax(0, y / square_pt) % SQUARES;
        squares[a] = row * SQUARES + column;
    }
    struct map_order by_square = map_order_make(
        scratch, squares, canvas->areas, canvas->area_count, SQUARES * SQUARES);
    canvas->areas = map_order_make(canvas->scratch, canvas->looks,
                                   by_square.items, canvas->area_count, LOOKS)
                        .items;
    arena_free(scratch);
}

static void set_canvas(struct map_canvas *canvas, size_t panel,
                       struct map_box grid, double x, double y, double scale)
{
    const struct geo_level *geo = canvas->view->geo;
    const struct geo_panel *at = &geo->panels[panel];
    canvas->panel = at;
    canvas->index = panel;
    canvas->frame = (struct map_box){
        x + (at->frame_x - grid.x) * scale, y + (at->frame_y - grid.y) * scale,
        at->frame_width * scale, at->frame_height * scale};
    canvas->small_pt = canvas->view->text_pt - 1;
    canvas->line_scale = fmin(1, fmax(0.6, scale * GEO_GRID / 470));
    canvas->crowded = canvas->area_count > MAP_AREAS_WITH_BORDERS;
    map_divide_frame(canvas);
    map_arcs(canvas);
    if (canvas->crowded)
        order_crowd(canvas);
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
                       const struct chains *chains)
{
    struct map_view *view = canvas->view;
    scene_group(
        view->scene, "panel",
        arena_format(view->arena, "%s%s", view->prefix, canvas->panel->id), "");
    draw_areas(canvas, chains);
    draw_borders(canvas, BORDER_LEVEL);
    draw_borders(canvas, BORDER_PATTERNED);
    draw_borders(canvas, BORDER_PARENT);
    draw_borders(canvas, BORDER_COAST);
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
    struct map_box grid = map_grid_box(geo);
    struct arena *scratch = arena_new();
    unsigned *looks = arena_array(scratch, geo->area_count, sizeof *looks);
    for (size_t a = 0; a < geo->area_count; a++)
        looks[a] = (unsigned)look_number(map_area_look(view, a));
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
    struct chains chains = {
        arena_array(scratch, view->job->value_count, sizeof(size_t)),
        arena_array(scratch, geo->area_count, sizeof(size_t)),
    };
    for (size_t p = 0; p < geo->panel_count; p++) {
        canvas.areas = areas.items + areas.starts[p];
        canvas.area_count = areas.starts[p + 1] - areas.starts[p];
        canvas.own_arcs = arcs.items + arcs.starts[p];
        canvas.own_arc_count = arcs.starts[p + 1] - arcs.starts[p];
        set_canvas(&canvas, p, grid, x, y, pt_per_unit);
        chain_areas(&canvas, &chains);
        draw_panel(&canvas, &chains);
    }
    arena_free(scratch);
}
