/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/distribution.h"
#include "calc/kernel_spatial_impl.h"

/* The log risk of one area at one point of the lattice: the normal that the
 * prior and the other areas leave, times the area's own Poisson likelihood. At
 * u from its mode the log density is - mu (e^u - 1 - u) - precision u^2 / 2:
 * where no case was seen its left side is the normal's, its right side ends
 * where cases would have been seen. A normal has no such end, and the mean of
 * its exponential may be anything.
 *
 * Trapezoid sums converge fast for such densities; between nodes the
 * distribution is a cubic of its values and densities. */
enum {
    CELLS = 64,
    NODES = CELLS + 1,
    NEWTON_LIMIT = 60,
};
struct spatial_marginal {
    double low, step;
    double density[NODES], below[NODES];
    double mean, variance; /* of the risk */
};

/* What falls by this in logarithm does not count. */
static const double negligible = 28.0;

struct shape {
    double mu, precision;
};

static struct shape shape_of(double mu, double variance)
{
    return (struct shape){mu, fmax(1.0 / variance - mu, 1e-9 / variance)};
}

/* Where mu (e^t - 1) + precision t = pull: the shift of a mode that is pulled.
 * The left side is convex and rises, so that Newton's method comes down from
 * the right without a stop. */
static double shifted(struct shape shape, double pull)
{
    double t = 0.0;
    if (pull > 0.0)
        t = fmin(pull / shape.precision, log1p(pull / shape.mu));
    for (int k = 0; k < NEWTON_LIMIT; k++) {
        double mu = shape.mu * exp(t);
        double step = (shape.mu * expm1(t) + shape.precision * t - pull) /
                      (mu + shape.precision);
        t -= step;
        if (!(fabs(step) > 1e-12 * (1.0 + fabs(t))))
            break;
    }
    return t;
}

/* How much the log density has fallen at u from the mode. */
static double fall(struct shape shape, double u)
{
    return shape.mu * (expm1(u) - u) + 0.5 * shape.precision * u * u;
}

/* How far from the mode, on one side, the density counts: at most where one
 * of the two falls does it alone (e^u - 1 - u is u^2 / 2 or more on the right,
 * u^2 / (2 - 2 u) on the left). The fall is convex: Newton's method comes back
 * from there and stays outside. */
static double reach(struct shape shape, double side)
{
    double share = negligible / shape.mu;
    double u = sqrt(2.0 * negligible / shape.precision);
    if (side < 0.0) {
        u = -fmin(u, share + sqrt(share * (share + 2.0)));
    } else {
        u = sqrt(2.0 * negligible / (shape.mu + shape.precision));
        u = fmin(u, log(2.0 + 2.0 * share));
    }
    for (int k = 0; k < NEWTON_LIMIT; k++) {
        double step = (fall(shape, u) - negligible) /
                      (shape.mu * expm1(u) + shape.precision * u);
        u -= step;
        if (!(fabs(step) > 0.02 * fabs(u)))
            break;
    }
    return u;
}

/* log of the integral of the density over that of the Gaussian; in 24 cells the
 * sums have seven digits. */
static double log_excess(struct shape shape, double variance)
{
    enum { FEW = 24 };
    double low = reach(shape, -1.0), sum = 0.0;
    double step = (reach(shape, 1.0) - low) / FEW;
    for (int k = 0; k <= FEW; k++)
        sum += exp(-fall(shape, low + k * step));
    return log(sum * step / sqrt(6.283185307179586477 * variance));
}

struct spatial_alone spatial_alone(double mu, double variance)
{
    double fourth = mu * variance * variance / 8.0;
    double third = mu * mu * variance * variance * variance * 5.0 / 24.0;
    struct spatial_alone out = {third - fourth, -0.5 * mu * variance};
    if (fourth < 1e-5)
        return out;
    out.log_excess = log_excess(shape_of(mu, variance), variance);
    double share = (third - out.log_excess) / fourth;
    out.pull *= sqrt(fmin(fmax(share, 0.0), 1.0));
    return out;
}

/* Fills the density around the mode, and its moments. */
static void fill(struct spatial_marginal *out, struct shape shape, double mode)
{
    double sum = 0.0, first = 0.0, second = 0.0, trapezoids = 0.0;
    for (int k = 0; k < NODES; k++) {
        double u = out->low - mode + k * out->step, growth = expm1(u);
        double density = exp(-fall(shape, u));
        double slope = -density * (shape.mu * growth + shape.precision * u);
        sum += density;
        first += density * growth;
        second += density * growth * growth;
        trapezoids += out->step * density;
        out->density[k] = density;
        /* Euler and Maclaurin: a sum to here is worth that much more. */
        out->below[k] = trapezoids - 0.5 * out->step * density -
                        out->step * out->step / 12.0 * slope;
    }
    first /= sum;
    out->mean = exp(mode) * (1.0 + first);
    out->variance = exp(2.0 * mode) * fmax(second / sum - first * first, 0.0);
    for (int k = 0; k < NODES; k++) {
        out->density[k] /= sum * out->step;
        out->below[k] /= sum * out->step;
    }
}

/* At `place` and a point of the lattice. The mode is that of all unknowns
 * together, pulled by the others. */
static void find(const struct kernel_spatial_map *map,
                 const struct spatial_point *point, size_t place,
                 struct spatial_marginal *out)
{
    double all = point->mode[place], pull = point->pulls[place];
    double mu = map->expected[place] * exp(all);
    struct shape shape = shape_of(mu, point->variances[place]);
    double shift = shifted(shape, pull);
    /* To the right as far as the risk's square counts. */
    double square = shifted(shape, pull + 2.0);
    struct shape here = {mu * exp(shift), shape.precision};
    struct shape there = {mu * exp(square), shape.precision};
    out->low = all + shift + reach(here, -1.0);
    out->step = (all + square + reach(there, 1.0) - out->low) / CELLS;
    fill(out, here, all + shift);
}

/* --- over the lattice ----------------------------------------------------- */

struct mixture {
    const struct spatial_lattice *lattice;
    const struct spatial_marginal *marginals;
    double probability;
};

/* P(eta < x) at one point: Hermite's cubic in the cell of x. */
static double below(const struct spatial_marginal *at, double x)
{
    double place = (x - at->low) / at->step;
    if (!(place > 0.0))
        return 0.0;
    if (place >= CELLS)
        return 1.0;
    size_t k = (size_t)place;
    double t = place - (double)k, s = 1.0 - t;
    return s * s * (1.0 + 2.0 * t) * at->below[k] +
           t * t * (1.0 + 2.0 * s) * at->below[k + 1] +
           t * s * at->step * (s * at->density[k] - t * at->density[k + 1]);
}

static double excess(const void *context, double x)
{
    const struct mixture *at = context;
    double sum = 0.0;
    for (size_t k = 0; k < at->lattice->count; k++)
        sum += at->lattice->weights[k] * below(&at->marginals[k], x);
    return sum - at->probability;
}

static double quantile(struct mixture *at, double probability)
{
    double low = INFINITY, high = -INFINITY, x = 0.0;
    for (size_t k = 0; k < at->lattice->count; k++) {
        const struct spatial_marginal *one = &at->marginals[k];
        low = fmin(low, one->low);
        high = fmax(high, one->low + CELLS * one->step);
    }
    at->probability = probability;
    return kernel_root(excess, at, low, high, &x) ? x : (double)NAN;
}

struct spatial_risks spatial_risks_new(struct arena *scratch,
                                       const struct kernel_spatial_map *map,
                                       const struct spatial_lattice *lattice)
{
    return (struct spatial_risks){
        map, lattice,
        arena_array(scratch, lattice->count, sizeof(struct spatial_marginal))};
}

void spatial_risk(struct spatial_risks *risks, size_t place, double tail,
                  struct kernel_spatial_posterior *risk, double *above)
{
    const struct spatial_lattice *lattice = risks->lattice;
    struct mixture at = {lattice, risks->marginals, 0.0};
    double mean = 0.0, variance = 0.0;
    for (size_t k = 0; k < lattice->count; k++) {
        find(risks->map, &lattice->points[k], place, &risks->marginals[k]);
        mean += lattice->weights[k] * risks->marginals[k].mean;
    }
    for (size_t k = 0; k < lattice->count; k++) {
        const struct spatial_marginal *one = &risks->marginals[k];
        double gap = one->mean - mean;
        variance += lattice->weights[k] * (one->variance + gap * gap);
    }
    *risk = (struct kernel_spatial_posterior){
        .mean = mean,
        .sd = sqrt(variance),
        .median = exp(quantile(&at, 0.5)),
        .lower = exp(quantile(&at, tail)),
        .upper = exp(quantile(&at, 1.0 - tail)),
    };
    at.probability = 1.0;
    *above = fmin(fmax(-excess(&at, 0.0), 0.0), 1.0);
}
