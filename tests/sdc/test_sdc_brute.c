/* SPDX-License-Identifier: EUPL-1.2 */
/* Random small tables against the brute-force attacker. */
#include "oracle.h"
#include "proof.h"

struct tally {
    int tables, refused, unfinished, secondary;
    int solved; /* tables for whose proof programs were needed */
};

static struct tally tally;

/* Fails when the attacker finds anything in the protected universe. */
static void check_safe(struct world *world, uint64_t seed)
{
    int64_t threshold = world->policy.threshold;
    struct oracle oracle = oracle_attack(
        world, (world->stricter > threshold ? world->stricter : threshold) - 1);
    if (!oracle.complete) {
        tally.unfinished++;
        return;
    }
    for (size_t c = 0; c < oracle.cells; c++) {
        if (oracle_exposed(&oracle, c))
            fail_msg("seed %llu: exposed: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
        if (oracle_public(world->universe, c) && oracle_must_hide(&oracle, c))
            fail_msg("seed %llu: shown: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
        if (oracle_betrayed(&oracle, c))
            fail_msg("seed %llu: betrayed: %s", (unsigned long long)seed,
                     universe_name(world->arena, world->universe, c));
    }
}

/* True when suppressing everything that may be suppressed would not help. */
static bool is_hopeless(struct world *world)
{
    struct universe *universe = world->universe;
    for (size_t c = 0; c < universe->count; c++) {
        if (universe->counts[c] > 0 && !(universe->flags[c] & CELL_MUST_SHOW))
            universe->flags[c] |= CELL_SECONDARY;
    }
    struct oracle oracle = oracle_attack(world, 99);
    bool bad = !oracle.complete;
    for (size_t c = 0; c < oracle.cells; c++)
        bad = bad || oracle_exposed(&oracle, c) || oracle_betrayed(&oracle, c);
    return bad;
}

static void check_hopeless(struct world *world, uint64_t seed)
{
    if (!is_hopeless(world))
        fail_msg("seed %llu: refused without need: %s",
                 (unsigned long long)seed, world->err.text);
}

/* Where programs had a part in the proof, and in a sample of the rest. */
static void look_at_proof(struct world *world, uint64_t seed)
{
    enum {
        SAMPLE = 50,
    };
    bool solved = clearance_report(world->clearance)->solved > 0;
    tally.solved += solved;
    if (solved || seed % SAMPLE == 0)
        proof_check(world, seed);
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
    look_at_proof(world, seed);
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
    /* of few tables one or two are a large share */
    CHECK(tally.tables < 50 || tally.unfinished * 10 <= tally.tables);
}

TEST(two_way_tables_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(1500); seed++) {
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
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
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

/* Leaves of four or five dimensions; territories cross where there are three.
 */
static void make_wide(struct world *world, int territories, int dims)
{
    static const enum dim pairs[] = {DIM_SITE, DIM_SEX, DIM_AGE, DIM_PERIOD};
    world_leaves(world, DIM_TERRITORY, territories);
    if (territories == 3) {
        world_node(world, DIM_TERRITORY, "R", 0, 1, false);
        world_node(world, DIM_TERRITORY, "Z", 1, 2, true);
    }
    world_node(world, DIM_TERRITORY, "FR", 0, territories - 1, false);
    for (int d = 0; d < dims - 1; d++) {
        world_leaves(world, pairs[d], 2);
        world_node(world, pairs[d], "T", 0, 1, false);
    }
    world_table(world);
}

/* Sparse, so that the oracle comes to an end. */
TEST(four_and_five_way_tables_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(60); seed++) {
        uint64_t state = seed * 67867967;
        struct world world = world_new(3 + world_below(&state, 2));
        int dims = 4 + world_below(&state, 2);
        make_wide(&world, 2 + world_below(&state, 2), dims);
        for (size_t at = 0; at < world.leaves; at++)
            world.table[at] = world_below(&state, 10) < (dims == 4 ? 6 : 8)
                                  ? 0
                                  : 1 + world_below(&state, 4);
        world_add_all(&world, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("four and five ways");
    CHECK_INT(tally.refused, 0);
}

/* Only some nodes of each dimension are published. */
static const int *pick_from(struct world *world, uint64_t *state, size_t first,
                            size_t end, size_t *count)
{
    int *list = arena_array(world->arena, end - first, sizeof *list);
    *count = 0;
    for (size_t i = first; i < end; i++) {
        if (world_below(state, 3) > 0 || (i + 1 == end && *count == 0))
            list[(*count)++] = (int)i;
    }
    return list;
}

static const int *pick(struct world *world, uint64_t *state, enum dim dim,
                       size_t *count)
{
    return pick_from(world, state, 0, world->codes.dims[dim].count, count);
}

TEST(crossing_zones_and_periods_with_hidden_atoms_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(1200); seed++) {
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
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
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

/* Two tables, each with leaves or wholes of a dimension: they may have no line
 * in common, as some leaves by year and wholes over two years, or the other way
 * round. */
static void add_apart(struct world *world, uint64_t *state)
{
    static const enum dim dims[] = {DIM_TERRITORY, DIM_PERIOD};
    int mixed = world_below(state, 2);
    for (int table = 0; table < 2; table++) {
        const int *nodes[DIM_COUNT] = {NULL};
        size_t counts[DIM_COUNT] = {0};
        for (int i = 0; i < 2; i++) {
            size_t wholes = (size_t)(table ^ (i & mixed));
            nodes[dims[i]] = pick_from(world, state, 3 * wholes, 3 + 2 * wholes,
                                       &counts[dims[i]]);
        }
        world_add_block(world, nodes, counts, -1);
    }
}

TEST(tables_that_only_meet_in_their_sums_are_safe)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(2000); seed++) {
        uint64_t state = seed * 86028121;
        struct world world = world_new(3 + world_below(&state, 2));
        world_leaves(&world, DIM_TERRITORY, 3);
        world_node(&world, DIM_TERRITORY, "R1", 0, 1, false);
        world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
        world_leaves(&world, DIM_PERIOD, 3);
        world_node(&world, DIM_PERIOD, "0-1", 0, 1, false);
        world_node(&world, DIM_PERIOD, "1-2", 1, 2, false);
        world_table(&world);
        fill(&world, &state, 4);
        add_apart(&world, &state);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("apart");
    CHECK(tally.solved > 0);
    CHECK_INT(tally.refused, 0);
}

TEST(tables_under_tight_public_limits_are_safe_or_refused)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
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

/* --- under rules --------------------------------------------------------- */

/* Three territories, three sites with a group of the last two, totals. */
static struct world world_of_rules(uint64_t seed, uint64_t *state)
{
    *state = seed;
    struct world world = world_new(3 + world_below(state, 2));
    world_leaves(&world, DIM_TERRITORY, 3);
    world_node(&world, DIM_TERRITORY, "FR", 0, 2, false);
    world_leaves(&world, DIM_SITE, 3);
    world_node(&world, DIM_SITE, "G", 1, 2, false);
    world_node(&world, DIM_SITE, "ALL", 0, 2, false);
    world_table(&world);
    fill(&world, state, 6);
    return world;
}

TEST(thresholds_that_differ_between_cells_are_kept)
{
    static const char *const words[] = {"code:L0", "code:L1", "code:G"};
    static const unsigned sites[] = {1, 2, 6};
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
        uint64_t state;
        struct world world = world_of_rules(seed * 86028157, &state);
        int which = world_below(&state, 3);
        world.stricter = world.policy.threshold + 1 + world_below(&state, 3);
        world.stricter_site = sites[which];
        world_rule(&world, RULE_STRICTER, world.stricter)->select[DIM_SITE] =
            world_word(&world, words[which]);
        world_add_all(&world, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("thresholds");
    CHECK_INT(tally.refused, 0);
}

TEST(hidden_parts_have_the_threshold_of_what_they_are_made_of)
{
    /* L0 and ALL are shown: the sites of G together are not. */
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
        uint64_t state;
        struct world world = world_of_rules(seed * 122949823, &state);
        world.policy.threshold = 3;
        world.stricter = 4;
        world.stricter_site = 6;
        world_rule(&world, RULE_STRICTER, world.stricter)->select[DIM_SITE] =
            world_word(&world, "code:G");
        const int *nodes[DIM_COUNT] = {NULL};
        size_t counts[DIM_COUNT] = {0};
        nodes[DIM_TERRITORY] =
            pick(&world, &state, DIM_TERRITORY, &counts[DIM_TERRITORY]);
        nodes[DIM_SITE] = (const int[]){0, 4};
        counts[DIM_SITE] = 2;
        world_add_block(&world, nodes, counts, -1);
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally("hidden");
    CHECK_INT(tally.refused, 0);
}

/* Rules about populations; the limits are counts and a little more. */
static void check_populations(const char *what, bool zeros, bool floor,
                              bool non_events)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(500); seed++) {
        uint64_t state;
        struct world world = world_of_rules(seed * 179424673, &state);
        int64_t under = 4 + world_below(&state, 8);
        world.zeros_under = zeros ? under : 0;
        world.floor_under = floor ? under + 2 : 0;
        world.non_events = non_events;
        if (zeros)
            world_rule(&world, RULE_ZEROS, under);
        if (floor)
            world_rule(&world, RULE_POPULATION_FLOOR, under + 2);
        if (non_events)
            world_rule(&world, RULE_NON_EVENTS, 0);
        world_add_all(&world, world_below(&state, 6));
        protect_and_check(&world, seed);
        world_free(&world);
    }
    print_tally(what);
    CHECK(tally.refused < tally.tables * 3 / 4);
}

TEST(zeros_and_full_cells_of_small_groups_are_safe_or_refused)
{
    check_populations("zeros", true, false, false);
}

TEST(counts_of_small_populations_are_safe_or_refused)
{
    check_populations("floor", false, true, false);
}

TEST(non_events_are_safe_or_refused)
{
    check_populations("non-events", false, false, true);
}

TEST(all_rules_of_populations_together_are_safe_or_refused)
{
    check_populations("populations", true, true, true);
}

/* A rule about one cell of all territories, 2019. */
static size_t list_cell(struct world *world, enum rule_kind kind, int which)
{
    static const char *const words[] = {"code:L0", "code:L1", "code:ALL"};
    static const int sites[] = {0, 1, 4};
    struct rule_cells *cells = world_rule(world, kind, 0);
    world_name_totals(world);
    cells->measures = world_word(world, "cases");
    cells->select[DIM_TERRITORY] = world_word(world, "code:level/FR");
    cells->select[DIM_SITE] = world_word(world, words[which]);
    cells->select[DIM_PERIOD] = world_word(world, "2019");
    world_add_all(world, -1);
    struct sdc_cell_key key = {
        .measure = "cases",
        .node = {[DIM_TERRITORY] = 3, [DIM_SITE] = sites[which]},
    };
    return world_add_limited(world, &key, -1);
}

TEST(cells_that_must_be_suppressed_are_wide_whatever_their_count)
{
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(400); seed++) {
        uint64_t state;
        struct world world = world_of_rules(seed * 217645199, &state);
        size_t cell =
            list_cell(&world, RULE_MUST_SUPPRESS, world_below(&state, 3));
        world.suppressed = cell + 1;
        protect_and_check(&world, seed);
        /* Refused where its parts are zeros, which are always shown. */
        if (world.clearance != NULL)
            CHECK(!clearance_shown(world.clearance, cell));
        world_free(&world);
    }
    print_tally("must suppress");
    CHECK(tally.refused * 20 < tally.tables);
}

/* With cells that must be shown the program may also doubt: it proves only by
 * its moves and programs that nobody alone in a cell sees through. */
static void protect_or_doubt(struct world *world, uint64_t seed, int *doubts)
{
    tally.tables++;
    if (world_protect(world)) {
        tally.secondary += (int)clearance_report(world->clearance)->secondary;
        look_at_proof(world, seed);
        check_safe(world, seed);
        return;
    }
    CHECK_TEXT(world->err.id, "sdc.exposed");
    if (strstr(world->err.text, "too narrow") != NULL)
        check_hopeless(world, seed);
    *doubts += !is_hopeless(world);
    tally.refused++;
}

TEST(cells_that_must_be_shown_are_and_the_rest_is_safe_or_refused)
{
    int doubts = 0;
    start_tally();
    for (uint64_t seed = 1; seed <= CHECK_SEEDS(600); seed++) {
        uint64_t state;
        struct world world = world_of_rules(seed * 198491317, &state);
        size_t cell = list_cell(&world, RULE_MUST_SHOW, world_below(&state, 3));
        if (world.universe->counts[cell] == 0 ||
            world.universe->counts[cell] >= world.policy.threshold) {
            protect_or_doubt(&world, seed, &doubts);
            if (world.clearance != NULL)
                CHECK(clearance_shown(world.clearance, cell));
        }
        world_free(&world);
    }
    print_tally("must show");
    print_message("%d refused without need\n", doubts);
    CHECK(doubts * 10 <= tally.tables);
    CHECK(tally.refused < tally.tables / 2);
    CHECK(tally.refused > 0);
}

RUN(CASE(cells_that_must_be_suppressed_are_wide_whatever_their_count),
    CASE(thresholds_that_differ_between_cells_are_kept),
    CASE(hidden_parts_have_the_threshold_of_what_they_are_made_of),
    CASE(zeros_and_full_cells_of_small_groups_are_safe_or_refused),
    CASE(counts_of_small_populations_are_safe_or_refused),
    CASE(non_events_are_safe_or_refused),
    CASE(all_rules_of_populations_together_are_safe_or_refused),
    CASE(cells_that_must_be_shown_are_and_the_rest_is_safe_or_refused),
    CASE(two_way_tables_are_safe),
    CASE(three_way_tables_with_a_tied_level_are_safe),
    CASE(four_and_five_way_tables_are_safe),
    CASE(crossing_zones_and_periods_with_hidden_atoms_are_safe),
    CASE(linked_tables_are_safe),
    CASE(tables_that_only_meet_in_their_sums_are_safe),
    CASE(tables_under_tight_public_limits_are_safe_or_refused))
