/* SPDX-License-Identifier: EUPL-1.2 */
/* What the methods are given that is no table, or cannot be protected. */
#include "grid_fixture.h"

#include "sdc/cellkey.h"
#include "sdc/method.h"
#include "sdc/round.h"

static const struct cellkey_policy noise = {
    {6, 3, 0, 0, 1e-8}, 5, {grid_secret, sizeof grid_secret}};

static char *name_plain(struct arena *arena, const void *context, size_t cell)
{
    (void)context;
    return arena_format(arena, "cell %zu", cell);
}

/* 5 = 2 + 3 = 1 + 4, by other parts. */
static struct plain_table divided_twice(void)
{
    static const int64_t counts[] = {5, 2, 3, 1, 4};
    static const uint64_t marks[] = {1, 2, 3, 4, 5};
    static const uint32_t members[] = {0, 1, 2, 0, 3, 4};
    static const size_t starts[] = {0, 3, 6};
    return (struct plain_table){
        .cells = 5,
        .counts = counts,
        .marks = marks,
        .relations = {members, starts, 2},
        .name = name_plain,
    };
}

/* --- cell keys ------------------------------------------------------------ */

TEST(a_table_that_is_no_sum_of_leaves_has_no_keys)
{
    struct arena *arena = arena_new();
    struct plain_table table = divided_twice();
    struct cellkey_report report;
    struct err err = {0};
    int64_t out[5] = {7, 7, 7, 7, 7};
    CHECK(!cellkey_table(arena, &table, &noise, out, &report, &err));
    CHECK_INT(err.code, ERR_DISCLOSURE);
    CHECK_TEXT(err.id, "plain.division");
    CHECK_INT(out[0], 7);
    arena_wipe(arena);
}

TEST(keys_are_not_made_of_a_short_secret)
{
    struct plain_table table = divided_twice();
    struct hash_key key = {grid_secret, 15};
    uint64_t keys[5] = {7};
    struct err err = {0};
    CHECK(!cellkey_keys(&table, &key, keys, &err));
    CHECK_INT(err.code, ERR_USAGE);
    CHECK_TEXT(err.text, "the inside key must have 16 to 64 bytes");
    CHECK_INT(keys[0], 7);
}

/* Two leaves, and a total that is not theirs; what the keys give. */
static struct grid false_total(int64_t total, int64_t *published)
{
    static const int64_t leaves[] = {30, 25};
    struct grid grid = grid_new();
    struct ptable ptable;
    uint64_t keys[3];
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    grid.sheet.counts[0] = total;
    const struct plain_table *table = grid_plain(&grid);
    CHECK(ptable_make(grid.arena, &noise.noise, &ptable, &grid.err));
    CHECK(cellkey_keys(table, &noise.key, keys, &grid.err));
    for (size_t c = 0; c < 3; c++)
        published[c] =
            cellkey_value(&ptable, &noise.key, table->counts[c], keys[c]);
    return grid;
}

TEST(the_audit_of_cell_keys_refuses_what_is_no_table)
{
    static const struct {
        int64_t total;
        const char *want;
    } cases[] = {
        {30, "a a0: the same persons got two noises"},
        {900, "no table agrees with what is published"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t published[3];
        struct grid grid = false_total(cases[i].total, published);
        size_t narrowed;
        CHECK(!cellkey_audit(grid_plain(&grid), &noise, published, &narrowed,
                             &grid.err));
        CHECK_INT(grid.err.code, ERR_DISCLOSURE);
        CHECK_TEXT(grid.err.text, cases[i].want);
        grid_end(&grid);
    }
}

/* A number of persons whose draw gives a 1 the noise. */
static uint64_t persons_with(const struct ptable *ptable,
                             const struct hash_key *key, int64_t noise_of_1)
{
    uint64_t persons = 1;
    while (cellkey_value(ptable, key, 1, persons) != 1 + noise_of_1)
        persons++;
    return persons;
}

/* With variance 3, 15 is printed of 1 and 2, and of 5 to 25. */
TEST(counts_that_give_no_such_number_prove_nothing)
{
    static const int64_t counts[] = {1};
    int64_t limits[] = {4};
    static const int64_t printed[] = {PLAIN_FREE};
    static const bool no[] = {false};
    static const uint64_t marks[] = {1};
    static const size_t starts[] = {0};
    struct arena *arena = arena_new();
    struct err err = {0};
    struct cellkey_policy policy = {ptable_standard(3), 4, noise.key};
    struct plain_known known = {limits, printed, no, no};
    struct cellkey_report report;
    struct ptable ptable;
    int64_t low, high, out = 0;
    CHECK(ptable_make(arena, &policy.noise, &ptable, &err));
    ptable_origin(&ptable, 15, &low, &high);
    CHECK_INT(low, 1);
    CHECK_INT(high, 25);
    ptable_around(&ptable, 15, 1, &low, &high);
    CHECK_INT(low, 1);
    CHECK_INT(high, 2);
    ptable_around(&ptable, 15, 20, &low, &high);
    CHECK_INT(low, 5);
    CHECK_INT(high, 25);
    const uint64_t persons = persons_with(&ptable, &policy.key, 14);
    struct plain_table table = {
        .cells = 1,
        .counts = counts,
        .marks = marks,
        .relations = {NULL, starts, 0},
        .known = &known,
        .persons = &persons,
        .name = name_plain,
    };
    CHECK(!cellkey_table(arena, &table, &policy, &out, &report, &err));
    CHECK_TEXT(err.id, "cellkey.doubt");
    limits[0] = 5; /* beyond them is one that does */
    CHECK(cellkey_table(arena, &table, &policy, &out, &report, &err));
    CHECK_INT(out, 15);
    arena_wipe(arena);
}

/* --- rounding ------------------------------------------------------------- */

TEST(cells_that_cannot_be_told_apart_are_rounded_in_their_order)
{
    static const int64_t leaves[] = {4, 7, 2, 9, 3, 11};
    static const uint64_t marks[12];
    struct grid grid = grid_new();
    struct round_policy policy = {.base = 5, .threshold = 5, .key = grid_key};
    struct round_report report;
    int64_t first[12], second[12];
    grid_axis(&grid, "a", 3, NULL, NULL);
    grid_axis(&grid, "b", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    struct plain_table *table = grid_plain(&grid);
    CHECK_INT(table->cells, 12);
    table->marks = marks;
    CHECK(round_table(grid.arena, table, &policy, first, &report, &grid.err));
    CHECK(round_audit(table, &policy, report.window, first, &grid.err));
    CHECK(round_table(grid.arena, table, &policy, second, &report, &grid.err));
    CHECK(memcmp(first, second, sizeof first) == 0);
    grid_end(&grid);
}

/* Three leaves in a ring: every sum shares one leaf with each of the others,
 * which no flow does. */
TEST(an_odd_ring_of_sums_is_no_network)
{
    static const int64_t counts[] = {5, 7, 6, 3, 4, 2};
    static const uint64_t marks[] = {1, 2, 3, 4, 5, 6};
    static const uint32_t members[] = {0, 3, 5, 1, 3, 4, 2, 4, 5};
    static const size_t starts[] = {0, 3, 6, 9};
    struct plain_table table = {
        .cells = 6,
        .counts = counts,
        .marks = marks,
        .relations = {members, starts, 3},
        .frame = {members, starts, 3},
        .name = name_plain,
    };
    struct arena *arena = arena_new();
    struct round_policy policy = {.base = 5, .threshold = 5, .key = grid_key};
    struct round_report report;
    struct err err = {0};
    int64_t out[6];
    CHECK(round_table(arena, &table, &policy, out, &report, &err));
    CHECK(report.how != ROUND_NETWORK);
    CHECK(report.least);
    CHECK(round_audit(&table, &policy, report.window, out, &err));
    arena_wipe(arena);
}

/* --- suppression ---------------------------------------------------------- */

TEST(suppression_that_cannot_protect_is_refused)
{
    static const int64_t leaves[] = {3, 40};
    const int64_t prices[] = {SHEET_PRICE_SHOW, 1000, SHEET_PRICE_SHOW};
    const struct sheet_policy suppression = {
        .threshold = 5, .prices = prices, .certificate = ""};
    const struct method_policy policy = {
        .threshold = 5, .key = grid_key, .suppression = &suppression};
    struct grid grid = grid_new();
    struct method_result result = {.values = NULL};
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    CHECK(!method_suppression.apply(grid.arena, &grid.sheet, &policy, &result,
                                    &grid.err));
    CHECK_INT(grid.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(grid.err.id, "sheet.exposed");
    CHECK(result.values == NULL);
    grid_end(&grid);
}

TEST(the_audit_of_suppression_refuses_what_is_no_table)
{
    static const int64_t leaves[] = {30, 40};
    const struct sheet_policy suppression = {.threshold = 5, .certificate = ""};
    const struct method_policy policy = {
        .threshold = 5, .key = grid_key, .suppression = &suppression};
    struct grid grid = grid_new();
    int64_t values[] = {71, 30, 40};
    const struct method_result result = {.values = values};
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    grid.sheet.counts[0] = 71;
    CHECK(!method_suppression.audit(&grid.sheet, &policy, &result, &grid.err));
    CHECK_INT(grid.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(grid.err.text, "no table agrees with what is published");
    grid_end(&grid);
}

/* 5 = 1 + 1 + 3: each is 1 to 3 where none of them is empty. */
TEST(the_audit_of_suppression_attacks_as_its_policy_says)
{
    static const int64_t leaves[] = {1, 1, 3};
    static const struct {
        bool basic, zeros;
        size_t hidden; /* the first of the leaves */
        const char *want;
    } cases[] = {
        {false, false, 3, "a a1: suppression does not protect it"},
        {true, false, 3, ""},
        {false, true, 3, ""},
        {true, false, 2, "a a3: a small count is shown"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct sheet_policy suppression = {.threshold = 5,
                                                 .basic = cases[i].basic,
                                                 .zeros = cases[i].zeros,
                                                 .certificate = ""};
        const struct method_policy policy = {
            .threshold = 5, .key = grid_key, .suppression = &suppression};
        struct grid grid = grid_new();
        grid_axis(&grid, "a", 3, NULL, NULL);
        grid_make(&grid);
        grid_set(&grid, leaves);
        int64_t values[4];
        for (size_t c = 0; c < COUNT_OF(values); c++) {
            bool hidden = c > 0 && c <= cases[i].hidden;
            grid.sheet.status[c] = hidden ? SHEET_SUPPRESSED : SHEET_SHOWN;
            values[c] = hidden ? 0 : grid.sheet.counts[c];
        }
        const struct method_result result = {.values = values};
        bool ok =
            method_suppression.audit(&grid.sheet, &policy, &result, &grid.err);
        CHECK_INT(ok, cases[i].want[0] == '\0');
        CHECK_TEXT(grid.err.text, cases[i].want);
        grid_end(&grid);
    }
}

RUN(CASE(a_table_that_is_no_sum_of_leaves_has_no_keys),
    CASE(keys_are_not_made_of_a_short_secret),
    CASE(the_audit_of_cell_keys_refuses_what_is_no_table),
    CASE(counts_that_give_no_such_number_prove_nothing),
    CASE(cells_that_cannot_be_told_apart_are_rounded_in_their_order),
    CASE(an_odd_ring_of_sums_is_no_network),
    CASE(suppression_that_cannot_protect_is_refused),
    CASE(the_audit_of_suppression_refuses_what_is_no_table),
    CASE(the_audit_of_suppression_attacks_as_its_policy_says))
