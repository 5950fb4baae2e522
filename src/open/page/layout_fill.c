/* SPDX-License-Identifier: EUPL-1.2 */
/* A page that ends before its foot, because what follows did not fit or begins
 * a new one: its charts are drawn higher, its rows and the gaps around its
 * blocks grow, all by the same part of what each may. A page that is mostly
 * white stays as it is: there is not enough on it to fill it. In the same way a
 * page gets room for a few lines that would stand alone on the next. */
#include <math.h>

#include "page/layout_impl.h"

#define SMALLER 0.2 /* of a figure: what it may lose to fit on a page */
#define SPARSE 0.6  /* of a page: more white than this stays */

/* How much each may change. */
struct give {
    double figure;    /* of the height of a chart */
    double picture;   /* of a figure that cannot be drawn again, as a map */
    double row_pt;    /* a row of a table */
    double gap_pt;    /* around a block */
    double small_gap; /* of one between paragraphs */
};

static const struct give growth = {0.5, 0, 4.8, 16, 0};
/* What a page may that stays white all the same: no way is chosen for it. */
static const struct give last_growth = {0.5, 0, 7.2, 16, 0};
static const struct give shrinkage = {-0.2, -0.15, -1.6, -4, -0.35};

static const double least_pt = 2; /* white that nobody sees */

static double gap_above(const struct layout_page *page, size_t place)
{
    const struct layout_placed *slab = &page->slabs[place];
    const struct layout_placed *above = &page->slabs[place - 1];
    return slab->y_pt - above->y_pt - above->slab->height_pt;
}

static double gap_give(const struct setter *setter,
                       const struct layout_page *page, size_t place,
                       const struct give *give)
{
    if (place == 0)
        return 0;
    double gap = gap_above(page, place);
    bool wide = gap >= setter->theme->block_gap_pt - least_pt;
    return wide ? give->gap_pt : gap * give->small_gap;
}

/* Rows of a column of a table beside something else. */
static size_t column_rows(const struct joined *column)
{
    size_t rows = 0;
    for (size_t i = 0; i < column->count; i++)
        rows += set_is_row(column->slabs[i]);
    return rows;
}

static size_t joined_rows(const struct slab *slab)
{
    size_t left = column_rows(&slab->joined[0]);
    size_t right = column_rows(&slab->joined[1]);
    return left > right ? left : right;
}

/* A chart beside a table follows its rows, down to where it is as low as it may
 * be. */
static double joined_give(const struct slab *slab, const struct give *give)
{
    double all = (double)joined_rows(slab) * give->row_pt;
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < slab->joined[side].count; i++) {
            const struct slab *part = slab->joined[side].slabs[i];
            if (part->rise_pt > 0)
                all = fmax(all, -part->fall_pt);
        }
    }
    return all;
}

static double whole_give(const struct slab *slab, const struct give *give)
{
    if (slab->joined != NULL)
        return joined_give(slab, give);
    if (set_is_row(slab))
        return give->row_pt;
    return slab->rise_pt > 0
               ? fmax(slab->rise_pt * give->figure, -slab->fall_pt)
               : slab->flex_pt * give->picture;
}

/* The same without what was taken before. */
static double slab_give(const struct slab *slab, const struct give *give)
{
    if (slab == NULL)
        return 0;
    double whole = whole_give(slab, give);
    return whole < 0 ? fmin(0, whole + slab->lowered_pt) : whole;
}

static double page_give(const struct setter *setter,
                        const struct layout_page *page,
                        struct slab *const *slabs, const struct give *give)
{
    double all = 0;
    for (size_t i = 0; i < page->slab_count; i++)
        all += slab_give(slabs[i], give) + gap_give(setter, page, i, give);
    return all;
}

/* Charts of a slab are drawn higher or lower, or made smaller where they cannot
 * be; what is below them follows. */
static void set_figures_height(struct setter *setter, struct slab *slab,
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
        const struct scene *again =
            slab->rise_pt > 0 ? drawn->redraw(setter->arena, setter->fonts,
                                              drawn->job, height / mark->scale)
                              : NULL;
        if (again != NULL)
            mark->scene = again;
        /* Rows may need more than the height asked for: then they are made
         * smaller. A picture that should grow stays as it was, above white. */
        double tall = scene_height(mark->scene) * mark->scale;
        double scale = fmin(1, height / tall);
        mark->scale *= scale;
        mark->width_pt *= scale;
        mark->height_pt = tall * scale;
    }
    slab->flex_end_pt += growth_pt;
    slab->out.height_pt += growth_pt;
}

/* Rows side by side grow alike, a chart beside them as much as they all. */
static void grow_joined(struct setter *setter, struct slab *slab,
                        double growth_pt)
{
    double row_pt = growth_pt / (double)joined_rows(slab);
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < slab->joined[side].count; i++) {
            struct slab *part = slab->joined[side].slabs[i];
            if (set_is_row(part))
                set_row_height(part, part->out.height_pt + row_pt);
            else if (part->rise_pt > 0)
                set_figures_height(setter, part, growth_pt);
        }
    }
    set_joined(slab);
}

static void grow_slab(struct setter *setter, struct slab *slab,
                      double growth_pt)
{
    if (slab == NULL || fabs(growth_pt) < 1e-9)
        return;
    slab->lowered_pt += fmax(0, -growth_pt);
    if (slab->joined != NULL)
        grow_joined(setter, slab, growth_pt);
    else if (set_is_row(slab))
        set_row_height(slab, slab->out.height_pt + growth_pt);
    else
        set_figures_height(setter, slab, growth_pt);
}

/* Charts are drawn lower, as far as they may; pictures get smaller. */
bool set_can_shrink(const struct slab *slab, double missing_pt)
{
    double most = slab->flex_pt * SMALLER;
    if (slab->rise_pt > 0)
        most = fmin(most, slab->fall_pt);
    return missing_pt <= most - slab->lowered_pt;
}

bool set_shrink(struct setter *setter, struct slab *slab, double missing_pt)
{
    if (!set_can_shrink(slab, missing_pt))
        return false;
    grow_slab(setter, slab, -missing_pt);
    return true;
}

/* Height that is white between the last slab and the foot. */
static double white_of(const struct layout_page *page, double bottom_pt)
{
    double last = 0;
    for (size_t i = 0; i < page->slab_count; i++)
        last = fmax(last, page->slabs[i].y_pt + page->slabs[i].slab->height_pt);
    return bottom_pt - last;
}

static void move_down(struct setter *setter, struct layout_placed *placed,
                      const struct slab *slab, double down_pt)
{
    placed->y_pt += down_pt;
    if (slab != NULL && slab->heading >= 0)
        setter->headings[slab->heading].y_pt += down_pt;
}

/* Changes everything on the page by a part of what it may. */
static void change_page(struct setter *setter, struct layout_page *page,
                        struct slab *const *slabs, const struct give *give,
                        double part)
{
    double down = 0;
    double gap = 0;
    for (size_t i = 0; i < page->slab_count; i++) {
        down += gap * part;
        gap =
            i + 1 < page->slab_count ? gap_give(setter, page, i + 1, give) : 0;
        move_down(setter, &page->slabs[i], slabs[i], down);
        double growth_pt = slab_give(slabs[i], give) * part;
        grow_slab(setter, slabs[i], growth_pt);
        down += growth_pt;
    }
}

/* Lets what sinks go to the foot of the page; false where nothing does. */
static bool sink(struct setter *setter, struct layout_page *page,
                 struct slab *const *slabs, double white_pt)
{
    size_t first = 1;
    while (first < page->slab_count &&
           (slabs[first] == NULL || !slabs[first]->sinks))
        first++;
    for (size_t i = first; i < page->slab_count; i++)
        move_down(setter, &page->slabs[i], slabs[i], white_pt);
    return first < page->slab_count;
}

static void fill_page(struct setter *setter, struct layout_page *page,
                      struct slab *const *slabs, double white)
{
    if (white < least_pt || sink(setter, page, slabs, white) ||
        white > SPARSE * setter->height_pt)
        return;
    const struct give *give = &growth;
    double most = page_give(setter, page, slabs, give);
    if (white > most) {
        give = &last_growth;
        most = page_give(setter, page, slabs, give);
    }
    if (most > 0)
        change_page(setter, page, slabs, give, fmin(1, white / most));
}

double set_page_white(const struct setter *setter,
                      const struct layout_page *page,
                      const struct standing *standing)
{
    struct layout_page above = *page;
    above.slab_count = standing->count; /* notes stay at the foot */
    double white = fmax(0, white_of(&above, standing->bottom_pt));
    bool filled = standing->plain && white <= SPARSE * setter->height_pt;
    double most =
        filled ? page_give(setter, &above, standing->slabs, &growth) : 0;
    return fmax(0, white - most);
}

double set_page_shrinkage(const struct setter *setter,
                          const struct layout_page *page,
                          const struct standing *standing)
{
    return standing->plain
               ? -page_give(setter, page, standing->slabs, &shrinkage)
               : 0;
}

double set_shrinkage(struct slab *const *slabs, size_t count)
{
    double all = 0;
    for (size_t i = 0; i < count; i++)
        all -= slab_give(slabs[i], &shrinkage);
    return all;
}

void set_lower(struct setter *setter, struct slab *const *slabs, size_t count,
               double part)
{
    for (size_t i = 0; i < count; i++)
        grow_slab(setter, slabs[i], slab_give(slabs[i], &shrinkage) * part);
}

bool set_can_make_room(const struct setter *setter,
                       const struct layout_page *page,
                       const struct standing *standing, double room_pt)
{
    double missing = room_pt - white_of(page, standing->bottom_pt);
    return missing <= -page_give(setter, page, standing->slabs, &shrinkage);
}

void set_make_room(struct setter *setter, struct layout_page *page,
                   const struct standing *standing, double room_pt)
{
    double missing = room_pt - white_of(page, standing->bottom_pt);
    double most = page_give(setter, page, standing->slabs, &shrinkage);
    if (missing > 0)
        change_page(setter, page, standing->slabs, &shrinkage, missing / -most);
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
        struct layout_page page = layout->pages[p];
        page.slab_count = standing[p].count; /* notes stay at the foot */
        double white = white_of(&page, standing[p].bottom_pt);
        if (standing[p].plain)
            fill_page(setter, &page, standing[p].slabs, white);
        else if (white >= least_pt && white <= SPARSE * setter->height_pt)
            set_air(setter, &page, standing[p].slabs, white);
    }
    set_found_places(setter, layout);
}
