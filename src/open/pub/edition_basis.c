/* SPDX-License-Identifier: EUPL-1.2 */
/* What rates were computed with. Only the ledger reads it: it checks what it
 * means when it is entered there. */
#include "pub/edition_reader.h"

enum {
    AGE_MOST = 999,
};

static void read_bands(struct edition_reader *r, int place,
                       struct standard *standard)
{
    struct standard_band *bands = NULL;
    size_t capacity = 0, count = 0;
    reader_begin(r,
                 "SELECT low, high, weight FROM standard_band"
                 " WHERE standard = ? ORDER BY place",
                 place);
    while (reader_next(r)) {
        bands = arena_grow(r->open, bands, count, &capacity, sizeof *bands);
        bands[count++] = (struct standard_band){
            .low = reader_int(r, 0, 0, AGE_MOST),
            .high = reader_int(r, 1, -1, AGE_MOST),
            .weight = reader_real(r, 2),
        };
    }
    reader_end(r);
    standard->bands = bands;
    standard->count = count;
}

static void read_standards(struct edition_reader *r, struct pub_basis *basis)
{
    struct standard *standards = NULL;
    size_t capacity = 0, count = 0;
    reader_begin(r, "SELECT code, total FROM standard ORDER BY place", -1);
    while (reader_next(r)) {
        standards =
            arena_grow(r->open, standards, count, &capacity, sizeof *standards);
        standards[count++] = (struct standard){
            .code = reader_line(r, 0),
            .label = {"", ""},
            .source = "",
            .total = reader_real(r, 1),
        };
    }
    reader_end(r);
    for (size_t s = 0; s < count; s++)
        read_bands(r, (int)s, &standards[s]);
    basis->standards = standards;
    basis->standard_count = count;
}

static void read_rates(struct edition_reader *r, struct pub_basis *basis)
{
    struct pub_rates *rates = NULL;
    size_t capacity = 0;
    reader_begin(r, "SELECT measure, person_years FROM rates ORDER BY place",
                 -1);
    while (reader_next(r)) {
        rates = arena_grow(r->open, rates, basis->rates_count, &capacity,
                           sizeof *rates);
        rates[basis->rates_count++] = (struct pub_rates){
            .measure = reader_line(r, 0),
            .person_years = reader_line(r, 1),
        };
    }
    reader_end(r);
    basis->rates = rates;
}

static void read_rows(struct edition_reader *r, int place,
                      struct pub_years *years)
{
    struct pub_years_row *rows = NULL;
    size_t capacity = 0;
    reader_begin(r,
                 "SELECT territory, period, at FROM years_row"
                 " WHERE years = ? ORDER BY territory, period",
                 place);
    while (reader_next(r)) {
        size_t width = 0;
        rows = arena_grow(r->open, rows, years->count, &capacity, sizeof *rows);
        rows[years->count] = (struct pub_years_row){
            .territory = (uint16_t)reader_int(r, 0, 0, UINT16_MAX),
            .period = (uint16_t)reader_int(r, 1, 0, UINT16_MAX),
            .at = reader_numbers(r, 2, INT32_MAX, &width),
        };
        if (years->count++ == 0)
            years->width = width;
        if (width != years->width)
            reader_fail(r, "person-years are of several widths");
    }
    reader_end(r);
    years->rows = rows;
}

static void read_years(struct edition_reader *r, struct pub_basis *basis)
{
    struct pub_years *years = NULL;
    size_t capacity = 0, count = 0;
    reader_begin(r, "SELECT measure FROM years ORDER BY place", -1);
    while (reader_next(r)) {
        years = arena_grow(r->open, years, count, &capacity, sizeof *years);
        years[count++] = (struct pub_years){.measure = reader_line(r, 0)};
    }
    reader_end(r);
    for (size_t y = 0; y < count; y++)
        read_rows(r, (int)y, &years[y]);
    basis->years = years;
    basis->years_count = count;
}

void edition_read_basis(struct edition_reader *r)
{
    struct pub_basis *basis = &r->edition->basis;
    read_standards(r, basis);
    read_rates(r, basis);
    read_years(r, basis);
}
