/* SPDX-License-Identifier: EUPL-1.2 */
/* Proportions, deaths to cases and reliability: printed examples and edges. */
#include "calc/kernel_proportion.h"
#include "check.h"

static void check_interval(struct kernel_interval got,
                           struct kernel_interval want, double absolute)
{
    CHECK_NEAR(1.0 + got.value, 1.0 + want.value, absolute);
    CHECK_NEAR(1.0 + got.lower, 1.0 + want.lower, absolute);
    CHECK_NEAR(1.0 + got.upper, 1.0 + want.upper, absolute);
}

/* Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10. */
TEST(differences_of_proportions_are_those_printed_by_newcombe)
{
    static const struct {
        struct kernel_share first, second;
        struct kernel_interval want;
    } cases[] = {
        {{56, 70}, {48, 80}, {0.2, 0.0524, 0.3339}},
        {{9, 10}, {3, 10}, {0.6, 0.1705, 0.8090}},
        {{6, 7}, {2, 7}, {0.571428571, 0.0582, 0.8062}},
        {{5, 56}, {0, 29}, {0.089285714, -0.0381, 0.1926}},
        {{0, 10}, {0, 20}, {0.0, -0.1611, 0.2775}},
        {{0, 10}, {0, 10}, {0.0, -0.2775, 0.2775}},
        {{10, 10}, {0, 20}, {1.0, 0.6791, 1.0}},
        {{10, 10}, {0, 10}, {1.0, 0.6075, 1.0}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_newcombe(cases[i].first, cases[i].second, 0.95, &got));
        check_interval(got, cases[i].want, 5e-5);
    }
}

/* Without a success the upper limit is 1 - (alpha / 2)^(1 / n); with one class
 * of outcome the limits mirror each other. */
TEST(exact_limits_of_a_proportion_have_their_closed_forms)
{
    struct kernel_interval none, all;
    CHECK(kernel_clopper_pearson(0, 12, 0.95, &none));
    CHECK_NEAR(none.upper, 1.0 - pow(0.025, 1.0 / 12.0), 1e-13);
    CHECK(none.lower == 0.0 && none.value == 0.0);
    CHECK(kernel_clopper_pearson(12, 12, 0.95, &all));
    CHECK_NEAR(all.lower, pow(0.025, 1.0 / 12.0), 1e-13);
    CHECK(all.upper == 1.0 && all.value == 1.0);
    CHECK(kernel_clopper_pearson(1, 1, 0.9, &all));
    CHECK_NEAR(all.lower, 0.05, 1e-13);
    /* Near the normal limits of a thousand million. */
    CHECK(kernel_clopper_pearson(5e8, 1e9, 0.95, &all));
    CHECK_NEAR(all.upper - 0.5, 1.959963984540054 * sqrt(0.25e-9), 1e-4);
}

TEST(the_ratio_of_deaths_to_cases_is_symmetrical_on_the_log_scale)
{
    struct kernel_interval got;
    CHECK(kernel_mortality_incidence(50, 100, 0.95, &got));
    CHECK_NEAR(got.value, 0.5, 1e-15);
    CHECK_NEAR(got.upper, 0.5 * exp(1.959963984540054 * sqrt(0.03)), 1e-14);
    CHECK_NEAR(got.lower * got.upper, 0.25, 1e-14);
    CHECK(kernel_mortality_incidence(150, 100, 0.95, &got));
    CHECK_NEAR(got.value, 1.5, 1e-15); /* more deaths than cases happen */
    CHECK(kernel_mortality_incidence(1e9, 1e9, 0.95, &got));
    CHECK(got.upper - got.lower < 2e-4);
}

TEST(relative_errors_of_rates_follow_from_their_counts)
{
    double got;
    const double counts[] = {12, 85, 60}, years[] = {5e5, 2.5e5, 6e4};
    const double weights[] = {0.6, 0.3, 0.1}, first[] = {1, 0, 0};
    CHECK(kernel_relative_standard_error(counts, years, years, 3, &got));
    CHECK_NEAR(got, 1.0 / sqrt(157.0), 1e-14); /* crude: all ages */
    CHECK(kernel_relative_standard_error(counts, years, first, 3, &got));
    CHECK_NEAR(got, 1.0 / sqrt(12.0), 1e-14);
    CHECK(kernel_relative_standard_error(counts, years, weights, 3, &got));
    /* 12 x 1.2^2 + 85 x 1.2^2 + 60 x (5/3)^2 over (97 x 1.2 + 60 x 5/3)^2 */
    CHECK_NEAR(got, sqrt(97 * 1.44 + 60 * 25.0 / 9.0) / (97 * 1.2 + 100),
               1e-14);
    const double none[] = {0, 0, 0}, empty[] = {5e5, 0, 6e4};
    CHECK(!kernel_relative_standard_error(none, years, weights, 3, &got));
    CHECK(!kernel_relative_standard_error(counts, empty, weights, 3, &got));
    CHECK(kernel_relative_standard_error(counts, empty, first, 3, &got));
}

TEST(reliability_goes_by_the_number_of_events_and_spares_zero)
{
    static const struct {
        double events;
        enum kernel_reliability want;
    } cases[] = {
        {0, KERNEL_RELIABLE}, {1, KERNEL_UNRELIABLE}, {9, KERNEL_UNRELIABLE},
        {10, KERNEL_CAUTION}, {19, KERNEL_CAUTION},   {20, KERNEL_RELIABLE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_INT(kernel_reliability(cases[i].events, 10, 20), cases[i].want);
}

TEST(impossible_proportions_are_refused)
{
    struct kernel_interval got = {7, 7, 7};
    CHECK(!kernel_clopper_pearson(3, 2, 0.95, &got));
    CHECK(!kernel_clopper_pearson(-1, 2, 0.95, &got));
    CHECK(!kernel_clopper_pearson(0, 0, 0.95, &got));
    CHECK(!kernel_clopper_pearson(1, 2, 1.0, &got));
    CHECK(!kernel_clopper_pearson((double)NAN, 2, 0.95, &got));
    CHECK(!kernel_newcombe((struct kernel_share){1, 2},
                           (struct kernel_share){1, 0}, 0.95, &got));
    CHECK(!kernel_mortality_incidence(0, 10, 0.95, &got));
    CHECK(!kernel_mortality_incidence(10, 0, 0.95, &got));
    CHECK(!kernel_mortality_incidence((double)INFINITY, 10, 0.95, &got));
    CHECK(got.value == 7 && got.lower == 7 && got.upper == 7);
}

RUN(CASE(differences_of_proportions_are_those_printed_by_newcombe),
    CASE(exact_limits_of_a_proportion_have_their_closed_forms),
    CASE(the_ratio_of_deaths_to_cases_is_symmetrical_on_the_log_scale),
    CASE(relative_errors_of_rates_follow_from_their_counts),
    CASE(reliability_goes_by_the_number_of_events_and_spares_zero),
    CASE(impossible_proportions_are_refused))
