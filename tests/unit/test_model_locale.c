/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "base/utf8.h"
#include "model/locale_impl.h"

#define NB "\u00a0"
#define NN "\u202f"
#define MINUS "\u2212"

TEST(every_sentence_exists_in_both_languages_once)
{
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        CHECK(at->key && at->key[0] != '\0');
        for (size_t lang = 0; lang < LANG_COUNT; lang++) {
            const char *text = at->text[lang];
            bool there =
                text && text[0] != '\0' && utf8_valid(text, strlen(text));
            if (!there)
                print_error("key %s has no text\n", at->key);
            CHECK(there);
        }
        for (size_t other = 0; other < s; other++) {
            const char *key = locale_sentence(other)->key;
            if (text_same(at->key, key))
                print_error("key %s twice\n", at->key);
            CHECK(!text_same(at->key, key));
        }
    }
}

/* locale_typography is checked against examples below; here it says what each
 * sentence should have been. */
TEST(every_sentence_is_typographically_right)
{
    struct arena *arena = arena_new();
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        for (size_t lang = 0; lang < LANG_COUNT; lang++) {
            const char *text = at->text[lang];
            const char *want = locale_typography(arena, (enum lang)lang, text);
            if (!text_same(text, want))
                print_error("key %s\n", at->key);
            CHECK_TEXT(text, want);
            CHECK(!strstr(text, "  "));
        }
    }
    arena_free(arena);
}

/* The names in braces, in order of first appearance, each once. */
static bool has_name(const char *text, const char *name, size_t size)
{
    for (; (text = strchr(text, '{')) != NULL; text++) {
        if (strncmp(text + 1, name, size) == 0 && text[size + 1] == '}')
            return true;
    }
    return false;
}

static void check_names(const char *key, const char *from, const char *in)
{
    for (; (from = strchr(from, '{')) != NULL; from++) {
        size_t size = strcspn(from + 1, "}");
        if (!has_name(in, from + 1, size))
            print_error("key %s: names differ\n", key);
        CHECK(has_name(in, from + 1, size));
    }
}

TEST(both_languages_use_the_same_names)
{
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        check_names(at->key, at->text[LANG_FR], at->text[LANG_EN]);
        check_names(at->key, at->text[LANG_EN], at->text[LANG_FR]);
    }
}

static bool has_key(const char *key)
{
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        if (text_same(at->key, key))
            return true;
    }
    return false;
}

TEST(every_counted_sentence_has_singular_and_plural)
{
    struct arena *arena = arena_new();
    const struct sentence *at;
    for (size_t s = 0; (at = locale_sentence(s)) != NULL; s++) {
        const char *key = at->key;
        bool one = text_ends(key, ".one"), many = text_ends(key, ".many");
        if (!many && !(one && !text_starts(key, "age.")))
            continue;
        size_t stem = strlen(key) - strlen(many ? ".many" : ".one");
        const char *twin = arena_format(arena, "%.*s%s", (int)stem, key,
                                        many ? ".one" : ".many");
        if (!has_key(twin))
            print_error("no key %s\n", twin);
        CHECK(has_key(twin));
    }
    arena_free(arena);
}

TEST(availability_has_a_letter_words_and_a_sign)
{
    enum availability got;
    for (unsigned a = 0; a < AVAILABILITY_COUNT; a++) {
        CHECK(availability_parse(availability_letter((enum availability)a),
                                 &got));
        CHECK_INT(got, a);
    }
    CHECK(!availability_parse('?', &got));
    CHECK_INT(availability_letter(NOT_COVERED), 'h');
    CHECK_TEXT(availability_words(LANG_FR, CONFIDENTIAL), "secret statistique");
    CHECK_TEXT(availability_words(LANG_EN, NOT_COVERED), "not covered");
    CHECK_TEXT(availability_sign(LANG_FR, AVAILABLE), "");
    CHECK_TEXT(availability_sign(LANG_FR, NOT_APPLICABLE), "///");
    CHECK_TEXT(availability_sign(LANG_EN, UNRELIABLE), "[u]");
}

TEST(flags_keep_their_order_as_letters)
{
    struct arena *arena = arena_new();
    unsigned flags = 0;
    CHECK_TEXT(flag_letters(arena, FLAG_CAUTION | FLAG_PROVISIONAL), "pa");
    CHECK_TEXT(flag_letters(arena, 63), "pejrba");
    CHECK_TEXT(flag_letters(arena, 0), "");
    CHECK_TEXT(flag_words(arena, LANG_FR, FLAG_ESTIMATED | FLAG_PROVISIONAL),
               "provisoire, estimé");
    CHECK_TEXT(flag_words(arena, LANG_EN, 0), "");
    CHECK(flag_parse("ab", &flags));
    CHECK_INT(flags, FLAG_BREAK | FLAG_CAUTION);
    CHECK(flag_parse("", &flags));
    CHECK_INT(flags, 0);
    CHECK(!flag_parse("px", &flags));
    arena_free(arena);
}

TEST(numbers_are_written_by_the_language)
{
    static const struct {
        enum lang lang;
        double value;
        int decimals;
        const char *want;
    } cases[] = {
        {LANG_FR, 354.9, 1, "354,9"},
        {LANG_FR, 433136, 0, "433" NN "136"},
        {LANG_FR, 1234, 0, "1" NN "234"},
        {LANG_FR, 1234567.891, 2, "1" NN "234" NN "567,89"},
        {LANG_FR, -2.1, 1, MINUS "2,1"},
        {LANG_FR, 0, 1, "0,0"},
        {LANG_FR, -0.01, 1, "0,0"},
        {LANG_EN, 433136, 0, "433,136"},
        {LANG_EN, 1234.5, 1, "1,234.5"},
        {LANG_EN, 999, 0, "999"},
        {LANG_EN, -100000, 0, MINUS "100,000"},
    };
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        CHECK_TEXT(
            num_format(arena, cases[c].lang, cases[c].value, cases[c].decimals),
            cases[c].want);
    CHECK_TEXT(num_format_count(arena, LANG_FR, 12345), "12" NN "345");
    CHECK_TEXT(num_format_count(arena, LANG_EN, -1000), MINUS "1,000");
    arena_free(arena);
}

TEST(intervals_and_percentages_are_written_by_the_language)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(num_format_interval(arena, LANG_FR, 354.9, 352.1, 357.8, 1),
               "354,9 [IC95" NB "%" NB ": 352,1" NN ";" NB "357,8]");
    CHECK_TEXT(num_format_interval(arena, LANG_EN, 354.9, 352.1, 357.8, 1),
               "354.9 [95%\u00a0CI: 352.1\u00a0to\u00a0357.8]");
    static const struct {
        double value;
        const char *french, *english;
    } about[] = {
        {0, "0", "0"},
        {987, "987", "987"},
        {9534, "9" NN "530", "9,530"},
        {238345, "238" NN "000", "238,000"},
        {999499, "999" NN "000", "999,000"},
        {999500, "1,0" NB "million", "1.0" NB "million"},
        {1325000, "1,3" NB "million", "1.3" NB "million"},
        {1950000, "2,0" NB "millions", "2.0" NB "million"},
        {4101689, "4,1" NB "millions", "4.1" NB "million"},
    };
    for (size_t a = 0; a < COUNT_OF(about); a++) {
        CHECK_TEXT(num_format_about(arena, LANG_FR, about[a].value),
                   about[a].french);
        CHECK_TEXT(num_format_about(arena, LANG_EN, about[a].value),
                   about[a].english);
    }
    CHECK_TEXT(num_format_percent(arena, LANG_FR, 12.34, 1), "12,3" NB "%");
    CHECK_TEXT(num_format_percent(arena, LANG_EN, 12.34, 1), "12.3%");
    arena_free(arena);
}

TEST(dates_are_written_in_words)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(date_format(arena, LANG_FR, "2027-01-01"),
               "1er" NB "janvier 2027");
    CHECK_TEXT(date_format(arena, LANG_FR, "2026-12-28"),
               "28" NB "décembre 2026");
    CHECK_TEXT(date_format(arena, LANG_EN, "2027-01-01"),
               "1" NB "January 2027");
    CHECK_TEXT(date_format(arena, LANG_EN, "soon"), "soon");
    arena_free(arena);
}

TEST(only_days_of_the_calendar_are_dates)
{
    static const char *const wrong[] = {
        "",           "2026-13-01", "2026-00-01", "2026-04-31", "2026-02-29",
        "2100-02-29", "2026-1-01",  "2026/01/01", "2026-01-0x", "2026-01-001"};
    int year = 0, month = 0, day = 0;
    for (size_t w = 0; w < COUNT_OF(wrong); w++)
        CHECK(!date_parse(wrong[w], &year, &month, &day));
    CHECK(date_parse("2000-02-29", &year, &month, &day));
    CHECK_INT(year * 10000 + month * 100 + day, 20000229);
}

TEST(periods_and_ages_are_written_for_readers)
{
    static const struct {
        int low, high;
        const char *french, *english;
    } ages[] = {
        {0, 4, "0-4" NB "ans", "0–4 years"},
        {85, -1, "85" NB "ans et plus", "85 years and over"},
        {0, -1, "tous âges", "all ages"},
        {0, 0, "moins de 1" NB "an", "under 1 year"},
        {1, 1, "1" NB "an", "1 year"},
        {7, 7, "7" NB "ans", "7 years"},
    };
    struct arena *arena = arena_new();
    for (size_t a = 0; a < COUNT_OF(ages); a++) {
        struct node node = {
            .code = "x", .low = ages[a].low, .high = ages[a].high};
        CHECK_TEXT(age_format(arena, LANG_FR, &node), ages[a].french);
        CHECK_TEXT(age_format(arena, LANG_EN, &node), ages[a].english);
    }
    struct node years = {.low = 2019, .high = 2023};
    struct node year = {.low = 2019, .high = 2019};
    CHECK_TEXT(period_format(arena, LANG_FR, &years, false), "2019-2023");
    CHECK_TEXT(period_format(arena, LANG_FR, &years, true), "de 2019 à 2023");
    CHECK_TEXT(period_format(arena, LANG_EN, &years, false), "2019–2023");
    CHECK_TEXT(period_format(arena, LANG_EN, &years, true),
               "from 2019 to 2023");
    CHECK_TEXT(period_format(arena, LANG_FR, &year, false), "2019");
    CHECK_TEXT(period_format(arena, LANG_EN, &year, true), "in 2019");
    arena_free(arena);
}

static const struct {
    const char *plain;
    const char *french;
} typography[] = {
    {"Lecture : en 2023, 12 % des cas ; soit 3 !",
     "Lecture" NB ": en 2023, 12" NB "% des cas" NN "; soit 3" NN "!"},
    {"Pourquoi? Parce que: 5% ou 7‰; voilà",
     "Pourquoi" NN "? Parce que" NB ": 5" NB "% ou 7" NB "‰" NN "; voilà"},
    {"l'Ain d'aujourd'hui", "l’Ain d’aujourd’hui"},
    {"dit \"secret\", puis (\"nul\")",
     "dit «" NB "secret" NB "», puis («" NB "nul" NB "»)"},
    {"« ouvert » et «fermé»", "«" NB "ouvert" NB "» et «" NB "fermé" NB "»"},
    {"de 50 ans à 74 ans, 1 an", "de 50" NB "ans à 74" NB "ans, 1" NB "an"},
    {"5 anses et 12 casiers", "5 anses et 12 casiers"},
    {"le n° 5 de M. Roux", "le n°" NB "5 de M." NB "Roux"},
    {"significatif (p < 0,05)", "significatif (p" NB "<" NB "0,05)"},
    {"soit 433 136 cas en 2023", "soit 433" NN "136" NB "cas en 2023"},
    {"en 2019 433 personnes", "en 2019 433 personnes"},
    {"voir https://example.org/a?b=c;d:e ?",
     "voir https://example.org/a?b=c;d:e" NN "?"},
    {"écrire à open-data@example.org: merci",
     "écrire à open-data@example.org" NB ": merci"},
    {"à 12:30, rapport 2:1", "à 12:30, rapport 2:1"},
    {"Quoi ?! Non !!", "Quoi" NN "?! Non" NN "!!"},
    {"{value} % et {count} ans", "{value}" NB "% et {count}" NB "ans"},
    {"Œsophage, Île-de-France", "Œsophage, Île-de-France"},
    {"", ""},
    {"?", "?"},
    {"l'", "l’"},
};

TEST(french_text_gets_its_spaces_quotes_and_apostrophes)
{
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(typography); c++)
        CHECK_TEXT(locale_typography(arena, LANG_FR, typography[c].plain),
                   typography[c].french);
    arena_free(arena);
}

TEST(typography_applied_twice_changes_nothing)
{
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(typography); c++)
        CHECK_TEXT(locale_typography(arena, LANG_FR, typography[c].french),
                   typography[c].french);
    arena_free(arena);
}

TEST(english_text_only_gets_quotes)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(locale_typography(arena, LANG_EN,
                                 "the \"rate\": 5% of men's 'cases'; why?"),
               "the “rate”: 5% of men’s ‘cases’; why?");
    arena_free(arena);
}

TEST(sentences_are_filled_and_counted)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(locale_fill(arena, LANG_FR, "period.range", "low", "2019",
                           "high", "2023", NULL),
               "2019-2023");
    CHECK_TEXT(locale_count(arena, LANG_FR, "territories", 0), "0 territoire");
    CHECK_TEXT(locale_count(arena, LANG_FR, "territories", 2), "2 territoires");
    CHECK_TEXT(locale_count(arena, LANG_EN, "territories", 0), "0 territories");
    CHECK_TEXT(locale_count(arena, LANG_EN, "territories", 1), "1 territory");
    CHECK_TEXT(locale_count(arena, LANG_FR, "events", 12345),
               "12" NN "345" NB "cas");
    arena_free(arena);
}

TEST(classes_are_words_in_both_languages)
{
    const char *unit = NULL;
    int value = 0;
    size_t count = 0;
    for (; class_at(count, &unit, &value); count++) {
        CHECK(class_is_unit(unit));
        for (int lang = 0; lang < LANG_COUNT; lang++)
            CHECK(class_words((enum lang)lang, unit, value)[0] != '\0');
    }
    CHECK(count >= 5);
    CHECK_TEXT(class_words(LANG_EN, "position", 0), "within the limits");
    CHECK_TEXT(class_words(LANG_EN, "evidence", 3),
               "strong evidence of variation");
    CHECK(class_words(LANG_EN, "position", 3) == NULL);
    CHECK(class_words(LANG_EN, "position", 0.5) == NULL);
    CHECK(class_words(LANG_EN, "ratio", 1) == NULL);
    CHECK(!class_is_unit("ratio"));
}

RUN(CASE(every_sentence_exists_in_both_languages_once),
    CASE(every_sentence_is_typographically_right),
    CASE(both_languages_use_the_same_names),
    CASE(every_counted_sentence_has_singular_and_plural),
    CASE(availability_has_a_letter_words_and_a_sign),
    CASE(flags_keep_their_order_as_letters),
    CASE(numbers_are_written_by_the_language),
    CASE(intervals_and_percentages_are_written_by_the_language),
    CASE(dates_are_written_in_words), CASE(only_days_of_the_calendar_are_dates),
    CASE(periods_and_ages_are_written_for_readers),
    CASE(french_text_gets_its_spaces_quotes_and_apostrophes),
    CASE(typography_applied_twice_changes_nothing),
    CASE(english_text_only_gets_quotes), CASE(sentences_are_filled_and_counted),
    CASE(classes_are_words_in_both_languages))
