/* SPDX-License-Identifier: EUPL-1.2 */
#include "script/chapter.h"

#include "page/structure.h"

const char chapter_undrawn[] = "";

struct extent {
    size_t first, count; /* blocks */
};

bool chapter_draws(const struct page *page)
{
    if (page->job->text_only)
        return false;
    return page->job->chapter == 0 || page->draw_all ||
           page->chapter == page->job->chapter;
}

static bool is_chapter(const struct block *block)
{
    return block->kind == BLOCK_HEADING && block->level == 1;
}

static size_t chapter_count(const struct page *page)
{
    size_t count = 0;
    for (size_t b = 0; b < page->block_count; b++)
        count += is_chapter(&page->blocks[b]);
    return count;
}

/* The blocks of the chapter; none when there is no such chapter. */
static struct extent find_chapter(const struct page *page)
{
    struct extent extent = {0};
    size_t number = 0;
    for (size_t b = 0; b < page->block_count; b++) {
        number += is_chapter(&page->blocks[b]);
        if (number != page->job->chapter)
            continue;
        if (extent.count++ == 0)
            extent.first = b;
    }
    return extent;
}

static bool is_short(const struct block *block)
{
    if (block->figure != NULL && block->figure->words == chapter_undrawn)
        return true;
    for (size_t c = 0; c < block->child_count; c++) {
        if (is_short(&block->children[c]))
            return true;
    }
    return false;
}

bool chapter_is_short(const struct page *page)
{
    struct extent extent = find_chapter(page);
    for (size_t b = 0; b < extent.count; b++) {
        if (is_short(&page->blocks[extent.first + b]))
            return true;
    }
    return false;
}

/* --- links ---------------------------------------------------------------- */

static bool runs_have(const struct runs *runs, const char *id)
{
    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        if ((run->anchor != NULL && text_same(run->anchor, id)) ||
            (run->note != NULL && text_same(run->note->id, id)))
            return true;
    }
    return false;
}

static bool block_has(struct page *page, const struct block *block,
                      const char *id)
{
    if (text_same(structure_anchor(page->open, block), id) ||
        runs_have(&block->text, id))
        return true;
    for (size_t i = 0; i < block->item_count; i++) {
        if (runs_have(&block->items[i], id))
            return true;
    }
    for (size_t c = 0; c < block->child_count; c++) {
        if (block_has(page, &block->children[c], id))
            return true;
    }
    return false;
}

static bool leads_inside(struct page *page, struct extent extent,
                         const char *href)
{
    for (size_t b = 0; b < extent.count; b++) {
        if (block_has(page, &page->blocks[extent.first + b], href + 1))
            return true;
    }
    return false;
}

/* The page of what is not there is left out. */
static struct runs unlinked(struct page *page, struct extent extent,
                            const struct runs *runs)
{
    struct run *copy = arena_array(page->open, runs->count, sizeof *copy);
    for (size_t r = 0; r < runs->count; r++) {
        copy[r] = runs->run[r];
        if (copy[r].note != NULL) {
            struct note *note = arena_alloc(page->open, sizeof *note);
            *note = *copy[r].note;
            note->text = unlinked(page, extent, &note->text);
            copy[r].note = note;
        }
        if (copy[r].href[0] != '#' || leads_inside(page, extent, copy[r].href))
            continue;
        copy[r].href = "";
        if ((copy[r].style & RUN_PAPER) != 0)
            copy[r] = (struct run){.text = "", .href = ""};
    }
    return (struct runs){.run = copy, .count = runs->count};
}

static void unlink_caption(struct page *page, struct extent extent,
                           struct caption *caption)
{
    if (caption->linked == NULL)
        return;
    struct runs *lines = arena_array(page->open, CAPTION_LINES, sizeof *lines);
    for (size_t l = 0; l < CAPTION_LINES; l++)
        lines[l] = unlinked(page, extent, &caption->linked[l]);
    caption->linked = lines;
}

static void unlink_block(struct page *page, struct extent extent,
                         struct block *block)
{
    struct runs *items =
        arena_array(page->open, block->item_count, sizeof *items);
    for (size_t i = 0; i < block->item_count; i++)
        items[i] = unlinked(page, extent, &block->items[i]);
    block->text = unlinked(page, extent, &block->text);
    block->items = items;
    unlink_caption(page, extent, &block->caption);
    /* The copies made by the structure are the document's own. */
    struct block *children = (struct block *)(uintptr_t)block->children;
    for (size_t c = 0; c < block->child_count; c++)
        unlink_block(page, extent, &children[c]);
    block->entry_count = 0; /* of an index: it would be that of a chapter */
}

bool chapter_keep(struct page *page, struct err *err)
{
    size_t count = chapter_count(page);
    if (page->job->chapter > count)
        return err_fail(err, ERR_USAGE, "render.chapter",
                        "chapter %zu: '%s' has %zu chapter%s",
                        page->job->chapter, page->document->name, count,
                        text_s(count));
    struct extent extent = find_chapter(page);
    for (size_t b = 0; b < extent.count; b++)
        unlink_block(page, extent, &page->blocks[extent.first + b]);
    page->blocks += extent.first;
    page->block_count = extent.count;
    return true;
}
