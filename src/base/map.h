/* SPDX-License-Identifier: EUPL-1.2 */
/* base/map.h - texts to small numbers, for code lists of any length.
 *
 * Keys are bytes of any size, copied. Nothing is ever removed, and the order
 * of the table shows nowhere. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map;

/* Empty; lives, with its keys, in the arena. */
struct map *map_new(struct arena *arena);
/* False, without effect, when the key is already there. */
bool map_put(struct map *map, const char *key, size_t size, int value);
/* The value of a key, or -1. */
int map_get(const struct map *map, const char *key, size_t size);
/* The same for "level<US>code", the key of a territory. */
bool map_put_pair(struct map *map, const char *level, const char *code,
                  int value);
int map_get_pair(const struct map *map, const char *level, const char *code);

#endif
