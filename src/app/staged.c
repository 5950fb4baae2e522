/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/staged.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/num.h"

/* Between a file's name and the number of the process that writes it. */
#define MARK ".tmp-"

struct staged staged_new(struct arena *arena)
{
    return (struct staged){.arena = arena};
}

static const char *directory_of(struct arena *arena, const char *place)
{
    size_t size = (size_t)(fs_name(place) - place);
    return size == 0 ? "." : arena_slice(arena, place, size);
}

static bool check_place(const struct staged *staged, const char *option,
                        const char *place, const char *directory,
                        struct err *err)
{
    struct stat found;
    for (size_t f = 0; f < staged->count; f++) {
        if (text_same(staged->files[f].place, place))
            return err_fail(err, ERR_USAGE, "usage.output",
                            "%s and %s name the same file '%s'",
                            staged->files[f].option, option, place);
    }
    /* A rename would put a file in the place of a device or a pipe. */
    if (fs_name(place)[0] == '\0' ||
        (stat(place, &found) == 0 && !S_ISREG(found.st_mode)))
        return err_fail(err, ERR_IO, "output.place",
                        "%s '%s': expected the name of a file", option, place);
    if (access(directory, W_OK | X_OK) != 0)
        return err_fail(err, ERR_IO, "output.place",
                        "%s '%s': cannot write to its directory: %s", option,
                        place, strerror(errno));
    return true;
}

/* --- what killed processes left --------------------------------------------
 */

/* The process that a name of ours tells of, or 0. */
static pid_t writer_of(const char *name)
{
    const char *mark = NULL;
    int64_t number = 0;
    for (const char *at = name; (at = strstr(at, MARK)) != NULL; at++)
        mark = at;
    bool ours = name[0] == '.' && mark != NULL && mark > name + 1 &&
                num_parse_int64(mark + strlen(MARK), &number) && number > 0 &&
                number <= INT32_MAX;
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
        if (is_stale(path, writer_of(names[i])))
            unlink(path);
    }
    arena_free(scratch);
}

/* --- the files -------------------------------------------------------------
 */

bool staged_add(struct staged *staged, const char *option, const char *place,
                const char **written, struct err *err)
{
    *written = "";
    if (place == NULL)
        return true;
    const char *directory = directory_of(staged->arena, place);
    if (!check_place(staged, option, place, directory, err))
        return false;
    sweep(directory);
    assert(staged->count < STAGED_FILES);
    *written = fs_join(staged->arena, directory,
                       arena_format(staged->arena, ".%s" MARK "%ld",
                                    fs_name(place), (long)getpid()));
    staged->files[staged->count].option = option;
    staged->files[staged->count].place = place;
    staged->files[staged->count].written = *written;
    staged->count++;
    return true;
}

bool staged_check_input(const struct staged *staged, const char *input,
                        struct err *err)
{
    struct stat in, out;
    if (stat(input, &in) != 0)
        return true; /* named when it is opened */
    for (size_t f = 0; f < staged->count; f++) {
        if (stat(staged->files[f].place, &out) == 0 &&
            in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return err_fail(err, ERR_USAGE, "usage.output",
                            "%s '%s' would replace the input '%s'",
                            staged->files[f].option, staged->files[f].place,
                            input);
    }
    return true;
}

bool staged_commit(const struct staged *staged, struct err *err)
{
    bool ok = true;
    for (size_t f = staged->count; ok && f-- > 0;)
        ok = fs_rename(staged->files[f].written, staged->files[f].place, err);
    if (!ok)
        staged_drop(staged);
    return ok;
}

void staged_drop(const struct staged *staged)
{
    for (size_t f = 0; f < staged->count; f++)
        unlink(staged->files[f].written);
}
