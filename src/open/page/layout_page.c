/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "page/layout_filler.h"

#define HOLE 0.2 /* of a page: white that a heading does not leave alone */

static const double slack = 0.01; /* rounding of sums */

struct layout_page *filler_page(const struct filler *filler)
{
    return &filler->layout->pages[filler->layout->page_count - 1];
}

struct standing *filler_standing(const struct filler *filler)
{
    return &filler->standing[filler->layout->page_count - 1];
}

static void set_format(struct filler *filler, const struct sheet *sheet)
{
    struct layout_page *page = filler_page(filler);
    page->width_pt = sheet->width_pt;
    page->height_pt = sheet->height_pt;
    page->turned = sheet != &filler->setter->sheets[0];
    filler->sheet = sheet;
}

static void begin_page(struct filler *filler, const struct sheet *sheet)
{
    struct layout *layout = filler->layout;
    struct arena *arena = filler->setter->arena;
    layout->pages = arena_grow(arena, layout->pages, layout->page_count,
                               &filler->page_capacity, sizeof *layout->pages);
    filler->bare = arena_grow(arena, filler->bare, layout->page_count,
                              &filler->bare_capacity, sizeof *filler->bare);
    layout->pages[layout->page_count] = (struct layout_page){0};
    filler->bare[layout->page_count] = false;
    filler->standing =
        arena_grow(arena, filler->standing, layout->page_count,
                   &filler->standing_capacity, sizeof *filler->standing);
    filler->standing[layout->page_count] = (struct standing){.plain = true};
    layout->page_count++;
    set_format(filler, sheet);
    filler->slab_capacity = 0;
    filler->x_pt = 0;
    filler->y_pt = filler->setter->theme->margin_top_pt;
    filler->empty = true;
    set_foot_turn(filler->setter, &filler->foot, sheet->height_pt / 3);
}

double filler_bottom(const struct filler *filler)
{
    return filler->sheet->height_pt - filler->setter->theme->margin_bottom_pt -
           filler->foot.height_pt;
}

/* --- notes ---------------------------------------------------------------- */

/* Height of the notes that slabs [first, past) add to the page. */
static double notes_height(const struct filler *filler, size_t first,
                           size_t past)
{
    return set_foot_whole(&filler->foot, &filler->setter->slabs[first],
                          past - first);
}

static void put_slab(struct filler *filler, const struct slab *slab,
                     double x_pt, double y_pt, bool repeated)
{
    struct layout_page *page = filler_page(filler);
    page->slabs =
        arena_grow(filler->setter->arena, page->slabs, page->slab_count,
                   &filler->slab_capacity, sizeof *page->slabs);
    page->slabs[page->slab_count++] = (struct layout_placed){
        .slab = &slab->out,
        .x_pt = x_pt,
        .y_pt = y_pt,
        .repeated = repeated,
    };
}

/* A rule and the notes that the page calls, down to its foot. */
static void end_page(struct filler *filler)
{
    filler_standing(filler)->bottom_pt = filler_bottom(filler);
    const double rule_pt = 60;
    struct setter *setter = filler->setter;
    const struct theme *theme = setter->theme;
    const struct foot *foot = &filler->foot;
    if (foot->count == 0)
        return;
    double y = filler->sheet->height_pt - theme->margin_bottom_pt -
               foot->height_pt + NOTES_GAP_PT;
    struct slab *rule = arena_alloc(setter->arena, sizeof *rule);
    set_fill(setter, rule, theme->margin_left_pt, 0, rule_pt, 0.4,
             theme->muted);
    put_slab(filler, rule, 0, y - NOTES_GAP_PT / 3.0, false);
    for (size_t i = 0; i < foot->count; i++) {
        put_slab(filler, foot->lines[i], 0, y, false);
        y += foot->lines[i]->out.height_pt;
    }
}

static void new_page(struct filler *filler, const struct sheet *sheet)
{
    end_page(filler);
    begin_page(filler, sheet);
}

/* --- slabs ---------------------------------------------------------------- */

/* Goes on to a page of this format; one without content takes it. */
static void take_sheet(struct filler *filler, const struct sheet *sheet)
{
    if (filler->sheet != sheet && !filler->empty)
        new_page(filler, sheet);
    else if (filler->sheet != sheet)
        set_format(filler, sheet);
}

/* Top of a slab below `y_pt`, with a gap unless it is the first there. Lines in
 * columns stand on a grid that begins at the top of the page, so that they are
 * level with their neighbours. */
static double top_of(const struct filler *filler, const struct slab *slab,
                     double y_pt, double after_pt, bool first)
{
    const struct theme *theme = filler->setter->theme;
    if (slab->bare)
        return 0;
    double y =
        y_pt + (first ? 0 : fmax(slab->gap_pt, fmax(slab->after_pt, after_pt)));
    double step = theme->body_leading_pt;
    if (!slab->narrow || !slab->out.line || theme->baseline_grid <= 0)
        return y;
    /* A gap of up to a quarter of a line closes, a larger one is a line. */
    double lines = floor((y - theme->margin_top_pt) / step + 0.75);
    double level = theme->margin_top_pt + lines * step;
    return level < y_pt - slack ? level + step : level;
}

static void place_at(struct filler *filler, const struct slab *slab,
                     bool repeated)
{
    double y =
        top_of(filler, slab, filler->y_pt, filler->after_pt, filler->empty);
    put_slab(filler, slab, filler->x_pt, y, repeated);
    if (slab->heading >= 0) {
        struct layout_heading *heading =
            &filler->setter->headings[slab->heading];
        heading->page = filler->layout->page_count - 1;
        heading->y_pt = y;
    }
    filler->y_pt = y + slab->out.height_pt;
    filler->after_pt = 0;
    filler->empty = false;
    set_foot_call(filler->setter, &filler->foot, slab,
                  filler_bottom(filler) - filler->y_pt);
}

void filler_place(struct filler *filler, struct slab *slab)
{
    place_at(filler, slab, false);
    set_stand(filler->setter, filler_standing(filler), slab);
}

static void place_again(struct filler *filler, const struct slab *slab)
{
    place_at(filler, slab, true);
    set_stand(filler->setter, filler_standing(filler), NULL);
}

/* Bottom of slabs [first, past) set one after the other below `y_pt`. */
static double chain_bottom(const struct filler *filler, size_t first,
                           size_t past, double y_pt, bool top)
{
    struct slab *const *slabs = filler->setter->slabs;
    for (size_t i = first; i < past; i++)
        y_pt = top_of(filler, slabs[i], y_pt, i == first ? filler->after_pt : 0,
                      top && i == first) +
               slabs[i]->out.height_pt;
    return y_pt;
}

double filler_height(const struct filler *filler, size_t first, size_t past)
{
    double top = filler->setter->theme->margin_top_pt;
    return chain_bottom(filler, first, past, top, true) - top;
}

size_t set_chain_end(const struct setter *setter, size_t first)
{
    size_t past = first;
    while (past + 1 < setter->slab_count && setter->slabs[past]->keep &&
           !setter->slabs[past + 1]->new_page &&
           setter->slabs[past + 1]->narrow == setter->slabs[past]->narrow &&
           setter->slabs[past + 1]->sheet == setter->slabs[past]->sheet)
        past++;
    return past + 1;
}

static void turn_page(struct filler *filler, const struct slab *next)
{
    new_page(filler, next->sheet);
    if (next->repeat != NULL)
        place_again(filler, next->repeat);
}

/* --- one column ----------------------------------------------------------- */

double filler_missing(const struct filler *filler, size_t first, size_t past)
{
    double missing =
        chain_bottom(filler, first, past, filler->y_pt, filler->empty) +
        set_foot_least(&filler->foot, &filler->setter->slabs[first],
                       past - first) -
        filler_bottom(filler);
    return missing > slack ? missing : 0;
}

/* A chain ends where columns begin, but wants the first of them below it. */
static size_t kept_end(const struct filler *filler, size_t past)
{
    const struct setter *setter = filler->setter;
    bool kept = setter->slabs[past - 1]->keep && past < setter->slab_count &&
                setter->slabs[past]->narrow;
    return kept ? set_chain_end(setter, past) : past;
}

/* A chain higher than a page is cut where it must be. */
static void place_chain(struct filler *filler, size_t first, size_t past)
{
    struct slab *const *slabs = filler->setter->slabs;
    double missing = filler_missing(filler, first, kept_end(filler, past));
    if (!filler->empty && missing > 0 &&
        !set_shrink(filler->setter, slabs[past - 1], missing))
        turn_page(filler, slabs[first]);
    for (size_t i = first; i < past; i++) {
        double end = top_of(filler, slabs[i], filler->y_pt, filler->after_pt,
                            filler->empty) +
                     slabs[i]->out.height_pt +
                     set_foot_least(&filler->foot, &slabs[i], 1);
        if (i > first && !filler->empty && end > filler_bottom(filler) + slack)
            turn_page(filler, slabs[i]);
        filler_place(filler, slabs[i]);
    }
}

/* --- figures and tables that wait ----------------------------------------- */

static size_t floating_end(const struct setter *setter, size_t first)
{
    size_t past = first + 1;
    while (past < setter->slab_count &&
           setter->slabs[past]->floating == setter->slabs[first]->floating)
        past++;
    return past;
}

static bool is_begun(const struct setter *setter, size_t first)
{
    return first > 0 &&
           setter->slabs[first - 1]->floating == setter->slabs[first]->floating;
}

static void place_floating(struct filler *filler, size_t first, size_t past)
{
    take_sheet(filler, filler->setter->slabs[first]->sheet);
    if (!is_begun(filler->setter, first)) {
        filler_squeeze(filler, first, past);
        if (filler_goes_over(filler, first, past))
            turn_page(filler, filler->setter->slabs[first]);
    }
    set_tighten(filler->setter, first, past,
                &(struct room){filler->y_pt,
                               filler->setter->theme->margin_top_pt,
                               filler_bottom(filler)});
    while (first < past) {
        size_t end = set_chain_end(filler->setter, first);
        end = end < past ? end : past;
        place_chain(filler, first, end);
        first = end;
    }
}

static void place_waiting(struct filler *filler)
{
    for (size_t i = 0; i < filler->waiting_count; i++)
        place_floating(filler, filler->waiting[i].first,
                       filler->waiting[i].past);
    if (filler->waiting_count > 0)
        filler->after_pt = filler->setter->theme->block_gap_pt;
    filler->waiting_count = 0;
}

static void wait_for_room(struct filler *filler, size_t first, size_t past)
{
    filler->waiting = arena_grow(
        filler->setter->arena, filler->waiting, filler->waiting_count,
        &filler->waiting_capacity, sizeof *filler->waiting);
    filler->waiting[filler->waiting_count++] = (struct waiting){first, past};
    if (past < filler->setter->slab_count)
        filler->setter->slabs[past]->after_pt = 0; /* not below it any more */
}

static bool must_wait(const struct filler *filler, size_t first)
{
    const struct setter *setter = filler->setter;
    const struct slab *slab = setter->slabs[first];
    if (filler->waiting_count > 0)
        return true;
    if (filler->empty || is_begun(setter, first))
        return false;
    if (slab->sheet != filler->sheet ||
        filler_goes_over(filler, first, floating_end(setter, first)))
        return true;
    size_t past = set_chain_end(setter, first);
    double missing = filler_missing(filler, first, past);
    return missing > 0 && !set_can_shrink(setter->slabs[past - 1], missing);
}

/* --- two columns ---------------------------------------------------------- */

static size_t narrow_end(const struct setter *setter, size_t first)
{
    size_t past = first + 1;
    while (past < setter->slab_count && setter->slabs[past]->narrow &&
           !setter->slabs[past]->new_page &&
           setter->slabs[past]->sheet == setter->slabs[first]->sheet)
        past++;
    return past;
}

/* The first slab that a column from `y_pt` down to `end_pt` has no room for. */
static size_t column_end(const struct filler *filler, size_t first, size_t past,
                         double end_pt)
{
    double y = filler->y_pt;
    size_t at = first;
    while (at < past) {
        size_t end = set_chain_end(filler->setter, at);
        end = end < past ? end : past;
        y = chain_bottom(filler, at, end, y, at == first);
        if (y > end_pt + slack)
            break;
        at = end;
    }
    return at;
}

static void place_column(struct filler *filler, size_t first, size_t past)
{
    filler->empty = true; /* gaps are dropped at the top of a column */
    for (size_t i = first; i < past; i++)
        filler_place(filler, filler->setter->slabs[i]);
}

/* Both columns from here down to `end_pt`; returns what is left over. */
static size_t place_columns(struct filler *filler, size_t first, size_t past,
                            double end_pt)
{
    const struct setter *setter = filler->setter;
    const struct theme *theme = setter->theme;
    double width = filler->sheet->width_pt - theme->margin_left_pt -
                   theme->margin_right_pt;
    double top = filler->y_pt;
    size_t middle = column_end(filler, first, past, end_pt);
    size_t end = column_end(filler, middle, past, end_pt);
    place_column(filler, first, middle);
    double left_end = filler->y_pt;
    filler->y_pt = top;
    filler->x_pt = (width + theme->column_gap_pt) / 2;
    place_column(filler, middle, end);
    filler->x_pt = 0;
    filler->y_pt = fmax(left_end, filler->y_pt);
    filler->empty = false;
    return end;
}

/* The least height at which two columns hold all of it, bottom() when none
 * does. */
static double balanced_bottom(const struct filler *filler, size_t first,
                              size_t past)
{
    const double step = 1;
    double all = chain_bottom(filler, first, past, filler->y_pt, true);
    double end = filler->y_pt + (all - filler->y_pt) / 2;
    for (; end < filler_bottom(filler); end += step) {
        size_t middle = column_end(filler, first, past, end);
        if (middle > first && column_end(filler, middle, past, end) == past)
            return end;
    }
    return filler_bottom(filler);
}

/* The same with room below for the notes that both columns call. */
static double noted_bottom(struct filler *filler, size_t first, size_t past)
{
    double before = filler->foot.height_pt;
    double end = 0;
    double wanted = 0;
    do {
        filler->foot.height_pt = before + wanted;
        end = balanced_bottom(filler, first, past);
        size_t middle = column_end(filler, first, past, end);
        double notes =
            notes_height(filler, first, column_end(filler, middle, past, end));
        if (notes <= wanted + slack)
            break;
        wanted = notes;
    } while (true);
    filler->foot.height_pt = before;
    return end;
}

static void place_narrow(struct filler *filler, size_t first, size_t past)
{
    const struct slab *slab = filler->setter->slabs[first];
    while (first < past) {
        filler->y_pt =
            top_of(filler, slab, filler->y_pt, filler->after_pt, filler->empty);
        filler->after_pt = 0;
        double end = noted_bottom(filler, first, past);
        if (column_end(filler, first, past, end) > first) {
            first = place_columns(filler, first, past, end);
        } else if (filler->empty) { /* higher than a page */
            size_t whole = set_chain_end(filler->setter, first);
            place_column(filler, first, whole < past ? whole : past);
            first = whole < past ? whole : past;
        }
        if (first == past)
            return;
        if (filler->waiting_count > 0)
            place_waiting(filler);
        else
            new_page(filler, slab->sheet);
        take_sheet(filler, slab->sheet);
        slab = filler->setter->slabs[first];
    }
}

/* --- all slabs ------------------------------------------------------------ */

static void place_bare(struct filler *filler, struct slab *slab, bool last)
{
    filler->bare[filler->layout->page_count - 1] = true;
    filler_place(filler, slab);
    if (last)
        return;
    new_page(filler, slab->sheet);
    filler_standing(filler)->asked = true;
}

/* A heading with a few lines, and what they lead to, get room on the page or
 * all go over, unless that would leave a hole. */
static void keep_lead(struct filler *filler, size_t first)
{
    double missing = filler_led_overleaf(filler, first);
    if (missing > 0 && !filler_make_room(filler, missing) &&
        filler_white(filler, 0) <= HOLE * filler->setter->height_pt)
        new_page(filler, filler->setter->slabs[first]->sheet);
}

/* So does a heading that is kept with a table. */
static void keep_whole(struct filler *filler, size_t first, size_t past)
{
    const struct setter *setter = filler->setter;
    if (setter->slabs[past - 1]->floating == 0)
        return;
    past = floating_end(setter, past - 1);
    filler_squeeze(filler, first, past);
    if (filler_goes_over(filler, first, past))
        new_page(filler, setter->slabs[first]->sheet);
}

size_t filler_next(struct filler *filler, size_t first)
{
    struct setter *setter = filler->setter;
    struct slab *slab = setter->slabs[first];
    if (slab->floating > 0) {
        size_t past = floating_end(setter, first);
        if (must_wait(filler, first))
            wait_for_room(filler, first, past);
        else
            place_floating(filler, first, past);
        return past;
    }
    filler_follow_table(setter, first, set_chain_end(setter, first));
    size_t past = set_chain_end(setter, first);
    if (set_is_stop(setter, slab) || slab->sheet != filler->sheet ||
        (!slab->narrow && filler_missing(filler, first, past) > 0))
        place_waiting(filler);
    if (slab->new_page && !filler->empty && !filler_runs_on(filler, first)) {
        new_page(filler, slab->sheet);
        filler_standing(filler)->asked = true;
    }
    take_sheet(filler, slab->sheet);
    keep_lead(filler, first);
    if (slab->bare) {
        place_bare(filler, slab, first + 1 == setter->slab_count);
        return first + 1;
    }
    if (slab->narrow) {
        past = narrow_end(setter, first);
        place_narrow(filler, first, past);
        return past;
    }
    bool only_break =
        slab->new_page && slab->out.height_pt <= 0 && slab->heading < 0;
    if (only_break)
        return first + 1;
    keep_whole(filler, first, past);
    place_chain(filler, first, past);
    return past;
}

void filler_settle(struct filler *filler)
{
    place_waiting(filler);
}

void filler_end(struct filler *filler)
{
    place_waiting(filler);
    filler_pull_tail(filler);
    filler_standing(filler)->bottom_pt = filler_bottom(filler);
}

static void fill_pages(struct filler *filler)
{
    const struct setter *setter = filler->setter;
    begin_page(filler, setter->slabs[0]->sheet);
    size_t first = 0;
    while (first < setter->slab_count) {
        size_t past = first + 1;
        while (past < setter->slab_count && !setter->slabs[past]->new_page)
            past++;
        filler_chapter(filler, first, past);
        first = past;
    }
    end_page(filler);
    while (filler->foot.carried_count > 0) {
        begin_page(filler, filler->sheet);
        filler->empty = false;
        end_page(filler);
    }
}

void set_trial_pages(struct setter *setter, struct layout *trial)
{
    struct filler filler = {.setter = setter, .layout = trial};
    if (setter->slab_count > 0)
        fill_pages(&filler);
    set_found_places(setter, trial);
}

bool set_pages(struct setter *setter, struct layout *layout, struct err *err)
{
    struct filler filler = {.setter = setter, .layout = layout};
    if (setter->slab_count == 0)
        return err_fail(err, ERR_SCRIPT, "page.empty",
                        "document '%s' has no block to print",
                        setter->document->name);
    fill_pages(&filler);
    if (filler.empty && layout->page_count > 1)
        layout->page_count--; /* a page break with nothing after it */
    set_found_places(setter, layout);
    set_fill_numbers(setter, layout);
    if (!setter->guessed_wrong || setter->guess != NULL)
        set_fill_pages(setter, layout, filler.standing);
    for (size_t i = 0; i < layout->page_count; i++) {
        if (!filler.bare[i] && !set_page_holds(setter, &layout->pages[i], err))
            return false;
        set_running(setter, layout, i, filler.bare[i]);
    }
    return true;
}
