/* SPDX-License-Identifier: EUPL-1.2 */
/* page/layout_filler.h - the page being filled with slabs, which layout_page.c
 * and layout_tail.c share. */
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
/* Puts a slab below the last one. */
void filler_place(struct filler *filler, struct slab *slab);
/* Sends the few lines that a chapter ends with back to the page before, where
 * that can be made lower for them. */
void filler_pull_tail(struct filler *filler);

#endif
