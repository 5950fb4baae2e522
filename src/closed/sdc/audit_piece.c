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

/* The rows of a cutter's piece. */
static void make_rows(const struct audit_cutter *cutter,
                      struct audit_piece *piece)
{
    size_t entries = moving_members(cutter), filled = 0;
    int *starts =
        arena_array(piece->arena, cutter->row_count + 1, sizeof *starts);
    int *members = arena_array(piece->arena, entries, sizeof *members);
    double *weights = arena_array(piece->arena, entries, sizeof *weights);
    for (size_t r = 0; r < cutter->row_count; r++) {
        struct audit_row row = audit_row_at(cutter->input, cutter->numbers[r]);
        for (size_t i = 0; i < row.count; i++) {
            if (!audit_cell_moves(cutter, row.cells[i]))
                continue;
            members[filled] = cutter->column[row.cells[i]];
            weights[filled++] = audit_weight(&row, i);
        }
        starts[r + 1] = (int)filled;
    }
    piece->row_starts = starts;
    piece->members = members;
    piece->weights = weights;
}

struct audit_line audit_line_at(const struct audit_piece *piece, int row)
{
    int start = piece->row_starts[row];
    return (struct audit_line){&piece->members[start], &piece->weights[start],
                               piece->row_starts[row + 1] - start};
}

void audit_turn(struct audit_piece *piece)
{
    struct lp_shape *shape = &piece->shape;
    size_t columns = (size_t)shape->columns;
    int entries = piece->row_starts[shape->rows];
    int *starts = arena_array(piece->arena, columns + 1, sizeof *starts);
    int *fill = arena_array(piece->arena, columns, sizeof *fill);
    int *rows = arena_array(piece->arena, (size_t)entries, sizeof *rows);
    double *values = arena_array(piece->arena, (size_t)entries, sizeof *values);
    for (int e = 0; e < entries; e++)
        starts[piece->members[e] + 1]++;
    for (size_t c = 0; c < columns; c++)
        starts[c + 1] += starts[c];
    for (int r = 0; r < shape->rows; r++) {
        for (int e = piece->row_starts[r]; e < piece->row_starts[r + 1]; e++) {
            int column = piece->members[e];
            int at = starts[column] + fill[column]++;
            rows[at] = r;
            values[at] = piece->weights[e];
        }
    }
    shape->starts = starts;
    shape->row = rows;
    shape->value = values;
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
    double *low = arena_array(arena, columns, sizeof *low);
    double *high = arena_array(arena, columns, sizeof *high);
    double *row_low = arena_array(arena, rows, sizeof *row_low);
    double *row_high = arena_array(arena, rows, sizeof *row_high);
    struct audit_piece piece = {
        .arena = arena,
        .input = cutter->input,
        .cells = arena_array(arena, columns, sizeof *piece.cells),
        .shape = {.columns = (int)columns,
                  .rows = (int)rows,
                  .low = low,
                  .high = high,
                  .row_low = row_low,
                  .row_high = row_high},
    };
    make_rows(cutter, &piece);
    audit_turn(&piece);
    for (size_t c = 0; c < columns; c++)
        piece.cells[c] = cutter->cells[c];
    bound_columns(cutter, low, high);
    bound_rows(cutter, row_low, row_high, &piece.banded);
    return piece;
}
