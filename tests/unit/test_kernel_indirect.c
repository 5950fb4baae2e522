/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised ratios, funnels and heterogeneity on cases checked by hand or
 * by counting every outcome. */
#include "calc/kernel_indirect.h"
#include "check.h"

static const enum kernel_sir_method sir_methods[] = {
    KERNEL_SIR_EXACT, KERNEL_SIR_BYAR,          KERNEL_SIR_PHE,
    KERNEL_SIR_MIDP,  KERNEL_SIR_VANDENBROUCKE,
};

TEST(expected_cases_are_rates_times_person_years)
{
    double years[] = {200000, 100000, 0}, rates[] = {10, 150, 700}, got = -1.0;
    CHECK(kernel_expected(years, rates, 3, 1e5, &got));
    CHECK_NEAR(got, 20.0 + 150.0, 1e-15);
    CHECK(kernel_expected(years + 2, rates + 2, 1, 1e5, &got)); /* nobody */
    CHECK(got == 0.0);
    got = -1.0;
    CHECK(!kernel_expected(years, rates, 0, 1e5, &got));
    CHECK(!kernel_expected(years, rates, 3, 0.0, &got));
    rates[1] = -1.0;
    CHECK(!kernel_expected(years, rates, 3, 1e5, &got));
    rates[1] = NAN;
    CHECK(!kernel_expected(years, rates, 3, 1e5, &got));
    CHECK(got == -1.0);
}

TEST(limits_of_a_ratio_follow_their_formulas)
{
    static const struct {
        enum kernel_sir_method method;
        double observed, expected, lower, upper;
    } cases[] = {
        /* Garwood's table, three decimals: 4.795 and 18.390 for 10 cases. */
        {KERNEL_SIR_EXACT, 10, 1, 4.795, 18.390},
        {KERNEL_SIR_EXACT, 10, 20, 0.23977, 0.91952},
        /* 10 (1 - 1/90 - 0.206600)^3; 11 (1 - 1/99 + 0.196985)^3 */
        {KERNEL_SIR_BYAR, 10, 1, 4.7874, 18.3914},
        {KERNEL_SIR_PHE, 10, 1, 4.7874, 18.3914},
        {KERNEL_SIR_PHE, 9, 1, 4.1154, 17.0848}, /* exact */
        /* (sqrt 16 -+ 0.979982)^2 */
        {KERNEL_SIR_VANDENBROUCKE, 16, 1, 9.12051, 24.8002},
        /* half of exp(-mean) is 0.025: mean = ln 20 */
        {KERNEL_SIR_MIDP, 0, 1, 0.0, 2.995732},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_sir(cases[i].observed, cases[i].expected, cases[i].method,
                         0.95, &got));
        CHECK_NEAR(got.value, cases[i].observed / cases[i].expected, 1e-15);
        CHECK_NEAR(got.lower, cases[i].lower, 1e-4);
        CHECK_NEAR(got.upper, cases[i].upper, 1e-4);
    }
}

/* The mid-P limits leave half of the observed count in the tail. */
TEST(mid_p_limits_leave_half_of_the_count_in_the_tail)
{
    static const double counts[] = {1, 3, 40, 1000};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct kernel_interval got;
        struct kernel_tails tails;
        double mass;
        CHECK(kernel_sir(counts[i], 1.0, KERNEL_SIR_MIDP, 0.9, &got));
        CHECK(kernel_poisson_cdf(counts[i], got.lower, &tails));
        CHECK(kernel_poisson_mass(counts[i], got.lower, &mass));
        CHECK_NEAR(tails.upper + 0.5 * mass, 0.05, 1e-10);
        CHECK(kernel_poisson_cdf(counts[i], got.upper, &tails));
        CHECK(kernel_poisson_mass(counts[i], got.upper, &mass));
        CHECK_NEAR(tails.lower - 0.5 * mass, 0.05, 1e-10);
    }
}

TEST(no_case_has_a_lower_limit_of_zero)
{
    for (size_t i = 0; i < COUNT_OF(sir_methods) - 1; i++) {
        struct kernel_interval got;
        CHECK(kernel_sir(0, 2.5, sir_methods[i], 0.95, &got));
        CHECK(got.value == 0.0 && got.lower == 0.0 && got.upper > 0.6);
    }
}

TEST(a_billion_cases_have_close_limits)
{
    for (size_t i = 0; i < COUNT_OF(sir_methods); i++) {
        struct kernel_interval got;
        CHECK(kernel_sir(1e9, 1e9, sir_methods[i], 0.95, &got));
        CHECK_NEAR(got.lower, 1.0 - 1.959964 / sqrt(1e9), 1e-8);
        CHECK_NEAR(got.upper, 1.0 + 1.959964 / sqrt(1e9), 1e-8);
    }
}

TEST(a_ratio_that_has_no_meaning_is_refused)
{
    struct kernel_interval got = {-1.0, -1.0, -1.0};
    for (size_t i = 0; i < COUNT_OF(sir_methods); i++) {
        CHECK(!kernel_sir(-1, 2, sir_methods[i], 0.95, &got));
        CHECK(!kernel_sir(3, 0, sir_methods[i], 0.95, &got));
        CHECK(!kernel_sir(3, INFINITY, sir_methods[i], 0.95, &got));
        CHECK(!kernel_sir(NAN, 2, sir_methods[i], 0.95, &got));
        CHECK(!kernel_sir(3, 2, sir_methods[i], 1.0, &got));
    }
    CHECK(got.value == -1.0 && got.lower == -1.0 && got.upper == -1.0);
}

/* The definition, count by count. */
static double p_by_counting(double observed, double expected)
{
    double limit, sum = 0.0;
    CHECK(kernel_poisson_mass(observed, expected, &limit));
    for (double count = 0; count < 10.0 * expected + 100.0; count++) {
        double mass;
        CHECK(kernel_poisson_mass(count, expected, &mass));
        if (mass <= limit * (1.0 + 1e-7))
            sum += mass;
    }
    return fmin(1.0, sum);
}

TEST(p_values_add_up_all_that_is_not_likelier)
{
    static const double expected[] = {0.3, 1.0, 2.5, 7.0, 30.25};
    for (size_t e = 0; e < COUNT_OF(expected); e++) {
        for (double observed = 0; observed < 60; observed++) {
            double got;
            CHECK(kernel_sir_p(observed, expected[e], &got));
            double want = p_by_counting(observed, expected[e]);
            CHECK(fabs(got - want) <= 1e-9 * want + 1e-13);
        }
    }
}

TEST(p_values_hold_at_the_ends)
{
    double got = -1.0;
    CHECK(kernel_sir_p(0, 0, &got));
    CHECK(got == 1.0);
    CHECK(kernel_sir_p(3, 0, &got));
    CHECK(got == 0.0);
    CHECK(kernel_sir_p(1e9, 1e9, &got));
    CHECK(got == 1.0);
    CHECK(kernel_sir_p(1e9 + 62000, 1e9, &got));
    CHECK_NEAR(got, 2.0 * kernel_normal_cdf(-62000 / sqrt(1e9)), 1e-3);
    CHECK(kernel_sir_p(0, 1e6, &got));
    CHECK(got == 0.0);
    got = -1.0;
    CHECK(!kernel_sir_p(2.5, 3, &got)); /* no count */
    CHECK(!kernel_sir_p(-1, 3, &got));
    CHECK(!kernel_sir_p(1, NAN, &got));
    CHECK(got == -1.0);
}

/* --- funnels -------------------------------------------------------------- */

/* Expected 4: P(X <= 0) = e^-4 = 0.0183, P(X <= 1) = 0.0916, P(X <= 8) =
 * 0.978637, P(X <= 7) = 0.948866. Lower: 1 - (0.091578 - 0.025) / 0.073263 =
 * 0.0912; upper: 8 - (0.978637 - 0.975) / 0.029770 = 7.8778. */
TEST(an_exact_funnel_interpolates_between_counts)
{
    struct kernel_interval got;
    CHECK(kernel_funnel_ratio(4, KERNEL_FUNNEL_EXACT, 0.95, &got));
    CHECK(got.value == 1.0);
    CHECK_NEAR(got.lower, 0.09124 / 4.0, 1e-3);
    CHECK_NEAR(got.upper, 7.87784 / 4.0, 1e-5);
    /* Three trials of 0.9: P(X <= 1) = 0.028, P(X = 1) = 0.027; all of the
     * upper tail belongs to 3: 3 - (1 - 0.975) / 0.729. */
    CHECK(kernel_funnel_proportion(3, 0.9, KERNEL_FUNNEL_EXACT, 0.95, &got));
    CHECK_NEAR(got.lower, (1.0 - 0.003 / 0.027) / 3.0, 1e-12);
    CHECK_NEAR(got.upper, (3.0 - 0.025 / 0.729) / 3.0, 1e-12);
}

TEST(where_next_to_nothing_is_expected_the_target_is_the_limit)
{
    struct kernel_interval got;
    CHECK(kernel_funnel_ratio(1e-3, KERNEL_FUNNEL_EXACT, 0.95, &got));
    CHECK(got.lower == 0.0 && got.upper == 1.0);
}

TEST(funnels_close_as_more_is_expected)
{
    static const enum kernel_funnel_method methods[] = {
        KERNEL_FUNNEL_EXACT, KERNEL_FUNNEL_BYAR, KERNEL_FUNNEL_NORMAL};
    for (size_t m = 0; m < COUNT_OF(methods); m++) {
        struct kernel_interval got, before = {1.0, -1.0, INFINITY};
        for (double expected = 1.0; expected < 2e9; expected *= 10.0) {
            CHECK(kernel_funnel_ratio(expected, methods[m], 0.998, &got));
            CHECK(got.lower >= fmax(0.0, before.lower) && got.lower < 1.0);
            CHECK(got.upper < before.upper && got.upper > 1.0);
            before = got;
        }
        CHECK_NEAR(got.upper, 1.0 + 3.090232 / sqrt(1e9), 1e-7);
    }
}

TEST(overdispersed_funnels_are_wider)
{
    struct kernel_interval plain, got;
    CHECK(kernel_funnel_ratio(100, KERNEL_FUNNEL_NORMAL, 0.95, &plain));
    CHECK(kernel_funnel_ratio_phi(100, 4, 0.95, &got));
    CHECK_NEAR(got.upper - 1.0, 2.0 * (plain.upper - 1.0), 1e-12);
    CHECK(kernel_funnel_ratio_phi(100, 0.5, 0.95, &got)); /* never narrower */
    CHECK(got.upper == plain.upper && got.lower == plain.lower);
    /* sqrt(1/400 + 0.0075) = 0.1 */
    CHECK(kernel_funnel_ratio_tau2(100, 0.0075, 0.95, &got));
    CHECK_NEAR(got.lower, pow(1.0 - 0.1959964, 2.0), 1e-6);
    CHECK_NEAR(got.upper, pow(1.0 + 0.1959964, 2.0), 1e-6);
}

TEST(funnels_that_have_no_meaning_are_refused)
{
    struct kernel_interval got = {-1.0, -1.0, -1.0};
    CHECK(!kernel_funnel_ratio(0, KERNEL_FUNNEL_EXACT, 0.95, &got));
    CHECK(!kernel_funnel_ratio(NAN, KERNEL_FUNNEL_NORMAL, 0.95, &got));
    CHECK(!kernel_funnel_ratio(5, KERNEL_FUNNEL_EXACT, 1.0, &got));
    CHECK(!kernel_funnel_ratio_phi(5, -1, 0.95, &got));
    CHECK(!kernel_funnel_ratio_tau2(5, INFINITY, 0.95, &got));
    CHECK(!kernel_funnel_proportion(0, 0.5, KERNEL_FUNNEL_NORMAL, 0.95, &got));
    CHECK(!kernel_funnel_proportion(9, 1.0, KERNEL_FUNNEL_NORMAL, 0.95, &got));
    CHECK(!kernel_funnel_proportion(9.5, 0.5, KERNEL_FUNNEL_EXACT, 0.95, &got));
    CHECK(!kernel_funnel_proportion(9, 0.5, KERNEL_FUNNEL_BYAR, 0.95, &got));
    CHECK(got.value == -1.0 && got.lower == -1.0 && got.upper == -1.0);
}

TEST(a_count_on_its_limit_is_on_the_funnel)
{
    struct kernel_funnel_count got;
    CHECK(kernel_funnel_count(10, 0.95, &got));
    CHECK_NEAR(got.expected_on_lower, 18.390, 1e-4);
    CHECK_NEAR(got.upper, 10.0 / 4.795, 1e-3);
    CHECK(kernel_funnel_count(0, 0.95, &got));
    CHECK(got.lower == 0.0 && got.upper == 0.0 && got.expected_on_upper == 0.0);
    CHECK(!kernel_funnel_count(-1, 0.95, &got));
}

TEST(positions_follow_garwoods_limits)
{
    static const struct {
        double expected;
        enum kernel_funnel_position want;
    } cases[] = {
        /* Limits of 10: 4.795 and 18.390; at 99.8 %: 2.961 and 24.134. */
        {2.9, KERNEL_FUNNEL_ABOVE_998}, {4.7, KERNEL_FUNNEL_ABOVE_95},
        {4.9, KERNEL_FUNNEL_WITHIN},    {18.3, KERNEL_FUNNEL_WITHIN},
        {18.5, KERNEL_FUNNEL_BELOW_95}, {24.2, KERNEL_FUNNEL_BELOW_998},
    };
    enum kernel_funnel_position got;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        CHECK(kernel_funnel_position(10, cases[i].expected, &got));
        CHECK_INT(got, cases[i].want);
    }
    CHECK(!kernel_funnel_position(10, 0, &got));
}

/* Scores 2(sqrt O - sqrt E): 0, 2, -2, 4, -4 of expected 100. */
TEST(overdispersion_is_checked_by_hand)
{
    struct arena *arena = arena_new();
    double observed[] = {100, 121, 81, 144, 64, 0};
    double expected[] = {100, 100, 100, 100, 100, 0};
    struct kernel_overdispersion got = {0};
    CHECK(
        kernel_overdispersion_ratios(observed, expected, 6, 0.0, arena, &got));
    CHECK_INT(got.units, 5);
    CHECK_NEAR(got.phi, 8.0, 1e-12);
    CHECK_NEAR(got.phi_raw, 8.0, 1e-12);
    /* (5 x 8 - 4) / (2000 - 2000 / 5): between-unit variance 0.0225 */
    CHECK_NEAR(got.tau2, 0.0225, 1e-12);
    /* The quantiles at 10 and 90 % are -3.2 and 3.2. */
    CHECK(
        kernel_overdispersion_ratios(observed, expected, 6, 0.1, arena, &got));
    CHECK_NEAR(got.phi, (4.0 + 4.0 + 2.0 * 3.2 * 3.2) / 5.0, 1e-12);
    CHECK_NEAR(got.phi_raw, 8.0, 1e-12);
    /* All alike: less than chance, no variance between units. */
    CHECK(
        kernel_overdispersion_ratios(expected, expected, 6, 0.1, arena, &got));
    CHECK(got.phi == 0.0 && got.tau2 == 0.0);
    expected[0] = 0.0;
    CHECK(
        !kernel_overdispersion_ratios(observed, expected, 6, 0.1, arena, &got));
    CHECK(!kernel_overdispersion_ratios(observed + 4, expected + 4, 2, 0.1,
                                        arena, &got)); /* one unit only */
    CHECK(
        !kernel_overdispersion_ratios(observed, expected, 6, 0.5, arena, &got));
    arena_free(arena);
}

TEST(overdispersion_of_proportions_is_on_the_arc_sine)
{
    struct arena *arena = arena_new();
    /* asin sqrt of 0.25, 0.5, 0.75: 30, 45 and 60 degrees; 4 x 9 trials. */
    double successes[] = {9, 18, 27}, trials[] = {36, 36, 36};
    double turn = 3.14159265358979323846 / 12.0;
    struct kernel_overdispersion got = {0};
    CHECK(kernel_overdispersion_proportions(successes, trials, 3, 0.5, 0.0,
                                            arena, &got));
    double phi = 2.0 * turn * turn * 144.0 / 3.0;
    CHECK_NEAR(got.phi, phi, 1e-12);
    CHECK_NEAR(got.tau2, (3.0 * phi - 2.0) / 288.0, 1e-12);
    CHECK(!kernel_overdispersion_proportions(trials, successes, 3, 0.5, 0.0,
                                             arena, &got));
    CHECK(!kernel_overdispersion_proportions(successes, trials, 3, 1.0, 0.0,
                                             arena, &got));
    arena_free(arena);
}

RUN(CASE(expected_cases_are_rates_times_person_years),
    CASE(limits_of_a_ratio_follow_their_formulas),
    CASE(mid_p_limits_leave_half_of_the_count_in_the_tail),
    CASE(no_case_has_a_lower_limit_of_zero),
    CASE(a_billion_cases_have_close_limits),
    CASE(a_ratio_that_has_no_meaning_is_refused),
    CASE(p_values_add_up_all_that_is_not_likelier),
    CASE(p_values_hold_at_the_ends),
    CASE(an_exact_funnel_interpolates_between_counts),
    CASE(where_next_to_nothing_is_expected_the_target_is_the_limit),
    CASE(funnels_close_as_more_is_expected),
    CASE(overdispersed_funnels_are_wider),
    CASE(funnels_that_have_no_meaning_are_refused),
    CASE(a_count_on_its_limit_is_on_the_funnel),
    CASE(positions_follow_garwoods_limits),
    CASE(overdispersion_is_checked_by_hand),
    CASE(overdispersion_of_proportions_is_on_the_arc_sine))
