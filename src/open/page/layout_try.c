/* SPDX-License-Identifier: EUPL-1.2 */
/* A chapter, or a part that begins a page of its own, is filled in a few ways,
 * and the one that leaves the least white and cuts the fewest tables is kept.
 * Ways differ in what may be done for a table that would be cut. Filling
 * changes slabs and the page where it begins: what it changes is remembered,
 * and put back in between. */
#include <math.h>
#include <string.h>

#include "page/layout_filler.h"

#define CUT 0.15          /* what a table that goes on costs, in white pages */
#define WHITE_SLIGHT 0.05 /* white pages that no other way is tried for */

/* What may stay white of a page that a table goes over from, in the order in
 * which they are tried; of ways that cost the same the first is kept. */
static const double whites[] = {0, 0.08, 0.15, 0.25};

/* --- slabs as they were ----------------------------------------------------
 */

struct kept_mark {
    double y_pt, width_pt, height_pt, scale;
    const struct scene *scene;
};

struct kept_slab {
    struct slab *slab;
    struct slab was;
    struct kept_mark *marks;     /* NULL: they never change */
    struct layout_heading place; /* that it begins with */
};

struct kept {
    struct arena *arena;
    struct setter *setter;
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
    if (slab->heading >= 0)
        copy->place = kept->setter->headings[slab->heading];
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
        if (slabs[i] == NULL)
            continue; /* the head of a table that goes on */
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
        if (copy->was.heading >= 0)
            kept->setter->headings[copy->was.heading] = copy->place;
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

/* The page being filled, and the one before, which may get its last lines. */
#define PAGES_KEPT 2

struct bookmark {
    struct filler filler;
    struct layout layout;
    size_t first; /* page */
    struct layout_page pages[PAGES_KEPT];
    struct layout_placed *placed[PAGES_KEPT];
    struct standing standing[PAGES_KEPT];
};

static void copy_placed(struct layout_placed *to,
                        const struct layout_placed *from, size_t count)
{
    assert(count == 0 || from != NULL);
    if (count > 0)
        memcpy(to, from, count * sizeof *to);
}

static struct bookmark bookmark_of(const struct filler *filler,
                                   struct arena *arena)
{
    size_t count = filler->layout->page_count;
    struct bookmark bookmark = {
        .filler = *filler,
        .layout = *filler->layout,
        .first = count > PAGES_KEPT ? count - PAGES_KEPT : 0,
    };
    for (size_t p = bookmark.first; p < count; p++) {
        const struct layout_page *page = &filler->layout->pages[p];
        size_t at = p - bookmark.first;
        bookmark.pages[at] = *page;
        bookmark.placed[at] = arena_array(arena, page->slab_count + 1,
                                          sizeof *bookmark.placed[at]);
        copy_placed(bookmark.placed[at], page->slabs, page->slab_count);
        bookmark.standing[at] = filler->standing[p];
    }
    return bookmark;
}

static void go_back(struct filler *filler, const struct bookmark *bookmark)
{
    *filler = bookmark->filler;
    *filler->layout = bookmark->layout;
    for (size_t p = bookmark->first; p < bookmark->layout.page_count; p++) {
        size_t at = p - bookmark->first;
        struct layout_page *page = &filler->layout->pages[p];
        *page = bookmark->pages[at];
        copy_placed(page->slabs, bookmark->placed[at], page->slab_count);
        filler->standing[p] = bookmark->standing[at];
    }
}

/* --- ways ------------------------------------------------------------------
 */

static void fill(struct filler *filler, size_t first, size_t past)
{
    while (first < past)
        first = filler_next(filler, first);
    filler_end(filler);
}

/* White pages from page `first` on, where the chapter before ends, a large
 * white worse than some small ones, and cut tables. */
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

static struct way best_way(struct filler *filler, const struct kept *kept,
                           size_t first, size_t past)
{
    struct setter *setter = filler->setter;
    struct arena *arena = setter->arena;
    const struct bookmark bookmark = bookmark_of(filler, kept->arena);
    setter->arena = kept->arena; /* nothing that is tried stays */
    int shared = setter->slabs[first]->shares ? 2 : 1;
    size_t count = COUNT_OF(whites) * 2 * (size_t)shared;
    struct way best = {0};
    double least = HUGE_VAL;
    for (size_t w = 0; w < count && least > WHITE_SLIGHT; w++) {
        const struct way way = {
            .white = whites[w % COUNT_OF(whites)],
            .squeeze = w / COUNT_OF(whites) % 2 == 1,
            .share = w / COUNT_OF(whites) / 2 == 1,
        };
        double cost = try_way(filler, &way, first, past);
        go_back(filler, &bookmark);
        put_back(kept);
        if (cost < least - 1e-9) {
            best = way;
            least = cost;
        }
    }
    setter->arena = arena;
    return best;
}

/* What filling slabs [first, past) may change: them, and what stands on the
 * last pages. */
static void keep_all(struct kept *kept, const struct filler *filler,
                     size_t first, size_t past)
{
    size_t pages = filler->layout->page_count;
    size_t page = pages > PAGES_KEPT ? pages - PAGES_KEPT : 0;
    for (; page < pages; page++)
        keep_slabs(kept, filler->standing[page].slabs,
                   filler->standing[page].count);
    keep_slabs(kept, &filler->setter->slabs[first], past - first);
}

void filler_chapter(struct filler *filler, size_t first, size_t past)
{
    filler->way = (struct way){0};
    if (has_choice(filler, first, past)) {
        struct kept kept = {.arena = arena_new(), .setter = filler->setter};
        keep_all(&kept, filler, first, past);
        filler->way = best_way(filler, &kept, first, past);
        arena_free(kept.arena);
    }
    fill(filler, first, past);
}
