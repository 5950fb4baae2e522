/* SPDX-License-Identifier: EUPL-1.2 */
/* base/arena.h - memory by lifetime.
 *
 * Everything allocated from an arena dies with it; there is no other
 * ownership in the program. A function that returns memory takes the arena
 * as its first parameter. Blocks are zeroed and aligned for any type, arrays
 * for their elements, texts for nothing. Running out of memory ends the process
 * (status 70); allocation never returns NULL. With ARENA_STRICT defined, each
 * allocation is its own malloc so that the address sanitizer sees overruns
 * inside an arena. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

struct arena;

/* Empty; the caller frees or wipes it. */
struct arena *arena_new(void);
/* Frees the arena and all it holds. NULL is allowed. */
void arena_free(struct arena *arena);
/* Overwrites every byte, then frees: for arenas that held exact counts. */
void arena_wipe(struct arena *arena);

/* `size` bytes, 0 included: never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
/* Not zeroed, for large buffers that are written before they are read: zeroing
 * the pixels of a picture takes as long as painting it white. */
void *arena_room(struct arena *arena, size_t size);
/* count elements of size bytes each; an overflowing product is out of memory.
 */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* An array of `capacity` grown (amortised doubling) so that index `count`
 * exists; copies old contents. Updates *capacity; returns the array. */
void *arena_grow(struct arena *arena, void *array, size_t count,
                 size_t *capacity, size_t size);
/* A copy of an array of `count` with room for `more`, which are zeros. */
void *arena_longer(struct arena *arena, const void *array, size_t count,
                   size_t more, size_t size);
/* Copies, NUL-terminated: of a text, of `size` bytes without a NUL, and of what
 * printf makes of the format. */
char *arena_text(struct arena *arena, const char *text);
char *arena_slice(struct arena *arena, const char *at, size_t size);
char *arena_format(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3);

#endif
