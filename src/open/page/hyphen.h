/* SPDX-License-Identifier: EUPL-1.2 */
/* page/hyphen.h - where words may be broken, by language.
 *
 * Patterns are those of the Debian packages hyphen-fr and hyphen-en-us. Only
 * lower-case words of five letters and more are broken, never within two
 * letters of the start or three of the end: names and abbreviations stay
 * whole, and so do addresses of mail and of the web. */
#ifndef PAGE_HYPHENATION_H
#define PAGE_HYPHENATION_H

#include "base/err.h"
#include "model/code.h"

struct hyphenator;

/* ERR_INPUT names the missing file and its package. */
bool hyphenator_open(struct arena *arena, enum lang lang,
                     struct hyphenator **out, struct err *err) MUST_USE;
void hyphenator_close(struct hyphenator *hyphenator); /* NULL is fine */
/* Bytes before which a hyphen may be put, ascending, at most `limit`. */
size_t hyphenator_breaks(const struct hyphenator *hyphenator, const char *word,
                         size_t size, size_t *breaks, size_t limit);

#endif
