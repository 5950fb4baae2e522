/* SPDX-License-Identifier: EUPL-1.2 */
/* Prose: the Markdown of texts and files, as a page() takes it. */
#include "page_fixture.h"

#include "script/proofread.h"

TEST(markdown_becomes_runs_with_french_typography)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return text('Un *petit* **nombre** : l\\'an 2019 !')");
    CHECK_INT(block->kind, BLOCK_PARAGRAPH);
    CHECK_TEXT(joined(&paging, &block->text),
               "Un petit nombre\u00a0: l’an 2019\u202f!");
    CHECK_INT(block->text.run[1].style, RUN_ITALIC);
    CHECK_INT(block->text.run[3].style, RUN_BOLD);
    paging_end(&paging);
}

TEST(a_line_that_ends_with_two_spaces_or_a_backslash_is_broken)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL,
             "return text('Le 1er  \\nmai : *un\\\\\\ndeux* \\ntrois')");
    static const char *const words[] = {
        "Le 1", "er", " ", "mai\u00a0: ", "un", " ", "deux", " trois"};
    CHECK_INT(block->text.count, COUNT_OF(words));
    for (size_t r = 0; r < COUNT_OF(words); r++)
        CHECK_TEXT(block->text.run[r].text, words[r]);
    CHECK_INT(block->text.run[2].style, RUN_BREAK);
    CHECK_INT(block->text.run[5].style, RUN_BREAK | RUN_ITALIC);
    paging_end(&paging);
}

TEST(a_constant_is_told_where_it_stands)
{
    check_text_of("return text('de {=−1} à {=1} : {=}')", CELLS_ALL, LANG_FR,
                  "de −1 à 1\u00a0: {=}");
}

TEST(ordinals_are_superscripts_in_french_only)
{
    struct paging paging = paging_new();
    const struct block *block =
        only(&paging, CELLS_ALL, "return text('le 1er janvier, la 2e fois')");
    CHECK_INT(block->text.count, 5);
    CHECK_TEXT(block->text.run[1].text, "er");
    CHECK_INT(block->text.run[1].style, RUN_SUPERSCRIPT);
    CHECK_TEXT(block->text.run[3].text, "e");
    /* the digits of an identifier are no number */
    block = only(&paging, CELLS_ALL, "return text('5bcb2f58334e')");
    CHECK_INT(block->text.count, 1);
    paging.lang = LANG_EN;
    block = only(&paging, CELLS_ALL, "return text('1er')");
    CHECK_INT(block->text.count, 1);
    paging_end(&paging);
}

TEST(prose_comes_from_files_by_language)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "## Titre\n\nDe **{cas}** cas.\n\n- un\n- deux\n\n> Note.\n");
    CHECK(make(&paging, CELLS_ALL, "return prose('intro', {cas = t:cell{}})"));
    CHECK_INT(paging.document->block_count, 4);
    const struct block *blocks = paging.document->blocks;
    CHECK_INT(blocks[0].kind, BLOCK_HEADING);
    CHECK_INT(blocks[0].level, 2);
    CHECK_TEXT(joined(&paging, &blocks[1].text), "De 109 cas.");
    CHECK_INT(blocks[2].kind, BLOCK_LIST);
    CHECK_INT(blocks[2].item_count, 2);
    CHECK_TEXT(joined(&paging, &blocks[2].items[1]), "deux");
    CHECK_INT(blocks[3].kind, BLOCK_NOTE);

    CHECK(!make(&paging, CELLS_ALL, "return prose('intro', {cass = 'x'})"));
    CHECK_TEXT(paging.fixture.err.text,
               "report 'essai', region 53: report.lua:17: "
               "templates/prose/fr/intro.md:3: no value for {cas}; the "
               "nearest is 'cass'");
    CHECK(!make(&paging, CELLS_ALL, "return prose('../intro')"));
    CHECK(!make(&paging, CELLS_ALL, "return prose('absent')"));
    CHECK(strstr(paging.fixture.err.text, "templates/prose/fr/absent.md"));
    paging_end(&paging);
}

TEST(a_list_may_stand_in_an_item_of_another)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL,
               "return text('- a\\n  - b\\n    - c\\n- d\\n\\n  e')"));
    CHECK_INT(paging.document->block_count, 1);
    const struct block *list = &paging.document->blocks[0];
    const unsigned char depths[] = {0, 1, 2, 0};
    CHECK_INT(list->item_count, 4);
    CHECK(memcmp(list->depths, depths, sizeof depths) == 0);
    CHECK_TEXT(joined(&paging, &list->items[3]), "d e");
    paging_end(&paging);
}

/* What the proofreader says that no page may hold: "FILE:LINE: message". */
static const char *proofread(struct paging *paging)
{
    struct arena *arena = paging->fixture.arena;
    struct proofreading found = {0};
    const char *told = "";
    CHECK(proofread_project(arena, paging->project, NULL, 0, &found,
                            &paging->fixture.err));
    for (size_t r = 0; r < found.count; r++) {
        const struct remark *remark = &found.remarks[r];
        if (text_same(remark->code, "markdown") && remark->error)
            told = arena_format(arena, "%s:%d: %s", remark->file, remark->line,
                                remark->message);
    }
    return told;
}

/* What Markdown knows and no page prints is refused with its line, never
 * printed as other words; and the proofreader tells the same. */
TEST(markdown_that_is_not_printed_is_refused_with_its_line)
{
#define MAY "the text may hold "
    static const char blocks[] = MAY "only paragraphs, headings, bulleted "
                                     "lists and quotes";
    static const char links[] =
        MAY "only links to https:, http: or mailto: and to ids";
    static const char cut[] = "{n ...}: expected no emphasis, link or line "
                              "break inside";
    const struct {
        const char *text, *line, *says;
    } cases[] = {
        {"a\n\n1. b\n2. c\n", "3", blocks},
        {"a\nb\n\n| c | d |\n|---|---|\n| e | f |\n", "4", blocks},
        {"> a\n>\n> > b\n", "3", blocks},
        {"- a\n\n  > b\n", "3", blocks},
        {"> a\n>\n> - b\n", "3", MAY "only quotes without lists"},
        {"- a\n  - b\n\n  c\n", "4",
         MAY "only items whose text stands before their list"},
        {"- a\n  - b\n    - c\n      - d\n        - e\n          - f\n"
         "            - g\n",
         "7", MAY "only lists of at most 6 levels"},
        {"a\nb <b>c</b>\n", "2", MAY "no HTML"},
        {"R&amp;D\n", "1", MAY "no entities: write the character itself"},
        {"a [b](javascript:c)\n", "1", links},
        {"a[^n]\n\n[^n]: b\n [c](file:///d)\n", "4", links},
        {"a\n\n##### b\n", "3", MAY "only headings of levels 1 to 4"},
        {"a\n\n##\n\nb\n", "5", MAY "only headings with words"},
        {"- a\n-\n- b\n", "3", MAY "only items with words"},
        {"- - a\n", "1", MAY "only items with words"},
        {"a\n\n>\n\nb\n", "5", MAY "only quotes with words"},
        {"a\n`b`\n", "2", MAY "only emphasis, strong emphasis and links"},
        {"a[^n]\n\n[^n]:\n", "3", "note [^n]: expected one paragraph"},
        {"a[^n]\n\n[^n]: - b\n", "3", "note [^n]: expected one paragraph"},
        {"a\nb[^n]\n", "2", "no text for the note [^n]"},
        {"a\n\n[^n]: b\n", "3", "nothing calls the note [^n]"},
        {"a\n{n: *b* | c}\n", "2", cut},
        {"a\n{n: b  \n| c}\n", "2", cut},
        {"a\n\n\xe9t\xe9\n", "3", "the text is not valid UTF-8"},
        {"a\r\nb\v\n", "2", "expected a text, found a control character"},
        {"a\rb\n", "1", "expected a text, found a control character"},
    };
    struct paging paging = paging_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        script_file(&paging.fixture, "templates/prose/fr/bad.md",
                    cases[c].text);
        CHECK(!make(&paging, CELLS_ALL, "return prose('bad')"));
        const char *want = arena_format(paging.fixture.arena,
                                        "templates/prose/fr/bad.md:%s: %s",
                                        cases[c].line, cases[c].says);
        CHECK_TEXT(paging.fixture.err.text,
                   arena_format(paging.fixture.arena,
                                "report 'essai', region 53: report.lua:17: %s",
                                want));
        paging.fixture.err = (struct err){0};
        CHECK_TEXT(proofread(&paging), want);
    }
    paging_end(&paging);
}

TEST(prose_may_be_written_on_any_system)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/intro.md",
                "\uFEFF## A\r\n\r\nB[^n]\r\nC\r\n\r\n[^n]: D.\r\n\r\nE\r\n");
    CHECK(make(&paging, CELLS_ALL, "return prose('intro')"));
    CHECK_INT(paging.document->block_count, 3);
    const struct block *blocks = paging.document->blocks;
    CHECK_INT(blocks[0].kind, BLOCK_HEADING);
    CHECK_TEXT(joined(&paging, &blocks[0].text), "A");
    CHECK_TEXT(blocks[1].text.run[2].text, " C");
    CHECK_TEXT(joined(&paging, &blocks[2].text), "E");
    script_file(&paging.fixture, "templates/prose/fr/intro.md", "A\n\xFF\n");
    CHECK(!make(&paging, CELLS_ALL, "return prose('intro')"));
    CHECK_TEXT(paging.fixture.err.text,
               "report 'essai', region 53: report.lua:17: "
               "templates/prose/fr/intro.md:2: the text is not valid UTF-8");
    paging_end(&paging);
}

TEST(a_number_of_the_script_s_own_is_refused_in_prose)
{
    check_fails("return text('{n}', {n = 12})",
                "report.lua:17: n: expected a text, a cell or a node, found "
                "number");
}

RUN(CASE(markdown_becomes_runs_with_french_typography),
    CASE(a_line_that_ends_with_two_spaces_or_a_backslash_is_broken),
    CASE(a_constant_is_told_where_it_stands),
    CASE(ordinals_are_superscripts_in_french_only),
    CASE(prose_comes_from_files_by_language),
    CASE(a_list_may_stand_in_an_item_of_another),
    CASE(markdown_that_is_not_printed_is_refused_with_its_line),
    CASE(prose_may_be_written_on_any_system),
    CASE(a_number_of_the_script_s_own_is_refused_in_prose))
