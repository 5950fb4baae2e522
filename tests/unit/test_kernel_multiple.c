/* SPDX-License-Identifier: EUPL-1.2 */
/* Families of comparisons: printed examples, brute force and edges. */
#include "calc/kernel_multiple.h"
#include "check.h"

/* Benjamini and Hochberg 1995, section 4.1: at q = 0.05 the first four of
 * fifteen are rejected, because 0.0095 <= 4/15 x 0.05. */
TEST(the_printed_family_rejects_four_hypotheses)
{
    static const double p_values[] = {
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    };
    double adjusted[15];
    struct arena *scratch = arena_new();
    CHECK(kernel_benjamini_hochberg(scratch, p_values, 15, adjusted));
    size_t rejected = 0;
    for (size_t i = 0; i < 15; i++)
        rejected += adjusted[i] <= 0.05;
    CHECK_INT(rejected, 4);
    CHECK_NEAR(adjusted[0], 15 * 0.0001, 1e-13);
    CHECK_NEAR(adjusted[3], 15.0 / 4.0 * 0.0095, 1e-13);
    /* 15/6 x 0.0278 = 0.0695 is above the next: 15/7 x 0.0298. */
    CHECK_NEAR(adjusted[5], 15.0 / 7.0 * 0.0298, 1e-13);
    CHECK_NEAR(adjusted[6], adjusted[5], 1e-15);
    CHECK(adjusted[14] == 1.0);
    arena_free(scratch);
}

TEST(adjusted_p_values_keep_their_places)
{
    static const double p_values[] = {0.04, 0.01, 0.04, 0.9};
    double adjusted[4];
    struct arena *scratch = arena_new();
    CHECK(kernel_benjamini_hochberg(scratch, p_values, 4, adjusted));
    CHECK_NEAR(adjusted[1], 0.04, 1e-14);
    CHECK_NEAR(adjusted[0], 0.16 / 3.0, 1e-14);
    CHECK(adjusted[0] == adjusted[2]);
    CHECK_NEAR(adjusted[3], 0.9, 1e-14);
    CHECK(kernel_benjamini_hochberg(scratch, p_values, 1, adjusted));
    CHECK(adjusted[0] == 0.04);
    CHECK(kernel_benjamini_hochberg(scratch, p_values, 0, adjusted));
    static const double bad[] = {0.5, 1.1}, nan[] = {(double)NAN};
    CHECK(!kernel_benjamini_hochberg(scratch, bad, 2, adjusted));
    CHECK(!kernel_benjamini_hochberg(scratch, nan, 1, adjusted));
    CHECK(adjusted[0] == 0.04);
    arena_free(scratch);
}

TEST(ranks_are_bounded_by_those_wholly_above_and_below)
{
    static const double values[] = {50, 40, 38, 10, 38};
    static const double lower[] = {45, 36, 30, 5, 37.5};
    static const double upper[] = {55, 46, 37, 15, 39};
    struct kernel_rank got[5];
    CHECK(!kernel_ranks(values, lower, upper, 5, got)); /* 38 is above 37 */
    static const double higher[] = {55, 46, 38, 15, 39};
    static const size_t want[][3] = {
        {1, 1, 2}, {2, 1, 4}, {3, 2, 4}, {5, 5, 5}, {3, 2, 4}};
    CHECK(kernel_ranks(values, lower, higher, 5, got));
    for (size_t i = 0; i < 5; i++) {
        CHECK_INT(got[i].rank, want[i][0]);
        CHECK_INT(got[i].lower, want[i][1]);
        CHECK_INT(got[i].upper, want[i][2]);
    }
    CHECK(kernel_ranks(values, lower, higher, 1, got));
    CHECK_INT(got[0].upper, 1);
}

/* Territories without a case: equal, and apart from one that surely has some.
 */
TEST(ranks_of_nothing_are_shared_and_of_no_number_are_refused)
{
    double values[] = {0, 0, 9}, lower[] = {0, 0, 4}, upper[] = {3, 3, 17};
    struct kernel_rank got[3];
    CHECK(kernel_ranks(values, lower, upper, 3, got));
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(got[i].rank, 2);
        CHECK_INT(got[i].lower, 2);
        CHECK_INT(got[i].upper, 3);
    }
    CHECK_INT(got[2].upper, 1);
    double *const lists[] = {values, lower, upper};
    const double bad[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    for (size_t l = 0; l < COUNT_OF(lists); l++) {
        for (size_t b = 0; b < COUNT_OF(bad); b++) {
            double held = lists[l][1];
            lists[l][1] = bad[b];
            CHECK(!kernel_ranks(values, lower, upper, 3, got));
            lists[l][1] = held;
        }
    }
}

/* Two values 1 apart: with standard errors of 0.3 the joint intervals (2.2365
 * standard errors) overlap, with 0.2 they do not. */
TEST(normal_ranks_hold_jointly)
{
    static const double values[] = {2, 1}, near[] = {0.3, 0.3};
    static const double far[] = {0.2, 0.2}, bad[] = {0.2, -1};
    struct kernel_rank got[2];
    struct arena *scratch = arena_new();
    CHECK_NEAR(kernel_joint_level(0.95, 2), 0.9746794344808963, 1e-15);
    CHECK(kernel_ranks_normal(scratch, values, near, 2, 0.95, got));
    CHECK(got[0].rank == 1 && got[0].lower == 1 && got[0].upper == 2);
    CHECK(kernel_ranks_normal(scratch, values, far, 2, 0.95, got));
    CHECK(got[0].upper == 1 && got[1].lower == 2);
    CHECK(!kernel_ranks_normal(scratch, values, bad, 2, 0.95, got));
    CHECK(!kernel_ranks_normal(scratch, values, far, 0, 0.95, got));
    arena_free(scratch);
}

/* --- Skellam -------------------------------------------------------------- */

static double brute_upper(double from, double a, double b)
{
    double sum = 0.0;
    for (double y = 0.0; y < 400.0; y++) {
        double mass;
        struct kernel_tails tails = {0.0, 1.0};
        CHECK(kernel_poisson_mass(y, b, &mass));
        if (from + y - 1.0 >= 0.0)
            CHECK(kernel_poisson_cdf(from + y - 1.0, a, &tails));
        sum += mass * tails.upper;
    }
    return sum;
}

TEST(skellam_tails_are_sums_of_poisson_products)
{
    static const double means[][2] = {{3, 5},    {1e-3, 2e-3}, {0.5, 40},
                                      {80, 0.1}, {60, 60},     {1, 1}};
    static const double from[] = {-30, -8, -2, -1, 0, 1, 2, 5, 11, 40, 90};
    for (size_t m = 0; m < COUNT_OF(means); m++) {
        for (size_t i = 0; i < COUNT_OF(from); i++) {
            double a = means[m][0], b = means[m][1];
            struct kernel_tails got, turned;
            CHECK(kernel_skellam_cdf(from[i] - 1.0, a, b, &got));
            CHECK(kernel_skellam_cdf(-from[i], b, a, &turned));
            if (got.upper < 0.9)
                CHECK_NEAR(got.upper, brute_upper(from[i], a, b), 1e-10);
            CHECK_NEAR(got.lower, turned.upper, 1e-10);
            CHECK_NEAR(got.lower + got.upper, 1.0, 1e-12);
        }
    }
}

TEST(skellam_of_one_mean_is_poisson)
{
    struct kernel_tails got, want;
    CHECK(kernel_poisson_cdf(4, 2.5, &want));
    CHECK(kernel_skellam_cdf(4, 2.5, 0, &got));
    CHECK_NEAR(got.upper, want.upper, 1e-15);
    CHECK(kernel_skellam_cdf(-5, 0, 2.5, &got)); /* -Y <= -5 */
    CHECK_NEAR(got.lower, want.upper, 1e-15);
    CHECK(kernel_skellam_cdf(-1, 2.5, 0, &got));
    CHECK(got.lower == 0.0);
    CHECK(kernel_skellam_cdf(0, 0, 0, &got));
    CHECK(got.lower == 1.0 && got.upper == 0.0);
    CHECK(!kernel_skellam_cdf(0.5, 1, 1, &got));
    CHECK(!kernel_skellam_cdf(0, -1, 1, &got));
}

/* Of large means the difference is normal, to 1 / sd. */
TEST(skellam_of_large_means_is_nearly_normal)
{
    struct kernel_tails got;
    double sd = sqrt(2e9);
    CHECK(kernel_skellam_cdf(floor(1.96 * sd), 1e9, 1e9, &got));
    double z = (floor(1.96 * sd) + 0.5) / sd;
    CHECK_NEAR(got.upper, kernel_normal_cdf(-z), 1e-6);
    CHECK(kernel_skellam_cdf(-floor(12 * sd), 1e9, 1e9, &got));
    z = (floor(12 * sd) - 0.5) / sd;
    CHECK_NEAR(got.lower, kernel_normal_cdf(-z), 1e-4);
}

/* Of equal means m, P(D >= 1) = (1 - P(D = 0)) / 2, and P(D = 0) is
 * exp(-2m) I0(2m), about (1 + 1/(16m)) / sqrt(4 pi m). */
TEST(skellam_of_equal_means_is_known_at_the_middle)
{
    static const double means[] = {1e6, 1e9, 1e12};
    for (size_t i = 0; i < COUNT_OF(means); i++) {
        double mean = means[i];
        double middle =
            (1.0 + 1.0 / (16.0 * mean)) / sqrt(4.0 * acos(-1.0) * mean);
        struct kernel_tails got;
        CHECK(kernel_skellam_cdf(0, mean, mean, &got));
        CHECK_NEAR(got.upper, 0.5 * (1.0 - middle), 1e-10);
        CHECK(kernel_skellam_cdf(-1, mean, mean, &got));
        CHECK_NEAR(got.lower, 0.5 * (1.0 - middle), 1e-10);
    }
}

TEST(two_counts_are_tested_against_one_rate)
{
    struct kernel_skellam got;
    CHECK(kernel_skellam_test(10, 10, 1, 1, &got));
    CHECK_NEAR(got.lower_tail, got.upper_tail, 1e-12);
    CHECK(got.probability == 1.0 && got.expected == 0.0);
    CHECK(kernel_skellam_test(20, 8, 1, 1, &got));
    CHECK_NEAR(got.upper_tail, brute_upper(12, 14, 14), 1e-10);
    CHECK_NEAR(got.probability, 2.0 * got.upper_tail, 1e-15);
    /* Twice the person-years explain twice the cases. */
    CHECK(kernel_skellam_test(20, 10, 2, 1, &got));
    CHECK_NEAR(got.expected, 10.0, 1e-14);
    CHECK(got.probability > 0.9);
    CHECK(kernel_skellam_test(0, 0, 1, 1, &got));
    CHECK(got.probability == 1.0);
    CHECK(kernel_skellam_test(0, 6, 1, 1, &got));
    CHECK_NEAR(got.lower_tail, brute_upper(6, 3, 3), 1e-10);
    CHECK(!kernel_skellam_test(1.5, 1, 1, 1, &got));
    CHECK(!kernel_skellam_test(1, 1, 0, 1, &got));
    CHECK(!kernel_skellam_test(-1, 1, 1, 1, &got));
}

TEST(a_thousand_million_cases_are_tested_against_none_and_as_many)
{
    struct kernel_skellam got;
    CHECK(kernel_skellam_test(0, 1e9, 1, 1, &got));
    CHECK(got.probability < 1e-300 && got.upper_tail == 1.0);
    CHECK(kernel_skellam_test(1e9, 1e9, 1, 1, &got));
    CHECK(got.probability == 1.0);
    CHECK(kernel_skellam_test(1e9, 1e9 + 1e5, 1, 1, &got));
    double z = (1e5 - 0.5) / sqrt(2e9 + 1e5);
    CHECK_NEAR(got.probability, 2.0 * kernel_normal_cdf(-z), 1e-6);
    const double bad[] = {(double)NAN, (double)INFINITY};
    for (size_t b = 0; b < COUNT_OF(bad); b++) {
        CHECK(!kernel_skellam_test(bad[b], 1, 1, 1, &got));
        CHECK(!kernel_skellam_test(1, bad[b], 1, 1, &got));
        CHECK(!kernel_skellam_test(1, 1, bad[b], 1, &got));
        CHECK(!kernel_skellam_test(1, 1, 1, bad[b], &got));
    }
}

RUN(CASE(the_printed_family_rejects_four_hypotheses),
    CASE(adjusted_p_values_keep_their_places),
    CASE(ranks_are_bounded_by_those_wholly_above_and_below),
    CASE(ranks_of_nothing_are_shared_and_of_no_number_are_refused),
    CASE(normal_ranks_hold_jointly),
    CASE(skellam_tails_are_sums_of_poisson_products),
    CASE(skellam_of_one_mean_is_poisson),
    CASE(skellam_of_large_means_is_nearly_normal),
    CASE(skellam_of_equal_means_is_known_at_the_middle),
    CASE(two_counts_are_tested_against_one_rate),
    CASE(a_thousand_million_cases_are_tested_against_none_and_as_many))
