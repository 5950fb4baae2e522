/* SPDX-License-Identifier: EUPL-1.2 */
/* Files that are written beside their place. */
#include "base/fs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"

/* Between a file's name and the number of the process that writes it. */
#define MARK ".tmp-"

const char *fs_directory(struct arena *arena, const char *path)
{
    size_t size = (size_t)(fs_name(path) - path);
    return size == 0 ? "." : arena_slice(arena, path, size);
}

/* The process that a name of ours tells of, or 0. A writer that adds an ending
 * of its own to the names that it is given has it after the number. */
static pid_t writer_of(struct arena *scratch, const char *name)
{
    const char *mark = NULL;
    int64_t number = 0;
    for (const char *at = name; (at = strstr(at, MARK)) != NULL; at++)
        mark = at + strlen(MARK);
    bool ours = name[0] == '.' && mark != NULL &&
                mark > name + 1 + strlen(MARK) &&
                num_parse_int64(arena_slice(scratch, mark, strcspn(mark, ".")),
                                &number) &&
                number > 0 && number <= INT32_MAX;
    return ours ? (pid_t)number : 0;
}

/* Only files of this user, and only when nobody has the number any more: a
 * number that was given anew keeps its file until that process is gone too. */
static bool is_stale(const char *path, pid_t writer)
{
    struct stat found;
    return writer != 0 && lstat(path, &found) == 0 && S_ISREG(found.st_mode) &&
           found.st_uid == geteuid() && kill(writer, 0) != 0 && errno == ESRCH;
}

/* What cannot be removed is left: it is not needed for anything. */
static void sweep(const char *directory)
{
    struct arena *scratch = arena_new();
    struct err ignored = {0};
    char **names = NULL;
    size_t count = 0;
    if (!fs_entries(scratch, directory, &names, &count, &ignored))
        count = 0;
    for (size_t i = 0; i < count; i++) {
        const char *path = fs_join(scratch, directory, names[i]);
        if (is_stale(path, writer_of(scratch, names[i])))
            unlink(path);
    }
    arena_free(scratch);
}

const char *fs_stage(struct arena *arena, const char *place)
{
    const char *directory = fs_directory(arena, place);
    sweep(directory);
    return fs_join(
        arena, directory,
        arena_format(arena, ".%s" MARK "%ld", fs_name(place), (long)getpid()));
}
