/* SPDX-License-Identifier: EUPL-1.2 */
#include "pub/build.h"

#include <math.h>
#include <string.h>

#include "base/num.h"

struct pub_cell {
    double value; /* 0 unless AVAILABLE */
    unsigned char availability;
    unsigned char flags;
    unsigned char coarser; /* decimals fewer than the column's */
};

struct pub_table {
    const struct codes *codes;
    struct pub_draft draft; /* texts owned */
    const struct measure *measure;
    size_t stride[DIM_COUNT];
    size_t rows;
    struct pub_cell *cells; /* [rows * columns] */
    double *coverage;       /* [rows] */
};

static const struct pub_cell *cell_at(const struct pub_table *table, size_t row,
                                      size_t column)
{
    assert(row < table->rows && column < table->draft.column_count);
    return &table->cells[row * table->draft.column_count + column];
}

static void copy_texts(struct arena *open, struct pub_draft *draft)
{
    draft->id = arena_text(open, draft->id);
    draft->report = arena_text(open, draft->report);
    draft->measure = arena_text(open, draft->measure);
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        draft->title[lang] = arena_text(open, draft->title[lang]);
        draft->note[lang] = arena_text(open, draft->note[lang]);
        if (draft->coarsened[lang] == NULL)
            draft->coarsened[lang] = "";
        draft->coarsened[lang] = arena_text(open, draft->coarsened[lang]);
    }
}

static void copy_columns(struct arena *open, struct pub_draft *draft)
{
    struct pub_column *columns =
        arena_array(open, draft->column_count, sizeof *columns);
    memcpy(columns, draft->columns, draft->column_count * sizeof *columns);
    for (size_t c = 0; c < draft->column_count; c++) {
        columns[c].id = arena_text(open, columns[c].id);
        columns[c].standard = arena_text(open, columns[c].standard);
        columns[c].unit = arena_text(open, columns[c].unit);
    }
    draft->columns = columns;
}

struct pub_table *pub_build(struct arena *open, const struct codes *codes,
                            const struct pub_draft *draft)
{
    struct pub_table *table = arena_alloc(open, sizeof *table);
    table->codes = codes;
    table->draft = *draft;
    table->measure = code_measure(codes, draft->measure);
    assert(table->measure != NULL);
    copy_texts(open, &table->draft);
    copy_columns(open, &table->draft);

    size_t rows = 1;
    for (size_t d = DIM_COUNT; d-- > 0;) {
        size_t count = draft->axis_count[d];
        int *axis = arena_array(open, count, sizeof *axis);
        memcpy(axis, draft->axis[d], count * sizeof *axis);
        table->draft.axis[d] = axis;
        table->stride[d] = rows;
        rows *= count;
    }
    table->rows = rows;
    table->cells =
        arena_array(open, rows * draft->column_count, sizeof *table->cells);
    for (size_t c = 0; c < rows * draft->column_count; c++)
        table->cells[c].availability = NOT_AVAILABLE;
    table->coverage = arena_array(open, rows, sizeof *table->coverage);
    for (size_t r = 0; r < rows; r++)
        table->coverage[r] = 1.0;
    return table;
}

void pub_put(struct pub_table *table, size_t row, size_t column,
             enum availability availability, double value, unsigned flags)
{
    assert(row < table->rows && column < table->draft.column_count);
    assert(availability != AVAILABLE || isfinite(value));
    struct pub_cell *cell =
        &table->cells[row * table->draft.column_count + column];
    cell->availability = (unsigned char)availability;
    cell->flags = availability == CONFIDENTIAL ? 0 : (unsigned char)flags;
    cell->value = availability == AVAILABLE ? value : 0.0;
    cell->coarser = 0;
}

void pub_coarsen(struct pub_table *table, size_t row, size_t column,
                 int decimals)
{
    assert(row < table->rows && column < table->draft.column_count);
    int usual = table->draft.columns[column].decimals;
    struct pub_cell *cell =
        &table->cells[row * table->draft.column_count + column];
    assert(cell->availability == AVAILABLE);
    assert(decimals >= 0 && decimals <= usual);
    assert(!(fabs(cell->value - num_round(cell->value, decimals)) > 0.0));
    cell->coarser = (unsigned char)(usual - decimals);
}

void pub_put_coverage(struct pub_table *table, size_t row, double share)
{
    assert(row < table->rows && share >= 0.0 && share <= 1.0);
    table->coverage[row] = share;
}

const char *pub_id(const struct pub_table *table)
{
    return table->draft.id;
}

const char *pub_report(const struct pub_table *table)
{
    return table->draft.report;
}

const char *pub_title(const struct pub_table *table, enum lang lang)
{
    return table->draft.title[lang];
}

const char *pub_note(const struct pub_table *table, enum lang lang)
{
    return table->draft.note[lang];
}

const char *pub_coarsened(const struct pub_table *table, enum lang lang)
{
    return table->draft.coarsened[lang];
}

struct pub_rounding pub_rounding(const struct pub_table *table)
{
    return table->draft.rounding;
}

struct pub_noise pub_noise(const struct pub_table *table)
{
    return table->draft.noise;
}

static char *rounding_note(struct arena *arena, const struct pub_table *table,
                           enum lang lang)
{
    struct pub_rounding rounding = table->draft.rounding;
    const char *base = num_format_count(arena, lang, rounding.base);
    const char *reach =
        num_format_count(arena, lang, (int64_t)rounding.base * rounding.window);
    bool statistic = table->draft.columns[0].kind == PUB_STATISTIC;
    return locale_fill(arena, lang,
                       statistic ? "rounding.statistic" : "rounding.counts",
                       "base", base, "reach", reach, NULL);
}

static char *noise_note(struct arena *arena, const struct pub_table *table,
                        enum lang lang)
{
    struct pub_noise noise = table->draft.noise;
    const char *most = num_format_count(arena, lang, noise.most);
    const char *usual =
        num_format(arena, lang, sqrt((double)noise.variance), 1);
    bool statistic = table->draft.columns[0].kind == PUB_STATISTIC;
    return locale_fill(arena, lang,
                       statistic ? "noise.statistic" : "noise.counts", "most",
                       most, "usual", usual, NULL);
}

char *pub_changed_note(struct arena *arena, const struct pub_table *table,
                       enum lang lang)
{
    if (table->draft.rounding.base > 0)
        return rounding_note(arena, table, lang);
    return table->draft.noise.variance > 0 ? noise_note(arena, table, lang)
                                           : arena_text(arena, "");
}

const struct measure *pub_measure(const struct pub_table *table)
{
    return table->measure;
}

bool pub_open_data(const struct pub_table *table)
{
    return table->draft.open_data;
}

size_t pub_rows(const struct pub_table *table)
{
    return table->rows;
}

size_t pub_columns(const struct pub_table *table)
{
    return table->draft.column_count;
}

const struct pub_column *pub_column(const struct pub_table *table,
                                    size_t column)
{
    assert(column < table->draft.column_count);
    return &table->draft.columns[column];
}

int pub_find_column(const struct pub_table *table, const char *id)
{
    for (size_t c = 0; c < table->draft.column_count; c++) {
        if (text_same(table->draft.columns[c].id, id))
            return (int)c;
    }
    return -1;
}

size_t pub_axis_count(const struct pub_table *table, enum dim dim)
{
    return table->draft.axis_count[dim];
}

const struct node *pub_axis_node(const struct pub_table *table, enum dim dim,
                                 size_t place)
{
    assert(place < table->draft.axis_count[dim]);
    return &table->codes->dims[dim].nodes[table->draft.axis[dim][place]];
}

int pub_axis_find(const struct pub_table *table, enum dim dim,
                  const char *level, const char *code)
{
    for (size_t p = 0; p < table->draft.axis_count[dim]; p++) {
        const struct node *node = pub_axis_node(table, dim, p);
        if (text_same(node->code, code) &&
            (level == NULL || text_same(node->level, level)))
            return (int)p;
    }
    return -1;
}

size_t pub_row(const struct pub_table *table, const size_t place[DIM_COUNT])
{
    size_t row = 0;
    for (size_t d = 0; d < DIM_COUNT; d++) {
        assert(place[d] < table->draft.axis_count[d]);
        row += place[d] * table->stride[d];
    }
    return row;
}

void pub_places(const struct pub_table *table, size_t row,
                size_t place[DIM_COUNT])
{
    assert(row < table->rows);
    for (size_t d = 0; d < DIM_COUNT; d++)
        place[d] = row / table->stride[d] % table->draft.axis_count[d];
}

enum availability pub_read(const struct pub_table *table, size_t row,
                           size_t column, double *value)
{
    const struct pub_cell *cell = cell_at(table, row, column);
    if (cell->availability == AVAILABLE)
        *value = cell->value;
    return (enum availability)cell->availability;
}

unsigned pub_flags(const struct pub_table *table, size_t row, size_t column)
{
    return cell_at(table, row, column)->flags;
}

int pub_decimals(const struct pub_table *table, size_t row, size_t column)
{
    return table->draft.columns[column].decimals -
           cell_at(table, row, column)->coarser;
}

double pub_coverage(const struct pub_table *table, size_t row)
{
    assert(row < table->rows);
    return table->coverage[row];
}

char *pub_cell_id(struct arena *arena, const struct pub_table *table,
                  size_t row, size_t column)
{
    size_t place[DIM_COUNT];
    pub_places(table, row, place);
    struct text id = text_new(arena);
    text_add(&id, table->draft.measure);
    for (size_t d = 0; d < DIM_COUNT; d++) {
        const struct node *node = pub_axis_node(table, (enum dim)d, place[d]);
        text_add_char(&id, '|');
        if (d == DIM_TERRITORY) {
            text_add(&id, node->level);
            text_add_char(&id, '/');
        }
        text_add(&id, node->code);
    }
    text_add_char(&id, '|');
    text_add(&id, pub_column(table, column)->id);
    return id.at;
}

void pub_suppressed(const struct pub_table *table, size_t *cells,
                    size_t *confidential)
{
    *cells = table->rows;
    *confidential = 0;
    for (size_t r = 0; r < table->rows; r++) {
        if (cell_at(table, r, 0)->availability == CONFIDENTIAL)
            (*confidential)++;
    }
}
