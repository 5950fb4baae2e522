/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_filler.h - the page being filled with slabs, which layout_page.c,
 * layout_lead.c and layout_tail.c share. */
#ifndef PAGE_LAYOUT_FILLER_H
#define PAGE_LAYOUT_FILLER_H

#include "page/layout_impl.h"

/* Slabs that wait for room: [first, past). */
struct waiting {
    size_t first, past;
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
};

/* What stands on the page. */
struct standing *filler_standing(struct filler *filler);
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
/* Puts a slab below the last one. */
void filler_place(struct filler *filler, struct slab *slab);
/* Sends the few lines that a chapter ends with back to the page before, where
 * that can be made lower for them. */
void filler_pull_tail(struct filler *filler);

#endif
