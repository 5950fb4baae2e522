/* SPDX-License-Identifier: EUPL-1.2 */
/* chart_fixture.h - invented series that have everything a chart can meet. */
#ifndef CHART_FIXTURE_H
#define CHART_FIXTURE_H

#include "chart/chart.h"

#include <math.h>

enum { YEARS = 14, AGES = 18, REGIONS = 18 };

static const char *const fixture_ages[AGES] = {
    "0-4\u00a0ans",   "5-9\u00a0ans",       "10-14\u00a0ans", "15-19\u00a0ans",
    "20-24\u00a0ans", "25-29\u00a0ans",     "30-34\u00a0ans", "35-39\u00a0ans",
    "40-44\u00a0ans", "45-49\u00a0ans",     "50-54\u00a0ans", "55-59\u00a0ans",
    "60-64\u00a0ans", "65-69\u00a0ans",     "70-74\u00a0ans", "75-79\u00a0ans",
    "80-84\u00a0ans", "85\u00a0ans et plus"};

static const char *const fixture_regions[REGIONS] = {
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Hauts-de-France",
    "Île-de-France",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d’Azur",
    "Guadeloupe",
    "Martinique",
    "Guyane",
    "La Réunion",
    "Mayotte"};

/* One decimal, like published rates. */
static inline double fixture_round(double value)
{
    return round(value * 10) / 10;
}

static inline struct chart_point fixture_point(const char *label, double x,
                                               double value, double half)
{
    return (struct chart_point){
        .label = label,
        .x = x,
        .availability = AVAILABLE,
        .value = fixture_round(value),
        .has_interval = half > 0,
        .lower = fixture_round(value - half),
        .upper = fixture_round(value + half),
    };
}

static inline void fixture_hide(struct chart_point *point,
                                enum availability availability)
{
    point->availability = availability;
    point->has_interval = false;
    point->value = 0;
}

/* Years 2010..2023, the last two projected. */
static inline struct chart_series fixture_years(struct arena *arena,
                                                const char *label, double start,
                                                double step, double half)
{
    struct chart_point *points = arena_array(arena, YEARS, sizeof *points);
    for (int i = 0; i < YEARS; i++) {
        const char *year = arena_format(arena, "%d", 2010 + i);
        double wave = (i * 7 % 5 - 2) * step * 0.6;
        points[i] =
            fixture_point(year, 2010 + i, start + step * i + wave, half);
        points[i].flags = i >= 12 ? FLAG_PROJECTED : 0;
    }
    return (struct chart_series){label, points, YEARS, ROLE_VALUES};
}

static inline struct chart_series fixture_age_rates(struct arena *arena,
                                                    const char *label,
                                                    double top,
                                                    double half_share)
{
    struct chart_point *points = arena_array(arena, AGES, sizeof *points);
    for (int i = 0; i < AGES; i++) {
        double value = top * pow((i + 1) / 15.0, 3) * exp(-i / 30.0) + 1;
        points[i] =
            fixture_point(fixture_ages[i], i, value, value * half_share);
    }
    return (struct chart_series){label, points, AGES, ROLE_VALUES};
}

static inline struct chart_series
fixture_areas(struct arena *arena, const char *label, double centre)
{
    struct chart_point *points = arena_array(arena, REGIONS, sizeof *points);
    for (int i = 0; i < REGIONS; i++) {
        double value = centre + (i * 11 % 18 - 9) * centre / 40;
        points[i] =
            fixture_point(fixture_regions[i], i, value, 2 + (i * 5 % 7));
    }
    fixture_hide(&points[17], CONFIDENTIAL);
    fixture_hide(&points[15], UNRELIABLE);
    points[14].flags = FLAG_CAUTION;
    return (struct chart_series){label, points, REGIONS, ROLE_VALUES};
}

static inline struct chart_point *fixture_edit(struct chart_series *series)
{
    return (struct chart_point *)(uintptr_t)series->points;
}

/* Looks of men, women and all, in this order. */
static const unsigned char fixture_sexes[CHART_SEXES] = {0, 1, 2};

/* Two sexes over years: a gap, a break, projected ends. */
static inline struct chart_job fixture_line(struct arena *arena, enum lang lang)
{
    struct chart_series *series = arena_array(arena, 2, sizeof *series);
    series[0] =
        fixture_years(arena, lang == LANG_FR ? "Hommes" : "Men", 58, -0.8, 2.2);
    series[1] = fixture_years(arena, lang == LANG_FR ? "Femmes" : "Women", 16,
                              0.9, 1.4);
    fixture_hide(&fixture_edit(&series[1])[4], CONFIDENTIAL);
    fixture_hide(&fixture_edit(&series[1])[5], UNRELIABLE);
    fixture_edit(&series[0])[8].flags |= FLAG_BREAK;
    return (struct chart_job){
        .kind = "line",
        .lang = lang,
        .title = lang == LANG_FR ? "Taux d’incidence du cancer du poumon"
                                 : "Incidence rate of lung cancer",
        .y_label = lang == LANG_FR
                       ? "Taux standardisé (monde) pour 100\u202f000 "
                         "personnes-années"
                       : "Standardised rate (world) per 100,000 person-years",
        .source = lang == LANG_FR ? "données inventées" : "invented data",
        .series = series,
        .series_count = 2,
        .looks = fixture_sexes,
        .decimals = 1,
    };
}

static inline struct chart_job fixture_many(struct arena *arena)
{
    static const char *const names[] = {"Sein",
                                        "Prostate",
                                        "Poumon",
                                        "Côlon-rectum",
                                        "Mélanome de la peau",
                                        "Lèvre, bouche et pharynx"};
    static const double starts[] = {92, 104, 43, 41, 14, 18};
    static const double steps[] = {0.9, -0.9, 0.3, -0.4, 0.8, -0.1};
    struct chart_series *series = arena_array(arena, 6, sizeof *series);
    for (size_t i = 0; i < 6; i++)
        series[i] = fixture_years(arena, names[i], starts[i], steps[i], 0);
    return (struct chart_job){
        .kind = "line",
        .title = "",
        .series = series,
        .series_count = 6,
        .y_label = "Taux standardisé pour 100\u202f000",
        .decimals = 1,
    };
}

static inline struct chart_job fixture_age(struct arena *arena)
{
    struct chart_series *series = arena_array(arena, 2, sizeof *series);
    series[0] = fixture_age_rates(arena, "Hommes", 430, 0.12);
    series[1] = fixture_age_rates(arena, "Femmes", 160, 0.12);
    fixture_hide(&fixture_edit(&series[0])[1], CONFIDENTIAL);
    fixture_hide(&fixture_edit(&series[1])[2], CONFIDENTIAL);
    return (struct chart_job){
        .kind = "age",
        .title = "Taux d’incidence par âge",
        .y_label = "Taux pour 100\u202f000 personnes-années",
        .x_label = "Âge (années)",
        .series = series,
        .series_count = 2,
        .looks = fixture_sexes,
        .decimals = 1,
    };
}

static inline struct chart_job fixture_bar(struct arena *arena)
{
    struct chart_series *series = arena_array(arena, 1, sizeof *series);
    series[0] = fixture_areas(arena, "", 55);
    return (struct chart_job){
        .kind = "bar",
        .title = "Incidence du cancer du poumon par région",
        .y_label = "Taux standardisé pour 100\u202f000 personnes-années",
        .series = series,
        .series_count = 1,
        .decimals = 1,
    };
}

/* The first six regions, three series. */
static inline struct chart_job fixture_bars(struct arena *arena)
{
    struct chart_series *series = arena_array(arena, 3, sizeof *series);
    series[0] = fixture_areas(arena, "Hommes", 55);
    series[1] = fixture_areas(arena, "Femmes", 22);
    series[2] = fixture_areas(arena, "Ensemble", 38);
    for (size_t s = 0; s < 3; s++)
        series[s].count = 6;
    fixture_hide(&fixture_edit(&series[1])[2], UNRELIABLE);
    return (struct chart_job){
        .kind = "bar",
        .title = "",
        .series = series,
        .series_count = 3,
        .looks = fixture_sexes,
        .y_label = "Taux standardisé pour 100\u202f000",
        .decimals = 1,
    };
}

static inline struct chart_job fixture_pyramid(struct arena *arena)
{
    struct chart_series *series = arena_array(arena, 2, sizeof *series);
    series[0] = fixture_age_rates(arena, "Hommes", 4300, 0);
    series[1] = fixture_age_rates(arena, "Femmes", 3600, 0);
    fixture_hide(&fixture_edit(&series[1])[0], CONFIDENTIAL);
    return (struct chart_job){
        .kind = "pyramid",
        .title = "Nouveaux cas par âge",
        .y_label = "Nombre de cas",
        .series = series,
        .series_count = 2,
        .looks = fixture_sexes,
    };
}

#endif
