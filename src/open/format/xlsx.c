/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx.c - accessible workbooks (UK Analysis Function rules): contents,
 * notes, then one table a sheet, marked as a table, with one header row, no
 * merged and no blank cell. */
#include "format/xlsx_impl.h"

static const char *const xlsx_names[] = {XLSX_CALLS(LIBRARY_NAME)};

#include <string.h>
#include <time.h>

#include "base/fs.h"
#include "base/text.h"
#include "base/utf8.h"

#define TITLE_ROW_PT 22

enum {
    PAPER_A4 = 9,
    ROWS_UPRIGHT = 58, /* that a page has room for, a little smaller */
    ROWS_LYING = 40,
    FILTERED_LEAST = 40, /* rows: those of départements and more */
    PAGES_MOST = 64,     /* beside each other */
    HEADED_MOST = 250,   /* letters of the head of a page */
    HEADED_LINES = 4,
    MARKED_MOST = 80, /* bytes of a title at the foot: the library takes few */
};

void xlsx_keep(struct xlsx_file *file, lxw_error error)
{
    if (file->failed == LXW_NO_ERROR)
        file->failed = (int)error;
}

/* --- parts of sheets ------------------------------------------------------ */

/* In heads and feet an ampersand begins a command. */
static const char *marked(struct arena *scratch, const char *text)
{
    struct text out = text_new(scratch);
    for (; *text != '\0'; text++) {
        text_add_char(&out, *text);
        if (*text == '&')
            text_add_char(&out, '&');
    }
    return out.at;
}

/* Pages out of a printer say what they are from. The blank after a size keeps
 * it apart from a number. */
static void add_running(struct xlsx_file *file, lxw_worksheet *sheet)
{
    const struct document *document = file->document;
    const char *part = file->book->part;
    const char *title = part[0] == '\0' ? document->title : part;
    if (strlen(title) > MARKED_MOST)
        title = "";
    xlsx_keep(
        file,
        file->calls.worksheet_set_footer(
            sheet,
            arena_format(file->scratch, "&L&8 %s\n%s – %s&R&8 &P / &N",
                         marked(file->scratch, title),
                         marked(file->scratch, document->edition->project->id),
                         document->edition->snapshot)));
}

lxw_worksheet *xlsx_sheet_new(struct xlsx_file *file, const char *name,
                              bool landscape)
{
    lxw_worksheet *sheet =
        file->calls.workbook_add_worksheet(file->workbook, name);
    if (sheet == NULL) {
        xlsx_keep(file, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return NULL;
    }
    file->calls.worksheet_set_paper(sheet, PAPER_A4);
    file->calls.worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.8);
    if (landscape)
        file->calls.worksheet_set_landscape(sheet);
    add_running(file, sheet);
    return sheet;
}

/* --- texts ---------------------------------------------------------------- */

static void add_link(struct xlsx_file *file, lxw_worksheet *sheet,
                     const struct xlsx_text *text)
{
    xlsx_keep(file,
              file->calls.worksheet_write_url_opt(
                  sheet, text->row, (lxw_col_t)text->column,
                  arena_format(file->scratch, "internal:'%s'!A1", text->leads),
                  file->link, text->text, NULL));
}

static void add_text(struct xlsx_file *file, lxw_worksheet *sheet,
                     const struct xlsx_text *text)
{
    lxw_format *const looks[] = {
        [XLSX_TITLE] = file->title,   [XLSX_LINE] = file->plain,
        [XLSX_STRONG] = file->strong, [XLSX_GROUP] = file->group_first,
        [XLSX_ENTRY] = file->wrap,
    };
    if (text->part == XLSX_TITLE)
        file->calls.worksheet_set_row(sheet, text->row, TITLE_ROW_PT, NULL);
    xlsx_keep(file, file->calls.worksheet_write_string(
                        sheet, text->row, (lxw_col_t)text->column, text->text,
                        looks[text->part]));
}

void xlsx_write_texts(struct xlsx_file *file, lxw_worksheet *sheet,
                      const struct xlsx_sheet *what)
{
    for (size_t t = 0; t < what->text_count; t++) {
        const struct xlsx_text *text = &what->texts[t];
        if (text->part == XLSX_LINK)
            add_link(file, sheet, text);
        else if (text->part != XLSX_HEAD)
            add_text(file, sheet, text);
    }
}

bool xlsx_filtered(size_t rows)
{
    return rows >= FILTERED_LEAST;
}

/* The table object names the header cells again, as the library asks. */
void xlsx_table(struct xlsx_file *file, lxw_worksheet *sheet,
                const struct xlsx_sheet *what, size_t rows,
                lxw_format *const *looks)
{
    size_t columns = 0;
    lxw_table_column *list =
        arena_array(file->scratch, what->text_count, sizeof *list);
    lxw_table_column **pointers =
        arena_array(file->scratch, what->text_count + 1, sizeof *pointers);
    for (size_t t = 0; t < what->text_count; t++) {
        if (what->texts[t].part != XLSX_HEAD)
            continue;
        list[columns].header = arena_text(file->scratch, what->texts[t].text);
        list[columns].header_format = looks[columns];
        pointers[columns] = &list[columns];
        columns++;
    }
    lxw_table_options options = {
        .name = arena_text(file->scratch, what->table_name),
        .columns = pointers,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .no_autofilter = !xlsx_filtered(rows),
    };
    xlsx_keep(file,
              file->calls.worksheet_add_table(
                  sheet, what->first_row, 0, what->first_row + (lxw_row_t)rows,
                  (lxw_col_t)(columns - 1), &options));
}

void xlsx_pages(const struct xlsx_file *file, lxw_worksheet *sheet,
                const struct xlsx_paper *paper, lxw_row_t top, lxw_row_t head,
                size_t rows)
{
    const bool one =
        head + rows <= (paper->landscape ? ROWS_LYING : ROWS_UPRIGHT);
    if (paper->break_count == 0) {
        file->calls.worksheet_fit_to_pages(sheet, 1, one ? 1 : 0);
        if (!one)
            file->calls.worksheet_repeat_rows(sheet, top, head);
        return;
    }
    lxw_col_t breaks[PAGES_MOST] = {0};
    for (size_t b = 0; b < paper->break_count && b + 1 < PAGES_MOST; b++)
        breaks[b] = paper->breaks[b];
    file->calls.worksheet_set_print_scale(sheet, XLSX_SMALLEST);
    file->calls.worksheet_set_v_pagebreaks(sheet, breaks);
    file->calls.worksheet_print_across(sheet);
    file->calls.worksheet_repeat_columns(sheet, 0,
                                         (lxw_col_t)(paper->labels - 1));
    file->calls.worksheet_repeat_rows(sheet, top, head);
}

/* The lines above a table stand over its first columns: on paper, pages beside
 * the first one have them in their head, as many as the library takes. */
void xlsx_page_heads(struct xlsx_file *file, lxw_worksheet *sheet,
                     const struct xlsx_sheet *what)
{
    struct text head = text_new(file->scratch);
    text_format(&head, "&L&8 %s", marked(file->scratch, what->title));
    size_t lines = 1;
    for (size_t l = 0; l < what->above_count; l++) {
        const char *line = marked(file->scratch, what->above[l]);
        size_t letters = utf8_count(head.at) + 1 + utf8_count(line);
        if (letters > HEADED_MOST || lines == HEADED_LINES)
            continue;
        text_format(&head, "\n%s", line);
        lines++;
    }
    if (utf8_count(head.at) > HEADED_MOST)
        return;
    file->calls.worksheet_set_margins(sheet, 0.5, 0.5, 1.0, 0.8);
    xlsx_keep(file, file->calls.worksheet_set_header(sheet, head.at));
}

/* --- the file ------------------------------------------------------------- */

static time_t noon(const char *date)
{
    struct tm day = {.tm_mday = 1, .tm_hour = 12};
    int year = 0, month = 0, number = 0;
    if (date_parse(date, &year, &month, &number)) {
        day.tm_year = year - 1900;
        day.tm_mon = month - 1;
        day.tm_mday = number;
    }
    return timegm(&day);
}

static void set_properties(struct xlsx_file *file)
{
    const struct document *document = file->document;
    const struct project *project = document->edition->project;
    const char *part = file->book->part;
    const char *title = part[0] == '\0' ? document->title
                                        : arena_format(file->scratch, "%s – %s",
                                                       document->title, part);
    lxw_doc_properties properties = {
        .title = arena_text(file->scratch, title),
        .subject = arena_text(file->scratch, document->description),
        .author = arena_text(file->scratch, project->publisher[document->lang]),
        .company =
            arena_text(file->scratch, project->publisher[document->lang]),
        .comments = arena_format(file->scratch, "%s – %s", project->id,
                                 document->edition->snapshot),
        .created = noon(project->date),
    };
    file->calls.workbook_set_properties(file->workbook, &properties);
}

static const char *path_of(struct arena *scratch, const struct format_job *job,
                           const struct xlsx_book *book)
{
    return arena_format(scratch, "%s/%s/%s", job->root,
                        job->document->directory, book->file);
}

/* The library keeps its own files on the way in the folder. */
static void fill_book(struct xlsx_file *file, const char *path,
                      const char *folder)
{
    lxw_workbook_options options = {.tmpdir = (char *)(uintptr_t)folder};
    file->workbook = file->calls.workbook_new_opt(path, &options);
    if (file->workbook == NULL)
        err_out_of_memory();
    xlsx_looks(file);
    set_properties(file);
    xlsx_front_sheets(file);
    for (size_t s = 0; s < file->book->sheet_count; s++)
        xlsx_data(file, &file->book->sheets[s]);
    xlsx_keep(file, file->calls.workbook_close(file->workbook));
}

/* The folder goes with all it holds: the library does not tell when it cannot
 * remove a file, which would be published. */
static bool write_book(const struct format_job *job,
                       const struct xlsx_book *book, struct err *err)
{
    struct xlsx_file file = {
        .scratch = arena_new(),
        .document = job->document,
        .book = book,
        .lang = job->document->lang,
    };
    library_load(XLSX_LIBRARY, xlsx_names, COUNT_OF(xlsx_names), &file.calls);
    const char *path = path_of(file.scratch, job, book);
    const char *folder = arena_format(file.scratch, "%s.parts", path);
    bool ok = fs_make_directory(folder, err);
    if (ok) {
        fill_book(&file, path, folder);
        ok = file.failed == LXW_NO_ERROR
                 ? fs_remove(folder, err)
                 : err_fail(err, ERR_IO, "xlsx.write", "'%s': %s", path,
                            file.calls.lxw_strerror((lxw_error)file.failed));
    }
    arena_free(file.scratch);
    return ok;
}

static bool check_book(const struct format_job *job,
                       const struct xlsx_book *book, struct err *err)
{
    struct arena *scratch = arena_new();
    bool ok = xlsx_check(scratch, path_of(scratch, job, book), book, err);
    for (size_t s = 0; ok && s < book->sheet_count; s++)
        format_compared(job, format_numbers(book->sheets[s].grid));
    arena_free(scratch);
    return ok;
}

/* Does `act` with each workbook of the document. */
static bool each_book(const struct format_job *job,
                      bool (*act)(const struct format_job *job,
                                  const struct xlsx_book *book,
                                  struct err *err),
                      struct err *err)
{
    struct arena *scratch = arena_new();
    const struct xlsx_books books = xlsx_books(
        scratch, job->document, html_book_new(scratch, job->document));
    bool ok = true;
    for (size_t b = 0; ok && b < books.count; b++)
        ok = act(job, &books.book[b], err);
    arena_free(scratch);
    return ok;
}

static bool write_xlsx(const struct format_job *job, struct err *err)
{
    return each_book(job, write_book, err);
}

static bool verify_xlsx(const struct format_job *job, struct err *err)
{
    return each_book(job, check_book, err);
}

const struct format format_xlsx = {
    .name = "xlsx",
    .extension = ".xlsx",
    .media_type = "application/vnd.openxmlformats-officedocument."
                  "spreadsheetml.sheet",
    .write = write_xlsx,
    .verify = verify_xlsx,
};
