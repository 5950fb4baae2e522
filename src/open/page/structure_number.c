/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <string.h>

#define LEVELS 4

/* Numbers given so far. */
struct counter {
    size_t figures, tables, headings;
    size_t level[LEVELS]; /* of the body, or of the annexes */
    size_t annexes;
    bool annex; /* the last heading of level 1 is one */
    bool free;  /* it has no number, and so what is under it */
    int depth;  /* levels of headings that have numbers */
};

/* A line ends neither in "Figure 3" nor in "Annexe A". */
static const char *joined(struct structure *structure, const char *label)
{
    struct text out = text_new(structure->arena);
    for (; *label != '\0'; label++)
        text_add(&out, *label == ' ' ? "\u00a0"
                                     : arena_slice(structure->arena, label, 1));
    return out.at;
}

static const char *counted(struct structure *structure, const char *key,
                           size_t number)
{
    const char *digits = arena_format(structure->arena, "%zu", number);
    return joined(structure, locale_fill(structure->arena, structure->lang, key,
                                         "number", digits, NULL));
}

/* A to Z, then AA, AB. */
static const char *letters(struct arena *arena, size_t number)
{
    const char *above = number > 26 ? letters(arena, (number - 1) / 26) : "";
    return arena_format(arena, "%s%c", above, (char)('A' + (number - 1) % 26));
}

/* --- headings ------------------------------------------------------------- */

static void count_heading(struct counter *counter, const struct block *block)
{
    size_t level = (size_t)block->level - 1;
    if (level == 0) {
        counter->annex = block->heading == HEADING_ANNEX;
        counter->free = block->heading == HEADING_FREE;
    }
    if (block->heading == HEADING_FREE)
        return;
    if (level == 0 && counter->annex)
        counter->annexes++;
    else
        counter->level[level]++;
    for (size_t below = level + 1; below < LEVELS; below++)
        counter->level[below] = 0;
}

static const char *heading_label(struct structure *structure,
                                 const struct counter *counter,
                                 const struct block *block)
{
    struct arena *arena = structure->arena;
    bool free = block->heading == HEADING_FREE || counter->free;
    if (counter->annex && block->level == 1)
        return joined(structure,
                      locale_fill(arena, structure->lang, "heading.annex",
                                  "letter", letters(arena, counter->annexes),
                                  NULL));
    if (free || block->level > counter->depth)
        return NULL;
    struct text label = text_new(arena);
    text_add(&label, counter->annex
                         ? letters(arena, counter->annexes)
                         : arena_format(arena, "%zu", counter->level[0]));
    for (int level = 1; level < block->level; level++)
        text_format(&label, ".%zu", counter->level[level]);
    return label.at;
}

static void number_heading(struct structure *structure, struct counter *counter,
                           struct block *block)
{
    counter->headings++;
    count_heading(counter, block);
    block->label = heading_label(structure, counter, block);
    if (block->id == NULL || block->id[0] == '\0')
        block->id = arena_format(structure->arena, "h%zu", counter->headings);
}

/* --- all blocks ----------------------------------------------------------- */

static void number_blocks(struct structure *structure, struct counter *counter,
                          struct block *blocks, size_t count)
{
    for (size_t b = 0; b < count; b++) {
        struct block *block = &blocks[b];
        if (block->kind == BLOCK_HEADING)
            number_heading(structure, counter, block);
        else if (block->kind == BLOCK_FIGURE && structure->numbered)
            block->label =
                counted(structure, "figure.number", ++counter->figures);
        else if (block->kind == BLOCK_TABLE && structure->numbered)
            block->label =
                counted(structure, "table.number", ++counter->tables);
        /* The copies made by structure.c are ours. */
        number_blocks(structure, counter,
                      (struct block *)(uintptr_t)block->children,
                      block->child_count);
    }
}

void structure_number(struct structure *structure)
{
    struct counter counter = {0};
    for (size_t b = 0; b < structure->block_count; b++) {
        if (structure->blocks[b].kind == BLOCK_CONTENTS)
            counter.depth = structure->blocks[b].level;
    }
    number_blocks(structure, &counter, structure->blocks,
                  structure->block_count);
}

/* --- titles and anchors --------------------------------------------------- */

static const char *labelled(struct arena *arena, enum lang lang,
                            const struct block *block, const char *title)
{
    bool section = block->kind == BLOCK_HEADING &&
                   (block->heading != HEADING_ANNEX || block->level > 1);
    return locale_fill(arena, lang,
                       section ? "heading.numbered" : "figure.numbered",
                       "label", block->label, "title", title, NULL);
}

const char *structure_title(struct arena *arena, enum lang lang,
                            const struct block *block)
{
    struct text plain = text_new(arena);
    if (block->kind == BLOCK_HEADING) {
        for (size_t r = 0; r < block->text.count; r++) {
            const struct run *run = &block->text.run[r];
            text_add(&plain, (run->style & RUN_PAPER) != 0 ? "" : run->text);
        }
    } else if (block->caption.title != NULL) {
        text_add(&plain, block->caption.title);
    }
    if (block->label == NULL)
        return plain.at;
    return plain.size == 0 ? block->label
                           : labelled(arena, lang, block, plain.at);
}

const char *structure_number_before(struct arena *arena, enum lang lang,
                                    const struct block *block)
{
    assert(block->kind == BLOCK_HEADING && block->label != NULL);
    return labelled(arena, lang, block, "");
}

const char *structure_anchor(struct arena *arena, const struct block *block)
{
    if (block->kind == BLOCK_FIGURE && block->figure->id != NULL &&
        block->figure->id[0] != '\0')
        return arena_format(arena, "fig-%s", block->figure->id);
    if (block->kind == BLOCK_TABLE && block->grid->id != NULL &&
        block->grid->id[0] != '\0')
        return arena_format(arena, "tab-%s", block->grid->id);
    return block->id == NULL ? "" : block->id;
}
