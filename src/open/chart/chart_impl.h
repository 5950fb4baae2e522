/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/chart_impl.h - a chart while it is drawn.
 *
 * chart.c checks the job and lays out the page: title on top, notes and source
 * at the foot. A kind of chart (line.c, bar.c, ...) draws in between. Nothing
 * here reads a number that is not in the job. */
#ifndef CHART_CHART_IMPL_H
#define CHART_CHART_IMPL_H

#include "chart/chart.h"
#include "scene/classes.h"
#include "scene/palette.h"

enum {
    CHART_ORDERED = CHART_APART + 1, /* first of chart_ordered */
    CHART_LOOKS =
        CHART_ORDERED + CHART_SERIES_MOST * (CHART_SERIES_MOST + 1) / 2,
    CHART_POINTS_MOST = 2000,
};

/* Text sizes and inks; the same in every figure of a report. */
#define CHART_MARGIN_PT 4.0 /* of the page, on each side */
#define CHART_TITLE_PT 10.5
#define CHART_LABEL_PT 8.5
#define CHART_TICK_PT 8.0
#define CHART_NOTE_PT 7.5
#define CHART_LEADING 1.25
/* Height that a plot has at least, whatever the words around it take. */
#define CHART_PLOT_LEAST_PT 72.0
#define CHART_UNIT_GAP_PT 5.0 /* between the unit and the plot */
#define CHART_INK 0x222222u
#define CHART_SOFT_INK 0x555555u /* 7.5:1 on white */
#define CHART_GRID 0xd9d9d9u
#define CHART_GUIDE 0xb0b0b0u /* dashed */
#define CHART_AXIS 0x767676u
#define CHART_QUARTERS 0xa8a8a8u /* the middle half of the others */

struct chart_view {
    struct arena *arena;
    const struct fonts *fonts;
    const struct chart_job *job;
    struct scene *scene;
    double left, right, top, bottom; /* what is still free on the page */
    double plot_pt; /* height between the axes, told by kinds that fill the
                       height that is left, and by others as if that were
                       CHART_PLOT_LEAST_PT where it is just enough; 0: rows,
                       or nothing to draw */
};

/* Flags that say that a value is not final or not firm. */
#define CHART_SOFT (FLAG_PROVISIONAL | FLAG_ESTIMATED | FLAG_CAUTION)
#define CHART_HOLLOW (CHART_SOFT | FLAG_PROJECTED)

static inline bool chart_shown(const struct chart_point *point)
{
    return point->availability == AVAILABLE;
}

/* Series of values, which come first. */
static inline size_t chart_values(const struct chart_job *job)
{
    size_t count = 0;
    while (count < job->series_count && job->series[count].role == ROLE_VALUES)
        count++;
    return count;
}

/* --- chart_cells.c -------------------------------------------------------- */

/* All points of values by column (year, age class, territory) and series. */
struct chart_cells {
    size_t columns, series;
    const char **labels;               /* [columns] */
    double *x;                         /* [columns] */
    const struct chart_point **points; /* [series * columns]; NULL: none */
};

/* Columns in order of x, those of one x being one column. */
void chart_cells_by_x(struct arena *arena, const struct chart_job *job,
                      struct chart_cells *out);
/* Columns by label, in order of first appearance; x is their number. */
void chart_cells_by_label(struct arena *arena, const struct chart_job *job,
                          struct chart_cells *out);
const struct chart_point *chart_cell(const struct chart_cells *cells,
                                     size_t series, size_t column);
/* The point of the series of a role that stands at a label; NULL: none, or no
 * such series. */
const struct chart_point *chart_beside(const struct chart_job *job,
                                       enum chart_role role, const char *label);
/* Label of the first series of a role; "" when there is none. */
const char *chart_role_label(const struct chart_job *job, enum chart_role role);
/* Refuse a series with two points at one place. */
/* Adds to an error about a point where it was read; false. */
bool chart_fail_at(const struct chart_point *point, struct err *err);
bool chart_check_x(const struct chart_job *job, struct err *err);
bool chart_check_labels(const struct chart_job *job, struct err *err);

/* --- chart_style.c -------------------------------------------------------- */

/* How a series of values is drawn: below CHART_SEXES a sex, then others. */
size_t chart_look(const struct chart_job *job, size_t series);
/* Colours that differ for every kind of colour vision, those of sexes, those of
 * others and those of an order, at least 3:1 on white; each look has its own
 * marker among them as well. */
uint32_t chart_colour(size_t look);
/* Of text in the colour of a series, at least 4.5:1: ink where light and dark
 * tell series apart. */
uint32_t chart_text_colour(size_t look);
void chart_marker(struct chart_view *view, size_t look, double x, double y,
                  bool hollow);
/* A bar's fill: tint and pattern differ between looks. */
struct scene_paint chart_bar_paint(size_t look);
/* A line of a colour. */
struct scene_paint chart_stroke(uint32_t colour, double width_pt);
struct scene_text_style chart_text(enum font_style font, double size_pt,
                                   enum scene_anchor anchor, uint32_t colour);
double chart_width(const struct chart_view *view, enum font_style font,
                   double size_pt, const char *text);
/* Of the widest label of columns, of the size of ticks. */
double chart_columns_width(const struct chart_view *view,
                           const struct chart_cells *cells);
/* Height from one base line to the next. */
double chart_leading(double size_pt);

/* --- chart_fit.c ---------------------------------------------------------- */

#define CHART_LEAST_PT 6.5
#define CHART_FIT_LEADING 1.1

/* A name in the room that it has: in lines, smaller where they are too many,
 * cut with an ellipsis where even CHART_LEAST_PT is not small enough. */
struct chart_fit {
    char **lines;
    size_t count;
    double size_pt, leading;
};
struct chart_fit chart_fit(const struct chart_view *view, enum font_style font,
                           double size_pt, const char *text, double width_pt,
                           double height_pt);
/* Draws it around the height `middle`, with the style's font and anchor. */
void chart_draw_fit(struct chart_view *view, const struct chart_fit *fit,
                    double x, double middle,
                    const struct scene_text_style *style);
/* The text itself, or its start and an ellipsis. */
const char *chart_cut(const struct chart_view *view, enum font_style font,
                      double size_pt, const char *text, double width_pt);

/* --- chart_scale.c -------------------------------------------------------- */

struct chart_scale {
    bool log;
    bool years;       /* breaks are printed without groups of digits */
    double low, high; /* values at the ends */
    double from, to;  /* their places on the page */
    double *breaks;
    size_t break_count;
    int decimals; /* of the breaks */
};

/* The lowest and highest of all that is drawn on the value axis, limits and the
 * reference included; false when no value is shown. */
bool chart_range(const struct chart_job *job, double *low, double *high);
/* The same of kinds that draw no intervals. */
bool chart_value_range(const struct chart_job *job, double *low, double *high);
/* What shares are parts of: 100 of those in percent, else HUGE_VAL. */
double chart_whole(const struct chart_job *job);
/* Ends of a scale of curves from that range; returns the signs that say so.
 * Zero is on it unless all values are far above it: then small changes would
 * not show. Nor may those show that rounding makes: the scale has so many units
 * of the last printed digit that half of one is next to nothing. They end at
 * `whole` where no value is above it. */
unsigned chart_curve_ends(const struct chart_job *job, double whole,
                          double *low, double *high);
/* A scale with round breaks around low..high, about `wanted` of them. */
void chart_scale_make(struct arena *arena, double low, double high, bool log,
                      int wanted, struct chart_scale *out);
/* Ends the scale at low..high and drops the breaks outside: bars need no round
 * end. */
void chart_scale_trim(struct chart_scale *scale, double low, double high);
/* A scale of whole years, which may be one, and one from zero to a number of
 * things: breaks are whole numbers. */
void chart_scale_years(struct arena *arena, double low, double high, int wanted,
                       struct chart_scale *out);
void chart_scale_counts(struct arena *arena, size_t most,
                        struct chart_scale *out);
double chart_scale_at(const struct chart_scale *scale, double value);
const char *chart_break_text(const struct chart_view *view,
                             const struct chart_scale *scale, size_t index);
/* Horizontal grid lines with their numbers left of view->left, but those that
 * would meet. */
void chart_draw_left_axis(struct chart_view *view,
                          const struct chart_scale *scale);
double chart_left_axis_width(const struct chart_view *view,
                             const struct chart_scale *scale);
/* Vertical grid lines with their numbers below view->bottom. */
void chart_draw_bottom_axis(struct chart_view *view,
                            const struct chart_scale *scale);
/* The same numbers above view->top, without lines. */
void chart_draw_top_numbers(struct chart_view *view,
                            const struct chart_scale *scale);
/* Where a text of so much on each side of its middle keeps off the edges. */
double chart_within_margins(const struct chart_view *view, double middle,
                            double half);

/* --- chart_ticks.c -------------------------------------------------------- */

#define CHART_TICK_ROOM_PT 6.0 /* between two labels of columns */

/* The columns of curves. */
struct chart_ticks {
    struct chart_view *view;
    const struct chart_cells *cells;
    const double *x; /* [column] place on the page */
    double base_y;   /* of the labels */
    bool stepped;    /* a value holds until the next one */
};
/* The axis at view->bottom and the labels of columns: all that have room, else
 * multiples of a round number of years, or every so many of others. Of years
 * with gaps between them the last and the first have one, and between these
 * each that has room beside the one after it. */
void chart_draw_ticks(const struct chart_ticks *ticks);

/* --- chart_heads.c -------------------------------------------------------- */

/* The names under the columns of a heat map; none is cut where its line or its
 * lines may be as long as on the page of a report. */
struct chart_heads {
    struct chart_cells *cells;
    double size_pt, angle; /* in degrees: 0 level, down to -90 upright */
    size_t first, step;    /* every so many columns have theirs */
    bool thinned;          /* of names, which nobody can fill in */
    double height;         /* of all that stands under the cells */
    double left;           /* where the cells begin, from the edge */
};
/* For cells that fill the free width but `names` at its left, in which the
 * names of ages are shortened where these have no room. */
void chart_heads_make(struct chart_view *view, struct chart_cells *cells,
                      double names, struct chart_heads *out);
/* Under view->bottom; [columns + 1] sides of the columns. */
void chart_heads_draw(struct chart_view *view, const struct chart_heads *heads,
                      const double *x);

/* --- chart_rows.c --------------------------------------------------------- */

/* A chart of rows: names at the left, the value axis at the foot, and its
 * numbers at the head as well where both are not seen at once. */
struct chart_rows {
    struct chart_view *view;
    struct chart_cells cells; /* columns are the rows, from the top */
    bool marks;               /* the legend shows marks, not bars */
    bool log;
    struct chart_scale scale;
    double row, gap;    /* height of a row, and what is free of it */
    double head_axis;   /* height of the numbers at the head, 0: none */
    size_t lanes;       /* things one below the other in a row */
    double lane;        /* height of one */
    double label_pt;    /* text size of values, that lie on a lane */
    double name_pt;     /* of names, that have the lanes of a row together */
    double names_width; /* the most that a line of them takes */
    double names_right; /* where they end */
};

/* Height that rows of so many lanes want. */
double chart_rows_height(const struct chart_view *view, size_t lanes);
/* With view and cells set: unit, legend and names take their room, and
 * `head_pt` what stands above the rows. */
void chart_rows_begin(struct chart_rows *rows, size_t lanes, double head_pt);
/* The scale from low to high, with room left of it and right of it. */
void chart_rows_scale(struct chart_rows *rows, double low, double high,
                      double left_text, double right_text);
/* Grid and numbers of the value axis. */
void chart_rows_axis(const struct chart_rows *rows);
/* Ends of a scale on which values are positions, which needs no zero: ratios
 * are compared on a log scale. Returns the signs that say so. */
unsigned chart_rows_position(struct chart_rows *rows, double *low,
                             double *high);
/* Top of a lane, and the base line of text in the middle of a row. */
double chart_rows_lane(const struct chart_rows *rows, size_t row, size_t lane);
double chart_rows_base(const struct chart_rows *rows, size_t row);
void chart_rows_name(const struct chart_rows *rows, size_t row);
/* Light rules from names to marks, so that the eye keeps the row (Cleveland
 * 1985): drawn as one, below all that stands on rows. */
struct chart_guides {
    const struct chart_rows *rows;
    bool any;
};
/* A rule at this height up to `end`; none where that is at the name. */
void chart_guide(struct chart_guides *guides, double y, double end);
void chart_guides_end(struct chart_guides *guides);
/* The reference as a vertical line with its label above the rows. */
void chart_rows_reference(const struct chart_rows *rows);
double chart_rows_reference_height(const struct chart_rows *rows);

/* --- chart_plane.c -------------------------------------------------------- */

/* A chart with a value axis at the left and one of numbers at the foot. */
struct chart_plane {
    struct chart_view *view;
    struct chart_scale x, y;
    bool reference_right; /* the reference's label needs room at the right */
};

/* The lowest and highest x of all shown points; false: none is shown. */
bool chart_span(const struct chart_job *job, double *low, double *high);
/* Whether x of all shown values is a year: whole, of this time. */
bool chart_spans_years(const struct chart_job *job);
/* With both scales made: labels and axes take their room and are drawn. */
void chart_plane_lay_out(struct chart_plane *plane);
void chart_plane_at(const struct chart_plane *plane,
                    const struct chart_point *point, double *x, double *y);
/* The reference as a horizontal line with its label at the right. */
void chart_plane_reference(const struct chart_plane *plane);
/* The points of a series joined; a missing one is a gap. */
void chart_plane_curve(const struct chart_plane *plane,
                       const struct chart_series *series,
                       const struct scene_paint *paint);
/* Every shown point as a mark with its words. */
void chart_plane_marks(const struct chart_plane *plane);
/* Names beside points, the first ones first, where they find room. */
void chart_plane_names(const struct chart_plane *plane,
                       const struct chart_point *const *points, size_t count);

/* --- chart_ramp.c --------------------------------------------------------- */

/* Colours of values in classes. */
struct chart_ramp {
    size_t classes;
    double *breaks; /* [classes - 1] */
    double only;    /* of one class: the value that all have */
    uint32_t colours[PALETTE_MOST];
};

/* Quantiles of all values, in blues; around the job's reference, if it has one,
 * in a diverging scheme: of factors on a logarithmic scale. */
void chart_ramp_make(const struct chart_view *view, struct chart_ramp *out);
uint32_t chart_ramp_colour(const struct chart_ramp *ramp, double value);
/* The legend at the top of the free space, patterns of missing values
 * included; returns its height, which may be asked before there is a scene. */
double chart_ramp_height(const struct chart_view *view,
                         const struct chart_ramp *ramp);
double chart_draw_ramp(struct chart_view *view, const struct chart_ramp *ramp);

/* --- chart_frame.c -------------------------------------------------------- */

/* Text in lines no wider than width_pt, the first base line below y; returns
 * the y under the last line. */
double chart_draw_lines(struct chart_view *view, double x, double y,
                        double width_pt, const char *text,
                        const struct scene_text_style *style);
double chart_lines_height(const struct chart_view *view, double width_pt,
                          const char *text, enum font_style font,
                          double size_pt);
/* What the values are, at the top of the free space with gap_pt under it. */
void chart_draw_y_label(struct chart_view *view, double gap_pt);
/* What the columns are, if they are named, around `middle` at its bottom. */
void chart_draw_x_label(struct chart_view *view, double middle);
/* Series names with their bars or marks under the title; several series only.
 */
void chart_draw_legend(struct chart_view *view, bool marks);
/* Says in the middle of the free space that no value can be shown. */
void chart_draw_empty(struct chart_view *view);
/* White under a text of this size, on what would make it hard to read. */
void chart_draw_plate(struct chart_view *view, double left, double base,
                      double width, double size_pt);

/* --- chart_labels.c ------------------------------------------------------- */

struct chart_label {
    const char *text;
    uint32_t colour;
    double from_x, y;     /* end of the line that it names */
    struct chart_fit fit; /* set by chart_labels_width */
    double place;         /* top of the text, set by chart_draw_labels */
};

/* Wraps the labels and returns the width they need; at most width_pt. Where all
 * of them are higher than the free space they are smaller, then cut. */
double chart_labels_width(const struct chart_view *view,
                          struct chart_label *labels, size_t count,
                          double width_pt);
/* The same at the left of x. */
void chart_draw_labels_left(struct chart_view *view, struct chart_label *labels,
                            size_t count, double x);
/* Draws labels in a column at x, each as near to its line's end as the others
 * allow, with a thin leader where it had to move. */
void chart_draw_labels(struct chart_view *view, struct chart_label *labels,
                       size_t count, double x);

/* --- chart_words.c -------------------------------------------------------- */

const char *chart_number(const struct chart_view *view,
                         const struct chart_point *point);
/* "Hommes, 2015 : 60,1 [IC95 % : ...]" or why there is no value. */
const char *chart_point_words(const struct chart_view *view, size_t series,
                              const struct chart_point *point);
/* "0-4 ans" -> "0-4", "85 ans et plus" -> "85+": age classes on an axis. */
const char *chart_short_age(struct arena *arena, const char *label);
/* What the marks of this chart mean and why values are missing. */
enum chart_sign {
    SIGN_BAND = 1,
    SIGN_WHISKER = 2,
    SIGN_DASHES = 4,
    SIGN_HOLLOW = 8,
    SIGN_NOT_FROM_ZERO = 16,
    SIGN_LOG = 32,
    SIGN_BREAK = 64,
    SIGN_STAR = 128,
    SIGN_FUNNEL = 256,
    SIGN_FUNNELS = 65536, /* one within the other */
    SIGN_SPINE = 512,
    SIGN_SPINE_PLAIN = 524288, /* without intervals */
    SIGN_NO_FIGURES = 8192,    /* those beside the rows do not fit, */
    SIGN_NO_RANKS = 16384,     /* and neither do ranks */
    SIGN_FIT = 2048,           /* what the fitted line is */
    SIGN_ABSENT = 4096,        /* missing values have no mark at all */
    SIGN_PATTERN = 1024,       /* missing values have patterns, not letters */
    SIGN_HIDDEN_BAND = 32768,  /* no band is much wider than its curve */
    SIGN_ONE_SIDED = 131072,   /* a limit is rounded to the value */
    SIGN_THINNED = 262144,     /* not all columns have their names */
};
/* Signs that the data need: of curves with dashes and hollow marks, or of bars
 * with whiskers and a star after the value. */
unsigned chart_signs_of_curves(const struct chart_job *job);
unsigned chart_signs_of_bars(const struct chart_job *job);
/* Of marks on rows, with a star where `figures` are printed, else hollow. */
unsigned chart_signs_of_dots(const struct chart_job *job, bool figures);
/* Of values in whole numbers, where one limit of an interval is printed like
 * its value: SIGN_ONE_SIDED, else 0. */
unsigned chart_one_sided(const struct chart_job *job);
const char *chart_notes(const struct chart_view *view, unsigned signs);
/* The value with the digits that it is known to. */
const char *chart_value_text(struct arena *arena, const struct chart_job *job,
                             const struct chart_point *point);
const char *chart_series_name(const struct chart_job *job, size_t series);
/* What the chart shows at a glance, "" for kinds without pattern. */
const char *chart_pattern(struct arena *arena, const struct chart_job *job);
/* Of rows: which series leads how often, or the highest values of one series;
 * of pairs, also where they are furthest apart. */
const char *chart_pattern_rows(struct arena *arena,
                               const struct chart_job *job);
const char *chart_pattern_gap(struct arena *arena, const struct chart_job *job);
/* The class of a histogram that holds the most values, "" when several do. */
const char *chart_most_frequent(struct arena *arena,
                                const struct chart_job *job);
/* Whether a point of a funnel lies outside pair 0 (inner) or 1 (outer). */
bool chart_beyond_limits(const struct chart_job *job,
                         const struct chart_point *point, size_t pair);
const char *chart_alt(struct arena *arena, const struct chart_job *job,
                      const struct chart_type *type);
const char *chart_description(struct arena *arena, const struct chart_job *job,
                              const struct chart_type *type);

/* --- kinds ---------------------------------------------------------------- */

/* A curve per series over given columns: line.c, for age.c and step.c too.
 * `stepped`: a value holds until the next one. */
void chart_draw_curves(struct chart_view *view, const struct chart_cells *cells,
                       bool stepped);
/* One horizontal bar from `zero_x` to the value, with its whisker. */
struct chart_bar {
    size_t series;
    const struct chart_point *point;
    double y, height; /* top and thickness */
    double size_pt;   /* of the value's text; 0: none */
};
void chart_draw_bar(struct chart_view *view, const struct chart_scale *scale,
                    const struct chart_bar *bar);
/* The text beside a bar: its value with a star for CHART_HOLLOW flags, or its
 * sign. */
const char *chart_bar_text(const struct chart_view *view,
                           const struct chart_point *point);
/* Width of the widest such text and the room before it. */
double chart_bar_room(const struct chart_view *view,
                      const struct chart_cells *cells, double size_pt);

/* Notes and source at the foot of the page; shrinks the free space. */
void chart_draw_foot(struct chart_view *view, unsigned signs);

extern const struct chart_type chart_line;
extern const struct chart_type chart_age;
extern const struct chart_type chart_bar;
extern const struct chart_type chart_pyramid;
extern const struct chart_type chart_stacked;
extern const struct chart_type chart_parts;
extern const struct chart_type chart_dot;
extern const struct chart_type chart_forest;
extern const struct chart_type chart_caterpillar;
extern const struct chart_type chart_dumbbell;
extern const struct chart_type chart_slope;
extern const struct chart_type chart_step;
extern const struct chart_type chart_funnel;
extern const struct chart_type chart_scatter;
extern const struct chart_type chart_joinpoint;
extern const struct chart_type chart_spine;
extern const struct chart_type chart_heat;
extern const struct chart_type chart_histogram;

#endif
