/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8: what is well formed, and French folding and order. */
#include "base/text.h"
#include "base/utf8.h"
#include "check.h"

TEST(well_formed_text_is_accepted)
{
    static const char *const good[] = {
        "",
        "a",
        "é",
        "€",
        "😀",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xF4\x8F\xBF\xBF",
        "\xC2\x80",
        "\xE0\xA0\x80",
        "\xF0\x90\x80\x80",
    };
    for (size_t at = 0; at < COUNT_OF(good); at++)
        CHECK(utf8_valid(good[at], strlen(good[at])));
}

TEST(what_no_page_shows_is_found)
{
    static const struct {
        const char *text;
        uint32_t first;
    } cases[] = {
        {"", 0},
        {"l\u2019\u00e9t\u00e9\t1\u202f000\r\n", 0},
        {"a\u00adb\u00a0c", 0},
        {"a\x1b[2J", 0x1B},
        {"a\x7f", 0x7F},
        {"a\xC2\x85", 0x85},
        {"a\u202Eb\u202C", 0x202E},
        {"\u2066a", 0x2066},
        {"a\xEF\xBF\xBE", 0xFFFE},
    };
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_INT(utf8_hidden(cases[at].text), cases[at].first);
}

TEST(malformed_text_is_refused)
{
    static const struct {
        const char *bytes;
        size_t size;
    } bad[] = {
        {"\0", 1}, /* NUL */
        {"a\0b", 3},
        {"\x80", 1}, /* continuation alone */
        {"\xC3", 1}, /* cut short */
        {"\xE2\x82", 2},
        {"\xF0\x9F\x98", 3},
        {"\xC0\xAF", 2}, /* overlong */
        {"\xC1\xBF", 2},
        {"\xE0\x9F\xBF", 3},
        {"\xF0\x8F\xBF\xBF", 4},
        {"\xED\xA0\x80", 3},     /* surrogate */
        {"\xF4\x90\x80\x80", 4}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4},
        {"\xFF", 1},
        {"\xC3(", 2},
        {"\xE2\x28\xA1", 3},
        {"\xE2\x82(", 3},
    };
    for (size_t at = 0; at < COUNT_OF(bad); at++)
        CHECK(!utf8_valid(bad[at].bytes, bad[at].size));
}

TEST(every_code_point_survives_writing_and_reading)
{
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        char out[5];
        size_t size = utf8_write(point, out);
        const char *at = out;
        if (strlen(out) != size || !utf8_valid(out, size) ||
            utf8_count(out) != 1 || utf8_next(&at) != point || at != out + size)
            CHECK_INT(point, -1);
    }
}

TEST(characters_are_counted_not_bytes)
{
    CHECK_INT(utf8_count(""), 0);
    CHECK_INT(utf8_count("Côte d’Or"), 9);
    CHECK_INT(utf8_count("😀€é"), 3);
}

TEST(folding_removes_case_accents_and_ligatures)
{
    static const struct {
        const char *text;
        const char *want;
    } cases[] = {
        {"Sein", "sein"},
        {"ŒUF Cœur Lætitia Æ", "oeuf coeur laetitia ae"},
        {"ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ", "aaaceeeeiioouuuy"},
        {"àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy"},
        {"L’Haÿ-les-Roses", "l'hay-les-roses"},
        {"Straße Łódź Şişli Žižkov", "strasse lodz sisli zizkov"},
        {"ĳ Ħ ı ſ Ș ț ŉ", "ij h i s s t n"},
        {"e\xCC\x81te\xCC\x81", "ete"}, /* combining accents */
        {"5\u00A0000\u202F€", "5 000 €"},
        {"× ÷ ª", "× ÷ ª"},
        {"Ω щ 漢", "Ω щ 漢"},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_TEXT(utf8_fold(arena, cases[at].text), cases[at].want);
    arena_free(arena);
}

TEST(a_first_letter_is_made_small_but_of_an_abbreviation)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(utf8_uncapital(arena, "Œsophage"), "œsophage");
    CHECK_TEXT(utf8_uncapital(arena, "Évolution"), "évolution");
    CHECK_TEXT(utf8_uncapital(arena, "Champ"), "champ");
    CHECK_TEXT(utf8_uncapital(arena, "TSM"), "TSM");
    CHECK_TEXT(utf8_uncapital(arena, "A"), "a");
    CHECK_TEXT(utf8_uncapital(arena, "×"), "×");
    CHECK_TEXT(utf8_uncapital(arena, ""), "");
    CHECK_TEXT(utf8_capital(arena, "œsophage"), "Œsophage");
    CHECK_TEXT(utf8_capital(arena, "âges"), "Âges");
    CHECK_TEXT(utf8_capital(arena, "tous âges"), "Tous âges");
    CHECK_TEXT(utf8_capital(arena, "0-4 ans"), "0-4 ans");
    CHECK_TEXT(utf8_capital(arena, "÷ÿ"), "÷ÿ");
    CHECK_TEXT(utf8_capital(arena, ""), "");
    arena_free(arena);
}

TEST(slugs_are_plain_file_names)
{
    static const struct {
        const char *text;
        const char *want;
    } cases[] = {
        {"Provence-Alpes-Côte d'Azur", "provence-alpes-cote-d-azur"},
        {"Provence-Alpes-Côte d’Azur", "provence-alpes-cote-d-azur"},
        {"  Le  Cœur / ../ 2021 ! ", "le-coeur-2021"},
        {"漢", ""},
        {"", ""},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_TEXT(utf8_slug(arena, cases[at].text), cases[at].want);
    arena_free(arena);
}

TEST(names_sort_as_in_a_french_dictionary)
{
    /* Each list is in order; every pair must agree. */
    static const char *const words[][8] = {
        {"cote", "Cote", "côte", "Côte", "coté", "Coté", "côté", "Côté"},
        {"Ain", "Ardèche", "Ariège", "Aude", "Aveyron", "Hérault", "Îles",
         "Zuydcoote"},
        {"Loir-et-Cher", "Loire", "Loire-Atlantique", "Loiret", "œil", "oeuf",
         "œuf", "of"},
        {"", "Côte-d'Or", "Côte-d’Or", "Côtes-d'Armor", "Haut-Rhin",
         "Haute-Corse", "Hautes-Alpes", "Territoire"},
        {"a b", "a-b", "ab", "aç", "ad", "Ç", "d", "Łódź"},
    };
    for (size_t list = 0; list < COUNT_OF(words); list++) {
        for (size_t a = 0; a < 8; a++) {
            for (size_t b = 0; b < 8; b++) {
                int got = utf8_collate(words[list][a], words[list][b]);
                int want = (a > b) - (a < b);
                if ((got > 0) - (got < 0) != want)
                    print_error("'%s' '%s'\n", words[list][a], words[list][b]);
                CHECK_INT((got > 0) - (got < 0), want);
            }
        }
    }
}

TEST(capitals_of_extended_latin_differ_from_small_letters_only_in_case)
{
    /* Same letters, an accent later in the word: the accent must decide
     * although the case differs before it. */
    CHECK(utf8_collate("Šao", "šaô") < 0);
    CHECK(utf8_collate("Žao", "žaô") < 0);
    CHECK(utf8_collate("Łao", "łaô") < 0);
    CHECK(utf8_collate("Ÿao", "ÿaô") < 0);
    CHECK(utf8_collate("Œao", "œaô") < 0);
    CHECK(utf8_collate("ÿao", "Ÿao") < 0);
    CHECK(utf8_collate("ł", "Ł") < 0);
}

RUN(CASE(well_formed_text_is_accepted), CASE(what_no_page_shows_is_found),
    CASE(malformed_text_is_refused),
    CASE(every_code_point_survives_writing_and_reading),
    CASE(characters_are_counted_not_bytes),
    CASE(folding_removes_case_accents_and_ligatures),
    CASE(a_first_letter_is_made_small_but_of_an_abbreviation),
    CASE(slugs_are_plain_file_names),
    CASE(names_sort_as_in_a_french_dictionary),
    CASE(capitals_of_extended_latin_differ_from_small_letters_only_in_case))
