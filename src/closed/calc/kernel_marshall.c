/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "base/num.h"
#include "calc/area_totals.h"
#include "calc/kernel_small_area.h"

/* Mean square of the rates about `mean`, weighted by the base. */
static double weighted_square(const double *cases, const double *base,
                              size_t areas, const struct area_totals *totals)
{
    struct num_sum sum = {0};
    double mean = totals->cases / totals->base;
    for (size_t i = 0; i < areas; i++) {
        if (base[i] == 0.0)
            continue;
        double away = cases[i] / base[i] - mean;
        num_sum_add(&sum, base[i] * away * away);
    }
    return num_sum_value(&sum) / totals->base;
}

/* The mean, moved to the area's rate as far as the variance between areas
 * outweighs that of the rate. */
static double shrink(double cases, double base, double mean, double variance)
{
    if (base == 0.0 || !(variance > 0.0))
        return mean;
    return mean + (cases / base - mean) * (variance / (variance + mean / base));
}

bool kernel_marshall(const double *cases, const double *base, size_t areas,
                     double *estimates, struct kernel_marshall *out)
{
    struct area_totals totals;
    if (!area_totals(cases, base, areas, &totals))
        return false;
    double mean = totals.cases / totals.base;
    double chance = mean / (totals.base / totals.areas);
    double variance =
        fmax(0.0, weighted_square(cases, base, areas, &totals) - chance);
    for (size_t i = 0; i < areas; i++)
        estimates[i] = shrink(cases[i], base[i], mean, variance);
    *out = (struct kernel_marshall){mean, variance};
    return true;
}

bool kernel_marshall_binomial(const double *cases, const double *base,
                              size_t areas, double *estimates,
                              struct kernel_marshall *out)
{
    struct area_totals totals;
    if (!area_totals(cases, base, areas, &totals))
        return false;
    for (size_t i = 0; i < areas; i++) {
        if (cases[i] > base[i])
            return false;
    }
    double mean = totals.cases / totals.base, each = totals.base / totals.areas;
    double square = weighted_square(cases, base, areas, &totals);
    double chance = mean * (1.0 - mean) / each;
    double variance = fmax(0.0, square - chance);
    for (size_t i = 0; i < areas; i++) {
        double x = base[i];
        double below = (x - 1.0) * square + (each - x) * chance;
        double share = variance > 0.0 && x > 0.0 && below > 0.0
                           ? fmin(1.0, x * variance / below)
                           : 0.0;
        estimates[i] = mean + share * (x > 0.0 ? cases[i] / x - mean : 0.0);
    }
    *out = (struct kernel_marshall){mean, variance};
    return true;
}

/* --- local ---------------------------------------------------------------- */

/* An area and its neighbours. */
static struct area_totals around(const double *cases, const double *base,
                                 const struct neighbours *neighbours,
                                 size_t area)
{
    struct area_totals out = {cases[area], base[area], base[area] > 0.0};
    for (size_t k = 0; k < neighbours->sizes[area]; k++) {
        size_t near = neighbours->lists[area][k];
        out.cases += cases[near];
        out.base += base[near];
        out.areas += base[near] > 0.0;
    }
    return out;
}

static double square_from(double cases, double base, double mean)
{
    double away = base > 0.0 ? cases / base - mean : 0.0;
    return base * away * away;
}

/* Squares of the area and its neighbours, from `mean` or, when NULL, from the
 * local means. */
static double local_square(const double *cases, const double *base,
                           const struct neighbours *neighbours, size_t area,
                           const double *means, bool own)
{
    double sum = square_from(cases[area], base[area], means[area]);
    for (size_t k = 0; k < neighbours->sizes[area]; k++) {
        size_t near = neighbours->lists[area][k];
        sum += square_from(cases[near], base[near],
                           own ? means[area] : means[near]);
    }
    return sum;
}

bool kernel_marshall_local(const double *cases, const double *base,
                           const struct neighbours *neighbours, bool own,
                           struct arena *scratch, double *estimates)
{
    size_t areas = neighbours->areas, area, other;
    struct area_totals all;
    if (neighbours_check(neighbours, &area, &other) != NEIGHBOURS_GOOD ||
        !area_totals(cases, base, areas, &all))
        return false;
    double *means = arena_array(scratch, areas, sizeof *means);
    for (size_t i = 0; i < areas; i++) {
        struct area_totals near = around(cases, base, neighbours, i);
        means[i] =
            near.base > 0.0 ? near.cases / near.base : all.cases / all.base;
    }
    for (size_t i = 0; i < areas; i++) {
        struct area_totals near = around(cases, base, neighbours, i);
        double square = local_square(cases, base, neighbours, i, means, own);
        double variance = near.base > 0.0
                              ? (square - means[i] * near.areas) / near.base
                              : 0.0;
        estimates[i] = shrink(cases[i], base[i], means[i], variance);
    }
    return true;
}
