/* SPDX-License-Identifier: EUPL-1.2 */
/* Ages of rows that rates are of, where the universe has no cells of them. */
#include "world.h"

enum { PLACES = 3, AGES = 2 };

/* Three places, the first two of them a region; two ages, and both. */
static void make_world(struct world *world)
{
    *world = world_new(5);
    world_leaves(world, DIM_TERRITORY, PLACES);
    (void)world_node(world, DIM_TERRITORY, "REGION", 0, 1, false);
    world_leaves(world, DIM_AGE, AGES);
    (void)world_node(world, DIM_AGE, "ALL", 0, AGES - 1, false);
    world_table(world);
    for (size_t i = 0; i < world->leaves; i++)
        world->table[i] = 10 + (int64_t)i;
}

/* Cells of these places, of each age. */
static void add_ages(struct world *world, const int *places, size_t count)
{
    static const int ages[] = {0, 1, 2};
    const int *nodes[DIM_COUNT] = {[DIM_TERRITORY] = places, [DIM_AGE] = ages};
    const size_t counts[DIM_COUNT] = {
        [DIM_TERRITORY] = count, [DIM_AGE] = COUNT_OF(ages)};
    world_add_block(world, nodes, counts, -1);
}

/* How many cells the row of a place adds. */
static size_t added(struct world *world, size_t place, bool own)
{
    struct past_row row = {.measure = "cases", .own = own};
    size_t before = universe_cells(world->universe);
    row.sets[DIM_TERRITORY] = place;
    if (!universe_add_rows(world->universe, &row, 1, world_count, world,
                           &world->err))
        fail_msg("%s", world->err.text);
    CHECK(!row.left);
    return universe_cells(world->universe) - before;
}

static const int first[] = {0}, region[] = {PLACES};

TEST(ages_that_cells_are_parts_of_become_cells_once)
{
    struct world world;
    make_world(&world);
    add_ages(&world, first, 1);
    CHECK_INT(added(&world, PLACES, false), AGES);
    CHECK_INT(added(&world, PLACES, false), 0);
    CHECK_INT(added(&world, 0, false), 0); /* they are cells */
    CHECK(world_protect(&world));
    world_free(&world);
}

TEST(ages_that_are_parts_of_cells_become_cells)
{
    struct world world;
    make_world(&world);
    add_ages(&world, region, 1);
    CHECK_INT(added(&world, 1, false), AGES);
    CHECK(world_protect(&world));
    world_free(&world);
}

TEST(rows_without_a_case_in_common_add_nothing)
{
    struct world world;
    make_world(&world);
    add_ages(&world, region, 1);
    CHECK_INT(added(&world, 2, false), 0);
    world_free(&world);
}

TEST(a_rate_of_this_release_is_joined_to_what_others_told_alone)
{
    static const uint16_t none[] = {0}, both[] = {0, 1};
    struct world world;
    struct past_cell past = {
        .release = "r", .measure = "cases", .count = 21, .limit = INT64_MAX};
    make_world(&world);
    add_ages(&world, first, 1);
    CHECK_INT(added(&world, PLACES, true), 0);
    for (int d = 0; d < DIM_COUNT; d++)
        CHECK(universe_past_set(world.universe, (enum dim)d,
                                d == DIM_TERRITORY ? both + 1 : none, 1,
                                &past.sets[d], &world.err));
    past.count = world.table[world.stride[DIM_TERRITORY]];
    CHECK(universe_add_past(world.universe, &past, world_count, &world,
                            &world.err));
    CHECK_INT(added(&world, PLACES, true), AGES);
    world_free(&world);
}

/* Where there is no room for all: a place of the region for the site of the
 * cells comes before one for all sites, however few cases that has. */
TEST(rows_that_differ_from_cells_along_one_dimension_come_first)
{
    enum { MANY = 380, FINE = 21, HALF = MANY / 2, ROOM = 4000 / FINE };
    struct world world = world_new(5);
    struct past_row rows[MANY] = {0};
    size_t left[2] = {0};
    world_leaves(&world, DIM_TERRITORY, MANY);
    int all_places =
        world_node(&world, DIM_TERRITORY, "REGION", 0, MANY - 1, false);
    world_leaves(&world, DIM_SITE, 2);
    int all_sites = world_node(&world, DIM_SITE, "ALL", 0, 1, false);
    world_leaves(&world, DIM_AGE, FINE);
    (void)world_node(&world, DIM_AGE, "ALL", 0, FINE - 1, false);
    world_table(&world);
    for (size_t i = 0; i < world.leaves; i++)
        world.table[i] =
            i / world.stride[DIM_TERRITORY] < HALF ? 1 : 100 + (int64_t)i % 7;
    for (int age = 0; age <= FINE; age++) {
        const struct sdc_cell_key key = {
            .measure = "cases",
            .node = {[DIM_TERRITORY] = all_places, [DIM_AGE] = age}};
        (void)world_add_limited(&world, &key, -1);
    }
    for (size_t r = 0; r < MANY; r++) {
        rows[r].measure = "cases";
        rows[r].sets[DIM_TERRITORY] = r;
        rows[r].sets[DIM_SITE] = r < HALF ? (size_t)all_sites : 0;
    }
    CHECK(universe_add_rows(world.universe, rows, MANY, world_count, &world,
                            &world.err));
    for (size_t r = 0; r < MANY; r++)
        left[r >= HALF] += rows[r].left;
    CHECK_INT(ROOM, HALF);
    CHECK_INT(left[0], HALF);
    CHECK_INT(left[1], 0);
    world_free(&world);
}

/* A row that has cells within it comes before one that is within them. */
TEST(rows_that_hold_cells_come_before_rows_within_them)
{
    struct world world = world_new(5);
    world_leaves(&world, DIM_TERRITORY, PLACES);
    (void)world_node(&world, DIM_TERRITORY, "REGION", 0, 1, false);
    int all = world_node(&world, DIM_TERRITORY, "ALL", 0, PLACES - 1, false);
    world_leaves(&world, DIM_AGE, AGES);
    (void)world_node(&world, DIM_AGE, "ALL", 0, AGES - 1, false);
    world_table(&world);
    for (size_t i = 0; i < world.leaves; i++)
        world.table[i] = 10 + (int64_t)i;
    add_ages(&world, region, 1);
    for (int turn = 0; turn < 2; turn++) {
        struct past_row rows[2] = {{.measure = "cases"}, {.measure = "cases"}};
        rows[turn].sets[DIM_TERRITORY] = 1;
        rows[1 - turn].sets[DIM_TERRITORY] = (size_t)all;
        size_t cells = universe_cells(world.universe);
        CHECK(universe_add_rows(world.universe, rows, 2, world_count, &world,
                                &world.err));
        size_t now = universe_cells(world.universe);
        CHECK_INT(now - cells, turn == 0 ? 2 * AGES : 0);
        CHECK_INT(universe_part(world.universe->keys[now - 1], DIM_TERRITORY),
                  1);
    }
    world_free(&world);
}

TEST(rows_of_another_measure_add_nothing)
{
    struct world world;
    struct past_row row = {.measure = "deaths"};
    make_world(&world);
    add_ages(&world, region, 1);
    size_t before = universe_cells(world.universe);
    CHECK(universe_add_rows(world.universe, &row, 1, world_count, &world,
                            &world.err));
    CHECK_INT(universe_cells(world.universe), before);
    world_free(&world);
}

TEST(an_age_without_a_source_is_an_error)
{
    struct world world;
    make_world(&world);
    add_ages(&world, region, 1);
    const struct sdc_cell_key total = {.measure = "cases",
                                       .node = {[DIM_AGE] = AGES}};
    (void)world_add_limited(&world, &total, -1);
    struct past_row row = {.measure = "cases"};
    CHECK(!universe_add_rows(world.universe, &row, 1, world_no_count, &world,
                             &world.err));
    world_free(&world);
}

TEST(a_count_without_a_source_is_an_error)
{
    struct world world;
    make_world(&world);
    add_ages(&world, first, 1);
    struct past_row row = {.measure = "cases"};
    row.sets[DIM_TERRITORY] = PLACES;
    CHECK(!universe_add_rows(world.universe, &row, 1, world_no_count, &world,
                             &world.err));
    CHECK_TEXT(universe_row_name(world.arena, world.universe, &row),
               "cases, territory level/REGION");
    world_free(&world);
}

RUN(CASE(ages_that_cells_are_parts_of_become_cells_once),
    CASE(ages_that_are_parts_of_cells_become_cells),
    CASE(rows_without_a_case_in_common_add_nothing),
    CASE(a_rate_of_this_release_is_joined_to_what_others_told_alone),
    CASE(rows_that_differ_from_cells_along_one_dimension_come_first),
    CASE(rows_that_hold_cells_come_before_rows_within_them),
    CASE(rows_of_another_measure_add_nothing),
    CASE(an_age_without_a_source_is_an_error),
    CASE(a_count_without_a_source_is_an_error))
