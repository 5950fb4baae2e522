/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_filler.h - the page being filled with slabs, which layout_page.c,
 * layout_lead.c, layout_over.c, layout_tail.c, layout_try.c and layout_cost.c
 * share. */
#ifndef PAGE_LAYOUT_FILLER_H
#define PAGE_LAYOUT_FILLER_H

#include "page/layout_impl.h"

/* Slabs that wait for room: [first, past). */
struct waiting {
    size_t first, past;
};

/* What may be done for a chapter, and for a table that would be cut. */
struct way {
    double white; /* the table begins on the next page, where at most so much
                     stays white of this one, in pages; 0: it is cut */
    bool squeeze; /* the table and what is above get lower */
    bool share;   /* the chapter goes on below the end of another annex */
};

/* The page being filled. */
struct filler {
    struct setter *setter;
    struct layout *layout;
    size_t page_capacity, slab_capacity;
    const struct sheet *sheet; /* of the page */
    double x_pt;               /* of the column */
    double y_pt;               /* below the last slab */
    double after_pt;           /* least gap above the next slab */
    bool empty;                /* no slab on the page or in the column yet */
    bool *bare;                /* [page] */
    size_t bare_capacity;
    struct standing *standing; /* [page] */
    size_t standing_capacity;
    struct waiting *waiting; /* figures and tables, in order */
    size_t waiting_count, waiting_capacity;
    struct foot foot; /* notes of the page */
    struct way way;   /* of the chapter */
};

/* What stands on the page. */
struct standing *filler_standing(const struct filler *filler);
/* What is missing on the page for slabs [first, past), 0 when they fit. */
double filler_missing(const struct filler *filler, size_t first, size_t past);
/* A heading or a new page, past which no figure waits. */
bool set_is_stop(const struct setter *setter, const struct slab *slab);
/* A heading, slabs [first, past), that only a table on a page of another format
 * belongs to goes with it, rather than stay alone. */
void filler_follow_table(struct setter *setter, size_t first, size_t past);
/* What is missing on the page for the figure or table that slab `first`, a
 * heading with a few lines, leads to, where the next page has room for all of
 * them; 0 otherwise. */
double filler_led_overleaf(const struct filler *filler, size_t first);
/* The page, and where its notes begin. */
struct layout_page *filler_page(const struct filler *filler);
double filler_bottom(const struct filler *filler);
/* Height of slabs [first, past) alone on a page. */
double filler_height(const struct filler *filler, size_t first, size_t past);
/* Makes what stands on the page lower, by `missing_pt` more than it is white at
 * its end; false where that cannot be. */
bool filler_make_room(struct filler *filler, double missing_pt);
/* White of the page, that nothing on it can fill, if nothing but text of this
 * height goes on it. */
double filler_white(const struct filler *filler, double text_pt);
/* Whether figures or tables [first, past), or a heading and what it is kept
 * with, better begin on the next page: they would be cut here, and what stands
 * on the page and follows fills it. */
bool filler_goes_over(const struct filler *filler, size_t first, size_t past);
/* Makes them and the page lower where they would be cut, or the page stay
 * white, and that gives room for all of them. */
void filler_squeeze(struct filler *filler, size_t first, size_t past);
/* Places what begins with slab `first`; returns the first slab after it. */
size_t filler_next(struct filler *filler, size_t first);
/* Places what waits, at the end of a section. */
void filler_settle(struct filler *filler);
/* The same at the end of a chapter, whose last page is then finished. */
void filler_end(struct filler *filler);
/* Places slabs [first, past), a chapter, in the best way. */
void filler_chapter(struct filler *filler, size_t first, size_t past);
/* Whether the chapter that slab `first` begins goes on below another one. */
bool filler_runs_on(const struct filler *filler, size_t first);
/* What pages [first, past) cost, in white pages: what is white of them, and
 * tables that are cut on the way to them or to the page after, which may not be
 * finished. */
double filler_cost(const struct filler *filler, size_t first, size_t past);
/* Puts a slab below the last one. */
void filler_place(struct filler *filler, struct slab *slab);
/* Sends the few lines that a chapter ends with back to the page before, where
 * that can be made lower for them. */
void filler_pull_tail(struct filler *filler);

#endif
