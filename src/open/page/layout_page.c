/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "page/layout_impl.h"

/* The page being filled. */
struct filler {
    struct setter *setter;
    struct layout *layout;
    size_t page_capacity, slab_capacity;
    double y_pt; /* below the last slab */
    bool empty;  /* no slab on the page yet */
    bool *bare;  /* [page] */
    size_t bare_capacity;
};

static struct layout_page *current(struct filler *filler)
{
    return &filler->layout->pages[filler->layout->page_count - 1];
}

static void new_page(struct filler *filler)
{
    struct layout *layout = filler->layout;
    struct arena *arena = filler->setter->arena;
    layout->pages = arena_grow(arena, layout->pages, layout->page_count,
                               &filler->page_capacity, sizeof *layout->pages);
    filler->bare = arena_grow(arena, filler->bare, layout->page_count,
                              &filler->bare_capacity, sizeof *filler->bare);
    layout->pages[layout->page_count] = (struct layout_page){0};
    filler->bare[layout->page_count] = false;
    layout->page_count++;
    filler->slab_capacity = 0;
    filler->y_pt = filler->setter->theme->margin_top_pt;
    filler->empty = true;
}

static void place(struct filler *filler, const struct slab *slab, double gap_pt,
                  bool repeated)
{
    struct layout_page *page = current(filler);
    page->slabs =
        arena_grow(filler->setter->arena, page->slabs, page->slab_count,
                   &filler->slab_capacity, sizeof *page->slabs);
    double y = filler->y_pt + (filler->empty ? 0 : gap_pt);
    if (slab->bare)
        y = 0;
    page->slabs[page->slab_count++] = (struct layout_placed){
        .slab = &slab->out,
        .y_pt = y,
        .repeated = repeated,
    };
    if (slab->heading >= 0) {
        struct layout_heading *heading =
            &filler->setter->headings[slab->heading];
        heading->page = filler->layout->page_count - 1;
        heading->y_pt = y;
    }
    filler->y_pt = y + slab->out.height_pt;
    filler->empty = false;
}

static double bottom(const struct filler *filler)
{
    const struct theme *theme = filler->setter->theme;
    return theme->page_height_pt - theme->margin_bottom_pt;
}

/* Height of slabs [first, past) set one after the other. */
static double chain_height(const struct filler *filler, size_t first,
                           size_t past)
{
    struct slab *const *slabs = filler->setter->slabs;
    double height = 0;
    for (size_t i = first; i < past; i++) {
        bool top = i == first && filler->empty;
        height += (top ? 0 : slabs[i]->gap_pt) + slabs[i]->out.height_pt;
    }
    return height;
}

static size_t chain_end(const struct setter *setter, size_t first)
{
    size_t past = first;
    while (past + 1 < setter->slab_count && setter->slabs[past]->keep &&
           !setter->slabs[past + 1]->new_page)
        past++;
    return past + 1;
}

static void turn_page(struct filler *filler, const struct slab *next)
{
    new_page(filler);
    if (next->repeat != NULL)
        place(filler, next->repeat, 0, true);
}

/* A figure that nearly fits is made smaller rather than leave a hole: by a
 * fifth at most. */
static bool shrink(struct slab *slab, double missing_pt)
{
    if (missing_pt > slab->flex_pt * 0.2)
        return false;
    double factor = 1 - missing_pt / slab->flex_pt;
    for (size_t i = 0; i < slab->out.mark_count; i++) {
        struct layout_mark *mark = &slab->out.marks[i];
        if (mark->kind == LAYOUT_SCENE) {
            mark->scale *= factor;
            mark->width_pt *= factor;
            mark->height_pt *= factor;
        } else if (mark->y_pt >= slab->flex_end_pt) {
            mark->y_pt -= missing_pt;
        }
    }
    slab->out.height_pt -= missing_pt;
    slab->flex_pt = 0;
    return true;
}

/* A chain higher than a page is cut where it must be. */
static void place_chain(struct filler *filler, size_t first, size_t past)
{
    const double slack = 0.01;
    struct slab *const *slabs = filler->setter->slabs;
    double missing =
        filler->y_pt + chain_height(filler, first, past) - bottom(filler);
    if (!filler->empty && missing > slack && !shrink(slabs[past - 1], missing))
        turn_page(filler, slabs[first]);
    for (size_t i = first; i < past; i++) {
        double gap = filler->empty ? 0 : slabs[i]->gap_pt;
        double end = filler->y_pt + gap + slabs[i]->out.height_pt;
        if (i > first && !filler->empty && end > bottom(filler) + slack)
            turn_page(filler, slabs[i]);
        place(filler, slabs[i], slabs[i]->gap_pt, false);
    }
}

static void fill_pages(struct filler *filler)
{
    struct setter *setter = filler->setter;
    new_page(filler);
    size_t first = 0;
    while (first < setter->slab_count) {
        const struct slab *slab = setter->slabs[first];
        if (slab->new_page && !filler->empty)
            new_page(filler);
        if (slab->bare) {
            filler->bare[filler->layout->page_count - 1] = true;
            place(filler, slab, 0, false);
            first++;
            if (first < setter->slab_count)
                new_page(filler);
            continue;
        }
        size_t past = chain_end(setter, first);
        bool only_break =
            slab->new_page && slab->out.height_pt <= 0 && slab->heading < 0;
        if (!only_break)
            place_chain(filler, first, past);
        first = only_break ? first + 1 : past;
    }
}

/* --- running heads and feet ----------------------------------------------- */

static const char *fit(struct setter *setter, const struct text_style *style,
                       const char *text, double width_pt)
{
    struct paragraph *lines =
        set_break_text(setter, text, style, width_pt, TAG_ARTIFACT);
    if (set_line_count(lines) <= 1)
        return text;
    struct slab scratch = {0};
    set_lines(setter, &scratch, lines, 0, 1, 0, 0);
    struct text cut = text_new(setter->arena);
    for (size_t i = 0; i < scratch.out.mark_count; i++)
        text_add_bytes(&cut, scratch.out.marks[i].text,
                       scratch.out.marks[i].size);
    while (cut.size > 0 && cut.at[cut.size - 1] == ' ')
        cut.at[--cut.size] = '\0';
    text_add(&cut, "\u2026");
    return cut.at;
}

static void draw_ends(struct setter *setter, struct slab *slab,
                      const struct text_style *style, const char *left,
                      const char *right, double y_pt)
{
    double half = setter->width_pt / 2 - 10;
    left = fit(setter, style, left, half);
    right = fit(setter, style, right, half);
    if (left[0] != '\0')
        (void)set_line(setter, slab, TAG_ARTIFACT, style, left, setter->left_pt,
                       y_pt);
    double width =
        set_width(setter, style->font, style->size_pt, right, strlen(right));
    if (right[0] != '\0')
        (void)set_line(setter, slab, TAG_ARTIFACT, style, right,
                       setter->left_pt + setter->width_pt - width, y_pt);
}

static void draw_running(struct setter *setter, struct layout *layout,
                         size_t number)
{
    const struct theme *theme = setter->theme;
    const struct edition *edition = setter->document->edition;
    const struct project *project = edition->project;
    struct text_style style = set_style_small(setter);
    style.hyphenated = false;
    struct slab head = {0};
    struct slab foot = {0};

    const char *title = project->title[setter->lang];
    const char *document = setter->document->title;
    double y = theme->margin_top_pt - style.leading_pt - 9;
    draw_ends(setter, &head, &style, title,
              text_same(title, document) ? "" : document, y);
    set_fill(setter, &head, setter->left_pt, y + style.leading_pt + 1.5,
             setter->width_pt, 0.4, theme->rule);

    const char *snapshot = arena_format(
        setter->arena, "%s%s%s%s%s",
        locale_text(setter->lang, "document.release"),
        setter->lang == LANG_FR ? "\u00a0: " : ": ", edition->snapshot,
        project->draft ? " \u00b7 " : "",
        project->draft ? locale_text(setter->lang, "document.draft") : "");
    const char *page = arena_format(setter->arena, "%zu / %zu", number + 1,
                                    layout->page_count);
    y = theme->page_height_pt - theme->margin_bottom_pt + 12;
    draw_ends(setter, &foot, &style, snapshot, page, y);
    if (number > 0 || setter->report)
        layout->pages[number].head = head.out;
    layout->pages[number].foot = foot.out;
}

static void fill_numbers(struct setter *setter)
{
    for (size_t i = 0; i < setter->number_count; i++) {
        const struct pending_number *number = &setter->numbers[i];
        struct layout_mark *mark = number->mark;
        mark->text = arena_format(setter->arena, "%zu",
                                  setter->headings[number->heading].page + 1);
        mark->size = strlen(mark->text);
        mark->width_pt = set_width(setter, mark->style, mark->size_pt,
                                   mark->text, mark->size);
        mark->x_pt = number->right_pt - mark->width_pt;
    }
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
    fill_numbers(setter);
    for (size_t i = 0; i < layout->page_count; i++) {
        if (!filler.bare[i])
            draw_running(setter, layout, i);
    }
    return true;
}
