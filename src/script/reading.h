/* SPDX-License-Identifier: EUPL-1.2 */
/* script/reading.h - the sentence that says how a table or figure is read.
 *
 * « Lecture : en Bretagne, de 2019 à 2023, chez les hommes de 80 à 84 ans, le
 * taux d’incidence du cancer du poumon est de 48,2 cas pour 100 000
 * personnes-années (intervalle de confiance à 95 % : de 46,1 à 50,4). » One
 * real cell, in words; what cannot be put in a sentence safely stands after a
 * colon. Sites have the names of script/site_words.h. */
#ifndef SCRIPT_READING_H
#define SCRIPT_READING_H

#include "script/grid.h"

/* "" without a cell to read. */
const char *reading_sentence(struct page *page,
                             const struct caption_facts *facts);

#endif
