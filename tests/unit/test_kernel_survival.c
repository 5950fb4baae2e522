/* SPDX-License-Identifier: EUPL-1.2 */
/* Survival that was estimated elsewhere: standardised, conditional, shown. */
#include "calc/kernel_survival.h"
#include "check.h"

#define Z 1.959963984540054

TEST(standardised_survival_is_the_weighted_mean)
{
    const double survivals[] = {0.8, 0.6, 9.9}, errors[] = {0.03, 0.04, 9.9};
    const double weights[] = {25, 75, 0};
    struct kernel_survival got;
    CHECK(kernel_standardised_survival(survivals, errors, weights, 3,
                                       KERNEL_SURVIVAL_PLAIN, 0.95, &got));
    double error = sqrt(0.0075 * 0.0075 + 0.03 * 0.03);
    CHECK_NEAR(got.interval.value, 0.65, 1e-15);
    CHECK_NEAR(got.standard_error, error, 1e-14);
    CHECK_NEAR(got.interval.upper, 0.65 + Z * error, 1e-14);
    CHECK(kernel_standardised_survival(survivals, errors, weights, 3,
                                       KERNEL_SURVIVAL_LOG, 0.95, &got));
    CHECK_NEAR(got.interval.lower, 0.65 * exp(-Z * error / 0.65), 1e-14);
    CHECK(kernel_standardised_survival(survivals, errors, weights, 3,
                                       KERNEL_SURVIVAL_LOG_LOG, 0.95, &got));
    CHECK_NEAR(log(-log(got.interval.lower)) - log(-log(0.65)),
               Z * error / (0.65 * -log(0.65)), 1e-12);
    CHECK(got.interval.lower > 0.0 && got.interval.upper < 1.0);
}

/* Of 100 patients 60 live after 1 year and 30 after 5: 50 % of the 60, with
 * the binomial standard error of 60 (Greenwood's formula over one interval). */
TEST(conditional_survival_is_that_of_those_who_are_left)
{
    struct kernel_survived at1 = {0.6, sqrt(0.6 * 0.4 / 100)};
    struct kernel_survived at5 = {0.3, sqrt(0.3 * 0.7 / 100)};
    struct kernel_survival got;
    CHECK(kernel_conditional_survival(at1, at5, KERNEL_SURVIVAL_PLAIN, 0.95,
                                      &got));
    CHECK_NEAR(got.interval.value, 0.5, 1e-15);
    CHECK_NEAR(got.standard_error, sqrt(0.5 * 0.5 / 60), 1e-13);
    /* From the start it is survival itself. */
    CHECK(kernel_conditional_survival((struct kernel_survived){1, 0}, at5,
                                      KERNEL_SURVIVAL_LOG, 0.95, &got));
    CHECK_NEAR(got.interval.value, 0.3, 1e-15);
    CHECK_NEAR(got.standard_error, at5.standard_error, 1e-14);
    /* Other people: the variance falls. */
    at5.standard_error = 0.001;
    CHECK(!kernel_conditional_survival(at1, at5, KERNEL_SURVIVAL_LOG, 0.95,
                                       &got));
}

TEST(survival_is_shown_up_to_the_first_interval_with_too_few)
{
    const double alive[] = {90, 40, 25, 24, 30};
    size_t shown = 99;
    CHECK(kernel_survival_shown(alive, 5, 25, &shown));
    CHECK_INT(shown, 3);
    CHECK(kernel_survival_shown(alive, 3, 25, &shown));
    CHECK_INT(shown, 3);
    CHECK(kernel_survival_shown(alive, 5, 91, &shown));
    CHECK_INT(shown, 0);
    CHECK(kernel_survival_shown(alive, 0, 25, &shown));
    CHECK_INT(shown, 0);
    const double bad[] = {90, -1};
    shown = 99;
    CHECK(!kernel_survival_shown(bad, 2, 25, &shown));
    CHECK(!kernel_survival_shown(alive, 2, (double)NAN, &shown));
    CHECK_INT(shown, 99);
}

TEST(impossible_survival_is_refused)
{
    struct kernel_interval got;
    CHECK(!kernel_survival_interval(0.0, 0.1, KERNEL_SURVIVAL_LOG, 0.95, &got));
    CHECK(!kernel_survival_interval(1.0, 0.1, KERNEL_SURVIVAL_LOG_LOG, 0.95,
                                    &got));
    CHECK(kernel_survival_interval(1.02, 0.1, KERNEL_SURVIVAL_LOG, 0.95, &got));
    CHECK(
        kernel_survival_interval(0.0, 0.0, KERNEL_SURVIVAL_PLAIN, 0.95, &got));
    CHECK(
        !kernel_survival_interval(0.5, -0.1, KERNEL_SURVIVAL_LOG, 0.95, &got));
    CHECK(!kernel_survival_interval(0.5, 0.1, KERNEL_SURVIVAL_LOG, 0.0, &got));
    CHECK(!kernel_survival_interval((double)NAN, 0.1, KERNEL_SURVIVAL_PLAIN,
                                    0.95, &got));
    const double one[] = {0.5}, none[] = {0.0};
    struct kernel_survival result;
    CHECK(!kernel_standardised_survival(one, one, none, 1, KERNEL_SURVIVAL_LOG,
                                        0.95, &result));
}

RUN(CASE(standardised_survival_is_the_weighted_mean),
    CASE(conditional_survival_is_that_of_those_who_are_left),
    CASE(survival_is_shown_up_to_the_first_interval_with_too_few),
    CASE(impossible_survival_is_refused))
