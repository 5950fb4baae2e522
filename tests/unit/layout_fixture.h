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

#endif
