/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/slope.c - the first and the last value of each series, joined: which
 * rose and which fell. Names and figures stand at both ends, moved apart where
 * they meet. Up to six series have colours; more are grey, the first one
 * dark. */
#include <math.h>

#include "chart/chart_impl.h"

enum { SLOPES_MOST = 24 };
#define LEFT_SHARE 0.4 /* of the width: names and first values, at most */

struct ends {
    const struct chart_point *first, *last; /* NULL: not published */
};

struct slopes {
    struct chart_view *view;
    struct chart_cells cells;
    struct chart_scale scale;
    struct chart_label left[SLOPES_MOST], right[SLOPES_MOST];
    size_t left_count, right_count;
    double from, to; /* x of the two ends */
};

static uint32_t colour_of(const struct slopes *slopes, size_t series)
{
    if (slopes->cells.series <= CHART_SERIES_MOST)
        return chart_colour(chart_look(slopes->view->job, series));
    return series == 0 ? chart_colour(chart_look(slopes->view->job, 0))
                       : CHART_AXIS;
}

static uint32_t text_colour_of(const struct slopes *slopes, size_t series)
{
    uint32_t colour = colour_of(slopes, series);
    return colour == CHART_AXIS
               ? colour
               : chart_text_colour(chart_look(slopes->view->job, series));
}

static struct ends ends_of(const struct slopes *slopes, size_t series)
{
    size_t last = slopes->cells.columns - 1;
    const struct chart_point *a = chart_cell(&slopes->cells, series, 0);
    const struct chart_point *b = chart_cell(&slopes->cells, series, last);
    return (struct ends){
        a && chart_shown(a) ? a : NULL,
        b && chart_shown(b) ? b : NULL,
    };
}

static bool check(const struct chart_job *job, struct err *err)
{
    if (!chart_check_x(job, err))
        return false;
    double low, high;
    if (chart_span(job, &low, &high) && !(low < high))
        return err_fail(err, ERR_SCRIPT, "chart.slope",
                        "slopes need values at two places");
    return true;
}

/* --- labels --------------------------------------------------------------- */

static void collect(struct slopes *slopes)
{
    struct chart_view *view = slopes->view;
    for (size_t s = 0; s < slopes->cells.series; s++) {
        struct ends ends = ends_of(slopes, s);
        const char *name = view->job->series[s].label;
        if (ends.first)
            slopes->left[slopes->left_count++] = (struct chart_label){
                .text = name[0] ? locale_fill(
                                      view->arena, view->job->lang,
                                      "chart.reference", "place", name, "value",
                                      chart_bar_text(view, ends.first), NULL)
                                : chart_bar_text(view, ends.first),
                .colour = text_colour_of(slopes, s),
                .y = ends.first->value,
            };
        if (ends.last)
            slopes->right[slopes->right_count++] = (struct chart_label){
                .text = arena_format(view->arena, "%s\u00a0 %s",
                                     chart_bar_text(view, ends.last),
                                     ends.first ? "" : name),
                .colour = text_colour_of(slopes, s),
                .y = ends.last->value,
            };
    }
}

static void place_labels(struct slopes *slopes)
{
    struct chart_label *sides[2] = {slopes->left, slopes->right};
    size_t counts[2] = {slopes->left_count, slopes->right_count};
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < counts[side]; i++) {
            sides[side][i].y = chart_scale_at(&slopes->scale, sides[side][i].y);
            sides[side][i].from_x = side == 0 ? slopes->from : slopes->to;
        }
    }
}

/* --- drawing -------------------------------------------------------------- */

static void draw_slope(const struct slopes *slopes, size_t series)
{
    struct chart_view *view = slopes->view;
    struct ends ends = ends_of(slopes, series);
    uint32_t colour = colour_of(slopes, series);
    struct scene_paint line =
        chart_stroke(colour, series == 0 || colour != CHART_AXIS ? 1.6 : 0.9);
    scene_group(view->scene, arena_format(view->arena, "series-%zu", series),
                "", view->job->series[series].label);
    if (ends.first && ends.last)
        scene_segment(view->scene, slopes->from,
                      chart_scale_at(&slopes->scale, ends.first->value),
                      slopes->to,
                      chart_scale_at(&slopes->scale, ends.last->value), &line);
    const struct chart_point *points[2] = {ends.first, ends.last};
    for (size_t i = 0; i < 2; i++) {
        if (!points[i])
            continue;
        struct scene_paint dot = chart_stroke(colour, 1);
        dot.filled = true;
        dot.fill = points[i]->flags & CHART_HOLLOW ? 0xffffff : colour;
        scene_group(view->scene, "point", "",
                    chart_point_words(view, series, points[i]));
        scene_circle(view->scene, i == 0 ? slopes->from : slopes->to,
                     chart_scale_at(&slopes->scale, points[i]->value), 2.2,
                     &dot);
        scene_group_end(view->scene);
    }
    scene_group_end(view->scene);
}

/* Above its pole where there is room for it, cut where there is none. */
static void draw_place(struct chart_view *view, const char *label, double x,
                       double from, double to)
{
    struct scene_text_style style =
        chart_text(FONT_BOLD, CHART_LABEL_PT, ANCHOR_MIDDLE, CHART_INK);
    label = chart_cut(view, FONT_BOLD, CHART_LABEL_PT, label, to - from);
    double half = chart_width(view, FONT_BOLD, CHART_LABEL_PT, label) / 2;
    scene_text(view->scene, fmin(fmax(x, from + half), to - half),
               view->top - 5, label, &style);
}

static void draw_poles(const struct slopes *slopes)
{
    struct chart_view *view = slopes->view;
    struct scene_paint pole = chart_stroke(CHART_GRID, 0.8);
    size_t last = slopes->cells.columns - 1;
    scene_segment(view->scene, slopes->from, view->top, slopes->from,
                  view->bottom, &pole);
    scene_segment(view->scene, slopes->to, view->top, slopes->to, view->bottom,
                  &pole);
    double middle = (slopes->from + slopes->to) / 2, gap = 3;
    draw_place(view, slopes->cells.labels[0], slopes->from, view->left,
               middle - gap);
    draw_place(view, slopes->cells.labels[last], slopes->to, middle + gap,
               view->right);
}

static void lay_out(struct slopes *slopes, double low, double high)
{
    struct chart_view *view = slopes->view;
    double width = view->right - view->left;
    chart_draw_y_label(view, chart_leading(CHART_LABEL_PT) + 6);
    view->bottom -= 6;
    double left = chart_labels_width(view, slopes->left, slopes->left_count,
                                     width * LEFT_SHARE);
    double right = chart_labels_width(view, slopes->right, slopes->right_count,
                                      width * 0.3);
    slopes->from = view->left + left + 12;
    slopes->to = view->right - right - 12;
    chart_scale_make(view->arena, low, high, view->job->log_scale, 5,
                     &slopes->scale);
    bool equal = !(low < high), log = slopes->scale.log;
    slopes->scale.low = !equal ? low : log ? low / 2 : low - 1;
    slopes->scale.high = !equal ? high : log ? low * 2 : low + 1;
    slopes->scale.from = view->bottom - 4;
    slopes->scale.to = view->top + 4;
    place_labels(slopes);
}

/* What lies between the ends is not drawn. */
static struct chart_job tell_ends(struct arena *arena,
                                  const struct chart_job *job)
{
    struct chart_job told = *job;
    struct chart_cells cells;
    chart_cells_by_x(arena, job, &cells);
    struct chart_series *series =
        arena_array(arena, cells.series, sizeof *series);
    for (size_t s = 0; s < cells.series; s++) {
        const size_t ends[] = {0, cells.columns - 1};
        struct chart_point *points =
            arena_array(arena, COUNT_OF(ends), sizeof *points);
        size_t count = 0;
        for (size_t e = 0; e < COUNT_OF(ends); e++) {
            const struct chart_point *end = chart_cell(&cells, s, ends[e]);
            if (end)
                points[count++] = *end;
        }
        series[s] = (struct chart_series){job->series[s].label, points, count,
                                          ROLE_VALUES};
    }
    told.series = series;
    told.series_count = cells.series;
    return told;
}

/* Notes of what is drawn: the ends. */
static void draw_foot(struct chart_view *view)
{
    const struct chart_job *whole = view->job;
    struct chart_job ends = tell_ends(view->arena, whole);
    view->job = &ends;
    chart_draw_foot(view,
                    (chart_signs_of_bars(&ends) & ~(unsigned)SIGN_WHISKER) |
                        SIGN_ABSENT);
    view->job = whole;
}

static void draw(struct chart_view *view)
{
    struct slopes slopes = {.view = view};
    double low, high;
    bool any = chart_value_range(view->job, &low, &high);
    draw_foot(view);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_x(view->arena, view->job, &slopes.cells);
    collect(&slopes);
    lay_out(&slopes, low, high);
    draw_poles(&slopes);
    for (size_t s = slopes.cells.series; s-- > 0;)
        draw_slope(&slopes, s);
    scene_group(view->scene, "labels", "", "");
    chart_draw_labels_left(view, slopes.left, slopes.left_count,
                           slopes.from - 10);
    chart_draw_labels(view, slopes.right, slopes.right_count, slopes.to + 10);
    scene_group_end(view->scene);
}

static double height(const struct chart_view *view)
{
    double lines = 0;
    struct chart_view measure = *view;
    measure.arena = arena_new();
    double width = (view->right - view->left) * LEFT_SHARE;
    for (size_t s = 0; s < chart_values(view->job); s++) {
        const char *text = arena_format(measure.arena, "%s\u00a0: 1000,0",
                                        view->job->series[s].label);
        lines += fmax(15, 3 + chart_lines_height(&measure, width, text,
                                                 FONT_BOLD, CHART_LABEL_PT));
    }
    arena_free(measure.arena);
    return fmax(220, lines + 80);
}

const struct chart_type chart_slope = {
    .name = "slope",
    .summary = "first and last value of each series, joined",
    .words = "chart.kind.slope",
    .logarithmic = true,
    .most = SLOPES_MOST,
    .numbers = true,
    .check = check,
    .height_pt = height,
    .told = tell_ends,
    .draw = draw,
};
