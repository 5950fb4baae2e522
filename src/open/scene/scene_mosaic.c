/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "scene/scene.h"

static size_t line_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

static void reserve(struct scene_room *room, size_t verbs, size_t points)
{
    if (room->verb_capacity < verbs)
        room->verbs = arena_grow(room->arena, room->verbs, verbs,
                                 &room->verb_capacity, sizeof *room->verbs);
    if (room->point_capacity < 2 * points)
        room->points = arena_grow(room->arena, room->points, 2 * points,
                                  &room->point_capacity, sizeof *room->points);
}

/* The places of an area's rings: where lines meet, and where a ring closes,
 * there is one. */
static size_t count_places(const struct scene_mosaic *mosaic,
                           const struct scene_area *area)
{
    size_t places = 0;
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            size_t line = line_of(area->rings[r].lines[i]);
            places += mosaic->starts[line + 1] - mosaic->starts[line] - 1;
        }
    }
    return places;
}

static double *add_line(const struct scene_mosaic *mosaic, int32_t walk,
                        double *to)
{
    size_t line = line_of(walk);
    const int32_t *from = mosaic->places + 2 * (size_t)mosaic->starts[line];
    size_t count = mosaic->starts[line + 1] - mosaic->starts[line];
    for (size_t i = 0; i + 1 < count; i++) {
        const int32_t *at = from + 2 * (walk < 0 ? count - 1 - i : i);
        *to++ = mosaic->x_pt + (double)at[0] / SCENE_MOSAIC_GRID;
        *to++ = mosaic->y_pt + (double)at[1] / SCENE_MOSAIC_GRID;
    }
    return to;
}

struct scene_item scene_area_path(struct scene_room *room,
                                  const struct scene_mosaic *mosaic,
                                  size_t area)
{
    const struct scene_area *at = &mosaic->areas[area];
    size_t places = count_places(mosaic, at);
    reserve(room, places + at->ring_count, places);
    unsigned char *verb = room->verbs;
    double *to = room->points;
    for (size_t r = 0; r < at->ring_count; r++) {
        const double *first = to;
        for (size_t i = 0; i < at->rings[r].count; i++)
            to = add_line(mosaic, at->rings[r].lines[i], to);
        size_t count = (size_t)(to - first) / 2;
        memset(verb, VERB_LINE, count);
        verb[0] = VERB_MOVE;
        verb[count] = VERB_CLOSE;
        verb += count + 1;
    }
    return (struct scene_item){
        .kind = SCENE_PATH,
        .verb_count = (uint32_t)(places + at->ring_count),
        .point_count = (uint32_t)places,
        .css = "",
        .verbs = room->verbs,
        .points = room->points,
        .paint = at->paint,
    };
}
