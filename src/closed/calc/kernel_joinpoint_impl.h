/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/kernel_joinpoint_impl.h - the exact search for the places of joins.
 *
 * A broken line is given by its heights at its knots: the first year, the
 * joins, the last year. The sum of squares between two knots is a quadratic
 * in the two heights, so that the best broken line up to a knot is a
 * quadratic in the height there, handed from knot to knot: one step costs a
 * division. The search walks over all sequences of knots in order and leaves
 * out those that cannot fall below the best so far: what lies behind the knot
 * costs at least what separate lines, that need not meet, would. */
#ifndef CALC_KERNEL_JOINPOINT_IMPL_H
#define CALC_KERNEL_JOINPOINT_IMPL_H

#include "calc/kernel_trend_impl.h"

struct joinpoint_grid;

/* The places of years and weights (NULL for ones), as options say; NULL when
 * they are too many. */
struct joinpoint_grid *
joinpoint_grid_new(struct arena *scratch, const double *years,
                   const double *weights, size_t count,
                   const struct joinpoint_options *options);
/* Makes y [count] what is fitted. */
void joinpoint_grid_load(struct joinpoint_grid *grid, const double *y);

/* Least sum of squares with so many joins, not above `limit`, and its places
 * [joins] (may be NULL); INFINITY when there is none. Of equals the earliest.
 */
double joinpoint_grid_search(struct joinpoint_grid *grid, size_t joins,
                             double limit, double *places);
/* Whether any places reach a sum of squares of at most `limit`. */
bool joinpoint_grid_reaches(struct joinpoint_grid *grid, size_t joins,
                            double limit);
/* The (weighted) sum of squares about one line of what is loaded. */
double joinpoint_grid_line(const struct joinpoint_grid *grid);

#endif
