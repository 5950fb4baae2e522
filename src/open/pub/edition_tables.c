/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_reader.h"

#include <math.h>

#include "base/num.h"
#include "pub/build.h"

enum {
    COLUMNS_MOST = 256,
    ROWS_MOST = 100000000,
};

/* Rows about one table: `sql` asks for them by its place. */
static void begin_of(struct edition_reader *r, int sheet, const char *sql)
{
    reader_begin(r, sql);
    if (!r->failed)
        sqlite3_bind_int(r->stmt, 1, sheet);
}

static void read_columns(struct edition_reader *r, int sheet,
                         struct pub_draft *draft)
{
    draft->columns = arena_array(r->open, COLUMNS_MOST, sizeof *draft->columns);
    begin_of(r, sheet,
             "SELECT id, kind, part, standard, unit, decimals, lower, upper,"
             " share_of FROM sheet_column WHERE sheet = ? ORDER BY place");
    while (reader_next(r) && draft->column_count < COLUMNS_MOST) {
        struct pub_column *column = &draft->columns[draft->column_count++];
        column->id = reader_text(r, 0);
        column->kind =
            (enum pub_kind)reader_int(r, 1, PUB_COUNT, PUB_STATISTIC);
        column->part = (enum pub_part)reader_int(r, 2, PUB_VALUE, PUB_UPPER);
        column->standard = reader_text(r, 3);
        column->unit = reader_text(r, 4);
        column->decimals = reader_int(r, 5, 0, 12);
        column->lower = reader_int(r, 6, -1, COLUMNS_MOST - 1);
        column->upper = reader_int(r, 7, -1, COLUMNS_MOST - 1);
        column->of = (enum dim)reader_int(r, 8, 0, DIM_COUNT - 1);
    }
    reader_end(r);
}

static void read_axes(struct edition_reader *r, int sheet,
                      struct pub_draft *draft)
{
    begin_of(r, sheet,
             "SELECT dim, nodes FROM sheet_axis WHERE sheet = ?"
             " ORDER BY dim");
    int expected = 0;
    while (reader_next(r)) {
        int dim = reader_int(r, 0, expected, expected);
        int limit = (int)r->codes->dims[dim].count;
        draft->axis[dim] = reader_numbers(r, 1, limit, &draft->axis_count[dim]);
        expected++;
        if (expected > DIM_COUNT - 1)
            break;
    }
    reader_end(r);
    if (expected != DIM_COUNT)
        reader_fail(r, "a table lacks an axis");
}

static bool fits_base(const struct pub_table *table, size_t column,
                      double value)
{
    int base = pub_rounding(table).base;
    return base == 0 || pub_column(table, column)->kind != PUB_COUNT ||
           !(fabs(remainder(value, base)) > 0.0);
}

static void read_cell(struct edition_reader *r, struct pub_table *table)
{
    int row = reader_int(r, 0, 0, (int64_t)pub_rows(table) - 1);
    int column = reader_int(r, 1, 0, (int64_t)pub_columns(table) - 1);
    const char *letter = (const char *)sqlite3_column_text(r->stmt, 2);
    enum availability status = NOT_AVAILABLE;
    if (letter == NULL || letter[0] == '\0' || letter[1] != '\0' ||
        !availability_parse(letter[0], &status))
        reader_fail(r, "a cell has an unknown status");
    bool has_value = sqlite3_column_type(r->stmt, 3) == SQLITE_FLOAT;
    double value = sqlite3_column_double(r->stmt, 3);
    if (has_value != (status == AVAILABLE) || (has_value && !isfinite(value)))
        reader_fail(r, "a cell without value holds a number, or the reverse");
    int flags = reader_int(r, 4, 0, 63);
    int usual = r->failed ? 0 : pub_column(table, (size_t)column)->decimals;
    int decimals = reader_int(r, 5, status == AVAILABLE ? 0 : usual, usual);
    if (has_value && !r->failed && !fits_base(table, (size_t)column, value))
        reader_fail(r, "a rounded count is no multiple of its base");
    if (decimals < usual && fabs(value - num_round(value, decimals)) > 0.0)
        reader_fail(r, "a coarsened value has more digits than it says");
    if (r->failed)
        return;
    pub_put(table, (size_t)row, (size_t)column, status, value, (unsigned)flags);
    if (decimals < usual)
        pub_coarsen(table, (size_t)row, (size_t)column, decimals);
}

static void read_cells(struct edition_reader *r, int sheet,
                       struct pub_table *table)
{
    size_t seen = 0;
    begin_of(r, sheet,
             "SELECT line, place, status, value, flags, decimals FROM cell"
             " WHERE sheet = ? ORDER BY line, place");
    for (; reader_next(r); seen++)
        read_cell(r, table);
    reader_end(r);
    if (seen != pub_rows(table) * pub_columns(table))
        reader_fail(r, "a table lacks cells");
}

static void read_coverage(struct edition_reader *r, int sheet,
                          struct pub_table *table)
{
    begin_of(r, sheet,
             "SELECT line, share FROM coverage WHERE sheet = ?"
             " ORDER BY line");
    while (reader_next(r)) {
        int row = reader_int(r, 0, 0, (int64_t)pub_rows(table) - 1);
        double share = sqlite3_column_double(r->stmt, 1);
        if (!(share >= 0.0 && share <= 1.0))
            reader_fail(r, "a coverage is not a share");
        else
            pub_put_coverage(table, (size_t)row, share);
    }
    reader_end(r);
}

/* A draft that pub_build can take: known measure, axes not empty. */
static bool draft_sound(struct edition_reader *r, const struct pub_draft *draft)
{
    if (code_measure(r->codes, draft->measure) == NULL)
        reader_fail(r, "a table has an unknown measure");
    if (draft->column_count == 0)
        reader_fail(r, "a table has no column");
    size_t rows = 1;
    for (size_t d = 0; d < DIM_COUNT && !r->failed; d++) {
        if (draft->axis_count[d] == 0 ||
            draft->axis_count[d] > ROWS_MOST / rows)
            reader_fail(r, "a table has an impossible size");
        else
            rows *= draft->axis_count[d];
    }
    for (size_t c = 0; c < draft->column_count; c++) {
        if (draft->columns[c].lower >= (int)draft->column_count ||
            draft->columns[c].upper >= (int)draft->column_count)
            reader_fail(r, "a column has an impossible interval");
    }
    return !r->failed;
}

static void read_draft(struct edition_reader *r, struct pub_draft *draft)
{
    draft->id = reader_text(r, 0);
    draft->report = reader_text(r, 1);
    draft->title[LANG_FR] = reader_text(r, 2);
    draft->title[LANG_EN] = reader_text(r, 3);
    draft->note[LANG_FR] = reader_text(r, 4);
    draft->note[LANG_EN] = reader_text(r, 5);
    draft->measure = reader_text(r, 6);
    draft->open_data = reader_int(r, 7, 0, 1) == 1;
    draft->coarsened[LANG_FR] = reader_text(r, 8);
    draft->coarsened[LANG_EN] = reader_text(r, 9);
    draft->rounding.base = reader_int(r, 10, 0, PLAN_BASE_MOST);
    draft->rounding.window = reader_int(r, 11, 0, INT32_MAX);
    if ((draft->rounding.base > 0) != (draft->rounding.window > 0))
        reader_fail(r, "a rounding without its window");
    draft->noise.variance = reader_int(r, 12, 0, PLAN_VARIANCE_MOST);
    draft->noise.most = reader_int(r, 13, 0, INT32_MAX);
    draft->noise.key = reader_int(r, 14, 0, INT32_MAX);
    if ((draft->noise.variance > 0) != (draft->noise.most > 0) ||
        (draft->noise.variance > 0 && draft->rounding.base > 0))
        reader_fail(r, "a noise without its most, or beside a rounding");
}

void edition_read_tables(struct edition_reader *r)
{
    size_t count = reader_count(r, "sheet");
    struct pub_draft *drafts = arena_array(r->open, count, sizeof *drafts);
    size_t at = 0;
    reader_begin(
        r,
        "SELECT id, report, title_fr, title_en, note_fr, note_en,"
        " measure, open_data, coarsened_fr, coarsened_en, base, window_bases,"
        " noise_variance, noise_most, noise_key FROM sheet"
        " ORDER BY place");
    while (reader_next(r))
        read_draft(r, &drafts[at++]);
    reader_end(r);
    const struct pub_table **tables = arena_array(r->open, at, sizeof *tables);
    for (size_t t = 0; t < at && !r->failed; t++) {
        read_columns(r, (int)t, &drafts[t]);
        read_axes(r, (int)t, &drafts[t]);
        if (!draft_sound(r, &drafts[t]))
            break;
        struct pub_table *table = pub_build(r->open, r->codes, &drafts[t]);
        read_cells(r, (int)t, table);
        read_coverage(r, (int)t, table);
        tables[t] = table;
    }
    r->edition->tables = tables;
    r->edition->table_count = at;
}
