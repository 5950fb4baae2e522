/* SPDX-License-Identifier: EUPL-1.2 */
/* store/sample_data.h - the facts that the synthetic store is made from.
 *
 * Public, aggregated and rounded: rates by age, never counts of persons by
 * place. Each table names its source. */
#ifndef STORE_SAMPLE_DATA_H
#define STORE_SAMPLE_DATA_H

#include "base/base.h"

enum {
    SAMPLE_REGIONS = 18,
    SAMPLE_DEPARTEMENTS = 101,
    SAMPLE_AGES = 18,
    SAMPLE_FIRST_YEAR = 2004,
    SAMPLE_YEARS = 20, /* 2004 to 2023 */
    SAMPLE_LAST_YEAR = SAMPLE_FIRST_YEAR + SAMPLE_YEARS - 1,
    SAMPLE_QUINTILES = 5,
};

struct sample_place {
    const char *code, *label, *article;
    const char *region; /* of a département */
    int quintile;       /* 1 least deprived ... 5 most */
};

struct sample_site {
    const char *code, *parent, *label_fr, *label_en, *icd10, *sex;
};

struct sample_curve {
    const char *site; /* a leaf of sample_sites */
    char sex;
    short trend, death_trend; /* yearly change, per mille */
    short spread;      /* of log rates between départements, per mille */
    short gradient;    /* per quintile, per mille */
    short survival;    /* net, five years, % */
    int prevalence[2]; /* persons: within five years; total */
    double cases[SAMPLE_AGES];  /* per 100,000, in the last year */
    double deaths[SAMPLE_AGES]; /* per 100,000, in the last year */
};

extern const struct sample_place sample_regions[SAMPLE_REGIONS];
extern const struct sample_place sample_departements[SAMPLE_DEPARTEMENTS];
extern const struct sample_site sample_sites[]; /* parents before parts */
extern const size_t sample_site_count;
/* In the order of the leaves of sample_sites, men before women. */
extern const struct sample_curve sample_curves[];
extern const size_t sample_curve_count;
/* Population in tens on 1 January 2004, 2013, 2022. */
extern const uint16_t sample_people[SAMPLE_DEPARTEMENTS][2][SAMPLE_AGES][3];

#endif
