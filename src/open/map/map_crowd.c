/* SPDX-License-Identifier: EUPL-1.2 */
/* The areas of a crowded panel, as a mosaic. */
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

static unsigned square_along(int32_t at)
{
    return at < 0 ? 0 : (unsigned)at / SCENE_MOSAIC_SQUARE;
}

/* A crowd is drawn look by look, so that devices have runs of one paint, and
 * within a look square by square of the page, so that places are near to one
 * another: an SVG needs fewer digits. */
void map_crowd_order(struct map_canvas *canvas)
{
    enum { SQUARES = 64 };
    const struct geo_level *geo = canvas->view->geo;
    struct arena *scratch = arena_new();
    unsigned *squares = arena_array(scratch, geo->area_count, sizeof *squares);
    for (size_t i = 0; i < canvas->area_count; i++) {
        size_t a = canvas->areas[i];
        if (geo->areas[a].ring_count == 0)
            continue;
        int32_t walk = geo->areas[a].rings[0].arcs[0];
        size_t arc = map_arc_of(walk);
        size_t place =
            walk < 0 ? canvas->starts[arc + 1] - 1 : canvas->starts[arc];
        const int32_t *at = canvas->places + 2 * place;
        squares[a] = square_along(at[1]) % SQUARES * SQUARES +
                     square_along(at[0]) % SQUARES;
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

/* The rings of an area and of the others of its alias. The walks are those of
 * the boundary file. */
static void set_rings(const struct map_canvas *canvas,
                      const struct map_chains *chains, size_t area,
                      struct scene_area *to)
{
    const struct geo_area *areas = canvas->view->geo->areas;
    struct arena *arena = scene_arena(canvas->view->scene);
    for (size_t a = area; a != MAP_NO_VALUE; a = chains->next[a])
        to->ring_count += areas[a].ring_count;
    struct scene_ring *ring = arena_array(arena, to->ring_count, sizeof *ring);
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

/* What follows the names in titles: few values come back all the time. */
struct tail {
    const char *words; /* NULL: free */
    size_t size;
    size_t value; /* one that it stands for */
};
enum { TAIL_BITS = 12, TAILS = 1 << TAIL_BITS, TRIES = 8 };

/* Titles as they are written. Words are put together in an arena that goes
 * after some of them. */
struct titles {
    struct arena *arena; /* of the scene */
    struct map_view wording;
    size_t count;
    struct tail *tails; /* [TAILS] open addresses */
};

/* Of a value that is shown; a double as it is stored. */
static uint64_t bits_of(const struct map_value *value)
{
    uint64_t bits = 0;
    if (value->availability == AVAILABLE)
        memcpy(&bits, &value->value, sizeof bits);
    return bits;
}

static bool reads_alike(const struct map_value *a, const struct map_value *b)
{
    return a->availability == b->availability && a->flags == b->flags &&
           bits_of(a) == bits_of(b) &&
           (a->availability != AVAILABLE || a->coarser == b->coarser);
}

/* Where the tail of a value is, or would be. */
static struct tail *find_tail(const struct titles *titles, size_t v)
{
    const struct map_value *values = titles->wording.job->values;
    size_t at = bits_of(&values[v]) * 0x9E3779B97F4A7C15U >> (64 - TAIL_BITS);
    for (int tries = 1; tries < TRIES; tries++, at = (at + 1) % TAILS) {
        const struct tail *tail = &titles->tails[at];
        if (tail->words == NULL ||
            reads_alike(&values[tail->value], &values[v]))
            break;
    }
    return &titles->tails[at];
}

static struct map_view *begin_words(struct titles *titles)
{
    enum { TOGETHER = 256 };
    if (titles->count++ % TOGETHER == 0) {
        arena_free(titles->wording.arena);
        titles->wording.arena = arena_new();
    }
    return &titles->wording;
}

/* "Andres" and " : 32,8", or all words of an area that needs its code. */
static const char *title_of(const struct map_view *view, struct titles *titles,
                            size_t area)
{
    size_t v = view->value_of[area];
    const char *name = view->alone[area];
    if (name == NULL || v == MAP_NO_VALUE || view->job->kind == MAP_LOCATOR)
        return arena_text(titles->arena,
                          map_area_words(begin_words(titles), area));
    struct tail *tail = find_tail(titles, v);
    const struct map_value *values = view->job->values;
    if (tail->words == NULL || !reads_alike(&values[tail->value], &values[v])) {
        const char *words = map_value_tail(begin_words(titles), v);
        *tail = (struct tail){arena_text(view->arena, words), strlen(words), v};
    }
    size_t size = strlen(name);
    char *title = arena_array(titles->arena, size + tail->size + 1, 1);
    memcpy(title, name, size + 1);
    memcpy(title + size, tail->words, tail->size + 1);
    return title;
}

/* The areas of a crowd lie all over memory: what the drawing of one will read
 * is fetched some areas before, step by step from what leads to it. */
static void fetch_ahead(const struct map_canvas *canvas, size_t i)
{
    enum { STEP = 8 };
    const struct map_view *view = canvas->view;
    if (i + 2 * STEP >= canvas->area_count)
        return;
    size_t far = canvas->areas[i + 2 * STEP];
    __builtin_prefetch(&view->geo->areas[far]);
    __builtin_prefetch(&view->alone[far]);
    __builtin_prefetch(&view->value_of[far]);
    size_t next = canvas->areas[i + STEP], v = view->value_of[next];
    __builtin_prefetch(view->alone[next]);
    __builtin_prefetch(view->geo->areas[next].rings);
    if (v != MAP_NO_VALUE)
        __builtin_prefetch(&view->job->values[v]);
}

void map_crowd_draw(const struct map_canvas *canvas,
                    const struct map_chains *chains)
{
    struct map_view *view = canvas->view;
    struct arena *arena = scene_arena(view->scene);
    struct scene_area *areas =
        arena_array(arena, canvas->area_count, sizeof *areas);
    struct scene_mosaic mosaic = {
        .css = "area",
        .places = canvas->places,
        .starts = canvas->starts,
        .line_count = view->geo->arc_count,
        .areas = areas,
    };
    struct titles titles = {
        .arena = arena,
        .wording = *view,
        .tails = arena_array(canvas->scratch, TAILS, sizeof *titles.tails)};
    titles.wording.arena = NULL;
    for (size_t i = 0; i < canvas->area_count; i++) {
        size_t a = canvas->areas[i];
        fetch_ahead(canvas, i);
        if (!map_leads(canvas, chains, a))
            continue;
        struct scene_area *to = &areas[mosaic.area_count++];
        bool again = to > areas &&
                     canvas->looks[a] == canvas->looks[canvas->areas[i - 1]];
        to->paint = again ? to[-1].paint : paint_of(canvas, a);
        to->title = title_of(view, &titles, a);
        set_rings(canvas, chains, a, to);
    }
    arena_free(titles.wording.arena);
    scene_mosaic(view->scene, &mosaic);
}
