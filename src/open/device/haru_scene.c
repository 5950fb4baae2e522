/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "device/haru_impl.h"

/* Outlines lie on a grid of 0.1 pt of the scene, 720 to the inch, in whole
 * numbers: they are most of the bytes of a map, and alike in all scenes with
 * the same areas, wherever these stand. */
#define GRID HARU_GRID

/* Where a scene lies on the page. */
struct frame {
    double x, y, scale;   /* of the scene's top left corner, page space */
    bool on_grid;         /* units are those of the grid, y downwards */
    int64_t fill, stroke; /* before that */
    double line_width_pt;
};

static void enter_grid(struct haru *haru, struct frame *frame)
{
    if (frame->on_grid)
        return;
    frame->on_grid = true;
    frame->fill = haru->fill;
    frame->stroke = haru->stroke;
    frame->line_width_pt = haru->line_width_pt;
    haru->line_width_pt = -1; /* scaled with the rest */
    text_format(&haru->content, "q %.5f 0 0 %.5f ", frame->scale / GRID,
                -frame->scale / GRID);
    put_number(&haru->content, frame->x);
    put_number(&haru->content, frame->y);
    text_add(&haru->content, "cm\n");
}

static void leave_grid(struct haru *haru, struct frame *frame)
{
    if (!frame->on_grid)
        return;
    frame->on_grid = false;
    haru->fill = frame->fill;
    haru->stroke = frame->stroke;
    haru->line_width_pt = frame->line_width_pt;
    text_add(&haru->content, "Q\n");
}

/* --- patterns and opacity ------------------------------------------------- */

/* Tiles of 6 points, drawn in the colour that is current when they are used.
 * Strokes overrun the tile so that diagonals join at its corners. */
static const char *const tile_content[PATTERN_COUNT] = {
    [PATTERN_NONE] = "",
    [PATTERN_DENSE] = ".8 w -1 -1 m 7 7 l -1 2 m 4 7 l 2 -1 m 7 4 l "
                      "-1 5 m 1 7 l 5 -1 m 7 1 l S",
    [PATTERN_LIGHT] = ".6 w -1 7 m 7 -1 l -1 1 m 1 -1 l 5 7 m 7 5 l S",
    [PATTERN_DOTS] = "1 J 1.3 w 1.5 1.5 m 1.5 1.5 l 4.5 4.5 m 4.5 4.5 l S",
    [PATTERN_CROSS] = ".5 w 3 0 m 3 6 l 0 3 m 6 3 l S",
    [PATTERN_STRIPES] = ".9 w 0 1.5 m 6 1.5 l 0 4.5 m 6 4.5 l S",
    [PATTERN_STRIPES_WIDE] = "1.9 w 0 1.5 m 6 1.5 l 0 4.5 m 6 4.5 l S",
    [PATTERN_BARS] = ".9 w 1.5 0 m 1.5 6 l 4.5 0 m 4.5 6 l S",
    [PATTERN_BARS_WIDE] = "1.9 w 1.5 0 m 1.5 6 l 4.5 0 m 4.5 6 l S",
};

static HPDF_Dict find_tile(struct haru *haru, enum scene_pattern pattern)
{
    if (haru->pattern[pattern] != NULL)
        return haru->pattern[pattern];
    HPDF_Dict tile = haru_new_stream(haru);
    HPDF_Dict_AddName(tile, "Type", "Pattern");
    HPDF_Dict_AddNumber(tile, "PatternType", 1);
    HPDF_Dict_AddNumber(tile, "PaintType", 2);
    HPDF_Dict_AddNumber(tile, "TilingType", 1);
    HPDF_Array box = HPDF_Array_New(haru->doc->mmgr);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddNumber(box, i < 2 ? 0 : 6);
    HPDF_Dict_Add(tile, "BBox", box);
    HPDF_Dict_AddNumber(tile, "XStep", 6);
    HPDF_Dict_AddNumber(tile, "YStep", 6);
    HPDF_Dict_Add(tile, "Resources", HPDF_Dict_New(haru->doc->mmgr));
    HPDF_Stream_WriteStr(tile->stream, tile_content[pattern]);
    haru->pattern[pattern] = tile;
    return tile;
}

static void use_pattern_space(struct haru *haru)
{
    HPDF_Dict resources = HPDF_Page_GetInheritableItem(
        haru_sheet(haru)->page, "Resources", HPDF_OCLASS_DICT);
    if (HPDF_Dict_GetItem(resources, "ColorSpace", HPDF_OCLASS_DICT) != NULL)
        return;
    HPDF_Array space = HPDF_Array_New(haru->doc->mmgr);
    HPDF_Array_AddName(space, "Pattern");
    HPDF_Array_AddName(space, "DeviceRGB");
    HPDF_Dict spaces = HPDF_Dict_New(haru->doc->mmgr);
    HPDF_Dict_Add(spaces, "Tiles", space);
    HPDF_Dict_Add(resources, "ColorSpace", spaces);
}

static const char *opacity_name(struct haru *haru, double opacity)
{
    int percent = (int)lround(opacity * 100);
    struct haru_opacity *found = NULL;
    for (size_t i = 0; i < haru->opacity_count; i++) {
        if (haru->opacity[i].percent == percent)
            found = &haru->opacity[i];
    }
    if (found == NULL && haru->opacity_count == HARU_OPACITIES) {
        haru_fail(haru, ERR_INPUT, "pdf.opacity",
                  "more than %d different opacities", HARU_OPACITIES);
        return "";
    }
    if (found == NULL) {
        found = &haru->opacity[haru->opacity_count++];
        found->percent = percent;
        found->object = haru_new_dict(haru);
        HPDF_Dict_AddName(found->object, "Type", "ExtGState");
        HPDF_Dict_AddReal(found->object, "ca", (HPDF_REAL)percent / 100);
    }
    return haru_resource(haru, "ExtGState", "E", found->object);
}

/* --- paths ---------------------------------------------------------------- */

struct grid_pen {
    struct text *out;
    long x, y;
};

static long on_grid(double pt)
{
    return lround(pt * GRID);
}

/* Moves the pen; false when it stays where it is. */
static bool step(struct grid_pen *pen, const double *point)
{
    long x = on_grid(point[0]);
    long y = on_grid(point[1]);
    bool moved = x != pen->x || y != pen->y;
    pen->x = x;
    pen->y = y;
    return moved;
}

static void put_point(struct grid_pen *pen)
{
    put_integer(pen->out, pen->x);
    text_add_char(pen->out, ' ');
    put_integer(pen->out, pen->y);
}

static void put_curve(struct grid_pen *pen, const double *points)
{
    for (size_t k = 0; k < 3; k++) {
        if (k > 0)
            text_add_char(pen->out, ' ');
        (void)step(pen, points + 2 * k);
        put_point(pen);
    }
    text_add(pen->out, "c\n");
}

/* Returns what follows the verb's points. */
static const double *put_verb(struct grid_pen *pen, enum scene_verb verb,
                              const double *points)
{
    switch (verb) {
    case VERB_MOVE:
        (void)step(pen, points);
        put_point(pen);
        text_add(pen->out, "m\n");
        return points + 2;
    case VERB_LINE:
        if (step(pen, points)) {
            put_point(pen);
            text_add(pen->out, "l\n");
        }
        return points + 2;
    case VERB_CURVE:
        put_curve(pen, points);
        return points + 6;
    case VERB_CLOSE:
        text_add(pen->out, "h\n");
        return points;
    }
    return points;
}

/* The path and the operator that paints it. */
static void put_path(struct text *out, const struct scene_item *item,
                     const char *operator)
{
    struct grid_pen pen = {.out = out};
    const double *points = item->points;
    for (size_t i = 0; i < item->verb_count; i++)
        points = put_verb(&pen, (enum scene_verb)item->verbs[i], points);
    text_add(out, operator);
    text_add_char(out, '\n');
}

/* The same, in the colours in use, as a form when it was painted before. */
static void paint_path(struct haru *haru, const struct scene_item *item,
                       const char *operator)
{
    size_t start = haru->content.size;
    put_path(&haru->content, item, operator);
    haru_share(haru, start, item);
}

static void set_stroke(struct haru *haru, const struct scene_paint *paint)
{
    struct text *out = &haru->content;
    double width = paint->width_pt;
    if (haru->stroke != (int64_t)paint->stroke) {
        haru->stroke = paint->stroke;
        put_rgb(out, paint->stroke, "RG");
    }
    if (fabs(haru->line_width_pt - width) > 0.004) {
        haru->line_width_pt = width;
        put_number(out, width * GRID);
        text_add(out, "w 1 j\n");
    }
}

/* The colour that a fill has over paper: PDF/A-1 knows no transparency. */
static uint32_t on_white(const struct scene_paint *paint)
{
    enum { WHITE = 255 };
    uint32_t colour = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        double level = (double)(paint->fill >> shift & WHITE);
        double seen = WHITE + (level - WHITE) * fmin(paint->opacity, 1);
        colour |= (uint32_t)lround(seen) << shift;
    }
    return colour;
}

static void fill_path(struct haru *haru, const struct scene_item *item)
{
    struct text *out = &haru->content;
    const struct scene_paint *paint = item->paint;
    bool clear = paint->opacity < 0.995 && haru->info.archive != ARCHIVE_1B;
    haru_set_fill(haru, clear ? paint->fill : on_white(paint));
    if (clear) {
        text_add(out, "q/");
        text_add(out, opacity_name(haru, paint->opacity));
        text_add(out, " gs\n");
    }
    paint_path(haru, item, "f*");
    if (clear)
        text_add(out, "Q\n");
}

/* Never as a form, whose patterns would begin at its own corner. */
static void fill_pattern(struct haru *haru, const struct scene_item *item)
{
    struct text *out = &haru->content;
    HPDF_Dict tile = find_tile(haru, item->paint->pattern);
    use_pattern_space(haru);
    text_add(out, "q/Tiles cs ");
    char name[24];
    snprintf(name, sizeof name, "/%s scn",
             haru_resource(haru, "Pattern", "P", tile));
    put_rgb(out, item->paint->ink, name);
    put_path(out, item, "f* Q");
}

static void stroke_path(struct haru *haru, const struct scene_item *item)
{
    struct text *out = &haru->content;
    double dash = item->paint->dash_pt;
    set_stroke(haru, item->paint);
    if (dash > 0) {
        text_add_char(out, '[');
        put_number(out, dash * GRID);
        put_number(out, dash * GRID);
        text_add(out, "]0 d\n");
    }
    paint_path(haru, item, "S");
    if (dash > 0)
        text_add(out, "[]0 d\n");
}

static void draw_path(struct haru *haru, const struct scene_item *item)
{
    const struct scene_paint *paint = item->paint;
    bool plain = paint->pattern == PATTERN_NONE && paint->dash_pt <= 0 &&
                 paint->opacity >= 0.995;
    if (paint->filled && paint->stroked && plain) {
        haru_set_fill(haru, paint->fill);
        set_stroke(haru, paint);
        paint_path(haru, item, "B*");
        return;
    }
    if (paint->filled)
        fill_path(haru, item);
    if (paint->pattern != PATTERN_NONE)
        fill_pattern(haru, item);
    if (paint->stroked)
        stroke_path(haru, item);
}

static void draw_mosaic(struct haru *haru, const struct scene_mosaic *mosaic)
{
    struct arena *scratch = arena_new();
    struct scene_room room = {.arena = scratch};
    for (size_t a = 0; a < mosaic->area_count; a++) {
        if (mosaic->areas[a].ring_count == 0)
            continue; /* no path to paint, which a page may not say */
        const struct scene_item path = scene_area_path(&room, mosaic, a);
        draw_path(haru, &path);
    }
    arena_free(scratch);
}

/* --- text ----------------------------------------------------------------- */

static void draw_text(struct haru *haru, const struct frame *frame,
                      const struct scene_item *item)
{
    size_t size = strlen(item->text);
    double text_size = item->size_pt * frame->scale;
    double width = 0;
    if (item->anchor != ANCHOR_START)
        width = haru_width(haru, item->font, text_size, item->text, size);
    double back = item->anchor == ANCHOR_MIDDLE ? width / 2 : width;
    double radians = -item->angle_degrees * 3.14159265358979323846 / 180;
    struct haru_place place = {
        .x = frame->x + item->x_pt * frame->scale - back * cos(radians),
        .y = frame->y - item->y_pt * frame->scale - back * sin(radians),
        .angle_degrees = item->angle_degrees,
        .style = item->font,
        .size_pt = text_size,
        .colour = item->colour,
    };
    haru_draw_text(haru, &place, item->text, size);
}

void haru_scene(struct haru *haru, int element, const struct scene *scene,
                double x_pt, double y_pt, double scale)
{
    if (haru->failed)
        return;
    assert(haru->marked);
    struct frame frame = {
        .x = x_pt,
        .y = haru_sheet(haru)->height_pt - y_pt,
        .scale = scale,
    };
    haru_place_figure(haru, element,
                      &(struct haru_box){x_pt, y_pt, scene_width(scene) * scale,
                                         scene_height(scene) * scale});
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        switch (item->kind) {
        case SCENE_PATH:
            enter_grid(haru, &frame);
            draw_path(haru, item);
            break;
        case SCENE_TEXT:
            leave_grid(haru, &frame);
            draw_text(haru, &frame, item);
            break;
        case SCENE_MOSAIC:
            enter_grid(haru, &frame);
            draw_mosaic(haru, item->mosaic);
            break;
        case SCENE_GROUP_BEGIN:
        case SCENE_GROUP_END:
            break; /* a figure is one element; its groups are for SVG */
        }
    }
    leave_grid(haru, &frame);
}
