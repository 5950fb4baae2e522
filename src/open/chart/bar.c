/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/bar.c - horizontal bars with whiskers and values; several series side
 * by side. Bars start at zero, always: their length is the value. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

#define THICK_ONE_PT 11.0
#define THICK_MANY_PT 9.0
#define ROW_GAP_PT 5.0
#define LABEL_SHARE 0.38 /* of the width, at most */

struct bars {
    struct chart_view *view;
    struct chart_cells cells;
    struct chart_scale scale;
    double row, thick, gap;
    double label_pt;
    double names_right; /* where the names of the rows end */
};

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
        struct scene_paint paint = chart_bar_paint(bar->series);
        scene_rectangle(view->scene, fmin(zero, end), bar->y, fabs(end - zero),
                        bar->height, &paint);
        if (point->has_interval)
            draw_whisker(view, scale, bar);
    }
    if (bar->size_pt > 0)
        draw_bar_text(view, scale, bar);
    scene_group_end(view->scene);
}

/* --- layout --------------------------------------------------------------- */

static double thickness(const struct chart_job *job)
{
    return job->series_count > 1 ? THICK_MANY_PT : THICK_ONE_PT;
}

static size_t count_rows(const struct chart_job *job)
{
    struct arena *scratch = arena_new();
    struct chart_cells cells;
    chart_cells_by_label(scratch, job, &cells);
    arena_free(scratch);
    return cells.columns;
}

static double bar_height(const struct chart_job *job)
{
    double rows = (double)count_rows(job);
    double row = (double)job->series_count * thickness(job) + ROW_GAP_PT;
    return rows * row + 86;
}

/* Names of rows, wrapped; smaller when the rows are low. */
static double names_width(struct bars *bars)
{
    struct chart_view *view = bars->view;
    double most = (view->right - view->left) * LABEL_SHARE, widest = 0;
    for (size_t row = 0; row < bars->cells.columns; row++) {
        char **lines;
        size_t count =
            fonts_wrap(view->arena, view->fonts, FONT_REGULAR, bars->label_pt,
                       bars->cells.labels[row], most, &lines);
        for (size_t line = 0; line < count; line++)
            widest = fmax(widest, chart_width(view, FONT_REGULAR,
                                              bars->label_pt, lines[line]));
    }
    return fmin(widest, most);
}

static double texts_width(const struct bars *bars)
{
    double widest = 0;
    for (size_t s = 0; s < bars->cells.series; s++) {
        for (size_t row = 0; row < bars->cells.columns; row++) {
            const struct chart_point *point = chart_cell(&bars->cells, s, row);
            if (point)
                widest =
                    fmax(widest,
                         chart_width(bars->view, FONT_REGULAR, bars->label_pt,
                                     chart_bar_text(bars->view, point)));
        }
    }
    return widest + 5;
}

static void lay_out(struct bars *bars, double low, double high)
{
    struct chart_view *view = bars->view;
    const struct chart_job *job = view->job;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_START, CHART_SOFT_INK);
    view->top =
        chart_draw_lines(view, view->left, view->top, view->right - view->left,
                         job->y_label, &style) +
        3;
    chart_draw_legend(view);
    view->bottom -= CHART_TICK_PT + 6;
    bars->row = (view->bottom - view->top) / (double)bars->cells.columns;
    bars->gap = fmin(ROW_GAP_PT, bars->row * 0.3);
    bars->thick =
        fmin(16, (bars->row - bars->gap) / (double)bars->cells.series);
    bars->label_pt = fmin(CHART_LABEL_PT, fmax(5, bars->thick - 1));
    view->left += names_width(bars);
    bars->names_right = view->left;
    view->left += 6;

    double text = texts_width(bars);
    double room = view->right - view->left - text * (low < 0 ? 2 : 1);
    int wanted = (int)fmin(7, fmax(2, room / 55));
    chart_scale_make(view->arena, low, high, false, wanted, &bars->scale);
    chart_scale_trim(&bars->scale, low, high);
    bars->scale.from = view->left + (low < 0 ? text : 0);
    bars->scale.to = bars->scale.from + room;
}

/* --- drawing -------------------------------------------------------------- */

static void draw_name(const struct bars *bars, size_t row, double y)
{
    struct chart_view *view = bars->view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, bars->label_pt, ANCHOR_END, CHART_INK);
    char **lines;
    size_t count =
        fonts_wrap(view->arena, view->fonts, FONT_REGULAR, bars->label_pt,
                   bars->cells.labels[row], bars->names_right, &lines);
    double leading = bars->label_pt * 1.1;
    double cap = fonts_cap_height(view->fonts, FONT_REGULAR, bars->label_pt);
    double base =
        y + bars->row / 2 + cap / 2 - leading * (double)(count - 1) / 2;
    for (size_t line = 0; line < count; line++, base += leading)
        scene_text(view->scene, bars->names_right, base, lines[line], &style);
}

static void draw_row(const struct bars *bars, size_t row)
{
    double y = bars->view->top + bars->row * (double)row;
    draw_name(bars, row, y);
    double thick = bars->thick * (double)bars->cells.series;
    double bar_y = y + (bars->row - thick) / 2;
    for (size_t s = 0; s < bars->cells.series; s++) {
        const struct chart_point *point = chart_cell(&bars->cells, s, row);
        struct chart_bar bar = {
            .series = s,
            .point = point,
            .y = bar_y,
            .height = bars->thick,
            .size_pt = bars->label_pt,
        };
        if (point)
            chart_draw_bar(bars->view, &bars->scale, &bar);
        bar_y += bars->thick;
    }
}

static void draw_bar_chart(struct chart_view *view)
{
    struct bars bars = {.view = view};
    double low, high;
    chart_draw_foot(view, chart_signs_of_bars(view->job));
    if (!chart_range(view->job, &low, &high)) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &bars.cells);
    low = fmin(low, 0);
    high = fmax(high, 0);
    lay_out(&bars, low, low < high ? high : 1);
    chart_draw_bottom_axis(view, &bars.scale);
    for (size_t row = 0; row < bars.cells.columns; row++)
        draw_row(&bars, row);
}

const struct chart_type chart_bar = {
    .name = "bar",
    .summary = "horizontal bars with interval whiskers",
    .words = "chart.kind.bar",
    .check = chart_check_labels,
    .height_pt = bar_height,
    .draw = draw_bar_chart,
};
