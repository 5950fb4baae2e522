/* SPDX-License-Identifier: EUPL-1.2 */
/* The choice of secondaries in an instance without axes, attacked by brute
 * force and compared with the choice that knows the axes. */
#include "grid_fixture.h"

#include "base/fs.h"
#include "sdc/protect_jj.h"

enum {
    THRESHOLD = 4,
    WIDTH = THRESHOLD - 2,
    LEAVES = 9,
    CELLS = 16,
    REACH = 2 * WIDTH, /* how far the oracle lets a leaf go */
};

static const struct sheet_policy policy = {
    .threshold = THRESHOLD,
    .certificate = "",
};

/* --- by hand -------------------------------------------------------------- */

static bool protect_text(struct arena *arena, const char *text, struct jj **jj,
                         struct err *err)
{
    struct sheet_report report;
    char *directory = check_directory();
    char *path = arena_format(arena, "%s/a.jj", directory);
    *err = (struct err){0};
    CHECK(fs_write(path, text, strlen(text), err));
    CHECK(jj_read(arena, path, jj, err));
    check_remove(directory);
    return jj_protect(arena, *jj, &report, err);
}

/* "upsz..": a letter for each cell. */
static char *pattern_of(struct arena *arena, const struct jj *jj)
{
    char *letters = arena_alloc(arena, jj->cells + 1);
    for (size_t c = 0; c < jj->cells; c++)
        letters[c] = "sumz"[jj->status[c]];
    return letters;
}

#define BOUNDS " 1 999 0 0 "
/* Two rows of three, their sums in cells 0 and 4, the columns' in 9 to 11, all
 * in 8. The first row is 2 30 40, the second 50 60 70. */
#define GRID                                                                   \
    "0\n12\n0 72 72 s" BOUNDS "0\n1 2 2 u" BOUNDS "3\n2 30 30 %c" BOUNDS       \
    "0\n3 40 40 s" BOUNDS "0\n4 180 180 s" BOUNDS "0\n5 50 50 %c" BOUNDS       \
    "0\n6 60 60 s" BOUNDS "0\n7 70 70 s" BOUNDS "0\n8 252 252 s" BOUNDS        \
    "0\n9 52 52 s" BOUNDS "0\n10 90 90 s" BOUNDS "0\n11 110 110 s" BOUNDS      \
    "0\n7\n0 4 : 0 (-1) 1 (1) 2 (1) 3 (1)\n0 4 : 4 (-1) 5 (1) 6 (1) 7 (1)\n"   \
    "0 4 : 8 (-1) 9 (1) 10 (1) 11 (1)\n0 3 : 8 (-1) 0 (1) 4 (1)\n"             \
    "0 3 : 9 (-1) 1 (1) 5 (1)\n0 3 : 10 (-1) 2 (1) 6 (1)\n"                    \
    "0 3 : 11 (-1) 3 (1) 7 (1)\n"

TEST(a_small_cell_takes_the_cheapest_rectangle_that_may_be_suppressed)
{
    static const struct {
        char second, fifth;
        const char *want;
    } cases[] = {
        {'s', 's', "sumssmmsssss"},
        {'z', 's', "suzmsmsmssss"}, /* the next column */
        {'s', 'z', "sumsszsssmms"}, /* the sums of the columns */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *arena = arena_new();
        struct jj *jj = NULL;
        struct err err;
        CHECK(protect_text(
            arena, arena_format(arena, GRID, cases[i].second, cases[i].fifth),
            &jj, &err));
        CHECK_TEXT(pattern_of(arena, jj), cases[i].want);
        arena_wipe(arena);
    }
}

TEST(what_was_suppressed_before_stays_so)
{
    struct arena *arena = arena_new();
    struct jj *jj = NULL;
    struct err err;
    CHECK(protect_text(arena, arena_format(arena, GRID, 'm', 'm'), &jj, &err));
    CHECK_TEXT(pattern_of(arena, jj), "sumssmmsssss");
    CHECK(protect_text(arena,
                       "0\n6\n0 99 99 s" BOUNDS "0\n1 2 2 u" BOUNDS
                       "3\n2 40 40 m" BOUNDS "0\n3 57 57 s" BOUNDS
                       "0\n4 8 8 m" BOUNDS "0\n5 9 9 s" BOUNDS
                       "0\n1\n0 4 : 0 (-1) 1 (1) 2 (1) 3 (1)\n",
                       &jj, &err));
    CHECK_TEXT(pattern_of(arena, jj), "sumsms");
    arena_wipe(arena);
}

/* 1 and 1 and 30: she who is alone in one must not know the other. */
TEST(nobody_alone_in_a_cell_recovers_another)
{
    struct arena *arena = arena_new();
    struct jj *jj = NULL;
    struct err err;
    CHECK(protect_text(arena,
                       "0\n4\n0 32 32 z" BOUNDS "0\n1 1 1 u" BOUNDS
                       "1\n2 1 1 u" BOUNDS "1\n3 30 30 s" BOUNDS
                       "0\n1\n0 4 : 0 (-1) 1 (1) 2 (1) 3 (1)\n",
                       &jj, &err));
    CHECK_TEXT(pattern_of(arena, jj), "zuum");
    CHECK(!protect_text(arena,
                        "0\n3\n0 3 3 z 0 99 0 0 0\n1 1 1 u 0 99 0 0 1\n"
                        "2 2 2 u 0 99 0 0 1\n"
                        "1\n0 3 : 0 (-1) 1 (1) 2 (1)\n",
                        &jj, &err));
    CHECK_TEXT(err.text, "cell 2: no proof was found that it is not exposed");
    arena_wipe(arena);
}

/* Cell 0 = a + b, where b + c and a + c are shown: a and b go up together, so
 * that cell 0 can only change by an even number, and the cheapest change by 3
 * is not whole. Twice that is more than its bounds allow; 4 is not. */
TEST(a_change_that_is_not_whole_is_mended)
{
    struct arena *arena = arena_new();
    struct jj *jj = NULL;
    struct err err;
    CHECK(protect_text(arena,
                       "0\n6\n0 20 20 u 20 24 0 0 3\n1 10 10 s 1 99 0 0 0\n"
                       "2 10 10 s 1 99 0 0 0\n3 10 10 s 1 99 0 0 0\n"
                       "4 20 20 z 1 99 0 0 0\n5 20 20 z 1 99 0 0 0\n"
                       "3\n0 3 : 0 (-1) 1 (1) 2 (1)\n0 3 : 4 (-1) 2 (1) 3 (1)\n"
                       "0 3 : 5 (-1) 1 (1) 3 (1)\n",
                       &jj, &err));
    CHECK_TEXT(pattern_of(arena, jj), "ummmzz");
    arena_wipe(arena);
}

/* --- by brute force ------------------------------------------------------- */

/* Every 3 x 3 table with its sums that shows the same numbers, as long as no
 * leaf goes further than REACH: a subset of what the attacker must consider. */
struct oracle {
    const struct sheet *sheet;
    const struct jj *jj;
    size_t leaves[LEAVES];
    size_t held; /* a leaf that somebody knows, or LEAVES */
    int64_t table[CELLS];
    int64_t low[CELLS], high[CELLS];
};

static bool is_open(const struct oracle *oracle, size_t cell)
{
    return oracle->jj->status[cell] == JJ_PRIMARY ||
           oracle->jj->status[cell] == JJ_SECONDARY;
}

static void record(struct oracle *oracle)
{
    int64_t *t = oracle->table;
    for (int line = 1; line <= 3; line++) {
        t[4 * line] = t[4 * line + 1] + t[4 * line + 2] + t[4 * line + 3];
        t[line] = t[4 + line] + t[8 + line] + t[12 + line];
    }
    t[0] = t[1] + t[2] + t[3];
    for (size_t c = 0; c < CELLS; c++) {
        if (is_open(oracle, c) ? t[c] < 1 : t[c] != oracle->jj->counts[c])
            return;
    }
    for (size_t c = 0; c < CELLS; c++) {
        oracle->low[c] = t[c] < oracle->low[c] ? t[c] : oracle->low[c];
        oracle->high[c] = t[c] > oracle->high[c] ? t[c] : oracle->high[c];
    }
}

static void step(struct oracle *oracle, size_t leaf)
{
    if (leaf == LEAVES) {
        record(oracle);
        return;
    }
    size_t cell = oracle->leaves[leaf];
    int64_t count = oracle->jj->counts[cell];
    bool moves = is_open(oracle, cell) && oracle->held != leaf;
    int64_t reach = moves ? REACH : 0;
    for (int64_t v = count - reach; v <= count + reach; v++) {
        oracle->table[cell] = v;
        if (v >= 0 && (leaf % 3 < 2 || is_open(oracle, cell - cell % 4) ||
                       oracle->table[cell - 2] + oracle->table[cell - 1] + v ==
                           oracle->jj->counts[cell - cell % 4]))
            step(oracle, leaf + 1);
    }
}

static struct oracle attack(const struct sheet *sheet, const struct jj *jj,
                            size_t held)
{
    struct oracle oracle = {.sheet = sheet, .jj = jj, .held = held};
    for (size_t l = 0; l < LEAVES; l++)
        oracle.leaves[l] = 4 * (1 + l / 3) + 1 + l % 3;
    for (size_t c = 0; c < CELLS; c++)
        oracle.low[c] = oracle.high[c] = jj->counts[c];
    step(&oracle, 0);
    return oracle;
}

/* She is in the leaf, and in a sum that is 1 with it. */
static bool holds(size_t cell, size_t leaf)
{
    return (cell / 4 == 0 || cell / 4 == leaf / 4) &&
           (cell % 4 == 0 || cell % 4 == leaf % 4);
}

static void check_outside(const struct oracle *oracle)
{
    for (size_t c = 0; c < CELLS; c++) {
        int64_t width = oracle->high[c] - oracle->low[c];
        if (oracle->jj->status[c] == JJ_PRIMARY)
            CHECK(width >= WIDTH);
        else if (is_open(oracle, c))
            CHECK(width >= WIDTH || oracle->low[c] >= THRESHOLD);
    }
}

static void check_alone(const struct sheet *sheet, const struct jj *jj)
{
    for (size_t l = 0; l < LEAVES; l++) {
        size_t leaf = 4 * (1 + l / 3) + 1 + l % 3;
        if (jj->counts[leaf] != 1)
            continue;
        struct oracle oracle = attack(sheet, jj, l);
        for (size_t c = 0; c < CELLS; c++) {
            bool own = jj->counts[c] == 1 && holds(c, leaf);
            if (jj->status[c] == JJ_PRIMARY && !own)
                CHECK(oracle.high[c] > oracle.low[c]);
        }
    }
}

static struct grid square(uint64_t *state)
{
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 3, NULL, NULL);
    grid_axis(&grid, "b", 3, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, state, 14);
    return grid;
}

TEST(every_small_table_that_is_protected_stands_brute_force)
{
    uint64_t state = 2024;
    size_t protected_count = 0;
    for (int i = 0; i < 60; i++) {
        struct grid grid = square(&state);
        struct sheet_report report;
        struct jj *jj;
        CHECK(jj_from_sheet(grid.arena, &grid.sheet, &policy, &jj, &grid.err));
        if (jj_protect(grid.arena, jj, &report, &grid.err)) {
            struct oracle oracle = attack(&grid.sheet, jj, LEAVES);
            protected_count++;
            check_outside(&oracle);
            check_alone(&grid.sheet, jj);
        } else {
            CHECK_TEXT(grid.err.id, "jj.exposed");
        }
        grid_end(&grid);
    }
    CHECK(protected_count >= 50);
}

/* Under the sanitizers a part of the tables will do. */
#ifdef ARENA_STRICT
enum { TABLES = 150 };
#else
enum { TABLES = 1200 };
#endif

/* Prices of their own, cells that must be shown, cells given away already. */
static void vary(struct jj *jj, uint64_t *state, unsigned char *given)
{
    for (size_t c = 0; c < jj->cells; c++) {
        if (grid_below(state, 3) == 0)
            jj->costs[c] = (double)(1 + grid_below(state, 1000));
        if (jj->status[c] == JJ_SAFE && grid_below(state, 20) == 0)
            jj->status[c] = JJ_SHOW;
        if (jj->status[c] == JJ_SAFE && grid_below(state, 25) == 0)
            jj->status[c] = JJ_SECONDARY;
    }
    memcpy(given, jj->status, jj->cells);
}

TEST(whatever_the_prices_a_protected_table_stands_brute_force)
{
    uint64_t state = 5;
    size_t protected_count = 0;
    for (int i = 0; i < TABLES; i++) {
        struct grid grid = square(&state);
        struct sheet_report report;
        struct jj *jj;
        unsigned char given[CELLS];
        CHECK(jj_from_sheet(grid.arena, &grid.sheet, &policy, &jj, &grid.err));
        vary(jj, &state, given);
        if (jj_protect(grid.arena, jj, &report, &grid.err)) {
            struct oracle oracle = attack(&grid.sheet, jj, LEAVES);
            protected_count++;
            check_outside(&oracle);
            check_alone(&grid.sheet, jj);
            for (size_t c = 0; c < CELLS; c++)
                CHECK(given[c] == JJ_SAFE || jj->status[c] == given[c]);
        } else {
            CHECK_TEXT(grid.err.id, "jj.exposed");
        }
        grid_end(&grid);
    }
    CHECK(protected_count >= TABLES / 2);
}

/* --- beside the choice that knows the axes -------------------------------- */

static struct grid cube(uint64_t *state)
{
    static const size_t groups[] = {2, 3, 0}, others[] = {3, 2, 0};
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 5, groups, others);
    grid_axis(&grid, "b", 4, NULL, NULL);
    grid_axis(&grid, "c", 2, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, state, 40);
    return grid;
}

TEST(without_axes_little_more_is_suppressed_than_with_them)
{
    uint64_t state = 7;
    size_t with = 0, without = 0;
    for (int i = 0; i < 12; i++) {
        struct grid grid = cube(&state);
        struct sheet_report report;
        struct jj *jj;
        CHECK(jj_from_sheet(grid.arena, &grid.sheet, &policy, &jj, &grid.err));
        CHECK(jj_protect(grid.arena, jj, &report, &grid.err));
        without += report.secondary;
        CHECK(sheet_protect(grid.arena, &grid.sheet, &policy, &report,
                            &grid.err));
        with += report.secondary;
        grid_end(&grid);
    }
    if (without * 20 > with * 21)
        fail_msg("%zu secondaries without axes, %zu with", without, with);
}

TEST(the_same_instance_gives_the_same_pattern)
{
    unsigned char *first = NULL;
    struct arena *arena = arena_new();
    for (int i = 0; i < 2; i++) {
        uint64_t state = 99;
        struct grid grid = cube(&state);
        struct sheet_report report;
        struct jj *jj;
        CHECK(jj_from_sheet(grid.arena, &grid.sheet, &policy, &jj, &grid.err));
        CHECK(jj_protect(grid.arena, jj, &report, &grid.err));
        CHECK(report.secondary > 0);
        if (first != NULL)
            CHECK(memcmp(first, jj->status, jj->cells) == 0);
        first = arena_alloc(arena, jj->cells);
        memcpy(first, jj->status, jj->cells);
        grid_end(&grid);
    }
    arena_wipe(arena);
}

RUN(CASE(a_small_cell_takes_the_cheapest_rectangle_that_may_be_suppressed),
    CASE(what_was_suppressed_before_stays_so),
    CASE(nobody_alone_in_a_cell_recovers_another),
    CASE(a_change_that_is_not_whole_is_mended),
    CASE(every_small_table_that_is_protected_stands_brute_force),
    CASE(whatever_the_prices_a_protected_table_stands_brute_force),
    CASE(without_axes_little_more_is_suppressed_than_with_them),
    CASE(the_same_instance_gives_the_same_pattern))
