/* SPDX-License-Identifier: EUPL-1.2 */
/* What no line and no bridge joins, and arithmetic over the crossing does. The
 * attacker here has a linear program with one column per atom and one row per
 * printed cell: it knows nothing of universes. */
#include "atoms_attack.h"
#include "stacked.h"

/* --- two tables that share no line -----------------------------------------
 */

/* Départements by site, sex and age over two years; and them and the région,
 * for all sites and both sexes, by age in one year. What a département has in
 * that year is at most what the first table has of it, by site and sex. */
static void add_stacked_tables(struct world *world, uint64_t seed)
{
    static const int places[] = {0, 1, 2, 3}, ages[] = {0, 1, 2, 3};
    static const int leaves[] = {0, 1}, whole[] = {2}, late[] = {1};
    stacked_whole(world, DIM_TERRITORY, 3);
    stacked_persons(world, seed);
    const int *fine[DIM_COUNT] = {places, leaves, leaves, ages, whole};
    const int *coarse[DIM_COUNT] = {places, whole, whole, ages, late};
    world_add_block(world, fine, (const size_t[DIM_COUNT]){3, 2, 2, 3, 1}, -1);
    world_add_block(world, coarse, (const size_t[DIM_COUNT]){4, 1, 1, 4, 1},
                    -1);
}

TEST(what_a_neighbour_has_at_most_does_not_give_a_small_count_away)
{
    size_t attacked = 0;
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(1000); seed++) {
        struct world world = world_new(5);
        add_stacked_tables(&world, seed);
        CHECK(world_protect(&world));
        attacked += atoms_attack(&world, seed);
        world_free(&world);
    }
    CHECK(attacked > CHECK_SEEDS(1000) * 3);
}

static void close_it(struct world *world)
{
    CHECK(universe_open_axes(world->universe, &world->err));
    CHECK(universe_close(world->universe, world_count, world, &world->err));
}

/* Every atom is a cell; a second time there is nothing to add. */
TEST(the_atoms_of_a_small_crossing_are_cells)
{
    struct world world = world_new(5);
    add_stacked_tables(&world, 1);
    close_it(&world);
    size_t before = world.universe->count;
    CHECK(universe_cross(world.universe, world_count, &world, &world.err));
    CHECK(world.universe->count > before);
    for (size_t at = 0; at < world.leaves; at++) {
        size_t parts[DIM_COUNT];
        uint64_t key;
        for (int d = 0; d < DIM_COUNT; d++)
            parts[d] = at / world.stride[d] % world.codes.dims[d].leaf_count;
        CHECK(universe_key(world.universe, "cases", parts, &key, &world.err));
        size_t cell = universe_lookup(world.universe, key);
        CHECK(cell != SDC_NO_CELL);
        CHECK_INT(world.universe->counts[cell], world.table[at]);
    }
    size_t crossed = world.universe->count;
    CHECK(universe_cross(world.universe, world_count, &world, &world.err));
    CHECK_INT(world.universe->count, crossed);
    world_free(&world);
}

/* 30 départements by 30 sites, and these by 30 years: too many atoms. */
TEST(a_large_crossing_is_left_to_lines_and_bridges)
{
    enum {
        MANY = 30,
    };
    struct world world = world_new(5);
    stacked_whole(&world, DIM_TERRITORY, MANY);
    stacked_whole(&world, DIM_SITE, MANY);
    stacked_whole(&world, DIM_PERIOD, MANY);
    world_table(&world);
    int all[MANY + 1], whole[] = {MANY};
    for (int i = 0; i <= MANY; i++)
        all[i] = i;
    const int *places[DIM_COUNT] = {all, all, [DIM_PERIOD] = whole};
    const int *years[DIM_COUNT] = {whole, all, [DIM_PERIOD] = all};
    world_add_block(
        &world, places,
        (const size_t[DIM_COUNT]){MANY + 1, MANY + 1, [DIM_PERIOD] = 1}, -1);
    world_add_block(
        &world, years,
        (const size_t[DIM_COUNT]){1, MANY + 1, [DIM_PERIOD] = MANY + 1}, -1);
    close_it(&world);
    size_t before = world.universe->count;
    CHECK(universe_cross(world.universe, world_count, &world, &world.err));
    CHECK_INT(world.universe->count, before);
    world_free(&world);
}

static void add_one(struct world *world, const char *measure,
                    const int node[DIM_COUNT])
{
    struct sdc_cell_key key = {.measure = measure};
    int64_t count;
    bool structural;
    size_t cell;
    memcpy(key.node, node, sizeof key.node);
    CHECK(world_count(world, &key, &count, &structural, &world->err));
    CHECK(universe_add(world_universe(world), &key, count, INT64_MAX,
                       structural, &cell, &world->err));
}

/* Cases have too large a crossing, deaths a small one; of those who were
 * invited no table tells. */
TEST(each_measure_is_led_down_by_itself)
{
    enum {
        MANY = 30,
    };
    struct world world = world_new(5);
    stacked_whole(&world, DIM_TERRITORY, MANY);
    stacked_whole(&world, DIM_SITE, MANY);
    stacked_whole(&world, DIM_PERIOD, MANY);
    stacked_draw(&world, 1);
    for (int i = 0; i < MANY; i++) {
        add_one(&world, "cases", (int[DIM_COUNT]){i, i, [DIM_PERIOD] = MANY});
        add_one(&world, "cases", (int[DIM_COUNT]){MANY, i, [DIM_PERIOD] = i});
    }
    add_one(&world, "deaths", (int[DIM_COUNT]){0, MANY, [DIM_PERIOD] = MANY});
    add_one(&world, "deaths", (int[DIM_COUNT]){MANY, 0, [DIM_PERIOD] = MANY});
    add_one(&world, "deaths", (int[DIM_COUNT]){MANY, MANY, [DIM_PERIOD] = 0});
    uint64_t key;
    CHECK(universe_key(world.universe, "invited", (size_t[DIM_COUNT]){0}, &key,
                       &world.err));
    close_it(&world);
    size_t before = world.universe->count;
    CHECK(universe_cross(world.universe, world_count, &world, &world.err));
    CHECK(universe_key(world.universe, "deaths", (size_t[DIM_COUNT]){0}, &key,
                       &world.err));
    for (size_t c = before; c < world.universe->count; c++)
        CHECK_INT(universe_measure(world.universe->keys[c]),
                  universe_measure(key));
    size_t cell = universe_lookup(world.universe, key);
    CHECK(cell != SDC_NO_CELL);
    CHECK_INT(world.universe->counts[cell], world.table[0]);
    world_free(&world);
}

/* As many sexes as there is room for: the rest of one has no part. */
TEST(atoms_without_room_for_their_names_refuse_the_release)
{
    enum {
        MANY = 14,
    };
    struct world world = world_new(5);
    stacked_whole(&world, DIM_TERRITORY, 2);
    stacked_whole(&world, DIM_SEX, MANY);
    stacked_draw(&world, 1);
    add_one(&world, "cases", (int[DIM_COUNT]){0, [DIM_SEX] = 0});
    add_one(&world, "cases", (int[DIM_COUNT]){1, [DIM_SEX] = MANY});
    close_it(&world);
    CHECK(!universe_cross(world.universe, world_count, &world, &world.err));
    CHECK_TEXT(world.err.text, "dimension 'sex' overlaps in too many ways");
    world_free(&world);
}

TEST(a_source_that_fails_at_an_atom_refuses_the_release)
{
    struct world world = world_new(5);
    add_stacked_tables(&world, 1);
    close_it(&world);
    CHECK(!universe_cross(world.universe, world_no_count, &world, &world.err));
    CHECK_TEXT(world.err.text, "no such count");
    world_free(&world);
}

RUN(CASE(what_a_neighbour_has_at_most_does_not_give_a_small_count_away),
    CASE(the_atoms_of_a_small_crossing_are_cells),
    CASE(a_large_crossing_is_left_to_lines_and_bridges),
    CASE(each_measure_is_led_down_by_itself),
    CASE(atoms_without_room_for_their_names_refuse_the_release),
    CASE(a_source_that_fails_at_an_atom_refuses_the_release))
