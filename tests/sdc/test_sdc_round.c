/* SPDX-License-Identifier: EUPL-1.2 */
/* Controlled rounding: against enumeration, published tables and an attacker
 * by brute force. */
#include "grid_fixture.h"

static struct round_policy base_of(int64_t base, int64_t threshold)
{
    return (struct round_policy){base, threshold, grid_key};
}

static int64_t *round_grid(struct grid *grid, struct round_policy policy,
                           struct round_report *report)
{
    int64_t *out = arena_array(grid->arena, grid->sheet.cells, sizeof *out);
    if (!sheet_round(grid->arena, &grid->sheet, &policy, out, report,
                     &grid->err))
        fail_msg("%s", grid->err.text);
    return out;
}

/* Everything that is promised, checked with no code of the module. */
static void check_rounding(const struct grid *grid, int64_t base,
                           int64_t window, const int64_t *out)
{
    const struct sheet *sheet = &grid->sheet;
    for (size_t c = 0; c < sheet->cells; c++) {
        int64_t distance = llabs(out[c] - sheet->counts[c]);
        CHECK(out[c] >= 0 && out[c] % base == 0);
        CHECK(distance < (grid_is_leaf(grid, c) ? 1 : window) * base);
        CHECK(sheet->counts[c] != 0 || out[c] == 0);
        for (size_t a = 0; a < sheet->axis_count; a++) {
            const struct sheet_axis *axis = &sheet->axes[a];
            for (size_t r = 0; r < axis->relation_count; r++) {
                const struct sheet_relation *relation = &axis->relations[r];
                int64_t rest = out[c];
                if (sheet_node(sheet, c, a) != relation->total)
                    continue;
                for (size_t i = 0; i < relation->count; i++)
                    rest -= out[c + (relation->parts[i] - relation->total) *
                                        sheet->strides[a]];
                CHECK_INT(rest, 0);
            }
        }
    }
}

/* The smallest window over every way to round the leaves. */
static int64_t least_window(const struct grid *grid, int64_t base)
{
    struct grid trial = *grid;
    const struct sheet *sheet = &grid->sheet;
    size_t movable[16], count = 0;
    int64_t least = INT64_MAX;
    trial.sheet.counts =
        arena_array(grid->arena, sheet->cells, sizeof *trial.sheet.counts);
    for (size_t c = 0; c < sheet->cells; c++) {
        if (grid_is_leaf(grid, c) && sheet->counts[c] % base != 0) {
            CHECK(count < 16);
            movable[count++] = c;
        }
    }
    for (unsigned long ways = 0; ways < 1UL << count; ways++) {
        int64_t farthest = 0;
        for (size_t c = 0; c < sheet->cells; c++)
            trial.sheet.counts[c] = sheet->counts[c] / base * base;
        for (size_t k = 0; k < count; k++)
            trial.sheet.counts[movable[k]] += ways >> k & 1 ? base : 0;
        grid_sum(&trial);
        for (size_t c = 0; c < sheet->cells; c++) {
            int64_t distance = llabs(trial.sheet.counts[c] - sheet->counts[c]);
            farthest = distance > farthest ? distance : farthest;
        }
        least = farthest / base + 1 < least ? farthest / base + 1 : least;
    }
    return least;
}

static size_t count_movable(const struct grid *grid, int64_t base)
{
    size_t count = 0;
    for (size_t c = 0; c < grid->sheet.cells; c++)
        count += grid_is_leaf(grid, c) && grid->sheet.counts[c] % base != 0;
    return count;
}

TEST(a_published_example_is_rounded_as_its_makers_ask)
{
    /* Statistics Canada, Real Time Remote Access, "Controlled rounding":
     * weights 361.5 120.5 120.5 / 361.5 0 241, base 100; here in tenths. */
    static const int64_t leaves[] = {3615, 1205, 1205, 3615, 0, 2410};
    static const int64_t theirs[] = {4000, 1000, 1000, 3000, 0, 3000};
    struct grid grid = grid_new();
    struct round_report report;
    grid_axis(&grid, "sex", 2, NULL, NULL);
    grid_axis(&grid, "status", 3, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, theirs);
    int64_t published[12];
    memcpy(published, grid.sheet.counts, sizeof published);
    grid_set(&grid, leaves);
    struct round_policy policy = base_of(1000, 11);
    CHECK(round_audit(grid_plain(&grid), &policy, 1, published, &grid.err));
    check_rounding(&grid, 1000, 1, round_grid(&grid, policy, &report));
    CHECK_INT(report.how, ROUND_NETWORK);
    grid_end(&grid);
}

TEST(a_table_of_small_counts_keeps_every_total_within_one_base)
{
    /* Langsrud and Heldal, vignette of SmallCountRounding, table 1. */
    static const int64_t leaves[] = {6, 0, 1, 3, 4, 1, 2, 3,
                                     1, 2, 0, 1, 1, 0, 2};
    struct grid grid = grid_new();
    struct round_report report;
    grid_axis(&grid, "row", 3, NULL, NULL);
    grid_axis(&grid, "column", 5, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    CHECK_INT(grid.sheet.counts[0], 27);
    check_rounding(&grid, 5, 1, round_grid(&grid, base_of(5, 5), &report));
    CHECK_INT(report.window, 1);
    CHECK(report.least);
    CHECK_INT(report.wide, 0);
    /* nearest multiples: 14 -> 15 is not 5 + 0 + 0 + 5 + 5, and so on */
    CHECK(report.unadditive > 0);
    grid_end(&grid);
}

/* The example of docs/method/rounding.md, section 4. */
TEST(the_example_of_the_method_page_is_a_rounding)
{
    static const int64_t exact[] = {4, 35, 61, 28, 47, 55, 52, 18, 90};
    static const int64_t rounded[] = {0, 40, 60, 30, 50, 50, 60, 10, 90};
    struct grid grid = grid_new();
    int64_t published[16];
    grid_axis(&grid, "place", 3, NULL, NULL);
    grid_axis(&grid, "site", 3, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, rounded);
    memcpy(published, grid.sheet.counts, sizeof published);
    grid_set(&grid, exact);
    check_rounding(&grid, 10, 1, published);
    struct round_policy policy = base_of(10, 11);
    CHECK(round_audit(grid_plain(&grid), &policy, 1, published, &grid.err));
    grid_end(&grid);
}

/* Three ones, any two of which share a face of the cube: each face asks that
 * one goes up and the other down, and three cannot all differ. */
TEST(a_cube_that_has_no_rounding_within_one_base_is_known_as_such)
{
    static const int64_t leaves[] = {0, 1, 1, 0, 1, 0, 0, 0};
    struct grid grid = grid_new();
    struct round_report report;
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_axis(&grid, "b", 2, NULL, NULL);
    grid_axis(&grid, "c", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    check_rounding(&grid, 2, 2, round_grid(&grid, base_of(2, 3), &report));
    CHECK_INT(report.window, 2);
    CHECK(report.least);
    CHECK(report.wide > 0);
    grid_end(&grid);
}

TEST(networks_are_rounded_within_one_base_whatever_the_counts)
{
    static const size_t two[] = {3, 4, 2, 0}, three[] = {5, 4, 0};
    uint64_t state = 7;
    for (int t = 0; t < 400; t++) {
        struct grid grid = grid_new();
        struct round_report report;
        int64_t base = t % 3 == 0 ? 3 : t % 3 == 1 ? 5 : 10;
        if (t % 4 == 1) /* the flat axis may come first */
            grid_axis(&grid, "sex", 2 + (size_t)t % 5, NULL, NULL);
        grid_axis(&grid, "place", 9, two, t % 4 == 2 ? three : NULL);
        if (t % 4 == 0 || t % 4 == 3)
            grid_axis(&grid, "sex", 2 + (size_t)t % 5, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, 1 + t % 37);
        check_rounding(&grid, base, 1,
                       round_grid(&grid, base_of(base, 3), &report));
        CHECK_INT(report.how, ROUND_NETWORK);
        CHECK_INT(report.window, 1);
        grid_end(&grid);
    }
}

TEST(the_window_is_the_least_that_enumeration_finds)
{
    static const size_t pair[] = {2, 1, 0};
    uint64_t state = 99;
    int tight = 0, wide = 0;
    for (int t = 0; t < 1500; t++) {
        struct grid grid = grid_new();
        struct round_report report;
        int64_t base = t % 4 == 0 ? 5 : t % 4 == 1 ? 3 : 2;
        grid_axis(&grid, "a", 3, t % 3 == 0 ? pair : NULL, NULL);
        grid_axis(&grid, "b", 2 + (size_t)(t % 3 == 0), t % 3 ? NULL : pair,
                  NULL);
        grid_axis(&grid, "c", t % 3 ? 2 : 1, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, 1 + t % 9);
        if (count_movable(&grid, base) > 10) {
            grid_end(&grid);
            continue;
        }
        int64_t *out = round_grid(&grid, base_of(base, 3), &report);
        CHECK_INT(report.window, least_window(&grid, base));
        CHECK(report.least);
        check_rounding(&grid, base, report.window, out);
        tight += report.window == 1;
        wide += report.window > 1;
        grid_end(&grid);
    }
    /* both kinds must have been met, or nothing was tested */
    CHECK(tight > 500);
    CHECK(wide > 0);
}

TEST(large_tables_stay_within_two_bases)
{
    static const size_t regions[] = {4, 3, 5, 0}, groups[] = {3, 5, 0};
    uint64_t state = 5;
    for (int t = 0; t < 6; t++) {
        struct grid grid = grid_new();
        struct round_report report;
        int64_t base = t % 2 ? 5 : 10;
        grid_axis(&grid, "place", 12, regions, NULL);
        grid_axis(&grid, "site", 8, groups, NULL);
        grid_axis(&grid, "sex", 2, NULL, NULL);
        grid_axis(&grid, "age", 5, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, 4 + 10 * t);
        int64_t *out = round_grid(&grid, base_of(base, 5), &report);
        check_rounding(&grid, base, report.window, out);
        CHECK_INT(report.how, ROUND_SEARCHED);
        CHECK_INT(report.window, 2);
        CHECK(report.wide * 10 < report.cells);
        grid_end(&grid);
    }
}

/* Same table, cells in another order. */
static void check_order(struct grid *grid, int64_t base, enum round_how how)
{
    uint64_t state = 3;
    struct round_report report;
    size_t cells = grid->sheet.cells;
    struct round_policy policy = base_of(base, 3);
    int64_t *first = round_grid(grid, policy, &report);
    uint32_t *order = arena_array(grid->arena, cells, sizeof *order);
    int64_t *second = arena_array(grid->arena, cells, sizeof *second);
    CHECK_INT(report.how, how);
    for (int t = 0; t < 3; t++) {
        struct plain_table *table = grid_shuffled(grid, order, &state);
        CHECK(round_table(grid->arena, table, &policy, second, &report,
                          &grid->err));
        CHECK_INT(report.how, how);
        for (size_t c = 0; c < cells; c++)
            CHECK_INT(second[order[c]], first[c]);
    }
}

TEST(the_result_does_not_depend_on_the_order_of_cells)
{
    static const size_t groups[] = {2, 3, 0};
    uint64_t state = 21;
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 5, groups, NULL);
    grid_axis(&grid, "b", 4, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 30);
    check_order(&grid, 5, ROUND_NETWORK);
    grid_end(&grid);
    grid = grid_new();
    grid_axis(&grid, "a", 5, groups, NULL);
    grid_axis(&grid, "b", 5, groups, NULL);
    grid_axis(&grid, "c", 6, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 30);
    check_order(&grid, 5, ROUND_SEARCHED);
    grid_end(&grid);
}

TEST(another_key_gives_another_rounding)
{
    static const size_t groups[] = {2, 3, 0};
    uint64_t state = 8;
    struct grid grid = grid_new();
    struct round_report report;
    grid_axis(&grid, "a", 5, groups, NULL);
    grid_axis(&grid, "b", 6, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 9);
    size_t size = grid.sheet.cells * sizeof(int64_t);
    int64_t *first = round_grid(&grid, base_of(5, 3), &report);
    int64_t *again = round_grid(&grid, base_of(5, 3), &report);
    CHECK(memcmp(first, again, size) == 0);
    struct round_policy other = base_of(5, 3);
    other.key.bytes = (const unsigned char *)"another key of this test, 32 b.";
    CHECK(memcmp(first, round_grid(&grid, other, &report), size) != 0);
    grid_end(&grid);
}

TEST(networks_are_right_on_average)
{
    enum { KEYS = 3000 };
    static const int64_t leaves[] = {1, 2, 3, 4, 6, 0, 2, 3, 1, 4, 7, 1};
    struct grid grid = grid_new();
    struct round_report report;
    grid_axis(&grid, "a", 3, NULL, NULL);
    grid_axis(&grid, "b", 4, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    double sum[20] = {0};
    CHECK_INT(grid.sheet.cells, 20);
    for (int k = 0; k < KEYS; k++) {
        unsigned char secret[16] = {(unsigned char)k, (unsigned char)(k >> 8)};
        struct round_policy policy = {5, 3, {secret, sizeof secret}};
        int64_t *out = round_grid(&grid, policy, &report);
        for (int c = 0; c < 20; c++)
            sum[c] += (double)(out[c] - grid.sheet.counts[c]);
    }
    /* a rounding has a standard deviation below 2.5: five of the mean's */
    for (int c = 0; c < 20; c++)
        CHECK(fabs(sum[c] / KEYS) < 5 * 2.5 / sqrt(KEYS));
    grid_end(&grid);
}

/* What somebody finds who tries every leaf table: bounds of each cell over
 * all tables that the published numbers and windows permit. */
struct guess {
    struct grid *trial;
    const struct grid *grid;
    const int64_t *published;
    int64_t base, window;
    size_t leaves[8];
    size_t count;
    int64_t low[40], high[40];
    /* [leaf][cell] for the one person of a leaf, who knows that it is 1 */
    int64_t low_if[8][40], high_if[8][40];
};

static void widen(int64_t *low, int64_t *high, const int64_t *counts,
                  size_t cells)
{
    for (size_t c = 0; c < cells; c++) {
        low[c] = counts[c] < low[c] ? counts[c] : low[c];
        high[c] = counts[c] > high[c] ? counts[c] : high[c];
    }
}

static void judge(struct guess *guess)
{
    grid_sum(guess->trial);
    const int64_t *counts = guess->trial->sheet.counts;
    size_t cells = guess->trial->sheet.cells;
    for (size_t c = 0; c < cells; c++) {
        int64_t reach = grid_is_leaf(guess->grid, c)
                            ? guess->base
                            : guess->window * guess->base;
        if (llabs(counts[c] - guess->published[c]) >= reach)
            return;
    }
    widen(guess->low, guess->high, counts, cells);
    for (size_t l = 0; l < guess->count; l++) {
        if (counts[guess->leaves[l]] == 1)
            widen(guess->low_if[l], guess->high_if[l], counts, cells);
    }
}

/* Whoever is alone in a leaf recovers no other small count exactly. Returns
 * how many persons tried. */
static int check_alone(const struct guess *guess, int64_t threshold)
{
    const int64_t *counts = guess->grid->sheet.counts;
    int persons = 0;
    for (size_t l = 0; l < guess->count; l++) {
        if (counts[guess->leaves[l]] != 1)
            continue;
        persons++;
        for (size_t c = 0; c < guess->grid->sheet.cells; c++) {
            bool small = counts[c] >= 1 && counts[c] < threshold;
            if (small && c != guess->leaves[l])
                CHECK(guess->high_if[l][c] > guess->low_if[l][c]);
        }
    }
    return persons;
}

static void try_leaf(struct guess *guess, size_t depth)
{
    if (depth == guess->count) {
        judge(guess);
        return;
    }
    size_t cell = guess->leaves[depth];
    int64_t middle = guess->published[cell];
    int64_t from = middle - guess->base + 1;
    for (int64_t v = from < 0 ? 0 : from; v < middle + guess->base; v++) {
        guess->trial->sheet.counts[cell] = v;
        try_leaf(guess, depth + 1);
    }
}

TEST(an_attacker_learns_the_published_interval_and_no_more)
{
    uint64_t state = 17;
    int persons = 0;
    for (int t = 0; t < 40; t++) {
        struct grid grid = grid_new();
        struct round_report report;
        int64_t base = 3;
        grid_axis(&grid, "a", 2, NULL, NULL);
        grid_axis(&grid, "b", 3, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, 7);
        int64_t *out = round_grid(&grid, base_of(base, 4), &report);
        struct grid trial = grid;
        struct guess guess = {.trial = &trial,
                              .grid = &grid,
                              .published = out,
                              .base = base,
                              .window = 1 + t % 2};
        trial.sheet.counts = arena_array(grid.arena, grid.sheet.cells,
                                         sizeof *trial.sheet.counts);
        for (size_t c = 0; c < grid.sheet.cells; c++) {
            guess.low[c] = INT64_MAX;
            guess.high[c] = -1;
            for (size_t l = 0; l < 8; l++) {
                guess.low_if[l][c] = INT64_MAX;
                guess.high_if[l][c] = -1;
            }
            if (grid_is_leaf(&grid, c))
                guess.leaves[guess.count++] = c;
        }
        try_leaf(&guess, 0);
        for (size_t c = 0; c < grid.sheet.cells; c++) {
            int64_t reach = base - 1;
            if (!grid_is_leaf(&grid, c))
                reach = guess.window * base - 1;
            /* margins of the wider window reach as far as six leaves can */
            if (guess.window == 1 || grid_is_leaf(&grid, c)) {
                CHECK_INT(guess.low[c], out[c] > reach ? out[c] - reach : 0);
                CHECK_INT(guess.high[c], out[c] + reach);
            }
            CHECK(guess.high[c] - guess.low[c] >= 4 - 2);
        }
        persons += check_alone(&guess, 4);
        grid_end(&grid);
    }
    CHECK(persons > 10);
}

static struct grid small_grid(void)
{
    static const int64_t leaves[] = {4, 12, 7, 0};
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_axis(&grid, "b", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    return grid;
}

static void check_refused(struct round_policy policy, enum err_code code,
                          const char *text)
{
    struct grid grid = small_grid();
    struct round_report report = {.window = 77};
    int64_t out[9] = {-5};
    CHECK(!sheet_round(grid.arena, &grid.sheet, &policy, out, &report,
                       &grid.err));
    CHECK_INT(grid.err.code, code);
    CHECK_TEXT(grid.err.text, text);
    CHECK_INT(out[0], -5);
    CHECK_INT(report.window, 77);
    grid_end(&grid);
}

TEST(a_base_that_cannot_protect_the_threshold_is_refused)
{
    check_refused(base_of(3, 11), ERR_DISCLOSURE,
                  "rounding to base 3 cannot protect a threshold of 11: a "
                  "published 0 would tell 0 to 2; the base must be at least "
                  "10");
    check_refused(base_of(9, 11), ERR_DISCLOSURE,
                  "rounding to base 9 cannot protect a threshold of 11: a "
                  "published 0 would tell 0 to 8; the base must be at least "
                  "10");
    check_refused(base_of(1, 3), ERR_USAGE,
                  "the base of a rounding is 2 to 1000");
    check_refused(base_of(1001, 3), ERR_USAGE,
                  "the base of a rounding is 2 to 1000");
    struct round_policy policy = base_of(10, 11);
    policy.key.size = 15;
    check_refused(policy, ERR_USAGE, "the inside key must have 16 to 64 bytes");
    struct grid grid = small_grid();
    struct round_report report;
    (void)round_grid(&grid, base_of(10, 11), &report);
    grid_end(&grid);
}

/* The audit on a table where one number is other than it should be. */
static void check_audit(const int64_t *published, struct round_policy policy,
                        const char *text)
{
    struct grid grid = small_grid();
    CHECK(!round_audit(grid_plain(&grid), &policy, 1, published, &grid.err));
    CHECK_INT(grid.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(grid.err.text, text);
    grid_end(&grid);
}

TEST(the_audit_names_the_cell_that_is_wrong)
{
    static const int64_t good[] = {25, 15, 10, 15, 5, 10, 10, 10, 0};
    static const int64_t broken[] = {20, 15, 10, 15, 5, 10, 10, 10, 0};
    static const int64_t uneven[] = {25, 15, 10, 16, 5, 10, 10, 10, 0};
    static const int64_t far[] = {30, 20, 10, 15, 5, 10, 15, 15, 0};
    static const int64_t born[] = {20, 10, 10, 15, 5, 10, 5, 5, 5};
    struct grid grid = small_grid();
    struct round_policy policy = base_of(5, 5);
    CHECK(round_audit(grid_plain(&grid), &policy, 1, good, &grid.err));
    grid_end(&grid);
    check_audit(broken, policy, "a a0, b b0: rounded parts do not add up");
    check_audit(uneven, policy, "a a1, b b0: no multiple of the base");
    check_audit(far, policy, "a a0, b b0: rounded too far from the truth");
    check_audit(born, policy, "a a2, b b2: rounded too far from the truth");
    /* the same numbers cannot carry a threshold of 7 */
    check_audit(good, base_of(5, 7),
                "a a2, b b2: rounding does not protect "
                "it");
}

static char *name_plain(struct arena *arena, const void *context, size_t cell)
{
    (void)context;
    return arena_format(arena, "cell %zu", cell);
}

static void check_plain(const int64_t *counts, const uint32_t *members,
                        const size_t *starts, size_t rows, const char *text)
{
    static const uint64_t marks[] = {1, 2, 3, 4, 5};
    struct arena *arena = arena_new();
    struct err err = {0};
    struct round_report report;
    int64_t out[5];
    struct plain_table table = {
        .cells = 5,
        .counts = counts,
        .marks = marks,
        .relations = {members, starts, rows},
        .name = name_plain,
    };
    struct round_policy policy = base_of(5, 5);
    CHECK(!round_table(arena, &table, &policy, out, &report, &err));
    CHECK_INT(err.code, ERR_DISCLOSURE);
    CHECK_TEXT(err.text, text);
    arena_wipe(arena);
}

TEST(tables_that_are_no_sums_of_leaves_are_refused)
{
    static const size_t starts[] = {0, 3, 6};
    static const int64_t counts[] = {7, 3, 4, 2, 5};
    check_plain((const int64_t[]){7, 3, 5, 2, 5},
                (const uint32_t[]){0, 1, 2, 0, 3, 4}, starts, 2,
                "cell 0: the parts do not add up to the whole");
    check_plain((const int64_t[]){7, -3, 10, 2, 5},
                (const uint32_t[]){0, 1, 2, 0, 3, 4}, starts, 2,
                "cell 1: a count is negative");
    check_plain(counts, (const uint32_t[]){0, 1, 2, 0, 3, 4}, starts, 2,
                "cell 1: a whole is divided in two ways without common parts");
    check_plain((const int64_t[]){5, 3, 2, 2, 1},
                (const uint32_t[]){0, 1, 2, 1, 3, 4, 2, 3},
                (const size_t[]){0, 3, 6, 8}, 3, "cell 0: its parts overlap");
    check_plain((const int64_t[]){5, 5, 2, 2, 1},
                (const uint32_t[]){0, 1, 1, 0}, (const size_t[]){0, 2, 4}, 2,
                "cell 0: it is a part of itself");
}

RUN(CASE(a_published_example_is_rounded_as_its_makers_ask),
    CASE(a_table_of_small_counts_keeps_every_total_within_one_base),
    CASE(the_example_of_the_method_page_is_a_rounding),
    CASE(a_cube_that_has_no_rounding_within_one_base_is_known_as_such),
    CASE(networks_are_rounded_within_one_base_whatever_the_counts),
    CASE(the_window_is_the_least_that_enumeration_finds),
    CASE(large_tables_stay_within_two_bases),
    CASE(the_result_does_not_depend_on_the_order_of_cells),
    CASE(another_key_gives_another_rounding),
    CASE(networks_are_right_on_average),
    CASE(an_attacker_learns_the_published_interval_and_no_more),
    CASE(a_base_that_cannot_protect_the_threshold_is_refused),
    CASE(the_audit_names_the_cell_that_is_wrong),
    CASE(tables_that_are_no_sums_of_leaves_are_refused))
