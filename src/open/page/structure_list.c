/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* --- places of the index -------------------------------------------------- */

void structure_mention(struct structure *structure, const char *term,
                       const char *from, const char *past)
{
    structure->mentions = arena_grow(
        structure->arena, structure->mentions, structure->mention_count,
        &structure->mention_capacity, sizeof *structure->mentions);
    structure->mentions[structure->mention_count++] = (struct mention){
        .term = term,
        .place = {.from = from, .past = past, .words = structure->heading},
    };
}

/* A French index has capitals for names only, and its sites and terms begin
 * with a common noun; English ones may not: Hodgkin lymphoma. */
const char *structure_index_name(const struct structure *structure,
                                 const char *name)
{
    return structure->lang == LANG_FR ? utf8_uncapital(structure->arena, name)
                                      : name;
}

/* Where the part under a heading ends: the next one as high, "" none. */
static const char *part_end(const struct structure *structure, size_t heading)
{
    int level = structure->blocks[heading].level;
    for (size_t b = heading + 1; b < structure->block_count; b++) {
        const struct block *block = &structure->blocks[b];
        if (block->kind == BLOCK_HEADING && block->level <= level)
            return block->id;
    }
    return "";
}

/* The label of a part of the whole that a title consists of; NULL if none. */
static const char *part_label(const struct structure *structure, enum dim dim,
                              const char *title)
{
    const struct codes *codes = structure->document->edition->codes;
    if (codes == NULL)
        return NULL;
    const struct dimension *parts = &codes->dims[dim];
    for (size_t p = 0; p < parts->count; p++) {
        const struct node *part = &parts->nodes[p];
        const char *label = locale_typography(structure->arena, structure->lang,
                                              part->label[structure->lang]);
        if (part->parent >= 0 && label[0] != '\0' && text_same(label, title))
            return label;
    }
    return NULL;
}

/* Sites begin with a common noun, territories are names. */
static const char *heading_term(const struct structure *structure,
                                const char *title)
{
    const char *site = part_label(structure, DIM_SITE, title);
    return site != NULL ? structure_index_name(structure, site)
                        : part_label(structure, DIM_TERRITORY, title);
}

void structure_mention_headings(struct structure *structure)
{
    if (!structure->indexed)
        return;
    for (size_t b = 0; b < structure->block_count; b++) {
        struct block block = structure->blocks[b];
        if (block.kind != BLOCK_HEADING)
            continue;
        structure->heading =
            block.label != NULL
                ? block.label
                : structure_title(structure->arena, structure->lang, &block);
        block.label = NULL;
        const char *term =
            heading_term(structure, structure_title(structure->arena,
                                                    structure->lang, &block));
        if (term != NULL)
            structure_mention(structure, term, block.id,
                              part_end(structure, b));
    }
}

/* In the order of a dictionary; places of one term in that of the text. */
static int compare_mentions(const void *a, const void *b)
{
    const struct mention *left = a;
    const struct mention *right = b;
    int order = utf8_collate(left->term, right->term);
    if (order == 0)
        order = strcmp(left->term, right->term);
    return order;
}

/* Merge sort: qsort keeps no order among equals. */
static void sort_mentions(struct structure *structure, struct mention *list,
                          size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2;
    sort_mentions(structure, list, half);
    sort_mentions(structure, list + half, count - half);
    struct mention *merged = arena_array(structure->arena, count, sizeof *list);
    size_t left = 0, right = half;
    for (size_t i = 0; i < count; i++) {
        bool first =
            right == count ||
            (left < half && compare_mentions(&list[left], &list[right]) <= 0);
        merged[i] = list[first ? left++ : right++];
    }
    memcpy(list, merged, count * sizeof *list);
}

static void fill_index(struct structure *structure, struct block *block)
{
    size_t count = structure->mention_count;
    struct mention *mentions = structure->mentions;
    sort_mentions(structure, mentions, count);
    struct index_entry *entries =
        arena_array(structure->arena, count, sizeof *entries);
    struct index_place *places =
        arena_array(structure->arena, count, sizeof *places);
    size_t made = 0;
    for (size_t m = 0; m < count; m++) {
        places[m] = mentions[m].place;
        bool same = m > 0 && text_same(mentions[m].term, mentions[m - 1].term);
        if (!same)
            entries[made++] = (struct index_entry){
                .term = mentions[m].term, .places = &places[m], .count = 0};
        entries[made - 1].count++;
    }
    block->entries = entries;
    block->entry_count = made;
}

/* --- sources -------------------------------------------------------------- */

/* Old DOI have "<", ">" and "#", which mean something else in an address. */
static const char *doi_address(struct arena *arena, const char *doi)
{
    struct text address = text_new(arena);
    text_add(&address, "https://doi.org/");
    for (const char *at = doi; *at != '\0'; at++) {
        if (isalnum((unsigned char)*at) || strchr("-._~/:;()", *at) != NULL)
            text_add_char(&address, *at);
        else
            text_format(&address, "%%%02X", (unsigned char)*at);
    }
    return address.at;
}

/* Titles stay in the language they were published in and are punctuated as
 * their editors typed them: no French space goes into an English one. */
static struct runs publication_runs(struct structure *structure,
                                    const struct publication *publication)
{
    struct arena *arena = structure->arena;
    enum lang lang = LANG_EN;
    bool linked = publication->doi[0] != '\0';
    const char *told = publication->lang;
    bool foreign =
        told[0] != '\0' && !text_same(told, lang_code(structure->lang));
    struct run *run = arena_array(arena, 5, sizeof *run);
    run[0] = (struct run){
        .text = locale_typography(
            arena, lang, arena_format(arena, "%s. ", publication->authors)),
        .href = "",
        .anchor = arena_format(arena, "ref-%s", publication->key),
    };
    run[1] = (struct run){
        .text = locale_typography(
            arena, lang, arena_format(arena, "%s. ", publication->title)),
        .href = "",
        .lang = foreign ? told : NULL,
    };
    run[2] = (struct run){
        .text = locale_typography(arena, lang, publication->source),
        .style = RUN_ITALIC,
        .href = "",
        .lang = foreign ? told : NULL,
    };
    run[3] = (struct run){.text = ". ", .href = ""};
    run[4] = (struct run){
        .text = arena_format(arena, "doi:%s", publication->doi),
        .href = doi_address(arena, publication->doi),
    };
    if (!linked)
        run[3].text = ".";
    return (struct runs){.run = run, .count = linked ? 5 : 4};
}

static void fill_bibliography(struct structure *structure, struct block *block)
{
    size_t count = (size_t)structure->citation_count;
    struct runs *items = arena_array(structure->arena, count, sizeof *items);
    const char **keys = arena_array(structure->arena, count, sizeof *keys);
    for (size_t p = 0; p < structure->lexicon->publication_count; p++) {
        const struct publication *publication =
            &structure->lexicon->publications[p];
        if (structure->citation[p] == 0)
            continue;
        size_t place = (size_t)structure->citation[p] - 1;
        items[place] = publication_runs(structure, publication);
        keys[place] = publication->key;
    }
    block->items = items;
    block->item_count = count;
    structure->document->cited = keys;
    structure->document->cited_count = count;
}

/* --- abbreviations -------------------------------------------------------- */

static int compare_abbreviations(const void *a, const void *b)
{
    const struct abbreviation *left = *(const struct abbreviation *const *)a;
    const struct abbreviation *right = *(const struct abbreviation *const *)b;
    return utf8_collate(left->text, right->text);
}

static void fill_abbreviations(struct structure *structure, struct block *block)
{
    struct arena *arena = structure->arena;
    const struct lexicon *lexicon = structure->lexicon;
    const struct abbreviation **used =
        arena_array(arena, lexicon->abbreviation_count, sizeof(void *));
    size_t count = 0;
    for (size_t a = 0; a < lexicon->abbreviation_count; a++) {
        if (structure->used[a] || structure->seen[a])
            used[count++] = &lexicon->abbreviations[a];
    }
    if (count > 1)
        qsort(used, count, sizeof(void *), compare_abbreviations);
    struct runs *items = arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct run *run = arena_array(arena, 2, sizeof *run);
        run[0] =
            (struct run){.text = used[i]->text, .style = RUN_BOLD, .href = ""};
        run[1] = (struct run){
            .text = locale_typography(
                arena, structure->lang,
                locale_fill(arena, structure->lang, "abbreviation.line",
                            "expansion", used[i]->expansion, NULL)),
            .href = ""};
        items[i] = (struct runs){.run = run, .count = 2};
    }
    block->items = items;
    block->item_count = count;
}

void structure_fill_lists(struct structure *structure)
{
    for (size_t b = 0; b < structure->block_count; b++) {
        struct block *block = &structure->blocks[b];
        if (block->kind == BLOCK_INDEX)
            fill_index(structure, block);
        else if (block->kind == BLOCK_BIBLIOGRAPHY)
            fill_bibliography(structure, block);
        else if (block->kind == BLOCK_ABBREVIATIONS)
            fill_abbreviations(structure, block);
    }
}
