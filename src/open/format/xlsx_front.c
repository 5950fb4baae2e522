/* SPDX-License-Identifier: EUPL-1.2 */
/* format/xlsx_front.c - the first sheets of a workbook: what it is and what is
 * in it, and what its signs say. */
#include "format/xlsx_impl.h"

#include "base/utf8.h"

enum {
    SIGN_LETTERS = 16,
    NAME_LEAST = 10,
    TITLE_LETTERS = 65,
    SECTION_LETTERS = 36,
    COLUMNS = 3,
};

static void cell(struct xlsx_file *file, lxw_worksheet *sheet, lxw_row_t row,
                 lxw_col_t column, const char *text, lxw_format *format)
{
    xlsx_keep(file, worksheet_write_string(sheet, row, column, text, format));
}

static void set_width(lxw_worksheet *sheet, lxw_col_t column, size_t letters)
{
    worksheet_set_column(sheet, column, column, xlsx_width(letters), NULL);
}

/* What the book is of, and of which release. */
static void add_identity(struct xlsx_file *file, lxw_worksheet *sheet,
                         lxw_row_t *row)
{
    const struct document *document = file->document;
    const struct project *project = document->edition->project;
    const char *edition = project->title[file->lang];
    xlsx_line(file, sheet, row, state_words(file->scratch, file->lang, project),
              file->strong);
    xlsx_title(file, sheet, row, document->title);
    if (!text_same(document->subtitle, document->title))
        xlsx_line(file, sheet, row, document->subtitle, file->plain);
    if (!text_same(edition, document->title) &&
        !text_same(edition, document->subtitle))
        xlsx_line(file, sheet, row, edition, file->plain);
    xlsx_line(file, sheet, row, file->book->part, file->strong);
    if (file->book->part[0] == '\0')
        xlsx_line(file, sheet, row, document->description, file->plain);
    const char *date = date_format(file->scratch, file->lang, project->date);
    xlsx_line(file, sheet, row,
              arena_format(file->scratch, "%s, %s",
                           project->publisher[file->lang], date),
              file->plain);
    xlsx_line(file, sheet, row,
              arena_format(file->scratch, "%s – %s", project->id,
                           document->edition->snapshot),
              file->plain);
    xlsx_line(file, sheet, row, project->licence[file->lang], file->plain);
    xlsx_line(file, sheet, row, project->contact[file->lang], file->plain);
}

static bool has_sections(const struct xlsx_book *book)
{
    for (size_t s = 0; s < book->sheet_count; s++) {
        if (book->sheets[s].section[0] == '\0')
            return false;
    }
    return true;
}

static size_t name_letters(const struct xlsx_book *book)
{
    size_t most = NAME_LEAST;
    for (size_t s = 0; s < book->sheet_count; s++) {
        size_t letters = utf8_count(book->sheets[s].name);
        most = letters > most ? letters : most;
    }
    return most;
}

/* Widths are told in digits; words of as many letters are narrower by a fifth
 * and more. */
static size_t words_room(size_t letters)
{
    return letters + letters / 4;
}

static void add_entry(struct xlsx_file *file, lxw_worksheet *sheet,
                      lxw_row_t row, const char *name, const char *title,
                      const char *section)
{
    size_t lines = xlsx_lines(title, words_room(TITLE_LETTERS));
    size_t more =
        section == NULL ? 1 : xlsx_lines(section, words_room(SECTION_LETTERS));
    xlsx_link(file, sheet, row, name, name);
    cell(file, sheet, row, 1, title, file->wrap);
    if (section != NULL)
        cell(file, sheet, row, 2, section, file->wrap);
    worksheet_set_row(sheet, row, xlsx_height_pt(more > lines ? more : lines),
                      NULL);
}

void xlsx_contents(struct xlsx_file *file)
{
    const char *heads[COLUMNS] = {xlsx_words(file, "sheet.name"),
                                  xlsx_words(file, "sheet.description"),
                                  xlsx_words(file, "sheet.section")};
    lxw_format *const looks[COLUMNS] = {file->head, file->head, file->head};
    const struct xlsx_book *book = file->book;
    bool sections = has_sections(book);
    lxw_row_t row = 0;
    lxw_worksheet *sheet =
        xlsx_sheet_new(file, xlsx_words(file, "sheet.contents"), true);
    if (sheet == NULL)
        return;
    set_width(sheet, 0, name_letters(book));
    set_width(sheet, 1, TITLE_LETTERS);
    if (sections)
        set_width(sheet, 2, SECTION_LETTERS);
    add_identity(file, sheet, &row);
    worksheet_set_row(sheet, row, xlsx_height_pt(2), NULL);
    xlsx_table(file, sheet, "contents", row, book->sheet_count + 1, heads,
               looks, sections ? COLUMNS : COLUMNS - 1);
    xlsx_pages(sheet, row, book->sheet_count, true);
    add_entry(file, sheet, ++row, xlsx_words(file, "sheet.notes"),
              xlsx_words(file, "sheet.signs"),
              sections ? xlsx_words(file, "sheet.all") : NULL);
    for (size_t s = 0; s < book->sheet_count; s++)
        add_entry(file, sheet, ++row, book->sheets[s].name,
                  book->sheets[s].title,
                  sections ? book->sheets[s].section : NULL);
}

void xlsx_notes(struct xlsx_file *file)
{
    static const char letters[] = "pejrba";
    const char *heads[] = {xlsx_words(file, "sheet.shorthand"),
                           xlsx_words(file, "sheet.meaning")};
    lxw_format *const looks[] = {file->head, file->head};
    const char *contents = xlsx_words(file, "sheet.contents");
    const size_t rows = AVAILABILITY_COUNT - CONFIDENTIAL + sizeof letters - 1;
    lxw_row_t row = 0;
    lxw_worksheet *sheet =
        xlsx_sheet_new(file, xlsx_words(file, "sheet.notes"), false);
    if (sheet == NULL)
        return;
    set_width(sheet, 0, SIGN_LETTERS);
    set_width(sheet, 1, TITLE_LETTERS);
    xlsx_title(file, sheet, &row, xlsx_words(file, "sheet.notes"));
    xlsx_link(file, sheet, row++, contents, xlsx_words(file, "sheet.back"));
    xlsx_line(file, sheet, &row, xlsx_words(file, "sheet.blank"), file->plain);
    xlsx_line(file, sheet, &row, xlsx_words(file, "sheet.after"), file->plain);
    worksheet_set_row(sheet, row, xlsx_height_pt(2), NULL);
    xlsx_pages(sheet, row, rows, false);
    xlsx_table(file, sheet, "signs", row, rows, heads, looks, COUNT_OF(heads));
    for (enum availability a = CONFIDENTIAL; a < AVAILABILITY_COUNT; a++) {
        worksheet_set_row(sheet, ++row, xlsx_height_pt(1), NULL);
        cell(file, sheet, row, 0, availability_sign(file->lang, a),
             file->plain);
        cell(file, sheet, row, 1, availability_words(file->lang, a),
             file->wrap);
    }
    for (const char *letter = letters; *letter != '\0'; letter++) {
        const char *sign = arena_slice(file->scratch, letter, 1);
        const char *key = arena_format(file->scratch, "flag.%s", sign);
        worksheet_set_row(sheet, ++row, xlsx_height_pt(1), NULL);
        cell(file, sheet, row, 0, sign, file->plain);
        cell(file, sheet, row, 1, xlsx_words(file, key), file->wrap);
    }
}
