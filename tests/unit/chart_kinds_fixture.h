/* SPDX-License-Identifier: EUPL-1.2 */
/* chart_kinds_fixture.h - one invented job per kind of chart. */
#ifndef CHART_KINDS_FIXTURE_H
#define CHART_KINDS_FIXTURE_H

#include "chart_fixture.h"

static inline struct chart_series *kinds_series(struct arena *arena,
                                                size_t count)
{
    return arena_array(arena, count, sizeof(struct chart_series));
}

/* Ranks of all regions but the last, with their intervals. */
static inline struct chart_series kinds_ranks(struct arena *arena)
{
    struct chart_point *points = arena_array(arena, REGIONS, sizeof *points);
    for (int i = 0; i < REGIONS; i++) {
        points[i] = fixture_point(fixture_regions[i], i, 1 + i * 7 % 17, 0);
        points[i].has_interval = true;
        points[i].lower = fmax(1, points[i].value - 3);
        points[i].upper = fmin(17, points[i].value + 3);
    }
    fixture_hide(&points[17], CONFIDENTIAL);
    return (struct chart_series){"Rang", points, REGIONS, ROLE_RANK};
}

static inline struct chart_job kinds_dot(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 2);
    series[0] = fixture_areas(arena, "Hommes", 55);
    series[1] = fixture_areas(arena, "Femmes", 22);
    return (struct chart_job){
        .kind = "dot",
        .title = "Incidence du cancer du poumon par région et sexe",
        .y_label = "Taux standardisé pour 100\u202f000",
        .series = series,
        .series_count = 2,
        .looks = fixture_sexes,
        .decimals = 1,
        .reference = {true, 40, "France\u00a0: 40,0"},
    };
}

static inline struct chart_job kinds_forest(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 2);
    series[0] = fixture_areas(arena, "", 55);
    series[1] = kinds_ranks(arena);
    struct chart_job job = kinds_dot(arena);
    job.kind = "forest";
    job.series = series;
    job.looks = NULL;
    job.reference.value = 55;
    job.reference.label = "France\u00a0: 55,0";
    return job;
}

static inline struct chart_job kinds_caterpillar(struct arena *arena)
{
    struct chart_job job = kinds_forest(arena);
    job.kind = "caterpillar";
    return job;
}

static inline struct chart_job kinds_dumbbell(struct arena *arena)
{
    struct chart_job job = kinds_dot(arena);
    job.kind = "dumbbell";
    job.reference.given = false;
    fixture_hide(
        &fixture_edit((struct chart_series *)(uintptr_t)&job.series[1])[2],
        UNRELIABLE);
    return job;
}

/* Five stages over the first six regions; one part is confidential. */
static inline struct chart_job kinds_stacked(struct arena *arena)
{
    static const char *const stages[] = {"Stade I", "Stade II", "Stade III",
                                         "Stade IV", "Inconnu"};
    static const double sizes[] = {400, 250, 200, 100, 50};
    struct chart_series *series = kinds_series(arena, 5);
    for (size_t s = 0; s < 5; s++) {
        struct chart_point *points = arena_array(arena, 6, sizeof *points);
        for (int i = 0; i < 6; i++)
            points[i] =
                fixture_point(fixture_regions[i], i,
                              sizes[s] + 10 * ((i * 7 + (int)s * 3) % 9), 0);
        series[s] = (struct chart_series){stages[s], points, 6, ROLE_VALUES};
    }
    fixture_hide(&fixture_edit(&series[3])[4], CONFIDENTIAL);
    return (struct chart_job){
        .kind = "stacked",
        .title = "Cas par stade au diagnostic",
        .y_label = "Nombre de cas",
        .series = series,
        .series_count = 5,
    };
}

static inline struct chart_job kinds_parts(struct arena *arena)
{
    struct chart_job job = kinds_stacked(arena);
    job.kind = "parts";
    job.title = "Répartition des stades au diagnostic";
    return job;
}

static inline struct chart_job kinds_slope(struct arena *arena)
{
    struct chart_job job = fixture_many(arena);
    job.kind = "slope";
    job.title = "Évolution de l’incidence";
    return job;
}

static inline struct chart_job kinds_step(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 2);
    static const char *const names[] = {"Hommes", "Femmes"};
    for (size_t s = 0; s < 2; s++) {
        struct chart_point *points = arena_array(arena, 11, sizeof *points);
        for (int i = 0; i < 11; i++) {
            points[i] = fixture_point(
                arena_format(arena, "%d", i), i,
                100 * exp(-(s ? 0.07 : 0.1) * i / (1 + i / 9.0)), 2.4);
            points[i].upper = fmin(100, points[i].upper);
        }
        series[s] = (struct chart_series){names[s], points, 11, ROLE_VALUES};
    }
    return (struct chart_job){
        .kind = "step",
        .title = "Survie nette après un cancer",
        .y_label = "Survie nette (%)",
        .x_label = "Années depuis le diagnostic",
        .series = series,
        .series_count = 2,
        .looks = fixture_sexes,
        .decimals = 1,
    };
}

static inline struct chart_series kinds_limit(struct arena *arena, double z,
                                              const char *label)
{
    struct chart_point *points = arena_array(arena, 30, sizeof *points);
    for (int i = 0; i < 30; i++) {
        double expected = 10 * pow(100, i / 29.0);
        points[i] = fixture_point(arena_format(arena, "%s %d", label, i),
                                  expected, 0, 0);
        points[i].value = fmax(0.2, 1 + z / sqrt(expected));
    }
    return (struct chart_series){label, points, 30, ROLE_LIMIT};
}

/* Forty ratios, three of them outside the limits. */
static inline struct chart_job kinds_funnel(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 5);
    struct chart_point *points = arena_array(arena, 40, sizeof *points);
    for (int i = 0; i < 40; i++) {
        double expected = 15 + 24 * i;
        double value = 1 + (i * 17 % 21 - 10) * 0.15 / sqrt(expected);
        if (i % 13 == 12)
            value = 1 + (i % 2 ? -4.5 : 4.5) / sqrt(expected);
        points[i] = fixture_point(arena_format(arena, "Zone %d", i + 1),
                                  expected, 0, 0);
        points[i].value = round(value * 100) / 100;
    }
    series[0] = (struct chart_series){"", points, 40, ROLE_VALUES};
    series[1] = kinds_limit(arena, -1.96, "95 % inférieure");
    series[2] = kinds_limit(arena, 1.96, "95 % supérieure");
    series[3] = kinds_limit(arena, -3.09, "99,8 % inférieure");
    series[4] = kinds_limit(arena, 3.09, "99,8 % supérieure");
    return (struct chart_job){
        .kind = "funnel",
        .title = "Rapport standardisé de mortalité",
        .y_label = "Rapport (France = 1)",
        .x_label = "Décès attendus",
        .series = series,
        .series_count = 5,
        .decimals = 2,
        .reference = {true, 1, "France"},
    };
}

static inline struct chart_job kinds_scatter(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 2);
    struct chart_point *points = arena_array(arena, 50, sizeof *points);
    for (int i = 0; i < 50; i++) {
        double x = 4 + (i * 29 % 50) / 4.0;
        points[i] = fixture_point(arena_format(arena, "Zone %d", i + 1), x,
                                  38 + 1.5 * x + (i * 13 % 17 - 8), 0);
    }
    fixture_hide(&points[7], CONFIDENTIAL);
    struct chart_point *line = arena_array(arena, 2, sizeof *line);
    line[0] = fixture_point("début", 4, 44, 0);
    line[1] = fixture_point("fin", 16.25, 62.4, 0);
    series[0] = (struct chart_series){"", points, 50, ROLE_VALUES};
    series[1] = (struct chart_series){"Régression", line, 2, ROLE_FIT};
    return (struct chart_job){
        .kind = "scatter",
        .title = "Tabagisme et cancer du poumon",
        .y_label = "Taux standardisé pour 100\u202f000",
        .x_label = "Fumeurs quotidiens (%)",
        .series = series,
        .series_count = 2,
        .decimals = 1,
    };
}

static inline struct chart_job kinds_joinpoint(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 3);
    static const double ends[2][2][2] = {{{1990, 80}, {2005, 109}},
                                         {{2005, 109}, {2023, 91}}};
    static const char *const labels[] = {
        "1990–2005\u00a0: +2,1\u00a0% par an [1,8\u202f; 2,4]",
        "2005–2023\u00a0: −1,0\u00a0% par an [−1,3\u202f; −0,7]"};
    struct chart_point *points = arena_array(arena, 34, sizeof *points);
    for (int i = 0; i < 34; i++) {
        double base = i <= 15 ? 80 + 29 * i / 15.0 : 109 - 18 * (i - 15) / 18.0;
        points[i] = fixture_point(arena_format(arena, "%d", 1990 + i), 1990 + i,
                                  base + (i * 7 % 5 - 2) * 0.8, 0);
    }
    series[0] = (struct chart_series){"", points, 34, ROLE_VALUES};
    for (size_t f = 0; f < 2; f++) {
        struct chart_point *fit = arena_array(arena, 2, sizeof *fit);
        for (size_t e = 0; e < 2; e++)
            fit[e] = fixture_point(arena_format(arena, "%.0f", ends[f][e][0]),
                                   ends[f][e][0], ends[f][e][1], 0);
        series[f + 1] = (struct chart_series){labels[f], fit, 2, ROLE_FIT};
    }
    return (struct chart_job){
        .kind = "joinpoint",
        .title = "Incidence du cancer de la prostate",
        .y_label = "Taux standardisé pour 100\u202f000",
        .series = series,
        .series_count = 3,
        .decimals = 1,
    };
}

/* Ages over periods, the youngest withheld. */
static inline struct chart_job kinds_heat(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, AGES);
    for (int a = 0; a < AGES; a++) {
        struct chart_point *points = arena_array(arena, 8, sizeof *points);
        for (int p = 0; p < 8; p++) {
            points[p] = fixture_point(
                arena_format(arena, "%d-%d", 1984 + 5 * p, 1988 + 5 * p), p,
                exp(a / 2.8) * (1 + p / 12.0), 0);
            if (a < 2)
                fixture_hide(&points[p], p % 2 ? CONFIDENTIAL : UNRELIABLE);
        }
        series[a] =
            (struct chart_series){fixture_ages[a], points, 8, ROLE_VALUES};
    }
    return (struct chart_job){
        .kind = "heat",
        .title = "Incidence par âge et période",
        .y_label = "Taux pour 100\u202f000 personnes-années",
        .x_label = "Période",
        .series = series,
        .series_count = AGES,
        .decimals = 1,
    };
}

/* Ratios of sites over regions, around 1. */
static inline struct chart_job kinds_heat_ratios(struct arena *arena)
{
    static const char *const sites[] = {"Sein", "Prostate", "Poumon",
                                        "Côlon-rectum", "Mélanome de la peau"};
    struct chart_series *series = kinds_series(arena, 6);
    for (int r = 0; r < 6; r++) {
        struct chart_point *points = arena_array(arena, 5, sizeof *points);
        for (int s = 0; s < 5; s++) {
            points[s] = fixture_point(sites[s], s, 0, 0);
            points[s].value =
                round(exp(((r * 7 + s * 5) % 11 - 5) * 0.06) * 100) / 100;
        }
        series[r] =
            (struct chart_series){fixture_regions[r], points, 5, ROLE_VALUES};
    }
    return (struct chart_job){
        .kind = "heat",
        .title = "Rapports standardisés d’incidence",
        .y_label = "Rapport (France = 1)",
        .series = series,
        .series_count = 6,
        .decimals = 2,
        .log_scale = true,
        .width_pt = 260,
        .reference = {true, 1, "France"},
    };
}

static inline struct chart_job kinds_histogram(struct arena *arena)
{
    struct chart_series *series = kinds_series(arena, 1);
    struct chart_point *points = arena_array(arena, 96, sizeof *points);
    for (int i = 0; i < 96; i++)
        points[i] = fixture_point(
            arena_format(arena, "%02d", i + 1), i,
            54 + (i * 31 % 97 - 48) / 4.0 * (0.4 + (i * 7 % 10) / 12.0), 0);
    fixture_hide(&points[3], CONFIDENTIAL);
    series[0] = (struct chart_series){"", points, 96, ROLE_VALUES};
    return (struct chart_job){
        .kind = "histogram",
        .title = "Incidence dans les départements",
        .y_label = "Taux standardisé pour 100\u202f000",
        .x_label = "Nombre de départements",
        .series = series,
        .series_count = 1,
        .decimals = 1,
        .reference = {true, 54.2, "France\u00a0: 54,2"},
    };
}

static inline struct chart_job kinds_spine(struct arena *arena)
{
    static const char *const rows[] = {
        "Incidence, tous cancers",     "Incidence, poumon",
        "Mortalité, tous cancers",     "Mortalité, poumon",
        "Dépistage du cancer du sein", "Survie nette à 5 ans, sein"};
    static const double middles[] = {350, 45, 120, 30, 46, 88};
    static const struct {
        const char *label;
        enum chart_role role;
        double factor;
    } parts[] = {{"Loire-Atlantique", ROLE_VALUES, 1},
                 {"France", ROLE_REFERENCE, 1},
                 {"minimum", ROLE_LEAST, 0.84},
                 {"premier quart", ROLE_LOWER_QUARTER, 0.95},
                 {"troisième quart", ROLE_UPPER_QUARTER, 1.06},
                 {"maximum", ROLE_GREATEST, 1.19}};
    struct chart_series *series = kinds_series(arena, COUNT_OF(parts));
    for (size_t s = 0; s < COUNT_OF(parts); s++) {
        struct chart_point *points = arena_array(arena, 6, sizeof *points);
        for (int i = 0; i < 6; i++) {
            double shift = s ? 0 : 0.06 * sin(i * 2);
            points[i] = fixture_point(rows[i], i,
                                      middles[i] * (parts[s].factor + shift),
                                      s ? 0 : middles[i] * 0.03);
        }
        series[s] =
            (struct chart_series){parts[s].label, points, 6, parts[s].role};
    }
    fixture_hide(&fixture_edit(&series[0])[3], CONFIDENTIAL);
    return (struct chart_job){
        .kind = "spine",
        .title = "Loire-Atlantique parmi les départements",
        .series = series,
        .series_count = COUNT_OF(parts),
        .decimals = 1,
    };
}

#endif
