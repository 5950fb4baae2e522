/* SPDX-License-Identifier: EUPL-1.2 */
/* What surrounds a panel: its box, its label, its scale bar. */
#include <math.h>
#include <string.h>

#include "map/map_canvas.h"

enum { FRAME = 0x8C8C8C, INK = 0x1A1A1A };

struct map_box map_grid_box(const struct geo_level *geo)
{
    double left = GEO_GRID;
    double top = GEO_GRID;
    double right = 0;
    double bottom = 0;
    for (size_t p = 0; p < geo->panel_count; p++) {
        const struct geo_panel *panel = &geo->panels[p];
        left = fmin(left, panel->frame_x);
        top = fmin(top, panel->frame_y);
        right = fmax(right, panel->frame_x + panel->frame_width);
        bottom = fmax(bottom, panel->frame_y + panel->frame_height);
    }
    return (struct map_box){left, top, right - left, bottom - top};
}

static bool boxes_touch(struct map_box a, struct map_box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/* A box of the layout's grid on the page. */
static struct map_box on_page(const struct map_canvas *canvas,
                              struct map_box box)
{
    double unit = canvas->frame.width / canvas->panel->frame_width;
    return (struct map_box){
        canvas->frame.x + (box.x - canvas->panel->frame_x) * unit,
        canvas->frame.y + (box.y - canvas->panel->frame_y) * unit,
        box.width * unit, box.height * unit};
}

static struct map_box frame_of(const struct map_canvas *canvas, size_t panel)
{
    const struct geo_panel *other = &canvas->view->geo->panels[panel];
    return on_page(canvas,
                   (struct map_box){other->frame_x, other->frame_y,
                                    other->frame_width, other->frame_height});
}

struct map_box map_page_box(const struct map_canvas *canvas)
{
    return on_page(canvas, map_grid_box(canvas->view->geo));
}

/* --- label ---------------------------------------------------------------- */

/* In multiples of the small text: from line to line, from the last one to the
 * box, and all that one line takes. */
static const double label_line = 1.15;
static const double label_gap = 0.35;
static const double label_strip = 1.35;
static const double smallest_label_pt = 4.5, label_step_pt = 0.25;
static const double label_apart = 0.3;       /* from the next one */
static const double most_label_share = 0.5;  /* of the height of a frame */
static const double least_label_share = 0.8; /* of its size, to be one line */

/* A label wider than its frame grows towards the middle of the map. */
static bool grows_leftwards(const struct map_canvas *canvas)
{
    const struct map_box grid = map_grid_box(canvas->view->geo);
    return canvas->panel->frame_x + canvas->panel->frame_width / 2 >
           grid.x + grid.width / 2;
}

/* Width of a panel's label in one line. */
static double label_width(const struct map_canvas *canvas,
                          const struct geo_panel *panel)
{
    const struct map_view *view = canvas->view;
    const char *label = panel->label[view->job->lang];
    return fonts_width(view->fonts, FONT_REGULAR, canvas->small_pt, label,
                       strlen(label));
}

/* Whether a label would stand over the box of another panel, or its label:
 * beside a short one that is above its own box there is room. */
static bool meets_panel(const struct map_canvas *canvas, size_t panel,
                        struct map_box label)
{
    struct map_box box = frame_of(canvas, panel), words = box;
    words.width = label_width(canvas, &canvas->view->geo->panels[panel]);
    if (words.width > box.width)
        return boxes_touch(box, label);
    words.width += canvas->small_pt; /* apart */
    words.height = label.height;
    box.y += label.height;
    box.height -= label.height;
    return boxes_touch(words, label) || boxes_touch(box, label);
}

/* Whether a label of this width would stand over what is another panel's. */
static bool meets_box(const struct map_canvas *canvas, double width)
{
    const struct geo_level *geo = canvas->view->geo;
    struct map_box label = {canvas->frame.x, canvas->frame.y, width,
                            label_strip * canvas->small_pt};
    if (grows_leftwards(canvas))
        label.x += canvas->frame.width - width;
    for (size_t p = 0; p < geo->panel_count; p++) {
        if (p != canvas->index && geo->panels[p].boxed &&
            meets_panel(canvas, p, label))
            return true;
    }
    return false;
}

static double widest_line(const struct map_view *view,
                          const struct map_lines *lines)
{
    double widest = 0;
    for (size_t i = 0; i < lines->count; i++)
        widest =
            fmax(widest, fonts_width(view->fonts, lines->style, lines->size_pt,
                                     lines->at[i], strlen(lines->at[i])));
    return widest;
}

static double strip_of(const struct map_lines *lines)
{
    if (lines->count == 0)
        return 0;
    return lines->size_pt *
           (label_strip + label_line * (double)(lines->count - 1));
}

/* One line where it meets nothing: rather a little smaller than in two, which
 * leave the box flat. */
static bool fits_in_one(const struct map_canvas *canvas,
                        struct map_lines *lines)
{
    const struct map_view *view = canvas->view;
    const char *label = canvas->panel->label[view->job->lang];
    double least =
        fmax(smallest_label_pt, least_label_share * canvas->small_pt);
    map_lines_add(view, lines, label, HUGE_VAL);
    for (; lines->size_pt >= least; lines->size_pt -= label_step_pt) {
        double width =
            widest_line(view, lines) + label_apart * canvas->small_pt;
        if (width <= canvas->frame.width || !meets_box(canvas, width))
            return true;
    }
    return false;
}

/* The canvas of another panel of the same page, as far as labels go. */
static struct map_canvas beside(const struct map_canvas *canvas, size_t panel)
{
    struct map_canvas other = *canvas;
    other.panel = &canvas->view->geo->panels[panel];
    other.index = panel;
    other.frame = frame_of(canvas, panel);
    return other;
}

/* One size for all labels of a page: the greatest at which each is one line,
 * but those that are one line at none. */
static double label_size(const struct map_canvas *canvas)
{
    double size_pt = canvas->small_pt;
    for (size_t p = 0; p < canvas->view->geo->panel_count; p++) {
        const struct map_canvas other = beside(canvas, p);
        struct map_lines lines = {
            .style = FONT_REGULAR, .size_pt = size_pt, .colour = INK};
        if (fits_in_one(&other, &lines))
            size_pt = lines.size_pt;
    }
    return size_pt;
}

/* Else as many lines as keep it above its own box; smaller where a word is too
 * long for that, or the lines would leave the box too little. */
static struct map_lines label_lines(const struct map_canvas *canvas)
{
    const struct map_view *view = canvas->view;
    const char *label = canvas->panel->label[view->job->lang];
    double most = canvas->frame.width;
    struct map_lines lines = {
        .style = FONT_REGULAR, .size_pt = canvas->label_pt, .colour = INK};
    if (fits_in_one(canvas, &lines))
        return lines;
    lines.size_pt = canvas->label_pt;
    for (;;) {
        lines.count = 0;
        map_lines_add(view, &lines, label, most);
        bool fits = widest_line(view, &lines) <= most &&
                    strip_of(&lines) <= most_label_share * canvas->frame.height;
        if (fits || lines.size_pt <= smallest_label_pt)
            return lines;
        lines.size_pt = fmax(lines.size_pt - label_step_pt, smallest_label_pt);
    }
}

static void draw_label(const struct map_canvas *canvas)
{
    const struct map_lines lines = label_lines(canvas);
    const struct map_view *view = canvas->view;
    struct scene_text_style style = {.font = lines.style,
                                     .size_pt = lines.size_pt,
                                     .colour = lines.colour,
                                     .css = ""};
    double y = canvas->box.y - label_gap * lines.size_pt;
    for (size_t i = lines.count; i-- > 0; y -= label_line * lines.size_pt) {
        double width = fonts_width(view->fonts, lines.style, lines.size_pt,
                                   lines.at[i], strlen(lines.at[i]));
        bool from_right =
            width > canvas->frame.width && grows_leftwards(canvas);
        style.anchor = from_right ? ANCHOR_END : ANCHOR_START;
        scene_text(view->scene,
                   canvas->frame.x + (from_right ? canvas->frame.width : 0), y,
                   lines.at[i], &style);
    }
}

/* --- frame ---------------------------------------------------------------- */

static const double inner_margin = 0.05;   /* of the shorter side of a box */
static const double bar_strip = 1.6;       /* in multiples of the small text */
static const double most_bar_share = 0.34; /* of the height of a drawing */
static const double least_drawing_share = 0.25; /* never turned inside out */

/* Label above the box, and the drawing in it. */
static void divide_but_bar(struct map_canvas *canvas)
{
    const struct map_lines lines = label_lines(canvas);
    double strip = strip_of(&lines);
    canvas->box = canvas->frame;
    canvas->box.y += strip;
    canvas->box.height -= strip;
    canvas->drawing = canvas->box;
    if (canvas->panel->boxed) {
        double margin =
            fmin(canvas->box.width, canvas->box.height) * inner_margin;
        canvas->drawing.x += margin;
        canvas->drawing.y += margin;
        canvas->drawing.width -= 2 * margin;
        canvas->drawing.height -= 2 * margin;
    }
}

double map_bar_strip(const struct map_canvas *canvas)
{
    return bar_strip * canvas->small_pt;
}

/* Whether each box with a scale has room for its bar: too small a box has its
 * drawing alone, since an island is seen before it is measured, and then so
 * have all, since it would be read at the scale of its neighbour. */
static bool boxes_have_room(const struct map_canvas *canvas)
{
    const struct geo_level *geo = canvas->view->geo;
    for (size_t p = 0; p < geo->panel_count; p++) {
        struct map_canvas other = beside(canvas, p);
        divide_but_bar(&other);
        if (other.panel->boxed && other.panel->scale_bar_km > 0 &&
            bar_strip * other.small_pt > most_bar_share * other.drawing.height)
            return false;
    }
    return true;
}

/* Under the drawing of a box is a strip for the scale bar, so that the bar can
 * touch nothing. A panel without box keeps its whole frame and has its bar
 * where there is room. On a locator nobody measures. */
void map_divide_frame(struct map_canvas *canvas)
{
    const struct geo_panel *panel = canvas->panel;
    canvas->label_pt = label_size(canvas);
    divide_but_bar(canvas);
    canvas->barred = panel->scale_bar_km > 0 &&
                     canvas->view->job->kind != MAP_LOCATOR &&
                     (!panel->boxed || boxes_have_room(canvas));
    if (panel->boxed && canvas->barred)
        canvas->drawing.height -= map_bar_strip(canvas);
    canvas->drawing.height = fmax(canvas->drawing.height,
                                  canvas->frame.height * least_drawing_share);
    canvas->pt_per_m =
        fmin(canvas->drawing.width / (panel->max_x - panel->min_x),
             canvas->drawing.height / (panel->max_y - panel->min_y));
}

static void draw_box(const struct map_canvas *canvas)
{
    if (!canvas->panel->boxed)
        return;
    struct scene_paint paint = {.stroked = true,
                                .stroke = FRAME,
                                .width_pt = 0.5,
                                .opacity = 1,
                                .css = "frame"};
    scene_rectangle(canvas->view->scene, canvas->box.x, canvas->box.y,
                    canvas->box.width, canvas->box.height, &paint);
}

/* --- scale bar ----------------------------------------------------------- */

/* Height of bar and words in multiples of the small text, and the clear space
 * kept around them where they stand in the open. */
static const double bar_height = 1.3;
static const double bar_clearance = 0.8;

/* What of a segment lies between two lines, as shares of its way. */
static void clip(double from, double step, double low, double high,
                 double share[2])
{
    if (fabs(step) > 0) {
        double at_low = (low - from) / step, at_high = (high - from) / step;
        share[0] = fmax(share[0], fmin(at_low, at_high));
        share[1] = fmin(share[1], fmax(at_low, at_high));
    } else if (from < low || from > high) {
        share[1] = -1;
    }
}

/* Liang and Barsky 1984: a coast that only cuts a corner off touches too. */
static bool segment_touches(const double *a, const double *b,
                            struct map_box box)
{
    double share[2] = {0, 1};
    clip(a[0], b[0] - a[0], box.x, box.x + box.width, share);
    clip(a[1], b[1] - a[1], box.y, box.y + box.height, share);
    return share[0] <= share[1];
}

/* Of an area that has none beyond it: what only follows a coast is none. */
static bool is_outer(const struct map_canvas *canvas, size_t arc)
{
    const uint32_t *sides = canvas->sides[arc];
    return sides[0] != MAP_NO_AREA && sides[1] == MAP_NO_AREA;
}

/* Touches no outer border and does not lie inside one. */
static bool is_open_sea(const struct map_canvas *canvas, struct map_box box)
{
    bool inside = false;
    for (size_t i = 0; i < canvas->own_arc_count; i++) {
        size_t a = canvas->own_arcs[i];
        if (!is_outer(canvas, a))
            continue;
        const struct map_page_arc arc = map_arc(canvas, a);
        for (size_t k = 1; k < arc.count; k++) {
            const double *p = arc.xy + 2 * k - 2;
            const double *q = arc.xy + 2 * k;
            if (segment_touches(p, q, box))
                return false;
            if ((p[1] > box.y) == (q[1] > box.y))
                continue;
            double t = (box.y - p[1]) / (q[1] - p[1]);
            if (box.x < p[0] + t * (q[0] - p[0]))
                inside = !inside;
        }
    }
    return !inside;
}

static bool meets_circle(const struct map_canvas *canvas, struct map_box box)
{
    for (size_t i = 0; i < canvas->circle_count; i++) {
        const struct map_circle *circle = &canvas->circles[i];
        double x = fmin(fmax(circle->x, box.x), box.x + box.width);
        double y = fmin(fmax(circle->y, box.y), box.y + box.height);
        if (hypot(x - circle->x, y - circle->y) < circle->radius)
            return true;
    }
    return false;
}

static bool is_free(const struct map_canvas *canvas, struct map_box box)
{
    if (meets_circle(canvas, box))
        return false;
    for (size_t p = 0; p < canvas->view->geo->panel_count; p++) {
        if (p != canvas->index && boxes_touch(frame_of(canvas, p), box))
            return false;
    }
    return is_open_sea(canvas, box);
}

/* The lowest place of the frame that is as clear, and there the one furthest
 * right; false when there is none, and then the right corner. */
static bool find_clear(const struct map_canvas *canvas, double width,
                       double height, double clear, struct map_box *out)
{
    enum { STEPS = 40 };
    struct map_box frame = canvas->frame;
    struct map_box corner = {frame.x + frame.width - width,
                             frame.y + frame.height - height, width, height};
    for (int row = 0; row < STEPS; row++) {
        for (int column = 0; column < STEPS; column++) {
            struct map_box box = corner;
            box.x -= (frame.width - width) * column / STEPS;
            box.y -= (frame.height - height) * row / STEPS;
            struct map_box around = {box.x - clear, box.y - clear,
                                     width + 2 * clear, height + 2 * clear};
            *out = box;
            if (is_free(canvas, around))
                return true;
        }
    }
    *out = corner;
    return false;
}

/* Close to a coast where nothing is clear of it; the corner when all is land.
 */
static struct map_box find_sea(const struct map_canvas *canvas, double width,
                               double height)
{
    struct map_box box;
    if (!find_clear(canvas, width, height, bar_clearance * canvas->small_pt,
                    &box))
        (void)find_clear(canvas, width, height, 0, &box);
    return box;
}

static void draw_bar(const struct map_canvas *canvas, struct map_box box,
                     double length, const char *words)
{
    struct scene *scene = canvas->view->scene;
    struct scene_paint paint = {.stroked = true,
                                .stroke = INK,
                                .width_pt = 0.7,
                                .opacity = 1,
                                .css = "scale"};
    struct scene_text_style style = {.font = FONT_REGULAR,
                                     .size_pt = canvas->small_pt,
                                     .anchor = ANCHOR_END,
                                     .colour = INK,
                                     .css = ""};
    double right = box.x + box.width;
    double bottom = box.y + box.height;
    double tick = 0.3 * canvas->small_pt;
    scene_text(scene, right, bottom - 0.45 * canvas->small_pt, words, &style);
    scene_move(scene, right - length, bottom - tick);
    scene_line(scene, right - length, bottom);
    scene_line(scene, right, bottom);
    scene_line(scene, right, bottom - tick);
    scene_paint(scene, &paint);
}

static void draw_scale_bar(const struct map_canvas *canvas)
{
    const struct map_view *view = canvas->view;
    double km = canvas->panel->scale_bar_km;
    if (!canvas->barred)
        return;
    int decimals = km < 1 || km > floor(km) ? 1 : 0;
    const char *words = locale_fill(
        view->arena, view->job->lang, "map.km", "km",
        num_format(view->arena, view->job->lang, km, decimals), NULL);
    double length = km * 1000 * canvas->pt_per_m;
    double width =
        fmax(length, fonts_width(view->fonts, FONT_REGULAR, canvas->small_pt,
                                 words, strlen(words)));
    double height = bar_height * canvas->small_pt;
    double margin = 0.35 * canvas->small_pt;
    struct map_box box = {canvas->box.x + canvas->box.width - width - margin,
                          canvas->box.y + canvas->box.height - height - margin,
                          width, height};
    if (!canvas->panel->boxed)
        box = find_sea(canvas, width, height);
    draw_bar(canvas, box, length, words);
}

void map_inset(const struct map_canvas *canvas)
{
    draw_box(canvas);
    draw_label(canvas);
    draw_scale_bar(canvas);
}
