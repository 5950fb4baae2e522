/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/funnel.c - values over their precision, with the limits within which
 * chance alone would keep them (Spiegelhalter 2005, Stat Med 24:1185). Points
 * outside every limit are filled and named; a rank is never drawn. */
#include <math.h>

#include "chart/chart_impl.h"

enum { NAMED_MOST = 40 };

/* Points outside, those that are farthest first. */
struct funnel {
    struct chart_plane plane;
    const struct chart_point *outside[NAMED_MOST];
    double excess[NAMED_MOST];
    size_t outside_count;
};

static bool check(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        const struct chart_series *series = &job->series[s];
        for (size_t i = 1; i < series->count; i++) {
            if (series->role == ROLE_LIMIT &&
                !(series->points[i - 1].x < series->points[i].x))
                return err_fail(err, ERR_SCRIPT, "chart.limit",
                                "series '%s': a limit needs its points in "
                                "order of x",
                                series->label);
        }
    }
    return chart_check_labels(job, err);
}

/* --- inside or outside ---------------------------------------------------- */

/* The limit at x, between its points; false beyond them. */
static bool limit_at(const struct chart_series *limit, double x, double *out)
{
    for (size_t i = 1; i < limit->count; i++) {
        const struct chart_point *a = &limit->points[i - 1];
        const struct chart_point *b = &limit->points[i];
        if (!chart_shown(a) || !chart_shown(b) || x < a->x || x > b->x)
            continue;
        double share = (x - a->x) / (b->x - a->x);
        *out = a->value + share * (b->value - a->value);
        return true;
    }
    return false;
}

bool chart_beyond_limits(const struct chart_job *job,
                         const struct chart_point *point, size_t pair)
{
    double low = INFINITY, high = -INFINITY, limit;
    for (size_t s = 0, seen = 0; s < job->series_count; s++) {
        if (job->series[s].role != ROLE_LIMIT || seen++ / 2 != pair ||
            !limit_at(&job->series[s], point->x, &limit))
            continue;
        low = fmin(low, limit);
        high = fmax(high, limit);
    }
    return low < high && (point->value < low || point->value > high);
}

/* How far it is beyond the widest limit of its side, in widths of the funnel
 * there; 0 inside. */
static double excess_of(const struct chart_job *job,
                        const struct chart_point *point)
{
    double lowest = INFINITY, highest = -INFINITY;
    for (size_t s = 0; s < job->series_count; s++) {
        double limit;
        if (job->series[s].role != ROLE_LIMIT ||
            !limit_at(&job->series[s], point->x, &limit))
            continue;
        lowest = fmin(lowest, limit);
        highest = fmax(highest, limit);
    }
    if (!(lowest < highest))
        return 0;
    return fmax(0, fmax(lowest - point->value, point->value - highest)) /
           (highest - lowest);
}

static void keep_outside(struct funnel *funnel, const struct chart_point *point,
                         double excess)
{
    size_t at = funnel->outside_count;
    while (at > 0 && funnel->excess[at - 1] < excess)
        at--;
    if (at == NAMED_MOST)
        return;
    if (funnel->outside_count < NAMED_MOST)
        funnel->outside_count++;
    for (size_t i = funnel->outside_count - 1; i > at; i--) {
        funnel->outside[i] = funnel->outside[i - 1];
        funnel->excess[i] = funnel->excess[i - 1];
    }
    funnel->outside[at] = point;
    funnel->excess[at] = excess;
}

/* --- drawing -------------------------------------------------------------- */

static void draw_limits(const struct funnel *funnel)
{
    const struct chart_job *job = funnel->plane.view->job;
    for (size_t s = 0, pair = 0; s < job->series_count; s++) {
        if (job->series[s].role != ROLE_LIMIT)
            continue;
        struct scene_paint paint = chart_stroke(CHART_AXIS, 1);
        paint.dash_pt = pair++ / 2 == 0 ? 4 : 1.5; /* the inner pair first */
        scene_group(funnel->plane.view->scene, "limit", "",
                    job->series[s].label);
        chart_plane_curve(&funnel->plane, &job->series[s], &paint);
        scene_group_end(funnel->plane.view->scene);
    }
}

static void draw_point(struct funnel *funnel, size_t series,
                       const struct chart_point *point)
{
    struct chart_view *view = funnel->plane.view;
    double x, y;
    double excess = excess_of(view->job, point);
    bool outside = excess > 0;
    chart_plane_at(&funnel->plane, point, &x, &y);
    scene_group(view->scene, outside ? "point outside" : "point", "",
                chart_point_words(view, series, point));
    chart_marker(view, chart_look(view->job, series), x, y, !outside);
    scene_group_end(view->scene);
    if (outside)
        keep_outside(funnel, point, excess);
}

static void draw_points(struct funnel *funnel)
{
    const struct chart_job *job = funnel->plane.view->job;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            if (chart_shown(&job->series[s].points[i]))
                draw_point(funnel, s, &job->series[s].points[i]);
        }
    }
}

static unsigned signs_of_limits(const struct chart_job *job)
{
    size_t limits = 0;
    for (size_t s = 0; s < job->series_count; s++)
        limits += job->series[s].role == ROLE_LIMIT;
    if (limits == 0)
        return 0;
    return limits <= 2 ? SIGN_FUNNEL : SIGN_FUNNELS;
}

static void draw(struct chart_view *view)
{
    struct funnel funnel = {.plane = {.view = view, .reference_right = true}};
    double low, high, from, to;
    bool any = chart_value_range(view->job, &low, &high) &&
               chart_span(view->job, &from, &to);
    unsigned limits = signs_of_limits(view->job);
    chart_draw_foot(view, any ? limits | SIGN_ABSENT : 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_draw_legend(view, true);
    chart_scale_make(view->arena, low, high, view->job->log_scale, 5,
                     &funnel.plane.y);
    double left = fmin(from, 0);
    if (to <= 0) /* where nothing is expected anywhere a scale has a width */
        to = left < 0 ? 0 : 1;
    chart_scale_make(view->arena, left, to, false, 6, &funnel.plane.x);
    chart_scale_trim(&funnel.plane.x, left, to * 1.02);
    chart_plane_lay_out(&funnel.plane);
    draw_limits(&funnel);
    chart_plane_reference(&funnel.plane);
    draw_points(&funnel);
    chart_plane_names(&funnel.plane, funnel.outside, funnel.outside_count);
}

const struct chart_type chart_funnel = {
    .name = "funnel",
    .summary = "values over their precision, with limits of chance",
    .words = "chart.kind.funnel",
    .logarithmic = true,
    .most = 2,
    .roles = 1 << ROLE_LIMIT,
    .reference = true,
    .unordered = true,
    .intervals = true,
    .check = check,
    .draw = draw,
};
