/* SPDX-License-Identifier: EUPL-1.2 */
#include "map/map_segments.h"

static void walk_arc(const struct geo_arc *arc, bool backwards,
                     map_take_segment *take, void *into)
{
    for (size_t k = 1; k < arc->count; k++) {
        size_t from = backwards ? arc->count - k : k - 1;
        size_t to = backwards ? from - 1 : k;
        const double a[2] = {arc->xy[2 * from] / 10.0,
                             arc->xy[2 * from + 1] / 10.0};
        const double b[2] = {arc->xy[2 * to] / 10.0,
                             arc->xy[2 * to + 1] / 10.0};
        take(into, a, b);
    }
}

void map_each_segment(const struct geo_level *geo, const struct geo_area *area,
                      map_take_segment *take, void *into)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        for (size_t i = 0; i < ring->count; i++) {
            int32_t walk = ring->arcs[i];
            walk_arc(&geo->arcs[walk < 0 ? ~walk : walk], walk < 0, take, into);
        }
    }
}
