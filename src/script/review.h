/* SPDX-License-Identifier: EUPL-1.2 */
/* script/review.h - what the pages of a release in review tell its reviewers.
 *
 * A guarded verb says what a rule allowed it to say. Whoever reviews a report
 * is to see that rule next to the sentence: in the state "review" a note after
 * each paragraph with such verbs tells their rules and the values that they
 * were decided on. Figures, tables and headings keep their numbers. */
#ifndef SCRIPT_REVIEW_H
#define SCRIPT_REVIEW_H

#include "script/page.h"

/* Adds the notes to the blocks of the page; nothing in another state. */
void review_add_rules(struct page *page);

#endif
