/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout.h - a document set on pages.
 *
 * Layout turns blocks into pages: pages hold *slabs*, pieces of the column
 * that are never cut (a line, a table row, a figure), and slabs hold marks
 * with their place inside the slab. Marks belong to structure elements, which
 * are numbered in reading order, parents first. Nothing here knows PDF.
 *
 * The result is a function of document, theme and fonts. Units are points,
 * y downwards. A document with a BLOCK_CONTENTS gets a full cover page and
 * starts each heading of level 1 on a new page; without one, its cover is a
 * band at the top of the first page, so that a profile fits on two pages.
 * Heading levels in the structure never skip one.
 *
 * Pages are those of the theme or, in a landscape section and where a table
 * would lose columns otherwise, the same on their side. A figure or table that
 * does not fit on the page of its call waits for the next page, and the text
 * that follows it, as far as the next heading, fills the first: its place in
 * the structure stays that of its call.
 *
 * A chapter is filled in a few ways, and the one that leaves the least white
 * and cuts the fewest tables, and these least near their ends, is kept: a table
 * that would be cut may begin on the next page, it and what is above may be set
 * lower, an annex may begin below the end of another one. The index begins
 * below the lists where all of it fits. The white end of a page is shared out
 * among its charts, which are drawn higher, its rows and the gaps around its
 * blocks.
 *
 * Notes stand at the foot of the page that calls them; a long one that does not
 * fit goes on at the foot of the next. Page numbers in the text are set as wide
 * as in the first try; where one has another width, the document is set once
 * more. */
#ifndef PAGE_LAYOUT_H
#define PAGE_LAYOUT_H

#include "page/document.h"
#include "page/tag.h"
#include "page/theme.h"

enum layout_kind {
    LAYOUT_TEXT,
    LAYOUT_FILL,
    LAYOUT_SCENE,
    LAYOUT_LOGO,
};

struct layout_mark {
    enum layout_kind kind;
    int element;       /* or TAG_ARTIFACT */
    int link;          /* of this text, or -1 */
    int anchor;        /* place that begins here, or -1 */
    int page_of;       /* place whose page number the text begins with, or -1 */
    double x_pt, y_pt; /* text: start of the baseline; else top left; in the
                          slab, x from the left edge of the page */
    uint32_t colour;
    /* text */
    const char *text; /* a soft hyphen at the end prints as a hyphen */
    size_t size;
    enum font_style style;
    double size_pt, word_space_pt;
    double width_pt;  /* text, fill, logo */
    double height_pt; /* fill, logo; text: height of its line, for links */
    /* scene */
    const struct scene *scene;
    const struct figure *figure; /* that it is a picture of; NULL: of none */
    double scale;
    const struct theme_logo *logo;
};

struct layout_slab {
    double height_pt;
    struct layout_mark *marks;
    size_t mark_count;
    bool line; /* one line of running text, which may be numbered */
};

struct layout_placed {
    const struct layout_slab *slab;
    double x_pt;   /* added to its marks: not 0 in the second column */
    double y_pt;   /* of its top, on the page */
    bool repeated; /* head of a table that goes on: all of it is artifact */
};

struct layout_page {
    double width_pt, height_pt;
    bool turned; /* on its side */
    struct layout_placed *slabs;
    size_t slab_count;
    struct layout_slab head, foot; /* running, artifacts; placed at y 0 */
};

struct layout_element {
    int parent; /* -1 for the root */
    struct tag tag;
};

struct layout_link {
    int element;
    const char *href;  /* of a resource; "" inside the document */
    int heading;       /* target inside the document, or -1 */
    const char *words; /* what it leads to */
};

/* A place that links may lead to. */
struct layout_heading {
    enum block_kind kind; /* heading, figure, table; paragraph: other places */
    int level;            /* of a heading, else 0 */
    const char *title;    /* with its number */
    const char *id;       /* "" none */
    size_t page;          /* from 0 */
    double y_pt;
};

struct layout {
    struct layout_page *pages;
    size_t page_count;
    size_t front_count; /* pages numbered i, ii, ...; the next one is 1 */
    struct layout_element *elements;
    size_t element_count;
    struct layout_link *links;
    size_t link_count;
    struct layout_heading *headings;
    size_t heading_count; /* all places */
    size_t split_tables;  /* tables whose columns did not fit together */
};

/* ERR_INPUT when a hyphenation file is missing, ERR_SCRIPT when a link leads
 * to no heading. Everything belongs to `arena`. */
bool layout_document(struct arena *arena, const struct document *document,
                     const struct theme *theme, const struct fonts *fonts,
                     struct layout **out, struct err *err) MUST_USE;

#endif
