/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "page/layout_impl.h"

/* --- shared makers -------------------------------------------------------- */

int set_element(struct setter *setter, int parent, enum tag_role role)
{
    setter->elements =
        arena_grow(setter->arena, setter->elements, setter->element_count,
                   &setter->element_capacity, sizeof *setter->elements);
    setter->elements[setter->element_count] = (struct layout_element){
        .parent = parent,
        .tag = {.role = role, .alt = ""},
    };
    return (int)setter->element_count++;
}

struct slab *set_slab(struct setter *setter, double gap_pt)
{
    setter->slabs = arena_grow(setter->arena, setter->slabs, setter->slab_count,
                               &setter->slab_capacity, sizeof *setter->slabs);
    struct slab *slab = arena_alloc(setter->arena, sizeof *slab);
    slab->gap_pt = gap_pt;
    slab->after_pt = setter->after_pt;
    setter->after_pt = 0;
    slab->heading = -1;
    slab->sheet = setter->sheet;
    slab->narrow = setter->narrow;
    setter->slabs[setter->slab_count++] = slab;
    return slab;
}

bool set_is_landscape(const struct setter *setter)
{
    return setter->sheet == &setter->sheets[1];
}

static void measure_column(struct setter *setter)
{
    const struct theme *theme = setter->theme;
    setter->left_pt = theme->margin_left_pt;
    setter->width_pt = setter->sheet->width_pt - theme->margin_left_pt -
                       theme->margin_right_pt;
    setter->height_pt = setter->sheet->height_pt - theme->margin_top_pt -
                        theme->margin_bottom_pt;
    if (setter->narrow)
        setter->width_pt = (setter->width_pt - theme->column_gap_pt) / 2;
    if (setter->beside == 0)
        return;
    setter->width_pt = (setter->width_pt - theme->gutter_pt) / 2;
    setter->left_pt +=
        (setter->beside - 1) * (setter->width_pt + theme->gutter_pt);
}

void set_beside(struct setter *setter, int column)
{
    setter->beside = column;
    measure_column(setter);
}

void set_turn(struct setter *setter, bool landscape)
{
    setter->sheet = &setter->sheets[landscape];
    measure_column(setter);
}

void set_room(struct setter *setter, struct slab *slab, size_t marks)
{
    assert(slab->mark_capacity == 0);
    slab->out.marks =
        arena_array(setter->arena, marks, sizeof *slab->out.marks);
    slab->mark_capacity = marks;
}

void set_forget(struct setter *setter)
{
    arena_free(setter->scratch);
    setter->scratch = arena_new();
}

struct layout_mark *set_mark(struct setter *setter, struct slab *slab,
                             enum layout_kind kind, int element)
{
    slab->out.marks =
        arena_grow(setter->arena, slab->out.marks, slab->out.mark_count,
                   &slab->mark_capacity, sizeof *slab->out.marks);
    struct layout_mark *mark = &slab->out.marks[slab->out.mark_count++];
    *mark = (struct layout_mark){
        .kind = kind,
        .element = element,
        .link = -1,
        .anchor = -1,
        .page_of = -1,
        .text = "",
    };
    return mark;
}

void set_fill(struct setter *setter, struct slab *slab, double x_pt,
              double y_pt, double width_pt, double height_pt, uint32_t colour)
{
    struct layout_mark *mark =
        set_mark(setter, slab, LAYOUT_FILL, TAG_ARTIFACT);
    mark->x_pt = x_pt;
    mark->y_pt = y_pt;
    mark->width_pt = width_pt;
    mark->height_pt = height_pt;
    mark->colour = colour;
}

struct text_style set_style_body(const struct setter *setter)
{
    return (struct text_style){
        .font = FONT_REGULAR,
        .size_pt = setter->theme->body_pt,
        .leading_pt = setter->theme->body_leading_pt,
        .colour = setter->theme->ink,
        .justified = setter->theme->justified > 0,
        .hyphenated = true,
    };
}

struct text_style set_style_small(const struct setter *setter)
{
    return (struct text_style){
        .font = FONT_REGULAR,
        .size_pt = setter->theme->small_pt,
        .leading_pt = setter->theme->small_leading_pt,
        .colour = setter->theme->muted,
        .hyphenated = true,
    };
}

struct text_style set_style_title(const struct setter *setter)
{
    return (struct text_style){
        .font = FONT_BOLD,
        .size_pt = setter->theme->figure_title_pt,
        .leading_pt = setter->theme->figure_title_pt * 1.25,
        .colour = setter->theme->accent,
    };
}

/* --- blocks --------------------------------------------------------------- */

static void set_paragraph(struct setter *setter, const struct block *block)
{
    struct text_style style = set_style_body(setter);
    int element = set_element(setter, TAG_ROOT, TAG_P);
    struct paragraph *paragraph =
        set_break(setter, &block->text, &style, setter->width_pt, element);
    set_flow(setter, paragraph, setter->left_pt,
             setter->theme->paragraph_gap_pt);
}

/* Boxes, tables and figures want as much room below as above. */
static double room_after(const struct setter *setter, enum block_kind kind)
{
    switch (kind) {
    case BLOCK_NOTE:
    case BLOCK_LISTING:
    case BLOCK_KEY_FIGURES:
    case BLOCK_TABLE:
    case BLOCK_FIGURE:
    case BLOCK_COLUMNS:
        return setter->theme->block_gap_pt;
    case BLOCK_COVER:
    case BLOCK_CONTENTS:
    case BLOCK_FIGURES:
    case BLOCK_TABLES:
    case BLOCK_HEADING:
    case BLOCK_PARAGRAPH:
    case BLOCK_LIST:
    case BLOCK_PAGE_BREAK:
    case BLOCK_SECTION:
    case BLOCK_GLOSSARY:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
    case BLOCK_INDEX:
        return 0;
    }
    return 0;
}

static void set_block(struct setter *setter, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_COVER:
        set_cover(setter, block);
        break;
    case BLOCK_CONTENTS:
    case BLOCK_FIGURES:
    case BLOCK_TABLES:
        set_contents(setter, block);
        break;
    case BLOCK_HEADING:
        set_heading(setter, block);
        break;
    case BLOCK_PARAGRAPH:
        set_paragraph(setter, block);
        break;
    case BLOCK_LIST:
    case BLOCK_GLOSSARY:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
        set_list(setter, block);
        break;
    case BLOCK_INDEX:
        set_index(setter, block);
        break;
    case BLOCK_NOTE:
        set_note(setter, block);
        break;
    case BLOCK_LISTING:
        set_listing(setter, block);
        break;
    case BLOCK_KEY_FIGURES:
        set_key_figures(setter, block);
        break;
    case BLOCK_TABLE:
        set_table(setter, block);
        break;
    case BLOCK_FIGURE:
        set_figure(setter, block);
        break;
    case BLOCK_PAGE_BREAK:
        set_slab(setter, 0)->new_page = true;
        break;
    case BLOCK_COLUMNS:
        set_columns(setter, block);
        break;
    case BLOCK_SECTION:
        setter->columns = block->columns;
        set_turn(setter, block->landscape);
        break;
    }
}

/* Running text goes in columns; chapters, tables and figures across. */
static bool is_narrow(const struct setter *setter, const struct block *block)
{
    if (setter->columns < 2)
        return false;
    switch (block->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_LIST:
    case BLOCK_NOTE:
        return true;
    case BLOCK_HEADING:
        return block->level > 1;
    case BLOCK_GLOSSARY:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
    case BLOCK_INDEX:
    case BLOCK_FIGURES:
    case BLOCK_TABLES:
        return true;
    case BLOCK_COVER:
    case BLOCK_CONTENTS:
    case BLOCK_LISTING:
    case BLOCK_KEY_FIGURES:
    case BLOCK_TABLE:
    case BLOCK_FIGURE:
    case BLOCK_PAGE_BREAK:
    case BLOCK_COLUMNS:
    case BLOCK_SECTION:
        return false;
    }
    return false;
}

static bool is_floating(enum block_kind kind)
{
    return kind == BLOCK_TABLE || kind == BLOCK_FIGURE || kind == BLOCK_COLUMNS;
}

static void set_placed_block(struct setter *setter, const struct block *block)
{
    size_t first = setter->slab_count;
    setter->narrow = is_narrow(setter, block);
    measure_column(setter);
    set_block(setter, block);
    setter->narrow = false;
    measure_column(setter);
    if (!is_floating(block->kind))
        return;
    setter->float_count++;
    for (size_t i = first; i < setter->slab_count; i++)
        setter->slabs[i]->floating = setter->float_count;
}

/* One line before figures is their lead: "Mortality, women: strong evidence of
 * variation." says nothing at the foot of a page. A line below a heading goes
 * with that, as layout_lead.c has it. */
static void keep_with_figures(struct setter *setter, const struct block *block,
                              size_t first)
{
    const struct document *document = setter->document;
    bool last = block + 1 == document->blocks + document->block_count;
    if (last || block->kind != BLOCK_PARAGRAPH ||
        setter->slab_count != first + 1)
        return;
    if (block > document->blocks && block[-1].kind == BLOCK_HEADING)
        return;
    if (block[1].kind == BLOCK_FIGURE || block[1].kind == BLOCK_COLUMNS)
        setter->slabs[first]->keep = true;
}

static void set_blocks(struct setter *setter)
{
    const struct document *document = setter->document;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        size_t first = setter->slab_count;
        set_placed_block(setter, block);
        keep_with_figures(setter, block, first);
        set_called_notes(setter);
        setter->after_pt = room_after(setter, block->kind);
        set_forget(setter);
        if (setter->block_place[i] < 0)
            continue;
        if (setter->slab_count == first)
            set_slab(setter, 0); /* an empty block is still a place */
        setter->slabs[first]->heading = setter->block_place[i];
    }
}

/* --- the document --------------------------------------------------------- */

static void start(struct setter *setter, struct arena *arena,
                  const struct document *document, const struct theme *theme,
                  const struct fonts *fonts)
{
    *setter = (struct setter){
        .arena = arena,
        .scratch = arena_new(),
        .document = document,
        .theme = theme,
        .fonts = fonts,
        .lang = document->lang,
        .sheets = {{theme->page_width_pt, theme->page_height_pt},
                   {theme->page_height_pt, theme->page_width_pt}},
        .columns = 1,
        .body = -1,
    };
    set_turn(setter, false);
    (void)set_element(setter, -1, TAG_DOCUMENT);
}

/* Sets the document with page numbers as wide as those of `guess`. */
static bool set_document(struct setter *setter, struct layout *layout,
                         const struct layout *guess, struct err *err)
{
    setter->guess = guess;
    set_find_places(setter);
    set_blocks(setter);
    return set_resolve_links(setter, err) && set_pages(setter, layout, err);
}

static bool try_document(struct setter *setter, struct layout *layout,
                         struct err *err)
{
    if (!set_document(setter, layout, NULL, err))
        return false;
    if (!setter->guessed_wrong)
        return true;
    struct layout *guess = arena_alloc(setter->arena, sizeof *guess);
    *guess = *layout;
    guess->headings = setter->headings;
    const struct setter first = *setter;
    arena_free(first.scratch);
    start(setter, first.arena, first.document, first.theme, first.fonts);
    setter->hyphenator = first.hyphenator;
    setter->words = first.words;
    *layout = (struct layout){0};
    return set_document(setter, layout, guess, err);
}

bool layout_document(struct arena *arena, const struct document *document,
                     const struct theme *theme, const struct fonts *fonts,
                     struct layout **out, struct err *err)
{
    assert(document->edition != NULL && document->edition->project != NULL);
    struct setter setter;
    start(&setter, arena, document, theme, fonts);
    struct layout *layout = arena_alloc(arena, sizeof *layout);
    bool ok = set_check_characters(&setter, err) &&
              hyphenator_open(arena, document->lang, &setter.hyphenator, err);
    ok = ok && try_document(&setter, layout, err);
    hyphenator_close(setter.hyphenator);
    arena_free(setter.scratch);
    if (!ok)
        return false;
    layout->elements = setter.elements;
    layout->element_count = setter.element_count;
    layout->links = setter.links;
    layout->link_count = setter.link_count;
    layout->headings = setter.headings;
    layout->heading_count = setter.heading_count;
    layout->split_tables = setter.split_tables;
    *out = layout;
    return true;
}
