/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/heat.c - a row per series, a column per place, a colour per value: age
 * by period (Lexis), site by territory. Classes have round ends; a missing
 * value has the pattern of its reason. With a reference, colours part there. */
#include <ctype.h>
#include <math.h>

#include "chart/chart_impl.h"

enum { ROWS_MOST = 120 };
#define BESIDES_PT 67.5 /* unit, names of axes and notes, at most */
#define CELL_PT 13.0
#define GAPS_LEAST_PT 3.0 /* narrower cells have no white line between them */
#define TURN_DEGREES 40.0
#define TURN_MOST_PT 110.0 /* height of turned names */
#define NAMES_SHARE 0.38   /* of the width: names of rows, at most */

struct heat {
    struct chart_view *view;
    struct chart_cells cells;
    struct chart_ramp ramp;
    double *x;        /* [columns + 1] left sides */
    double row;       /* height */
    double names;     /* width of the names of rows */
    double turned_pt; /* length that turned names may have */
    double text_pt;
    bool figures; /* printed in the cells */
};

/* --- cells ---------------------------------------------------------------- */

static void draw_figure(const struct heat *heat,
                        const struct chart_point *point, size_t column,
                        double y, uint32_t fill)
{
    struct chart_view *view = heat->view;
    struct scene_text_style style = chart_text(
        FONT_REGULAR, heat->text_pt, ANCHOR_MIDDLE, palette_ink_on(fill));
    scene_text(view->scene, (heat->x[column] + heat->x[column + 1]) / 2,
               y + heat->row / 2 +
                   fonts_cap_height(view->fonts, FONT_REGULAR, heat->text_pt) /
                       2,
               heat->figures ? chart_bar_text(view, point) : "*", &style);
}

static void draw_cell(const struct heat *heat, size_t series, size_t column,
                      double y)
{
    struct chart_view *view = heat->view;
    const struct chart_point *point = chart_cell(&heat->cells, series, column);
    if (!point)
        return;
    struct scene_paint paint = {.filled = true, .fixed = true, .css = ""};
    if (chart_shown(point))
        paint.fill = chart_ramp_colour(&heat->ramp, point->value);
    else
        paint = palette_missing(point->availability);
    double wide = heat->x[column + 1] - heat->x[column];
    paint.stroked = wide > GAPS_LEAST_PT;
    paint.stroke = 0xffffff;
    paint.width_pt = 0.6;
    scene_group(view->scene, "point", "",
                chart_point_words(view, series, point));
    scene_rectangle(view->scene, heat->x[column], y, wide, heat->row, &paint);
    bool marked = (point->flags & CHART_HOLLOW) != 0 && heat->text_pt > 0;
    if (chart_shown(point) && (heat->figures || marked))
        draw_figure(heat, point, column, y, paint.fill);
    scene_group_end(view->scene);
}

static void draw_row(const struct heat *heat, size_t series)
{
    struct chart_view *view = heat->view;
    double y = view->top + heat->row * (double)series;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, fmin(CHART_TICK_PT, heat->row * 0.9),
                   ANCHOR_END, CHART_INK);
    struct chart_fit fit =
        chart_fit(view, FONT_REGULAR, style.size_pt,
                  view->job->series[series].label, heat->names, heat->row);
    chart_draw_fit(view, &fit, view->left - 5, y + heat->row / 2, &style);
    for (size_t column = 0; column < heat->cells.columns; column++)
        draw_cell(heat, series, column, y);
}

/* --- sizes ---------------------------------------------------------------- */

static double names_width(const struct heat *heat)
{
    double most = (heat->view->right - heat->view->left) * NAMES_SHARE;
    double widest = 0;
    for (size_t s = 0; s < heat->cells.series; s++)
        widest =
            fmax(widest, chart_width(heat->view, FONT_REGULAR, CHART_TICK_PT,
                                     heat->view->job->series[s].label));
    return fmin(widest, most);
}

static double widest_figure(const struct heat *heat)
{
    double widest = 0;
    size_t count = heat->cells.series * heat->cells.columns;
    for (size_t i = 0; i < count; i++) {
        const struct chart_point *point = heat->cells.points[i];
        if (point && chart_shown(point))
            widest = fmax(widest,
                          chart_width(heat->view, FONT_REGULAR, heat->text_pt,
                                      chart_bar_text(heat->view, point)));
    }
    return widest + 3;
}

/* --- labels of columns ---------------------------------------------------- */

/* Years and ages are thinned: the eye fills in what is left out. Names are
 * turned where they are too wide, and thinned only where they would still lie
 * over each other. */
static bool turns(const struct heat *heat, double cell)
{
    if (chart_columns_width(heat->view, &heat->cells) + 5 <= cell)
        return false;
    for (size_t c = 0; c < heat->cells.columns; c++) {
        if (!isdigit((unsigned char)heat->cells.labels[c][0]))
            return true;
    }
    return false;
}

static double turn(void)
{
    return TURN_DEGREES * acos(-1) / 180;
}

/* Turned names take `most` of the height and are cut beyond. */
static double labels_height(const struct heat *heat, double cell, double most)
{
    double turned = chart_columns_width(heat->view, &heat->cells) * sin(turn());
    return CHART_TICK_PT + (turns(heat, cell) ? fmin(turned, most) : 6);
}

/* The first turned name runs to the left of its cell: how far the cells give
 * way to it, in a page of this width. */
static double indent(const struct heat *heat, double cell, double width)
{
    if (!turns(heat, cell))
        return 0;
    double first = chart_width(heat->view, FONT_REGULAR, CHART_TICK_PT,
                               heat->cells.labels[0]);
    return fmin(first * cos(turn()) + CHART_TICK_PT - cell / 2,
                width * NAMES_SHARE);
}

/* The length that the turned name of a column may have on its page. */
static double turned_room(const struct heat *heat, double x)
{
    return fmin(heat->turned_pt, (x - CHART_TICK_PT / 2) / cos(turn()));
}

static void draw_columns(const struct heat *heat)
{
    struct chart_view *view = heat->view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    double cell = heat->x[1] - heat->x[0];
    bool turned = turns(heat, cell);
    double wide = chart_columns_width(view, &heat->cells) + 5;
    if (turned) /* as far apart as lines of text */
        wide = chart_leading(CHART_TICK_PT) / sin(turn());
    size_t step = (size_t)ceil(wide / cell);
    if (turned) {
        style.anchor = ANCHOR_END;
        style.angle_degrees = -TURN_DEGREES;
    }
    for (size_t c = 0; c < heat->cells.columns; c += step) {
        double x = (heat->x[c] + heat->x[c + 1]) / 2;
        const char *label = heat->cells.labels[c];
        if (turned)
            label = chart_cut(view, FONT_REGULAR, CHART_TICK_PT, label,
                              turned_room(heat, x));
        scene_text(view->scene, x,
                   view->bottom + 3 + CHART_TICK_PT * (turned ? 0.6 : 1), label,
                   &style);
    }
}

/* --- layout --------------------------------------------------------------- */

static void lay_out(struct heat *heat)
{
    struct chart_view *view = heat->view;
    chart_draw_y_label(view, 3);
    view->top += chart_draw_ramp(view, &heat->ramp);
    size_t columns = heat->cells.columns;
    double width = view->right - view->left;
    heat->names = names_width(heat);
    double names = heat->names + 6;
    view->left +=
        fmax(names, indent(heat, (width - names) / (double)columns, width));
    chart_draw_x_label(view, (view->left + view->right) / 2);
    double cell = (view->right - view->left) / (double)columns;
    double half = fmin(TURN_MOST_PT, (view->bottom - view->top) / 2);
    heat->turned_pt = half / sin(turn());
    view->bottom -= labels_height(heat, cell, half);
    heat->x = arena_array(view->arena, columns + 1, sizeof *heat->x);
    for (size_t c = 0; c <= columns; c++)
        heat->x[c] = view->left + cell * (double)c;
    heat->row = (view->bottom - view->top) / (double)heat->cells.series;
    heat->text_pt = fmin(CHART_NOTE_PT, heat->row * 0.62);
    heat->figures = heat->text_pt >= 5.5 && widest_figure(heat) <= cell;
}

static void draw(struct chart_view *view)
{
    struct heat heat = {.view = view};
    double low, high;
    bool any = chart_range(view->job, &low, &high);
    unsigned signs = chart_signs_of_bars(view->job) & SIGN_STAR;
    chart_draw_foot(view, any ? signs | SIGN_PATTERN : 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &heat.cells);
    chart_ramp_make(view, &heat.ramp);
    lay_out(&heat);
    draw_columns(&heat);
    for (size_t s = 0; s < heat.cells.series; s++)
        draw_row(&heat, s);
}

static double height(const struct chart_view *view)
{
    struct chart_view measure = *view;
    struct heat heat = {.view = &measure};
    measure.arena = arena_new();
    chart_cells_by_label(measure.arena, view->job, &heat.cells);
    double width = view->right - view->left;
    double cell = (width - names_width(&heat) - 6) / (double)heat.cells.columns;
    double labels = labels_height(&heat, cell, TURN_MOST_PT);
    chart_ramp_make(&measure, &heat.ramp);
    double legend = chart_ramp_height(&measure, &heat.ramp);
    arena_free(measure.arena);
    return (double)chart_values(view->job) * CELL_PT + BESIDES_PT + legend +
           labels;
}

const struct chart_type chart_heat = {
    .name = "heat",
    .summary = "a colour per value over rows and columns",
    .words = "chart.kind.heat",
    .most = ROWS_MOST,
    .reference = true,
    .factors = true,
    .numbers = true,
    .check = chart_check_labels,
    .height_pt = height,
    .draw = draw,
};
