/* SPDX-License-Identifier: EUPL-1.2 */
/* Genders of the nouns that indicators are named by. */
#include <string.h>

#include "base/utf8.h"
#include "model/locale.h"

static const char *const masculine[] = {
    "âge",    "coefficient", "délai",  "écart",       "effectif", "excès",
    "indice", "niveau",      "nombre", "pourcentage", "quotient", "rapport",
    "ratio",  "risque",      "score",  "taux",        "total",
};
static const char *const feminine[] = {
    "couverture", "différence",  "durée",      "espérance",     "évolution",
    "fréquence",  "hausse",      "incidence",  "létalité",      "médiane",
    "mortalité",  "moyenne",     "part",       "participation", "pente",
    "prévalence", "probabilité", "proportion", "survie",        "tendance",
    "variation",
};

/* True when the first word of `noun` is one of the list. */
static bool first_among(const char *noun, const char *const *words,
                        size_t count)
{
    size_t size = strcspn(noun, " ,/(");
    for (size_t w = 0; w < count; w++) {
        if (strlen(words[w]) == size && strncmp(noun, words[w], size) == 0)
            return true;
    }
    return false;
}

char *locale_definite(struct arena *arena, enum lang lang, const char *noun)
{
    if (lang == LANG_EN)
        return arena_format(arena, "the %s", noun);
    bool he = first_among(noun, masculine, COUNT_OF(masculine));
    bool she = first_among(noun, feminine, COUNT_OF(feminine));
    if (!he && !she)
        return arena_text(arena, "");
    const char *folded = utf8_fold(arena, noun);
    if (strchr("aeiou", folded[0]) != NULL)
        return arena_format(arena, "l’%s", noun);
    return arena_format(arena, "%s %s", he ? "le" : "la", noun);
}
