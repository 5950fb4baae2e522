/* SPDX-License-Identifier: EUPL-1.2 */
/* Inequality over ordered groups: cases that can be checked by hand, and
 * edges. */
#include "calc/kernel_inequality.h"
#include "check.h"

#define Z 1.959963984540054

static const double two[] = {1000, 1000};

/* Ridits 1/4 and 3/4: the slope is twice the difference, the ends lie half a
 * difference outside. */
TEST(two_equal_groups_have_a_slope_of_twice_their_difference)
{
    const double values[] = {10, 20}, errors[] = {0.3, 0.4};
    struct kernel_slope_data data = {
        .values = values, .errors = errors, .populations = two, .groups = 2};
    struct kernel_slope got;
    CHECK(kernel_slope_index(&data, 0.95, &got));
    CHECK_NEAR(got.intercept, 5.0, 1e-14);
    CHECK_NEAR(got.ends.difference.value, 20.0, 1e-14);
    CHECK_NEAR(got.ends.difference.upper, 20.0 + Z * 2.0 * 0.5, 1e-13);
    CHECK_NEAR(got.ends.difference.lower, 20.0 - Z * 2.0 * 0.5, 1e-13);
    CHECK_NEAR(got.ends.ratio.value, 5.0, 1e-14);
    /* Fieller: (last - R first)^2 is z^2 times its variance at the limits;
     * first = 1.5 y1 - 0.5 y2, last = 1.5 y2 - 0.5 y1. */
    const double limits[] = {got.ends.ratio.lower, got.ends.ratio.upper};
    for (size_t i = 0; i < 2; i++) {
        double r = limits[i];
        double on1 = -0.5 - 1.5 * r, on2 = 1.5 + 0.5 * r;
        double error = hypot(on1 * 0.3, on2 * 0.4);
        CHECK_NEAR(fabs(25.0 - r * 5.0), Z * error, 1e-11);
    }
    CHECK(limits[0] < 5.0 && limits[1] > 5.0);
}

TEST(groups_in_the_other_order_turn_the_results_over)
{
    const double values[] = {10, 14, 20}, back[] = {20, 14, 10};
    const double errors[] = {1, 2, 1}, people[] = {5, 3, 2}, folk[] = {2, 3, 5};
    struct kernel_slope_data data = {
        .values = values, .errors = errors, .populations = people, .groups = 3};
    struct kernel_slope got, turned;
    CHECK(kernel_slope_index(&data, 0.95, &got));
    data.values = back;
    data.populations = folk;
    CHECK(kernel_slope_index(&data, 0.95, &turned));
    CHECK_NEAR(turned.ends.difference.value, -got.ends.difference.value, 1e-13);
    CHECK_NEAR(turned.ends.difference.lower, -got.ends.difference.upper, 1e-13);
    CHECK_NEAR(turned.ends.ratio.value, 1.0 / got.ends.ratio.value, 1e-13);
    CHECK_NEAR(turned.ends.ratio.lower, 1.0 / got.ends.ratio.upper, 1e-12);
}

TEST(a_log_linear_slope_has_log_normal_ratio_limits)
{
    const double values[] = {10, 20}, errors[] = {0.1, 0.2};
    struct kernel_slope_data data = {.values = values,
                                     .errors = errors,
                                     .populations = two,
                                     .groups = 2,
                                     .kind = KERNEL_VALUE_RATE,
                                     .model = KERNEL_SLOPE_TRANSFORMED};
    struct kernel_slope got;
    CHECK(kernel_slope_index(&data, 0.95, &got));
    /* log 2 over half the ridits: the ends are 4 apart. */
    CHECK_NEAR(got.ends.ratio.value, 4.0, 1e-13);
    CHECK_NEAR(got.ends.ratio.upper, 4.0 * exp(Z * 2.0 * hypot(0.1, 0.2)),
               1e-12);
    CHECK_NEAR(got.intercept, 10.0 / sqrt(2.0), 1e-13);
    CHECK_NEAR(got.ends.difference.value, 30.0 / sqrt(2.0), 1e-13);
    data.kind = KERNEL_VALUE_PROPORTION;
    CHECK(!kernel_slope_index(&data, 0.95, &got)); /* 10 is no proportion */
    const double shares[] = {0.2, 0.5};
    data.values = shares;
    CHECK(kernel_slope_index(&data, 0.95, &got));
    /* odds 1/4 and 1: at the ends 1/8 and 2 */
    CHECK_NEAR(got.intercept, 1.0 / 9.0, 1e-13);
    CHECK_NEAR(got.ends.ratio.value, 6.0, 1e-13);
    data.kind = KERNEL_VALUE_NORMAL;
    CHECK(!kernel_slope_index(&data, 0.95, &got)); /* nothing to transform */
}

/* Simulation and the limits it tends to agree within its own error. */
TEST(simulated_limits_are_near_the_analytic_ones_and_repeat)
{
    const double values[] = {10, 14, 20}, errors[] = {1, 2, 1};
    const double people[] = {5, 3, 2};
    struct kernel_slope_data data = {
        .values = values, .errors = errors, .populations = people, .groups = 3};
    struct kernel_slope want, got, again;
    CHECK(kernel_slope_index(&data, 0.95, &want));
    struct arena *scratch = arena_new();
    struct draw draw = draw_new(1, 0), same = draw_new(1, 0);
    CHECK(kernel_slope_simulated(scratch, &data, 100000, &draw, 0.95, &got));
    CHECK(kernel_slope_simulated(scratch, &data, 100000, &same, 0.95, &again));
    CHECK(memcmp(&got, &again, sizeof got) == 0);
    CHECK_NEAR(got.ends.difference.lower, want.ends.difference.lower, 0.02);
    CHECK_NEAR(got.ends.difference.upper, want.ends.difference.upper, 0.02);
    CHECK_NEAR(got.ends.ratio.lower, want.ends.ratio.lower, 0.02);
    CHECK_NEAR(got.ends.ratio.upper, want.ends.ratio.upper, 0.02);
    CHECK(got.ends.ratio.lower != want.ends.ratio.lower);
    CHECK(!kernel_slope_simulated(scratch, &data, 999, &draw, 0.95, &got));
    arena_free(scratch);
}

TEST(a_ratio_to_an_end_near_zero_has_no_limits)
{
    const double values[] = {10, 20}, noisy[] = {8, 8}, steep[] = {10, 40};
    struct kernel_slope_data data = {
        .values = values, .errors = noisy, .populations = two, .groups = 2};
    struct kernel_slope got;
    CHECK(kernel_slope_index(&data, 0.95, &got));
    CHECK(got.ends.has_ratio && !got.ends.has_ratio_limits);
    data.values = steep; /* the end is at -5 */
    CHECK(kernel_slope_index(&data, 0.95, &got));
    CHECK(!got.ends.has_ratio && !got.ends.has_ratio_limits);
    CHECK_NEAR(got.intercept, -5.0, 1e-13);
}

/* Two groups are fitted exactly: rates 0.1 and 0.2 per 10 years. */
TEST(a_poisson_slope_through_two_groups_is_exact)
{
    const double counts[] = {100, 200};
    struct kernel_slope_counts data = {
        .counts = counts, .person_years = two, .groups = 2, .per = 10};
    struct arena *scratch = arena_new();
    struct kernel_slope got;
    CHECK(kernel_slope_poisson(scratch, &data, 0.95, &got));
    CHECK_NEAR(got.ends.ratio.value, 4.0, 1e-9);
    CHECK_NEAR(got.ends.ratio.upper, 4.0 * exp(Z * 2.0 * sqrt(0.015)), 1e-7);
    CHECK_NEAR(got.intercept, 1.0 / sqrt(2.0), 1e-9);
    data.link = KERNEL_SLOPE_IDENTITY;
    CHECK(kernel_slope_poisson(scratch, &data, 0.95, &got));
    CHECK_NEAR(got.ends.difference.value, 2.0, 1e-9);
    CHECK_NEAR(got.ends.difference.upper, 2.0 + Z * 2.0 * sqrt(3e-2), 1e-7);
    CHECK_NEAR(got.ends.ratio.value, 5.0, 1e-9);
    data.variance = KERNEL_SLOPE_QUASI;
    CHECK(!kernel_slope_poisson(scratch, &data, 0.95, &got)); /* no freedom */
    arena_free(scratch);
}

/* The dispersion scales the variance of the log ratio. */
TEST(quasi_poisson_limits_are_those_of_the_dispersion)
{
    const double counts[] = {100, 180, 120, 240};
    const double years[] = {900, 1000, 1100, 1200};
    struct kernel_slope_counts data = {
        .counts = counts, .person_years = years, .groups = 4, .per = 1};
    struct arena *scratch = arena_new();
    struct kernel_slope got, quasi;
    CHECK(kernel_slope_poisson(scratch, &data, 0.95, &got));
    data.variance = KERNEL_SLOPE_QUASI;
    CHECK(kernel_slope_poisson(scratch, &data, 0.95, &quasi));
    CHECK(got.dispersion > 2.0);
    CHECK_NEAR(log(quasi.ends.ratio.upper / quasi.ends.ratio.value),
               sqrt(got.dispersion) *
                   log(got.ends.ratio.upper / got.ends.ratio.value),
               1e-12);
    const double none[] = {0, 0, 0, 0};
    data.counts = none;
    CHECK(!kernel_slope_poisson(scratch, &data, 0.95, &quasi));
    arena_free(scratch);
}

TEST(a_line_that_reaches_a_rate_of_nothing_is_refused)
{
    const double steep[] = {0, 5, 100}, fair[] = {1, 5, 100};
    const double years[] = {1000, 1000, 1000};
    struct kernel_slope_counts data = {.counts = steep,
                                       .person_years = years,
                                       .groups = 3,
                                       .per = 1000,
                                       .link = KERNEL_SLOPE_IDENTITY};
    struct arena *scratch = arena_new();
    struct kernel_slope got;
    CHECK(!kernel_slope_poisson(scratch, &data, 0.95, &got));
    data.counts = fair;
    CHECK(kernel_slope_poisson(scratch, &data, 0.95, &got));
    CHECK(got.intercept < 0.0 && !got.ends.has_ratio);
    CHECK(got.ends.difference.lower > 0.0);
    arena_free(scratch);
}

TEST(extreme_groups_are_compared_exactly)
{
    const double counts[] = {10, 99, 20}, years[] = {1000, 1, 500};
    struct kernel_ends got;
    CHECK(kernel_extreme_rates(counts, years, 3, 1000, 0.95, &got));
    CHECK_NEAR(got.ratio.value, 4.0, 1e-14);
    CHECK_NEAR(got.difference.value, 30.0, 1e-14);
    /* 20 of 30 are in the last group: limits of the binomial, by bisection in
     * exact arithmetic 0.4718800 and 0.8271258. */
    CHECK_NEAR(got.ratio.lower, 2.0 * 0.4718800 / (1.0 - 0.4718800), 3e-6);
    CHECK_NEAR(got.ratio.upper, 2.0 * 0.8271258 / (1.0 - 0.8271258), 3e-6);
    CHECK(got.difference.lower > 0.0 && got.difference.upper > 30.0);
    /* One against a thousand million: 1 - 0.975^(1e-9) holds its digits. */
    const double far[] = {1, 1e9};
    CHECK(kernel_extreme_rates(far, two, 2, 1, 0.95, &got));
    CHECK_NEAR(got.ratio.upper, 1e9 / -log(0.975), 1e-8);
    const double none[] = {0, 5}, nobody[] = {0, 0};
    CHECK(kernel_extreme_rates(none, years, 2, 1, 0.95, &got));
    CHECK(!got.has_ratio && got.difference.value == 5.0);
    CHECK(kernel_extreme_rates(nobody, two, 2, 1, 0.95, &got));
    CHECK(!got.has_ratio && got.difference.value == 0.0);
    CHECK_NEAR(got.difference.upper, -got.difference.lower, 1e-14);
    CHECK(!kernel_extreme_rates(counts, years, 1, 1, 0.95, &got));
    CHECK(!kernel_extreme_rates(counts, nobody, 2, 1, 0.95, &got));
}

TEST(extreme_values_use_their_standard_errors)
{
    const double values[] = {40, 1, 60}, errors[] = {4, 1, 3};
    struct kernel_ends got;
    CHECK(kernel_extreme_values(values, errors, 3, 0.95, &got));
    CHECK_NEAR(got.difference.upper, 20.0 + Z * 5.0, 1e-14);
    CHECK_NEAR(got.ratio.lower, 1.5 * exp(-Z * hypot(0.1, 0.05)), 1e-14);
    const double zero[] = {40, 0}, first[] = {0, 40};
    CHECK(kernel_extreme_values(zero, errors, 2, 0.95, &got));
    CHECK(got.has_ratio && !got.has_ratio_limits && got.ratio.value == 0.0);
    CHECK(kernel_extreme_values(first, errors, 2, 0.95, &got));
    CHECK(!got.has_ratio);
}

TEST(concentration_is_the_share_weighted_by_rank)
{
    const double values[] = {1, 3}, errors[] = {0.1, 0.2}, even[] = {2, 2};
    struct kernel_interval got;
    /* Shares 1/4 and 3/4 of the events, ranks -1/2 and 1/2. */
    CHECK(kernel_concentration_index(values, errors, two, 2, 0.95, &got));
    CHECK_NEAR(got.value, 0.25, 1e-14);
    CHECK_NEAR(got.upper, 0.25 + Z * hypot(0.1875 * 0.1, 0.0625 * 0.2), 1e-13);
    CHECK(kernel_concentration_index(even, errors, two, 2, 0.95, &got));
    CHECK(fabs(got.value) < 1e-15);
    /* All of it in one class of many; a class without people counts not. */
    const double last[] = {0, 0, 0, 1, 7}, sure[] = {0, 0, 0, 0, 9};
    const double people[] = {1, 1, 1, 1, 0};
    CHECK(kernel_concentration_index(last, sure, people, 5, 0.95, &got));
    CHECK_NEAR(got.value, 0.75, 1e-14);
    CHECK_NEAR(got.upper, 0.75, 1e-14);
    const double zero[] = {0, 0};
    CHECK(!kernel_concentration_index(zero, errors, two, 2, 0.95, &got));
    CHECK(!kernel_concentration_index(values, errors, zero, 2, 0.95, &got));
    /* One group has nobody to differ from; how many people there are does not
     * matter; what is not a number is refused. */
    CHECK(kernel_concentration_index(values, errors, two, 1, 0.95, &got));
    CHECK(got.value == 0.0 && got.lower == 0.0 && got.upper == 0.0);
    const double crowd[] = {1e9 * two[0], 1e9 * two[1]};
    CHECK(kernel_concentration_index(values, errors, crowd, 2, 0.95, &got));
    CHECK_NEAR(got.value, 0.25, 1e-14);
    const double bad[] = {(double)NAN, (double)INFINITY, -1.0};
    for (size_t b = 0; b < COUNT_OF(bad); b++) {
        const double with[] = {1.0, bad[b]};
        CHECK(!kernel_concentration_index(with, errors, two, 2, 0.95, &got));
        CHECK(!kernel_concentration_index(values, with, two, 2, 0.95, &got));
        CHECK(!kernel_concentration_index(values, errors, with, 2, 0.95, &got));
    }
}

TEST(impossible_groups_are_refused)
{
    const double values[] = {10, 20}, errors[] = {1, 1}, bad[] = {-1, 1};
    const double none[] = {0, 5}, nan[] = {(double)NAN, 1};
    struct kernel_slope_data data = {
        .values = values, .errors = errors, .populations = two, .groups = 2};
    struct kernel_slope got = {.intercept = 7};
    data.groups = 1;
    CHECK(!kernel_slope_index(&data, 0.95, &got));
    data.groups = 2;
    CHECK(!kernel_slope_index(&data, 1.0, &got));
    data.errors = bad;
    CHECK(!kernel_slope_index(&data, 0.95, &got));
    data.errors = errors;
    data.populations = none;
    CHECK(!kernel_slope_index(&data, 0.95, &got));
    data.populations = two;
    data.values = nan;
    CHECK(!kernel_slope_index(&data, 0.95, &got));
    CHECK(got.intercept == 7);
}

RUN(CASE(two_equal_groups_have_a_slope_of_twice_their_difference),
    CASE(groups_in_the_other_order_turn_the_results_over),
    CASE(a_log_linear_slope_has_log_normal_ratio_limits),
    CASE(simulated_limits_are_near_the_analytic_ones_and_repeat),
    CASE(a_ratio_to_an_end_near_zero_has_no_limits),
    CASE(a_poisson_slope_through_two_groups_is_exact),
    CASE(quasi_poisson_limits_are_those_of_the_dispersion),
    CASE(a_line_that_reaches_a_rate_of_nothing_is_refused),
    CASE(extreme_groups_are_compared_exactly),
    CASE(extreme_values_use_their_standard_errors),
    CASE(concentration_is_the_share_weighted_by_rank),
    CASE(impossible_groups_are_refused))
