/* SPDX-License-Identifier: EUPL-1.2 */
/* Poisson regression: a printed example, closed forms and edges. */
#include "calc/glm.h"
#include "check.h"

/* Dobson AJ. An Introduction to Generalized Linear Models, 1990, p. 93: a
 * trial with three outcomes and three treatments; printed by R's help(glm). */
static const double dobson_counts[9] = {18, 17, 15, 20, 10, 20, 25, 13, 12};

static void dobson_design(double *x)
{
    for (size_t i = 0; i < 9; i++) {
        double *row = x + i * 5;
        size_t outcome = i % 3, treatment = i / 3;
        row[0] = 1.0;
        row[1] = outcome == 1;
        row[2] = outcome == 2;
        row[3] = treatment == 1;
        row[4] = treatment == 2;
    }
}

TEST(the_example_of_dobson_is_reproduced)
{
    static const double want[5] = {3.0445, -0.4543, -0.2930, 0.0, 0.0};
    static const double errors[5] = {0.1709, 0.2022, 0.1927, 0.2, 0.2};
    struct arena *arena = arena_new();
    double x[45];
    dobson_design(x);
    struct glm_data data = {
        .x = x,
        .counts = dobson_counts,
        .rows = 9,
        .columns = 5,
        .link = GLM_LOG,
    };
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    for (size_t c = 0; c < 5; c++) {
        CHECK(fabs(fit.coefficients[c] - want[c]) < 5e-5);
        CHECK(fabs(sqrt(fit.unscaled[c * 6]) - errors[c]) < 5e-5);
    }
    CHECK(fabs(fit.deviance - 5.1291) < 5e-5);
    /* Main effects: the means are row total x column total / total. */
    CHECK_NEAR(fit.coefficients[0], log(21.0), 1e-12);
    CHECK_NEAR(fit.fitted[1], 40.0 * 50.0 / 150.0, 1e-12);
    CHECK_INT(fit.freedom, 4);
    CHECK_NEAR(fit.dispersion, fit.pearson / 4.0, 1e-4);
    arena_free(arena);
}

/* Two groups: each has its own rate, whatever the link. */
TEST(two_groups_have_the_rates_of_their_counts)
{
    static const double x[8] = {1, 0, 1, 0, 1, 1, 1, 1};
    static const double counts[4] = {10, 30, 7, 14};
    static const double years[4] = {1000, 3000, 500, 1000};
    struct arena *arena = arena_new();
    struct glm_data data = {x, counts, years, NULL, NULL, 4, 2, GLM_LOG};
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_NEAR(fit.coefficients[0], log(0.01), 1e-11);
    CHECK_NEAR(fit.coefficients[1], log(1.4), 1e-11);
    CHECK_NEAR(fit.unscaled[3], 1.0 / 40.0 + 1.0 / 21.0, 1e-8);

    data.link = GLM_IDENTITY;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_NEAR(fit.coefficients[0], 0.01, 1e-11);
    CHECK_NEAR(fit.coefficients[1], 0.004, 1e-11);

    data.link = GLM_POWER5;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_NEAR(fit.coefficients[0], pow(0.01, 0.2), 1e-11);
    CHECK_NEAR(fit.coefficients[0] + fit.coefficients[1], pow(0.014, 0.2),
               1e-11);
    static const double second[2] = {1, 1};
    double eta, variance;
    glm_predict(&fit, second, 2, &eta, &variance);
    CHECK_NEAR(eta, pow(0.014, 0.2), 1e-11);
    /* By the delta method: var(eta) = var(rate) / (5 eta^4)^2. */
    CHECK_NEAR(variance, 21.0 / 1500.0 / 1500.0 / pow(5 * pow(eta, 4), 2),
               1e-8);
    arena_free(arena);
}

/* Person-years may be given as exposure or as the offset log(person-years). */
TEST(an_offset_is_the_log_of_an_exposure)
{
    static const double x[10] = {1, 0, 1, 1, 1, 2, 1, 3, 1, 4};
    static const double counts[5] = {12, 9, 17, 15, 24};
    static const double years[5] = {100, 110, 90, 105, 120};
    double logs[5];
    for (size_t i = 0; i < 5; i++)
        logs[i] = log(years[i]);
    struct arena *arena = arena_new();
    struct glm_data one = {x, counts, years, NULL, NULL, 5, 2, GLM_LOG};
    struct glm_data other = {x, counts, NULL, logs, NULL, 5, 2, GLM_LOG};
    struct glm_fit a, b;
    CHECK(glm_poisson(arena, &one, &a));
    CHECK(glm_poisson(arena, &other, &b));
    for (size_t c = 0; c < 2; c++)
        CHECK_NEAR(a.coefficients[c], b.coefficients[c], 1e-12);
    CHECK_NEAR(a.deviance, b.deviance, 1e-12);
    arena_free(arena);
}

TEST(a_column_that_others_make_up_has_no_coefficient)
{
    static const double x[15] = {1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1};
    static const double counts[5] = {10, 20, 5, 6, 7};
    struct arena *arena = arena_new();
    struct glm_data data = {
        .x = x, .counts = counts, .rows = 5, .columns = 3, .link = GLM_LOG};
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_INT(fit.rank, 2);
    CHECK_NEAR(fit.coefficients[0], log(6.0), 1e-11);
    CHECK(fit.coefficients[2] == 0.0 && fit.unscaled[8] == 0.0);
    arena_free(arena);
}

TEST(rows_without_weight_or_exposure_count_for_nothing)
{
    static const double x[4] = {1, 1, 1, 1};
    static const double counts[4] = {10, 30, 0, 99};
    static const double years[4] = {1000, 1000, 0, 10};
    static const double weights[4] = {1, 1, 1, 0};
    struct arena *arena = arena_new();
    struct glm_data data = {x, counts, years, NULL, weights, 4, 1, GLM_LOG};
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_INT(fit.used, 2);
    CHECK_NEAR(fit.coefficients[0], log(0.02), 1e-8);
    CHECK(fit.fitted[2] == 0.0);
    CHECK_NEAR(fit.fitted[3], 0.2, 1e-8);
    arena_free(arena);
}

/* The first step of this fit finds a negative mean and is shortened. */
TEST(an_identity_fit_keeps_its_means_positive)
{
    static const double x[12] = {1, 0, 1, 1, 1, 2, 1, 3, 1, 4, 1, 5};
    static const double counts[6] = {0, 0, 0, 0, 1, 90};
    struct arena *arena = arena_new();
    struct glm_data data = {.x = x, .counts = counts, .rows = 6, .columns = 2};
    data.link = GLM_LOG;
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    double sum = 0.0, moment = 0.0;
    for (size_t i = 0; i < 6; i++) {
        sum += fit.fitted[i] - counts[i];
        moment += (fit.fitted[i] - counts[i]) * (double)i;
    }
    CHECK(fabs(sum) < 1e-6 && fabs(moment) < 1e-6);
    data.link = GLM_IDENTITY;
    if (glm_poisson(arena, &data, &fit)) {
        for (size_t i = 0; i < 6; i++)
            CHECK(fit.fitted[i] > 0.0);
    }
    arena_free(arena);
}

TEST(a_thousand_million_cases_are_fitted)
{
    static const double x[3] = {1, 1, 1};
    static const double counts[3] = {1e9, 2e9, 3e9};
    static const double years[3] = {1e9, 1e9, 1e9};
    struct arena *arena = arena_new();
    struct glm_data data = {x, counts, years, NULL, NULL, 3, 1, GLM_LOG};
    struct glm_fit fit;
    CHECK(glm_poisson(arena, &data, &fit));
    CHECK_NEAR(fit.coefficients[0], log(2.0), 1e-8);
    CHECK_NEAR(fit.unscaled[0], 1.0 / 6e9, 1e-4);
    arena_free(arena);
}

TEST(bad_input_is_refused_and_leaves_the_output)
{
    static const double x[2] = {1, 1};
    static const double bad[][2] = {
        {-1, 2}, {(double)INFINITY, 1}, {(double)NAN, 1}};
    static const double good[2] = {3, 5}, none[2] = {0, 0}, gap[2] = {0, 1};
    struct arena *arena = arena_new();
    struct glm_fit fit = {.used = 77};
    struct glm_data data = {
        .x = x, .counts = good, .rows = 2, .columns = 1, .link = GLM_LOG};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct glm_data one = data;
        one.counts = bad[i];
        CHECK(!glm_poisson(arena, &one, &fit));
        one = data;
        one.exposure = bad[i];
        CHECK(!glm_poisson(arena, &one, &fit));
        one = data;
        one.weights = bad[i];
        CHECK(!glm_poisson(arena, &one, &fit));
    }
    struct glm_data one = data;
    one.exposure = gap; /* three cases in no person-year */
    CHECK(!glm_poisson(arena, &one, &fit));
    one = data;
    one.weights = none;
    CHECK(!glm_poisson(arena, &one, &fit));
    one = data;
    one.rows = 0;
    CHECK(!glm_poisson(arena, &one, &fit));
    CHECK_INT(fit.used, 77);
    arena_free(arena);
}

RUN(CASE(the_example_of_dobson_is_reproduced),
    CASE(two_groups_have_the_rates_of_their_counts),
    CASE(an_offset_is_the_log_of_an_exposure),
    CASE(a_column_that_others_make_up_has_no_coefficient),
    CASE(rows_without_weight_or_exposure_count_for_nothing),
    CASE(an_identity_fit_keeps_its_means_positive),
    CASE(a_thousand_million_cases_are_fitted),
    CASE(bad_input_is_refused_and_leaves_the_output))
