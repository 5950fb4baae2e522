/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calc/kernel_spatial_impl.h"

enum {
    MIDDLE = 80, /* of the square of lattice places: its origin */
    SIDE = 2 * MIDDLE + 1,
    ROUNDS = 8,
};

/* Points whose log density is this much below the best do not count. */
static const double negligible = 11.0;
/* Beyond these the priors leave nothing that counts. */
static const double log_sigma_limit = 3.0, logit_limit = 9.0;

/* A lattice while it is explored: outward from the densest point so far, so
 * that the first ones climb to the mode and the others surround it. */
struct survey {
    struct spatial_laplace *laplace;
    struct spatial_hyper origin, step;
    double log_sigma_floor;
    struct spatial_point **found; /* [SIDE * SIDE] NULL: not visited */
    size_t *open;                 /* places found, neighbours not yet visited */
    size_t open_count;
    double best;
};

static struct spatial_hyper place_at(const struct survey *survey, size_t place)
{
    size_t row = place / SIDE, column = place % SIDE;
    double i = (double)row - MIDDLE, j = (double)column - MIDDLE;
    return (struct spatial_hyper){
        survey->origin.log_sigma + i * survey->step.log_sigma,
        survey->origin.logit_mixing + j * survey->step.logit_mixing};
}

double spatial_sigma_floor(const struct kernel_spatial_map *map)
{
    double most = 0.0;
    for (size_t a = 0; a < map->neighbours.areas; a++)
        most = fmax(most, map->observed[a]);
    return 1e-3 / sqrt(1.0 + most);
}

static bool inside(const struct survey *survey, struct spatial_hyper at)
{
    return at.log_sigma >= survey->log_sigma_floor &&
           at.log_sigma <= log_sigma_limit &&
           fabs(at.logit_mixing) <= logit_limit;
}

static bool visit(struct survey *survey, size_t place, const double *start)
{
    struct spatial_hyper at = place_at(survey, place);
    if (survey->found[place] != NULL || !inside(survey, at))
        return true;
    struct spatial_point *point =
        arena_alloc(survey->laplace->arena, sizeof *point);
    if (!spatial_mode(survey->laplace, at, start, point))
        return false;
    survey->found[place] = point;
    survey->best = fmax(survey->best, point->log_density);
    survey->open[survey->open_count++] = place;
    return true;
}

/* Takes the densest open place, if it counts. */
static struct spatial_point *take(struct survey *survey, size_t *place)
{
    size_t best = 0;
    for (size_t k = 1; k < survey->open_count; k++) {
        if (survey->found[survey->open[k]]->log_density >
            survey->found[survey->open[best]]->log_density)
            best = k;
    }
    if (survey->open_count == 0)
        return NULL;
    *place = survey->open[best];
    struct spatial_point *point = survey->found[*place];
    survey->open[best] = survey->open[--survey->open_count];
    return point->log_density >= survey->best - negligible ? point : NULL;
}

static bool run_survey(struct survey *survey, const double *start)
{
    size_t place = MIDDLE * SIDE + MIDDLE;
    struct spatial_point *point;
    if (!visit(survey, place, start))
        return false;
    while ((point = take(survey, &place)) != NULL) {
        size_t i = place / SIDE, j = place % SIDE;
        if ((i > 0 && !visit(survey, place - SIDE, point->mode)) ||
            (i + 1 < SIDE && !visit(survey, place + SIDE, point->mode)) ||
            (j > 0 && !visit(survey, place - 1, point->mode)) ||
            (j + 1 < SIDE && !visit(survey, place + 1, point->mode)))
            return false;
    }
    return true;
}

static double corrected(const struct spatial_point *point)
{
    return point->log_density + point->correction;
}

void spatial_weigh(struct spatial_lattice *lattice)
{
    double best = -INFINITY, sum = 0.0;
    for (size_t k = 0; k < lattice->count; k++)
        best = fmax(best, corrected(&lattice->points[k]));
    for (size_t k = 0; k < lattice->count; k++) {
        lattice->weights[k] = exp(corrected(&lattice->points[k]) - best);
        sum += lattice->weights[k];
    }
    for (size_t k = 0; k < lattice->count; k++)
        lattice->weights[k] /= sum;
    lattice->log_marginal = best + log(sum) + log(lattice->step.log_sigma) +
                            log(lattice->step.logit_mixing);
}

/* The points that count, in order of place, with their weights. */
static struct spatial_lattice collect(const struct survey *survey)
{
    struct arena *arena = survey->laplace->arena;
    struct spatial_lattice out = {.step = survey->step};
    size_t places = (size_t)SIDE * SIDE, count = 0;
    for (size_t p = 0; p < places; p++)
        count += survey->found[p] != NULL;
    out.points = arena_array(arena, count + 1, sizeof *out.points);
    out.weights = arena_array(arena, count + 1, sizeof *out.weights);
    for (size_t p = 0; p < places; p++) {
        const struct spatial_point *point = survey->found[p];
        if (point == NULL || point->log_density < survey->best - negligible)
            continue;
        out.points[out.count++] = *point;
    }
    spatial_weigh(&out);
    return out;
}

struct spread {
    struct spatial_hyper mean, sd;
    const struct spatial_point *best;
};

static struct spread spread_of(const struct spatial_lattice *lattice)
{
    struct spread out = {.best = &lattice->points[0]};
    for (size_t k = 0; k < lattice->count; k++) {
        const struct spatial_point *point = &lattice->points[k];
        out.mean.log_sigma += lattice->weights[k] * point->at.log_sigma;
        out.mean.logit_mixing += lattice->weights[k] * point->at.logit_mixing;
        if (point->log_density > out.best->log_density)
            out.best = point;
    }
    for (size_t k = 0; k < lattice->count; k++) {
        const struct spatial_point *point = &lattice->points[k];
        double s = point->at.log_sigma - out.mean.log_sigma;
        double m = point->at.logit_mixing - out.mean.logit_mixing;
        out.sd.log_sigma += lattice->weights[k] * s * s;
        out.sd.logit_mixing += lattice->weights[k] * m * m;
    }
    out.sd.log_sigma = sqrt(out.sd.log_sigma);
    out.sd.logit_mixing = sqrt(out.sd.logit_mixing);
    return out;
}

/* A step above this share of the posterior's sd is halved: sums over a
 * lattice are then as good as integrals. */
static const double step_share = 0.75;

static bool refine(struct spatial_hyper *step, const struct spread *spread)
{
    bool coarse_sigma = step->log_sigma > step_share * spread->sd.log_sigma;
    bool coarse_mixing =
        step->logit_mixing > step_share * spread->sd.logit_mixing;
    step->log_sigma *= coarse_sigma ? 0.5 : 1.0;
    step->logit_mixing *= coarse_mixing ? 0.5 : 1.0;
    return coarse_sigma || coarse_mixing;
}

bool spatial_explore(struct spatial_laplace *laplace,
                     struct spatial_lattice *out)
{
    size_t places = (size_t)SIDE * SIDE;
    struct survey survey = {
        .laplace = laplace,
        .origin = {-1.5, 0.0},
        .step = {0.5, 1.0},
        .log_sigma_floor = log(spatial_sigma_floor(laplace->map)),
        .found = arena_array(laplace->arena, places, sizeof *survey.found),
        .open = arena_array(laplace->arena, places, sizeof *survey.open)};
    const double *start = spatial_start(laplace);
    struct spatial_lattice lattice = {0};
    const struct spatial_point *best = NULL;
    for (int round = 0; round < ROUNDS; round++) {
        survey.best = -INFINITY;
        survey.open_count = 0;
        memset(survey.found, 0, places * sizeof *survey.found);
        if (!run_survey(&survey, start))
            return false;
        lattice = collect(&survey);
        struct spread spread = spread_of(&lattice);
        best = spread.best;
        if (!refine(&survey.step, &spread))
            break;
        survey.origin = spread.best->at;
        start = spread.best->mode;
    }
    for (size_t k = 0; k < lattice.count; k++) {
        if (!spatial_moments(laplace, &lattice.points[k]))
            return false;
    }
    spatial_weigh(&lattice);
    lattice.skews =
        arena_array(laplace->arena, laplace->prior.unknowns, sizeof(double));
    if (!spatial_skews(laplace, best, lattice.skews))
        return false;
    *out = lattice;
    return true;
}
