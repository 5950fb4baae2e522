/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/num.h"
#include "page/layout_impl.h"

/* --- numbers of pages ----------------------------------------------------- */

const char *set_page_label(struct setter *setter, const struct layout *layout,
                           size_t page)
{
    struct text roman = text_new(setter->arena);
    if (page < layout->front_count) {
        num_print_roman(&roman, page + 1);
        return roman.at;
    }
    return arena_format(setter->arena, "%zu", page - layout->front_count + 1);
}

/* --- heads and feet ------------------------------------------------------- */

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

/* `indent_pt`: room left free before the left text, which has half of the line
 * at most; the right one has the rest. */
static void draw_ends(struct setter *setter, struct slab *slab,
                      const struct text_style *style, const char *left,
                      const char *right, double y_pt, double indent_pt)
{
    const double between_pt = 20;
    double half = (setter->width_pt - between_pt) / 2;
    left = fit(setter, style, left, half - indent_pt);
    double taken = indent_pt + set_width(setter, style->font, style->size_pt,
                                         left, strlen(left));
    right = fit(setter, style, right, setter->width_pt - between_pt - taken);
    if (left[0] != '\0')
        (void)set_line(setter, slab, TAG_ARTIFACT, style, left,
                       setter->left_pt + indent_pt, y_pt);
    double width =
        set_width(setter, style->font, style->size_pt, right, strlen(right));
    if (right[0] != '\0')
        (void)set_line(setter, slab, TAG_ARTIFACT, style, right,
                       setter->left_pt + setter->width_pt - width, y_pt);
}

/* Whether a heading stands before all else on a page, or before that page. */
static bool leads(const struct setter *setter,
                  const struct layout_heading *heading, size_t page)
{
    const double slack_pt = 1;
    return heading->page < page ||
           (heading->page == page &&
            heading->y_pt <= setter->theme->margin_top_pt + slack_pt);
}

/* What a page is in where it begins: its chapter, and the section of that; ""
 * before the first one, whose page has its title wherever it stands there. */
static const char *place_of(const struct setter *setter, size_t page)
{
    const struct layout_heading *chapter = NULL;
    const struct layout_heading *section = NULL;
    for (size_t i = 0; i < setter->heading_count; i++) {
        const struct layout_heading *heading = &setter->headings[i];
        bool first = chapter == NULL && heading->page == page;
        if (heading->level == 1 && (first || leads(setter, heading, page))) {
            chapter = heading;
            section = NULL;
        } else if (heading->level == 2 && leads(setter, heading, page)) {
            section = heading;
        }
    }
    if (chapter == NULL)
        return "";
    return section == NULL ? chapter->title
                           : arena_format(setter->arena, "%s \u00b7 %s",
                                          chapter->title, section->title);
}

static void draw_head(struct setter *setter, struct slab *head, size_t page)
{
    const struct theme *theme = setter->theme;
    struct text_style style = set_style_small(setter);
    style.hyphenated = false;
    const char *document = setter->document->title;
    const char *release =
        setter->document->edition->project->title[setter->lang];
    const char *left = setter->report ? document : release;
    const char *right = setter->report ? place_of(setter, page) : document;
    double y = theme->margin_top_pt - style.leading_pt - 9;
    draw_ends(setter, head, &style, left, text_same(left, right) ? "" : right,
              y, 0);
    set_fill(setter, head, setter->left_pt, y + style.leading_pt + 1.5,
             setter->width_pt, 0.4, theme->rule);
}

/* Release and page, and below what readers must know of the state. */
static void draw_foot(struct setter *setter, struct slab *foot,
                      const struct layout *layout, size_t page)
{
    const struct edition *edition = setter->document->edition;
    struct text_style style = set_style_small(setter);
    style.hyphenated = false;
    const char *snapshot = arena_format(
        setter->arena, "%s%s%s", locale_text(setter->lang, "document.release"),
        setter->lang == LANG_FR ? "\u00a0: " : ": ", edition->snapshot);
    const char *number = set_page_label(setter, layout, page);
    if (page >= layout->front_count)
        number = arena_format(setter->arena, "%s / %zu", number,
                              layout->page_count - layout->front_count);
    double y = setter->sheet->height_pt - setter->theme->margin_bottom_pt + 12;
    double logo = set_foot_logo(setter, foot, y + style.leading_pt / 2);
    draw_ends(setter, foot, &style, snapshot, number, y,
              logo > 0 ? logo + 6 : 0);

    const char *state =
        state_words(setter->arena, setter->lang, edition->project);
    if (state[0] == '\0')
        return;
    style.font = FONT_BOLD;
    style.colour = setter->theme->accent;
    state = fit(setter, &style, state, setter->width_pt);
    double width =
        set_width(setter, style.font, style.size_pt, state, strlen(state));
    (void)set_line(setter, foot, TAG_ARTIFACT, &style, state,
                   setter->left_pt + (setter->width_pt - width) / 2,
                   y + style.leading_pt);
}

void set_running(struct setter *setter, struct layout *layout, size_t number,
                 bool bare)
{
    struct layout_page *page = &layout->pages[number];
    struct slab head = {0};
    struct slab foot = {0};
    set_turn(setter, page->turned);
    set_watermark(setter, &head);
    if (!bare && (number > 0 || setter->report))
        draw_head(setter, &head, number);
    if (!bare)
        set_line_numbers(setter, &head, page);
    if (!bare)
        draw_foot(setter, &foot, layout, number);
    page->head = head.out;
    page->foot = foot.out;
}
