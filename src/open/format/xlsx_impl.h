/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_impl.h - the parts of the workbook format. */
#ifndef FORMAT_XLSX_IMPL_H
#define FORMAT_XLSX_IMPL_H

#include <xlsxwriter.h>

#include "format/format.h"
#include "format/xlsx_books.h"

/* How numbers look: decimals, the signs after them and the room of those that
 * other rows of the column have. */
struct xlsx_number {
    int decimals; /* -1 a sign in the place of a number */
    unsigned flags;
    size_t room; /* letters of the longest signs of the column */
    bool bold;
};

struct xlsx_look {
    struct xlsx_number number;
    lxw_format *format;
};

struct xlsx_file { /* being written */
    struct arena *scratch;
    const struct document *document;
    const struct xlsx_book *book;
    enum lang lang;
    lxw_workbook *workbook;
    lxw_format *title, *plain, *strong, *wrap, *head, *head_number, *link;
    lxw_format *total;
    struct xlsx_look *looks; /* made so far */
    size_t look_count, look_capacity;
    int failed; /* first error of the library, LXW_NO_ERROR when none */
};

/* --- xlsx.c --- */
void xlsx_keep(struct xlsx_file *file, lxw_error error);
const char *xlsx_words(const struct xlsx_file *file, const char *key);
/* A sheet of A4 pages with head and foot; NULL after an error. */
lxw_worksheet *xlsx_sheet_new(struct xlsx_file *file, const char *name,
                              bool landscape);
/* What the sheet is, in its first cell. */
void xlsx_title(struct xlsx_file *file, lxw_worksheet *sheet, lxw_row_t *row,
                const char *text);
/* Writes a text of column A and goes to the next row; nothing for "". */
void xlsx_line(struct xlsx_file *file, lxw_worksheet *sheet, lxw_row_t *row,
               const char *text, lxw_format *format);
/* A link to the top of another sheet. */
void xlsx_link(struct xlsx_file *file, lxw_worksheet *sheet, lxw_row_t row,
               const char *to, const char *words);
/* Marks a table with `rows` rows below its header row `first`. */
void xlsx_table(struct xlsx_file *file, lxw_worksheet *sheet, const char *name,
                lxw_row_t first, size_t rows, const char *const *heads,
                lxw_format *const *looks, size_t columns);
/* The sheet as wide as a page, and on one page if a few lines too many are all
 * that it has; else headings are repeated on further pages. They are not asked
 * for where there are none: LibreOffice takes very long over them. */
void xlsx_pages(lxw_worksheet *sheet, lxw_row_t head, size_t rows,
                bool landscape);

/* --- xlsx_look.c --- */
void xlsx_looks(struct xlsx_file *file);
lxw_format *xlsx_number_look(struct xlsx_file *file, struct xlsx_number number);
/* Width of a column, in the library's units, that has `letters` on a line. */
double xlsx_width(size_t letters);
/* Lines of a text broken at blanks where `letters` fit on one. */
size_t xlsx_lines(const char *text, size_t letters);
/* Height of a row of so many lines. */
double xlsx_height_pt(size_t lines);

/* --- xlsx_front.c --- */
void xlsx_contents(struct xlsx_file *file);
void xlsx_notes(struct xlsx_file *file);

/* --- xlsx_data.c --- */
void xlsx_data(struct xlsx_file *file, const struct xlsx_sheet *what);

#endif
