/* SPDX-License-Identifier: EUPL-1.2 */
/* pub_fixture.h - a small edition: one table of cases over the fixture's
 * territories, sites and sexes, with every availability in it. */
#ifndef PUB_FIXTURE_H
#define PUB_FIXTURE_H

#include "model_fixture.h"
#include "pub/build.h"
#include "pub/edition.h"

static inline struct measure *pub_fixture_measures(struct arena *arena)
{
    struct measure *measures = arena_array(arena, 1, sizeof *measures);
    measures[0] = (struct measure){
        .code = "cases",
        .kind = MEASURE_COUNT,
        .unit = "cases",
        .table_name = "",
        .numerator = "",
        .denominator = "",
        .confidential = true,
        .source = "Registre d’essai",
        .method = "enregistrement",
        .label = {"Nouveaux cas", "New cases"},
    };
    return measures;
}

static inline struct pub_column *pub_fixture_columns(struct arena *arena)
{
    struct pub_column *columns = arena_array(arena, 4, sizeof *columns);
    columns[0] = (struct pub_column){
        .id = "count",
        .kind = PUB_COUNT,
        .part = PUB_VALUE,
        .standard = "",
        .unit = "cases",
        .lower = -1,
        .upper = -1,
    };
    columns[1] = (struct pub_column){
        .id = "crude_rate",
        .kind = PUB_CRUDE_RATE,
        .part = PUB_VALUE,
        .standard = "",
        .unit = "per_100000",
        .decimals = 1,
        .lower = 2,
        .upper = 3,
    };
    columns[2] = (struct pub_column){"crude_rate_lower",
                                     PUB_CRUDE_RATE,
                                     PUB_LOWER,
                                     "",
                                     "per_100000",
                                     1,
                                     -1,
                                     -1,
                                     DIM_TERRITORY,
                                     false};
    columns[3] = (struct pub_column){"crude_rate_upper",
                                     PUB_CRUDE_RATE,
                                     PUB_UPPER,
                                     "",
                                     "per_100000",
                                     1,
                                     -1,
                                     -1,
                                     DIM_TERRITORY,
                                     false};
    return columns;
}

/* Values made up from the row number; row r has availability r modulo 6. */
static inline void pub_fixture_fill(struct pub_table *table)
{
    for (size_t r = 0; r < pub_rows(table); r++) {
        enum availability status = (enum availability)(r % AVAILABILITY_COUNT);
        for (size_t c = 0; c < pub_columns(table); c++)
            pub_put(table, r, c, status,
                    c == 0 ? (double)(100 + r)
                           : 10.0 * (double)r + (double)c + 0.5,
                    r == 6 ? FLAG_CAUTION : 0);
        pub_put_coverage(table, r, r == 0 ? 0.75 : 1.0);
    }
}

/* What rates would have been computed with: two standards, and person-years of
 * two territories in one year. */
static inline struct pub_basis pub_fixture_basis(void)
{
    static const struct standard_band halves[] = {{0, 49, 0.6}, {50, -1, 0.4}},
                                      whole[] = {{0, -1, 1e5}};
    static const struct standard standards[] = {
        {"halves", {"", ""}, "", 1.0, halves, COUNT_OF(halves)},
        {"whole", {"", ""}, "", 1e5, whole, COUNT_OF(whole)}};
    static const struct pub_rates rates[] = {{"cases", "population"}};
    static const int first[8] = {1, 0, 3000, 7, 5, 6, 7, 2147483646},
                     last[8] = {0, 0, 0, 1};
    static const struct pub_years_row rows[] = {{0, 0, first}, {2, 0, last}};
    static const struct pub_years years[] = {
        {"population", rows, COUNT_OF(rows), COUNT_OF(first)}};
    return (struct pub_basis){.standards = standards,
                              .standard_count = COUNT_OF(standards),
                              .rates = rates,
                              .rates_count = COUNT_OF(rates),
                              .years = years,
                              .years_count = COUNT_OF(years)};
}

static inline void pub_fixture_check_basis(const struct pub_basis *got)
{
    const struct pub_basis want = pub_fixture_basis();
    CHECK_INT(got->standard_count, want.standard_count);
    for (size_t s = 0; s < want.standard_count; s++) {
        const struct standard *a = &got->standards[s], *b = &want.standards[s];
        CHECK_TEXT(a->code, b->code);
        CHECK_NEAR(a->total, b->total, 0);
        CHECK_INT(a->count, b->count);
        CHECK(memcmp(a->bands, b->bands, b->count * sizeof *b->bands) == 0);
    }
    CHECK_INT(got->rates_count, want.rates_count);
    CHECK_TEXT(got->rates[0].measure, "cases");
    CHECK_TEXT(got->rates[0].person_years, "population");
    CHECK_INT(got->years_count, want.years_count);
    CHECK_TEXT(got->years[0].measure, "population");
    CHECK_INT(got->years[0].width, want.years[0].width);
    CHECK_INT(got->years[0].count, want.years[0].count);
    for (size_t r = 0; r < want.years[0].count; r++) {
        const struct pub_years_row *a = &got->years[0].rows[r];
        const struct pub_years_row *b = &want.years[0].rows[r];
        CHECK_INT(a->territory, b->territory);
        CHECK_INT(a->period, b->period);
        CHECK(memcmp(a->at, b->at, want.years[0].width * sizeof *b->at) == 0);
    }
}

static inline const struct edition *pub_fixture(struct arena *arena)
{
    static const int territories[] = {0, 1, 3}, sites[] = {0, 4};
    static const int sexes[] = {0, 1}, one[] = {0};
    struct codes *codes = arena_alloc(arena, sizeof *codes);
    *codes = fixture_codes(arena);
    codes->measures = pub_fixture_measures(arena);
    codes->measure_count = 1;
    struct pub_draft draft = {
        .id = "open.cases",
        .report = "open",
        .title = {"Nouveaux cas", "New cases"},
        .note = {"Une note", "A note"},
        .coarsened = {"Années regroupées par 3", "Years pooled by 3"},
        .measure = "cases",
        .open_data = true,
        .columns = pub_fixture_columns(arena),
        .column_count = 4,
        .axis = {territories, sites, sexes, one, one, one},
        .axis_count = {3, 2, 2, 1, 1, 1},
    };
    struct pub_table *table = pub_build(arena, codes, &draft);
    pub_fixture_fill(table);
    const struct pub_table **tables = arena_array(arena, 1, sizeof *tables);
    tables[0] = table;

    struct project *project = arena_alloc(arena, sizeof *project);
    *project = (struct project){
        .directory = ".",
        .id = "essai-1",
        .series = "essai",
        .previous = "",
        .changes = {"", ""},
        .title = {"Essai", "Trial"},
        .publisher = {"Registre d’essai", "Trial registry"},
        .date = "2026-02-04",
        .licence = {"etalab-2.0", "etalab-2.0"},
        .contact = {"contact@registre.example", "contact@registre.example"},
        .state = STATE_DRAFT,
        .embargo = "",
        .theme = "",
        .store = "",
        .langs = {LANG_FR, LANG_EN},
        .lang_count = 2,
        .archive = ARCHIVE_3A,
        .compact = true,
        .layout = "",
        .policy = {.threshold = 11,
                   .legal_basis = {"Loi", "Law"},
                   .owner = {"Registre d’essai", "Trial registry"},
                   .date = "2026-01-01",
                   .unreliable_under = 10,
                   .caution_under = 20,
                   .alive_under = 25}};
    struct plan_report *reports = arena_array(arena, 1, sizeof *reports);
    static const char *formats_used[] = {"csv"};
    reports[0] = (struct plan_report){.id = "open",
                                      .path = "open.lua",
                                      .title = {"Données", "Data"},
                                      .formats = formats_used,
                                      .format_count = 1};
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    *edition = (struct edition){.codes = codes,
                                .project = project,
                                .reports = reports,
                                .report_count = 1,
                                .snapshot = "abc123",
                                .version = "test",
                                .ledger = "",
                                .tables = tables,
                                .table_count = 1};
    return edition;
}

#endif
