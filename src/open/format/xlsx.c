/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx.c - an accessible workbook (UK Analysis Function rules): cover,
 * contents, notes, then one table a sheet, marked as a table, with one header
 * row, no merged and no blank cell. */
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

#include "base/fs.h"
#include "base/num.h"
#include "format/format.h"
#include "format/xlsx_sheets.h"

#define HEAD_HEIGHT_PT 48 /* three lines of a wrapped heading */

struct book {
    struct arena *scratch;
    const struct format_job *job;
    enum lang lang;
    lxw_workbook *workbook;
    lxw_format *title, *plain, *wrap, *head, *head_number, *link;
    lxw_format *number[XLSX_DECIMALS], *total_number[XLSX_DECIMALS];
    lxw_format *caution[XLSX_DECIMALS]; /* the value, then the sign */
    lxw_format *total, *sign;
    const struct xlsx_sheet *sheets;
    size_t sheet_count;
    int failed; /* first error of the library, LXW_NO_ERROR when none */
};

static void keep(struct book *book, lxw_error error)
{
    if (book->failed == LXW_NO_ERROR)
        book->failed = (int)error;
}

static const char *words(const struct book *book, const char *key)
{
    return locale_text(book->lang, key);
}

static lxw_format *format_new(struct book *book, bool bold, bool wrap)
{
    lxw_format *format = workbook_add_format(book->workbook);
    format_set_font_name(format, "Arial");
    format_set_font_size(format, 11);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    if (wrap)
        format_set_text_wrap(format);
    return format;
}

static void add_number_formats(struct book *book)
{
    static const char *const patterns[XLSX_DECIMALS] = {
        "#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"};
    for (size_t d = 0; d < XLSX_DECIMALS; d++) {
        book->number[d] = format_new(book, false, false);
        format_set_num_format(book->number[d], patterns[d]);
        book->total_number[d] = format_new(book, true, false);
        format_set_num_format(book->total_number[d], patterns[d]);
        book->caution[d] = format_new(book, false, false);
        format_set_num_format(
            book->caution[d],
            arena_format(book->scratch, "%s\" *\"", patterns[d]));
    }
}

static void add_formats(struct book *book)
{
    book->title = format_new(book, true, false);
    format_set_font_size(book->title, 15);
    book->plain = format_new(book, false, false);
    book->wrap = format_new(book, false, true);
    book->head = format_new(book, true, true);
    book->head_number = format_new(book, true, true);
    format_set_align(book->head_number, LXW_ALIGN_RIGHT);
    book->link = format_new(book, false, false);
    format_set_underline(book->link, LXW_UNDERLINE_SINGLE);
    format_set_font_color(book->link, 0x00468C);
    book->total = format_new(book, true, false);
    book->sign = format_new(book, false, false);
    format_set_align(book->sign, LXW_ALIGN_RIGHT);
    add_number_formats(book);
}

/* --- front sheets --------------------------------------------------------- */

static lxw_worksheet *sheet_new(struct book *book, const char *name,
                                double width)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    if (sheet == NULL) {
        keep(book, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return NULL;
    }
    worksheet_set_column(sheet, 0, 0, width, NULL);
    worksheet_set_paper(sheet, 9);
    worksheet_fit_to_pages(sheet, 1, 0);
    return sheet;
}

static void line(struct book *book, lxw_worksheet *sheet, lxw_row_t *row,
                 const char *text, lxw_format *format)
{
    if (sheet != NULL && text[0] != '\0')
        keep(book, worksheet_write_string(sheet, (*row)++, 0, text, format));
}

static void add_cover(struct book *book)
{
    const struct document *document = book->job->document;
    const struct project *project = document->edition->project;
    lxw_row_t row = 0;
    lxw_worksheet *sheet = sheet_new(book, words(book, "sheet.cover"), 90);
    line(book, sheet, &row, state_words(book->scratch, book->lang, project),
         book->head);
    line(book, sheet, &row, document->title, book->title);
    line(book, sheet, &row, document->subtitle, book->wrap);
    line(book, sheet, &row, project->title[book->lang], book->wrap);
    line(book, sheet, &row, project->publisher, book->wrap);
    line(book, sheet, &row,
         date_format(book->scratch, book->lang, project->date), book->wrap);
    line(book, sheet, &row, document->description, book->wrap);
    line(book, sheet, &row, project->licence, book->wrap);
    line(book, sheet, &row, project->contact, book->wrap);
    line(book, sheet, &row,
         arena_format(book->scratch, "%s – %s", project->id,
                      document->edition->snapshot),
         book->wrap);
}

static void add_contents(struct book *book)
{
    lxw_row_t row = 0;
    lxw_worksheet *sheet = sheet_new(book, words(book, "sheet.contents"), 12);
    if (sheet == NULL)
        return;
    worksheet_set_column(sheet, 1, 1, 90, NULL);
    line(book, sheet, &row, words(book, "sheet.contents"), book->title);
    keep(book, worksheet_write_string(sheet, row, 0, words(book, "sheet.name"),
                                      book->head));
    keep(book,
         worksheet_write_string(sheet, row++, 1,
                                words(book, "sheet.description"), book->head));
    for (size_t s = 0; s < book->sheet_count; s++, row++) {
        const struct xlsx_sheet *to = &book->sheets[s];
        const char *target =
            arena_format(book->scratch, "internal:'%s'!A1", to->name);
        keep(book, worksheet_write_url_opt(sheet, row, 0, target, book->link,
                                           to->name, NULL));
        keep(book,
             worksheet_write_string(sheet, row, 1, to->title, book->wrap));
    }
}

static void add_notes(struct book *book)
{
    lxw_row_t row = 0;
    lxw_worksheet *sheet = sheet_new(book, words(book, "sheet.notes"), 12);
    if (sheet == NULL)
        return;
    worksheet_set_column(sheet, 1, 1, 90, NULL);
    line(book, sheet, &row, words(book, "sheet.notes"), book->title);
    for (int a = CONFIDENTIAL; a < AVAILABILITY_COUNT; a++) {
        keep(book, worksheet_write_string(
                       sheet, row, 0,
                       availability_sign(book->lang, (enum availability)a),
                       book->plain));
        keep(book, worksheet_write_string(
                       sheet, row++, 1,
                       availability_words(book->lang, (enum availability)a),
                       book->wrap));
    }
    const char *flag = "*";
    keep(book, worksheet_write_string(sheet, row, 0, flag, book->plain));
    keep(book, worksheet_write_string(sheet, row, 1, words(book, "flag.a"),
                                      book->wrap));
}

/* --- data sheets ---------------------------------------------------------- */

static void add_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                     lxw_col_t column, const struct grid_column *what,
                     const struct grid_cell *cell, bool total)
{
    if (cell->number && cell->availability == AVAILABLE) {
        bool caution = (cell->flags & FLAG_CAUTION) != 0;
        int decimals = what->decimals - cell->coarser;
        lxw_format *format = caution ? book->caution[decimals]
                             : total ? book->total_number[decimals]
                                     : book->number[decimals];
        keep(book,
             worksheet_write_number(sheet, row, column, cell->value, format));
        return;
    }
    lxw_format *format = cell->number ? book->sign
                         : total      ? book->total
                                      : book->wrap;
    const char *text = cell->text[0] == '\0' ? " " : cell->text;
    keep(book, worksheet_write_string(sheet, row, column, text, format));
}

/* The table object: names the header cells again, as the library asks. */
static void add_table(struct book *book, lxw_worksheet *sheet,
                      const struct xlsx_sheet *what, lxw_row_t first)
{
    const struct grid *grid = what->grid;
    lxw_table_column *columns =
        arena_array(book->scratch, grid->column_count, sizeof *columns);
    lxw_table_column **list =
        arena_array(book->scratch, grid->column_count + 1, sizeof *list);
    for (size_t c = 0; c < grid->column_count; c++) {
        columns[c].header =
            arena_text(book->scratch, xlsx_heading(book->scratch, grid, c));
        columns[c].header_format = grid->columns[c].align == ALIGN_RIGHT
                                       ? book->head_number
                                       : book->head;
        list[c] = &columns[c];
    }
    lxw_table_options options = {
        .name = arena_text(book->scratch, what->table_name),
        .columns = list,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .no_autofilter = LXW_TRUE,
    };
    keep(book, worksheet_add_table(
                   sheet, first, 0,
                   first + (lxw_row_t)(grid->rows > 0 ? grid->rows : 1),
                   (lxw_col_t)(grid->column_count - 1), &options));
}

static void set_widths(lxw_worksheet *sheet, const struct grid *grid)
{
    for (size_t c = 0; c < grid->column_count; c++) {
        bool text = grid->columns[c].align != ALIGN_RIGHT;
        double width = grid->columns[c].header || text ? 30 : 15;
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
    }
}

static void add_caption(struct book *book, lxw_worksheet *sheet, lxw_row_t *row,
                        const struct caption *caption)
{
    const struct {
        const char *key, *text;
    } lines[] = {
        {"caption.unit", caption->unit},
        {"caption.scope", caption->scope},
        {"caption.reading", caption->reading},
        {"caption.note", caption->note},
        {"caption.source", caption->source},
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i].text == NULL || lines[i].text[0] == '\0')
            continue;
        line(book, sheet, row,
             arena_format(book->scratch, "%s%s %s", words(book, lines[i].key),
                          book->lang == LANG_FR ? "\u00a0:" : ":",
                          lines[i].text),
             book->plain);
    }
}

static void add_data(struct book *book, const struct xlsx_sheet *what)
{
    const struct grid *grid = what->grid;
    lxw_row_t row = 0;
    lxw_worksheet *sheet = sheet_new(book, what->name, 30);
    if (sheet == NULL)
        return;
    set_widths(sheet, grid);
    line(book, sheet, &row, what->title, book->title);
    add_caption(book, sheet, &row, what->caption);
    lxw_row_t first = row;
    assert(first == what->first_row);
    add_table(book, sheet, what, first);
    for (size_t r = 0; r < grid->rows; r++) {
        bool total = grid->emphasis != NULL && grid->emphasis[r] != 0;
        for (size_t c = 0; c < grid->column_count; c++)
            add_cell(book, sheet, first + 1 + (lxw_row_t)r, (lxw_col_t)c,
                     &grid->columns[c],
                     &grid->cells[r * grid->column_count + c], total);
    }
    worksheet_set_row(sheet, first, HEAD_HEIGHT_PT, NULL);
    worksheet_freeze_panes(sheet, first + 1, 1);
    worksheet_repeat_rows(sheet, first, first);
}

/* --- the file --------------------------------------------------------------
 */

static void set_properties(struct book *book)
{
    const struct document *document = book->job->document;
    const struct project *project = document->edition->project;
    struct tm day = {.tm_mday = 1, .tm_hour = 12};
    int64_t year = 0, month = 0, date = 0;
    const char *text = project->date;
    if (num_parse_int64(arena_slice(book->scratch, text, 4), &year) &&
        num_parse_int64(arena_slice(book->scratch, text + 5, 2), &month) &&
        num_parse_int64(arena_slice(book->scratch, text + 8, 2), &date)) {
        day.tm_year = (int)year - 1900;
        day.tm_mon = (int)month - 1;
        day.tm_mday = (int)date;
    }
    lxw_doc_properties properties = {
        .title = arena_text(book->scratch, document->title),
        .subject = arena_text(book->scratch, document->description),
        .author = arena_text(book->scratch, project->publisher),
        .company = arena_text(book->scratch, project->publisher),
        .comments = arena_format(book->scratch, "%s – %s", project->id,
                                 document->edition->snapshot),
        .created = timegm(&day),
    };
    workbook_set_properties(book->workbook, &properties);
}

static const char *book_path(struct arena *scratch,
                             const struct format_job *job)
{
    return arena_format(scratch, "%s/%s/%s.xlsx", job->root,
                        job->document->directory, job->document->name);
}

static bool write_xlsx(const struct format_job *job, struct err *err)
{
    struct book book = {
        .scratch = arena_new(),
        .job = job,
        .lang = job->document->lang,
    };
    const char *path = book_path(book.scratch, job);
    const char *folder = arena_format(book.scratch, "%s/%s", job->root,
                                      job->document->directory);
    lxw_workbook_options options = {.tmpdir = (char *)(uintptr_t)folder};
    book.workbook = workbook_new_opt(path, &options);
    if (book.workbook == NULL)
        err_out_of_memory();
    xlsx_sheets(book.scratch, job->document, &book.sheets, &book.sheet_count);
    add_formats(&book);
    set_properties(&book);
    add_cover(&book);
    add_contents(&book);
    add_notes(&book);
    for (size_t s = 0; s < book.sheet_count; s++)
        add_data(&book, &book.sheets[s]);
    lxw_error closed = workbook_close(book.workbook);
    keep(&book, closed);
    bool ok = book.failed == LXW_NO_ERROR;
    if (!ok)
        err_fail(err, ERR_IO, "xlsx.write", "'%s': %s", path,
                 lxw_strerror((lxw_error)book.failed));
    arena_free(book.scratch);
    return ok;
}

static bool verify_xlsx(const struct format_job *job, struct err *err)
{
    struct arena *scratch = arena_new();
    bool ok = xlsx_check(scratch, book_path(scratch, job), job->document, err);
    arena_free(scratch);
    return ok;
}

const struct format format_xlsx = {
    .name = "xlsx",
    .extension = ".xlsx",
    .media_type = "application/vnd.openxmlformats-officedocument."
                  "spreadsheetml.sheet",
    .write = write_xlsx,
    .verify = verify_xlsx,
};
