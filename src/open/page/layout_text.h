/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_text.h - paragraphs between breaking and drawing. */
#ifndef PAGE_LAYOUT_TEXT_H
#define PAGE_LAYOUT_TEXT_H

#include "page/layout_impl.h"

/* A piece is text of one style; an atom is pieces that stay together; between
 * atoms a line may end. */
struct piece {
    const char *text;
    size_t size;
    enum font_style font;
    double size_pt, rise_pt, width_pt;
    int element, link;
    int anchor, page_of; /* places, or -1 */
    struct called_note *note;
    bool link_colour;
};

struct atom {
    size_t first, count; /* pieces */
    double width_pt;
    double space_pt; /* before it; 0 after a hyphen */
    bool hyphen;     /* printed and read as a soft hyphen at a line's end */
    bool starts;     /* a line, whatever room the one before has left */
};

struct line {
    size_t first, count; /* atoms */
    double width_pt;
    size_t spaces;
    bool last; /* of the paragraph, or before an atom that starts one */
};

struct paragraph {
    struct text_style style;
    double width_pt;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    struct atom *atoms;
    size_t atom_count, atom_capacity;
    struct line *lines;
    size_t line_count, line_capacity;
};

/* Does the paragraph end with this atom, or the line in any case? */
bool set_ends_line(const struct paragraph *paragraph, size_t atom);
/* Chooses the lines of a paragraph whose atoms are made: by optimum fit where
 * it is justified or may be hyphenated, else, or where that finds no way, by
 * first fit. */
void set_break_lines(struct setter *setter, struct paragraph *paragraph);

#endif
