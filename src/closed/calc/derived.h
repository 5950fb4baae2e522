/* SPDX-License-Identifier: EUPL-1.2 */
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
    enum support_kind *support; /* [column_count] */
    struct cube_axis axes[DIM_COUNT];
    const struct cube *counts;       /* exact row counts; NULL for estimates */
    const struct cube *numerators;   /* proportions, else NULL */
    const struct cube *person_years; /* same axes; NULL when none */
    size_t rows;
    struct derived *cells; /* [rows * column_count] */
    double *coverage;      /* [rows] share of person-years covered, 0..1 */
};

/* Where facts come from: the caller gives each measure's facts once. */
struct calc_source {
    const struct facts *facts;
    const struct estimates *estimates;
    const struct coverage *coverage; /* NULL: everything observed */
};
typedef bool calc_lookup(void *context, const char *measure,
                         struct calc_source *out, struct err *err);

/* Computes one planned table. For each cell, in this order:
 *
 * - the sex of the row cannot have the site: NOT_APPLICABLE. A site of one sex
 *   for both sexes is that sex: its person-years are that sex's alone;
 * - no source covers any of the row: NOT_COVERED. Partly covered rows are
 *   computed over the covered part, with its person-years, and flagged
 *   FLAG_CAUTION; estimated and projected coverage have their flags; each
 *   flag only where it concerns one (territory, period) in twenty;
 * - no person-years where a rate needs them, no stored estimate, no limits:
 *   NOT_AVAILABLE. None of the three depends on a count of cases;
 * - a rate of fewer events than policy->unreliable_under, a share or proportion
 *   of a smaller total: UNRELIABLE; under caution_under FLAG_CAUTION. A rate
 *   of no events is exempt.
 *
 * Of a PROPORTION measure `counts` are the denominators, and the value "count"
 * is the numerator. Rates are per 100,000, intervals have 95 % confidence,
 * shares and proportions are in percent. ERR_SCRIPT when the plan asks for
 * what the measure does not have, ERR_INPUT for unsound facts, ERR_DISCLOSURE
 * for estimates that are confidential, or made of confidential counts, without
 * a waiver "estimate" of the policy. */
bool derived_build(struct arena *closed, struct codes *codes,
                   const struct plan *plan, const struct plan_table *table,
                   const struct policy *policy, calc_lookup *lookup,
                   void *context, struct derived_table **out,
                   struct err *err) MUST_USE;

#endif
