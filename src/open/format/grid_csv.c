/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/grid_csv.h"

#include "base/csv.h"
#include "base/num.h"

static bool is_number(const struct grid *grid, size_t column)
{
    for (size_t row = 0; row < grid->rows; row++) {
        if (grid->cells[row * grid->column_count + column].number)
            return true;
    }
    return false;
}

static void put_head(struct text *out, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        const char *id = grid->columns[column].id;
        if (column > 0)
            text_add_char(out, ',');
        csv_add_field(out, id, ',');
        if (is_number(grid, column))
            text_format(out, ",%s_status", id);
    }
    text_add(out, "\r\n");
}

/* Words in a column of numbers have no status. */
static void put_cell(struct text *out, const struct grid_column *column,
                     const struct grid_cell *cell)
{
    if (!cell->number)
        csv_add_field(out, cell->text, ',');
    else if (cell->availability == AVAILABLE)
        num_print(out, cell->value, column->decimals - cell->coarser);
}

static void put_status(struct text *out, const struct grid_cell *cell)
{
    text_add_char(out, ',');
    if (cell->number)
        text_add_char(out, availability_letter(cell->availability));
}

void grid_csv(struct text *out, const struct grid *grid)
{
    put_head(out, grid);
    for (size_t row = 0; row < grid->rows; row++) {
        const struct grid_cell *cells = &grid->cells[row * grid->column_count];
        for (size_t column = 0; column < grid->column_count; column++) {
            if (column > 0)
                text_add_char(out, ',');
            put_cell(out, &grid->columns[column], &cells[column]);
            if (is_number(grid, column))
                put_status(out, &cells[column]);
        }
        text_add(out, "\r\n");
    }
}
