/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/verb.h"

#include <stdio.h>

#include "base/text.h"

enum {
    KEY_SIZE = 40,
    RULE_DECIMALS = 2,
};

/* Practical thresholds are usage, not statistics: half a per cent a year, one
 * point, five per cent. A report may give its own, which its rule then tells.
 */
const struct verb verbs[] = {
    {"change", 0, 0.5, false},   /* yearly change, in per cent */
    {"difference", 0, 1, false}, /* in the unit of the column */
    {"ratio", 1, 1.05, true},
    {NULL, 0, 0, false},
};

const struct verb *verb_find(const char *name)
{
    for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
        if (text_same(verb->name, name))
            return verb;
    }
    return NULL;
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICT_COUNT] = {
        [VERDICT_BELOW] = "below",
        [VERDICT_SLIGHTLY_BELOW] = "slightly_below",
        [VERDICT_STABLE] = "stable",
        [VERDICT_OPEN] = "open",
        [VERDICT_SLIGHTLY_ABOVE] = "slightly_above",
        [VERDICT_ABOVE] = "above",
    };
    return names[verdict];
}

/* Values beyond these matter: neutral -+ threshold, or / and x of a ratio. */
static void bounds(const struct verb *verb, double threshold, double *low,
                   double *high)
{
    *low = verb->ratio ? verb->neutral / threshold : verb->neutral - threshold;
    *high = verb->ratio ? verb->neutral * threshold : verb->neutral + threshold;
}

enum verdict verb_decide(const struct verb *verb, double threshold,
                         const struct verb_basis *basis)
{
    double low, high;
    bounds(verb, threshold, &low, &high);
    if (basis->lower > verb->neutral && basis->value >= high)
        return VERDICT_ABOVE;
    if (basis->upper < verb->neutral && basis->value <= low)
        return VERDICT_BELOW;
    if (basis->lower > low && basis->upper < high)
        return VERDICT_STABLE;
    if (basis->lower > verb->neutral)
        return VERDICT_SLIGHTLY_ABOVE;
    if (basis->upper < verb->neutral)
        return VERDICT_SLIGHTLY_BELOW;
    return VERDICT_OPEN;
}

const char *verb_words(enum lang lang, const struct verb *verb,
                       enum verdict verdict, bool plural)
{
    struct arena *scratch = arena_new();
    const char *words = locale_text(
        lang, arena_format(scratch, "verb.%s.%s.%s", verb->name,
                           verdict_name(verdict), plural ? "many" : "one"));
    arena_free(scratch);
    return words;
}

char *verb_rule(struct arena *arena, enum lang lang, const struct verb *verb,
                double threshold, enum verdict verdict)
{
    char key[KEY_SIZE];
    double low, high;
    bounds(verb, threshold, &low, &high);
    snprintf(key, sizeof key, "verb.rule.%s", verdict_name(verdict));
    return locale_fill(arena, lang, key, "neutral",
                       num_format(arena, lang, verb->neutral, 0), "low",
                       num_format(arena, lang, low, RULE_DECIMALS), "high",
                       num_format(arena, lang, high, RULE_DECIMALS), NULL);
}
