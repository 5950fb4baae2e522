/* SPDX-License-Identifier: EUPL-1.2 */
/* model/locale_impl.h - the sentences, theme by theme, for locale.c and its
 * test. */
#ifndef MODEL_LOCALE_IMPL_H
#define MODEL_LOCALE_IMPL_H

#include "model/locale.h"

struct sentence {
    const char *key;
    const char *text[LANG_COUNT];
};

struct sentence_list {
    const struct sentence *at;
    size_t count;
};

extern const struct sentence_list locale_text_values;
extern const struct sentence_list locale_text_figures;
extern const struct sentence_list locale_text_pages;

/* Sentence `number`, counted from 0 through all lists; NULL after the last. */
const struct sentence *locale_sentence(size_t number);

#endif
