/* SPDX-License-Identifier: EUPL-1.2 */
/* A page that ends before its foot, because what follows did not fit or begins
 * a new one: its charts are drawn higher, its rows and the gaps around its
 * blocks grow, all by the same part of what each may. A page that is mostly
 * white stays as it is: there is not enough on it to fill it. */
#include <math.h>

#include "page/layout_impl.h"

#define SPARSE 0.4       /* of a page: more white than this stays */
#define FIGURE_GROWS 0.5 /* of the height of a chart */
#define ROW_GROWS_PT 3.4
#define GAP_GROWS_PT 7

static const double least_pt = 2; /* white that nobody sees */

static double gap_above(const struct layout_page *page, size_t place)
{
    const struct layout_placed *slab = &page->slabs[place];
    const struct layout_placed *above = &page->slabs[place - 1];
    return slab->y_pt - above->y_pt - above->slab->height_pt;
}

static double gap_growth(const struct setter *setter,
                         const struct layout_page *page, size_t place)
{
    bool wide = place > 0 && gap_above(page, place) >=
                                 setter->theme->block_gap_pt - least_pt;
    return wide ? GAP_GROWS_PT : 0;
}

static double slab_growth(const struct slab *slab)
{
    if (slab == NULL)
        return 0;
    bool row = slab->repeat != NULL;
    return row ? ROW_GROWS_PT : slab->rise_pt * FIGURE_GROWS;
}

static double page_growth(const struct setter *setter,
                          const struct layout_page *page,
                          struct slab *const *slabs)
{
    double growth = 0;
    for (size_t i = 0; i < page->slab_count; i++)
        growth += slab_growth(slabs[i]) + gap_growth(setter, page, i);
    return growth;
}

/* Charts of a slab are drawn higher, and what is below them goes down. */
static void raise_figures(struct setter *setter, struct slab *slab,
                          double growth_pt)
{
    for (size_t i = 0; i < slab->out.mark_count; i++) {
        struct layout_mark *mark = &slab->out.marks[i];
        if (mark->kind != LAYOUT_SCENE) {
            mark->y_pt += mark->y_pt >= slab->flex_end_pt ? growth_pt : 0;
            continue;
        }
        const struct figure *drawn = mark->figure;
        double height = mark->height_pt + growth_pt;
        const struct scene *again = drawn->redraw(
            setter->arena, setter->fonts, drawn->job, height / mark->scale);
        if (again == NULL) /* it stays as it was, above some white */
            continue;
        mark->scene = again;
        mark->height_pt = height;
    }
    slab->out.height_pt += growth_pt;
}

static void grow_slab(struct setter *setter, struct slab *slab,
                      double growth_pt)
{
    if (growth_pt <= 0)
        return;
    if (slab->repeat != NULL)
        set_row_height(slab, slab->out.height_pt + growth_pt);
    else
        raise_figures(setter, slab, growth_pt);
}

/* Height that is white between the last slab and the foot. */
static double white_of(const struct layout_page *page, double bottom_pt)
{
    double last = 0;
    for (size_t i = 0; i < page->slab_count; i++)
        last = fmax(last, page->slabs[i].y_pt + page->slabs[i].slab->height_pt);
    return bottom_pt - last;
}

static void fill_page(struct setter *setter, struct layout_page *page,
                      struct slab *const *slabs, double bottom_pt)
{
    double white = white_of(page, bottom_pt);
    if (white < least_pt || white > SPARSE * setter->height_pt)
        return;
    double possible = page_growth(setter, page, slabs);
    double part = possible > 0 ? fmin(1, white / possible) : 0;
    double down = 0;
    double gap = 0;
    for (size_t i = 0; i < page->slab_count; i++) {
        down += gap * part;
        gap = i + 1 < page->slab_count ? gap_growth(setter, page, i + 1) : 0;
        page->slabs[i].y_pt += down;
        if (slabs[i] == NULL)
            continue;
        if (slabs[i]->heading >= 0)
            setter->headings[slabs[i]->heading].y_pt += down;
        double growth = slab_growth(slabs[i]) * part;
        grow_slab(setter, slabs[i], growth);
        down += growth;
    }
}

void set_stand(struct setter *setter, struct standing *standing,
               struct slab *slab)
{
    standing->slabs =
        arena_grow(setter->arena, standing->slabs, standing->count,
                   &standing->capacity, sizeof *standing->slabs);
    standing->slabs[standing->count++] = slab;
    if (slab != NULL && (slab->narrow || slab->bare))
        standing->plain = false;
}

void set_fill_pages(struct setter *setter, struct layout *layout,
                    const struct standing *standing)
{
    for (size_t p = 0; p < layout->page_count; p++) {
        if (!standing[p].plain)
            continue;
        struct layout_page page = layout->pages[p];
        page.slab_count = standing[p].count; /* notes stay at the foot */
        fill_page(setter, &page, standing[p].slabs, standing[p].bottom_pt);
    }
    set_found_places(setter, layout);
}
