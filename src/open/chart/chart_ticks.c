/* SPDX-License-Identifier: EUPL-1.2 */
/* The axis under curves: which of their columns are labelled. */
#include <math.h>
#include <stdio.h>

#include "chart/chart_impl.h"

static bool is_year(const struct chart_ticks *ticks, size_t column)
{
    char year[24];
    snprintf(year, sizeof year, "%.0f", ticks->cells->x[column]);
    return text_same(year, ticks->cells->labels[column]);
}

/* Years with gaps between them: of these no round step need have the last. */
static bool has_gaps(const struct chart_ticks *ticks)
{
    const struct chart_cells *cells = ticks->cells;
    bool gap = false;
    for (size_t column = 0; column < cells->columns; column++) {
        if (!is_year(ticks, column))
            return false;
        gap = gap ||
              (column > 0 && cells->x[column] - cells->x[column - 1] > 1.5);
    }
    return gap;
}

/* The text under a column, and where it begins and ends: back from the edges
 * of the page. */
struct label {
    const char *text;
    double middle, from, to;
};

static struct label label_of(const struct chart_ticks *ticks, size_t column)
{
    const struct chart_view *view = ticks->view;
    double page = scene_width(view->scene);
    const char *text = chart_cut(view, FONT_REGULAR, CHART_TICK_PT,
                                 ticks->cells->labels[column], page / 2);
    double half = chart_width(view, FONT_REGULAR, CHART_TICK_PT, text) / 2;
    double middle = chart_within_margins(view, ticks->x[column], half);
    return (struct label){text, middle, middle - half, middle + half};
}

/* --- every so many -------------------------------------------------------- */

/* Years are thinned to multiples of the step, other labels from the first. */
static bool is_ticked(const struct chart_ticks *ticks, size_t first,
                      size_t column, int step)
{
    if (column < first)
        return false;
    if (is_year(ticks, column))
        return (long)ticks->cells->x[column] % step == 0;
    return (column - first) % (size_t)step == 0;
}

static bool ticks_fit(const struct chart_ticks *ticks, size_t first, int step)
{
    double free_from = -1e9;
    for (size_t column = 0; column < ticks->cells->columns; column++) {
        if (!is_ticked(ticks, first, column, step))
            continue;
        struct label label = label_of(ticks, column);
        if (label.from < free_from)
            return false;
        free_from = label.to + CHART_TICK_ROOM_PT;
    }
    return true;
}

/* The least step at which they stay apart: of years a round one. */
static int tick_step(const struct chart_ticks *ticks, size_t first)
{
    static const int of_years[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 0};
    static const int of_others[] = {1,  2,   3,   4,   5,   10,   20, 25,
                                    50, 100, 200, 250, 500, 1000, 0};
    const int *step = is_year(ticks, 0) ? of_years : of_others;
    while (step[1] > 0 && !ticks_fit(ticks, first, *step))
        step++;
    return *step;
}

/* --- years with gaps ------------------------------------------------------ */

/* The last year, the first one, and from the end on each that has room. */
static void spread(const struct chart_ticks *ticks, bool *ticked)
{
    double head_to = label_of(ticks, 0).to + CHART_TICK_ROOM_PT;
    double free_to = INFINITY;
    for (size_t column = ticks->cells->columns; column-- > 1;) {
        struct label label = label_of(ticks, column);
        bool last = column + 1 == ticks->cells->columns;
        ticked[column] = last || (label.to <= free_to && label.from >= head_to);
        if (ticked[column])
            free_to = label.from - CHART_TICK_ROOM_PT;
    }
    ticked[0] = label_of(ticks, 0).to <= free_to;
}

static void choose(const struct chart_ticks *ticks, bool *ticked)
{
    /* Of steps the beginning goes without saying, the times of values do not:
     * a first time close to it takes its place. */
    bool all = ticks_fit(ticks, 0, 1);
    size_t first = ticks->stepped && !all ? 1 : 0;
    if (!all && !ticks->stepped && has_gaps(ticks)) {
        spread(ticks, ticked);
        return;
    }
    int step = tick_step(ticks, first);
    for (size_t column = 0; column < ticks->cells->columns; column++)
        ticked[column] = is_ticked(ticks, first, column, step);
}

void chart_draw_ticks(const struct chart_ticks *ticks)
{
    const struct chart_view *view = ticks->view;
    size_t columns = ticks->cells->columns;
    bool *ticked = arena_array(view->arena, columns, sizeof *ticked);
    choose(ticks, ticked);
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_TICK_PT, ANCHOR_MIDDLE, CHART_SOFT_INK);
    struct scene_paint paint = chart_stroke(CHART_AXIS, 0.6);
    scene_group(view->scene, "axis", "", "");
    scene_segment(view->scene, view->left, view->bottom, view->right,
                  view->bottom, &paint);
    for (size_t column = 0; column < columns; column++) {
        if (!ticked[column])
            continue;
        double x = ticks->x[column];
        struct label label = label_of(ticks, column);
        scene_segment(view->scene, x, view->bottom, x, view->bottom + 3,
                      &paint);
        scene_text(view->scene, label.middle, ticks->base_y, label.text,
                   &style);
    }
    scene_group_end(view->scene);
}
