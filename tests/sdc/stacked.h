/* SPDX-License-Identifier: EUPL-1.2 */
/* stacked.h - sparse worlds of tables that share no line. */
#ifndef STACKED_H
#define STACKED_H

#include "world.h"

/* So many leaves, then all of them as one node. */
static inline void stacked_whole(struct world *world, enum dim dim, int leaves)
{
    world_leaves(world, dim, leaves);
    world_node(world, dim, "ALL", 0, leaves - 1, false);
}

/* The table: seven of ten leaves are empty, most others small. */
static inline void stacked_draw(struct world *world, uint64_t seed)
{
    uint64_t state = seed * 49979687;
    world_table(world);
    for (size_t at = 0; at < world->leaves; at++) {
        bool some = world_below(&state, 10) >= 7;
        bool many = some && world_below(&state, 5) == 0;
        world->table[at] = !some  ? 0
                           : many ? 40 + world_below(&state, 50)
                                  : world_below(&state, 14);
    }
}

/* Two sites, both sexes, three ages and two years over the territories that
 * there are, and the table of them. */
static inline void stacked_persons(struct world *world, uint64_t seed)
{
    stacked_whole(world, DIM_SITE, 2);
    stacked_whole(world, DIM_SEX, 2);
    stacked_whole(world, DIM_AGE, 3);
    stacked_whole(world, DIM_PERIOD, 2);
    stacked_draw(world, seed);
}

#endif
