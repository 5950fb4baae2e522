/* SPDX-License-Identifier: EUPL-1.2 */
/* A long report on the web: a page a chapter, and links between them. */
#include "check.h"

#include "base/fs.h"
#include "format/format.h"
#include "format/html_book.h"
#include "page/structure.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

enum {
    MANY = 13,    /* chapters that make a report long */
    FIGURES = 41, /* that divide a chapter */
};

static struct document *resolved(struct demo *demo)
{
    const struct lexicon lexicon = {NULL, 0, NULL, 0};
    struct document *document = demo_document(arena, demo, "essai", "Essai");
    CHECK(structure_resolve(arena, &lexicon, document, &err));
    return document;
}

static void add_reference(struct demo *demo, const char *href)
{
    struct note *note = arena_alloc(arena, sizeof *note);
    struct run *run = arena_array(arena, 2, sizeof *run);
    note->id = "";
    note->text = demo_text(demo, "Une note.");
    run[0] = (struct run){.text = "", .href = href, .where = "prose.md:1"};
    run[1] = (struct run){.text = "", .href = "", .note = note};
    demo_block(demo, BLOCK_PARAGRAPH)->text = (struct runs){run, 2};
}

/* Chapters: "Bilan" with two sections, "Décès" with a table, then others. */
static struct document *report(size_t chapters, bool contents)
{
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    if (contents)
        demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    demo_block(&demo, BLOCK_TABLES);
    demo_heading(&demo, 1, "bilan", "Bilan");
    demo_heading(&demo, 2, "", "France");
    add_reference(&demo, "@tab:deces");
    demo_heading(&demo, 2, "", "Régions");
    demo_heading(&demo, 1, "", "L’évolution des décès");
    demo_table(&demo, "deces", "Décès", 5, 2);
    for (size_t c = 2; c < chapters; c++)
        demo_heading(&demo, 1, "", "Suite");
    add_reference(&demo, "@sec:bilan");
    return resolved(&demo);
}

static struct document *report_of_sheets(void)
{
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    for (size_t c = 1; c < MANY; c++)
        demo_heading(&demo, 1, "", "Chapitre");
    demo_heading(&demo, 1, "fiches", "Fiches");
    demo_paragraph(&demo, "Une fiche par localisation.");
    for (int sheet = 0; sheet < 2; sheet++) {
        demo_heading(&demo, 2, sheet == 0 ? "site-sei" : "site-pou", "Site");
        demo_heading(&demo, 3, "", "Incidence");
        for (int f = sheet; f < FIGURES; f += 2)
            demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE),
                             arena_format(arena, "f%d", f), 40, 30);
    }
    demo_heading(&demo, 1, "", "Index");
    return resolved(&demo);
}

static void write_pages(const struct document *document)
{
    const struct format_job job = file_job(document);
    CHECK(fs_make_directory(fs_join(arena, directory, document->directory),
                            &err));
    CHECK(format_html.write(&job, &err));
    CHECK(format_html.verify(&job, &err));
}

static const char *page(const struct document *document, const char *file)
{
    char *bytes = NULL;
    size_t size = 0;
    CHECK(fs_read(arena, file_path(document, file), &bytes, &size, &err));
    return bytes;
}

/* Each part stands after the one before. */
static void has_parts(const char *text, const char *const *parts)
{
    for (const char *at = text; *parts != NULL; parts++) {
        const char *found = strstr(at, *parts);
        if (found == NULL)
            print_error("not there, or too early: %s\n", *parts);
        CHECK(found != NULL);
        at = found;
    }
}

TEST(a_long_report_is_a_page_a_chapter)
{
    start();
    const struct html_book *book = html_book_new(arena, report(MANY, true));
    CHECK_INT(book->count, 1 + MANY);
    CHECK_TEXT(book->leaves[0].file, "essai.html");
    CHECK_TEXT(book->leaves[1].file, "essai-bilan.html");
    CHECK_TEXT(book->leaves[2].file, "essai-l-evolution-des-deces.html");
    CHECK_TEXT(book->leaves[3].file, "essai-suite.html");
    CHECK_TEXT(book->leaves[4].file, "essai-suite-2.html");
    for (size_t l = 1; l < book->count; l++)
        CHECK_INT(book->leaves[l].first, book->leaves[l - 1].past);
    CHECK_INT(book->leaves[MANY].past, book->document->block_count);
    stop();
}

TEST(other_documents_are_one_page)
{
    start();
    struct document *profile = report(MANY, true);
    profile->territory = &(const struct node){.code = "29"};
    CHECK_INT(html_book_new(arena, profile)->count, 1);
    CHECK_INT(html_book_new(arena, report(MANY - 1, true))->count, 1);
    struct demo demo = {.arena = arena};
    for (size_t c = 0; c < MANY; c++)
        demo_heading(&demo, 1, "", "Chapitre");
    CHECK_INT(html_book_new(arena, resolved(&demo))->count, 1);
    stop();
}

TEST(a_line_break_is_one_on_the_web)
{
    static const struct run runs[] = {
        {.text = "Un", .href = "https://a.example"},
        {.text = " ",
         .style = RUN_BREAK | RUN_BOLD,
         .href = "https://a.example"},
        {.text = "Deux", .href = ""},
    };
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){runs, 3};
    const struct document *document = resolved(&demo);
    write_pages(document);
    CHECK(strstr(page(document, "essai.html"), "Un</a><br> Deux") != NULL);
    stop();
}

TEST(pages_of_chapters_lead_to_each_other)
{
    start();
    const struct document *document = report(MANY, true);
    write_pages(document);
    static const char *const entry[] = {
        "<title>Essai</title>",
        "<a rel=\"next\" href=\"essai-bilan.html\">Page suivante\u00a0: 1",
        "<li><a href=\"essai-bilan.html\">1\u00a0 Bilan</a></li>",
        "<a href=\"essai-l-evolution-des-deces.html#tab-deces\">Tableau\u00a01",
        "</html>",
        NULL,
    };
    has_parts(page(document, "essai.html"), entry);
    static const char *const chapter[] = {
        "<html lang=\"fr\">",
        "<title>1\u00a0 Bilan – Essai</title>",
        "<a class=\"skip\" href=\"#main\">",
        "<a href=\"essai.html\">Essai</a>",
        "<nav class=\"steps\" aria-label=\"Pages du rapport\">",
        "<a href=\"essai.html\">Sommaire</a>",
        "<a rel=\"next\" href=\"essai-l-evolution-des-deces.html\">",
        "<nav aria-label=\"Dans ce chapitre\"><ol>\n<li><a href=\"#h2\">",
        "<main id=\"main\">\n<h1 id=\"bilan\">1\u00a0 Bilan</h1>\n<h2 "
        "id=\"h2\">",
        "<a href=\"essai-l-evolution-des-deces.html#tab-deces\">",
        "<a href=\"#note-1\"",
        "<li id=\"note-1\">",
        "</main>\n<nav class=\"steps\" aria-label=\"Pages du rapport, après",
        NULL,
    };
    has_parts(page(document, "essai-bilan.html"), chapter);
    static const char *const last[] = {
        "<a rel=\"prev\" href=\"essai-suite-10.html\">Page précédente\u00a0: "
        "12",
        "<a href=\"essai-bilan.html#bilan\">",
        "<a href=\"#note-2\"",
        "<li id=\"note-2\">",
        NULL,
    };
    const char *end = page(document, "essai-suite-11.html");
    has_parts(end, last);
    CHECK(strstr(end, "rel=\"next\"") == NULL);
    CHECK(strstr(end, "note-1\"") == NULL);
    stop();
}

TEST(a_chapter_with_many_figures_has_a_page_a_section)
{
    start();
    const struct document *document = report_of_sheets();
    const struct html_book *book = html_book_new(arena, document);
    CHECK_INT(book->count, 1 + MANY + 2 + 1);
    CHECK(book->leaves[MANY].divided);
    CHECK_TEXT(book->leaves[MANY].file, "essai-fiches.html");
    CHECK_TEXT(book->leaves[MANY + 2].file, "essai-site-pou.html");
    CHECK_INT(book->leaves[MANY + 2].chapter, MANY);
    CHECK_INT(book->leaves[MANY + 3].chapter, MANY + 3);
    write_pages(document);
    static const char *const contents[] = {
        "<a href=\"essai-fiches.html\">13\u00a0 Fiches</a><ol>\n<li><a "
        "href=\"essai-site-sei.html\">",
        "<a href=\"essai-site-pou.html\">",
        "</ol></li>\n<li><a href=\"essai-index.html\">",
        NULL,
    };
    has_parts(page(document, "essai.html"), contents);
    static const char *const sheet[] = {
        "<a href=\"essai-fiches.html\">13\u00a0 Fiches</a></p>\n</header>",
        "<h1 id=\"site-sei\">13.1\u00a0 Site</h1>\n<h2 id=\"h15\">",
        NULL,
    };
    has_parts(page(document, "essai-site-sei.html"), sheet);
    stop();
}

/* Replaces the first occurrence of `from` in a written page. */
static void tamper(const struct document *document, const char *file,
                   const char *from, const char *to)
{
    const char *bytes = page(document, file);
    const char *at = strstr(bytes, from);
    CHECK(at != NULL);
    const char *changed = arena_format(arena, "%.*s%s%s", (int)(at - bytes),
                                       bytes, to, at + strlen(from));
    CHECK(fs_write(file_path(document, file), changed, strlen(changed), &err));
}

/* Are the pages refused, by a message that names `file`? */
static void is_refused(const struct document *document, enum err_code code,
                       const char *file)
{
    const struct format_job job = file_job(document);
    CHECK(!format_html.verify(&job, &err));
    CHECK_INT(err.code, code);
    CHECK(strstr(err.text, file) != NULL);
    err = (struct err){0};
}

TEST(a_changed_or_missing_chapter_is_noticed)
{
    start();
    const struct document *document = report(MANY, true);
    write_pages(document);
    tamper(document, "essai-l-evolution-des-deces.html", "data-v=\"",
           "data-v=\"1");
    is_refused(document, ERR_DISAGREE, "essai-l-evolution-des-deces.html");
    write_pages(document);
    tamper(document, "essai-suite.html", "</html>", "");
    is_refused(document, ERR_DISAGREE, "essai-suite.html");
    write_pages(document);
    CHECK(remove(file_path(document, "essai-suite-2.html")) == 0);
    is_refused(document, ERR_IO, "essai-suite-2.html");
    stop();
}

TEST(tables_show_every_sign_with_its_words)
{
    start();
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Décès");
    demo_table(&demo, "deces", "Décès", 2, 1);
    const struct grid *grid = demo.blocks[1].grid;
    struct grid_cell *cell = (struct grid_cell *)(uintptr_t)&grid->cells[1];
    *cell = (struct grid_cell){.text = "12",
                               .number = true,
                               .value = 12,
                               .flags = FLAG_ESTIMATED | FLAG_CAUTION,
                               .cell_id = "x"};
    const struct document *document = resolved(&demo);
    write_pages(document);
    static const char *const parts[] = {
        ">12<sup><abbr role=\"img\" title=\"estimé\">e</abbr>"
        "<abbr role=\"img\" title=\"",
        "\">a</abbr></sup></td>",
        "<p class=\"signs\">",
        "e\u00a0: estimé",
        "a\u00a0: ",
        NULL,
    };
    has_parts(page(document, "essai.html"), parts);
    stop();
}

/* Columns of a table, the first its row headers: two measures of men, one of
 * women, and one of no group. */
static void group_columns(const struct grid *grid)
{
    static const struct grid_column grouped[] = {
        {.heading = "Hommes, nombre", .group = "Hommes", .unit = "par an"},
        {.heading = "Hommes, TSM", .group = "Hommes", .unit = ""},
        {.heading = "Femmes, nombre", .group = "Femmes", .unit = ""},
        {.heading = "Rapport", .unit = ""},
    };
    struct grid_column *columns =
        (struct grid_column *)(uintptr_t)grid->columns;
    for (size_t i = 0; i < COUNT_OF(grouped); i++) {
        columns[i + 1].heading = grouped[i].heading;
        columns[i + 1].group = grouped[i].group;
        columns[i + 1].unit = grouped[i].unit;
    }
}

TEST(groups_of_columns_have_heads_of_their_own)
{
    start();
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Décès");
    demo_table(&demo, "deces", "Décès", 2, 2);
    group_columns(demo.blocks[1].grid);
    const struct document *document = resolved(&demo);
    write_pages(document);
    static const char *const parts[] = {
        "<colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup>"
        "<colgroup span=\"1\"></colgroup><colgroup span=\"1\"></colgroup>",
        "<thead><tr><th scope=\"col\" rowspan=\"2\"",
        "<th scope=\"colgroup\" colspan=\"2\" class=\"g\">Hommes</th>"
        "<th scope=\"colgroup\" colspan=\"1\" class=\"g\">Femmes</th>"
        "<th scope=\"col\" rowspan=\"2\" class=\"n\">Rapport</th>",
        "</tr>\n<tr><th scope=\"col\" class=\"n\">nombre<small>par an</small>"
        "</th><th scope=\"col\" class=\"n\">TSM</th>"
        "<th scope=\"col\" class=\"n\">nombre</th></tr></thead>",
        NULL,
    };
    has_parts(page(document, "essai.html"), parts);
    stop();
}

TEST(what_unfolds_the_numbers_of_a_figure_names_it)
{
    start();
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Décès");
    demo_table(&demo, "deces", "Décès", 2, 1);
    const struct grid *data = demo.blocks[1].grid;
    demo_fill_figure(&demo, demo_block(&demo, BLOCK_FIGURE), "carte", 40, 30);
    ((struct figure *)(uintptr_t)demo.blocks[2].figure)->data = data;
    const struct document *document = resolved(&demo);
    write_pages(document);
    static const char *const parts[] = {
        "<summary>Données de la figure<span class=\"heard\">\u00a0: "
        "Incidence des cancers par département, deux sexes, "
        "2019-2023</span></summary>",
        NULL,
    };
    has_parts(page(document, "essai.html"), parts);
    stop();
}

RUN(CASE(what_unfolds_the_numbers_of_a_figure_names_it),
    CASE(groups_of_columns_have_heads_of_their_own),
    CASE(a_long_report_is_a_page_a_chapter), CASE(other_documents_are_one_page),
    CASE(a_line_break_is_one_on_the_web),
    CASE(pages_of_chapters_lead_to_each_other),
    CASE(a_chapter_with_many_figures_has_a_page_a_section),
    CASE(a_changed_or_missing_chapter_is_noticed),
    CASE(tables_show_every_sign_with_its_words))
