/* SPDX-License-Identifier: EUPL-1.2 */
/* Which workbooks a document has, what their sheets are called, and that every
 * sign of a table is in its sheet. */
#include "check.h"

#include <string.h>

#include "base/fs.h"
#include "base/utf8.h"
#include "format/format.h"
#include "format/xlsx_books.h"
#include "format/xlsx_fit.h"
#include "format/zip.h"
#include "page/structure.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

enum {
    MANY = 13,    /* chapters that make a report long */
    FIGURES = 41, /* that divide a chapter */
};

static const char *const format_names[] = {"html", "xlsx"};

static struct document *resolved(struct demo *demo)
{
    const struct lexicon lexicon = {NULL, 0, NULL, 0};
    struct document *document = demo_document(arena, demo, "essai", "Essai");
    CHECK(structure_resolve(arena, &lexicon, document, &err));
    document->formats = format_names;
    document->format_count = COUNT_OF(format_names);
    return document;
}

/* "Bilan" with two tables, one below a section; "Décès" with one; chapters
 * without any. */
static struct document *report(size_t chapters)
{
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    demo_heading(&demo, 1, "bilan", "Bilan");
    demo_table(&demo, "cas-age", "Cas", 4, 2);
    demo_heading(&demo, 2, "", "Régions");
    demo_table(&demo, "regions", "Cas par région", 4, 2);
    demo_heading(&demo, 1, "", "L’évolution des décès");
    demo_table(&demo, "deces", "Décès", 5, 2);
    for (size_t c = 2; c < chapters; c++)
        demo_heading(&demo, 1, "", "Suite");
    return resolved(&demo);
}

static struct xlsx_books books_of(const struct document *document)
{
    return xlsx_books(arena, document, html_book_new(arena, document));
}

static void write_books(const struct document *document)
{
    const struct format_job job = file_job(document);
    CHECK(fs_make_directory(fs_join(arena, directory, document->directory),
                            &err));
    CHECK(format_xlsx.write(&job, &err));
    CHECK(format_xlsx.verify(&job, &err));
}

static const char *part_of(const struct document *document, const char *file,
                           const char *part)
{
    struct zip_entry *entries = NULL;
    size_t count = 0;
    CHECK(zip_read(arena, file_path(document, file), &entries, &count, &err));
    const struct zip_entry *entry = zip_find(entries, count, part);
    CHECK(entry != NULL);
    return entry->bytes;
}

static void has(const char *text, const char *piece)
{
    if (strstr(text, piece) == NULL)
        print_error("not there: %s\n", piece);
    CHECK(strstr(text, piece) != NULL);
}

TEST(a_long_report_is_a_workbook_a_chapter_that_has_tables)
{
    start();
    const struct xlsx_books books = books_of(report(MANY));
    CHECK_INT(books.count, 2);
    CHECK_TEXT(books.book[0].file, "essai-bilan.xlsx");
    CHECK_TEXT(books.book[0].part, "1\u00a0 Bilan");
    CHECK_INT(books.book[0].leaf, 1);
    CHECK_INT(books.book[0].sheet_count, 2);
    CHECK_TEXT(books.book[1].file, "essai-l-evolution-des-deces.xlsx");
    CHECK_INT(books.book[1].leaf, 2);
    CHECK_INT(books.book[1].sheet_count, 1);
    stop();
}

TEST(sheets_are_called_as_the_report_calls_its_tables)
{
    start();
    const struct xlsx_books books = books_of(report(MANY));
    const struct xlsx_sheet *sheet = &books.book[0].sheets[1];
    CHECK_TEXT(sheet->name, "Tableau 2");
    CHECK_TEXT(sheet->table_name, "t_regions");
    CHECK_TEXT(sheet->title, "Tableau\u00a02\u00a0– Cas par région");
    CHECK_TEXT(sheet->section, "1.1\u00a0 Régions");
    CHECK_TEXT(books.book[0].sheets[0].section, "1\u00a0 Bilan");
    CHECK_TEXT(books.book[0].sheets[0].table_name, "t_cas_age");
    CHECK_TEXT(books.book[1].sheets[0].name, "Tableau 3");
    stop();
}

TEST(a_chapter_of_many_figures_has_a_workbook_a_section)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    for (size_t c = 1; c < MANY; c++)
        demo_heading(&demo, 1, "", "Chapitre");
    demo_heading(&demo, 1, "fiches", "Fiches");
    for (int sheet = 0; sheet < 2; sheet++) {
        demo_heading(&demo, 2, sheet == 0 ? "site-sei" : "site-pou", "Site");
        for (int f = sheet; f < FIGURES; f += 2)
            demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE),
                             arena_format(arena, "f%d", f), 40, 30);
        demo_table(&demo, sheet == 0 ? "sei" : "pou", "Cas", 3, 1);
    }
    const struct xlsx_books books = books_of(resolved(&demo));
    CHECK_INT(books.count, 2);
    CHECK_TEXT(books.book[0].file, "essai-site-sei.xlsx");
    CHECK_TEXT(books.book[1].file, "essai-site-pou.xlsx");
    stop();
}

TEST(other_documents_keep_one_workbook)
{
    start();
    struct document *profile = report(MANY);
    profile->territory = &(const struct node){.code = "29"};
    CHECK_INT(books_of(profile).count, 1);
    CHECK_TEXT(books_of(profile).book[0].file, "essai.xlsx");
    CHECK_INT(books_of(profile).book[0].sheet_count, 3);
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Rien");
    const struct xlsx_books books = books_of(resolved(&demo));
    CHECK_INT(books.count, 1);
    CHECK_INT(books.book[0].sheet_count, 0);
    stop();
}

TEST(names_of_sheets_are_whole_words_of_the_title)
{
    static const struct {
        const char *title, *name;
    } cases[] = {
        {"Cas et décès", "1 Cas et décès"},
        {"Rapport mortalité/incidence\u00a0: [tous] 'cancers'",
         "2 Rapport mortalité incidence"},
        {"Évolution des taux standardisés monde de la mortalité",
         "3 Évolution des taux"},
        {"ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ", "4"},
        {"Trente et un caractères\u00a0: 31xx",
         "5 Trente et un caractères 31xx"},
        {"Incidence, tous cancers, par région", "6 Incidence, tous cancers"},
        {"Participation, selon le sexe et les communes",
         "7 Participation, selon le sexe"},
        {"Taux par âge, tous cancers, de 2019", "8 Taux par âge, tous cancers"},
        {"Main cancer sites: number and world-standardised rate",
         "9 Main cancer sites"},
    };
    start();
    struct demo demo = {.arena = arena};
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        demo_table(&demo, "cas", cases[c].title, 2, 1);
    const struct xlsx_books books = books_of(resolved(&demo));
    CHECK_INT(books.book[0].sheet_count, COUNT_OF(cases));
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        CHECK_TEXT(books.book[0].sheets[c].name, cases[c].name);
        CHECK(utf8_count(books.book[0].sheets[c].name) <= XLSX_NAME_MOST);
    }
    CHECK_TEXT(books.book[0].sheets[0].table_name, "t_cas");
    CHECK_TEXT(books.book[0].sheets[2].table_name, "t_cas_3");
    stop();
}

TEST(what_is_said_above_a_table_is_broken_into_lines)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "cas", "Cas", 2, 1);
    demo.blocks[0].caption = (struct caption){
        .title = "Cas",
        .unit = arena_format(arena, "%0200d", 0),
        .reading = arena_format(arena, "%s %060d %0109d fin", "un", 1, 2),
    };
    const struct xlsx_books books = books_of(resolved(&demo));
    const struct xlsx_sheet *sheet = &books.book[0].sheets[0];
    CHECK_INT(sheet->above_count, 6);
    CHECK_INT(sheet->first_row, 8);
    CHECK_TEXT(sheet->above[0], "Unité\u00a0:");
    CHECK_INT(utf8_count(sheet->above[1]), 200);
    CHECK_TEXT(sheet->above[2],
               arena_format(arena, "Lecture\u00a0: un %060d", 1));
    CHECK_TEXT(sheet->above[3], arena_format(arena, "%0109d", 2));
    CHECK_TEXT(sheet->above[4], "fin");
    CHECK(text_starts(sheet->above[5], "Signes\u00a0: "));
    stop();
}

/* A table whose second column has every sign. */
static const struct document *document_with_signs(void)
{
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Décès");
    demo_table(&demo, "deces", "Décès", AVAILABILITY_COUNT, 1);
    const struct grid *grid = demo.blocks[1].grid;
    for (size_t r = 0; r < grid->rows; r++) {
        struct grid_cell *cell = (struct grid_cell *)(uintptr_t)&grid
                                     ->cells[r * grid->column_count + 1];
        *cell = (struct grid_cell){
            .text = r == AVAILABLE
                        ? "12"
                        : availability_sign(LANG_FR, (enum availability)r),
            .number = true,
            .availability = (enum availability)r,
            .value = 12,
            .flags = r == AVAILABLE || r == CONFIDENTIAL
                         ? FLAG_ESTIMATED | FLAG_CAUTION
                         : 0,
            .cell_id = "x",
        };
    }
    return resolved(&demo);
}

TEST(a_sheet_shows_every_sign_and_tells_what_it_means)
{
    start();
    const struct document *document = document_with_signs();
    write_books(document);
    const char *styles = part_of(document, "essai.xlsx", "xl/styles.xml");
    has(styles, "formatCode=\"#,##0&quot;\u00a0ea&quot;_ _a\"");
    has(styles, "formatCode=\"@&quot;\u00a0ea&quot;_ _a\"");
    has(styles, "formatCode=\"@_ _a_a_ _a\"");
    const char *texts = part_of(document, "essai.xlsx", "xl/sharedStrings.xml");
    const struct xlsx_sheet *first = books_of(document).book[0].sheets;
    const char *above = text_join(arena, first->above, first->above_count, " ");
    for (size_t l = 0; l < first->above_count; l++)
        has(texts, arena_format(arena, "<t>%s</t>", first->above[l]));
    for (enum availability a = CONFIDENTIAL; a < AVAILABILITY_COUNT; a++) {
        has(above,
            arena_format(arena, "%s\u00a0: %s", availability_sign(LANG_FR, a),
                         availability_words(LANG_FR, a)));
        has(texts,
            arena_format(arena, "<t>%s</t>", availability_sign(LANG_FR, a)));
    }
    has(above, "e\u00a0: estimé");
    has(above, "a\u00a0: à interpréter avec prudence");
    const char *sheet =
        part_of(document, "essai.xlsx", "xl/worksheets/sheet3.xml");
    CHECK(strstr(sheet, "<v>12</v>") != NULL);
    stop();
}

/* Only tables of several pages ask for headings on each. */
TEST(headings_are_repeated_on_further_pages)
{
    start();
    struct demo demo = {.arena = arena};
    demo_table(&demo, "court", "Court", 40, 1);
    demo_table(&demo, "long", "Long", 60, 1);
    const struct document *document = resolved(&demo);
    write_books(document);
    const char *book = part_of(document, "essai.xlsx", "xl/workbook.xml");
    has(book, "name=\"_xlnm.Print_Titles\" localSheetId=\"3\"");
    CHECK(strstr(book, "localSheetId=\"2\"") == NULL);
    has(part_of(document, "essai.xlsx", "xl/worksheets/sheet4.xml"),
        "fitToHeight=\"0\"");
    CHECK(strstr(part_of(document, "essai.xlsx", "xl/worksheets/sheet3.xml"),
                 "fitToHeight=\"0\"") == NULL);
    stop();
}

TEST(a_sign_that_is_another_is_noticed)
{
    start();
    const struct document *document = document_with_signs();
    const struct format_job job = file_job(document);
    write_books(document);
    const struct grid *grid = document->blocks[1].grid;
    struct grid_cell *cell =
        (struct grid_cell *)(uintptr_t)&grid->cells[grid->column_count + 1];
    cell->text = "n.d.";
    CHECK(!format_xlsx.verify(&job, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    has(err.text, "essai.xlsx: sheet '1 Décès' cell B");
    err = (struct err){0};
    cell->availability = AVAILABLE;
    CHECK(!format_xlsx.verify(&job, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    stop();
}

/* --- groups of columns ---------------------------------------------------- */

/* Département, then for each of two groups a number of columns. */
static const struct document *grouped(size_t each)
{
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Cas");
    demo_table(&demo, "cas", "Cas", 60, each);
    struct grid_column *columns =
        (struct grid_column *)(uintptr_t)demo.blocks[1].grid->columns;
    for (size_t c = 0; c < 2 * each; c++) {
        columns[1 + c].group = c < each ? "Hommes" : "Femmes";
        columns[1 + c].unit = "p. 100 000";
        const char *heading =
            arena_format(arena, "taux de l’année %zu", c % each);
        columns[1 + c].heading =
            c % 2 == 1
                ? heading
                : arena_format(arena, "%s, %s", columns[1 + c].group, heading);
    }
    return resolved(&demo);
}

/* A row above the heads, which say the group too: nothing is merged. */
TEST(groups_of_columns_stand_above_heads_that_name_them)
{
    start();
    const struct document *document = grouped(2);
    const struct xlsx_sheet *sheet = books_of(document).book[0].sheets;
    static const char *const want[] = {
        "Hommes",
        "Femmes",
        "Département",
        "Hommes, taux de l’année 0 (p.\u00a0100\u00a0000)",
        "Hommes, taux de l’année 1 (p.\u00a0100\u00a0000)",
        "Femmes, taux de l’année 0 (p.\u00a0100\u00a0000)",
        "Femmes, taux de l’année 1 (p.\u00a0100\u00a0000)",
    };
    const struct xlsx_text *texts =
        sheet->texts + sheet->text_count - COUNT_OF(want);
    for (size_t t = 0; t < COUNT_OF(want); t++) {
        CHECK_TEXT(texts[t].text, want[t]);
        CHECK_INT(texts[t].part, t < 2 ? XLSX_GROUP : XLSX_HEAD);
        CHECK_INT(texts[t].row, sheet->first_row - (t < 2));
    }
    CHECK_INT(texts[0].column, 1);
    CHECK_INT(texts[1].column, 3);
    write_books(document);
    const char *xml =
        part_of(document, "essai.xlsx", "xl/worksheets/sheet3.xml");
    CHECK(strstr(xml, "mergeCell") == NULL);
    has(xml, arena_format(arena, "<c r=\"C%u\" s=", sheet->first_row));
    has(part_of(document, "essai.xlsx", "xl/workbook.xml"),
        arena_format(arena, "'!$%u:$%u<", sheet->first_row,
                     sheet->first_row + 1));
    has(part_of(document, "essai.xlsx", "xl/tables/table3.xml"),
        "<autoFilter ref=");
    stop();
}

TEST(a_wide_table_is_broken_between_groups)
{
    static const struct {
        size_t each;
        bool lies;
        size_t breaks;
        uint16_t first; /* column of the first break */
    } cases[] = {{1, false, 0, 0},
                 {4, true, 0, 0},
                 {8, true, 1, 9},
                 {12, true, 2, 9},
                 {16, true, 3, 0}};
    start();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        const struct document *document = grouped(cases[c].each);
        const struct grid *grid = document->blocks[1].grid;
        const struct xlsx_paper paper =
            xlsx_paper(arena, grid, xlsx_fit(arena, grid));
        CHECK_INT(paper.landscape, cases[c].lies);
        CHECK_INT(paper.labels, 1);
        CHECK_INT(paper.break_count, cases[c].breaks);
        if (cases[c].first > 0)
            CHECK_INT(paper.breaks[0], cases[c].first);
    }
    const struct document *document = grouped(8);
    write_books(document);
    const char *xml =
        part_of(document, "essai.xlsx", "xl/worksheets/sheet3.xml");
    has(xml, "<colBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"9\"");
    has(xml, "scale=\"60\"");
    has(xml, "pageOrder=\"overThenDown\"");
    const struct xlsx_sheet *sheet = books_of(document).book[0].sheets;
    CHECK(sheet->above_count > 0);
    has(xml, arena_format(arena, "<oddHeader>&amp;L&amp;8 %s\n%s", sheet->title,
                          sheet->above[0]));
    has(part_of(document, "essai.xlsx", "xl/workbook.xml"), "'!$A:$A,");
    stop();
}

/* --- what is compared ----------------------------------------------------- */

static void noticed(const struct document *document, const char *words)
{
    const struct format_job job = file_job(document);
    err = (struct err){0};
    CHECK(!format_xlsx.verify(&job, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    has(err.text, words);
}

TEST(each_text_is_that_of_its_cell)
{
    start();
    const struct document *document = grouped(2);
    const struct format_job job = file_job(document);
    struct block *block = (struct block *)(uintptr_t)&document->blocks[1];
    struct grid_column *columns =
        (struct grid_column *)(uintptr_t)block->grid->columns;
    write_books(document);

    /* Texts that the book has, in each other's place. */
    const struct grid_column kept = columns[1];
    columns[1].heading = columns[3].heading;
    columns[3].heading = kept.heading;
    noticed(document, "essai.xlsx: sheet '1 Cas' cell B");
    columns[3].heading = columns[1].heading;
    columns[1] = kept;
    for (size_t c = 1; c <= 4; c++)
        columns[c].group = c <= 2 ? "Femmes" : "Hommes";
    noticed(document, "does not say 'Femmes'");
    for (size_t c = 1; c <= 4; c++)
        columns[c].group = c <= 2 ? "Hommes" : "Femmes";
    CHECK((err = (struct err){0}, format_xlsx.verify(&job, &err)));

    /* The name of a row, the contents, the decimals that are shown. */
    struct grid_cell *cells = (struct grid_cell *)(uintptr_t)block->grid->cells;
    const char *name = cells[0].text;
    cells[0].text = cells[5].text;
    noticed(document, arena_format(arena, "does not say '%s'", cells[0].text));
    cells[0].text = name;
    columns[2].decimals++;
    noticed(document, "not what the edition says of");
    columns[2].decimals--;
    struct document *other = (struct document *)(uintptr_t)document;
    const char *title = other->title;
    other->title = "Un autre";
    noticed(document, "sheet 'Sommaire' cell A");
    other->title = title;
    CHECK((err = (struct err){0}, format_xlsx.verify(&job, &err)));
    stop();
}

TEST(a_missing_workbook_is_noticed)
{
    start();
    const struct document *document = report(MANY);
    const struct format_job job = file_job(document);
    write_books(document);
    CHECK(fs_exists(file_path(document, "essai-bilan.xlsx")));
    CHECK(!fs_exists(file_path(document, "essai.xlsx")));
    CHECK(remove(file_path(document, "essai-l-evolution-des-deces.xlsx")) == 0);
    CHECK(!format_xlsx.verify(&job, &err));
    has(err.text, "essai-l-evolution-des-deces.xlsx");
    stop();
}

TEST(each_workbook_tells_what_it_is_of)
{
    start();
    const struct document *document = report(MANY);
    write_books(document);
    const char *texts =
        part_of(document, "essai-bilan.xlsx", "xl/sharedStrings.xml");
    const struct project *project = document->edition->project;
    has(texts, document->title);
    has(texts, "1\u00a0 Bilan");
    has(texts, arena_format(arena, "%s – %s", project->id,
                            document->edition->snapshot));
    has(texts, project->publisher[LANG_FR]);
    has(part_of(document, "essai-bilan.xlsx", "xl/worksheets/sheet1.xml"),
        "location=\"'Tableau 1'!A1\"");
    stop();
}

TEST(pages_offer_the_workbook_of_their_chapter)
{
    start();
    const struct document *document = report(MANY);
    const struct format_job job = file_job(document);
    char *bytes = NULL;
    size_t size = 0;
    write_books(document);
    CHECK(format_html.write(&job, &err));
    CHECK(fs_read(arena, file_path(document, "essai-bilan.html"), &bytes, &size,
                  &err));
    has(bytes, "<a href=\"essai-bilan.xlsx\" download>Télécharger le classeur "
               "de cette partie (XLSX)</a>");
    CHECK(fs_read(arena, file_path(document, "essai-suite.html"), &bytes, &size,
                  &err));
    CHECK(strstr(bytes, ".xlsx") == NULL);
    CHECK(
        fs_read(arena, file_path(document, "essai.html"), &bytes, &size, &err));
    has(bytes, "<summary>Classeurs (XLSX)</summary>\n<ul>\n<li><a "
               "href=\"essai-bilan.xlsx\" download>1\u00a0 Bilan</a></li>\n<li>"
               "<a href=\"essai-l-evolution-des-deces.xlsx\" download>");
    stop();
}

RUN(CASE(a_long_report_is_a_workbook_a_chapter_that_has_tables),
    CASE(sheets_are_called_as_the_report_calls_its_tables),
    CASE(a_chapter_of_many_figures_has_a_workbook_a_section),
    CASE(other_documents_keep_one_workbook),
    CASE(names_of_sheets_are_whole_words_of_the_title),
    CASE(what_is_said_above_a_table_is_broken_into_lines),
    CASE(a_sheet_shows_every_sign_and_tells_what_it_means),
    CASE(headings_are_repeated_on_further_pages),
    CASE(a_sign_that_is_another_is_noticed),
    CASE(groups_of_columns_stand_above_heads_that_name_them),
    CASE(a_wide_table_is_broken_between_groups),
    CASE(each_text_is_that_of_its_cell), CASE(a_missing_workbook_is_noticed),
    CASE(each_workbook_tells_what_it_is_of),
    CASE(pages_offer_the_workbook_of_their_chapter))
