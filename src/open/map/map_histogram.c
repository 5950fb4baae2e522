/* SPDX-License-Identifier: EUPL-1.2 */
/* How the areas spread over the values: bars of equal steps in the colours of
 * the classes. A step that a limit of classes divides has both colours, so that
 * neither is drawn where it does not belong. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"

/* Measures in multiples of the text size. */
static const double bars_height = 5;
static const double axis_height = 1.5;
static const double count_height = 1.2;
static const double widest = 26;
static const double below = 0.5;

enum {
    BINS_LEAST = 8,
    BINS_MOST = 24,
    STACK = MAP_CLASSES_MOST + 1, /* zeros first */
    INK = 0x1A1A1A,
    EDGE = 0x6B6B6B,
};

struct histogram {
    double low, high; /* of the values */
    size_t bins;
    size_t counts[BINS_MOST][STACK];
    size_t sums[BINS_MOST];
    size_t highest; /* bin */
};

/* Where it is drawn, its bars from the axis up. */
struct frame {
    double x, axis, width, height;
    double small_pt;
};

static bool is_wanted(const struct map_view *view)
{
    return view->job->histogram && view->shown_count > 0;
}

static size_t bin_of(const struct histogram *at, double value)
{
    if (!(at->low < at->high))
        return at->bins / 2;
    double part = (value - at->low) / (at->high - at->low);
    size_t bin = (size_t)(part * (double)at->bins);
    return bin < at->bins ? bin : at->bins - 1;
}

static struct histogram count_areas(const struct map_view *view)
{
    const struct map_value *values = view->job->values;
    struct histogram at = {.low = values[view->lowest].value,
                           .high = values[view->highest].value};
    double wanted = ceil(2 * sqrt((double)view->shown_count));
    at.bins = (size_t)fmin(BINS_MOST, fmax(BINS_LEAST, wanted));
    for (size_t v = 0; v < view->job->value_count; v++) {
        struct map_look look = view->look_of_value[v];
        if (!view->drawn[v] ||
            (look.kind != LOOK_CLASS && look.kind != LOOK_ZERO))
            continue;
        size_t bin = bin_of(&at, values[v].value);
        at.counts[bin][look.kind == LOOK_ZERO ? 0 : look.class_index + 1]++;
        if (++at.sums[bin] > at.sums[at.highest])
            at.highest = bin;
    }
    return at;
}

struct map_box map_histogram_size(const struct map_view *view, double width)
{
    struct map_box size = {0};
    if (!is_wanted(view))
        return size;
    size.width = fmin(width, widest * view->text_pt);
    size.height =
        (count_height + bars_height + axis_height + below) * view->text_pt;
    return size;
}

static void draw_bar(struct map_view *view, const struct histogram *at,
                     const struct frame *frame, size_t bin)
{
    static const double gap_pt = 0.6;
    double step = frame->width / (double)at->bins;
    double unit = frame->height / (double)at->sums[at->highest];
    double y = frame->axis;
    for (size_t s = 0; s < STACK; s++) {
        if (at->counts[bin][s] == 0)
            continue;
        struct map_look look =
            s == 0 ? (struct map_look){LOOK_ZERO, 0, AVAILABLE, 0}
                   : map_class_look(s - 1);
        struct scene_paint paint = map_look_paint(view, look);
        paint.stroked = true;
        paint.stroke = EDGE;
        paint.width_pt = 0.4;
        double height = unit * (double)at->counts[bin][s];
        y -= height;
        scene_rectangle(view->scene, frame->x + step * (double)bin + gap_pt / 2,
                        y, step - gap_pt, height, &paint);
    }
}

/* --- axis ----------------------------------------------------------------- */

static double place_of(const struct histogram *at, const struct frame *frame,
                       double value)
{
    if (!(at->low < at->high))
        return frame->x + frame->width / 2;
    return frame->x + frame->width * (value - at->low) / (at->high - at->low);
}

/* A number under the axis, unless it is wider than that or would touch the one
 * at its left, which ends at `taken`. */
static void draw_number(struct map_view *view, const struct frame *frame,
                        double value, double x, double *taken)
{
    struct scene_text_style style = {.font = FONT_REGULAR,
                                     .size_pt = frame->small_pt,
                                     .anchor = ANCHOR_START,
                                     .colour = INK,
                                     .css = ""};
    char *words = num_format(view->arena, view->job->lang, value, view->digits);
    double width = fonts_width(view->fonts, FONT_REGULAR, frame->small_pt,
                               words, strlen(words));
    double clear = 0.5 * frame->small_pt;
    double left = fmax(frame->x, x - width / 2);
    left = fmin(left, frame->x + frame->width - width);
    if (left < *taken || width > frame->width)
        return;
    scene_text(view->scene, left, frame->axis + 1.25 * frame->small_pt, words,
               &style);
    *taken = left + width + clear;
}

/* Limits of classes have lines through the bars, and their numbers as far as
 * there is room; without limits the ends have theirs. */
static void draw_axis(struct map_view *view, const struct histogram *at,
                      const struct frame *frame)
{
    struct scene_paint axis = {.stroked = true,
                               .stroke = INK,
                               .width_pt = 0.6,
                               .opacity = 1,
                               .css = "axis"};
    struct scene_paint limit = axis;
    limit.width_pt = 0.5;
    limit.dash_pt = 1.5;
    limit.css = "limit";
    double taken = -HUGE_VAL, right = frame->x + frame->width;
    bool limited = false;
    scene_segment(view->scene, frame->x, frame->axis, right, frame->axis,
                  &axis);
    for (size_t k = 0; k + 1 < view->class_count; k++) {
        double value = view->shown_breaks[k];
        if (value <= at->low || value > at->high)
            continue;
        double x = place_of(at, frame, value);
        limited = true;
        scene_segment(view->scene, x, frame->axis + 0.3 * frame->small_pt, x,
                      frame->axis - frame->height, &limit);
        draw_number(view, frame, value, x, &taken);
    }
    if (limited)
        return;
    draw_number(view, frame, at->low, place_of(at, frame, at->low), &taken);
    if (at->low < at->high)
        draw_number(view, frame, at->high, right, &taken);
}

static void draw_highest(struct map_view *view, const struct histogram *at,
                         const struct frame *frame)
{
    double step = frame->width / (double)at->bins;
    const char *words = num_format_count(view->arena, view->job->lang,
                                         (int64_t)at->sums[at->highest]);
    double half = fonts_width(view->fonts, FONT_REGULAR, frame->small_pt, words,
                              strlen(words)) /
                  2;
    double x = frame->x + step * ((double)at->highest + 0.5);
    x = fmax(frame->x + half, fmin(x, frame->x + frame->width - half));
    struct scene_text_style style = {.font = FONT_REGULAR,
                                     .size_pt = frame->small_pt,
                                     .anchor = ANCHOR_MIDDLE,
                                     .colour = INK,
                                     .css = ""};
    scene_text(view->scene, x,
               frame->axis - frame->height - 0.3 * frame->small_pt, words,
               &style);
}

void map_histogram_draw(struct map_view *view, double x, double y, double width)
{
    if (!is_wanted(view))
        return;
    struct histogram at = count_areas(view);
    double text = view->text_pt;
    struct frame frame = {x, y + (count_height + bars_height) * text, width,
                          bars_height * text, text - 1};
    scene_group(view->scene, "histogram", "",
                locale_text(view->job->lang, "map.histogram"));
    for (size_t bin = 0; bin < at.bins; bin++)
        draw_bar(view, &at, &frame, bin);
    draw_axis(view, &at, &frame);
    draw_highest(view, &at, &frame);
    scene_group_end(view->scene);
}
