/* SPDX-License-Identifier: EUPL-1.2 */
/* The areas of a crowded panel, as a mosaic. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

/* --- order ---------------------------------------------------------------- */

int map_look_number(struct map_look look)
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

/* A crowd is drawn look by look, so that devices have runs of one paint, and
 * within a look square by square of the page, so that places are near to one
 * another: an SVG needs fewer digits. */
void map_crowd_order(struct map_canvas *canvas)
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
    canvas->areas =
        map_order_make(canvas->scratch, canvas->looks, by_square.items,
                       canvas->area_count, MAP_LOOKS)
            .items;
    arena_free(scratch);
}

/* --- mosaic --------------------------------------------------------------- */

static int32_t on_grid(double pt)
{
    return (int32_t)lround(pt * SCENE_MOSAIC_GRID);
}

/* The lines of the panel, by the numbers of their arcs. */
static void set_lines(const struct map_canvas *canvas,
                      struct scene_mosaic *mosaic)
{
    const struct geo_level *geo = canvas->view->geo;
    struct arena *arena = canvas->view->arena;
    uint32_t *starts = arena_array(arena, geo->arc_count + 1, sizeof *starts);
    for (size_t a = 0; a < geo->arc_count; a++) {
        bool own = geo->arcs[a].panel == canvas->index;
        starts[a + 1] = starts[a] + (own ? (uint32_t)canvas->arcs[a].count : 0);
    }
    int32_t *places =
        arena_array(arena, 2 * (size_t)starts[geo->arc_count], sizeof *places);
    int32_t *to = places;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        const struct map_page_arc *arc = &canvas->arcs[canvas->own_arcs[i]];
        for (size_t k = 0; k < 2 * arc->count; k++)
            *to++ = on_grid(arc->xy[k]);
    }
    mosaic->places = places;
    mosaic->starts = starts;
}

/* The rings of an area and of the others of its alias. The walks are those of
 * the boundary file. */
static void set_rings(const struct map_canvas *canvas,
                      const struct map_chains *chains, size_t area,
                      struct scene_area *to)
{
    const struct geo_area *areas = canvas->view->geo->areas;
    for (size_t a = area; a != MAP_NO_VALUE; a = chains->next[a])
        to->ring_count += areas[a].ring_count;
    struct scene_ring *ring =
        arena_array(canvas->view->arena, to->ring_count, sizeof *ring);
    to->rings = ring;
    for (size_t a = area; a != MAP_NO_VALUE; a = chains->next[a]) {
        for (size_t r = 0; r < areas[a].ring_count; r++)
            *ring++ = (struct scene_ring){areas[a].rings[r].arcs,
                                          areas[a].rings[r].count};
    }
}

static const struct scene_paint *paint_of(const struct map_canvas *canvas,
                                          size_t area)
{
    struct map_view *view = canvas->view;
    struct scene_paint paint = map_look_paint(view, map_area_look(view, area));
    paint.stroked = true; /* no border covers the seam to the neighbour */
    paint.stroke = paint.fill;
    paint.width_pt = 0.2;
    return scene_paint_kept(view->scene, &paint);
}

/* Titles, whose words are put together in an arena that goes after some. */
struct titles {
    struct map_view wording;
    size_t count;
};

static const char *title_of(const struct map_canvas *canvas,
                            struct titles *titles, size_t area)
{
    enum { TOGETHER = 256 };
    if (titles->count++ % TOGETHER == 0) {
        arena_free(titles->wording.arena);
        titles->wording.arena = arena_new();
    }
    return arena_text(canvas->view->arena,
                      map_area_words(&titles->wording, area));
}

void map_crowd_draw(const struct map_canvas *canvas,
                    const struct map_chains *chains)
{
    struct map_view *view = canvas->view;
    struct scene_area *areas =
        arena_array(view->arena, canvas->area_count, sizeof *areas);
    struct scene_mosaic mosaic = {.css = "area", .areas = areas};
    struct titles titles = {.wording = *view};
    titles.wording.arena = NULL;
    set_lines(canvas, &mosaic);
    for (size_t i = 0; i < canvas->area_count; i++) {
        size_t a = canvas->areas[i];
        if (!map_leads(canvas, chains, a))
            continue;
        struct scene_area *to = &areas[mosaic.area_count++];
        bool again = to > areas &&
                     canvas->looks[a] == canvas->looks[canvas->areas[i - 1]];
        to->paint = again ? to[-1].paint : paint_of(canvas, a);
        to->title = title_of(canvas, &titles, a);
        set_rings(canvas, chains, a, to);
    }
    arena_free(titles.wording.arena);
    scene_mosaic(view->scene, &mosaic);
}
