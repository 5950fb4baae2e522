/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_data.c - the sheet of one table or figure. */
#include <string.h>

#include "base/utf8.h"
#include "format/xlsx_impl.h"

#define GAP_PT 6           /* over the headings */
#define PORTRAIT_WIDTH 105 /* of columns that fit on an upright page */

enum {
    LETTERS_LEAST = 8, /* of a column */
    LETTERS_MOST = 45,
    HEAD_LINES = 3,
};

/* One column of the sheet. */
struct fit {
    size_t letters; /* on a line */
    size_t room;    /* of the longest signs beside a value */
};

static const struct grid_cell *cell_at(const struct grid *grid, size_t row,
                                       size_t column)
{
    return &grid->cells[row * grid->column_count + column];
}

/* --- sizes ---------------------------------------------------------------- */

static size_t longest_word(const char *text)
{
    size_t most = 0, word = 0;
    for (const char *at = text; *at != '\0';) {
        word = utf8_next(&at) == ' ' ? 0 : word + 1;
        most = word > most ? word : most;
    }
    return most;
}

/* The least width that leaves a heading on a few lines. */
static size_t heading_letters(const char *heading)
{
    size_t letters = longest_word(heading);
    while (xlsx_lines(heading, letters) > HEAD_LINES)
        letters++;
    return letters;
}

static struct fit fit_column(struct arena *scratch, const struct grid *grid,
                             size_t column)
{
    struct fit fit = {LETTERS_LEAST, 0};
    for (size_t r = 0; r < grid->rows; r++) {
        const struct grid_cell *cell = cell_at(grid, r, column);
        size_t room =
            cell->number ? strlen(flag_letters(scratch, cell->flags)) : 0;
        size_t letters = utf8_count(cell->text) + (room > 0 ? room + 1 : 0);
        fit.room = room > fit.room ? room : fit.room;
        fit.letters = letters > fit.letters ? letters : fit.letters;
    }
    size_t heading = heading_letters(xlsx_heading(scratch, grid, column));
    fit.letters = heading > fit.letters ? heading : fit.letters;
    if (fit.letters > LETTERS_MOST)
        fit.letters = LETTERS_MOST;
    return fit;
}

/* Whether the table is too wide for an upright page; lines above it are not. */
static bool lies(const struct fit *columns, size_t count)
{
    double width = 0.0;
    for (size_t c = 0; c < count; c++)
        width += xlsx_width(columns[c].letters);
    return width > PORTRAIT_WIDTH;
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
    xlsx_keep(
        file,
        shown ? worksheet_write_number(sheet, row, column, cell->value, format)
              : worksheet_write_string(sheet, row, column, cell->text, format));
}

static void add_row(struct xlsx_file *file, lxw_worksheet *sheet,
                    const struct xlsx_sheet *what, const struct fit *columns,
                    size_t r)
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
        const char *text = cell->text[0] == '\0' ? " " : cell->text;
        size_t broken = xlsx_lines(text, columns[c].letters);
        lines = broken > lines ? broken : lines;
        xlsx_keep(file,
                  worksheet_write_string(sheet, row, (lxw_col_t)c, text,
                                         total ? file->total : file->wrap));
    }
    worksheet_set_row(sheet, row, xlsx_height_pt(lines), NULL);
}

/* --- the sheet ------------------------------------------------------------ */

static void add_heads(struct xlsx_file *file, lxw_worksheet *sheet,
                      const struct xlsx_sheet *what, const struct fit *columns)
{
    const struct grid *grid = what->grid;
    size_t count = grid->column_count, lines = 1;
    const char **heads = arena_array(file->scratch, count, sizeof *heads);
    lxw_format **looks = arena_array(file->scratch, count, sizeof *looks);
    for (size_t c = 0; c < count; c++) {
        bool number = grid->columns[c].align == ALIGN_RIGHT;
        heads[c] = xlsx_heading(file->scratch, grid, c);
        looks[c] = number ? file->head_number : file->head;
        size_t broken = xlsx_lines(heads[c], columns[c].letters);
        lines = broken > lines ? broken : lines;
    }
    xlsx_table(file, sheet, what->table_name, what->first_row, grid->rows,
               heads, looks, count);
    worksheet_set_row(sheet, what->first_row, xlsx_height_pt(lines) + GAP_PT,
                      NULL);
}

void xlsx_data(struct xlsx_file *file, const struct xlsx_sheet *what)
{
    const struct grid *grid = what->grid;
    lxw_row_t row = 0;
    struct fit *columns =
        arena_array(file->scratch, grid->column_count, sizeof *columns);
    for (size_t c = 0; c < grid->column_count; c++)
        columns[c] = fit_column(file->scratch, grid, c);
    bool landscape = lies(columns, grid->column_count);
    lxw_worksheet *sheet = xlsx_sheet_new(file, what->name, landscape);
    if (sheet == NULL)
        return;
    for (size_t c = 0; c < grid->column_count; c++)
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
                             xlsx_width(columns[c].letters), NULL);
    xlsx_title(file, sheet, &row, what->title);
    xlsx_link(file, sheet, row++, xlsx_words(file, "sheet.contents"),
              xlsx_words(file, "sheet.back"));
    for (size_t l = 0; l < what->above_count; l++)
        xlsx_line(file, sheet, &row, what->above[l], file->plain);
    assert(row == what->first_row);
    add_heads(file, sheet, what, columns);
    for (size_t r = 0; r < grid->rows; r++)
        add_row(file, sheet, what, columns, r);
    worksheet_freeze_panes(sheet, row + 1, 1);
    xlsx_pages(sheet, row, grid->rows, landscape);
}
