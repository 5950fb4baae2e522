/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/joinpoint.c - a series of years as marks, and the segments of its
 * joinpoint model as lines: each segment has a number at its middle and its
 * annual change in the key under the plot. */
#include <math.h>

#include "chart/chart_impl.h"

#define KEY_GAP_PT 14.0
#define KEY_ABOVE_PT 4.0 /* between the axis and its key */
#define DISC_PT 5.0

enum { SEGMENTS_MOST = 24 };

struct trend {
    struct chart_plane plane;
    const struct chart_series *fits[SEGMENTS_MOST];
    size_t fit_count;
};

static bool check(const struct chart_job *job, struct err *err)
{
    size_t fits = job->series_count - chart_values(job);
    if (fits > SEGMENTS_MOST)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        "a trend has at most %d segments, not %zu",
                        SEGMENTS_MOST, fits);
    return chart_check_x(job, err);
}

static void collect(struct trend *trend)
{
    const struct chart_job *job = trend->plane.view->job;
    for (size_t s = chart_values(job); s < job->series_count; s++)
        trend->fits[trend->fit_count++] = &job->series[s];
}

/* --- key ------------------------------------------------------------------ */

static void draw_disc(struct chart_view *view, size_t number, double x,
                      double y)
{
    struct scene_paint paint = chart_stroke(CHART_INK, 0.7);
    struct scene_text_style style =
        chart_text(FONT_BOLD, 7, ANCHOR_MIDDLE, CHART_INK);
    paint.filled = true;
    paint.fill = 0xffffff;
    scene_circle(view->scene, x, y, DISC_PT, &paint);
    scene_text(view->scene, x,
               y + fonts_cap_height(view->fonts, FONT_BOLD, 7) / 2,
               arena_format(view->arena, "%zu", number), &style);
}

/* Walks through the entries; draws them from `top` when it is given. Returns
 * the height. */
static double walk_key(const struct trend *trend, double top, bool drawn)
{
    struct chart_view *view = trend->plane.view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_START, CHART_INK);
    double x = 0, y = KEY_ABOVE_PT,
           line = fmax(chart_leading(CHART_TICK_PT), 2 * DISC_PT) + 2.5;
    double room = view->right - view->left;
    for (size_t i = 0; i < trend->fit_count; i++) {
        const char *label = trend->fits[i]->label;
        double width = 2 * DISC_PT + 4 +
                       chart_width(view, FONT_REGULAR, CHART_TICK_PT, label);
        if (x > 0 && x + width > room) {
            x = 0;
            y += line;
        }
        if (drawn) {
            draw_disc(view, i + 1, view->left + x + DISC_PT,
                      top + y + line / 2);
            scene_text(view->scene, view->left + x + 2 * DISC_PT + 4,
                       top + y + line / 2 + CHART_TICK_PT * 0.36, label,
                       &style);
        }
        x += width + KEY_GAP_PT;
    }
    return trend->fit_count > 0 ? y + line : 0;
}

/* --- drawing -------------------------------------------------------------- */

/* Distance from a place to the nearest mark. */
static double nearest(const struct trend *trend, double x, double y)
{
    const struct chart_job *job = trend->plane.view->job;
    double least = INFINITY;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            double at_x, at_y;
            if (!chart_shown(&job->series[s].points[i]))
                continue;
            chart_plane_at(&trend->plane, &job->series[s].points[i], &at_x,
                           &at_y);
            least = fmin(least, hypot(at_x - x, at_y - y));
        }
    }
    return least;
}

/* The disc of a segment stands off its line, as far from a steep one as from a
 * flat one: above its middle, or where most room is between the marks. */
static void place_disc(const struct trend *trend, const double from[2],
                       const double to[2], double *x, double *y)
{
    static const double shares[] = {0.5, 0.35, 0.65, 0.2, 0.8};
    const struct chart_view *view = trend->plane.view;
    double dx = to[0] - from[0], dy = to[1] - from[1], most = -1;
    double off = (DISC_PT + 7) / fmax(hypot(dx, dy), 1e-9);
    for (size_t i = 0; i < 2 * COUNT_OF(shares); i++) {
        double side = i % 2 == 0 ? off : -off;
        double at_x = from[0] + dx * shares[i / 2] + dy * side;
        double at_y = from[1] + dy * shares[i / 2] - dx * side;
        at_y = fmin(fmax(at_y, view->top + DISC_PT), view->bottom - DISC_PT);
        double room = fmin(nearest(trend, at_x, at_y), 2 * DISC_PT + 2);
        if (room <= most)
            continue;
        most = room;
        *x = at_x;
        *y = at_y;
    }
}

static void draw_segment(const struct trend *trend, size_t i)
{
    struct chart_view *view = trend->plane.view;
    const struct chart_series *fit = trend->fits[i];
    struct scene_paint paint = chart_stroke(CHART_INK, 1.5);
    chart_plane_curve(&trend->plane, fit, &paint);
    const struct chart_point *a = &fit->points[0];
    const struct chart_point *b = &fit->points[fit->count - 1];
    if (!chart_shown(a) || !chart_shown(b))
        return;
    double from[2], to[2], x = 0, y = 0;
    chart_plane_at(&trend->plane, a, &from[0], &from[1]);
    chart_plane_at(&trend->plane, b, &to[0], &to[1]);
    place_disc(trend, from, to, &x, &y);
    draw_disc(view, i + 1, x, y);
}

static void draw(struct chart_view *view)
{
    struct trend trend = {.plane = {.view = view}};
    double low, high, from, to;
    bool any = chart_value_range(view->job, &low, &high) &&
               chart_span(view->job, &from, &to);
    collect(&trend);
    unsigned signs =
        chart_signs_of_dots(view->job, false) & ~(unsigned)SIGN_WHISKER;
    signs |= SIGN_ABSENT;
    bool log = view->job->log_scale && any && low > 0;
    if (any)
        signs |=
            chart_curve_ends(view->job, chart_whole(view->job), &low, &high);
    chart_draw_foot(view, signs);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    double key = walk_key(&trend, 0, false);
    view->bottom -= key;
    struct chart_view foot = *view;
    chart_draw_legend(view, true);
    chart_scale_make(view->arena, low, high, log, 5, &trend.plane.y);
    chart_scale_years(view->arena, from, to, 8, &trend.plane.x);
    chart_plane_lay_out(&trend.plane);
    chart_plane_marks(&trend.plane);
    for (size_t i = 0; i < trend.fit_count; i++)
        draw_segment(&trend, i);
    view->left = foot.left;
    view->right = foot.right;
    scene_group(view->scene, "key", "", "");
    walk_key(&trend, foot.bottom, true);
    scene_group_end(view->scene);
}

const struct chart_type chart_joinpoint = {
    .name = "joinpoint",
    .summary = "years as marks, segments of the trend with their change",
    .words = "chart.kind.joinpoint",
    .logarithmic = true,
    .most = 2,
    .roles = 1 << ROLE_FIT,
    .intervals = true,
    .check = check,
    .draw = draw,
};
