/* chart/chart.h - charts of published values, one file per kind.
 *
 * A chart is described once, in data terms: series of points with values,
 * limits, status and flags. It draws itself as a scene and writes its own
 * alternative text. A missing value is a gap, never a zero. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include "model/locale.h"
#include "scene/scene.h"

struct chart_point {
    const char *label; /* category, or the year as text */
    double x;          /* year or category position */
    enum availability availability;
    unsigned flags;
    double value;
    bool has_interval;
    double lower, upper;
};

struct chart_series {
    const char *label;
    const struct chart_point *points;
    size_t count;
};

struct chart_job {
    const char *kind;  /* name in chart_types[] */
    enum lang lang;
    const char *title; /* "" when the document prints it */
    const char *x_label, *y_label;
    const char *source;
    const struct chart_series *series; /* at most 6 */
    size_t series_count;
    int decimals;
    bool log_scale;
    double width_pt, height_pt; /* 0: default 480 x 280 */
};

struct chart_type {
    const char *name;
    const char *summary;
    bool (*draw)(struct arena *open, const struct fonts *fonts,
                 const struct chart_job *job, struct scene *scene,
                 struct err *err);
};

/* "line" (band when limits), "bar" (horizontal, with interval whiskers),
 * "age" (lines over age classes), "pyramid" (two series back to back). */
extern const struct chart_type *const chart_types[]; /* NULL ended */

/* ERR_SCRIPT when the kind is unknown or the series do not fit it. */
bool chart_draw(struct arena *open, const struct fonts *fonts,
                const struct chart_job *job, struct scene **out,
                struct err *err) MUST_USE;

#endif
