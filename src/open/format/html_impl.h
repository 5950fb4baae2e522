/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_impl.h - the parts of the HTML format. */
#ifndef FORMAT_HTML_IMPL_H
#define FORMAT_HTML_IMPL_H

#include "format/format.h"
#include "format/html_book.h"
#include "format/xlsx_books.h"

struct html_page { /* being written */
    struct arena *scratch;
    const struct format_job *job;
    const struct html_book *book;
    const struct xlsx_books *workbooks; /* offered beside the pages */
    size_t leaf;                        /* number of this page */
    enum lang lang;
    struct text out;
    struct svg_outlines *outlines; /* of its pictures */
    size_t figures;                /* so far: prefixes of their ids */
    int level;                     /* of the last heading */
    const struct note **notes;     /* called so far */
    size_t note_count, note_capacity;
};

/* --- html.c --- */
void html_add(struct html_page *page, const char *markup);
void html_xml(struct html_page *page, const char *text);
void html_around(struct html_page *page, const char *before, const char *text,
                 const char *after);
const char *html_words(const struct html_page *page, const char *key);

/* The file of one page of the document. */
const char *html_path(struct arena *scratch, const struct format_job *job,
                      const struct html_leaf *leaf);

/* --- html_block.c --- */
/* `block` is one of the document's. */
void html_block(struct html_page *page, const struct block *block);
/* The notes that the blocks before called. */
void html_notes(struct html_page *page);

/* --- html_table.c --- */
/* What opens and closes the title of a table inside its caption; "" none. */
struct html_marks {
    const char *open, *close;
};

/* A table with its title and, below it, what its signs mean. */
void html_table(struct html_page *page, const struct grid *grid,
                const char *title, struct html_marks marks);

/* --- html_picture.c --- */
/* The picture of a figure, in a place that scrolls where the screen is too
 * narrow for its letters. */
void html_picture(struct html_page *page, const struct scene *scene,
                  const char *title);

/* --- html_read.c --- */
/* Reads the finished pages back: the cells of their tables are those of the
 * document's grids, in their order, and each page has an end. */
bool html_verify(const struct format_job *job, struct err *err);

#endif
