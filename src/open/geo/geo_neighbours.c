/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "geo/geo.h"

/* Neighbours of one code while they are found. */
struct found {
    size_t *list;
    size_t count, capacity;
};

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int by_size(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

/* Each code once, in byte order: an area of two panels is one. */
static const char **sort_codes(struct arena *arena, const struct geo_level *geo,
                               size_t *count)
{
    const char **codes = arena_array(arena, geo->area_count + 1, sizeof *codes);
    for (size_t a = 0; a < geo->area_count; a++)
        codes[a] = geo->areas[a].code;
    qsort(codes, geo->area_count, sizeof *codes, by_text);
    *count = 0;
    for (size_t a = 0; a < geo->area_count; a++) {
        if (*count == 0 || !text_same(codes[*count - 1], codes[a]))
            codes[(*count)++] = codes[a];
    }
    return codes;
}

static void add(struct arena *arena, struct found *found, size_t neighbour)
{
    for (size_t k = 0; k < found->count; k++) {
        if (found->list[k] == neighbour)
            return;
    }
    found->list = arena_grow(arena, found->list, found->count, &found->capacity,
                             sizeof *found->list);
    found->list[found->count++] = neighbour;
}

/* The first area that uses an arc owns it; another one touches that. */
static void walk_ring(struct arena *arena, const struct geo_ring *ring,
                      size_t place, size_t *owners, struct found *found)
{
    for (size_t k = 0; k < ring->count; k++) {
        int32_t arc = ring->arcs[k] < 0 ? ~ring->arcs[k] : ring->arcs[k];
        size_t owner = owners[arc];
        if (owner == SIZE_MAX) {
            owners[arc] = place;
        } else if (owner != place) {
            add(arena, &found[owner], place);
            add(arena, &found[place], owner);
        }
    }
}

static struct found *find_all(struct arena *arena, const struct geo_level *geo,
                              const char *const *codes, size_t count)
{
    struct found *found = arena_array(arena, count + 1, sizeof *found);
    size_t *owners = arena_array(arena, geo->arc_count + 1, sizeof *owners);
    for (size_t i = 0; i < geo->arc_count; i++)
        owners[i] = SIZE_MAX;
    for (size_t a = 0; a < geo->area_count; a++) {
        const struct geo_area *area = &geo->areas[a];
        const char *const *at =
            bsearch(&area->code, codes, count, sizeof *codes, by_text);
        for (size_t r = 0; r < area->ring_count; r++)
            walk_ring(arena, &area->rings[r], (size_t)(at - codes), owners,
                      found);
    }
    return found;
}

void geo_neighbours_find(struct arena *arena, const struct geo_level *geo,
                         struct geo_neighbours *out)
{
    size_t count;
    const char **codes = sort_codes(arena, geo, &count);
    struct found *found = find_all(arena, geo, codes, count);
    const size_t **lists = arena_array(arena, count + 1, sizeof *lists);
    size_t *sizes = arena_array(arena, count + 1, sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        if (found[i].count > 0)
            qsort(found[i].list, found[i].count, sizeof(size_t), by_size);
        lists[i] = found[i].list;
        sizes[i] = found[i].count;
    }
    *out = (struct geo_neighbours){codes, lists, sizes, count};
}

size_t geo_neighbours_place(const struct geo_neighbours *all, const char *code)
{
    const char *const *at =
        bsearch(&code, all->codes, all->count, sizeof *all->codes, by_text);
    assert(at != NULL);
    return (size_t)(at - all->codes);
}
