/* SPDX-License-Identifier: EUPL-1.2 */
/* Names that one territory of a map has: they need no code beside them. */
#include <string.h>

#include "map/map_impl.h"

/* The areas by their labels: open addresses, each the first one of its label.
 */
struct labels {
    uint32_t *first;              /* [size] area + 1; 0: free */
    size_t size;                  /* a power of two */
    const struct map_name *names; /* [area] */
};

/* FNV-1a. */
static size_t hash_of(const char *label)
{
    uint32_t hash = 2166136261u;
    for (; *label; label++)
        hash = (hash ^ (unsigned char)*label) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where the label of an area is, or would be. */
static uint32_t *find(const struct labels *labels, const char *label)
{
    size_t at = hash_of(label) & (labels->size - 1);
    while (labels->first[at] != 0 &&
           !text_same(labels->names[labels->first[at] - 1].label, label))
        at = (at + 1) & (labels->size - 1);
    return &labels->first[at];
}

const char **map_alone(const struct map_view *view)
{
    size_t count = view->geo->area_count;
    const char **alone = arena_array(view->arena, count, sizeof *alone);
    struct arena *scratch = arena_new();
    struct map_name *names = arena_array(scratch, count, sizeof *names);
    struct labels labels = {.size = 2, .names = names};
    while (labels.size < 2 * count)
        labels.size *= 2;
    labels.first = arena_array(scratch, labels.size, sizeof *labels.first);
    uint32_t *firsts = arena_array(scratch, count, sizeof *firsts);
    for (size_t a = 0; a < count; a++) {
        names[a] = map_name_of(view, a);
        alone[a] = names[a].label;
        uint32_t *first = find(&labels, names[a].label);
        if (*first == 0)
            *first = (uint32_t)a + 1;
        firsts[a] = *first - 1;
        if (!text_same(names[firsts[a]].code, names[a].code))
            alone[firsts[a]] = NULL;
    }
    for (size_t a = 0; a < count; a++)
        alone[a] = alone[firsts[a]];
    arena_free(scratch);
    return alone;
}
