/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_book.h - which pages a document has on the web.
 *
 * A document is one page, DIRECTORY/NAME.html. A long report, one with
 * contents and more chapters than a reader takes in at once, is a page a
 * chapter: NAME.html holds what stands before the first one, chapters are
 * NAME-ID.html after the id of their heading, or after its words where the
 * script gave none. A chapter with many figures has pages for its sections
 * too. The choice depends on headings and figures, never on what they say, so
 * that addresses stay what they are from one edition to the next. */
#ifndef FORMAT_HTML_BOOK_H
#define FORMAT_HTML_BOOK_H

#include "page/document.h"

struct html_leaf {               /* one page */
    const char *name;            /* "national-incidence", stable */
    const char *file;            /* NAME.html */
    size_t first, past;          /* its blocks */
    const struct block *heading; /* it begins with; NULL the entry */
    size_t chapter; /* number of the page that its chapter begins with */
    bool divided;   /* a chapter whose sections have pages */
};

struct html_book {
    struct arena *arena;
    const struct document *document;
    struct html_leaf *leaves;
    size_t count, capacity;
    const char **ids;   /* [block] of headings */
    struct map *places; /* id: number of its page */
};

/* The pages of a document in reading order, the entry first. */
struct html_book *html_book_new(struct arena *arena,
                                const struct document *document);

/* Where a link of the page `from` leads: "#id" of another page gets its file
 * before it; all other addresses stay. */
const char *html_book_link(const struct html_book *book, size_t from,
                           const char *href);

#endif
