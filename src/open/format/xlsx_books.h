/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_books.h - which workbooks a document has, and the sheets of each,
 * for their writer, their checker and the pages that lead to them.
 *
 * A document is one workbook, DIRECTORY/NAME.xlsx. A long report is a workbook
 * for each of its pages on the web (html_book.h) that has tables or figures,
 * with the name of the page: hundreds of sheets in one file are of no use.
 * Everything is made of the document alone, so that each asker is told the
 * same. */
#ifndef FORMAT_XLSX_BOOKS_H
#define FORMAT_XLSX_BOOKS_H

#include "format/html_book.h"

enum {
    XLSX_FRONT_SHEETS = 2, /* contents, notes */
    XLSX_NAME_MOST = 31,   /* characters of a sheet's name */
};

/* What a text of a sheet is, and so how it looks. */
enum xlsx_part {
    XLSX_TITLE,
    XLSX_LINE,
    XLSX_STRONG,
    XLSX_LINK,
    XLSX_GROUP, /* of columns, whose heads are below */
    XLSX_HEAD,
    XLSX_ENTRY, /* cell of a table without grid */
};

struct xlsx_text {
    uint32_t row;  /* from 0 */
    size_t column; /* from 0 */
    enum xlsx_part part;
    const char *text;
    const char *leads; /* sheet that a link leads to, else NULL */
};

struct xlsx_sheet {
    const char *name;       /* at most XLSX_NAME_MOST characters, unique: the
                               number of the figure or table where it has one */
    const char *table_name; /* stable: "t_" and the id of its grid */
    const char *title;
    const char *section;      /* the heading that it stands below; "" none */
    const char *const *above; /* lines of what is said of the table: its
                                 section, its captions, its signs */
    size_t above_count;
    const struct grid *grid; /* NULL: contents and notes have texts only */
    uint32_t first_row; /* of the header row, from 0: title, way back, lines,
                           groups of columns where it has some */
    const struct xlsx_text *texts; /* all but the cells of the grid, by row */
    size_t text_count;
};

struct xlsx_book {    /* one file */
    const char *file; /* "national-incidence.xlsx" */
    const char *part; /* its chapter or section; "" the whole document */
    size_t leaf;      /* number of its page */
    const struct xlsx_sheet *front;  /* XLSX_FRONT_SHEETS of them */
    const struct xlsx_sheet *sheets; /* one a grid, in reading order; figures
                                        count with their data */
    size_t sheet_count;
};

struct xlsx_books {
    const struct xlsx_book *book;
    size_t count;
};

/* In reading order; of a long report those pages only that have grids. */
struct xlsx_books xlsx_books(struct arena *arena,
                             const struct document *document,
                             const struct html_book *pages);
/* Header cell: group, heading and unit, unique in its table. */
const char *xlsx_heading(struct arena *scratch, const struct grid *grid,
                         size_t column);
/* Reads the finished file at `path`: each of its cells must hold the text or
 * the number that the book has in that place, numbers with their decimals and
 * signs, and no other cell may hold anything. ERR_DISAGREE names the cell. */
bool xlsx_check(struct arena *scratch, const char *path,
                const struct xlsx_book *book, struct err *err) MUST_USE;

#endif
