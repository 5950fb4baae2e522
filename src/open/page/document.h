/* SPDX-License-Identifier: EUPL-1.2 */
/* page/document.h - one document: blocks in reading order, made by a report's
 * page(), printed by every format.
 *
 * A document is data: no positions, no fonts. The PDF engine lays it out, the
 * HTML and workbook writers walk it. All numbers in it are cleared values with
 * their status; `grid` cells keep both the typed value and the text shown. */
#ifndef PAGE_DOCUMENT_H
#define PAGE_DOCUMENT_H

#include "pub/edition.h"
#include "scene/scene.h"

enum run_style {
    RUN_PLAIN = 0,
    RUN_BOLD = 1,
    RUN_ITALIC = 2,
    RUN_SUPERSCRIPT = 4,
    RUN_REFERENCE = 8, /* its link tells of something elsewhere: a figure, a
                          note, a source */
    RUN_PAPER = 16,    /* only where there are pages */
    RUN_PAGE = 32,     /* stands for the number of the page it leads to */
    RUN_BREAK = 64,    /* its text, a space, ends the line where lines end */
};

struct note;

/* A piece of a paragraph; texts are already typographic. Of the fields from
 * `anchor` on, NULL is none. */
struct run {
    const char *text;
    unsigned style;     /* enum run_style bits */
    const char *href;   /* "" none; "#id" inside the document; "@fig:id" and the
                           like until structure_resolve */
    const char *anchor; /* id of this place */
    const char *expansion;   /* of an abbreviation */
    const char *lang;        /* "en": not the document's own */
    const struct note *note; /* called here, for the first time */
    const char *where;       /* file and line it comes from, for messages */
};

struct runs {
    const struct run *run;
    size_t count;
};

/* Said at the foot of the page, or at the end where there are no pages. */
struct note {
    int number;     /* from 1; 0 until structure_resolve */
    const char *id; /* its anchor */
    struct runs text;
};

enum grid_align {
    ALIGN_LEFT,
    ALIGN_RIGHT,
    ALIGN_CENTRE,
};

struct grid_column {
    const char *id;      /* machine name, snake_case */
    const char *heading; /* shown */
    const char *unit;    /* shown under the heading, "" none */
    const char *group;   /* whose name is printed above this column and those
                            beside it, see column_head.h; "" or NULL none */
    enum grid_align align;
    int decimals;
    bool header;  /* cells are row headers */
    double width; /* relative, 0: by content */
};

struct grid_cell {
    const char *text;               /* as shown: "354,9", "c", "Bretagne" */
    bool number;                    /* a numeric column's cell */
    enum availability availability; /* AVAILABLE for text cells */
    double value;                   /* when number and AVAILABLE */
    unsigned flags;
    int coarser; /* decimals fewer than the column's, see pub_decimals */
    const char *cell_id; /* pub_cell_id, "" for text */
    bool limit;          /* of the interval of the value before */
    bool alone;  /* a limit that is withheld though its value is shown */
    bool narrow; /* a limit that is printed like the other one */
};

struct grid {
    const char *id; /* stable name: sheet and file names */
    const struct grid_column *columns;
    size_t column_count;
    const struct grid_cell *cells; /* [rows * columns] */
    size_t rows;
    const unsigned char *emphasis; /* [rows] 0 plain, 1 total or group row */
};

/* Lines of the block under every table and figure, in their order. */
enum caption_line {
    CAPTION_UNIT,
    CAPTION_SCOPE,   /* Champ */
    CAPTION_READING, /* Lecture */
    CAPTION_NOTE,
    CAPTION_SOURCE,
    CAPTION_LINES,
};

/* The block under every table and figure (Insee/DREES practice); "" absent.
 * Until structure_resolve, scope, reading, note and source may refer to
 * something, "[@fig:id]"; then they have its words, and `linked` the same
 * lines with their links. */
struct caption {
    const char *title;
    const char *unit;
    const char *scope;
    const char *reading;
    const char *note;
    const char *source;
    const struct runs *linked; /* [CAPTION_LINES], none where nothing refers;
                                  NULL: no line does */
    const char *where; /* file and line it comes from, for messages; or NULL */
};

struct map_job;

struct figure {
    const char *id;            /* stable name: file names of SVG and PNG */
    const struct scene *scene; /* NULL: `words` are printed instead */
    const char *words;         /* why there is no picture, "" */
    const struct grid *data;   /* the numbers drawn, for readers of tables */
    /* Draws `job` again, as high as this; NULL where that is not possible, as
     * of a map. Returns NULL when it fails. */
    const struct scene *(*redraw)(struct arena *arena,
                                  const struct fonts *fonts, const void *job,
                                  double height_pt);
    const void *job;
    /* Of one map: what it was drawn from; NULL of what is none. */
    const struct map_job *map;
};

/* A rule of figures that one of them does without. */
struct figure_waiver {
    const char *figure; /* its id */
    const char *kind;   /* "uncertainty", "source" */
    const char *reason; /* for readers, one line */
};

/* A value that a text says: what editors must read again when it changes. */
struct said {
    const char *section; /* the heading before, "" none */
    const char *file;    /* the template, or the script of a text of its own */
    int line;            /* there; 0 unknown */
    const char *name;    /* of {name} */
    const char *text;    /* as printed */
    const char *cell_id; /* "" for what is no cell */
    const struct pub_table *table; /* of the value said, or NULL */
    size_t row, column;
    bool interval;    /* the bounds of the cell are said, not its value */
    bool about;       /* said as num_format_about does */
    const char *rule; /* that allowed a guarded verb, "" for other values */
};

struct key_figure {
    const char *value; /* "433 136" */
    const char *label;
    const char *detail; /* interval, change, period; "" none */
    const char *cell_id;
};

/* A place of the index, or the pages from it up to another one. */
struct index_place {
    const char *from;  /* anchor */
    const char *past;  /* anchor of what comes after; "" a single place */
    const char *words; /* for readers without pages: the section it is in */
};

struct index_entry {
    const char *term;
    const struct index_place *places;
    size_t count;
};

enum heading_kind {
    HEADING_BODY,
    HEADING_ANNEX, /* A, B: level 1 */
    HEADING_FREE,  /* has no number */
};

enum block_kind {
    BLOCK_COVER,    /* text: subtitle; items: lines below */
    BLOCK_CONTENTS, /* table of contents of headings 1-2; level: how many
                       levels of headings have numbers */
    BLOCK_FIGURES,  /* list of figures */
    BLOCK_TABLES,   /* list of tables */
    BLOCK_HEADING,  /* level 1-4, text, id, heading */
    BLOCK_PARAGRAPH,
    BLOCK_LIST,    /* items, bulleted */
    BLOCK_NOTE,    /* boxed remark: text runs */
    BLOCK_LISTING, /* lines of a script: items, blanks kept */
    BLOCK_KEY_FIGURES,
    BLOCK_TABLE,  /* grid + caption */
    BLOCK_FIGURE, /* figure + caption */
    BLOCK_PAGE_BREAK,
    BLOCK_COLUMNS,  /* side by side: `children`, 2 figures or tables */
    BLOCK_SECTION,  /* from here on pages and columns are so, to the next one */
    BLOCK_GLOSSARY, /* items, a term in bold at the head of each */
    BLOCK_ABBREVIATIONS, /* items: those that the document uses */
    BLOCK_BIBLIOGRAPHY,  /* items: the sources cited, numbered from 1 */
    BLOCK_INDEX,         /* entries */
};

struct block {
    enum block_kind kind;
    int level;
    bool landscape; /* section: pages on their side */
    int columns;    /* section: of running text, 1 or 2 */
    const char *id; /* anchor, "" none */
    enum heading_kind heading;
    const char *label; /* number of a heading, figure or table, as printed:
                          "1.2", "Figure 3"; NULL none */
    struct runs text;
    const struct runs *items;
    size_t item_count;
    const unsigned char *depths; /* of a list, [item_count]: lists that the one
                                    of each item is in; NULL: none are */
    const struct key_figure *figures;
    size_t figure_count;
    const struct grid *grid;
    const struct figure *figure;
    struct caption caption;
    const struct block *children;
    size_t child_count;
    const struct index_entry *entries;
    size_t entry_count;
    size_t said_first, said_past; /* of the document's: values in its texts */
};

struct document {
    const char *name; /* file name without extension: "departement-29" */
    const char
        *directory; /* inside the release: "territoires/departement-29" */
    enum lang lang;
    const char *title, *subtitle;
    const char *description; /* one sentence, metadata */
    const char *theme; /* file of its house style; NULL that of templates/ */
    const struct edition *edition;
    const struct node *territory; /* or NULL */
    const struct block *blocks;
    size_t block_count;
    const struct pub_table *const *datasets; /* open data exported */
    size_t dataset_count;
    const struct standard *standards; /* all those of the project */
    size_t standard_count;
    const struct figure_waiver *waivers;
    size_t waiver_count;
    const struct said *said; /* in reading order */
    size_t said_count;
    const char *const *formats; /* names in formats[] */
    size_t format_count;
    const char *const *cited; /* keys of the bibliography, in its order */
    size_t cited_count;
};

#endif
