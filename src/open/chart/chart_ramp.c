/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "chart/chart_impl.h"

#define BOX_PT 34.0
#define BOX_HEIGHT_PT 9.0
#define ENTRY_GAP_PT 12.0
#define MISSING_LEADING_PT (BOX_HEIGHT_PT + 3)
#define LIMIT_GAP_PT 4.0

enum {
    PLAIN = 5, /* classes */
    AROUND = 6,
};

/* --- classes -------------------------------------------------------------- */

static size_t collect(const struct chart_view *view, double **values)
{
    const struct chart_job *job = view->job;
    size_t most = 0, count = 0;
    for (size_t s = 0; s < chart_values(job); s++)
        most += job->series[s].count;
    *values = arena_array(view->arena, most, sizeof **values);
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (chart_shown(point))
                (*values)[count++] = point->value;
        }
    }
    return count;
}

void chart_ramp_make(const struct chart_view *view, struct chart_ramp *out)
{
    const struct chart_job *job = view->job;
    const struct class_rule rule = {
        .method = job->reference.given ? CLASSES_AROUND : CLASSES_QUANTILE,
        .classes = job->reference.given ? AROUND : PLAIN,
        .decimals = job->decimals,
        .reference = job->reference.value,
        .factors = job->log_scale,
    };
    double *values;
    size_t count = collect(view, &values);
    out->classes =
        classes_make(view->arena, values, count, &rule, &out->breaks);
    out->only = count > 0 ? values[0] : 0;
    bool known = palette_colours(palette_usual(job->reference.given),
                                 out->classes, out->colours);
    assert(known);
    (void)known;
}

uint32_t chart_ramp_colour(const struct chart_ramp *ramp, double value)
{
    return ramp->colours[class_of(ramp->breaks, ramp->classes, value)];
}

/* --- legend --------------------------------------------------------------- */

static bool occurs(const struct chart_job *job, enum availability status)
{
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            if (job->series[s].points[i].availability == status)
                return true;
        }
    }
    return false;
}

static void draw_missing(struct chart_view *view, double x, double *y,
                         enum availability status)
{
    struct scene_paint paint = palette_missing(status);
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_NOTE_PT, ANCHOR_START, CHART_INK);
    paint.stroked = true;
    paint.stroke = CHART_AXIS;
    paint.width_pt = 0.4;
    scene_rectangle(view->scene, x, *y, 14, BOX_HEIGHT_PT - 1, &paint);
    scene_text(
        view->scene, x + 18, *y + BOX_HEIGHT_PT - 2.5,
        arena_text(view->arena, availability_words(view->job->lang, status)),
        &style);
    *y += MISSING_LEADING_PT;
}

static double missing_width(const struct chart_view *view)
{
    double widest = 0;
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        if (occurs(view->job, (enum availability)a))
            widest = fmax(
                widest,
                18 + chart_width(view, FONT_REGULAR, CHART_NOTE_PT,
                                 availability_words(view->job->lang,
                                                    (enum availability)a)));
    }
    return widest;
}

static const char *limit_text(const struct chart_view *view, double limit)
{
    return num_format(view->arena, view->job->lang, limit, view->job->decimals);
}

static void draw_classes(struct chart_view *view, const struct chart_ramp *ramp,
                         double x, double box)
{
    struct scene_paint paint = chart_stroke(CHART_AXIS, 0.4);
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_NOTE_PT, ANCHOR_MIDDLE, CHART_INK);
    double y = view->top + 2;
    paint.filled = paint.fixed = true;
    for (size_t i = 0; i < ramp->classes; i++) {
        double left = x + box * (double)i;
        paint.fill = ramp->colours[i];
        scene_rectangle(view->scene, left, y, box, BOX_HEIGHT_PT, &paint);
        if (i > 0) /* the outer classes are open */
            scene_text(view->scene, left, y + BOX_HEIGHT_PT + CHART_NOTE_PT + 1,
                       limit_text(view, ramp->breaks[i - 1]), &style);
    }
    if (ramp->classes == 1)
        scene_text(view->scene, x + box / 2,
                   y + BOX_HEIGHT_PT + CHART_NOTE_PT + 1,
                   limit_text(view, ramp->only), &style);
}

static double limit_width(const struct chart_view *view, double limit)
{
    return LIMIT_GAP_PT + chart_width(view, FONT_REGULAR, CHART_NOTE_PT,
                                      limit_text(view, limit));
}

/* Limits stand side by side where the page has room for that. */
static double box_width(const struct chart_view *view,
                        const struct chart_ramp *ramp, double room)
{
    double box = BOX_PT;
    if (ramp->classes == 1)
        box = fmax(box, limit_width(view, ramp->only));
    for (size_t i = 1; i < ramp->classes; i++)
        box = fmax(box, limit_width(view, ramp->breaks[i - 1]));
    return fmin(box, (room - 2) / (double)ramp->classes);
}

static size_t missing_count(const struct chart_view *view)
{
    size_t count = 0;
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++)
        count += occurs(view->job, (enum availability)a);
    return count;
}

/* Classes in a strip; patterns beside it, or below where the page is narrow. */
struct places {
    double x, box;               /* of the strip, and of a class */
    double missing_x, missing_y; /* of the first pattern */
    double height;
};

static struct places arrange(const struct chart_view *view,
                             const struct chart_ramp *ramp)
{
    double x = view->left + ENTRY_GAP_PT, room = view->right - x;
    double box = box_width(view, ramp, room);
    double strip = box * (double)ramp->classes + 2 * ENTRY_GAP_PT;
    double bottom = 2 + BOX_HEIGHT_PT + CHART_NOTE_PT + 4;
    bool beside = strip + missing_width(view) <= room;
    double from = beside ? 2 : bottom + 2;
    size_t missing = missing_count(view);
    double to = missing > 0 ? from + (double)missing * MISSING_LEADING_PT : 0;
    return (struct places){
        .x = x,
        .box = box,
        .missing_x = beside ? x + strip : x,
        .missing_y = view->top + from,
        .height = fmax(to, bottom) + 6,
    };
}

double chart_ramp_height(const struct chart_view *view,
                         const struct chart_ramp *ramp)
{
    return arrange(view, ramp).height;
}

double chart_draw_ramp(struct chart_view *view, const struct chart_ramp *ramp)
{
    struct places places = arrange(view, ramp);
    scene_group(view->scene, "legend", "", "");
    draw_classes(view, ramp, places.x, places.box);
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        if (occurs(view->job, (enum availability)a))
            draw_missing(view, places.missing_x, &places.missing_y,
                         (enum availability)a);
    }
    scene_group_end(view->scene);
    return places.height;
}
