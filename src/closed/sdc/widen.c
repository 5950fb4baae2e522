/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/widen.h"

enum {
    RING_LIMIT = 6,
};

struct widening widen_start(struct arena *arena, struct pattern *pattern)
{
    return (struct widening){
        .pattern = pattern,
        .reached = arena_array(arena, pattern->universe->count, sizeof(bool)),
    };
}

void widen_from(struct widening *widening, size_t cell)
{
    widening->reached[cell] = true;
}

/* Opens the members of one relation that can be; true when there were any. */
static bool open_relation(struct pattern *pattern, const uint32_t *members,
                          size_t count)
{
    bool opened = false;
    for (size_t i = 0; i < count; i++) {
        if (universe_is_open(pattern->universe, members[i]) ||
            pattern->spots[members[i]].price >= PRICE_BLOCKED)
            continue;
        pattern_open(pattern, members[i]);
        opened = true;
    }
    return opened;
}

static bool touches(const bool *reached, const uint32_t *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (reached[members[i]])
            return true;
    }
    return false;
}

/* One ring: *opened when a cell was suppressed, *grown when the ring reached
 * any new open cell. */
static void ring(struct widening *widening, bool *next, bool *opened,
                 bool *grown)
{
    const struct universe *universe = widening->pattern->universe;
    const struct relations *relations = &universe->relations;
    *opened = *grown = false;
    for (size_t r = 0; r < relations->count; r++) {
        const uint32_t *members = &relations->members[relations->starts[r]];
        size_t count = relations->starts[r + 1] - relations->starts[r];
        if (!touches(widening->reached, members, count))
            continue;
        if (open_relation(widening->pattern, members, count))
            *opened = true;
        for (size_t i = 0; i < count; i++)
            next[members[i]] = universe_is_open(universe, members[i]);
    }
    for (size_t c = 0; c < universe->count; c++) {
        if (next[c] && !widening->reached[c]) {
            widening->reached[c] = true;
            *grown = true;
        }
    }
}

bool widen_next(struct widening *widening)
{
    struct arena *scratch = arena_new();
    bool *next =
        arena_array(scratch, widening->pattern->universe->count, sizeof *next);
    bool opened = false, grown = true;
    while (!opened && grown && widening->rings < RING_LIMIT)
        ring(widening, next, &opened, &grown);
    widening->rings++;
    arena_free(scratch);
    return opened && widening->rings <= RING_LIMIT;
}
