/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <string.h>

/* --- texts ---------------------------------------------------------------- */

const char *structure_new_anchor(struct structure *structure)
{
    return arena_format(structure->arena, "idx-%zu", ++structure->anchor_count);
}

void structure_put(struct structure *structure, struct run_list *list,
                   const struct run *run)
{
    list->run = arena_grow(structure->arena, list->run, list->count,
                           &list->capacity, sizeof *list->run);
    struct run *put = &list->run[list->count++];
    *put = *run;
    /* Of a text that was cut, the first piece is the place. */
    if (put->anchor == structure->last_anchor)
        put->anchor = NULL;
    else if (put->anchor != NULL)
        structure->last_anchor = put->anchor;
    if (structure->carry != NULL && put->anchor == NULL &&
        (put->style & RUN_BREAK) == 0) {
        put->anchor = structure->carry;
        structure->carry = NULL;
    }
}

/* A line break is no place. */
static struct run *last_words(const struct run_list *list)
{
    size_t count = list->count;
    while (count > 0 && (list->run[count - 1].style & RUN_BREAK) != 0)
        count--;
    return count > 0 ? &list->run[count - 1] : NULL;
}

void structure_text(struct structure *structure, struct runs *runs,
                    enum text_zone zone)
{
    struct run_list list = {0};
    for (size_t r = 0; r < runs->count && !structure->failed; r++) {
        const struct run *run = &runs->run[r];
        const char *href = run->href == NULL ? "" : run->href;
        if (run->note != NULL)
            structure_note(structure, &list, run);
        else if (href[0] == '@')
            structure_reference(structure, &list, run, zone);
        else if (href[0] == '#' && !structure_leads(structure, run))
            break;
        else if (zone == ZONE_TITLE || zone == ZONE_CAPTION || href[0] != '\0')
            structure_put(structure, &list, run);
        else
            structure_words(structure, &list, run, zone);
    }
    /* A mark at the very end belongs to what is before it. */
    struct run *last = last_words(&list);
    if (structure->carry != NULL && last != NULL && last->anchor == NULL)
        last->anchor = structure->carry;
    structure->carry = NULL;
    runs->run = list.run;
    runs->count = list.count;
}

static void resolve_items(struct structure *structure, struct block *block,
                          enum text_zone zone)
{
    struct runs *items =
        arena_array(structure->arena, block->item_count, sizeof *items);
    for (size_t i = 0; i < block->item_count; i++) {
        items[i] = block->items[i];
        structure_text(structure, &items[i], zone);
    }
    block->items = items;
}

/* --- blocks --------------------------------------------------------------- */

static void enter_heading(struct structure *structure, struct block *block)
{
    structure->chapter += block->level == 1;
    structure_text(structure, &block->text, ZONE_TITLE);
    structure->heading =
        block->label != NULL
            ? block->label
            : structure_title(structure->arena, structure->lang, block);
}

static void resolve_block(struct structure *structure, struct block *block)
{
    structure_caption(structure, block);
    switch (block->kind) {
    case BLOCK_HEADING:
        enter_heading(structure, block);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        structure_text(structure, &block->text, ZONE_PROSE);
        break;
    case BLOCK_LIST:
        resolve_items(structure, block, ZONE_PROSE);
        break;
    case BLOCK_GLOSSARY:
        resolve_items(structure, block, ZONE_TERMS);
        break;
    case BLOCK_COVER:
    case BLOCK_CONTENTS:
    case BLOCK_FIGURES:
    case BLOCK_TABLES:
    case BLOCK_LISTING:
    case BLOCK_KEY_FIGURES:
    case BLOCK_TABLE:
    case BLOCK_FIGURE:
    case BLOCK_PAGE_BREAK:
    case BLOCK_COLUMNS:
    case BLOCK_SECTION:
    case BLOCK_ABBREVIATIONS:
    case BLOCK_BIBLIOGRAPHY:
    case BLOCK_INDEX:
        break;
    }
}

/* --- the document --------------------------------------------------------- */

/* Blocks are the page's until here: from now on they are changed. */
static struct block *copy_blocks(struct arena *arena,
                                 const struct block *blocks, size_t count)
{
    struct block *copy = arena_array(arena, count, sizeof *copy);
    for (size_t b = 0; b < count; b++) {
        copy[b] = blocks[b];
        if (copy[b].child_count > 0)
            copy[b].children =
                copy_blocks(arena, blocks[b].children, blocks[b].child_count);
    }
    return copy;
}

static void start(struct structure *structure)
{
    const struct document *document = structure->document;
    const struct lexicon *lexicon = structure->lexicon;
    structure->blocks =
        copy_blocks(structure->arena, document->blocks, document->block_count);
    structure->block_count = document->block_count;
    structure->heading = "";
    structure->citation =
        arena_array(structure->arena, lexicon->publication_count, sizeof(int));
    structure->used = arena_array(structure->arena, lexicon->abbreviation_count,
                                  sizeof(bool));
    structure->seen = arena_array(structure->arena, lexicon->abbreviation_count,
                                  sizeof(bool));
    for (size_t b = 0; b < structure->block_count; b++) {
        enum block_kind kind = structure->blocks[b].kind;
        structure->numbered = structure->numbered || kind == BLOCK_CONTENTS ||
                              kind == BLOCK_FIGURES || kind == BLOCK_TABLES;
        structure->indexed = structure->indexed || kind == BLOCK_INDEX;
        structure->sourced = structure->sourced || kind == BLOCK_BIBLIOGRAPHY;
    }
}

bool structure_resolve(struct arena *open, const struct lexicon *lexicon,
                       struct document *document, struct err *err)
{
    struct structure structure = {
        .arena = open,
        .lexicon = lexicon,
        .document = document,
        .lang = document->lang,
        .err = err,
    };
    start(&structure);
    structure_number(&structure);
    structure_find_targets(&structure);
    structure_find_terms(&structure);
    for (size_t b = 0; b < structure.block_count && !structure.failed; b++)
        resolve_block(&structure, &structure.blocks[b]);
    for (size_t b = 0; b < structure.block_count; b++)
        structure_see(&structure, &structure.blocks[b]);
    if (structure.failed)
        return false;
    structure_mention_headings(&structure);
    structure_fill_lists(&structure);
    document->blocks = structure.blocks;
    return true;
}

bool structure_has_headings(const struct document *document)
{
    for (size_t b = 0; b < document->block_count; b++) {
        if (document->blocks[b].kind == BLOCK_HEADING)
            return true;
    }
    return false;
}
