/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates and their comparisons against printed examples and results that can be
 * checked by hand, and at their edges. */
#include "calc/kernel_rate.h"
#include "check.h"

static void check_interval(const struct kernel_interval *got, double value,
                           double lower, double upper, double relative)
{
    CHECK_NEAR(got->value, value, relative);
    CHECK_NEAR(got->lower, lower, relative);
    CHECK_NEAR(got->upper, upper, relative);
}

TEST(byar_limits_are_near_the_exact_ones)
{
    /* Breslow and Day 1987, by hand: 10 (1 - 1/90 - 1.96/(3 sqrt 10))^3 and
     * 11 (1 - 1/99 + 1.96/(3 sqrt 11))^3, with 1.959964. */
    struct kernel_interval got;
    CHECK(kernel_poisson_limits(10, KERNEL_COUNT_BYAR, 0.95, &got));
    check_interval(&got, 10, 4.787450, 18.391459, 1e-6);
    CHECK(kernel_poisson_limits(0, KERNEL_COUNT_BYAR, 0.95, &got));
    /* 1 - 1/9 - 3.09/3 is below 0. */
    struct kernel_interval one;
    CHECK(kernel_poisson_limits(1, KERNEL_COUNT_BYAR, 0.998, &one));
    check_interval(&one, 1, 0.0, 9.362180, 1e-6);
    double root = 1.0 - 1.0 / 9.0 + 1.959963984540054 / 3.0;
    check_interval(&got, 0, 0.0, root * root * root, 1e-14);
}

TEST(mid_p_limits_solve_their_equation)
{
    struct kernel_interval got;
    /* Without events: exp(-mean) / 2 = 0.025. */
    CHECK(kernel_poisson_limits(0, KERNEL_COUNT_MIDP, 0.95, &got));
    check_interval(&got, 0, 0.0, 2.995732273553991, 1e-12);
    CHECK(kernel_poisson_limits(7, KERNEL_COUNT_MIDP, 0.9, &got));
    for (int side = 0; side < 2; side++) {
        double mean = side == 0 ? got.lower : got.upper, below = 0.0, mass;
        for (int k = 0; k <= 7; k++) {
            CHECK(kernel_poisson_mass(k, mean, &mass));
            below += k < 7 ? mass : 0.5 * mass;
        }
        CHECK_NEAR(below, side == 0 ? 0.95 : 0.05, 1e-12);
    }
    struct kernel_interval exact;
    CHECK(kernel_poisson_exact(1e9, 0.95, &exact));
    CHECK(kernel_poisson_limits(1e9, KERNEL_COUNT_MIDP, 0.95, &got));
    CHECK(got.lower > exact.lower && got.upper < exact.upper);
    CHECK_NEAR(got.lower, exact.lower + 0.5, 1e-11);
    CHECK_NEAR(got.upper, exact.upper - 0.5, 1e-11);
    CHECK(!kernel_poisson_limits(2e10, KERNEL_COUNT_MIDP, 0.95, &got));
}

/* Roots of P(X > x) + P(X = x) / 2 = (1 - confidence) / 2, and of the other
 * tail, summed with 40 digits. */
TEST(mid_p_limits_have_the_digits_of_the_roots)
{
    static const struct {
        double count, confidence, lower, upper;
    } roots[] = {
        {0, 0.9, 0.0, 2.3025850929940457},
        {0, 0.99, 0.0, 4.6051701859880914},
        {1, 0.9, 0.10015932447826416, 4.1130032807196393},
        {1, 0.95, 0.05002034483533549, 4.9318605247067734},
        {1, 0.99, 0.010000165844065052, 6.7773440475992455},
        {3, 0.9, 1.0028915651932541, 7.1608233447223649},
        {3, 0.95, 0.76309629779778142, 8.1644692083683669},
        {3, 0.99, 0.42044222114349784, 10.358579029333494},
        {10, 0.9, 5.7402270191389417, 16.404848863749668},
        {10, 0.95, 5.0795218472173412, 17.824853696569681},
        {10, 0.99, 3.9456024908187436, 20.818047190735984},
        {37, 0.95, 26.434432247388923, 50.462593705178356},
        {37, 0.99, 23.557510526419142, 55.200956225932412},
        {100, 0.9, 84.578390592931204, 117.55944467442458},
        {100, 0.95, 81.791821092012286, 121.10349089745778},
        {100, 0.99, 76.526580889494344, 128.23070331796235},
        {350, 0.9, 320.27376445792884, 381.8634949240525},
        {350, 0.95, 314.74964954169247, 388.14494375474964},
        {350, 0.99, 304.13884045066404, 400.61795274953849},
    };
    for (size_t i = 0; i < COUNT_OF(roots); i++) {
        struct kernel_interval got;
        CHECK(kernel_poisson_limits(roots[i].count, KERNEL_COUNT_MIDP,
                                    roots[i].confidence, &got));
        CHECK_NEAR(got.lower, roots[i].lower, 1e-12);
        CHECK_NEAR(got.upper, roots[i].upper, 1e-12);
    }
}

TEST(normal_limits_of_a_count_are_not_clamped)
{
    struct kernel_interval got = {-7, -7, -7};
    CHECK(kernel_poisson_limits(1, KERNEL_COUNT_NORMAL, 0.95, &got));
    check_interval(&got, 1, 1 - 1.959963984540054, 1 + 1.959963984540054,
                   1e-14);
    CHECK(!kernel_poisson_limits(0, KERNEL_COUNT_NORMAL, 0.95, &got));
    CHECK(got.upper > 2.0);
}

static const double no_cases[] = {0, 0, 0};
static const double cases[] = {12, 85, 60};
static const double years[] = {500000, 250000, 60000};
static const double weights[] = {60000, 30000, 10000};
static const struct kernel_classes classes = {cases, years, weights, 3, 1e5};

/* Weights of one case: 1.2e-6, 1.2e-6 and 1/600000. */
TEST(a_standardised_rate_has_seven_intervals)
{
    struct kernel_interval got;
    struct kernel_estimate rate;
    double value = 97 * 1.2e-6 + 60 / 6e5;
    double variance = 97 * 1.44e-12 + 60 / 36e10;
    double error = sqrt(variance), z = 1.959963984540054;
    CHECK(kernel_rate_estimate(&classes, 1e5, &rate));
    CHECK_NEAR(rate.value, value * 1e5, 1e-14);
    CHECK_NEAR(rate.error, error * 1e5, 1e-14);

    CHECK(kernel_rate_limits(&classes, 1e5, KERNEL_RATE_NORMAL, 0.95, &got));
    check_interval(&got, value * 1e5, (value - z * error) * 1e5,
                   (value + z * error) * 1e5, 1e-13);
    CHECK(
        kernel_rate_limits(&classes, 1e5, KERNEL_RATE_LOG_NORMAL, 0.95, &got));
    check_interval(&got, value * 1e5, value * 1e5 * exp(-z * error / value),
                   value * 1e5 * exp(z * error / value), 1e-13);

    /* Garwood's limits of 157 cases are 133.4021 and 183.5694. */
    double scale = sqrt(variance / 157);
    CHECK(kernel_rate_limits(&classes, 1e5, KERNEL_RATE_DOBSON_EXACT, 0.95,
                             &got));
    check_interval(&got, value * 1e5, (value + scale * (133.4021 - 157)) * 1e5,
                   (value + scale * (183.5694 - 157)) * 1e5, 1e-6);

    struct kernel_interval fay_feuer;
    CHECK(kernel_rate_limits(&classes, 1e5, KERNEL_RATE_FAY_FEUER, 0.95,
                             &fay_feuer));
    CHECK(kernel_rate_limits(&classes, 1e5, KERNEL_RATE_TIWARI, 0.95, &got));
    CHECK_NEAR(got.lower, fay_feuer.lower, 1e-15);
    CHECK(got.upper < fay_feuer.upper);
    CHECK(kernel_rate_limits(&classes, 1e5, KERNEL_RATE_FAY_KIM, 0.95, &got));
    CHECK(got.lower > fay_feuer.lower && got.upper < fay_feuer.upper);
}

/* One class: each interval is that of its count. */
TEST(one_age_class_has_the_limits_of_its_count)
{
    static const struct {
        enum kernel_rate_method rate;
        enum kernel_count_method count;
    } same[] = {
        {KERNEL_RATE_FAY_FEUER, KERNEL_COUNT_EXACT},
        {KERNEL_RATE_TIWARI, KERNEL_COUNT_EXACT},
        {KERNEL_RATE_FAY_KIM, KERNEL_COUNT_MIDP},
        {KERNEL_RATE_DOBSON_EXACT, KERNEL_COUNT_EXACT},
        {KERNEL_RATE_DOBSON_BYAR, KERNEL_COUNT_BYAR},
        {KERNEL_RATE_NORMAL, KERNEL_COUNT_NORMAL},
    };
    static const double counts[] = {1, 9, 40, 1e9};
    for (size_t c = 0; c < COUNT_OF(counts); c++) {
        for (size_t m = 0; m < COUNT_OF(same); m++) {
            double one = 7.0, people = 4e9;
            struct kernel_classes all = {&counts[c], &people, &one, 1, 7.0};
            struct kernel_interval rate, crude;
            CHECK(kernel_rate_limits(&all, 1e5, same[m].rate, 0.95, &rate));
            CHECK(kernel_crude_rate_limits(counts[c], people, 1e5,
                                           same[m].count, 0.95, &crude));
            check_interval(&rate, crude.value, crude.lower, crude.upper, 1e-11);
        }
    }
}

TEST(without_cases_three_methods_have_an_answer)
{
    struct kernel_classes none = classes;
    struct kernel_interval got;
    none.counts = no_cases;
    CHECK(kernel_rate_limits(&none, 1e5, KERNEL_RATE_FAY_FEUER, 0.95, &got));
    check_interval(&got, 0.0, 0.0, 3.688879454113936 / 6, 1e-12);
    CHECK(kernel_rate_limits(&none, 1e5, KERNEL_RATE_FAY_KIM, 0.95, &got));
    check_interval(&got, 0.0, 0.0, 2.995732273553991 / 6, 1e-11);
    CHECK(kernel_rate_limits(&none, 1e5, KERNEL_RATE_TIWARI, 0.95, &got));
    CHECK_NEAR(got.lower, 0.0, 0.0);
    CHECK(got.upper > 0.0 && got.upper < 0.615);
    for (int m = KERNEL_RATE_DOBSON_EXACT; m <= KERNEL_RATE_LOG_NORMAL; m++)
        CHECK(!kernel_rate_limits(&none, 1e5, (enum kernel_rate_method)m, 0.95,
                                  &got));
    struct kernel_estimate rate;
    CHECK(kernel_rate_estimate(&none, 1e5, &rate));
    CHECK(rate.value == 0.0 && rate.error == 0.0);
}

/* All cases in one class; a class without weight and without people. */
TEST(a_class_without_weight_changes_no_interval)
{
    const double more_cases[] = {0, 0, 31, 4},
                 more_years[] = {5e5, 2e5, 1e5, 0};
    const double more_weights[] = {3, 2, 1, 0};
    struct kernel_classes three = {more_cases, more_years, more_weights, 3, 6};
    struct kernel_classes four = {more_cases, more_years, more_weights, 4, 6};
    for (int m = 0; m <= KERNEL_RATE_LOG_NORMAL; m++) {
        struct kernel_interval one, other;
        CHECK(kernel_rate_limits(&three, 1e5, (enum kernel_rate_method)m, 0.9,
                                 &one));
        CHECK(kernel_rate_limits(&four, 1e5, (enum kernel_rate_method)m, 0.9,
                                 &other));
        check_interval(&one, other.value, other.lower, other.upper, 0.0);
    }
}

TEST(a_cumulative_rate_adds_up_years_of_age)
{
    /* 5 x 100/1e5 + 10 x 300/1e5 = 0.035; variance 25 x 100/1e10 + 100 x
     * 300/1e10 = 3.25e-6. */
    const double counts[] = {100, 300, 9}, people[] = {1e5, 1e5, 1e5};
    const double widths[] = {5, 10, 0};
    struct kernel_cumulative got;
    double half = 1.959963984540054 * sqrt(3.25e-6);
    CHECK(kernel_cumulative_rate(counts, people, widths, 3, KERNEL_RATE_NORMAL,
                                 0.95, &got));
    check_interval(&got.rate, 0.035, 0.035 - half, 0.035 + half, 1e-13);
    check_interval(&got.risk, 1 - exp(-0.035), 1 - exp(half - 0.035),
                   1 - exp(-0.035 - half), 1e-12);
    CHECK(kernel_cumulative_rate(no_cases, people, widths, 3,
                                 KERNEL_RATE_FAY_FEUER, 0.95, &got));
    check_interval(&got.rate, 0, 0, 3.688879454113936 * 10 / 1e5, 1e-12);
}

TEST(a_rate_ratio_is_a_binomial_split_of_the_sum)
{
    struct kernel_events first = {15, 19017}, other = {10, 15000};
    struct kernel_interval got, back;
    /* Boice and Monson 1977 (breast cancer after fluoroscopy) is 41 in 28,010
     * and 15 in 19,017; epitools and rateratio.test print its limits. */
    struct kernel_events exposed = {41, 28010};
    CHECK(kernel_rate_ratio(&exposed, &first, KERNEL_RATIO_LOG_NORMAL, 0.95,
                            &got));
    check_interval(&got, 1.8558, 1.0272, 3.3526, 3e-5);
    CHECK(kernel_rate_ratio(&exposed, &first, KERNEL_RATIO_EXACT, 0.95, &got));
    check_interval(&got, 1.855759, 1.005684, 3.609300, 1e-6);
    for (int m = 0; m <= KERNEL_RATIO_LOG_NORMAL; m++) {
        enum kernel_ratio_method method = (enum kernel_ratio_method)m;
        CHECK(kernel_rate_ratio(&first, &other, method, 0.95, &got));
        CHECK(kernel_rate_ratio(&other, &first, method, 0.95, &back));
        check_interval(&got, 1 / back.value, 1 / back.upper, 1 / back.lower,
                       1e-11);
    }
}

/* 2 in 17,877 and 9 in 16,660: half of the probability of what was seen, and
 * all of what is further out, make 0.025. */
TEST(mid_p_limits_of_a_rate_ratio_solve_their_equation)
{
    struct kernel_events first = {2, 17877}, other = {9, 16660};
    struct kernel_interval got;
    CHECK(kernel_rate_ratio(&first, &other, KERNEL_RATIO_MIDP, 0.95, &got));
    for (int side = 0; side < 2; side++) {
        double ratio = first.person_years * (side == 0 ? got.lower : got.upper);
        double p = ratio / (ratio + other.person_years), below = 0.0;
        for (int k = 1; k <= 2; k++) {
            struct kernel_tails tails;
            CHECK(kernel_binomial_cdf(k, 11, p, &tails));
            below += 0.5 * tails.lower;
        }
        CHECK_NEAR(below, side == 0 ? 0.975 : 0.025, 1e-12);
    }
}

TEST(a_rate_ratio_of_no_events_has_an_upper_limit)
{
    struct kernel_events none = {0, 5000}, some = {7, 6500};
    struct kernel_interval got = {-7, -7, -7};
    /* P(none of 7) = (1 - p)^7 = 0.025, or half of it. */
    double p = 1 - pow(0.025, 1.0 / 7), mid = 1 - pow(0.05, 1.0 / 7);
    CHECK(kernel_rate_ratio(&none, &some, KERNEL_RATIO_EXACT, 0.95, &got));
    check_interval(&got, 0, 0, p / (1 - p) * 1.3, 1e-12);
    CHECK(kernel_rate_ratio(&none, &some, KERNEL_RATIO_MIDP, 0.95, &got));
    check_interval(&got, 0, 0, mid / (1 - mid) * 1.3, 1e-11);
    got.value = -7;
    CHECK(
        !kernel_rate_ratio(&none, &some, KERNEL_RATIO_LOG_NORMAL, 0.95, &got));
    CHECK(!kernel_rate_ratio(&some, &none, KERNEL_RATIO_EXACT, 0.95, &got));
    CHECK(got.value == -7);
    double equal = 0.0;
    CHECK(kernel_rate_ratio_p(&none, &some, &equal));
    /* (6500/11500)^7 twice. */
    CHECK_NEAR(equal, 2 * pow(6500.0 / 11500.0, 7), 1e-12);
    CHECK(kernel_rate_ratio_p(&none, &none, &equal));
    CHECK_NEAR(equal, 1.0, 0.0);
}

TEST(rate_ratios_of_huge_and_uneven_counts_hold)
{
    struct kernel_events many = {1e9, 1e9}, few = {3, 2.5};
    struct kernel_interval got, few_only;
    for (int m = 0; m <= KERNEL_RATIO_LOG_NORMAL; m++) {
        enum kernel_ratio_method method = (enum kernel_ratio_method)m;
        CHECK(kernel_rate_ratio(&many, &many, method, 0.95, &got));
        double half = 1.959963984540054 * sqrt(2e-9);
        check_interval(&got, 1, exp(-half), exp(half), 3e-9);
    }
    /* A reference without sampling error: the limits of the few alone. */
    CHECK(kernel_rate_ratio(&few, &many, KERNEL_RATIO_EXACT, 0.95, &got));
    CHECK(kernel_poisson_exact(3, 0.95, &few_only));
    check_interval(&got, 1.2, few_only.lower / 2.5, few_only.upper / 2.5, 1e-8);
    CHECK(kernel_rate_ratio(&few, &many, KERNEL_RATIO_MIDP, 0.95, &got));
    CHECK(kernel_poisson_limits(3, KERNEL_COUNT_MIDP, 0.95, &few_only));
    check_interval(&got, 1.2, few_only.lower / 2.5, few_only.upper / 2.5, 1e-8);
}

TEST(differences_are_normal)
{
    struct kernel_events first = {2, 17877}, other = {9, 16660};
    struct kernel_interval got;
    double value = (2 / 17877.0 - 9 / 16660.0) * 1e5;
    double half = 1.959963984540054 * 1e5 *
                  sqrt(2 / (17877.0 * 17877) + 9 / (16660.0 * 16660));
    CHECK(kernel_rate_difference(&first, &other, 1e5, 0.95, &got));
    check_interval(&got, value, value - half, value + half, 1e-12);
    struct kernel_events none = {0, 10};
    CHECK(!kernel_rate_difference(&none, &none, 1e5, 0.95, &got));
    struct kernel_estimate one = {25, 3}, two = {20, 4};
    CHECK(kernel_comparison_difference(&one, &two, 0.95, &got));
    check_interval(&got, 5, 5 - 1.959963984540054 * 5,
                   5 + 1.959963984540054 * 5, 1e-13);
}

TEST(standardised_ratios_have_two_intervals)
{
    struct kernel_estimate first = {30, 3}, other = {20, 1.5};
    struct kernel_interval got, back;
    double z = 1.959963984540054;
    CHECK(kernel_comparison_ratio(&first, &other, KERNEL_COMPARISON_LOG_DELTA,
                                  0.95, &got));
    double factor = exp(z * sqrt(0.01 + 0.005625));
    check_interval(&got, 1.5, 1.5 / factor, 1.5 * factor, 1e-13);
    double x = 10 / sqrt(9 + 2.25);
    CHECK(kernel_comparison_ratio(&first, &other, KERNEL_COMPARISON_SMITH, 0.95,
                                  &got));
    check_interval(&got, 1.5, pow(1.5, 1 - z / x), pow(1.5, 1 + z / x), 1e-13);
    CHECK(kernel_comparison_ratio(&other, &first, KERNEL_COMPARISON_SMITH, 0.95,
                                  &back));
    check_interval(&back, 1 / 1.5, 1 / got.upper, 1 / got.lower, 1e-13);
    CHECK(!kernel_comparison_ratio(&other, &other, KERNEL_COMPARISON_SMITH,
                                   0.95, &back));
}

TEST(what_makes_no_rate_is_refused)
{
    const double bad[] = {12, -1, 60}, infinite[] = {12, (double)INFINITY, 60};
    const double no_people[] = {5e5, 0, 6e4}, zero[] = {0, 0, 0};
    struct kernel_interval got = {-7, -7, -7};
    struct kernel_classes wrong[] = {
        {bad, years, weights, 3, 1e5},       {cases, bad, weights, 3, 1e5},
        {cases, years, bad, 3, 1e5},         {infinite, years, weights, 3, 1e5},
        {cases, infinite, weights, 3, 1e5},  {cases, years, infinite, 3, 1e5},
        {cases, no_people, weights, 3, 1e5}, {cases, years, zero, 3, 1e5},
        {cases, years, weights, 3, 0},       {cases, years, weights, 0, 1e5},
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        for (int m = 0; m <= KERNEL_RATE_LOG_NORMAL; m++)
            CHECK(!kernel_rate_limits(&wrong[i], 1e5,
                                      (enum kernel_rate_method)m, 0.95, &got));
    }
    CHECK(!kernel_rate_limits(&classes, 0, KERNEL_RATE_FAY_FEUER, 0.95, &got));
    CHECK(!kernel_rate_limits(&classes, 1, KERNEL_RATE_FAY_FEUER, 1.0, &got));
    CHECK(!kernel_poisson_limits(-1, KERNEL_COUNT_BYAR, 0.95, &got));
    CHECK(!kernel_poisson_limits((double)NAN, KERNEL_COUNT_MIDP, 0.95, &got));
    CHECK(!kernel_crude_rate_limits(1, 0, 1e5, KERNEL_COUNT_BYAR, 0.95, &got));
    struct kernel_events fine = {1, 10}, nobody = {1, 0};
    CHECK(!kernel_rate_ratio(&nobody, &fine, KERNEL_RATIO_EXACT, 0.95, &got));
    CHECK(!kernel_rate_ratio(&fine, &fine, KERNEL_RATIO_EXACT, 0.0, &got));
    struct kernel_estimate rate = {1, 1}, exact = {1, 0};
    CHECK(!kernel_comparison_ratio(&rate, &exact, KERNEL_COMPARISON_LOG_DELTA,
                                   0.95, &got));
    CHECK(got.value == -7 && got.lower == -7 && got.upper == -7);
}

RUN(CASE(byar_limits_are_near_the_exact_ones),
    CASE(mid_p_limits_have_the_digits_of_the_roots),
    CASE(mid_p_limits_solve_their_equation),
    CASE(normal_limits_of_a_count_are_not_clamped),
    CASE(a_standardised_rate_has_seven_intervals),
    CASE(one_age_class_has_the_limits_of_its_count),
    CASE(without_cases_three_methods_have_an_answer),
    CASE(a_class_without_weight_changes_no_interval),
    CASE(a_cumulative_rate_adds_up_years_of_age),
    CASE(a_rate_ratio_is_a_binomial_split_of_the_sum),
    CASE(mid_p_limits_of_a_rate_ratio_solve_their_equation),
    CASE(a_rate_ratio_of_no_events_has_an_upper_limit),
    CASE(rate_ratios_of_huge_and_uneven_counts_hold),
    CASE(differences_are_normal), CASE(standardised_ratios_have_two_intervals),
    CASE(what_makes_no_rate_is_refused))
