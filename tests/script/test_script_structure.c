/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "page/structure.h"
#include "page_fixture.h"

static const char grid_lua[] =
    "doc:grid{id = 'sites', table = t, rows = 'site', columns = {'count'}}";

/* The page must fail, with these words at the end of the message. */
static void must_fail(struct paging *paging, const char *body, const char *want)
{
    CHECK(!make(paging, CELLS_ALL, body));
    CHECK_INT(paging->fixture.err.code, ERR_SCRIPT);
    const char *text = paging->fixture.err.text;
    if (!text_ends(text, want))
        CHECK_TEXT(text, want);
}

static const char *plain(struct paging *paging, size_t block)
{
    return joined(paging, &paging->document->blocks[block].text);
}

static void made(struct paging *paging, const char *body)
{
    if (!make(paging, CELLS_ALL, body))
        CHECK_TEXT(paging->fixture.err.text, "");
}

TEST(references_in_prose_get_the_numbers_of_the_document)
{
    struct paging paging = paging_new();
    made(&paging, arena_format(paging.fixture.arena,
                               "return {contents{numbered = 2}, "
                               "heading(1, 'Bilan', 'bilan'), "
                               "text('**Voir** le [@tab:sites] et le "
                               "[@sec:bilan] : *la [@sec:fin]*.'), %s, "
                               "annex('Fin', 'fin'), text('A.')}",
                               grid_lua));
    CHECK_TEXT(paging.document->blocks[1].label, "1");
    CHECK_TEXT(paging.document->blocks[3].label, "Tableau\u00a01");
    CHECK_TEXT(plain(&paging, 2),
               "Voir le tableau\u00a01, page\u00a0 et le chapitre\u00a01, "
               "page\u00a0\u00a0: la annexe\u00a0A, page\u00a0.");
    const struct runs *runs = &paging.document->blocks[2].text;
    CHECK_TEXT(runs->run[2].href, "#tab-sites");
    CHECK_INT(runs->run[runs->count - 2].style,
              RUN_ITALIC | RUN_REFERENCE | RUN_PAPER | RUN_PAGE);
    paging_end(&paging);
}

TEST(an_unknown_reference_names_file_line_and_the_nearest)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un.\n\nDeux\nvoir [@tab:site].\n");
    must_fail(&paging,
              arena_format(paging.fixture.arena,
                           "return {contents(), prose('intro'), %s}", grid_lua),
              "templates/prose/fr/intro.md:4: [@tab:site]: there is no table "
              "'site'; the nearest is 'sites'");
    must_fail(&paging,
              arena_format(paging.fixture.arena,
                           "return {contents(),\ntext('[@fig:x]'), %s}",
                           grid_lua),
              "report.lua:18: [@fig:x]: there is no figure 'x'");
    paging_end(&paging);
}

TEST(a_link_leads_to_a_heading_a_figure_or_a_table)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un.\n\nDeux\n[voir](#suit).\n");
    made(&paging, arena_format(paging.fixture.arena,
                               "return {heading(1, 'A', 'suite'), "
                               "text('[b](#suite) [c](#tab-sites)'), %s}",
                               grid_lua));
    must_fail(&paging, "return {heading(1, 'A', 'suite'), prose('intro')}",
              "templates/prose/fr/intro.md:4: the link '#suit' leads nowhere; "
              "the nearest is '#suite'");
    paging_end(&paging);
}

TEST(an_id_of_a_heading_is_a_name_that_no_other_heading_has)
{
    struct paging paging = paging_new();
    must_fail(&paging, "return {heading(1, 'A', 'a'),\nannex('B', 'a')}",
              "report.lua:18: id 'a': used twice in this document");
    must_fail(&paging, "return heading(1, 'A', '../a')",
              "report.lua:17: id '../a': expected letters a-z, digits, _ and "
              "-, 100 at most");
    paging_end(&paging);
}

TEST(headings_and_captions_refer_too)
{
    struct paging paging = paging_new();
    made(&paging, "return {contents{numbered = 1}, heading(1, 'Autour du "
                  "[@tab:sites] : suite'), doc:grid{id = 'sites', table = t, "
                  "rows = 'site', columns = {'count'}, note = 'Voir aussi : "
                  "[@tab:autre]'}, facts{id = 'autre', title = 'A', columns = "
                  "{'B'}, rows = {{'c'}}, source = 'Ici, [@tab:sites].'}}");
    const struct block *blocks = paging.document->blocks;
    CHECK_TEXT(plain(&paging, 1), "Autour du tableau\u00a01\u00a0: suite");
    CHECK_TEXT(structure_title(paging.fixture.arena, LANG_FR, &blocks[1]),
               "1\u00a0 Autour du tableau\u00a01\u00a0: suite");
    CHECK_TEXT(blocks[2].caption.note, "Voir aussi\u00a0: tableau\u00a02");
    CHECK_TEXT(blocks[2].caption.linked[CAPTION_NOTE].run[1].href,
               "#tab-autre");
    CHECK_TEXT(blocks[3].caption.source, "Ici, tableau\u00a01.");

    must_fail(&paging,
              "return {contents(),\ndoc:grid{id = 'sites', table = t, rows = "
              "'site', columns = {'count'}, note = '[@fig:x]'}}",
              "report.lua:18: [@fig:x]: there is no figure 'x'");
    must_fail(&paging, "return {contents(),\nheading(1, 'A [@sec:x]')}",
              "report.lua:18: [@sec:x]: there is no heading 'x'");
    must_fail(&paging, "return {contents(),\nheading(1, 'A[^b]')}",
              "report.lua:18: heading: [^b]: notes are called in running text");
    must_fail(&paging,
              "return {contents(),\ndoc:grid{id = 'sites', table = t, rows = "
              "'site', columns = {'count'}, note = 'A[^b]'}}",
              "report.lua:18: note: [^b]: notes are called in running text");
    paging_end(&paging);
}

TEST(notes_of_markdown_are_called_and_told)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un[^source] et deux[^b], un encore[^source].\n\n"
                "[^source]: D’après {qui} ;\nsans plus.\n"
                "[^b]: *Deux* fois.\n\nSuite.\n");
    made(&paging, "return prose('intro', {qui = 'elle'})");
    CHECK_INT(paging.document->block_count, 2);
    CHECK_TEXT(plain(&paging, 0), "Un1 et deux2, un encore1.");
    const struct run *run = paging.document->blocks[0].text.run;
    CHECK_INT(run[1].style, RUN_SUPERSCRIPT | RUN_REFERENCE);
    CHECK_TEXT(joined(&paging, &run[1].note->text),
               "D’après elle\u202f; sans plus.");
    CHECK_TEXT(joined(&paging, &run[3].note->text), "Deux fois.");
    CHECK_TEXT(plain(&paging, 1), "Suite.");

    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un[^sourc].\n\n[^source]: Texte.\n");
    must_fail(&paging, "return prose('intro')",
              "templates/prose/fr/intro.md:1: no text for the note [^sourc]; "
              "the nearest is source");
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un.\n\n[^source]: Texte.\n");
    must_fail(&paging, "return prose('intro')",
              "templates/prose/fr/intro.md:3: nothing calls the note "
              "[^source]");
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un[^a].\n\n[^a]: Texte.\n[^a]: Texte.\n");
    must_fail(&paging, "return prose('intro')",
              "templates/prose/fr/intro.md:4: note [^a] is given twice");
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "Un[^a][^b].\n\n[^a]: Texte.\n[^b]: Autre,\nvoir[^a].\n");
    must_fail(&paging, "return prose('intro')",
              "templates/prose/fr/intro.md:5: note [^b] calls [^a]: expected "
              "notes to be called in the text, not in each other");
    must_fail(&paging, "return text('Un[^a].\\n\\n[^a]: Voir[^a].')",
              "report.lua:17: text: note [^a] calls [^a]: expected notes to be "
              "called in the text, not in each other");
    paging_end(&paging);
}

TEST(lists_of_the_project_fill_the_blocks_at_the_end)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/abbreviations.csv",
                "abbreviation,expansion\nTSM,taux standardisé monde\n"
                "IC,intervalle\n");
    script_file(&paging.fixture, "templates/prose/bibliography.csv",
                "key,authors,title,source,doi\n"
                "fay1997,\"Fay MP, Feuer EJ\",Titre,Revue 1997,\n");
    script_file(&paging.fixture, "templates/prose/fr/glossary.md",
                "- **Incidence** : nouveaux cas.\n");
    made(&paging, "return {contents(), text('Le TSM de l’incidence "
                  "[@ref:fay1997], le PMSI.'), glossary(prose('glossary')), "
                  "abbreviations(), bibliography(), index()}");
    const struct document *document = paging.document;
    CHECK_TEXT(plain(&paging, 1), "Le TSM (taux standardisé monde) de "
                                  "l’incidence\u00a0[1], le PMSI.");
    CHECK_INT(document->blocks[2].kind, BLOCK_GLOSSARY);
    CHECK_INT(document->blocks[3].item_count, 1);
    CHECK_TEXT(joined(&paging, &document->blocks[4].items[0]),
               "Fay MP, Feuer EJ. Titre. Revue 1997.");
    CHECK_INT(document->blocks[5].entry_count, 1);
    CHECK_TEXT(document->blocks[5].entries[0].term, "incidence");
    paging_end(&paging);
}

/* Sites are common nouns, territories are names. */
TEST(the_index_has_sites_and_territories_that_are_headings)
{
    struct paging paging = paging_new();
    made(&paging, "return {contents(), heading(1, 'Bretagne'), text('Un.'), "
                  "heading(1, 'Appareil digestif'), text('Deux.'), heading(1, "
                  "'Ailleurs'), "
                  "index()}");
    const struct block *index = &paging.document->blocks[6];
    CHECK_INT(index->entry_count, 2);
    CHECK_TEXT(index->entries[0].term, "appareil digestif");
    CHECK_TEXT(index->entries[1].term, "Bretagne");
    paging_end(&paging);
}

TEST(a_list_that_editors_wrote_wrongly_is_refused)
{
    static const struct {
        const char *path, *text, *want;
    } cases[] = {
        {"templates/prose/fr/abbreviations.csv",
         "abbreviation,expansion\nTSM,taux\nTSM,taux\n",
         "abbreviations.csv', line 3: 'TSM' is there twice"},
        {"templates/prose/fr/abbreviations.csv",
         "abbreviation,expansion\nTSM,\n",
         "abbreviations.csv', line 2: 'expansion' is empty"},
        {"templates/prose/fr/abbreviations.csv", "abbreviation,sens\n",
         "abbreviations.csv': expected a column 'expansion'"},
        {"templates/prose/bibliography.csv",
         "key,authors,title,source,doi\nFay,Fay,Titre,Revue,\n",
         "bibliography.csv': key 'Fay': expected letters a-z, digits "
         "and -"},
        {"templates/prose/bibliography.csv",
         "key,authors,title,source,doi,lang\nfay,Fay,Titre,Revue,,anglais\n",
         "bibliography.csv': 'fay': language 'anglais': expected a code of "
         "two letters, such as 'en'"},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct paging paging = paging_new();
        script_file(&paging.fixture, cases[c].path, cases[c].text);
        CHECK(!make(&paging, CELLS_ALL, "return text('Un.')"));
        CHECK_INT(paging.fixture.err.code, ERR_INPUT);
        if (!text_ends(paging.fixture.err.text, cases[c].want))
            CHECK_TEXT(paging.fixture.err.text, cases[c].want);
        paging_end(&paging);
    }
}

TEST(blocks_of_the_structure_say_what_they_expect)
{
    struct paging paging = paging_new();
    must_fail(&paging, "return contents{numbered = 5}",
              "contents: 'numbered': expected 0 to 4");
    must_fail(&paging, "return glossary(text('Un.'))",
              "glossary: expected the one list of a prose file");
    must_fail(&paging, "return glossary(text('- Un.'))",
              "glossary: item 1 does not begin with a term in bold");
    made(&paging, "return {contents{numbered = 1}, "
                  "heading(1, 'Un', nil, {numbered = false}), text('A.')}");
    CHECK(paging.document->blocks[1].label == NULL);
    paging_end(&paging);
}

TEST(a_heading_with_nothing_under_it_is_refused)
{
    struct paging paging = paging_new();
    must_fail(&paging,
              "return {heading(1, 'Un'), text('A.'),\nheading(1, 'Deux'), "
              "page_break(), heading(1, 'Trois'), text('B.')}",
              "report.lua:18: the heading 'Deux' has nothing under it");
    must_fail(&paging, "return {heading(1, 'Un'), heading(2, 'Deux')}",
              "report.lua:17: the heading 'Deux' has nothing under it");
    must_fail(&paging, "return {heading(1, 'Un'), list{}, note('')}",
              "report.lua:17: the heading 'Un' has nothing under it");
    must_fail(&paging,
              "return {heading(1, 'Un'), text('A.'), heading(1, 'Sources'), "
              "bibliography()}",
              "report.lua:17: the heading 'Sources' has nothing under it");
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "# Un\n\nA.\n\n## Deux\n\n## Trois\n\nB.\n");
    must_fail(&paging, "return prose('intro')",
              "templates/prose/fr/intro.md:5: the heading 'Deux' has nothing "
              "under it");
    made(&paging, "return {heading(1, 'Un'), heading(2, 'Deux'), text('A.')}");
    paging_end(&paging);
}

TEST(a_chapter_alone_keeps_its_numbers_and_no_page_elsewhere)
{
    struct paging paging = paging_new();
    paging.chapter = 2;
    made(&paging,
         arena_format(paging.fixture.arena,
                      "return {contents{numbered = 1}, "
                      "heading(1, 'Un', 'un'), text('A.'), heading(1, 'Deux'), "
                      "text('[@Sec:un] ; [@tab:sites][^a].\\n\\n"
                      "[^a]: Voir le [@sec:un].'), %s, index(), "
                      "doc:grid{id = 'b', table = t, rows = 'site', "
                      "columns = {'count'}, note = '[@sec:un], "
                      "[@tab:sites]'}}",
                      grid_lua));
    const struct block *blocks = paging.document->blocks;
    CHECK_TEXT(blocks[0].label, "2");
    CHECK_TEXT(plain(&paging, 1), "Chapitre\u00a01\u202f; tableau\u00a01, "
                                  "page\u00a01.");
    const struct run *run = blocks[1].text.run;
    CHECK_TEXT(run[0].href, "");
    CHECK_INT(run[2].style, RUN_PLAIN);
    CHECK_TEXT(run[4].href, "#tab-sites");
    CHECK_TEXT(joined(&paging, &run[7].note->text), "Voir le chapitre\u00a01.");
    CHECK_TEXT(run[7].href, "#note-1");
    CHECK_TEXT(blocks[2].label, "Tableau\u00a01");
    const struct runs *note = &blocks[4].caption.linked[CAPTION_NOTE];
    CHECK_TEXT(joined(&paging, note), "chapitre\u00a01, tableau\u00a01");
    CHECK_TEXT(note->run[0].href, "");
    CHECK_TEXT(note->run[2].href, "#tab-sites");
    paging_end(&paging);
}

RUN(CASE(references_in_prose_get_the_numbers_of_the_document),
    CASE(an_unknown_reference_names_file_line_and_the_nearest),
    CASE(a_link_leads_to_a_heading_a_figure_or_a_table),
    CASE(an_id_of_a_heading_is_a_name_that_no_other_heading_has),
    CASE(headings_and_captions_refer_too),
    CASE(notes_of_markdown_are_called_and_told),
    CASE(lists_of_the_project_fill_the_blocks_at_the_end),
    CASE(the_index_has_sites_and_territories_that_are_headings),
    CASE(a_list_that_editors_wrote_wrongly_is_refused),
    CASE(a_heading_with_nothing_under_it_is_refused),
    CASE(a_chapter_alone_keeps_its_numbers_and_no_page_elsewhere),
    CASE(blocks_of_the_structure_say_what_they_expect))
