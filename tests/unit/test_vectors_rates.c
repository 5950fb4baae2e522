/* SPDX-License-Identifier: EUPL-1.2 */
/* Rates against whole files of reference values. */
#include "calc/kernel.h"
#include "vectors.h"

TEST(every_crude_rate_agrees_with_its_vector)
{
    struct vectors at = vectors_open("01_crude_rate.csv");
    while (vectors_next(&at)) {
        struct kernel_interval got;
        CHECK(kernel_crude_rate(vectors_number(&at, "cases"),
                                vectors_number(&at, "person_years"), 1e5,
                                vectors_number(&at, "conf"), &got));
        CHECK_VECTOR(&at, got.value, "rate_1e5", 1e-12);
        CHECK_VECTOR(&at, got.lower, "garwood_lo_1e5", 1e-11);
        CHECK_VECTOR(&at, got.upper, "garwood_hi_1e5", 1e-11);
    }
    CHECK(at.rows > 50);
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
        struct kernel_interval got;
        CHECK(kernel_standardised_rate(cases[order], births[order], standard, 6,
                                       total, 1e5, 0.95, &got));
        CHECK_VECTOR(&at, got.value, "asr_1e5", 1e-12);
        CHECK_VECTOR(&at, got.lower, "fayfeuer_lo", 1e-11);
        CHECK_VECTOR(&at, got.upper, "fayfeuer_hi", 1e-11);
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

static void combine_last(struct series *series)
{
    CHECK_INT(series->ages, AGES);
    series->cases[AGES - 2] += series->cases[AGES - 1];
    series->years[AGES - 2] += series->years[AGES - 1];
}

static void check_phs(const struct vectors *at, struct series *series)
{
    static const double esp2013[AGES] = {
        5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
        7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
    };
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
    struct arena *arena = arena_new();
    size_t count, found = 0;
    struct series *all = read_phs(arena, &count);
    struct vectors at = vectors_open("16_phs_published_outputs.csv");
    while (vectors_next(&at)) {
        char *key = phs_key(arena, &at);
        for (size_t i = 0; i < count; i++) {
            if (strcmp(all[i].key, key) != 0)
                continue;
            check_phs(&at, &all[i]);
            found++;
        }
    }
    CHECK(found > 1000);
    vectors_end(&at);
    arena_free(arena);
}

RUN(CASE(every_crude_rate_agrees_with_its_vector),
    CASE(every_proportion_agrees_with_its_vector),
    CASE(down_syndrome_rates_agree_with_their_vectors),
    CASE(every_published_scottish_rate_is_reproduced))
