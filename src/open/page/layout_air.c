/* SPDX-License-Identifier: EUPL-1.2 */
/* A page of lists or of an index in columns that ends before its foot: air
 * comes between their entries, as rows of a table grow. Running text in columns
 * stays on its lines. */
#include <math.h>

#include "page/layout_impl.h"

/* Columns side by side, with nothing across the page between them. */
struct band {
    size_t first, past; /* slabs on the page */
    double air_pt;      /* that its higher column may get */
};

static bool in_columns(struct slab *const *slabs, size_t place)
{
    return slabs[place] != NULL && slabs[place]->narrow;
}

static bool begins_column(const struct layout_page *page,
                          const struct band *band, size_t place)
{
    return place == band->first ||
           page->slabs[place].x_pt > page->slabs[place - 1].x_pt;
}

/* The first band from slab `at` on; without slabs where there is none. */
static struct band next_band(const struct layout_page *page,
                             struct slab *const *slabs, size_t at)
{
    while (at < page->slab_count && !in_columns(slabs, at))
        at++;
    struct band band = {.first = at, .past = at};
    double column = 0;
    for (; band.past < page->slab_count && in_columns(slabs, band.past);
         band.past++) {
        bool left = band.past > at && page->slabs[band.past].x_pt <
                                          page->slabs[band.past - 1].x_pt;
        if (left)
            break;
        bool head = begins_column(page, &band, band.past);
        column = head ? 0 : column + slabs[band.past]->air_pt;
        band.air_pt = fmax(band.air_pt, column);
    }
    return band;
}

static double page_air(const struct layout_page *page,
                       struct slab *const *slabs)
{
    double all = 0;
    for (struct band band = next_band(page, slabs, 0); band.past > band.first;
         band = next_band(page, slabs, band.past))
        all += band.air_pt;
    return all;
}

static void move_down(struct setter *setter, struct layout_placed *placed,
                      const struct slab *slab, double down_pt)
{
    placed->y_pt += down_pt;
    if (slab != NULL && slab->heading >= 0)
        setter->headings[slab->heading].y_pt += down_pt;
}

void set_air(struct setter *setter, struct layout_page *page,
             struct slab *const *slabs, double white_pt)
{
    double all = page_air(page, slabs);
    double part = all > 0 ? fmin(1, white_pt / all) : 0;
    double down = 0;
    size_t at = 0;
    while (part > 0 && at < page->slab_count) {
        struct band band = next_band(page, slabs, at);
        for (; at < band.first; at++)
            move_down(setter, &page->slabs[at], slabs[at], down);
        double column = 0;
        for (; at < band.past; at++) {
            bool head = begins_column(page, &band, at);
            column = head ? 0 : column + slabs[at]->air_pt * part;
            move_down(setter, &page->slabs[at], slabs[at], down + column);
        }
        down += band.air_pt * part;
    }
}
