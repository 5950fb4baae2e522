/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/map.h"

#include <string.h>

struct slot {
    const char *key; /* NULL: free */
    size_t size;
    int value;
};

struct map {
    struct arena *arena;
    struct slot *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

/* FNV-1a. */
static size_t hash_of(const char *key, size_t size)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < size; i++) {
        hash ^= (unsigned char)key[i];
        hash *= 1099511628211u;
    }
    return (size_t)(hash ^ (hash >> 32));
}

static struct slot *slot_of(const struct map *map, const char *key, size_t size)
{
    size_t at = hash_of(key, size) & (map->capacity - 1);
    for (;;) {
        struct slot *slot = &map->slots[at];
        if (slot->key == NULL)
            return slot;
        if (slot->size == size && memcmp(slot->key, key, size) == 0)
            return slot;
        at = (at + 1) & (map->capacity - 1);
    }
}

struct map *map_new(struct arena *arena)
{
    struct map *map = arena_alloc(arena, sizeof *map);
    *map = (struct map){.arena = arena, .capacity = 64};
    map->slots = arena_array(arena, map->capacity, sizeof *map->slots);
    return map;
}

static void widen(struct map *map)
{
    struct map wide = {.arena = map->arena,
                       .capacity = 2 * map->capacity,
                       .count = map->count};
    wide.slots = arena_array(map->arena, wide.capacity, sizeof *wide.slots);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct slot *slot = &map->slots[i];
        if (slot->key != NULL)
            *slot_of(&wide, slot->key, slot->size) = *slot;
    }
    *map = wide;
}

bool map_put(struct map *map, const char *key, size_t size, int value)
{
    if (2 * (map->count + 1) > map->capacity)
        widen(map);
    struct slot *slot = slot_of(map, key, size);
    if (slot->key != NULL)
        return false;
    *slot = (struct slot){arena_slice(map->arena, key, size), size, value};
    map->count++;
    return true;
}

int map_get(const struct map *map, const char *key, size_t size)
{
    const struct slot *slot = slot_of(map, key, size);
    return slot->key == NULL ? -1 : slot->value;
}

enum { PAIR_SIZE = 512 };

/* Codes this long are refused elsewhere; cutting them here only makes them
 * unknown. */
static size_t pair_key(const char *level, const char *code, char key[PAIR_SIZE])
{
    size_t size = strnlen(level, PAIR_SIZE / 2);
    memcpy(key, level, size);
    key[size++] = '\x1f';
    size_t rest = strnlen(code, PAIR_SIZE - size);
    memcpy(key + size, code, rest);
    return size + rest;
}

bool map_put_pair(struct map *map, const char *level, const char *code,
                  int value)
{
    char key[PAIR_SIZE];
    size_t size = pair_key(level, code, key);
    return map_put(map, key, size, value);
}

int map_get_pair(const struct map *map, const char *level, const char *code)
{
    char key[PAIR_SIZE];
    size_t size = pair_key(level, code, key);
    return map_get(map, key, size);
}
