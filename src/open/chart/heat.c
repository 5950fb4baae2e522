/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/heat.c - a row per series, a column per place, a colour per value: age
 * by period (Lexis), site by territory. Classes have round ends; a missing
 * value has the pattern of its reason. With a reference, colours part there. */
#include <math.h>

#include "chart/chart_impl.h"

enum { ROWS_MOST = 120 };
#define BESIDES_PT 67.5 /* unit, names of axes and notes, at most */
#define CELL_PT 13.0
#define GAPS_LEAST_PT 3.0 /* narrower cells have no white line between them */
#define ROW_LEAST_PT 9.0  /* of a page that is made higher for it */
#define NAMES_SHARE 0.38  /* of the width: names of rows, at most */
#define NAMES_GAP_PT 6.0

struct heat {
    struct chart_view *view;
    struct chart_cells cells;
    struct chart_ramp ramp;
    struct chart_heads heads;
    double *x;    /* [columns + 1] left sides */
    double row;   /* height */
    double names; /* width of the names of rows */
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

/* --- layout --------------------------------------------------------------- */

/* What depends on the width alone. */
static void measure(struct heat *heat)
{
    struct chart_view *view = heat->view;
    chart_cells_by_label(view->arena, view->job, &heat->cells);
    heat->names = names_width(heat);
    chart_heads_make(view, &heat->cells, heat->names + NAMES_GAP_PT,
                     &heat->heads);
    chart_ramp_make(view, &heat->ramp);
}

/* The names of columns have the height that they need: rows that would be too
 * low for that are drawn again on a higher page. */
static void lay_out(struct heat *heat)
{
    struct chart_view *view = heat->view;
    chart_draw_y_label(view, 3);
    view->top += chart_draw_ramp(view, &heat->ramp);
    view->left += heat->heads.left;
    chart_draw_x_label(view, (view->left + view->right) / 2);
    view->bottom -= heat->heads.height;
    size_t columns = heat->cells.columns;
    double cell = (view->right - view->left) / (double)columns;
    heat->x = arena_array(view->arena, columns + 1, sizeof *heat->x);
    for (size_t c = 0; c <= columns; c++)
        heat->x[c] = view->left + cell * (double)c;
    double rows = (double)heat->cells.series;
    double height = view->bottom - view->top;
    view->plot_pt = CHART_PLOT_LEAST_PT + height - rows * ROW_LEAST_PT;
    heat->row = fmax(height / rows, 1);
    heat->text_pt = fmin(CHART_NOTE_PT, heat->row * 0.62);
    heat->figures = heat->text_pt >= 5.5 && widest_figure(heat) <= cell;
}

static void draw(struct chart_view *view)
{
    struct heat heat = {.view = view};
    double low, high;
    bool any = chart_range(view->job, &low, &high);
    unsigned signs =
        (chart_signs_of_bars(view->job) & SIGN_STAR) | SIGN_PATTERN;
    if (any) {
        measure(&heat);
        signs |= heat.heads.thinned ? SIGN_THINNED : 0;
    }
    chart_draw_foot(view, any ? signs : 0);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    lay_out(&heat);
    chart_heads_draw(view, &heat.heads, heat.x);
    for (size_t s = 0; s < heat.cells.series; s++)
        draw_row(&heat, s);
}

static double height(const struct chart_view *view)
{
    struct chart_view measured = *view;
    struct heat heat = {.view = &measured};
    measured.arena = arena_new();
    measure(&heat);
    double legend = chart_ramp_height(&measured, &heat.ramp);
    arena_free(measured.arena);
    return (double)chart_values(view->job) * CELL_PT + BESIDES_PT + legend +
           heat.heads.height;
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
