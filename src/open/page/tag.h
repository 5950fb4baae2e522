/* SPDX-License-Identifier: EUPL-1.2 */
/* page/tag.h - what a piece of a page means: the structure that assistive
 * technology reads.
 *
 * Roles are the standard structure types of PDF 1.7. A tag is data; the
 * device turns it into a structure element. */
#ifndef PAGE_TAG_H
#define PAGE_TAG_H

#include "base/base.h"

enum tag_role {
    TAG_DOCUMENT,
    TAG_SECT,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_P,
    TAG_CAPTION,
    TAG_TABLE,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_L,
    TAG_LI,
    TAG_LBL,
    TAG_LBODY,
    TAG_FIGURE,
    TAG_TOC,
    TAG_TOCI,
    TAG_LINK,
    TAG_NOTE,
    TAG_REFERENCE,
    TAG_BIBENTRY,
    TAG_INDEX,
    TAG_SPAN,
    TAG_ROLE_COUNT,
};

enum tag_scope { /* of a TH */
                 SCOPE_NONE,
                 SCOPE_COLUMN,
                 SCOPE_ROW,
};

enum tag_numbering { /* of an L */
                     NUMBERING_NONE,
                     NUMBERING_DISC,
                     NUMBERING_DECIMAL,
};

struct tag {
    enum tag_role role;
    enum tag_scope scope;
    enum tag_numbering numbering;
    const char *alt;        /* of a Figure; "" otherwise */
    const char *lang;       /* "en" in a text of another language; NULL or "":
                               the language of its parent */
    uint16_t rows, columns; /* that a TH or TD spans; 0 and 1: one */
    const char *expansion;  /* of an abbreviation; NULL none */
};

/* Elements are numbered from 0; element 0 is the Document. */
#define TAG_ROOT 0
/* Running heads, rules, backgrounds: not part of the text. */
#define TAG_ARTIFACT (-1)

const char *tag_name(enum tag_role role); /* "Document", "H1", "TD", ... */

#endif
