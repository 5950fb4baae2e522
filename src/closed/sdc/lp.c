/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/lp.h"

#include <Clp_C_Interface.h>
#include <float.h>
#include <math.h>

enum {
    SECONDS_LIMIT = 60, /* one objective */
    STEPS_LIMIT = 20000,
    STATUS_OPTIMAL = 0,
};

struct lp {
    Clp_Simplex *model;
    double *objective;
    double *low, *high;
    int columns;
};

struct lp *lp_new(struct arena *arena, const struct lp_shape *shape)
{
    struct lp *lp = arena_alloc(arena, sizeof *lp);
    size_t columns = (size_t)shape->columns;
    double *zero = arena_array(arena, (size_t)shape->rows + 1, sizeof *zero);
    lp->columns = shape->columns;
    lp->objective = arena_array(arena, columns, sizeof *lp->objective);
    lp->low = arena_array(arena, columns, sizeof *lp->low);
    lp->high = arena_array(arena, columns, sizeof *lp->high);
    for (size_t c = 0; c < columns; c++) {
        lp->low[c] = isfinite(shape->low[c]) ? shape->low[c] : -DBL_MAX;
        lp->high[c] = isfinite(shape->high[c]) ? shape->high[c] : DBL_MAX;
    }
    lp->model = Clp_newModel();
    Clp_setLogLevel(lp->model, 0);
    Clp_loadProblem(lp->model, shape->columns, shape->rows, shape->starts,
                    shape->row, shape->value, lp->low, lp->high, lp->objective,
                    zero, zero);
    return lp;
}

bool lp_extreme(struct lp *lp, int column, bool largest, double low,
                double high, const double **solution)
{
    double old_low = lp->low[column], old_high = lp->high[column];
    lp->low[column] = fmax(low, old_low);
    lp->high[column] = fmin(high, old_high);
    lp->objective[column] = largest ? -1.0 : 1.0;
    Clp_chgColumnLower(lp->model, lp->low);
    Clp_chgColumnUpper(lp->model, lp->high);
    Clp_chgObjCoefficients(lp->model, lp->objective);
    /* The limit counts from here. */
    Clp_setMaximumSeconds(lp->model, SECONDS_LIMIT);
    int status = Clp_primal(lp->model, 0);
    bool ok =
        (status == STATUS_OPTIMAL) && Clp_status(lp->model) == STATUS_OPTIMAL;
    *solution = Clp_primalColumnSolution(lp->model);
    lp->objective[column] = 0.0;
    lp->low[column] = old_low;
    lp->high[column] = old_high;
    return ok;
}

/* Bounds change from one question to the next, so that the basis of the last
 * one stays dual feasible. */
bool lp_cheapest(struct lp *lp, const double *costs, const double *low,
                 const double *high, const double **solution)
{
    for (int c = 0; c < lp->columns; c++) {
        lp->low[c] = isfinite(low[c]) ? low[c] : -DBL_MAX;
        lp->high[c] = isfinite(high[c]) ? high[c] : DBL_MAX;
    }
    Clp_chgColumnLower(lp->model, lp->low);
    Clp_chgColumnUpper(lp->model, lp->high);
    Clp_chgObjCoefficients(lp->model, costs);
    Clp_setMaximumSeconds(lp->model, -1.0);
    Clp_setMaximumIterations(lp->model, STEPS_LIMIT);
    int status = Clp_dual(lp->model, 0);
    *solution = Clp_primalColumnSolution(lp->model);
    return status == STATUS_OPTIMAL && Clp_status(lp->model) == STATUS_OPTIMAL;
}

void lp_free(struct lp *lp)
{
    if (lp != NULL)
        Clp_deleteModel(lp->model);
}
