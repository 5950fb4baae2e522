/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/line.c - curves over years, and over age classes for age.c.
 *
 * A curve joins neighbouring values only: a missing value is a gap, a break in
 * the series too. Projected parts are dashed, values that are not firm have
 * hollow marks; series differ by the shape of their marks and are named at
 * their ends. */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

#define CURVE_PT 1.6
#define BAND_OPACITY 0.16
#define BAND_LEAST_PT 2.0    /* out of its curve: beyond the marks */
#define MARK_ROOM_PT 6.5     /* marks closer than this are thinned */
#define COLUMN_MARGIN_PT 7.0 /* between the first column and the axis */
#define SIGN_ROW_PT 8.5
#define SIGN_DROP_PT 4
#define NAMES_MOST 0.27 /* of the width, for the names of curves */

struct curves {
    struct chart_view *view;
    const struct chart_cells *cells;
    struct chart_scale scale;
    double *x; /* [column] place on the page */
    struct chart_label labels[CHART_SERIES_MOST];
    size_t label_count;
    bool stepped; /* a value holds until the next one */
    bool narrow;  /* intervals are hardly wider than the curves */
    double label_x, label_room;
    double ticks_y; /* base line of the labels of columns */
};

static uint32_t colour_of(const struct curves *curves, size_t series)
{
    return chart_colour(chart_look(curves->view->job, series));
}

static uint32_t text_colour_of(const struct curves *curves, size_t series)
{
    return chart_text_colour(chart_look(curves->view->job, series));
}

/* Whether the series has a value in this column. */
static bool shown(const struct curves *curves, size_t series, size_t column)
{
    const struct chart_point *point = chart_cell(curves->cells, series, column);
    return point && chart_shown(point);
}

/* The point of a column that is shown. */
static const struct chart_point *at(const struct curves *curves, size_t series,
                                    size_t column)
{
    const struct chart_point *point = chart_cell(curves->cells, series, column);
    assert(point && chart_shown(point));
    return point;
}

static double place(const struct curves *curves, double value)
{
    return chart_scale_at(&curves->scale, value);
}

/* Whether a line joins this column to the one before. */
static bool joined(const struct curves *curves, size_t series, size_t column)
{
    return column > 0 && shown(curves, series, column - 1) &&
           shown(curves, series, column) &&
           !(at(curves, series, column)->flags & FLAG_BREAK);
}

static bool has_band(const struct curves *curves, size_t series, size_t column)
{
    return shown(curves, series, column) &&
           at(curves, series, column)->has_interval;
}

/* --- one series ----------------------------------------------------------- */

/* The band over columns first..last. */
static void draw_band(const struct curves *curves, size_t series, size_t first,
                      size_t last)
{
    struct scene *scene = curves->view->scene;
    double y = 0;
    for (size_t column = first; column <= last; column++) {
        if (curves->stepped && column > first)
            scene_line(scene, curves->x[column], y);
        y = place(curves, at(curves, series, column)->upper);
        if (column == first)
            scene_move(scene, curves->x[column], y);
        else
            scene_line(scene, curves->x[column], y);
    }
    for (size_t column = last + 1; column-- > first;) {
        y = place(curves, at(curves, series, column)->lower);
        if (curves->stepped && column < last)
            scene_line(scene, curves->x[column + 1], y);
        scene_line(scene, curves->x[column], y);
    }
    scene_close(scene);
    struct scene_paint paint = {
        .filled = true,
        .fill = colour_of(curves, series),
        .opacity = BAND_OPACITY,
        .css = "band",
    };
    scene_paint(scene, &paint);
}

/* A band needs two neighbours; a value alone has a whisker. */
static void draw_interval(const struct curves *curves, size_t series,
                          size_t first, size_t last)
{
    if (last > first) {
        draw_band(curves, series, first, last);
        return;
    }
    const struct chart_point *point = at(curves, series, first);
    struct scene_paint paint = chart_stroke(colour_of(curves, series), 0.8);
    scene_segment(curves->view->scene, curves->x[first],
                  place(curves, point->lower), curves->x[first],
                  place(curves, point->upper), &paint);
}

/* The last column of the band that begins in this one. */
static size_t band_end(const struct curves *curves, size_t series, size_t first)
{
    size_t last = first;
    while (last + 1 < curves->cells->columns &&
           has_band(curves, series, last + 1) &&
           joined(curves, series, last + 1))
        last++;
    return last;
}

static void draw_bands(const struct curves *curves, size_t series)
{
    size_t columns = curves->cells->columns;
    for (size_t first = 0; first < columns; first++) {
        if (!has_band(curves, series, first))
            continue;
        size_t last = band_end(curves, series, first);
        draw_interval(curves, series, first, last);
        first = last;
    }
}

/* Bands and whiskers, as draw_bands draws them. */
static unsigned interval_signs(const struct curves *curves)
{
    unsigned signs = 0;
    for (size_t s = 0; s < curves->cells->series; s++) {
        for (size_t first = 0; first < curves->cells->columns; first++) {
            if (!has_band(curves, s, first))
                continue;
            size_t last = band_end(curves, s, first);
            signs |= last > first ? SIGN_BAND : SIGN_WHISKER;
            first = last;
        }
    }
    return signs;
}

static bool is_dashed(const struct curves *curves, size_t series, size_t column)
{
    return (at(curves, series, column)->flags & FLAG_PROJECTED) != 0;
}

static void draw_curve(const struct curves *curves, size_t series)
{
    struct scene *scene = curves->view->scene;
    size_t columns = curves->cells->columns;
    for (size_t column = 1; column < columns; column++) {
        if (!joined(curves, series, column))
            continue;
        bool dashed = is_dashed(curves, series, column);
        scene_move(scene, curves->x[column - 1],
                   place(curves, at(curves, series, column - 1)->value));
        while (column < columns && joined(curves, series, column) &&
               is_dashed(curves, series, column) == dashed) {
            if (curves->stepped)
                scene_line(
                    scene, curves->x[column],
                    place(curves, at(curves, series, column - 1)->value));
            scene_line(scene, curves->x[column],
                       place(curves, at(curves, series, column)->value));
            column++;
        }
        column--;
        struct scene_paint paint =
            chart_stroke(colour_of(curves, series), CURVE_PT);
        paint.dash_pt = dashed ? 4 : 0;
        scene_paint(scene, &paint);
    }
}

/* Marks of every `step`th column, of lone values and of the ends. */
static void draw_marks(const struct curves *curves, size_t series)
{
    const struct chart_cells *cells = curves->cells;
    struct chart_view *view = curves->view;
    double last_x = -1e9;
    for (size_t column = 0; column < cells->columns; column++) {
        if (!shown(curves, series, column))
            continue;
        const struct chart_point *point = at(curves, series, column);
        bool before = joined(curves, series, column);
        bool after =
            column + 1 < cells->columns && joined(curves, series, column + 1);
        if (before && after && curves->x[column] - last_x < MARK_ROOM_PT)
            continue;
        last_x = curves->x[column];
        scene_group(view->scene, "point", "",
                    chart_point_words(view, series, point));
        chart_marker(view, chart_look(view->job, series), last_x,
                     place(curves, point->value),
                     (point->flags & CHART_HOLLOW) != 0);
        scene_group_end(view->scene);
    }
}

/* --- signs of missing values ---------------------------------------------- */

static const struct chart_point *missing(const struct curves *curves,
                                         size_t series, size_t column)
{
    const struct chart_point *point = chart_cell(curves->cells, series, column);
    return point && !chart_shown(point) ? point : NULL;
}

static bool has_missing(const struct curves *curves, size_t series)
{
    for (size_t column = 0; column < curves->cells->columns; column++) {
        if (missing(curves, series, column))
            return true;
    }
    return false;
}

/* The middle of a sign in the free part of its row; false: there is no room. A
 * sign that is not the one before it may stand aside as long as it reaches its
 * column, or the note would explain a sign that is nowhere. */
static bool find_room(double column_x, double half, double free_from,
                      bool other, double *x)
{
    *x = fmax(column_x, free_from + half);
    return *x <= column_x || (other && *x <= column_x + half);
}

/* A curve without any value has no end to be named at: its row of signs says
 * which one it is. "" for others. */
static const char *row_name(const struct curves *curves, size_t series)
{
    const struct chart_view *view = curves->view;
    for (size_t column = 0; column < curves->cells->columns; column++) {
        if (shown(curves, series, column))
            return "";
    }
    return has_missing(curves, series)
               ? chart_cut(view, FONT_BOLD, CHART_LABEL_PT,
                           view->job->series[series].label, curves->label_room)
               : "";
}

static void draw_row_name(const struct curves *curves, size_t series, double y)
{
    struct scene_text_style style =
        chart_text(FONT_BOLD, CHART_LABEL_PT, ANCHOR_START,
                   text_colour_of(curves, series));
    const char *name = row_name(curves, series);
    if (name[0] != '\0')
        scene_text(curves->view->scene, curves->label_x, y, name, &style);
}

/* One row below the axis: signs in their columns, as often as there is room,
 * behind the mark of the series. */
static void draw_signs(const struct curves *curves, size_t series, double y)
{
    struct chart_view *view = curves->view;
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_NOTE_PT, ANCHOR_MIDDLE,
                   text_colour_of(curves, series));
    if (curves->cells->series > 1)
        chart_marker(view, chart_look(view->job, series), view->left - 7,
                     y - 2.5, false);
    double free_from = -1e9;
    enum availability before = AVAILABLE;
    for (size_t column = 0; column < curves->cells->columns; column++) {
        const struct chart_point *point = missing(curves, series, column);
        if (!point)
            continue;
        const char *sign =
            availability_sign(view->job->lang, point->availability);
        double half = chart_width(view, FONT_ITALIC, CHART_NOTE_PT, sign) / 2;
        double x;
        if (!find_room(curves->x[column], half, free_from,
                       point->availability != before, &x))
            continue;
        scene_group(view->scene, "point", "",
                    chart_point_words(view, series, point));
        scene_text(view->scene, x, y, sign, &style);
        scene_group_end(view->scene);
        free_from = x + half + 3;
        before = point->availability;
    }
}

/* Height of the rows of signs. */
static double signs_height(const struct curves *curves)
{
    double height = 0;
    for (size_t s = 0; s < curves->cells->series; s++) {
        if (has_missing(curves, s))
            height += SIGN_ROW_PT;
    }
    return height > 0 ? height + SIGN_DROP_PT : 0;
}

static void draw_all_series(const struct curves *curves)
{
    struct chart_view *view = curves->view;
    size_t count = curves->cells->series;
    for (size_t s = 0; s < count && !curves->narrow; s++)
        draw_bands(curves, s);
    double sign_y = view->bottom + SIGN_ROW_PT + SIGN_DROP_PT;
    for (size_t s = 0; s < count; s++) {
        scene_group(view->scene, arena_format(view->arena, "series-%zu", s), "",
                    view->job->series[s].label);
        draw_curve(curves, s);
        draw_marks(curves, s);
        if (has_missing(curves, s)) {
            draw_signs(curves, s, sign_y);
            draw_row_name(curves, s, sign_y);
            sign_y += SIGN_ROW_PT;
        }
        scene_group_end(view->scene);
    }
}

/* --- axes and layout ------------------------------------------------------ */

static void make_scale(struct curves *curves, unsigned *signs)
{
    struct chart_view *view = curves->view;
    double low = 0, high = 1;
    (void)chart_range(view->job, &low, &high);
    /* steps begin with all */
    double whole = curves->stepped ? high : chart_whole(view->job);
    *signs |= chart_curve_ends(view->job, whole, &low, &high);
    int wanted = (int)fmin(7, fmax(3, (view->bottom - view->top) / 34));
    chart_scale_make(view->arena, low, high, view->job->log_scale, wanted,
                     &curves->scale);
}

/* No interval reaches out of its curve so far that it is seen, even were the
 * plot as high as the page: it would look like a line that is not printed
 * sharply, and a note on bands would have readers look for them. */
static bool bands_are_hidden(const struct curves *curves)
{
    struct chart_scale scale = curves->scale;
    scale.from = curves->view->bottom;
    scale.to = curves->view->top;
    for (size_t s = 0; s < curves->cells->series; s++) {
        for (size_t column = 0; column < curves->cells->columns; column++) {
            if (!has_band(curves, s, column))
                continue;
            const struct chart_point *point = at(curves, s, column);
            double middle = chart_scale_at(&scale, point->value);
            double out =
                fmax(fabs(chart_scale_at(&scale, point->upper) - middle),
                     fabs(chart_scale_at(&scale, point->lower) - middle));
            if (out > CURVE_PT / 2 + BAND_LEAST_PT)
                return false;
        }
    }
    return true;
}

/* The last value of a series names it. */
static void collect_labels(struct curves *curves)
{
    const struct chart_job *job = curves->view->job;
    for (size_t s = 0; s < curves->cells->series; s++) {
        size_t column = curves->cells->columns;
        while (column > 0 && !shown(curves, s, column - 1))
            column--;
        if (column == 0 || job->series[s].label[0] == '\0')
            continue;
        curves->labels[curves->label_count++] = (struct chart_label){
            .text = job->series[s].label,
            .colour = text_colour_of(curves, s),
            .from_x = (double)(column - 1), /* a column until x is known */
        };
        curves->labels[curves->label_count - 1].y =
            at(curves, s, column - 1)->value;
    }
}

static void place_columns(struct curves *curves)
{
    const struct chart_cells *cells = curves->cells;
    struct chart_view *view = curves->view;
    double from = view->left + COLUMN_MARGIN_PT;
    double to = view->right - COLUMN_MARGIN_PT;
    double span = cells->x[cells->columns - 1] - cells->x[0];
    curves->x = arena_array(view->arena, cells->columns, sizeof *curves->x);
    for (size_t column = 0; column < cells->columns; column++)
        curves->x[column] = span > 0 ? from + (cells->x[column] - cells->x[0]) /
                                                  span * (to - from)
                                     : (from + to) / 2;
    for (size_t i = 0; i < curves->label_count; i++) {
        struct chart_label *label = &curves->labels[i];
        label->from_x = curves->x[(size_t)label->from_x];
        label->y = place(curves, label->y);
    }
}

#define WIDER_MOST_PT 14.0 /* what a short word may take from the plot */

/* What the columns are stands before the first of them, under the numbers of
 * the value axis, where it has room there or the axis need not give it much
 * more, so that figures side by side have it alike; else on a line of its own.
 * Gives the width of the axis. */
static double draw_x_label(struct curves *curves, double axis, double labels)
{
    struct chart_view *view = curves->view;
    const char *label = view->job->x_label;
    double first = chart_width(view, FONT_REGULAR, CHART_TICK_PT,
                               curves->cells->labels[0]);
    double room = axis + COLUMN_MARGIN_PT - first / 2 - CHART_TICK_ROOM_PT / 2;
    double missing =
        chart_width(view, FONT_REGULAR, CHART_TICK_PT, label) - room;
    bool beside = missing <= WIDER_MOST_PT;
    if (!beside)
        chart_draw_x_label(view,
                           (view->left + axis + view->right - labels) / 2);
    curves->ticks_y = view->bottom - 4;
    if (!beside || label[0] == '\0')
        return axis;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_START, CHART_SOFT_INK);
    scene_text(view->scene, view->left, curves->ticks_y, label, &style);
    return axis + fmax(0, missing);
}

/* Width of the names on the right. */
static double names_width(struct curves *curves)
{
    struct chart_view *view = curves->view;
    curves->label_room = (view->right - view->left) * NAMES_MOST;
    double width = chart_labels_width(view, curves->labels, curves->label_count,
                                      curves->label_room);
    for (size_t s = 0; s < curves->cells->series; s++)
        width = fmax(width, chart_width(view, FONT_BOLD, CHART_LABEL_PT,
                                        row_name(curves, s)));
    return width;
}

/* Divides the free space: value axis left, names right, years below. */
static void lay_out(struct curves *curves)
{
    struct chart_view *view = curves->view;
    chart_draw_y_label(view, CHART_UNIT_GAP_PT);
    double labels = names_width(curves);
    double axis = draw_x_label(
        curves, chart_left_axis_width(view, &curves->scale), labels);
    view->bottom -= CHART_TICK_PT + 8 + signs_height(curves);
    view->left += axis;
    if (labels > 0) {
        view->right -= labels;
        curves->label_x = view->right;
        view->right -= 2;
    }
    curves->scale.from = view->bottom;
    curves->scale.to = view->top;
    view->plot_pt = view->bottom - view->top;
}

void chart_draw_curves(struct chart_view *view, const struct chart_cells *cells,
                       bool stepped)
{
    struct curves curves = {.view = view, .cells = cells, .stepped = stepped};
    double low, high;
    unsigned signs = chart_signs_of_curves(view->job) |
                     (stepped ? chart_one_sided(view->job) : 0);
    bool any = chart_range(view->job, &low, &high);
    if (any)
        make_scale(&curves, &signs);
    unsigned intervals = interval_signs(&curves);
    signs |= intervals;
    curves.narrow = intervals != 0 && bands_are_hidden(&curves);
    if (curves.narrow) {
        signs &= ~(unsigned)(SIGN_BAND | SIGN_WHISKER | SIGN_ONE_SIDED);
        signs |= SIGN_HIDDEN_BAND;
    }
    chart_draw_foot(view, signs);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    collect_labels(&curves);
    lay_out(&curves);
    place_columns(&curves);
    chart_draw_left_axis(view, &curves.scale);
    const struct chart_ticks ticks = {.view = view,
                                      .cells = curves.cells,
                                      .x = curves.x,
                                      .base_y = curves.ticks_y,
                                      .stepped = curves.stepped};
    chart_draw_ticks(&ticks);
    draw_all_series(&curves);
    if (curves.label_count > 0) {
        scene_group(view->scene, "labels", "", "");
        chart_draw_labels(view, curves.labels, curves.label_count,
                          curves.label_x);
        scene_group_end(view->scene);
    }
}

static void draw_line(struct chart_view *view)
{
    struct chart_cells cells;
    chart_cells_by_x(view->arena, view->job, &cells);
    chart_draw_curves(view, &cells, false);
}

const struct chart_type chart_line = {
    .name = "line",
    .summary = "curves over years, with interval bands",
    .words = "chart.kind.line",
    .logarithmic = true,
    .intervals = true,
    .check = chart_check_x,
    .draw = draw_line,
};
