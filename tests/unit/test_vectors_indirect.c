/* SPDX-License-Identifier: EUPL-1.2 */
/* Standardised ratios, funnels and heterogeneity against reference values. */
#include "areas_fixture.h"
#include "calc/kernel_indirect.h"
#include "vectors.h"

static struct kernel_interval ratio_at(const struct vectors *at,
                                       enum kernel_sir_method method)
{
    struct kernel_interval got = {0};
    CHECK(kernel_sir(vectors_number(at, "observed"),
                     vectors_number(at, "expected"), method,
                     vectors_number(at, "conf"), &got));
    return got;
}

/* The reference finds the mean count with R's uniroot, to about 1e-4. */
static void check_midp(const struct vectors *at, double got, const char *column)
{
    double scale = vectors_number(at, "expected");
    CHECK(fabs(got - vectors_number(at, column)) * scale < 5e-5);
}

/* The files of made and of real ratios have the same columns. */
static void check_ratios(const char *file, size_t least)
{
    struct vectors at = vectors_open(file);
    while (vectors_next(&at)) {
        struct kernel_interval got = ratio_at(&at, KERNEL_SIR_EXACT);
        double p;
        CHECK_VECTOR(&at, got.value, "sir", 1e-12);
        CHECK_VECTOR(&at, got.lower, "exact_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "exact_hi", 1e-11);
        got = ratio_at(&at, KERNEL_SIR_BYAR);
        CHECK_VECTOR(&at, got.lower, "byar_lo", 1e-12);
        CHECK_VECTOR(&at, got.upper, "byar_hi", 1e-12);
        got = ratio_at(&at, KERNEL_SIR_PHE);
        CHECK_VECTOR(&at, got.lower, "phe_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "phe_hi", 1e-11);
        got = ratio_at(&at, KERNEL_SIR_MIDP);
        check_midp(&at, got.lower, "midp_lo");
        check_midp(&at, got.upper, "midp_hi");
        got = ratio_at(&at, KERNEL_SIR_VANDENBROUCKE);
        CHECK_VECTOR(&at, got.lower, "vandenbroucke_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "vandenbroucke_hi", 1e-12);
        CHECK(kernel_sir_p(vectors_number(&at, "observed"),
                           vectors_number(&at, "expected"), &p));
        CHECK_VECTOR(&at, p, "p_exact_two_sided", 1e-9);
    }
    CHECK(at.rows >= least);
    vectors_end(&at);
}

TEST(every_ratio_agrees_with_its_vector)
{
    check_ratios("04_sir.csv", 24);
}

TEST(every_ratio_of_a_registry_agrees_with_its_vector)
{
    check_ratios("04b_sir_real_outputs.csv", 27);
}

/* Public Health Scotland publishes exact limits, in per cent; the expected
 * cases are found back from the ratio. */
TEST(every_published_scottish_ratio_has_exact_limits)
{
    struct vectors at = vectors_open("16_phs_published_sir.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_sir(vectors_number(&at, "observed"),
                         vectors_number(&at, "expected_backcalc") / 100.0,
                         KERNEL_SIR_EXACT, 0.95, &got));
        CHECK_VECTOR(&at, got.value, "sir_pct", 1e-8);
        CHECK_VECTOR(&at, got.lower, "sir_lo_pct", 1e-7);
        CHECK_VECTOR(&at, got.upper, "sir_hi_pct", 1e-7);
    }
    CHECK(at.rows > 500);
    vectors_end(&at);
}

/* --- expected cases ------------------------------------------------------- */

enum {
    CLASSES = 19,
};

/* The expected cases of one area: rates are those of the reference counts. */
static double expected_of(const char *area)
{
    struct vectors in =
        vectors_open("phe_testdata_DSR_ISR__testdata_multiarea_isr.csv");
    double years[CLASSES], rates[CLASSES], expected = 0.0;
    size_t classes = 0;
    while (vectors_next(&in)) {
        if (strcmp(vectors_text(&in, "area"), area) != 0 ||
            !vectors_has(&in, "pop")) /* a class without population */
            continue;
        CHECK(classes < CLASSES);
        years[classes] = vectors_number(&in, "pop");
        rates[classes++] = vectors_number(&in, "refcount") /
                           vectors_number(&in, "refpop") * 1e5;
    }
    vectors_end(&in);
    CHECK(kernel_expected(years, rates, classes, 1e5, &expected));
    return expected;
}

/* The reference population by itself holds what each area repeats. */
TEST(the_reference_of_indirect_standardisation_is_one)
{
    struct vectors at = vectors_open("phe_testdata_DSR_ISR__refdata.csv");
    struct vectors area =
        vectors_open("phe_testdata_DSR_ISR__testdata_multiarea_isr.csv");
    while (vectors_next(&at)) {
        CHECK(vectors_next(&area));
        CHECK_VECTOR(&at, vectors_number(&area, "refcount"), "refcount", 0.0);
        CHECK_VECTOR(&at, vectors_number(&area, "refpop"), "refpop", 0.0);
    }
    CHECK_INT(at.rows, 19);
    vectors_end(&at);
    vectors_end(&area);
}

TEST(every_indirectly_standardised_rate_agrees_with_its_vector)
{
    struct vectors at =
        vectors_open("phe_testdata_DSR_ISR__testresults_ISR.csv");
    while (vectors_next(&at)) {
        struct kernel_interval near, far;
        double expected = vectors_number(&at, "expected");
        double observed = vectors_number(&at, "observed");
        CHECK(kernel_sir(observed, expected, KERNEL_SIR_PHE, 0.95, &near));
        CHECK(kernel_sir(observed, expected, KERNEL_SIR_PHE, 0.998, &far));
        double scale = vectors_number(&at, "value") / near.value;
        CHECK_VECTOR(&at, near.lower * scale, "lower95_0cl", 1e-11);
        CHECK_VECTOR(&at, near.upper * scale, "upper95_0cl", 1e-11);
        CHECK_VECTOR(&at, far.lower * scale, "lower99_8cl", 1e-11);
        CHECK_VECTOR(&at, far.upper * scale, "upper99_8cl", 1e-11);
        if (at.rows <= 12)
            CHECK_NEAR(expected_of(vectors_text(&at, "area")), expected, 1e-12);
        if (at.rows <= 6) /* rates: the others are ratios */
            CHECK_NEAR(observed / expected * vectors_number(&at, "ref_rate"),
                       vectors_number(&at, "value"), 1e-12);
    }
    CHECK_INT(at.rows, 16);
    vectors_end(&at);
}

/* Reference rates of one sex and cancer. */
static void reference_rates(const struct vectors *of, double rates[CLASSES])
{
    struct vectors in = vectors_open("04b_sir_reference_rates.csv");
    while (vectors_next(&in)) {
        if (strcmp(vectors_text(&in, "sex"), vectors_text(of, "sex")) == 0 &&
            strcmp(vectors_text(&in, "cancer_code"),
                   vectors_text(of, "cancer_code")) == 0)
            rates[(size_t)vectors_number(&in, "age_idx") - 1] =
                vectors_number(&in, "rate");
    }
    vectors_end(&in);
}

/* Populations by age of one territory, sex and cancer. */
static size_t populations(const struct vectors *of, double years[CLASSES])
{
    size_t classes = 0;
    struct vectors in = vectors_open("02_asr_inputs.csv");
    while (vectors_next(&in)) {
        if (strcmp(vectors_text(&in, "territory"),
                   vectors_text(of, "territory")) == 0 &&
            strcmp(vectors_text(&in, "sex"), vectors_text(of, "sex")) == 0 &&
            strcmp(vectors_text(&in, "cancer_code"),
                   vectors_text(of, "cancer_code")) == 0) {
            CHECK(classes < CLASSES);
            years[classes++] = vectors_number(&in, "population");
        }
    }
    vectors_end(&in);
    return classes;
}

TEST(expected_cases_of_registries_agree_with_their_vectors)
{
    struct vectors at = vectors_open("04b_sir_real_outputs.csv");
    while (vectors_next(&at)) {
        double rates[CLASSES] = {0}, years[CLASSES] = {0}, got = 0.0;
        reference_rates(&at, rates);
        size_t classes = populations(&at, years);
        CHECK(kernel_expected(years, rates, classes, 1.0, &got));
        CHECK_VECTOR(&at, got, "expected", 1e-12);
    }
    CHECK_INT(at.rows, 27);
    vectors_end(&at);
}

/* --- funnels -------------------------------------------------------------- */

static struct kernel_interval funnel_at(const struct vectors *at,
                                        enum kernel_funnel_method method)
{
    struct kernel_interval got = {0};
    CHECK(kernel_funnel_ratio(vectors_number(at, "expected"), method,
                              vectors_number(at, "conf"), &got));
    CHECK(got.value == 1.0);
    return got;
}

TEST(every_funnel_of_ratios_agrees_with_its_vector)
{
    struct vectors at = vectors_open("10_funnel_sir.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got = funnel_at(&at, KERNEL_FUNNEL_EXACT);
        CHECK_VECTOR(&at, got.lower, "spiegelhalter_exact_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "spiegelhalter_exact_hi", 1e-11);
        got = funnel_at(&at, KERNEL_FUNNEL_BYAR);
        CHECK_VECTOR(&at, got.lower, "byar_target1_lo", 1e-12);
        CHECK_VECTOR(&at, got.upper, "byar_target1_hi", 1e-12);
        got = funnel_at(&at, KERNEL_FUNNEL_NORMAL);
        CHECK_VECTOR(&at, got.lower, "normal_lo", 1e-12);
        CHECK_VECTOR(&at, got.upper, "normal_hi", 1e-12);
    }
    CHECK_INT(at.rows, 50);
    vectors_end(&at);
}

TEST(overdispersion_agrees_with_its_vector)
{
    struct vectors at = vectors_open("10_funnel_sir.csv");
    struct arena *arena = arena_new();
    struct kernel_overdispersion got = {0};
    double observed[50], expected[50];
    while (vectors_next(&at) && vectors_number(&at, "conf") < 0.96) {
        observed[at.rows - 1] = vectors_number(&at, "observed");
        expected[at.rows - 1] = vectors_number(&at, "expected");
    }
    CHECK(kernel_overdispersion_ratios(observed, expected, at.rows - 1, 0.1,
                                       arena, &got));
    CHECK_INT(got.units, 25);
    CHECK_VECTOR(&at, got.phi, "overdisp_phi_winsor10_sqrt", 1e-11);
    CHECK_VECTOR(&at, got.tau2, "tau2_dl_sqrt", 1e-11);
    arena_free(arena);
    vectors_end(&at);
}

/* The reference halves an interval of the expected count to about 1e-6. */
static void check_count(const struct vectors *at, double confidence,
                        double target, const char *lower, const char *upper)
{
    struct kernel_funnel_count got;
    double count = strtod(csv_field(at->csv, 0), NULL);
    CHECK(kernel_funnel_count(count, confidence, &got));
    CHECK_VECTOR(at, got.lower * target, lower, count < 5 ? 5e-5 : 1e-6);
    CHECK_VECTOR(at, got.upper * target, upper, count < 5 ? 5e-5 : 1e-6);
}

TEST(counts_lie_on_the_limits_of_a_published_funnel_of_rates)
{
    static const char *const files[] = {
        "phe_testdata_funnel_rate_outputs.csv",
        "phe_testdata_funnel_rate_outputs_2.csv",
        "phe_testdata_funnel_rate_outputs_3.csv",
    };
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        struct vectors at = vectors_open(files[f]);
        while (vectors_next(&at)) {
            double target = vectors_number(&at, "baseline");
            check_count(&at, 0.95, target, "lower_2s_limit", "upper_2s_limit");
            check_count(&at, 0.998, target, "lower_3s_limit", "upper_3s_limit");
        }
        CHECK_INT(at.rows, 100);
        vectors_end(&at);
    }
}

TEST(counts_lie_on_the_limits_of_a_published_funnel_of_ratios)
{
    struct vectors at = vectors_open("phe_testdata_funnel_ratio_outputs.csv");
    while (vectors_next(&at)) {
        check_count(&at, 0.95, 100.0, "lower_2s_isr", "upper_2s_isr");
        check_count(&at, 0.998, 100.0, "lower_3s_isr", "upper_3s_isr");
        struct kernel_funnel_count got;
        CHECK(kernel_funnel_count(strtod(csv_field(at.csv, 0), NULL), 0.95,
                                  &got));
        CHECK_VECTOR(&at, got.expected_on_lower, "lower_2s_exp_events", 2e-6);
    }
    CHECK(at.rows >= 100);
    vectors_end(&at);
}

/* In the order of kernel_funnel_position. */
static const char *const positions[] = {"Low (0.001)", "Low (0.025)",
                                        "Not significant", "High (0.025)",
                                        "High (0.001)"};

TEST(every_position_in_a_funnel_is_the_published_one)
{
    struct vectors at = vectors_open("phe_testdata_funnel_ratio_inputs.csv");
    while (vectors_next(&at)) {
        enum kernel_funnel_position got;
        CHECK(kernel_funnel_position(vectors_number(&at, "obs"),
                                     vectors_number(&at, "expected"), &got));
        CHECK_TEXT(positions[got], vectors_text(&at, "significance"));
    }
    CHECK_INT(at.rows, 300);
    vectors_end(&at);
}

/* Units above and below the line of a published table, with the target that it
 * is judged by. */
struct pooled {
    double above, below;
};

/* Person-years that would give the standardised rate with so many cases. */
static double derived_years(const struct vectors *at)
{
    return vectors_number(at, "count") / vectors_number(at, "rate_dsr");
}

TEST(every_position_of_a_standardised_rate_is_the_published_one)
{
    const char *file = "phe_testdata_funnel_rate_dsr_inputs.csv";
    struct pooled all = {0};
    struct vectors at = vectors_open(file);
    while (vectors_next(&at)) {
        if (vectors_has(&at, "rate_dsr")) {
            all.above += vectors_number(&at, "count");
            all.below += derived_years(&at);
        }
    }
    vectors_end(&at);
    at = vectors_open(file);
    while (vectors_next(&at)) {
        enum kernel_funnel_position got;
        if (!vectors_has(&at, "rate_dsr"))
            continue;
        CHECK(kernel_funnel_position(vectors_number(&at, "count"),
                                     derived_years(&at) * all.above / all.below,
                                     &got));
        CHECK_TEXT(positions[got],
                   vectors_text(&at, "dsr_per_100000_without_0"));
    }
    CHECK_INT(at.rows, 40);
    vectors_end(&at);
}

static enum kernel_funnel_position position_of(double share, double trials,
                                               double target)
{
    struct kernel_interval inner, outer;
    CHECK(kernel_funnel_proportion(trials, target, KERNEL_FUNNEL_NORMAL, 0.95,
                                   &inner));
    CHECK(kernel_funnel_proportion(trials, target, KERNEL_FUNNEL_NORMAL, 0.998,
                                   &outer));
    if (share < outer.lower)
        return KERNEL_FUNNEL_BELOW_998;
    if (share < inner.lower)
        return KERNEL_FUNNEL_BELOW_95;
    if (share > outer.upper)
        return KERNEL_FUNNEL_ABOVE_998;
    return share > inner.upper ? KERNEL_FUNNEL_ABOVE_95 : KERNEL_FUNNEL_WITHIN;
}

TEST(every_position_of_a_proportion_is_the_published_one)
{
    const char *file = "phe_testdata_funnel_prop_inputs.csv";
    struct pooled all = {0};
    struct vectors at = vectors_open(file);
    while (vectors_next(&at)) {
        all.above += vectors_number(&at, "numerator");
        all.below += vectors_number(&at, "denominator");
    }
    vectors_end(&at);
    at = vectors_open(file);
    while (vectors_next(&at)) {
        double trials = vectors_number(&at, "denominator");
        CHECK_TEXT(
            positions[position_of(vectors_number(&at, "numerator") / trials,
                                  trials, all.above / all.below)],
            vectors_text(&at, "significance"));
    }
    CHECK_INT(at.rows, 303);
    vectors_end(&at);
}

static void check_proportion(const struct vectors *at, double confidence,
                             const char *lower, const char *upper)
{
    struct kernel_interval got;
    CHECK(kernel_funnel_proportion(vectors_number(at, "Population"),
                                   vectors_number(at, "Baseline") / 100.0,
                                   KERNEL_FUNNEL_NORMAL, confidence, &got));
    CHECK_VECTOR_WITHIN(at, got.lower * 100.0, lower, 2e-6);
    CHECK_VECTOR_WITHIN(at, got.upper * 100.0, upper, 2e-6);
}

TEST(every_funnel_of_proportions_agrees_with_its_vector)
{
    static const char *const files[] = {
        "phe_testdata_funnel_prop_outputs.csv",
        "phe_testdata_funnel_prop_outputs_with_axis_variation.csv",
    };
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        struct vectors at = vectors_open(files[f]);
        while (vectors_next(&at)) {
            check_proportion(&at, 0.95, "Lower2s0025limit", "Upper2s0025limit");
            check_proportion(&at, 0.998, "Lower3s0001limit",
                             "Upper3s0001limit");
        }
        CHECK_INT(at.rows, 100);
        vectors_end(&at);
    }
}

/* --- areas ---------------------------------------------------------------- */

TEST(heterogeneity_and_moran_agree_with_their_vectors)
{
    struct vectors at = vectors_open("06b_heterogeneity_moran.csv");
    while (vectors_next(&at)) {
        struct arena *arena = arena_new();
        struct map_areas map =
            map_areas_read(arena, vectors_text(&at, "dataset"));
        struct kernel_heterogeneity differ;
        struct kernel_moran near;
        CHECK(
            kernel_heterogeneity(map.cases, map.expected, map.count, &differ));
        CHECK_VECTOR(&at, differ.chi2, "chisq", 1e-11);
        CHECK_VECTOR(&at, differ.freedom, "df", 1e-15);
        CHECK_VECTOR(&at, differ.p, "chisq_p", 1e-8);
        CHECK_VECTOR(&at, differ.potthoff, "potthoff_whittinghill_stat", 1e-12);
        for (size_t i = 0; i < map.count; i++)
            map.cases[i] /= map.expected[i];
        CHECK(kernel_moran(map.cases, &map.neighbours, &near));
        CHECK_VECTOR(&at, near.value, "moran_I", 1e-11);
        CHECK_VECTOR(&at, near.expected, "moran_E", 1e-14);
        CHECK_VECTOR(&at, near.variance, "moran_var", 1e-10);
        CHECK_VECTOR(&at, near.p, "moran_p_two_sided", 1e-9);
        arena_free(arena);
    }
    CHECK_INT(at.rows, 2);
    vectors_end(&at);
}

RUN(CASE(every_ratio_agrees_with_its_vector),
    CASE(every_ratio_of_a_registry_agrees_with_its_vector),
    CASE(every_published_scottish_ratio_has_exact_limits),
    CASE(the_reference_of_indirect_standardisation_is_one),
    CASE(every_indirectly_standardised_rate_agrees_with_its_vector),
    CASE(expected_cases_of_registries_agree_with_their_vectors),
    CASE(every_funnel_of_ratios_agrees_with_its_vector),
    CASE(overdispersion_agrees_with_its_vector),
    CASE(counts_lie_on_the_limits_of_a_published_funnel_of_rates),
    CASE(counts_lie_on_the_limits_of_a_published_funnel_of_ratios),
    CASE(every_position_in_a_funnel_is_the_published_one),
    CASE(every_position_of_a_standardised_rate_is_the_published_one),
    CASE(every_position_of_a_proportion_is_the_published_one),
    CASE(every_funnel_of_proportions_agrees_with_its_vector),
    CASE(heterogeneity_and_moran_agree_with_their_vectors))
