/* SPDX-License-Identifier: EUPL-1.2 */
/* base/utf8.h - UTF-8, checked once at the edge of the program. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

/* True when `size` bytes are well-formed UTF-8 (no surrogates, no overlong
 * forms, at most U+10FFFF) without NUL. */
bool utf8_valid(const char *at, size_t size) MUST_USE;
/* The first character of a valid text that no page shows: a control character
 * but tabulator and ends of lines, one that turns the order of those after it
 * around (U+202A to U+202E, U+2066 to U+2069), or none at all (U+FFFE). 0:
 * there is none. */
uint32_t utf8_hidden(const char *text);
/* Decodes the code point at *at and moves *at past it. Input is valid UTF-8. */
uint32_t utf8_next(const char **at);
/* Writes one code point, 1-4 bytes, into out[5] with a final NUL. */
size_t utf8_write(uint32_t point, char out[5]);
size_t utf8_count(const char *text); /* code points */
/* Lower case without accents or ligatures (œ -> oe), for search and French
 * collation of place names and sites. */
char *utf8_fold(struct arena *arena, const char *text);
/* French dictionary order: accents and case decide only between equals. */
int utf8_collate(const char *a, const char *b);
/* "Œsophage" -> "œsophage", "TSM" -> "TSM": a small first letter, but of an
 * abbreviation. */
char *utf8_uncapital(struct arena *arena, const char *text);
/* "œsophage" -> "Œsophage": a capital first letter, as a cell begins. */
char *utf8_capital(struct arena *arena, const char *text);
/* "Provence-Alpes-Côte d'Azur" -> "provence-alpes-cote-d-azur": file names. */
char *utf8_slug(struct arena *arena, const char *text);

#endif
