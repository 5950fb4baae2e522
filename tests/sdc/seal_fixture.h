/* SPDX-License-Identifier: EUPL-1.2 */
/* seal_fixture.h - the closed half of a release, in memory: small counts of
 * the vocabulary of calc_fixture.h, one table of counts and one of each kind
 * of value, derived, protected and sealed by the program's own functions. */
#ifndef SEAL_FIXTURE_H
#define SEAL_FIXTURE_H

#include "unit/calc_fixture.h"

#include "base/progress.h"
#include "seal/seal_ages.h"
#include "seal/seal_impl.h"

enum { FIXTURE_TABLES = 8 };

static const struct standard_band seal_fixture_bands[] = {
    {0, 14, 30}, {15, 49, 40}, {50, 74, 20}, {75, -1, 10}};

static const struct standard_band seal_fixture_old[] = {
    {0, 14, 13}, {15, 49, 17}, {50, 74, 29}, {75, -1, 41}};

struct seal_fixture {
    struct arena *arena;
    struct seal seal;
    struct seal_job job;
    struct project project;
    struct plan plan;
    struct standard standards[2];
    struct progress progress;
    struct plan_table tables[FIXTURE_TABLES];
    struct plan_value values[FIXTURE_TABLES];
    struct estimate estimate;
    struct facts cases, population;
    struct waiver waiver;
    struct policy_rule rule;
    struct rule_cells listed;
    struct err err;
};

static const struct measure seal_fixture_measures[] = {
    {.code = "cases",
     .kind = MEASURE_COUNT,
     .unit = "cases",
     .table_name = "cases",
     .numerator = "",
     .denominator = "",
     .source = "",
     .method = "",
     .label = {"", ""},
     .confidential = true},
    {.code = "population",
     .kind = MEASURE_PERSON_YEARS,
     .unit = "person_years",
     .table_name = "population",
     .numerator = "",
     .denominator = "",
     .source = "",
     .method = "",
     .label = {"", ""}},
    {.code = "part",
     .kind = MEASURE_PROPORTION,
     .unit = "percent",
     .table_name = "",
     .numerator = "cases",
     .denominator = "population",
     .source = "",
     .method = "",
     .label = {"", ""}},
    {.code = "survival",
     .kind = MEASURE_ESTIMATE,
     .unit = "percent",
     .table_name = "survival",
     .numerator = "",
     .denominator = "",
     .source = "",
     .method = "",
     .label = {"", ""}},
};

/* Counts of 0 to 3 by age: those of a place, a site and a year lie around
 * T = 5, and the reliability limits of 10 and 20 among their sums. */
static inline struct facts seal_fixture_cases(struct arena *arena)
{
    struct facts facts = calc_fixture_cases(arena);
    struct fact *rows = (struct fact *)(uintptr_t)facts.rows;
    for (size_t f = 0; f < facts.count; f++)
        rows[f].count /= 8;
    return facts;
}

/* A rule withholds a total of all sites that is large enough to be shown. */
static inline void seal_fixture_policy(struct seal_fixture *fixture)
{
    static const char *place[] = {"code:pays/FR"}, *year[] = {"2019"};
    fixture->listed.select[DIM_TERRITORY] = (struct selection){place, 1};
    fixture->listed.select[DIM_PERIOD] = (struct selection){year, 1};
    fixture->rule = (struct policy_rule){.kind = RULE_MUST_SUPPRESS,
                                         .label = {"", ""},
                                         .audience = AUDIENCE_ANY,
                                         .cells = &fixture->listed,
                                         .cell_count = 1};
    fixture->waiver =
        (struct waiver){.kind = "standardised_rate",
                        .reason = {"Essai", "Trial"},
                        .owner = {"Registre d’essai", "Trial registry"},
                        .date = "2026-01-01"};
    fixture->project = (struct project){
        .id = "essai",
        .policy = {.threshold = 5,
                   .unreliable_under = 10,
                   .caution_under = 20,
                   .waivers = &fixture->waiver,
                   .waiver_count = 1,
                   .rules = &fixture->rule,
                   .rule_count = 1},
    };
}

static inline void seal_fixture_measure(struct seal_fixture *fixture,
                                        struct seal *seal)
{
    size_t count = COUNT_OF(seal_fixture_measures);
    seal->codes.measures =
        arena_array(fixture->arena, count, sizeof(struct measure));
    memcpy(seal->codes.measures, seal_fixture_measures,
           sizeof seal_fixture_measures);
    seal->codes.measure_count = count;
    seal->measures = arena_array(fixture->arena, count, sizeof *seal->measures);
    for (size_t m = 0; m < count; m++) {
        seal->measures[m].measure = &seal->codes.measures[m];
        seal->measures[m].read = true;
    }
    fixture->cases = seal_fixture_cases(fixture->arena);
    fixture->population = calc_fixture_population(fixture->arena);
    fixture->estimate = (struct estimate){.node = {0, -1, -1, -1, -1, -1},
                                          .value = 62.5,
                                          .lower = 60,
                                          .upper = 65,
                                          .has_interval = true,
                                          .status = ' '};
    seal->measures[0].facts = fixture->cases;
    seal->measures[1].facts = fixture->population;
    seal->measures[3].estimates = (struct estimates){&fixture->estimate, 1};
}

static inline struct seal_fixture *seal_fixture_new(void)
{
    struct arena *arena = arena_new();
    struct seal_fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    seal_fixture_policy(fixture);
    fixture->standards[0] = (struct standard){
        .code = "world", .total = 100, .bands = seal_fixture_bands, .count = 4};
    fixture->standards[1] = (struct standard){
        .code = "old", .total = 100, .bands = seal_fixture_old, .count = 4};
    fixture->plan = (struct plan){.tables = fixture->tables,
                                  .standards = fixture->standards,
                                  .standard_count = 2};
    fixture->progress = progress_new(true, false);
    fixture->job = (struct seal_job){.project = &fixture->project,
                                     .plan = &fixture->plan,
                                     .progress = &fixture->progress};
    fixture->seal = (struct seal){.closed = arena, .job = &fixture->job};
    fixture->seal.codes = calc_fixture_codes(arena);
    seal_fixture_measure(fixture, &fixture->seal);
    return fixture;
}

/* A table of one value over every place, site and sex, two years and both. */
static inline void seal_fixture_table(struct seal_fixture *fixture,
                                      const char *measure,
                                      struct plan_value value)
{
    static const char *places[] = {"all"}, *sites[] = {"every"};
    static const char *sexes[] = {"T", "M", "F"};
    static const char *periods[] = {"2019", "2020", "2019-2020"};
    size_t t = fixture->plan.table_count++;
    fixture->values[t] = value;
    fixture->tables[t] = (struct plan_table){
        .report = "r",
        .id = arena_format(fixture->arena, "r.t%zu", t),
        .title = {"", ""},
        .note = {"", ""},
        .measure = measure,
        .person_years = text_same(measure, "survival") ? "" : "population",
        .values = &fixture->values[t],
        .value_count = 1,
    };
    fixture->tables[t].select[DIM_TERRITORY] = (struct selection){places, 1};
    fixture->tables[t].select[DIM_SITE] = (struct selection){sites, 1};
    fixture->tables[t].select[DIM_SEX] = (struct selection){sexes, 3};
    fixture->tables[t].select[DIM_PERIOD] = (struct selection){periods, 3};
}

/* Computes the first tables of the seal again from its counts. */
static inline void seal_fixture_derive(struct seal_fixture *fixture,
                                       struct arena *arena, size_t tables,
                                       struct derived_table **out)
{
    struct seal *seal = &fixture->seal;
    for (size_t t = 0; t < tables; t++) {
        if (!derived_build(arena, &seal->codes, &fixture->plan,
                           &seal->ladders[t].table, &fixture->project.policy,
                           seal_lookup, seal, &out[t], &fixture->err))
            fail_msg("%s", fixture->err.text);
    }
}

/* Computes all tables of the seal. */
static inline void seal_fixture_start(struct seal_fixture *fixture)
{
    struct seal *seal = &fixture->seal;
    seal->tables = arena_array(fixture->arena, fixture->plan.table_count,
                               sizeof *seal->tables);
    seal_ladder_start(seal);
    seal_fixture_derive(fixture, fixture->arena, fixture->plan.table_count,
                        seal->tables);
}

/* All that the closed half decides. */
static inline void seal_fixture_protect(struct seal_fixture *fixture)
{
    struct seal *seal = &fixture->seal;
    struct seal_ages *ages = NULL;
    seal_fixture_start(fixture);
    bool ok = seal_gather(seal, &fixture->project.policy, &fixture->err) &&
              sdc_protect(fixture->arena, seal->universe, seal_count, seal,
                          &seal->clearance, &fixture->err) &&
              seal_ages_decide(seal, &ages, &fixture->err);
    if (!ok)
        fail_msg("%s", fixture->err.text);
    seal->ages = ages;
}

/* Cases come from more sources than rules can tell apart. */
static inline void seal_fixture_many_sources(struct seal_fixture *fixture)
{
    struct text sources = text_new(fixture->arena);
    for (int s = 0; s < 65; s++)
        text_format(&sources, "%sS%d", s == 0 ? "" : " ; ", s);
    fixture->seal.codes.measures[0].source = sources.at;
}

static inline void seal_fixture_end(struct seal_fixture *fixture)
{
    arena_wipe(fixture->arena);
}

#endif
