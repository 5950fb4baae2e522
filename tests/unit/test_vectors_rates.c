/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates against whole files of reference values. */
#include "calc/kernel_rate.h"
#include "vectors.h"

static void check_crude(const struct vectors *at,
                        enum kernel_count_method method, const char *lower,
                        const char *upper, double relative)
{
    struct kernel_interval got;
    double cases = vectors_number(at, "cases");
    bool known =
        kernel_crude_rate_limits(cases, vectors_number(at, "person_years"), 1e5,
                                 method, vectors_number(at, "conf"), &got);
    CHECK(known == (cases > 0.0 || method != KERNEL_COUNT_NORMAL));
    if (!known)
        return;
    CHECK_VECTOR(at, got.value, "rate_1e5", 1e-12);
    CHECK_VECTOR(at, got.lower, lower, relative);
    CHECK_VECTOR(at, got.upper, upper, relative);
}

/* The reference stops its root finder at 1e-4 of a case; that our limits solve
 * the equation, test_kernel_rate shows. */
/* The sum whose value is half of 1 - confidence at a mid-P limit. */
static double mid_p_tail(double count, double mean, bool upper)
{
    struct kernel_tails tails;
    double mass = 0.0;
    CHECK(kernel_poisson_cdf(count, mean, &tails));
    CHECK(kernel_poisson_mass(count, mean, &mass));
    return upper ? tails.lower - 0.5 * mass : tails.upper + 0.5 * mass;
}

static void check_tail(const struct vectors *at, double limit, bool upper)
{
    double count = vectors_number(at, "cases");
    if (limit > 0.0)
        CHECK_NEAR(mid_p_tail(count, limit, upper),
                   0.5 * (1.0 - vectors_number(at, "conf")), 1e-11);
}

/* exactci stops its search when the mean moves by less than 1e-4: up to 3e-5
 * cases away from the solutions with 40 digits of test_kernel_rate, which ours
 * have to 1e-12. Ours solve the equation. */
static void check_mid_p(const struct vectors *at, const char *lower,
                        const char *upper)
{
    struct kernel_interval got;
    double years = vectors_number(at, "person_years");
    CHECK(kernel_crude_rate_limits(vectors_number(at, "cases"), years, 1e5,
                                   KERNEL_COUNT_MIDP,
                                   vectors_number(at, "conf"), &got));
    double cases = years / 1e5;
    CHECK_VECTOR_WITHIN(at, got.lower, lower, 4e-5 / cases);
    CHECK_VECTOR_WITHIN(at, got.upper, upper, 4e-5 / cases);
    check_tail(at, got.lower * cases, false);
    check_tail(at, got.upper * cases, true);
}

TEST(every_crude_rate_agrees_with_its_vector)
{
    struct vectors at = vectors_open("01_crude_rate.csv");
    while (vectors_next(&at)) {
        check_crude(&at, KERNEL_COUNT_EXACT, "garwood_lo_1e5", "garwood_hi_1e5",
                    1e-11);
        check_crude(&at, KERNEL_COUNT_BYAR, "byar_phe_lo_1e5",
                    "byar_phe_hi_1e5", 1e-12);
        check_mid_p(&at, "midp_lo_1e5", "midp_hi_1e5");
        check_crude(&at, KERNEL_COUNT_NORMAL, "wald_lo_1e5", "wald_hi_1e5",
                    1e-12);
    }
    CHECK(at.rows > 50);
    vectors_end(&at);
}

/* Public health indicators of England: Byar's limits from ten cases on. */
static enum kernel_count_method phe_method(double count)
{
    return count < 10.0 ? KERNEL_COUNT_EXACT : KERNEL_COUNT_BYAR;
}

TEST(every_english_rate_agrees_with_its_vector)
{
    struct vectors at = vectors_open("phe_testdata_Rate__testdata_Rate.csv");
    size_t checked = 0;
    while (vectors_next(&at)) {
        struct kernel_interval got;
        if (!vectors_has(&at, "value"))
            continue;
        double count = vectors_number(&at, "Numerator");
        double people = vectors_number(&at, "Denominator");
        double per = vectors_number(&at, "multiplier");
        CHECK(kernel_crude_rate_limits(count, people, per, phe_method(count),
                                       0.95, &got));
        CHECK_VECTOR(&at, got.value, "value", 1e-11);
        CHECK_VECTOR(&at, got.lower, "lower95_0cl", 1e-11);
        CHECK_VECTOR(&at, got.upper, "upper95_0cl", 1e-11);
        CHECK(kernel_crude_rate_limits(count, people, per, phe_method(count),
                                       0.998, &got));
        CHECK_VECTOR(&at, got.lower, "lower99_8cl", 1e-11);
        CHECK_VECTOR(&at, got.upper, "upper99_8cl", 1e-11);
        checked++;
    }
    CHECK(checked > 10);
    vectors_end(&at);
}

TEST(every_english_rate_by_area_agrees_with_its_vector)
{
    struct vectors at = vectors_open("phe_testdata_Rate__testdata_Rate_g.csv");
    size_t checked = 0;
    while (vectors_next(&at)) {
        struct kernel_interval got;
        if (!vectors_has(&at, "lowercl"))
            continue;
        double count = vectors_number(&at, "Numerator");
        CHECK(kernel_crude_rate_limits(
            count, vectors_number(&at, "Denominator"),
            vectors_number(&at, "multiplier"), phe_method(count), 0.95, &got));
        CHECK_VECTOR(&at, got.value, "value", 1e-11);
        CHECK_VECTOR(&at, got.lower, "lowercl", 1e-11);
        CHECK_VECTOR(&at, got.upper, "uppercl", 1e-11);
        checked++;
    }
    CHECK_INT(checked, 9);
    vectors_end(&at);
}

TEST(every_rate_by_age_of_rcan_agrees)
{
    struct vectors at = vectors_open("rcan_csu_graph_ageSpecific_test1.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_crude_rate_limits(vectors_number(&at, "cases"),
                                       vectors_number(&at, "py"), 1e5,
                                       KERNEL_COUNT_EXACT, 0.95, &got));
        CHECK_VECTOR(&at, got.value, "rate", 1e-14);
    }
    CHECK_INT(at.rows, 18);
    vectors_end(&at);
}

TEST(every_english_limit_agrees_with_its_vector)
{
    struct vectors at =
        vectors_open("phe_testdata_Byars_Wilson__testdata_B_W.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        double x = vectors_number(&at, "x");
        double confidence =
            strcmp(vectors_text(&at, "confidence"), "95%") == 0 ? 0.95 : 0.998;
        if (strcmp(vectors_text(&at, "method"), "Byars") == 0)
            CHECK(
                kernel_poisson_limits(x, KERNEL_COUNT_BYAR, confidence, &got));
        else
            CHECK(kernel_wilson(x, vectors_number(&at, "n"), confidence, &got));
        CHECK_VECTOR(&at, got.lower, "lowercl", 1e-11);
        CHECK_VECTOR(&at, got.upper, "uppercl", 1e-11);
    }
    CHECK(at.rows > 10);
    vectors_end(&at);
}

TEST(every_proportion_agrees_with_its_vector)
{
    struct vectors at = vectors_open("09_proportion_wilson.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_wilson(vectors_number(&at, "numerator"),
                            vectors_number(&at, "denominator"),
                            vectors_number(&at, "conf"), &got));
        CHECK_VECTOR(&at, got.value, "proportion", 1e-12);
        CHECK_VECTOR(&at, got.lower, "wilson_lo", 1e-12);
        CHECK_VECTOR(&at, got.upper, "wilson_hi", 1e-12);
    }
    CHECK(at.rows > 10);
    vectors_end(&at);
}

enum {
    AGES = 19,
};

/* Counts by age of one series, read in order of age. */
struct series {
    const char *key;
    double cases[AGES], years[AGES];
    size_t ages;
};

static const double esp2013[AGES] = {
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
    7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
};

static struct series read_area(const char *file, const char *area)
{
    struct vectors in = vectors_open(file);
    struct series out = {.key = area};
    while (vectors_next(&in)) {
        if (area != NULL && strcmp(vectors_text(&in, "area"), area) != 0)
            continue;
        CHECK(out.ages < AGES);
        out.cases[out.ages] = vectors_number(&in, "count");
        out.years[out.ages++] = vectors_number(&in, "pop");
    }
    vectors_end(&in);
    return out;
}

static void check_dobson(const struct vectors *at, const struct series *series,
                         const double *weights, double confidence,
                         const char *lower, const char *upper)
{
    struct kernel_classes all = {series->cases, series->years, weights,
                                 series->ages, 1e5};
    struct kernel_interval got;
    double per =
        strcmp(vectors_text(at, "statistic"), "dsr per 10000") == 0 ? 1e4 : 1e5;
    CHECK(kernel_rate_limits(&all, per, KERNEL_RATE_DOBSON_BYAR, confidence,
                             &got));
    CHECK_VECTOR(at, got.value, "value", 1e-11);
    CHECK_VECTOR(at, got.lower, lower, 1e-11);
    CHECK_VECTOR(at, got.upper, upper, 1e-11);
}

TEST(every_english_standardised_rate_agrees_with_its_vector)
{
    static const double esp1976[] = {8000, 7000, 7000, 7000, 7000, 7000,
                                     7000, 7000, 7000, 7000, 7000, 6000,
                                     5000, 4000, 3000, 2000, 1000, 1000};
    struct series old =
        read_area("phe_testdata_DSR_ISR__testdata_1976.csv", NULL);
    struct vectors at =
        vectors_open("phe_testdata_DSR_ISR__testresults_DSR.csv");
    size_t checked = 0;
    while (vectors_next(&at)) {
        const char *area = vectors_text(&at, "area");
        if (strcmp(vectors_text(&at, "method"), "Dobson") != 0 ||
            !vectors_has(&at, "value"))
            continue;
        checked++;
        if (strcmp(area, "testdata_1976") == 0) {
            /* Its 99.8 % limits are in another unit. */
            check_dobson(&at, &old, esp1976, 0.95, "lower95_0cl",
                         "upper95_0cl");
            continue;
        }
        struct series series =
            read_area("phe_testdata_DSR_ISR__testdata_multiarea.csv", area);
        check_dobson(&at, &series, esp2013, 0.95, "lower95_0cl", "upper95_0cl");
        check_dobson(&at, &series, esp2013, 0.998, "lower99_8cl",
                     "upper99_8cl");
    }
    CHECK_INT(checked, 6);
    vectors_end(&at);
}

/* Counts, person-years or weights below 0; an area with cases in a class
 * without population. */
TEST(wrong_inputs_of_english_tests_are_refused)
{
    static const char *const files[] = {
        "phe_testdata_DSR_ISR__testdata_err1.csv",
        "phe_testdata_DSR_ISR__testdata_err2.csv",
        "phe_testdata_DSR_ISR__testdata_err3.csv",
        "phe_testdata_DSR_ISR__testdata_err4.csv",
    };
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        bool areas = f == 1;
        struct series series = read_area(files[f], areas ? "Area1" : NULL);
        double weights[AGES] = {0};
        struct vectors in = vectors_open(files[f]);
        while (vectors_next(&in) && in.rows <= AGES)
            weights[in.rows - 1] =
                areas ? esp2013[in.rows - 1] : vectors_number(&in, "stdpop");
        vectors_end(&in);
        CHECK_INT(series.ages, AGES);
        struct kernel_classes all = {series.cases, series.years, weights, AGES,
                                     1e5};
        struct kernel_interval got = {.value = -1.0};
        CHECK(!kernel_rate_limits(&all, 1e5, KERNEL_RATE_DOBSON_BYAR, 0.95,
                                  &got));
        CHECK_NEAR(got.value, -1.0, 0.0);
    }
}

TEST(totals_of_english_areas_agree)
{
    struct vectors at =
        vectors_open("phe_testdata_DSR_ISR__testdata_multiarea_lookup.csv");
    while (vectors_next(&at)) {
        struct vectors in =
            vectors_open("phe_testdata_DSR_ISR__testdata_multiarea.csv");
        double total = 0.0;
        while (vectors_next(&in)) {
            if (strcmp(vectors_text(&in, "area"), vectors_text(&at, "area")) ==
                    0 &&
                vectors_has(&in, "count"))
                total += vectors_number(&in, "count");
        }
        vectors_end(&in);
        CHECK_VECTOR(&at, total, "total_count", 0.0);
    }
    CHECK_INT(at.rows, 3);
    vectors_end(&at);
}

TEST(down_syndrome_rates_agree_with_their_vectors)
{
    struct vectors in = vectors_open("02c_fayfeuer1997_downs_inputs.csv");
    double cases[5][6] = {{0}}, births[5][6] = {{0}}, standard[6] = {0};
    while (vectors_next(&in)) {
        CHECK(in.rows <= 30);
        size_t order = (size_t)vectors_number(&in, "BirthOrder") - 1;
        size_t age = (in.rows - 1) / 5;
        cases[order][age] = vectors_number(&in, "Cases");
        births[order][age] = vectors_number(&in, "Births");
        standard[age] = vectors_number(&in, "Standard");
    }
    vectors_end(&in);
    double total = 0.0;
    for (size_t a = 0; a < 6; a++)
        total += standard[a];

    struct vectors at = vectors_open("02c_fayfeuer1997_downs_outputs.csv");
    while (vectors_next(&at)) {
        size_t order = (size_t)vectors_number(&at, "birth_order") - 1;
        struct kernel_classes all = {cases[order], births[order], standard, 6,
                                     total};
        struct kernel_interval got;
        CHECK(kernel_rate_limits(&all, 1e5, KERNEL_RATE_FAY_FEUER, 0.95, &got));
        CHECK_VECTOR(&at, got.value, "asr_1e5", 1e-12);
        CHECK_VECTOR(&at, got.lower, "fayfeuer_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "fayfeuer_hi", 1e-11);
        CHECK(kernel_rate_limits(&all, 1e5, KERNEL_RATE_TIWARI, 0.95, &got));
        CHECK_VECTOR(&at, got.lower, "tiwari_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "tiwari_hi", 1e-11);
        CHECK(kernel_rate_limits(&all, 1e5, KERNEL_RATE_FAY_KIM, 0.95, &got));
        CHECK_VECTOR(&at, got.lower, "midp_lo", 1e-5);
        CHECK_VECTOR(&at, got.upper, "midp_hi", 1e-5);
    }
    CHECK_INT(at.rows, 5);
    vectors_end(&at);
}

static char *phs_key(struct arena *arena, const struct vectors *at)
{
    return arena_format(arena, "%s|%s|%s|%s", vectors_text(at, "icd10"),
                        vectors_text(at, "site"), vectors_text(at, "sex"),
                        vectors_text(at, "year"));
}

static struct series *read_phs(struct arena *arena, size_t *count)
{
    struct vectors in = vectors_open("16_phs_published_inputs.csv");
    struct series *all = NULL;
    size_t capacity = 0;
    *count = 0;
    while (vectors_next(&in)) {
        char *key = phs_key(arena, &in);
        if (*count == 0 || strcmp(all[*count - 1].key, key) != 0) {
            all = arena_grow(arena, all, *count, &capacity, sizeof *all);
            all[(*count)++] = (struct series){.key = key};
        }
        struct series *series = &all[*count - 1];
        CHECK(series->ages < AGES);
        series->cases[series->ages] = vectors_number(&in, "cases");
        series->years[series->ages++] = vectors_number(&in, "population");
    }
    vectors_end(&in);
    return all;
}

/* Published with nine decimals. */
static void check_phs_crude(const struct vectors *at,
                            const struct series *series)
{
    double cases = 0.0, years = 0.0;
    for (size_t a = 0; a < series->ages; a++) {
        cases += series->cases[a];
        years += series->years[a];
    }
    struct kernel_interval got;
    CHECK(kernel_crude_rate(cases, years, 1e5, 0.95, &got));
    CHECK_VECTOR(at, got.value, "crude", 1e-6);
    CHECK_VECTOR(at, got.lower, "crude_lo", 1e-6);
    if (cases == 0.0) /* published is the one-sided limit */
        CHECK(kernel_crude_rate(0.0, years, 1e5, 0.9, &got));
    CHECK_VECTOR(at, got.upper, "crude_hi", 1e-6);
}

static void combine_last(struct series *series)
{
    CHECK_INT(series->ages, AGES);
    series->cases[AGES - 2] += series->cases[AGES - 1];
    series->years[AGES - 2] += series->years[AGES - 1];
}

static void check_phs(const struct vectors *at, struct series *series)
{
    static const double segi[AGES - 1] = {
        12000, 10000, 9000, 9000, 8000, 8000, 6000, 6000, 6000,
        6000,  5000,  4000, 4000, 3000, 2000, 1000, 500,  500,
    };
    struct kernel_interval easr, wasr;
    CHECK(kernel_standardised_rate(series->cases, series->years, esp2013, AGES,
                                   1e5, 1e5, 0.95, &easr));
    combine_last(series);
    CHECK(kernel_standardised_rate(series->cases, series->years, segi, AGES - 1,
                                   1e5, 1e5, 0.95, &wasr));
    CHECK_NEAR(easr.value, vectors_number(at, "easr_esp2013"), 5e-8);
    CHECK_NEAR(wasr.value, vectors_number(at, "wasr_segi"), 5e-8);
    if (vectors_text(at, "easr_lo")[0] != '\0')
        CHECK_NEAR(easr.lower, vectors_number(at, "easr_lo"), 5e-8);
    if (vectors_text(at, "wasr_lo")[0] != '\0')
        CHECK_NEAR(wasr.lower, vectors_number(at, "wasr_lo"), 5e-8);
}

TEST(every_published_scottish_rate_is_reproduced)
{
    struct vectors at = vectors_open("16_phs_published_outputs.csv");
    struct arena *arena = arena_new();
    size_t count, found = 0;
    struct series *all = read_phs(arena, &count);
    while (vectors_next(&at)) {
        char *key = phs_key(arena, &at);
        for (size_t i = 0; i < count; i++) {
            if (strcmp(all[i].key, key) != 0)
                continue;
            check_phs_crude(&at, &all[i]);
            check_phs(&at, &all[i]);
            found++;
        }
    }
    CHECK(found > 1000);
    vectors_end(&at);
    arena_free(arena);
}

RUN(CASE(every_crude_rate_agrees_with_its_vector),
    CASE(every_english_rate_agrees_with_its_vector),
    CASE(every_english_rate_by_area_agrees_with_its_vector),
    CASE(every_rate_by_age_of_rcan_agrees),
    CASE(every_english_limit_agrees_with_its_vector),
    CASE(every_english_standardised_rate_agrees_with_its_vector),
    CASE(every_proportion_agrees_with_its_vector),
    CASE(wrong_inputs_of_english_tests_are_refused),
    CASE(totals_of_english_areas_agree),
    CASE(down_syndrome_rates_agree_with_their_vectors),
    CASE(every_published_scottish_rate_is_reproduced))
