/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong with pages, in white pages: the less, the better they are. */
#include <math.h>

#include "page/layout_filler.h"

#define CUT 0.3     /* a table that goes on */
#define SHORT 0.4   /* and has next to nothing on one side */
#define ENOUGH 0.25 /* of a page: what it should have there */

/* A large white is worse than some small ones. */
static double white_cost(double white)
{
    return white + 2 * white * white;
}

/* By how much a part of a table is too low, 0 to 1. */
static double too_short(const struct setter *setter, double height_pt)
{
    return fmax(0, 1 - height_pt / (ENOUGH * setter->height_pt));
}

/* The table that goes on at the top of a page, as the head that is repeated
 * there; NULL none. */
static const struct slab *table_that_goes_on(const struct standing *standing)
{
    bool goes_on = standing->count > 1 && standing->slabs[0] == NULL;
    return goes_on ? standing->slabs[1]->repeat : NULL;
}

static double rows_at_end(const struct standing *standing,
                          const struct slab *table)
{
    double height = 0;
    for (size_t i = standing->count; i > 0; i--) {
        const struct slab *row = standing->slabs[i - 1];
        if (row == NULL || row->repeat != table)
            break;
        height += row->out.height_pt;
    }
    return height;
}

static double rows_at_top(const struct standing *standing,
                          const struct slab *table)
{
    double height = 0;
    for (size_t i = 1; i < standing->count; i++) {
        if (standing->slabs[i] == NULL || standing->slabs[i]->repeat != table)
            break;
        height += standing->slabs[i]->out.height_pt;
    }
    return height;
}

/* Of a table that is cut between a page and the next one. */
static double cut_cost(const struct setter *setter, const struct standing *page)
{
    const struct slab *table = table_that_goes_on(&page[1]);
    if (table == NULL)
        return 0;
    return CUT + SHORT * (too_short(setter, rows_at_end(page, table)) +
                          too_short(setter, rows_at_top(&page[1], table)));
}

double filler_cost(const struct filler *filler, size_t first, size_t past)
{
    const struct setter *setter = filler->setter;
    double cost = 0;
    for (size_t p = first; p < past; p++)
        cost += white_cost(set_page_white(setter, &filler->layout->pages[p],
                                          &filler->standing[p]) /
                           setter->height_pt);
    for (size_t p = first; p + 1 < filler->layout->page_count; p++)
        cost += cut_cost(setter, &filler->standing[p]);
    return cost;
}
