/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "store/sample_impl.h"

/* --- code lists ---------------------------------------------------------- */

bool sample_row(struct sampling *sampling, const char *table,
                const char *const *cells, struct err *err)
{
    enum writer_outcome outcome =
        writer_row(sampling->writer, schema_table(table), cells, err);
    return outcome == WRITER_OK ||
           (outcome == WRITER_DUPLICATE &&
            err_fail(err, ERR_IO, "store.write", "table '%s': '%s' twice",
                     table, cells[0]));
}

#define ROW(sampling, table, err, ...)                                         \
    sample_row(sampling, table, (const char *const[]){__VA_ARGS__}, err)

static bool write_registry(struct sampling *sampling, struct err *err)
{
    const char *snapshot = arena_format(sampling->closed, "fictif-%llu",
                                        (unsigned long long)sampling->seed);
    const char *const pairs[][2] = {
        {"schema_version", "1"},
        {"name", "Registre national des cancers (données fictives)"},
        {"name.en", "National cancer registry (synthetic data)"},
        {"extraction_date", "2026-01-15"},
        {"code_vintage", "COG 2026"},
        {"snapshot", snapshot},
        {"synthetic", "yes"},
        {"standard.incidence_calibrated", "world"},
        {"level.country.fr", "pays"},
        {"level.country.en", "country"},
        {"level.region.fr", "région"},
        {"level.region.en", "région"},
        {"level.departement.fr", "département"},
        {"level.departement.en", "département"},
        {"level.quintile.fr", "quintile de désavantage social"},
        {"level.quintile.en", "deprivation quintile"},
    };
    for (size_t p = 0; p < COUNT_OF(pairs); p++) {
        if (!sample_row(sampling, "registry", pairs[p], err))
            return false;
    }
    return true;
}

static bool write_territories(struct sampling *sampling, struct err *err)
{
    if (!ROW(sampling, "territory", err, "country", "FR", "", "", "France",
             "en |de la ", "", ""))
        return false;
    for (size_t r = 0; r < SAMPLE_REGIONS; r++) {
        const struct sample_place *place = &sample_regions[r];
        if (!ROW(sampling, "territory", err, "region", place->code, "country",
                 "FR", place->label, place->article, "2016-01-01", ""))
            return false;
    }
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        const struct sample_place *place = &sample_departements[d];
        if (!ROW(sampling, "territory", err, "departement", place->code,
                 "region", place->region, place->label, place->article, "", ""))
            return false;
    }
    return true;
}

static bool write_quintiles(struct sampling *sampling, struct err *err)
{
    static const char *const quintiles[SAMPLE_QUINTILES][3] = {
        {"Q1", "Quintile 1 (le moins défavorisé)",
         "Quintile 1 (least deprived)"},
        {"Q2", "Quintile 2", "Quintile 2"},
        {"Q3", "Quintile 3", "Quintile 3"},
        {"Q4", "Quintile 4", "Quintile 4"},
        {"Q5", "Quintile 5 (le plus défavorisé)", "Quintile 5 (most deprived)"},
    };
    for (size_t q = 0; q < SAMPLE_QUINTILES; q++) {
        if (!sample_row(sampling, "quintile", quintiles[q], err) ||
            !ROW(sampling, "zone", err, "quintile", quintiles[q][0],
                 quintiles[q][1], ""))
            return false;
    }
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        const struct sample_place *place = &sample_departements[d];
        if (!ROW(sampling, "zone_member", err, "quintile",
                 quintiles[place->quintile - 1][0], "departement", place->code))
            return false;
    }
    return true;
}

static bool write_sites(struct sampling *sampling, struct err *err)
{
    for (size_t s = 0; s < sample_site_count; s++) {
        const struct sample_site *site = &sample_sites[s];
        if (!ROW(sampling, "site", err, site->code, site->parent,
                 site->label_fr, site->label_en, site->icd10, site->sex))
            return false;
    }
    return true;
}

static bool write_small_lists(struct sampling *sampling, struct err *err)
{
    static const char *const strata[][3] = {
        {"1", "1 an", "1 year"},
        {"5", "5 ans", "5 years"},
        {"10", "10 ans", "10 years"},
    };
    if (!ROW(sampling, "sex", err, "M", "Hommes", "Men") ||
        !ROW(sampling, "sex", err, "F", "Femmes", "Women"))
        return false;
    for (size_t s = 0; s < COUNT_OF(strata); s++) {
        if (!sample_row(sampling, "stratum", strata[s], err))
            return false;
    }
    if (!sample_write_stage_codes(sampling, err))
        return false;
    for (int a = 0; a < SAMPLE_AGES; a++) {
        const char *low = arena_format(sampling->closed, "%d", 5 * a);
        const char *high = a == SAMPLE_AGES - 1 ? ""
                                                : arena_format(sampling->closed,
                                                               "%d", 5 * a + 4);
        if (!ROW(sampling, "age_class", err, sample_age_codes[a], low, high))
            return false;
    }
    return true;
}

#define SOURCE "Registre national des cancers, données fictives"
#define SOURCE_EN "National cancer registry, synthetic data"

bool sample_write_english(struct sampling *sampling, const char *code,
                          const char *source, const char *method,
                          struct err *err)
{
    struct arena *closed = sampling->closed;
    return ROW(sampling, "registry", err,
               arena_format(closed, "source.%s.en", code), source) &&
           ROW(sampling, "registry", err,
               arena_format(closed, "method.%s.en", code), method);
}

/* What measures say of themselves, for the English edition. */
static bool write_english(struct sampling *sampling, struct err *err)
{
    static const char *const texts[][3] = {
        {"cases", SOURCE_EN,
         "drawn around published rates; invasive tumours, year of diagnosis"},
        {"deaths", SOURCE_EN,
         "drawn around published rates; underlying cause, year of death"},
        {"population", "Insee, population estimates",
         "population on 1 January, interpolated between 2004, 2013 and 2022"},
        {"survival_net", SOURCE_EN,
         "net survival after 1, 5 and 10 years, people diagnosed from 2010 to "
         "2015; 5 years: published or modelled values"},
        {"survival_young", SOURCE_EN,
         "net survival after 1, 5 and 10 years of people under 40, modelled "
         "values"},
        {"stage_share", SOURCE_EN,
         "share of cases by condensed TNM stage, modelled values"},
        {"prevalence", SOURCE_EN,
         "people alive who have had a cancer, within 5 years or at any time "
         "(total)"},
        {"incidence_trend", SOURCE_EN,
         "average annual change of the standardised rate"},
        {"incidence_calibrated", SOURCE_EN,
         "world-standardised rate estimated from hospital stays and deaths, "
         "calibrated on the registries, from 2014 to 2023"},
    };
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        if (!sample_write_english(sampling, texts[t][0], texts[t][1],
                                  texts[t][2], err))
            return false;
    }
    return true;
}

static bool write_measures(struct sampling *sampling, struct err *err)
{
    static const char *const measures[][12] = {
        {"cases", "count", "cases", "cases", "territory site sex age period",
         "", "", "1", SOURCE,
         "tirages autour de taux publiés ; tumeurs invasives, année de "
         "diagnostic",
         "Nouveaux cas", "New cases"},
        {"deaths", "count", "deaths", "deaths", "territory site sex age period",
         "", "", "1", SOURCE,
         "tirages autour de taux publiés ; cause initiale, année de décès",
         "Décès", "Deaths"},
        {"population", "person_years", "person_years", "population",
         "territory sex age period", "", "", "0",
         "Insee, estimations de population",
         "population au 1er janvier, interpolée entre 2004, 2013 et 2022",
         "Population", "Population"},
        {"survival_net", "estimate", "percent", "survival",
         "territory site sex age stratum", "", "", "0", SOURCE,
         "survie nette à 1, 5 et 10 ans, personnes diagnostiquées de 2010 à "
         "2015 ; 5 ans : valeurs publiées ou modélisées",
         "Survie nette", "Net survival"},
        {"survival_young", "estimate", "percent", "survival",
         "territory site sex age stratum", "", "", "0", SOURCE,
         "survie nette à 1, 5 et 10 ans des personnes de moins de 40 ans, "
         "valeurs modélisées",
         "Survie nette avant 40 ans", "Net survival under 40"},
        {"stage_share", "estimate", "percent", "estimate",
         "territory site sex stratum", "", "", "0", SOURCE,
         "part des cas selon le stade TNM condensé, valeurs modélisées",
         "Répartition par stade", "Distribution by stage"},
        {"prevalence", "estimate", "persons", "prevalence",
         "territory site sex period stratum", "", "", "0", SOURCE,
         "personnes en vie ayant eu un cancer, dans les 5 ans ou à tout "
         "moment (total)",
         "Prévalence", "Prevalence"},
        {"incidence_trend", "estimate", "percent_per_year", "estimate",
         "territory site sex", "", "", "0", SOURCE,
         "variation annuelle moyenne du taux standardisé",
         "Variation annuelle moyenne de l’incidence",
         "Average annual change of incidence"},
        {"incidence_calibrated", "estimate", "per_100000", "estimate",
         "territory site sex", "", "", "0", SOURCE,
         "taux standardisé (monde) estimé à partir des séjours hospitaliers et "
         "des décès, calibrés sur les registres, de 2014 à 2023",
         "Incidence estimée", "Estimated incidence"},
    };
    for (size_t m = 0; m < COUNT_OF(measures); m++) {
        if (!sample_row(sampling, "measure", measures[m], err))
            return false;
    }
    return write_english(sampling, err) &&
           sample_write_programmes(sampling, err);
}

static bool write_coverage(struct sampling *sampling, struct err *err)
{
    for (size_t c = 0; c < sample_cover_count; c++) {
        const struct sample_cover *cover = &sample_covers[c];
        struct text completeness = text_new(sampling->closed);
        num_print(&completeness, cover->completeness / 100.0, 2);
        for (int year = cover->first; year <= cover->last; year++) {
            const char *period = arena_format(sampling->closed, "%d", year);
            if (!ROW(sampling, "coverage", err, "departement",
                     cover->departement, period, cover->site, cover->source,
                     cover->status, completeness.at))
                return false;
        }
    }
    return true;
}

static bool write_lists(struct sampling *sampling, struct err *err)
{
    return write_registry(sampling, err) && write_territories(sampling, err) &&
           write_quintiles(sampling, err) && write_sites(sampling, err) &&
           write_small_lists(sampling, err) && write_measures(sampling, err) &&
           write_coverage(sampling, err);
}

bool store_sample(const char *path, uint64_t seed, struct err *err)
{
    struct sampling sampling = {.closed = arena_new(), .seed = seed};
    sampling.model = sample_model_new(sampling.closed, seed);
    bool ok = writer_open(sampling.closed, path, &sampling.writer, err) &&
              write_lists(&sampling, err) &&
              sample_write_facts(&sampling, err) &&
              sample_write_screening(&sampling, err) &&
              sample_write_estimates(&sampling, err) &&
              writer_commit(sampling.writer, err);
    writer_close(sampling.writer);
    arena_wipe(sampling.closed);
    return ok;
}
