/* SPDX-License-Identifier: EUPL-1.2 */
/* Cell-key perturbation: the same persons the same noise, and an attacker by
 * brute force. */
#include "grid_fixture.h"

#include "base/text.h"

static struct cellkey_policy policy_of(int64_t most, double variance,
                                       int64_t threshold)
{
    return (struct cellkey_policy){
        {most, variance, 0, 0, 1e-8}, threshold, grid_key};
}

static int64_t *perturb(struct grid *grid, struct cellkey_policy policy,
                        struct cellkey_report *report)
{
    int64_t *out = arena_array(grid->arena, grid->sheet.cells, sizeof *out);
    if (!sheet_cellkey(grid->arena, &grid->sheet, &policy, out, report,
                       &grid->err))
        fail_msg("%s", grid->err.text);
    return out;
}

TEST(keys_add_up_and_do_not_depend_on_the_order_of_cells)
{
    static const size_t groups[] = {2, 3, 0}, others[] = {4, 1, 0};
    uint64_t state = 11;
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 5, groups, others);
    grid_axis(&grid, "b", 3, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 40);
    size_t cells = grid.sheet.cells;
    uint64_t *keys = arena_array(grid.arena, cells, sizeof *keys);
    uint64_t *shuffled = arena_array(grid.arena, cells, sizeof *shuffled);
    uint32_t *order = arena_array(grid.arena, cells, sizeof *order);
    struct plain_table *table = grid_plain(&grid);
    CHECK(cellkey_keys(table, &grid_key, keys, &grid.err));
    for (size_t r = 0; r < table->relations.count; r++) {
        const size_t *starts = &table->relations.starts[r];
        uint64_t sum = 0;
        for (size_t i = starts[0] + 1; i < starts[1]; i++)
            sum += keys[table->relations.members[i]];
        CHECK_INT(keys[table->relations.members[starts[0]]], sum);
    }
    table = grid_shuffled(&grid, order, &state);
    CHECK(cellkey_keys(table, &grid_key, shuffled, &grid.err));
    for (size_t c = 0; c < cells; c++)
        CHECK_INT(shuffled[order[c]], keys[c]);
    grid_end(&grid);
}

TEST(two_tables_of_the_same_persons_agree)
{
    static const size_t groups[] = {2, 3, 0};
    uint64_t state = 4;
    struct cellkey_report report;
    struct grid deep = grid_new(), flat = grid_new();
    grid_axis(&deep, "a", 5, groups, NULL);
    grid_axis(&deep, "b", 3, NULL, NULL);
    grid_make(&deep);
    grid_fill(&deep, &state, 40);
    /* the other table: axes swapped, leaves named alike, no groups */
    grid_axis(&flat, "b", 3, NULL, NULL);
    grid_axis(&flat, "a", 5, NULL, NULL);
    grid_make(&flat);
    flat.axes[1].codes[0] = "a0";
    for (size_t i = 1; i <= 5; i++)
        flat.axes[1].codes[i] = deep.axes[0].codes[i + 2];
    for (size_t b = 1; b <= 3; b++) {
        for (size_t a = 1; a <= 5; a++)
            flat.sheet.counts[b * 6 + a] = deep.sheet.counts[(a + 2) * 4 + b];
    }
    grid_sum(&flat);
    int64_t *first = perturb(&deep, policy_of(6, 3, 5), &report);
    int64_t *second = perturb(&flat, policy_of(6, 3, 5), &report);
    for (size_t b = 0; b <= 3; b++) {
        for (size_t a = 0; a <= 5; a++)
            CHECK_INT(second[b * 6 + a], first[(a ? a + 2 : 0) * 4 + b]);
    }
    grid_end(&deep);
    grid_end(&flat);
}

TEST(a_new_person_changes_only_the_cells_that_count_them)
{
    uint64_t state = 6;
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 6, NULL, NULL);
    grid_axis(&grid, "b", 4, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 40);
    size_t cells = grid.sheet.cells, changed = 0;
    uint64_t *before = arena_array(grid.arena, cells, sizeof *before);
    uint64_t *after = arena_array(grid.arena, cells, sizeof *after);
    CHECK(cellkey_keys(grid_plain(&grid), &grid_key, before, &grid.err));
    grid.sheet.counts[cells - 1]++;
    grid_sum(&grid);
    CHECK(cellkey_keys(grid_plain(&grid), &grid_key, after, &grid.err));
    for (size_t c = 0; c < cells; c++)
        changed += before[c] != after[c];
    CHECK_INT(changed, 4); /* the leaf, its row, its column, the total */
    grid_end(&grid);
}

/* Chi-square of drawn noises against the row, over leaves of equal counts. */
TEST(noise_is_spread_as_the_table_says)
{
    enum { LEAVES = 4000 };
    struct grid grid = grid_new();
    struct cellkey_report report;
    grid_axis(&grid, "a", LEAVES, NULL, NULL);
    grid_make(&grid);
    for (size_t c = 1; c <= LEAVES; c++)
        grid.sheet.counts[c] = 20;
    grid_sum(&grid);
    struct cellkey_policy policy = policy_of(5, 3, 5);
    int64_t *out = perturb(&grid, policy, &report);
    struct ptable table;
    CHECK(ptable_make(grid.arena, &policy.noise, &table, &grid.err));
    const struct ptable_row *row = ptable_row(&table, 20);
    double seen[11] = {0}, square = 0;
    for (size_t c = 1; c <= LEAVES; c++)
        seen[out[c] - 20 + 5]++;
    for (int i = 0; i < 11; i++) {
        double want = LEAVES * row->p[i];
        square += (seen[i] - want) * (seen[i] - want) / want;
    }
    CHECK(square < 29.6); /* 0.1 % point of chi-square with 10 degrees */
    CHECK_NEAR(report.mean_error, 1.38, 0.05);
    grid_end(&grid);
}

/* Somebody who tries every table: the bounds of each count over all tables
 * that could have been published so. */
struct guess {
    const struct ptable *ptable;
    const int64_t *published;
    struct grid trial;
    size_t leaves[6];
    size_t count;
    unsigned held[12]; /* leaves of each cell */
    size_t alone;      /* somebody knows that this cell is 1, or SIZE_MAX */
    int64_t low[12], high[12];
};

static bool could_be(const struct guess *guess, size_t cell)
{
    int64_t count = guess->trial.sheet.counts[cell];
    const struct ptable_row *row = ptable_row(guess->ptable, count);
    int64_t v = guess->published[cell] - count;
    return v >= row->low && v <= row->high && row->p[v - row->low] > 0;
}

/* Leaves of the cell that are not empty: the persons in it. */
static unsigned persons(const struct guess *guess, size_t cell)
{
    unsigned some = 0;
    for (size_t l = 0; l < guess->count; l++) {
        if (guess->trial.sheet.counts[guess->leaves[l]] > 0)
            some |= 1U << l;
    }
    return guess->held[cell] & some;
}

/* The same persons are published alike. */
static bool agree(const struct guess *guess)
{
    for (size_t c = 0; c < guess->trial.sheet.cells; c++) {
        for (size_t d = 0; d < c; d++) {
            if (persons(guess, c) == persons(guess, d) &&
                guess->published[c] != guess->published[d])
                return false;
        }
    }
    return true;
}

static void judge(struct guess *guess)
{
    const struct sheet *sheet = &guess->trial.sheet;
    grid_sum(&guess->trial);
    if (guess->alone < sheet->cells && sheet->counts[guess->alone] != 1)
        return;
    for (size_t c = 0; c < sheet->cells; c++) {
        if (!could_be(guess, c))
            return;
    }
    if (!agree(guess))
        return;
    for (size_t c = 0; c < sheet->cells; c++) {
        int64_t count = sheet->counts[c];
        guess->low[c] = count < guess->low[c] ? count : guess->low[c];
        guess->high[c] = count > guess->high[c] ? count : guess->high[c];
    }
}

static void try_leaf(struct guess *guess, size_t depth)
{
    if (depth == guess->count) {
        judge(guess);
        return;
    }
    size_t cell = guess->leaves[depth];
    int64_t most = guess->published[cell] + guess->ptable->policy.most;
    for (int64_t v = 0; v <= most; v++) {
        guess->trial.sheet.counts[cell] = v;
        if (could_be(guess, cell))
            try_leaf(guess, depth + 1);
    }
}

static bool is_exposed(const struct guess *guess, int64_t threshold)
{
    for (size_t c = 0; c < guess->trial.sheet.cells; c++) {
        if (guess->low[c] < threshold && guess->high[c] >= 1 &&
            guess->high[c] - guess->low[c] < threshold - 2)
            return true;
    }
    return false;
}

/* Starts a search among all tables. */
static void search(struct guess *guess, size_t alone)
{
    guess->alone = alone;
    for (size_t c = 0; c < guess->trial.sheet.cells; c++) {
        guess->low[c] = INT64_MAX;
        guess->high[c] = -1;
    }
    try_leaf(guess, 0);
}

static void hold(struct guess *guess, const struct grid *grid,
                 const struct plain_table *table)
{
    struct plain_cover cover;
    struct err err = {0};
    CHECK(plain_cover(grid->arena, table, &cover, &err));
    guess->count = cover.leaf_count;
    for (size_t l = 0; l < cover.leaf_count; l++) {
        guess->leaves[l] = cover.leaves[l];
        for (size_t i = cover.starts[l]; i < cover.starts[l + 1]; i++)
            guess->held[cover.cells[i]] |= 1U << l;
    }
}

/* Somebody alone in a cell learns another primary cell exactly. */
static bool tells_somebody(struct guess *guess, const int64_t *counts,
                           int64_t threshold)
{
    size_t cells = guess->trial.sheet.cells;
    for (size_t c = 0; c < cells; c++) {
        if (counts[c] != 1)
            continue;
        search(guess, c);
        for (size_t d = 0; d < cells; d++) {
            bool own = counts[d] == 1 && (guess->held[c] & guess->held[d]);
            if (!own && counts[d] > 0 && counts[d] < threshold &&
                guess->low[d] == guess->high[d])
                return true;
        }
    }
    return false;
}

enum told {
    TOLD_NOTHING,
    TOLD_ALONE,
    TOLD_ALL,
};

/* Whether some count is known too closely from what the policy publishes. */
static enum told attack(struct grid *grid, const struct cellkey_policy *policy)
{
    struct err err = {0};
    size_t cells = grid->sheet.cells;
    uint64_t *keys = arena_array(grid->arena, cells, sizeof *keys);
    int64_t *published = arena_array(grid->arena, cells, sizeof *published);
    struct ptable ptable;
    struct plain_table *table =
        sheet_plain(grid->arena, &grid->sheet, &policy->key);
    CHECK(cellkey_keys(table, &policy->key, keys, &err));
    CHECK(ptable_make(grid->arena, &policy->noise, &ptable, &err));
    struct guess guess = {
        .ptable = &ptable, .published = published, .trial = *grid};
    guess.trial.sheet.counts = arena_array(grid->arena, cells, sizeof(int64_t));
    for (size_t c = 0; c < cells; c++)
        published[c] =
            cellkey_value(&ptable, &policy->key, table->counts[c], keys[c]);
    hold(&guess, grid, table);
    search(&guess, SIZE_MAX);
    if (is_exposed(&guess, policy->threshold))
        return TOLD_ALL;
    return tells_somebody(&guess, table->counts, policy->threshold)
               ? TOLD_ALONE
               : TOLD_NOTHING;
}

TEST(no_table_is_accepted_that_an_attacker_by_brute_force_breaks)
{
    int told = 0, alone = 0, doubted = 0, accepted = 0;
    uint64_t state = 31;
    for (int t = 0; t < 1200; t++) {
        struct grid grid = grid_new();
        unsigned char secret[16] = {(unsigned char)t, (unsigned char)(t >> 8)};
        struct cellkey_policy policy =
            t % 8 < 4 ? policy_of(3, t % 5 ? 2 : 0.7, 5) : policy_of(1, 0.5, 3);
        struct cellkey_report report;
        int64_t out[12];
        policy.key = (struct hash_key){secret, sizeof secret};
        grid_axis(&grid, "a", 2 + (size_t)t % 2, NULL, NULL);
        if (t % 4 > 1)
            grid_axis(&grid, "b", 2, NULL, NULL);
        grid_make(&grid);
        grid_fill(&grid, &state, t % 3 ? 9 : 4);
        bool ok = sheet_cellkey(grid.arena, &grid.sheet, &policy, out, &report,
                                &grid.err);
        enum told found = attack(&grid, &policy);
        CHECK(!ok || found == TOLD_NOTHING);
        if (!ok && text_same(grid.err.id, "cellkey.exposed"))
            CHECK(found == TOLD_ALL);
        told += found == TOLD_ALL;
        alone += found == TOLD_ALONE;
        doubted += !ok && found == TOLD_NOTHING;
        accepted += ok;
        grid_end(&grid);
    }
    /* every answer must have been met, or nothing was tested */
    CHECK(told > 10);
    CHECK(alone > 0);
    CHECK(doubted > 0);
    CHECK(accepted > 400);
}

TEST(what_is_told_and_what_is_not_proved_are_refused_by_name)
{
    static const char *const wanted[] = {
        "a a1: what does not add up tells its count too closely",
        "a a1: no proof that what does not add up hides its count",
    };
    static const int64_t leaves[] = {2, 30};
    bool met[2] = {false};
    for (int t = 0; t < 4000 && !(met[0] && met[1]); t++) {
        struct grid grid = grid_new();
        unsigned char secret[16] = {(unsigned char)t, (unsigned char)(t >> 8)};
        struct cellkey_policy policy = policy_of(3, 2, 5);
        struct cellkey_report report;
        int64_t out[3];
        policy.key = (struct hash_key){secret, sizeof secret};
        grid_axis(&grid, "a", 2, NULL, NULL);
        grid_make(&grid);
        grid_set(&grid, leaves);
        if (!sheet_cellkey(grid.arena, &grid.sheet, &policy, out, &report,
                           &grid.err)) {
            CHECK_INT(grid.err.code, ERR_DISCLOSURE);
            met[0] = met[0] || text_same(grid.err.text, wanted[0]);
            met[1] = met[1] || text_same(grid.err.text, wanted[1]);
        }
        grid_end(&grid);
    }
    CHECK(met[0]);
    CHECK(met[1]);
}

/* A total published as low as can be: one more person anywhere would not have
 * been published so, but one more here and one less there would. */
TEST(a_total_with_extreme_noise_holds_back_no_part_against_another)
{
    static const int64_t leaves[] = {1, 30, 40, 50};
    int met = 0;
    for (int t = 0; t < 4000; t++) {
        struct grid grid = grid_new();
        unsigned char secret[16] = {(unsigned char)t, (unsigned char)(t >> 8)};
        struct cellkey_policy policy = policy_of(3, 2, 5);
        struct cellkey_report report;
        int64_t out[5];
        policy.key = (struct hash_key){secret, sizeof secret};
        grid_axis(&grid, "a", 4, NULL, NULL);
        grid_make(&grid);
        grid_set(&grid, leaves);
        bool ok = sheet_cellkey(grid.arena, &grid.sheet, &policy, out, &report,
                                &grid.err);
        met += ok && out[0] == 121 - 3;
        grid_end(&grid);
    }
    CHECK(met > 0);
}

TEST(noise_that_cannot_protect_the_threshold_is_refused)
{
    uint64_t state = 6;
    struct grid grid = grid_new();
    struct cellkey_policy policy = policy_of(8, 3, 11);
    struct cellkey_report report;
    int64_t out[8] = {-5};
    grid_axis(&grid, "a", 4, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 9);
    CHECK(!sheet_cellkey(grid.arena, &grid.sheet, &policy, out, &report,
                         &grid.err));
    CHECK_INT(grid.err.code, ERR_DISCLOSURE);
    CHECK_TEXT(grid.err.text, "noise of at most 8 cannot protect a threshold "
                              "of 11: it must reach 9");
    CHECK_INT(out[0], -5);
    grid_end(&grid);
}

TEST(the_audit_names_what_its_key_does_not_give)
{
    static const int64_t leaves[] = {30, 0, 25, 0};
    struct grid grid = grid_new();
    struct cellkey_policy policy = policy_of(6, 3, 5);
    struct cellkey_report report;
    size_t narrowed;
    int64_t printed[5] = {-1, -1, -1, -1, -1}, limits[5];
    bool empty[5] = {false}, hidden[5] = {false};
    struct plain_known known = {limits, printed, empty, hidden};
    for (int c = 0; c < 5; c++)
        limits[c] = c == 1 ? 29 : INT64_MAX;
    grid_axis(&grid, "a", 4, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    int64_t *out = perturb(&grid, policy, &report);
    struct plain_table *table = grid_plain(&grid);
    CHECK(cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    CHECK_INT(narrowed, report.narrowed);
    table->known = &known;
    CHECK(!cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    CHECK_TEXT(grid.err.text, "a a1: its count is more than what is publicly "
                              "known to be the most");
    limits[1] = INT64_MAX;
    printed[3] = out[3] + 1;
    grid.err = (struct err){0};
    CHECK(!cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    CHECK_TEXT(grid.err.text, "a a3: what was printed before is not what its "
                              "count and key give");
    printed[3] = out[3];
    grid.err = (struct err){0};
    CHECK(cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    out[3]++;
    CHECK(!cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    CHECK_TEXT(grid.err.text, "a a3: not what its key gives");
    policy.key.size = 15;
    grid.err = (struct err){0};
    CHECK(!cellkey_audit(table, &policy, out, &narrowed, &grid.err));
    CHECK_TEXT(grid.err.text, "the inside key must have 16 to 64 bytes");
    grid_end(&grid);
}

RUN(CASE(keys_add_up_and_do_not_depend_on_the_order_of_cells),
    CASE(two_tables_of_the_same_persons_agree),
    CASE(a_new_person_changes_only_the_cells_that_count_them),
    CASE(noise_is_spread_as_the_table_says),
    CASE(no_table_is_accepted_that_an_attacker_by_brute_force_breaks),
    CASE(what_is_told_and_what_is_not_proved_are_refused_by_name),
    CASE(a_total_with_extreme_noise_holds_back_no_part_against_another),
    CASE(noise_that_cannot_protect_the_threshold_is_refused),
    CASE(the_audit_names_what_its_key_does_not_give))
