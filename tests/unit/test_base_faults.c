/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults of one input, told together, up to a limit. */
#include "base/faults.h"
#include "check.h"

TEST(no_fault_is_no_failure)
{
    struct arena *arena = arena_new();
    struct faults faults = faults_new(arena);
    struct err err = {0};
    CHECK(faults_check(&faults, "a.b", "nothing was read", &err));
    CHECK_INT(err.code, ERR_NONE);
    arena_free(arena);
}

TEST(faults_are_lines_below_a_lead)
{
    struct arena *arena = arena_new();
    struct faults faults = faults_new(arena);
    struct err err = {0}, failure = {0};
    CHECK(!faults_add(&faults, "f:%d: wrong", 3));
    err_fail(&failure, ERR_INPUT, "csv.row", "f:4: cut");
    CHECK(faults_take(&faults, &failure));
    CHECK_INT(failure.code, ERR_NONE);
    CHECK(!faults_check(&faults, "a.b", "nothing was read", &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.id, "a.b");
    CHECK_TEXT(err.text, "nothing was read:\n  f:3: wrong\n  f:4: cut");
    arena_free(arena);
}

TEST(what_is_no_fault_of_the_input_is_not_taken)
{
    struct arena *arena = arena_new();
    struct faults faults = faults_new(arena);
    struct err failure = {0};
    err_fail(&failure, ERR_IO, "csv.open", "cannot open 'f'");
    CHECK(!faults_take(&faults, &failure));
    CHECK_INT(failure.code, ERR_IO);
    CHECK_INT(faults.count, 0);
    arena_free(arena);
}

TEST(the_sentence_says_what_it_leaves_out)
{
    struct arena *arena = arena_new();
    struct faults faults = faults_new(arena);
    struct err err = {0};
    for (int i = 0; i < 10; i++)
        faults_add(&faults, "%0200d", i);
    CHECK(!faults_full(&faults));
    CHECK(!faults_check(&faults, "a.b", "lead", &err));
    CHECK(text_ends(err.text, "0005\n  (and 4 more)"));
    for (int i = 10; i < 30; i++)
        faults_add(&faults, "%0200d", i);
    CHECK(faults_full(&faults));
    err = (struct err){0};
    CHECK(!faults_check(&faults, "a.b", "lead", &err));
    CHECK(text_ends(err.text, "0005\n  (the first 6; reading stopped)"));
    arena_free(arena);
}

RUN(CASE(no_fault_is_no_failure), CASE(faults_are_lines_below_a_lead),
    CASE(what_is_no_fault_of_the_input_is_not_taken),
    CASE(the_sentence_says_what_it_leaves_out))
