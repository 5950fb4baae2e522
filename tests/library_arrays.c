/* SPDX-License-Identifier: EUPL-1.2 */
/* Arrays of the C++ libraries in programs that a sanitizer watches. Clp makes
 * and frees the work space of every factorization anew, each larger than what
 * the sanitizer keeps at hand: half the time of such a program went into giving
 * pages back. Here arrays of a size take each other's place.
 *
 * What is checked stays: no byte outside an array in use may be touched, none
 * of an array that was freed while it rests, and an array that is lost is
 * reported with the program it belonged to. */
#include <sanitizer/asan_interface.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST = 6,    /* of 64 bytes */
    KINDS = 40,   /* powers of two */
    RESTING = 16, /* freed arrays of a size that are not used again yet */
    FILLED = 4096,
};

#define UNUSED_BYTE 0xbe /* as the sanitizer fills what is new */
#define UNWATCHED __attribute__((no_sanitize("address")))

struct block {
    struct block *next; /* itself: in use */
    size_t kind;
    unsigned char bytes[];
};

static struct {
    struct block *first, *last; /* the one that was freed first */
    size_t count;
} freed[KINDS];

void *_Znam(size_t size);
void *_ZnamRKSt9nothrow_t(size_t size, const void *nothrow);
void _ZdaPv(void *bytes);
void _ZdaPvm(void *bytes, size_t size);
void _ZdaPvRKSt9nothrow_t(void *bytes, const void *nothrow);

static size_t kind_of(size_t size)
{
    size_t kind = LEAST;
    while (kind < KINDS && (size_t)1 << kind < size)
        kind++;
    return kind;
}

UNWATCHED static struct block *use_again(size_t kind)
{
    struct block *block = freed[kind].first;
    freed[kind].first = block->next;
    freed[kind].count--;
    return block;
}

UNWATCHED static struct block *make(size_t kind)
{
    struct block *block = malloc(sizeof *block + ((size_t)1 << kind));
    if (block == NULL)
        exit(70);
    block->kind = kind;
    return block;
}

/* operator new[] */
UNWATCHED void *_Znam(size_t size)
{
    size_t kind = kind_of(size);
    if (kind == KINDS)
        exit(70);
    size_t room = (size_t)1 << kind;
    struct block *block =
        freed[kind].count > RESTING ? use_again(kind) : make(kind);
    block->next = block;
    __asan_poison_memory_region(block, sizeof *block);
    __asan_unpoison_memory_region(block->bytes, room);
    memset(block->bytes, UNUSED_BYTE, size < FILLED ? size : FILLED);
    __asan_poison_memory_region(block->bytes + size, room - size);
    return block->bytes;
}

void *_ZnamRKSt9nothrow_t(size_t size, const void *nothrow)
{
    (void)nothrow;
    return _Znam(size);
}

/* operator delete[] */
UNWATCHED void _ZdaPv(void *bytes)
{
    if (bytes == NULL)
        return;
    struct block *block =
        (struct block *)((unsigned char *)bytes - sizeof *block);
    size_t kind = block->kind;
    if (block->next != block) {
        fprintf(stderr, "an array of a library is freed twice\n");
        abort();
    }
    /* Leaks are looked for along pointers that may be read. */
    __asan_unpoison_memory_region(block, sizeof *block);
    __asan_poison_memory_region(bytes, (size_t)1 << kind);
    block->next = NULL;
    if (freed[kind].count++ == 0)
        freed[kind].first = block;
    else
        freed[kind].last->next = block;
    freed[kind].last = block;
}

void _ZdaPvm(void *bytes, size_t size)
{
    (void)size;
    _ZdaPv(bytes);
}

void _ZdaPvRKSt9nothrow_t(void *bytes, const void *nothrow)
{
    (void)nothrow;
    _ZdaPv(bytes);
}
