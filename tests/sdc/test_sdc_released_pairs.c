/* SPDX-License-Identifier: EUPL-1.2 */
/* A release and one before it, as whoever kept both reads them: against an
 * enumeration of all tables, and what is refused. */
#include "oracle.h"
#include "released_files.h"
#include "sdc/audit_sheet.h"

/* Two releases of cases in three départements and four years. The earlier one
 * has no C, and of 2021 other numbers. */
enum {
    TERRITORIES = 3,
    LEAF_YEARS = 5, /* 2021 to 2024, and 2021 as it was */
    OLD = 4,
    THRESHOLD = 4,
    SLACK = 4,
};

struct code {
    const char *level, *code;
    unsigned later, earlier; /* leaves, by bit; 0 where it is no code */
};

static const struct code territories[] = {
    {"dep", "A", 1, 1},      {"dep", "B", 2, 2},  {"dep", "C", 4, 0},
    {"country", "FR", 7, 3}, {"zone", "Z", 6, 0},
};

static const struct code periods[] = {
    {"leaf", "2021", 1, 1U << OLD},
    {"leaf", "2022", 2, 2},
    {"leaf", "2023", 4, 4},
    {"leaf", "2024", 8, 0},
    {"band", "2021-2022", 3, 2 | 1U << OLD},
    {"band", "2021-2023", 0, 6 | 1U << OLD},
    {"band", "2022-2023", 0, 6},
    {"band", "2022-2024", 14, 0},
};

static unsigned leaves_of(const struct code *code, bool later)
{
    return later ? code->later : code->earlier;
}

/* --- the files --------------------------------------------------------------
 */

static void list_codes(struct text *out, const struct code *codes, size_t count,
                       bool later, bool years)
{
    for (size_t c = 0; c < count; c++) {
        const char *code = codes[c].code;
        if (leaves_of(&codes[c], later) == 0)
            continue;
        text_format(out, "%s,%s,x,x,,,,,", codes[c].level, code);
        if (years)
            text_format(out, "%.4s,%s\n", code, code + strlen(code) - 4);
        else
            text_add(out, ",\n");
    }
}

static void list_sums(struct text *out, const char *dim,
                      const struct code *codes, size_t count, bool later)
{
    for (size_t c = 0; c < count; c++) {
        unsigned whole = leaves_of(&codes[c], later);
        for (size_t p = 0; p < count; p++) {
            unsigned part = leaves_of(&codes[p], later);
            if (part != 0 && (part & (part - 1)) == 0 && (part & whole) &&
                part != whole)
                text_format(out, "%s,%s,%s,%s,%s\n", dim, codes[c].level,
                            codes[c].code, codes[p].level, codes[p].code);
        }
    }
}

static void write_release(struct arena *arena, const char *folder, bool later,
                          const char *unrevised, const char *rows)
{
    struct text territory = text_new(arena), period = text_new(arena);
    struct text relation = text_new(arena);
    list_codes(&territory, territories, COUNT_OF(territories), later, false);
    list_codes(&period, periods, COUNT_OF(periods), later, true);
    list_sums(&relation, "territory", territories, COUNT_OF(territories),
              later);
    list_sums(&relation, "period", periods, COUNT_OF(periods), later);
    const struct released_files files = {
        .head = arena_format(arena,
                             "\"id\": \"%s\", \"vintage\": \"%s\", "
                             "\"extracted\": \"%s\", \"unrevised\": [%s], "
                             "\"disclosure\": {\"threshold\": %d, \"rules\": "
                             "[]}",
                             later ? "later" : "before", later ? "v2" : "v1",
                             later ? "2025-06-30" : "2024-06-30", unrevised,
                             THRESHOLD),
        .territory = territory.at,
        .age = "total,T,T,T,,,,,0,-1\n",
        .period = period.at,
        .relation = relation.at,
        .rows = rows,
    };
    released_write(arena, folder, &files);
}

static bool read_both(struct arena *arena, const char *later,
                      const char *before, struct released **out,
                      struct err *err)
{
    const struct released_input input = {
        .directory = later,
        .earlier = &before,
        .earlier_count = 1,
    };
    return released_read_with(arena, &input, out, err);
}

/* --- the world --------------------------------------------------------------
 */

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

/* --- what is and what is not linked -----------------------------------------
 */

#define CASES(territory, period, value, status)                                \
    "cases,count,," territory ",POU,T,T," period ",T," value ",,," status "\n"

struct couple {
    struct arena *arena;
    char *later, *before;
    struct released *released;
    struct err err;
};

static bool read_pair(struct couple *pair, const char *unrevised,
                      const char *new, const char *old)
{
    pair->arena = arena_new();
    pair->later = check_directory();
    pair->before = check_directory();
    write_release(pair->arena, pair->later, true, unrevised, new);
    write_release(pair->arena, pair->before, false, "", old);
    return read_both(pair->arena, pair->later, pair->before, &pair->released,
                     &pair->err);
}

static const char *exposed_in(struct couple *pair)
{
    struct text names = text_new(pair->arena);
    struct audit_input input =
        released_attack(pair->arena, pair->released, AUDIT_STRICT);
    struct audit_effort effort = {0};
    enum audit_verdict *verdicts =
        arena_array(pair->arena, input.cells, sizeof *verdicts);
    if (!audit_public(&input, verdicts, &effort, &pair->err))
        fail_msg("%s", pair->err.text);
    for (size_t c = 0; c < input.cells; c++) {
        if (verdicts[c] == AUDIT_EXPOSED)
            text_format(&names, "%s\n",
                        released_name(pair->arena, pair->released, c));
    }
    return names.at;
}

static void end_pair(struct couple *pair)
{
    check_remove(pair->later);
    check_remove(pair->before);
    arena_wipe(pair->arena);
}

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

/* --- ages -------------------------------------------------------------------
 */

static void write_ages(struct arena *arena, const char *folder, const char *id,
                       const char *ages, const char *relation, const char *rows)
{
    const struct released_files files = {
        .head = arena_format(arena,
                             "\"id\": \"%s\", \"vintage\": \"v\", \"extracted\""
                             ": \"2024-06-30\", \"unrevised\": [], "
                             "\"disclosure\": {\"threshold\": 5, \"rules\": []"
                             "}",
                             id),
        .territory = "dep,A,A,A,,,,,,\n",
        .age = ages,
        .period = "leaf,2022,x,x,,,,,2022,2022\n",
        .relation = relation,
        .rows = rows,
    };
    released_write(arena, folder, &files);
}

#define AGED(age, value, status)                                               \
    "cases,count,,dep,A,POU,T," age ",2022,T," value ",,," status "\n"

TEST(age_classes_are_cut_at_the_limits_of_both_releases)
{
    struct couple pair = {
        .arena = arena_new(),
        .later = check_directory(),
        .before = check_directory(),
    };
    write_ages(pair.arena, pair.later, "later",
               "total,T,T,T,,,,,0,-1\nleaf,00-39,x,x,,,,,0,39\n"
               "leaf,40+,x,x,,,,,40,-1\n",
               "age,total,T,leaf,00-39\nage,total,T,leaf,40+\n",
               AGED("00-39", "30", "v") AGED("40+", "50", "v"));
    write_ages(pair.arena, pair.before, "before",
               "total,T,T,T,,,,,0,-1\nleaf,00-29,x,x,,,,,0,29\n"
               "leaf,30+,x,x,,,,,30,-1\n",
               "age,total,T,leaf,00-29\nage,total,T,leaf,30+\n",
               AGED("00-29", "28", "v"));
    if (!read_both(pair.arena, pair.later, pair.before, &pair.released,
                   &pair.err))
        fail_msg("%s", pair.err.text);
    CHECK_TEXT(exposed_in(&pair),
               "no table: cases, site POU, sex T, age 30-39\n");
    end_pair(&pair);
}

/* --- what is refused --------------------------------------------------------
 */

static void refuse(const char *head, const char *pattern)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    const char *manifest = "manifest.json";
    released_put(pair.arena, pair.before, manifest,
                 arena_format(pair.arena,
                              "{%s, \"disclosure\": {\"threshold\": 4, "
                              "\"rules\": []}, \"files\": [{\"path\": "
                              "\"d/a.csv\", \"sha256\": \"1\"}, {\"path\": "
                              "\"d/a.schema.json\", \"sha256\": \"1\"}]}",
                              head));
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_INT(pair.err.code, ERR_INPUT);
    if (strstr(pair.err.text, pattern) == NULL)
        fail_msg("%s", pair.err.text);
    end_pair(&pair);
}

TEST(releases_that_cannot_be_compared_are_refused)
{
    refuse("\"id\": \"before\"", "expected an id and a vintage");
    refuse("\"id\": \"later\", \"vintage\": \"v1\", \"unrevised\": []",
           "release 'later' is given twice");
    refuse("\"id\": \"before\", \"vintage\": \"v1\"",
           "expected a list of what is unrevised");
    refuse("\"id\": \"before\", \"vintage\": \"v1\", \"unrevised\": "
           "[{\"periods\": [\"2021\"]}]",
           "expected a list of what is unrevised");
    refuse("\"id\": \"before\", \"vintage\": \"v1\", \"unrevised\": []",
           "expected a date of extraction");
}

TEST(a_measure_that_is_another_thing_is_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    released_put(pair.arena, pair.before, "d/codes/measure.csv",
                 "code,kind,numerator,denominator,confidential,source\n"
                 "cases,estimate,,,true,R\n");
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_TEXT(pair.err.text,
               "measure 'cases' is another thing in release 'before'");
    end_pair(&pair);
}

TEST(a_sum_whose_parts_overlap_elsewhere_is_refused)
{
    struct couple pair = {0};
    CHECK(read_pair(&pair, "", "", ""));
    /* Both A and B are elementary there; here they share a commune. */
    released_put(pair.arena, pair.later, "d/codes/territory.csv",
                 RELEASED_NODES "com,1,x,x,,,,,,\ncom,2,x,x,,,,,,\n"
                                "com,3,x,x,,,,,,\ndep,A,A,A,,,,,,\n"
                                "dep,B,B,B,,,,,,\n");
    released_put(pair.arena, pair.later, "d/codes/relation.csv",
                 "dimension,level,code,part_level,part\n"
                 "territory,dep,A,com,1\nterritory,dep,A,com,2\n"
                 "territory,dep,B,com,2\nterritory,dep,B,com,3\n");
    CHECK(!read_both(pair.arena, pair.later, pair.before, &pair.released,
                     &pair.err));
    CHECK_INT(pair.err.code, ERR_INPUT);
    CHECK(strstr(pair.err.text, "overlap in another release") != NULL);
    end_pair(&pair);
}

RUN(CASE(pairs_of_releases_are_attacked_as_all_tables_tell),
    CASE(a_year_that_two_windows_leave_is_exposed_where_they_are_unrevised),
    CASE(a_territory_that_was_added_is_the_rest_of_the_country),
    CASE(what_is_printed_again_is_named_and_what_was_printed_is_lost),
    CASE(a_declaration_that_is_false_is_refused),
    CASE(cells_that_both_releases_tell_are_counted),
    CASE(age_classes_are_cut_at_the_limits_of_both_releases),
    CASE(releases_that_cannot_be_compared_are_refused),
    CASE(a_measure_that_is_another_thing_is_refused),
    CASE(a_sum_whose_parts_overlap_elsewhere_is_refused))
