/* SPDX-License-Identifier: EUPL-1.2 */
/* Distributions against forty-digit arithmetic (mpmath: continued fractions and
 * incomplete gamma functions, bisection for quantiles), and least squares
 * against fits that can be done by hand. */
#include "calc/distribution.h"
#include "calc/gamma_expansion.h"
#include "calc/linear.h"
#include "check.h"

TEST(beta_tails_keep_their_digits)
{
    static const double cases[][5] = {
        /* a, b, x, lower, upper */
        {0.5, 0.5, 0.29999999999999999, 0.369010119565545375,
         0.630989880434454625},
        {2.0, 3.0, 0.40000000000000002, 0.524800000000000038,
         0.475199999999999962},
        {30.0, 4.0, 0.94999999999999996, 0.919190506585629925,
         0.0808094934143700749},
        {0.10000000000000001, 20.0, 1.0000000000000001e-9, 0.17814707109656553,
         0.82185292890343447},
        {1000.0, 2000.0, 0.31, 0.00306659199342654599, 0.996933408006573454},
        {500000.0, 1000000.0, 0.33400000000000002, 0.958333547839643214,
         0.0416664521603567864},
        {0.01, 0.01, 0.5, 0.5, 0.5},
        {9199722.00352139, 12.259272072952168, 0.9999979715029448,
         0.0470952628474230176, 0.952904737152576982},
        {6488687.917190277, 7659592.299557068, 0.45861501715170955,
         0.484228399861062102, 0.515771600138937898},
        {3.0, 10000000.0, 9.9999999999999995e-8, 0.0803014246623551113,
         0.919698575337644889},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_tails got = {0};
        CHECK(kernel_beta_cdf(cases[i][0], cases[i][1], cases[i][2], &got));
        CHECK_NEAR(got.lower, cases[i][3], 2e-12);
        CHECK_NEAR(got.upper, cases[i][4], 2e-12);
    }
}

TEST(beta_quantiles_reach_both_ends)
{
    static const double cases[][4] = {
        /* probability, a, b, want */
        {0.025000000000000001, 45.0, 56.0, 0.350320229239672044},
        {0.97499999999999998, 46.0, 55.0, 0.552719811226063969},
        {0.025000000000000001, 1.0, 12.0, 0.00210759323186022657},
        {0.97499999999999998, 0.5, 0.5, 0.998458666866563985},
        {1.0e-10, 3.0, 5.0, 0.000141918481480725209},
        {0.5, 0.050000000000000003, 3.0, 2.19349666752345066e-7},
        {0.999, 2.0, 1000000.0, 9.23336623196347573e-6},
        {0.025000000000000001, 999999.0, 2.0, 0.999994428369344828},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double x = 0.0;
        CHECK(kernel_beta_quantile(cases[i][0], cases[i][1], cases[i][2], &x));
        CHECK_NEAR(x, cases[i][3], 1e-12);
    }
}

TEST(student_s_t_from_half_a_degree_to_a_million)
{
    static const double quantiles[][3] = {
        /* probability, freedom, want */
        {0.97499999999999998, 1.0, 12.7062047361746933},
        {0.97499999999999998, 3.0, 3.18244630528370844},
        {0.97499999999999998, 10.0, 2.22813885198627422},
        {0.59999999999999998, 7.0, 0.263166861352022752},
        {0.0001, 4.0, -13.033671720896456},
        {0.90000000000000002, 0.5, 10.2703244102345107},
        {0.50000100000000003, 12.0, 2.5593362583024958e-6},
        {0.975, 1e6, 1.9599663568141066}, /* scipy 1.10 */
    };
    static const double tails[][4] = {
        /* freedom, t, lower, upper */
        {5.0, 2.5, 0.972754950328811879, 0.0272450496711881206},
        {30.0, -3.0, 0.00269498203282597331, 0.997305017967174027},
        {2.0, 40.0, 0.99968779266390763, 0.000312207336092370319},
    };
    double t = 1.0;
    struct kernel_tails got = {0};
    for (size_t i = 0; i < COUNT_OF(quantiles); i++) {
        CHECK(kernel_student_quantile(quantiles[i][0], quantiles[i][1], &t));
        CHECK_NEAR(t, quantiles[i][2], 1e-12);
    }
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        CHECK(kernel_student_cdf(tails[i][0], tails[i][1], &got));
        CHECK_NEAR(got.lower, tails[i][2], 1e-12);
        CHECK_NEAR(got.upper, tails[i][3], 1e-12);
    }
    CHECK(kernel_student_quantile(0.5, 3.0, &t));
    CHECK_NEAR(t, 0.0, 0.0);
}

TEST(gamma_tails_keep_their_digits)
{
    static const double cases[][4] = {
        /* shape, x, lower, upper */
        {0.5, 0.20000000000000001, 0.472910743134461926, 0.527089256865538074},
        {3.0, 9.0, 0.993767804893622683, 0.00623219510637731725},
        {100.0, 130.0, 0.997249591632693474, 0.00275040836730652628},
        {50.0, 10.0, 1.8547268838697993e-19, 1.0},
        {0.001, 1.0000000000000001e-5, 0.989123044695782669,
         0.0108769553042173311},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct kernel_tails got = {0};
        CHECK(kernel_gamma_cdf(cases[i][0], cases[i][1], &got));
        CHECK_NEAR(got.lower, cases[i][2], 1e-12);
        CHECK_NEAR(got.upper, cases[i][3], 1e-12);
    }
}

/* Where the expansion takes over from the iteration (the shape at which it is
 * said to be exact) both give the same quantile. */
TEST(gamma_quantiles_meet_where_the_expansion_begins)
{
    static const double probabilities[] = {1e-9, 1e-4, 0.005, 0.025, 0.3,
                                           0.5,  0.8,  0.975, 0.999, 0.9999};
    for (size_t i = 0; i < COUNT_OF(probabilities); i++) {
        double z = 0.0, below = 0.0, above = 0.0;
        CHECK(kernel_normal_quantile(probabilities[i], &z));
        double seam = fmax(20.0, z * z / 0.38);
        double under = seam * (1.0 - 1e-9), over = seam * (1.0 + 1e-9);
        CHECK(!gamma_expansion_exact(under, z));
        CHECK(gamma_expansion_exact(over, z));
        CHECK(kernel_gamma_quantile(probabilities[i], under, &below));
        CHECK(kernel_gamma_quantile(probabilities[i], over, &above));
        struct gamma_expansion expansion;
        gamma_expansion_at(z, &expansion);
        CHECK_NEAR(above, gamma_expansion_sum(&expansion, over, 1.0), 0.0);
        CHECK_NEAR(below, gamma_expansion_sum(&expansion, under, 1.0), 4e-13);
    }
}

/* mpmath, forty digits. */
TEST(gamma_quantiles_of_middling_shapes_keep_twelve_digits)
{
    static const struct {
        double probability, shape, want;
    } cases[] = {
        {0.025000000000000001, 2.2999999999999998, 0.342237404699040913},
        {0.97499999999999998, 0.29999999999999999, 1.9002636428388253},
        {0.97499999999999998, 1.5, 4.67420180224807292},
        {0.025000000000000001, 4.5, 1.35019474999017898},
        {0.97499999999999998, 4.5, 9.51138389932081629},
        {0.995, 7.7000000000000002, 16.6947544737716138},
        {0.025000000000000001, 13, 6.92195249100380219},
        {0.97499999999999998, 15.9, 24.6155232722914019},
        {0.97499999999999998, 16.100000000000001, 24.8648363777208367},
        {0.025000000000000001, 19.989999999999998, 12.2087187179249006},
        {0.97499999999999998, 20.010000000000002, 29.6830556775693462},
        {0.025000000000000001, 27.5, 18.1990555721576502},
        {0.00050000000000000001, 30, 15.1702377296440274},
        {0.99950000000000006, 40, 64.1306560943441208},
        {0.025000000000000001, 88.25, 70.8024515911127317},
        {0.97499999999999998, 312.5, 348.084808992067999},
        {9.9999999999999995e-07, 70, 37.1506657239717985},
        {0.99999899999999997, 70, 117.186992088968562},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double x = 0.0;
        CHECK(kernel_gamma_quantile(cases[i].probability, cases[i].shape, &x));
        CHECK_NEAR(x, cases[i].want, 5e-13);
    }
}

TEST(both_limits_are_the_quantiles_of_their_tails)
{
    static const double cases[][3] = {
        /* tail, shapes */
        {0.025, 0.4, 1.4}, {0.025, 3, 4},     {0.005, 15.5, 31},
        {0.025, 40, 41},   {0.0005, 90, 3e4}, {1e-9, 5, 1e9},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double lower = 0.0, upper = 0.0, low = 0.0, high = 0.0;
        CHECK(kernel_gamma_limits(cases[i][0], cases[i][1], cases[i][2], &lower,
                                  &upper));
        CHECK(kernel_gamma_quantile(cases[i][0], cases[i][1], &low));
        CHECK(kernel_gamma_quantile(1.0 - cases[i][0], cases[i][2], &high));
        CHECK_NEAR(lower, low, 0.0);
        CHECK_NEAR(upper, high, 1e-12);
    }
    double lower = 7.0, upper = 7.0;
    CHECK(!kernel_gamma_limits(0.025, 0.0, 1.0, &lower, &upper));
    CHECK(!kernel_gamma_limits(0.025, 1.0, (double)NAN, &lower, &upper));
    CHECK(!kernel_gamma_limits(0.0, 1.0, 1.0, &lower, &upper));
    CHECK_NEAR(lower + upper, 14.0, 0.0);
}

TEST(counts_sum_to_their_tails)
{
    double poisson = 0.0, binomial = 0.0, mass = 0.0, drawn = pow(0.7, 12.0);
    struct kernel_tails got = {0};
    for (int n = 0; n <= 12; n++) {
        CHECK(kernel_poisson_mass(n, 9.5, &mass));
        poisson += mass;
        CHECK(kernel_poisson_cdf(n, 9.5, &got));
        CHECK_NEAR(got.lower, poisson, 1e-13);
        binomial += drawn;
        drawn *= (12 - n) / (n + 1.0) * (0.3 / 0.7);
        CHECK(kernel_binomial_cdf(n, 12.0, 0.3, &got));
        CHECK_NEAR(got.lower, binomial, 1e-13);
    }
    CHECK(kernel_poisson_cdf(0.0, 0.0, &got));
    CHECK_NEAR(got.lower, 1.0, 0.0);
    CHECK(kernel_poisson_mass(0.0, 0.0, &mass));
    CHECK_NEAR(mass, 1.0, 0.0);
    CHECK(kernel_binomial_cdf(0.0, 0.0, 0.5, &got));
    CHECK_NEAR(got.lower, 1.0, 0.0);
    CHECK(kernel_binomial_cdf(2.0, 3.0, 1.0, &got));
    CHECK_NEAR(got.upper, 1.0, 0.0);
}

TEST(what_is_out_of_range_is_refused)
{
    double x = 7.0;
    struct kernel_tails got = {7.0, 7.0};
    CHECK(!kernel_beta_quantile(0.0, 1.0, 1.0, &x));
    CHECK(!kernel_beta_quantile(0.5, -1.0, 1.0, &x));
    CHECK(!kernel_beta_quantile(0.5, 1.0, (double)INFINITY, &x));
    CHECK(!kernel_student_quantile(0.5, 0.0, &x));
    CHECK(!kernel_poisson_mass(1.5, 1.0, &x));
    CHECK(!kernel_beta_cdf(1.0, 1.0, 1.5, &got));
    CHECK(!kernel_gamma_cdf(1.0, -1.0, &got));
    CHECK(!kernel_gamma_cdf(1.0, (double)NAN, &got));
    CHECK(!kernel_poisson_cdf(2.0, (double)NAN, &got));
    CHECK(!kernel_binomial_cdf(3.0, 2.0, 0.5, &got));
    CHECK_NEAR(x, 7.0, 0.0);
    CHECK_NEAR(got.lower, 7.0, 0.0);
}

static double cubic(const void *context, double x)
{
    return x * x * x - *(const double *)context;
}

TEST(roots_are_found_to_the_last_bits)
{
    double two = 2.0, root = 0.0;
    CHECK(kernel_root(cubic, &two, 0.0, 10.0, &root));
    CHECK_NEAR(root, 1.2599210498948731648, 4e-16);
    two = 0.0;
    CHECK(kernel_root(cubic, &two, -3.0, 1e9, &root));
    CHECK(root > -1e-5 && root < 1e-5);
    CHECK(!kernel_root(cubic, &two, 1.0, 2.0, &root));
}

TEST(weighted_lines_are_fitted_and_tied_columns_left_out)
{
    struct arena *arena = arena_new();
    /* y = 1, 3, 2, 5 at x = 0..3, weights 1, 2, 1, 0 and a far row without
     * weight; third column = first + second. */
    const double x[] = {1, 0, 1, 1, 1, 2, 1, 2, 3, 1, 3, 4};
    const double y[] = {1, 3, 2, 500};
    const double weights[] = {1, 2, 1, 0};
    struct linear_fit fit;
    CHECK(linear_least_squares(arena, x, y, weights, 4, 3, &fit));
    CHECK_INT(fit.rank, 2);
    /* Means 1 and 2.25; Sxx = 2, Sxy = 1. */
    CHECK_NEAR(fit.coefficients[1], 0.5, 1e-14);
    CHECK_NEAR(fit.coefficients[0], 1.75, 1e-14);
    CHECK_NEAR(fit.coefficients[2], 0.0, 0.0);
    CHECK_NEAR(fit.residual, 2.25, 1e-13);
    CHECK_NEAR(fit.unscaled[1 * 3 + 1], 0.5, 1e-14);
    CHECK_NEAR(fit.unscaled[0], 0.75, 1e-14);
    CHECK_NEAR(fit.unscaled[1], -0.5, 1e-14);
    CHECK_NEAR(fit.unscaled[8], 0.0, 0.0);
    arena_free(arena);
}

RUN(CASE(beta_tails_keep_their_digits), CASE(beta_quantiles_reach_both_ends),
    CASE(student_s_t_from_half_a_degree_to_a_million),
    CASE(gamma_tails_keep_their_digits),
    CASE(gamma_quantiles_meet_where_the_expansion_begins),
    CASE(gamma_quantiles_of_middling_shapes_keep_twelve_digits),
    CASE(both_limits_are_the_quantiles_of_their_tails),
    CASE(counts_sum_to_their_tails), CASE(what_is_out_of_range_is_refused),
    CASE(roots_are_found_to_the_last_bits),
    CASE(weighted_lines_are_fitted_and_tied_columns_left_out))
