/* SPDX-License-Identifier: EUPL-1.2 */
/* Empirical Bayes estimates against reference values. */
#include "areas_fixture.h"
#include "calc/kernel_small_area.h"

/* As the reference values were made. */
static const struct kernel_rounds dcluster = {20, 1e-5};

static void check_marshall(const struct vectors *at,
                           const struct map_areas *map, struct arena *arena,
                           size_t area)
{
    double estimates[MAP_AREAS];
    struct kernel_marshall found;
    CHECK(
        kernel_marshall(map->cases, map->base, map->count, estimates, &found));
    CHECK_VECTOR(at, estimates[area], "marshall_global_eb", 1e-11);
    CHECK_VECTOR(at, found.variance, "marshall_a", 1e-10);
    CHECK_VECTOR(at, found.mean, "marshall_b", 1e-12);
    CHECK(kernel_marshall_local(map->cases, map->base, &map->neighbours, false,
                                arena, estimates));
    CHECK_VECTOR(at, estimates[area], "marshall_local_eb", 1e-11);
}

static void check_gamma(const struct vectors *at, const struct map_areas *map,
                        size_t area)
{
    struct kernel_gamma_prior prior;
    struct kernel_gamma_risk known;
    double cases = map->cases[area], expected = map->expected[area];
    CHECK(kernel_gamma_poisson(map->cases, map->expected, map->count, dcluster,
                               &prior));
    CHECK(kernel_gamma_posterior(&prior, cases, expected, 0.95, &known));
    CHECK_VECTOR(at, prior.shape, "ck_nu", 1e-10);
    CHECK_VECTOR(at, prior.rate, "ck_alpha", 1e-10);
    CHECK_VECTOR(at, known.mean, "clayton_kaldor_pg_rr", 1e-11);
    CHECK(kernel_negative_binomial(map->cases, map->expected, map->count,
                                   &prior));
    CHECK(kernel_gamma_posterior(&prior, cases, expected, 0.95, &known));
    CHECK_VECTOR(at, known.mean, "spatialepi_nb_rr", 1e-6);
    CHECK_VECTOR(at, known.median, "spatialepi_rrmed", 1e-6);
    CHECK_VECTOR(at, log(prior.mean), "spatialepi_beta0", 1e-6);
    CHECK_VECTOR(at, prior.shape, "spatialepi_alpha", 1e-6);
}

static void check_map(const char *name, size_t areas)
{
    struct arena *arena = arena_new();
    struct map_areas map = map_areas_read(arena, name);
    double logs[MAP_AREAS];
    struct kernel_log_normal found;
    CHECK(kernel_log_normal(map.cases, map.expected, map.count, dcluster, logs,
                            &found));
    struct vectors at = vectors_open(arena_format(arena, "06_eb_%s.csv", name));
    while (vectors_next(&at)) {
        check_marshall(&at, &map, arena, at.rows - 1);
        check_gamma(&at, &map, at.rows - 1);
        /* The column has logarithms. */
        CHECK_VECTOR(&at, logs[at.rows - 1], "lognormal_eb_rr", 1e-10);
    }
    CHECK_INT(at.rows, areas);
    vectors_end(&at);
    arena_free(arena);
}

TEST(every_estimate_of_scottish_lip_cancer_agrees_with_its_vector)
{
    check_map("scotland", 56);
}

TEST(every_estimate_of_pennsylvanian_lung_cancer_agrees_with_its_vector)
{
    check_map("pennsylvania", 67);
}

TEST(every_binomial_estimate_agrees_with_its_vector)
{
    struct arena *arena = arena_new();
    struct map_areas map = map_areas_read(arena, "pennsylvania");
    double estimates[MAP_AREAS];
    struct kernel_marshall found;
    CHECK(kernel_marshall_binomial(map.cases, map.base, map.count, estimates,
                                   &found));
    struct vectors at = vectors_open("06_eb_pennsylvania.csv");
    while (vectors_next(&at))
        CHECK_VECTOR(&at, estimates[at.rows - 1], "marshall_global_eb_binomial",
                     1e-11);
    vectors_end(&at);
    arena_free(arena);
}

RUN(CASE(every_estimate_of_scottish_lip_cancer_agrees_with_its_vector),
    CASE(every_estimate_of_pennsylvanian_lung_cancer_agrees_with_its_vector),
    CASE(every_binomial_estimate_agrees_with_its_vector))
