/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/pyramid.c - two series back to back over the same classes, the first
 * class at the bottom. */
#include <math.h>

#include "chart/chart_impl.h"

#define NAMES_SHARE 0.3 /* of the width: names of classes, at most */

struct pyramid {
    struct chart_view *view;
    struct chart_cells cells;
    struct chart_scale side[2];
    double row;
    double names; /* width of the names of classes */
    double text_pt;
};

static bool check(const struct chart_job *job, struct err *err)
{
    if (job->series_count != 2)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        "a pyramid needs 2 series, not %zu", job->series_count);
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (!chart_shown(point) ||
                !(point->value < 0 ||
                  (point->has_interval && point->lower < 0)))
                continue;
            err_fail(err, ERR_SCRIPT, "chart.negative",
                     "a pyramid has no place for the negative value of '%s'",
                     point->label);
            return chart_fail_at(point, err);
        }
    }
    return chart_check_labels(job, err);
}

static double height(const struct chart_view *view)
{
    size_t rows = view->job->series[0].count;
    if (view->job->series_count > 1 && view->job->series[1].count > rows)
        rows = view->job->series[1].count;
    return (double)rows * 13 + 100;
}

static void lay_out(struct pyramid *pyramid, double high)
{
    struct chart_view *view = pyramid->view;
    chart_draw_y_label(view, chart_leading(CHART_LABEL_PT) + 6);
    view->bottom -= CHART_TICK_PT + 6;
    pyramid->row = (view->bottom - view->top) / (double)pyramid->cells.columns;
    pyramid->text_pt = fmin(CHART_NOTE_PT, pyramid->row - 2);
    if (pyramid->text_pt < CHART_LEAST_PT)
        pyramid->text_pt = 0; /* too low for numbers: the axis has to do */

    double middle = (view->left + view->right) / 2;
    double most = (view->right - view->left) * NAMES_SHARE;
    pyramid->names = fmin(chart_columns_width(view, &pyramid->cells), most);
    double half = (pyramid->names + 10) / 2;
    double text = 8;
    if (pyramid->text_pt > 0)
        text = chart_bar_room(view, &pyramid->cells, pyramid->text_pt);
    double length = middle - half - view->left - text;
    int wanted = (int)fmin(5, fmax(2, length / 45));
    for (size_t s = 0; s < 2; s++) {
        struct chart_scale *scale = &pyramid->side[s];
        chart_scale_make(view->arena, 0, high, false, wanted, scale);
        chart_scale_trim(scale, 0, high);
        scale->from = s == 0 ? middle - half : middle + half;
        scale->to = s == 0 ? scale->from - length : scale->from + length;
    }
}

static void draw_side(const struct pyramid *pyramid, size_t s)
{
    struct chart_view side = *pyramid->view;
    const struct chart_scale *scale = &pyramid->side[s];
    struct scene_text_style style = chart_text(
        FONT_BOLD, CHART_LABEL_PT, s == 0 ? ANCHOR_END : ANCHOR_START,
        chart_text_colour(chart_look(side.job, s)));
    scene_group(side.scene, s == 0 ? "series-0" : "series-1", "",
                side.job->series[s].label);
    double room = s == 0 ? scale->from - side.left : side.right - scale->from;
    scene_text(side.scene, scale->from, side.top - 5,
               chart_cut(&side, FONT_BOLD, CHART_LABEL_PT,
                         side.job->series[s].label, room),
               &style);
    chart_draw_bottom_axis(&side, scale);
    size_t rows = pyramid->cells.columns;
    for (size_t row = 0; row < rows; row++) {
        struct chart_bar bar = {
            .series = s,
            .point = chart_cell(&pyramid->cells, s, row),
            .y = side.bottom - pyramid->row * (double)(row + 1) +
                 pyramid->row * 0.11,
            .height = pyramid->row * 0.78,
            .size_pt = pyramid->text_pt,
        };
        if (bar.point)
            chart_draw_bar(&side, scale, &bar);
    }
    scene_group_end(side.scene);
}

static void draw_names(const struct pyramid *pyramid)
{
    struct chart_view *view = pyramid->view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, fmin(CHART_TICK_PT, fmax(4, pyramid->row - 1)),
                   ANCHOR_MIDDLE, CHART_INK);
    for (size_t row = 0; row < pyramid->cells.columns; row++) {
        struct chart_fit fit =
            chart_fit(view, FONT_REGULAR, style.size_pt,
                      pyramid->cells.labels[row], pyramid->names, pyramid->row);
        chart_draw_fit(view, &fit, (view->left + view->right) / 2,
                       view->bottom - pyramid->row * ((double)row + 0.5),
                       &style);
    }
}

static void draw_pyramid(struct chart_view *view)
{
    struct pyramid pyramid = {.view = view};
    double low, high;
    chart_draw_foot(view, chart_signs_of_bars(view->job));
    if (!chart_range(view->job, &low, &high)) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &pyramid.cells);
    for (size_t row = 0; row < pyramid.cells.columns; row++)
        pyramid.cells.labels[row] =
            chart_short_age(view->arena, pyramid.cells.labels[row]);
    lay_out(&pyramid, high > 0 ? high : 1);
    draw_side(&pyramid, 0);
    draw_side(&pyramid, 1);
    draw_names(&pyramid);
}

const struct chart_type chart_pyramid = {
    .name = "pyramid",
    .summary = "two series back to back over age classes",
    .words = "chart.kind.pyramid",
    .numbers = true,
    .check = check,
    .height_pt = height,
    .draw = draw_pyramid,
};
