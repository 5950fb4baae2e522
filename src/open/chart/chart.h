/* SPDX-License-Identifier: EUPL-1.2 */
/* chart/chart.h - charts of published values, one file per kind.
 *
 * A chart is described once, in data terms: series of points with values,
 * limits, status and flags. It draws itself as a scene and writes its own
 * alternative text. A missing value is a gap, never a zero. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "model/locale.h"
#include "scene/scene.h"

enum {
    CHART_SERIES_MOST = 6, /* that colours tell apart */
    CHART_SEXES = 3,       /* looks of men, of women and of all */
    /* of what stands outside of an order: an unknown stage */
    CHART_APART = CHART_SEXES + CHART_SERIES_MOST,
};

struct chart_point {
    const char *label; /* category, or the year as text */
    double x;          /* year or category position */
    enum availability availability;
    unsigned flags;
    int coarser; /* decimals fewer than the job's that its value is known to */
    double value;
    bool has_interval;
    double lower, upper;
    const char *from; /* "file:line" it was read from, for messages; NULL */
};

/* What a series is in its chart. */
enum chart_role {
    ROLE_VALUES,        /* what the chart is about */
    ROLE_FIT,           /* a line fitted to the values: a trend, a regression */
    ROLE_LIMIT,         /* a limit along x: of a funnel */
    ROLE_RANK,          /* the rank of each row, with its interval */
    ROLE_REFERENCE,     /* what each row is compared with */
    ROLE_LEAST,         /* of the others in this row: the least value, */
    ROLE_LOWER_QUARTER, /* a quarter of the values are below, */
    ROLE_UPPER_QUARTER, /* three quarters are, */
    ROLE_GREATEST,      /* the greatest */
    ROLE_COUNT,
};

struct chart_series {
    const char *label;
    const struct chart_point *points;
    size_t count;
    enum chart_role role; /* series of values come before the others */
};

/* A value that the others are compared with: the average of the country, 1 for
 * ratios. */
struct chart_reference {
    bool given;
    double value;
    const char *label;
};

struct chart_job {
    const char *kind; /* name in chart_types[] */
    enum lang lang;
    const char *title;   /* "" when the document prints it */
    const char *subject; /* of the alternative text; "" or NULL: the title, else
                            y_label */
    const char *x_label, *y_label;
    const char *source;
    const struct chart_series *series; /* of values: at most chart_type.most */
    size_t series_count;
    /* [series of values] colour, mark and pattern of each: below CHART_SEXES,
     * since a sex looks the same in all figures; chart_ordered of series that
     * have an order, as stages and ages have, beside CHART_APART. NULL: they
     * are neither, and never have those colours. */
    const unsigned char *looks;
    struct chart_reference reference;
    int decimals;
    bool log_scale;
    bool percent; /* values are parts of 100: a survival begins there */
    double width_pt, height_pt; /* 0: default 480 x 280; higher where rows or a
                                   plot would be too low */
};

/* Look of the `place`th (from 0) of `count` series in order, 1 to
 * CHART_SERIES_MOST of them: from light to dark. */
unsigned char chart_ordered(size_t count, size_t place);

struct chart_view; /* chart/chart_impl.h */

struct chart_type {
    const char *name;
    const char *summary;
    const char *words; /* key of its name in the alternative text */
    size_t most;       /* series of values; 0: 6, which colours tell apart */
    unsigned roles;    /* 1 << ROLE_... that it takes besides values */
    bool reference;    /* takes a reference value */
    bool unordered;    /* its points have no first and last */
    bool apart;       /* each has a unit of its own: none is the least of all */
    bool logarithmic; /* its value axis may be one */
    bool factors;     /* a logarithmic scale parts its classes by factors */
    bool intervals;   /* draws how sure values are: their intervals, or what
                         chance does to them */
    bool numbers;     /* its values stand in it as numbers */
    /* Refuses series that do not fit (ERR_SCRIPT); NULL: takes any. */
    bool (*check)(const struct chart_job *job, struct err *err);
    /* Height that the job of a view needs when it gives none; the view has
     * fonts, left and right, and no scene yet. NULL: 280. */
    double (*height_pt)(const struct chart_view *view);
    /* The job as the alternative texts tell it, where what is drawn are not the
     * values as given; NULL: they are. */
    struct chart_job (*told)(struct arena *arena, const struct chart_job *job);
    /* A sentence of the alternative texts on what of the job as given has
     * nothing to draw, "" for none; NULL: there is never any. */
    const char *(*remark)(struct arena *arena, const struct chart_job *job);
    /* Draws in the free space of the page, below the title. */
    void (*draw)(struct chart_view *view);
};

/* Curves: "line" (band when limits, projected part dashed), "age" (over age
 * classes), "step" (survival: from all of them at time 0, where times are above
 * 0 and values are percentages or proportions), "joinpoint" (marks; segments
 * are ROLE_FIT, with their change as label). Rows: "bar" (several series side
 * by side), "stacked", "parts" (of a whole), "dot" (with intervals), "forest"
 * (with figures, and ROLE_RANK), "caterpillar" (a forest in order), "dumbbell"
 * (two series), "pyramid" (two series back to back), "spine" (one territory
 * among others, whose spread is ROLE_LEAST to ROLE_GREATEST around
 * ROLE_REFERENCE). Planes: "scatter" (with ROLE_FIT), "funnel" (with
 * ROLE_LIMIT, inner pair first), "histogram", "heat" (series are rows), "slope"
 * (first and last of each series). */
extern const struct chart_type *const chart_types[];        /* NULL ended */
const struct chart_type *chart_type_find(const char *name); /* NULL: none */
/* Fails with ERR_SCRIPT: "no chart of kind 'lines'; the nearest is 'line'". */
bool chart_no_kind(const char *name, struct err *err);
/* How many series of values a kind takes. */
size_t chart_type_most(const struct chart_type *type);

/* Draws. Points of a line may come in any order of x; those of the other kinds
 * are drawn as they come. A value axis starts at zero unless all values are
 * far above it, and then a note says so. A logarithmic
 * scale needs values and limits above 0 (ERR_SCRIPT); bars and pyramids stay
 * linear. The
 * short alternative text says what is shown, over which range; the long one
 * gives every series' first and last value, its extremes and what is missing
 * and why. ERR_SCRIPT when the kind is unknown, the series do not fit it, or a
 * number or interval makes no sense. */
bool chart_draw(struct arena *open, const struct fonts *fonts,
                const struct chart_job *job, struct scene **out,
                struct err *err) MUST_USE;
/* Height in pt that the job needs at its width, whatever its own says. */
double chart_height(struct arena *open, const struct fonts *fonts,
                    const struct chart_job *job);

#endif
