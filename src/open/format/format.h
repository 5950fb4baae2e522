/* SPDX-License-Identifier: EUPL-1.2 */
/* format/format.h - documents to files, one entry per format.
 *
 * A format writes the files of one document into a staging directory and can
 * read its own finished files back to check every number against the edition.
 * Same document, same bytes: no clock, no path, no library time stamp. */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "page/document.h"

struct format_job {
    const struct document *document;
    const struct fonts *fonts;
    const char *root;      /* staging directory of the release */
    const char *templates; /* directory of templates/ */
    size_t *compared;      /* verify adds here how many numbers, and signs in
                              the place of one, it found to be those of their
                              cells; NULL when nobody asks */
};

struct format {
    const char *name;      /* "pdf", "xlsx", "html", "svg", "png", ... */
    const char *extension; /* ".pdf" */
    const char *media_type;
    /* Writes DIRECTORY/NAME.ext (several files for figures and csv) under root.
     */
    bool (*write)(const struct format_job *job, struct err *err);
    /* Reads what write made back and compares it with the document and its
     * edition. ERR_DISAGREE names file and cell id. */
    bool (*verify)(const struct format_job *job, struct err *err);
};

extern const struct format format_pdf;  /* the document */
extern const struct format format_xlsx; /* cover, contents, notes, one sheet a
                                           grid */
extern const struct format format_html; /* self-contained page */
extern const struct format format_svg;  /* each figure: NAME-FIGURE.svg */
extern const struct format format_png;  /* each figure */
extern const struct format format_figure_pdf; /* each figure, a page each:
                                                 NAME-FIGURE.pdf */
extern const struct format format_csv;        /* each data set: TABLE.csv, its
                                      Table Schema, code lists under codes/,
                                      tableur/TABLE.csv for spreadsheets */

extern const struct format *const formats[];        /* NULL ended */
const struct format *format_find(const char *name); /* or NULL */
/* Whether it is among the formats of the document. */
bool format_published(const struct format *format,
                      const struct document *document);

/* How many cells of a grid hold a number or a sign in the place of one. */
size_t format_numbers(const struct grid *grid);
void format_compared(const struct format_job *job, size_t numbers);

#endif
