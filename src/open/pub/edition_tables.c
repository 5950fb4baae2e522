/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/edition_reader.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "pub/build.h"

enum {
    COLUMNS_MOST = 256,
    DECIMALS_MOST = 12,
    CELLS_MOST = INT32_MAX,
};

static void read_columns(struct edition_reader *r, int sheet,
                         struct pub_draft *draft)
{
    draft->columns = arena_array(r->open, COLUMNS_MOST, sizeof *draft->columns);
    reader_begin(
        r,
        "SELECT id, kind, part, standard, unit, decimals, lower, upper,"
        " share_of, by_sex FROM sheet_column WHERE sheet = ? ORDER BY place",
        sheet);
    while (reader_next(r)) {
        if (draft->column_count == COLUMNS_MOST) {
            reader_fail(r, "a table has too many columns");
            break;
        }
        struct pub_column *column = &draft->columns[draft->column_count++];
        column->id = reader_line(r, 0);
        column->kind =
            (enum pub_kind)reader_int(r, 1, PUB_COUNT, PUB_STATISTIC);
        column->part = (enum pub_part)reader_int(r, 2, PUB_VALUE, PUB_UPPER);
        column->standard = reader_line(r, 3);
        column->unit = reader_line(r, 4);
        column->decimals = reader_int(r, 5, 0, DECIMALS_MOST);
        column->lower = reader_int(r, 6, -1, COLUMNS_MOST - 1);
        column->upper = reader_int(r, 7, -1, COLUMNS_MOST - 1);
        column->of = (enum dim)reader_int(r, 8, 0, DIM_COUNT - 1);
        column->by_sex = reader_int(r, 9, 0, 1) == 1;
    }
    reader_end(r);
}

static void read_axes(struct edition_reader *r, const struct codes *codes,
                      int sheet, struct pub_draft *draft)
{
    reader_begin(r,
                 "SELECT dim, nodes FROM sheet_axis WHERE sheet = ?"
                 " ORDER BY dim",
                 sheet);
    int expected = 0;
    while (reader_next(r)) {
        int dim = reader_int(r, 0, expected, expected);
        int limit = (int)codes->dims[dim].count;
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
    int row = reader_int(r, 0, 0, (int)pub_rows(table) - 1);
    int column = reader_int(r, 1, 0, (int)pub_columns(table) - 1);
    const char *letter = reader_line(r, 2);
    enum availability status = NOT_AVAILABLE;
    if (strlen(letter) != 1 || !availability_parse(letter[0], &status))
        reader_fail(r, "a cell has an unknown status");
    bool has_value = !reader_is_null(r, 3);
    double value = has_value ? reader_real(r, 3) : 0.0;
    if (has_value != (status == AVAILABLE))
        reader_fail(r, "a cell without value holds a number, or the reverse");
    int flags = reader_int(r, 4, 0, 63);
    int usual = r->failed ? 0 : pub_column(table, (size_t)column)->decimals;
    int decimals = reader_int(r, 5, status == AVAILABLE ? 0 : usual, usual);
    if (has_value && !r->failed && !fits_base(table, (size_t)column, value))
        reader_fail(r, "a rounded count is no multiple of its base");
    /* What is drawn of it, at whatever scale, tells no more than is printed. */
    if (fabs(value - num_round(value, decimals)) > 0.0)
        reader_fail(r, "a value has more digits than are printed");
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
    reader_begin(r,
                 "SELECT line, place, status, value, flags, decimals FROM cell"
                 " WHERE sheet = ? ORDER BY line, place",
                 sheet);
    for (; reader_next(r); seen++)
        read_cell(r, table);
    reader_end(r);
    if (seen != pub_rows(table) * pub_columns(table))
        reader_fail(r, "a table lacks cells");
    reader_begin(r,
                 "SELECT line, share FROM coverage WHERE sheet = ?"
                 " ORDER BY line",
                 sheet);
    while (reader_next(r)) {
        int row = reader_int(r, 0, 0, (int)pub_rows(table) - 1);
        double share = reader_real(r, 1);
        if (!(share >= 0.0 && share <= 1.0))
            reader_fail(r, "a coverage is not a share");
        else
            pub_put_coverage(table, (size_t)row, share);
    }
    reader_end(r);
}

/* Asked before a table is made: a few axes may name more cells than a memory
 * holds. */
static size_t count_cells(struct edition_reader *r, int sheet)
{
    return reader_count(r, "SELECT count(*) FROM cell WHERE sheet = ?", sheet);
}

/* A draft that pub_build can take: known measure, axes not empty. */
static bool draft_sound(struct edition_reader *r, const struct codes *codes,
                        int sheet, const struct pub_draft *draft)
{
    if (code_measure(codes, draft->measure) == NULL)
        reader_fail(r, "a table has an unknown measure");
    size_t cells = draft->column_count;
    if (cells == 0) {
        reader_fail(r, "a table has no column");
        return false;
    }
    for (size_t d = 0; d < DIM_COUNT && !r->failed; d++) {
        if (draft->axis_count[d] == 0 ||
            draft->axis_count[d] > CELLS_MOST / cells)
            reader_fail(r, "a table has an impossible size");
        else
            cells *= draft->axis_count[d];
    }
    if (!r->failed && cells != count_cells(r, sheet))
        reader_fail(r, "a table lacks cells");
    for (size_t c = 0; c < draft->column_count; c++) {
        if (draft->columns[c].lower >= (int)draft->column_count ||
            draft->columns[c].upper >= (int)draft->column_count)
            reader_fail(r, "a column has an impossible interval");
    }
    return !r->failed;
}

static void read_draft(struct edition_reader *r, struct pub_draft *draft)
{
    draft->id = reader_line(r, 1);
    draft->report = reader_line(r, 2);
    draft->title[LANG_FR] = reader_line(r, 3);
    draft->title[LANG_EN] = reader_line(r, 4);
    draft->note[LANG_FR] = reader_text(r, 5);
    draft->note[LANG_EN] = reader_text(r, 6);
    draft->measure = reader_line(r, 7);
    draft->open_data = reader_int(r, 8, 0, 1) == 1;
    draft->coarsened[LANG_FR] = reader_text(r, 9);
    draft->coarsened[LANG_EN] = reader_text(r, 10);
    draft->rounding.base = reader_int(r, 11, 0, PLAN_BASE_MOST);
    draft->rounding.window = reader_int(r, 12, 0, INT32_MAX);
    if ((draft->rounding.base > 0) != (draft->rounding.window > 0))
        reader_fail(r, "a rounding without its window");
    draft->noise.variance = reader_int(r, 13, 0, PLAN_VARIANCE_MOST);
    draft->noise.most = reader_int(r, 14, 0, INT32_MAX);
    draft->noise.key = reader_int(r, 15, 0, INT32_MAX);
    if ((draft->noise.variance > 0) != (draft->noise.most > 0) ||
        (draft->noise.variance > 0 && draft->rounding.base > 0))
        reader_fail(r, "a noise without its most, or beside a rounding");
    size_t report = strlen(draft->report);
    if (!plan_is_id(draft->report) || !text_starts(draft->id, draft->report) ||
        draft->id[report] != '.' || !plan_is_id(draft->id + report + 1))
        reader_fail(r, "a table's id is not that of its report, '.' "
                       "and a-z, 0-9, _ and -");
}

/* Tables are numbered without a gap: their cells go by the number. */
static struct pub_draft *read_drafts(struct edition_reader *r, size_t *count)
{
    struct pub_draft *drafts = NULL;
    size_t capacity = 0;
    *count = 0;
    reader_begin(
        r,
        "SELECT place, id, report, title_fr, title_en, note_fr, note_en,"
        " measure, open_data, coarsened_fr, coarsened_en, base, window_bases,"
        " noise_variance, noise_most, noise_key FROM sheet ORDER BY place",
        -1);
    while (reader_next(r)) {
        drafts = arena_grow(r->open, drafts, *count, &capacity, sizeof *drafts);
        drafts[*count] = (struct pub_draft){0};
        (void)reader_int64(r, 0, (int64_t)*count, (int64_t)*count);
        read_draft(r, &drafts[(*count)++]);
    }
    reader_end(r);
    return drafts;
}

void edition_read_tables(struct edition_reader *r)
{
    struct edition *edition = r->edition;
    size_t count;
    struct pub_draft *drafts = read_drafts(r, &count);
    const struct pub_table **tables =
        arena_array(r->open, count, sizeof *tables);
    for (size_t t = 0; t < count && !r->failed; t++) {
        read_columns(r, (int)t, &drafts[t]);
        read_axes(r, edition->codes, (int)t, &drafts[t]);
        if (!draft_sound(r, edition->codes, (int)t, &drafts[t]))
            break;
        struct pub_table *table =
            pub_build(r->open, edition->codes, &drafts[t]);
        read_cells(r, (int)t, table);
        tables[t] = table;
    }
    edition->tables = tables;
    edition->table_count = count;
}
