/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/xlsx_texts.h"

#include "base/text.h"
#include "page/column_head.h"

/* Texts being placed, from the top. */
struct placing {
    struct arena *arena;
    enum lang lang;
    struct xlsx_text *texts;
    size_t count, capacity;
    uint32_t row; /* the next one */
};

static void place(struct placing *placing, size_t column, enum xlsx_part part,
                  const char *text, const char *leads)
{
    placing->texts = arena_grow(placing->arena, placing->texts, placing->count,
                                &placing->capacity, sizeof *placing->texts);
    placing->texts[placing->count++] =
        (struct xlsx_text){placing->row, column, part, text, leads};
}

/* A row of its own; nothing for "". */
static void place_line(struct placing *placing, enum xlsx_part part,
                       const char *text)
{
    if (text[0] == '\0')
        return;
    place(placing, 0, part, text, NULL);
    placing->row++;
}

static const char *words(const struct placing *placing, const char *key)
{
    return locale_text(placing->lang, key);
}

static void place_way_back(struct placing *placing)
{
    place(placing, 0, XLSX_LINK, words(placing, "sheet.back"),
          words(placing, "sheet.contents"));
    placing->row++;
}

/* --- sheets of grids ------------------------------------------------------ */

/* Names of groups stand over the first of their columns, in a row above the
 * table: its own heads say them as well, since programs read those alone. */
static void place_groups(struct placing *placing, const struct grid *grid)
{
    bool grouped = false;
    for (size_t c = 0; c < grid->column_count; c = column_head_past(grid, c)) {
        if (!column_head_grouped(&grid->columns[c]))
            continue;
        place(placing, c, XLSX_GROUP, grid->columns[c].group, NULL);
        grouped = true;
    }
    placing->row += grouped;
}

void xlsx_place_texts(struct arena *arena, enum lang lang,
                      struct xlsx_sheet *sheet)
{
    struct placing placing = {.arena = arena, .lang = lang};
    place_line(&placing, XLSX_TITLE, sheet->title);
    place_way_back(&placing);
    for (size_t l = 0; l < sheet->above_count; l++)
        place_line(&placing, XLSX_LINE, sheet->above[l]);
    place_groups(&placing, sheet->grid);
    sheet->first_row = placing.row;
    for (size_t c = 0; c < sheet->grid->column_count; c++)
        place(&placing, c, XLSX_HEAD, xlsx_heading(arena, sheet->grid, c),
              NULL);
    sheet->texts = placing.texts;
    sheet->text_count = placing.count;
}

/* --- contents ------------------------------------------------------------- */

/* What the book is of, and of which release. */
static void place_identity(struct placing *placing,
                           const struct document *document, const char *part)
{
    struct arena *arena = placing->arena;
    const struct project *project = document->edition->project;
    const char *edition = project->title[placing->lang];
    place_line(placing, XLSX_STRONG,
               state_words(arena, placing->lang, project));
    place_line(placing, XLSX_TITLE, document->title);
    if (!text_same(document->subtitle, document->title))
        place_line(placing, XLSX_LINE, document->subtitle);
    if (!text_same(edition, document->title) &&
        !text_same(edition, document->subtitle))
        place_line(placing, XLSX_LINE, edition);
    place_line(placing, XLSX_STRONG, part);
    if (part[0] == '\0')
        place_line(placing, XLSX_LINE, document->description);
    place_line(placing, XLSX_LINE,
               arena_format(arena, "%s, %s", project->publisher[placing->lang],
                            date_format(arena, placing->lang, project->date)));
    place_line(placing, XLSX_LINE,
               arena_format(arena, "%s – %s", project->id,
                            document->edition->snapshot));
    place_line(placing, XLSX_LINE, project->licence[placing->lang]);
    place_line(placing, XLSX_LINE, project->contact[placing->lang]);
    place_line(placing, XLSX_LINE,
               frequency_words(placing->lang, project->frequency));
}

static bool has_sections(const struct xlsx_book *book)
{
    for (size_t s = 0; s < book->sheet_count; s++) {
        if (book->sheets[s].section[0] == '\0')
            return false;
    }
    return true;
}

/* One row of the contents; `section` NULL: no sheet tells one. */
static void place_entry(struct placing *placing, const char *name,
                        const char *title, const char *section)
{
    placing->row++;
    place(placing, 0, XLSX_LINK, name, name);
    place(placing, 1, XLSX_ENTRY, title, NULL);
    if (section != NULL)
        place(placing, 2, XLSX_ENTRY, section, NULL);
}

static struct xlsx_sheet contents(struct arena *arena,
                                  const struct document *document,
                                  const struct xlsx_book *book)
{
    struct placing placing = {.arena = arena, .lang = document->lang};
    const bool sections = has_sections(book);
    place_identity(&placing, document, book->part);
    const uint32_t head = placing.row;
    place(&placing, 0, XLSX_HEAD, words(&placing, "sheet.name"), NULL);
    place(&placing, 1, XLSX_HEAD, words(&placing, "sheet.description"), NULL);
    if (sections)
        place(&placing, 2, XLSX_HEAD, words(&placing, "sheet.section"), NULL);
    place_entry(&placing, words(&placing, "sheet.notes"),
                words(&placing, "sheet.signs"),
                sections ? words(&placing, "sheet.all") : NULL);
    for (size_t s = 0; s < book->sheet_count; s++)
        place_entry(&placing, book->sheets[s].name, book->sheets[s].title,
                    sections ? book->sheets[s].section : NULL);
    return (struct xlsx_sheet){
        .name = words(&placing, "sheet.contents"),
        .table_name = "contents",
        .title = document->title,
        .section = "",
        .first_row = head,
        .texts = placing.texts,
        .text_count = placing.count,
    };
}

/* --- notes ---------------------------------------------------------------- */

static void place_sign(struct placing *placing, const char *sign,
                       const char *meaning)
{
    placing->row++;
    place(placing, 0, XLSX_ENTRY, sign, NULL);
    place(placing, 1, XLSX_ENTRY, meaning, NULL);
}

static struct xlsx_sheet notes(struct arena *arena, enum lang lang)
{
    static const char letters[] = "pejrba";
    struct placing placing = {.arena = arena, .lang = lang};
    place_line(&placing, XLSX_TITLE, words(&placing, "sheet.notes"));
    place_way_back(&placing);
    place_line(&placing, XLSX_LINE, words(&placing, "sheet.blank"));
    place_line(&placing, XLSX_LINE, words(&placing, "sheet.after"));
    const uint32_t head = placing.row;
    place(&placing, 0, XLSX_HEAD, words(&placing, "sheet.shorthand"), NULL);
    place(&placing, 1, XLSX_HEAD, words(&placing, "sheet.meaning"), NULL);
    for (enum availability a = CONFIDENTIAL; a < AVAILABILITY_COUNT; a++)
        place_sign(&placing, availability_sign(lang, a),
                   availability_words(lang, a));
    for (const char *letter = letters; *letter != '\0'; letter++) {
        const char *sign = arena_slice(arena, letter, 1);
        place_sign(&placing, sign,
                   words(&placing, arena_format(arena, "flag.%s", sign)));
    }
    return (struct xlsx_sheet){
        .name = words(&placing, "sheet.notes"),
        .table_name = "signs",
        .title = words(&placing, "sheet.notes"),
        .section = "",
        .first_row = head,
        .texts = placing.texts,
        .text_count = placing.count,
    };
}

const struct xlsx_sheet *xlsx_front(struct arena *arena,
                                    const struct document *document,
                                    const struct xlsx_book *book)
{
    struct xlsx_sheet *front =
        arena_array(arena, XLSX_FRONT_SHEETS, sizeof *front);
    front[0] = contents(arena, document, book);
    front[1] = notes(arena, document->lang);
    return front;
}

/* --- cells ---------------------------------------------------------------- */

const char *xlsx_cell_text(const struct grid_cell *cell)
{
    return cell->text[0] == '\0' ? " " : cell->text;
}

const char *xlsx_pattern(struct arena *arena, int decimals, unsigned flags)
{
    const char *letters = flag_letters(arena, flags);
    struct text code = text_new(arena);
    text_add(&code, decimals < 0 ? "@" : "#,##0");
    for (int d = 0; d < decimals; d++)
        text_add(&code, d == 0 ? ".0" : "0");
    if (letters[0] != '\0')
        text_format(&code, "\"\u00a0%s\"", letters);
    return code.at;
}
