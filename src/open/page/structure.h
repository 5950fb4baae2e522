/* SPDX-License-Identifier: EUPL-1.2 */
/* page/structure.h - what only the whole document can tell about its parts.
 *
 * page() makes blocks one after the other; structure_resolve then gives
 * headings, figures, tables, notes and sources their numbers, replaces the
 * references of its texts by words and links, marks abbreviations, terms of
 * the glossary and places of the index, and fills the blocks that list them.
 * Numbers follow the order of reading: the same blocks have the same numbers.
 *
 * Figures and tables are numbered through the whole document, apart from each
 * other, where it has contents or a list of them; headings to the level that
 * the contents ask for; annexes A, B; notes through the document; sources in
 * the order in which they are first cited.
 *
 * A reference is a run whose href is "@KIND:ID": fig, tab, sec, ref or idx (a
 * place of the index, invisible); with a capital, "@Fig:ID", at the head of a
 * sentence. In running text it tells the page too; in headings and captions,
 * which are lists' and files' words as well, it does not. A heading cites no
 * source, a caption marks no place of the index, and titles of figures and
 * tables and their units, which name files and axes, refer to nothing. Anchors
 * of figures and tables are "fig-ID" and "tab-ID", those of headings their own.
 */
#ifndef PAGE_STRUCTURE_H
#define PAGE_STRUCTURE_H

#include "page/document.h"
#include "page/lexicon.h"

/* Replaces the blocks of `document`; what they share with the old ones stays.
 * ERR_SCRIPT names file and line of an unknown or unnumbered figure, table,
 * section or source, and the nearest name. */
bool structure_resolve(struct arena *open, const struct lexicon *lexicon,
                       struct document *document, struct err *err) MUST_USE;
/* A heading with nothing under it is an empty frame; a chapter would be an
 * empty page. Of a document that is resolved, with its lists; ERR_SCRIPT names
 * file and line of the first one. */
bool structure_has_content(struct arena *arena, const struct document *document,
                           struct err *err) MUST_USE;

/* Bytes of the reference "[@fig:id]" that begins here, 0 for none. */
size_t structure_mark_size(const char *at);
/* "1.2 Incidence", "Figure 3 – Incidence": the title of a heading, figure or
 * table after its number. */
const char *structure_title(struct arena *arena, enum lang lang,
                            const struct block *block);
/* What goes before the text of a heading that has a number: "1.2 ". */
const char *structure_number_before(struct arena *arena, enum lang lang,
                                    const struct block *block);
/* Has the document a heading below its title? Where it has none, readers jump
 * to the titles of its tables and figures as to headings. */
bool structure_has_headings(const struct document *document);
/* Its anchor, "" none. */
const char *structure_anchor(struct arena *arena, const struct block *block);

#endif
