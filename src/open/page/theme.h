/* SPDX-License-Identifier: EUPL-1.2 */
/* page/theme.h - the house style of printed pages, as data.
 *
 * A theme is a set of sizes in points, colours 0xRRGGBB, logos and a typeface.
 * The built-in one is complete; a file `theme.csv` (columns key, value)
 * replaces single values. A text colour with less than 4.5:1 contrast on its
 * ground is refused, and so is a logo without words for those who do not see
 * it. */
#ifndef PAGE_THEME_H
#define PAGE_THEME_H

#include "base/err.h"
#include "base/text.h"
#include "model/locale.h"

struct theme_logo {
    const unsigned char *bytes; /* of a PNG file; NULL: no logo */
    size_t size;
    double ratio;                /* width by height */
    const char *alt[LANG_COUNT]; /* what it is, in words; NULL when not read */
};

struct theme {
    const char *font_family; /* of the whole release; NULL: the built-in one */
    const char *font_directory; /* where its files are */

    double page_width_pt, page_height_pt;
    double margin_left_pt, margin_right_pt, margin_top_pt, margin_bottom_pt;

    double body_pt, body_leading_pt;
    double paragraph_gap_pt;
    double block_gap_pt; /* around figures, tables, notes, key figures */
    double heading_pt[4];
    double heading_gap_pt[4];          /* above */
    double small_pt, small_leading_pt; /* captions, running heads */
    double figure_title_pt;
    double table_pt, table_leading_pt, table_padding_pt;
    double table_least_pt; /* never smaller: then columns are split */
    double key_value_pt;
    double gutter_pt;     /* between two figures, between key figures */
    double column_gap_pt; /* between two columns of text */
    double baseline_grid; /* 1: lines of two columns stand side by side */
    double zebra; /* 1: every other row of a table is tinted, no rules */
    double cover_title_pt, banner_title_pt;
    double justified; /* 1: paragraphs are justified, 0: ragged right */

    uint32_t ink;    /* body text */
    uint32_t muted;  /* captions, running heads */
    uint32_t accent; /* headings, rules, cover */
    uint32_t rule;   /* hairlines of tables */
    uint32_t tint;   /* ground of boxes and group rows */
    uint32_t paper;  /* text on accent */

    struct theme_logo cover_logo;   /* at the foot of a full cover */
    struct theme_logo partner_logo; /* left of it: who publishes with us */
    struct theme_logo foot_logo;    /* at the foot of each page; not read */
    double cover_logo_pt,
        foot_logo_pt; /* heights; the partner's is the first */
};

/* The built-in theme: A4 portrait. */
struct theme theme_default(void);
/* Replaces what the file says. Logos are files beside it, PNG, and belong to
 * `arena`. ERR_INPUT names file, line, key, and what was expected: for an
 * unknown key the nearest one, for a colour its contrast. */
bool theme_read(struct arena *arena, const char *path, struct theme *theme,
                struct err *err) MUST_USE;
/* The house style of a document: its own file, else theme.csv in the directory
 * of templates where there is one, else the built-in. Both may be NULL. */
bool theme_find(struct arena *arena, const char *own, const char *templates,
                struct theme *out, struct err *err) MUST_USE;
/* Figures and pages of a release are set in one family. ERR_INPUT when the
 * theme names another one than `family`. */
bool theme_check_family(const struct theme *theme, const char *family,
                        struct err *err) MUST_USE;
/* Contrast ratio of two colours, 1..21 (WCAG 2.1). */
double theme_contrast(uint32_t a, uint32_t b);
/* Margins leave a page, sizes are positive, text can be read on its ground. */
bool theme_check(const struct theme *theme, struct err *err) MUST_USE;

#endif
