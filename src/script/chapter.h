/* SPDX-License-Identifier: EUPL-1.2 */
/* script/chapter.h - one chapter alone: what stands from one heading of level 1
 * to the next, for editors who try a page.
 *
 * page() runs as a whole, but figures outside the chapter are not drawn.
 * A script makes its blocks in reading order, so the headings counted so far
 * say where a figure will stand; a script that does not is run again with
 * every figure drawn. */
#ifndef SCRIPT_CHAPTER_H
#define SCRIPT_CHAPTER_H

#include "script/page.h"

/* The words of a figure that was left out. */
extern const char chapter_undrawn[];

/* False while a figure would stand outside the chapter that is wanted, and
 * where only texts are. */
bool chapter_draws(const struct page *page);
/* True when the chapter's blocks hold a figure that was left out. */
bool chapter_is_short(const struct page *page);
/* Keeps only the blocks of the chapter of the job; links to what is not there
 * become plain text. ERR_USAGE says how many chapters there are. */
bool chapter_keep(struct page *page, struct err *err) MUST_USE;

#endif
