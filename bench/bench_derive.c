/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the calc stage is linear: what `protect` calls "derive", of one table
 * of a synthetic country, counts, crude rates and standardised rates with
 * limits, over 5, 10 and 20 years. Prints processor time per cell, and each
 * size's against the smallest; about 1 is linear. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "calc/derived.h"

enum {
    DEPARTEMENTS = 101,
    SITES = 50,
    AGES = 19,
    YEARS = 20,
    FIRST_YEAR = 2000,
};

static const char *const one_word[DIM_COUNT] = {
    "level:departement", "every", NULL, "T", NULL, "T"};

struct country {
    struct codes codes;
    struct facts cases, people;
    struct standard standard;
    struct plan plan;
};

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static uint32_t draw(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static struct node node_of(const char *code, const char *level, int low,
                           int high, const uint16_t *leaves, size_t count)
{
    return (struct node){.code = code,
                         .level = level,
                         .article = "",
                         .icd10 = "",
                         .sex = "",
                         .parent = -1,
                         .low = low,
                         .high = high,
                         .leaves = leaves,
                         .leaf_count = count};
}

/* A total and its leaves. Ages are classes of five years, the last open;
 * periods single years. */
static struct dimension flat(struct arena *arena, enum dim dim, size_t leaves,
                             const char *total, const char *level)
{
    struct dimension out = {.dim = dim, .leaf_count = leaves};
    uint16_t *all = arena_array(arena, leaves, sizeof *all);
    int *leaf_node = arena_array(arena, leaves, sizeof *leaf_node);
    for (size_t l = 0; l < leaves; l++)
        all[l] = (uint16_t)l;
    struct node whole =
        node_of(dim == DIM_TERRITORY ? "FR" : "T", total, 0, -1, all, leaves);
    code_add(arena, &out, &whole);
    for (size_t l = 0; l < leaves; l++) {
        int number = (int)l, low = 0, high = 0;
        if (dim == DIM_AGE) {
            low = 5 * number;
            high = l + 1 < leaves ? low + 4 : -1;
        }
        if (dim == DIM_PERIOD)
            low = high = FIRST_YEAR + number;
        const char *code = dim == DIM_SEX ? (l == 0 ? "M" : "F")
                                          : arena_format(arena, "%d", number);
        struct node leaf = node_of(code, level, low, high, &all[l], 1);
        leaf.parent = 0;
        leaf_node[l] = code_add(arena, &out, &leaf);
    }
    out.leaf_node = leaf_node;
    return out;
}

/* A fact for each combination of leaves; people have no site. */
static struct facts facts_of(struct arena *arena, size_t sites, size_t years,
                             uint32_t least, uint32_t spread)
{
    size_t count = (size_t)DEPARTEMENTS * sites * 2 * AGES * years;
    struct fact *rows = arena_array(arena, count, sizeof *rows);
    uint32_t state = 7;
    for (size_t f = 0; f < count; f++) {
        size_t at = f;
        rows[f].leaf[DIM_PERIOD] = (uint16_t)(at % years);
        rows[f].leaf[DIM_AGE] = (uint16_t)((at /= years) % AGES);
        rows[f].leaf[DIM_SEX] = (uint16_t)((at /= AGES) % 2);
        rows[f].leaf[DIM_SITE] =
            sites == 1 ? CUBE_ANY : (uint16_t)((at / 2) % sites);
        rows[f].leaf[DIM_TERRITORY] = (uint16_t)(at / 2 / sites);
        rows[f].count = least + draw(&state) % spread;
    }
    return (struct facts){rows, count};
}

static void country_fill(struct arena *arena, struct country *out, size_t years)
{
    static const struct measure measures[] = {
        {.code = "cases", .kind = MEASURE_COUNT, .confidential = true},
        {.code = "population", .kind = MEASURE_PERSON_YEARS},
    };
    static const struct standard_band bands[] = {
        {0, 14, 31}, {15, 44, 43}, {45, 64, 19}, {65, 84, 6.5}, {85, -1, 0.5}};
    struct dimension *dims = out->codes.dims;
    dims[DIM_TERRITORY] =
        flat(arena, DIM_TERRITORY, DEPARTEMENTS, "country", "departement");
    dims[DIM_SITE] = flat(arena, DIM_SITE, SITES, "all", "site");
    dims[DIM_SEX] = flat(arena, DIM_SEX, 2, "total", "leaf");
    dims[DIM_AGE] = flat(arena, DIM_AGE, AGES, "total", "leaf");
    dims[DIM_PERIOD] = flat(arena, DIM_PERIOD, years, "total", "leaf");
    dims[DIM_STRATUM] = flat(arena, DIM_STRATUM, 1, "total", "leaf");
    out->codes.measures =
        arena_array(arena, COUNT_OF(measures), sizeof *measures);
    memcpy(out->codes.measures, measures, sizeof measures);
    out->codes.measure_count = COUNT_OF(measures);
    out->cases = facts_of(arena, SITES, years, 0, 9);
    out->people = facts_of(arena, 1, years, 20000, 10000);
    out->standard = (struct standard){.code = "world",
                                      .total = 100,
                                      .bands = bands,
                                      .count = COUNT_OF(bands)};
    out->plan = (struct plan){.standards = &out->standard, .standard_count = 1};
}

static bool lookup(void *context, const char *measure, struct calc_source *out,
                   struct err *err)
{
    const struct country *country = context;
    (void)err;
    *out = (struct calc_source){.facts = strcmp(measure, "cases") == 0
                                             ? &country->cases
                                             : &country->people};
    return true;
}

/* Seconds of processor time per cell, or 0 when it fails. */
static double bench(size_t years, double smallest)
{
    struct arena *arena = arena_new();
    struct country country = {0};
    country_fill(arena, &country, years);
    struct plan_value values[] = {
        {.kind = VALUE_COUNT, .standard = ""},
        {.kind = VALUE_CRUDE_RATE,
         .standard = "",
         .interval = true,
         .decimals = 1},
        {.kind = VALUE_STANDARDISED_RATE,
         .standard = "world",
         .interval = true,
         .decimals = 1},
    };
    const char *sexes[] = {"T", "M", "F"};
    const char *period = arena_format(arena, "each:%d-%d", FIRST_YEAR,
                                      FIRST_YEAR + (int)years - 1);
    struct plan_table table = {.report = "bench",
                               .id = "bench.t",
                               .measure = "cases",
                               .person_years = "population",
                               .values = values,
                               .value_count = COUNT_OF(values)};
    const char *words[DIM_COUNT];
    memcpy(words, one_word, sizeof words);
    words[DIM_PERIOD] = period;
    for (size_t d = 0; d < DIM_COUNT; d++)
        table.select[d] = (struct selection){&words[d], 1};
    table.select[DIM_SEX] = (struct selection){sexes, COUNT_OF(sexes)};
    struct policy policy = {0};
    struct derived_table *made = NULL;
    struct err err = {0};
    double started = processor_seconds(), each = 0.0;
    if (derived_build(arena, &country.codes, &country.plan, &table, &policy,
                      lookup, &country, &made, &err)) {
        double taken = processor_seconds() - started;
        size_t cells = made->rows * made->column_count;
        each = taken / (double)cells;
        printf("derive: %2zu years, %8zu facts, %8zu cells in %.2f s of "
               "processor time, %.0f ns a cell, x%.2f\n",
               years, country.cases.count, cells, taken, 1e9 * each,
               smallest > 0.0 ? each / smallest : 1.0);
    } else {
        printf("derive: %s\n", err.text);
    }
    arena_free(arena);
    return each;
}

int main(void)
{
    double smallest = bench(YEARS / 4, 0.0);
    bench(YEARS / 2, smallest);
    return bench(YEARS, smallest) > 0.0 ? 0 : 1;
}
