/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_table.c - tables of pages: heads with their scope, cells with
 * their values, signs with the words that they stand for. */
#include "base/num.h"
#include "base/utf8.h"
#include "format/html_impl.h"
#include "page/column_head.h"
#include "page/legend.h"

enum {
    CELL_WHOLE = 24, /* characters of a cell that is not broken */
};

/* A sign with the words it stands for. Few screen readers say the title of an
 * abbreviation unasked; all say the name of a picture. */
static void add_sign(struct html_page *page, const char *sign,
                     const char *words)
{
    html_around(page, "<abbr role=\"img\" title=\"", words, "\">");
    html_around(page, "", sign, "</abbr>");
}

/* The signs beside a value, in words for those who hear the page. */
static void add_flags(struct html_page *page, unsigned flags)
{
    const char *letters = flag_letters(page->scratch, flags);
    if (letters[0] == '\0')
        return;
    html_add(page, "<sup>");
    for (const char *at = letters; *at != '\0'; at++) {
        const char *letter = arena_slice(page->scratch, at, 1);
        const char *key = arena_format(page->scratch, "flag.%s", letter);
        add_sign(page, letter, html_words(page, key));
    }
    html_add(page, "</sup>");
}

static void add_cell(struct html_page *page, const struct grid_column *column,
                     const struct grid_cell *cell)
{
    if (column->header) {
        html_around(page, "<th scope=\"row\">", cell->text, "</th>");
    } else if (!cell->number) {
        html_add(page, column->align == ALIGN_RIGHT ? "<td class=\"n\">"
                       : utf8_count(cell->text) > CELL_WHOLE
                           ? "<td class=\"l\">"
                           : "<td>");
        html_xml(page, cell->text);
        html_add(page, "</td>");
    } else if (cell->availability == AVAILABLE) {
        html_add(page, "<td class=\"n\" data-v=\"");
        num_print(&page->out, cell->value, column->decimals - cell->coarser);
        html_add(page, "\">");
        html_xml(page, cell->text);
        add_flags(page, cell->flags);
        html_add(page, "</td>");
    } else {
        text_format(&page->out, "<td class=\"n\" data-s=\"%c\">",
                    availability_letter(cell->availability));
        add_sign(page, cell->text,
                 availability_words(page->lang, cell->availability));
        add_flags(page, cell->flags);
        html_add(page, "</td>");
    }
}

static void add_head(struct html_page *page, const struct grid_column *column,
                     const char *words, const char *rows)
{
    text_format(&page->out, "<th scope=\"col\"%s%s>", rows,
                column->align == ALIGN_RIGHT ? " class=\"n\"" : "");
    html_xml(page, words);
    if (column->unit[0] != '\0')
        html_around(page, "<small>", column->unit, "</small>");
    html_add(page, "</th>");
}

/* The names of groups over their columns, beside heads that go down both rows.
 * A name's scope is a group of columns, which is declared before. */
static void add_group_heads(struct html_page *page, const struct grid *grid)
{
    for (size_t c = 0; c < grid->column_count; c = column_head_past(grid, c))
        text_format(&page->out, "<colgroup span=\"%zu\"></colgroup>",
                    column_head_past(grid, c) - c);
    html_add(page, "<thead><tr>");
    for (size_t c = 0; c < grid->column_count; c = column_head_past(grid, c)) {
        const struct grid_column *column = &grid->columns[c];
        if (!column_head_grouped(column)) {
            add_head(page, column, column->heading, " rowspan=\"2\"");
            continue;
        }
        text_format(&page->out,
                    "<th scope=\"colgroup\" colspan=\"%zu\" class=\"g\">",
                    column_head_past(grid, c) - c);
        html_around(page, "", column->group, "</th>");
    }
    html_add(page, "</tr>\n<tr>");
    for (size_t c = 0; c < grid->column_count; c++) {
        const struct grid_column *column = &grid->columns[c];
        if (column_head_grouped(column))
            add_head(page, column, column_head_words(column), "");
    }
}

static void add_heads(struct html_page *page, const struct grid *grid)
{
    bool grouped = false;
    for (size_t c = 0; c < grid->column_count; c++)
        grouped = grouped || column_head_grouped(&grid->columns[c]);
    if (grouped) {
        add_group_heads(page, grid);
    } else {
        html_add(page, "<thead><tr>");
        for (size_t c = 0; c < grid->column_count; c++)
            add_head(page, &grid->columns[c], grid->columns[c].heading, "");
    }
    html_add(page, "</tr></thead>\n");
}

void html_table(struct html_page *page, const struct grid *grid,
                const char *title, struct html_marks marks)
{
    html_add(page, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                   "aria-label=\"");
    html_xml(page, title);
    html_add(page, "\"><table>");
    if (title[0] != '\0') {
        html_around(page, "<caption>", "", marks.open);
        html_around(page, "", title, marks.close);
        html_add(page, "</caption>");
    }
    add_heads(page, grid);
    html_add(page, "<tbody>\n");
    for (size_t r = 0; r < grid->rows; r++) {
        bool total = grid->emphasis != NULL && grid->emphasis[r] != 0;
        html_add(page, total ? "<tr class=\"t\">" : "<tr>");
        for (size_t c = 0; c < grid->column_count; c++)
            add_cell(page, &grid->columns[c],
                     &grid->cells[r * grid->column_count + c]);
        html_add(page, "</tr>\n");
    }
    html_add(page, "</tbody></table></div>\n");
    const char *legend = legend_of_signs(page->scratch, grid, page->lang, ~0u);
    if (legend[0] != '\0') {
        html_around(page, "<p class=\"signs\">", legend, "</p>\n");
    }
}
