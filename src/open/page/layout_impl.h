/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_impl.h - what the parts of the layout share.
 *
 * layout.c walks the blocks; layout_text.c makes paragraphs of runs,
 * layout_break.c breaks them into lines and layout_draw.c draws them;
 * layout_block.c, layout_table.c and layout_figure.c make slabs of blocks,
 * layout_beside.c of two side by side, layout_contents.c those that lead to
 * others; layout_place.c knows the places that links lead to; layout_page.c
 * puts slabs on pages, layout_lead.c, layout_over.c and layout_tail.c decide
 * what begins on the next one, layout_try.c tries that for a chapter and
 * layout_cost.c says what is wrong with its pages;
 * layout_note.c and layout_foot.c put notes at their foot; layout_tight.c and
 * layout_fill.c fit what is on them to their height, layout_air.c lists in
 * columns. */
#ifndef PAGE_LAYOUT_IMPL_H
#define PAGE_LAYOUT_IMPL_H

#include "base/map.h"
#include "page/hyphen.h"
#include "page/layout.h"

/* A page format: that of the theme or the same on its side. */
struct sheet {
    double width_pt, height_pt;
};

/* A note that a line calls. */
struct called_note {
    const struct note *note;
    struct slab **lines; /* made after the block that calls it */
    size_t line_count;
};

/* A column of blocks side by side. */
struct joined {
    struct slab **slabs;
    size_t count;
};

/* A slab while the column is being built. */
struct slab {
    struct layout_slab out;
    const struct sheet *sheet; /* that it was made for */
    bool narrow;               /* in one of two columns */
    int floating;              /* figure or table that it is part of, from 1;
                                  0: running text */
    size_t mark_capacity;
    double gap_pt;      /* above, dropped at the top of a page */
    double after_pt;    /* least gap, asked for by the block above */
    bool keep;          /* on the same page as the next slab */
    bool new_page;      /* starts one */
    bool runs_on;       /* but not where all of it fits on the page */
    bool shares;        /* nor where that is better, below another annex */
    bool bare;          /* fills its page, without running head and foot */
    bool sinks;         /* stands with what follows it at the foot of its page,
                           as an imprint does below the contents */
    double flex_pt;     /* height of its scenes, which may be made smaller */
    double flex_end_pt; /* marks from here on move up with them */
    double rise_pt;     /* height of its charts, which may be drawn higher */
    double fall_pt;     /* by which they may be drawn lower */
    double lowered_pt;  /* taken of its height so far, to make room */
    double air_pt;      /* that may come above an entry in columns */
    int heading;        /* that starts here, or -1 */
    bool rigid; /* lines of a row that stands on several slabs: no higher and
                   no lower than they are */
    const struct slab *repeat;   /* drawn again above this one when it is the
                                    first of a page; NULL none */
    const struct joined *joined; /* [2] the columns that it was joined of; NULL
                                    none */
    struct called_note **notes;  /* that stand at the foot of its page */
    size_t note_count, note_capacity;
};

struct measure_word;

struct setter { /* one layout being made */
    struct arena *arena;
    struct arena *scratch; /* paragraphs; emptied after each block and row */
    const struct document *document;
    const struct theme *theme;
    const struct fonts *fonts;
    struct hyphenator *hyphenator;
    enum lang lang;
    struct sheet sheets[2];    /* portrait, landscape */
    const struct sheet *sheet; /* one of them */
    int columns;               /* of running text */
    bool narrow;               /* a block is being set in one of them */
    int beside;              /* of blocks side by side, the one being set, from
                                1; 0: none */
    double title_pt, top_pt; /* least heights of their titles, and of these
                                with the heads of tables */
    int float_count;
    double left_pt, width_pt, height_pt; /* of the text column */
    bool report;     /* has contents: full cover, chapters on new pages */
    bool in_chapter; /* below a heading of level 1 */
    enum heading_kind last_kind; /* of the last of these */
    int body; /* heading that the pages numbered 1, 2, ... begin with, or
                 -1 */

    struct slab **slabs;
    size_t slab_count, slab_capacity;
    struct layout_element *elements;
    size_t element_count, element_capacity;
    struct layout_link *links;
    size_t link_count, link_capacity;
    struct layout_heading *headings; /* all of them, found beforehand */
    size_t heading_count, heading_capacity;
    struct map *places;         /* id to heading */
    int *block_place;           /* [block] its heading, or -1 */
    const struct layout *guess; /* the first try, which says how wide page
                                   numbers are; NULL in the first try */
    bool guessed_wrong;  /* a number in the text has another width than that */
    int tag_level;       /* of the last heading in the structure */
    double after_pt;     /* least gap above the next slab */
    bool after_contents; /* no heading since */
    struct called_note **notes; /* of the block being set */
    size_t note_count, note_capacity;
    struct measure_word **words; /* widths, by hash */
    size_t split_tables;
    struct err *err;
    bool failed;
};

/* --- layout.c --- */
int set_element(struct setter *setter, int parent, enum tag_role role);
struct slab *set_slab(struct setter *setter, double gap_pt);
/* Turns the page; the text column follows. */
void set_turn(struct setter *setter, bool landscape);
bool set_is_landscape(const struct setter *setter);
/* Sets what follows in the left half of the text column, 1, or in the right
 * one, 2; 0 in all of it. */
void set_beside(struct setter *setter, int column);
/* Room for marks whose number is known. */
void set_room(struct setter *setter, struct slab *slab, size_t marks);
/* Forgets all paragraphs. */
void set_forget(struct setter *setter);
/* A mark of a slab; fields but kind and element are for the caller. */
struct layout_mark *set_mark(struct setter *setter, struct slab *slab,
                             enum layout_kind kind, int element);
void set_fill(struct setter *setter, struct slab *slab, double x_pt,
              double y_pt, double width_pt, double height_pt, uint32_t colour);

/* --- layout_place.c --- */
void set_find_places(struct setter *setter);
/* The place of an id, or -1. */
int set_place(const struct setter *setter, const char *id);
int set_link(struct setter *setter, int element, int heading,
             const char *words);
bool set_resolve_links(struct setter *setter, struct err *err) MUST_USE;
/* The printed number of a place's page, as far as it is known. */
const char *set_page_number(struct setter *setter, int place);
/* Finds the places that are inside of slabs on the pages. */
void set_found_places(struct setter *setter, struct layout *layout);
/* Writes the numbers of pages, once all places are found. */
void set_fill_numbers(struct setter *setter, const struct layout *layout);

/* --- layout_note.c --- */
/* A note to be called by lines; NULL for NULL. */
struct called_note *set_call(struct setter *setter, const struct note *note);
void set_call_on(struct setter *setter, struct slab *slab,
                 struct called_note *note);
/* Makes the notes that the block called. */
void set_called_notes(struct setter *setter);

/* --- layout_text.c --- */
struct text_style {
    enum font_style font;
    double size_pt, leading_pt;
    uint32_t colour;
    enum grid_align align;
    bool justified;
    bool hyphenated;
};

struct paragraph; /* broken into lines */

/* Width of a piece of one line, kerning inside words included. */
double set_width(struct setter *setter, enum font_style font, double size_pt,
                 const char *text, size_t size);
/* Width of the widest unbreakable word. */
double set_least_width(struct setter *setter, const struct text_style *style,
                       const char *text);
/* The least width at which a text takes at most so many lines (1 or more); with
 * fewer words than lines, that of its widest word. */
double set_lines_width(struct setter *setter, const struct text_style *style,
                       const char *text, size_t lines);
/* Breaks runs into lines; runs with a link get Link elements under
 * `element`. */
struct paragraph *set_break(struct setter *setter, const struct runs *runs,
                            const struct text_style *style, double width_pt,
                            int element);
struct paragraph *set_break_text(struct setter *setter, const char *text,
                                 const struct text_style *style,
                                 double width_pt, int element);
/* For titles: as many lines as needed, of about the same length. */
struct paragraph *set_break_balanced(struct setter *setter,
                                     const struct runs *runs,
                                     const struct text_style *style,
                                     double width_pt, int element);
size_t set_line_count(const struct paragraph *paragraph);
double set_height(const struct paragraph *paragraph);
/* Draws lines [first, first + count) with their first top at x, y. */
void set_lines(struct setter *setter, struct slab *slab,
               const struct paragraph *paragraph, size_t first, size_t count,
               double x_pt, double y_pt);
/* One line without breaking, as `element`; returns its width. */
double set_line(struct setter *setter, struct slab *slab, int element,
                const struct text_style *style, const char *text, double x_pt,
                double y_pt);
/* One slab a line, without widows and orphans; no page or column ends with the
 * beginning of a cut word. */
void set_flow(struct setter *setter, const struct paragraph *paragraph,
              double x_pt, double gap_pt);
/* Moves the lines after the first one, which is slab `first`, to the right. */
void set_hang(struct setter *setter, size_t first, double indent_pt);
/* Plain text of runs. */
char *set_plain(struct setter *setter, const struct runs *runs);

/* --- blocks --- */
struct text_style set_style_body(const struct setter *setter);
struct text_style set_style_small(const struct setter *setter);
/* Of a figure or table. */
struct text_style set_style_title(const struct setter *setter);
void set_cover(struct setter *setter, const struct block *block);
void set_contents(struct setter *setter, const struct block *block);
void set_index(struct setter *setter, const struct block *block);
void set_heading(struct setter *setter, const struct block *block);
void set_list(struct setter *setter, const struct block *block);
/* Title of a figure or table, after its number. */
const char *set_title(struct setter *setter, const struct block *block);
/* What the title of a table or figure is: a heading in a short document that
 * has no other below its own title, else `usual`. */
enum tag_role set_title_role(const struct setter *setter, enum tag_role usual);
void set_listing(struct setter *setter, const struct block *block);
void set_note(struct setter *setter, const struct block *block);
void set_key_figures(struct setter *setter, const struct block *block);
void set_table(struct setter *setter, const struct block *block);
void set_figure(struct setter *setter, const struct block *block);
/* Side by side, their titles, pictures and captions at the same heights. */
void set_figures(struct setter *setter, const struct block *block);
void set_columns(struct setter *setter, const struct block *block);
/* Unité, Champ, Lecture, Note, Source: slabs kept with what is above. */
void set_caption(struct setter *setter, const struct caption *caption);

/* --- layout_beside.c --- */
/* Puts what a slab was joined of in its place again, after it has changed its
 * height. */
void set_joined(struct slab *whole);

/* --- layout_page.c --- */
/* Gives all places so far their pages, in a layout that only they read. */
void set_trial_pages(struct setter *setter, struct layout *trial);
bool set_pages(struct setter *setter, struct layout *layout,
               struct err *err) MUST_USE;

/* --- layout_high.c --- */
/* False, ERR_SCRIPT with its first words, where something of a page goes below
 * the text column. */
bool set_page_holds(const struct setter *setter, const struct layout_page *page,
                    struct err *err) MUST_USE;

/* The slab after those that slab `first` is kept together with. */
size_t set_chain_end(const struct setter *setter, size_t first);

/* --- layout_tight.c --- */
struct room { /* on the page where slabs begin, and on those that follow */
    double y_pt;
    double top_pt, bottom_pt;
};
/* Makes the rows of a table lower where that saves a page with nearly nothing
 * on it. */
void set_tighten(struct setter *setter, size_t first, size_t past,
                 const struct room *room);

/* Sets a row of a table higher or lower, its text in the middle. */
void set_row_height(struct slab *row, double height_pt);
/* Is it a row of a table whose height may change? */
bool set_is_row(const struct slab *slab);

/* --- layout_foot.c --- */
#define NOTES_GAP_PT 12 /* between text and notes, with the rule */

/* Notes of the page being filled. */
struct foot {
    const struct slab **lines; /* that stand at its foot */
    size_t count, capacity;
    double height_pt;            /* of them, with the gap above */
    const struct slab **carried; /* lines that wait for the next page */
    size_t carried_count, carried_capacity;
};

/* Height that the notes of slabs add to the foot; the least is where the last
 * note of the last slab goes on over the page. */
double set_foot_whole(const struct foot *foot, struct slab *const *slabs,
                      size_t count);
double set_foot_least(const struct foot *foot, struct slab *const *slabs,
                      size_t count);
/* Adds the notes that a slab calls; what is too much for the room waits. */
void set_foot_call(struct setter *setter, struct foot *foot,
                   const struct slab *slab, double room_pt);
/* Begins the foot of the next page with the lines that waited, until they have
 * this height. */
void set_foot_turn(struct setter *setter, struct foot *foot, double most_pt);

/* --- layout_fill.c --- */
/* What stands on a page above its notes, in order of its slabs: NULL for one
 * that is repeated. */
struct standing {
    struct slab **slabs;
    size_t count, capacity;
    double bottom_pt; /* where notes begin */
    bool plain;       /* one column, below a head */
    bool asked;       /* a new page begins here, whatever room there was */
};

/* Remembers what stands on a page. */
void set_stand(struct setter *setter, struct standing *standing,
               struct slab *slab);
/* Whether what stands on a page can be made lower for so much room at its end.
 */
bool set_can_make_room(const struct setter *setter,
                       const struct layout_page *page,
                       const struct standing *standing, double room_pt);
/* Makes what stands on a page lower, all by the same part, for that room. */
void set_make_room(struct setter *setter, struct layout_page *page,
                   const struct standing *standing, double room_pt);
/* White at the end of a page that nothing on it can fill. */
double set_page_white(const struct setter *setter,
                      const struct layout_page *page,
                      const struct standing *standing);
/* How much lower what stands on a page can be set. */
double set_page_shrinkage(const struct setter *setter,
                          const struct layout_page *page,
                          const struct standing *standing);
/* A figure that nearly fits is made lower rather than leave a hole: by a fifth
 * at most, or not at all. */
bool set_can_shrink(const struct slab *slab, double missing_pt);
bool set_shrink(struct setter *setter, struct slab *slab, double missing_pt);
/* How much lower slabs can be set, and sets them so by a part of that. */
double set_shrinkage(struct slab *const *slabs, size_t count);
void set_lower(struct setter *setter, struct slab *const *slabs, size_t count,
               double part);
/* Fills white ends of pages, once it is known what stands on each. */
void set_fill_pages(struct setter *setter, struct layout *layout,
                    const struct standing *standing);

/* --- layout_air.c --- */
/* Parts the entries of lists and of an index in columns, as far as white at the
 * end of their page goes. `slabs` are those that stand on it. */
void set_air(struct setter *setter, struct layout_page *page,
             struct slab *const *slabs, double white_pt);

/* --- layout_logo.c: both return the width that is taken, 0 without logo --- */
double set_cover_logos(struct setter *setter, struct slab *slab);
/* At the left of the text column, about this height. */
double set_foot_logo(struct setter *setter, struct slab *foot,
                     double middle_pt);

/* --- layout_character.c --- */
/* False for a character that the typeface lacks: ERR_INPUT, with the file and
 * line, or the row of the table, that it comes from. */
bool set_check_characters(const struct setter *setter, struct err *err);

/* --- layout_state.c --- */
/* The word across a page of a draft. */
void set_watermark(struct setter *setter, struct slab *head);
/* Numbers beside the lines of a draft or a review copy. */
void set_line_numbers(struct setter *setter, struct slab *head,
                      const struct layout_page *page);

/* --- layout_running.c --- */
/* Number of a page as printed: "iv", "12". */
const char *set_page_label(struct setter *setter, const struct layout *layout,
                           size_t page);
/* Head and foot of a page; a bare one only gets what its state asks for. */
void set_running(struct setter *setter, struct layout *layout, size_t page,
                 bool bare);

#endif
