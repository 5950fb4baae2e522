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
    HEAD_LINES = 2,
};

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

/* The highest of the texts below the heads makes the row. */
static void set_heights(const struct xlsx_file *file, lxw_worksheet *sheet,
                        const struct xlsx_sheet *what, const size_t *letters)
{
    file->calls.worksheet_set_row(sheet, what->first_row,
                                  xlsx_height_pt(HEAD_LINES), NULL);
    size_t most = 1;
    for (size_t t = 0; t < what->text_count; t++) {
        const struct xlsx_text *text = &what->texts[t];
        if (text->row <= what->first_row)
            continue;
        size_t lines =
            xlsx_lines(text->text, words_room(letters[text->column]));
        most = text->column == 0 || lines > most ? lines : most;
        file->calls.worksheet_set_row(sheet, text->row, xlsx_height_pt(most),
                                      NULL);
    }
}

static void add_sheet(struct xlsx_file *file, const struct xlsx_sheet *what,
                      const size_t letters[COLUMNS], bool landscape)
{
    lxw_format *const head = file->heads.text;
    lxw_format *const looks[COLUMNS] = {head, head, head};
    const struct xlsx_paper paper = {.landscape = landscape};
    const size_t rows = what->texts[what->text_count - 1].row - what->first_row;
    lxw_worksheet *sheet = xlsx_sheet_new(file, what->name, landscape);
    if (sheet == NULL)
        return;
    for (size_t c = 0; c < COLUMNS; c++) {
        if (letters[c] > 0)
            file->calls.worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
                                             xlsx_width(letters[c]), NULL);
    }
    xlsx_write_texts(file, sheet, what);
    xlsx_table(file, sheet, what, rows, looks);
    xlsx_pages(file, sheet, &paper, what->first_row, what->first_row, rows);
    set_heights(file, sheet, what, letters);
}

void xlsx_front_sheets(struct xlsx_file *file)
{
    const size_t contents[COLUMNS] = {name_letters(file->book), TITLE_LETTERS,
                                      SECTION_LETTERS};
    const size_t notes[COLUMNS] = {SIGN_LETTERS, TITLE_LETTERS, 0};
    add_sheet(file, &file->book->front[0], contents, true);
    add_sheet(file, &file->book->front[1], notes, false);
}
