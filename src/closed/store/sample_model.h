/* SPDX-License-Identifier: EUPL-1.2 */
/* store/sample_model.h - what the synthetic store draws around: expected
 * counts, participation, coverage. */
#ifndef STORE_SAMPLE_MODEL_H
#define STORE_SAMPLE_MODEL_H

#include "base/arena.h"
#include "store/sample_data.h"
#include "store/sample_draw.h"

extern const char *const sample_age_codes[SAMPLE_AGES];

struct sample_cover {
    const char *departement;
    int first, last;    /* years */
    const char *site;   /* "" for all, a group or a leaf */
    const char *source; /* fact table */
    const char *status;
    int completeness; /* % */
};
extern const struct sample_cover sample_covers[];
extern const size_t sample_cover_count;

struct sample_programme {
    const char *name; /* "breast", ...: part of the measures' codes */
    const char *label_fr, *label_en;
    const char *method, *method_en;
    int first_age, last_age; /* classes */
    bool men;
    int interval;                      /* years between invitations */
    int first_year;                    /* earlier years: not organised */
    short participation[SAMPLE_YEARS]; /* per mille */
};
extern const struct sample_programme sample_programmes[];
extern const size_t sample_programme_count;

/* All that is random but the counts: one factor a département and curve. */
struct sample_model {
    double (*effect)[SAMPLE_DEPARTEMENTS]; /* [curve][departement] */
    double (*trend)[2][SAMPLE_YEARS];      /* [curve][cases, deaths][year] */
    double participation[SAMPLE_DEPARTEMENTS];
};

struct sample_model sample_model_new(struct arena *arena, uint64_t seed);
/* Persons on 1 January, between the three years known and beyond the last. */
int64_t sample_population(size_t departement, size_t sex, size_t age, int year);
/* Expected cases (deaths when set) of one curve, place, age and year, as far
 * as they are registered. */
double sample_expected(const struct sample_model *model, size_t curve,
                       size_t departement, size_t age, int year, bool deaths);
/* Part of the expected counts that reaches the store: 0 where nothing is
 * covered. */
double sample_completeness(const char *departement, int year, const char *site,
                           const char *source);

#endif
