/* SPDX-License-Identifier: EUPL-1.2 */
/* Signs and spaces that the program does not put right by itself (Lexique des
 * règles typographiques en usage à l'Imprimerie nationale). */
#include <ctype.h>
#include <string.h>

#include "script/proofread_impl.h"

/* --- signs ---------------------------------------------------------------- */

struct sign {
    const char *found, *instead;
    int lang; /* LANG_UNKNOWN: every language */
};

static const struct sign signs[] = {
    {"...", "…", LANG_UNKNOWN},   {"etc…", "etc.", LANG_UNKNOWN},
    {" - ", " – ", LANG_UNKNOWN}, {"--", "–", LANG_UNKNOWN},
    {" ,", ",", LANG_UNKNOWN},    {" . ", ". ", LANG_UNKNOWN},
    {"( ", "(", LANG_UNKNOWN},    {" )", ")", LANG_UNKNOWN},
    {"km2", "km²", LANG_UNKNOWN}, {"+/-", "±", LANG_UNKNOWN},
    {"<=", "≤", LANG_UNKNOWN},    {">=", "≥", LANG_UNKNOWN},
    {"“", "«", LANG_FR},          {"”", "»", LANG_FR},
    {"N°", "n°", LANG_FR},        {"oe", "œ", LANG_FR},
    {"Oe", "Œ", LANG_FR},         {"«", "“", LANG_EN},
    {"»", "”", LANG_EN},          {" ;", ";", LANG_EN},
    {" :", ":", LANG_EN},         {" ?", "?", LANG_EN},
    {" !", "!", LANG_EN},         {" %", "%", LANG_EN},
};

/* A piece of a script may begin with the blank that joins it, and a unit with
 * its sign: "number; % of cases". */
static bool is_right(const struct passage *passage, size_t at,
                     const char *found)
{
    char before = at > 0 ? passage->flat[at - 1] : '\0';
    if (passage->kind == PASSAGE_PIECE && at == 0)
        return true;
    return text_same(found, " %") && !proofread_digit(before) && before != '}';
}

/* "oe" of moelle, poêle, coexister is two letters. */
static bool is_two_letters(const char *flat, size_t at)
{
    static const char *const words[] = {"moelle", "coexist", "coefficient",
                                        "Moelle", "Coexist", "Coefficient",
                                        "poème",  "Noé"};
    for (size_t w = 0; w < COUNT_OF(words); w++) {
        const char *oe = strstr(words[w], "oe");
        size_t before = oe == NULL ? 0 : (size_t)(oe - words[w]);
        if (oe != NULL && at >= before &&
            strncmp(flat + at - before, words[w], strlen(words[w])) == 0)
            return true;
    }
    return false;
}

static void check_signs(struct proofreader *reader,
                        const struct passage *passage)
{
    for (size_t s = 0; s < COUNT_OF(signs); s++) {
        const struct sign *sign = &signs[s];
        if (sign->lang != LANG_UNKNOWN && sign->lang != passage->lang)
            continue;
        const char *at = strstr(passage->flat, sign->found);
        if (at == NULL ||
            is_right(passage, (size_t)(at - passage->flat), sign->found) ||
            (strstr(sign->found, "oe") != NULL &&
             is_two_letters(passage->flat, (size_t)(at - passage->flat))))
            continue;
        proofread_warn(reader, passage, (size_t)(at - passage->flat), "sign",
                       "'%s': expected '%s'", sign->found, sign->instead);
    }
}

/* --- spaces --------------------------------------------------------------- */

static size_t no_break_size(const char *at)
{
    if (strncmp(at, "\u00a0", 2) == 0)
        return 2;
    return strncmp(at, "\u202f", 3) == 0 ? 3 : 0;
}

/* Where a no-break space may stand: beside a sign, a number, an abbreviation,
 * a short word. */
static bool may_not_break(const char *text, const char *at, size_t size)
{
    const char *right = at + size;
    const char *left = at;
    size_t letters = 0;
    while (left > text && isalpha((unsigned char)left[-1])) {
        left--;
        letters++;
    }
    return at == text || letters < 3 || !isalpha((unsigned char)*right) ||
           right[1] == ' ' || isupper((unsigned char)*left);
}

static void check_spaces(struct proofreader *reader,
                         const struct passage *passage)
{
    const char *flat = passage->flat;
    size_t from = strspn(flat, " ");
    for (size_t at = from; flat[at]; at++) {
        if (flat[at] != ' ' || flat[at + 1] != ' ')
            continue;
        size_t run = strspn(flat + at, " ");
        /* A line that is indented or broken on purpose. */
        bool broken = passage->lines[at] != passage->lines[at + run];
        if (flat[at + run] != '\0' && !broken)
            proofread_warn(reader, passage, at, "space",
                           "%zu spaces: expected one", run);
        at += run - 1;
    }
    int line = passage->line;
    for (const char *at = passage->text; *at; at++) {
        line += *at == '\n';
        size_t size = no_break_size(at);
        if (size == 0 || may_not_break(passage->text, at, size))
            continue;
        size_t place = 0;
        while (passage->flat[place] != '\0' && passage->lines[place] < line)
            place++;
        proofread_warn(reader, passage, place, "no-break",
                       "a no-break space between two words: expected a "
                       "space");
    }
}

/* --- ordinals ------------------------------------------------------------- */

static void check_ordinals(struct proofreader *reader,
                           const struct passage *passage)
{
    static const struct sign endings[] = {
        {"ère", "re", LANG_FR}, {"ere", "re", LANG_FR}, {"ème", "e", LANG_FR},
        {"eme", "e", LANG_FR},  {"ième", "e", LANG_FR}, {"ier", "er", LANG_FR},
        {"nde", "de", LANG_FR},
    };
    const char *flat = passage->flat;
    for (size_t at = 0; flat[at]; at++) {
        if (!proofread_digit(flat[at]) || proofread_digit(flat[at + 1]))
            continue;
        for (size_t e = 0; e < COUNT_OF(endings); e++) {
            if (proofread_lang(passage, LANG_FR) &&
                strncmp(flat + at + 1, endings[e].found,
                        strlen(endings[e].found)) == 0)
                proofread_warn(reader, passage, at, "ordinal",
                               "'%c%s': expected '%c%s'", flat[at],
                               endings[e].found, flat[at], endings[e].instead);
        }
    }
}

/* --- what opens and closes ------------------------------------------------ */

struct brackets {
    const char *open, *close;
};

static size_t count_of(const char *flat, const char *sign)
{
    size_t count = 0;
    for (const char *at = flat; (at = strstr(at, sign)) != NULL;
         at += strlen(sign))
        count++;
    return count;
}

static void check_pairs(struct proofreader *reader,
                        const struct passage *passage)
{
    static const struct brackets pairs[] = {
        {"(", ")"}, {"[", "]"}, {"«", "»"}, {"“", "”"}, {"{", "}"},
    };
    const char *flat = passage->flat;
    for (size_t p = 0; p < COUNT_OF(pairs); p++) {
        size_t opened = count_of(flat, pairs[p].open);
        size_t closed = count_of(flat, pairs[p].close);
        const char *lone = opened > closed ? pairs[p].open : pairs[p].close;
        if (opened != closed)
            proofread_warn(reader, passage, (size_t)(strstr(flat, lone) - flat),
                           "unclosed", "'%s' %zu times, '%s' %zu times",
                           pairs[p].open, opened, pairs[p].close, closed);
    }
    if (count_of(flat, "**") % 2 != 0)
        proofread_warn(reader, passage, (size_t)(strstr(flat, "**") - flat),
                       "unclosed", "'**' is not closed");
    else if ((count_of(flat, "*") - 2 * count_of(flat, "**")) % 2 != 0)
        proofread_warn(reader, passage, (size_t)(strchr(flat, '*') - flat),
                       "unclosed", "'*' is not closed");
}

/* --- the whole ------------------------------------------------------------ */

static void check_heading(struct proofreader *reader,
                          const struct passage *passage)
{
    size_t size = strlen(passage->flat);
    while (size > 0 && passage->flat[size - 1] == ' ')
        size--;
    if (size > 0 && passage->flat[size - 1] == '.')
        proofread_warn(reader, passage, size - 1, "heading",
                       "a heading ends with a full stop");
}

void proofread_typography(struct proofreader *reader,
                          const struct passage *passage)
{
    check_signs(reader, passage);
    check_spaces(reader, passage);
    check_ordinals(reader, passage);
    if (passage->kind != PASSAGE_PIECE)
        check_pairs(reader, passage);
    if (passage->kind == PASSAGE_HEADING)
        check_heading(reader, passage);
}
