/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/scatter.c - points of two measures, with a fitted line if given. The
 * points farthest from the others are named. */
#include <math.h>
#include <stdlib.h>

#include "chart/chart_impl.h"

enum { NAMED = 6 };

struct far_point {
    const struct chart_point *point;
    double distance;
};

static int by_distance(const void *a, const void *b)
{
    const struct far_point *p = a, *q = b;
    if (p->distance < q->distance || q->distance < p->distance)
        return p->distance < q->distance ? 1 : -1;
    return p->point < q->point ? -1 : p->point > q->point;
}

/* Distance from the middle of the plane, in parts of its sides. */
static double distance(const struct chart_plane *plane,
                       const struct chart_point *point)
{
    double x, y;
    chart_plane_at(plane, point, &x, &y);
    const struct chart_view *view = plane->view;
    double dx =
        (x - (view->left + view->right) / 2) / (view->right - view->left);
    double dy =
        (y - (view->top + view->bottom) / 2) / (view->bottom - view->top);
    return hypot(dx, dy);
}

static void name_farthest(const struct chart_plane *plane)
{
    struct chart_view *view = plane->view;
    const struct chart_job *job = view->job;
    size_t most = 0, count = 0;
    for (size_t s = 0; s < chart_values(job); s++)
        most += job->series[s].count;
    struct far_point *all = arena_array(view->arena, most, sizeof *all);
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (chart_shown(point))
                all[count++] =
                    (struct far_point){point, distance(plane, point)};
        }
    }
    qsort(all, count, sizeof *all, by_distance);
    const struct chart_point *named[NAMED];
    size_t names = 0;
    while (names < NAMED && names < count) {
        named[names] = all[names].point;
        names++;
    }
    chart_plane_names(plane, named, names);
}

static void draw_fits(const struct chart_plane *plane)
{
    const struct chart_job *job = plane->view->job;
    for (size_t s = 0; s < job->series_count; s++) {
        if (job->series[s].role != ROLE_FIT)
            continue;
        struct scene_paint paint = chart_stroke(CHART_INK, 1.1);
        scene_group(plane->view->scene, "fit", "", job->series[s].label);
        chart_plane_curve(plane, &job->series[s], &paint);
        scene_group_end(plane->view->scene);
    }
}

static void draw(struct chart_view *view)
{
    struct chart_plane plane = {.view = view, .reference_right = true};
    double low, high, from, to;
    bool any = chart_value_range(view->job, &low, &high) &&
               chart_span(view->job, &from, &to);
    unsigned signs =
        chart_signs_of_dots(view->job, false) & ~(unsigned)SIGN_WHISKER;
    signs |= SIGN_ABSENT;
    if (chart_role_label(view->job, ROLE_FIT)[0] != '\0')
        signs |= SIGN_FIT;
    chart_draw_foot(view, any ? signs : 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_draw_legend(view, true);
    chart_scale_make(view->arena, low, high, view->job->log_scale, 5, &plane.y);
    double margin = from < to ? (to - from) * 0.03 : 0.5;
    if (chart_spans_years(view->job))
        chart_scale_years(view->arena, from, to, 6, &plane.x);
    else
        chart_scale_make(view->arena, from, to, false, 6, &plane.x);
    chart_scale_trim(&plane.x, from - margin, to + margin);
    chart_plane_lay_out(&plane);
    draw_fits(&plane);
    chart_plane_reference(&plane);
    chart_plane_marks(&plane);
    name_farthest(&plane);
}

const struct chart_type chart_scatter = {
    .name = "scatter",
    .summary = "points of two measures, with a fitted line if given",
    .words = "chart.kind.scatter",
    .logarithmic = true,
    .roles = 1 << ROLE_FIT,
    .reference = true,
    .unordered = true,
    .check = chart_check_labels,
    .draw = draw,
};
