/* SPDX-License-Identifier: EUPL-1.2 */
/* calc_fixture.h - facts for the tests of closed/cube and closed/calc: the
 * vocabulary of model_fixture.h with a site of men in a group of its own, a
 * count for every combination of leaves, and a population without sites. */
#ifndef CALC_FIXTURE_H
#define CALC_FIXTURE_H

#include "model_fixture.h"

#include "cube/cube.h"

enum {
    FIXTURE_DEPARTEMENTS = 3,
    FIXTURE_SITES = 4, /* COL, EST, POU, PRO */
    FIXTURE_AGES = 4,
    FIXTURE_YEARS = 4,
    SITE_COL = 0,
    SITE_EST = 1,
    SITE_POU = 2,
    SITE_PRO = 3,
    SEX_M = 0,
    SEX_F = 1,
};

static inline struct codes calc_fixture_codes(struct arena *arena)
{
    static const uint16_t all[] = {0, 1, 2, 3}, men[] = {3};
    struct codes codes = fixture_codes(arena);
    struct dimension *sites = &codes.dims[DIM_SITE];
    sites->nodes[0].leaves = all;
    sites->nodes[0].leaf_count = COUNT_OF(all);
    int group = fixture_node(arena, sites, "group", "MAS", 0, men, 1);
    int prostate = fixture_leaf(arena, sites, "site", "PRO", group);
    sites->nodes[prostate].sex = "M";
    return codes;
}

static inline size_t calc_fixture_fact(struct fact *facts, size_t count,
                                       const uint16_t leaf[DIM_COUNT],
                                       int64_t value)
{
    for (size_t d = 0; d < DIM_COUNT; d++)
        facts[count].leaf[d] = leaf[d];
    facts[count].count = value;
    return count + 1;
}

/* Adds the facts of one (territory, site): every sex, age and year. */
static inline size_t calc_fixture_block(struct fact *facts, size_t count,
                                        uint16_t territory, uint16_t site)
{
    for (uint16_t at = 0; at < 2 * FIXTURE_AGES * FIXTURE_YEARS; at++) {
        uint16_t sex = at / (FIXTURE_AGES * FIXTURE_YEARS);
        uint16_t age = at / FIXTURE_YEARS % FIXTURE_AGES;
        uint16_t year = at % FIXTURE_YEARS;
        const uint16_t leaf[DIM_COUNT] = {territory, site, sex, age, year, 0};
        int64_t mixed = (7 * territory + 5 * site + 3 * sex + 11 * age +
                         2 * year + territory * site * year) %
                        17;
        if (site == CUBE_ANY)
            mixed = 10000 + 1000 * age + 100 * sex + 10 * year + territory;
        else if (site == SITE_PRO && sex == SEX_F)
            continue;
        count = calc_fixture_fact(facts, count, leaf, mixed);
    }
    return count;
}

/* Cases: counts from 0 to 16. */
static inline struct facts calc_fixture_cases(struct arena *arena)
{
    struct fact *rows = arena_array(arena, 384, sizeof *rows);
    size_t count = 0;
    for (uint16_t t = 0; t < FIXTURE_DEPARTEMENTS; t++) {
        for (uint16_t s = 0; s < FIXTURE_SITES; s++)
            count = calc_fixture_block(rows, count, t, s);
    }
    return (struct facts){rows, count};
}

static inline struct facts calc_fixture_population(struct arena *arena)
{
    struct fact *rows = arena_array(arena, 96, sizeof *rows);
    size_t count = 0;
    for (uint16_t t = 0; t < FIXTURE_DEPARTEMENTS; t++)
        count = calc_fixture_block(rows, count, t, CUBE_ANY);
    return (struct facts){rows, count};
}

/* Everything observed; change single statuses with calc_fixture_cover. */
static inline struct coverage calc_fixture_coverage(struct arena *arena,
                                                    const struct codes *codes)
{
    struct coverage coverage = {
        .territories = codes->dims[DIM_TERRITORY].leaf_count,
        .periods = codes->dims[DIM_PERIOD].leaf_count,
        .sites = codes->dims[DIM_SITE].leaf_count,
    };
    coverage.status = arena_array(
        arena, coverage.territories * coverage.periods * coverage.sites, 1);
    return coverage;
}

static inline void calc_fixture_cover(const struct coverage *coverage,
                                      size_t territory, size_t period,
                                      size_t site, enum coverage_status status)
{
    unsigned char *at = (unsigned char *)(uintptr_t)coverage->status;
    at[(territory * coverage->periods + period) * coverage->sites + site] =
        (unsigned char)status;
}

/* Axes of every node, or of one. */
static inline struct cube_axis
calc_fixture_all(struct arena *arena, const struct codes *codes, enum dim dim)
{
    size_t count = codes->dims[dim].count;
    int *nodes = arena_array(arena, count, sizeof *nodes);
    for (size_t n = 0; n < count; n++)
        nodes[n] = (int)n;
    return (struct cube_axis){nodes, count};
}

static inline bool calc_fixture_has(const struct node *node, uint16_t leaf)
{
    for (size_t i = 0; i < node->leaf_count; i++) {
        if (node->leaves[i] == leaf)
            return true;
    }
    return leaf == CUBE_ANY;
}

/* The count of a cell the slow way: every fact, every rule of cube.h. */
static inline int64_t calc_fixture_sum(const struct codes *codes,
                                       const struct facts *facts,
                                       const struct coverage *coverage,
                                       const int node[DIM_COUNT])
{
    int64_t sum = 0;
    const struct node *site = &codes->dims[DIM_SITE].nodes[node[DIM_SITE]];
    for (size_t f = 0; f < facts->count; f++) {
        const struct fact *fact = &facts->rows[f];
        bool in = true;
        for (size_t d = 0; d < DIM_COUNT; d++)
            in = in && calc_fixture_has(&codes->dims[d].nodes[node[d]],
                                        fact->leaf[d]);
        for (size_t i = 0; coverage != NULL && i < site->leaf_count; i++)
            in = in && coverage->status[(fact->leaf[DIM_TERRITORY] *
                                             coverage->periods +
                                         fact->leaf[DIM_PERIOD]) *
                                            coverage->sites +
                                        site->leaves[i]] != COVERAGE_NONE;
        sum += in ? fact->count : 0;
    }
    return sum;
}

#endif
