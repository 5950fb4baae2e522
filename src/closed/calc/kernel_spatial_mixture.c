/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/distribution.h"
#include "calc/kernel_spatial_impl.h"

/* The posterior of one fixed effect: skewed Gaussians over the lattice. */
struct mixture {
    const struct spatial_lattice *lattice;
    size_t place;
    double probability;
};

/* The normal z with z + g (z^2 - 1) = x: that has skewness 6 g to first order
 * (Cornish and Fisher 1938). Infinite beyond what the left side can be. */
static double unskewed(double x, double g)
{
    double root = 1.0 + 4.0 * g * (g + x);
    if (root < 0.0)
        return g < 0.0 ? INFINITY : -INFINITY;
    return 2.0 * (x + g) / (1.0 + sqrt(root));
}

static double below(const struct mixture *at, double x)
{
    double sum = 0.0, g = at->lattice->skews[at->place] / 6.0;
    for (size_t k = 0; k < at->lattice->count; k++) {
        const struct spatial_point *point = &at->lattice->points[k];
        double z =
            (x - point->means[at->place]) / sqrt(point->variances[at->place]);
        sum += at->lattice->weights[k] * kernel_normal_cdf(unskewed(z, g));
    }
    return sum;
}

static double excess(const void *context, double x)
{
    const struct mixture *at = context;
    return below(at, x) - at->probability;
}

/* Mean and sd of the mixture. */
static void moments(const struct spatial_lattice *lattice, size_t place,
                    double *mean, double *sd)
{
    double sum = 0.0, squares = 0.0;
    for (size_t k = 0; k < lattice->count; k++)
        sum += lattice->weights[k] * lattice->points[k].means[place];
    for (size_t k = 0; k < lattice->count; k++) {
        double gap = lattice->points[k].means[place] - sum;
        squares += lattice->weights[k] *
                   (lattice->points[k].variances[place] + gap * gap);
    }
    *mean = sum;
    *sd = sqrt(squares);
}

static double quantile(const struct spatial_lattice *lattice, size_t place,
                       double probability)
{
    struct mixture at = {lattice, place, probability};
    double mean, sd, x;
    moments(lattice, place, &mean, &sd);
    double reach = sd; /* by Cantelli's inequality this ends */
    while (excess(&at, mean - reach) > 0.0 || excess(&at, mean + reach) < 0.0)
        reach *= 2.0;
    if (!kernel_root(excess, &at, mean - reach, mean + reach, &x))
        return mean;
    return x;
}

void spatial_fixed(const struct spatial_lattice *lattice, size_t place,
                   double tail, struct kernel_spatial_posterior *out)
{
    moments(lattice, place, &out->mean, &out->sd);
    out->median = quantile(lattice, place, 0.5);
    out->lower = quantile(lattice, place, tail);
    out->upper = quantile(lattice, place, 1.0 - tail);
}
