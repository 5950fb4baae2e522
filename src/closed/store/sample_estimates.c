/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "store/sample_impl.h"

/* --- one row ------------------------------------------------------------- */

static const char *decimal(struct arena *closed, double value, int decimals)
{
    struct text text = text_new(closed);
    num_print(&text, num_round(value, decimals), decimals);
    return text.at;
}

bool sample_stored(struct sampling *sampling, const char *table,
                   const struct sample_stored *row, struct err *err)
{
    bool national = row->departement == NULL;
    const char *const cells[] = {
        row->measure,
        national ? "country" : "departement",
        national ? "FR" : row->departement,
        row->period,
        row->sex,
        row->age,
        row->site,
        row->stratum,
        decimal(sampling->closed, row->value, row->decimals),
        decimal(sampling->closed, row->lower, row->decimals),
        decimal(sampling->closed, row->upper, row->decimals),
        row->status,
        row->grade,
        row->has_alive ? decimal(sampling->closed, row->alive, 0) : "",
    };
    return sample_row(sampling, table, cells, err);
}

double sample_national_cases(const struct sample_curve *curve, size_t first,
                             size_t last)
{
    double cases = 0;
    size_t sex = curve->sex == 'M' ? 0 : 1;
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        for (size_t a = first; a <= last; a++)
            cases += (double)sample_population(d, sex, a, SAMPLE_LAST_YEAR) *
                     curve->cases[a] / 100000;
    }
    return cases;
}

const char *sample_sex(const struct sample_curve *curve)
{
    return curve->sex == 'M' ? "M" : "F";
}

/* --- prevalence ---------------------------------------------------------- */

bool sample_site_within(const char *site, const char *node)
{
    while (site[0] != '\0' && strcmp(site, node) != 0) {
        size_t s = 0;
        while (s < sample_site_count && strcmp(sample_sites[s].code, site) != 0)
            s++;
        site = s < sample_site_count ? sample_sites[s].parent : "";
    }
    return site[0] != '\0';
}

/* Persons of a site node; sex 'T' for both. */
static double prevalent(const char *node, char sex, int window)
{
    double persons = 0;
    for (size_t c = 0; c < sample_curve_count; c++) {
        const struct sample_curve *curve = &sample_curves[c];
        if ((sex == 'T' || sex == curve->sex) &&
            sample_site_within(curve->site, node))
            persons += curve->prevalence[window];
    }
    return persons;
}

static bool write_prevalence(struct sampling *sampling,
                             const struct sample_site *site, char sex,
                             struct err *err)
{
    const char code[] = {sex, '\0'};
    for (int window = 0; window < 2; window++) {
        double persons = prevalent(site->code, sex, window);
        double width = 1.96 * sqrt(persons) * 3;
        struct sample_stored row = {
            .measure = "prevalence",
            .age = "",
            .grade = "",
            .period = "2017",
            .sex = code,
            .site = site->code,
            .stratum = window == 0 ? "5" : "T",
            .status = "e",
            .value = persons,
            .lower = persons > width ? persons - width : 0,
            .upper = persons + width,
        };
        if (persons > 0 && !sample_stored(sampling, "prevalence", &row, err))
            return false;
    }
    return true;
}

static bool write_prevalences(struct sampling *sampling, struct err *err)
{
    for (size_t s = 0; s < sample_site_count; s++) {
        const struct sample_site *site = &sample_sites[s];
        for (const char *sex = "MFT"; *sex; sex++) {
            if (*sex == 'T' && site->sex[0] != '\0')
                continue;
            if (!write_prevalence(sampling, site, *sex, err))
                return false;
        }
    }
    return true;
}

/* --- trends -------------------------------------------------------------- */

static bool write_trends(struct sampling *sampling, struct err *err)
{
    for (size_t c = 0; c < sample_curve_count; c++) {
        const struct sample_curve *curve = &sample_curves[c];
        double value = curve->trend / 10.0;
        double width =
            0.1 + 30 / sqrt(sample_national_cases(curve, 0, SAMPLE_AGES - 1));
        struct sample_stored row = {
            .measure = "incidence_trend",
            .age = "",
            .grade = "",
            .period = "",
            .sex = sample_sex(curve),
            .site = curve->site,
            .stratum = "",
            .status = "",
            .value = value,
            .lower = value - width,
            .upper = value + width,
            .decimals = 1,
        };
        if (!sample_stored(sampling, "estimate", &row, err))
            return false;
    }
    return true;
}

/* --- calibrated estimates ------------------------------------------------- */

/* World population of Segi and Doll, %. */
static const double world[SAMPLE_AGES] = {
    12, 10, 9, 9, 8, 8, 6, 6, 6, 6, 5, 4, 4, 3, 2, 1, 0.5, 0.5,
};

/* Frequent cancers are told well by hospital stays and deaths. */
static const struct {
    double cases; /* a year in France, at least */
    const char *grade;
    double error; /* of the calibration, relative */
} grades[] = {{12000, "A++", 0.04}, {4000, "A+", 0.09}, {0, "B--", 0.25}};

/* Cases of a département over ten years, as the model expects them, and their
 * standardised rate. */
static double expected_rate(const struct sampling *sampling, size_t curve,
                            size_t departement, double *cases)
{
    size_t sex = sample_curves[curve].sex == 'M' ? 0 : 1;
    double rate = 0;
    *cases = 0;
    for (size_t a = 0; a < SAMPLE_AGES; a++) {
        double events = 0, people = 0;
        for (int year = SAMPLE_LAST_YEAR - 9; year <= SAMPLE_LAST_YEAR;
             year++) {
            events += sample_expected(&sampling->model, curve, departement, a,
                                      year, false);
            people += (double)sample_population(departement, sex, a, year);
        }
        *cases += events;
        if (people > 0)
            rate += world[a] * 1000 * events / people;
    }
    return rate;
}

static bool write_calibrated(struct sampling *sampling, size_t curve,
                             struct err *err)
{
    const struct sample_curve *from = &sample_curves[curve];
    size_t g = 0;
    while (sample_national_cases(from, 0, SAMPLE_AGES - 1) < grades[g].cases)
        g++;
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        double cases, value = expected_rate(sampling, curve, d, &cases);
        double error = grades[g].error + (cases > 0 ? 1 / sqrt(cases) : 1);
        struct sample_stored row = {
            .measure = "incidence_calibrated",
            .departement = sample_departements[d].code,
            .period = "",
            .sex = sample_sex(from),
            .age = "",
            .site = from->site,
            .stratum = "",
            .status = "e",
            .grade = grades[g].grade,
            .value = value,
            .lower = value / draw_exp(1.96 * error),
            .upper = value * draw_exp(1.96 * error),
            .decimals = 1,
        };
        if (!sample_stored(sampling, "estimate", &row, err))
            return false;
    }
    return true;
}

bool sample_write_estimates(struct sampling *sampling, struct err *err)
{
    if (!sample_write_survival(sampling, err) ||
        !sample_write_young(sampling, err) ||
        !sample_write_stages(sampling, err) ||
        !write_prevalences(sampling, err) || !write_trends(sampling, err))
        return false;
    for (size_t c = 0; c < sample_curve_count; c++) {
        if (!write_calibrated(sampling, c, err))
            return false;
    }
    return true;
}
