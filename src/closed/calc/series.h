/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/series.h - statistics along a series of published values.
 *
 * A series is what a table prints along one of its axes: years, territories,
 * ordered groups. Values come with their printed limits, from which standard
 * errors are taken: on the log scale (log upper - log lower) / 2z, else
 * (upper - lower) / 2z, z the normal quantile of the confidence. */
#ifndef CALC_SERIES_H
#define CALC_SERIES_H

#include "base/arena.h"
#include "model/plan.h"

struct series_point {
    double x; /* middle of the year or period; else 1, 2, ... */
    double value, lower, upper; /* limits 0, 0: none are printed */
    double people;              /* person-years, slopes only */
    /* Half a unit of the last printed digit of the limits, ratios and
     * differences only; 0: they are not rounded. */
    double rounding;
};

struct series {
    const struct series_point *points;
    size_t count;
    size_t reference; /* ratios and differences */
    double confidence;
    double years; /* of age, cumulative risks; rates are per 100,000 */
    enum joinpoint_choice choice; /* joinpoints only */
    int jobs; /* processes of a permutation test; no result depends on it */
};

enum {
    /* Five segments: years of start and stop, change with its limits. */
    SERIES_EXTRAS = 25,
};

struct series_result {
    bool has_value, has_limits;
    double value, lower, upper;
    /* What the kind tells besides, in the order of statistic_columns: the
     * first extra_count of them have a value. */
    double extra[SERIES_EXTRAS];
    size_t extra_count;
};

/* What `panorama eval` does when it is told nothing else, so that readers can
 * do it again. */
#define SERIES_LEVEL 0.05
enum {
    SERIES_PERMUTATIONS = 4499,
    SERIES_SEED = 1,
};

/* One result per point where statistic_keeps_axis, else one. A statistic that
 * the values do not allow (the ratio to zero, the trend of two years) has no
 * value. Fails only where a worker of a permutation test does. */
bool series_compute(struct arena *scratch, enum statistic_kind kind,
                    const struct series *series, struct series_result *out,
                    struct err *err) MUST_USE;

#endif
