/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "chart/chart_impl.h"

enum { NAME_LINES_MOST = 3 };
#define LANE_ONE_PT 11.0
#define LANE_MANY_PT 9.0
#define LANE_MOST_PT 16.0
#define ROW_GAP_PT 5.0
#define LABEL_SHARE 0.38 /* of the width, at most */
#define TALL_PT 600.0    /* rows that no page or screen shows at once */
#define HEAD_AXIS_PT (CHART_TICK_PT + 6)
#define NAME_SHARE 0.62 /* of the height of a row: the rest parts names */

/* Lines of the name that has most of them, up to what a row grows for. */
static size_t most_lines(const struct chart_view *view,
                         const struct chart_cells *cells)
{
    double width = (view->right - view->left) * LABEL_SHARE;
    size_t most = 1;
    for (size_t row = 0; row < cells->columns; row++) {
        char **lines;
        size_t count =
            fonts_wrap(view->arena, view->fonts, FONT_REGULAR, CHART_LABEL_PT,
                       cells->labels[row], width, &lines);
        most = count > most ? count : most;
    }
    return most < NAME_LINES_MOST ? most : NAME_LINES_MOST;
}

double chart_rows_height(const struct chart_view *view, size_t lanes)
{
    struct chart_view measure = *view;
    struct chart_cells cells;
    measure.arena = arena_new();
    chart_cells_by_label(measure.arena, view->job, &cells);
    double lane = lanes > 1 ? LANE_MANY_PT : LANE_ONE_PT;
    double names = (double)most_lines(&measure, &cells) * CHART_LABEL_PT *
                   CHART_FIT_LEADING;
    double row = fmax((double)lanes * lane, names) + ROW_GAP_PT;
    double rows = row * (double)cells.columns;
    arena_free(measure.arena);
    return rows + (rows > TALL_PT ? HEAD_AXIS_PT : 0) + 86;
}

/* Names of rows, wrapped; smaller when the rows are low. */
static double names_width(const struct chart_rows *rows)
{
    struct chart_view *view = rows->view;
    double most = (view->right - view->left) * LABEL_SHARE, widest = 0;
    for (size_t row = 0; row < rows->cells.columns; row++) {
        char **lines;
        size_t count =
            fonts_wrap(view->arena, view->fonts, FONT_REGULAR, rows->name_pt,
                       rows->cells.labels[row], most, &lines);
        for (size_t line = 0; line < count; line++)
            widest = fmax(widest, chart_width(view, FONT_REGULAR, rows->name_pt,
                                              lines[line]));
    }
    return fmin(widest, most);
}

static struct chart_fit fit_name(const struct chart_rows *rows, size_t row)
{
    return chart_fit(rows->view, FONT_REGULAR, rows->name_pt,
                     rows->cells.labels[row], rows->names_width, rows->row);
}

/* Where one name needs a smaller size, all have it. */
static void size_names(struct chart_rows *rows)
{
    double least = rows->name_pt;
    for (size_t row = 0; row < rows->cells.columns; row++)
        least = fmin(least, fit_name(rows, row).size_pt);
    if (least < rows->name_pt) {
        rows->name_pt = least;
        rows->names_width = names_width(rows);
    }
}

void chart_rows_begin(struct chart_rows *rows, size_t lanes, double head_pt)
{
    struct chart_view *view = rows->view;
    chart_draw_y_label(view, 3);
    chart_draw_legend(view, rows->marks);
    view->top += head_pt;
    view->bottom -= CHART_TICK_PT + 6;
    if (view->bottom - view->top > TALL_PT)
        rows->head_axis = HEAD_AXIS_PT;
    view->top += rows->head_axis;
    rows->row = (view->bottom - view->top) / (double)rows->cells.columns;
    rows->gap = fmin(ROW_GAP_PT, rows->row * 0.3);
    rows->lane = fmin(LANE_MOST_PT, (rows->row - rows->gap) / (double)lanes);
    rows->lanes = lanes;
    rows->label_pt = fmin(CHART_LABEL_PT, fmax(CHART_LEAST_PT, rows->lane - 1));
    rows->name_pt =
        fmin(CHART_LABEL_PT, fmax(rows->label_pt, rows->row * NAME_SHARE));
    rows->names_width = names_width(rows);
    size_names(rows);
    view->left += rows->names_width;
    rows->names_right = view->left;
    view->left += 6;
}

enum { LEAST_BREAKS = 3 };

void chart_rows_scale(struct chart_rows *rows, double low, double high,
                      double left_text, double right_text)
{
    struct chart_view *view = rows->view;
    double room = view->right - view->left - right_text - left_text;
    int wanted = (int)fmin(7, fmax(2, room / 55));
    chart_scale_make(view->arena, low, high, rows->log, wanted, &rows->scale);
    if (!rows->log)
        chart_scale_trim(&rows->scale, low, high);
    /* between two numbers alone no value is read */
    for (int more = 2;
         !rows->log && rows->scale.break_count < LEAST_BREAKS && more <= 8;
         more *= 2) {
        chart_scale_make(view->arena, low, high, rows->log, wanted * more,
                         &rows->scale);
        chart_scale_trim(&rows->scale, low, high);
    }
    rows->scale.from = view->left + left_text;
    rows->scale.to = rows->scale.from + room;
}

void chart_rows_axis(const struct chart_rows *rows)
{
    chart_draw_bottom_axis(rows->view, &rows->scale);
    if (rows->head_axis > 0)
        chart_draw_top_numbers(rows->view, &rows->scale);
}

unsigned chart_rows_position(struct chart_rows *rows, double *low, double *high)
{
    const struct chart_job *job = rows->view->job;
    rows->log = job->log_scale && *low > 0;
    if (rows->log)
        return SIGN_LOG;
    bool equal = !(*low < *high);
    if (*low > 0 && (equal || *low <= 0.3 * *high))
        *low = 0;
    else if (equal)
        *high = *high < 0 ? 0 : 1;
    double margin = (*high - *low) * 0.03;
    bool from_zero = *low >= 0 && *low <= 0;
    if (!from_zero)
        *low -= margin;
    *high += margin;
    return *low > 0 ? SIGN_NOT_FROM_ZERO : 0;
}

double chart_rows_lane(const struct chart_rows *rows, size_t row, size_t lane)
{
    double thick = rows->lane * (double)rows->lanes;
    return rows->view->top + rows->row * (double)row + (rows->row - thick) / 2 +
           rows->lane * (double)lane;
}

double chart_rows_base(const struct chart_rows *rows, size_t row)
{
    return rows->view->top + rows->row * ((double)row + 0.5) +
           fonts_cap_height(rows->view->fonts, FONT_REGULAR, rows->label_pt) /
               2;
}

void chart_rows_name(const struct chart_rows *rows, size_t row)
{
    struct chart_view *view = rows->view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, rows->name_pt, ANCHOR_END, CHART_INK);
    struct chart_fit fit = fit_name(rows, row);
    chart_draw_fit(view, &fit, rows->names_right,
                   view->top + rows->row * ((double)row + 0.5), &style);
}

/* --- guides --------------------------------------------------------------- */

void chart_guide(struct chart_guides *guides, double y, double end)
{
    static const double gap_pt = 3; /* from the name */
    struct scene *scene = guides->rows->view->scene;
    double from = guides->rows->names_right + gap_pt;
    if (end <= from)
        return;
    scene_move(scene, from, y);
    scene_line(scene, end, y);
    guides->any = true;
}

void chart_guides_end(struct chart_guides *guides)
{
    struct scene_paint paint = chart_stroke(CHART_GUIDE, 0.5);
    paint.dash_pt = 1.2;
    paint.css = "guide";
    if (guides->any)
        scene_paint(guides->rows->view->scene, &paint);
}

/* --- the reference -------------------------------------------------------- */

/* The words above the line, at most so wide. */
#define REFERENCE_SHARE 0.6 /* of the page */

static size_t reference_lines(const struct chart_rows *rows, char ***lines)
{
    const struct chart_view *view = rows->view;
    return fonts_wrap(view->arena, view->fonts, FONT_ITALIC, CHART_TICK_PT,
                      view->job->reference.label,
                      scene_width(view->scene) * REFERENCE_SHARE, lines);
}

double chart_rows_reference_height(const struct chart_rows *rows)
{
    char **lines;
    if (!rows->view->job->reference.given)
        return 0;
    double count = fmax(1, (double)reference_lines(rows, &lines));
    return count * chart_leading(CHART_TICK_PT) + 2;
}

/* The label stays inside the page. */
void chart_rows_reference(const struct chart_rows *rows)
{
    struct chart_view *view = rows->view;
    const struct chart_reference *reference = &view->job->reference;
    if (!reference->given)
        return;
    double x = chart_scale_at(&rows->scale, reference->value);
    struct scene_paint paint = chart_stroke(CHART_INK, 0.9);
    paint.dash_pt = 3;
    scene_group(view->scene, "reference", "", reference->label);
    scene_segment(view->scene, x, view->top, x, view->bottom, &paint);
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_INK);
    char **lines;
    double y = view->top - 4 - rows->head_axis;
    for (size_t i = reference_lines(rows, &lines); i-- > 0;) {
        double half =
            chart_width(view, FONT_ITALIC, CHART_TICK_PT, lines[i]) / 2;
        double middle = fmax(half + 2, fmin(x, view->right - half));
        scene_text(view->scene, middle, y, lines[i], &style);
        y -= chart_leading(CHART_TICK_PT);
    }
    scene_group_end(view->scene);
}
