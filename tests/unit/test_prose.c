/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of a finished file against those of its document: a changed digit is
 * found wherever it stands, and named with the cell of its value. */
#include "check.h"

#include <string.h>

#include "format/prose.h"
#include "model/locale.h"
#include "pub_fixture.h"

static struct arena *arena;
static struct err err;
static const struct edition *edition;

static void start(void)
{
    arena = arena_new();
    err = (struct err){0};
    edition = pub_fixture(arena);
}

static struct runs words(const char *text)
{
    struct run *run = arena_array(arena, 1, sizeof *run);
    run[0] = (struct run){.text = text, .href = ""};
    return (struct runs){run, 1};
}

static struct said value(const char *name, size_t row, size_t column,
                         const char *text)
{
    return (struct said){
        .section = "",
        .file = "bilan.md",
        .line = 3,
        .name = name,
        .text = text,
        .cell_id = pub_cell_id(arena, edition->tables[0], row, column),
        .table = edition->tables[0],
        .row = row,
        .column = column,
        .rule = "",
    };
}

/* Row 0 is 100 cases and a rate of 1,5, row 1 is confidential. */
static bool agrees(const char *text, const struct said *said, size_t count,
                   const char *const *pieces, size_t piece_count, bool paper)
{
    const struct document document = {
        .lang = LANG_FR,
        .said = said,
        .said_count = count,
    };
    const struct block block = {
        .kind = BLOCK_PARAGRAPH,
        .id = "",
        .text = words(text),
        .said_past = count,
    };
    struct prose prose = {
        .arena = arena,
        .document = &document,
        .name = "page.html",
        .piece = pieces,
        .piece_count = piece_count,
        .paper = paper,
    };
    err = (struct err){0};
    return prose_block(&prose, &block, &err);
}

static bool says(const char *text, const struct said *said, const char *page)
{
    struct text squeezed = text_new(arena);
    prose_squeeze(&squeezed, page, strlen(page));
    const char *piece = squeezed.at;
    return agrees(text, said, 1, &piece, 1, false);
}

static void is_named(const char *what)
{
    CHECK_INT(err.code, ERR_DISAGREE);
    CHECK_TEXT(err.id, "verify.prose");
    if (strstr(err.text, what) == NULL)
        print_error("no '%s' in: %s\n", what, err.text);
    CHECK(strstr(err.text, what) != NULL);
}

TEST(a_changed_digit_is_named_with_its_cell)
{
    start();
    struct said cases = value("cas", 0, 0, "100");
    CHECK(
        says("Le pays a 100 cas.", &cases, "Avant. Le pays a 100 cas. Après."));
    CHECK(!says("Le pays a 100 cas.", &cases, "Le pays a 101 cas. 100"));
    is_named("{cas} of bilan.md:3, cell 'cases|");
    is_named("the file does not say '100'");
    CHECK(!says("Le pays a 100 cas.", &cases, "Le pays a 1000 cas."));
    is_named("{cas}");
    CHECK(!says("Le pays a 100 cas.", &cases, "Le pay a 100 cas."));
    is_named("the file differs after 'Lepay'");
    arena_free(arena);
}

TEST(a_text_that_says_another_value_than_its_cell_is_refused)
{
    start();
    struct said cases = value("cas", 0, 0, "101");
    CHECK(!says("Le pays a 101 cas.", &cases, "Le pays a 101 cas."));
    is_named("the text does not say what the cell says");
    cases.text = "1 100";
    CHECK(!says("Le pays a 1 100 cas.", &cases, "Le pays a 1 100 cas."));
    is_named("the text does not say what the cell says");
    cases.text = "100,5";
    CHECK(!says("Le pays a 100,5 cas.", &cases, "Le pays a 100,5 cas."));
    cases.text = "−100";
    CHECK(!says("Le pays a −100 cas.", &cases, "Le pays a −100 cas."));
    cases.text = "100";
    CHECK(!says("Le pays a 101 cas.", &cases, "Le pays a 101 cas."));
    is_named("the text has lost it");
    struct said rate = value("taux.ci", 0, 1, "[IC95 % : 2,5 ; 3,5]");
    rate.interval = true;
    CHECK(says("Taux [IC95 % : 2,5 ; 3,5].", &rate,
               "Taux [IC95 % : 2,5 ; 3,5]."));
    rate.text = "[IC95 % : 2,5 ; 3,6]";
    CHECK(!says("Taux [IC95 % : 2,5 ; 3,6].", &rate,
                "Taux [IC95 % : 2,5 ; 3,6]."));
    is_named("the text does not say what the cell says");
    arena_free(arena);
}

/* Limits that differ in print must be said; those that do not may be told. */
TEST(only_limits_printed_alike_are_told_in_words)
{
    static const char *const keys[] = {"interval.narrow",
                                       "interval.narrow.words",
                                       "interval.credible.narrow.words"};
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        start();
        const char *narrow = locale_text(LANG_FR, keys[k]);
        const char *text = arena_format(arena, "Taux %s.", narrow);
        struct said rate = value("taux.ci", 0, 1, narrow);
        rate.interval = true;
        CHECK(!says(text, &rate, text));
        is_named("the text does not say what the cell says");
        struct pub_table *table =
            (struct pub_table *)(uintptr_t)edition->tables[0];
        pub_put(table, 0, (size_t)pub_column(table, 1)->upper, AVAILABLE, 2.5,
                0);
        CHECK(says(text, &rate, text));
        arena_free(arena);
    }
}

TEST(what_is_said_roughly_is_the_rough_number)
{
    start();
    struct said cases = value("cas.about", 0, 0, "100");
    cases.about = true;
    CHECK(says("Près de 100 cas.", &cases, "Près de 100 cas."));
    struct pub_table *table = (struct pub_table *)(uintptr_t)edition->tables[0];
    pub_put(table, 0, 0, AVAILABLE, 4101689, 0);
    cases.text = "4,1 millions";
    CHECK(says("Soit 4,1 millions.", &cases, "Soit 4,1 millions."));
    cases.text = "4,2 millions";
    CHECK(!says("Soit 4,2 millions.", &cases, "Soit 4,2 millions."));
    is_named("the text does not say what the cell says");
    arena_free(arena);
}

TEST(what_has_no_value_says_no_number)
{
    start();
    struct said hidden = value("cas", 1, 0, "secret");
    CHECK(says("Cas : secret.", &hidden, "Cas : secret."));
    hidden.text = "7";
    CHECK(!says("Cas : 7.", &hidden, "Cas : 7."));
    is_named("the text does not say what the cell says");
    arena_free(arena);
}

/* Pages: a text that goes over to the next one, behind notes and figures. */
TEST(a_text_of_several_pieces_is_read_whole)
{
    start();
    static const char *const good[] = {"Figure", "Lepaysa1", "Note.", "00cas."};
    static const char *const changed[] = {"Figure", "Lepaysa1", "Note.",
                                          "01cas."};
    static const char *const cut[] = {"Lepaysa1x", "00cas."};
    struct said cases = value("cas", 0, 0, "100");
    CHECK(agrees("Le pays a 100 cas.", &cases, 1, good, 4, true));
    CHECK(!agrees("Le pays a 100 cas.", &cases, 1, changed, 4, true));
    is_named("{cas}");
    CHECK(!agrees("Le pays a 100 cas.", &cases, 1, cut, 2, true));
    is_named("{cas}");
    arena_free(arena);
}

TEST(figures_and_captions_are_read_too)
{
    start();
    const char *piece = "Lecture:100cas.12450cas[1;2]";
    const struct document document = {.lang = LANG_FR};
    struct prose prose = {
        .arena = arena,
        .document = &document,
        .name = "page.html",
        .piece = &piece,
        .piece_count = 1,
    };
    struct key_figure key = {"12 450", "cas", "[1 ; 2]", "cases|x"};
    struct block figure = {.kind = BLOCK_FIGURE,
                           .caption = {"Carte", "", "", "100 cas.", "", ""}};
    struct block keys = {
        .kind = BLOCK_KEY_FIGURES, .figures = &key, .figure_count = 1};
    CHECK(prose_block(&prose, &figure, &err));
    CHECK(prose_block(&prose, &keys, &err));
    prose.at = 0;
    key.value = "12 451";
    CHECK(!prose_block(&prose, &keys, &err));
    is_named("key figure of cell 'cases|x'");
    err = (struct err){0};
    figure.caption.reading = "101 cas.";
    CHECK(!prose_block(&prose, &figure, &err));
    is_named("Carte: the file does not say '101 cas.'");
    arena_free(arena);
}

TEST(every_item_of_every_kind_of_list_is_read)
{
    start();
    static const enum block_kind kinds[] = {
        BLOCK_LIST, BLOCK_GLOSSARY, BLOCK_ABBREVIATIONS, BLOCK_BIBLIOGRAPHY};
    const char *piece = "Unterme.Deuxtermes.";
    const struct document document = {.lang = LANG_FR};
    struct runs items[] = {words("Un terme."), words("Deux termes.")};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct prose prose = {
            .arena = arena,
            .document = &document,
            .name = "page.html",
            .piece = &piece,
            .piece_count = 1,
        };
        const struct block block = {
            .kind = kinds[k], .items = items, .item_count = 2};
        items[1] = words("Deux termes.");
        CHECK(prose_block(&prose, &block, &err));
        prose.at = 0;
        items[1] = words("Trois termes.");
        CHECK(!prose_block(&prose, &block, &err));
        is_named("the file differs after");
        err = (struct err){0};
    }
    arena_free(arena);
}

RUN(CASE(a_changed_digit_is_named_with_its_cell),
    CASE(a_text_that_says_another_value_than_its_cell_is_refused),
    CASE(only_limits_printed_alike_are_told_in_words),
    CASE(what_is_said_roughly_is_the_rough_number),
    CASE(what_has_no_value_says_no_number),
    CASE(a_text_of_several_pieces_is_read_whole),
    CASE(figures_and_captions_are_read_too),
    CASE(every_item_of_every_kind_of_list_is_read))
