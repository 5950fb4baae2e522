/* SPDX-License-Identifier: EUPL-1.2 */
/* page/lexicon.h - what editors keep beside their prose: abbreviations of a
 * language and the publications that texts may cite.
 *
 * Both are CSV files of the project; a file that does not exist is an empty
 * list. Texts are UTF-8, never NULL, and belong to the arena. */
#ifndef PAGE_LEXICON_H
#define PAGE_LEXICON_H

#include "base/arena.h"
#include "base/err.h"

struct abbreviation {
    const char *text;      /* "TSM" */
    const char *expansion; /* "taux standardisé monde" */
};

struct publication {
    const char *key;     /* "garwood1936", a-z 0-9 - */
    const char *authors; /* "Fay MP, Feuer EJ" */
    const char *title;
    const char *source; /* journal or publisher, year, volume, pages */
    const char *doi;    /* "10.1093/...", "" none */
    const char *lang;   /* of title and source: "en"; "" not told */
};

struct lexicon {
    const struct abbreviation *abbreviations;
    size_t abbreviation_count;
    const struct publication *publications;
    size_t publication_count;
};

/* Columns `abbreviation,expansion`; ERR_INPUT for an empty or double one. */
bool lexicon_read_abbreviations(struct arena *arena, const char *path,
                                struct lexicon *lexicon,
                                struct err *err) MUST_USE;
/* Columns `key,authors,title,source` and, where they are told, `doi,lang`;
 * ERR_INPUT for a key that is double or has other letters, an empty author,
 * title or source, or a language that is none. */
bool lexicon_read_publications(struct arena *arena, const char *path,
                               struct lexicon *lexicon,
                               struct err *err) MUST_USE;

#endif
