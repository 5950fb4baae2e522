/* SPDX-License-Identifier: EUPL-1.2 */
/* chart_kinds_all.h - a job of every kind, to draw, to change and to measure.
 */
#ifndef CHART_KINDS_ALL_H
#define CHART_KINDS_ALL_H

#include "check.h"

#include "chart_kinds_fixture.h"
#include "chart_trial.h"

static inline bool draw(struct trial *trial, const struct chart_job *job)
{
    trial->err = (struct err){0};
    return chart_draw(trial->arena, trial->fonts, job, &trial->scene,
                      &trial->err);
}

typedef struct chart_job make_job(struct arena *arena);

static const struct {
    const char *name;
    make_job *make;
} all[] = {
    {"dot", kinds_dot},
    {"forest", kinds_forest},
    {"caterpillar", kinds_caterpillar},
    {"dumbbell", kinds_dumbbell},
    {"stacked", kinds_stacked},
    {"parts", kinds_parts},
    {"slope", kinds_slope},
    {"step", kinds_step},
    {"funnel", kinds_funnel},
    {"scatter", kinds_scatter},
    {"joinpoint", kinds_joinpoint},
    {"heat", kinds_heat},
    {"heat_ratios", kinds_heat_ratios},
    {"histogram", kinds_histogram},
    {"spine", kinds_spine},
    {"line", NULL}, /* test_chart_golden.c has the others */
    {"age", fixture_age},
    {"bar", fixture_bar},
    {"pyramid", fixture_pyramid},
};

static inline struct chart_job job_of(struct arena *arena, size_t i)
{
    return all[i].make ? all[i].make(arena) : fixture_line(arena, LANG_FR);
}

/* Inside the page, with a little room for strokes. */
static inline void check_inside(const struct trial *trial, const char *kind)
{
    double width = scene_width(trial->scene);
    double height = scene_height(trial->scene);
    for (size_t i = 0; i < scene_count(trial->scene); i++) {
        const struct scene_item *item = scene_item(trial->scene, i);
        for (size_t p = 0; p < item->point_count; p++) {
            double x = item->points[2 * p], y = item->points[2 * p + 1];
            if (!(x >= -3 && x <= width + 3 && y >= -3 && y <= height + 3))
                fail_msg("%s: a path leaves the page at %g, %g", kind, x, y);
        }
        if (item->kind != SCENE_TEXT || item->angle_degrees != 0)
            continue;
        double text = fonts_width(trial->fonts, item->font, item->size_pt,
                                  item->text, strlen(item->text));
        double left = item->x_pt;
        if (item->anchor == ANCHOR_MIDDLE)
            left -= text / 2;
        if (item->anchor == ANCHOR_END)
            left -= text;
        if (left < 3 || left + text > width - 3 || item->y_pt < 0 ||
            item->y_pt > height)
            fail_msg("%s: the text '%s' leaves the page", kind, item->text);
    }
}

static inline struct chart_series *edit_series(struct trial *trial,
                                               struct chart_job *job)
{
    struct chart_series *series =
        arena_array(trial->arena, job->series_count, sizeof *series);
    for (size_t s = 0; s < job->series_count; s++) {
        struct chart_point *points =
            arena_array(trial->arena, job->series[s].count, sizeof *points);
        memcpy(points, job->series[s].points,
               job->series[s].count * sizeof *points);
        series[s] = job->series[s];
        series[s].points = points;
    }
    job->series = series;
    return series;
}

/* Something done to a point, by its number in the chart. */
typedef void change(struct chart_point *point, size_t number);

static inline void change_all(struct trial *trial, struct chart_job *job,
                              change *change_point)
{
    struct chart_series *series = edit_series(trial, job);
    size_t number = 0;
    for (size_t s = 0; s < job->series_count; s++) {
        if (series[s].role == ROLE_RANK)
            continue;
        for (size_t i = 0; i < series[s].count; i++)
            change_point(&fixture_edit(&series[s])[i], number++);
    }
}

#endif
