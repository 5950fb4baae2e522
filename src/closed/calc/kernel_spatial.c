/* SPDX-License-Identifier: EUPL-1.2 */
#include "calc/kernel_spatial.h"

#include <math.h>

#include "calc/kernel_spatial_impl.h"

/* --- check ---------------------------------------------------------------- */

static struct kernel_spatial_check fault(enum kernel_spatial_fault what,
                                         size_t area, size_t other)
{
    return (struct kernel_spatial_check){what, area, other};
}

static struct kernel_spatial_check
check_counts(const struct kernel_spatial_map *map)
{
    double sum = 0.0;
    for (size_t a = 0; a < map->neighbours.areas; a++) {
        if (!isfinite(map->observed[a]) || map->observed[a] < 0.0)
            return fault(SPATIAL_OBSERVED, a, 0);
        if (!isfinite(map->expected[a]) || !(map->expected[a] > 0.0))
            return fault(SPATIAL_EXPECTED, a, 0);
        for (size_t j = 0; j < map->covariate_count; j++) {
            if (!isfinite(map->covariates[j][a]))
                return fault(SPATIAL_COVARIATE, a, j);
        }
        sum += map->observed[a];
    }
    return fault(sum > 0.0 ? SPATIAL_SOUND : SPATIAL_NO_CASE, 0, 0);
}

/* A covariate that is the same everywhere is alpha once more. */
static struct kernel_spatial_check
check_covariates(const struct kernel_spatial_map *map)
{
    for (size_t j = 0; j < map->covariate_count; j++) {
        const double *x = map->covariates[j];
        size_t a = 1;
        while (a < map->neighbours.areas && x[a] == x[0])
            a++;
        if (a == map->neighbours.areas)
            return fault(SPATIAL_CONSTANT, 0, j);
    }
    return fault(SPATIAL_SOUND, 0, 0);
}

struct kernel_spatial_check
kernel_spatial_check(const struct kernel_spatial_map *map)
{
    if (map->neighbours.areas == 0)
        return fault(SPATIAL_NO_AREA, 0, 0);
    const struct kernel_spatial_variance *variance = map->variance;
    if (variance != NULL &&
        !(isfinite(variance->shape) && variance->shape > 0.0 &&
          isfinite(variance->scale) && variance->scale > 0.0))
        return fault(SPATIAL_VARIANCE, 0, 0);
    struct kernel_spatial_check check = check_counts(map);
    if (check.fault == SPATIAL_SOUND)
        check = check_covariates(map);
    if (check.fault == SPATIAL_SOUND &&
        neighbours_check(&map->neighbours, &check.area, &check.other) !=
            NEIGHBOURS_GOOD)
        check.fault = SPATIAL_NEIGHBOURS;
    return check;
}

enum kernel_spatial_evidence kernel_spatial_evidence(double log_evidence)
{
    if (log_evidence < 0.0)
        return SPATIAL_EVIDENCE_NONE;
    if (log_evidence < log(3.0))
        return SPATIAL_EVIDENCE_WEAK;
    return log_evidence < log(20.0) ? SPATIAL_EVIDENCE_MODERATE
                                    : SPATIAL_EVIDENCE_STRONG;
}

/* --- fit ------------------------------------------------------------------ */

static void summarise(struct arena *arena, const struct kernel_spatial_map *map,
                      const struct spatial_lattice *lattice, double tail,
                      struct kernel_spatial_fit *fit)
{
    size_t areas = map->neighbours.areas, columns = 1 + map->covariate_count;
    fit->risks = arena_array(arena, areas, sizeof *fit->risks);
    fit->above_one = arena_array(arena, areas, sizeof *fit->above_one);
    fit->fixed = arena_array(arena, columns, sizeof *fit->fixed);
    struct spatial_risks risks = spatial_risks_new(arena, map, lattice);
    for (size_t a = 0; a < areas; a++)
        spatial_risk(&risks, a, tail, &fit->risks[a], &fit->above_one[a]);
    for (size_t j = 0; j < columns; j++)
        spatial_fixed(lattice, areas + j, tail, &fit->fixed[j]);
    spatial_sigma(arena, lattice, tail, &fit->sigma);
    spatial_phi(arena, lattice, tail, &fit->mixing);
}

/* A few cases far from the rest can leave log risks so uncertain that no
 * moment of the risks exists in doubles. */
static bool all_finite(const struct kernel_spatial_fit *fit, size_t areas)
{
    for (size_t a = 0; a < areas; a++) {
        if (!isfinite(fit->risks[a].mean) || !isfinite(fit->risks[a].sd) ||
            !isfinite(fit->risks[a].upper))
            return false;
    }
    return true;
}

bool kernel_spatial_fit(struct arena *arena,
                        const struct kernel_spatial_map *map,
                        enum kernel_spatial_model model, double confidence,
                        struct kernel_spatial_fit *out)
{
    static const struct spatial_model *const models[] = {
        [SPATIAL_BYM2] = &spatial_bym2,
        [SPATIAL_LEROUX] = &spatial_leroux,
    };
    if (!(confidence > 0.0 && confidence < 1.0) ||
        kernel_spatial_check(map).fault != SPATIAL_SOUND)
        return false;
    struct spatial_laplace laplace =
        spatial_laplace_new(arena, map, models[model]);
    if (map->variance != NULL && models[model]->constrained &&
        laplace.prior.graph.part_count > 1)
        return false;
    struct spatial_lattice lattice;
    struct spatial_point flat;
    struct spatial_hyper none = {log(spatial_sigma_floor(map)), 0.0};
    if (!spatial_mode(&laplace, none, spatial_start(&laplace), &flat) ||
        !spatial_moments(&laplace, &flat) ||
        !spatial_explore(&laplace, &lattice))
        return false;
    struct kernel_spatial_fit fit = {
        .log_marginal = lattice.log_marginal,
        .log_evidence =
            lattice.log_marginal - (flat.log_likelihood + flat.correction),
        .points = lattice.count,
    };
    summarise(arena, map, &lattice, 0.5 * (1.0 - confidence), &fit);
    if (!all_finite(&fit, map->neighbours.areas))
        return false;
    *out = fit;
    return true;
}
