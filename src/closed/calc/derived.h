/* calc/derived.h - one planned table, computed: counts, derived values and the
 * cells they could be worked back from. CONFIDENTIAL.
 *
 * Rows are the product of the table's axes, in the cube's order; columns are
 * plan_columns. A derived value is already rounded to its published decimals.
 * Its support is the set of counts that must be shown for it to be shown:
 * for a rate, interval or share the row's own count (a share also the total
 * it refers to, a proportion numerator, denominator and complement); for a
 * standardised rate its age counts (which only a waiver can excuse) and the
 * row's count. */
#ifndef CALC_DERIVED_H
#define CALC_DERIVED_H

#include "cube/cube.h"
#include "model/locale.h"
#include "model/plan.h"
#include "model/project.h"

enum support_kind {
    SUPPORT_NONE,     /* public (person-years, non confidential estimate) */
    SUPPORT_OWN,      /* the row's count */
    SUPPORT_SHARE,    /* the row's count and the count of `base_row` key */
    SUPPORT_AGES,     /* the row's count and its age counts */
    SUPPORT_FRACTION, /* numerator, denominator and their difference */
};

struct derived {
    double value;                   /* rounded; meaningful when AVAILABLE */
    enum availability availability; /* before disclosure control: AVAILABLE,
                    UNRELIABLE, NOT_APPLICABLE, NOT_AVAILABLE, NOT_COVERED */
    unsigned flags;                 /* enum flag */
};

struct derived_table {
    const struct plan_table *plan;
    const struct plan_column *columns;
    size_t column_count;
    enum support_kind *support;  /* [column_count] */
    struct cube_axis axes[DIM_COUNT];
    const struct cube *counts;   /* exact row counts; NULL for estimates */
    const struct cube *numerators;   /* proportions, else NULL */
    const struct cube *person_years; /* same axes; NULL when none */
    size_t rows;
    struct derived *cells;       /* [rows * column_count] */
    double *coverage;  /* [rows] share of person-years covered, 0..1 */
};

/* Where facts come from: the caller gives each measure's facts once. */
struct calc_source {
    const struct facts *facts;
    const struct estimates *estimates;
    const struct coverage *coverage; /* NULL: everything observed */
};
typedef bool calc_lookup(void *context, const char *measure,
                         struct calc_source *out, struct err *err);

/* Computes one planned table. Structural zeros (sex-specific sites) are
 * NOT_APPLICABLE; rows none of whose leaves are covered NOT_COVERED; rates
 * under policy->unreliable_under events UNRELIABLE (zero events exempt) and
 * flagged FLAG_CAUTION under caution_under; partly covered rows are computed
 * over the covered part, with its person-years, and flagged FLAG_CAUTION. */
bool derived_build(struct arena *closed, struct codes *codes,
                   const struct plan *plan, const struct plan_table *table,
                   const struct policy *policy, calc_lookup *lookup,
                   void *context, struct derived_table **out,
                   struct err *err) MUST_USE;

#endif
