/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "calc/kernel_spatial_impl.h"
#include "calc/saddle.h"

enum {
    STEP_LIMIT = 100,
    HALVING_LIMIT = 40,
};

/* A Newton step below this (in log risks) leaves an error of its square. */
static const double step_enough = 1e-6;

/* log p(observed) at means equal to the counts; deviances come off it, which
 * keeps digits for large counts. */
static double log_saturated(const struct kernel_spatial_map *map)
{
    double sum = 0.0;
    for (size_t a = 0; a < map->neighbours.areas; a++) {
        double count = map->observed[a];
        if (count > 0.0)
            sum -= saddle_stirling_error(count) +
                   0.5 * log(6.283185307179586477 * count);
    }
    return sum;
}

struct spatial_laplace spatial_laplace_new(struct arena *arena,
                                           const struct kernel_spatial_map *map,
                                           const struct spatial_model *model)
{
    struct spatial_laplace out = {
        .arena = arena,
        .map = map,
        .prior = spatial_prior_new(arena, map, model),
        .log_saturated = log_saturated(map),
    };
    size_t unknowns = out.prior.unknowns;
    out.diagonal = arena_array(arena, unknowns + 1, sizeof(double));
    out.step = arena_array(arena, unknowns + 1, sizeof(double));
    out.trial = arena_array(arena, unknowns + 1, sizeof(double));
    out.weight = arena_array(arena, map->neighbours.areas + 1, sizeof(double));
    return out;
}

double *spatial_start(const struct spatial_laplace *laplace)
{
    const struct kernel_spatial_map *map = laplace->map;
    double *start =
        arena_array(laplace->arena, laplace->prior.unknowns, sizeof *start);
    double observed = 0.0, expected = 0.0;
    for (size_t a = 0; a < map->neighbours.areas; a++) {
        observed += map->observed[a];
        expected += map->expected[a];
    }
    double alpha = log(observed / expected);
    for (size_t a = 0; a < map->neighbours.areas; a++)
        start[a] = alpha;
    start[laplace->prior.fixed_from] = alpha;
    return start;
}

/* log p(observed | x) + log p(x), up to what does not depend on x. */
static double log_joint(const struct spatial_laplace *laplace,
                        struct spatial_hyper at, const double *x)
{
    const struct kernel_spatial_map *map = laplace->map;
    double deviance = 0.0;
    for (size_t a = 0; a < map->neighbours.areas; a++)
        deviance +=
            saddle_deviance(map->observed[a], map->expected[a] * exp(x[a]));
    return laplace->log_saturated - deviance -
           0.5 * laplace->prior.model->quadratic(&laplace->prior, at, x);
}

/* Factors the precision at x: the prior's, with the Poisson means added. */
static bool factor(struct spatial_laplace *laplace, const double *x)
{
    const struct spatial_prior *prior = &laplace->prior;
    memcpy(laplace->diagonal, prior->diagonal,
           prior->unknowns * sizeof *laplace->diagonal);
    for (size_t a = 0; a < laplace->map->neighbours.areas; a++) {
        laplace->weight[a] = laplace->map->expected[a] * exp(x[a]);
        laplace->diagonal[a] += laplace->weight[a];
    }
    return sparse_factor(prior->sparse, prior->values, laplace->diagonal);
}

/* The step to the mode of the quadratic that touches the log joint at x; its
 * longest part in log risks. */
static double newton_step(struct spatial_laplace *laplace, const double *x)
{
    const struct kernel_spatial_map *map = laplace->map;
    double *step = laplace->step, longest = 0.0;
    memset(step, 0, laplace->prior.unknowns * sizeof *step);
    for (size_t a = 0; a < map->neighbours.areas; a++)
        step[a] = laplace->weight[a] * (x[a] - 1.0) + map->observed[a];
    sparse_solve(laplace->prior.sparse, step);
    for (size_t i = 0; i < laplace->prior.unknowns; i++)
        step[i] -= x[i];
    for (size_t a = 0; a < map->neighbours.areas; a++)
        longest = fmax(longest, fabs(step[a]));
    return longest;
}

/* Goes along the step, or half of it and so on, until the joint density is
 * higher; a full step from far away can overshoot. */
static bool advance(struct spatial_laplace *laplace, struct spatial_hyper at,
                    double *x, double *log_density)
{
    double share = 1.0;
    for (int k = 0; k < HALVING_LIMIT; k++, share *= 0.5) {
        for (size_t i = 0; i < laplace->prior.unknowns; i++)
            laplace->trial[i] = x[i] + share * laplace->step[i];
        double now = log_joint(laplace, at, laplace->trial);
        if (isfinite(now) && now >= *log_density) {
            memcpy(x, laplace->trial,
                   laplace->prior.unknowns * sizeof *laplace->trial);
            *log_density = now;
            return true;
        }
    }
    return false;
}

/* Log density of the log of a variance. */
static double log_inverse_gamma(const struct kernel_spatial_variance *prior,
                                double log_variance)
{
    return prior->shape * (log(prior->scale) - log_variance) -
           lgamma(prior->shape) - prior->scale * exp(-log_variance);
}

/* The variances' logs have the derivatives 2 and 2, phi - 1 and phi by the
 * coordinates: a determinant of 2. */
static double log_prior(const struct spatial_laplace *laplace,
                        struct spatial_hyper at)
{
    const struct kernel_spatial_variance *variance = laplace->map->variance;
    double log_mixing = log(spatial_mixing(at.logit_mixing));
    double log_unmixing = log(spatial_unmixing(at.logit_mixing));
    double log_total = 2.0 * at.log_sigma;
    if (variance == NULL)
        return log(spatial_sigma_rate) -
               spatial_sigma_rate * exp(at.log_sigma) + at.log_sigma +
               log_mixing + log_unmixing;
    if (!laplace->prior.model->constrained)
        return log(2.0) + log_inverse_gamma(variance, log_total) + log_mixing +
               log_unmixing;
    double log_scale = log(laplace->prior.graph.scale[0]);
    return log(2.0) + log_inverse_gamma(variance, log_total + log_unmixing) +
           log_inverse_gamma(variance, log_total + log_mixing - log_scale);
}

bool spatial_mode(struct spatial_laplace *laplace, struct spatial_hyper at,
                  const double *start, struct spatial_point *out)
{
    struct spatial_prior *prior = &laplace->prior;
    size_t unknowns = prior->unknowns;
    struct spatial_point point = {
        .at = at,
        .mode = arena_array(laplace->arena, unknowns, sizeof(double))};
    double prior_log_det = 0.0, joint = 0.0, longest = INFINITY;
    prior->model->fill(prior, at);
    if (!prior->model->log_det(prior, at, &prior_log_det))
        return false;
    memcpy(point.mode, start, unknowns * sizeof *point.mode);
    joint = log_joint(laplace, at, point.mode);
    for (int k = 0; k < STEP_LIMIT; k++) {
        if (!factor(laplace, point.mode))
            return false;
        longest = newton_step(laplace, point.mode);
        if (!(longest > step_enough) ||
            !advance(laplace, at, point.mode, &joint))
            break;
    }
    if (!(longest < 1e-3))
        return false;
    point.log_likelihood =
        joint + 0.5 * (prior_log_det - sparse_log_det(prior->sparse));
    point.log_density = point.log_likelihood + log_prior(laplace, at);
    *out = point;
    return isfinite(point.log_density);
}

/* The Laplace approximation to second order (Tierney, Kass and Kadane 1989, eq.
 * 2.6; Shun and McCullagh 1995): the skewed likelihood of each area pulls all
 * unknowns, so that E(x) = mode + H^-1 pulls, and the integral grows by half of
 * pulls' H^-1 pulls. To first order a pull is - mu v / 2, as the third
 * derivative of a Poisson log likelihood is - mu. What an area does to itself
 * is integrated instead. The term of the cubes of covariances between areas is
 * left out: it is a hundredth of the others. */
static double *find_pulls(struct spatial_laplace *laplace,
                          const double *variance, double *alone)
{
    size_t areas = laplace->map->neighbours.areas;
    double *pulls = arena_array(laplace->arena, areas, sizeof *pulls);
    *alone = 0.0;
    for (size_t a = 0; a < areas; a++) {
        struct spatial_alone own =
            spatial_alone(laplace->weight[a], variance[a]);
        *alone += own.log_excess;
        pulls[a] = own.pull;
    }
    return pulls;
}

/* Turns the pulls by each area into those of the others on it. */
static void take_others(struct spatial_point *point, const double *shift,
                        const double *variance, size_t areas, double alone)
{
    double together = 0.0;
    for (size_t a = 0; a < areas; a++) {
        double others = shift[a] / variance[a] - point->pulls[a];
        together += 0.5 * point->pulls[a] * variance[a] * others;
        point->pulls[a] = others;
    }
    point->correction = alone + together;
}

bool spatial_moments(struct spatial_laplace *laplace,
                     struct spatial_point *point)
{
    struct spatial_prior *prior = &laplace->prior;
    size_t areas = laplace->map->neighbours.areas,
           columns = prior->design.columns;
    prior->model->fill(prior, point->at);
    if (!factor(laplace, point->mode))
        return false;
    double *variance = laplace->trial, *shift = laplace->step, alone;
    sparse_inverse_diagonal(prior->sparse, variance);
    point->pulls = find_pulls(laplace, variance, &alone);
    memset(shift, 0, prior->unknowns * sizeof *shift);
    memcpy(shift, point->pulls, areas * sizeof *shift);
    sparse_solve(prior->sparse, shift);
    point->means = arena_array(laplace->arena, areas + columns, sizeof(double));
    point->variances =
        arena_array(laplace->arena, areas + columns, sizeof(double));
    for (size_t k = 0; k < areas + columns; k++) {
        size_t i = k < areas ? k : prior->fixed_from + k - areas;
        double unit = k < areas ? 1.0 : prior->design.unit[k - areas];
        point->means[k] = (point->mode[i] + shift[i]) / unit;
        point->variances[k] = variance[i] / (unit * unit);
        if (!(variance[i] > 0.0) || !isfinite(point->means[k]))
            return false;
    }
    take_others(point, shift, variance, areas, alone);
    return isfinite(point->correction);
}

/* Third cumulants at a mode are - sum over j of mu_j C(i, j)^3 to first
 * order, C the covariance. */
bool spatial_skews(struct spatial_laplace *laplace,
                   const struct spatial_point *point, double *skews)
{
    struct spatial_prior *prior = &laplace->prior;
    size_t areas = laplace->map->neighbours.areas;
    prior->model->fill(prior, point->at);
    if (!factor(laplace, point->mode))
        return false;
    for (size_t k = 0; k < areas + prior->design.columns; k++) {
        size_t i = k < areas ? k : prior->fixed_from + k - areas;
        double *column = laplace->step, sum = 0.0;
        memset(column, 0, prior->unknowns * sizeof *column);
        column[i] = 1.0;
        sparse_solve(prior->sparse, column);
        for (size_t j = 0; j < areas; j++)
            sum -= laplace->weight[j] * column[j] * column[j] * column[j];
        skews[k] = sum / pow(column[i], 1.5);
    }
    return true;
}
