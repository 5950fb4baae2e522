/* SPDX-License-Identifier: EUPL-1.2 */
#include "page/structure_impl.h"

#include <string.h>

size_t structure_mark_size(const char *at)
{
    if (strncmp(at, "[@", 2) != 0)
        return 0;
    size_t size = strcspn(at, "]\n");
    return at[size] == ']' ? size + 1 : 0;
}

/* The first reference of a text, NULL none. */
static const char *find_mark(const char *text, size_t *size)
{
    for (; text != NULL && *text != '\0'; text++) {
        *size = structure_mark_size(text);
        if (*size > 0)
            return text;
    }
    return NULL;
}

static void refuse_marks(struct structure *structure,
                         const struct caption *caption, const char *text,
                         const char *why)
{
    size_t size = 0;
    const char *mark = find_mark(text, &size);
    if (mark == NULL || structure->failed)
        return;
    const struct run run = {
        .text = "",
        .href = arena_slice(structure->arena, mark + 1, size - 2),
        .where = caption->where,
    };
    (void)structure_refuse(structure, &run, why);
}

/* A line as runs, its references still to be replaced. */
static struct runs cut_line(struct structure *structure, const char *line,
                            const char *where)
{
    struct run_list list = {0};
    size_t size = 0;
    const char *mark;
    for (const char *at = line; *at != '\0'; at = mark + size) {
        mark = find_mark(at, &size);
        size_t before = mark == NULL ? strlen(at) : (size_t)(mark - at);
        struct run run = {
            .text = arena_slice(structure->arena, at, before),
            .href = "",
            .where = where,
        };
        if (before > 0)
            structure_put(structure, &list, &run);
        if (mark == NULL)
            break;
        run.text = "";
        run.href = arena_slice(structure->arena, mark + 1, size - 2);
        structure_put(structure, &list, &run);
    }
    return (struct runs){.run = list.run, .count = list.count};
}

static const char *words_of(struct structure *structure,
                            const struct runs *runs)
{
    struct text words = text_new(structure->arena);
    for (size_t r = 0; r < runs->count; r++)
        text_add(&words, runs->run[r].text);
    return words.at;
}

static void resolve_caption(struct structure *structure,
                            struct caption *caption)
{
    const char **const lines[CAPTION_LINES] = {
        [CAPTION_SCOPE] = &caption->scope,
        [CAPTION_READING] = &caption->reading,
        [CAPTION_NOTE] = &caption->note,
        [CAPTION_SOURCE] = &caption->source,
    };
    size_t size = 0;
    refuse_marks(structure, caption, caption->title,
                 "the title of a figure or table refers to nothing");
    refuse_marks(structure, caption, caption->unit, "a unit refers to nothing");
    struct runs *linked = NULL;
    for (size_t l = 0; l < COUNT_OF(lines) && !structure->failed; l++) {
        if (lines[l] == NULL || find_mark(*lines[l], &size) == NULL)
            continue;
        if (linked == NULL)
            linked =
                arena_array(structure->arena, CAPTION_LINES, sizeof *linked);
        linked[l] = cut_line(structure, *lines[l], caption->where);
        structure_text(structure, &linked[l], ZONE_CAPTION);
        *lines[l] = words_of(structure, &linked[l]);
    }
    caption->linked = linked;
}

void structure_caption(struct structure *structure, struct block *block)
{
    if (block->kind == BLOCK_FIGURE || block->kind == BLOCK_TABLE)
        resolve_caption(structure, &block->caption);
    /* The copies made by structure.c are ours. */
    struct block *children = (struct block *)(uintptr_t)block->children;
    for (size_t c = 0; c < block->child_count; c++)
        structure_caption(structure, &children[c]);
}
