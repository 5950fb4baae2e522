/* SPDX-License-Identifier: EUPL-1.2 */
/* released_places.h - small releases of one place, its ages and standardised
 * rates, attacked from their files, against the enumeration of all counts that
 * print the same. */
#ifndef RELEASED_PLACES_H
#define RELEASED_PLACES_H

#include "released_files.h"
#include "world.h"

#include <math.h>

#include "base/num.h"
#include "calc/distribution.h"
#include "calc/kernel.h"
#include "sdc/audit_sheet.h"
#include "sdc/released_impl.h"

enum {
    AGES = 3,
    THRESHOLD = 11,
};

static const struct standard_band world_bands[] = {
    {0, 39, 60}, {40, 64, 30}, {65, -1, 10}};
static const struct standard_band old_bands[] = {{40, 64, 60}, {65, -1, 40}};
/* Whose square is no number of its own. */
static const struct standard_band faint_bands[] = {
    {0, 39, 1e-200}, {40, 64, 50}, {65, -1, 50}};
static const struct standard standards[] = {
    {.code = "world",
     .label = {"", ""},
     .source = "",
     .total = 100,
     .bands = world_bands,
     .count = COUNT_OF(world_bands)},
    {.code = "old",
     .label = {"", ""},
     .source = "",
     .total = 100,
     .bands = old_bands,
     .count = COUNT_OF(old_bands)},
    {.code = "faint",
     .label = {"", ""},
     .source = "",
     .total = 100,
     .bands = faint_bands,
     .count = COUNT_OF(faint_bands)},
};
static const char *const age_codes[AGES] = {"00-39", "40-64", "65+"};

struct trial {
    struct arena *arena;
    struct released *released;
    enum audit_verdict *verdicts;
    struct err err;
};

static inline void attack(struct trial *trial, const char *rows)
{
    char *folder = check_directory();
    const struct released_files files = {
        .head = "\"disclosure\": {\"threshold\": 11, \"rules\": []}",
        .territory = "dep,A,A,A,,,,,,\n",
        .age = "total,T,T,T,,,,,0,-1\nleaf,00-39,x,x,,,,,0,39\n"
               "leaf,40-64,x,x,,,,,40,64\nleaf,65+,x,x,,,,,65,-1\n",
        .period = "leaf,2021,x,x,,,,,2021,2021\nleaf,2022,x,x,,,,,2022,2022\n"
                  "band,2021-2022,x,x,,,,,2021,2022\n",
        .relation = "age,total,T,leaf,00-39\nage,total,T,leaf,40-64\n"
                    "age,total,T,leaf,65+\nperiod,band,2021-2022,leaf,2021\n"
                    "period,band,2021-2022,leaf,2022\n",
        .rows = rows,
    };
    trial->arena = arena_new();
    released_write(trial->arena, folder, &files);
    const struct released_input given = {
        .directory = folder,
        .standards = standards,
        .standard_count = COUNT_OF(standards),
    };
    struct audit_effort effort = {0};
    if (!released_read(trial->arena, &given, &trial->released, &trial->err))
        fail_msg("%s", trial->err.text);
    struct audit_input input =
        released_attack(trial->arena, trial->released, AUDIT_STRICT);
    trial->verdicts =
        arena_array(trial->arena, input.cells, sizeof *trial->verdicts);
    if (!audit_public(&input, trial->verdicts, &effort, &trial->err))
        fail_msg("%s", trial->err.text);
    check_remove(folder);
}

/* True when a cell whose name ends so is exposed. */
static inline bool is_exposed(const struct trial *trial, const char *ending)
{
    bool found = false, exposed = false;
    for (size_t c = 0; c < trial->released->universe->count; c++) {
        if (!text_ends(released_name(trial->arena, trial->released, c), ending))
            continue;
        assert_false(found);
        found = true;
        exposed = trial->verdicts[c] == AUDIT_EXPOSED;
    }
    assert_true(found);
    return exposed;
}

static inline bool any_exposed(const struct trial *trial)
{
    bool exposed = false;
    for (size_t c = 0; c < trial->released->universe->count; c++)
        exposed = exposed || trial->verdicts[c] == AUDIT_EXPOSED;
    return exposed;
}

/* --- rates of small places ------------------------------------------------ */

enum { NUMBERS = 3 }; /* a rate and its limits */

struct place {
    int count[AGES], years[AGES];
    int decimals;
    bool limits; /* are printed as well */
    double printed[NUMBERS];
};

static inline void place_compute(const struct place *place,
                                 const int count[AGES], double out[NUMBERS])
{
    double counts[AGES], years[AGES], weights[AGES];
    struct kernel_interval rate;
    for (size_t a = 0; a < AGES; a++) {
        counts[a] = count[a];
        years[a] = place->years[a];
        weights[a] = world_bands[a].weight;
    }
    CHECK(kernel_standardised_rate(counts, years, weights, AGES, 100, 1e5, 0.95,
                                   &rate));
    out[0] = rate.value;
    out[1] = rate.lower;
    out[2] = rate.upper;
}

static inline void place_print(struct place *place)
{
    place_compute(place, place->count, place->printed);
    for (size_t n = 0; n < NUMBERS; n++)
        place->printed[n] = num_round(place->printed[n], place->decimals);
}

static inline struct place random_place(uint64_t *state, int decimals)
{
    struct place place = {.decimals = decimals};
    for (size_t a = 0; a < AGES; a++) {
        place.count[a] = world_below(state, 8 + 4 * (int)a);
        place.years[a] = 900 + world_below(state, 60000);
    }
    place_print(&place);
    return place;
}

static inline int place_total(const struct place *place)
{
    return place->count[0] + place->count[1] + place->count[2];
}

/* The files' rows, with the person-years of each age. */
static inline const char *place_rows(struct arena *arena,
                                     const struct place *place, bool aged)
{
    struct text rows = text_new(arena);
    for (size_t a = 0; a < AGES && aged; a++)
        text_format(&rows, "cases,person_years,,dep,A,POU,M,%s,2021,T,%d,,,v\n",
                    age_codes[a], place->years[a]);
    text_format(&rows, "cases,count,,dep,A,POU,M,T,2021,T,%d,,,v\n",
                place_total(place));
    text_add(&rows, "cases,asr_world,world,dep,A,POU,M,T,2021,T");
    for (size_t n = 0; n < NUMBERS; n++) {
        text_add(&rows, ",");
        if (n == 0 || place->limits)
            num_print(&rows, place->printed[n], place->decimals);
    }
    text_add(&rows, ",v\n");
    return rows.at;
}

static inline bool prints_the_same(const struct place *place,
                                   const int tried[AGES])
{
    double half = 0.5 * pow(10.0, -place->decimals), out[NUMBERS];
    bool same = true;
    place_compute(place, tried, out);
    for (size_t n = 0; n < NUMBERS && (n == 0 || place->limits); n++)
        same = same && fabs(out[n] - place->printed[n]) <= half * 1.000001;
    return same;
}

/* DESIGN section 6, of all age counts that print the same. */
static inline bool enumerate(const struct place *place, size_t age)
{
    int total = place_total(place), least = total, most = 0, tried[AGES];
    for (tried[0] = 0; tried[0] <= total; tried[0]++) {
        for (tried[1] = 0; tried[0] + tried[1] <= total; tried[1]++) {
            tried[2] = total - tried[0] - tried[1];
            if (!prints_the_same(place, tried))
                continue;
            least = tried[age] < least ? tried[age] : least;
            most = tried[age] > most ? tried[age] : most;
        }
    }
    return least < THRESHOLD && most > 0 && most - least < THRESHOLD - 2;
}

#endif
