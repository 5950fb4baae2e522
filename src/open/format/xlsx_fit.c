/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/xlsx_fit.h"

#include <string.h>

#include "base/utf8.h"
#include "page/column_head.h"

#define LINE_PT 14.5
#define UPRIGHT_PT 523.0 /* between the margins of A4 */
#define LYING_PT 770.0
#define UPRIGHT_LEAST 0.9 /* size of an upright sheet: else it lies */
/* Of a page that is one of several: columns are wider where the font that
 * their widths are counted in is another one. */
#define FILLED 0.77

enum {
    LETTERS_LEAST = 8, /* of a column */
    LETTERS_MOST = 45,
    LETTERS_APART = 2,  /* of a number and the edge, on its right */
    LABEL_LETTERS = 60, /* of the columns that name the rows, together */
    HEAD_LINES = 4,
};

/* --- sizes ---------------------------------------------------------------- */

/* A unit is a digit of the library's own font, which is narrower. */
double xlsx_width(size_t letters)
{
    return 1.15 * (double)letters + 1.5;
}

size_t xlsx_lines(const char *text, size_t letters)
{
    size_t lines = 1, line = 0, word = 0;
    for (const char *at = text;;) {
        const uint32_t point = *at == '\0' ? 0 : utf8_next(&at);
        if (point != 0 && point != ' ') {
            word++;
            continue;
        }
        if (line > 0 && line + 1 + word > letters) {
            lines++;
            line = 0;
        }
        line += word + (line > 0);
        word = 0;
        if (point == 0)
            return lines;
    }
}

double xlsx_height_pt(size_t lines)
{
    return LINE_PT * (double)lines + 2.5;
}

/* --- columns -------------------------------------------------------------- */

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

static struct xlsx_column fit_column(struct arena *arena,
                                     const struct grid *grid, size_t column)
{
    struct xlsx_column fit = {LETTERS_LEAST, 0};
    for (size_t r = 0; r < grid->rows; r++) {
        const struct grid_cell *cell =
            &grid->cells[r * grid->column_count + column];
        size_t room =
            cell->number ? strlen(flag_letters(arena, cell->flags)) : 0;
        size_t letters = utf8_count(cell->text) + (room > 0 ? room + 1 : 0);
        fit.room = room > fit.room ? room : fit.room;
        fit.letters = letters > fit.letters ? letters : fit.letters;
    }
    size_t heading = heading_letters(xlsx_heading(arena, grid, column));
    fit.letters = heading > fit.letters ? heading : fit.letters;
    if (fit.letters > LETTERS_MOST)
        fit.letters = LETTERS_MOST;
    if (grid->columns[column].align == ALIGN_RIGHT)
        fit.letters += LETTERS_APART;
    return fit;
}

/* The name of a group is cut by what stands beside it. */
static void make_room(struct xlsx_column *columns, size_t first, size_t past,
                      const char *name)
{
    size_t letters = 0;
    for (size_t c = first; c < past; c++)
        letters += columns[c].letters;
    for (size_t c = first; letters < utf8_count(name) + 1;
         c = c + 1 < past ? c + 1 : first) {
        columns[c].letters++;
        letters++;
    }
}

struct xlsx_column *xlsx_fit(struct arena *arena, const struct grid *grid)
{
    struct xlsx_column *columns =
        arena_array(arena, grid->column_count, sizeof *columns);
    for (size_t c = 0; c < grid->column_count; c++)
        columns[c] = fit_column(arena, grid, c);
    size_t past = 0;
    for (size_t c = 0; c < grid->column_count; c = past) {
        past = column_head_past(grid, c);
        if (column_head_grouped(&grid->columns[c]))
            make_room(columns, c, past, grid->columns[c].group);
    }
    return columns;
}

/* --- pages ---------------------------------------------------------------- */

/* The library's unit is a digit of 7 pixels; a column has 5 more. */
static double width_pt(const struct xlsx_column *columns, size_t first,
                       size_t past)
{
    double width = 0.0;
    for (size_t c = first; c < past; c++)
        width += (xlsx_width(columns[c].letters) * 7 + 5) * 0.75;
    return width;
}

/* At the least one; more where several columns on the left are heads and are
 * not too wide to stay in sight. */
static size_t label_columns(const struct grid *grid,
                            const struct xlsx_column *columns)
{
    size_t labels = 1, letters = columns[0].letters;
    while (labels < grid->column_count && grid->columns[labels - 1].header &&
           grid->columns[labels].header) {
        letters += columns[labels].letters;
        if (letters > LABEL_LETTERS)
            break;
        labels++;
    }
    return labels;
}

/* A group that fits on no page is broken itself. */
static void break_pages(struct arena *arena, const struct grid *grid,
                        const struct xlsx_column *columns,
                        struct xlsx_paper *paper)
{
    const double most = LYING_PT * 100 / XLSX_SMALLEST * FILLED;
    const double labels = width_pt(columns, 0, paper->labels);
    uint16_t *breaks = arena_array(arena, grid->column_count, sizeof *breaks);
    double used = labels;
    bool whole = true;
    for (size_t c = paper->labels, past = 0, group = 0; c < grid->column_count;
         c = past) {
        if (c >= group) {
            group = column_head_past(grid, c);
            whole = labels + width_pt(columns, c, group) <= most;
        }
        past = whole ? group : c + 1;
        const double width = width_pt(columns, c, past);
        if (used + width > most && used > labels) {
            breaks[paper->break_count++] = (uint16_t)c;
            used = labels;
        }
        used += width;
    }
    paper->breaks = breaks;
}

struct xlsx_paper xlsx_paper(struct arena *arena, const struct grid *grid,
                             const struct xlsx_column *columns)
{
    const double width = width_pt(columns, 0, grid->column_count);
    struct xlsx_paper paper = {
        .landscape = width * UPRIGHT_LEAST > UPRIGHT_PT,
        .labels = label_columns(grid, columns),
    };
    if (width * XLSX_SMALLEST > LYING_PT * 100)
        break_pages(arena, grid, columns, &paper);
    return paper;
}
