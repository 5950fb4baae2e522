/* SPDX-License-Identifier: EUPL-1.2 */
/* Guarded verbs in texts: what they say, by which rule, and who remembers it.
 */
#include "page_fixture.h"

TEST(verbs_follow_the_intervals)
{
    check_text_of("local a = t:cell{column = 'asr_world', site = 'POU'}\n"
                  "local words, verdict = doc:compare(a, t:cell{column = "
                  "'asr_world', site = 'PRO'}, 'celui de la France')\n"
                  "return text(words .. '/' .. verdict)",
                  CELLS_ALL, LANG_FR,
                  "n’est pas significativement différent de celui de la "
                  "France/similar");
    check_text_of("return text((doc:compare(t:cell{}, t:cell{site = 'POU'}, "
                  "'x')))",
                  CELLS_ALL, LANG_FR, "est inférieur à x");
    check_text_of("return text((doc:compare(t:cell{}, t:cell{}, 'x')))",
                  CELLS_NONE, LANG_FR, "n’a pas de valeur publiée");
}

TEST(a_comparison_agrees_with_what_is_compared)
{
    const char *script =
        "local words = {}\n"
        "for _, how in ipairs {'feminine', 'masculine_plural', "
        "'feminine_plural', 'label'} do\n"
        "  words[#words + 1] = tostring((doc:compare(t:cell{}, t:cell{}, "
        "'x', how)))\n"
        "end\n"
        "return text(table.concat(words, '/'))";
    check_text_of(script, CELLS_ALL, LANG_FR,
                  "n’est pas significativement différente de x/"
                  "ne sont pas significativement différents de x/"
                  "ne sont pas significativement différentes de x/"
                  "Sans différence significative avec x");
    check_text_of(script, CELLS_ALL, LANG_EN,
                  "is not significantly different from x/"
                  "are not significantly different from x/"
                  "are not significantly different from x/"
                  "No significant difference from x");
    check_text_of(script, CELLS_NONE, LANG_FR,
                  "n’a pas de valeur publiée/n’ont pas de valeur publiée/"
                  "n’ont pas de valeur publiée/non disponible");
}

TEST(a_verb_says_what_its_estimate_allows_and_by_which_rule)
{
    /* 109,0 [99,0 ; 119,0] */
    check_text_of(
        "local v, verdict = doc:verb {kind = 'change', plural = "
        "true, cell = t:cell{column = 'asr_world'}}\n"
        "return text('{v}/{d}/{r}', {v = v, d = verdict, r = "
        "v.rule})",
        CELLS_ALL, LANG_FR,
        "augmentent/above/l’intervalle de confiance est au-dessus de "
        "0 et l’estimation vaut au moins 0,50 (109,0 [IC95\u00a0%\u00a0: "
        "99,0\u202f;\u00a0119,0])");
    check_text_of("return text((doc:verb {kind = 'difference', at_least = "
                  "120, reference = 'x', cell = t:cell{column = "
                  "'asr_world'}}))",
                  CELLS_ALL, LANG_EN, "is close to x");
    check_text_of("local v, verdict = doc:verb {kind = 'change', cell = "
                  "t:cell{column = 'asr_world'}}\n"
                  "return text('x ' .. v .. ' ' .. tostring(v) .. ' ' .. "
                  "tostring(verdict))",
                  CELLS_NONE, LANG_FR,
                  "x n’a pas de valeur publiée n’a pas de valeur publiée nil");
}

TEST(a_verb_without_its_grounds_is_refused)
{
    check_fails("return text((doc:verb {kind = 'explode', cell = t:cell{}}))",
                "report.lua:17: verb: kind 'explode': expected one of change, "
                "difference, ratio");
    check_fails("return text((doc:verb {kind = 'change', cell = t:cell{column "
                "= 'count'}}))",
                "report.lua:17: verb: the column 'count' has no interval: "
                "nothing is established without one");
    check_fails("return text((doc:verb {kind = 'change', cell = 3}))",
                "report.lua:17: verb: cell: expected a cell, found number");
    check_fails("return text((doc:verb {kind = 'ratio', at_least = 1, cell = "
                "t:cell{column = 'asr_world'}}))",
                "report.lua:17: verb: at_least: expected a number above 1");
    check_fails("return text((doc:verb {kind = 'ratio', cell = t:cell{column "
                "= 'asr_world'}}))",
                "report.lua:17: verb: a ratio needs a reference, as in "
                "reference = \"celui de la France\"");
}

static void check_said(const struct said *said, int line, const char *name,
                       const char *text)
{
    CHECK_INT(said->line, line);
    CHECK_TEXT(said->name, name);
    CHECK_TEXT(said->text, text);
}

TEST(a_document_remembers_what_its_texts_say)
{
    struct paging paging = paging_new();
    script_file(&paging.fixture, "templates/prose/fr/a.md",
                "Un {place}.\n\nEn tout,\n{cases} puis {cases}.\n");
    CHECK(make(&paging, CELLS_ALL,
               "local c = t:cell{}\n"
               "local a = text('{n} {v}', {n = c, v = (doc:trend(c, c))})\n"
               "return {heading(1, 'Titre'), prose('a', {place = doc.place, "
               "cases = c}), a}"));
    const struct said *said = paging.document->said;
    CHECK_INT(paging.document->said_count, 5);
    check_said(&said[0], 18, "n", "109");
    CHECK_TEXT(said[0].file, "report.lua");
    CHECK_TEXT(said[0].section, "");
    CHECK(said[0].cell_id[0] != '\0');
    CHECK_TEXT(said[0].rule, "");
    check_said(&said[1], 18, "v", "sans évolution significative");
    CHECK_TEXT(said[1].rule, "les intervalles de confiance des deux valeurs "
                             "se recoupent (109\u202f; 109)");
    check_said(&said[2], 1, "place", "Bretagne");
    CHECK_TEXT(said[2].file, "templates/prose/fr/a.md");
    CHECK_TEXT(said[2].section, "Titre");
    CHECK_TEXT(said[2].cell_id, "");
    check_said(&said[3], 4, "cases", "109");
    check_said(&said[4], 4, "cases", "109");
    paging_end(&paging);
}

#define REVIEWED                                                               \
    "local v = doc:verb{kind = 'difference', reference = 'x', cell = "         \
    "t:cell{column = 'asr_world'}}\n"                                          \
    "return {text('Le taux {v} et {v}.', {v = v}), text('Suite.'), "           \
    "list{'a'}}"

TEST(pages_in_review_tell_the_rules_of_their_verbs)
{
    struct paging paging = paging_new();
    CHECK(make(&paging, CELLS_ALL, REVIEWED));
    CHECK_INT(paging.document->block_count, 3);
    script_file(&paging.fixture, "panorama.lua",
                changed(paging.fixture.arena, PANORAMA_LUA(POLICY_LUA),
                        "draft = true", "state = 'review'"));
    CHECK(make(&paging, CELLS_ALL, REVIEWED));
    const struct block *blocks = paging.document->blocks;
    CHECK_INT(paging.document->block_count, 4);
    CHECK_INT(blocks[1].kind, BLOCK_NOTE);
    CHECK_TEXT(joined(&paging, &blocks[1].text),
               "Relecture, règles des verbes. «\u00a0dépasse x\u00a0»\u00a0: "
               "l’intervalle de confiance est au-dessus de 0 et l’estimation "
               "vaut au moins 1,00 (109,0 [IC95\u00a0%\u00a0: "
               "99,0\u202f;\u00a0119,0]).");
    CHECK_INT(blocks[2].kind, BLOCK_PARAGRAPH);
    paging_end(&paging);
}

RUN(CASE(verbs_follow_the_intervals),
    CASE(a_comparison_agrees_with_what_is_compared),
    CASE(a_verb_says_what_its_estimate_allows_and_by_which_rule),
    CASE(a_verb_without_its_grounds_is_refused),
    CASE(a_document_remembers_what_its_texts_say),
    CASE(pages_in_review_tell_the_rules_of_their_verbs))
