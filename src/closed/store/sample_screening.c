/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sample_impl.h"

#define SCREENING_SOURCE "Programmes de dépistage organisé, données fictives"
#define SCREENING_SOURCE_EN "Organised screening programmes, synthetic data"
#define SCREENING_DIMS "territory sex age period"

/* Target, done, and the proportion of the one in the other. */
static bool write_measures_of(struct sampling *sampling,
                              const struct sample_programme *programme,
                              struct err *err)
{
    struct arena *closed = sampling->closed;
    const char *name = arena_format(closed, "screening_%s", programme->name);
    const char *done = arena_format(closed, "%s_done", name);
    const char *target = arena_format(closed, "%s_target", name);
    const char *const rows[][12] = {
        {target, "count", "persons", "screening", SCREENING_DIMS, "", "", "0",
         SCREENING_SOURCE, programme->method,
         arena_format(closed, "%s : population cible", programme->label_fr),
         arena_format(closed, "%s: target population", programme->label_en)},
        {done, "count", "persons", "screening", SCREENING_DIMS, "", "", "1",
         SCREENING_SOURCE, programme->method,
         arena_format(closed, "%s : personnes dépistées", programme->label_fr),
         arena_format(closed, "%s: persons screened", programme->label_en)},
        {name, "proportion", "percent", "", SCREENING_DIMS, done, target, "1",
         SCREENING_SOURCE, programme->method,
         arena_format(closed, "%s : participation", programme->label_fr),
         arena_format(closed, "%s: participation", programme->label_en)},
    };
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        if (!sample_row(sampling, "measure", rows[r], err) ||
            !sample_write_english(sampling, rows[r][0], SCREENING_SOURCE_EN,
                                  programme->method_en, err))
            return false;
    }
    return true;
}

bool sample_write_programmes(struct sampling *sampling, struct err *err)
{
    for (size_t p = 0; p < sample_programme_count; p++) {
        if (!write_measures_of(sampling, &sample_programmes[p], err))
            return false;
    }
    return true;
}

struct screening {
    const struct sample_programme *programme;
    const char *done, *target; /* measures */
    struct draw draw;
};

/* The middle ages of a programme take part a little more. */
static double participation(const struct sampling *sampling,
                            const struct sample_programme *programme,
                            size_t departement, int year, int age)
{
    int middle = (programme->first_age + programme->last_age) / 2;
    int apart = age > middle ? age - middle : middle - age;
    double share = programme->participation[year - SAMPLE_FIRST_YEAR] / 1000.0 *
                   sampling->model.participation[departement] *
                   (1.02 - 0.02 * apart);
    return share < 0.95 ? share : 0.95;
}

static bool write_age(struct sampling *sampling, struct screening *screening,
                      size_t departement, int year, int sex, int age,
                      const char *codes[FACT_COLUMNS], struct err *err)
{
    const struct table_spec *table = schema_table("screening");
    const struct sample_programme *programme = screening->programme;
    int64_t invited =
        sample_population(departement, (size_t)sex, (size_t)age, year) /
        programme->interval;
    double mean = (double)invited *
                  participation(sampling, programme, departement, year, age);
    int64_t done = draw_poisson(&screening->draw, mean);
    if (done > invited)
        done = invited;
    codes[FACT_AGE] = sample_age_codes[age];
    return (invited == 0 ||
            writer_count(sampling->writer, table, screening->target, codes,
                         invited, err)) &&
           (done == 0 || writer_count(sampling->writer, table, screening->done,
                                      codes, done, err));
}

static bool write_place(struct sampling *sampling, struct screening *screening,
                        size_t departement, int year, struct err *err)
{
    const struct sample_programme *programme = screening->programme;
    const char *codes[FACT_COLUMNS] = {
        [FACT_LEVEL] = "departement",
        [FACT_TERRITORY] = sample_departements[departement].code,
        [FACT_PERIOD] = arena_format(sampling->closed, "%d", year),
        [FACT_SITE] = "",
        [FACT_STRATUM] = "",
    };
    for (int sex = programme->men ? 0 : 1; sex < 2; sex++) {
        codes[FACT_SEX] = sex == 0 ? "M" : "F";
        for (int a = programme->first_age; a <= programme->last_age; a++) {
            if (!write_age(sampling, screening, departement, year, sex, a,
                           codes, err))
                return false;
        }
    }
    return true;
}

static bool write_programme(struct sampling *sampling,
                            struct screening *screening, struct err *err)
{
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        for (int y = screening->programme->first_year; y <= SAMPLE_LAST_YEAR;
             y++) {
            if (!write_place(sampling, screening, d, y, err))
                return false;
        }
    }
    return true;
}

bool sample_write_screening(struct sampling *sampling, struct err *err)
{
    for (size_t p = 0; p < sample_programme_count; p++) {
        const char *name = sample_programmes[p].name;
        struct screening screening = {
            .programme = &sample_programmes[p],
            .done = arena_format(sampling->closed, "screening_%s_done", name),
            .target =
                arena_format(sampling->closed, "screening_%s_target", name),
            .draw = draw_new(sampling->seed, 10 + p),
        };
        if (!write_programme(sampling, &screening, err))
            return false;
    }
    return true;
}
