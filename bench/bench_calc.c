/* SPDX-License-Identifier: EUPL-1.2 */
/* How fast counts are summed and standardised rates made: a synthetic country
 * of 101 départements, 50 sites, 19 ages and 20 years. Prints cells per second.
 * Build against the library: see the Makefile's bench target. */
#include <stdio.h>
#include <time.h>

#include "calc/counts.h"
#include "calc/kernel.h"

enum {
    DEPARTEMENTS = 101,
    SITES = 50,
    AGES = 19,
    YEARS = 20,
    RATES = 801000,
    BLOCK = 1000,
    QUESTIONS = 100000,
};

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double seconds(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

/* A small congruential generator: the same counts on every machine. */
static uint32_t draw(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Cases of one rate: rare, common or very common, more at older ages. */
static void draw_cases(uint32_t *state, int rate, double cases[AGES])
{
    static const uint32_t most[] = {1, 3, 12, 12, 60, 5000};
    uint32_t limit = most[(uint32_t)rate % COUNT_OF(most)];
    for (uint32_t a = 0; a < AGES; a++)
        cases[a] = draw(state) % (1 + limit * (a + 1) / AGES);
}

/* Processor time of the rates alone: their inputs are drawn before. */
static void bench_rates(void)
{
    static double cases[BLOCK][AGES], years[BLOCK][AGES];
    double weights[AGES], sum = 0.0, taken = 0.0;
    uint32_t state = 1;
    for (int a = 0; a < AGES; a++)
        weights[a] = 1000 + 100 * a;
    for (int done = 0; done < RATES; done += BLOCK) {
        for (int r = 0; r < BLOCK; r++) {
            draw_cases(&state, r, cases[r]);
            for (int a = 0; a < AGES; a++)
                years[r][a] = 20000 + draw(&state) % 10000;
        }
        double started = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
        for (int r = 0; r < BLOCK; r++) {
            struct kernel_interval rate;
            if (kernel_standardised_rate(cases[r], years[r], weights, AGES,
                                         36100, 1e5, 0.95, &rate))
                sum += rate.upper;
        }
        taken += seconds_of(CLOCK_PROCESS_CPUTIME_ID) - started;
    }
    printf("standardised rates with limits: %d in %.2f s of processor time, "
           "%.0f rates/s (check %.6g)\n",
           RATES, taken, RATES / taken, sum);
}

/* A dimension whose node 0 is the total of its leaves. */
static struct dimension flat(struct arena *arena, enum dim dim, size_t leaves)
{
    struct dimension dimension = {.dim = dim, .leaf_count = leaves};
    uint16_t *all = arena_array(arena, leaves, sizeof *all);
    int *leaf_node = arena_array(arena, leaves, sizeof *leaf_node);
    for (size_t l = 0; l < leaves; l++)
        all[l] = (uint16_t)l;
    struct node node = {.code = "T",
                        .level = "total",
                        .sex = "",
                        .parent = -1,
                        .leaves = all,
                        .leaf_count = leaves};
    code_add(arena, &dimension, &node);
    for (size_t l = 0; l < leaves; l++) {
        node = (struct node){.code = "leaf",
                             .level = "leaf",
                             .sex = "",
                             .leaves = &all[l],
                             .leaf_count = 1};
        leaf_node[l] = code_add(arena, &dimension, &node);
    }
    dimension.leaf_node = leaf_node;
    return dimension;
}

static struct facts make_facts(struct arena *arena)
{
    size_t count = (size_t)DEPARTEMENTS * SITES * 2 * AGES * YEARS;
    struct fact *rows = arena_array(arena, count, sizeof *rows);
    uint32_t state = 7;
    for (size_t f = 0; f < count; f++) {
        size_t at = f;
        rows[f].leaf[DIM_PERIOD] = (uint16_t)(at % YEARS);
        rows[f].leaf[DIM_AGE] = (uint16_t)((at /= YEARS) % AGES);
        rows[f].leaf[DIM_SEX] = (uint16_t)((at /= AGES) % 2);
        rows[f].leaf[DIM_SITE] = (uint16_t)((at /= 2) % SITES);
        rows[f].leaf[DIM_TERRITORY] = (uint16_t)(at / SITES);
        rows[f].count = 1 + draw(&state) % 9;
    }
    return (struct facts){rows, count};
}

static struct cube_axis every(struct arena *arena,
                              const struct dimension *dimension)
{
    int *nodes = arena_array(arena, dimension->count, sizeof *nodes);
    for (size_t n = 0; n < dimension->count; n++)
        nodes[n] = (int)n;
    return (struct cube_axis){nodes, dimension->count};
}

static void bench_cube(struct arena *arena, const struct codes *codes,
                       const struct facts *facts)
{
    struct cube_axis axes[DIM_COUNT];
    const int total = 0;
    for (size_t d = 0; d < DIM_COUNT; d++)
        axes[d] = every(arena, &codes->dims[d]);
    axes[DIM_AGE] = (struct cube_axis){&total, 1};
    struct cube *cube = NULL;
    struct err err = {0};
    double started = seconds();
    if (!cube_build(arena, codes, facts, NULL, axes, &cube, &err))
        return;
    double taken = seconds() - started;
    printf("cube: %zu facts into %zu cells in %.2f s, %.0f facts/s\n",
           facts->count, cube->cells, taken, (double)facts->count / taken);
}

static void bench_counts(struct arena *arena, const struct codes *codes,
                         const struct facts *facts)
{
    struct calc_source source = {.facts = facts};
    struct calc_counts *counts;
    struct err err = {0};
    double started = seconds();
    if (!calc_counts_new(arena, codes, &source, &counts, &err))
        return;
    double indexed = seconds() - started;
    uint32_t state = 3;
    int64_t sum = 0;
    started = seconds();
    for (int q = 0; q < QUESTIONS; q++) {
        int node[DIM_COUNT];
        int64_t count;
        bool structural;
        for (size_t d = 0; d < DIM_COUNT; d++)
            node[d] = (int)(draw(&state) % codes->dims[d].count);
        if (calc_count(counts, node, &count, &structural, &err))
            sum += count;
    }
    printf("single counts: index in %.2f s, %.0f counts/s (check %lld)\n",
           indexed, QUESTIONS / (seconds() - started), (long long)sum);
}

int main(void)
{
    static const size_t leaves[DIM_COUNT] = {DEPARTEMENTS, SITES, 2,
                                             AGES,         YEARS, 1};
    struct arena *arena = arena_new();
    struct codes codes = {0};
    for (unsigned d = 0; d < DIM_COUNT; d++)
        codes.dims[d] = flat(arena, (enum dim)d, leaves[d]);
    struct facts facts = make_facts(arena);
    bench_rates();
    bench_cube(arena, &codes, &facts);
    bench_counts(arena, &codes, &facts);
    arena_free(arena);
    return 0;
}
