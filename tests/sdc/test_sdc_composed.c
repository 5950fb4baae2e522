/* SPDX-License-Identifier: EUPL-1.2 */
/* Ages of rows that follow from cells. */
#include "sdc/composed.h"

#include "world.h"

enum { PLACES = 4, SITES = 2, AGES = 2, ALL_AGES = AGES };
/* Nodes that are no leaves. */
enum { NORTH = PLACES, COUNTRY, ZONE, ALL_SITES = SITES };

struct made {
    struct world world;
    struct composed *composed;
};

static void make_world(struct made *made)
{
    struct world *world = &made->world;
    *world = world_new(5);
    world_leaves(world, DIM_TERRITORY, PLACES);
    (void)world_node(world, DIM_TERRITORY, "NORTH", 0, 1, false);
    (void)world_node(world, DIM_TERRITORY, "COUNTRY", 0, PLACES - 1, false);
    (void)world_node(world, DIM_TERRITORY, "ZONE", 0, 1, true);
    world_leaves(world, DIM_SITE, SITES);
    (void)world_node(world, DIM_SITE, "ALL", 0, SITES - 1, false);
    world_leaves(world, DIM_AGE, AGES);
    (void)world_node(world, DIM_AGE, "T", 0, AGES - 1, false);
    world_table(world);
    for (size_t i = 0; i < world->leaves; i++)
        world->table[i] = 10 + (int64_t)(i * i);
}

static struct sdc_cell_key key_of(int place, int site, int age)
{
    struct sdc_cell_key key = {.measure = "cases"};
    key.node[DIM_TERRITORY] = place;
    key.node[DIM_SITE] = site;
    key.node[DIM_AGE] = age;
    return key;
}

static size_t cell_at(struct made *made, int place, int site, int age)
{
    const struct sdc_cell_key key = key_of(place, site, age);
    return world_add_limited(&made->world, &key, -1);
}

/* Places first..last by age, for each of the sites. */
static void add_ages(struct made *made, int first, int last, int first_site,
                     int last_site)
{
    for (int place = first; place <= last; place++) {
        for (int site = first_site; site <= last_site; site++) {
            for (int age = 0; age < AGES; age++)
                (void)cell_at(made, place, site, age);
        }
    }
}

/* As it is: the closure would add what follows to so small a universe. */
static void take_world(struct made *made)
{
    struct world *world = &made->world;
    struct universe *universe = world->universe;
    if (!universe_open_axes(universe, &world->err))
        fail_msg("%s", world->err.text);
    universe->thresholds = arena_array(world->arena, universe->count,
                                       sizeof *universe->thresholds);
    made->composed = composed_new(world->arena, universe);
}

/* Every relation holds of the true counts; how many there are. */
static size_t relations(const struct made *made)
{
    const struct universe *universe = made->world.universe;
    struct composed_columns columns = composed_columns(made->composed);
    for (size_t r = 0; r < columns.relations.count; r++) {
        int64_t rest = 0;
        size_t from = columns.relations.starts[r];
        for (size_t i = from; i < columns.relations.starts[r + 1]; i++) {
            size_t column = columns.relations.members[i];
            int64_t count = column < universe->count
                                ? universe->counts[column]
                                : columns.counts[column - universe->count];
            rest += i == from ? count : -count;
        }
        CHECK_INT(rest, 0);
    }
    return columns.relations.count;
}

/* The count of an age of a row, which is a column. */
static void check_age(struct made *made, int place, int site, int age)
{
    const struct sdc_cell_key key = key_of(place, site, age);
    const struct universe *universe = made->world.universe;
    struct composed_columns columns = composed_columns(made->composed);
    int64_t count = 0;
    bool structural;
    uint64_t packed =
        universe_with(universe->keys[0], DIM_TERRITORY, (size_t)place);
    packed = universe_with(packed, DIM_SITE, (size_t)site);
    packed = universe_with(packed, DIM_AGE, (size_t)age);
    size_t column = composed_find(made->composed, packed);
    CHECK(column >= universe->count && column != SDC_NO_CELL);
    CHECK(
        world_count(&made->world, &key, &count, &structural, &made->world.err));
    CHECK_INT(columns.counts[column - universe->count], count);
    CHECK(!composed_is_open(made->composed, column));
}

TEST(a_row_is_the_sum_of_its_places_whatever_its_site)
{
    struct made made = {0};
    make_world(&made);
    size_t row = cell_at(&made, NORTH, 0, ALL_AGES);
    size_t other = cell_at(&made, NORTH, 1, ALL_AGES);
    add_ages(&made, 0, 1, 0, 0);
    take_world(&made);
    CHECK(composed_row(made.composed, row));
    CHECK_INT(composed_columns(made.composed).count, AGES);
    CHECK(composed_row(made.composed, row)); /* nothing is added twice */
    CHECK_INT(composed_columns(made.composed).count, AGES);
    CHECK_INT(relations(&made), AGES + 1); /* and the total */
    check_age(&made, NORTH, 0, 0);
    check_age(&made, NORTH, 0, 1);
    CHECK(!composed_row(made.composed, other)); /* no cells by age */
    CHECK(!composed_row(made.composed, other));
    world_free(&made.world);
}

TEST(a_row_whose_ages_are_cells_needs_no_columns)
{
    struct made made = {0};
    make_world(&made);
    add_ages(&made, 0, 0, 0, 0);
    size_t row = cell_at(&made, 0, 0, 1);
    take_world(&made);
    CHECK(composed_row(made.composed, row));
    CHECK_INT(composed_columns(made.composed).count, 0);
    CHECK_INT(composed_find(made.composed, made.world.universe->keys[row]),
              row);
    world_free(&made.world);
}

/* The country less its other places; the row is of one age alone, so nothing is
 * said of its total. One of its ages is a cell. */
TEST(a_row_is_what_others_leave_of_a_larger_one)
{
    struct made made = {0};
    make_world(&made);
    size_t row = cell_at(&made, 0, 0, 1);
    add_ages(&made, 1, 3, 0, 0);
    add_ages(&made, COUNTRY, COUNTRY, 0, 0);
    take_world(&made);
    CHECK(composed_row(made.composed, row));
    CHECK_INT(relations(&made), AGES);
    check_age(&made, 0, 0, 0);
    world_free(&made.world);
}

/* A zone of the same places; then its places, of each site. */
TEST(a_row_is_another_of_the_same_leaves_or_a_sum_along_two_dimensions)
{
    struct made made = {0};
    make_world(&made);
    size_t north = cell_at(&made, NORTH, 0, ALL_AGES);
    size_t all = cell_at(&made, NORTH, ALL_SITES, ALL_AGES);
    add_ages(&made, ZONE, ZONE, 0, 0);
    add_ages(&made, 0, 1, 1, 1);
    take_world(&made);
    CHECK(composed_row(made.composed, north));
    check_age(&made, NORTH, 0, 0);
    CHECK(composed_row(made.composed, all));
    check_age(&made, NORTH, ALL_SITES, 1);
    CHECK(relations(&made) > 0);
    world_free(&made.world);
}

/* Boxes that meet fill nothing. */
TEST(a_row_that_cells_fill_in_part_has_no_ages)
{
    struct made made = {0};
    make_world(&made);
    size_t row = cell_at(&made, COUNTRY, ALL_SITES, ALL_AGES);
    add_ages(&made, NORTH, NORTH, ALL_SITES, ALL_SITES);
    add_ages(&made, 2, 2, 0, 1);
    add_ages(&made, 1, 1, 0, 0);
    take_world(&made);
    CHECK(!composed_row(made.composed, row));
    CHECK_INT(composed_columns(made.composed).count, 0);
    world_free(&made.world);
}

RUN(CASE(a_row_is_the_sum_of_its_places_whatever_its_site),
    CASE(a_row_whose_ages_are_cells_needs_no_columns),
    CASE(a_row_is_what_others_leave_of_a_larger_one),
    CASE(a_row_is_another_of_the_same_leaves_or_a_sum_along_two_dimensions),
    CASE(a_row_that_cells_fill_in_part_has_no_ages))
