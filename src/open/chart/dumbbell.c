/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/dumbbell.c - two values on each row and the distance between them:
 * women and men, two periods, a territory and the country. */
#include <math.h>

#include "chart/chart_impl.h"

#define BAR_PT 2.2
#define FIGURE_GAP_PT 6.0 /* from the middle of a mark */
#define GUIDE_GAP_PT 2.0  /* from a figure */

struct pairs {
    struct chart_rows rows;
};

static bool check(const struct chart_job *job, struct err *err)
{
    if (chart_values(job) != 2)
        return err_fail(err, ERR_SCRIPT, "chart.series",
                        "a dumbbell chart needs 2 series, not %zu",
                        chart_values(job));
    return chart_check_labels(job, err);
}

/* A line through a number: the reference, or the axis at zero. */
static bool is_struck(const struct pairs *pairs, double left, double right)
{
    const struct chart_reference *reference = &pairs->rows.view->job->reference;
    const struct chart_scale *scale = &pairs->rows.scale;
    double lines[] = {scale->log ? left : chart_scale_at(scale, 0),
                      reference->given ? chart_scale_at(scale, reference->value)
                                       : left};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i] > left && lines[i] < right)
            return true;
    }
    return false;
}

/* Figures stand outside the pair: the lower one at the left. */
static void draw_figure(const struct pairs *pairs, size_t row, double x,
                        bool leftwards, const struct chart_point *point)
{
    struct chart_view *view = pairs->rows.view;
    const char *text = chart_bar_text(view, point);
    double size = fmin(CHART_NOTE_PT, pairs->rows.label_pt);
    double width = chart_width(view, FONT_REGULAR, size, text);
    double left = leftwards ? x - FIGURE_GAP_PT - width : x + FIGURE_GAP_PT;
    double base = chart_rows_base(&pairs->rows, row);
    struct scene_text_style style = chart_text(
        FONT_REGULAR, size, leftwards ? ANCHOR_END : ANCHOR_START, CHART_INK);
    if (is_struck(pairs, left, left + width))
        chart_draw_plate(view, left - 1, base, width + 2, size);
    scene_text(view->scene, leftwards ? x - FIGURE_GAP_PT : x + FIGURE_GAP_PT,
               base, text, &style);
}

static void draw_mark(const struct pairs *pairs, size_t series, double y,
                      const struct chart_point *point)
{
    struct chart_view *view = pairs->rows.view;
    scene_group(view->scene, "point", "",
                chart_point_words(view, series, point));
    chart_marker(view, chart_look(view->job, series),
                 chart_scale_at(&pairs->rows.scale, point->value), y,
                 (point->flags & CHART_HOLLOW) != 0);
    scene_group_end(view->scene);
}

static void draw_pair(const struct pairs *pairs, size_t row, double y,
                      const struct chart_point *const ends[2])
{
    struct chart_view *view = pairs->rows.view;
    const struct chart_scale *scale = &pairs->rows.scale;
    double x[2] = {chart_scale_at(scale, ends[0]->value),
                   chart_scale_at(scale, ends[1]->value)};
    struct scene_paint paint = chart_stroke(CHART_GRID, BAR_PT);
    scene_segment(view->scene, x[0], y, x[1], y, &paint);
    bool first_left = x[0] <= x[1];
    draw_figure(pairs, row, x[0], first_left, ends[0]);
    draw_figure(pairs, row, x[1], !first_left, ends[1]);
}

static const char *sign(const struct pairs *pairs,
                        const struct chart_point *point)
{
    return availability_sign(pairs->rows.view->job->lang, point->availability);
}

/* What stands on a row without a pair: the figure of the value that is
 * published, and the sign of the other one, once where both are missing for
 * one reason. */
static const char *alone_text(const struct pairs *pairs,
                              const struct chart_point *const ends[2])
{
    const struct chart_view *view = pairs->rows.view;
    struct text text = text_new(view->arena);
    bool same =
        ends[0] && ends[1] && ends[0]->availability == ends[1]->availability;
    for (size_t s = 0; s < 2; s++) {
        if (ends[s] && chart_shown(ends[s]))
            text_add(&text, chart_bar_text(view, ends[s]));
    }
    for (size_t s = 0; s < (same ? 1 : 2); s++) {
        if (!ends[s] || chart_shown(ends[s]))
            continue;
        if (text.size > 0)
            text_add(&text, "\u00a0\u00a0");
        text_add(&text, sign(pairs, ends[s]));
        if (!same)
            text_format(&text, " (%s)", view->job->series[s].label);
    }
    return text.at;
}

/* What stands beside a value alone: at its right; at its left where the edge of
 * the page is near. */
struct alone {
    const char *text;
    double x, size, width;
    bool leftwards;
};

static struct alone alone_of(const struct pairs *pairs,
                             const struct chart_point *const ends[2])
{
    const struct chart_view *view = pairs->rows.view;
    struct alone alone = {.text = alone_text(pairs, ends),
                          .x = pairs->rows.scale.from,
                          .size = fmin(CHART_NOTE_PT, pairs->rows.label_pt)};
    for (size_t s = 0; s < 2; s++) {
        if (ends[s] && chart_shown(ends[s]))
            alone.x = chart_scale_at(&pairs->rows.scale, ends[s]->value);
    }
    alone.width = chart_width(view, FONT_ITALIC, alone.size, alone.text);
    alone.leftwards = alone.x + FIGURE_GAP_PT + alone.width > view->right;
    return alone;
}

static void draw_alone(const struct pairs *pairs, size_t row,
                       const struct chart_point *const ends[2])
{
    const struct alone alone = alone_of(pairs, ends);
    struct scene_text_style style =
        chart_text(FONT_ITALIC, alone.size,
                   alone.leftwards ? ANCHOR_END : ANCHOR_START, CHART_INK);
    scene_text(pairs->rows.view->scene,
               alone.leftwards ? alone.x - FIGURE_GAP_PT
                               : alone.x + FIGURE_GAP_PT,
               chart_rows_base(&pairs->rows, row), alone.text, &style);
}

/* The ends of a row; returns how many are shown. */
static size_t ends_of(const struct pairs *pairs, size_t row,
                      const struct chart_point *ends[2])
{
    size_t shown = 0;
    for (size_t s = 0; s < 2; s++) {
        ends[s] = chart_cell(&pairs->rows.cells, s, row);
        shown += ends[s] && chart_shown(ends[s]);
    }
    return shown;
}

/* Up to the figure of the lower value, or to the mark of one alone. */
static void draw_guide(const struct pairs *pairs, struct chart_guides *guides,
                       size_t row)
{
    const struct chart_rows *rows = &pairs->rows;
    const struct chart_point *ends[2];
    size_t shown = ends_of(pairs, row, ends);
    if (shown == 0)
        return;
    const struct alone alone = alone_of(pairs, ends);
    double end = alone.x, width = alone.leftwards ? alone.width : 0;
    if (shown == 2) {
        const struct chart_point *low =
            ends[ends[1]->value < ends[0]->value ? 1 : 0];
        end = chart_scale_at(&rows->scale, low->value);
        width = chart_width(rows->view, FONT_REGULAR, alone.size,
                            chart_bar_text(rows->view, low));
    }
    if (width > 0)
        end -= FIGURE_GAP_PT + width + GUIDE_GAP_PT;
    chart_guide(guides, chart_rows_lane(rows, row, 0) + rows->lane / 2, end);
}

static void draw_guides(const struct pairs *pairs)
{
    struct chart_guides guides = {.rows = &pairs->rows};
    for (size_t row = 0; row < pairs->rows.cells.columns; row++)
        draw_guide(pairs, &guides, row);
    chart_guides_end(&guides);
}

static void draw_row(const struct pairs *pairs, size_t row)
{
    const struct chart_rows *rows = &pairs->rows;
    const struct chart_point *ends[2];
    double y = chart_rows_lane(rows, row, 0) + rows->lane / 2;
    size_t shown = ends_of(pairs, row, ends);
    chart_rows_name(rows, row);
    if (shown == 2)
        draw_pair(pairs, row, y, ends);
    else
        draw_alone(pairs, row, ends);
    for (size_t s = 0; s < 2; s++) {
        if (ends[s] && chart_shown(ends[s]))
            draw_mark(pairs, s, y, ends[s]);
    }
}

static void draw(struct chart_view *view)
{
    struct pairs pairs = {.rows = {.view = view, .marks = true}};
    double low, high;
    bool any = chart_value_range(view->job, &low, &high);
    unsigned signs = chart_signs_of_bars(view->job) & ~(unsigned)SIGN_WHISKER;
    if (any)
        signs |= chart_rows_position(&pairs.rows, &low, &high);
    chart_draw_foot(view, signs);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &pairs.rows.cells);
    chart_rows_begin(&pairs.rows, 1, chart_rows_reference_height(&pairs.rows));
    double room =
        chart_bar_room(view, &pairs.rows.cells, pairs.rows.label_pt) + 3;
    chart_rows_scale(&pairs.rows, low, high, room, room);
    chart_rows_axis(&pairs.rows);
    draw_guides(&pairs);
    chart_rows_reference(&pairs.rows);
    for (size_t row = 0; row < pairs.rows.cells.columns; row++)
        draw_row(&pairs, row);
}

static double height(const struct chart_view *view)
{
    return chart_rows_height(view, 1) + 20;
}

const struct chart_type chart_dumbbell = {
    .name = "dumbbell",
    .summary = "two values on each row and the distance between them",
    .words = "chart.kind.dumbbell",
    .logarithmic = true,
    .most = 2,
    .reference = true,
    .unordered = true,
    .numbers = true,
    .check = check,
    .height_pt = height,
    .draw = draw,
};
