/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum {
    BLOCK_FIRST = 4 * 1024,
    BLOCK_LAST = 1024 * 1024,
};

struct block {
    struct block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *current; /* allocated from; the older blocks follow */
    size_t next_size;
};

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        err_out_of_memory();
    arena->next_size = BLOCK_FIRST;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->current, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

void arena_wipe(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->current; block; block = block->next)
        explicit_bzero(block->bytes, block->size);
    arena_free(arena);
}

static size_t block_size(size_t size)
{
    if (size > PTRDIFF_MAX - sizeof(struct block))
        err_out_of_memory();
    return sizeof(struct block) + size;
}

static struct block *block_new(size_t size)
{
    struct block *block = calloc(1, block_size(size));
    if (!block)
        err_out_of_memory();
    block->size = size;
    return block;
}

/* A block for one allocation, behind the current one, which stays in use. */
static void *keep_alone(struct arena *arena, struct block *block)
{
    block->used = block->size;
    if (arena->current) {
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        arena->current = block;
    }
    return block->bytes;
}

static void *alloc_alone(struct arena *arena, size_t size)
{
    return keep_alone(arena, block_new(size));
}

void *arena_room(struct arena *arena, size_t size)
{
    struct block *block = malloc(block_size(size));
    if (!block)
        err_out_of_memory();
    *block = (struct block){.size = size};
    return keep_alone(arena, block);
}

#ifdef ARENA_STRICT

static void *alloc_aligned(struct arena *arena, size_t size, size_t step)
{
    (void)step;
    return alloc_alone(arena, size);
}

#else

static void *alloc_aligned(struct arena *arena, size_t size, size_t step)
{
    if (size > arena->next_size / 4)
        return alloc_alone(arena, size);

    size = size ? size : 1;
    struct block *block = arena->current;
    size_t from = block ? (block->used + step - 1) / step * step : 0;
    if (!block || from > block->size || block->size - from < size) {
        block = block_new(arena->next_size);
        block->next = arena->current;
        arena->current = block;
        if (arena->next_size < BLOCK_LAST)
            arena->next_size *= 2;
        from = 0;
    }
    block->used = from + size;
    return block->bytes + from;
}

#endif

void *arena_alloc(struct arena *arena, size_t size)
{
    return alloc_aligned(arena, size, alignof(max_align_t));
}

/* The alignment of a type divides its size: the largest power of two that does
 * is enough for its elements. */
static size_t step_of(size_t size)
{
    size_t step = size & (~size + 1);
    return step == 0 || step > alignof(max_align_t) ? alignof(max_align_t)
                                                    : step;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t product;
    if (__builtin_mul_overflow(count, size, &product))
        err_out_of_memory();
    return alloc_aligned(arena, product, step_of(size));
}

void *arena_grow(struct arena *arena, void *array, size_t count,
                 size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;

    size_t wanted = *capacity ? *capacity : 4;
    while (wanted <= count) {
        if (__builtin_mul_overflow(wanted, (size_t)2, &wanted))
            err_out_of_memory();
    }
    void *grown = arena_array(arena, wanted, size);
    if (*capacity)
        memcpy(grown, array, *capacity * size);
    *capacity = wanted;
    return grown;
}

void *arena_longer(struct arena *arena, const void *array, size_t count,
                   size_t more, size_t size)
{
    void *copy = arena_array(arena, count + more, size);
    memcpy(copy, array, count * size);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_slice(arena, text, strlen(text));
}

char *arena_slice(struct arena *arena, const char *at, size_t size)
{
    if (size == SIZE_MAX)
        err_out_of_memory();
    char *copy = alloc_aligned(arena, size + 1, 1);
    if (size)
        memcpy(copy, at, size);
    return copy; /* the final NUL is there: memory comes zeroed */
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char none[1];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(none, sizeof none, format, args);
    assert(size >= 0);
    char *text = alloc_aligned(arena, (size_t)size + 1, 1);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}
