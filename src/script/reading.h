/* SPDX-License-Identifier: EUPL-1.2 */
/* script/reading.h - the sentence that says how a table or figure is read.
 *
 * « Lecture : en Bretagne, de 2019 à 2023, chez les hommes de 80 à 84 ans, le
 * taux par âge est de 48,2 [IC95 % : 46,1 ; 50,4] pour 100 000
 * personnes-années. » One real cell, in words; what cannot be put in a
 * sentence safely stands after a colon. */
#ifndef SCRIPT_READING_H
#define SCRIPT_READING_H

#include "script/grid.h"

/* "" without a cell to read. */
const char *reading_sentence(struct page *page,
                             const struct caption_facts *facts);

#endif
