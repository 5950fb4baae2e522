/* SPDX-License-Identifier: EUPL-1.2 */
/* Words: accents on capitals, words that judge, another language, and
 * abbreviations that nobody explains. */
#include <ctype.h>
#include <string.h>

#include "script/proofread_impl.h"

struct wrong_word {
    const char *found, *instead;
};

/* French capitals keep their accents, œ and æ are letters. */
static const struct wrong_word accents[] = {
    {"Etat", "État"},
    {"Etats", "États"},
    {"Ile", "Île"},
    {"Iles", "Îles"},
    {"Age", "Âge"},
    {"Ages", "Âges"},
    {"Ecart", "Écart"},
    {"Ecarts", "Écarts"},
    {"Echelle", "Échelle"},
    {"Edition", "Édition"},
    {"Editeur", "Éditeur"},
    {"Egalement", "Également"},
    {"Eleve", "Élevé"},
    {"Elevé", "Élevé"},
    {"Etude", "Étude"},
    {"Etudes", "Études"},
    {"Etendue", "Étendue"},
    {"Evolution", "Évolution"},
    {"Evolutions", "Évolutions"},
    {"Evenement", "Événement"},
    {"Evénement", "Événement"},
    {"Epidémiologie", "Épidémiologie"},
    {"Etape", "Étape"},
    {"Etapes", "Étapes"},
    {"Etablissement", "Établissement"},
    {"Ecole", "École"},
    {"Economie", "Économie"},
    {"Estimee", "Estimée"},
    {"Etrangers", "Étrangers"},
    {"A partir", "À partir"},
    {"A la", "À la"},
    {"A l’", "À l’"},
    {"A titre", "À titre"},
    {"Ca", "Ça"},
};

/* Neutral words: an indicator does not judge. */
static const struct wrong_word loaded[LANG_COUNT][12] = {
    [LANG_FR] = {{"explosion", "forte augmentation"},
                 {"explose", "augmente fortement"},
                 {"flambée", "forte augmentation"},
                 {"fléau", "maladie"},
                 {"pire", "taux le plus élevé"},
                 {"pires", "taux les plus élevés"},
                 {"inquiétant", "un mot neutre"},
                 {"alarmant", "un mot neutre"},
                 {"cancéreux", "personnes atteintes d’un cancer"},
                 {"mauvais élève", "taux le plus bas"},
                 {NULL, NULL}},
    [LANG_EN] = {{"explosion", "marked increase"},
                 {"skyrocketing", "increasing"},
                 {"alarming", "a neutral word"},
                 {"worst", "highest rate"},
                 {"scourge", "disease"},
                 {"victims", "people with cancer"},
                 {"sufferers", "people with cancer"},
                 {NULL, NULL}},
};

/* Words that only one of the two languages has. */
static const char *const own_words[LANG_COUNT][24] = {
    [LANG_FR] = {"le",   "la",   "les",  "des", "du",  "une",   "est",
                 "dans", "pour", "avec", "aux", "qui", "que",   "sont",
                 "sur",  "par",  "ont",  "ne",  "pas", "cette", NULL},
    [LANG_EN] = {"the",  "of",    "and",   "is",   "are",   "with", "from",
                 "that", "which", "this",  "by",   "has",   "have", "not",
                 "for",  "to",    "where", "when", "these", NULL},
};

static size_t own_count(const char *flat, enum lang lang)
{
    size_t count = 0;
    for (size_t at = 0; flat[at]; at++) {
        for (size_t w = 0; own_words[lang][w] != NULL; w++)
            count += proofread_word_at(flat, at, own_words[lang][w]);
    }
    return count;
}

static void check_language(struct proofreader *reader,
                           const struct passage *passage)
{
    if (passage->lang == LANG_UNKNOWN)
        return;
    enum lang own = (enum lang)passage->lang;
    enum lang other = own == LANG_FR ? LANG_EN : LANG_FR;
    size_t foreign = own_count(passage->flat, other);
    if (foreign >= 2 && foreign > own_count(passage->flat, own))
        proofread_warn(reader, passage, 0, "language",
                       "this is '%s' text: expected '%s'", lang_code(other),
                       lang_code(own));
}

static void check_list(struct proofreader *reader,
                       const struct passage *passage, const char *code,
                       const struct wrong_word *words, size_t count)
{
    for (size_t at = 0; passage->flat[at]; at++) {
        for (size_t w = 0; w < count && words[w].found != NULL; w++) {
            if (proofread_word_at(passage->flat, at, words[w].found))
                proofread_warn(reader, passage, at, code, "'%s': expected '%s'",
                               words[w].found, words[w].instead);
        }
    }
}

/* --- abbreviations -------------------------------------------------------- */

static bool is_roman(const char *word)
{
    return word[strspn(word, "IVXLC")] == '\0';
}

/* "(ABC", "ABC :", "ABC:" say what it stands for; so does the lexicon. */
static bool is_explained(const struct proofreader *reader, const char *word,
                         int lang)
{
    for (size_t a = 0; a < reader->abbreviation_count; a++) {
        if (text_same(reader->abbreviations[a].text, word) &&
            (reader->abbreviations[a].lang == LANG_UNKNOWN ||
             lang == LANG_UNKNOWN || reader->abbreviations[a].lang == lang))
            return true;
    }
    size_t size = strlen(word);
    for (size_t p = 0; p < reader->count; p++) {
        const char *flat = reader->passages[p].flat;
        for (const char *at = flat; (at = strstr(at, word)) != NULL;
             at += size) {
            const char *end = at + size;
            if ((at > flat && at[-1] == '(') || *end == ':' ||
                strncmp(end, " :", 2) == 0)
                return true;
        }
    }
    return false;
}

static bool is_told(const struct proofreader *reader, const char *word)
{
    const char *sign = arena_format(reader->arena, "'%s'", word);
    for (size_t r = 0; r < reader->out->count; r++) {
        const struct remark *remark = &reader->out->remarks[r];
        if (text_same(remark->code, "abbreviation") &&
            text_starts(remark->message, sign))
            return true;
    }
    return false;
}

static void check_abbreviations(struct proofreader *reader,
                                const struct passage *passage)
{
    const char *flat = passage->flat;
    for (size_t at = 0; flat[at]; at++) {
        size_t size = 0;
        while (isupper((unsigned char)flat[at + size]))
            size++;
        const char *word = arena_slice(reader->arena, flat + at, size);
        if (size >= 2 && proofread_word_at(flat, at, word) && !is_roman(word) &&
            !is_explained(reader, word, passage->lang) &&
            !is_told(reader, word))
            proofread_warn(reader, passage, at, "abbreviation",
                           "'%s' is explained nowhere: expected \"words "
                           "(%s)\" once, or a line of "
                           "templates/prose/lexicon.csv",
                           word, word);
        at += size > 0 ? size - 1 : 0;
    }
}

void proofread_words(struct proofreader *reader, const struct passage *passage)
{
    if (proofread_lang(passage, LANG_FR))
        check_list(reader, passage, "accent", accents, COUNT_OF(accents));
    if (passage->lang != LANG_UNKNOWN)
        check_list(reader, passage, "neutral", loaded[passage->lang],
                   COUNT_OF(loaded[0]));
    check_language(reader, passage);
    check_abbreviations(reader, passage);
}
