/* SPDX-License-Identifier: EUPL-1.2 */
/* Files, directories, and writers that keep their first error. */
#include "base/fs.h"
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static char synced[200]; /* names of what was written to disk, in order */

/* Stands for that of the C library. */
int fsync(int file)
{
    char number[64], path[4096];
    snprintf(number, sizeof number, "/proc/self/fd/%d", file);
    ssize_t size = readlink(number, path, sizeof path - 1);
    CHECK(size > 0);
    path[size] = '\0';
    size_t used = strlen(synced);
    snprintf(synced + used, sizeof synced - used, "%s ", fs_name(path));
    return (int)syscall(SYS_fsync, file);
}

struct place {
    struct arena *arena;
    char *directory;
    struct err err;
};

static struct place place_new(void)
{
    return (struct place){arena_new(), check_directory(), {0}};
}

static void place_end(struct place *place)
{
    check_remove(place->directory);
    arena_free(place->arena);
}

static char *in(struct place *place, const char *name)
{
    return fs_join(place->arena, place->directory, name);
}

static void put(struct place *place, const char *name, const char *text)
{
    CHECK(fs_write(in(place, name), text, strlen(text), &place->err));
}

static const char *get(struct place *place, const char *name)
{
    char *bytes = NULL;
    size_t size = 0;
    CHECK(fs_read(place->arena, in(place, name), &bytes, &size, &place->err));
    CHECK_INT(strlen(bytes), size);
    return bytes;
}

TEST(what_is_written_is_read_back)
{
    struct place place = place_new();
    put(&place, "empty", "");
    put(&place, "short", "été\n");
    CHECK_TEXT(get(&place, "empty"), "");
    CHECK_TEXT(get(&place, "short"), "été\n");
    put(&place, "short", "x");
    CHECK_TEXT(get(&place, "short"), "x");
    struct stat status;
    CHECK_INT(stat(in(&place, "short"), &status), 0);
    CHECK_INT(status.st_mode & 0133, 0);
    place_end(&place);
}

TEST(a_sink_writes_pieces_around_its_buffer_in_order)
{
    struct place place = place_new();
    struct sink *sink = sink_open(place.arena, in(&place, "file"));
    struct text want = text_new(place.arena);
    static char large[200000];
    memset(large, 'L', sizeof large);
    for (int at = 0; at < 30000; at++) {
        sink_format(sink, "%d,", at);
        text_format(&want, "%d,", at);
    }
    sink_write(sink, large, sizeof large);
    text_add_bytes(&want, large, sizeof large);
    sink_format(sink, "%.*s", 2000, large);
    text_add_bytes(&want, large, 2000);
    sink_text(sink, "end");
    text_add(&want, "end");
    CHECK(sink_commit(sink, &place.err));
    CHECK(strcmp(get(&place, "file"), want.at) == 0);
    place_end(&place);
}

TEST(a_sink_reports_that_it_could_not_open)
{
    struct place place = place_new();
    const char *path = in(&place, "missing/file");
    struct sink *sink = sink_open(place.arena, path);
    sink_text(sink, "lost");
    CHECK(!sink_commit(sink, &place.err));
    CHECK_INT(place.err.code, ERR_IO);
    CHECK_TEXT(place.err.id, "fs.open");
    CHECK_TEXT(place.err.text,
               arena_format(place.arena,
                            "cannot open '%s': No such file or directory",
                            path));
    place_end(&place);
}

TEST(a_full_disk_latches_and_is_reported_at_commit)
{
    struct place place = place_new();
    struct sink *sink = sink_open(place.arena, "/dev/full");
    for (int at = 0; at < 100000; at++)
        sink_text(sink, "0123456789");
    CHECK(!sink_commit(sink, &place.err));
    CHECK_INT(place.err.code, ERR_IO);
    CHECK_TEXT(place.err.text,
               "cannot write '/dev/full': No space left on device");
    place_end(&place);
}

TEST(a_whole_file_that_fails_is_removed)
{
    struct place place = place_new();
    struct rlimit before, small;
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){10, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    const char *path = in(&place, "file");
    struct sink *sink = sink_open(place.arena, path);
    sink_text(sink, "more than ten bytes");
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = sink_commit_whole(sink, &place.err);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
    CHECK(!ok);
    CHECK_TEXT(place.err.id, "fs.write");
    CHECK(!fs_exists(path));
    place_end(&place);
}

TEST(what_a_whole_file_could_not_open_stays)
{
    struct place place = place_new();
    struct sink *sink = sink_open(place.arena, place.directory);
    CHECK(!sink_commit_whole(sink, &place.err));
    CHECK_TEXT(place.err.id, "fs.open");
    CHECK(fs_is_directory(place.directory));
    sink = sink_open(place.arena, "/dev/full");
    sink_text(sink, "lost");
    place.err = (struct err){0};
    CHECK(!sink_commit_whole(sink, &place.err));
    CHECK(fs_exists("/dev/full"));
    sink = sink_open(place.arena, in(&place, "good"));
    sink_text(sink, "kept");
    place.err = (struct err){0};
    CHECK(sink_commit_whole(sink, &place.err));
    CHECK_TEXT(get(&place, "good"), "kept");
    place_end(&place);
}

static void check_mode(struct place *place, const char *name, mode_t mode)
{
    struct stat status;
    CHECK_INT(stat(in(place, name), &status), 0);
    CHECK_INT(status.st_mode & 0777, mode);
}

TEST(what_is_private_is_its_owners_from_the_first_byte)
{
    struct place place = place_new();
    mode_t mask = umask(022);
    put(&place, "open", "old");
    check_mode(&place, "open", 0644);
    const char *const names[] = {"new", "open"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct sink *sink =
            sink_open_private(place.arena, in(&place, names[i]));
        check_mode(&place, names[i], 0600);
        sink_text(sink, "secret");
        CHECK(sink_commit(sink, &place.err));
        check_mode(&place, names[i], 0600);
    }
    CHECK(fs_write_private(in(&place, "whole"), "x", 1, &place.err));
    check_mode(&place, "whole", 0600);
    struct err err = {0};
    CHECK(!fs_write_private("/dev/full", "x", 1, &err));
    CHECK_TEXT(err.id, "fs.write"); /* its mode is not ours to change */
    umask(mask);
    place_end(&place);
}

TEST(a_failure_in_the_last_bytes_is_not_lost)
{
    struct err err = {0};
    CHECK(!fs_write("/dev/full", "x", 1, &err));
    CHECK_TEXT(err.id, "fs.write");
}

TEST(reading_what_is_not_there_names_the_path)
{
    struct place place = place_new();
    char *bytes = NULL;
    size_t size = 99;
    const char *path = in(&place, "none");
    CHECK(!fs_read(place.arena, path, &bytes, &size, &place.err));
    CHECK(bytes == NULL);
    CHECK_INT(size, 99);
    CHECK_INT(place.err.code, ERR_IO);
    CHECK_TEXT(place.err.text,
               arena_format(place.arena,
                            "cannot open '%s': No such file or directory",
                            path));
    struct err other = {0};
    CHECK(!fs_read(place.arena, place.directory, &bytes, &size, &other));
    CHECK_TEXT(other.id, "fs.read");
    place_end(&place);
}

TEST(directories_are_made_with_their_parents)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "a/b/c"), &place.err));
    CHECK(fs_make_directory(in(&place, "a/b/c/"), &place.err));
    CHECK(fs_is_directory(in(&place, "a/b/c")));
    CHECK(!fs_is_directory(in(&place, "a/b/d")));
    put(&place, "file", "x");
    CHECK(!fs_is_directory(in(&place, "file")));
    CHECK(fs_exists(in(&place, "file")));
    CHECK(!fs_exists(in(&place, "none")));
    CHECK(!fs_make_directory(in(&place, "file/below"), &place.err));
    CHECK_TEXT(place.err.id, "fs.mkdir");
    place_end(&place);
}

TEST(removing_never_follows_a_link)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "kept/inside"), &place.err));
    put(&place, "kept/inside/file", "kept");
    CHECK(fs_make_directory(in(&place, "gone/deep/er"), &place.err));
    put(&place, "gone/deep/er/file", "x");
    CHECK_INT(symlink("../../kept", in(&place, "gone/deep/link")), 0);
    CHECK_INT(symlink("kept", in(&place, "link")), 0);
    CHECK_INT(symlink("nowhere", in(&place, "dangling")), 0);

    CHECK(fs_remove(in(&place, "gone"), &place.err));
    CHECK(!fs_exists(in(&place, "gone")));
    CHECK(fs_exists(in(&place, "dangling")));
    CHECK(fs_remove(in(&place, "dangling"), &place.err));
    CHECK(!fs_exists(in(&place, "dangling")));
    CHECK(fs_remove(in(&place, "link/"), &place.err));
    CHECK(!fs_exists(in(&place, "link")));
    CHECK_TEXT(get(&place, "kept/inside/file"), "kept");

    CHECK(fs_remove(in(&place, "never there"), &place.err));
    CHECK(fs_remove(in(&place, "kept/inside/file"), &place.err));
    CHECK(!fs_exists(in(&place, "kept/inside/file")));
    place_end(&place);
}

TEST(a_large_directory_is_removed_whole)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "many"), &place.err));
    for (int at = 0; at < 2000; at++) {
        int file =
            open(arena_format(place.arena, "%s/many/%d", place.directory, at),
                 O_CREAT | O_WRONLY, 0600);
        CHECK(file >= 0);
        close(file);
    }
    CHECK(fs_remove(in(&place, "many"), &place.err));
    CHECK(!fs_exists(in(&place, "many")));
    place_end(&place);
}

TEST(what_a_killed_run_left_is_swept)
{
    struct place place = place_new();
    char **names = NULL;
    size_t count = 0;
    CHECK(fs_make_directory(in(&place, "out/.tmp-a/inside"), &place.err));
    CHECK(fs_make_directory(in(&place, "out/kept/.tmp-b"), &place.err));
    put(&place, "out/.tmp-c", "x");
    put(&place, "out/a.tmp-", "x");
    CHECK(fs_sweep(in(&place, "out"), ".tmp-", &place.err));
    CHECK(
        fs_entries(place.arena, in(&place, "out"), &names, &count, &place.err));
    CHECK_INT(count, 2);
    CHECK_TEXT(names[0], "a.tmp-");
    CHECK_TEXT(names[1], "kept");
    CHECK(fs_exists(in(&place, "out/kept/.tmp-b")));
    CHECK(!fs_sweep(in(&place, "none"), ".tmp-", &place.err));
    CHECK_INT(place.err.code, ERR_IO);
    place_end(&place);
}

TEST(paths_are_renamed_and_exchanged_in_one_step)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "old"), &place.err));
    CHECK(fs_make_directory(in(&place, "new"), &place.err));
    put(&place, "old/file", "old");
    put(&place, "new/file", "new");
    CHECK(fs_exchange(in(&place, "old"), in(&place, "new"), &place.err));
    CHECK_TEXT(get(&place, "old/file"), "new");
    CHECK_TEXT(get(&place, "new/file"), "old");
    CHECK(fs_rename(in(&place, "new"), in(&place, "older"), &place.err));
    CHECK_TEXT(get(&place, "older/file"), "old");
    CHECK(fs_sync(place.directory, &place.err));
    CHECK(fs_sync(in(&place, "older/file"), &place.err));

    CHECK(!fs_exchange(in(&place, "old"), in(&place, "none"), &place.err));
    CHECK_TEXT(place.err.id, "fs.exchange");
    struct err err = {0};
    CHECK(!fs_rename(in(&place, "none"), in(&place, "x"), &err));
    CHECK_TEXT(err.id, "fs.rename");
    place_end(&place);
}

TEST(files_are_listed_in_byte_order_without_links)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "b/c"), &place.err));
    CHECK(fs_make_directory(in(&place, "void"), &place.err));
    put(&place, "b/c/2", "");
    put(&place, "b/1", "");
    put(&place, "é", "");
    put(&place, "a", "");
    put(&place, "b.txt", "");
    put(&place, "B", "");
    CHECK_INT(symlink("a", in(&place, "link")), 0);

    char **names = NULL;
    size_t count = 0;
    CHECK(fs_list(place.arena, place.directory, &names, &count, &place.err));
    CHECK_TEXT(text_join(place.arena, (const char *const *)names, count, " "),
               "B a b.txt b/1 b/c/2 é");
    CHECK(fs_list(place.arena, in(&place, "void"), &names, &count, &place.err));
    CHECK_INT(count, 0);
    CHECK(
        !fs_list(place.arena, in(&place, "none"), &names, &count, &place.err));
    CHECK_TEXT(place.err.id, "fs.list");
    place_end(&place);
}

TEST(a_tree_is_sized_and_synced_without_following_links)
{
    struct place place = place_new();
    CHECK(fs_make_directory(in(&place, "a/b"), &place.err));
    put(&place, "a/b/file", "12345");
    put(&place, "a/1", "");
    CHECK_INT(symlink("..", in(&place, "a/loop")), 0);
    CHECK_INT(symlink("nowhere", in(&place, "a/dangling")), 0);
    synced[0] = '\0';
    CHECK(fs_sync_tree(place.directory, &place.err));
    CHECK_TEXT(synced, arena_format(place.arena, "1 file b a %s ",
                                    fs_name(place.directory)));

    char **names = NULL;
    size_t count = 0;
    CHECK(fs_entries(place.arena, in(&place, "a"), &names, &count, &place.err));
    CHECK_TEXT(text_join(place.arena, (const char *const *)names, count, " "),
               "1 b dangling loop");
    int64_t size = 99;
    CHECK(fs_size(in(&place, "a/b/file"), &size, &place.err));
    CHECK_INT(size, 5);
    CHECK(!fs_size(in(&place, "none"), &size, &place.err));
    CHECK_INT(size, 5);
    struct err err = {0};
    CHECK(!fs_entries(place.arena, in(&place, "none"), &names, &count, &err));
    CHECK_INT(err.code, ERR_IO);
    struct err other = {0};
    CHECK(!fs_sync_tree(in(&place, "none"), &other));
    CHECK_INT(other.code, ERR_IO);
    place_end(&place);
}

TEST(a_lock_held_by_another_process_fails_at_once)
{
    struct place place = place_new();
    const char *path = in(&place, "lock");
    int handle = -1;
    CHECK(fs_lock(path, &handle, &place.err));

    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        int other = -1;
        struct err err = {0};
        bool refused = !fs_lock(path, &other, &err);
        _exit(refused && strcmp(err.id, "fs.locked") == 0 ? 0 : 1);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    CHECK_INT(status, 0);

    fs_unlock(handle);
    CHECK(fs_lock(path, &handle, &place.err));
    fs_unlock(handle);
    place_end(&place);
}

TEST(paths_are_joined_and_named)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(fs_join(arena, "a", "b"), "a/b");
    CHECK_TEXT(fs_join(arena, "a/", "b"), "a/b");
    CHECK_TEXT(fs_join(arena, "", "b"), "b");
    CHECK_TEXT(fs_join(arena, "/", "b"), "/b");
    CHECK_TEXT(fs_name("/a/b.csv"), "b.csv");
    CHECK_TEXT(fs_name("b.csv"), "b.csv");
    CHECK_TEXT(fs_name("a/"), "");
    arena_free(arena);
}

RUN(CASE(what_is_written_is_read_back),
    CASE(a_sink_writes_pieces_around_its_buffer_in_order),
    CASE(a_sink_reports_that_it_could_not_open),
    CASE(a_full_disk_latches_and_is_reported_at_commit),
    CASE(a_whole_file_that_fails_is_removed),
    CASE(what_a_whole_file_could_not_open_stays),
    CASE(what_is_private_is_its_owners_from_the_first_byte),
    CASE(a_failure_in_the_last_bytes_is_not_lost),
    CASE(reading_what_is_not_there_names_the_path),
    CASE(directories_are_made_with_their_parents),
    CASE(removing_never_follows_a_link),
    CASE(a_large_directory_is_removed_whole),
    CASE(what_a_killed_run_left_is_swept),
    CASE(paths_are_renamed_and_exchanged_in_one_step),
    CASE(files_are_listed_in_byte_order_without_links),
    CASE(a_tree_is_sized_and_synced_without_following_links),
    CASE(a_lock_held_by_another_process_fails_at_once),
    CASE(paths_are_joined_and_named))
