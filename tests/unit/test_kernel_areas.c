/* SPDX-License-Identifier: EUPL-1.2 */
/* Do areas differ, do neighbours resemble each other: against counting every
 * outcome and every order of the values. */
#include "calc/kernel_indirect.h"
#include "check.h"

/* --- heterogeneity
 * ------------------------------------------------------------
 */

enum {
    CASES = 7,
    PLACES = 3,
};

/* The probability of these counts, given their total. */
static double probability(const double counts[PLACES],
                          const double shares[PLACES])
{
    double log_p = lgamma(CASES + 1.0);
    for (size_t i = 0; i < PLACES; i++)
        log_p += counts[i] * log(shares[i]) - lgamma(counts[i] + 1.0);
    return exp(log_p);
}

/* Mean and variance over all outcomes. */
struct spread {
    double sum, squares;
};

static void add(struct spread *spread, double p, double value)
{
    spread->sum += p * value;
    spread->squares += p * value * value;
}

static double variance(const struct spread *spread)
{
    return spread->squares - spread->sum * spread->sum;
}

TEST(moments_of_both_statistics_are_those_of_all_outcomes)
{
    double shares[PLACES] = {0.5, 0.3, 0.2}, expected[PLACES];
    struct spread chi2 = {0}, potthoff = {0};
    struct kernel_heterogeneity got = {0};
    double counts[PLACES];
    for (size_t i = 0; i < PLACES; i++)
        expected[i] = 4.0 * shares[i];
    for (counts[0] = 0; counts[0] <= CASES; counts[0]++) {
        for (counts[1] = 0; counts[1] <= CASES - counts[0]; counts[1]++) {
            counts[2] = CASES - counts[0] - counts[1];
            double p = probability(counts, shares);
            CHECK(kernel_heterogeneity(counts, expected, PLACES, &got));
            add(&chi2, p, got.chi2);
            add(&potthoff, p, got.potthoff);
        }
    }
    CHECK_NEAR(chi2.sum, 2.0, 1e-12);
    CHECK_NEAR(potthoff.sum, got.potthoff_mean, 1e-12);
    CHECK_NEAR(variance(&potthoff), got.potthoff_sd * got.potthoff_sd, 1e-11);
    /* p_sparse is a gamma tail with the moments of chi2. */
    struct kernel_tails tails;
    CHECK(kernel_gamma_cdf(4.0 / variance(&chi2),
                           got.chi2 * 2.0 / variance(&chi2), &tails));
    CHECK_NEAR(got.p_sparse, tails.upper, 1e-11);
}

/* 8 and 2 cases where 5 and 5 are expected: chi2 = 9/5 + 9/5. */
TEST(two_areas_are_checked_by_hand)
{
    double observed[] = {8, 2, 0}, expected[] = {10, 10, 0};
    struct kernel_heterogeneity got;
    CHECK(kernel_heterogeneity(observed, expected, 3, &got));
    CHECK_INT(got.areas, 2);
    CHECK_NEAR(got.ratio, 0.5, 1e-15);
    CHECK_NEAR(got.chi2, 3.6, 1e-12);
    CHECK(got.freedom == 1.0);
    CHECK_NEAR(got.p, 2.0 * kernel_normal_cdf(-sqrt(3.6)), 1e-12);
    CHECK_NEAR(got.potthoff, 20.0 * (5.6 + 0.2), 1e-12);
    CHECK_NEAR(got.potthoff_mean, 90.0, 1e-15);
    CHECK_NEAR(got.potthoff_sd, sqrt(180.0), 1e-15);
    CHECK_NEAR(got.potthoff_p, kernel_normal_cdf(-26.0 / sqrt(180.0)), 1e-12);
    /* squares 0.9 + 0.9 over 20, less 0.5 x 2 / 20: 0.04 */
    CHECK_NEAR(got.spread, 0.2 / 0.5, 1e-12);
}

TEST(areas_that_are_alike_give_no_evidence)
{
    double observed[] = {10, 20, 30}, expected[] = {5, 10, 15};
    double none[] = {0, 0, 0};
    struct kernel_heterogeneity got;
    CHECK(kernel_heterogeneity(observed, expected, 3, &got));
    CHECK(got.chi2 == 0.0 && got.p == 1.0 && got.spread == 0.0);
    CHECK_NEAR(got.p_sparse, 1.0, 1e-15);
    CHECK(kernel_heterogeneity(none, expected, 3, &got));
    CHECK(got.ratio == 0.0 && got.p == 1.0 && got.p_sparse == 1.0 &&
          got.potthoff_p == 1.0);
    /* One case must fall into one of two like areas. */
    CHECK(kernel_heterogeneity((double[]){1, 0}, (double[]){3, 3}, 2, &got));
    CHECK(got.p_sparse == 1.0);
    CHECK(kernel_heterogeneity((double[]){6e8, 4e8}, (double[]){5e8, 5e8}, 2,
                               &got));
    CHECK(got.p == 0.0 && got.p_sparse == 0.0 && got.potthoff_p == 0.0);
    CHECK_NEAR(got.spread, 0.2, 1e-6);
}

TEST(areas_that_cannot_be_compared_are_refused)
{
    double observed[] = {1, 2, 3}, expected[] = {1, 2, 0};
    struct kernel_heterogeneity got = {.areas = 77};
    CHECK(!kernel_heterogeneity(observed, expected, 3, &got)); /* 3 of 0 */
    CHECK(!kernel_heterogeneity(observed, expected, 1, &got));
    observed[0] = -1.0;
    CHECK(!kernel_heterogeneity(observed, expected, 2, &got));
    observed[0] = NAN;
    CHECK(!kernel_heterogeneity(observed, expected, 2, &got));
    CHECK_INT(got.areas, 77);
}

TEST(evidence_changes_at_its_p_values)
{
    CHECK_INT(kernel_evidence(0.05), KERNEL_EVIDENCE_NONE);
    CHECK_INT(kernel_evidence(0.049), KERNEL_EVIDENCE_WEAK);
    CHECK_INT(kernel_evidence(0.01), KERNEL_EVIDENCE_WEAK);
    CHECK_INT(kernel_evidence(0.0099), KERNEL_EVIDENCE_MODERATE);
    CHECK_INT(kernel_evidence(0.001), KERNEL_EVIDENCE_MODERATE);
    CHECK_INT(kernel_evidence(0.00099), KERNEL_EVIDENCE_STRONG);
}

/* --- Moran's I
 * ----------------------------------------------------------------
 */

static const size_t line_1[] = {1}, line_2[] = {0, 2}, line_3[] = {1, 3},
                    line_4[] = {2, 4}, line_5[] = {3};
static const size_t *const line[] = {line_1, line_2, line_3, line_4, line_5};
static const size_t line_sizes[] = {1, 2, 2, 2, 1};

/* Four areas in a row: z is -1.5 -0.5 0.5 1.5 and what lies beside -0.5 -0.5
 * 0.5 0.5, I = (0.75 + 0.25 + 0.25 + 0.75) / 5. */
TEST(a_slope_is_checked_by_hand)
{
    static const size_t end[] = {2};
    static const size_t *const four[] = {line_1, line_2, line_3, end};
    static const size_t sizes[] = {1, 2, 2, 1};
    struct neighbours row = {four, sizes, 4};
    struct kernel_moran got;
    CHECK(kernel_moran((double[]){1, 2, 3, 4}, &row, &got));
    CHECK_NEAR(got.value, 0.4, 1e-15);
    CHECK_NEAR(got.expected, -1.0 / 3.0, 1e-15);
    CHECK_INT(got.islands, 0);
}

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

/* Every order of values[from..5). */
static void each_order(double *values, size_t from,
                       const struct neighbours *row, struct spread *all)
{
    if (from == 5) {
        struct kernel_moran got;
        CHECK(kernel_moran(values, row, &got));
        add(all, 1.0 / 120.0, got.value);
        return;
    }
    for (size_t i = from; i < 5; i++) {
        swap(&values[from], &values[i]);
        each_order(values, from + 1, row, all);
        swap(&values[from], &values[i]);
    }
}

TEST(mean_and_variance_are_those_of_all_orders)
{
    struct neighbours row = {line, line_sizes, 5};
    double values[] = {1.0, 2.5, 4.0, 8.0, 8.5};
    struct spread all = {0};
    struct kernel_moran got;
    each_order(values, 0, &row, &all);
    CHECK(kernel_moran(values, &row, &got));
    CHECK_NEAR(got.expected, all.sum, 1e-12);
    CHECK_NEAR(got.variance, variance(&all), 1e-11);
    CHECK_NEAR(got.z, (got.value - all.sum) / sqrt(variance(&all)), 1e-11);
    CHECK_NEAR(got.p, 2.0 * kernel_normal_cdf(-fabs(got.z)), 1e-15);
}

TEST(islands_are_counted_apart)
{
    const size_t *lists[6] = {line[0], line[1], line[2], line[3], line[4]};
    size_t sizes[6] = {1, 2, 2, 2, 1, 0};
    struct neighbours row = {lists, sizes, 6};
    struct kernel_moran got;
    CHECK(kernel_moran((double[]){1, 2, 3, 4, 5, 3}, &row, &got));
    CHECK_INT(got.islands, 1);
    CHECK_NEAR(got.expected, -0.25, 1e-15);
    /* z -2 -1 0 1 2, beside -1 -1 0 1 1: (2 + 1 + 1 + 2) / 10 */
    CHECK_NEAR(got.value, 0.6, 1e-15);
}

TEST(what_has_no_pattern_is_refused)
{
    struct neighbours row = {line, line_sizes, 5};
    struct kernel_moran got = {.value = 77.0};
    CHECK(!kernel_moran((double[]){3, 3, 3, 3, 3}, &row, &got));
    CHECK(!kernel_moran((double[]){0.1, 0.1, 0.1, 0.1, 0.1}, &row, &got));
    CHECK(!kernel_moran((double[]){1, 2, 3, 4, NAN}, &row, &got));
    struct neighbours short_row = {line, line_sizes, 4}; /* names a fifth */
    CHECK(!kernel_moran((double[]){1, 2, 3, 4}, &short_row, &got));
    CHECK(got.value == 77.0);
}

/* --- neighbours
 * ---------------------------------------------------------------
 */

TEST(faults_of_a_neighbour_list_are_named)
{
    static const size_t self[] = {0, 1}, twice[] = {1, 1}, far[] = {1, 2},
                        good[] = {1}, back[] = {0};
    static const struct {
        const size_t *first;
        size_t first_size, second_size;
        enum neighbours_fault want;
        size_t other;
    } cases[] = {
        {good, 1, 1, NEIGHBOURS_GOOD, 77},
        {NULL, 0, 0, NEIGHBOURS_GOOD, 77}, /* two islands */
        {self, 2, 1, NEIGHBOURS_SELF, 0},
        {twice, 2, 1, NEIGHBOURS_TWICE, 1},
        {far, 2, 1, NEIGHBOURS_UNKNOWN, 2},
        {good, 1, 0, NEIGHBOURS_ONE_SIDED, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const size_t *const lists[] = {cases[i].first, back};
        size_t sizes[] = {cases[i].first_size, cases[i].second_size};
        struct neighbours two = {lists, sizes, 2};
        size_t area = 77, other = 77;
        CHECK_INT(neighbours_check(&two, &area, &other), cases[i].want);
        CHECK_INT(area, cases[i].want == NEIGHBOURS_GOOD ? 77 : 0);
        CHECK_INT(other, cases[i].other);
    }
}

RUN(CASE(moments_of_both_statistics_are_those_of_all_outcomes),
    CASE(two_areas_are_checked_by_hand),
    CASE(areas_that_are_alike_give_no_evidence),
    CASE(areas_that_cannot_be_compared_are_refused),
    CASE(evidence_changes_at_its_p_values), CASE(a_slope_is_checked_by_hand),
    CASE(mean_and_variance_are_those_of_all_orders),
    CASE(islands_are_counted_apart), CASE(what_has_no_pattern_is_refused),
    CASE(faults_of_a_neighbour_list_are_named))
