/* SPDX-License-Identifier: EUPL-1.2 */
/* seal/seal_statistics_impl.h - a statistic while it is made. */
#ifndef SEAL_SEAL_STATISTICS_IMPL_H
#define SEAL_SEAL_STATISTICS_IMPL_H

#include "calc/series.h"
#include "pub/build.h"
#include "seal/seal_statistics.h"

#define STATISTIC_CONFIDENCE 0.95 /* of the limits that tables print */

/* The ages of a table: all together, and the classes that add up to that. */
struct ages {
    size_t total;    /* place on the axis */
    size_t *classes; /* [count] places */
    size_t count;
};

/* Where expected counts come from when the table itself has no ages. */
struct apart {
    const struct pub_table *rates, *people;
    size_t cases, years, persons; /* their columns */
    struct ages ages;             /* of the rates */
    size_t *same;                 /* [ages.count] places in `people` */
};

struct making {
    struct seal *seal;
    const struct plan_statistic *plan;
    const struct pub_table *from;
    const struct pub_table *against; /* the second table, or NULL */
    struct pub_table *out;
    size_t columns[PUB_UPPER + 1]; /* value, lower and upper of the table */
    int people;                    /* column of person-years, or -1 */
    size_t extra;                  /* first column after value and limits */
    size_t points;
    const double *x;  /* [points] */
    size_t reference; /* place on the axis of statistic_reference_dim */
    /* [territories] of the level of each; NULL: none. Spatial ratios only */
    const struct seal_map **maps;
    const struct apart *apart; /* NULL: expected counts are of the table */
};

/* What is missing first, in the order secret, not sure enough, not there. */
enum availability statistic_worse(enum availability a, enum availability b);
/* `limits` is what is missing where the result has none. */
void statistic_put(const struct making *making, size_t row,
                   enum availability status, enum availability limits,
                   unsigned flags, const struct series_result *result);
/* Puts the probability of a value above 1 among what the result tells. */
void statistic_above(struct series_result *result, double probability);

/* ERR_SCRIPT where the ages of the table do not add up to their total. */
bool statistic_ages(const struct making *making, const struct pub_table *table,
                    struct ages *ages, struct err *err) MUST_USE;
/* Finds making->apart. ERR_SCRIPT where a table lacks a code of the first. */
bool statistic_find_apart(struct making *making, const struct pub_table *people,
                          struct err *err) MUST_USE;
/* What the rates of the reference give with the person-years of the territory
 * at `place` of the first table. */
enum availability statistic_expect_apart(const struct making *making,
                                         const size_t place[DIM_COUNT],
                                         double *expected);
/* Cases and person-years of one age class of a row; cases NULL: not asked. */
enum availability statistic_class(const struct making *making,
                                  size_t place[DIM_COUNT], size_t age,
                                  double *cases, double *years);
/* The reliability of what is made of so many events. */
void statistic_judge(const struct making *making, double events,
                     enum availability *status, unsigned *flags);

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
/* The change of a number of cases: fills every row. ERR_SCRIPT as above. */
bool statistic_decompose(const struct making *making, struct err *err) MUST_USE;
/* Counts of the table against those of another: fills every row. ERR_SCRIPT
 * where the other lacks a code. */
bool statistic_mortality(const struct making *making, struct err *err) MUST_USE;
/* Observed against expected counts: fills every row. ERR_SCRIPT where the
 * ages of the table do not add up to their total. */
bool statistic_ratios(struct making *making, struct err *err) MUST_USE;

#endif
