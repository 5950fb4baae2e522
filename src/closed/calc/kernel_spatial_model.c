/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "calc/kernel_spatial_impl.h"

double spatial_mixing(double logit)
{
    return 1.0 / (1.0 + exp(-logit));
}

double spatial_unmixing(double logit)
{
    return 1.0 / (1.0 + exp(logit));
}

/* eta_i less its fixed part. */
static double rest_at(const struct spatial_prior *prior, const double *x,
                      size_t area)
{
    size_t columns = prior->design.columns;
    double rest = x[area];
    for (size_t j = 0; j < columns; j++)
        rest -= prior->design.x[area * columns + j] * x[prior->fixed_from + j];
    return rest;
}

/* The prior precision of fixed effect j in the unit of its column: that of
 * N(0, 10^2). */
static double fixed_precision(const struct spatial_design *design, size_t j)
{
    return 0.01 / (design->unit[j] * design->unit[j]);
}

/* The fixed effects' share of x'Q x. */
static double fixed_quadratic(const struct spatial_prior *prior,
                              const double *x)
{
    double sum = 0.0;
    for (size_t j = 0; j < prior->design.columns; j++) {
        double effect = x[prior->fixed_from + j];
        sum += fixed_precision(&prior->design, j) * effect * effect;
    }
    return sum;
}

/* --- shared by both models ------------------------------------------------ */

/* Entries between an area's unknown and the fixed effects, and among those. */
static struct sparse_entry *cross(const struct spatial_prior *prior,
                                  size_t from, struct sparse_entry *to)
{
    for (size_t a = 0; a < prior->graph.areas; a++) {
        for (size_t j = 0; j < prior->design.columns; j++)
            *to++ = (struct sparse_entry){from + a, prior->fixed_from + j};
    }
    return to;
}

static struct sparse_entry *among(const struct spatial_prior *prior,
                                  struct sparse_entry *to)
{
    for (size_t j = 0; j < prior->design.columns; j++) {
        for (size_t k = 0; k < j; k++)
            *to++ = (struct sparse_entry){prior->fixed_from + j,
                                          prior->fixed_from + k};
    }
    return to;
}

static struct sparse_entry *edges(const struct spatial_prior *prior,
                                  size_t from, struct sparse_entry *to)
{
    for (size_t e = 0; e < prior->graph.edge_count; e++)
        *to++ = (struct sparse_entry){from + prior->graph.edges[e].a,
                                      from + prior->graph.edges[e].b};
    return to;
}

/* The fixed effects among themselves: x'(plain I + structured R) x. */
static double *fill_among(struct spatial_prior *prior, double plain,
                          double structured, double *to)
{
    const struct spatial_design *design = &prior->design;
    for (size_t j = 0; j < design->columns; j++) {
        for (size_t k = 0; k <= j; k++) {
            size_t at = j * design->columns + k;
            double value =
                plain * design->xx[at] + structured * design->xrx[at];
            if (k < j)
                *to++ = value;
            else
                prior->diagonal[prior->fixed_from + j] =
                    value + fixed_precision(design, j);
        }
    }
    return to;
}

static double fixed_log_det(const struct spatial_prior *prior)
{
    double sum = 0.0;
    for (size_t j = 0; j < prior->design.columns; j++)
        sum += log(fixed_precision(&prior->design, j));
    return sum;
}

/* --- BYM2 --------------------------------------------------------------------
 * eta given u: N(fixed + c u, 1/t), c = sigma sqrt(phi), 1/t = sigma^2 (1 -
 * phi); so all entries are in closed form and the matrix is sparse (Riebler
 * and others 2016, section 3.4). */

static void bym2_entries(const struct spatial_prior *prior,
                         struct sparse_entry *to)
{
    size_t areas = prior->graph.areas, next = prior->fixed_from;
    for (size_t a = 0; a < areas; a++)
        *to++ = (struct sparse_entry){a, areas + a};
    to = edges(prior, areas, to);
    to = cross(prior, 0, to);
    to = cross(prior, areas, to);
    to = among(prior, to);
    next += prior->design.columns;
    for (size_t p = 0; p < prior->graph.part_count; p++) {
        for (size_t a = 0; a < areas && prior->graph.part_sizes[p] > 1; a++) {
            if (prior->graph.part[a] == p)
                *to++ = (struct sparse_entry){areas + a, next};
        }
        next += prior->graph.part_sizes[p] > 1;
    }
}

struct bym2 {
    double c, t;
};

static struct bym2 bym2_at(struct spatial_hyper at)
{
    double sigma = exp(at.log_sigma);
    return (struct bym2){
        sigma * sqrt(spatial_mixing(at.logit_mixing)),
        1.0 / (sigma * sigma * spatial_unmixing(at.logit_mixing))};
}

static void bym2_fill(struct spatial_prior *prior, struct spatial_hyper at)
{
    const struct spatial_graph *graph = &prior->graph;
    struct bym2 bym2 = bym2_at(at);
    size_t areas = graph->areas, cells = areas * prior->design.columns;
    double *to = prior->values, *diagonal = prior->diagonal;
    for (size_t a = 0; a < areas; a++) {
        bool island = graph->degree[a] == 0.0;
        double structure =
            island ? 1.0 : graph->scale[graph->part[a]] * graph->degree[a];
        *to++ = -bym2.t * bym2.c;
        diagonal[a] = bym2.t;
        diagonal[areas + a] = structure + bym2.t * bym2.c * bym2.c;
    }
    for (size_t e = 0; e < graph->edge_count; e++)
        *to++ = -graph->scale[graph->part[graph->edges[e].a]];
    for (size_t i = 0; i < cells; i++)
        *to++ = -bym2.t * prior->design.x[i];
    for (size_t i = 0; i < cells; i++)
        *to++ = bym2.t * bym2.c * prior->design.x[i];
    to = fill_among(prior, bym2.t, 0.0, to);
    for (size_t a = 0; a < areas; a++) {
        if (graph->degree[a] > 0.0)
            *to++ = 1.0;
    }
}

static double bym2_quadratic(const struct spatial_prior *prior,
                             struct spatial_hyper at, const double *x)
{
    const struct spatial_graph *graph = &prior->graph;
    struct bym2 bym2 = bym2_at(at);
    const double *u = x + graph->areas;
    double sum = fixed_quadratic(prior, x), free = 0.0;
    for (size_t a = 0; a < graph->areas; a++) {
        double theta = rest_at(prior, x, a) - bym2.c * u[a];
        free += theta * theta;
        if (graph->degree[a] == 0.0)
            sum += u[a] * u[a];
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        double gap = u[graph->edges[e].a] - u[graph->edges[e].b];
        sum += graph->scale[graph->part[graph->edges[e].a]] * gap * gap;
    }
    return sum + bym2.t * free;
}

static bool bym2_log_det(struct spatial_prior *prior, struct spatial_hyper at,
                         double *out)
{
    *out = (double)prior->graph.areas * log(bym2_at(at).t) +
           prior->graph.log_det + fixed_log_det(prior);
    return true;
}

const struct spatial_model spatial_bym2 = {
    .effects = 1,
    .constrained = true,
    .entries = bym2_entries,
    .fill = bym2_fill,
    .quadratic = bym2_quadratic,
    .log_det = bym2_log_det,
};

/* --- Leroux --------------------------------------------------------------- */

static void leroux_entries(const struct spatial_prior *prior,
                           struct sparse_entry *to)
{
    to = edges(prior, 0, to);
    to = cross(prior, 0, to);
    among(prior, to);
}

/* The precision of the effect is plain I + structured R. */
struct leroux {
    double plain, structured;
};

static struct leroux leroux_at(struct spatial_hyper at)
{
    double precision = exp(-2.0 * at.log_sigma);
    return (struct leroux){precision * spatial_unmixing(at.logit_mixing),
                           precision * spatial_mixing(at.logit_mixing)};
}

static void leroux_fill(struct spatial_prior *prior, struct spatial_hyper at)
{
    const struct spatial_graph *graph = &prior->graph;
    struct leroux leroux = leroux_at(at);
    size_t cells = graph->areas * prior->design.columns;
    double *to = prior->values;
    for (size_t a = 0; a < graph->areas; a++)
        prior->diagonal[a] =
            leroux.plain + leroux.structured * graph->degree[a];
    for (size_t e = 0; e < graph->edge_count; e++)
        *to++ = -leroux.structured;
    for (size_t i = 0; i < cells; i++)
        *to++ = -leroux.plain * prior->design.x[i] -
                leroux.structured * prior->design.rx[i];
    fill_among(prior, leroux.plain, leroux.structured, to);
}

static double leroux_quadratic(const struct spatial_prior *prior,
                               struct spatial_hyper at, const double *x)
{
    const struct spatial_graph *graph = &prior->graph;
    struct leroux leroux = leroux_at(at);
    double plain = 0.0, structured = 0.0;
    for (size_t a = 0; a < graph->areas; a++) {
        double rest = rest_at(prior, x, a);
        plain += rest * rest;
    }
    for (size_t e = 0; e < graph->edge_count; e++) {
        double gap = rest_at(prior, x, graph->edges[e].a) -
                     rest_at(prior, x, graph->edges[e].b);
        structured += gap * gap;
    }
    return leroux.plain * plain + leroux.structured * structured +
           fixed_quadratic(prior, x);
}

static bool leroux_log_det(struct spatial_prior *prior, struct spatial_hyper at,
                           double *out)
{
    (void)at;
    /* the edges and the areas come first in both matrices */
    if (!sparse_factor(prior->graph.structure, prior->values, prior->diagonal))
        return false;
    *out = sparse_log_det(prior->graph.structure) + fixed_log_det(prior);
    return true;
}

const struct spatial_model spatial_leroux = {
    .entries = leroux_entries,
    .fill = leroux_fill,
    .quadratic = leroux_quadratic,
    .log_det = leroux_log_det,
};
