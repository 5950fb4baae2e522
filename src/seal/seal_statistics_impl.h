/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_statistics_impl.h - a statistic while it is made. */
#ifndef SEAL_SEAL_STATISTICS_IMPL_H
#define SEAL_SEAL_STATISTICS_IMPL_H

#include "calc/series.h"
#include "pub/build.h"
#include "seal/seal_statistics.h"

#define STATISTIC_CONFIDENCE 0.95 /* of the limits that tables print */

enum {
    STATISTIC_ABOVE = PUB_UPPER + 1, /* column */
};

struct making {
    struct seal *seal;
    const struct plan_statistic *plan;
    const struct pub_table *from;
    struct pub_table *out;
    size_t columns[PUB_UPPER + 1]; /* value, lower and upper of the table */
    int people;                    /* column of person-years, or -1 */
    size_t points;
    const double *x;  /* [points] */
    size_t reference; /* place on the axis, or among the territories */
    /* [territories] of the level of each; NULL: none. Spatial ratios only */
    const struct seal_map **maps;
};

/* What is missing first, in the order secret, not sure enough, not there. */
enum availability statistic_worse(enum availability a, enum availability b);
/* `limits` is what is missing where the result has none. */
void statistic_put(const struct making *making, size_t row,
                   enum availability status, enum availability limits,
                   unsigned flags, const struct series_result *result);
/* One territory, and what the reference would have there. */
struct compared {
    double observed, expected;
    enum availability status;
    unsigned flags;
    double coverage;
};

/* Ratios of the territories of one level, with their neighbours; those that
 * are not available, and their borders, are left out. results: [territories].
 */
void statistic_spatial(const struct making *making, const struct compared *all,
                       const struct seal_map *map,
                       struct series_result *results);
/* Finds making->maps. ERR_SCRIPT where no level has boundaries; ERR_INPUT. */
bool statistic_find_maps(struct making *making, struct err *err) MUST_USE;
/* Observed against expected counts: fills every row. ERR_SCRIPT where the
 * ages of the table do not add up to their total. */
bool statistic_ratios(struct making *making, struct err *err) MUST_USE;

#endif
