/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "page/layout.h"
#include "page/structure.h"
#include "unit/pdf_demo.h"

static struct arena *arena;
static struct err err;
static struct lexicon lexicon;

static const struct abbreviation abbreviations[] = {
    {"TSM", "taux standardisé monde"},
    {"IC", "intervalle de confiance"},
};

static const struct publication publications[] = {
    {"fay1997", "Fay MP, Feuer EJ", "Intervals: a method", "Stat Med 1997; 16",
     "10.1002/x", "en"},
    {"garwood1936", "Garwood F", "Fiducial limits", "Biometrika 1936", "", ""},
};

static void start(void)
{
    arena = arena_new();
    err = (struct err){0};
    lexicon = (struct lexicon){
        .abbreviations = abbreviations,
        .abbreviation_count = COUNT_OF(abbreviations),
        .publications = publications,
        .publication_count = COUNT_OF(publications),
    };
}

static void stop(void)
{
    arena_free(arena);
}

/* A paragraph of texts; what begins with @ is a reference. */
static struct block *put(struct demo *demo, enum block_kind kind,
                         const char *const *texts, size_t count)
{
    struct run *run = arena_array(arena, count, sizeof *run);
    for (size_t i = 0; i < count; i++) {
        bool reference = texts[i][0] == '@';
        run[i].text = reference ? "" : texts[i];
        run[i].href = reference ? texts[i] : "";
        run[i].where = "prose.md:7";
    }
    struct block *block = demo_block(demo, kind);
    block->text = (struct runs){.run = run, .count = count};
    return block;
}

#define PARAGRAPH(demo, ...)                                                   \
    put(demo, BLOCK_PARAGRAPH, (const char *const[]){__VA_ARGS__},             \
        COUNT_OF(((const char *const[]){__VA_ARGS__})))

static const char *words_of(const struct runs *runs)
{
    struct text out = text_new(arena);
    for (size_t r = 0; r < runs->count; r++)
        text_add(&out, runs->run[r].text);
    return out.at;
}

static const char *label_of(const struct block *block)
{
    return block->label == NULL ? "" : block->label;
}

static struct document *resolve(struct demo *demo)
{
    struct document *document = demo_document(arena, demo, "essai", "Essai");
    if (!structure_resolve(arena, &lexicon, document, &err))
        return NULL;
    return document;
}

static struct document *resolved(struct demo *demo)
{
    struct document *document = resolve(demo);
    if (document == NULL)
        print_error("%s\n", err.text);
    CHECK(document != NULL);
    return document;
}

/* --- numbers -------------------------------------------------------------- */

TEST(headings_figures_and_tables_have_numbers_in_the_order_of_reading)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS)->level = 2;
    demo_heading(&demo, 1, "", "Incidence");
    demo_heading(&demo, 2, "", "France");
    demo_heading(&demo, 3, "", "Détail");
    demo_figures(&demo); /* a figure, two side by side, one of words */
    demo_heading(&demo, 1, "", "Mortalité");
    demo_heading(&demo, 2, "", "France");
    demo_table(&demo, "deces", "Décès", 3, 2);
    demo_heading(&demo, 1, "", "Glossaire");
    demo.blocks[demo.count - 1].heading = HEADING_FREE;
    demo_heading(&demo, 2, "", "Mots");
    demo_heading(&demo, 1, "", "Méthodes");
    demo.blocks[demo.count - 1].heading = HEADING_ANNEX;
    demo_heading(&demo, 2, "", "Taux");
    const struct document *document = resolved(&demo);
    const struct block *b = document->blocks;
    const char *const want[] = {"",
                                "1",
                                "1.1",
                                "",
                                "Figure\u00a01",
                                "",
                                "Figure\u00a04",
                                "2",
                                "2.1",
                                "Tableau\u00a01",
                                "",
                                "",
                                "Annexe\u00a0A",
                                "A.1"};
    CHECK_INT(document->block_count, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++)
        CHECK_TEXT(label_of(&b[i]), want[i]);
    CHECK_TEXT(b[5].children[1].label, "Figure\u00a03");
    CHECK_TEXT(structure_title(arena, LANG_FR, &b[2]), "1.1\u00a0 France");
    CHECK_TEXT(structure_title(arena, LANG_FR, &b[9]),
               "Tableau\u00a01\u00a0– Décès");
    CHECK_TEXT(structure_title(arena, LANG_FR, &b[12]),
               "Annexe\u00a0A\u00a0– Méthodes");
    CHECK_TEXT(b[1].id, "h1");
    stop();
}

TEST(a_document_without_contents_has_no_numbers)
{
    start();
    struct demo demo = {.arena = arena};
    demo_heading(&demo, 1, "", "Incidence");
    demo_table(&demo, "deces", "Décès", 3, 2);
    const struct document *document = resolved(&demo);
    CHECK(document->blocks[0].label == NULL);
    CHECK_TEXT(structure_title(arena, LANG_FR, &document->blocks[1]), "Décès");
    stop();
}

/* --- references ----------------------------------------------------------- */

TEST(references_say_kind_and_number_and_lead_there)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS)->level = 1;
    PARAGRAPH(&demo, "La ", "@fig:gauche", " et le ", "@tab:deces", " ; voir ",
              "@sec:bilan", ", ", "@sec:suite", ".");
    PARAGRAPH(&demo, "@Tab:deces", " montre l’", "@sec:methodes", ".");
    demo_heading(&demo, 1, "bilan", "Bilan");
    demo_heading(&demo, 2, "suite", "Suite");
    demo_figures(&demo);
    demo_table(&demo, "deces", "Décès", 3, 2);
    demo_heading(&demo, 1, "methodes", "Méthodes");
    demo.blocks[demo.count - 1].heading = HEADING_ANNEX;
    const struct document *document = resolved(&demo);
    const struct runs *first = &document->blocks[1].text;
    CHECK_TEXT(
        words_of(first),
        "La figure\u00a02, page\u00a0 et le tableau\u00a01, page\u00a0 ; "
        "voir chapitre\u00a01, page\u00a0, «\u00a0Suite\u00a0», "
        "page\u00a0.");
    CHECK_TEXT(first->run[1].href, "#fig-gauche");
    CHECK_INT(first->run[1].style, RUN_REFERENCE);
    CHECK_INT(first->run[2].style, RUN_REFERENCE | RUN_PAPER);
    CHECK_INT(first->run[3].style, RUN_REFERENCE | RUN_PAPER | RUN_PAGE);
    CHECK_TEXT(
        words_of(&document->blocks[2].text),
        "Tableau\u00a01, page\u00a0 montre l’annexe\u00a0A, page\u00a0.");
    stop();
}

TEST(a_title_tells_no_page)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_table(&demo, "deces", "Décès", 3, 2);
    static const char *const texts[] = {"Autour du ", "@tab:deces"};
    put(&demo, BLOCK_HEADING, texts, COUNT_OF(texts))->level = 1;
    const struct document *document = resolved(&demo);
    CHECK_TEXT(structure_title(arena, LANG_FR, &document->blocks[2]),
               "Autour du tableau\u00a01");
    stop();
}

static void check_refused(const char *reference, bool contents,
                          const char *want)
{
    start();
    struct demo demo = {.arena = arena};
    if (contents)
        demo_block(&demo, BLOCK_CONTENTS);
    PARAGRAPH(&demo, "Voir ", reference, ".");
    demo_table(&demo, "deces", "Décès", 3, 2);
    CHECK(resolve(&demo) == NULL);
    CHECK_INT(err.code, ERR_SCRIPT);
    CHECK_TEXT(err.text, want);
    stop();
}

TEST(an_unknown_reference_is_refused_with_file_line_and_nearest_name)
{
    check_refused("@tab:decees", true,
                  "prose.md:7: [@tab:decees]: there is no table 'decees'; the "
                  "nearest is 'deces'");
    check_refused("@fig:deces", true,
                  "prose.md:7: [@fig:deces]: there is no figure 'deces'");
    check_refused("@table:deces", true,
                  "prose.md:7: [@table:deces]: expected fig:, tab:, sec:, ref: "
                  "or idx:");
    check_refused("@tab", true, "prose.md:7: [@tab]: there is no table ''");
    check_refused("@tab:deces", false,
                  "prose.md:7: [@tab:deces]: tables have numbers in documents "
                  "with contents() only");
    check_refused("@ref:fay97", true,
                  "prose.md:7: [@ref:fay97]: there is no publication 'fay97'; "
                  "the nearest is 'fay1997'");
    check_refused("@ref:fay1997", true,
                  "prose.md:7: [@ref:fay1997]: the document has no "
                  "bibliography()");
}

/* A table in two columns, with a line of its caption. */
static struct caption *caption_in(struct demo *demo)
{
    demo_block(demo, BLOCK_CONTENTS);
    demo_block(demo, BLOCK_BIBLIOGRAPHY);
    demo_table(demo, "cas", "Cas", 3, 2);
    demo_table(demo, "deces", "Décès", 3, 2);
    struct block *inside = arena_array(arena, 1, sizeof *inside);
    inside[0] = demo->blocks[--demo->count];
    inside[0].caption.where = "report.lua:3";
    struct block *pair = demo_block(demo, BLOCK_COLUMNS);
    pair->children = inside;
    pair->child_count = 1;
    return &inside[0].caption;
}

TEST(captions_refer_in_words_and_lead_there)
{
    start();
    struct demo demo = {.arena = arena};
    struct caption *made = caption_in(&demo);
    made->note = "Voir le [@tab:cas] et [@ref:garwood1936].";
    made->reading = "[@Tab:deces] : ceci.";
    const struct document *document = resolved(&demo);
    const struct caption *caption = &document->blocks[3].children[0].caption;
    CHECK_TEXT(caption->note, "Voir le tableau\u00a01 et\u00a0[1].");
    CHECK_TEXT(caption->reading, "Tableau\u00a02 : ceci.");
    CHECK_TEXT(words_of(&caption->linked[CAPTION_NOTE]), caption->note);
    CHECK_TEXT(caption->linked[CAPTION_NOTE].run[1].href, "#tab-cas");
    CHECK_TEXT(caption->linked[CAPTION_NOTE].run[3].href, "#ref-garwood1936");
    CHECK_INT(caption->linked[CAPTION_SCOPE].count, 0);
    CHECK(document->blocks[2].caption.linked == NULL);
    CHECK_TEXT(made->note, "Voir le [@tab:cas] et [@ref:garwood1936].");
    stop();
}

#define CAPTION_REFUSED(change, want)                                          \
    do {                                                                       \
        start();                                                               \
        struct demo demo = {.arena = arena};                                   \
        struct caption *caption = caption_in(&demo);                           \
        change;                                                                \
        CHECK(resolve(&demo) == NULL);                                         \
        CHECK_TEXT(err.text, want);                                            \
        stop();                                                                \
    } while (0)

TEST(what_a_caption_cannot_refer_to_is_refused)
{
    CAPTION_REFUSED(caption->note = "Voir [@tab:cass].",
                    "report.lua:3: [@tab:cass]: there is no table 'cass'; the "
                    "nearest is 'cas'");
    CAPTION_REFUSED(caption->title = "Suite du [@tab:cas]",
                    "report.lua:3: [@tab:cas]: the title of a figure or table "
                    "refers to nothing");
    CAPTION_REFUSED(caption->unit = "[@tab:cas]",
                    "report.lua:3: [@tab:cas]: a unit refers to nothing");
    CAPTION_REFUSED(caption->source = "[@idx:cas]",
                    "report.lua:3: [@idx:cas]: places of the index are marked "
                    "in running text");
}

TEST(a_heading_cites_no_source)
{
    start();
    struct demo demo = {.arena = arena};
    static const char *const texts[] = {"D’après ", "@ref:garwood1936"};
    demo_block(&demo, BLOCK_BIBLIOGRAPHY);
    put(&demo, BLOCK_HEADING, texts, COUNT_OF(texts))->level = 1;
    CHECK(resolve(&demo) == NULL);
    CHECK_TEXT(err.text,
               "prose.md:7: [@ref:garwood1936]: a heading cites no source");
    stop();
}

TEST(sources_are_listed_in_the_order_in_which_they_are_cited)
{
    start();
    struct demo demo = {.arena = arena};
    PARAGRAPH(&demo, "Garwood ", "@ref:garwood1936", " et ", "@ref:garwood1936",
              ".");
    demo_block(&demo, BLOCK_BIBLIOGRAPHY);
    const struct document *document = resolved(&demo);
    CHECK_TEXT(words_of(&document->blocks[0].text),
               "Garwood\u00a0[1] et\u00a0[1].");
    CHECK_TEXT(document->blocks[0].text.run[1].href, "#ref-garwood1936");
    CHECK_INT(document->blocks[1].item_count, 1);
    CHECK_TEXT(words_of(&document->blocks[1].items[0]),
               "Garwood F. Fiducial limits. Biometrika 1936.");
    CHECK_INT(document->cited_count, 1);
    CHECK_TEXT(document->cited[0], "garwood1936");

    demo.count = 0;
    PARAGRAPH(&demo, "@ref:garwood1936", "@ref:fay1997");
    demo_block(&demo, BLOCK_BIBLIOGRAPHY);
    document = resolved(&demo);
    CHECK_TEXT(words_of(&document->blocks[0].text), "[1][2]");
    CHECK_TEXT(words_of(&document->blocks[1].items[1]),
               "Fay MP, Feuer EJ. Intervals: a method. Stat Med 1997; 16. "
               "doi:10.1002/x");
    const struct run *run = document->blocks[1].items[1].run;
    CHECK_TEXT(run[4].href, "https://doi.org/10.1002/x");
    CHECK_TEXT(run[0].anchor, "ref-fay1997");
    CHECK_TEXT(run[1].lang, "en");
    CHECK_TEXT(run[2].lang, "en");
    CHECK(run[0].lang == NULL && run[4].lang == NULL);
    CHECK(document->blocks[1].items[0].run[1].lang == NULL); /* not told */
    stop();
}

TEST(notes_are_numbered_where_they_are_first_called)
{
    start();
    struct demo demo = {.arena = arena};
    struct note notes[2] = {{.id = "", .text = demo_text(&demo, "Première.")},
                            {.id = "", .text = demo_text(&demo, "Seconde.")}};
    struct run *run = arena_array(arena, 3, sizeof *run);
    run[0] = (struct run){.text = "", .href = "", .note = &notes[1]};
    run[1] = (struct run){.text = "", .href = "", .note = &notes[0]};
    run[2] = (struct run){.text = "", .href = "", .note = &notes[1]};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){run, 3};
    const struct document *document = resolved(&demo);
    const struct run *out = document->blocks[0].text.run;
    CHECK_TEXT(words_of(&document->blocks[0].text), "121");
    CHECK_INT(out[0].note->number, 1);
    CHECK_TEXT(words_of(&out[0].note->text), "Seconde.");
    CHECK_TEXT(out[1].href, "#note-2");
    CHECK_TEXT(out[1].anchor, "call-2");
    CHECK(out[2].note == NULL);
    CHECK_TEXT(out[2].href, "#note-1");
    stop();
}

/* --- words ---------------------------------------------------------------- */

TEST(an_abbreviation_is_told_in_full_where_it_stands_first)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_block(&demo, BLOCK_ABBREVIATIONS);
    PARAGRAPH(&demo, "Le TSM augmente, le TSM baisse. "
                     "Intervalle (IC), l’IC, TSMX.");
    const struct document *document = resolved(&demo);
    CHECK_TEXT(words_of(&document->blocks[2].text),
               "Le TSM (taux standardisé monde) augmente, le TSM baisse. "
               "Intervalle (IC), l’IC, TSMX.");
    CHECK_TEXT(document->blocks[2].text.run[1].expansion,
               "taux standardisé monde");
    CHECK_INT(document->blocks[1].item_count, 2);
    CHECK_TEXT(words_of(&document->blocks[1].items[0]),
               "IC\u00a0: intervalle de confiance");
    stop();
}

TEST(abbreviations_of_tables_are_listed_but_not_told_there)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS);
    demo_block(&demo, BLOCK_ABBREVIATIONS);
    demo_table(&demo, "deces", "Décès, TSM", 3, 2);
    PARAGRAPH(&demo, "Le TSM.");
    const struct document *document = resolved(&demo);
    CHECK_INT(document->blocks[1].item_count, 1);
    CHECK_TEXT(document->blocks[2].caption.title, "Décès, TSM");
    CHECK_TEXT(words_of(&document->blocks[3].text),
               "Le TSM (taux standardisé monde).");
    demo.count = 3;
    document = resolved(&demo);
    CHECK_INT(document->blocks[1].item_count, 1);
    stop();
}

static void demo_glossary(struct demo *demo)
{
    static const struct run incidence[] = {
        {.text = "Incidence", .style = RUN_BOLD, .href = ""},
        {.text = " : nouveaux cas.", .href = ""},
    };
    static const struct run rate[] = {
        {.text = "Taux brut, taux sec (TSM)", .style = RUN_BOLD, .href = ""},
        {.text = " : rapporté à la population.", .href = ""},
    };
    static const struct run years[] = {
        {.text = "Personne-année", .style = RUN_BOLD, .href = ""},
        {.text = " : un an.", .href = ""},
    };
    static const struct runs items[] = {{incidence, 2}, {rate, 2}, {years, 2}};
    struct block *block = demo_block(demo, BLOCK_GLOSSARY);
    block->items = items;
    block->item_count = COUNT_OF(items);
}

TEST(terms_of_the_glossary_are_linked_where_they_are_used_first)
{
    start();
    struct demo demo = {.arena = arena};
    PARAGRAPH(&demo, "L’incidence et les taux bruts, l’incidence, coïncidence, "
                     "personnes-années.");
    demo_glossary(&demo);
    const struct document *document = resolved(&demo);
    const struct runs *runs = &document->blocks[0].text;
    CHECK_TEXT(words_of(runs),
               "L’incidence et les taux bruts, l’incidence, coïncidence, "
               "personnes-années.");
    CHECK_INT(runs->count, 7);
    CHECK_TEXT(runs->run[5].text, "personnes-années");
    CHECK_TEXT(runs->run[1].text, "incidence");
    CHECK_TEXT(runs->run[1].href, "#term-incidence");
    CHECK_TEXT(runs->run[3].text, "taux bruts");
    CHECK_TEXT(runs->run[3].href, "#term-taux-brut-taux-sec-tsm");
    /* An abbreviation cuts the term in pieces: the first is the place. */
    const struct runs *item = &document->blocks[1].items[1];
    CHECK_INT(item->count, 4);
    CHECK_TEXT(item->run[0].anchor, "term-taux-brut-taux-sec-tsm");
    for (size_t r = 1; r < item->count; r++)
        CHECK(item->run[r].anchor == NULL);
    stop();
}

TEST(the_index_has_terms_once_a_chapter_and_marks_in_dictionary_order)
{
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_CONTENTS)->level = 1;
    demo_heading(&demo, 1, "", "Un");
    PARAGRAPH(&demo, "L’incidence, l’incidence.", "@idx:Zona", "@idx:Évolution",
              "Elle.");
    demo_heading(&demo, 2, "", "Encore");
    PARAGRAPH(&demo, "L’incidence.");
    demo_heading(&demo, 1, "", "Deux");
    PARAGRAPH(&demo, "L’incidence.", "@idx:Zona");
    demo_glossary(&demo);
    demo_block(&demo, BLOCK_INDEX);
    const struct document *document = resolved(&demo);
    const struct block *index = &document->blocks[8];
    CHECK_INT(index->entry_count, 3);
    CHECK_TEXT(index->entries[0].term, "Évolution");
    CHECK_TEXT(index->entries[1].term, "incidence");
    CHECK_INT(index->entries[1].count, 2);
    CHECK_TEXT(index->entries[1].places[1].words, "2");
    CHECK_TEXT(index->entries[2].term, "Zona");
    CHECK_INT(index->entries[2].count, 2);
    /* Two marks at one place share it; the words after them are that place. */
    CHECK_TEXT(index->entries[2].places[0].from,
               index->entries[0].places[0].from);
    const struct runs *runs = &document->blocks[2].text;
    CHECK_TEXT(runs->run[runs->count - 1].anchor,
               index->entries[0].places[0].from);
    stop();
}

/* A line break prints nothing that a place could be on. */
TEST(a_place_of_the_index_is_words_not_a_line_break)
{
    const struct run cut = {.text = " ", .style = RUN_BREAK, .href = ""};
    const struct run mark = {.text = "", .href = "@idx:Zona"};
    const struct run words = {.text = "Mots", .href = ""};
    const struct run before[] = {words, mark, cut, words};
    const struct run after[] = {words, cut, mark};
    start();
    struct demo demo = {.arena = arena};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){before, 4};
    demo_block(&demo, BLOCK_PARAGRAPH)->text = (struct runs){after, 3};
    const struct block *blocks = resolved(&demo)->blocks;
    CHECK(blocks[0].text.run[1].anchor == NULL);
    CHECK_TEXT(blocks[0].text.run[2].anchor, "idx-1");
    CHECK_TEXT(blocks[1].text.run[0].anchor, "idx-2");
    CHECK(blocks[1].text.run[1].anchor == NULL);
    stop();
}

RUN(CASE(a_place_of_the_index_is_words_not_a_line_break),
    CASE(headings_figures_and_tables_have_numbers_in_the_order_of_reading),
    CASE(a_document_without_contents_has_no_numbers),
    CASE(references_say_kind_and_number_and_lead_there),
    CASE(a_title_tells_no_page), CASE(captions_refer_in_words_and_lead_there),
    CASE(what_a_caption_cannot_refer_to_is_refused),
    CASE(a_heading_cites_no_source),
    CASE(an_unknown_reference_is_refused_with_file_line_and_nearest_name),
    CASE(sources_are_listed_in_the_order_in_which_they_are_cited),
    CASE(notes_are_numbered_where_they_are_first_called),
    CASE(an_abbreviation_is_told_in_full_where_it_stands_first),
    CASE(abbreviations_of_tables_are_listed_but_not_told_there),
    CASE(terms_of_the_glossary_are_linked_where_they_are_used_first),
    CASE(the_index_has_terms_once_a_chapter_and_marks_in_dictionary_order))
