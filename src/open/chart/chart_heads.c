/* SPDX-License-Identifier: EUPL-1.2 */
/* The names under the columns of a heat map: level where they fit, in lines
 * where their words do, else turned, else upright. Years and ages are thinned,
 * since the eye fills in what is left out; names only where they would lie over
 * each other, which a note then says. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_impl.h"

enum { LINES_MOST = 3 };   /* of a level name */
#define LEVEL_APART_PT 5.0 /* between two level names */
#define BELOW_PT 3.0       /* between the cells and what stands under them */
#define TURN_DEGREES 40.0  /* steeper would be harder to read */
#define TURN_MOST_PT 110.0 /* height of turned names */
#define LEFT_SHARE 0.38    /* of the width that the first name may take */
#define STEP_PT 0.5

static double turn(void)
{
    return TURN_DEGREES * acos(-1) / 180;
}

static double length(const struct chart_view *view,
                     const struct chart_heads *heads, size_t column)
{
    return chart_width(view, FONT_REGULAR, heads->size_pt,
                       heads->cells->labels[column]);
}

/* --- years and ages ------------------------------------------------------- */

/* Whether all columns are numbers, or begin with one, as years and ages do. */
static bool are_numbers(const struct chart_cells *cells)
{
    for (size_t c = 0; c < cells->columns; c++) {
        if (!isdigit((unsigned char)cells->labels[c][0]))
            return false;
    }
    return true;
}

/* The axis says that these are ages. */
static void shorten_ages(struct chart_view *view, struct chart_cells *cells)
{
    static const char *const words[] = {" ans", "\u00a0ans", " years"};
    bool ages = view->job->x_label[0] != '\0';
    for (size_t c = 0; ages && c < cells->columns; c++) {
        ages = false;
        for (size_t w = 0; w < COUNT_OF(words); w++)
            ages = ages || strstr(cells->labels[c], words[w]);
    }
    for (size_t c = 0; ages && c < cells->columns; c++)
        cells->labels[c] = chart_short_age(view->arena, cells->labels[c]);
}

/* The year that a column is; 0: none. */
static long year_of(const struct chart_cells *cells, size_t column)
{
    enum { DIGITS = 4 };
    const char *label = cells->labels[column];
    if (strlen(label) != DIGITS || strspn(label, "0123456789") != DIGITS)
        return 0;
    return strtol(label, NULL, 10);
}

/* Columns one year after the other, all with their year. */
static bool are_years(const struct chart_cells *cells)
{
    for (size_t c = 0; c < cells->columns; c++) {
        long year = year_of(cells, c);
        if (year == 0 || (c > 0 && year != year_of(cells, c - 1) + 1))
            return false;
    }
    return true;
}

/* Every so many: of years round ones. */
static void thin_numbers(struct chart_heads *heads, double wide, double cell)
{
    static const size_t round[] = {1, 2, 5, 10, 20, 25, 50, 100, 200, 500};
    heads->step = (size_t)ceil(wide / cell);
    if (!are_years(heads->cells))
        return;
    size_t i = 0;
    while (i + 1 < COUNT_OF(round) && round[i] < heads->step)
        i++;
    size_t over = (size_t)year_of(heads->cells, 0) % round[i];
    size_t first = over > 0 ? round[i] - over : 0;
    if (round[i] < heads->step || first >= heads->cells->columns)
        return;
    heads->step = round[i];
    heads->first = first;
}

/* --- ways to write names -------------------------------------------------- */

static bool make_level(const struct chart_view *view, struct chart_heads *heads,
                       double cell)
{
    double wide = chart_columns_width(view, heads->cells) + LEVEL_APART_PT;
    bool numbers = are_numbers(heads->cells);
    if (wide > cell && !numbers)
        return false;
    if (wide > cell)
        thin_numbers(heads, wide, cell);
    heads->height = CHART_TICK_PT + 2 * BELOW_PT;
    return true;
}

static bool make_lines(const struct chart_view *view, struct chart_heads *heads,
                       double cell)
{
    double room = cell - LEVEL_APART_PT;
    size_t most = 0;
    for (size_t c = 0; c < heads->cells->columns; c++) {
        char **lines;
        size_t count =
            fonts_wrap(view->arena, view->fonts, FONT_REGULAR, heads->size_pt,
                       heads->cells->labels[c], room, &lines);
        for (size_t i = 0; i < count; i++) {
            if (chart_width(view, FONT_REGULAR, heads->size_pt, lines[i]) >
                room)
                return false;
        }
        most = count > most ? count : most;
    }
    heads->height =
        (double)most * CHART_FIT_LEADING * heads->size_pt + 2 * BELOW_PT;
    return most <= LINES_MOST;
}

/* Turned names stand at their ends and run to the left. */
static bool turned_fit(const struct chart_view *view, struct chart_heads *heads,
                       double names, double cell)
{
    double width = view->right - view->left, most = LEFT_SHARE * width;
    double longest = 0;
    heads->left = names;
    for (size_t c = 0; c < heads->cells->columns; c++) {
        double run = length(view, heads, c);
        longest = fmax(longest, run);
        heads->left = fmax(heads->left, run * cos(turn()) + heads->size_pt -
                                            cell * ((double)c + 0.5));
    }
    heads->height = longest * sin(turn()) + heads->size_pt;
    /* the cells are narrower for what the names take of their left */
    double own = (width - heads->left) / (double)heads->cells->columns;
    return longest * sin(turn()) <= TURN_MOST_PT &&
           heads->left <= fmax(names, most) &&
           chart_leading(heads->size_pt) / sin(turn()) <= own;
}

static bool make_turned(const struct chart_view *view,
                        struct chart_heads *heads, double names, double cell)
{
    heads->angle = -TURN_DEGREES;
    for (; heads->size_pt >= CHART_LEAST_PT; heads->size_pt -= STEP_PT) {
        if (turned_fit(view, heads, names, cell))
            return true;
    }
    return false;
}

static bool is_cut(const struct chart_fit *fit)
{
    bool any = false;
    for (size_t i = 0; i < fit->count; i++)
        any = any || text_ends(fit->lines[i], "\u2026");
    return any;
}

/* As short as the room at its sides allows without a cut. */
static struct chart_fit upright(const struct chart_view *view,
                                const struct chart_heads *heads, size_t column,
                                double cell)
{
    static const double lengths_pt[] = {180, 240, 300, 360};
    struct chart_fit fit = {0};
    for (size_t i = 0; i < COUNT_OF(lengths_pt); i++) {
        fit = chart_fit(view, FONT_REGULAR, heads->size_pt,
                        heads->cells->labels[column], lengths_pt[i],
                        cell * (double)heads->step);
        if (!is_cut(&fit))
            break;
    }
    return fit;
}

/* Side by side, smaller in narrow columns, and where even the smallest ones
 * would meet, one name every so many columns. */
static void make_upright(const struct chart_view *view,
                         struct chart_heads *heads, double cell)
{
    heads->angle = -90;
    heads->left = 0;
    heads->size_pt =
        fmax(CHART_LEAST_PT, fmin(CHART_TICK_PT, cell / CHART_LEADING));
    heads->step = (size_t)fmax(
        1, ceil(chart_leading(heads->size_pt) / cell * (1 - 1e-9)));
    heads->thinned = heads->step > 1;
    heads->height = 0;
    for (size_t c = 0; c < heads->cells->columns; c += heads->step) {
        struct chart_fit fit = upright(view, heads, c, cell);
        for (size_t i = 0; i < fit.count; i++)
            heads->height =
                fmax(heads->height, chart_width(view, FONT_REGULAR, fit.size_pt,
                                                fit.lines[i]));
    }
    heads->height += 2 * BELOW_PT;
}

void chart_heads_make(struct chart_view *view, struct chart_cells *cells,
                      double names, struct chart_heads *out)
{
    double cell = (view->right - view->left - names) / (double)cells->columns;
    *out = (struct chart_heads){
        .cells = cells, .step = 1, .size_pt = CHART_TICK_PT, .left = names};
    if (chart_columns_width(view, cells) + LEVEL_APART_PT > cell)
        shorten_ages(view, cells);
    if (make_level(view, out, cell) || make_lines(view, out, cell) ||
        make_turned(view, out, names, cell))
        return;
    make_upright(view, out, cell);
    out->left = names;
}

/* --- drawing -------------------------------------------------------------- */

static void draw_upright(struct chart_view *view,
                         const struct chart_heads *heads, size_t column,
                         double x, double cell)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, heads->size_pt, ANCHOR_END, CHART_SOFT_INK);
    struct chart_fit fit = upright(view, heads, column, cell);
    style.angle_degrees = heads->angle;
    style.size_pt = fit.size_pt;
    x += fonts_cap_height(view->fonts, FONT_REGULAR, fit.size_pt) / 2 -
         fit.leading * (double)(fit.count - 1) / 2;
    for (size_t i = 0; i < fit.count; i++)
        scene_text(view->scene, x + fit.leading * (double)i,
                   view->bottom + 2 * BELOW_PT, fit.lines[i], &style);
}

static void draw_turned(struct chart_view *view,
                        const struct chart_heads *heads, size_t column,
                        double x)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, heads->size_pt, ANCHOR_END, CHART_SOFT_INK);
    style.angle_degrees = heads->angle;
    scene_text(view->scene, x, view->bottom + BELOW_PT + heads->size_pt * 0.6,
               heads->cells->labels[column], &style);
}

static void draw_level(struct chart_view *view, const struct chart_heads *heads,
                       size_t column, double x, double cell)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, heads->size_pt, ANCHOR_MIDDLE, CHART_SOFT_INK);
    char **lines;
    size_t count =
        fonts_wrap(view->arena, view->fonts, FONT_REGULAR, heads->size_pt,
                   heads->cells->labels[column],
                   (double)heads->step * cell - LEVEL_APART_PT + 1e-9, &lines);
    double y = view->bottom + BELOW_PT + heads->size_pt;
    for (size_t i = 0; i < count; i++)
        scene_text(view->scene, x,
                   y + (double)i * CHART_FIT_LEADING * heads->size_pt, lines[i],
                   &style);
}

/* Where not all columns have their names, a tick says which have. */
void chart_heads_draw(struct chart_view *view, const struct chart_heads *heads,
                      const double *x)
{
    struct scene_paint paint = chart_stroke(CHART_AXIS, 0.6);
    double cell = x[1] - x[0];
    scene_group(view->scene, "axis", "", "");
    for (size_t c = heads->first; c < heads->cells->columns; c += heads->step) {
        double middle = (x[c] + x[c + 1]) / 2;
        if (heads->step > 1)
            scene_segment(view->scene, middle, view->bottom, middle,
                          view->bottom + BELOW_PT, &paint);
        if (heads->angle < -TURN_DEGREES)
            draw_upright(view, heads, c, middle, cell);
        else if (heads->angle < 0)
            draw_turned(view, heads, c, middle);
        else
            draw_level(view, heads, c, middle, cell);
    }
    scene_group_end(view->scene);
}
