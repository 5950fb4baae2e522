/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as the body of a boundary file: refused, or safe to walk, and
 * what was read, written again and read a second time, is the same. The head
 * with its checksum is left out so that a fuzzer gets to the body. */
#include <stdlib.h>
#include <string.h>

#include "geo/geo_impl.h"
#include "replay.h"

static struct text rewrite(struct arena *arena, const struct geo_level *geo)
{
    struct text out = text_new(arena);
    geo_encode(geo, &out);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct geo_level geo;
    struct err err = {0};
    bool ok = geo_decode(arena, bytes, size, &geo, &err);
    if (ok != (err.code == ERR_NONE))
        abort();
    for (size_t a = 0; ok && a < geo.area_count; a++) {
        if (!(geo_area_km2(&geo, a) >= 0))
            abort();
    }
    if (ok) {
        struct text once = rewrite(arena, &geo);
        struct geo_level again;
        if (!geo_head_check(once.at, once.size, &err) ||
            !geo_decode(arena, once.at + GEO_HEAD_SIZE,
                        once.size - GEO_HEAD_SIZE, &again, &err))
            abort();
        struct text twice = rewrite(arena, &again);
        if (once.size != twice.size ||
            memcmp(once.at, twice.at, once.size) != 0)
            abort();
    }
    arena_free(arena);
    return 0;
}
