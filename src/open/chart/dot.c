/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/dot.c - a mark with its interval on a row: "dot" (several series),
 * "forest" (value and interval in figures beside each row) and "caterpillar"
 * (a forest in order of the values). With ranks, each has its interval: a
 * league table without it would be read as a verdict. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_impl.h"

#define COLUMN_GAP_PT 10.0
#define PLOT_LEAST_PT 40.0
#define PLOT_SHARE 0.2 /* of the page, at least */

/* How figures stand beside a row: the fullest form that leaves room for the
 * marks. A number is never cut. */
enum figures {
    FIGURES_LINE,  /* value and interval */
    FIGURES_LINES, /* the interval below the value */
    FIGURES_VALUE, /* the interval is drawn only */
    FIGURES_NONE,
};

struct dots {
    struct chart_rows rows;
    bool printed; /* figures are wanted */
    enum figures figures;
    double figures_pt; /* text size */
    double ranks_right, figures_right;
};

/* --- figures beside the rows ---------------------------------------------- */

/* The figures of a row, in one line or two; "" where there is no second. */
struct beside {
    const char *first, *second;
};

static struct beside figures_of(const struct dots *dots,
                                const struct chart_point *point)
{
    const struct chart_view *view = dots->rows.view;
    const struct chart_job *job = view->job;
    if (!chart_shown(point))
        return (struct beside){
            availability_sign(job->lang, point->availability), ""};
    const char *value = chart_bar_text(view, point);
    if (!point->has_interval || dots->figures == FIGURES_VALUE)
        return (struct beside){value, ""};
    bool line = dots->figures == FIGURES_LINE;
    const char *interval = locale_fill(
        view->arena, job->lang, "chart.figures", "value", line ? value : "",
        "lower",
        num_format(view->arena, job->lang, point->lower, job->decimals),
        "upper",
        num_format(view->arena, job->lang, point->upper, job->decimals), NULL);
    return line ? (struct beside){interval, ""}
                : (struct beside){value, interval + strspn(interval, " ")};
}

/* "3 [1 ; 8]": of a row; "" when it has no rank. */
static const char *rank_of(const struct chart_view *view, const char *label)
{
    const struct chart_job *job = view->job;
    const struct chart_point *rank = chart_beside(job, ROLE_RANK, label);
    if (!rank || !chart_shown(rank))
        return "";
    return locale_fill(
        view->arena, job->lang, "chart.rank.figures", "rank",
        num_format(view->arena, job->lang, rank->value, 0), "lower",
        num_format(view->arena, job->lang, rank->lower, 0), "upper",
        num_format(view->arena, job->lang, rank->upper, 0), NULL);
}

static bool has_ranks(const struct chart_job *job)
{
    for (size_t s = 0; s < job->series_count; s++) {
        if (job->series[s].role == ROLE_RANK)
            return true;
    }
    return false;
}

static bool check_ranks(const struct chart_job *job, struct err *err)
{
    for (size_t s = chart_values(job); s < job->series_count; s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *rank = &job->series[s].points[i];
            if (chart_shown(rank) && !rank->has_interval)
                return err_fail(err, ERR_SCRIPT, "chart.rank",
                                "the rank of '%s' has no interval",
                                rank->label);
        }
    }
    return chart_check_labels(job, err);
}

/* Widths of the two columns of figures, headings included. */
static void measure(const struct dots *dots, double *figures, double *ranks)
{
    struct chart_view *view = dots->rows.view;
    double size = dots->rows.label_pt;
    *figures = *ranks = 0;
    for (size_t row = 0; row < dots->rows.cells.columns; row++) {
        const struct chart_point *point = chart_cell(&dots->rows.cells, 0, row);
        const char *rank = rank_of(view, dots->rows.cells.labels[row]);
        struct beside beside = figures_of(dots, point);
        *figures =
            fmax(*figures,
                 fmax(chart_width(view, FONT_REGULAR, size, beside.first),
                      chart_width(view, FONT_REGULAR, size, beside.second)));
        *ranks = fmax(*ranks, chart_width(view, FONT_REGULAR, size, rank));
    }
    if (has_ranks(view->job))
        *ranks = fmax(*ranks,
                      chart_width(view, FONT_BOLD, size,
                                  locale_text(view->job->lang, "chart.rank")));
}

/* Figures in the form that is set, as large as names or smaller; false: they
 * would be too small to be read. */
static bool fit_figures(struct dots *dots, double *figures, double *ranks)
{
    const struct chart_view *view = dots->rows.view;
    double plot = fmax(PLOT_LEAST_PT, PLOT_SHARE * scene_width(view->scene));
    measure(dots, figures, ranks);
    double gaps = COLUMN_GAP_PT * (*ranks > 0 ? 2 : 1);
    double share =
        (view->right - view->left - plot - gaps) / (*figures + *ranks);
    double size = dots->rows.label_pt * fmin(1, share);
    if (dots->figures == FIGURES_LINES)
        size = fmin(size, dots->rows.row / (2 * CHART_FIT_LEADING));
    dots->figures_pt = size;
    *figures *= size / dots->rows.label_pt;
    *ranks *= size / dots->rows.label_pt;
    return size >= CHART_LEAST_PT;
}

static void choose_figures(struct dots *dots, double *figures, double *ranks)
{
    static const enum figures forms[] = {FIGURES_LINE, FIGURES_LINES,
                                         FIGURES_VALUE};
    for (size_t f = 0; dots->printed && f < COUNT_OF(forms); f++) {
        dots->figures = forms[f];
        if (fit_figures(dots, figures, ranks))
            return;
    }
    dots->figures = FIGURES_NONE;
    *figures = *ranks = 0;
}

static void draw_figures(const struct dots *dots, size_t row)
{
    struct chart_view *view = dots->rows.view;
    const struct chart_point *point = chart_cell(&dots->rows.cells, 0, row);
    double base = chart_rows_base(&dots->rows, row);
    struct scene_text_style style =
        chart_text(chart_shown(point) ? FONT_REGULAR : FONT_ITALIC,
                   dots->figures_pt, ANCHOR_END, CHART_INK);
    struct beside beside = figures_of(dots, point);
    double below = beside.second[0] ? dots->figures_pt * CHART_FIT_LEADING : 0;
    scene_text(view->scene, dots->figures_right, base - below / 2, beside.first,
               &style);
    if (beside.second[0])
        scene_text(view->scene, dots->figures_right, base + below / 2,
                   beside.second, &style);
    const char *rank = rank_of(view, dots->rows.cells.labels[row]);
    style.font = FONT_REGULAR;
    if (rank[0])
        scene_text(view->scene, dots->ranks_right, base, rank, &style);
}

/* --- marks ---------------------------------------------------------------- */

static void draw_dot(const struct dots *dots, size_t series, size_t row,
                     double y)
{
    struct chart_view *view = dots->rows.view;
    const struct chart_scale *scale = &dots->rows.scale;
    const struct chart_point *point =
        chart_cell(&dots->rows.cells, series, row);
    if (!point)
        return;
    scene_group(view->scene, "point", "",
                chart_point_words(view, series, point));
    size_t look = chart_look(view->job, series);
    if (chart_shown(point)) {
        struct scene_paint paint = chart_stroke(chart_colour(look), 1.1);
        if (point->has_interval)
            scene_segment(view->scene, chart_scale_at(scale, point->lower), y,
                          chart_scale_at(scale, point->upper), y, &paint);
        chart_marker(view, look, chart_scale_at(scale, point->value), y,
                     (point->flags & CHART_HOLLOW) != 0);
    } else if (dots->figures == FIGURES_NONE) {
        struct scene_text_style style =
            chart_text(FONT_ITALIC, dots->rows.label_pt, ANCHOR_START,
                       chart_text_colour(look));
        scene_text(
            view->scene, scale->from + 3,
            y + fonts_cap_height(view->fonts, FONT_ITALIC, style.size_pt) / 2,
            availability_sign(view->job->lang, point->availability), &style);
    }
    scene_group_end(view->scene);
}

/* --- guides --------------------------------------------------------------- */

/* Where a row's guide ends at the right: at the mark that it leads to, or where
 * its figures begin. False for a row without mark. */
static bool guide_end(const struct dots *dots, size_t series, size_t row,
                      double *end)
{
    const struct chart_scale *scale = &dots->rows.scale;
    const struct chart_point *point =
        chart_cell(&dots->rows.cells, series, row);
    if (!point || !chart_shown(point))
        return false;
    *end = dots->figures != FIGURES_NONE
               ? scale->to
               : chart_scale_at(scale, point->has_interval ? point->lower
                                                           : point->value);
    return true;
}

static void draw_guides(const struct dots *dots)
{
    const struct chart_rows *rows = &dots->rows;
    struct chart_guides guides = {.rows = rows};
    for (size_t row = 0; row < rows->cells.columns; row++) {
        for (size_t s = 0; s < rows->cells.series; s++) {
            double end;
            if (guide_end(dots, s, row, &end))
                chart_guide(&guides,
                            chart_rows_lane(rows, row, s) + rows->lane / 2,
                            end);
        }
    }
    chart_guides_end(&guides);
}

static void draw_row(const struct dots *dots, size_t row)
{
    const struct chart_rows *rows = &dots->rows;
    chart_rows_name(rows, row);
    for (size_t s = 0; s < rows->cells.series; s++)
        draw_dot(dots, s, row, chart_rows_lane(rows, row, s) + rows->lane / 2);
    if (dots->figures != FIGURES_NONE)
        draw_figures(dots, row);
}

/* --- layout --------------------------------------------------------------- */

static void lay_out(struct dots *dots, double low, double high)
{
    struct chart_view *view = dots->rows.view;
    const struct chart_job *job = view->job;
    double head = fmax(chart_rows_reference_height(&dots->rows),
                       has_ranks(job) ? chart_leading(CHART_TICK_PT) + 2 : 0);
    chart_rows_begin(&dots->rows, dots->rows.cells.series, head);
    double figures, ranks;
    choose_figures(dots, &figures, &ranks);
    dots->ranks_right = view->right;
    dots->figures_right = view->right - (ranks > 0 ? ranks + COLUMN_GAP_PT : 0);
    double room = figures + (ranks > 0 ? ranks + COLUMN_GAP_PT : 0);
    view->right -= room > 0 ? room + COLUMN_GAP_PT : 6;
    chart_rows_scale(&dots->rows, low, high, 0, 0);
    if (ranks > 0) {
        struct scene_text_style style =
            chart_text(FONT_BOLD, dots->figures_pt, ANCHOR_END, CHART_INK);
        scene_text(view->scene, dots->ranks_right, view->top - 4,
                   locale_text(job->lang, "chart.rank"), &style);
    }
}

/* Laid out on a sheet that nobody sees: are figures wanted that do not fit? A
 * note then says so. */
static unsigned sign_of_room(const struct chart_view *view, struct dots dots,
                             double low, double high, unsigned signs)
{
    struct chart_view trial = *view;
    if (!dots.printed)
        return 0;
    trial.scene = scene_new(view->arena, scene_width(view->scene),
                            scene_height(view->scene), "", "");
    dots.rows.view = &trial;
    chart_draw_foot(&trial, signs);
    chart_cells_by_label(trial.arena, trial.job, &dots.rows.cells);
    lay_out(&dots, low, high);
    if (dots.figures != FIGURES_NONE)
        return 0;
    return has_ranks(view->job) ? SIGN_NO_RANKS : SIGN_NO_FIGURES;
}

static void draw(struct chart_view *view, bool figures)
{
    struct dots dots = {.rows = {.view = view, .marks = true},
                        .printed = figures};
    double low, high;
    unsigned signs =
        chart_signs_of_dots(view->job, figures) | chart_one_sided(view->job);
    bool any = chart_range(view->job, &low, &high);
    if (any)
        signs |= chart_rows_position(&dots.rows, &low, &high);
    if (any)
        signs |= sign_of_room(view, dots, low, high, signs);
    chart_draw_foot(view, signs);
    if (!any) {
        chart_draw_empty(view);
        return;
    }
    chart_cells_by_label(view->arena, view->job, &dots.rows.cells);
    lay_out(&dots, low, high);
    chart_rows_axis(&dots.rows);
    draw_guides(&dots);
    chart_rows_reference(&dots.rows);
    for (size_t row = 0; row < dots.rows.cells.columns; row++)
        draw_row(&dots, row);
}

static void draw_dots(struct chart_view *view)
{
    draw(view, false);
}

static void draw_forest(struct chart_view *view)
{
    draw(view, true);
}

/* --- caterpillar ---------------------------------------------------------- */

/* Descending; values that are not shown come last, in their order. */
static int by_value(const void *a, const void *b)
{
    const struct chart_point *p = a, *q = b;
    if (chart_shown(p) != chart_shown(q))
        return chart_shown(p) ? -1 : 1;
    if (chart_shown(p) && (p->value < q->value || q->value < p->value))
        return p->value < q->value ? 1 : -1;
    return p->x < q->x ? -1 : p->x > q->x;
}

static void draw_caterpillar(struct chart_view *view)
{
    const struct chart_series *given = &view->job->series[0];
    struct chart_job sorted = *view->job;
    struct chart_series *series =
        arena_array(view->arena, sorted.series_count, sizeof *series);
    struct chart_point *points =
        arena_array(view->arena, given->count, sizeof *points);
    memcpy(series, sorted.series, sorted.series_count * sizeof *series);
    memcpy(points, given->points, given->count * sizeof *points);
    for (size_t i = 0; i < given->count; i++)
        points[i].x = (double)i;
    qsort(points, given->count, sizeof *points, by_value);
    series[0].points = points;
    sorted.series = series;
    struct chart_view own = *view;
    own.job = &sorted;
    draw(&own, true);
}

static double dots_height(const struct chart_view *view)
{
    return chart_rows_height(view, chart_values(view->job)) +
           (view->job->reference.given ? 12 : 0);
}

const struct chart_type chart_dot = {
    .name = "dot",
    .summary = "marks with intervals, several series in each row",
    .words = "chart.kind.dot",
    .logarithmic = true,
    .reference = true,
    .unordered = true,
    .intervals = true,
    .check = chart_check_labels,
    .height_pt = dots_height,
    .draw = draw_dots,
};

const struct chart_type chart_forest = {
    .name = "forest",
    .summary = "marks with intervals and their figures, ranks if given",
    .words = "chart.kind.forest",
    .logarithmic = true,
    .most = 1,
    .roles = 1 << ROLE_RANK,
    .reference = true,
    .unordered = true,
    .intervals = true,
    .numbers = true,
    .check = check_ranks,
    .height_pt = dots_height,
    .draw = draw_forest,
};

const struct chart_type chart_caterpillar = {
    .name = "caterpillar",
    .summary = "a forest in order of the values",
    .words = "chart.kind.caterpillar",
    .logarithmic = true,
    .most = 1,
    .roles = 1 << ROLE_RANK,
    .reference = true,
    .unordered = true,
    .intervals = true,
    .numbers = true,
    .check = check_ranks,
    .height_pt = dots_height,
    .draw = draw_caterpillar,
};
