/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/place.h"

#include <string.h>

#include "base/utf8.h"

/* The two French prefixes of an article. */
enum prefix {
    PREFIX_IN,
    PREFIX_OF,
};

/* Stores may carry straight apostrophes. */
static char *curl_apostrophes(struct arena *arena, const char *text)
{
    struct text out = text_new(arena);
    for (; *text; text++) {
        if (*text == '\'')
            text_add(&out, "’");
        else
            text_add_char(&out, *text);
    }
    return out.at;
}

/* The part of "dans le |du " that is asked for; "" when the store gives
 * none. */
static char *article_part(struct arena *arena, const char *article,
                          enum prefix prefix)
{
    const char *bar = strchr(article, '|');
    if (!bar)
        return arena_text(arena, "");
    size_t size = (size_t)(bar - article);
    return curl_apostrophes(arena, prefix == PREFIX_IN
                                       ? arena_slice(arena, article, size)
                                       : bar + 1);
}

/* True before a vowel or a mute h. Which h is mute is usage, not rule: in
 * names of places it is, but for "haut" and its family. A y is a vowel when a
 * consonant follows (d’Yvetot, de Yaoundé). */
static bool elides(struct arena *arena, const char *name)
{
    const char *folded = utf8_fold(arena, name);
    if (folded[0] == '\0')
        return false;
    if (folded[0] == 'y')
        return folded[1] != '\0' && !strchr("aeiou", folded[1]);
    if (folded[0] == 'h')
        return !text_starts(folded, "hau");
    return strchr("aeiou", folded[0]) != NULL;
}

/* A name that begins with an article contracts with the preposition: au
 * Havre, des Ulis, but à La Rochelle. */
static char *plain_french(struct arena *arena, const char *name,
                          enum prefix prefix)
{
    bool in = prefix == PREFIX_IN;
    if (text_starts(name, "Le "))
        return arena_format(arena, "%s%s", in ? "au " : "du ",
                            name + strlen("Le "));
    if (text_starts(name, "Les "))
        return arena_format(arena, "%s%s", in ? "aux " : "des ",
                            name + strlen("Les "));
    if (in)
        return arena_format(arena, "à %s", name);
    return arena_format(arena, "%s%s", elides(arena, name) ? "d’" : "de ",
                        name);
}

static char *french(struct arena *arena, const struct node *place,
                    enum prefix prefix)
{
    const char *name = place_name(arena, LANG_FR, place);
    const char *part = article_part(arena, place->article, prefix);
    if (part[0] == '\0')
        return plain_french(arena, name, prefix);
    return arena_format(arena, "%s%s", part, name);
}

char *place_in(struct arena *arena, enum lang lang, const struct node *place)
{
    if (lang == LANG_FR)
        return french(arena, place, PREFIX_IN);
    return arena_format(arena, "in %s", place_name(arena, lang, place));
}

char *place_of(struct arena *arena, enum lang lang, const struct node *place)
{
    if (lang == LANG_FR)
        return french(arena, place, PREFIX_OF);
    return arena_format(arena, "of %s", place_name(arena, lang, place));
}

char *place_name(struct arena *arena, enum lang lang, const struct node *place)
{
    return curl_apostrophes(arena, place->label[lang]);
}

const char *place_level(const struct codes *codes, enum lang lang,
                        const char *level)
{
    struct arena *scratch = arena_new();
    const char *word = code_registry(
        codes, arena_format(scratch, "level.%s.%s", level, lang_code(lang)));
    arena_free(scratch);
    return word[0] == '\0' ? level : word;
}
