/* SPDX-License-Identifier: EUPL-1.2 */
/* What an estimate must show before a verb may be written. */
#include "check.h"

#include "model/verb.h"

static void decides(const char *name, double threshold, double value,
                    double lower, double upper, enum verdict want)
{
    const struct verb_basis basis = {value, lower, upper};
    enum verdict got = verb_decide(verb_find(name), threshold, &basis);
    CHECK_TEXT(verdict_name(got), verdict_name(want));
}

TEST(a_change_must_be_established_and_matter)
{
    decides("change", 0.5, 1.2, 0.8, 1.6, VERDICT_ABOVE);
    decides("change", 0.5, -1.2, -1.6, -0.8, VERDICT_BELOW);
    decides("change", 0.5, 0.5, 0.1, 0.9, VERDICT_ABOVE);
    /* the interval holds 0 */
    decides("change", 0.5, 1.2, 0, 2.4, VERDICT_OPEN);
    decides("change", 0.5, 1.2, -0.1, 2.5, VERDICT_OPEN);
    /* established, but too small to matter, or not surely large enough */
    decides("change", 0.5, 0.3, 0.1, 0.5, VERDICT_SLIGHTLY_ABOVE);
    decides("change", 0.5, -0.4, -0.6, -0.1, VERDICT_SLIGHTLY_BELOW);
    decides("change", 0.5, 0.3, 0, 0.6, VERDICT_OPEN);
    decides("change", 0.5, 0.3, 0.1, 0.49, VERDICT_STABLE);
    decides("change", 0.5, 0, -0.4, 0.4, VERDICT_STABLE);
    decides("change", 0.5, 0, -0.5, 0.4, VERDICT_OPEN);
    decides("change", 2, 1.2, 0.8, 1.6, VERDICT_STABLE);
}

TEST(a_ratio_departs_from_one_by_a_factor)
{
    decides("ratio", 1.25, 1.3, 1.1, 1.5, VERDICT_ABOVE);
    decides("ratio", 1.25, 0.8, 0.7, 0.9, VERDICT_BELOW);
    decides("ratio", 1.25, 1.2, 1.1, 1.3, VERDICT_SLIGHTLY_ABOVE);
    decides("ratio", 1.25, 0.85, 0.75, 0.95, VERDICT_SLIGHTLY_BELOW);
    decides("ratio", 1.25, 1.0, 0.81, 1.24, VERDICT_STABLE);
    decides("ratio", 1.25, 1.0, 0.8, 1.24, VERDICT_OPEN);
    decides("difference", 1, -1, -1.5, -0.5, VERDICT_BELOW);
}

/* Two languages, two numbers, and a rule for each verdict of each verb. */
TEST(every_verb_has_its_words_and_rules)
{
    struct arena *arena = arena_new();
    size_t count = 0;
    for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
        for (int at = 0; at < VERDICT_COUNT; at++) {
            enum verdict verdict = (enum verdict)at;
            CHECK(strcmp(verb_words(LANG_FR, verb, verdict, false),
                         verb_words(LANG_FR, verb, verdict, true)) != 0);
            CHECK(strcmp(verb_words(LANG_EN, verb, verdict, false),
                         verb_words(LANG_FR, verb, verdict, false)) != 0);
            CHECK(!strchr(
                verb_rule(arena, LANG_FR, verb, verb->threshold, verdict),
                '{'));
            count++;
        }
    }
    CHECK_INT(count, 18);
    CHECK(verb_find("explodes") == NULL);
    arena_free(arena);
}

TEST(a_rule_tells_the_bounds)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(verb_words(LANG_FR, verb_find("change"), VERDICT_ABOVE, true),
               "augmentent");
    CHECK_TEXT(
        verb_rule(arena, LANG_FR, verb_find("change"), 0.5, VERDICT_BELOW),
        "l’intervalle de confiance est au-dessous de 0 et l’estimation vaut au "
        "plus −0,50");
    CHECK_TEXT(
        verb_rule(arena, LANG_EN, verb_find("ratio"), 1.25, VERDICT_STABLE),
        "the whole confidence interval is between 0.80 and 1.25");
    CHECK_TEXT(verb_rule(arena, LANG_EN, verb_find("change"), 0.5,
                         VERDICT_SLIGHTLY_BELOW),
               "the confidence interval is below 0, but the estimate is more "
               "than −0.50");
    arena_free(arena);
}

RUN(CASE(a_change_must_be_established_and_matter),
    CASE(a_ratio_departs_from_one_by_a_factor),
    CASE(every_verb_has_its_words_and_rules), CASE(a_rule_tells_the_bounds))
