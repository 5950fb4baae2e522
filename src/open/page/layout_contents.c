/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks that lead to others: contents, lists of figures and tables, index. */
#include <math.h>
#include <string.h>

#include "page/layout_impl.h"

static const double entry_air_pt = 4; /* where a page has room for it */

/* --- entries with the number of their page -------------------------------- */

static void set_number(struct setter *setter, struct slab *slab, int element,
                       int link, const struct text_style *style, double y_pt,
                       int place)
{
    (void)set_line(setter, slab, element, style, "",
                   setter->left_pt + setter->width_pt, y_pt);
    struct layout_mark *mark = &slab->out.marks[slab->out.mark_count - 1];
    mark->link = link;
    mark->page_of = place;
}

/* Lists of figures and tables are long: in small type, below the names of the
 * sections. `leads`: other entries are below this one. */
static struct text_style entry_style(const struct setter *setter, bool listed,
                                     bool leads)
{
    const struct theme *theme = setter->theme;
    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    if (listed) {
        style.size_pt = theme->small_pt;
        style.leading_pt = theme->small_leading_pt;
    }
    if (leads) {
        style.font = FONT_BOLD;
        style.colour = theme->accent;
    }
    return style;
}

/* Below an entry of level 1: what stands before the first has none above it. */
static bool is_below(const struct setter *setter, int place)
{
    for (int i = place - 1; i >= 0; i--) {
        const struct layout_heading *above = &setter->headings[i];
        if (above->kind == BLOCK_HEADING && above->level == 1)
            return true;
    }
    return false;
}

static void set_entry(struct setter *setter, int toc, int place, bool listed)
{
    const struct theme *theme = setter->theme;
    const struct layout_heading *to = &setter->headings[place];
    bool leads = to->kind == BLOCK_HEADING && (listed || to->level == 1);
    struct text_style style = entry_style(setter, listed, leads);
    int entry = set_element(setter, toc, TAG_TOCI);
    int reference = set_element(setter, entry, TAG_REFERENCE);
    int element = set_element(setter, reference, TAG_LINK);
    int link = set_link(setter, element, place, to->title);
    bool below = to->level == 2 && is_below(setter, place);
    double indent = leads ? 0 : listed ? 7 : below ? 14 : 0;
    struct paragraph *paragraph = set_break_text(
        setter, to->title, &style, setter->width_pt - indent - 40, element);

    struct slab *slab = set_slab(setter, leads ? 5 : 0);
    slab->keep = leads;
    size_t lines = set_line_count(paragraph);
    set_lines(setter, slab, paragraph, 0, lines, setter->left_pt + indent, 0);
    double end = setter->left_pt + indent;
    for (size_t i = 0; i < slab->out.mark_count; i++) {
        struct layout_mark *mark = &slab->out.marks[i];
        mark->link = link;
        end = mark->x_pt + mark->width_pt;
    }
    /* The number is read after a space. */
    (void)set_line(setter, slab, element, &style, " ", end, 0);
    double y = set_height(paragraph) - style.leading_pt;
    set_fill(setter, slab, end + 4, y + style.leading_pt * 0.72,
             fmax(0, setter->left_pt + setter->width_pt - 22 - end), 0.3,
             theme->rule);
    set_number(setter, slab, element, link, &style, y, place);
    slab->air_pt = entry_air_pt;
    slab->out.height_pt = set_height(paragraph) +
                          (listed ? 1.5 : 0.5) * style.size_pt / theme->body_pt;
}

/* --- contents and lists --------------------------------------------------- */

static const struct {
    enum block_kind block, entry;
    const char *title;
} lists[] = {
    {BLOCK_CONTENTS, BLOCK_HEADING, "contents.title"},
    {BLOCK_FIGURES, BLOCK_FIGURE, "contents.figures"},
    {BLOCK_TABLES, BLOCK_TABLE, "contents.tables"},
};

/* As large as a chapter's, or a section's where it stands in a chapter. */
static void set_list_title(struct setter *setter, int toc, const char *title,
                           bool contents)
{
    const struct theme *theme = setter->theme;
    size_t level = !contents && setter->in_chapter;
    struct text_style style = {
        .font = FONT_BOLD,
        .size_pt = theme->heading_pt[level],
        .leading_pt = theme->heading_pt[level] * 1.3,
        .colour = theme->accent,
    };
    struct slab *slab = set_slab(setter, theme->heading_gap_pt[level]);
    slab->new_page = contents;
    slab->keep = true;
    int caption = set_element(setter, toc, TAG_CAPTION);
    (void)set_line(setter, slab, caption, &style, title, setter->left_pt, 0);
    slab->out.height_pt = style.leading_pt + 6;
}

/* A list that would be empty is left out. */
void set_contents(struct setter *setter, const struct block *block)
{
    size_t which = 0;
    while (lists[which].block != block->kind)
        which++;
    bool listed = block->kind != BLOCK_CONTENTS;
    int toc = -1, section = -1;
    for (size_t i = 0; i < setter->heading_count; i++) {
        const struct layout_heading *place = &setter->headings[i];
        if (place->level > 2 || place->title[0] == '\0')
            continue;
        if (listed && place->kind == BLOCK_HEADING)
            section = (int)i;
        if (place->kind != lists[which].entry)
            continue;
        if (toc < 0) {
            toc = set_element(setter, TAG_ROOT, TAG_TOC);
            set_list_title(setter, toc,
                           locale_text(setter->lang, lists[which].title),
                           block->kind == BLOCK_CONTENTS);
        }
        if (listed && section >= 0)
            set_entry(setter, toc, section, true);
        section = -1;
        set_entry(setter, toc, (int)i, listed);
    }
    setter->after_contents = !listed && toc >= 0;
}

/* --- index ---------------------------------------------------------------- */

struct page_range {
    size_t first, last; /* pages */
    const char *anchor; /* of the first place */
};

/* What comes after at the head of a page leaves that page to itself. */
static struct page_range range_of(const struct setter *setter,
                                  const struct index_place *place)
{
    const struct layout_heading *from =
        &setter->headings[set_place(setter, place->from)];
    struct page_range range = {from->page, from->page, place->from};
    if (place->past[0] == '\0')
        return range;
    const struct layout_heading *past =
        &setter->headings[set_place(setter, place->past)];
    bool head = past->y_pt <= setter->theme->margin_top_pt + 1;
    range.last = head && past->page > 0 ? past->page - 1 : past->page;
    if (range.last < range.first)
        range.last = range.first;
    return range;
}

/* Adds a range to a list in order, joined to those that it touches. */
static size_t add_range(struct page_range *ranges, size_t count,
                        const struct page_range *range)
{
    size_t at = count;
    while (at > 0 && ranges[at - 1].first > range->first) {
        ranges[at] = ranges[at - 1];
        at--;
    }
    ranges[at] = *range;
    count++;
    size_t kept = 0;
    for (size_t r = 1; r < count; r++) {
        if (ranges[r].first > ranges[kept].last + 1)
            ranges[++kept] = ranges[r];
        else if (ranges[r].last > ranges[kept].last)
            ranges[kept].last = ranges[r].last;
    }
    return kept + 1;
}

/* "12", "12–15". */
static const char *range_words(struct setter *setter,
                               const struct layout *layout,
                               const struct page_range *range)
{
    const char *first = set_page_label(setter, layout, range->first);
    if (range->last == range->first)
        return first;
    return arena_format(setter->arena, "%s\u2013%s", first,
                        set_page_label(setter, layout, range->last));
}

static struct runs entry_runs(struct setter *setter,
                              const struct layout *layout,
                              const struct index_entry *entry)
{
    struct arena *arena = setter->arena;
    struct page_range *ranges =
        arena_array(arena, entry->count + 1, sizeof *ranges);
    size_t count = 0;
    for (size_t p = 0; p < entry->count; p++) {
        struct page_range range = range_of(setter, &entry->places[p]);
        count = add_range(ranges, count, &range);
    }
    struct run *run = arena_array(arena, 1 + 2 * count, sizeof *run);
    size_t made = 0;
    run[made++] = (struct run){.text = entry->term, .href = ""};
    for (size_t r = 0; r < count; r++) {
        const struct page_range *range = &ranges[r];
        run[made++] = (struct run){.text = ", ", .href = ""};
        run[made++] = (struct run){
            .text = range_words(setter, layout, range),
            .style = RUN_REFERENCE,
            .href = arena_format(arena, "#%s", range->anchor),
        };
    }
    return (struct runs){.run = run, .count = made};
}

/* Pages before the index do not depend on it: they are known now. Its type is
 * that of the lists before it, whose lines are closer than those of text. */
void set_index(struct setter *setter, const struct block *block)
{
    const double indent = 12; /* of further lines of an entry */
    if (block->entry_count == 0)
        return;
    struct layout trial = {0};
    set_trial_pages(setter, &trial);
    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    style.size_pt = setter->theme->small_pt;
    style.leading_pt = setter->theme->small_leading_pt;
    int element = set_element(setter, TAG_ROOT, TAG_INDEX);
    int list = set_element(setter, element, TAG_L);
    for (size_t e = 0; e < block->entry_count; e++) {
        struct runs runs = entry_runs(setter, &trial, &block->entries[e]);
        int item = set_element(setter, list, TAG_LI);
        int body = set_element(setter, item, TAG_LBODY);
        struct paragraph *paragraph =
            set_break(setter, &runs, &style, setter->width_pt - indent, body);
        size_t first = setter->slab_count;
        set_flow(setter, paragraph, setter->left_pt,
                 e == 0 ? setter->theme->paragraph_gap_pt : 1);
        setter->slabs[first]->air_pt = entry_air_pt;
        set_hang(setter, first, indent);
        for (size_t i = first; i < setter->slab_count; i++)
            setter->slabs[i]->out.line = false;
    }
}
