/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/lp.h - one linear program over many objectives; the only file that knows
 * the solver (CLP).
 *
 * Columns are deviations from a table that satisfies every row, so that all
 * rows are homogeneous equations and the zero vector is feasible. */
#ifndef SDC_LP_H
#define SDC_LP_H

#include "base/arena.h"

struct lp;

/* Column c has the entries [starts[c], starts[c + 1]). */
struct lp_shape {
    int columns, rows;
    const int *starts;
    const int *row;
    const double *value;
    const double *low; /* bounds of the columns; +-HUGE_VAL for none */
    const double *high;
};

struct lp *lp_new(struct arena *arena, const struct lp_shape *shape);
/* Optimises one column, itself kept within low..high. *solution holds the
 * whole vector and stays valid until the next call. False on any trouble,
 * time limit included: then nothing is known. */
bool lp_extreme(struct lp *lp, int column, bool largest, double low,
                double high, const double **solution);
/* Minimises a sum over all columns within other bounds: costs, low and high
 * have one entry for each. As above; work is limited in steps, not in time, so
 * that the answer is the same on every machine. */
bool lp_cheapest(struct lp *lp, const double *costs, const double *low,
                 const double *high, const double **solution);
void lp_free(struct lp *lp);

#endif
