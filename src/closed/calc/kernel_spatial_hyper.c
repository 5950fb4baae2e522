/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/distribution.h"
#include "calc/kernel_spatial_impl.h"

typedef double hyper_coordinate(struct spatial_hyper at);
typedef double hyper_value(double coordinate);

static double log_sigma_of(struct spatial_hyper at)
{
    return at.log_sigma;
}

static double logit_mixing_of(struct spatial_hyper at)
{
    return at.logit_mixing;
}

/* The posterior of one coordinate of the lattice. Weights are samples of its
 * density; a border of places without weight is on both sides. */
struct marginal {
    double from, step; /* place k is at from + k step */
    size_t count;
    double *weight; /* [count] */
    double *below;  /* [count] probability below the place */
    double probability;
};

enum {
    BORDER = 3,
};

/* The probability below a place is the trapezoidal sum with the first term of
 * the Euler-Maclaurin formula, for the slope where the sum ends. */
static void accumulate(struct marginal *marginal)
{
    double sum = 0.0;
    for (size_t k = 0; k < marginal->count; k++) {
        double before = k > 0 ? marginal->weight[k - 1] : 0.0;
        double after = k + 1 < marginal->count ? marginal->weight[k + 1] : 0.0;
        marginal->below[k] =
            sum + 0.5 * marginal->weight[k] - (after - before) / 24.0;
        sum += marginal->weight[k];
    }
}

static struct marginal marginal_of(struct arena *scratch,
                                   const struct spatial_lattice *lattice,
                                   hyper_coordinate *coordinate)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < lattice->count; k++) {
        low = fmin(low, coordinate(lattice->points[k].at));
        high = fmax(high, coordinate(lattice->points[k].at));
    }
    struct marginal out = {.step = coordinate(lattice->step)};
    out.from = low - BORDER * out.step;
    out.count = (size_t)lround((high - low) / out.step) + 2 * BORDER + 1;
    out.weight = arena_array(scratch, out.count, sizeof(double));
    out.below = arena_array(scratch, out.count, sizeof(double));
    for (size_t k = 0; k < lattice->count; k++) {
        double x = coordinate(lattice->points[k].at);
        out.weight[lround((x - out.from) / out.step)] += lattice->weights[k];
    }
    accumulate(&out);
    return out;
}

/* Between two places a cubic with the density as its slope at both. */
static double excess(const void *context, double x)
{
    const struct marginal *at = context;
    double s = fmax(0.0, (x - at->from) / at->step);
    size_t k = (size_t)fmin(floor(s), (double)(at->count - 2));
    double t = s - (double)k, u = 1.0 - t;
    double value = at->below[k] * u * u * (1.0 + 2.0 * t) +
                   at->below[k + 1] * t * t * (1.0 + 2.0 * u) +
                   at->weight[k] * t * u * u - at->weight[k + 1] * t * t * u;
    return value - at->probability;
}

static double quantile(struct marginal marginal, double probability)
{
    double high = marginal.from + marginal.step * (double)(marginal.count - 1);
    double x;
    marginal.probability = probability;
    /* below the first place, or above the last: tails too small for the
     * lattice */
    if (!kernel_root(excess, &marginal, marginal.from, high, &x))
        return probability < 0.5 ? marginal.from : high;
    return x;
}

static void hyper(struct arena *scratch, const struct spatial_lattice *lattice,
                  hyper_coordinate *coordinate, hyper_value *value, double tail,
                  struct kernel_spatial_posterior *out)
{
    struct marginal marginal = marginal_of(scratch, lattice, coordinate);
    double mean = 0.0, variance = 0.0;
    for (size_t k = 0; k < lattice->count; k++)
        mean += lattice->weights[k] * value(coordinate(lattice->points[k].at));
    for (size_t k = 0; k < lattice->count; k++) {
        double gap = value(coordinate(lattice->points[k].at)) - mean;
        variance += lattice->weights[k] * gap * gap;
    }
    *out = (struct kernel_spatial_posterior){
        .mean = mean,
        .sd = sqrt(variance),
        .median = value(quantile(marginal, 0.5)),
        .lower = value(quantile(marginal, tail)),
        .upper = value(quantile(marginal, 1.0 - tail)),
    };
}

void spatial_sigma(struct arena *scratch, const struct spatial_lattice *lattice,
                   double tail, struct kernel_spatial_posterior *out)
{
    hyper(scratch, lattice, log_sigma_of, exp, tail, out);
}

void spatial_phi(struct arena *scratch, const struct spatial_lattice *lattice,
                 double tail, struct kernel_spatial_posterior *out)
{
    hyper(scratch, lattice, logit_mixing_of, spatial_mixing, tail, out);
}
