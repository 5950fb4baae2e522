/* SPDX-License-Identifier: EUPL-1.2 */
#include "map/map_canvas.h"

struct map_order map_order_make(struct arena *arena, const unsigned *keys,
                                const uint32_t *items, size_t count,
                                size_t bins)
{
    struct map_order order = {
        .items = arena_array(arena, count, sizeof *order.items),
        .starts = arena_array(arena, bins + 2, sizeof *order.starts),
    };
    size_t *next = order.starts + 1; /* of each key, while they are placed */
    for (size_t i = 0; i < count; i++) {
        unsigned key = keys[items ? items[i] : i];
        assert(key < bins);
        next[key + 1]++;
    }
    for (size_t bin = 1; bin <= bins; bin++)
        next[bin] += next[bin - 1];
    for (size_t i = 0; i < count; i++) {
        uint32_t item = items ? items[i] : (uint32_t)i;
        order.items[next[keys[item]]++] = item;
    }
    return order;
}
