/* SPDX-License-Identifier: EUPL-1.2 */
/* Two spans of years that overlap, over many places and sites: more than ten
 * thousand cells that no table shows and anybody can ask about. */
#include "world.h"

enum {
    PLACES = 200,
    SITES = 20,
    YEARS = 3,
};

static struct world overlapping(void)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, PLACES);
    world_node(&world, DIM_TERRITORY, "FR", 0, PLACES - 1, false);
    world_leaves(&world, DIM_SITE, SITES);
    world_node(&world, DIM_SITE, "ALL", 0, SITES - 1, false);
    world_leaves(&world, DIM_PERIOD, YEARS);
    world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
    world_node(&world, DIM_PERIOD, "1-2", 1, 2, false);
    world_table(&world);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = 50;
    return world;
}

static size_t leaf_at(const struct world *world, size_t place, size_t site,
                      size_t year)
{
    return place * world->stride[DIM_TERRITORY] +
           site * world->stride[DIM_SITE] + year * world->stride[DIM_PERIOD];
}

static size_t count_flag(const struct universe *universe, unsigned flag)
{
    size_t count = 0;
    for (size_t c = 0; c < universe->count; c++)
        count += (universe->flags[c] & flag) != 0;
    return count;
}

TEST(a_small_count_among_many_hidden_cells_is_protected)
{
    static int places[PLACES + 1], sites[SITES + 1];
    static const int spans[] = {YEARS, YEARS + 1};
    const int *nodes[DIM_COUNT] = {
        [DIM_TERRITORY] = places, [DIM_SITE] = sites, [DIM_PERIOD] = spans};
    const size_t counts[DIM_COUNT] = {
        [DIM_TERRITORY] = PLACES + 1, [DIM_SITE] = SITES + 1, [DIM_PERIOD] = 2};
    struct world world = overlapping();
    for (int p = 0; p <= PLACES; p++)
        places[p] = p;
    for (int s = 0; s <= SITES; s++)
        sites[s] = s;
    world.table[leaf_at(&world, 7, 3, 0)] = 2;
    world.table[leaf_at(&world, 7, 3, 1)] = 1;
    world_add_block(&world, nodes, counts, -1);
    if (!world_protect(&world))
        fail_msg("%s", world.err.text);
    CHECK(count_flag(world.universe, CELL_HIDDEN) > 10000);
    CHECK_INT(count_flag(world.universe, CELL_PRIMARY), 3);
    const struct sdc_report *report = clearance_report(world.clearance);
    CHECK(report->secondary >= 3);
    CHECK(report->secondary < 20);
    world_free(&world);
}

RUN(CASE(a_small_count_among_many_hidden_cells_is_protected))
