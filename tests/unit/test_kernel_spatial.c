/* SPDX-License-Identifier: EUPL-1.2 */
/* Smoothed risks: what can be known without another program. */
#include "calc/distribution.h"
#include "calc/kernel_spatial_impl.h"
#include "dense.h"
#include "spatial_fixture.h"

/* A ring of areas with made counts. */
static struct fixture ring(size_t areas)
{
    struct fixture out = {.areas = areas};
    for (size_t a = 0; a < areas; a++) {
        out.expected[a] = 6.0 + (double)(a * 7 % 5);
        out.observed[a] = (double)(a * 5 % 13) + (a < areas / 2 ? 4.0 : 0.0);
        out.covariate[a] = (double)(a % 3);
        fixture_join(&out, a, (a + 1) % areas);
    }
    return out;
}

static struct kernel_spatial_fit fit(struct arena *arena,
                                     struct kernel_spatial_map map,
                                     enum kernel_spatial_model model)
{
    struct kernel_spatial_fit out = {0};
    CHECK(kernel_spatial_fit(arena, &map, model, 0.95, &out));
    for (size_t a = 0; a < map.neighbours.areas; a++) {
        const struct kernel_spatial_posterior *risk = &out.risks[a];
        CHECK(risk->lower > 0.0 && risk->lower < risk->median);
        CHECK(risk->median < risk->upper && risk->sd > 0.0);
        CHECK(out.above_one[a] >= 0.0 && out.above_one[a] <= 1.0);
    }
    return out;
}

/* --- scale ---------------------------------------------------------------- */

/* The generalised inverse of a ring's structure matrix has (n^2 - 1) / (12 n)
 * on its diagonal, a complete graph's (n - 1) / n^2; their eigenvalues but 0
 * have the products n^2 and n^(n - 1). */
TEST(the_effect_of_a_ring_has_variance_one)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(9);
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct spatial_graph graph = spatial_graph_new(arena, &map);
    double scale = (81.0 - 1.0) / (12.0 * 9.0);
    CHECK_INT(graph.part_count, 1);
    CHECK_NEAR(graph.scale[0], scale, 1e-13);
    CHECK_NEAR(graph.log_det, log(9.0) + log(81.0) + 8.0 * log(scale), 1e-13);
    arena_free(arena);
}

TEST(each_part_has_its_own_scale_and_an_island_none)
{
    struct arena *arena = arena_new();
    struct fixture at = {.areas = 8};
    for (size_t a = 0; a < 5; a++) {
        for (size_t b = 0; b < a; b++)
            fixture_join(&at, a, b);
    }
    fixture_join(&at, 5, 7);
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct spatial_graph graph = spatial_graph_new(arena, &map);
    CHECK_INT(graph.part_count, 3);
    CHECK_NEAR(graph.scale[0], 4.0 / 25.0, 1e-13);
    CHECK_NEAR(graph.scale[1], 0.25, 1e-13); /* areas 5 and 7 */
    CHECK_NEAR(graph.scale[2], 1.0, 0.0);    /* area 6 */
    CHECK_INT(graph.part[7], 1);
    CHECK_INT(graph.part_sizes[0], 5);
    arena_free(arena);
}

/* --- the approximation ---------------------------------------------------- */

/* The covariance of eta in BYM2: 10^2 for the level, sigma^2 (1 - phi) of each
 * area's own and sigma^2 phi of the structured effect. Two chains of three
 * areas and an island; for a chain of three, R's generalised inverse is known.
 */
enum {
    CHAINS = 7,
};

static double structured(size_t a, size_t b)
{
    static const double chain[3][3] = {{5, -1, -4}, {-1, 2, -1}, {-4, -1, 5}};
    if (a == 6 && b == 6)
        return 1.0;
    if (a / 3 != b / 3 || a == 6 || b == 6)
        return 0.0;
    double mean = cbrt(5.0 * 2.0 * 5.0); /* of the variances, times 9 */
    return chain[a % 3][b % 3] / mean;
}

static void fill_covariance(double sigma, double phi, double *out)
{
    for (size_t a = 0; a < CHAINS; a++) {
        for (size_t b = 0; b < CHAINS; b++)
            out[a * CHAINS + b] = 100.0 + sigma * sigma *
                                              (phi * structured(a, b) +
                                               (a == b ? 1.0 - phi : 0.0));
    }
}

/* The Laplace approximation of log p(observed | sigma, phi), from dense
 * matrices: log p(observed | mode) - mode' K^-1 mode / 2 - log |I + K W| / 2,
 * by Newton's method in the variable K^-1 eta. */
static double dense_likelihood(const struct fixture *at, double sigma,
                               double phi)
{
    double k[CHAINS * CHAINS], inverse[CHAINS * CHAINS], h[CHAINS * CHAINS];
    double eta[CHAINS] = {0}, step[CHAINS], out = 0.0;
    fill_covariance(sigma, phi, k);
    CHECK(dense_factor(k, CHAINS));
    dense_inverse(k, CHAINS, inverse);
    for (int round = 0; round < 60; round++) {
        memcpy(h, inverse, sizeof h);
        for (size_t a = 0; a < CHAINS; a++) {
            double mean = at->expected[a] * exp(eta[a]);
            step[a] = at->observed[a] - mean;
            for (size_t b = 0; b < CHAINS; b++)
                step[a] -= inverse[a * CHAINS + b] * eta[b];
            h[a * CHAINS + a] += mean;
        }
        CHECK(dense_factor(h, CHAINS));
        dense_solve(h, CHAINS, step);
        for (size_t a = 0; a < CHAINS; a++)
            eta[a] += step[a];
    }
    for (size_t a = 0; a < CHAINS; a++) {
        double mass = 0.0, mean = at->expected[a] * exp(eta[a]);
        CHECK(kernel_poisson_mass(at->observed[a], mean, &mass));
        out += log(mass);
        for (size_t b = 0; b < CHAINS; b++)
            out -= 0.5 * eta[a] * inverse[a * CHAINS + b] * eta[b];
    }
    return out - 0.5 * dense_log_det(k, CHAINS) -
           0.5 * dense_log_det(h, CHAINS);
}

TEST(parts_have_the_likelihood_of_their_covariance)
{
    static const struct spatial_hyper places[] = {
        {-2.0, -3.0}, {-1.0, 0.0}, {0.0, 2.5}, {0.5, 6.0}};
    struct arena *arena = arena_new();
    struct fixture at = {.areas = CHAINS,
                         .observed = {9, 3, 0, 12, 14, 5, 2},
                         .expected = {4, 4, 1.5, 9, 9, 9, 1}};
    for (size_t a = 0; a < 5; a++) {
        if (a != 2)
            fixture_join(&at, a, a + 1);
    }
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct spatial_laplace laplace =
        spatial_laplace_new(arena, &map, &spatial_bym2);
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        struct spatial_point point;
        CHECK(
            spatial_mode(&laplace, places[p], spatial_start(&laplace), &point));
        CHECK_NEAR(point.log_likelihood,
                   dense_likelihood(&at, exp(places[p].log_sigma),
                                    spatial_mixing(places[p].logit_mixing)),
                   1e-7);
    }
    arena_free(arena);
}

/* --- fits ----------------------------------------------------------------- */

/* One area alone: with a prior as wide as this its risk is nearly a gamma
 * variable of shape 10 and mean 10 / 8. */
TEST(one_area_has_the_posterior_of_a_rate)
{
    struct arena *arena = arena_new();
    struct fixture at = {.areas = 1, .observed = {10.0}, .expected = {8.0}};
    double median, lower, upper;
    CHECK(kernel_gamma_quantile(0.5, 10.0, &median));
    CHECK(kernel_gamma_quantile(0.025, 10.0, &lower));
    CHECK(kernel_gamma_quantile(0.975, 10.0, &upper));
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit got = fit(arena, fixture_map(&at, 0), model);
        CHECK_NEAR(got.risks[0].mean, 1.25, 0.002);
        CHECK_NEAR(got.risks[0].median, median / 8.0, 0.003);
        CHECK_NEAR(got.risks[0].lower, lower / 8.0, 0.03);
        CHECK_NEAR(got.risks[0].upper, upper / 8.0, 0.03);
        CHECK_NEAR(got.risks[0].sd, sqrt(10.0) / 8.0, 0.05);
        /* and nothing is learnt about the effect */
        CHECK_NEAR(got.sigma.mean, 1.0 / 4.605170186, 0.02);
        CHECK_NEAR(got.mixing.mean, 0.5, 0.01);
        CHECK_NEAR(got.mixing.lower, 0.025, 0.05);
        CHECK_NEAR(got.mixing.upper, 0.975, 0.002);
    }
    arena_free(arena);
}

TEST(counts_as_expected_have_risk_one)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(12);
    for (size_t a = 0; a < 12; a++)
        at.observed[a] = at.expected[a] = 1e9;
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit got = fit(arena, fixture_map(&at, 0), model);
        for (size_t a = 0; a < 12; a++) {
            CHECK_NEAR(got.risks[a].mean, 1.0, 1e-8);
            CHECK_NEAR(got.above_one[a], 0.5, 1e-3);
        }
    }
    arena_free(arena);
}

/* Areas in another order, neighbours listed in another order. */
TEST(the_order_of_areas_does_not_matter)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(20), turned = {.areas = 20};
    for (size_t a = 0; a < 20; a++) {
        size_t b = (a * 7 + 3) % 20;
        turned.observed[b] = at.observed[a];
        turned.expected[b] = at.expected[a];
        turned.covariate[b] = at.covariate[a];
        fixture_one_side(&turned, b, ((a + 1) * 7 + 3) % 20);
        fixture_one_side(&turned, b, ((a + 19) * 7 + 3) % 20);
    }
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit one = fit(arena, fixture_map(&at, 1), model);
        struct kernel_spatial_fit two =
            fit(arena, fixture_map(&turned, 1), model);
        CHECK_NEAR(one.log_marginal, two.log_marginal, 1e-6);
        CHECK_NEAR(one.fixed[1].mean, two.fixed[1].mean, 1e-5);
        for (size_t a = 0; a < 20; a++) {
            size_t b = (a * 7 + 3) % 20;
            CHECK_NEAR(one.risks[a].mean, two.risks[b].mean, 1e-6);
            CHECK_NEAR(one.risks[a].lower, two.risks[b].lower, 1e-6);
        }
    }
    arena_free(arena);
}

TEST(the_same_input_gives_the_same_bytes)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(15);
    struct kernel_spatial_fit one = fit(arena, fixture_map(&at, 0), 0);
    struct kernel_spatial_fit two = fit(arena, fixture_map(&at, 0), 0);
    CHECK(memcmp(one.risks, two.risks, 15 * sizeof *one.risks) == 0);
    CHECK(memcmp(&one.sigma, &two.sigma, sizeof one.sigma) == 0);
    arena_free(arena);
}

/* A covariate in another unit: the coefficient changes, the risks do not
 * (its prior is wide in both units). */
TEST(the_unit_of_a_covariate_does_not_matter)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(20), other = ring(20);
    for (size_t a = 0; a < 20; a++)
        other.covariate[a] *= 1e4;
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit one = fit(arena, fixture_map(&at, 1), model);
        struct kernel_spatial_fit two =
            fit(arena, fixture_map(&other, 1), model);
        CHECK_NEAR(two.fixed[1].mean * 1e4, one.fixed[1].mean, 1e-3);
        CHECK_NEAR(two.fixed[1].upper * 1e4, one.fixed[1].upper, 1e-3);
        for (size_t a = 0; a < 20; a++)
            CHECK_NEAR(two.risks[a].mean, one.risks[a].mean, 1e-3);
    }
    arena_free(arena);
}

/* Two parts and an island, all drawn to one level alpha: a structured effect
 * sums to zero over each part. */
TEST(parts_and_islands_are_fitted_together)
{
    struct arena *arena = arena_new();
    struct fixture at = {.areas = 13};
    for (size_t a = 0; a < 13; a++) {
        at.expected[a] = 10.0;
        at.observed[a] = a < 6 ? 20.0 + (double)(a % 2) : 7.0;
    }
    for (size_t a = 0; a < 11; a++) {
        if (a != 5)
            fixture_join(&at, a, a + 1);
    }
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit got = fit(arena, fixture_map(&at, 0), model);
        CHECK(got.risks[0].mean > 1.5 && got.above_one[0] > 0.95);
        for (size_t a = 6; a < 13; a++) /* 0.7, drawn to the map's level */
            CHECK(got.risks[a].mean > 0.75 && got.risks[a].mean < 1.1);
        CHECK(got.risks[0].lower > got.risks[12].mean);
    }
    arena_free(arena);
}

TEST(a_single_case_on_the_map_is_fitted)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(30);
    for (size_t a = 0; a < 30; a++) {
        at.expected[a] = 1e-3;
        at.observed[a] = a == 4;
    }
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit got = fit(arena, fixture_map(&at, 0), model);
        CHECK(got.risks[4].mean > got.risks[15].mean);
        CHECK(got.risks[4].mean < 200.0); /* not 1000 */
    }
    arena_free(arena);
}

/* Precision of large and small counts side by side. */
TEST(counts_of_very_different_sizes_are_fitted)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(30);
    for (size_t a = 0; a < 30; a++) {
        at.expected[a] = a % 2 == 0 ? 1e-6 : 1e9;
        at.observed[a] = a % 2 == 0 ? 0.0 : 1e9 * (1.0 + 0.1 * sin((double)a));
    }
    for (int model = 0; model < 2; model++) {
        struct kernel_spatial_fit got = fit(arena, fixture_map(&at, 0), model);
        for (size_t a = 1; a < 30; a += 2)
            CHECK_NEAR(got.risks[a].mean, at.observed[a] / 1e9, 1e-6);
    }
    arena_free(arena);
}

TEST(evidence_of_variation_has_the_strength_of_the_counts)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(30);
    for (int model = 0; model < 2; model++) {
        for (size_t a = 0; a < 30; a++) {
            at.expected[a] = 50.0;
            at.observed[a] = 50.0 + (double)(a % 2);
        }
        struct kernel_spatial_fit even = fit(arena, fixture_map(&at, 0), model);
        CHECK(even.log_evidence < 0.0);
        for (size_t a = 0; a < 10; a++)
            at.observed[a] = 75.0;
        struct kernel_spatial_fit high = fit(arena, fixture_map(&at, 0), model);
        CHECK(high.log_evidence > log(20.0));
    }
    CHECK_INT(kernel_spatial_evidence(-0.1), SPATIAL_EVIDENCE_NONE);
    CHECK_INT(kernel_spatial_evidence(log(2.9)), SPATIAL_EVIDENCE_WEAK);
    CHECK_INT(kernel_spatial_evidence(log(3.1)), SPATIAL_EVIDENCE_MODERATE);
    CHECK_INT(kernel_spatial_evidence(log(19.9)), SPATIAL_EVIDENCE_MODERATE);
    CHECK_INT(kernel_spatial_evidence(log(20.1)), SPATIAL_EVIDENCE_STRONG);
    arena_free(arena);
}

/* --- refusals ------------------------------------------------------------- */

static void check_fault(struct kernel_spatial_map map,
                        enum kernel_spatial_fault want, size_t area,
                        size_t other)
{
    struct arena *arena = arena_new();
    struct kernel_spatial_check got = kernel_spatial_check(&map);
    struct kernel_spatial_fit untouched = {.points = 77};
    CHECK_INT(got.fault, want);
    CHECK_INT(got.area, area);
    CHECK_INT(got.other, other);
    CHECK(!kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 0.95, &untouched));
    CHECK_INT(untouched.points, 77);
    arena_free(arena);
}

TEST(bad_counts_are_refused_by_area)
{
    struct fixture at = ring(6);
    at.areas = 0;
    check_fault(fixture_map(&at, 0), SPATIAL_NO_AREA, 0, 0);
    at = ring(6);
    at.observed[2] = -1.0;
    check_fault(fixture_map(&at, 0), SPATIAL_OBSERVED, 2, 0);
    at.observed[2] = NAN;
    check_fault(fixture_map(&at, 0), SPATIAL_OBSERVED, 2, 0);
    at = ring(6);
    at.expected[4] = 0.0;
    check_fault(fixture_map(&at, 0), SPATIAL_EXPECTED, 4, 0);
    at.observed[4] = 0.0; /* nor without a case: the mean has no bound */
    check_fault(fixture_map(&at, 0), SPATIAL_EXPECTED, 4, 0);
    at.expected[4] = INFINITY;
    check_fault(fixture_map(&at, 0), SPATIAL_EXPECTED, 4, 0);
    at = ring(6);
    at.covariate[3] = NAN;
    check_fault(fixture_map(&at, 1), SPATIAL_COVARIATE, 3, 0);
    for (size_t a = 0; a < 6; a++)
        at.covariate[a] = 0.3;
    check_fault(fixture_map(&at, 1), SPATIAL_CONSTANT, 0, 0);
    memset(at.observed, 0, sizeof at.observed);
    check_fault(fixture_map(&at, 0), SPATIAL_NO_CASE, 0, 0);
}

TEST(bad_neighbours_are_refused_by_pair)
{
    struct fixture at = ring(6);
    fixture_one_side(&at, 1, 4);
    check_fault(fixture_map(&at, 0), SPATIAL_NEIGHBOURS, 1, 4);
    at = ring(6);
    fixture_one_side(&at, 1, 6);
    check_fault(fixture_map(&at, 0), SPATIAL_NEIGHBOURS, 1, 6);
    at = ring(6);
    fixture_one_side(&at, 5, 5);
    check_fault(fixture_map(&at, 0), SPATIAL_NEIGHBOURS, 5, 5);
    at = ring(6);
    fixture_join(&at, 2, 3);
    check_fault(fixture_map(&at, 0), SPATIAL_NEIGHBOURS, 2, 3);
}

TEST(a_confidence_outside_0_and_1_is_refused)
{
    struct arena *arena = arena_new();
    struct fixture at = ring(6);
    struct kernel_spatial_map map = fixture_map(&at, 0);
    struct kernel_spatial_fit got;
    CHECK(!kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 1.0, &got));
    CHECK(!kernel_spatial_fit(arena, &map, SPATIAL_BYM2, 0.0, &got));
    CHECK(!kernel_spatial_fit(arena, &map, SPATIAL_BYM2, NAN, &got));
    arena_free(arena);
}

RUN(CASE(the_effect_of_a_ring_has_variance_one),
    CASE(each_part_has_its_own_scale_and_an_island_none),
    CASE(parts_have_the_likelihood_of_their_covariance),
    CASE(one_area_has_the_posterior_of_a_rate),
    CASE(counts_as_expected_have_risk_one),
    CASE(the_order_of_areas_does_not_matter),
    CASE(the_same_input_gives_the_same_bytes),
    CASE(the_unit_of_a_covariate_does_not_matter),
    CASE(parts_and_islands_are_fitted_together),
    CASE(a_single_case_on_the_map_is_fitted),
    CASE(counts_of_very_different_sizes_are_fitted),
    CASE(evidence_of_variation_has_the_strength_of_the_counts),
    CASE(bad_counts_are_refused_by_area),
    CASE(bad_neighbours_are_refused_by_pair),
    CASE(a_confidence_outside_0_and_1_is_refused))
