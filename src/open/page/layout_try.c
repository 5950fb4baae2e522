/* SPDX-License-Identifier: EUPL-1.2 */
/* A chapter, or a part that begins a page of its own, is filled in a few ways,
 * and the one that leaves the least white and cuts the fewest tables is kept.
 * Ways differ in what may be done for a table that would be cut. Filling
 * changes slabs: what it changes is remembered, and put back in between. */
#include <math.h>

#include "page/layout_filler.h"

#define CUT 0.1 /* what a table that goes on costs, in pages of white */
#define WHITE_SLIGHT 0.05 /* pages of white that no other way is tried for */

/* The first is kept where others are no better. */
static const struct way ways[] = {
    {.over = false, .squeeze = false, .share = false},
    {.over = true, .squeeze = false, .share = false},
    {.over = false, .squeeze = true, .share = false},
    {.over = true, .squeeze = true, .share = false},
    {.over = false, .squeeze = false, .share = true},
    {.over = true, .squeeze = false, .share = true},
    {.over = false, .squeeze = true, .share = true},
    {.over = true, .squeeze = true, .share = true},
};

/* --- slabs as they were ----------------------------------------------------
 */

struct kept_mark {
    double y_pt, width_pt, height_pt, scale;
    const struct scene *scene;
};

struct kept_slab {
    struct slab *slab;
    struct slab was;
    struct kept_mark *marks; /* NULL: they never change */
};

struct kept {
    struct arena *arena;
    struct kept_slab *slabs;
    size_t count, capacity;
};

static bool may_change(const struct slab *slab)
{
    return slab->repeat != NULL || slab->flex_pt > 0 || slab->rise_pt > 0 ||
           slab->joined != NULL;
}

static void keep_one(struct kept *kept, struct slab *slab)
{
    kept->slabs = arena_grow(kept->arena, kept->slabs, kept->count,
                             &kept->capacity, sizeof *kept->slabs);
    struct kept_slab *copy = &kept->slabs[kept->count++];
    *copy = (struct kept_slab){.slab = slab, .was = *slab};
    if (!may_change(slab))
        return;
    copy->marks =
        arena_array(kept->arena, slab->out.mark_count + 1, sizeof *copy->marks);
    for (size_t m = 0; m < slab->out.mark_count; m++) {
        const struct layout_mark *mark = &slab->out.marks[m];
        copy->marks[m] =
            (struct kept_mark){mark->y_pt, mark->width_pt, mark->height_pt,
                               mark->scale, mark->scene};
    }
}

static void keep_slabs(struct kept *kept, struct slab *const *slabs,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        keep_one(kept, slabs[i]);
        for (size_t c = 0; slabs[i]->joined != NULL && c < 2; c++) {
            const struct joined *column = &slabs[i]->joined[c];
            for (size_t s = 0; s < column->count; s++)
                keep_one(kept, column->slabs[s]);
        }
    }
}

static void put_back(const struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_slab *copy = &kept->slabs[i];
        *copy->slab = copy->was;
        for (size_t m = 0; copy->marks != NULL && m < copy->was.out.mark_count;
             m++) {
            struct layout_mark *mark = &copy->was.out.marks[m];
            const struct kept_mark *was = &copy->marks[m];
            mark->y_pt = was->y_pt;
            mark->width_pt = was->width_pt;
            mark->height_pt = was->height_pt;
            mark->scale = was->scale;
            mark->scene = was->scene;
        }
    }
}

/* --- pages as they were ----------------------------------------------------
 */

struct bookmark {
    struct filler filler;
    struct layout layout;
    struct layout_page page; /* the one being filled */
    struct standing standing;
};

static struct bookmark bookmark_of(const struct filler *filler)
{
    return (struct bookmark){
        .filler = *filler,
        .layout = *filler->layout,
        .page = *filler_page(filler),
        .standing = *filler_standing(filler),
    };
}

static void go_back(struct filler *filler, const struct bookmark *bookmark)
{
    *filler = bookmark->filler;
    *filler->layout = bookmark->layout;
    *filler_page(filler) = bookmark->page;
    *filler_standing(filler) = bookmark->standing;
}

/* --- ways ------------------------------------------------------------------
 */

/* Pages of white from page `first` on, where the chapter before ends, a large
 * one worse than some small ones, and cut tables. */
static double cost_of(const struct filler *filler, size_t first)
{
    const struct setter *setter = filler->setter;
    double cost = CUT * (double)filler->cuts;
    for (size_t p = first; p < filler->layout->page_count; p++) {
        double white = set_page_white(setter, &filler->layout->pages[p],
                                      &filler->standing[p]) /
                       setter->height_pt;
        cost += white + 2 * white * white;
    }
    return cost;
}

static void fill(struct filler *filler, size_t first, size_t past)
{
    while (first < past)
        first = filler_next(filler, first);
    filler_end(filler);
}

static double try_way(struct filler *filler, const struct way *way,
                      size_t first, size_t past)
{
    size_t page = filler->layout->page_count - 1;
    filler->way = *way;
    filler->cuts = 0;
    fill(filler, first, past);
    return cost_of(filler, page);
}

static bool has_choice(const struct filler *filler, size_t first, size_t past)
{
    if (filler->foot.carried_count > 0)
        return false;
    for (size_t i = first; i < past; i++) {
        if (filler->setter->slabs[i]->floating > 0)
            return true;
    }
    return false;
}

static struct way best_way(struct filler *filler, struct kept *kept,
                           size_t first, size_t past)
{
    const struct bookmark bookmark = bookmark_of(filler);
    struct way best = ways[0];
    double least = 0;
    for (size_t w = 0; w < COUNT_OF(ways); w++) {
        if (ways[w].share && !filler->setter->slabs[first]->shares)
            break;
        double cost = try_way(filler, &ways[w], first, past);
        go_back(filler, &bookmark);
        put_back(kept);
        if (w == 0 || cost < least - 1e-9) {
            best = ways[w];
            least = cost;
        }
        if (least <= WHITE_SLIGHT)
            break;
    }
    return best;
}

void filler_chapter(struct filler *filler, size_t before, size_t first,
                    size_t past)
{
    struct setter *setter = filler->setter;
    filler->way = ways[0];
    if (has_choice(filler, first, past)) {
        struct kept kept = {.arena = arena_new()};
        keep_slabs(&kept, &setter->slabs[before], past - before);
        filler->way = best_way(filler, &kept, first, past);
        arena_free(kept.arena);
    }
    fill(filler, first, past);
}
