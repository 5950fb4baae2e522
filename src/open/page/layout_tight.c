/* SPDX-License-Identifier: EUPL-1.2 */
/* A table whose last rows would stand alone on a page gets rows a little
 * lower, if that brings them back to the page before. */
#include <math.h>

#include "page/layout_impl.h"

#define SPARSE 0.3 /* of a page: what is less of it than this is a tail */
#define STEP_PT 0.2
#define MOST_PT                                                                \
    1.6 /* taken from a row's height: half of its padding is left              \
         */

struct fall { /* where a table ends */
    size_t pages;
    double last_pt; /* taken of the last page */
};

static double gap_of(const struct slab *slab)
{
    return fmax(slab->gap_pt, slab->after_pt);
}

static double row_cut(const struct slab *slab, double cut_pt)
{
    double most = MOST_PT - slab->lowered_pt;
    return set_is_row(slab) ? fmax(0, fmin(cut_pt, most)) : 0;
}

/* Sets slabs as layout_page.c does, without drawing. */
static struct fall fall_of(const struct setter *setter, size_t first,
                           size_t past, const struct room *room, double cut_pt)
{
    struct fall fall = {.pages = 1};
    double y = room->y_pt;
    while (first < past) {
        size_t end = set_chain_end(setter, first);
        end = end < past ? end : past;
        const struct slab *slab = setter->slabs[first];
        double height = 0;
        for (size_t i = first; i < end; i++)
            height += setter->slabs[i]->out.height_pt -
                      row_cut(setter->slabs[i], cut_pt) +
                      (i > first ? gap_of(setter->slabs[i]) : 0);
        bool empty = y <= room->top_pt;
        double gap = empty ? 0 : gap_of(slab);
        if (!empty && y + gap + height > room->bottom_pt + 0.01) {
            fall.pages++;
            y = room->top_pt;
            gap = 0;
            if (slab->repeat != NULL)
                y += slab->repeat->out.height_pt;
        }
        y += gap + height;
        first = end;
    }
    fall.last_pt = y - room->top_pt;
    return fall;
}

bool set_is_row(const struct slab *slab)
{
    return slab->repeat != NULL && !slab->rigid;
}

void set_row_height(struct slab *row, double height_pt)
{
    double before = row->out.height_pt;
    double growth = height_pt - before;
    for (size_t i = 0; i < row->out.mark_count; i++) {
        struct layout_mark *mark = &row->out.marks[i];
        if (mark->kind == LAYOUT_TEXT)
            mark->y_pt += growth / 2;
        else if (mark->y_pt > 0) /* the rule below */
            mark->y_pt += growth;
        else if (mark->height_pt >= before) /* the ground */
            mark->height_pt += growth;
    }
    row->out.height_pt = height_pt;
}

void set_tighten(struct setter *setter, size_t first, size_t past,
                 const struct room *room)
{
    struct fall loose = fall_of(setter, first, past, room, 0);
    double page = room->bottom_pt - room->top_pt;
    if (loose.pages < 2 || loose.last_pt > SPARSE * page)
        return;
    for (int step = 1; step * STEP_PT <= MOST_PT + 0.01; step++) {
        double cut = step * STEP_PT;
        if (fall_of(setter, first, past, room, cut).pages == loose.pages)
            continue;
        for (size_t i = first; i < past; i++) {
            struct slab *slab = setter->slabs[i];
            double taken = row_cut(slab, cut);
            if (taken <= 0)
                continue;
            set_row_height(slab, slab->out.height_pt - taken);
            slab->lowered_pt += taken;
        }
        return;
    }
}
