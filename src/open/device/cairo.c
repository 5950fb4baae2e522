/* SPDX-License-Identifier: EUPL-1.2 */
/* device/cairo.c - a scene as pixels.
 *
 * cairo fills and strokes; text comes as outlines from scene/font.h, so that
 * no font look-up of the system takes part and letters stand where the PDF has
 * them. */
#include <math.h>
#include <string.h>

#include "device/cairo_impl.h"
#include "device/png_impl.h"

static const char *const cairo_names[] = {CAIRO_CALLS(LIBRARY_NAME)};

/* Side of a pattern's tile. */
#define TILE_PT 6

/* Lines thinner than this show no round corners, which cost twice the time. */
#define ROUND_PX 1.5

/* From so many pixels a point on, the four by four steps within a pixel that
 * are enough for lines are enough for letters, and curves need not be nearer
 * than one of them. */
#define FINE_PX 2
#define FAST_STEP_PX 0.25

enum { TILES = 16 };

struct tile {
    enum scene_pattern pattern;
    uint32_t ink;
    cairo_pattern_t *made;
};

/* From where to where an area reaches down the page, in places. */
struct reach {
    int32_t top, bottom; /* top > bottom: draws nothing */
};

struct span { /* of an item, in points */
    double low, high;
};

struct png_canvas {
    struct brush brush;
    struct arena *arena;
    const struct scene *scene;
    const struct fonts *fonts;
    double scale;       /* pixels a point */
    int first, last;    /* rows of pixels that are drawn */
    bool parts;         /* not all */
    struct span *spans; /* [item] */
    struct tile tile[TILES];
    size_t tile_count;
    const struct scene_mosaic *mosaic; /* the last one drawn, and how far */
    const struct reach *reaches;       /* [area] of it reaches */
};

static void set_colour(const struct brush *brush, uint32_t colour,
                       double opacity)
{
    brush->calls.cairo_set_source_rgba(brush->cr, (colour >> 16 & 255) / 255.0,
                                       (colour >> 8 & 255) / 255.0,
                                       (colour & 255) / 255.0, opacity);
}

/* --- patterns ------------------------------------------------------------- */

static void stroke_line(const struct brush *brush, double x1, double y1,
                        double x2, double y2)
{
    brush->calls.cairo_move_to(brush->cr, x1, y1);
    brush->calls.cairo_line_to(brush->cr, x2, y2);
    brush->calls.cairo_stroke(brush->cr);
}

static void draw_dot(const struct brush *brush, double x, double y)
{
    brush->calls.cairo_arc(brush->cr, x, y, 0.65, 0, 6.283185307179586);
    brush->calls.cairo_fill(brush->cr);
}

/* The same tiles as in SVG and PDF. */
static void draw_tile(const struct brush *brush, enum scene_pattern pattern)
{
    switch (pattern) {
    case PATTERN_NONE:
    case PATTERN_COUNT:
        break;
    case PATTERN_DENSE:
        brush->calls.cairo_set_line_width(brush->cr, 0.8);
        stroke_line(brush, -1, 7, 7, -1);
        stroke_line(brush, -1, 4, 4, -1);
        stroke_line(brush, 2, 7, 7, 2);
        break;
    case PATTERN_LIGHT:
        brush->calls.cairo_set_line_width(brush->cr, 0.6);
        stroke_line(brush, -1, -1, 7, 7);
        stroke_line(brush, -1, 5, 1, 7);
        stroke_line(brush, 5, -1, 7, 1);
        break;
    case PATTERN_DOTS:
        draw_dot(brush, 1.5, 4.5);
        draw_dot(brush, 4.5, 1.5);
        break;
    case PATTERN_CROSS:
        brush->calls.cairo_set_line_width(brush->cr, 0.5);
        stroke_line(brush, 3, 0, 3, 6);
        stroke_line(brush, 0, 3, 6, 3);
        break;
    case PATTERN_STRIPES:
    case PATTERN_STRIPES_WIDE:
        brush->calls.cairo_set_line_width(
            brush->cr, pattern == PATTERN_STRIPES ? 0.9 : 1.9);
        stroke_line(brush, 0, 1.5, 6, 1.5);
        stroke_line(brush, 0, 4.5, 6, 4.5);
        break;
    case PATTERN_BARS:
    case PATTERN_BARS_WIDE:
        brush->calls.cairo_set_line_width(brush->cr,
                                          pattern == PATTERN_BARS ? 0.9 : 1.9);
        stroke_line(brush, 1.5, 0, 1.5, 6);
        stroke_line(brush, 4.5, 0, 4.5, 6);
        break;
    }
}

/* A tile of whole pixels repeats without seams and without new colours. */
static cairo_pattern_t *make_tile(const struct png_canvas *canvas,
                                  enum scene_pattern pattern, uint32_t ink)
{
    int side = (int)fmax(4, round(TILE_PT * canvas->scale));
    struct brush own = {.calls = canvas->brush.calls};
    const struct cairo *calls = &own.calls;
    cairo_surface_t *surface =
        calls->cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    own.cr = calls->cairo_create(surface);
    calls->cairo_scale(own.cr, (double)side / TILE_PT, (double)side / TILE_PT);
    set_colour(&own, ink, 1);
    draw_tile(&own, pattern);
    calls->cairo_destroy(own.cr);
    cairo_pattern_t *made = calls->cairo_pattern_create_for_surface(surface);
    calls->cairo_surface_destroy(surface);
    calls->cairo_pattern_set_extend(made, CAIRO_EXTEND_REPEAT);
    calls->cairo_pattern_set_filter(made, CAIRO_FILTER_NEAREST);
    cairo_matrix_t matrix; /* user space to pixels of the tile */
    calls->cairo_matrix_init_scale(&matrix, canvas->scale, canvas->scale);
    calls->cairo_pattern_set_matrix(made, &matrix);
    return made;
}

static cairo_pattern_t *find_tile(struct png_canvas *canvas,
                                  enum scene_pattern pattern, uint32_t ink)
{
    for (size_t i = 0; i < canvas->tile_count; i++) {
        if (canvas->tile[i].pattern == pattern && canvas->tile[i].ink == ink)
            return canvas->tile[i].made;
    }
    if (canvas->tile_count == TILES) /* more inks than any legend has */
        canvas->brush.calls.cairo_pattern_destroy(
            canvas->tile[--canvas->tile_count].made);
    struct tile *fresh = &canvas->tile[canvas->tile_count++];
    *fresh = (struct tile){pattern, ink, make_tile(canvas, pattern, ink)};
    return fresh->made;
}

/* --- paths ---------------------------------------------------------------- */

static void add_path(const struct brush *brush, const struct scene_item *item)
{
    const double *p = item->points;
    for (size_t i = 0; i < item->verb_count; i++) {
        switch ((enum scene_verb)item->verbs[i]) {
        case VERB_MOVE:
            brush->calls.cairo_move_to(brush->cr, p[0], p[1]);
            p += 2;
            break;
        case VERB_LINE:
            brush->calls.cairo_line_to(brush->cr, p[0], p[1]);
            p += 2;
            break;
        case VERB_CURVE:
            brush->calls.cairo_curve_to(brush->cr, p[0], p[1], p[2], p[3], p[4],
                                        p[5]);
            p += 6;
            break;
        case VERB_CLOSE:
            brush->calls.cairo_close_path(brush->cr);
            break;
        }
    }
}

static void fill_path(struct png_canvas *canvas,
                      const struct scene_paint *paint)
{
    const struct brush *brush = &canvas->brush;
    if (paint->filled) {
        set_colour(brush, paint->fill, paint->opacity);
        brush->calls.cairo_fill_preserve(brush->cr);
    }
    if (paint->pattern != PATTERN_NONE) {
        brush->calls.cairo_set_source(
            brush->cr, find_tile(canvas, paint->pattern, paint->ink));
        brush->calls.cairo_fill_preserve(brush->cr);
    }
}

/* A line, of which the parts that lie wholly above or below the rows that are
 * drawn, with room for its width, are left out. */
struct near_line {
    const struct brush *brush;
    double low, high;
    const double *at, *start;
    bool drawn; /* up to `at` */
    bool whole; /* since `start` */
};

static void near_to(struct near_line *line, const double *to)
{
    bool near = fmax(line->at[1], to[1]) >= line->low &&
                fmin(line->at[1], to[1]) <= line->high;
    if (near && !line->drawn)
        line->brush->calls.cairo_move_to(line->brush->cr, line->at[0],
                                         line->at[1]);
    if (near)
        line->brush->calls.cairo_line_to(line->brush->cr, to[0], to[1]);
    line->whole = line->whole && near;
    line->drawn = near;
    line->at = to;
}

static void add_near_line(const struct png_canvas *canvas,
                          const struct scene_item *item)
{
    const double slack = 2 + item->paint->width_pt;
    struct near_line line = {
        .brush = &canvas->brush,
        .low = canvas->first / canvas->scale - slack,
        .high = canvas->last / canvas->scale + slack,
        .at = item->points,
        .start = item->points,
    };
    const double *p = item->points;
    for (size_t i = 0; i < item->verb_count; i++) {
        if (item->verbs[i] == VERB_MOVE) {
            line.at = line.start = p;
            line.drawn = false;
            line.whole = true;
        } else if (item->verbs[i] == VERB_LINE) {
            near_to(&line, p);
        } else {
            near_to(&line, line.start);
            if (line.whole)
                canvas->brush.calls.cairo_close_path(canvas->brush.cr);
            else if (line.drawn) /* once more, for the corner */
                near_to(&line, line.start + 2);
            line.at = line.start;
            line.drawn = false;
        }
        p += item->verbs[i] == VERB_CLOSE ? 0 : 2;
    }
}

/* Of long lines, most lie on other rows. */
static bool is_plain_line(const struct scene_item *item)
{
    const struct scene_paint *paint = item->paint;
    return !paint->filled && paint->pattern == PATTERN_NONE &&
           paint->dash_pt <= 0 &&
           memchr(item->verbs, VERB_CURVE, item->verb_count) == NULL;
}

static void draw_path(struct png_canvas *canvas, const struct scene_item *item)
{
    const struct brush *brush = &canvas->brush;
    const struct scene_paint *paint = item->paint;
    if (canvas->parts && is_plain_line(item))
        add_near_line(canvas, item);
    else
        add_path(brush, item);
    fill_path(canvas, paint);
    if (paint->stroked) {
        set_colour(brush, paint->stroke, 1);
        brush->calls.cairo_set_line_width(brush->cr, paint->width_pt);
        brush->calls.cairo_set_line_join(
            brush->cr, paint->width_pt * canvas->scale < ROUND_PX
                           ? CAIRO_LINE_JOIN_BEVEL
                           : CAIRO_LINE_JOIN_ROUND);
        brush->calls.cairo_set_dash(brush->cr, &paint->dash_pt,
                                    paint->dash_pt > 0 ? 1 : 0, 0);
        brush->calls.cairo_stroke_preserve(brush->cr);
    }
    brush->calls.cairo_new_path(brush->cr);
}

/* --- mosaics -------------------------------------------------------------- */

static void reach_ring(const struct scene_mosaic *mosaic,
                       const struct scene_ring *ring, struct reach *reach)
{
    for (size_t i = 0; i < ring->count; i++) {
        int32_t walk = ring->lines[i];
        const uint32_t *start = mosaic->starts + (walk < 0 ? ~walk : walk);
        for (size_t p = start[0]; p < start[1]; p++) {
            int32_t y = mosaic->places[2 * p + 1];
            reach->top = y < reach->top ? y : reach->top;
            reach->bottom = y > reach->bottom ? y : reach->bottom;
        }
    }
}

static struct reach reach_of(const struct scene_mosaic *mosaic,
                             const struct scene_area *area)
{
    struct reach reach = {INT32_MAX, INT32_MIN};
    for (size_t r = 0; r < area->ring_count; r++)
        reach_ring(mosaic, &area->rings[r], &reach);
    return reach;
}

static void add_ring(const struct brush *brush,
                     const struct scene_mosaic *mosaic,
                     const struct scene_ring *ring)
{
    bool begun = false;
    for (size_t i = 0; i < ring->count; i++) {
        int32_t walk = ring->lines[i];
        const uint32_t *start = mosaic->starts + (walk < 0 ? ~walk : walk);
        size_t count = start[1] - start[0];
        for (size_t k = 0; k + 1 < count; k++) {
            size_t place = start[0] + (walk < 0 ? count - 1 - k : k);
            const int32_t *at = mosaic->places + 2 * place;
            double x = mosaic->x_pt + (double)at[0] / SCENE_MOSAIC_GRID;
            double y = mosaic->y_pt + (double)at[1] / SCENE_MOSAIC_GRID;
            if (begun)
                brush->calls.cairo_line_to(brush->cr, x, y);
            else
                brush->calls.cairo_move_to(brush->cr, x, y);
            begun = true;
        }
    }
    brush->calls.cairo_close_path(brush->cr);
}

/* Soft edges of neighbours would let the paper shine through their seam. So
 * each paint first covers all that the later ones cover: then what shines
 * through is the paint of the neighbour. Areas that do not reach the band are
 * left out. */
static void draw_band(struct png_canvas *canvas,
                      const struct scene_mosaic *mosaic,
                      const struct reach *reaches, struct reach band)
{
    for (size_t a = 0; a < mosaic->area_count;) {
        const struct scene_paint *paint = mosaic->areas[a].paint;
        for (size_t k = a; k < mosaic->area_count; k++) {
            const struct scene_area *area = &mosaic->areas[k];
            if (reaches[k].top > band.bottom || reaches[k].bottom < band.top)
                continue;
            for (size_t r = 0; r < area->ring_count; r++)
                add_ring(&canvas->brush, mosaic, &area->rings[r]);
        }
        while (a < mosaic->area_count &&
               scene_same_paint(mosaic->areas[a].paint, paint))
            a++;
        fill_path(canvas, paint);
        canvas->brush.calls.cairo_new_path(canvas->brush.cr);
    }
}

static void measure_mosaic(struct png_canvas *canvas,
                           const struct scene_mosaic *mosaic)
{
    if (canvas->mosaic == mosaic)
        return;
    struct reach *reaches =
        arena_array(canvas->arena, mosaic->area_count, sizeof *reaches);
    for (size_t a = 0; a < mosaic->area_count; a++)
        reaches[a] = reach_of(mosaic, &mosaic->areas[a]);
    canvas->mosaic = mosaic;
    canvas->reaches = reaches;
}

static void draw_mosaic(struct png_canvas *canvas,
                        const struct scene_mosaic *mosaic)
{
    const double slack_pt = 1; /* more than rounding and soft edges */
    measure_mosaic(canvas, mosaic);
    for (int top = canvas->first; top < canvas->last; top += PNG_MOSAIC_BAND) {
        double from = top / canvas->scale,
               tall = PNG_MOSAIC_BAND / canvas->scale;
        double first = from - slack_pt - mosaic->y_pt;
        double last = from + tall + slack_pt - mosaic->y_pt;
        canvas->brush.calls.cairo_save(canvas->brush.cr);
        canvas->brush.calls.cairo_rectangle(canvas->brush.cr, 0, from,
                                            scene_width(canvas->scene), tall);
        canvas->brush.calls.cairo_clip(canvas->brush.cr);
        draw_band(canvas, mosaic, canvas->reaches,
                  (struct reach){(int32_t)(first * SCENE_MOSAIC_GRID),
                                 (int32_t)(last * SCENE_MOSAIC_GRID)});
        canvas->brush.calls.cairo_restore(canvas->brush.cr);
    }
}

/* --- text ----------------------------------------------------------------- */

static void pen_move(void *context, double x, double y)
{
    const struct brush *brush = context;
    brush->calls.cairo_move_to(brush->cr, x, y);
}

static void pen_line(void *context, double x, double y)
{
    const struct brush *brush = context;
    brush->calls.cairo_line_to(brush->cr, x, y);
}

static void pen_curve(void *context, double x1, double y1, double x2, double y2,
                      double x, double y)
{
    const struct brush *brush = context;
    brush->calls.cairo_curve_to(brush->cr, x1, y1, x2, y2, x, y);
}

static void pen_close(void *context)
{
    const struct brush *brush = context;
    brush->calls.cairo_close_path(brush->cr);
}

static bool draw_text(struct png_canvas *canvas, const struct scene_item *item,
                      struct err *err)
{
    struct font_glyph *glyphs;
    size_t count;
    if (!fonts_shape(canvas->arena, canvas->fonts, item->font, item->size_pt,
                     item->text, strlen(item->text), &glyphs, &count, err))
        return err_wrap(err, "text '%s'", item->text);

    double width = 0;
    for (size_t i = 0; i < count; i++)
        width += glyphs[i].advance_pt;
    double x = item->anchor == ANCHOR_START    ? 0
               : item->anchor == ANCHOR_MIDDLE ? -width / 2
                                               : -width;
    bool fine = canvas->scale >= FINE_PX;
    /* a step is filled when its corner lies inside; its middle should */
    double middle = fine ? FAST_STEP_PX / 2 / canvas->scale : 0;
    const struct brush *brush = &canvas->brush;
    struct font_pen pen = {&canvas->brush, pen_move, pen_line, pen_curve,
                           pen_close};
    brush->calls.cairo_save(brush->cr);
    brush->calls.cairo_translate(brush->cr, item->x_pt + middle,
                                 item->y_pt + middle);
    brush->calls.cairo_rotate(brush->cr, item->angle_degrees *
                                             3.14159265358979323846 / 180);
    brush->calls.cairo_set_fill_rule(
        brush->cr, CAIRO_FILL_RULE_WINDING); /* contours overlap */
    brush->calls.cairo_set_antialias(brush->cr, fine ? CAIRO_ANTIALIAS_FAST
                                                     : CAIRO_ANTIALIAS_GOOD);
    set_colour(brush, item->colour, 1);
    for (size_t i = 0; i < count; i++) {
        brush->calls.cairo_save(brush->cr);
        brush->calls.cairo_translate(brush->cr, x + glyphs[i].dx_pt,
                                     glyphs[i].dy_pt);
        brush->calls.cairo_scale(brush->cr, item->size_pt, item->size_pt);
        fonts_outline(canvas->fonts, item->font, glyphs[i].glyph, &pen);
        brush->calls.cairo_restore(brush->cr);
        x += glyphs[i].advance_pt;
    }
    brush->calls.cairo_fill(brush->cr);
    brush->calls.cairo_restore(brush->cr);
    return true;
}

/* --- the picture ---------------------------------------------------------- */

/* How far down the page an item may draw. */
static struct span span_of(const struct fonts *fonts,
                           const struct scene_item *item)
{
    const double slack = 2, rise = 1.2, fall = 0.4; /* of sizes of a letter */
    struct span span = {HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < item->point_count; i++) {
        span.low = fmin(span.low, item->points[2 * i + 1]);
        span.high = fmax(span.high, item->points[2 * i + 1]);
    }
    double over = slack, under = slack;
    if (item->kind == SCENE_PATH)
        over = under = slack + item->paint->width_pt;
    if (item->kind == SCENE_TEXT) {
        span.low = span.high = item->y_pt;
        over += rise * item->size_pt;
        under += fall * item->size_pt;
        if (fabs(item->angle_degrees) > 0)
            over = under += over + fonts_width(fonts, item->font, item->size_pt,
                                               item->text, strlen(item->text));
    }
    return (struct span){span.low - over, span.high + under};
}

/* Whether an item may reach the rows that are drawn. */
static bool is_near(const struct png_canvas *canvas, size_t item)
{
    const struct span *span = &canvas->spans[item];
    return span->high * canvas->scale >= canvas->first &&
           span->low * canvas->scale <= canvas->last;
}

static bool draw_items(struct png_canvas *canvas, struct err *err)
{
    const struct scene *scene = canvas->scene;
    const struct brush *brush = &canvas->brush;
    brush->calls.cairo_scale(brush->cr, canvas->scale, canvas->scale);
    brush->calls.cairo_set_fill_rule(brush->cr, CAIRO_FILL_RULE_EVEN_ODD);
    brush->calls.cairo_set_line_join(brush->cr, CAIRO_LINE_JOIN_ROUND);
    brush->calls.cairo_set_antialias(brush->cr, CAIRO_ANTIALIAS_FAST);
    if (canvas->scale >= FINE_PX)
        brush->calls.cairo_set_tolerance(brush->cr, FAST_STEP_PX);
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_MOSAIC)
            draw_mosaic(canvas, item->mosaic);
        else if (item->kind == SCENE_PATH && is_near(canvas, i))
            draw_path(canvas, item);
        else if (item->kind == SCENE_TEXT && is_near(canvas, i) &&
                 !draw_text(canvas, item, err))
            return false;
    }
    return true;
}

int png_height(const struct scene *scene, int width)
{
    return (int)fmax(1,
                     round(scene_height(scene) * width / scene_width(scene)));
}

struct png_canvas *png_canvas_new(struct arena *arena,
                                  const struct scene *scene,
                                  const struct fonts *fonts, int width)
{
    struct png_canvas *canvas = arena_alloc(arena, sizeof *canvas);
    library_load(CAIRO_LIBRARY, cairo_names, COUNT_OF(cairo_names),
                 &canvas->brush.calls);
    canvas->arena = arena;
    canvas->scene = scene;
    canvas->fonts = fonts;
    canvas->scale = width / scene_width(scene);
    canvas->spans =
        arena_array(arena, scene_count(scene), sizeof *canvas->spans);
    for (size_t i = 0; i < scene_count(scene); i++)
        canvas->spans[i] = span_of(fonts, scene_item(scene, i));
    return canvas;
}

void png_canvas_close(struct png_canvas *canvas)
{
    for (size_t i = 0; i < canvas->tile_count; i++)
        canvas->brush.calls.cairo_pattern_destroy(canvas->tile[i].made);
    canvas->tile_count = 0;
}

bool png_draw(struct png_canvas *canvas, struct pixels *rows, struct err *err)
{
    size_t size = (size_t)rows->width * (size_t)rows->height;
    if (rows->at == NULL)
        rows->at = arena_room(canvas->arena, size * sizeof *rows->at);
    memset(rows->at, 0xFF, size * sizeof *rows->at); /* white */
    struct brush *brush = &canvas->brush;
    cairo_surface_t *surface = brush->calls.cairo_image_surface_create_for_data(
        (unsigned char *)rows->at, CAIRO_FORMAT_RGB24, rows->width,
        rows->height, rows->width * (int)sizeof *rows->at);
    brush->calls.cairo_surface_set_device_offset(surface, 0, -rows->first);
    canvas->first = rows->first;
    canvas->last = rows->first + rows->height;
    canvas->parts = rows->height < png_height(canvas->scene, rows->width);
    brush->cr = brush->calls.cairo_create(surface);
    bool ok = draw_items(canvas, err);
    brush->calls.cairo_surface_flush(surface);
    cairo_status_t status = brush->calls.cairo_status(brush->cr);
    if (ok && status != CAIRO_STATUS_SUCCESS)
        ok = err_fail(err, ERR_IO, "png.draw", "cannot draw: %s",
                      brush->calls.cairo_status_to_string(status));
    brush->calls.cairo_destroy(brush->cr);
    brush->calls.cairo_surface_destroy(surface);
    return ok;
}
