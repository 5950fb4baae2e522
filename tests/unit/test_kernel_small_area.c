/* SPDX-License-Identifier: EUPL-1.2 */
/* Empirical Bayes: cases checked by hand, equations that the estimates must
 * satisfy, and areas that say nothing. */
#include "calc/kernel.h"
#include "calc/kernel_small_area.h"
#include "check.h"

enum {
    AREAS = 6,
};

static const struct kernel_rounds solved = {0, 1e-5};
static const double observed[AREAS] = {0, 3, 12, 40, 7, 90};
static const double expected[AREAS] = {1.5, 6, 5, 30, 11, 70};

/* --- Marshall ------------------------------------------------------------- */

TEST(three_areas_are_checked_by_hand)
{
    double cases[] = {20, 5, 5}, base[] = {10, 10, 10}, got[3];
    struct kernel_marshall found;
    /* squares (10 + 2.5 + 2.5) / 30 less 1 / 10 */
    CHECK(kernel_marshall(cases, base, 3, got, &found));
    CHECK_NEAR(found.mean, 1.0, 1e-15);
    CHECK_NEAR(found.variance, 0.4, 1e-14);
    CHECK_NEAR(got[0], 1.0 + 0.4 / 0.5, 1e-14);
    CHECK_NEAR(got[1], 1.0 - 0.5 * 0.4 / 0.5, 1e-14);
}

/* Shares 0.8, 0.2 of 20: mean 0.5, squares 0.09, chance 0.25 / 20. */
TEST(proportions_of_like_size_are_checked_by_hand)
{
    double cases[] = {16, 4}, base[] = {20, 20}, got[2];
    struct kernel_marshall found;
    CHECK(kernel_marshall_binomial(cases, base, 2, got, &found));
    CHECK_NEAR(found.variance, 0.0775, 1e-14);
    /* 20 x 0.0775 / (19 x 0.09) of the way */
    CHECK_NEAR(got[0], 0.5 + 0.3 * 1.55 / 1.71, 1e-14);
    CHECK_NEAR(got[1], 0.5 - 0.3 * 1.55 / 1.71, 1e-14);
    CHECK(!kernel_marshall_binomial(base, cases, 2, got, &found));
}

TEST(nothing_but_chance_gives_the_mean_to_all)
{
    double cases[] = {10, 11, 9, 0}, base[] = {10, 10, 10, 0}, got[4];
    struct kernel_marshall found;
    CHECK(kernel_marshall(cases, base, 4, got, &found));
    CHECK(found.variance == 0.0);
    for (size_t i = 0; i < 4; i++)
        CHECK(got[i] == 1.0);
    base[0] = 1e3, base[1] = 1e3, base[2] = 1e3;
    CHECK(kernel_marshall_binomial(cases, base, 4, got, &found));
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(got[i], 0.01, 1e-15);
}

TEST(a_neighbourhood_is_checked_by_hand)
{
    static const size_t one[] = {1}, two[] = {0, 2}, three[] = {1};
    static const size_t *const lists[] = {one, two, three, NULL};
    static const size_t sizes[] = {1, 2, 1, 0};
    struct neighbours row = {lists, sizes, 4};
    struct arena *arena = arena_new();
    double cases[] = {20, 5, 5, 7}, base[] = {10, 10, 10, 10}, got[4];
    /* Means 1.25, 1, 0.5. Of the second, from its own mean: (10 + 2.5 + 2.5)
     * / 30 less 1 / 10 = 0.4; from those of each: 5.625 + 2.5 + 0. */
    CHECK(kernel_marshall_local(cases, base, &row, true, arena, got));
    CHECK_NEAR(got[1], 1.0 - 0.5 * 0.4 / 0.5, 1e-14);
    CHECK_NEAR(got[2], 0.5, 1e-15);
    CHECK_NEAR(got[3], 0.7, 1e-15); /* an island */
    CHECK(kernel_marshall_local(cases, base, &row, false, arena, got));
    double variance = 8.125 / 30.0 - 0.1;
    CHECK_NEAR(got[1], 1.0 - 0.5 * variance / (variance + 0.1), 1e-14);
    /* An island without a base has the mean of all. */
    cases[3] = base[3] = 0.0;
    CHECK(kernel_marshall_local(cases, base, &row, false, arena, got));
    CHECK_NEAR(got[3], 1.0, 1e-15);
    cases[3] = 1.0;
    CHECK(!kernel_marshall_local(cases, base, &row, false, arena, got));
    arena_free(arena);
}

TEST(no_case_anywhere_is_a_rate_of_zero)
{
    double none[AREAS] = {0}, got[AREAS];
    struct kernel_marshall found;
    struct kernel_gamma_prior prior;
    struct kernel_gamma_risk known;
    CHECK(kernel_marshall(none, expected, AREAS, got, &found));
    CHECK(got[0] == 0.0 && got[5] == 0.0);
    CHECK(kernel_gamma_poisson(none, expected, AREAS, solved, &prior));
    CHECK(!prior.varies && prior.mean == 0.0);
    CHECK(kernel_negative_binomial(none, expected, AREAS, &prior));
    CHECK(!prior.varies && prior.mean == 0.0);
    CHECK(kernel_gamma_posterior(&prior, 0, 1.5, 0.95, &known));
    CHECK(known.mean == 0.0 && known.upper == 0.0 && known.above == 0.0);
}

/* --- gamma distributed relative risks ------------------------------------- */

TEST(the_estimates_have_the_moments_of_their_prior)
{
    struct kernel_gamma_prior prior;
    CHECK(kernel_gamma_poisson(observed, expected, AREAS, solved, &prior));
    CHECK(prior.varies);
    CHECK_NEAR(prior.mean, prior.shape / prior.rate, 1e-14);
    double theta[AREAS], sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < AREAS; i++) {
        theta[i] = (observed[i] + prior.shape) / (expected[i] + prior.rate);
        sum += theta[i] / AREAS;
    }
    for (size_t i = 0; i < AREAS; i++)
        squares += (1.0 + prior.rate / expected[i]) * (theta[i] - sum) *
                   (theta[i] - sum) / (AREAS - 1.0);
    CHECK_NEAR(sum, prior.mean, 1e-12);
    CHECK_NEAR(squares, prior.shape / (prior.rate * prior.rate), 1e-11);
}

TEST(rounds_come_to_the_solution)
{
    struct kernel_gamma_prior want, got;
    CHECK(kernel_gamma_poisson(observed, expected, AREAS, solved, &want));
    struct kernel_rounds many = {100000, 1e-14}, one = {1, 1e-14};
    CHECK(kernel_gamma_poisson(observed, expected, AREAS, many, &got));
    CHECK_NEAR(got.shape, want.shape, 1e-10);
    CHECK_NEAR(got.rate, want.rate, 1e-10);
    CHECK(kernel_gamma_poisson(observed, expected, AREAS, one, &got));
    CHECK(fabs(got.rate - want.rate) > 1e-6); /* stopped on the way */
}

static double log_likelihood(double shape, double mean)
{
    double sum = 0.0;
    for (size_t i = 0; i < AREAS; i++) {
        double fitted = mean * expected[i];
        sum += lgamma(shape + observed[i]) - lgamma(shape) +
               shape * log(shape / (shape + fitted)) +
               observed[i] * log(fitted / (shape + fitted));
    }
    return sum;
}

TEST(no_other_prior_is_likelier)
{
    struct kernel_gamma_prior prior;
    CHECK(kernel_negative_binomial(observed, expected, AREAS, &prior));
    CHECK(prior.varies);
    CHECK_NEAR(prior.mean, prior.shape / prior.rate, 1e-14);
    double best = log_likelihood(prior.shape, prior.mean);
    static const double factors[] = {0.5, 0.99, 1.01, 2.0};
    for (size_t i = 0; i < COUNT_OF(factors); i++) {
        double factor = factors[i];
        CHECK(log_likelihood(prior.shape * factor, prior.mean) < best);
        CHECK(log_likelihood(prior.shape, prior.mean * factor) < best);
    }
    /* Flat there: the slope is that of rounding. */
    double up = log_likelihood(prior.shape * 1.001, prior.mean);
    double down = log_likelihood(prior.shape / 1.001, prior.mean);
    CHECK(fabs(up - down) < 1e-8);
}

/* Many cases with a small true spread: a large shape, still found. */
TEST(a_small_spread_of_many_cases_is_found)
{
    static const double many[] = {10100000, 9900000, 10050000, 9950000};
    static const double base[] = {1e7, 1e7, 1e7, 1e7};
    struct kernel_gamma_prior prior;
    CHECK(kernel_negative_binomial(many, base, 4, &prior));
    CHECK(prior.varies);
    /* variance (0.01^2 + 0.005^2) / 2 less 1e-7 */
    CHECK_NEAR(1.0 / prior.shape, 6.25e-5 - 1e-7, 2e-3);
    CHECK(kernel_gamma_poisson(many, base, 4, solved, &prior));
    CHECK_NEAR(1.0 / prior.rate, 6.25e-5 * 4.0 / 3.0 - 1e-7, 2e-3);
}

TEST(a_posterior_is_a_gamma_distribution)
{
    struct kernel_gamma_prior prior = {2.0, true, 2.0, 1.0};
    struct kernel_gamma_risk known;
    /* Shape 2 + 3, rate 1 + 4: P(X > 1) = P(Poisson(5) <= 4) = 0.440493. */
    CHECK(kernel_gamma_posterior(&prior, 3, 4, 0.95, &known));
    CHECK_NEAR(known.mean, 1.0, 1e-15);
    CHECK_NEAR(known.above, 0.440493, 1e-5);
    CHECK_NEAR(known.median, 4.670909 / 5.0, 1e-6);
    CHECK_NEAR(known.lower, 1.623486 / 5.0, 1e-6); /* Garwood's for 5 */
    CHECK_NEAR(known.upper, 10.241589 / 5.0, 1e-6);
    /* An area that says nothing has the prior. */
    CHECK(kernel_gamma_posterior(&prior, 0, 0, 0.95, &known));
    CHECK_NEAR(known.mean, 2.0, 1e-15);
    CHECK(!kernel_gamma_posterior(&prior, -1, 4, 0.95, &known));
    CHECK(!kernel_gamma_posterior(&prior, 1, 4, 1.0, &known));
}

TEST(areas_that_are_alike_have_no_prior_variance)
{
    double alike[AREAS];
    struct kernel_gamma_prior prior;
    struct kernel_gamma_risk known;
    for (size_t i = 0; i < AREAS; i++)
        alike[i] = 2.0 * expected[i];
    CHECK(kernel_gamma_poisson(alike, expected, AREAS, solved, &prior));
    CHECK(!prior.varies && prior.rate == 0.0);
    CHECK_NEAR(prior.mean, 2.0, 1e-15);
    CHECK(kernel_negative_binomial(alike, expected, AREAS, &prior));
    CHECK(!prior.varies);
    CHECK(kernel_gamma_posterior(&prior, 3, 1.5, 0.95, &known));
    CHECK_NEAR(known.lower, 2.0, 1e-15);
    CHECK(known.above == 1.0);
}

/* Where the numbers come near the ends of what doubles hold. */
TEST(extreme_counts_have_an_answer)
{
    static const double none_of_many[] = {0, 1.3e6}, many[] = {5.8e6, 1.1e6};
    struct kernel_gamma_prior prior;
    CHECK(kernel_negative_binomial(none_of_many, many, 2, &prior));
    CHECK(prior.varies && prior.shape < 1.0);
    CHECK_NEAR(prior.mean, 0.5 * 1.3 / 1.1, 1e-3); /* the mean of ratios */
    CHECK(kernel_gamma_poisson(none_of_many, many, 2, solved, &prior));
    CHECK(prior.varies && prior.shape < 1.0);
    static const double base[] = {7859512, 1440682, 3589490001, 1};
    static const struct kernel_rounds dcluster = {20, 1e-5};
    CHECK(kernel_gamma_poisson(base, base, 4, solved, &prior));
    CHECK(!prior.varies && prior.mean == 1.0);
    CHECK(kernel_gamma_poisson(base, base, 4, dcluster, &prior));
    CHECK(!prior.varies && prior.mean == 1.0);
    CHECK(kernel_negative_binomial(base, base, 4, &prior));
    CHECK(!prior.varies && prior.mean == 1.0);
}

/* --- log-normal ----------------------------------------------------------- */

TEST(log_normal_estimates_satisfy_their_equations)
{
    double logs[AREAS], sum = 0.0, rest = 0.0;
    struct kernel_log_normal found;
    CHECK(kernel_log_normal(observed, expected, AREAS, solved, logs, &found));
    double v = found.variance;
    for (size_t i = 0; i < AREAS; i++) {
        double cases = observed[i] + 0.5;
        double want =
            (found.mean + cases * v * log(cases / expected[i]) - 0.5 * v) /
            (1.0 + cases * v);
        CHECK_NEAR(logs[i], want, 1e-12);
        sum += logs[i] / AREAS;
    }
    for (size_t i = 0; i < AREAS; i++)
        rest += (v / (1.0 + v * (observed[i] + 0.5)) +
                 (logs[i] - sum) * (logs[i] - sum)) /
                AREAS;
    CHECK_NEAR(sum, found.mean, 1e-10);
    CHECK_NEAR(rest, v, 1e-10);
}

/* --- refused -------------------------------------------------------------- */

static void check_refused(const double *cases, const double *base, size_t areas)
{
    double got[AREAS] = {77};
    struct kernel_marshall marshall = {77, 77};
    struct kernel_gamma_prior prior = {.mean = 77};
    struct kernel_log_normal logs = {77, 77};
    CHECK(!kernel_marshall(cases, base, areas, got, &marshall));
    CHECK(!kernel_gamma_poisson(cases, base, areas, solved, &prior));
    CHECK(!kernel_negative_binomial(cases, base, areas, &prior));
    CHECK(!kernel_log_normal(cases, base, areas, solved, got, &logs));
    CHECK(got[0] == 77 && marshall.mean == 77 && prior.mean == 77 &&
          logs.mean == 77);
}

TEST(areas_without_meaning_are_refused)
{
    check_refused((double[]){1, 2}, (double[]){1, 0}, 2);
    check_refused((double[]){1, 0}, (double[]){1, 0}, 2); /* one says it */
    check_refused((double[]){-1, 2}, (double[]){1, 2}, 2);
    check_refused((double[]){1, NAN}, (double[]){1, 2}, 2);
    check_refused((double[]){1, 2}, (double[]){1, INFINITY}, 2);
    check_refused(observed, expected, 1);
    check_refused(observed, expected, 0);
}

TEST(an_area_with_nothing_expected_changes_no_other)
{
    double more[AREAS + 1] = {0}, base[AREAS + 1] = {0};
    double logs[AREAS + 1], alone[AREAS];
    memcpy(more, observed, sizeof observed);
    memcpy(base, expected, sizeof expected);
    struct kernel_gamma_prior with, without;
    struct kernel_log_normal found;
    CHECK(kernel_gamma_poisson(more, base, AREAS + 1, solved, &with));
    CHECK(kernel_gamma_poisson(observed, expected, AREAS, solved, &without));
    CHECK(with.shape == without.shape && with.rate == without.rate);
    CHECK(kernel_negative_binomial(more, base, AREAS + 1, &with));
    CHECK(kernel_negative_binomial(observed, expected, AREAS, &without));
    CHECK(with.shape == without.shape && with.rate == without.rate);
    CHECK(kernel_log_normal(observed, expected, AREAS, solved, alone, &found));
    CHECK(kernel_log_normal(more, base, AREAS + 1, solved, logs, &found));
    CHECK(logs[2] == alone[2] && logs[AREAS] == found.mean);
}

RUN(CASE(three_areas_are_checked_by_hand),
    CASE(proportions_of_like_size_are_checked_by_hand),
    CASE(nothing_but_chance_gives_the_mean_to_all),
    CASE(a_neighbourhood_is_checked_by_hand),
    CASE(no_case_anywhere_is_a_rate_of_zero),
    CASE(the_estimates_have_the_moments_of_their_prior),
    CASE(rounds_come_to_the_solution), CASE(no_other_prior_is_likelier),
    CASE(a_small_spread_of_many_cases_is_found),
    CASE(a_posterior_is_a_gamma_distribution),
    CASE(areas_that_are_alike_have_no_prior_variance),
    CASE(extreme_counts_have_an_answer),
    CASE(log_normal_estimates_satisfy_their_equations),
    CASE(areas_without_meaning_are_refused),
    CASE(an_area_with_nothing_expected_changes_no_other))
