/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "page/hyphen.h"

static char shown[200];

/* The word with a bar wherever it may be broken. */
static const char *broken(enum lang lang, const char *word)
{
    struct arena *arena = arena_new();
    struct hyphenator *hyphenator = NULL;
    struct err err = {0};
    CHECK(hyphenator_open(arena, lang, &hyphenator, &err));
    size_t breaks[20];
    size_t count =
        hyphenator_breaks(hyphenator, word, strlen(word), breaks, 20);
    size_t at = 0;
    size_t next = 0;
    for (size_t i = 0; word[i] != '\0'; i++) {
        if (next < count && breaks[next] == i) {
            shown[at++] = '|';
            next++;
        }
        shown[at++] = word[i];
    }
    shown[at] = '\0';
    hyphenator_close(hyphenator);
    arena_free(arena);
    return shown;
}

TEST(french_words_are_broken_between_syllables)
{
    CHECK_TEXT(broken(LANG_FR, "dépistage"), "dé|pis|tage");
    CHECK_TEXT(broken(LANG_FR, "mortalité"), "mor|ta|lité");
    CHECK_TEXT(broken(LANG_FR, "œsophage,"), "œso|phage,");
}

TEST(english_words_follow_english_patterns)
{
    CHECK_TEXT(broken(LANG_EN, "incidence"), "in|ci|dence");
    CHECK_TEXT(broken(LANG_EN, "registration"), "reg|is|tra|tion");
}

TEST(an_elided_article_is_not_a_syllable)
{
    CHECK_TEXT(broken(LANG_FR, "l’incidence"), "l’in|ci|dence");
}

TEST(names_numbers_and_short_words_stay_whole)
{
    CHECK_TEXT(broken(LANG_FR, "Finistère"), "Finistère");
    CHECK_TEXT(broken(LANG_FR, "INSERM"), "INSERM");
    CHECK_TEXT(broken(LANG_FR, "covid2019"), "covid2019");
    CHECK_TEXT(broken(LANG_FR, "sein"), "sein");
    CHECK_TEXT(broken(LANG_FR, "433\u202f136"), "433\u202f136");
    CHECK_TEXT(broken(LANG_FR, "…"), "…");
    CHECK_TEXT(broken(LANG_FR, ""), "");
}

TEST(a_hyphen_in_an_address_would_be_copied_with_it)
{
    CHECK_TEXT(broken(LANG_FR, "contact@registre-cancers.example."),
               "contact@registre-cancers.example.");
    CHECK_TEXT(broken(LANG_FR, "https://www.institut.example/publications"),
               "https://www.institut.example/publications");
    CHECK_TEXT(broken(LANG_FR, "publications@registre"),
               "publications@registre");
    CHECK_TEXT(broken(LANG_FR, "dépistage."), "dé|pis|tage.");
}

RUN(CASE(french_words_are_broken_between_syllables),
    CASE(english_words_follow_english_patterns),
    CASE(an_elided_article_is_not_a_syllable),
    CASE(names_numbers_and_short_words_stay_whole),
    CASE(a_hyphen_in_an_address_would_be_copied_with_it))
