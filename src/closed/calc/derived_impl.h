/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/derived_impl.h - a derived table while it is computed. CONFIDENTIAL. */
#ifndef CALC_DERIVED_IMPL_H
#define CALC_DERIVED_IMPL_H

#include "calc/derived.h"
#include "calc/kernel.h"
#include "calc/standard.h"
#include "cube/mask.h"

#define CALC_PER 100000.0
#define CALC_CONFIDENCE 0.95

/* What the sources cover of a row: of its pairs (territory leaf, period leaf),
 * how many, and how well. */
struct ground {
    size_t pairs, covered;
    size_t partial, estimated, projected; /* of the covered pairs */
};

struct building {
    struct arena *closed;  /* what the table keeps */
    struct arena *scratch; /* the rest; exact counts too: wiped */
    struct codes *codes;
    const struct plan *plan;
    const struct plan_table *table;
    const struct policy *policy;
    const struct measure *measure;
    struct calc_source events; /* the measure, or a proportion's numerator */
    struct calc_source others; /* a proportion's denominator */
    struct calc_source people; /* person-years; facts NULL when none */
    struct ground *grounds;    /* territory place, site place, period place */
    struct cube *age_counts, *age_years; /* by stored age class, on demand */
    struct derived_table *out;
};

/* One row being computed. */
struct row {
    size_t at;
    size_t place[DIM_COUNT];
    const struct ground *ground;
    unsigned flags; /* from coverage */
};

/* One value of one row, unrounded. */
struct outcome {
    enum availability availability;
    struct kernel_interval interval;
    bool has_limits;
    unsigned flags;
};

const struct node *derived_node(const struct building *building,
                                const struct row *row, enum dim dim);

/* Fills building->grounds. */
void derived_ground(struct building *building);
const struct ground *derived_ground_at(const struct building *building,
                                       const size_t place[DIM_COUNT]);
/* Fills out->coverage. */
bool derived_coverage(struct building *building, struct err *err) MUST_USE;

/* Person-years over the axes, on covered ground or on all of it; for sites of
 * one sex those of that sex alone. */
bool derived_person_years(struct arena *closed, struct building *building,
                          const struct coverage *coverage,
                          const struct cube_axis axes[DIM_COUNT],
                          struct cube **out, struct err *err) MUST_USE;

/* One value of the plan for every row; `compute` never fails on data. */
struct calculation {
    const struct building *building;
    const struct plan_value *value;
    const struct cube *base;          /* shares: the cells referred to */
    struct ground *base_grounds;      /* shares of sites, else NULL */
    struct standard_match *matches;   /* [age places], standardised rates */
    double *counts, *years, *weights; /* [classes], standardised rates */
    struct estimate *estimates;       /* ordered by key */
    size_t estimate_count;
    bool keyed[DIM_COUNT]; /* dimensions that estimates are keyed by */
    int *classes;          /* [class_count] age nodes, and their `weights`:
                              standardised survival */
    size_t class_count;
    int given;   /* stratum node, conditional survival */
    double unit; /* what 1 is in the store: 100 for percents */
};

/* Whether the value makes sense for the measure, and what its computation
 * needs. ERR_SCRIPT, ERR_INPUT, ERR_DISCLOSURE. */
bool derived_prepare(struct building *building, struct calculation *out,
                     struct err *err) MUST_USE;
struct outcome derived_compute(const struct calculation *calculation,
                               const struct row *row);

bool derived_prepare_share(struct building *building, struct calculation *out,
                           struct err *err) MUST_USE;
struct outcome derived_share(const struct calculation *calculation,
                             const struct row *row);
bool derived_prepare_standardised(struct building *building,
                                  struct calculation *out,
                                  struct err *err) MUST_USE;
struct outcome derived_standardised(const struct calculation *calculation,
                                    const struct row *row);
void derived_prepare_estimate(struct building *building,
                              struct calculation *out);
struct outcome derived_estimate(const struct calculation *calculation,
                                const struct row *row);
/* A stored number, or none: AVAILABLE with its number, UNRELIABLE (with too few
 * alive at this time or an earlier one, with a grade that is not published, or
 * because the store says so), or NOT_AVAILABLE. */
struct stored {
    const struct estimate *estimate; /* NULL: there is none */
    enum availability availability;
};
/* That of a row with other nodes of age and stratum, -1 those of the row; for
 * a site of one sex, that sex's when the total is not stored. */
struct stored derived_stored(const struct calculation *calculation,
                             const struct row *row, int age, int stratum);
unsigned derived_stored_flags(const struct estimate *estimate);
struct outcome derived_grade(const struct calculation *calculation,
                             const struct row *row);
/* Age classes and weights, or the stratum that is given. ERR_SCRIPT. */
bool derived_prepare_survival(struct building *building,
                              struct calculation *out,
                              struct err *err) MUST_USE;
struct outcome
derived_standardised_survival(const struct calculation *calculation,
                              const struct row *row);
struct outcome
derived_conditional_survival(const struct calculation *calculation,
                             const struct row *row);

/* UNRELIABLE or the caution flag by the number of events; zero is exempt. */
void derived_reliability(const struct policy *policy, int64_t events,
                         struct outcome *outcome);

#endif
