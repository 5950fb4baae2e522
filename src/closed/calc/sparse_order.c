/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "calc/sparse_impl.h"

/* The unknowns not yet eliminated that share an equation, each list sorted. */
struct neighbours {
    uint32_t *at;
    size_t count, capacity;
};

/* Unknowns by degree, in doubly linked lists: NONE ends them. */
struct degrees {
    uint32_t *head;          /* [size] by degree */
    uint32_t *next, *before; /* [size] by unknown */
};

static const uint32_t none = UINT32_MAX;

static void enter(struct degrees *degrees, uint32_t v, size_t degree)
{
    uint32_t head = degrees->head[degree];
    degrees->next[v] = head;
    degrees->before[v] = none;
    if (head != none)
        degrees->before[head] = v;
    degrees->head[degree] = v;
}

static void leave(struct degrees *degrees, uint32_t v, size_t degree)
{
    uint32_t next = degrees->next[v], before = degrees->before[v];
    if (next != none)
        degrees->before[next] = before;
    if (before != none)
        degrees->next[before] = next;
    else
        degrees->head[degree] = next;
}

/* Puts w into a sorted list unless it is there. */
static void insert(struct arena *arena, struct neighbours *list, uint32_t w)
{
    size_t at = list->count;
    while (at > 0 && list->at[at - 1] > w)
        at--;
    if (at > 0 && list->at[at - 1] == w)
        return;
    list->at = arena_grow(arena, list->at, list->count, &list->capacity,
                          sizeof *list->at);
    memmove(list->at + at + 1, list->at + at,
            (list->count - at) * sizeof *list->at);
    list->at[at] = w;
    list->count++;
}

/* The graph of what is free to be ordered: the last ones are left out. */
static struct neighbours *read_graph(struct arena *arena,
                                     const struct sparse_shape *shape,
                                     const bool *late)
{
    struct neighbours *graph = arena_array(arena, shape->size, sizeof *graph);
    for (size_t e = 0; e < shape->entry_count; e++) {
        size_t a = shape->entries[e].row, b = shape->entries[e].column;
        assert(a < shape->size && b < shape->size && a != b);
        if (late[a] || late[b])
            continue;
        insert(arena, &graph[a], (uint32_t)b);
        insert(arena, &graph[b], (uint32_t)a);
    }
    return graph;
}

/* The neighbours of an eliminated unknown become neighbours of each other:
 * list = (list + gone's) without `self` and `gone`. */
static void merge(struct arena *arena, struct neighbours *list, uint32_t self,
                  const struct neighbours *more, uint32_t gone, uint32_t *room)
{
    size_t a = 0, b = 0, count = 0;
    while (a < list->count || b < more->count) {
        uint32_t left = a < list->count ? list->at[a] : none;
        uint32_t right = b < more->count ? more->at[b] : none;
        uint32_t least = left < right ? left : right;
        a += left == least;
        b += right == least;
        if (least != self && least != gone)
            room[count++] = least;
    }
    while (list->capacity < count)
        list->at = arena_grow(arena, list->at, list->capacity, &list->capacity,
                              sizeof *list->at);
    memcpy(list->at, room, count * sizeof *room);
    list->count = count;
}

/* Eliminates the free unknowns, always one of the least degree. */
static void eliminate(struct arena *arena, struct neighbours *graph,
                      struct degrees *degrees, size_t free, size_t size,
                      uint32_t *order)
{
    uint32_t *room = arena_array(arena, size, sizeof *room);
    size_t least = 0;
    for (size_t k = 0; k < free; k++) {
        while (degrees->head[least] == none)
            least++;
        uint32_t v = degrees->head[least];
        leave(degrees, v, least);
        order[k] = v;
        for (size_t i = 0; i < graph[v].count; i++) {
            uint32_t w = graph[v].at[i];
            leave(degrees, w, graph[w].count);
            merge(arena, &graph[w], w, &graph[v], v, room);
            enter(degrees, w, graph[w].count);
        }
        least -= least > 0; /* a degree falls by one at most */
    }
}

uint32_t *sparse_order(struct arena *arena, const struct sparse_shape *shape)
{
    size_t size = shape->size, free = size - shape->last_count;
    assert(size > 0 && size < none && shape->last_count <= size);
    uint32_t *order = arena_array(arena, size, sizeof *order);
    bool *late = arena_array(arena, size, sizeof *late);
    for (size_t k = 0; k < shape->last_count; k++) {
        assert(shape->last[k] < size && !late[shape->last[k]]);
        order[free + k] = (uint32_t)shape->last[k];
        late[shape->last[k]] = true;
    }
    struct neighbours *graph = read_graph(arena, shape, late);
    struct degrees degrees = {
        .head = arena_array(arena, size, sizeof(uint32_t)),
        .next = arena_array(arena, size, sizeof(uint32_t)),
        .before = arena_array(arena, size, sizeof(uint32_t)),
    };
    memset(degrees.head, 0xff, size * sizeof *degrees.head);
    for (size_t v = size; v-- > 0;) {
        if (!late[v])
            enter(&degrees, (uint32_t)v, graph[v].count);
    }
    eliminate(arena, graph, &degrees, free, size, order);
    return order;
}
