/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/bar.c - horizontal bars with whiskers and values; several series side
 * by side. Bars start at zero, always: their length is the value. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

/* --- one bar, for pyramid.c too ------------------------------------------- */

const char *chart_bar_text(const struct chart_view *view,
                           const struct chart_point *point)
{
    if (!chart_shown(point))
        return availability_sign(view->job->lang, point->availability);
    const char *value = chart_number(view, point);
    return point->flags & CHART_HOLLOW ? arena_format(view->arena, "%s*", value)
                                       : value;
}

double chart_bar_room(const struct chart_view *view,
                      const struct chart_cells *cells, double size_pt)
{
    double widest = 0;
    for (size_t i = 0; i < cells->series * cells->columns; i++) {
        const struct chart_point *point = cells->points[i];
        if (point)
            widest = fmax(widest, chart_width(view, FONT_REGULAR, size_pt,
                                              chart_bar_text(view, point)));
    }
    return widest + 5;
}

static void draw_whisker(struct chart_view *view,
                         const struct chart_scale *scale,
                         const struct chart_bar *bar)
{
    double from = chart_scale_at(scale, bar->point->lower);
    double to = chart_scale_at(scale, bar->point->upper);
    double middle = bar->y + bar->height / 2;
    double cap = fmin(2.5, bar->height / 4);
    struct scene_paint paint = chart_stroke(CHART_INK, 0.9);
    scene_move(view->scene, from, middle - cap);
    scene_line(view->scene, from, middle + cap);
    scene_move(view->scene, from, middle);
    scene_line(view->scene, to, middle);
    scene_move(view->scene, to, middle - cap);
    scene_line(view->scene, to, middle + cap);
    scene_paint(view->scene, &paint);
}

/* The text stands beyond the end of bar and whisker. */
static void draw_bar_text(struct chart_view *view,
                          const struct chart_scale *scale,
                          const struct chart_bar *bar)
{
    const struct chart_point *point = bar->point;
    double end = 0;
    if (chart_shown(point)) {
        bool below = point->value < 0;
        end = point->value;
        if (point->has_interval)
            end = below ? fmin(end, point->lower) : fmax(end, point->upper);
    }
    double zero = chart_scale_at(scale, 0), x = chart_scale_at(scale, end);
    bool leftwards = x < zero || (x == zero && scale->to < scale->from);
    struct scene_text_style style = chart_text(
        chart_shown(point) ? FONT_REGULAR : FONT_ITALIC, bar->size_pt,
        leftwards ? ANCHOR_END : ANCHOR_START, CHART_INK);
    double base = bar->y + bar->height / 2 +
                  fonts_cap_height(view->fonts, FONT_REGULAR, bar->size_pt) / 2;
    scene_text(view->scene, leftwards ? x - 3 : x + 3, base,
               chart_bar_text(view, point), &style);
}

void chart_draw_bar(struct chart_view *view, const struct chart_scale *scale,
                    const struct chart_bar *bar)
{
    const struct chart_point *point = bar->point;
    scene_group(view->scene, "point", "",
                chart_point_words(view, bar->series, point));
    if (chart_shown(point)) {
        double zero = chart_scale_at(scale, 0);
        double end = chart_scale_at(scale, point->value);
        struct scene_paint paint =
            chart_bar_paint(chart_look(view->job, bar->series));
        scene_rectangle(view->scene, fmin(zero, end), bar->y, fabs(end - zero),
                        bar->height, &paint);
        if (point->has_interval)
            draw_whisker(view, scale, bar);
    }
    if (bar->size_pt > 0)
        draw_bar_text(view, scale, bar);
    scene_group_end(view->scene);
}

/* --- the chart ------------------------------------------------------------ */

static double bar_height(const struct chart_view *view)
{
    return chart_rows_height(view, chart_values(view->job));
}

static struct chart_bar bar_of(const struct chart_rows *rows, size_t row,
                               size_t series, double size_pt)
{
    return (struct chart_bar){
        .series = series,
        .point = chart_cell(&rows->cells, series, row),
        .y = chart_rows_lane(rows, row, series),
        .height = rows->lane,
        .size_pt = size_pt,
    };
}

/* Texts come last: where bars are thin, they reach into the next one. */
static void draw_row(const struct chart_rows *rows, size_t row)
{
    struct chart_view *view = rows->view;
    chart_rows_name(rows, row);
    for (size_t s = 0; s < rows->cells.series; s++) {
        struct chart_bar bar = bar_of(rows, row, s, 0);
        if (bar.point && chart_shown(bar.point))
            chart_draw_bar(view, &rows->scale, &bar);
    }
    for (size_t s = 0; s < rows->cells.series; s++) {
        struct chart_bar bar = bar_of(rows, row, s, rows->label_pt);
        if (bar.point && chart_shown(bar.point))
            draw_bar_text(view, &rows->scale, &bar);
        else if (bar.point)
            chart_draw_bar(view, &rows->scale, &bar);
    }
}

static void draw_bar_chart(struct chart_view *view)
{
    struct chart_rows rows = {.view = view};
    double low, high;
    chart_draw_foot(view, chart_signs_of_bars(view->job));
    if (!chart_range(view->job, &low, &high)) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &rows.cells);
    low = fmin(low, 0);
    high = fmax(high, 0);
    chart_rows_begin(&rows, rows.cells.series, 0);
    double text = chart_bar_room(view, &rows.cells, rows.label_pt);
    chart_rows_scale(&rows, low, low < high ? high : 1, low < 0 ? text : 0,
                     text);
    chart_rows_axis(&rows);
    for (size_t row = 0; row < rows.cells.columns; row++)
        draw_row(&rows, row);
}

const struct chart_type chart_bar = {
    .name = "bar",
    .summary = "horizontal bars with interval whiskers",
    .words = "chart.kind.bar",
    .unordered = true,
    .intervals = true,
    .numbers = true,
    .check = chart_check_labels,
    .height_pt = bar_height,
    .draw = draw_bar_chart,
};
