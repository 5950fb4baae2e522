/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/map.h"
#include "base/text.h"
#include "device/device.h"
#include "device/svg_impl.h"

/* A definition and its uses are longer than an outline of fewer verbs. */
enum { SHORTEST_VERBS = 8 };

struct outline {
    size_t uses;
    size_t number; /* 0 until it is written */
};

struct svg_outlines {
    struct arena *arena;
    struct map *places; /* verbs and points: its place in the list */
    struct outline *list;
    size_t count, capacity, numbered;
    struct text key; /* room for one */
};

struct svg_outlines *svg_outlines_new(struct arena *arena)
{
    struct svg_outlines *outlines = arena_alloc(arena, sizeof *outlines);
    *outlines = (struct svg_outlines){
        .arena = arena, .places = map_new(arena), .key = text_new(arena)};
    return outlines;
}

static void make_key(struct svg_outlines *outlines,
                     const struct scene_item *path)
{
    text_clear(&outlines->key);
    text_add_bytes(&outlines->key, (const char *)path->verbs, path->verb_count);
    text_add_bytes(&outlines->key, (const char *)path->points,
                   path->point_count * 2 * sizeof *path->points);
}

static void collect(struct svg_outlines *outlines,
                    const struct scene_item *path)
{
    make_key(outlines, path);
    const struct text *key = &outlines->key;
    int place = map_get(outlines->places, key->at, key->size);
    if (place >= 0) {
        outlines->list[place].uses++;
        return;
    }
    (void)map_put(outlines->places, key->at, key->size, (int)outlines->count);
    outlines->list =
        arena_grow(outlines->arena, outlines->list, outlines->count,
                   &outlines->capacity, sizeof *outlines->list);
    outlines->list[outlines->count++] = (struct outline){.uses = 1};
}

static bool may_be_shared(const struct scene_item *item)
{
    return item->kind == SCENE_PATH && item->verb_count >= SHORTEST_VERBS;
}

void svg_outlines_collect(struct svg_outlines *outlines,
                          const struct scene *scene)
{
    struct scene_room room = {.arena = outlines->arena};
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (may_be_shared(item))
            collect(outlines, item);
        size_t areas =
            item->kind == SCENE_MOSAIC ? item->mosaic->area_count : 0;
        for (size_t a = 0; a < areas; a++) {
            const struct scene_item path =
                scene_area_path(&room, item->mosaic, a);
            if (may_be_shared(&path))
                collect(outlines, &path);
        }
    }
}

size_t svg_outline_number(struct svg_outlines *outlines,
                          const struct scene_item *path, bool *first)
{
    *first = false;
    if (outlines == NULL || !may_be_shared(path))
        return 0;
    make_key(outlines, path);
    int place = map_get(outlines->places, outlines->key.at, outlines->key.size);
    if (place < 0 || outlines->list[place].uses < 2)
        return 0;
    struct outline *outline = &outlines->list[place];
    *first = outline->number == 0;
    if (*first)
        outline->number = ++outlines->numbered;
    return outline->number;
}

bool svg_outlines_share(struct svg_outlines *outlines,
                        const struct scene_mosaic *mosaic)
{
    if (outlines == NULL)
        return false;
    struct scene_room room = {.arena = outlines->arena};
    for (size_t a = 0; a < mosaic->area_count; a++) {
        const struct scene_item path = scene_area_path(&room, mosaic, a);
        if (!may_be_shared(&path))
            continue;
        make_key(outlines, &path);
        int place =
            map_get(outlines->places, outlines->key.at, outlines->key.size);
        if (place >= 0 && outlines->list[place].uses >= 2)
            return true;
    }
    return false;
}
