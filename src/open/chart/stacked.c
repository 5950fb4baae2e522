/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/stacked.c - parts of a row end to end: "stacked" shows the sum as
 * length, "parts" the share of each part (bars of one length). Where a part is
 * not published neither sum nor share is known, and the row says so. */
#include <math.h>

#include "chart/chart_impl.h"

struct stack {
    struct chart_rows rows;
    bool shares;
};

static bool check(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (!chart_shown(point) || point->value >= 0)
                continue;
            err_fail(err, ERR_SCRIPT, "chart.negative",
                     "series '%s': parts of a whole are not negative, as that "
                     "of '%s' is",
                     job->series[s].label, point->label);
            return chart_fail_at(point, err);
        }
    }
    return chart_check_labels(job, err);
}

/* The first part of a row that is not published; NULL: all are. A part that
 * was not given is none, nor is one that does not apply (prostate of women)
 * beside one that does. */
static const struct chart_point *gap(const struct chart_cells *cells,
                                     size_t row)
{
    const struct chart_point *idle = NULL;
    bool shown = false;
    for (size_t s = 0; s < cells->series; s++) {
        const struct chart_point *point = chart_cell(cells, s, row);
        if (point && point->availability == NOT_APPLICABLE)
            idle = point;
        else if (point && !chart_shown(point))
            return point;
        shown = shown || (point && chart_shown(point));
    }
    return shown ? NULL : idle;
}

static bool has_gap(const struct chart_cells *cells)
{
    for (size_t row = 0; row < cells->columns; row++) {
        if (gap(cells, row))
            return true;
    }
    return false;
}

static double sum_of(const struct chart_cells *cells, size_t row)
{
    double sum = 0;
    for (size_t s = 0; s < cells->series; s++) {
        const struct chart_point *point = chart_cell(cells, s, row);
        if (point && chart_shown(point))
            sum += point->value;
    }
    return sum;
}

/* --- drawing -------------------------------------------------------------- */

static const char *part_text(const struct stack *stack,
                             const struct chart_point *point, double sum)
{
    const struct chart_view *view = stack->rows.view;
    if (!stack->shares)
        return chart_bar_text(view, point);
    const char *share = num_format_percent(view->arena, view->job->lang,
                                           100 * point->value / sum, 0);
    return point->flags & CHART_HOLLOW ? arena_format(view->arena, "%s*", share)
                                       : share;
}

/* The figure stands in its part where it fits, on a plate of white: the part
 * may be patterned. */
static void draw_part_text(const struct stack *stack, const char *text,
                           double from, double to, double y)
{
    struct chart_view *view = stack->rows.view;
    double size = fmin(CHART_NOTE_PT, stack->rows.lane - 3);
    double width = chart_width(view, FONT_REGULAR, size, text) + 4;
    if (size < CHART_LEAST_PT || width > to - from - 2)
        return;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, size, ANCHOR_MIDDLE, CHART_INK);
    double middle = (from + to) / 2;
    double base = y + stack->rows.lane / 2 +
                  fonts_cap_height(view->fonts, FONT_REGULAR, size) / 2;
    chart_draw_plate(view, middle - width / 2, base, width, size);
    scene_text(view->scene, middle, base, text, &style);
}

static void draw_parts(const struct stack *stack, size_t row, double sum)
{
    struct chart_view *view = stack->rows.view;
    const struct chart_scale *scale = &stack->rows.scale;
    double y = chart_rows_lane(&stack->rows, row, 0), before = 0;
    for (size_t s = 0; s < stack->rows.cells.series; s++) {
        const struct chart_point *point =
            chart_cell(&stack->rows.cells, s, row);
        if (!point || !chart_shown(point) || point->value <= 0)
            continue;
        double share = stack->shares ? 100 / sum : 1;
        double from = chart_scale_at(scale, before * share);
        before += point->value;
        double to = chart_scale_at(scale, before * share);
        struct scene_paint paint = chart_bar_paint(chart_look(view->job, s));
        scene_group(view->scene, "point", "",
                    chart_point_words(view, s, point));
        scene_rectangle(view->scene, from, y, to - from, stack->rows.lane,
                        &paint);
        draw_part_text(stack, part_text(stack, point, sum), from, to, y);
        scene_group_end(view->scene);
    }
}

static void draw_beside(const struct stack *stack, size_t row, double x,
                        enum font_style font, const char *text)
{
    struct chart_view *view = stack->rows.view;
    struct scene_text_style style =
        chart_text(font, stack->rows.label_pt, ANCHOR_START, CHART_INK);
    scene_text(view->scene, x + 3, chart_rows_base(&stack->rows, row), text,
               &style);
}

static const char *sum_text(const struct stack *stack, size_t row)
{
    const struct chart_view *view = stack->rows.view;
    return num_format(view->arena, view->job->lang,
                      sum_of(&stack->rows.cells, row), view->job->decimals);
}

static void draw_row(const struct stack *stack, size_t row)
{
    const struct chart_rows *rows = &stack->rows;
    const struct chart_point *hidden = gap(&rows->cells, row);
    chart_rows_name(rows, row);
    if (hidden) {
        draw_beside(
            stack, row, rows->scale.from, FONT_ITALIC,
            availability_sign(rows->view->job->lang, hidden->availability));
        return;
    }
    double sum = sum_of(&rows->cells, row);
    if (sum > 0)
        draw_parts(stack, row, sum);
    if (!stack->shares || !(sum > 0)) /* nothing has no shares */
        draw_beside(stack, row, chart_scale_at(&rows->scale, sum), FONT_REGULAR,
                    sum_text(stack, row));
}

/* --- layout --------------------------------------------------------------- */

static bool highest_sum(const struct stack *stack, double *high, double *text)
{
    bool any = false;
    const struct chart_rows *rows = &stack->rows;
    *high = *text = 0;
    for (size_t row = 0; row < rows->cells.columns; row++) {
        if (gap(&rows->cells, row))
            continue;
        *high = fmax(*high, sum_of(&rows->cells, row));
        *text = fmax(*text, chart_width(rows->view, FONT_REGULAR,
                                        CHART_LABEL_PT, sum_text(stack, row)));
        any = true;
    }
    return any;
}

static void draw(struct chart_view *view, bool shares)
{
    struct stack stack = {.rows = {.view = view}, .shares = shares};
    double high, text;
    unsigned signs = chart_signs_of_bars(view->job) & ~(unsigned)SIGN_WHISKER;
    chart_cells_by_label(view->arena, view->job, &stack.rows.cells);
    if (!has_gap(&stack.rows.cells))
        signs |= SIGN_PATTERN; /* no row prints a letter */
    chart_draw_foot(view, signs);
    if (!highest_sum(&stack, &high, &text)) {
        chart_draw_empty(view);
        return;
    }
    chart_rows_begin(&stack.rows, 1, 0);
    if (shares)
        chart_rows_scale(&stack.rows, 0, 100, 0, 10);
    else
        chart_rows_scale(&stack.rows, 0, high > 0 ? high : 1, 0, text + 6);
    chart_rows_axis(&stack.rows);
    for (size_t row = 0; row < stack.rows.cells.columns; row++)
        draw_row(&stack, row);
}

static void draw_stacked(struct chart_view *view)
{
    draw(view, false);
}

/* The axis is in % of a row's sum, whatever the unit of the parts; "%, en % du
 * total" would say it twice. */
static const char *shares_label(struct arena *arena,
                                const struct chart_job *job)
{
    return job->y_label[0] == '\0' || text_same(job->y_label, "%")
               ? locale_text(job->lang, "chart.shares")
               : locale_fill(arena, job->lang, "chart.shares.of", "unit",
                             job->y_label, NULL);
}

static void draw_shares(struct chart_view *view)
{
    struct chart_job job = *view->job;
    job.y_label = shares_label(view->arena, view->job);
    view->job = &job;
    draw(view, true);
}

/* Every part is known, and all of them are 0: there is nothing to divide. */
static bool is_nothing(const struct chart_cells *cells, size_t row)
{
    return gap(cells, row) == NULL && !(sum_of(cells, row) > 0);
}

/* A part as its share of the row, which nobody knows where another part is not
 * published. */
static struct chart_point share_of(const struct chart_cells *cells,
                                   const struct chart_point *part, size_t row)
{
    struct chart_point share = *part;
    const struct chart_point *hidden = gap(cells, row);
    share.has_interval = false;
    if (chart_shown(part) && hidden)
        share.availability = hidden->availability;
    else if (chart_shown(part))
        share.value = 100 * part->value / sum_of(cells, row);
    return share;
}

static struct chart_job tell_shares(struct arena *arena,
                                    const struct chart_job *job)
{
    struct chart_job told = *job;
    struct chart_cells cells;
    chart_cells_by_label(arena, job, &cells);
    struct chart_series *series =
        arena_array(arena, cells.series, sizeof *series);
    for (size_t s = 0; s < cells.series; s++) {
        struct chart_point *points =
            arena_array(arena, cells.columns, sizeof *points);
        size_t count = 0;
        for (size_t row = 0; row < cells.columns; row++) {
            const struct chart_point *part = chart_cell(&cells, s, row);
            if (part && !is_nothing(&cells, row))
                points[count++] = share_of(&cells, part, row);
        }
        series[s] = (struct chart_series){job->series[s].label, points, count,
                                          ROLE_VALUES};
    }
    told.series = series;
    told.series_count = cells.series;
    told.y_label = shares_label(arena, job);
    told.decimals = 0;
    told.percent = true;
    return told;
}

enum { NOTHINGS_NAMED = 12 };

/* "Total nul, donc sans parts : Lozère, Creuse." */
static const char *remark_nothings(struct arena *arena,
                                   const struct chart_job *job)
{
    struct chart_cells cells;
    struct text list = text_new(arena);
    size_t count = 0;
    chart_cells_by_label(arena, job, &cells);
    for (size_t row = 0; row < cells.columns; row++) {
        if (!is_nothing(&cells, row) || count++ >= NOTHINGS_NAMED)
            continue;
        if (list.size > 0)
            text_add(&list, locale_text(job->lang, "list.separator"));
        text_add(&list, cells.labels[row]);
    }
    if (count > NOTHINGS_NAMED)
        text_add(&list, locale_count(arena, job->lang, "chart.more",
                                     (int64_t)(count - NOTHINGS_NAMED)));
    return count == 0 ? ""
                      : locale_fill(arena, job->lang, "chart.alt.nothings",
                                    "list", list.at, NULL);
}

static double height(const struct chart_view *view)
{
    return chart_rows_height(view, 1) + 20;
}

const struct chart_type chart_stacked = {
    .name = "stacked",
    .summary = "bars of parts end to end, with their sum",
    .words = "chart.kind.stacked",
    .unordered = true,
    .numbers = true,
    .check = check,
    .height_pt = height,
    .draw = draw_stacked,
};

const struct chart_type chart_parts = {
    .name = "parts",
    .summary = "shares of a whole as bars of one length",
    .words = "chart.kind.parts",
    .unordered = true,
    .check = check,
    .height_pt = height,
    .told = tell_shares,
    .remark = remark_nothings,
    .draw = draw_shares,
};
