/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes on tiles: what tells a reader which is which, where the shape of an
 * area does not. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

enum { INK = 0x1A1A1A, PAPER = 0xFFFFFF };
/* Under that no code can be read: then titles alone name the areas. */
static const double smallest_pt = 4.5;
static const double code_size = 0.36; /* of a tile's width */

/* A pattern would run through the code: paper lies under it. */
static void draw_ground(struct map_view *view, double x, double y, double width,
                        double size_pt)
{
    static const struct scene_paint paper = {
        .filled = true, .fill = PAPER, .opacity = 1, .css = "code-ground"};
    double margin = 0.15 * size_pt;
    scene_rectangle(view->scene, x - width / 2 - margin, y - 0.86 * size_pt,
                    width + 2 * margin, 1.0 * size_pt, &paper);
}

static void draw_code(struct map_view *view, const char *code,
                      struct map_look look, double x, double y, double size_pt)
{
    struct scene_paint paint = map_look_paint(view, look);
    bool on_class = look.kind == LOOK_CLASS || look.kind == LOOK_ZERO;
    struct scene_text_style style = {
        .font = FONT_REGULAR,
        .size_pt = size_pt,
        .anchor = ANCHOR_MIDDLE,
        .colour = on_class ? palette_ink_on(paint.fill) : INK,
        .css = "code"};
    if (look.kind == LOOK_MISSING)
        draw_ground(
            view, x, y,
            fonts_width(view->fonts, FONT_REGULAR, size_pt, code, strlen(code)),
            size_pt);
    scene_text(view->scene, x, y, code, &style);
}

void map_codes(const struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        const struct geo_area *area = &view->geo->areas[a];
        if (area->panel != canvas->index)
            continue;
        const struct map_page_arc arc = map_arc(canvas, a);
        /* of a hexagon, corners 0 and 3 lie above each other, 1 and 5 apart */
        double width = fabs(arc.xy[2] - arc.xy[10]);
        double size_pt = fmin(view->text_pt, width * code_size);
        if (size_pt >= smallest_pt)
            draw_code(view, area->code, map_area_look(view, a), arc.xy[0],
                      (arc.xy[1] + arc.xy[7]) / 2 + 0.35 * size_pt, size_pt);
    }
}
