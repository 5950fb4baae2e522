/* SPDX-License-Identifier: EUPL-1.2 */
/* A document of the demonstration's blocks, set on pages. */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H

#include "page/layout.h"
#include "unit/pdf_demo.h"

static struct arena *arena;
static struct fonts *fonts;
static struct theme theme;
static struct err err;

static inline void start(void)
{
    arena = arena_new();
    err = (struct err){0};
    theme = theme_default();
    CHECK(fonts_open(arena, NULL, &fonts, &err));
}

static inline void stop(void)
{
    fonts_close(fonts);
    arena_free(arena);
}

static inline struct layout *lay(const struct document *document)
{
    struct layout *layout = NULL;
    if (!layout_document(arena, document, &theme, fonts, &layout, &err))
        print_error("%s\n", err.text);
    CHECK(layout != NULL);
    return layout;
}

static inline struct layout *lay_demo(struct demo *demo)
{
    return lay(demo_document(arena, demo, "essai", "Essai"));
}

static inline void demo_section(struct demo *demo, bool landscape, int columns)
{
    struct block *block = demo_block(demo, BLOCK_SECTION);
    block->landscape = landscape;
    block->columns = columns;
}

/* A mark of a page that begins with these words; NULL none. */
static inline const struct layout_mark *find(const struct layout_slab *slab,
                                             const char *words)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        const struct layout_mark *mark = &slab->marks[i];
        if (mark->kind == LAYOUT_TEXT && mark->size >= strlen(words) &&
            memcmp(mark->text, words, strlen(words)) == 0)
            return mark;
    }
    return NULL;
}

static inline bool has_scene(const struct layout_slab *slab)
{
    for (size_t i = 0; i < slab->mark_count; i++) {
        if (slab->marks[i].kind == LAYOUT_SCENE)
            return true;
    }
    return false;
}

/* Calls `visit` for every mark that is text of the document. */
typedef void visit_text(const struct layout_mark *mark, size_t page,
                        double top_pt, void *to);

static inline void each_text(const struct layout *layout, visit_text *visit,
                             void *to)
{
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct layout_page *page = &layout->pages[p];
        for (size_t i = 0; i < page->slab_count; i++) {
            const struct layout_placed *placed = &page->slabs[i];
            for (size_t j = 0; j < placed->slab->mark_count; j++) {
                const struct layout_mark *mark = &placed->slab->marks[j];
                if (mark->kind == LAYOUT_TEXT && mark->size > 0)
                    visit(mark, p, placed->y_pt, to);
            }
        }
    }
}

static inline bool has_role(const struct layout *layout, int element,
                            enum tag_role role)
{
    return element >= 0 && layout->elements[element].tag.role == role;
}

struct reading {
    const struct layout *layout;
    enum tag_role role;
    struct text text;
};

static inline void read_mark(const struct layout_mark *mark, size_t page,
                             double top, void *to)
{
    (void)page;
    (void)top;
    struct reading *reading = to;
    int element = mark->element;
    while (has_role(reading->layout, element, TAG_LINK) ||
           has_role(reading->layout, element, TAG_REFERENCE))
        element = reading->layout->elements[element].parent;
    if (!has_role(reading->layout, element, reading->role))
        return;
    size_t size = mark->size;
    if (size >= 2 && memcmp(mark->text + size - 2, "\xC2\xAD", 2) == 0)
        size -= 2;
    text_add_bytes(&reading->text, mark->text, size);
}

static inline const char *text_of(const struct layout *layout,
                                  enum tag_role role)
{
    struct reading reading = {layout, role, text_new(arena)};
    each_text(layout, read_mark, &reading);
    return reading.text.at;
}

static inline void check_inside(const struct layout_mark *mark, size_t page,
                                double top, void *to)
{
    (void)page;
    (void)to;
    double y = top + mark->y_pt;
    CHECK(mark->x_pt >= theme.margin_left_pt - 0.5);
    CHECK(mark->x_pt + mark->width_pt <=
          theme.page_width_pt - theme.margin_right_pt + 4);
    CHECK(y > 0 && y <= theme.page_height_pt - theme.margin_bottom_pt + 1);
}

#endif
