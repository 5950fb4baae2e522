/* SPDX-License-Identifier: EUPL-1.2 */
/* A release and one before it, as whoever kept both reads them: against an
 * enumeration of all tables, and one thing at a time. */
#include "oracle.h"
#include "released_pair.h"

/* --- the world ------------------------------------------------------------ */

static int put_node(struct world *world, enum dim dim, unsigned mask, int count)
{
    uint16_t *leaves = arena_array(world->arena, 8, sizeof *leaves);
    size_t size = 0;
    struct dimension *dimension = &world->codes.dims[dim];
    for (int l = 0; l < count; l++) {
        if (mask >> l & 1)
            leaves[size++] = (uint16_t)l;
    }
    for (size_t n = 0; n < dimension->count; n++) {
        const struct node *node = &dimension->nodes[n];
        if (node->leaf_count == size &&
            memcmp(node->leaves, leaves, size * sizeof *leaves) == 0)
            return (int)n;
    }
    struct node node = {.code = "N",
                        .level = "level",
                        .article = "",
                        .icd10 = "",
                        .sex = "",
                        .parent = -1,
                        .leaves = leaves,
                        .leaf_count = size};
    return code_add(world->arena, dimension, &node);
}

/* One table: cells of all its codes, some of them withheld. */
static const char *print_table(struct world *world, bool later, uint64_t *state,
                               int withheld)
{
    struct text rows = text_new(world->arena);
    for (size_t t = 0; t < COUNT_OF(territories); t++) {
        for (size_t p = 0; p < COUNT_OF(periods); p++) {
            unsigned where = leaves_of(&territories[t], later);
            unsigned when = leaves_of(&periods[p], later);
            if (where == 0 || when == 0 || world_below(state, 10) == 0)
                continue;
            struct sdc_cell_key key = {.measure = "cases"};
            key.node[DIM_TERRITORY] =
                put_node(world, DIM_TERRITORY, where, TERRITORIES);
            key.node[DIM_PERIOD] =
                put_node(world, DIM_PERIOD, when, LEAF_YEARS);
            size_t before =
                world->universe ? universe_cells(world->universe) : 0;
            size_t cell = world_add_limited(world, &key, -1);
            int64_t count = world->universe->counts[cell];
            bool held = count > 0 && world_below(state, 10) < withheld;
            if (cell >= before && held)
                world->universe->flags[cell] |= CELL_KEPT;
            else if (!held)
                world->universe->flags[cell] &= (uint16_t)~CELL_KEPT;
            text_format(&rows, "cases,count,,%s,%s,POU,T,T,%s,T,",
                        territories[t].level, territories[t].code,
                        periods[p].code);
            if (held)
                text_add(&rows, ",,,c\n");
            else
                text_format(&rows, "%lld,,,v\n", (long long)count);
        }
    }
    return rows.at;
}

struct tally {
    int pairs, cells, exposed, unfinished;
};

static void compare(struct world *world, const struct released *released,
                    struct tally *tally)
{
    struct audit_input input =
        released_attack(world->arena, released, AUDIT_STRICT);
    struct audit_effort effort = {0};
    enum audit_verdict *verdicts =
        arena_array(world->arena, input.cells, sizeof *verdicts);
    if (!audit_public(&input, verdicts, &effort, &world->err))
        fail_msg("%s", world->err.text);
    CHECK(universe_open_axes(world->universe, &world->err));
    CHECK_INT(released->universe->published, world->universe->count);
    struct oracle oracle = oracle_attack(world, SLACK);
    tally->pairs++;
    tally->unfinished += !oracle.complete;
    for (size_t c = 0; oracle.complete && c < oracle.cells; c++) {
        CHECK_INT(oracle_public(world->universe, c),
                  verdicts[c] == AUDIT_PUBLIC);
        if (oracle_public(world->universe, c))
            continue;
        bool exposed = verdicts[c] == AUDIT_EXPOSED;
        if (exposed != oracle_exposed(&oracle, c))
            fail_msg("%s: %s, against the enumeration",
                     released_name(world->arena, released, c),
                     exposed ? "exposed" : "safe");
        tally->cells++;
        tally->exposed += exposed;
    }
}

static void try_pair(uint64_t seed, int withheld, struct tally *tally)
{
    struct world world = world_new(THRESHOLD);
    uint64_t state = seed;
    char *later = check_directory(), *before = check_directory();
    struct released *released;
    world_leaves(&world, DIM_TERRITORY, TERRITORIES);
    world_leaves(&world, DIM_PERIOD, LEAF_YEARS);
    world_table(&world);
    for (size_t l = 0; l < world.leaves; l++)
        world.table[l] = world_below(&state, 6);
    const char *rows = print_table(&world, true, &state, withheld);
    write_release(world.arena, later, true,
                  "{\"measure\": \"cases\", \"periods\": [\"2022-2023\"], "
                  "\"since\": \"2024-01-01\"}",
                  rows);
    write_release(world.arena, before, false, "",
                  print_table(&world, false, &state, withheld));
    if (!read_both(world.arena, later, before, &released, &world.err))
        fail_msg("%s", world.err.text);
    compare(&world, released, tally);
    check_remove(later);
    check_remove(before);
    world_free(&world);
}

TEST(pairs_of_releases_are_attacked_as_all_tables_tell)
{
    struct tally tally = {0};
    for (uint64_t seed = 1; seed <= 120; seed++)
        try_pair(seed * 7919, 3 + (int)(seed % 5), &tally);
    CHECK(tally.unfinished * 10 < tally.pairs);
    CHECK(tally.exposed > 100);
    CHECK(tally.cells - tally.exposed > 100);
}

/* --- what is and what is not linked --------------------------------------- */

#define ALL_YEARS "{\"measure\": \"cases\"}"

TEST(a_year_that_two_windows_leave_is_exposed_where_they_are_unrevised)
{
    /* 2022-2024 less 2022-2023 is 2024, which this release withholds. */
    struct couple pair = {0};
    CHECK(read_pair(&pair, ALL_YEARS,
                    CASES("dep,A", "2022-2024", "32", "v")
                        CASES("dep,A", "2024", "", "c"),
                    CASES("dep,A", "2022-2023", "30", "v")));
    CHECK_TEXT(exposed_in(&pair), "r.a: cases, territory dep/A, site POU, sex "
                                  "T, period 2024\n");
    end_pair(&pair);
    pair = (struct couple){0};
    CHECK(read_pair(&pair, "",
                    CASES("dep,A", "2022-2024", "32", "v")
                        CASES("dep,A", "2024", "", "c"),
                    CASES("dep,A", "2022-2023", "30", "v")));
    CHECK_TEXT(exposed_in(&pair), "");
    end_pair(&pair);
}

TEST(a_territory_that_was_added_is_the_rest_of_the_country)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, ALL_YEARS, CASES("country,FR", "2022", "43", "v"),
                    CASES("country,FR", "2022", "41", "v")));
    CHECK(strstr(exposed_in(&pair), "territory dep/C") != NULL);
    end_pair(&pair);
}

TEST(what_is_printed_again_is_named_and_what_was_printed_is_lost)
{
    struct couple pair = {0};
    CHECK(read_pair(
        &pair, ALL_YEARS,
        CASES("dep,A", "2022", "7", "v") CASES("dep,B", "2022", "", "c")
            CASES("dep,A", "2023", "2", "v"),
        CASES("dep,A", "2022", "", "c") CASES("dep,B", "2022", "2", "v")));
    CHECK(released_split(pair.released, 0));
    CHECK_TEXT(released_name(pair.arena, pair.released, 0),
               "before: r.a: cases, territory dep/A, site POU, sex T, "
               "period 2022");
    CHECK(!released_before(pair.released, 0));
    CHECK(!released_split(pair.released, 1));
    CHECK(released_before(pair.released, 1));
    CHECK(!released_small(pair.released, 1));
    CHECK(released_small(pair.released, 2));
    end_pair(&pair);
}

TEST(a_declaration_that_is_false_is_refused)
{
    struct couple pair = {0};
    CHECK(!read_pair(&pair, ALL_YEARS, CASES("dep,A", "2022", "7", "v"),
                     CASES("dep,A", "2022", "8", "v")));
    CHECK_INT(pair.err.code, ERR_INPUT);
    CHECK(strstr(pair.err.text, "a.csv:2: another count of the cell that "
                                "'r.a' tells") != NULL);
    end_pair(&pair);
    pair = (struct couple){0};
    CHECK(read_pair(
        &pair, "{\"measure\": \"cases\", \"since\": \"2024-07-01\"}",
        CASES("dep,A", "2022", "7", "v"), CASES("dep,A", "2022", "8", "v")));
    end_pair(&pair);
}

TEST(cells_that_both_releases_tell_are_counted)
{
    static const struct {
        const char *unrevised;
        size_t both;
    } tries[] = {{"", 0},
                 {"{\"measure\": \"cases\", \"since\": "
                  "\"2024-01-01\"}",
                  1}};
    for (size_t t = 0; t < COUNT_OF(tries); t++) {
        struct couple pair = {0};
        size_t both = 0;
        CHECK(read_pair(
            &pair, tries[t].unrevised,
            CASES("dep,A", "2022", "7", "v") CASES("dep,A", "2022", "7", "v"),
            CASES("dep,A", "2022", "7", "v") CASES("dep,B", "2022", "8", "v")));
        for (size_t c = 0; c < pair.released->universe->published; c++)
            both += pair.released->cells[c].both;
        CHECK_INT(both, tries[t].both);
        end_pair(&pair);
    }
}

RUN(CASE(pairs_of_releases_are_attacked_as_all_tables_tell),
    CASE(a_year_that_two_windows_leave_is_exposed_where_they_are_unrevised),
    CASE(a_territory_that_was_added_is_the_rest_of_the_country),
    CASE(what_is_printed_again_is_named_and_what_was_printed_is_lost),
    CASE(a_declaration_that_is_false_is_refused),
    CASE(cells_that_both_releases_tell_are_counted))
