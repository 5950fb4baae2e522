/* SPDX-License-Identifier: EUPL-1.2 */
/* The last page of a chapter or sheet, where it has a few lines only. */
#include "page/layout_filler.h"

#define TAIL 0.2 /* of a page: less than that should not stand alone on one */

/* Whether all of a page may go to the end of another one. */
static bool is_tail(const struct filler *filler, const struct standing *tail)
{
    const struct foot *foot = &filler->foot;
    double height = filler->y_pt - filler->setter->theme->margin_top_pt;
    if (tail->asked || !tail->plain || tail->count == 0 || foot->count > 0 ||
        foot->carried_count > 0 || height > TAIL * filler->setter->height_pt)
        return false;
    for (size_t i = 0; i < tail->count; i++) {
        if (tail->slabs[i] == NULL) /* a table goes on */
            return false;
    }
    return true;
}

/* The few lines that a chapter ends with go back to the page before, where that
 * can be made lower for them. */
void filler_pull_tail(struct filler *filler)
{
    struct layout *layout = filler->layout;
    size_t page = layout->page_count - 1;
    if (page == 0 || !is_tail(filler, filler_standing(filler)))
        return;
    const struct standing tail = filler->standing[page];
    const struct standing *before = &filler->standing[page - 1];
    struct layout_page *to = &layout->pages[page - 1];
    const double gap_pt = filler->setter->theme->block_gap_pt;
    double height = filler->y_pt - filler->setter->theme->margin_top_pt;
    bool notes = to->slab_count > before->count;
    if (!before->plain || before->count == 0 || notes ||
        to->turned != layout->pages[page].turned ||
        !set_make_room(filler->setter, to, before, height + gap_pt))
        return;
    layout->page_count--;
    const struct layout_placed *last = &to->slabs[to->slab_count - 1];
    filler->y_pt = last->y_pt + last->slab->height_pt;
    filler->slab_capacity = to->slab_count;
    for (size_t i = 0; i < tail.count; i++)
        filler_place(filler, tail.slabs[i]);
}
