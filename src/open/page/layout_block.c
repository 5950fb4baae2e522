/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "page/layout_impl.h"
#include "page/structure.h"

static const char bullet[] = "\xE2\x80\xA2";
static const char middle_dot[] = " \xC2\xB7 ";

/* --- cover ---------------------------------------------------------------- */

static const char *subtitle_of(struct setter *setter, const struct block *block)
{
    if (block->text.count > 0)
        return set_plain(setter, &block->text);
    return setter->document->subtitle;
}

static double draw_text(struct setter *setter, struct slab *slab,
                        enum tag_role role, const struct text_style *style,
                        const char *text, double x_pt, double y_pt,
                        double width_pt)
{
    if (text[0] == '\0')
        return 0;
    int element = set_element(setter, TAG_ROOT, role);
    struct paragraph *paragraph =
        set_break_text(setter, text, style, width_pt, element);
    set_lines(setter, slab, paragraph, 0, set_line_count(paragraph), x_pt,
              y_pt);
    return set_height(paragraph);
}

/* What identifies the release, at the foot of a cover. */
static void draw_imprint(struct setter *setter, struct slab *slab)
{
    const struct edition *edition = setter->document->edition;
    const struct project *project = edition->project;
    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    const char *date = date_format(setter->arena, setter->lang, project->date);
    const char *lines[] = {
        project->publisher[setter->lang],
        locale_fill(setter->arena, setter->lang, "document.date", "date", date,
                    NULL),
        arena_format(setter->arena, "%s%s%s",
                     locale_text(setter->lang, "document.release"),
                     setter->lang == LANG_FR ? "\u00a0: " : ": ",
                     edition->snapshot),
        state_words(setter->arena, setter->lang, project),
    };
    double y = setter->theme->page_height_pt - setter->theme->margin_bottom_pt -
               4 * style.leading_pt;
    const double beside = 14;
    double width = setter->width_pt - set_cover_logos(setter, slab) - beside;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (i == 3) {
            style.font = FONT_BOLD;
            style.colour = setter->theme->accent;
        }
        y += draw_text(setter, slab, TAG_P, &style, lines[i], setter->left_pt,
                       y, width);
    }
}

/* The title, as large as the theme has it where it takes no more than half of
 * the page. */
static struct paragraph *cover_title(struct setter *setter,
                                     struct text_style *style)
{
    const double leading = 1.2;
    const double step = 2;
    const double least = 12;
    const struct theme *theme = setter->theme;
    struct run run = {.text = setter->document->title, .href = ""};
    const struct runs runs = {.run = &run, .count = 1};
    int element = set_element(setter, TAG_ROOT, TAG_P);
    style->font = FONT_BOLD;
    for (style->size_pt = theme->cover_title_pt;; style->size_pt -= step) {
        style->leading_pt = style->size_pt * leading;
        struct paragraph *title =
            set_break_balanced(setter, &runs, style, setter->width_pt, element);
        if (set_height(title) <= theme->page_height_pt / 2 ||
            style->size_pt < least + step)
            return title;
    }
}

static void set_full_cover(struct setter *setter, const struct block *block)
{
    const double pad = 40; /* of the band, below the title */
    const struct theme *theme = setter->theme;
    const struct project *project = setter->document->edition->project;
    struct slab *slab = set_slab(setter, 0);
    slab->bare = true;
    slab->new_page = true;
    slab->out.height_pt = theme->page_height_pt;
    double band = theme->page_height_pt * 0.46;
    set_fill(setter, slab, 0, 0, theme->page_width_pt, band, theme->accent);

    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    style.colour = theme->paper;
    style.size_pt = 11;
    (void)draw_text(setter, slab, TAG_P, &style,
                    project->publisher[setter->lang], setter->left_pt,
                    theme->margin_top_pt, setter->width_pt);

    struct paragraph *title = cover_title(setter, &style);
    double title_y =
        fmax(theme->margin_top_pt + 30, band - pad - set_height(title));
    band = fmax(band, title_y + set_height(title) + pad);
    slab->out.marks[0].height_pt = band;
    set_lines(setter, slab, title, 0, set_line_count(title), setter->left_pt,
              title_y);

    style.font = FONT_REGULAR;
    style.colour = theme->accent;
    style.size_pt = 15;
    style.leading_pt = 20;
    double y = band + 30;
    y += draw_text(setter, slab, TAG_P, &style, subtitle_of(setter, block),
                   setter->left_pt, y, setter->width_pt);
    style.colour = theme->ink;
    style.size_pt = 11;
    style.leading_pt = 16;
    y += 14;
    for (size_t i = 0; i < block->item_count; i++)
        y += draw_text(setter, slab, TAG_P, &style,
                       set_plain(setter, &block->items[i]), setter->left_pt, y,
                       setter->width_pt);
    draw_imprint(setter, slab);
}

static void set_banner(struct setter *setter, const struct block *block)
{
    const struct theme *theme = setter->theme;
    struct slab *slab = set_slab(setter, 0);
    struct text_style style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    style.font = FONT_BOLD;
    style.size_pt = theme->banner_title_pt;
    style.leading_pt = theme->banner_title_pt * 1.18;
    style.colour = theme->accent;
    setter->tag_level = 1; /* the title is the heading of a short document */
    double y = draw_text(setter, slab, TAG_H1, &style, setter->document->title,
                         setter->left_pt, 0, setter->width_pt);
    style = set_style_body(setter);
    style.justified = false;
    style.size_pt = theme->body_pt + 1;
    style.leading_pt = theme->body_leading_pt + 1;
    style.colour = theme->muted;
    y += draw_text(setter, slab, TAG_P, &style, subtitle_of(setter, block),
                   setter->left_pt, y, setter->width_pt);

    struct text facts = text_new(setter->arena);
    for (size_t i = 0; i < block->item_count; i++) {
        if (i > 0)
            text_add(&facts, middle_dot);
        text_add(&facts, set_plain(setter, &block->items[i]));
    }
    style = set_style_small(setter);
    y += draw_text(setter, slab, TAG_P, &style, facts.at, setter->left_pt,
                   y + 1, setter->width_pt);
    set_fill(setter, slab, setter->left_pt, y + 5, setter->width_pt, 1.6,
             theme->accent);
    slab->out.height_pt = y + 8;
}

void set_cover(struct setter *setter, const struct block *block)
{
    if (setter->report)
        set_full_cover(setter, block);
    else
        set_banner(setter, block);
}

/* --- headings ------------------------------------------------------------- */

static enum tag_role heading_role(struct setter *setter, int level)
{
    static const enum tag_role roles[] = {TAG_H1, TAG_H2, TAG_H3, TAG_H4};
    int deepest = setter->tag_level + 1;
    setter->tag_level = level < deepest ? level : deepest;
    return roles[setter->tag_level - 1];
}

/* The text of a heading after its number. */
static struct runs numbered(struct setter *setter, const struct block *block)
{
    if (block->label == NULL)
        return block->text;
    size_t count = block->text.count + 1;
    struct run *run = arena_array(setter->arena, count, sizeof *run);
    run[0] = (struct run){
        .text = structure_number_before(setter->arena, setter->lang, block),
        .href = "",
    };
    for (size_t r = 1; r < count; r++)
        run[r] = block->text.run[r - 1];
    return (struct runs){.run = run, .count = count};
}

void set_heading(struct setter *setter, const struct block *block)
{
    const struct theme *theme = setter->theme;
    assert(block->level >= 1 && block->level <= 4);
    size_t level = (size_t)block->level - 1;
    struct text_style style = {
        .font = FONT_BOLD,
        .size_pt = theme->heading_pt[level],
        .leading_pt = theme->heading_pt[level] * 1.22,
        .colour = level == 3 ? theme->ink : theme->accent,
    };
    int element =
        set_element(setter, TAG_ROOT, heading_role(setter, block->level));
    struct runs text = numbered(setter, block);
    struct paragraph *paragraph =
        set_break_balanced(setter, &text, &style, setter->width_pt, element);
    struct slab *slab = set_slab(setter, theme->heading_gap_pt[level]);
    slab->keep = true;
    slab->new_page = level == 0 && setter->report;
    if (level == 0) {
        bool annexed = setter->last_kind == HEADING_ANNEX;
        bool freed = setter->last_kind == HEADING_FREE;
        slab->runs_on = (annexed || freed) && block->heading == HEADING_FREE;
        slab->shares = annexed && block->heading == HEADING_ANNEX;
        setter->last_kind = block->heading;
        setter->in_chapter = true;
    }
    slab->sinks = setter->after_contents && !slab->new_page;
    setter->after_contents = false;
    double y = 0;
    set_lines(setter, slab, paragraph, 0, set_line_count(paragraph),
              setter->left_pt, y);
    y += set_height(paragraph);
    if (level == 0) {
        set_fill(setter, slab, setter->left_pt, y + 3, setter->width_pt, 0.8,
                 theme->accent);
        y += 6;
    }
    slab->out.height_pt = y + 1;
}

/* --- lists, notes --------------------------------------------------------- */

/* How the items of a block begin: with a bullet, a number or nothing. */
static const char *item_label(struct setter *setter, const struct block *block,
                              size_t item)
{
    if (block->kind == BLOCK_BIBLIOGRAPHY)
        return arena_format(setter->arena, "[%zu]", item + 1);
    return block->kind == BLOCK_LIST ? bullet : "";
}

/* The label is read before the body. */
static void draw_label(struct setter *setter, struct slab *slab, int element,
                       const struct text_style *style, const char *label,
                       double x_pt)
{
    (void)set_line(setter, slab, element, style, label, x_pt, 0);
    struct layout_mark sign = slab->out.marks[slab->out.mark_count - 1];
    for (size_t j = slab->out.mark_count - 1; j > 0; j--)
        slab->out.marks[j] = slab->out.marks[j - 1];
    slab->out.marks[0] = sign;
}

/* The lists that items stand in, the outermost first. */
struct nest {
    int list[UCHAR_MAX + 1]; /* elements */
    int body;                /* element of the item set last */
    size_t open;             /* lists that go on */
};

/* The list of an item: one in the item before where it is deeper, at most by
 * one. */
static int item_list(struct setter *setter, const struct block *block,
                     size_t item, struct nest *nest)
{
    size_t depth = block->depths == NULL ? 0 : block->depths[item];
    for (; nest->open <= depth; nest->open++) {
        int parent = nest->open == 0 ? TAG_ROOT : nest->body;
        int list = set_element(setter, parent, TAG_L);
        setter->elements[list].tag.numbering =
            block->kind == BLOCK_LIST           ? NUMBERING_DISC
            : block->kind == BLOCK_BIBLIOGRAPHY ? NUMBERING_DECIMAL
                                                : NUMBERING_NONE;
        nest->list[nest->open] = list;
    }
    nest->open = depth + 1;
    return nest->list[depth];
}

void set_list(struct setter *setter, const struct block *block)
{
    const double deeper = 14;
    bool sources = block->kind == BLOCK_BIBLIOGRAPHY;
    bool bulleted = block->kind == BLOCK_LIST;
    double hang = bulleted || sources ? 0 : 12;
    struct text_style style = set_style_body(setter);
    struct nest nest = {.body = TAG_ROOT, .open = 0};
    style.justified = false;
    for (size_t i = 0; i < block->item_count; i++) {
        const char *words = item_label(setter, block, i);
        int list = item_list(setter, block, i, &nest);
        double in = deeper * (double)(nest.open - 1);
        double indent = in + (bulleted ? 12 : 0);
        double text_indent = in + (bulleted ? 22 : sources ? 26 : 0);
        int item = set_element(setter, list, TAG_LI);
        int label = words[0] == '\0' ? -1 : set_element(setter, item, TAG_LBL);
        int body = set_element(setter, item, TAG_LBODY);
        nest.body = body;
        if (sources)
            body = set_element(setter, body, TAG_BIBENTRY);
        struct paragraph *paragraph =
            set_break(setter, &block->items[i], &style,
                      setter->width_pt - text_indent - hang, body);
        size_t first = setter->slab_count;
        double gap = i == 0 ? setter->theme->paragraph_gap_pt : 1.5;
        set_flow(setter, paragraph, setter->left_pt + text_indent, gap);
        set_hang(setter, first, hang);
        if (setter->slab_count == first)
            continue;
        struct slab *slab = setter->slabs[first];
        if (i == 0 && block->item_count > 1)
            slab->keep = true;
        if (label >= 0)
            draw_label(setter, slab, label, &style, words,
                       setter->left_pt + indent);
    }
}

/* Lines as they are; one too long is broken under its own beginning. */
void set_listing(struct setter *setter, const struct block *block)
{
    const double blank = 4;
    struct text_style style = set_style_body(setter);
    style.justified = false;
    int element = set_element(setter, TAG_ROOT, TAG_P);
    for (size_t i = 0; i < block->item_count; i++) {
        double indent = 0;
        if (block->items[i].count > 0)
            indent = blank * (double)strspn(block->items[i].run[0].text, " ");
        struct paragraph *paragraph =
            set_break(setter, &block->items[i], &style,
                      setter->width_pt - indent, element);
        set_flow(setter, paragraph, setter->left_pt + indent,
                 i == 0 ? setter->theme->paragraph_gap_pt : 0);
    }
}

void set_note(struct setter *setter, const struct block *block)
{
    const struct theme *theme = setter->theme;
    const double pad = 8;
    const double bar = 3;
    struct text_style style = set_style_body(setter);
    style.justified = false;
    int note = set_element(setter, TAG_ROOT, TAG_NOTE);
    int element = set_element(setter, note, TAG_P);
    double width = setter->width_pt - 2 * pad - bar;
    struct paragraph *paragraph =
        set_break(setter, &block->text, &style, width, element);
    size_t count = set_line_count(paragraph);
    /* A long note may be cut between lines: then a slab is one line. */
    bool whole = set_height(paragraph) < setter->height_pt / 2;
    size_t step = whole && count > 0 ? count : 1;
    for (size_t first = 0; first < count; first += step) {
        bool top = first == 0;
        bool bottom = first + step >= count;
        struct slab *slab = set_slab(setter, top ? theme->block_gap_pt : 0);
        double above = top ? pad - 1 : 0;
        double height =
            above + (double)step * style.leading_pt + (bottom ? pad : 0);
        set_fill(setter, slab, setter->left_pt, 0, setter->width_pt, height,
                 theme->tint);
        set_fill(setter, slab, setter->left_pt, 0, bar, height, theme->accent);
        set_lines(setter, slab, paragraph, first, step,
                  setter->left_pt + bar + pad, above);
        slab->out.height_pt = height + (bottom ? 3 : 0);
    }
}

/* --- key figures ---------------------------------------------------------- */

static const struct {
    double pad, bar, between;
} key_box = {8, 2.4, 2};

#define KEYS_A_ROW 4
#define KEY_GUTTER 0.7 /* of the theme's */

struct key_parts {
    struct paragraph *value, *label, *detail;
    int element;
};

static void break_key(struct setter *setter, int list, double width_pt,
                      const struct key_figure *figure, struct key_parts *parts)
{
    const struct theme *theme = setter->theme;
    struct text_style style = {
        .font = FONT_BOLD,
        .size_pt = theme->key_value_pt,
        .leading_pt = theme->key_value_pt * 1.2,
        .colour = theme->accent,
    };
    int item = set_element(setter, list, TAG_LI);
    parts->element = set_element(setter, item, TAG_LBODY);
    parts->value =
        set_break_text(setter, figure->value, &style, width_pt, parts->element);
    style = set_style_body(setter);
    style.justified = false;
    style.hyphenated = false;
    style.size_pt = theme->body_pt - 0.8;
    style.leading_pt = theme->body_leading_pt - 1.6;
    parts->label =
        set_break_text(setter, figure->label, &style, width_pt, parts->element);
    style = set_style_small(setter);
    style.hyphenated = false;
    parts->detail = set_break_text(setter, figure->detail, &style, width_pt,
                                   parts->element);
}

static double key_height(const struct key_parts *parts)
{
    double height = set_height(parts->value) + set_height(parts->label);
    if (set_line_count(parts->detail) > 0)
        height += key_box.between + set_height(parts->detail);
    return height + 2 * key_box.pad - 4;
}

static double draw_part(struct setter *setter, struct slab *slab,
                        const struct paragraph *part, int element, double x_pt,
                        double y_pt)
{
    const struct text_style space = set_style_small(setter);
    size_t count = set_line_count(part);
    if (count == 0)
        return 0;
    set_lines(setter, slab, part, 0, count, x_pt, y_pt);
    (void)set_line(setter, slab, element, &space, " ", x_pt, y_pt);
    return set_height(part);
}

static void draw_key(struct setter *setter, struct slab *slab,
                     const struct key_parts *parts, double x_pt,
                     double width_pt, double height_pt)
{
    const struct theme *theme = setter->theme;
    set_fill(setter, slab, x_pt, 0, width_pt, height_pt, theme->tint);
    set_fill(setter, slab, x_pt, 0, key_box.bar, height_pt, theme->accent);
    double x = x_pt + key_box.pad + key_box.bar;
    double y = key_box.pad - 4;
    y += draw_part(setter, slab, parts->value, parts->element, x, y);
    y += draw_part(setter, slab, parts->label, parts->element, x, y);
    set_lines(setter, slab, parts->detail, 0, set_line_count(parts->detail), x,
              y + key_box.between);
}

/* Of the text of one key figure. */
static double key_width(const struct setter *setter, size_t columns)
{
    double gutter = setter->theme->gutter_pt * KEY_GUTTER;
    double width =
        (setter->width_pt - (double)(columns - 1) * gutter) / (double)columns;
    return width - 2 * key_box.pad - key_box.bar;
}

/* As many a row as have their values on one line. */
static size_t keys_a_row(struct setter *setter, const struct block *block)
{
    double widest = 0;
    for (size_t i = 0; i < block->figure_count; i++) {
        const char *value = block->figures[i].value;
        widest = fmax(widest,
                      set_width(setter, FONT_BOLD, setter->theme->key_value_pt,
                                value, strlen(value)));
    }
    size_t most = KEYS_A_ROW;
    while (most > 1 && key_width(setter, most) < widest)
        most--;
    return most;
}

static void set_key_row(struct setter *setter, int list,
                        const struct key_figure *figures, size_t count,
                        size_t columns, double gap_pt)
{
    double gutter = setter->theme->gutter_pt * KEY_GUTTER;
    double width =
        (setter->width_pt - (double)(columns - 1) * gutter) / (double)columns;
    struct key_parts parts[KEYS_A_ROW];
    double height = 0;
    assert(count <= COUNT_OF(parts));
    for (size_t i = 0; i < count; i++) {
        break_key(setter, list, key_width(setter, columns), &figures[i],
                  &parts[i]);
        height = fmax(height, key_height(&parts[i]));
    }
    struct slab *slab = set_slab(setter, gap_pt);
    slab->out.height_pt = height;
    for (size_t i = 0; i < count; i++)
        draw_key(setter, slab, &parts[i],
                 setter->left_pt + (double)i * (width + gutter), width, height);
}

void set_key_figures(struct setter *setter, const struct block *block)
{
    size_t total = block->figure_count;
    if (total == 0)
        return;
    size_t most = keys_a_row(setter, block);
    size_t rows = (total + most - 1) / most;
    size_t columns = (total + rows - 1) / rows;
    int list = set_element(setter, TAG_ROOT, TAG_L);
    for (size_t first = 0; first < total; first += columns) {
        size_t count = total - first < columns ? total - first : columns;
        set_key_row(setter, list, &block->figures[first], count, columns,
                    first == 0 ? setter->theme->block_gap_pt
                               : setter->theme->gutter_pt * 0.6);
    }
}
