/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_data.c - the sheet of one table or figure. */
#include "format/xlsx_impl.h"
#include "format/xlsx_texts.h"
#include "page/column_head.h"

#define GAP_PT 6 /* over the headings */
#define LINE_ROW_PT 15
#define FROZEN_MOST_PT 230 /* what stays in sight leaves room for the rest */

enum {
    LONG_LEAST = 16, /* rows of a table that is scrolled */
};

static const struct grid_cell *cell_at(const struct grid *grid, size_t row,
                                       size_t column)
{
    return &grid->cells[row * grid->column_count + column];
}

/* --- cells ---------------------------------------------------------------- */

static void add_number(struct xlsx_file *file, lxw_worksheet *sheet,
                       lxw_row_t row, lxw_col_t column,
                       const struct grid_cell *cell, struct xlsx_number number)
{
    bool shown = cell->availability == AVAILABLE;
    if (!shown)
        number.decimals = -1;
    lxw_format *format = xlsx_number_look(file, number);
    xlsx_keep(file, shown ? file->calls.worksheet_write_number(
                                sheet, row, column, cell->value, format)
                          : file->calls.worksheet_write_string(
                                sheet, row, column, cell->text, format));
}

static void add_row(struct xlsx_file *file, lxw_worksheet *sheet,
                    const struct xlsx_sheet *what,
                    const struct xlsx_column *columns, size_t r)
{
    const struct grid *grid = what->grid;
    bool total = grid->emphasis != NULL && grid->emphasis[r] != 0;
    lxw_row_t row = what->first_row + 1 + (lxw_row_t)r;
    size_t lines = 1;
    for (size_t c = 0; c < grid->column_count; c++) {
        const struct grid_cell *cell = cell_at(grid, r, c);
        struct xlsx_number number = {
            .decimals = grid->columns[c].decimals - cell->coarser,
            .flags = cell->flags,
            .room = columns[c].room,
            .bold = total,
        };
        if (cell->number) {
            add_number(file, sheet, row, (lxw_col_t)c, cell, number);
            continue;
        }
        const char *text = xlsx_cell_text(cell);
        size_t broken = xlsx_lines(text, columns[c].letters);
        lines = broken > lines ? broken : lines;
        xlsx_keep(file, file->calls.worksheet_write_string(
                            sheet, row, (lxw_col_t)c, text,
                            total ? file->total : file->wrap));
    }
    file->calls.worksheet_set_row(sheet, row, xlsx_height_pt(lines), NULL);
}

/* --- heads ---------------------------------------------------------------- */

/* Is it the first column below the name of a group? */
static bool begins_group(const struct xlsx_sheet *what, size_t column)
{
    for (size_t t = 0; t < what->text_count; t++) {
        if (what->texts[t].part == XLSX_GROUP &&
            what->texts[t].column == column)
            return true;
    }
    return false;
}

static bool is_grouped(const struct xlsx_sheet *what)
{
    const size_t heads = what->grid->column_count;
    return what->texts[what->text_count - heads - 1].part == XLSX_GROUP;
}

/* The rule below the name of a group goes on over all of its columns: they
 * are not merged, since filters and programs need each. */
static void add_groups(struct xlsx_file *file, lxw_worksheet *sheet,
                       const struct xlsx_sheet *what)
{
    const struct grid *grid = what->grid;
    if (!is_grouped(what))
        return;
    file->calls.worksheet_set_row(sheet, what->first_row - 1,
                                  xlsx_height_pt(1) + GAP_PT, NULL);
    for (size_t c = 0; c < grid->column_count; c++) {
        if (column_head_grouped(&grid->columns[c]) && !begins_group(what, c))
            xlsx_keep(file, file->calls.worksheet_write_blank(
                                sheet, what->first_row - 1, (lxw_col_t)c,
                                file->group));
    }
}

static lxw_format *head_look(const struct xlsx_file *file,
                             const struct xlsx_sheet *what, size_t column)
{
    const struct xlsx_heads *heads =
        xlsx_filtered(what->grid->rows) ? &file->filtered : &file->heads;
    if (begins_group(what, column))
        return heads->first;
    return what->grid->columns[column].align == ALIGN_RIGHT ? heads->number
                                                            : heads->text;
}

/* Gives the height of the header row. */
static double add_heads(struct xlsx_file *file, lxw_worksheet *sheet,
                        const struct xlsx_sheet *what,
                        const struct xlsx_column *columns)
{
    const struct grid *grid = what->grid;
    size_t count = grid->column_count, lines = 1;
    const struct xlsx_text *heads = what->texts + what->text_count - count;
    lxw_format **looks = arena_array(file->scratch, count, sizeof *looks);
    for (size_t c = 0; c < count; c++) {
        looks[c] = head_look(file, what, c);
        size_t broken = xlsx_lines(heads[c].text, columns[c].letters + 1);
        lines = broken > lines ? broken : lines;
    }
    lines += xlsx_filtered(grid->rows); /* the buttons' own line */
    const double height = xlsx_height_pt(lines) + GAP_PT;
    xlsx_table(file, sheet, what, grid->rows, looks);
    file->calls.worksheet_set_row(sheet, what->first_row, height, NULL);
    return height;
}

/* --- the sheet ------------------------------------------------------------ */

/* Names of rows stay in sight, and heads of a long table unless what is above
 * them would leave no room for it. */
static void freeze(const struct xlsx_file *file, lxw_worksheet *sheet,
                   const struct xlsx_sheet *what, size_t labels, double head_pt)
{
    const bool rows = what->grid->rows >= LONG_LEAST &&
                      LINE_ROW_PT * what->first_row + head_pt <= FROZEN_MOST_PT;
    file->calls.worksheet_freeze_panes(sheet, rows ? what->first_row + 1 : 0,
                                       (lxw_col_t)labels);
}

void xlsx_data(struct xlsx_file *file, const struct xlsx_sheet *what)
{
    const struct grid *grid = what->grid;
    const struct xlsx_column *columns = xlsx_fit(file->scratch, grid);
    const struct xlsx_paper paper = xlsx_paper(file->scratch, grid, columns);
    lxw_worksheet *sheet = xlsx_sheet_new(file, what->name, paper.landscape);
    if (sheet == NULL)
        return;
    for (size_t c = 0; c < grid->column_count; c++)
        file->calls.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
                                         xlsx_width(columns[c].letters), NULL);
    xlsx_write_texts(file, sheet, what);
    add_groups(file, sheet, what);
    const double head_pt = add_heads(file, sheet, what, columns);
    for (size_t r = 0; r < grid->rows; r++)
        add_row(file, sheet, what, columns, r);
    freeze(file, sheet, what, paper.labels, head_pt);
    xlsx_pages(file, sheet, &paper, what->first_row - is_grouped(what),
               what->first_row, grid->rows);
    if (paper.break_count > 0)
        xlsx_page_heads(file, sheet, what);
}
