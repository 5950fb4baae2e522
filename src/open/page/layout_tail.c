/* SPDX-License-Identifier: EUPL-1.2 */
/* The last page of a chapter or sheet, where it has a few lines only. */
#include "page/layout_filler.h"

#define TAIL 0.2 /* of a page: less than that should not stand alone on one */

/* What is left of the page without the head of a table that goes on. */
static double tail_height(const struct filler *filler,
                          const struct standing *tail)
{
    const struct layout *layout = filler->layout;
    const struct layout_page *page = &layout->pages[layout->page_count - 1];
    size_t first = tail->slabs[0] == NULL && tail->count > 1;
    return filler->y_pt - page->slabs[first].y_pt;
}

/* Whether all of a page may go to the end of another one. */
static bool is_tail(const struct filler *filler, const struct standing *tail)
{
    const struct foot *foot = &filler->foot;
    return !tail->asked && tail->plain && tail->count > 0 && foot->count == 0 &&
           foot->carried_count == 0 &&
           tail_height(filler, tail) <= TAIL * filler->setter->height_pt;
}

void filler_pull_tail(struct filler *filler)
{
    struct layout *layout = filler->layout;
    size_t page = layout->page_count - 1;
    if (page == 0 || !is_tail(filler, filler_standing(filler)))
        return;
    const struct standing tail = filler->standing[page];
    const struct standing *before = &filler->standing[page - 1];
    struct layout_page *to = &layout->pages[page - 1];
    double gap_pt =
        tail.slabs[0] == NULL ? 0 : filler->setter->theme->block_gap_pt;
    bool notes = to->slab_count > before->count;
    if (!before->plain || before->count == 0 || notes ||
        to->turned != layout->pages[page].turned ||
        !set_can_make_room(filler->setter, to, before,
                           tail_height(filler, &tail) + gap_pt))
        return;
    layout->page_count--;
    const struct layout_placed *last = &to->slabs[to->slab_count - 1];
    filler->y_pt = last->y_pt + last->slab->height_pt;
    filler->slab_capacity = to->slab_count;
    for (size_t i = 0; i < tail.count; i++) {
        if (tail.slabs[i] != NULL) /* the head of its table is there */
            filler_place(filler, tail.slabs[i]);
    }
    set_make_room(filler->setter, to, before, 0);
}
