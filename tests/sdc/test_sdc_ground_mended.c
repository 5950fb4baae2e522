/* SPDX-License-Identifier: EUPL-1.2 */
/* Crossings too large to be cells for their many empty places, with few atoms:
 * what the attack from all of them opens, and why. The outsider of the tests
 * has one column per atom and one row per printed cell; the insider knows where
 * she is alone as well. Neither knows anything of universes. */
#include "atoms_attack.h"
#include "stacked.h"

enum {
    PLACES = 80, /* of which the first are not empty */
    CORE = 3,
};

/* As in test_sdc_ground.c: by site, sex and age over two years; and all of them
 * by age in one year. */
static void add_tables(struct world *world, uint64_t seed)
{
    static const int ages[] = {0, 1, 2, 3}, leaves[] = {0, 1}, whole[] = {2};
    static const int late[] = {1};
    int places[PLACES + 1];
    world_leaves(world, DIM_TERRITORY, PLACES);
    world_node(world, DIM_TERRITORY, "R", 0, CORE - 1, false);
    for (int p = 0; p <= PLACES; p++)
        places[p] = p;
    stacked_persons(world, seed);
    for (size_t at = 0; at < world->leaves; at++)
        world->table[at] =
            at < CORE * world->stride[DIM_TERRITORY] ? world->table[at] : 0;
    const int *fine[DIM_COUNT] = {places, leaves, leaves, ages, whole};
    const int *coarse[DIM_COUNT] = {places, whole, whole, ages, late};
    world_add_block(world, fine, (const size_t[DIM_COUNT]){PLACES, 2, 2, 3, 1},
                    -1);
    world_add_block(world, coarse,
                    (const size_t[DIM_COUNT]){PLACES + 1, 1, 1, 4, 1}, -1);
}

/* Without what was opened at last, an outsider bounds a small count of each. */
TEST(what_costs_least_is_opened_where_no_table_of_atoms_is_wide)
{
    static const uint64_t seeds[] = {13, 17, 26, 32, 34, 50, 71, 82};
    for (size_t i = 0; i < CHECK_SEEDS(COUNT_OF(seeds)); i++) {
        struct world world = world_new(5);
        add_tables(&world, seeds[i]);
        if (!world_protect(&world))
            fail_msg("seed %d: %s", (int)seeds[i], world.err.text);
        CHECK(clearance_report(world.clearance)->grounded > 0);
        CHECK(atoms_attack(&world, seeds[i]) > 0);
        world_free(&world);
    }
}

/* Without it, one who is alone in a cell recovers another of each. */
TEST(who_is_alone_in_a_cell_recovers_no_other)
{
    static const uint64_t seeds[] = {301, 25, 609, 177, 470, 811};
    for (size_t i = 0; i < CHECK_SEEDS(COUNT_OF(seeds)); i++) {
        struct world world = world_new(5);
        add_tables(&world, seeds[i]);
        if (!world_protect(&world))
            fail_msg("seed %d: %s", (int)seeds[i], world.err.text);
        CHECK(atoms_attack(&world, seeds[i]) > 0);
        CHECK(atoms_attack_alone(&world, seeds[i]) > 0);
        world_free(&world);
    }
}

/* --- refusals ------------------------------------------------------------- */

/* The world again, in which nothing that the release shows may be hidden, nor
 * the first cell that it hides for another's sake. */
static void hold_to(struct world *world, const struct world *released)
{
    const struct universe *universe = released->universe;
    size_t secondaries = 0;
    for (size_t c = 0; c < universe->published; c++) {
        bool secondary = (universe->flags[c] & CELL_SECONDARY) != 0;
        if (clearance_shown(released->clearance, c) ||
            (secondary && secondaries == 0))
            world->universe->flags[c] |= CELL_STRUCTURAL; /* is never hidden */
        secondaries += secondary;
    }
    CHECK(secondaries > 1);
}

static void check_refused(uint64_t seed, const char *why)
{
    struct world first = world_new(5), world = world_new(5);
    add_tables(&first, seed);
    CHECK(world_protect(&first));
    add_tables(&world, seed);
    hold_to(&world, &first);
    CHECK(!world_protect(&world));
    CHECK_TEXT(world.err.id, "sdc.exposed");
    if (strstr(world.err.text, why) == NULL)
        fail_msg("seed %d: %s", (int)seed, world.err.text);
    world_free(&world);
    world_free(&first);
}

TEST(a_cell_that_nothing_makes_wide_refuses_the_release)
{
    static const uint64_t seeds[] = {13, 17, 82};
    for (size_t i = 0; i < COUNT_OF(seeds); i++)
        check_refused(seeds[i], ": its interval would be too narrow whatever "
                                "is suppressed");
}

TEST(a_cell_that_whoever_is_alone_elsewhere_recovers_refuses_the_release)
{
    static const uint64_t seeds[] = {25, 301, 470};
    for (size_t i = 0; i < COUNT_OF(seeds); i++)
        check_refused(seeds[i],
                      ": whoever is alone in another cell could recover it");
}

/* --- whatever its count --------------------------------------------------- */

/* A cell that is no small count, nor can be one, and must be wide all the same.
 */
TEST(a_cell_that_must_be_suppressed_is_wide_whatever_its_count)
{
    static const struct {
        uint64_t seed;
        size_t cell;
    } forced[] = {{17, 969}, {50, 960}, {26, 965}};
    for (size_t i = 0; i < COUNT_OF(forced); i++) {
        struct world world = world_new(5);
        add_tables(&world, forced[i].seed);
        world.universe->flags[forced[i].cell] |= CELL_FORCED | CELL_PRIMARY;
        CHECK(world_protect(&world));
        CHECK(world.universe->counts[forced[i].cell] > 50);
        struct atoms_attack attack = atoms_attack_new(&world, ATOMS_OUTSIDER);
        CHECK(atoms_width(&attack, forced[i].cell) >= 3);
        atoms_attack_free(&attack);
        world_free(&world);
    }
}

/* --- whole numbers -------------------------------------------------------- */

enum {
    MANY = 400, /* places */
};

/* Sites by pairs that overlap: corners of the program are in halves. */
static void add_pairs(struct world *world, uint64_t seed)
{
    static const uint16_t ends[] = {0, 2};
    static const int ages[] = {0, 1, 2, 3}, sites[] = {3, 4, 5, 6};
    static const int all_ages[] = {3}, all_sites[] = {6}, region[] = {MANY};
    struct node node = {.code = "O",
                        .level = "level",
                        .label = {"O", "O"},
                        .article = "",
                        .icd10 = "",
                        .sex = "",
                        .parent = -1,
                        .leaves = ends,
                        .leaf_count = 2};
    int places[MANY + 1];
    world_leaves(world, DIM_TERRITORY, MANY);
    world_node(world, DIM_TERRITORY, "R", 0, CORE - 1, false);
    for (int p = 0; p <= MANY; p++)
        places[p] = p;
    world_leaves(world, DIM_SITE, 3);
    world_node(world, DIM_SITE, "P", 0, 1, false);
    world_node(world, DIM_SITE, "Q", 1, 2, false);
    code_add(world->arena, &world->codes.dims[DIM_SITE], &node);
    world_node(world, DIM_SITE, "ALL", 0, 2, false);
    stacked_whole(world, DIM_AGE, 3);
    stacked_draw(world, seed);
    for (size_t at = 0; at < world->leaves; at++) {
        bool core = at < CORE * world->stride[DIM_TERRITORY];
        int64_t count = world->table[at] > 14 ? 8 : world->table[at];
        world->table[at] = core ? count : 0;
    }
    const int *by_site[DIM_COUNT] = {places, sites, [DIM_AGE] = all_ages};
    const int *by_age[DIM_COUNT] = {places, all_sites, [DIM_AGE] = ages};
    const int *whole[DIM_COUNT] = {region, sites, [DIM_AGE] = ages};
    world_add_block(world, by_site,
                    (const size_t[DIM_COUNT]){MANY + 1, 4, [DIM_AGE] = 1}, -1);
    world_add_block(world, by_age,
                    (const size_t[DIM_COUNT]){MANY + 1, 1, [DIM_AGE] = 4}, -1);
    world_add_block(world, whole,
                    (const size_t[DIM_COUNT]){1, 4, [DIM_AGE] = 4}, -1);
}

/* Other corners that are as good, and a search at last: without them the first
 * is refused. */
TEST(tables_are_whole_where_corners_are_in_halves)
{
    static const uint64_t seeds[] = {178, 84};
    for (size_t i = 0; i < CHECK_SEEDS(COUNT_OF(seeds)); i++) {
        struct world world = world_new(4);
        add_pairs(&world, seeds[i]);
        if (!world_protect(&world))
            fail_msg("seed %d: %s", (int)seeds[i], world.err.text);
        CHECK(clearance_report(world.clearance)->grounded > 10);
        CHECK(atoms_attack(&world, seeds[i]) > 10);
        world_free(&world);
    }
}

RUN(CASE(what_costs_least_is_opened_where_no_table_of_atoms_is_wide),
    CASE(who_is_alone_in_a_cell_recovers_no_other),
    CASE(a_cell_that_nothing_makes_wide_refuses_the_release),
    CASE(a_cell_that_whoever_is_alone_elsewhere_recovers_refuses_the_release),
    CASE(a_cell_that_must_be_suppressed_is_wide_whatever_its_count),
    CASE(tables_are_whole_where_corners_are_in_halves))
