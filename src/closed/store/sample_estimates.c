/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "store/sample_impl.h"

/* --- one row ------------------------------------------------------------- */

struct stored {
    const char *measure, *period, *sex, *site, *stratum, *status;
    double value, lower, upper;
    int decimals;
};

static const char *decimal(struct arena *closed, double value, int decimals)
{
    struct text text = text_new(closed);
    num_print(&text, num_round(value, decimals), decimals);
    return text.at;
}

static bool write_row(struct sampling *sampling, const char *table,
                      const struct stored *row, struct err *err)
{
    struct arena *closed = sampling->closed;
    const char *const cells[] = {
        row->measure,
        "country",
        "FR",
        row->period,
        row->sex,
        "",
        row->site,
        row->stratum,
        decimal(closed, row->value, row->decimals),
        decimal(closed, row->lower, row->decimals),
        decimal(closed, row->upper, row->decimals),
        row->status,
    };
    return sample_row(sampling, table, cells, err);
}

/* National cases of a curve in the last year, as expected. */
static double national_cases(const struct sample_curve *curve)
{
    double cases = 0;
    size_t sex = curve->sex == 'M' ? 0 : 1;
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        for (size_t a = 0; a < SAMPLE_AGES; a++)
            cases += (double)sample_population(d, sex, a, SAMPLE_LAST_YEAR) *
                     curve->cases[a] / 100000;
    }
    return cases;
}

static const char *sex_code(const struct sample_curve *curve)
{
    return curve->sex == 'M' ? "M" : "F";
}

/* The women's curve of the same site, or NULL; curves come men first. */
static const struct sample_curve *pair_of(size_t c)
{
    return c + 1 < sample_curve_count &&
                   strcmp(sample_curves[c].site, sample_curves[c + 1].site) == 0
               ? &sample_curves[c + 1]
               : NULL;
}

/* --- survival ------------------------------------------------------------ */

/* Horizons of the store and the power of five-year survival that stands for
 * them. Registries see about a fifth of the country's cases over six years. */
static const struct {
    const char *code;
    double power;
} horizons[] = {{"1", 0.36}, {"5", 1}, {"10", 1.28}};

static bool write_survival(struct sampling *sampling, const char *site,
                           const char *sex, double share, double cases,
                           struct err *err)
{
    for (size_t h = 0; h < COUNT_OF(horizons); h++) {
        double value = draw_exp(horizons[h].power * draw_log(share));
        double width = 1.96 * sqrt(value * (1 - value) / (1.2 * cases));
        struct stored row = {
            .measure = "survival_net",
            .period = "",
            .sex = sex,
            .site = site,
            .stratum = horizons[h].code,
            .status = "",
            .value = 100 * value,
            .lower = 100 * (value > width ? value - width : 0),
            .upper = 100 * (value + width < 1 ? value + width : 1),
            .decimals = 1,
        };
        if (!write_row(sampling, "survival", &row, err))
            return false;
    }
    return true;
}

static bool write_survivals(struct sampling *sampling, struct err *err)
{
    for (size_t c = 0; c < sample_curve_count; c++) {
        const struct sample_curve *curve = &sample_curves[c];
        const struct sample_curve *women = pair_of(c);
        double cases = national_cases(curve);
        if (!write_survival(sampling, curve->site, sex_code(curve),
                            curve->survival / 100.0, cases, err))
            return false;
        if (women == NULL)
            continue;
        double others = national_cases(women);
        double both = (curve->survival * cases + women->survival * others) /
                      (100 * (cases + others));
        if (!write_survival(sampling, curve->site, "T", both, cases + others,
                            err))
            return false;
    }
    return true;
}

/* --- prevalence ---------------------------------------------------------- */

static bool site_within(const char *site, const char *node)
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
        if ((sex == 'T' || sex == curve->sex) && site_within(curve->site, node))
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
        struct stored row = {
            .measure = "prevalence",
            .period = "2017",
            .sex = code,
            .site = site->code,
            .stratum = window == 0 ? "5" : "T",
            .status = "e",
            .value = persons,
            .lower = persons > width ? persons - width : 0,
            .upper = persons + width,
        };
        if (persons > 0 && !write_row(sampling, "prevalence", &row, err))
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
        double width = 0.1 + 30 / sqrt(national_cases(curve));
        struct stored row = {
            .measure = "incidence_trend",
            .period = "",
            .sex = sex_code(curve),
            .site = curve->site,
            .stratum = "",
            .status = "",
            .value = value,
            .lower = value - width,
            .upper = value + width,
            .decimals = 1,
        };
        if (!write_row(sampling, "estimate", &row, err))
            return false;
    }
    return true;
}

bool sample_write_estimates(struct sampling *sampling, struct err *err)
{
    return write_survivals(sampling, err) && write_prevalences(sampling, err) &&
           write_trends(sampling, err);
}
