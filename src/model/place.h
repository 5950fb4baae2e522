/* SPDX-License-Identifier: EUPL-1.2 */
/* model/place.h - places in sentences: en Bretagne, dans le Finistère, à La
 * Réunion, de l’Ain.
 *
 * The store gives each territory's `article`: two French prefixes separated by
 * '|', each with its trailing space or apostrophe: "dans le |du ",
 * "dans l’|de l’", "en |de ", "à |de ". Empty: "à " and "de " ("d’" before a
 * vowel or mute h as the plain rule of French). English uses "in X", "of X". */
#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

#include "model/code.h"

/* "en Bretagne", "in Bretagne". */
char *place_in(struct arena *arena, enum lang lang, const struct node *place);
/* "de Bretagne", "of Bretagne". */
char *place_of(struct arena *arena, enum lang lang, const struct node *place);
/* The name alone, with typographic apostrophe. */
char *place_name(struct arena *arena, enum lang lang, const struct node *place);
/* Level word: store levels are data; "région", "département" come from the
 * registry key "level.<level>.fr" / ".en" when present, else the code. */
const char *place_level(const struct codes *codes, enum lang lang,
                        const char *level);

#endif
