/* SPDX-License-Identifier: EUPL-1.2 */
/* What goes over to the next page, and what gets room on this one instead: a
 * table is not cut where the page that it leaves can be filled; a page that
 * would stay white makes room for what follows; a chapter may share its page
 * with the end of another one. */
#include <math.h>

#include "page/layout_filler.h"

#define WHITE 0.08   /* of a page: a page with more makes room */
#define SHARED 0.5   /* an annex that takes less leaves the rest to the next */
#define LINES_AWRY 2 /* by which two columns may differ */

bool filler_make_room(struct filler *filler, double missing_pt)
{
    struct layout_page *page = filler_page(filler);
    struct standing *standing = filler_standing(filler);
    double room = missing_pt + filler_bottom(filler) - filler->y_pt;
    standing->bottom_pt = filler_bottom(filler);
    if (!standing->plain ||
        !set_can_make_room(filler->setter, page, standing, room))
        return false;
    set_make_room(filler->setter, page, standing, room);
    const struct layout_placed *last = &page->slabs[page->slab_count - 1];
    filler->y_pt = last->y_pt + last->slab->height_pt;
    return true;
}

/* Text between slab `first` and the next figure, table or heading. */
static double text_below(const struct setter *setter, size_t first)
{
    double height = 0;
    for (size_t i = first; i < setter->slab_count; i++) {
        const struct slab *slab = setter->slabs[i];
        if (slab->floating > 0 || slab->narrow || set_is_stop(setter, slab))
            break;
        height += slab->out.height_pt;
    }
    return height;
}

double filler_white(const struct filler *filler, double text_pt)
{
    struct standing standing = *filler_standing(filler);
    standing.bottom_pt = filler_bottom(filler) - text_pt;
    return set_page_white(filler->setter, filler_page(filler), &standing);
}

/* Whether slabs [first, past) have no room here, but all of it on a page. */
static bool fits_overleaf(const struct filler *filler, size_t first,
                          size_t past)
{
    const struct setter *setter = filler->setter;
    double page = filler->sheet->height_pt - setter->theme->margin_top_pt -
                  setter->theme->margin_bottom_pt;
    return !filler->empty && setter->slabs[first]->sheet == filler->sheet &&
           filler_missing(filler, first, past) > 0 &&
           filler_height(filler, first, past) <= page;
}

/* Whether the page would have the beginning of slabs [first, past). */
static bool is_cut(const struct filler *filler, size_t first, size_t past)
{
    size_t end = set_chain_end(filler->setter, first);
    return end < past && filler_missing(filler, first, end) <= 0;
}

bool filler_goes_over(const struct filler *filler, size_t first, size_t past)
{
    const struct setter *setter = filler->setter;
    if (filler->way.white <= 0 || filler->empty ||
        setter->slabs[first]->sheet != filler->sheet ||
        filler_missing(filler, first, past) <= 0 ||
        !is_cut(filler, first, past))
        return false;
    bool waits = setter->slabs[first]->floating > 0;
    double text = waits ? text_below(setter, past) : 0;
    return filler_white(filler, text) <= filler->way.white * setter->height_pt;
}

void filler_squeeze(struct filler *filler, size_t first, size_t past)
{
    struct setter *setter = filler->setter;
    if (!filler->way.squeeze || !fits_overleaf(filler, first, past))
        return;
    if (!is_cut(filler, first, past) &&
        filler_white(filler, 0) <= WHITE * setter->height_pt)
        return;
    struct slab *const *slabs = &setter->slabs[first];
    double missing = filler_missing(filler, first, past);
    double own = set_shrinkage(slabs, past - first);
    double all = own + set_page_shrinkage(setter, filler_page(filler),
                                          filler_standing(filler));
    if (missing > all)
        return;
    set_lower(setter, slabs, past - first, missing / all);
    (void)filler_make_room(filler, filler_missing(filler, first, past));
}

/* --- chapters ------------------------------------------------------------- */

static size_t chapter_part_end(const struct filler *filler, size_t first,
                               size_t start, bool narrow)
{
    const struct setter *setter = filler->setter;
    size_t past = first;
    while (past < setter->slab_count && setter->slabs[past]->narrow == narrow &&
           (past == start || !setter->slabs[past]->new_page) &&
           !setter->slabs[past]->bare &&
           setter->slabs[past]->sheet == filler->sheet)
        past++;
    return past;
}

/* Whether all of a chapter fits below: across the page, then in columns. */
static bool fits_below(const struct filler *filler, size_t first)
{
    const struct setter *setter = filler->setter;
    size_t middle = chapter_part_end(filler, first, first, false);
    size_t past = chapter_part_end(filler, middle, first, true);
    if (past < setter->slab_count && !setter->slabs[past]->new_page)
        return false;
    if (past == middle)
        return filler_missing(filler, first, past) <= 0;
    double height = setter->slabs[first]->gap_pt +
                    filler_height(filler, first, middle) +
                    setter->slabs[middle]->gap_pt +
                    filler_height(filler, middle, past) / 2 +
                    LINES_AWRY * setter->theme->body_leading_pt;
    return height <= filler_bottom(filler) - filler->y_pt;
}

bool filler_runs_on(const struct filler *filler, size_t first)
{
    const struct slab *slab = filler->setter->slabs[first];
    double taken = filler->y_pt - filler->setter->theme->margin_top_pt;
    if (slab->shares)
        return filler->way.share && taken <= SHARED * filler->setter->height_pt;
    return slab->runs_on && fits_below(filler, first);
}
