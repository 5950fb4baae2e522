/* SPDX-License-Identifier: EUPL-1.2 */
/* Kernels against worked examples that were printed or published. */
#include "calc/kernel.h"
#include "check.h"
#include "test_kernel_phs.h"

TEST(normal_quantiles_have_sixteen_digits)
{
    static const struct {
        double probability, want;
    } cases[] = {
        /* Wichura 1988, test values of PPND16. */
        {0.25, -0.6744897501960817},
        {0.001, -3.090232306167814},
        {1e-20, -9.262340089798408},
        {0.975, 1.959963984540054},
        {0.5, 0.0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double z = 1.0;
        CHECK(kernel_normal_quantile(cases[i].probability, &z));
        CHECK_NEAR(z, cases[i].want, 4e-16);
    }
}

TEST(gamma_quantiles_agree_with_forty_digit_arithmetic)
{
    static const struct {
        double probability, shape, want;
    } cases[] = {
        /* Solved with mpmath's incomplete gamma function. */
        {0.995, 0.001, 0.00375303796578090498},
        {0.975, 0.001, 5.67925199682329691e-12},
        {0.3, 0.1, 3.58608601841094721e-6},
        {0.025, 0.5, 0.000491034558587628011},
        {0.975, 0.5, 2.51194309365744371},
        {0.025, 1, 0.0253178079842898768},
        {0.5, 3, 2.67406031372356032},
        {0.975, 10, 17.0848034514191686},
        {0.025, 17, 9.90312646960728765},
        {0.001, 123.4, 91.8987117108002384},
        {0.975, 999, 1061.89015093438218},
        {0.9999, 5000, 5267.26102512985036},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double x = 0.0;
        CHECK(kernel_gamma_quantile(cases[i].probability, cases[i].shape, &x));
        CHECK_NEAR(x, cases[i].want, 1e-12);
    }
}

/* The quantile is smooth in a large shape, from wherever it is calculated. */
TEST(large_shapes_have_smooth_quantiles)
{
    static const double probabilities[] = {1e-9, 0.001, 0.025,
                                           0.4,  0.975, 0.9999};
    for (size_t i = 0; i < COUNT_OF(probabilities); i++) {
        double below = 0.0, above = 0.0, z = 0.0;
        double step = 1e-7;
        CHECK(kernel_gamma_quantile(probabilities[i], 1e5 - step, &below));
        CHECK(kernel_gamma_quantile(probabilities[i], 1e5, &above));
        CHECK(kernel_normal_quantile(probabilities[i], &z));
        double slope = 1.0 + z / (2.0 * sqrt(1e5));
        CHECK_NEAR(above, below + slope * step, 1e-14);
    }
}

TEST(large_shapes_are_nearly_normal)
{
    double x = 0.0;
    /* Cornish-Fisher to order 1/shape, by hand, for a shape of 1e9. */
    double z = 1.959963984540054, want = 1e9 + sqrt(1e9) * z;
    want += (z * z - 1.0) / 3.0 + (z * z - 7.0) * z / (36.0 * sqrt(1e9));
    CHECK(kernel_gamma_quantile(0.975, 1e9, &x));
    CHECK_NEAR(x, want, 1e-15);
    /* Beyond eight standard deviations the equation is solved. */
    CHECK(kernel_gamma_quantile(1e-17, 1e9, &x));
    CHECK_NEAR(x, 1e9 - 8.493793224109599 * sqrt(1e9), 1e-7);
}

TEST(a_quantile_too_small_for_a_double_is_zero)
{
    double x = 1.0;
    CHECK(kernel_gamma_quantile(0.025, 0.001, &x));
    CHECK(x == 0.0);
}

TEST(chi_squared_quantiles_agree_with_the_printed_tables)
{
    static const struct {
        double probability, freedom, want;
    } cases[] = {
        /* Pearson and Hartley, Biometrika Tables, table 8. */
        {0.95, 1, 3.84146},
        {0.975, 2, 7.37776},
        {0.05, 10, 3.94030},
        {0.995, 100, 140.169},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double x = 0.0;
        CHECK(kernel_gamma_quantile(cases[i].probability,
                                    0.5 * cases[i].freedom, &x));
        CHECK_NEAR(2.0 * x, cases[i].want, 4e-6);
    }
}

TEST(poisson_limits_agree_with_garwoods_table)
{
    static const struct {
        double count, lower, upper;
    } cases[] = {
        /* Garwood 1936; Breslow and Day 1987, appendix. Three decimals. */
        {0, 0.0, 3.689},      {1, 0.025, 5.572},      {2, 0.242, 7.225},
        {5, 1.623, 11.668},   {10, 4.795, 18.390},    {20, 12.217, 30.888},
        {50, 37.111, 65.919}, {100, 81.364, 121.627},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_poisson_exact(cases[i].count, 0.95, &got));
        CHECK(got.value == cases[i].count);
        CHECK(fabs(got.lower - cases[i].lower) <= 0.0005001);
        CHECK(fabs(got.upper - cases[i].upper) <= 0.0005001);
    }
}

TEST(a_crude_rate_has_exact_limits)
{
    static const struct {
        double count, years, confidence, rate, lower, upper;
    } cases[] = {
        /* R 4.2.2, stats::poisson.test. */
        {0, 1000, 0.95, 0, 0, 368.8879454113935},
        {9, 333333, 0.95, 2.7000027000026998, 1.2346131638266638,
         5.1254461608719115},
        {57, 600000, 0.99, 9.5, 6.5718133614082621, 13.248095628971422},
        {61214, 33914000, 0.95, 180.49772955121779, 179.0706613180343,
         181.93334370801512},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_crude_rate(cases[i].count, cases[i].years, 1e5,
                                cases[i].confidence, &got));
        CHECK_NEAR(got.value, cases[i].rate, 1e-9);
        CHECK_NEAR(got.lower, cases[i].lower, 1e-9);
        CHECK_NEAR(got.upper, cases[i].upper, 1e-9);
    }
}

/* Fay and Feuer 1997, Statistics in Medicine 16: 791-801, tables I and II:
 * Down syndrome in Michigan 1950-1964 by birth order, standardised on the
 * births of the United States 1950-1964 by the mother's age. */
enum {
    DOWN_AGES = 6,
    DOWN_ORDERS = 5,
};
static const double down_standard[DOWN_AGES] = {319933, 931318, 786511,
                                                488235, 237863, 61313};
static const double down_cases[DOWN_ORDERS][DOWN_AGES] = {
    {107, 141, 60, 40, 39, 25}, {25, 150, 110, 84, 82, 39},
    {3, 71, 114, 103, 108, 75}, {1, 26, 64, 89, 137, 96},
    {0, 8, 63, 112, 262, 295},
};
static const double down_births[DOWN_ORDERS][DOWN_AGES] = {
    {230061, 329449, 114920, 39487, 14208, 3052},
    {72202, 326701, 208667, 83228, 28466, 5375},
    {15050, 175702, 207081, 117300, 45026, 8660},
    {2293, 68800, 132424, 98301, 46075, 9834},
    {327, 30666, 123419, 149919, 104088, 34392},
};

TEST(standardised_rates_agree_with_fay_and_feuers_example)
{
    static const struct kernel_interval want[DOWN_ORDERS] = {
        {92.304525533199438, 80.441749850704241, 105.76334574926118},
        {91.17411683466409, 82.361211652004442, 100.86757631725104},
        {85.069221338301944, 77.183453402721554, 94.223569832206522},
        {92.717865055199766, 80.009992755399296, 114.66944482258438},
        {75.529007445256781, 67.702120417646597, 188.30017272777584},
    };
    double total = 0.0;
    for (size_t a = 0; a < DOWN_AGES; a++)
        total += down_standard[a];
    for (size_t i = 0; i < DOWN_ORDERS; i++) {
        struct kernel_interval got;
        CHECK(kernel_standardised_rate(down_cases[i], down_births[i],
                                       down_standard, DOWN_AGES, total, 1e5,
                                       0.95, &got));
        CHECK_NEAR(got.value, want[i].value, 1e-9);
        CHECK_NEAR(got.lower, want[i].lower, 1e-8);
        CHECK_NEAR(got.upper, want[i].upper, 1e-8);
    }
}

static const double esp2013[PHS_AGES] = {
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
    7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
};
static const double segi[PHS_AGES - 1] = {
    12000, 10000, 9000, 9000, 8000, 8000, 6000, 6000, 6000,
    6000,  5000,  4000, 4000, 3000, 2000, 1000, 500,  500,
};

/* Upper limit of a gamma with the rate's own moments, as Scotland uses it. */
static double unshifted_upper(const double *counts, const double *people,
                              const double *weights, size_t classes)
{
    double y = 0.0, v = 0.0, quantile = 0.0;
    for (size_t i = 0; i < classes; i++) {
        double w = weights[i] / people[i];
        y += w * counts[i];
        v += w * w * counts[i];
    }
    CHECK(kernel_gamma_quantile(0.975, y * y / v, &quantile));
    return v / y * quantile;
}

TEST(standardised_rates_agree_with_those_scotland_published)
{
    for (size_t i = 0; i < COUNT_OF(phs_rows); i++) {
        const struct phs_row *row = &phs_rows[i];
        struct kernel_interval got;
        CHECK(kernel_standardised_rate(row->cases, row->population, esp2013,
                                       PHS_AGES, 1e5, 1e5, 0.95, &got));
        CHECK_NEAR(got.value, row->easr, 5e-8);
        CHECK_NEAR(got.lower, row->easr_lower, 5e-8);
        CHECK(got.upper > row->easr_upper);
        CHECK_NEAR(
            unshifted_upper(row->cases, row->population, esp2013, PHS_AGES),
            row->easr_upper, 2e-6);
    }
}

TEST(scottish_world_rates_combine_the_two_last_ages)
{
    for (size_t i = 0; i < COUNT_OF(phs_rows); i++) {
        const struct phs_row *row = &phs_rows[i];
        double cases[PHS_AGES - 1], people[PHS_AGES - 1];
        for (size_t a = 0; a < PHS_AGES - 1; a++) {
            bool last = a == PHS_AGES - 2;
            cases[a] = row->cases[a] + (last ? row->cases[a + 1] : 0.0);
            people[a] =
                row->population[a] + (last ? row->population[a + 1] : 0.0);
        }
        struct kernel_interval got;
        CHECK(kernel_standardised_rate(cases, people, segi, PHS_AGES - 1, 1e5,
                                       1e5, 0.95, &got));
        CHECK_NEAR(got.value, row->wasr, 5e-8);
        CHECK_NEAR(got.lower, row->wasr_lower, 5e-8);
    }
}

TEST(a_standardised_rate_of_no_events_has_the_heaviest_class_as_limit)
{
    static const double none[] = {0, 0, 0}, years[] = {1000, 500, 4000};
    static const double weights[] = {10, 30, 60};
    struct kernel_interval got;
    CHECK(kernel_standardised_rate(none, years, weights, 3, 100, 1e5, 0.95,
                                   &got));
    CHECK(got.value == 0.0 && got.lower == 0.0);
    /* w_max = 0.30 / 500; the limit of zero events is -log(0.025). */
    CHECK_NEAR(got.upper, 1e5 * 0.3 / 500 * 3.6888794541139363, 1e-12);
}

TEST(a_class_without_weight_needs_no_person_years)
{
    static const double counts[] = {5, 9}, years[] = {1000, 0};
    static const double with[] = {1, 1}, without[] = {1, 0};
    struct kernel_interval got = {-1, -1, -1}, crude;
    CHECK(
        !kernel_standardised_rate(counts, years, with, 2, 2, 1e5, 0.95, &got));
    CHECK(got.value == -1.0 && got.upper == -1.0);
    CHECK(kernel_standardised_rate(counts, years, without, 2, 1, 1e5, 0.95,
                                   &got));
    /* One class: the gamma interval is Garwood's. */
    CHECK(kernel_crude_rate(5, 1000, 1e5, 0.95, &crude));
    CHECK_NEAR(got.value, crude.value, 1e-14);
    CHECK_NEAR(got.lower, crude.lower, 1e-12);
    CHECK_NEAR(got.upper, crude.upper, 1e-12);
}

TEST(wilson_limits_agree_with_published_values)
{
    static const struct {
        double successes, trials, confidence, value, lower, upper;
    } cases[] = {
        /* Newcombe 1998, Statistics in Medicine 17: 857-872, table I,
         * method 3: four printed decimals. */
        {81, 263, 0.95, 81.0 / 263, 0.2553, 0.3662},
        {15, 148, 0.95, 15.0 / 148, 0.0624, 0.1605},
        {0, 20, 0.95, 0, 0, 0.1611},
        {1, 29, 0.95, 1.0 / 29, 0.0061, 0.1718},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_wilson(cases[i].successes, cases[i].trials,
                            cases[i].confidence, &got));
        CHECK_NEAR(got.value, cases[i].value, 1e-15);
        CHECK(fabs(got.lower - cases[i].lower) <= 0.0000501);
        CHECK(fabs(got.upper - cases[i].upper) <= 0.0000501);
    }
}

TEST(wilson_limits_agree_to_nine_digits)
{
    static const struct {
        double successes, trials, confidence, lower, upper;
    } cases[] = {
        /* R 4.2.2, PHEindicatormethods. */
        {1, 30, 0.95, 0.0059085903816124465, 0.1667039099140917},
        {7, 50, 0.998, 0.047262973265435347, 0.34819830828537196},
        {565198, 2212374, 0.95, 0.25489701101066886, 0.25604638223604975},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_interval got;
        CHECK(kernel_wilson(cases[i].successes, cases[i].trials,
                            cases[i].confidence, &got));
        CHECK_NEAR(got.lower, cases[i].lower, 1e-9);
        CHECK_NEAR(got.upper, cases[i].upper, 1e-9);
    }
}

TEST(wilson_limits_stay_in_the_unit_interval)
{
    struct kernel_interval none, all;
    CHECK(kernel_wilson(0, 12, 0.95, &none));
    CHECK(none.lower == 0.0);
    CHECK(kernel_wilson(12, 12, 0.95, &all));
    CHECK(all.upper == 1.0);
    CHECK_NEAR(all.lower, 1.0 - none.upper, 1e-15);
}

static void check_printed(const struct kernel_interval *got, double value,
                          double lower, double upper)
{
    CHECK(fabs(got->value - value) <= 0.00005);
    CHECK(fabs(got->lower - lower) <= 0.00005);
    CHECK(fabs(got->upper - upper) <= 0.00005);
}

/* The numbers printed in docs/method/rates.md. */
TEST(the_worked_example_of_the_method_page_holds)
{
    static const double cases[] = {12, 85, 60}, none[] = {0, 0, 0};
    static const double years[] = {500000, 250000, 60000};
    static const double weights[] = {60000, 30000, 10000};
    struct kernel_interval got;
    CHECK(kernel_crude_rate(157, 810000, 1e5, 0.95, &got));
    check_printed(&got, 19.3827, 16.4694, 22.6629);
    CHECK(kernel_crude_rate(60, 60000, 1e5, 0.95, &got));
    check_printed(&got, 100.0, 76.3105, 128.7198);
    CHECK(kernel_standardised_rate(cases, years, weights, 3, 1e5, 1e5, 0.95,
                                   &got));
    check_printed(&got, 21.64, 18.3455, 25.3849);
    CHECK(kernel_standardised_rate(none, years, weights, 3, 1e5, 1e5, 0.95,
                                   &got));
    check_printed(&got, 0.0, 0.0, 0.6148);
    CHECK(kernel_wilson(45, 100, 0.95, &got));
    check_printed(&got, 0.45, 0.356145, 0.547554);
}

TEST(impossible_inputs_are_refused_and_outputs_untouched)
{
    static const double value[] = {1}, bad[] = {-1}, zero[] = {0};
    struct kernel_interval got = {-7, -7, -7};
    double out = -7;
    CHECK(!kernel_gamma_quantile(0.0, 1, &out));
    CHECK(!kernel_gamma_quantile(1.0, 1, &out));
    CHECK(!kernel_gamma_quantile(0.5, 0, &out));
    CHECK(!kernel_gamma_quantile(0.5, INFINITY, &out));
    CHECK(!kernel_gamma_quantile(NAN, 1, &out));
    CHECK(!kernel_normal_quantile(NAN, &out));
    CHECK(!kernel_poisson_exact(-1, 0.95, &got));
    CHECK(!kernel_poisson_exact(1, 1.0, &got));
    CHECK(!kernel_crude_rate(1, 0, 1e5, 0.95, &got));
    CHECK(!kernel_crude_rate(1, NAN, 1e5, 0.95, &got));
    CHECK(!kernel_standardised_rate(bad, value, value, 1, 1, 1e5, 0.95, &got));
    CHECK(!kernel_standardised_rate(value, value, zero, 1, 1, 1e5, 0.95, &got));
    CHECK(
        !kernel_standardised_rate(value, value, value, 1, 0, 1e5, 0.95, &got));
    CHECK(!kernel_wilson(3, 2, 0.95, &got));
    CHECK(!kernel_wilson(0, 0, 0.95, &got));
    CHECK(out == -7 && got.value == -7 && got.lower == -7 && got.upper == -7);
}

RUN(CASE(normal_quantiles_have_sixteen_digits),
    CASE(gamma_quantiles_agree_with_forty_digit_arithmetic),
    CASE(large_shapes_have_smooth_quantiles),
    CASE(large_shapes_are_nearly_normal),
    CASE(a_quantile_too_small_for_a_double_is_zero),
    CASE(chi_squared_quantiles_agree_with_the_printed_tables),
    CASE(poisson_limits_agree_with_garwoods_table),
    CASE(a_crude_rate_has_exact_limits),
    CASE(standardised_rates_agree_with_fay_and_feuers_example),
    CASE(standardised_rates_agree_with_those_scotland_published),
    CASE(scottish_world_rates_combine_the_two_last_ages),
    CASE(a_standardised_rate_of_no_events_has_the_heaviest_class_as_limit),
    CASE(a_class_without_weight_needs_no_person_years),
    CASE(wilson_limits_agree_with_published_values),
    CASE(wilson_limits_agree_to_nine_digits),
    CASE(wilson_limits_stay_in_the_unit_interval),
    CASE(the_worked_example_of_the_method_page_holds),
    CASE(impossible_inputs_are_refused_and_outputs_untouched))
