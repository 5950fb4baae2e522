/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/staged.h"
#include "base/fs.h"

/* A directory in which a table and its proof are to appear. */
struct desk {
    struct arena *arena;
    char *directory;
    const char *table, *proof;
    const char *new_table, *new_proof; /* where they are written */
    struct staged staged;
    struct err err;
};

static void write_words(struct desk *desk, const char *path, const char *words)
{
    CHECK(fs_write(path, words, strlen(words), &desk->err));
}

static void check_words(struct desk *desk, const char *path, const char *words)
{
    char *found = NULL;
    size_t size = 0;
    CHECK(fs_read(desk->arena, path, &found, &size, &desk->err));
    CHECK_TEXT(found, words);
}

static size_t entries(struct desk *desk)
{
    char **names = NULL;
    size_t count = 0;
    CHECK(fs_entries(desk->arena, desk->directory, &names, &count, &desk->err));
    return count;
}

static void open_desk(struct desk *desk)
{
    *desk = (struct desk){.arena = arena_new(), .directory = check_directory()};
    desk->table = fs_join(desk->arena, desk->directory, "table");
    desk->proof = fs_join(desk->arena, desk->directory, "proof");
    desk->staged = staged_new(desk->arena);
}

static void stage(struct desk *desk)
{
    CHECK(staged_add(&desk->staged, "-o", desk->table, &desk->new_table,
                     &desk->err));
    CHECK(staged_add(&desk->staged, "--certificate", desk->proof,
                     &desk->new_proof, &desk->err));
    write_words(desk, desk->new_table, "new table");
    write_words(desk, desk->new_proof, "new proof");
}

static void close_desk(struct desk *desk)
{
    check_remove(desk->directory);
    arena_free(desk->arena);
}

TEST(files_appear_together_and_replace_what_stood_there)
{
    struct desk desk;
    open_desk(&desk);
    write_words(&desk, desk.proof, "old proof");
    stage(&desk);
    CHECK(staged_commit(&desk.staged, &desk.err));
    check_words(&desk, desk.table, "new table");
    check_words(&desk, desk.proof, "new proof");
    CHECK_INT(entries(&desk), 2);
    close_desk(&desk);
}

/* The proof is renamed first; then a directory is in the table's place. */
TEST(a_proof_does_not_stay_without_its_table)
{
    struct desk desk;
    open_desk(&desk);
    stage(&desk);
    CHECK_INT(mkdir(desk.table, 0700), 0);
    CHECK(!staged_commit(&desk.staged, &desk.err));
    CHECK_INT(desk.err.code, ERR_IO);
    CHECK(strstr(desk.err.text, "table") != NULL);
    CHECK_INT(entries(&desk), 1); /* the directory */
    close_desk(&desk);
}

TEST(what_stood_there_comes_back_when_a_later_rename_fails)
{
    struct desk desk;
    open_desk(&desk);
    write_words(&desk, desk.proof, "old proof");
    stage(&desk);
    CHECK_INT(mkdir(desk.table, 0700), 0);
    CHECK(!staged_commit(&desk.staged, &desk.err));
    desk.err = (struct err){0};
    check_words(&desk, desk.proof, "old proof");
    CHECK_INT(entries(&desk), 2);
    close_desk(&desk);
}

/* The first rename fails after what stood there was moved aside. */
TEST(a_file_that_was_moved_aside_comes_back)
{
    struct desk desk;
    open_desk(&desk);
    write_words(&desk, desk.table, "old table");
    write_words(&desk, desk.proof, "old proof");
    stage(&desk);
    CHECK_INT(unlink(desk.new_proof), 0);
    CHECK(!staged_commit(&desk.staged, &desk.err));
    desk.err = (struct err){0};
    check_words(&desk, desk.table, "old table");
    check_words(&desk, desk.proof, "old proof");
    CHECK_INT(entries(&desk), 2);
    close_desk(&desk);
}

RUN(CASE(files_appear_together_and_replace_what_stood_there),
    CASE(a_proof_does_not_stay_without_its_table),
    CASE(what_stood_there_comes_back_when_a_later_rename_fails),
    CASE(a_file_that_was_moved_aside_comes_back))
