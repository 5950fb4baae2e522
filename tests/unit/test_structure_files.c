/* SPDX-License-Identifier: EUPL-1.2 */
/* The structure of a document as files tell it: PDF and HTML. */
#include "check.h"

#include "base/fs.h"
#include "format/format.h"
#include "format/zip.h"
#include "page/structure.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

static const struct abbreviation abbreviations[] = {
    {"TSM", "taux standardisé monde"},
};

static const struct publication publications[] = {
    {"fay1997", "Fay MP, Feuer EJ", "Confidence intervals", "Stat Med 1997",
     "10.1002/(SICI)1:7<7::A>3.0;2-#", "en"},
};

static struct runs rich_text(struct demo *demo)
{
    struct note *note = arena_alloc(arena, sizeof *note);
    struct run *run = arena_array(arena, 9, sizeof *run);
    for (size_t i = 0; i < 9; i++)
        run[i] = (struct run){.text = "", .href = "", .where = "prose.md:1"};
    note->id = "";
    note->text = demo_text(demo, "Une note.");
    run[0].text = "Le TSM de l’incidence";
    run[1].note = note;
    run[2].text = ", la ";
    run[3].href = "@fig:carte";
    run[4].text = " et le ";
    run[5].href = "@tab:deces";
    run[6].text = " (";
    run[7].href = "@ref:fay1997";
    run[8].text = ").";
    return (struct runs){run, 9};
}

static struct document *document_with_all(void)
{
    static const struct run term[] = {
        {.text = "Incidence", .style = RUN_BOLD, .href = ""},
        {.text = " : nouveaux cas.", .href = ""},
    };
    static const struct runs items[] = {{term, 2}};
    const struct lexicon lexicon = {abbreviations, 1, publications, 1};
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    demo_block(&demo, BLOCK_FIGURES);
    demo_block(&demo, BLOCK_TABLES);
    demo_heading(&demo, 1, "bilan", "Bilan");
    demo_heading(&demo, 2, "", "France");
    demo_block(&demo, BLOCK_PARAGRAPH)->text = rich_text(&demo);
    demo_figures(&demo);
    demo_table(&demo, "deces", "Décès", 5, 2);
    demo.blocks[demo.count - 1].caption.note = "Voir la [@fig:carte], à part.";
    demo_heading(&demo, 1, "methodes", "Méthodes");
    demo.blocks[demo.count - 1].heading = HEADING_ANNEX;
    struct block *glossary = demo_block(&demo, BLOCK_GLOSSARY);
    glossary->items = items;
    glossary->item_count = COUNT_OF(items);
    demo_block(&demo, BLOCK_ABBREVIATIONS);
    demo_block(&demo, BLOCK_BIBLIOGRAPHY);
    demo_block(&demo, BLOCK_INDEX);
    struct document *document = demo_document(arena, &demo, "essai", "Essai");
    CHECK(structure_resolve(arena, &lexicon, document, &err));
    return document;
}

/* Writes the document and reads the file. */
static const char *file_of(const struct document *document,
                           const struct format *format, size_t *size)
{
    char *templates = fs_join(arena, directory, "templates");
    const char *folder = fs_join(arena, directory, document->directory);
    const struct format_job job = {document, fonts, directory, templates, NULL};
    char *bytes = NULL;
    CHECK(fs_make_directory(templates, &err));
    CHECK(fs_make_directory(folder, &err));
    CHECK(fs_write(fs_join(arena, templates, "page.css"), "", 0, &err));
    CHECK(format->write(&job, &err));
    CHECK(format->verify(&job, &err));
    const char *path = arena_format(arena, "%s/%s%s", folder, document->name,
                                    format->extension);
    CHECK(fs_read(arena, path, &bytes, size, &err));
    return bytes;
}

static size_t count_of(const char *bytes, size_t size, const char *what)
{
    size_t count = 0;
    const char *at = bytes;
    while ((at = memmem(at, (size_t)(bytes + size - at), what, strlen(what))) !=
           NULL) {
        count++;
        at++;
    }
    return count;
}

TEST(a_pdf_tags_what_leads_elsewhere)
{
    start();
    size_t size = 0;
    const char *pdf = file_of(document_with_all(), &format_pdf, &size);
    CHECK_INT(count_of(pdf, size, "/S/Note/"), 1);
    CHECK_INT(count_of(pdf, size, "/ID(note"), 1);
    CHECK_INT(count_of(pdf, size, "/S/Index/"), 1);
    CHECK_INT(count_of(pdf, size, "/S/BibEntry/"), 1);
    CHECK_INT(count_of(pdf, size, "/ListNumbering/Decimal"), 1);
    CHECK_INT(count_of(pdf, size, "/S/TOC/"), 3);
    size_t entries = count_of(pdf, size, "/S/TOCI/");
    /* Of the contents, of figures and tables below the name of a section. */
    CHECK_INT(entries, 3 + (1 + 4) + (1 + 1));
    /* Entries, a note, a figure, a table, a source, a page of the index, a
     * figure again in a caption. */
    CHECK_INT(count_of(pdf, size, "/S/Reference/"), entries + 6);
    /* An abbreviation, title and journal of an English source, the letter
     * after a value. */
    CHECK_INT(count_of(pdf, size, "/S/Span/"), 4);
    CHECK_INT(count_of(pdf, size, "/Lang(en)"), 2);
    /* "taux" */
    CHECK_INT(count_of(pdf, size, "/E<FEFF0074006100750078"), 1);
    /* "1.1", no-break space, space, "France": a bookmark. */
    CHECK_INT(count_of(pdf, size, "/Title<FEFF0031002E003100A0002000460072"),
              1);
    stop();
}

TEST(a_page_has_the_same_numbers_and_its_notes_at_the_end)
{
    start();
    size_t size = 0;
    const char *html = file_of(document_with_all(), &format_html, &size);
    static const char *const parts[] = {
        "<a href=\"#bilan\">1\u00a0 Bilan</a>",
        "<summary>Liste des figures</summary>\n<ul>\n"
        "<li>1.1\u00a0 France\n<ul>\n"
        "<li><a href=\"#fig-carte\">Figure\u00a01",
        "<h3 id=\"h2\">1.1\u00a0 France</h3>",
        "Le <abbr title=\"taux standardisé monde\">TSM</abbr> (taux "
        "standardisé monde) de l’",
        "<span id=\"idx-1\"><a href=\"#term-incidence\">incidence</a></span>",
        "<span id=\"call-1\"><a href=\"#note-1\" "
        "role=\"doc-noteref\"><sup>1</sup></a></span>, la <a "
        "href=\"#fig-carte\">figure\u00a01</a> et le <a "
        "href=\"#tab-deces\">tableau\u00a01</a> (<a "
        "href=\"#ref-fay1997\">[1]</a>).",
        "<figure id=\"fig-carte\">",
        "<div id=\"tab-deces\">",
        "<p><strong>Note\u00a0:</strong> Voir la <a "
        "href=\"#fig-carte\">figure\u00a01</a>, à part.</p>",
        "Annexe\u00a0A\u00a0– Méthodes",
        "<span id=\"term-incidence\"><strong>Incidence</strong></span>",
        "<ol>\n<li><span id=\"ref-fay1997\">Fay MP",
        "<span lang=\"en\">Confidence intervals. </span>",
        "<span lang=\"en\"><em>Stat Med 1997</em></span>",
        "<a href=\"https://doi.org/10.1002/"
        "(SICI)1:7%3C7::A%3E3.0;2-%23\">doi:10.1002/(SICI)1:7&lt;7::A&gt;",
        "<li>incidence, <a href=\"#idx-1\">1.1</a></li>",
        "<li id=\"note-1\">Une note. <a href=\"#call-1\" ",
        "</main>",
    };
    const char *at = html;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const char *found = strstr(at, parts[i]);
        if (found == NULL)
            print_error("not there, or too early: %s\n", parts[i]);
        CHECK(found != NULL);
        at = found;
    }
    CHECK(strstr(html, "page\u00a0") == NULL);
    stop();
}

TEST(sheets_of_the_workbook_have_the_same_numbers)
{
    start();
    size_t size = 0, count = 0;
    struct zip_entry *entries = NULL;
    const struct document *document = document_with_all();
    (void)file_of(document, &format_xlsx, &size);
    const char *path = arena_format(arena, "%s/%s/%s.xlsx", directory,
                                    document->directory, document->name);
    CHECK(zip_read(arena, path, &entries, &count, &err));
    const struct zip_entry *texts =
        zip_find(entries, count, "xl/sharedStrings.xml");
    CHECK(texts != NULL);
    CHECK(strstr(texts->bytes, "Tableau\u00a01\u00a0– Décès") != NULL);
    stop();
}

RUN(CASE(a_pdf_tags_what_leads_elsewhere),
    CASE(sheets_of_the_workbook_have_the_same_numbers),
    CASE(a_page_has_the_same_numbers_and_its_notes_at_the_end))
