/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "format/format.h"
#include "format/pdf_lists.h"
#include "unit/pdf_demo.h"

#include "unit/file_fixture.h"

static const char *path;

/* Cover, contents, chapters, lists and an index of two terms. */
static struct document *report(void)
{
    static const struct index_place places[] = {{"incidence", "methodes", ""},
                                                {"methodes", "", ""}};
    static const struct index_entry entries[] = {
        {"Couverture territoriale", &places[0], 1},
        {"Intervalles de confiance", places, 2},
    };
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_block(&demo, BLOCK_CONTENTS);
    demo_chapter(&demo);
    demo_annex(&demo);
    demo_heading(&demo, 1, "listes", "Figures et tableaux");
    demo_block(&demo, BLOCK_FIGURES);
    demo_block(&demo, BLOCK_TABLES);
    demo_heading(&demo, 1, "index", "Index");
    struct block *index = demo_block(&demo, BLOCK_INDEX);
    index->entries = entries;
    index->entry_count = COUNT_OF(entries);
    return demo_document(arena, &demo, "rapport", "Rapport annuel");
}

/* The text of the finished file. */
static struct pdf_text read_back(const struct document *document)
{
    const struct format_job job = file_job(document);
    struct pdf_text text = {0};
    path = file_path(document, "rapport.pdf");
    CHECK(format_pdf.write(&job, &err));
    CHECK(pdf_text_read(arena, path, &text, &err));
    return text;
}

static struct pdf_mark *find(struct pdf_text *text, const char *role,
                             const char *words)
{
    for (size_t m = 0; m < text->mark_count; m++) {
        if (text_same(text->marks[m].role, role) &&
            text_starts(text->marks[m].text, words))
            return &text->marks[m];
    }
    print_error("no mark %s '%s'\n", role, words);
    CHECK(false);
    return NULL;
}

static void noticed(const struct document *document, struct pdf_text *text,
                    const char *words)
{
    err = (struct err){0};
    CHECK(!pdf_lists_check(arena, document, path, text, &err));
    CHECK_INT(err.code, ERR_DISAGREE);
    if (strstr(err.text, words) == NULL)
        print_error("'%s' is not in: %s\n", words, err.text);
    CHECK(strstr(err.text, words) != NULL);
}

/* Changes the words of one mark, is told of it, and takes that back. */
static void change(const struct document *document, struct pdf_text *text,
                   struct pdf_mark *mark, const char *other, const char *words)
{
    const char *kept = mark->text;
    mark->text = other;
    noticed(document, text, words);
    mark->text = kept;
    err = (struct err){0};
    CHECK(pdf_lists_check(arena, document, path, text, &err));
}

TEST(pages_have_the_numbers_that_are_printed)
{
    start();
    struct pdf_text text = read_back(report());
    CHECK(text.page_count > 6);
    CHECK_TEXT(text.labels[0], "i");
    CHECK_TEXT(text.labels[1], "ii");
    CHECK_TEXT(text.labels[2], "1");
    CHECK_TEXT(text.labels[5], "4");
    CHECK_INT(find(&text, "H1", "L’incidence")->page, 2);
    stop();
}

TEST(contents_and_lists_lead_to_what_they_name)
{
    start();
    const struct document *document = report();
    struct pdf_text text = read_back(document);
    CHECK(pdf_lists_check(arena, document, path, &text, &err));
    struct pdf_mark *entry = find(&text, "Link", "Les départements");
    change(document, &text, entry, "Les communes",
           "Sommaire: 'Les départements': the file has 'Lescommunes'");
    change(document, &text, entry + 1, "9",
           "'Les départements', not on page '9'");
    change(document, &text, find(&text, "Caption", "Sommaire"), "Table",
           "'Sommaire'");
    entry = find(&text, "Link", "Incidence par localisation");
    change(document, &text, entry + 1, "1",
           "'Incidence par localisation, tous les sexes', not on page '1'");
    /* The title itself, and an entry of nothing. */
    change(document, &text, find(&text, "H1", "Méthodes"), "Méthode",
           "'Méthodes et tableaux', not on page");
    const struct pdf_mark *after = find(&text, "H1", "L’incidence");
    const size_t place = (size_t)(after - text.marks);
    struct pdf_mark *more =
        arena_array(arena, text.mark_count + 1, sizeof *more);
    memcpy(more, text.marks, place * sizeof *more);
    more[place] = (struct pdf_mark){"Link", "De trop", 1};
    memcpy(more + place + 1, after, (text.mark_count - place) * sizeof *more);
    text.marks = more;
    text.mark_count++;
    noticed(document, &text, "Sommaire: '': the file has 'Detrop'");
    stop();
}

TEST(pages_of_the_index_say_the_term)
{
    start();
    const struct document *document = report();
    struct pdf_text text = read_back(document);
    struct pdf_mark *term = find(&text, "LBody", "Couverture");
    change(document, &text, term, "Recouvrement, ", "index: 'Couverture");
    change(document, &text, term + 1, "i", "index: 'Couverture territoriale'");
    change(document, &text, term + 1, "99", "the file has '99'");
    change(document, &text, term + 1, "3–1", "the file has '3–1'");
    stop();
}

TEST(the_page_beside_a_reference_is_that_of_what_it_names)
{
    static const struct run runs[] = {
        {.text = "Voir le ", .href = ""},
        {.text = "tableau 2", .href = "#tab-long", .style = RUN_REFERENCE},
        {.text = ", page\u00a0",
         .href = "#tab-long",
         .style = RUN_REFERENCE | RUN_PAPER},
        {.text = "",
         .href = "#tab-long",
         .style = RUN_REFERENCE | RUN_PAPER | RUN_PAGE},
        {.text = ".", .href = ""},
    };
    start();
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_block(&demo, BLOCK_CONTENTS);
    demo_chapter(&demo);
    demo_block(&demo, BLOCK_PARAGRAPH)->text =
        (struct runs){.run = runs, .count = COUNT_OF(runs)};
    demo_annex(&demo);
    const struct document *document =
        demo_document(arena, &demo, "rapport", "Rapport annuel");
    struct pdf_text text = read_back(document);
    CHECK(pdf_lists_check(arena, document, path, &text, &err));
    struct pdf_mark *link = find(&text, "Link", "tableau 2");
    CHECK_TEXT(link->text, "tableau 2, page\u00a04");
    change(document, &text, link, "tableau 2, page\u00a01",
           "reference: 'tableau2,page': the file has '1'");
    change(document, &text, link, "tableau 2, page\u00a0",
           "reference: 'tableau2,page': the file has ''");
    change(document, &text, link, "tableau 3, page\u00a04",
           "reference: 'tableau2,page': the file has ''");
    stop();
}

TEST(the_cover_says_what_the_document_is)
{
    static const char *const lines[] = {
        "Rapport annuel", "Période 2019-2023", "Registre national", "Édition",
        "Publié",
    };
    start();
    const struct document *document = report();
    struct pdf_text text = read_back(document);
    for (size_t l = 0; l < COUNT_OF(lines); l++) {
        struct pdf_mark *mark = find(&text, "P", lines[l]);
        CHECK_INT(mark->page, 0);
        /* The publisher is there twice. */
        if (l == 2)
            find(&text, "P", lines[l])->text = "";
        change(document, &text, find(&text, "P", lines[l]), "Autre",
               "rapport.pdf': Rapport annuel: ");
    }
    stop();
}

RUN(CASE(pages_have_the_numbers_that_are_printed),
    CASE(contents_and_lists_lead_to_what_they_name),
    CASE(pages_of_the_index_say_the_term),
    CASE(the_page_beside_a_reference_is_that_of_what_it_names),
    CASE(the_cover_says_what_the_document_is))
