/* SPDX-License-Identifier: EUPL-1.2 */
/* model/locale_impl.h - the table of sentences, for locale.c and its test. */
#ifndef MODEL_LOCALE_IMPL_H
#define MODEL_LOCALE_IMPL_H

#include "model/locale.h"

struct sentence {
    const char *key;
    const char *text[LANG_COUNT];
};

extern const struct sentence locale_sentences[];
extern const size_t locale_sentence_count;

#endif
