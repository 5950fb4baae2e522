/* SPDX-License-Identifier: EUPL-1.2 */
/* Crossings too large to be cells, attacked from all atoms at once. The
 * attacker of the tests has a linear program with one column per atom and one
 * row per printed cell, as in test_sdc_cross.c. */
#include <limits.h>

#include "atoms_attack.h"
#include "late_clock.h"
#include "stacked.h"

enum {
    REGIONS = 24, /* of three départements each */
    PLACES = 3 * REGIONS,
    CUBE = 47, /* 103,823 */
};

/* Départements by site, sex and age over two years; and them and the régions,
 * for all sites and both sexes, by age in one year. What a département has in
 * that year is at most what the first table has of it, by site and sex. */
static void add_stacked_tables(struct world *world, uint64_t seed, int64_t more)
{
    static const int ages[] = {0, 1, 2, 3}, leaves[] = {0, 1}, whole[] = {2};
    static const int late[] = {1};
    int places[PLACES + REGIONS];
    world_leaves(world, DIM_TERRITORY, PLACES);
    for (int r = 0; r < REGIONS; r++)
        world_node(world, DIM_TERRITORY, arena_format(world->arena, "R%d", r),
                   3 * r, 3 * r + 2, false);
    for (int p = 0; p < PLACES + REGIONS; p++)
        places[p] = p;
    stacked_persons(world, seed);
    world->table[0] += more;
    const int *fine[DIM_COUNT] = {places, leaves, leaves, ages, whole};
    const int *coarse[DIM_COUNT] = {places, whole, whole, ages, late};
    world_add_block(world, fine, (const size_t[DIM_COUNT]){PLACES, 2, 2, 3, 1},
                    -1);
    world_add_block(world, coarse,
                    (const size_t[DIM_COUNT]){PLACES + REGIONS, 1, 1, 4, 1},
                    -1);
}

TEST(what_a_neighbour_has_at_most_does_not_give_a_small_count_away)
{
    size_t attacked = 0;
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(4); seed++) {
        struct world world = world_new(5);
        add_stacked_tables(&world, seed, 0);
        if (!world_protect(&world))
            fail_msg("seed %d: %s", (int)seed, world.err.text);
        attacked += atoms_attack(&world, seed);
        world_free(&world);
    }
    CHECK(attacked > CHECK_SEEDS(4) * 100);
}

/* So many places by as many sites, and these by as many years. */
static void leave_cube(int many)
{
    struct world world = world_new(5);
    stacked_whole(&world, DIM_TERRITORY, many);
    stacked_whole(&world, DIM_SITE, many);
    stacked_whole(&world, DIM_PERIOD, many);
    world_table(&world);
    for (size_t at = 0; at < world.leaves; at++)
        world.table[at] = 3;
    int all[CUBE + 1], whole[] = {many};
    for (int i = 0; i <= many; i++)
        all[i] = i;
    const size_t size = (size_t)many + 1;
    const int *places[DIM_COUNT] = {all, all, [DIM_PERIOD] = whole};
    const int *years[DIM_COUNT] = {whole, all, [DIM_PERIOD] = all};
    world_add_block(&world, places,
                    (const size_t[DIM_COUNT]){size, size, [DIM_PERIOD] = 1},
                    -1);
    world_add_block(&world, years,
                    (const size_t[DIM_COUNT]){1, size, [DIM_PERIOD] = size},
                    -1);
    CHECK(world_protect(&world));
    CHECK_INT(clearance_report(world.clearance)->grounded, 0);
    world_free(&world);
}

TEST(a_crossing_of_too_many_atoms_is_left_to_lines_and_bridges)
{
    leave_cube(16);   /* 4,096 */
    leave_cube(CUBE); /* too many to number them */
}

TEST(counts_that_no_program_holds_to_a_whole_are_left_too)
{
    struct world world = world_new(5);
    add_stacked_tables(&world, 2, 1000000000);
    CHECK(world_protect(&world));
    CHECK_INT(clearance_report(world.clearance)->grounded, 0);
    world_free(&world);
}

/* A source that answers so many times. */
struct tired {
    struct world *world;
    long answers, most;
};

static bool tired_count(void *context, const struct sdc_cell_key *key,
                        int64_t *count, bool *structural, struct err *err)
{
    struct tired *tired = context;
    tired->answers++;
    return tired->answers <= tired->most
               ? world_count(tired->world, key, count, structural, err)
               : world_no_count(context, key, count, structural, err);
}

static bool protect_tired(struct world *world, struct tired *tired)
{
    *world = world_new(5);
    add_stacked_tables(world, 1, 0);
    tired->world = world;
    tired->answers = 0;
    return sdc_protect(world->arena, world->universe, tired_count, tired,
                       &world->clearance, &world->err);
}

TEST(a_source_that_fails_at_an_atom_refuses_the_release)
{
    struct world world;
    struct tired tired = {.most = LONG_MAX};
    CHECK(protect_tired(&world, &tired));
    CHECK(clearance_report(world.clearance)->grounded > 100);
    tired.most = tired.answers - 1; /* the last that is asked for */
    world_free(&world);
    CHECK(!protect_tired(&world, &tired));
    CHECK_TEXT(world.err.text, "disclosure control: no such count");
    world_free(&world);
}

TEST(an_attack_that_the_clock_ends_refuses_the_release)
{
    struct world world;
    struct tired tired = {.most = LONG_MAX};
    stop_after(-1);
    CHECK(protect_tired(&world, &tired));
    world_free(&world);
    stop_after(looks - 1); /* the last program */
    CHECK(!protect_tired(&world, &tired));
    CHECK_TEXT(world.err.id, "sdc.limit");
    world_free(&world);
    stop_after(-1);
}

RUN(CASE(what_a_neighbour_has_at_most_does_not_give_a_small_count_away),
    CASE(a_crossing_of_too_many_atoms_is_left_to_lines_and_bridges),
    CASE(counts_that_no_program_holds_to_a_whole_are_left_too),
    CASE(a_source_that_fails_at_an_atom_refuses_the_release),
    CASE(an_attack_that_the_clock_ends_refuses_the_release))
