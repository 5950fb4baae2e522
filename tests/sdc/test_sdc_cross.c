/* SPDX-License-Identifier: EUPL-1.2 */
/* What no line and no bridge joins, and arithmetic over the crossing does. The
 * attacker here has a linear program with one column per atom and one row per
 * printed cell: it knows nothing of universes. */
#include "world.h"

#include <math.h>

#include "sdc/lp.h"

/* --- two tables that share no line -----------------------------------------
 */

static void name_whole(struct world *world, enum dim dim, int leaves)
{
    world_leaves(world, dim, leaves);
    world_node(world, dim, "ALL", 0, leaves - 1, false);
}

static void draw(struct world *world, uint64_t seed)
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

/* Départements by site, sex and age over two years; and them and the région,
 * for all sites and both sexes, by age in one year. What a département has in
 * that year is at most what the first table has of it, by site and sex. */
static void add_stacked_tables(struct world *world, uint64_t seed)
{
    static const int places[] = {0, 1, 2, 3}, ages[] = {0, 1, 2, 3};
    static const int leaves[] = {0, 1}, whole[] = {2}, late[] = {1};
    name_whole(world, DIM_TERRITORY, 3);
    name_whole(world, DIM_SITE, 2);
    name_whole(world, DIM_SEX, 2);
    name_whole(world, DIM_AGE, 3);
    name_whole(world, DIM_PERIOD, 2);
    draw(world, seed);
    const int *fine[DIM_COUNT] = {places, leaves, leaves, ages, whole};
    const int *coarse[DIM_COUNT] = {places, whole, whole, ages, late};
    world_add_block(world, fine, (const size_t[DIM_COUNT]){3, 2, 2, 3, 1}, -1);
    world_add_block(world, coarse, (const size_t[DIM_COUNT]){4, 1, 1, 4, 1},
                    -1);
}

/* --- the attacker ------------------------------------------------------------
 */

struct attack {
    const struct world *world;
    struct arena *arena;
    struct lp *lp;
};

static bool holds(const struct world *world, size_t cell, size_t atom)
{
    bool held = true;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &world->codes.dims[d];
        size_t leaf = atom / world->stride[d] % dimension->leaf_count;
        const struct node *node = &dimension->nodes[universe_part(
            world->universe->keys[cell], (enum dim)d)];
        bool in = false;
        for (size_t l = 0; l < node->leaf_count; l++)
            in = in || node->leaves[l] == leaf;
        held = held && in;
    }
    return held;
}

static struct attack attack_new(const struct world *world)
{
    const struct universe *universe = world->universe;
    struct attack attack = {.world = world, .arena = arena_new()};
    size_t cells = universe->published, atoms = world->leaves;
    int *starts = arena_array(attack.arena, atoms + 1, sizeof *starts);
    int *row = arena_array(attack.arena, atoms * cells, sizeof *row);
    double *value = arena_array(attack.arena, atoms * cells, sizeof *value);
    double *low = arena_array(attack.arena, atoms, sizeof *low);
    double *high = arena_array(attack.arena, atoms, sizeof *high);
    double *least = arena_array(attack.arena, cells, sizeof *least);
    double *most = arena_array(attack.arena, cells, sizeof *most);
    int filled = 0;
    for (size_t a = 0; a < atoms; a++) {
        high[a] = HUGE_VAL;
        for (size_t c = 0; c < cells; c++) {
            if (!holds(world, c, a))
                continue;
            row[filled] = (int)c;
            value[filled++] = 1;
        }
        starts[a + 1] = filled;
    }
    for (size_t c = 0; c < cells; c++) {
        bool shown = clearance_shown(world->clearance, c);
        least[c] = shown ? (double)universe->counts[c] : 1;
        most[c] = shown ? (double)universe->counts[c] : HUGE_VAL;
    }
    struct lp_shape shape = {(int)atoms, (int)cells, starts, row, value,
                             low,        high,       least,  most};
    attack.lp = lp_new(attack.arena, &shape);
    return attack;
}

static void attack_free(struct attack *attack)
{
    lp_free(attack->lp);
    arena_wipe(attack->arena);
}

/* The least sum of a cell's atoms, times `sign`. */
static double least_of(struct attack *attack, size_t cell, int sign)
{
    size_t atoms = attack->world->leaves;
    double sum = 0;
    for (size_t a = 0; a < atoms; a++)
        lp_price(attack->lp, (int)a, holds(attack->world, cell, a) ? sign : 0);
    lp_forget(attack->lp);
    enum lp_end end =
        lp_minimise(attack->lp, (struct lp_limits){.seconds = HUGE_VAL});
    if (end != LP_SOLVED)
        return -HUGE_VAL; /* without end: a cell that no total bounds */
    for (size_t a = 0; a < atoms; a++)
        sum += holds(attack->world, cell, a) ? lp_columns(attack->lp)[a] : 0;
    return sign * sum;
}

static bool is_exposed(struct attack *attack, size_t cell)
{
    const struct world *world = attack->world;
    int64_t count = world->universe->counts[cell];
    if (count < 1 || count >= world->policy.threshold)
        return false;
    double low = ceil(least_of(attack, cell, 1) - 1e-6);
    double high = floor(1e-6 - least_of(attack, cell, -1));
    return high - low < (double)world->policy.threshold - 2;
}

/* --- tests
 * -------------------------------------------------------------------- */

/* Attacks every cell that the release withholds; returns how many. */
static size_t attack_all(const struct world *world, uint64_t seed)
{
    struct attack attack = attack_new(world);
    size_t attacked = 0;
    for (size_t c = 0; c < world->universe->published; c++) {
        if (clearance_shown(world->clearance, c))
            continue;
        attacked++;
        if (is_exposed(&attack, c))
            fail_msg("seed %d: %s", (int)seed,
                     universe_name(world->arena, world->universe, c));
    }
    attack_free(&attack);
    return attacked;
}

TEST(what_a_neighbour_has_at_most_does_not_give_a_small_count_away)
{
    size_t attacked = 0;
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(1000); seed++) {
        struct world world = world_new(5);
        add_stacked_tables(&world, seed);
        CHECK(world_protect(&world));
        attacked += attack_all(&world, seed);
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
    name_whole(&world, DIM_TERRITORY, MANY);
    name_whole(&world, DIM_SITE, MANY);
    name_whole(&world, DIM_PERIOD, MANY);
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
    CASE(a_source_that_fails_at_an_atom_refuses_the_release))
