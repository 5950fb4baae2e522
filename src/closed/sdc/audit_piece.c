/* SPDX-License-Identifier: EUPL-1.2 */
#include <float.h>
#include <math.h>

#include "sdc/audit_piece.h"

static int *unnumbered(struct arena *arena, size_t count)
{
    int *numbers = arena_array(arena, count, sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = -1;
    return numbers;
}

struct audit_cutter audit_cutter_new(struct arena *arena,
                                     const struct audit_input *input,
                                     const struct audit_bounds *bounds)
{
    size_t rows = input->relations + input->band_count;
    return (struct audit_cutter){
        .arena = arena,
        .input = input,
        .bounds = bounds,
        .rows = audit_index(arena, input),
        .column = unnumbered(arena, input->cells),
        .row_number = unnumbered(arena, rows),
        .cells = arena_array(arena, input->cells, sizeof(uint32_t)),
        .numbers = arena_array(arena, rows, sizeof(uint32_t)),
    };
}

bool audit_cutter_knows(const struct audit_cutter *cutter, uint32_t cell)
{
    return cutter->column[cell] >= 0;
}

bool audit_cell_moves(const struct audit_cutter *cutter, uint32_t cell)
{
    return cutter->input->guards[cell] != AUDIT_SHOWN &&
           cutter->bounds->low[cell] < cutter->bounds->high[cell];
}

static void visit(struct audit_cutter *cutter, uint32_t cell)
{
    if (!audit_cell_moves(cutter, cell) || cutter->column[cell] >= 0)
        return;
    cutter->column[cell] = (int)cutter->cell_count;
    cutter->cells[cutter->cell_count++] = cell;
}

static void visit_row(struct audit_cutter *cutter, uint32_t number)
{
    if (cutter->row_number[number] >= 0)
        return;
    cutter->row_number[number] = (int)cutter->row_count;
    cutter->numbers[cutter->row_count++] = number;
    struct audit_row row = audit_row_at(cutter->input, number);
    for (size_t i = 0; i < row.count; i++)
        visit(cutter, row.cells[i]);
}

static void collect(struct audit_cutter *cutter, uint32_t first)
{
    const struct audit_rows *rows = &cutter->rows;
    cutter->cell_count = 0;
    cutter->row_count = 0;
    visit(cutter, first);
    for (size_t i = 0; i < cutter->cell_count; i++) {
        uint32_t cell = cutter->cells[i];
        for (size_t k = rows->starts[cell]; k < rows->starts[cell + 1]; k++)
            visit_row(cutter, rows->rows[k]);
    }
}

/* --- rows and columns as the solver wants them --- */

struct matrix {
    int *row_starts, *members; /* by row */
    double *weights;
    int *starts, *rows; /* by column */
    double *values;
};

static size_t moving_members(const struct audit_cutter *cutter)
{
    size_t count = 0;
    for (size_t r = 0; r < cutter->row_count; r++) {
        struct audit_row row = audit_row_at(cutter->input, cutter->numbers[r]);
        for (size_t i = 0; i < row.count; i++)
            count += audit_cell_moves(cutter, row.cells[i]);
    }
    return count;
}

static void fill_rows(const struct audit_cutter *cutter, struct matrix *matrix)
{
    int filled = 0;
    for (size_t r = 0; r < cutter->row_count; r++) {
        struct audit_row row = audit_row_at(cutter->input, cutter->numbers[r]);
        for (size_t i = 0; i < row.count; i++) {
            if (!audit_cell_moves(cutter, row.cells[i]))
                continue;
            matrix->members[filled] = cutter->column[row.cells[i]];
            matrix->weights[filled++] = audit_weight(&row, i);
        }
        matrix->row_starts[r + 1] = filled;
    }
}

static void fill_columns(const struct audit_cutter *cutter,
                         struct matrix *matrix, int *fill)
{
    int entries = matrix->row_starts[cutter->row_count];
    for (int e = 0; e < entries; e++)
        matrix->starts[matrix->members[e] + 1]++;
    for (size_t c = 0; c < cutter->cell_count; c++)
        matrix->starts[c + 1] += matrix->starts[c];
    for (size_t r = 0; r < cutter->row_count; r++) {
        for (int e = matrix->row_starts[r]; e < matrix->row_starts[r + 1];
             e++) {
            int column = matrix->members[e];
            int at = matrix->starts[column] + fill[column]++;
            matrix->rows[at] = (int)r;
            matrix->values[at] = matrix->weights[e];
        }
    }
}

static struct matrix make_matrix(const struct audit_cutter *cutter,
                                 struct arena *arena)
{
    size_t entries = moving_members(cutter);
    size_t columns = cutter->cell_count;
    struct matrix matrix = {
        .row_starts = arena_array(arena, cutter->row_count + 1, sizeof(int)),
        .members = arena_array(arena, entries, sizeof(int)),
        .weights = arena_array(arena, entries, sizeof(double)),
        .starts = arena_array(arena, columns + 1, sizeof(int)),
        .rows = arena_array(arena, entries, sizeof(int)),
        .values = arena_array(arena, entries, sizeof(double)),
    };
    fill_rows(cutter, &matrix);
    fill_columns(cutter, &matrix, arena_array(arena, columns, sizeof(int)));
    return matrix;
}

/* --- bounds --- */

/* What the members of a relation must make up together; zero where the counts
 * obey it. */
static double relation_rest(const struct audit_input *input,
                            const struct audit_row *row)
{
    int64_t rest = -input->counts[row->cells[0]];
    for (size_t i = 1; i < row->count; i++)
        rest += input->counts[row->cells[i]];
    return (double)rest;
}

/* Rounded outwards, so that no table is lost. */
static void band_room(const struct audit_input *input,
                      const struct audit_band *band, double *low, double *high)
{
    struct audit_sum sum = audit_band_sum(band, input->counts, NULL);
    *low = band->low - sum.value;
    *high = band->high - sum.value;
    double slip = 2 * DBL_EPSILON * (fabs(sum.value) + sum.doubt);
    *low -= sum.doubt + slip + 2 * DBL_EPSILON * fabs(*low);
    *high += sum.doubt + slip + 2 * DBL_EPSILON * fabs(*high);
}

static void bound_rows(const struct audit_cutter *cutter, double *low,
                       double *high, bool *banded)
{
    const struct audit_input *input = cutter->input;
    for (size_t r = 0; r < cutter->row_count; r++) {
        uint32_t number = cutter->numbers[r];
        if (number < input->relations) {
            struct audit_row row = audit_row_at(input, number);
            low[r] = high[r] = relation_rest(input, &row);
        } else {
            band_room(input, &input->bands[number - input->relations], &low[r],
                      &high[r]);
            *banded = true;
        }
    }
}

static void bound_columns(const struct audit_cutter *cutter, double *low,
                          double *high)
{
    const struct audit_bounds *bounds = cutter->bounds;
    for (size_t c = 0; c < cutter->cell_count; c++) {
        uint32_t cell = cutter->cells[c];
        int64_t count = cutter->input->counts[cell];
        low[c] = (double)(bounds->low[cell] - count);
        high[c] = bounds->high[cell] == AUDIT_UNLIMITED
                      ? HUGE_VAL
                      : (double)(bounds->high[cell] - count);
    }
}

struct audit_piece audit_cut(struct audit_cutter *cutter, struct arena *arena,
                             uint32_t cell)
{
    collect(cutter, cell);
    size_t columns = cutter->cell_count, rows = cutter->row_count;
    struct matrix matrix = make_matrix(cutter, arena);
    double *low = arena_array(arena, columns, sizeof *low);
    double *high = arena_array(arena, columns, sizeof *high);
    double *row_low = arena_array(arena, rows, sizeof *row_low);
    double *row_high = arena_array(arena, rows, sizeof *row_high);
    struct audit_piece piece = {
        .arena = arena,
        .input = cutter->input,
        .cells = arena_array(arena, columns, sizeof *piece.cells),
        .row_starts = matrix.row_starts,
        .members = matrix.members,
        .weights = matrix.weights,
        .shape = {(int)columns, (int)rows, matrix.starts, matrix.rows,
                  matrix.values, low, high, row_low, row_high},
    };
    for (size_t c = 0; c < columns; c++)
        piece.cells[c] = cutter->cells[c];
    bound_columns(cutter, low, high);
    bound_rows(cutter, row_low, row_high, &piece.banded);
    return piece;
}
