/* SPDX-License-Identifier: EUPL-1.2 */
/* The methods behind one interface, on one sheet. */
#include "grid_fixture.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "sdc/method.h"

static const struct sheet_policy suppression = {
    .threshold = 5,
    .certificate = "",
};

static struct method_policy policy_of_all(void)
{
    return (struct method_policy){
        .threshold = 5,
        .key = grid_key,
        .base = 5,
        .noise = {10, 3, 0, 0, 1e-8},
        .suppression = &suppression,
    };
}

static struct grid sample(void)
{
    static const size_t groups[] = {2, 3, 0};
    uint64_t state = 77;
    struct grid grid = grid_new();
    grid_axis(&grid, "a", 5, groups, NULL);
    grid_axis(&grid, "b", 4, NULL, NULL);
    grid_axis(&grid, "c", 2, NULL, NULL);
    grid_make(&grid);
    grid_fill(&grid, &state, 25);
    return grid;
}

/* Sums that break in what is published; only where all is shown. */
static size_t count_broken(struct grid *grid, const int64_t *values)
{
    const struct plain_table *table = grid_plain(grid);
    const struct plain_rows *rows = &table->relations;
    size_t broken = 0;
    for (size_t r = 0; r < rows->count; r++) {
        int64_t rest = values[rows->members[rows->starts[r]]];
        bool shown =
            grid->sheet.status[rows->members[rows->starts[r]]] == SHEET_SHOWN;
        for (size_t i = rows->starts[r] + 1; i < rows->starts[r + 1]; i++) {
            rest -= values[rows->members[i]];
            shown =
                shown && grid->sheet.status[rows->members[i]] == SHEET_SHOWN;
        }
        broken += shown && rest != 0;
    }
    return broken;
}

TEST(every_method_is_found_by_its_name_and_passes_its_own_audit)
{
    static const char *const names[] = {"suppress", "rounding", "cellkey"};
    struct method_policy policy = policy_of_all();
    size_t count = 0;
    for (; disclosure_methods[count] != NULL; count++) {
        struct grid grid = sample();
        struct method_result result;
        const struct disclosure_method *method = method_find(names[count]);
        CHECK(method == disclosure_methods[count]);
        if (!method->apply(grid.arena, &grid.sheet, &policy, &result,
                           &grid.err) ||
            !method->audit(&grid.sheet, &policy, &result, &grid.err))
            fail_msg("%s: %s", names[count], grid.err.text);
        CHECK_INT(count_broken(&grid, result.values) == 0, method->additive);
        for (size_t c = 0; c < grid.sheet.cells; c++)
            CHECK(grid.sheet.counts[c] != 0 || result.values[c] == 0);
        grid_end(&grid);
    }
    CHECK_INT(count, COUNT_OF(names));
    CHECK(method_find("swapping") == NULL);
}

TEST(every_audit_refuses_what_another_hand_has_changed)
{
    static const char *const wanted[] = {
        "a a0, b b0, c c0: published otherwise than decided",
        "a a0, b b0, c c0: no multiple of the base",
        "a a0, b b0, c c0: not what its key gives",
    };
    struct method_policy policy = policy_of_all();
    for (size_t m = 0; disclosure_methods[m] != NULL; m++) {
        struct grid grid = sample();
        struct method_result result;
        const struct disclosure_method *method = disclosure_methods[m];
        CHECK(method->apply(grid.arena, &grid.sheet, &policy, &result,
                            &grid.err));
        result.values[0]++;
        CHECK(!method->audit(&grid.sheet, &policy, &result, &grid.err));
        CHECK_INT(grid.err.code, ERR_DISCLOSURE);
        CHECK_TEXT(grid.err.text, wanted[m]);
        grid_end(&grid);
    }
}

/* 4 and 30 and their sum: hiding the 4 alone hides nothing. */
TEST(the_audit_of_suppression_subtracts)
{
    static const int64_t leaves[] = {4, 30};
    struct method_policy policy = policy_of_all();
    struct grid grid = grid_new();
    int64_t values[] = {34, 0, 30};
    struct method_result result = {.values = values};
    grid_axis(&grid, "a", 2, NULL, NULL);
    grid_make(&grid);
    grid_set(&grid, leaves);
    grid.sheet.status[1] = SHEET_PRIMARY;
    CHECK(!method_suppression.audit(&grid.sheet, &policy, &result, &grid.err));
    CHECK_TEXT(grid.err.text, "a a1: suppression does not protect it");
    grid.err = (struct err){0};
    values[1] = 4;
    grid.sheet.status[1] = SHEET_SHOWN;
    CHECK(!method_suppression.audit(&grid.sheet, &policy, &result, &grid.err));
    CHECK_TEXT(grid.err.text, "a a1: a small count is shown");
    grid.err = (struct err){0};
    values[1] = 0;
    values[2] = 0;
    grid.sheet.status[1] = SHEET_PRIMARY;
    grid.sheet.status[2] = SHEET_SECONDARY;
    CHECK(method_suppression.audit(&grid.sheet, &policy, &result, &grid.err));
    grid_end(&grid);
}

TEST(a_method_without_its_key_is_refused)
{
    struct method_policy policy = policy_of_all();
    policy.key.size = 0;
    for (size_t m = 0; disclosure_methods[m] != NULL; m++) {
        struct grid grid = sample();
        struct method_result result = {.reach = 77};
        const struct disclosure_method *method = disclosure_methods[m];
        bool ok =
            method->apply(grid.arena, &grid.sheet, &policy, &result, &grid.err);
        CHECK_INT(ok, !method->keyed);
        if (!ok) {
            CHECK_INT(grid.err.code, ERR_USAGE);
            CHECK_TEXT(grid.err.text,
                       "the inside key must have 16 to 64 bytes");
            CHECK_INT(result.reach, 77);
        }
        grid_end(&grid);
    }
}

TEST(a_key_is_the_bytes_of_a_private_file)
{
    struct arena *arena = arena_new();
    struct err err = {0};
    struct hash_key key = {NULL, 0};
    char *directory = check_directory();
    CHECK_INT(chdir(directory), 0);
    CHECK(fs_write("key", "0123456789abcdef\n", 17, &err));
    CHECK_INT(chmod("key", 0644), 0);
    CHECK(!method_read_key(arena, "key", &key, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, "key 'key': others than its owner may use it (chmod "
                         "600)");
    err = (struct err){0};
    CHECK_INT(chmod("key", 0600), 0);
    CHECK(method_read_key(arena, "key", &key, &err));
    CHECK_INT(key.size, 17);
    CHECK(memcmp(key.bytes, "0123456789abcdef\n", 17) == 0);
    CHECK(fs_write("key", "0123456789abcde", 15, &err));
    CHECK(!method_read_key(arena, "key", &key, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text, "key 'key': not of 16 to 64 bytes");
    CHECK_INT(key.size, 17);
    CHECK_INT(chdir("/"), 0);
    check_remove(directory);
    arena_free(arena);
}

RUN(CASE(every_method_is_found_by_its_name_and_passes_its_own_audit),
    CASE(every_audit_refuses_what_another_hand_has_changed),
    CASE(the_audit_of_suppression_subtracts),
    CASE(a_method_without_its_key_is_refused),
    CASE(a_key_is_the_bytes_of_a_private_file))
