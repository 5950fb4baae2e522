/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/lp.h"

#include <Cbc_C_Interface.h>
#include <Clp_C_Interface.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/library.h"
#include "base/text.h"

/* clang-format off */
#define SOLVER_CALLS(CALL) \
    CALL(Cbc_bestSolution) CALL(Cbc_deleteModel) \
    CALL(Cbc_isProvenInfeasible) CALL(Cbc_isProvenOptimal) \
    CALL(Cbc_loadProblem) CALL(Cbc_newModel) CALL(Cbc_setInteger) \
    CALL(Cbc_setLogLevel) CALL(Cbc_setMaximumNodes) \
    CALL(Cbc_setMaximumSolutions) CALL(Cbc_setParameter) CALL(Cbc_solve) \
    CALL(Clp_chgColumnLower) CALL(Clp_chgColumnUpper) \
    CALL(Clp_chgObjCoefficients) CALL(Clp_copyinStatus) \
    CALL(Clp_deleteModel) CALL(Clp_dual) CALL(Clp_dualRowSolution) \
    CALL(Clp_loadProblem) CALL(Clp_newModel) CALL(Clp_primal) \
    CALL(Clp_primalColumnSolution) CALL(Clp_setLogLevel) \
    CALL(Clp_setMaximumIterations) CALL(Clp_setMaximumSeconds) \
    CALL(Clp_status)
/* clang-format on */
struct solver {
    SOLVER_CALLS(LIBRARY_CALL)
};
static const char *const solver_names[] = {SOLVER_CALLS(LIBRARY_NAME)};

enum {
    STATUS_OPTIMAL = 0,
    STATUS_EMPTY = 1,
    BASIC = 1, /* marks in CLP's basis */
    AT_LOW = 3,
    ITERATIONS = 5, /* per row and column; half of one is usual */
};
#define SECONDS_MOST 1e9 /* a clock that never strikes */

struct lp {
    struct solver calls;
    Clp_Simplex *model;
    const struct lp_shape *shape;
    struct arena *arena;
    double *price;
    double *low, *high;
    unsigned char *slack_basis; /* columns at their low bound, slacks basic */
};

/* CLP's word for "no bound". */
static double clamp_endless(double bound)
{
    return isfinite(bound) ? bound : copysign(DBL_MAX, bound);
}

static double *finite_copy(struct arena *arena, const double *from, int count)
{
    double *to = arena_array(arena, (size_t)count, sizeof *to);
    for (int i = 0; i < count; i++)
        to[i] = clamp_endless(from[i]);
    return to;
}

struct lp *lp_new(struct arena *arena, const struct lp_shape *shape)
{
    struct lp *lp = arena_alloc(arena, sizeof *lp);
    struct lp_shape *copy = arena_alloc(arena, sizeof *copy);
    *copy = *shape;
    copy->row_low = finite_copy(arena, shape->row_low, shape->rows);
    copy->row_high = finite_copy(arena, shape->row_high, shape->rows);
    *lp = (struct lp){
        .shape = copy,
        .arena = arena,
        .price = arena_array(arena, (size_t)shape->columns, sizeof *lp->price),
        .low = finite_copy(arena, shape->low, shape->columns),
        .high = finite_copy(arena, shape->high, shape->columns),
    };
    library_load(SOLVER_LIBRARY, solver_names, COUNT_OF(solver_names),
                 &lp->calls);
    lp->model = lp->calls.Clp_newModel();
    size_t columns = (size_t)shape->columns, rows = (size_t)shape->rows;
    lp->slack_basis = arena_array(arena, columns + rows, 1);
    memset(lp->slack_basis, AT_LOW, columns);
    memset(lp->slack_basis + columns, BASIC, rows);
    lp->calls.Clp_setLogLevel(lp->model, 0);
    lp->calls.Clp_loadProblem(lp->model, copy->columns, copy->rows,
                              copy->starts, copy->row, copy->value, lp->low,
                              lp->high, lp->price, copy->row_low,
                              copy->row_high);
    lp_forget(lp);
    return lp;
}

void lp_free(struct lp *lp)
{
    if (lp != NULL)
        lp->calls.Clp_deleteModel(lp->model);
}

void lp_limit(struct lp *lp, int column, double low, double high)
{
    lp->low[column] = clamp_endless(low);
    lp->high[column] = clamp_endless(high);
}

void lp_price(struct lp *lp, int column, double price)
{
    lp->price[column] = price;
}

void lp_forget(struct lp *lp)
{
    lp->calls.Clp_copyinStatus(lp->model, lp->slack_basis);
}

/* To the solvers a negative limit is none. */
static double clamp_seconds(double seconds)
{
    return fmin(fmax(seconds, 0), SECONDS_MOST);
}

static int iterations_for(const struct lp_shape *shape)
{
    double lines = (double)shape->columns + (double)shape->rows;
    return (int)fmin(ITERATIONS * lines, INT_MAX);
}

/* Hands over what was set since the last call. */
static void prepare(struct lp *lp, struct lp_limits limits)
{
    lp->calls.Clp_chgColumnLower(lp->model, lp->low);
    lp->calls.Clp_chgColumnUpper(lp->model, lp->high);
    lp->calls.Clp_chgObjCoefficients(lp->model, lp->price);
    lp->calls.Clp_setMaximumSeconds(lp->model, clamp_seconds(limits.seconds));
    lp->calls.Clp_setMaximumIterations(
        lp->model,
        limits.iterations > 0 ? limits.iterations : iterations_for(lp->shape));
}

static enum lp_end finish(const struct lp *lp)
{
    int status = lp->calls.Clp_status(lp->model);
    return status == STATUS_OPTIMAL ? LP_SOLVED
           : status == STATUS_EMPTY ? LP_EMPTY
                                    : LP_UNKNOWN;
}

enum lp_end lp_minimise(struct lp *lp, struct lp_limits limits)
{
    prepare(lp, limits);
    lp->calls.Clp_primal(lp->model, 0);
    return finish(lp);
}

enum lp_end lp_restore(struct lp *lp, struct lp_limits limits)
{
    prepare(lp, limits);
    lp->calls.Clp_dual(lp->model, 0);
    return finish(lp);
}

const double *lp_columns(const struct lp *lp)
{
    return lp->calls.Clp_primalColumnSolution(lp->model);
}

const double *lp_duals(const struct lp *lp)
{
    return lp->calls.Clp_dualRowSolution(lp->model);
}

/* No limit of iterations: CBC takes a linear program that was not finished for
 * one without solutions, and would call the rest of its search a proof. */
static Cbc_Model *integer_model(const struct lp *lp, struct lp_limits limits)
{
    const struct lp_shape *shape = lp->shape;
    Cbc_Model *model = lp->calls.Cbc_newModel();
    struct text limit = text_new(lp->arena);
    lp->calls.Cbc_setLogLevel(model, 0);
    lp->calls.Cbc_loadProblem(model, shape->columns, shape->rows, shape->starts,
                              shape->row, shape->value, lp->low, lp->high,
                              lp->price, shape->row_low, shape->row_high);
    for (int c = 0; c < shape->columns; c++)
        lp->calls.Cbc_setInteger(model, c);
    text_format(&limit, "%.3f", clamp_seconds(limits.seconds));
    lp->calls.Cbc_setParameter(model, "sec", limit.at);
    if (limits.nodes > 0)
        lp->calls.Cbc_setMaximumNodes(model, limits.nodes);
    if (limits.plain) {
        lp->calls.Cbc_setParameter(model, "cuts", "off");
        lp->calls.Cbc_setParameter(model, "heuristicsOnOff", "off");
    }
    return model;
}

static enum lp_end run_integers(const struct lp *lp, Cbc_Model *model,
                                bool *found, double *solution)
{
    lp->calls.Cbc_solve(model);
    const double *best = lp->calls.Cbc_bestSolution(model);
    bool optimal = lp->calls.Cbc_isProvenOptimal(model);
    bool empty = lp->calls.Cbc_isProvenInfeasible(model);
    *found = best != NULL && !empty;
    if (*found)
        memcpy(solution, best, (size_t)lp->shape->columns * sizeof *solution);
    lp->calls.Cbc_deleteModel(model);
    return empty ? LP_EMPTY : optimal && *found ? LP_SOLVED : LP_UNKNOWN;
}

enum lp_end lp_integers(const struct lp *lp, struct lp_limits limits,
                        bool *found, double *solution)
{
    return run_integers(lp, integer_model(lp, limits), found, solution);
}

bool lp_some_integers(const struct lp *lp, struct lp_limits limits,
                      double *solution)
{
    Cbc_Model *model = integer_model(lp, limits);
    bool found;
    lp->calls.Cbc_setMaximumSolutions(model, 1);
    (void)run_integers(lp, model, &found, solution);
    return found;
}
