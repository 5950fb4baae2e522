/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/lp.h - one linear program over many objectives and bounds; the only file
 * that knows the solvers (CLP, and CBC where the columns must be integers).
 *
 * A program starts from the basis of its slacks, with every price 0. Bounds and
 * prices stay as they were last set. Nothing that a solver says is proof: what
 * it finds is checked by whoever asked. */
#ifndef SDC_LP_H
#define SDC_LP_H

#include "base/arena.h"

struct lp;

/* Column c has the entries [starts[c], starts[c + 1]). Bounds are +-HUGE_VAL
 * for none. The arrays must outlive the program. */
struct lp_shape {
    int columns, rows;
    const int *starts;
    const int *row;
    const double *value;
    const double *low; /* bounds of the columns */
    const double *high;
    const double *row_low; /* bounds of the rows */
    const double *row_high;
};

enum lp_end {
    LP_SOLVED,
    LP_EMPTY,   /* the solver finds no solution at all */
    LP_UNKNOWN, /* a limit or any trouble: nothing is known */
};

/* What one call may take. Work is counted, so that every machine gives up at
 * the same place and goes on with the same result. The clock is there for
 * whoever cannot wait: what it leaves unknown must end in a refusal, never in
 * another result. */
struct lp_limits {
    double seconds; /* of processor time; 0 or less: nothing is tried */
    int iterations; /* of the simplex, by linear programs alone; 0: as many as
                       the size of the program makes likely, and far more */
    int nodes;      /* of the search, by integers alone; 0: no limit */
    bool plain;     /* that search branches, and does nothing else: what CBC
                       tries at a node besides, nodes do not limit */
};

struct lp *lp_new(struct arena *arena, const struct lp_shape *shape);
void lp_free(struct lp *lp); /* NULL is fine */

void lp_limit(struct lp *lp, int column, double low, double high);
void lp_price(struct lp *lp, int column, double price);

/* Minimises the sum of prices. lp_minimise suits changed prices, lp_restore
 * changed bounds; both start from the last basis. */
enum lp_end lp_minimise(struct lp *lp, struct lp_limits limits);
enum lp_end lp_restore(struct lp *lp, struct lp_limits limits);
/* Forgets the last basis, so that what follows depends on nothing before. */
void lp_forget(struct lp *lp);

/* Of the last solution; valid until the next call. */
const double *lp_columns(const struct lp *lp);
const double *lp_duals(const struct lp *lp); /* one per row */

/* The same program with every column an integer, from scratch. Writes
 * solution[columns] when one was found (*found), even when it is not proven
 * best: then LP_UNKNOWN. */
enum lp_end lp_integers(const struct lp *lp, struct lp_limits limits,
                        bool *found, double *solution);
/* Any integer solution, the first that is found; true when one is. */
bool lp_some_integers(const struct lp *lp, struct lp_limits limits,
                      double *solution);

#endif
