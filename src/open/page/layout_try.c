/* SPDX-License-Identifier: EUPL-1.2 */
/* A chapter, or a part that begins a page of its own, is filled in a few ways,
 * and the one that costs the least is kept (layout_cost.c).
 * Ways differ in what may be done for a table that would be cut. Filling
 * changes slabs and the page where it begins: what it changes is remembered,
 * and put back in between. */
#include <math.h>
#include <string.h>

#include "page/layout_filler.h"

#define COST_SLIGHT 0.05 /* no other way is tried for less */

/* What may stay white of a page that a table goes over from, in the order in
 * which they are tried; of ways that cost the same the first is kept. */
static const double whites[] = {0, 0.08, 0.15, 0.25, 0.35};

/* --- slabs as they were --------------------------------------------------- */

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

/* --- pages as they were --------------------------------------------------- */

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

/* --- ways ----------------------------------------------------------------- */

/* Fills from slab `first` on, up to `past` or what cannot be parted from the
 * slab before; returns where it ended. */
static size_t fill(struct filler *filler, const struct way *way, size_t first,
                   size_t past, bool end)
{
    filler->way = *way;
    while (first < past)
        first = filler_next(filler, first);
    if (end)
        filler_end(filler);
    else
        filler_settle(filler);
    return first;
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

/* Something that is tried, from here on; nothing of it stays. */
struct trial {
    struct kept kept;
    struct bookmark bookmark;
    struct arena *arena; /* of the setter, before */
};

static struct trial trial_begin(struct filler *filler, size_t first,
                                size_t past)
{
    struct trial trial = {
        .kept = {.arena = arena_new(), .setter = filler->setter},
        .arena = filler->setter->arena,
    };
    keep_all(&trial.kept, filler, first, past);
    trial.bookmark = bookmark_of(filler, trial.kept.arena);
    filler->setter->arena = trial.kept.arena;
    return trial;
}

static void trial_again(struct filler *filler, const struct trial *trial)
{
    go_back(filler, &trial->bookmark);
    put_back(&trial->kept);
}

static void trial_end(struct filler *filler, struct trial *trial)
{
    trial_again(filler, trial);
    filler->setter->arena = trial->arena;
    arena_free(trial->kept.arena);
}

static struct way way_of(size_t number)
{
    return (struct way){
        .white = whites[number % COUNT_OF(whites)],
        .squeeze = number / COUNT_OF(whites) % 2 == 1,
        .share = number / COUNT_OF(whites) / 2 == 1,
    };
}

#define WAYS (COUNT_OF(whites) * 2) /* on pages that the chapter begins */

/* --- a chapter in one way ------------------------------------------------- */

/* The end of the chapter that may run on below the one that ends before slab
 * `past`; that one where none does. */
static size_t after_end(const struct setter *setter, size_t past)
{
    if (past == setter->slab_count || !setter->slabs[past]->runs_on)
        return past;
    size_t end = past + 1;
    while (end < setter->slab_count && !setter->slabs[end]->new_page)
        end++;
    return end;
}

/* What pages cost from `page` on, now that a chapter ended before slab `past`.
 * Its last page is judged with the chapter that runs on below, up to slab
 * `after`: that fills white which another way leaves on the page before. */
static double cost_with_next(struct filler *filler, const struct way *way,
                             size_t page, size_t past, size_t after)
{
    size_t pages = filler->layout->page_count;
    if (after > past)
        (void)fill(filler, way, past, after, true);
    return filler_cost(filler, page, pages);
}

static struct way best_way(struct filler *filler, size_t first, size_t past,
                           double *cost)
{
    size_t page = filler->layout->page_count - 1;
    size_t after = after_end(filler->setter, past);
    size_t count = WAYS * (filler->setter->slabs[first]->shares ? 2 : 1);
    struct way best = {0};
    struct trial trial = trial_begin(filler, first, after);
    *cost = HUGE_VAL;
    for (size_t w = 0; *cost > COST_SLIGHT && w < count; w++) {
        const struct way way = way_of(w);
        (void)fill(filler, &way, first, past, true);
        double now = cost_with_next(filler, &way, page, past, after);
        trial_again(filler, &trial);
        if (now < *cost - 1e-9) {
            best = way;
            *cost = now;
        }
    }
    trial_end(filler, &trial);
    return best;
}

/* --- each section in a way of its own ------------------------------------- */

/* The sections of a chapter, each with what it is filled in. */
struct sections {
    size_t past;    /* the end of the chapter */
    size_t *starts; /* slabs */
    struct way *ways;
    size_t count;
};

/* A section begins with a heading, and has figures or tables. */
static struct sections find_sections(const struct filler *filler, size_t first,
                                     size_t past, const struct way *way)
{
    struct setter *setter = filler->setter;
    struct sections all = {
        .past = past,
        .starts = arena_array(setter->arena, past - first, sizeof(size_t)),
        .ways = arena_array(setter->arena, past - first, sizeof *all.ways),
    };
    for (size_t i = first; i < past; i++) {
        if (i > first && (!set_is_stop(setter, setter->slabs[i]) ||
                          !has_choice(filler, all.starts[all.count - 1], i)))
            continue;
        all.starts[all.count] = i;
        all.ways[all.count++] = *way;
    }
    return all;
}

static size_t section_end(const struct sections *all, size_t section)
{
    return section + 1 < all->count ? all->starts[section + 1] : all->past;
}

/* Fills one section, of which the one before may have taken the beginning. */
static size_t fill_section(struct filler *filler, const struct sections *all,
                           size_t section, size_t first)
{
    return fill(filler, &all->ways[section], first, section_end(all, section),
                section + 1 == all->count);
}

/* What a section costs with the next one, which shows where it leaves that:
 * the page that both end on is not finished. */
static double section_cost(struct filler *filler, const struct sections *all,
                           size_t section, size_t first)
{
    size_t page = filler->layout->page_count - 1;
    size_t past = fill_section(filler, all, section, first);
    bool last = section + 1 == all->count;
    if (!last) {
        (void)fill_section(filler, all, section + 1, past);
        last = section + 2 == all->count;
    }
    size_t end = filler->layout->page_count;
    return filler_cost(filler, page, last || end == page ? end : end - 1);
}

static void choose_way(struct filler *filler, struct sections *all,
                       size_t section, size_t first)
{
    struct way best = all->ways[section], usual = best;
    size_t next = section + 1 < all->count ? section + 1 : section;
    struct trial trial = trial_begin(filler, first, section_end(all, next));
    double least = section_cost(filler, all, section, first);
    for (size_t w = 0; w < WAYS && least > 0; w++) {
        trial_again(filler, &trial);
        all->ways[section] = way_of(w);
        all->ways[section].share = usual.share;
        double cost = section_cost(filler, all, section, first);
        if (cost < least - 1e-9) {
            best = all->ways[section];
            least = cost;
        }
    }
    all->ways[section] = best;
    trial_end(filler, &trial);
}

/* Fills the chapter with what is the best for each section and the next one;
 * returns what that costs. */
static double choose_ways(struct filler *filler, struct sections *all,
                          size_t first)
{
    size_t page = filler->layout->page_count - 1;
    size_t after = after_end(filler->setter, all->past);
    struct trial trial = trial_begin(filler, first, after);
    for (size_t s = 0; s < all->count; s++) {
        choose_way(filler, all, s, first);
        first = fill_section(filler, all, s, first);
    }
    double cost = cost_with_next(filler, &all->ways[all->count - 1], page,
                                 all->past, after);
    trial_end(filler, &trial);
    return cost;
}

void filler_chapter(struct filler *filler, size_t first, size_t past)
{
    struct way way = {0};
    double cost = 0;
    if (has_choice(filler, first, past))
        way = best_way(filler, first, past, &cost);
    struct sections all = find_sections(filler, first, past, &way);
    if (cost > COST_SLIGHT && all.count > 1 &&
        choose_ways(filler, &all, first) > cost - 1e-9) {
        for (size_t s = 0; s < all.count; s++)
            all.ways[s] = way; /* as one, after all */
    }
    for (size_t s = 0; s < all.count; s++)
        first = fill_section(filler, &all, s, first);
}
