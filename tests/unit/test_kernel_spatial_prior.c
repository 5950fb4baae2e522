/* SPDX-License-Identifier: EUPL-1.2 */
/* Inverse gamma priors of the variances of smoothed risks. */
#include <math.h>

#include "calc/kernel_spatial_impl.h"
#include "spatial_fixture.h"

enum {
    RING = 7,
};

static const struct kernel_spatial_variance wide = {1.0, 0.01};
static const struct kernel_spatial_variance firm = {2.0, 0.1};

/* A ring with different counts. */
static struct fixture ring(void)
{
    static const double observed[RING] = {9, 14, 11, 7, 10, 16, 12};
    struct fixture at = {.areas = RING};
    for (size_t a = 0; a < RING; a++) {
        at.observed[a] = observed[a];
        at.expected[a] = 11.0;
        fixture_join(&at, a, (a + 1) % RING);
    }
    return at;
}

/* Sums of the prior's density over a lattice: all of it; the places where the
 * variance of the independent effect is below a limit; where that of the
 * autoregression is. */
struct sums {
    double all, independent, structured;
};

static struct sums sum_prior(const struct kernel_spatial_map *map,
                             const struct spatial_model *model, double limit)
{
    struct arena *arena = arena_new();
    struct spatial_laplace laplace = spatial_laplace_new(arena, map, model);
    const double *start = spatial_start(&laplace);
    const double step_sigma = 0.1, step_mixing = 0.25;
    struct sums out = {0};
    for (double s = -3.5; s < 3.0; s += step_sigma) {
        for (double m = -10.0; m < 10.0; m += step_mixing) {
            struct spatial_hyper at = {s, m};
            struct spatial_point point;
            CHECK(spatial_mode(&laplace, at, start, &point));
            double share = exp(point.log_density - point.log_likelihood) *
                           step_sigma * step_mixing;
            double total = exp(2.0 * s);
            out.all += share;
            if (total * spatial_unmixing(m) < limit)
                out.independent += share;
            if (total * spatial_mixing(m) / laplace.prior.graph.scale[0] <
                limit)
                out.structured += share;
        }
    }
    arena_free(arena);
    return out;
}

TEST(priors_of_variances_are_densities)
{
    struct fixture at = ring();
    struct kernel_spatial_map map = fixture_map(&at, 0);
    map.variance = &firm;
    CHECK_NEAR(sum_prior(&map, &spatial_leroux, 0.0).all, 1.0, 2e-3);
    CHECK_NEAR(sum_prior(&map, &spatial_bym2, 0.0).all, 1.0, 2e-2);
    map.variance = NULL;
    /* what is above the first place */
    CHECK_NEAR(sum_prior(&map, &spatial_bym2, 0.0).all,
               exp(-spatial_sigma_rate * exp(-3.55)), 5e-3);
}

/* Half of both is below the median: for shape 2, where (1 + x) exp(-x) = 1/2
 * with x = scale / median. */
TEST(both_variances_of_bym_have_the_prior)
{
    struct fixture at = ring();
    struct kernel_spatial_map map = fixture_map(&at, 0);
    map.variance = &firm;
    struct sums sums = sum_prior(&map, &spatial_bym2, 0.1 / 1.6783469900166605);
    CHECK_NEAR(sums.independent, 0.5, 0.05);
    CHECK_NEAR(sums.structured, 0.5, 0.05);
}

TEST(a_map_in_pieces_has_no_variances_of_bym)
{
    struct fixture at = ring();
    at.observed[RING] = 3.0;
    at.expected[RING] = 4.0;
    at.areas = RING + 1; /* an island */
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct arena *arena = arena_new();
    struct kernel_spatial_fit fit;
    CHECK(kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 0.95, &fit));
    map.variance = &wide;
    CHECK(!kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 0.95, &fit));
    CHECK(kernel_spatial_fit(arena, &map, SPATIAL_LEROUX, 0.95, &fit));
    arena_free(arena);
}

TEST(shapes_and_scales_are_above_0)
{
    static const struct kernel_spatial_variance wrong[] = {
        {0.0, 0.01}, {1.0, 0.0},          {-1.0, 0.01},
        {1.0, -0.1}, {(double)NAN, 0.01}, {1.0, (double)INFINITY}};
    struct fixture at = ring();
    struct kernel_spatial_map map = fixture_map(&at, 0);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        map.variance = &wrong[i];
        CHECK(kernel_spatial_check(&map).fault == SPATIAL_VARIANCE);
    }
    map.variance = &wide;
    CHECK(kernel_spatial_check(&map).fault == SPATIAL_SOUND);
}

RUN(CASE(priors_of_variances_are_densities),
    CASE(both_variances_of_bym_have_the_prior),
    CASE(a_map_in_pieces_has_no_variances_of_bym),
    CASE(shapes_and_scales_are_above_0))
