/* SPDX-License-Identifier: EUPL-1.2 */
/* Kernels against whole files of reference values. The directory that holds
 * them is given by PANORAMA_VECTORS; without it the tests are skipped. */
#include "base/csv.h"
#include "base/num.h"
#include "calc/kernel.h"
#include "check.h"

/* Opens a file of reference values, or skips the test. */
static struct csv *vectors(struct arena *arena, const char *name)
{
    const char *directory = getenv("PANORAMA_VECTORS");
    if (directory == NULL || directory[0] == '\0') {
        arena_free(arena);
        skip();
    }
    struct csv *csv = NULL;
    struct err err = {0};
    if (!csv_open(arena, arena_format(arena, "%s/%s", directory, name), &csv,
                  &err))
        fail_msg("%s", err.text);
    return csv;
}

static bool next(struct csv *csv)
{
    bool more = false;
    struct err err = {0};
    if (!csv_next(csv, &more, &err))
        fail_msg("%s", err.text);
    return more;
}

static const char *field(const struct csv *csv, const char *name)
{
    int column = csv_find(csv, name);
    CHECK(column >= 0);
    return csv_field(csv, (size_t)column);
}

static double number(const struct csv *csv, const char *name)
{
    double value = 0.0;
    CHECK(num_parse_double(field(csv, name), &value));
    return value;
}

TEST(every_crude_rate_agrees_with_its_vector)
{
    struct arena *arena = arena_new();
    struct csv *csv = vectors(arena, "01_crude_rate.csv");
    size_t rows = 0;
    for (; next(csv); rows++) {
        struct kernel_interval got;
        CHECK(kernel_crude_rate(number(csv, "cases"),
                                number(csv, "person_years"), 1e5,
                                number(csv, "conf"), &got));
        CHECK_NEAR(got.value, number(csv, "rate_1e5"), 1e-12);
        CHECK_NEAR(got.lower, number(csv, "garwood_lo_1e5"), 1e-11);
        CHECK_NEAR(got.upper, number(csv, "garwood_hi_1e5"), 1e-11);
    }
    CHECK(rows > 50);
    csv_close(csv);
    arena_free(arena);
}

TEST(every_proportion_agrees_with_its_vector)
{
    struct arena *arena = arena_new();
    struct csv *csv = vectors(arena, "09_proportion_wilson.csv");
    size_t rows = 0;
    for (; next(csv); rows++) {
        struct kernel_interval got;
        CHECK(kernel_wilson(number(csv, "numerator"),
                            number(csv, "denominator"), number(csv, "conf"),
                            &got));
        CHECK_NEAR(got.value, number(csv, "proportion"), 1e-12);
        CHECK_NEAR(got.lower, number(csv, "wilson_lo"), 1e-12);
        CHECK_NEAR(got.upper, number(csv, "wilson_hi"), 1e-12);
    }
    CHECK(rows > 10);
    csv_close(csv);
    arena_free(arena);
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
    struct arena *arena = arena_new();
    struct csv *csv = vectors(arena, "02c_fayfeuer1997_downs_inputs.csv");
    double cases[5][6] = {{0}}, births[5][6] = {{0}}, standard[6] = {0};
    for (size_t at = 0; next(csv); at++) {
        CHECK(at < 30);
        size_t order = (size_t)number(csv, "BirthOrder") - 1;
        cases[order][at / 5] = number(csv, "Cases");
        births[order][at / 5] = number(csv, "Births");
        standard[at / 5] = number(csv, "Standard");
    }
    csv_close(csv);
    double total = 0.0;
    for (size_t a = 0; a < 6; a++)
        total += standard[a];

    csv = vectors(arena, "02c_fayfeuer1997_downs_outputs.csv");
    size_t rows = 0;
    for (; next(csv); rows++) {
        size_t order = (size_t)number(csv, "birth_order") - 1;
        struct kernel_interval got;
        CHECK(kernel_standardised_rate(cases[order], births[order], standard, 6,
                                       total, 1e5, 0.95, &got));
        CHECK_NEAR(got.value, number(csv, "asr_1e5"), 1e-12);
        CHECK_NEAR(got.lower, number(csv, "fayfeuer_lo"), 1e-11);
        CHECK_NEAR(got.upper, number(csv, "fayfeuer_hi"), 1e-11);
    }
    CHECK_INT(rows, 5);
    csv_close(csv);
    arena_free(arena);
}

static char *phs_key(struct arena *arena, const struct csv *csv)
{
    return arena_format(arena, "%s|%s|%s|%s", field(csv, "icd10"),
                        field(csv, "site"), field(csv, "sex"),
                        field(csv, "year"));
}

static struct series *read_phs(struct arena *arena, size_t *count)
{
    struct csv *csv = vectors(arena, "16_phs_published_inputs.csv");
    struct series *all = NULL;
    size_t capacity = 0;
    *count = 0;
    while (next(csv)) {
        char *key = phs_key(arena, csv);
        if (*count == 0 || strcmp(all[*count - 1].key, key) != 0) {
            all = arena_grow(arena, all, *count, &capacity, sizeof *all);
            all[(*count)++] = (struct series){.key = key};
        }
        struct series *series = &all[*count - 1];
        CHECK(series->ages < AGES);
        series->cases[series->ages] = number(csv, "cases");
        series->years[series->ages++] = number(csv, "population");
    }
    csv_close(csv);
    return all;
}

static void combine_last(struct series *series)
{
    CHECK_INT(series->ages, AGES);
    series->cases[AGES - 2] += series->cases[AGES - 1];
    series->years[AGES - 2] += series->years[AGES - 1];
}

static void check_phs(struct csv *csv, struct series *series)
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
    CHECK_NEAR(easr.value, number(csv, "easr_esp2013"), 5e-8);
    CHECK_NEAR(wasr.value, number(csv, "wasr_segi"), 5e-8);
    if (field(csv, "easr_lo")[0] != '\0')
        CHECK_NEAR(easr.lower, number(csv, "easr_lo"), 5e-8);
    if (field(csv, "wasr_lo")[0] != '\0')
        CHECK_NEAR(wasr.lower, number(csv, "wasr_lo"), 5e-8);
}

TEST(every_published_scottish_rate_is_reproduced)
{
    struct arena *arena = arena_new();
    size_t count, found = 0;
    struct series *all = read_phs(arena, &count);
    struct csv *csv = vectors(arena, "16_phs_published_outputs.csv");
    while (next(csv)) {
        char *key = phs_key(arena, csv);
        for (size_t i = 0; i < count; i++) {
            if (strcmp(all[i].key, key) != 0)
                continue;
            check_phs(csv, &all[i]);
            found++;
        }
    }
    CHECK(found > 1000);
    csv_close(csv);
    arena_free(arena);
}

RUN(CASE(every_crude_rate_agrees_with_its_vector),
    CASE(every_proportion_agrees_with_its_vector),
    CASE(down_syndrome_rates_agree_with_their_vectors),
    CASE(every_published_scottish_rate_is_reproduced))
