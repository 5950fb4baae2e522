/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "calc/kernel_indirect.h"

/* A unit's score, of variance 1 by chance alone, and its precision: one over
 * the variance of what is scored. */
struct scores {
    double *scores, *precisions;
    size_t count;
};

static struct scores scores_new(struct arena *scratch, size_t units)
{
    return (struct scores){
        .scores = arena_array(scratch, units, sizeof(double)),
        .precisions = arena_array(scratch, units, sizeof(double)),
    };
}

static void scores_add(struct scores *all, double distance, double precision)
{
    all->scores[all->count] = distance * sqrt(precision);
    all->precisions[all->count++] = precision;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Hyndman and Fan 1996, type 7, of values in order. */
static double quantile(const double *sorted, size_t count, double share)
{
    double place = (double)(count - 1) * share;
    size_t below = (size_t)floor(place);
    size_t above = below + 1 < count ? below + 1 : below;
    return sorted[below] +
           (place - (double)below) * (sorted[above] - sorted[below]);
}

static double mean_square(const struct scores *all, double low, double high)
{
    struct num_sum sum = {0};
    for (size_t i = 0; i < all->count; i++) {
        double score = fmin(fmax(all->scores[i], low), high);
        num_sum_add(&sum, score * score);
    }
    return num_sum_value(&sum) / (double)all->count;
}

/* DerSimonian and Laird 1986 with Q = n phi. */
static double between(const struct scores *all, double phi)
{
    struct num_sum sum = {0}, squares = {0};
    for (size_t i = 0; i < all->count; i++) {
        num_sum_add(&sum, all->precisions[i]);
        num_sum_add(&squares, all->precisions[i] * all->precisions[i]);
    }
    double total = num_sum_value(&sum);
    double excess = (double)all->count * phi - (double)(all->count - 1);
    return fmax(0.0, excess / (total - num_sum_value(&squares) / total));
}

static bool measure(const struct scores *all, double winsorised,
                    struct arena *scratch, struct kernel_overdispersion *out)
{
    if (all->count < 2 || !(winsorised >= 0.0 && winsorised < 0.5))
        return false;
    double *sorted = arena_array(scratch, all->count, sizeof *sorted);
    memcpy(sorted, all->scores, all->count * sizeof *sorted);
    qsort(sorted, all->count, sizeof *sorted, by_value);
    double phi = mean_square(all, quantile(sorted, all->count, winsorised),
                             quantile(sorted, all->count, 1.0 - winsorised));
    double tau2 = between(all, phi);
    if (!isfinite(phi) || !isfinite(tau2))
        return false;
    *out = (struct kernel_overdispersion){
        .phi = phi,
        .phi_raw = mean_square(all, -INFINITY, INFINITY),
        .tau2 = tau2,
        .units = all->count,
    };
    return true;
}

bool kernel_overdispersion_ratios(const double *observed,
                                  const double *expected, size_t units,
                                  double winsorised, struct arena *scratch,
                                  struct kernel_overdispersion *out)
{
    struct scores all = scores_new(scratch, units);
    for (size_t i = 0; i < units; i++) {
        if (!isfinite(observed[i]) || observed[i] < 0.0 ||
            !isfinite(expected[i]) || expected[i] < 0.0)
            return false;
        if (expected[i] > 0.0)
            scores_add(&all, sqrt(observed[i] / expected[i]) - 1.0,
                       4.0 * expected[i]);
        else if (observed[i] > 0.0)
            return false;
    }
    return measure(&all, winsorised, scratch, out);
}

bool kernel_overdispersion_proportions(const double *successes,
                                       const double *trials, size_t units,
                                       double target, double winsorised,
                                       struct arena *scratch,
                                       struct kernel_overdispersion *out)
{
    struct scores all = scores_new(scratch, units);
    if (!(target > 0.0 && target < 1.0))
        return false;
    double centre = asin(sqrt(target));
    for (size_t i = 0; i < units; i++) {
        if (!isfinite(trials[i]) || !(successes[i] >= 0.0) ||
            successes[i] > trials[i])
            return false;
        if (trials[i] > 0.0)
            scores_add(&all, asin(sqrt(successes[i] / trials[i])) - centre,
                       4.0 * trials[i]);
    }
    return measure(&all, winsorised, scratch, out);
}
