/* SPDX-License-Identifier: EUPL-1.2 */
/* kernel_spatial_impl.h - shared by the files of kernel_spatial.h.
 *
 * The unknowns of a model are, in this order: the log risks eta of the areas;
 * the effects the model has beside them; the fixed effects (alpha, then the
 * coefficients); the multipliers of its constraints. Only eta meets the
 * counts. */
#ifndef CALC_KERNEL_SPATIAL_IMPL_H
#define CALC_KERNEL_SPATIAL_IMPL_H

#include "calc/kernel_spatial.h"
#include "calc/sparse.h"

/* --- the neighbourhood ---------------------------------------------------- */

struct spatial_edge {
    size_t a, b; /* a < b */
};
struct spatial_graph {
    size_t areas, edge_count, part_count;
    struct spatial_edge *edges;
    double *degree;     /* [areas] */
    size_t *part;       /* [areas] the connected part of an area */
    size_t *part_sizes; /* [part_count] */
    size_t *part_first; /* [part_count] one area of each */
    double *scale;      /* [part_count] of R for variances of geometric mean 1;
                           1 for a single area */
    double log_det;     /* of the scaled R, bordered by its constraints */
    struct sparse *structure; /* a system with R's places */
};
struct spatial_graph spatial_graph_new(struct arena *arena,
                                       const struct kernel_spatial_map *map);

/* --- a model -------------------------------------------------------------- */

/* sigma and the mixing parameter (phi or lambda) as the lattice has them. */
struct spatial_hyper {
    double log_sigma, logit_mixing;
};

/* The design: column 0 is ones, then the covariates. */
struct spatial_design {
    size_t columns;
    double *unit;     /* [columns] of x, so that it is within [-1, 1] */
    double *x;        /* [areas * columns], in that unit */
    double *rx;       /* [areas * columns] R x */
    double *xx, *xrx; /* [columns * columns] x'x, x'R x */
};

struct spatial_model;
struct spatial_prior {
    const struct spatial_model *model;
    struct spatial_graph graph;
    struct spatial_design design;
    size_t unknowns, fixed_from; /* all; place of alpha */
    struct sparse *sparse;
    double *values, *diagonal; /* of the prior's precision matrix */
};
struct spatial_model {
    size_t effects;   /* beside eta, per area */
    bool constrained; /* multipliers for the parts of the map */
    void (*entries)(const struct spatial_prior *prior,
                    struct sparse_entry *entries);
    /* Fills values and diagonal. */
    void (*fill)(struct spatial_prior *prior, struct spatial_hyper at);
    /* x'Q x. */
    double (*quadratic)(const struct spatial_prior *prior,
                        struct spatial_hyper at, const double *x);
    /* log |Q|, after fill; false when it cannot be had. */
    bool (*log_det)(struct spatial_prior *prior, struct spatial_hyper at,
                    double *out);
};
extern const struct spatial_model spatial_bym2, spatial_leroux;

static const double spatial_sigma_rate = 4.605170186; /* P(sigma > 1) = 0.01 */

double spatial_mixing(double logit);
/* 1 - mixing, with its digits. */
double spatial_unmixing(double logit);
struct spatial_prior spatial_prior_new(struct arena *arena,
                                       const struct kernel_spatial_map *map,
                                       const struct spatial_model *model);

/* --- one point of the lattice --------------------------------------------- */

struct spatial_point {
    struct spatial_hyper at;
    double log_likelihood; /* log p(observed given at) */
    double log_density;    /* log p(observed, at), in lattice units */
    double *mode;          /* [unknowns] */
    /* By spatial_moments; 0 and NULL before: */
    double correction;         /* of both logs, to second order */
    double *means, *variances; /* [areas + columns] of eta and fixed effects */
    double *pulls; /* [areas] by which the other areas' skewness moves an eta:
                      its shift over its variance */
};
struct spatial_laplace {
    struct arena *arena;
    const struct kernel_spatial_map *map;
    struct spatial_prior prior;
    double log_saturated; /* log p(observed) if the means were the counts */
    double *diagonal, *step, *trial, *weight; /* [unknowns] */
};
struct spatial_laplace spatial_laplace_new(struct arena *arena,
                                           const struct kernel_spatial_map *map,
                                           const struct spatial_model *model);
/* A mode to start from where none is known. */
double *spatial_start(const struct spatial_laplace *laplace);
/* The mode at `at`, from `start`, and the log density there. */
bool spatial_mode(struct spatial_laplace *laplace, struct spatial_hyper at,
                  const double *start, struct spatial_point *out) MUST_USE;
/* Means, corrected, variances and the correction of the log densities at a
 * point whose mode is known. */
bool spatial_moments(struct spatial_laplace *laplace,
                     struct spatial_point *point) MUST_USE;
/* Skewnesses [areas + columns], in the order of its means. */
bool spatial_skews(struct spatial_laplace *laplace,
                   const struct spatial_point *point, double *skews) MUST_USE;

/* --- the lattice ---------------------------------------------------------- */

struct spatial_lattice {
    struct spatial_point *points; /* those that count, by log_sigma, then
                                     logit_mixing */
    double *weights;              /* [count] sum 1 */
    size_t count;
    double *skews; /* [areas + columns] of eta and fixed effects, at the mode */
    struct spatial_hyper step;
    double log_marginal;
};
/* Where sigma is a thousandth of the standard error of the most certain log
 * risk: for the counts it is 0 there, and below it numbers lose digits. */
double spatial_sigma_floor(const struct kernel_spatial_map *map);
/* The weights of the points, and log_marginal, from their log densities. */
void spatial_weigh(struct spatial_lattice *lattice);
bool spatial_explore(struct spatial_laplace *laplace,
                     struct spatial_lattice *out) MUST_USE;

/* What one area's Poisson likelihood, of mean `mu` at the mode, does to the
 * Gaussian of this variance there: the log of the integral of their product
 * over the Gaussian's, - mu v^2 / 8 + 5 mu^2 v^3 / 24 to second order, and the
 * mean of its gradient, - mu v / 2. Where the series overshoots the integral,
 * the pull is made smaller with it. */
struct spatial_alone {
    double log_excess, pull;
};
struct spatial_alone spatial_alone(double mu, double variance);

/* The risks at the points of a lattice, one area after the other. */
struct spatial_risks {
    const struct kernel_spatial_map *map;
    const struct spatial_lattice *lattice;
    struct spatial_marginal *marginals; /* [lattice->count] of one area */
};
struct spatial_risks spatial_risks_new(struct arena *scratch,
                                       const struct kernel_spatial_map *map,
                                       const struct spatial_lattice *lattice);

/* Posteriors of the risk of an area and the probability that it is above 1, of
 * a fixed effect (`place` as in a point's means), of sigma and of phi or
 * lambda. `tail` is half of 1 - confidence. */
void spatial_risk(struct spatial_risks *risks, size_t area, double tail,
                  struct kernel_spatial_posterior *risk, double *above);
void spatial_fixed(const struct spatial_lattice *lattice, size_t place,
                   double tail, struct kernel_spatial_posterior *out);
void spatial_sigma(struct arena *scratch, const struct spatial_lattice *lattice,
                   double tail, struct kernel_spatial_posterior *out);
void spatial_phi(struct arena *scratch, const struct spatial_lattice *lattice,
                 double tail, struct kernel_spatial_posterior *out);

#endif
