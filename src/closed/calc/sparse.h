/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/sparse.h - sparse symmetric linear systems, for models on maps.
 *
 * A system is planned once from the places of its entries: an elimination
 * order of small fill (minimum degree, Tinney and Walker 1967) and the places
 * of its factor L D L'. It is then factored as often as the numbers change.
 * There is no pivoting. The first unknowns have a positive definite matrix; the
 * last `constraints` ones are Lagrange multipliers of linear constraints on
 * the others. With them the inverse of the whole matrix has, at the first
 * unknowns, the covariance of a Gaussian given those constraints. A multiplier
 * can be eliminated before an unknown that only its constraint holds fast. */
#ifndef CALC_SPARSE_H
#define CALC_SPARSE_H

#include "base/arena.h"

struct sparse;

/* One entry off the diagonal, on either side of it; its mirror is implied.
 * Entries of the same place add up. */
struct sparse_entry {
    size_t row, column;
};

struct sparse_shape {
    size_t size;        /* unknowns */
    size_t constraints; /* of them, the multipliers at the end */
    const size_t *last; /* [last_count] eliminated last, in this order: all
                           multipliers, and what touches most others */
    size_t last_count;
    const struct sparse_entry *entries;
    size_t entry_count;
};

/* Plans a system; asserts that its entries are off the diagonal and inside.
 * Lives, with its factor, in the arena. */
struct sparse *sparse_new(struct arena *arena,
                          const struct sparse_shape *shape);

/* Factors the matrix with `values` [entry_count] and `diagonal` [size]. False
 * when a pivot has not the sign it must have. */
bool sparse_factor(struct sparse *sparse, const double *values,
                   const double *diagonal) MUST_USE;
/* The rest is about the matrix factored last. Solves in place. */
void sparse_solve(struct sparse *sparse, double *b);
/* log |det|. */
double sparse_log_det(const struct sparse *sparse);
/* The diagonal [size] of the inverse, without the rest of it (Takahashi,
 * Fagan and Chin 1973; Erisman and Tinney 1975). */
void sparse_inverse_diagonal(struct sparse *sparse, double *diagonal);
/* Entries of L below its diagonal: what a factorisation costs. For tests: a bad
 * order gives the same numbers, only later. */
size_t sparse_fill(const struct sparse *sparse);

#endif
