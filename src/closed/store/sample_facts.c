/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "store/sample_impl.h"

/* Rows are written in the order of the tables' keys, so that each table is
 * filled from left to right. F comes before M, sites by code. */
static const char *const sex_codes[] = {"M", "F"};

struct order {
    size_t at[2][128]; /* curves of a sex, by site code */
    size_t count[2];
};

static int by_site(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return strcmp(sample_curves[*x].site, sample_curves[*y].site);
}

static struct order order_curves(void)
{
    struct order order = {0};
    for (size_t c = 0; c < sample_curve_count; c++) {
        size_t sex = sample_curves[c].sex == 'M' ? 0 : 1;
        assert(order.count[sex] < COUNT_OF(order.at[0]));
        order.at[sex][order.count[sex]++] = c;
    }
    for (size_t sex = 0; sex < 2; sex++)
        qsort(order.at[sex], order.count[sex], sizeof order.at[sex][0],
              by_site);
    return order;
}

struct series {
    const char *table; /* and measure */
    bool deaths;
    struct order order;
    struct draw draw;
    double *complete; /* [curve] of the place and year being written */
};

/* One place, year, sex and age: every site that has events. */
static bool write_sites(struct sampling *sampling, struct series *series,
                        size_t departement, int year, size_t sex, size_t age,
                        const char *codes[FACT_COLUMNS], struct err *err)
{
    const struct table_spec *table = schema_table(series->table);
    for (size_t i = 0; i < series->order.count[sex]; i++) {
        size_t curve = series->order.at[sex][i];
        double mean = series->complete[curve] *
                      sample_expected(&sampling->model, curve, departement, age,
                                      year, series->deaths);
        int64_t count = draw_poisson(&series->draw, mean);
        codes[FACT_SITE] = sample_curves[curve].site;
        if (count > 0 && !writer_count(sampling->writer, table, series->table,
                                       codes, count, err))
            return false;
    }
    return true;
}

static bool write_year(struct sampling *sampling, struct series *series,
                       size_t departement, int year, struct err *err)
{
    const char *place = sample_departements[departement].code;
    const char *codes[FACT_COLUMNS] = {
        [FACT_LEVEL] = "departement",
        [FACT_TERRITORY] = place,
        [FACT_PERIOD] = arena_format(sampling->closed, "%d", year),
        [FACT_STRATUM] = "",
    };
    for (size_t c = 0; c < sample_curve_count; c++)
        series->complete[c] = sample_completeness(
            place, year, sample_curves[c].site, series->table);
    for (size_t sex = 2; sex-- > 0;) {
        codes[FACT_SEX] = sex_codes[sex];
        for (size_t age = 0; age < SAMPLE_AGES; age++) {
            codes[FACT_AGE] = sample_age_codes[age];
            if (!write_sites(sampling, series, departement, year, sex, age,
                             codes, err))
                return false;
        }
    }
    return true;
}

static bool write_events(struct sampling *sampling, const char *table,
                         bool deaths, struct err *err)
{
    struct series series = {
        .table = table,
        .deaths = deaths,
        .order = order_curves(),
        .draw = draw_new(sampling->seed, deaths ? 3 : 2),
        .complete =
            arena_array(sampling->closed, sample_curve_count, sizeof(double)),
    };
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        for (int y = SAMPLE_FIRST_YEAR; y <= SAMPLE_LAST_YEAR; y++) {
            if (!write_year(sampling, &series, d, y, err))
                return false;
        }
    }
    return true;
}

static bool write_people(struct sampling *sampling, size_t departement,
                         int year, struct err *err)
{
    const struct table_spec *table = schema_table("population");
    const char *codes[FACT_COLUMNS] = {
        [FACT_LEVEL] = "departement",
        [FACT_TERRITORY] = sample_departements[departement].code,
        [FACT_PERIOD] = arena_format(sampling->closed, "%d", year),
        [FACT_SITE] = "",
        [FACT_STRATUM] = "",
    };
    for (size_t sex = 2; sex-- > 0;) {
        codes[FACT_SEX] = sex_codes[sex];
        for (size_t age = 0; age < SAMPLE_AGES; age++) {
            codes[FACT_AGE] = sample_age_codes[age];
            int64_t people = sample_population(departement, sex, age, year);
            if (!writer_count(sampling->writer, table, "population", codes,
                              people, err))
                return false;
        }
    }
    return true;
}

bool sample_write_facts(struct sampling *sampling, struct err *err)
{
    if (!write_events(sampling, "cases", false, err) ||
        !write_events(sampling, "deaths", true, err))
        return false;
    for (size_t d = 0; d < SAMPLE_DEPARTEMENTS; d++) {
        for (int y = SAMPLE_FIRST_YEAR; y <= SAMPLE_LAST_YEAR; y++) {
            if (!write_people(sampling, d, y, err))
                return false;
        }
    }
    return true;
}
