/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/histogram.c - how many values lie in each class of equal width, with
 * round ends; classes are left-closed, the last one closed on both sides. */
#include <math.h>

#include "chart/chart_impl.h"

enum { BINS_MOST = 60 };

struct histogram {
    struct chart_plane plane;
    const double *ends; /* bins + 1 */
    size_t bins;
    size_t counts[BINS_MOST];
    size_t most;
};

static size_t bin_of(const struct histogram *histogram, double value)
{
    size_t bin = 0;
    while (bin + 1 < histogram->bins && histogram->ends[bin + 1] <= value)
        bin++;
    return bin;
}

static size_t shown_count(const struct chart_series *series)
{
    size_t shown = 0;
    for (size_t i = 0; i < series->count; i++)
        shown += chart_shown(&series->points[i]);
    return shown;
}

/* Classes by Sturges' number, with the round ends of the scale. */
static void count(struct histogram *histogram, double low, double high)
{
    struct chart_scale *scale = &histogram->plane.x;
    const struct chart_view *view = histogram->plane.view;
    const struct chart_series *series = view->job->series;
    int classes = 1 + (int)ceil(log2((double)shown_count(series)));
    chart_scale_make(view->arena, low, high, false, classes < 5 ? 5 : classes,
                     scale);
    histogram->ends = scale->breaks;
    histogram->bins = scale->break_count - 1;
    assert(histogram->bins <= BINS_MOST);
    for (size_t i = 0; i < series->count; i++) {
        if (!chart_shown(&series->points[i]))
            continue;
        size_t bin = bin_of(histogram, series->points[i].value);
        histogram->counts[bin]++;
        if (histogram->counts[bin] > histogram->most)
            histogram->most = histogram->counts[bin];
    }
}

static const char *bin_words(const struct histogram *histogram, size_t bin)
{
    const struct chart_view *view = histogram->plane.view;
    return locale_fill(view->arena, view->job->lang, "chart.bin", "low",
                       chart_break_text(view, &histogram->plane.x, bin), "high",
                       chart_break_text(view, &histogram->plane.x, bin + 1),
                       "count",
                       num_format(view->arena, view->job->lang,
                                  (double)histogram->counts[bin], 0),
                       NULL);
}

const char *chart_most_frequent(struct arena *arena,
                                const struct chart_job *job)
{
    struct chart_view view = {.arena = arena, .job = job};
    struct histogram histogram = {.plane = {.view = &view}};
    double low, high;
    size_t found = 0, at = 0;
    if (!chart_value_range(job, &low, &high))
        return "";
    count(&histogram, low, high);
    for (size_t bin = 0; bin < histogram.bins; bin++) {
        if (histogram.counts[bin] < histogram.most)
            continue;
        found++;
        at = bin;
    }
    if (found != 1)
        return "";
    return locale_fill(
        arena, job->lang, "chart.pattern.class", "low",
        chart_break_text(&view, &histogram.plane.x, at), "high",
        chart_break_text(&view, &histogram.plane.x, at + 1), "count",
        num_format_count(arena, job->lang, (int64_t)histogram.most), NULL);
}

static void draw_bins(const struct histogram *histogram)
{
    struct chart_view *view = histogram->plane.view;
    struct scene_paint paint = chart_bar_paint(chart_look(view->job, 0));
    for (size_t bin = 0; bin < histogram->bins; bin++) {
        if (histogram->counts[bin] == 0)
            continue;
        double from = chart_scale_at(&histogram->plane.x, histogram->ends[bin]);
        double to =
            chart_scale_at(&histogram->plane.x, histogram->ends[bin + 1]);
        double top =
            chart_scale_at(&histogram->plane.y, (double)histogram->counts[bin]);
        scene_group(view->scene, "point", "", bin_words(histogram, bin));
        scene_rectangle(view->scene, from + 0.5, top, to - from - 1,
                        histogram->plane.y.from - top, &paint);
        scene_group_end(view->scene);
    }
}

static void draw_reference(const struct histogram *histogram)
{
    struct chart_view *view = histogram->plane.view;
    const struct chart_reference *reference = &view->job->reference;
    if (!reference->given)
        return;
    double x = chart_scale_at(&histogram->plane.x, reference->value);
    bool leftwards = x > (view->left + view->right) / 2;
    struct scene_paint paint = chart_stroke(CHART_INK, 0.9);
    paint.dash_pt = 3;
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_TICK_PT,
                   leftwards ? ANCHOR_END : ANCHOR_START, CHART_INK);
    scene_group(view->scene, "reference", "", reference->label);
    scene_segment(view->scene, x, view->top - 8, x, view->bottom, &paint);
    scene_text(view->scene, leftwards ? x - 3 : x + 3, view->top - 4,
               reference->label, &style);
    scene_group_end(view->scene);
}

static void draw(struct chart_view *view)
{
    struct histogram histogram = {.plane = {.view = view}};
    double low, high;
    bool any = chart_value_range(view->job, &low, &high);
    chart_draw_foot(view, 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    count(&histogram, low, high);
    chart_scale_counts(view->arena, histogram.most, &histogram.plane.y);
    struct chart_job own = *view->job;
    own.x_label = view->job->y_label; /* the values lie along x */
    own.y_label = view->job->x_label[0]
                      ? view->job->x_label
                      : locale_text(own.lang, "chart.bin.axis");
    view->job = &own;
    chart_plane_lay_out(&histogram.plane);
    draw_bins(&histogram);
    draw_reference(&histogram);
}

const struct chart_type chart_histogram = {
    .name = "histogram",
    .summary = "how many values lie in each class",
    .words = "chart.kind.histogram",
    .most = 1,
    .reference = true,
    .unordered = true,
    .check = chart_check_labels,
    .draw = draw,
};
