/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sample_model.h"

#include <string.h>

const char *const sample_age_codes[SAMPLE_AGES] = {
    "00-04", "05-09", "10-14", "15-19", "20-24", "25-29",
    "30-34", "35-39", "40-44", "45-49", "50-54", "55-59",
    "60-64", "65-69", "70-74", "75-79", "80-84", "85+",
};

/* Fiction, in the manner of a registry that is being rolled out: places that
 * joined late, two that count only part of their cases, one whose last year is
 * not in yet. Coverage is the same for all sites of a place and year: totals
 * of sites then add up, which disclosure control requires. */
const struct sample_cover sample_covers[] = {
    {"2A", 2004, 2011, "", "cases", "not covered", 0},
    {"2B", 2004, 2011, "", "cases", "not covered", 0},
    {"976", 2004, 2013, "", "cases", "not covered", 0},
    {"976", 2004, 2013, "", "deaths", "not covered", 0},
    {"973", 2004, 2008, "", "cases", "partial", 80},
    {"51", 2004, 2008, "", "cases", "not covered", 0},
    {"71", 2004, 2007, "", "cases", "not covered", 0},
    {"23", 2022, 2023, "", "cases", "partial", 85},
    {"48", 2023, 2023, "", "cases", "not covered", 0},
    {"972", 2023, 2023, "", "cases", "estimated", 100},
};
const size_t sample_cover_count = COUNT_OF(sample_covers);

/* Participation: Santé publique France and evaluation.securite-sociale.fr for
 * 2020 and 2021 (breast 43 and 51 %, colorectum 29 and 35 %) and Hamers, BEH
 * 2019 (cervix 58.7 %); between them, modelled. */
const struct sample_programme sample_programmes[] = {
    {"breast",
     "Dépistage organisé du cancer du sein",
     "Breast cancer screening programme",
     "femmes de 50 à 74 ans, invitées tous les deux ans",
     "women aged 50 to 74, invited every two years",
     10,
     14,
     false,
     2,
     2004,
     {400, 447, 493, 508, 525, 523, 520, 527, 527, 516,
      521, 515, 507, 499, 493, 486, 430, 510, 477, 465}},
    {"cervix",
     "Dépistage organisé du cancer du col de l’utérus",
     "Cervical cancer screening programme",
     "femmes de 25 à 64 ans, invitées tous les trois ans",
     "women aged 25 to 64, invited every three years",
     5,
     12,
     false,
     3,
     2018,
     {[14] = 587, 590, 560, 592, 600, 602}},
    {"colorectal",
     "Dépistage organisé du cancer colorectal",
     "Colorectal cancer screening programme",
     "personnes de 50 à 74 ans, invitées tous les deux ans",
     "people aged 50 to 74, invited every two years",
     10,
     14,
     true,
     2,
     2010,
     {[6] = 320,
      317,
      310,
      298,
      297,
      289,
      335,
      332,
      320,
      305,
      290,
      350,
      343,
      342}},
};
const size_t sample_programme_count = COUNT_OF(sample_programmes);

/* --- effects ------------------------------------------------------------- */

static void draw_effects(struct sample_model *model, uint64_t seed)
{
    for (size_t c = 0; c < sample_curve_count; c++) {
        const struct sample_curve *curve = &sample_curves[c];
        struct draw draw = draw_new(seed, 100 + c);
        double spread = curve->spread / 1000.0;
        for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
            int quintile = sample_departements[d].quintile - 3;
            double log_rate = spread * draw_normal(&draw) -
                              spread * spread / 2 +
                              curve->gradient / 1000.0 * quintile;
            model->effect[c][d] = draw_exp(log_rate);
        }
    }
}

static void spread_trend(double trend[SAMPLE_YEARS], int per_mille)
{
    double factor = 1;
    for (int y = SAMPLE_YEARS - 1; y >= 0; y--) {
        trend[y] = factor;
        factor /= 1 + per_mille / 1000.0;
    }
}

struct sample_model sample_model_new(struct arena *arena, uint64_t seed)
{
    struct sample_model model = {
        .effect = arena_array(arena, sample_curve_count, sizeof *model.effect),
        .trend = arena_array(arena, sample_curve_count, sizeof *model.trend),
    };
    draw_effects(&model, seed);
    for (size_t c = 0; c < sample_curve_count; c++) {
        spread_trend(model.trend[c][0], sample_curves[c].trend);
        spread_trend(model.trend[c][1], sample_curves[c].death_trend);
    }
    struct draw draw = draw_new(seed, 1);
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        int quintile = sample_departements[d].quintile - 3;
        model.participation[d] =
            1 + 0.08 * draw_normal(&draw) - 0.04 * quintile;
    }
    return model;
}

/* --- population ---------------------------------------------------------- */

int64_t sample_population(size_t departement, size_t sex, size_t age, int year)
{
    const uint16_t *known = sample_people[departement][sex][age];
    int part = year < 2013 ? 0 : 1;
    int64_t from = known[part], to = known[part + 1];
    int64_t years = year - (part == 0 ? 2004 : 2013);
    int64_t people = 10 * from + 10 * (to - from) * years / 9;
    return people > 0 ? people : 0;
}

/* --- expected counts ----------------------------------------------------- */

/* True when `site` is `within` or a part of it. */
static bool site_within(const char *site, const char *within)
{
    if (within[0] == '\0' || strcmp(site, within) == 0)
        return true;
    for (size_t s = 0; s < sample_site_count; s++) {
        if (strcmp(sample_sites[s].code, site) == 0)
            return strcmp(sample_sites[s].parent, within) == 0;
    }
    return false;
}

double sample_completeness(const char *departement, int year, const char *site,
                           const char *source)
{
    int percent = 100;
    for (size_t c = 0; c < sample_cover_count; c++) {
        const struct sample_cover *cover = &sample_covers[c];
        if (year >= cover->first && year <= cover->last &&
            strcmp(cover->departement, departement) == 0 &&
            strcmp(cover->source, source) == 0 &&
            site_within(site, cover->site))
            percent = cover->completeness;
    }
    return percent / 100.0;
}

double sample_expected(const struct sample_model *model, size_t curve,
                       size_t departement, size_t age, int year, bool deaths)
{
    const struct sample_curve *from = &sample_curves[curve];
    size_t sex = from->sex == 'M' ? 0 : 1;
    double rate = deaths ? from->deaths[age] : from->cases[age];
    double people = (double)sample_population(departement, sex, age, year);
    double expected = people * rate / 100000 *
                      model->trend[curve][deaths][year - SAMPLE_FIRST_YEAR] *
                      model->effect[curve][departement];
    /* Fewer diagnoses in the first year of the epidemic. */
    return year == 2020 && !deaths ? 0.95 * expected : expected;
}
