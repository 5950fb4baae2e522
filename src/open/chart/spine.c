/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/spine.c - a row per indicator: where a territory stands among the
 * others. The reference of every row is at the same place, the spine; the row
 * is scaled so that all others and the whole interval fit. A mark is filled
 * where the interval of the value leaves the reference out; colours say nothing
 * of better or worse. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

#define LANE_PT 13.0
#define COLUMN_GAP_PT 8.0
#define SPINE_PT 120.0 /* the least width of the spine under headings */
#define NARROW_PT 50.0

/* Figures whose decimal signs stand below each other. */
struct column {
    double right;
    double tail_pt; /* the widest of decimals and star */
};

struct spine {
    bool sure; /* intervals say which values differ from the reference */
    struct chart_rows rows;
    struct column values, references;
    bool printed; /* figures of references */
};

struct spine_row {
    const struct chart_point *value, *reference, *ends[4]; /* NULL: none */
    double reach; /* the greatest distance from the reference */
};

static struct spine_row row_of(const struct spine *spine, size_t row)
{
    static const enum chart_role roles[4] = {ROLE_LEAST, ROLE_LOWER_QUARTER,
                                             ROLE_UPPER_QUARTER, ROLE_GREATEST};
    const struct chart_job *job = spine->rows.view->job;
    const char *label = spine->rows.cells.labels[row];
    struct spine_row out = {
        .value = chart_cell(&spine->rows.cells, 0, row),
        .reference = chart_beside(job, ROLE_REFERENCE, label),
    };
    if (!out.reference || !chart_shown(out.reference))
        return (struct spine_row){.value = out.value};
    const struct chart_point *far[5] = {out.value};
    for (size_t i = 0; i < 4; i++) {
        const struct chart_point *end = chart_beside(job, roles[i], label);
        out.ends[i] = end && chart_shown(end) ? end : NULL;
        far[i + 1] = out.ends[i];
    }
    double middle = out.reference->value;
    for (size_t i = 0; i < COUNT_OF(far); i++) {
        if (far[i] && chart_shown(far[i]))
            out.reach = fmax(out.reach, fabs(far[i]->value - middle));
    }
    if (chart_shown(out.value) && out.value->has_interval)
        out.reach = fmax(out.reach, fmax(middle - out.value->lower,
                                         out.value->upper - middle));
    return out;
}

/* Place of a value: the spine is in the middle, `reach` at the ends. */
static double place(const struct spine *spine, const struct spine_row *row,
                    double value)
{
    const struct chart_scale *scale = &spine->rows.scale;
    double middle = (scale->from + scale->to) / 2;
    double half = (scale->to - scale->from) / 2;
    if (row->reach <= 0)
        return middle;
    return middle + half * (value - row->reference->value) / row->reach;
}

static bool differs(const struct spine_row *row)
{
    return row->value->has_interval &&
           (row->value->lower > row->reference->value ||
            row->value->upper < row->reference->value);
}

/* --- drawing -------------------------------------------------------------- */

static void draw_range(const struct spine *spine, const struct spine_row *row,
                       size_t from, size_t to, double y, uint32_t fill)
{
    if (!row->ends[from] || !row->ends[to])
        return;
    double left = place(spine, row, row->ends[from]->value);
    double right = place(spine, row, row->ends[to]->value);
    struct scene_paint paint = {.filled = true, .fill = fill, .css = "range"};
    scene_rectangle(spine->rows.view->scene, fmin(left, right), y,
                    fabs(right - left), spine->rows.lane * 0.64, &paint);
}

static void draw_value(const struct spine *spine, const struct spine_row *row,
                       double y)
{
    struct chart_view *view = spine->rows.view;
    const struct chart_point *value = row->value;
    double x = place(spine, row, value->value);
    if (value->has_interval) {
        struct scene_paint whisker = chart_stroke(CHART_INK, 0.9);
        scene_segment(view->scene, place(spine, row, value->lower), y,
                      place(spine, row, value->upper), y, &whisker);
    }
    chart_marker(view, CHART_SEXES, x, y, spine->sure && !differs(row));
}

static double figure_width(const struct spine *spine, const char *text)
{
    return chart_width(spine->rows.view, FONT_REGULAR, spine->rows.label_pt,
                       text);
}

/* What stands right of the units of a figure: decimals, with their sign, and
 * the star. */
static double tail_width(const struct spine *spine,
                         const struct chart_point *point)
{
    if (!chart_shown(point))
        return 0;
    const char *text = chart_bar_text(spine->rows.view, point);
    const char *tail =
        strrchr(text, spine->rows.view->job->lang == LANG_FR ? ',' : '.');
    return figure_width(spine, tail != NULL ? tail : text + strcspn(text, "*"));
}

static void draw_figure(const struct spine *spine, const struct column *column,
                        size_t row, const struct chart_point *point)
{
    struct chart_view *view = spine->rows.view;
    bool shown = chart_shown(point);
    struct scene_text_style style =
        chart_text(shown ? FONT_REGULAR : FONT_ITALIC, spine->rows.label_pt,
                   ANCHOR_END, CHART_INK);
    double lack = shown ? column->tail_pt - tail_width(spine, point) : 0;
    scene_text(view->scene, column->right - lack,
               chart_rows_base(&spine->rows, row), chart_bar_text(view, point),
               &style);
}

static void draw_row(const struct spine *spine, size_t number)
{
    struct chart_view *view = spine->rows.view;
    struct spine_row row = row_of(spine, number);
    double top = chart_rows_lane(&spine->rows, number, 0);
    chart_rows_name(&spine->rows, number);
    scene_group(view->scene, "point", "",
                chart_point_words(view, 0, row.value));
    draw_figure(spine, &spine->values, number, row.value);
    if (row.reference) {
        if (spine->printed)
            draw_figure(spine, &spine->references, number, row.reference);
        double bar = top + spine->rows.lane * 0.18;
        draw_range(spine, &row, 0, 3, bar, CHART_GRID);
        draw_range(spine, &row, 1, 2, bar, CHART_QUARTERS);
        if (chart_shown(row.value))
            draw_value(spine, &row, top + spine->rows.lane / 2);
    }
    scene_group_end(view->scene);
}

/* The spine itself stands over the bars and under the marks, so it is drawn
 * row by row between them: a dark line from top to bottom. */
static void draw_spine(const struct spine *spine)
{
    struct chart_view *view = spine->rows.view;
    double middle = (spine->rows.scale.from + spine->rows.scale.to) / 2;
    struct scene_paint line = chart_stroke(CHART_INK, 1.1);
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_INK);
    scene_segment(view->scene, middle, view->top, middle, view->bottom, &line);
    scene_text(view->scene, middle, view->top - 4,
               view->job->reference.given
                   ? view->job->reference.label
                   : chart_role_label(view->job, ROLE_REFERENCE),
               &style);
}

/* --- layout --------------------------------------------------------------- */

/* The width of a column, with the tails of its figures. */
static double figures_width(const struct spine *spine, bool reference,
                            struct column *column)
{
    const struct chart_rows *rows = &spine->rows;
    double widest = 0;
    double sign = 0;
    for (size_t row = 0; row < rows->cells.columns; row++) {
        struct spine_row one = row_of(spine, row);
        const struct chart_point *point = reference ? one.reference : one.value;
        if (!point)
            continue;
        double width = figure_width(spine, chart_bar_text(rows->view, point));
        double tail = tail_width(spine, point);
        double *most = chart_shown(point) ? &widest : &sign;
        *most = fmax(*most, width - tail);
        column->tail_pt = fmax(column->tail_pt, tail);
    }
    return fmax(widest + column->tail_pt, sign);
}

static void draw_heading(const struct spine *spine, double right,
                         const char *text)
{
    struct chart_view *view = spine->rows.view;
    struct scene_text_style style =
        chart_text(FONT_BOLD, CHART_NOTE_PT, ANCHOR_END, CHART_INK);
    scene_text(view->scene, right, view->top - 4, text, &style);
}

/* Columns of figures take their room; the headings only where the spine keeps
 * enough, and on a narrow page the references have to do without column. */
static void lay_out(struct spine *spine)
{
    struct chart_view *view = spine->rows.view;
    const char *own = view->job->series[0].label;
    const char *other = chart_role_label(view->job, ROLE_REFERENCE);
    chart_rows_begin(&spine->rows, 1, 0);
    view->bottom += CHART_TICK_PT + 6; /* rows of their own scale: no axis */
    view->top -= spine->rows.head_axis;
    view->top += chart_leading(CHART_TICK_PT) + 3;
    spine->rows.row =
        (view->bottom - view->top) / (double)spine->rows.cells.columns;
    double values = figures_width(spine, false, &spine->values);
    double references = figures_width(spine, true, &spine->references);
    double wide_values =
        fmax(values, chart_width(view, FONT_BOLD, CHART_NOTE_PT, own));
    double wide_references =
        fmax(references, chart_width(view, FONT_BOLD, CHART_NOTE_PT, other));
    double room = view->right - view->left - 2 * COLUMN_GAP_PT;
    bool headed = room - wide_values - wide_references >= SPINE_PT;
    if (headed) {
        values = wide_values;
        references = wide_references;
    }
    spine->printed = room - values - references >= NARROW_PT;
    spine->values.right = view->left + values;
    spine->references.right = spine->values.right + COLUMN_GAP_PT + references;
    view->left =
        (spine->printed ? spine->references.right : spine->values.right) +
        COLUMN_GAP_PT;
    spine->rows.scale.from = view->left;
    spine->rows.scale.to = view->right - 4;
    if (headed) {
        draw_heading(spine, spine->values.right, own);
        draw_heading(spine, spine->references.right, other);
    }
}

static bool check(const struct chart_job *job, struct err *err)
{
    for (size_t s = 0; s < job->series_count; s++) {
        if (job->series[s].role == ROLE_REFERENCE)
            return chart_check_labels(job, err);
    }
    return err_fail(err, ERR_SCRIPT, "chart.spine",
                    "a spine chart needs a series of role 'reference'");
}

static void draw(struct chart_view *view)
{
    struct spine spine = {.rows = {.view = view}};
    double low, high;
    bool any = chart_range(view->job, &low, &high);
    unsigned signs = chart_signs_of_dots(view->job, true);
    spine.sure = (signs & SIGN_WHISKER) != 0;
    signs |= spine.sure ? SIGN_SPINE : SIGN_SPINE_PLAIN;
    chart_draw_foot(view, any ? signs : 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &spine.rows.cells);
    lay_out(&spine);
    draw_spine(&spine);
    for (size_t row = 0; row < spine.rows.cells.columns; row++)
        draw_row(&spine, row);
}

static double height(const struct chart_view *view)
{
    double rows = (double)view->job->series[0].count * (LANE_PT + 5) + 84;
    return fmax(rows, chart_rows_height(view, 1));
}

const struct chart_type chart_spine = {
    .name = "spine",
    .summary = "a territory among the others, an indicator per row",
    .words = "chart.kind.spine",
    .most = 1,
    .roles = 1 << ROLE_REFERENCE | 1 << ROLE_LEAST | 1 << ROLE_LOWER_QUARTER |
             1 << ROLE_UPPER_QUARTER | 1 << ROLE_GREATEST,
    .unordered = true,
    .apart = true,
    .intervals = true,
    .check = check,
    .height_pt = height,
    .draw = draw,
};
