/* SPDX-License-Identifier: EUPL-1.2 */
/* Random small tables against the brute-force attacker. */
#include "oracle.h"

struct tally {
    int tables, refused, unfinished, secondary;
};

static struct tally tally;

/* Fails when the attacker finds anything in the protected universe. */
static void check_safe(struct world *world, uint64_t seed)
{
    struct oracle oracle = oracle_attack(world, world->policy.threshold - 1);
    if (!oracle.complete) {
        tally.unfinished++;
        return;
    }
    for (size_t c = 0; c < oracle.cells; c++) {
        if (oracle_exposed(&oracle, c))
            fail_msg("seed %llu: exposed: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
        if (oracle_betrayed(&oracle, c))
            fail_msg("seed %llu: betrayed: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
    }
}

/* A refusal is only right when suppressing everything would not help. */
static void check_hopeless(struct world *world, uint64_t seed)
{
    struct universe *universe = world->universe;
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->counts[c] > 0)
            universe->flags[c] |= CELL_SECONDARY;
    }
    struct oracle oracle = oracle_attack(world, 99);
    bool bad = !oracle.complete;
    for (size_t c = 0; c < oracle.cells; c++)
        bad = bad || oracle_exposed(&oracle, c) || oracle_betrayed(&oracle, c);
    if (!bad)
        fail_msg("seed %llu: refused without need: %s",
                 (unsigned long long)seed, world->err.text);
}

static void protect_and_check(struct world *world, uint64_t seed)
{
    tally.tables++;
    if (!world_protect(world)) {
        CHECK_INT(world->err.code, ERR_DISCLOSURE);
        check_hopeless(world, seed);
        tally.refused++;
        return;
    }
    tally.secondary += (int)clearance_report(world->clearance)->secondary;
    check_safe(world, seed);
}

static void fill(struct world *world, uint64_t *state, int top)
{
    for (size_t at = 0; at < world->leaves; at++) {
        int kind = world_below(state, 10);
        world->table[at] = kind < 2   ? 0
                           : kind < 4 ? 1
                                      : world_below(state, top + 1);
    }
}

static void start_tally(void)
{
    tally = (struct tally){0};
}

static void print_tally(const char *what)
{
    print_message("%s: %d tables, %d refused, %d beyond the oracle, "
                  "%d secondary\n",
                  what, tally.tables, tally.refused, tally.unfinished,
                  tally.secondary);
    CHECK(tally.unfinished * 10 <= tally.tables);
}

TEST(two_way_tables_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        uint64_t state = seed * 7919;
        struct world world = world_new(3 + world_below(&state, 2));
        int rows = 2 + world_below(&state, 2);
        int columns = 2 + world_below(&state, 2);
        world_leaves(&world, DIM_TERRITORY, rows);
        world_node(&world, DIM_TERRITORY, "FR", 0, rows - 1, false);
        world_leaves(&world, DIM_SITE, columns);
        world_node(&world, DIM_SITE, "ALL", 0, columns - 1, false);
        world_table(&world);
        fill(&world, &state, 5);
        world_add_all(&world, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("two-way");
    CHECK_INT(tally.refused, 0);
}

TEST(three_way_tables_with_a_tied_level_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t state = seed * 104729;
        struct world world = world_new(3 + world_below(&state, 2));
        world_leaves(&world, DIM_TERRITORY, 3);
        world_node(&world, DIM_TERRITORY, "R1", 0, 1, false);
        world_node(&world, DIM_TERRITORY, "R2", 2, 2, false);
        world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
        world_leaves(&world, DIM_SITE, 2);
        world_node(&world, DIM_SITE, "ALL", 0, 1, false);
        world_leaves(&world, DIM_SEX, 2);
        world_node(&world, DIM_SEX, "T", 0, 1, false);
        world_table(&world);
        fill(&world, &state, 4);
        /* The second site does not occur in the second sex. */
        bool specific = world_below(&state, 2) == 0;
        for (size_t at = 0; specific && at < world.leaves; at++) {
            if (at / world.stride[DIM_SITE] % 2 == 1 &&
                at / world.stride[DIM_SEX] % 2 == 1) {
                world.table[at] = 0;
                world.structural[at] = true;
            }
        }
        world_add_all(&world, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("three-way");
    CHECK_INT(tally.refused, 0);
}

/* Only some nodes of each dimension are published. */
static const int *pick(struct world *world, uint64_t *state, enum dim dim,
                       size_t *count)
{
    size_t all = world->codes.dims[dim].count;
    int *list = arena_array(world->arena, all, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        if (world_below(state, 3) > 0 || (i + 1 == all && *count == 0))
            list[(*count)++] = (int)i;
    }
    return list;
}

TEST(crossing_zones_and_periods_with_hidden_atoms_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        uint64_t state = seed * 15485863;
        struct world world = world_new(3 + world_below(&state, 2));
        world_leaves(&world, DIM_TERRITORY, 3);
        world_node(&world, DIM_TERRITORY, "R1", 0, 1, false);
        world_node(&world, DIM_TERRITORY, "Z", 1, 2, true);
        world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
        world_leaves(&world, DIM_PERIOD, 3);
        world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
        world_node(&world, DIM_PERIOD, "1-2", 1, 2, false);
        world_table(&world);
        fill(&world, &state, 4);
        const int *nodes[DIM_COUNT] = {NULL};
        size_t counts[DIM_COUNT] = {0};
        nodes[DIM_TERRITORY] =
            pick(&world, &state, DIM_TERRITORY, &counts[DIM_TERRITORY]);
        nodes[DIM_PERIOD] =
            pick(&world, &state, DIM_PERIOD, &counts[DIM_PERIOD]);
        world_add_block(&world, nodes, counts, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("crossing");
    CHECK_INT(tally.refused, 0);
}

/* Two tables of one release that share a margin. */
TEST(linked_tables_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t state = seed * 32452843;
        struct world world = world_new(3);
        world_leaves(&world, DIM_TERRITORY, 2);
        int france = world_node(&world, DIM_TERRITORY, "FR", 0, 1, false);
        world_leaves(&world, DIM_SITE, 2);
        world_node(&world, DIM_SITE, "ALL", 0, 1, false);
        world_leaves(&world, DIM_AGE, 2);
        int ages = world_node(&world, DIM_AGE, "T", 0, 1, false);
        world_table(&world);
        fill(&world, &state, 4);
        const int all[] = {0, 1, 2};
        const int only_france[] = {france}, only_total[] = {ages};
        const int *by_territory[DIM_COUNT] = {all, all, NULL, only_total};
        const int *by_age[DIM_COUNT] = {only_france, all, NULL, all};
        world_add_block(&world, by_territory,
                        (const size_t[DIM_COUNT]){3, 3, 0, 1}, -1);
        world_add_block(&world, by_age, (const size_t[DIM_COUNT]){1, 3, 0, 3},
                        -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("linked");
    CHECK_INT(tally.refused, 0);
}

TEST(tables_under_tight_public_limits_are_safe_or_refused)
{
    start_tally();
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t state = seed * 49979687;
        struct world world = world_new(3 + world_below(&state, 2));
        world_leaves(&world, DIM_TERRITORY, 3);
        world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
        world_leaves(&world, DIM_SITE, 2);
        world_node(&world, DIM_SITE, "ALL", 0, 1, false);
        world_table(&world);
        fill(&world, &state, 5);
        world_add_all(&world, world_below(&state, 4));
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("limited");
    CHECK(tally.refused < tally.tables / 2);
}

RUN(CASE(two_way_tables_are_safe),
    CASE(three_way_tables_with_a_tied_level_are_safe),
    CASE(crossing_zones_and_periods_with_hidden_atoms_are_safe),
    CASE(linked_tables_are_safe),
    CASE(tables_under_tight_public_limits_are_safe_or_refused))
