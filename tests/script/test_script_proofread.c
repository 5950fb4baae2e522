/* SPDX-License-Identifier: EUPL-1.2 */
/* What is told about the editors' text, and what is left alone. */
#include "script_fixture.h"

#include "script/proofread.h"

#define NUMBER(digits)                                                         \
    "error number: the number " digits " is written in the text: expected "    \
    "{name} with a value, or a constant of templates/prose/lexicon.csv"

struct reading {
    struct script_fixture fixture;
    struct project project;
    struct proofreading found;
};

static struct reading reading_new(void)
{
    struct reading reading = {.fixture = script_fixture()};
    reading.project.directory = reading.fixture.directory;
    script_file(&reading.fixture, "templates/prose/lexicon.csv",
                "lang,kind,text,reason\n"
                "fr,constant,confiance à 95 %,niveau\n"
                ",abbreviation,INCa,éditeur\n"
                ",abbreviation,ARS,connue\n");
    return reading;
}

static bool read_all(struct reading *reading)
{
    static const char *const paths[] = {"report.lua"};
    struct err *err = &reading->fixture.err;
    *err = (struct err){0};
    size_t count = fs_exists(
        fs_join(reading->fixture.arena, reading->project.directory, paths[0]));
    return proofread_project(reading->fixture.arena, &reading->project, paths,
                             count, &reading->found, err);
}

/* The remarks, a line each: "LINE error CODE: MESSAGE". */
static const char *told(struct reading *reading)
{
    struct text out = text_new(reading->fixture.arena);
    CHECK(read_all(reading));
    for (size_t r = 0; r < reading->found.count; r++) {
        const struct remark *remark = &reading->found.remarks[r];
        text_format(&out, "%s%d %s %s: %s", r > 0 ? "\n" : "", remark->line,
                    remark->error ? "error" : "warning", remark->code,
                    remark->message);
    }
    return out.at;
}

static void check_told(const char *path, const char *content, const char *want)
{
    struct reading reading = reading_new();
    script_file(&reading.fixture, path, content);
    CHECK_TEXT(told(&reading), want);
    script_fixture_end(&reading.fixture);
}

static void french(const char *content, const char *want)
{
    check_told("templates/prose/fr/a.md", content, want);
}

static void english(const char *content, const char *want)
{
    check_told("templates/prose/en/a.md", content, want);
}

static void lua(const char *content, const char *want)
{
    check_told("report.lua", content, want);
}

/* --- numbers -------------------------------------------------------------- */

TEST(a_number_in_figures_is_an_error_of_its_line)
{
    french("Une phrase.\n\nIl y a\n12 cas.", "4 " NUMBER("12"));
    french("Il y a 12\u202f345,6 cas.", "1 " NUMBER("12 345,6"));
    english("There were 12,345.6 cases.", "1 " NUMBER("12,345.6"));
    french("- un\n- 3 cas", "2 " NUMBER("3"));
    french("## Les 3 régions", "1 " NUMBER("3"));
    french("La 2e cause", "1 " NUMBER("2"));
    french("Les 50-74 ans", "1 " NUMBER("50"));
}

TEST(a_count_that_looks_like_a_year_is_an_error)
{
    french("En tout, 2019 cas.", "1 " NUMBER("2019"));
    french("En tout, 2\u202f019 décès.", "1 " NUMBER("2 019"));
    french("En tout, 2019 %.", "1 " NUMBER("2019"));
    english("2019 new cases", "1 " NUMBER("2019"));
}

TEST(years_dates_codes_and_laws_are_no_values)
{
    french("De 2010 à 2023, puis 2010-2023 (Garwood, 1936).", "");
    french("Le 1er janvier 2027, le 12 février et le 2026-02-04.", "");
    english("On 30 June 2025 and on 2026-02-04.", "");
    french("Codes C00-C97 (CIM-10), tumeurs C34.1 et D05.", "");
    french("La loi n° 2025-596, l’article L. 1461-2.", "");
    french("{count} cas, {n2} décès, [le site](https://exemple.fr/2/34)", "");
}

TEST(words_that_agree_are_read_too)
{
    french("**{cas}** {cas: nouveau cas | nouveaux cas}", "");
    french("{cas: un cas | 3 cas}", "1 " NUMBER("3"));
}

TEST(constants_are_told_by_the_lexicon_or_where_they_stand)
{
    french("L’intervalle de confiance à 95 % est donné.", "");
    french("Pour 95 % des cas.", "1 " NUMBER("95"));
    french("Il va de {=−1} à {=1}.", "");
    english("L’intervalle de confiance à 95 %",
            "1 " NUMBER("95") "\n"
                              "1 warning sign: ' %': expected '%'");
}

TEST(strings_of_scripts_are_read_when_they_are_sentences)
{
    lua("return text(\"12 cas\")", "1 " NUMBER("12"));
    lua("local a = 1\nreturn text('Il y a ' .. 12 .. ' cas')",
        "2 " NUMBER("12"));
    lua("return say {\n  fr = [[Les 3 cas]],\n  en = \"The {n} cases\" }",
        "2 " NUMBER("3"));
    lua("-- 12 cas\nlocal x = t:cell{age = '00-04', site = \"C34\"}\n"
        "local y = {1, 2, 3}\nerror('need 3 sites')\n"
        "local source = {source = 'Day N., volume 5'}\n--[[ 3 cas ]]",
        "");
    lua("return text('Nombre de cas : ' .. cell:said())", "");
}

/* --- typography ----------------------------------------------------------- */

TEST(signs_are_corrected)
{
    french("Et ainsi de suite...", "1 warning sign: '...': expected '…'");
    french("Un “mot” cité", "1 warning sign: '“': expected '«'\n"
                            "1 warning sign: '”': expected '»'");
    english("One «word» only", "1 warning sign: '«': expected '“'\n"
                               "1 warning sign: '»': expected '”'");
    english("One ; two", "1 warning sign: ' ;': expected ';'");
    french("Une soeur", "1 warning sign: 'oe': expected 'œ'");
    french("La moelle et le coefficient, une virgule , mal mise",
           "1 warning sign: ' ,': expected ','");
}

TEST(what_the_program_puts_right_is_no_remark)
{
    french("L'an : oui ; non ? \"mot\" !", "");
    french("Un nombre : {n} %", "");
}

TEST(spaces_are_single_and_break_between_words)
{
    french("Deux  mots", "1 warning space: 2 spaces: expected one");
    french("- un\n- deux\n  suite", "");
    french("Une première\nphrase\u00a0collée ici",
           "2 warning no-break: a no-break space between two words: expected "
           "a space");
    french("M.\u00a0Dupont, {n}\u00a0ans, n°\u00a0{x}", "");
}

TEST(ordinals_and_capitals_are_french)
{
    french("La 1ère fois",
           "1 " NUMBER("1") "\n"
                            "1 warning ordinal: '1ère': expected '1re'");
    french("Etat des lieux", "1 warning accent: 'Etat': expected 'État'");
    french("A partir de là", "1 warning accent: 'A partir': expected "
                             "'À partir'");
    english("Age and Ages", "");
}

TEST(headings_have_no_full_stop)
{
    french("## Le titre.\n\nUn texte.",
           "1 warning heading: a heading ends with a full stop");
}

TEST(what_opens_must_close)
{
    french("Un **mot gras", "1 warning unclosed: '**' is not closed");
    french("Un mot (entre", "1 warning unclosed: '(' 1 times, ')' 0 times");
    french("Un « mot", "1 warning unclosed: '«' 1 times, '»' 0 times");
    french("Une {valeur sans fin",
           "1 warning unclosed: '{' 1 times, '}' 0 times");
    lua("return text('Un mot (' .. name .. ' fin)')", "");
}

/* --- words ---------------------------------------------------------------- */

TEST(words_are_neutral_and_of_one_language)
{
    french("Une explosion du nombre de cas",
           "1 warning neutral: 'explosion': expected 'forte augmentation'");
    english("Le nombre des cas est dans la table",
            "1 warning language: this is 'fr' text: expected 'en'");
    lua("x = { fr = 'Un', en = 'One' }\ny = { fr = site .. ' : la part des "
        "cas selon le stade' }",
        "");
    lua("x = { fr = 'The number of cases is given', en = 'The number of' }",
        "1 warning language: this is 'en' text: expected 'fr'");
}

TEST(an_abbreviation_is_explained_somewhere)
{
    french("Le TSE est donné.",
           "1 warning abbreviation: 'TSE' is explained nowhere: expected "
           "\"words (TSE)\" once, or a line of templates/prose/lexicon.csv");
    french("Le taux standardisé (TSE). Le TSE est donné. Le stade IV. L’ARS.",
           "");
}

TEST(abbreviations_that_documents_tell_in_full_need_no_explanation)
{
    struct reading reading = reading_new();
    script_file(&reading.fixture, "templates/prose/fr/abbreviations.csv",
                "abbreviation,expansion\nTSE,taux standardisé Europe\n");
    script_file(&reading.fixture, "templates/prose/fr/a.md",
                "Le TSE est donné.");
    CHECK_TEXT(told(&reading), "");
    script_file(&reading.fixture, "templates/prose/fr/abbreviations.csv",
                "abbreviation,expansion\nTSE,\n");
    CHECK(!read_all(&reading));
    CHECK_INT(reading.fixture.err.code, ERR_INPUT);
    script_fixture_end(&reading.fixture);
}

TEST(references_and_notes_are_no_text)
{
    french("Voir [@fig:age2023] et le rapport[^12].\n\n[^12]: Une note.", "");
    french("Un rapport[^1].\n\n[^1]: Les 3 cas.", "3 " NUMBER("3"));
    french("Voir [@fig:age et 3 cas",
           "1 " NUMBER("3") "\n1 warning unclosed: "
                            "'[' 1 times, ']' 0 times");
}

/* --- translations --------------------------------------------------------- */

TEST(a_missing_translation_is_an_error_that_names_the_file)
{
    struct reading reading = reading_new();
    script_file(&reading.fixture, "templates/prose/fr/a.md", "Un.\n\nDeux.");
    script_file(&reading.fixture, "templates/prose/fr/b.md", "Un {cas}.");
    script_file(&reading.fixture, "templates/prose/fr/c.md", "Trois.");
    script_file(&reading.fixture, "templates/prose/en/a.md", "One.");
    script_file(&reading.fixture, "templates/prose/en/b.md", "One.");
    CHECK_TEXT(told(&reading),
               "1 error translation: 1 paragraph, 2 in "
               "'templates/prose/fr/a.md': a translation lacks\n"
               "1 warning translation: {cas} is in "
               "'templates/prose/fr/b.md', not here\n"
               "1 error translation: missing: 'templates/prose/fr/c.md' has "
               "no translation");
    CHECK_TEXT(reading.found.remarks[2].file, "templates/prose/en/c.md");
    CHECK_INT(reading.found.errors, 2);
    script_fixture_end(&reading.fixture);
}

TEST(a_language_of_the_project_must_have_prose)
{
    struct reading reading = reading_new();
    script_file(&reading.fixture, "templates/prose/fr/a.md", "Un.");
    CHECK_TEXT(told(&reading), "");
    reading.project.langs[0] = LANG_EN;
    reading.project.lang_count = 1;
    CHECK_TEXT(told(&reading),
               "1 error translation: missing: 'templates/prose/fr/a.md' has "
               "no translation");
    script_fixture_end(&reading.fixture);
}

TEST(the_shipped_prose_has_no_error)
{
    static const char *const paths[] = {"lua-scripts/national.lua",
                                        "lua-scripts/territory.lua",
                                        "lua-scripts/open_data.lua"};
    struct reading reading = reading_new();
    reading.project.directory = ".";
    CHECK(proofread_project(reading.fixture.arena, &reading.project, paths,
                            COUNT_OF(paths), &reading.found,
                            &reading.fixture.err));
    for (size_t r = 0; r < reading.found.count; r++) {
        const struct remark *remark = &reading.found.remarks[r];
        CHECK_TEXT(remark->error ? remark->message : "", "");
    }
    script_fixture_end(&reading.fixture);
}

/* --- the lexicon ---------------------------------------------------------- */

static void check_lexicon(const char *content, const char *want)
{
    struct reading reading = reading_new();
    script_file(&reading.fixture, "templates/prose/lexicon.csv", content);
    CHECK(!read_all(&reading));
    CHECK_INT(reading.fixture.err.code, ERR_INPUT);
    CHECK_TEXT(reading.fixture.err.text, want);
    script_fixture_end(&reading.fixture);
}

TEST(a_bad_lexicon_is_named_with_its_line)
{
    check_lexicon("lang,kind,text\n",
                  "templates/prose/lexicon.csv: no column 'reason'");
    check_lexicon("lang,kind,text,reason\nde,constant,a,b\n",
                  "templates/prose/lexicon.csv:2: lang 'de': expected fr, en "
                  "or nothing");
    check_lexicon("lang,kind,text,reason\nfr,constant,à 95 %,\n",
                  "templates/prose/lexicon.csv:2: expected a text and the "
                  "reason why it may stand");
    check_lexicon("lang,kind,text,reason\nfr,word,a,b\n",
                  "templates/prose/lexicon.csv:2: kind 'word': expected "
                  "constant or abbreviation");
}

RUN(CASE(a_number_in_figures_is_an_error_of_its_line),
    CASE(a_count_that_looks_like_a_year_is_an_error),
    CASE(years_dates_codes_and_laws_are_no_values),
    CASE(words_that_agree_are_read_too),
    CASE(constants_are_told_by_the_lexicon_or_where_they_stand),
    CASE(strings_of_scripts_are_read_when_they_are_sentences),
    CASE(signs_are_corrected), CASE(what_the_program_puts_right_is_no_remark),
    CASE(spaces_are_single_and_break_between_words),
    CASE(ordinals_and_capitals_are_french), CASE(headings_have_no_full_stop),
    CASE(what_opens_must_close), CASE(words_are_neutral_and_of_one_language),
    CASE(an_abbreviation_is_explained_somewhere),
    CASE(abbreviations_that_documents_tell_in_full_need_no_explanation),
    CASE(references_and_notes_are_no_text),
    CASE(a_missing_translation_is_an_error_that_names_the_file),
    CASE(a_language_of_the_project_must_have_prose),
    CASE(the_shipped_prose_has_no_error),
    CASE(a_bad_lexicon_is_named_with_its_line))
