/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/stats_areas.h"
#include "calc/kernel_spatial.h"

/* [prior], [prior_shape], [prior_scale]; NULL for the usual one. */
static const struct kernel_spatial_variance *
take_variance(struct script_call *call)
{
    static const char *const priors[] = {"exponential", "inverse_gamma", NULL};
    bool gamma = call_choice(call, "prior", priors) == 1;
    if (!gamma &&
        (call_given(call, "prior_shape") || call_given(call, "prior_scale")))
        call_fail(call, "'prior_shape' and 'prior_scale' are of prior = "
                        "\"inverse_gamma\"");
    struct kernel_spatial_variance *out =
        arena_alloc(call_arena(call), sizeof *out);
    *out = (struct kernel_spatial_variance){
        .shape = call_number_or(call, "prior_shape", 1.0),
        .scale = call_number_or(call, "prior_scale", 0.01),
    };
    return gamma ? out : NULL;
}

static void take_map(struct script_call *call, struct kernel_spatial_map *map)
{
    map->variance = take_variance(call);
    size_t areas = 0;
    map->observed = call_list(call, "observed", &areas);
    map->expected = call_list_of(call, "expected", areas);
    map->neighbours = stats_neighbours(call, areas);
    if (!call_given(call, "covariates"))
        return;
    struct call_lists covariates = call_list_of_lists(call, "covariates");
    for (size_t j = 0; j < covariates.count; j++) {
        if (covariates.sizes[j] != areas)
            call_fail(call,
                      "covariate %zu: expected a number for each of %zu "
                      "areas, found %zu",
                      j + 1, areas, covariates.sizes[j]);
    }
    map->covariates = covariates.lists;
    map->covariate_count = covariates.count;
}

static void check_map(struct script_call *call,
                      const struct kernel_spatial_map *map)
{
    struct kernel_spatial_check check = kernel_spatial_check(map);
    size_t area = check.area + 1, other = check.other + 1;
    switch (check.fault) {
    case SPATIAL_SOUND:
        return;
    case SPATIAL_NO_AREA:
        call_fail(call, "there is no area");
    case SPATIAL_OBSERVED:
        call_fail(call, "area %zu: 'observed' must be 0 or more", area);
    case SPATIAL_EXPECTED:
        call_fail(
            call,
            "area %zu: 'expected' must be above 0: without expected cases "
            "a risk has no mean; leave the area out",
            area);
    case SPATIAL_NO_CASE:
        call_fail(call, "no case was observed in any area: a variation cannot "
                        "be estimated");
    case SPATIAL_COVARIATE:
        call_fail(call, "area %zu: covariate %zu is not finite", area, other);
    case SPATIAL_CONSTANT:
        call_fail(call,
                  "covariate %zu is the same in every area: its effect cannot "
                  "be told from the level 'alpha'",
                  other);
    case SPATIAL_VARIANCE:
        call_fail(call, "'prior_shape' and 'prior_scale' are above 0");
    case SPATIAL_NEIGHBOURS: /* stats_neighbours has named it */
        call_fail(call, "'neighbours': expected each pair on both sides");
    }
}

/* One number of each posterior, as a list. */
typedef double part_of(const struct kernel_spatial_posterior *posterior);

static double mean_of(const struct kernel_spatial_posterior *posterior)
{
    return posterior->mean;
}

static double sd_of(const struct kernel_spatial_posterior *posterior)
{
    return posterior->sd;
}

static double median_of(const struct kernel_spatial_posterior *posterior)
{
    return posterior->median;
}

static double lower_of(const struct kernel_spatial_posterior *posterior)
{
    return posterior->lower;
}

static double upper_of(const struct kernel_spatial_posterior *posterior)
{
    return posterior->upper;
}

static void give_part(struct script_call *call, const char *field,
                      const struct kernel_spatial_posterior *posteriors,
                      size_t count, part_of *part)
{
    double *values = arena_array(call_arena(call), count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = part(&posteriors[i]);
    call_give_list(call, field, values, count);
}

static void give_scalar(struct script_call *call, const char *field,
                        const struct kernel_spatial_posterior *posterior)
{
    struct arena *arena = call_arena(call);
    call_give(call, field, posterior->mean);
    call_give(call, arena_format(arena, "%s_lower", field), posterior->lower);
    call_give(call, arena_format(arena, "%s_upper", field), posterior->upper);
}

static const char *const evidence[] = {
    [SPATIAL_EVIDENCE_NONE] = "none",
    [SPATIAL_EVIDENCE_WEAK] = "weak",
    [SPATIAL_EVIDENCE_MODERATE] = "moderate",
    [SPATIAL_EVIDENCE_STRONG] = "strong",
};

static void give(struct script_call *call, const struct kernel_spatial_fit *fit,
                 const struct kernel_spatial_map *map, const char *mixing)
{
    give_part(call, "risk", fit->risks, map->neighbours.areas, mean_of);
    give_part(call, "sd", fit->risks, map->neighbours.areas, sd_of);
    give_part(call, "median", fit->risks, map->neighbours.areas, median_of);
    give_part(call, "lower", fit->risks, map->neighbours.areas, lower_of);
    give_part(call, "upper", fit->risks, map->neighbours.areas, upper_of);
    call_give_list(call, "above_one", fit->above_one, map->neighbours.areas);
    give_scalar(call, "sigma", &fit->sigma);
    give_scalar(call, mixing, &fit->mixing);
    give_scalar(call, "alpha", &fit->fixed[0]);
    give_part(call, "coefficient", fit->fixed + 1, map->covariate_count,
              mean_of);
    give_part(call, "coefficient_lower", fit->fixed + 1, map->covariate_count,
              lower_of);
    give_part(call, "coefficient_upper", fit->fixed + 1, map->covariate_count,
              upper_of);
    call_give(call, "log_marginal", fit->log_marginal);
    call_give(call, "log_evidence", fit->log_evidence);
    call_give_text(call, "evidence",
                   evidence[kernel_spatial_evidence(fit->log_evidence)]);
}

/* Leroux's model then has nothing that tells its level from its islands, whose
 * variance is unbounded: simulations and approximations part (spatial.md). */
static bool cases_on_islands_alone(const struct kernel_spatial_map *map)
{
    bool any = false;
    for (size_t i = 0; i < map->neighbours.areas; i++)
        any = any || (map->neighbours.sizes[i] > 0 && map->observed[i] > 0.0);
    return !any;
}

static void run(struct script_call *call, enum kernel_spatial_model model,
                const char *mixing)
{
    struct kernel_spatial_map map = {0};
    struct kernel_spatial_fit fit;
    double confidence = stats_confidence(call);
    take_map(call, &map);
    check_map(call, &map);
    if (model == SPATIAL_LEROUX && cases_on_islands_alone(&map))
        call_fail(call, "all cases are in areas without neighbours, which this "
                        "model holds together with nothing; use stats.bym2");
    if (!kernel_spatial_fit(call_arena(call), &map, model, confidence, &fit))
        call_fail(call,
                  "the counts are too few or too far apart for a stable "
                  "estimate%s",
                  map.variance == NULL || model == SPATIAL_LEROUX
                      ? ""
                      : ", or the map is not in one piece, as prior = "
                        "\"inverse_gamma\" wants it");
    give(call, &fit, &map, mixing);
}

static void bym2(struct script_call *call)
{
    run(call, SPATIAL_BYM2, "phi");
}

static void leroux(struct script_call *call)
{
    run(call, SPATIAL_LEROUX, "lambda");
}

#define ARGUMENTS                                                              \
    "observed, expected, neighbours, [covariates], [confidence], [prior], "    \
    "[prior_shape], [prior_scale]"
static const struct script_function functions[] = {
    {"bym2", ARGUMENTS, bym2},
    {"leroux", ARGUMENTS, leroux},
};

const struct script_group stats_spatial = {functions, COUNT_OF(functions)};
