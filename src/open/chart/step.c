/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/step.c - curves of values that hold until the next one: survival over
 * the years since diagnosis. Every curve begins with all at time 0, which is no
 * published value and is in no text. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

/* Estimates of net survival may be a little above the whole. */
#define ABOVE 1.1

/* All of them: 100, or 1 where no value is above it and none is a percentage.
 * 0: values or times are none of survival. */
static double whole_of(const struct chart_job *job)
{
    double most = 0;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (point->x <= 0 || (chart_shown(point) && point->value < 0))
                return 0;
            if (chart_shown(point))
                most = fmax(most, point->value);
        }
    }
    if (most > 100 * ABOVE)
        return 0;
    return isfinite(chart_whole(job)) || most > ABOVE ? 100 : 1;
}

/* The series with its beginning; as it is where nothing is published. */
static struct chart_series begun(struct arena *arena, double whole,
                                 struct chart_series series)
{
    struct chart_point *points =
        arena_array(arena, series.count + 1, sizeof *points);
    bool shown = false, interval = false;
    for (size_t i = 0; i < series.count; i++) {
        points[i + 1] = series.points[i];
        shown = shown || chart_shown(&series.points[i]);
        interval = interval || (chart_shown(&series.points[i]) &&
                                series.points[i].has_interval);
    }
    if (!shown)
        return series;
    points[0] = (struct chart_point){.label = "0",
                                     .availability = AVAILABLE,
                                     .value = whole,
                                     .has_interval = interval,
                                     .lower = whole,
                                     .upper = whole};
    series.points = points;
    series.count++;
    return series;
}

static void draw(struct chart_view *view)
{
    struct chart_cells cells;
    struct chart_job job = *view->job;
    struct chart_series *series =
        arena_array(view->arena, job.series_count, sizeof *series);
    double whole = whole_of(&job);
    memcpy(series, job.series, job.series_count * sizeof *series);
    for (size_t s = 0; whole > 0 && s < chart_values(&job); s++)
        series[s] = begun(view->arena, whole, series[s]);
    job.series = series;
    struct chart_view own = *view;
    own.job = &job;
    chart_cells_by_x(view->arena, &job, &cells);
    chart_draw_curves(&own, &cells, true);
}

const struct chart_type chart_step = {
    .name = "step",
    .summary = "curves of values that hold until the next one",
    .words = "chart.kind.step",
    .logarithmic = true,
    .intervals = true,
    .check = chart_check_x,
    .draw = draw,
};
