/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_impl.h - the parts of the workbook format. */
#ifndef FORMAT_XLSX_IMPL_H
#define FORMAT_XLSX_IMPL_H

#include <xlsxwriter.h>

#include "base/library.h"
#include "format/format.h"
#include "format/xlsx_books.h"
#include "format/xlsx_fit.h"

/* clang-format off */
#define XLSX_CALLS(CALL) \
    CALL(format_set_align) CALL(format_set_bold) CALL(format_set_bottom) \
    CALL(format_set_font_color) CALL(format_set_font_name) \
    CALL(format_set_font_size) CALL(format_set_indent) CALL(format_set_left) \
    CALL(format_set_num_format) CALL(format_set_text_wrap) \
    CALL(format_set_underline) CALL(lxw_strerror) CALL(workbook_add_format) \
    CALL(workbook_add_worksheet) CALL(workbook_close) CALL(workbook_new_opt) \
    CALL(workbook_set_properties) CALL(worksheet_add_table) \
    CALL(worksheet_fit_to_pages) CALL(worksheet_freeze_panes) \
    CALL(worksheet_print_across) CALL(worksheet_repeat_columns) \
    CALL(worksheet_repeat_rows) CALL(worksheet_set_column) \
    CALL(worksheet_set_footer) CALL(worksheet_set_header) \
    CALL(worksheet_set_landscape) CALL(worksheet_set_margins) \
    CALL(worksheet_set_paper) CALL(worksheet_set_print_scale) \
    CALL(worksheet_set_row) CALL(worksheet_set_v_pagebreaks) \
    CALL(worksheet_write_blank) CALL(worksheet_write_number) \
    CALL(worksheet_write_string) CALL(worksheet_write_url_opt)
/* clang-format on */
struct xlsx_calls { /* of libxlsxwriter */
    XLSX_CALLS(LIBRARY_CALL)
};

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

/* Looks of the heads of a table. */
struct xlsx_heads {
    lxw_format *text, *number;
    lxw_format *first; /* where a group of columns begins */
};

struct xlsx_file { /* being written */
    struct xlsx_calls calls;
    struct arena *scratch;
    const struct document *document;
    const struct xlsx_book *book;
    enum lang lang;
    lxw_workbook *workbook;
    lxw_format *title, *plain, *strong, *wrap, *link, *total;
    lxw_format *group, *group_first;
    struct xlsx_heads heads, filtered;
    struct xlsx_look *looks; /* made so far */
    size_t look_count, look_capacity;
    int failed; /* first error of the library, LXW_NO_ERROR when none */
};

/* --- xlsx.c --- */
void xlsx_keep(struct xlsx_file *file, lxw_error error);
/* A sheet of A4 pages with head and foot; NULL after an error. */
lxw_worksheet *xlsx_sheet_new(struct xlsx_file *file, const char *name,
                              bool landscape);
/* Writes the texts of a sheet, but for the heads of its table. */
void xlsx_write_texts(struct xlsx_file *file, lxw_worksheet *sheet,
                      const struct xlsx_sheet *what);
/* Has a table of so many rows buttons to filter them? */
bool xlsx_filtered(size_t rows);
/* Marks a table with `rows` rows below its heads, which have these looks. */
void xlsx_table(struct xlsx_file *file, lxw_worksheet *sheet,
                const struct xlsx_sheet *what, size_t rows,
                lxw_format *const *looks);
/* The sheet on pages: in one if a few lines too many are all that it has; else
 * the rows from `top` to that of the heads are on each of them. They are not
 * asked for where there are none: LibreOffice takes very long over them. */
void xlsx_pages(const struct xlsx_file *file, lxw_worksheet *sheet,
                const struct xlsx_paper *paper, lxw_row_t top, lxw_row_t head,
                size_t rows);

/* For a sheet that is broken into pages side by side: its title, and what fits
 * of the lines above its table, at the head of each. */
void xlsx_page_heads(struct xlsx_file *file, lxw_worksheet *sheet,
                     const struct xlsx_sheet *what);

/* --- xlsx_look.c --- */
void xlsx_looks(struct xlsx_file *file);
lxw_format *xlsx_number_look(struct xlsx_file *file, struct xlsx_number number);

/* --- xlsx_front.c --- */
void xlsx_front_sheets(struct xlsx_file *file);

/* --- xlsx_data.c --- */
void xlsx_data(struct xlsx_file *file, const struct xlsx_sheet *what);

#endif
