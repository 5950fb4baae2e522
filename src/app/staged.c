/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/staged.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

struct staged staged_new(struct arena *arena)
{
    return (struct staged){.arena = arena};
}

/* One file, however its directory is written: `x.csv` and `./x.csv`. */
static bool same_place(struct arena *arena, const char *a, const char *b)
{
    struct stat in_a, in_b;
    return text_same(fs_name(a), fs_name(b)) &&
           stat(fs_directory(arena, a), &in_a) == 0 &&
           stat(fs_directory(arena, b), &in_b) == 0 &&
           in_a.st_dev == in_b.st_dev && in_a.st_ino == in_b.st_ino;
}

static bool check_place(const struct staged *staged, const char *option,
                        const char *place, struct err *err)
{
    const char *directory = fs_directory(staged->arena, place);
    struct stat found;
    for (size_t f = 0; f < staged->count; f++) {
        if (same_place(staged->arena, staged->files[f].place, place))
            return err_fail(err, ERR_USAGE, "usage.output",
                            "%s and %s name the same file '%s'",
                            staged->files[f].option, option, place);
    }
    /* A rename would put a file in the place of a device, a pipe or a link
     * (/dev/stdout, whatever it leads to). */
    if (fs_name(place)[0] == '\0' ||
        (lstat(place, &found) == 0 && !S_ISREG(found.st_mode)))
        return err_fail(err, ERR_IO, "output.place",
                        "%s '%s': expected the name of a file", option, place);
    if (access(directory, W_OK | X_OK) != 0)
        return err_fail(err, ERR_IO, "output.place",
                        "%s '%s': cannot write to its directory: %s", option,
                        place, strerror(errno));
    return true;
}

bool staged_add(struct staged *staged, const char *option, const char *place,
                const char **written, struct err *err)
{
    *written = "";
    if (place == NULL)
        return true;
    if (!check_place(staged, option, place, err))
        return false;
    assert(staged->count < STAGED_FILES);
    *written = fs_stage(staged->arena, place);
    staged->files[staged->count].option = option;
    staged->files[staged->count].place = place;
    staged->files[staged->count].written = *written;
    staged->files[staged->count].old = NULL;
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

/* Where what stood there cannot come back, nothing is left that would pass for
 * a part of the others. */
static void take_back(const struct staged *staged, size_t f)
{
    const char *old = staged->files[f].old;
    if (old == NULL || rename(old, staged->files[f].place) != 0)
        unlink(staged->files[f].place);
}

/* What stands at the place is kept while another file may still fail. */
static bool put(struct staged *staged, size_t f, struct err *err)
{
    const char *place = staged->files[f].place;
    if (f > 0 && access(place, F_OK) == 0) {
        const char *old = fs_stage(
            staged->arena, arena_format(staged->arena, "%s.old", place));
        if (!fs_rename(place, old, err))
            return false;
        staged->files[f].old = old;
    }
    if (fs_rename(staged->files[f].written, place, err))
        return true;
    if (staged->files[f].old != NULL)
        take_back(staged, f);
    return false;
}

bool staged_commit(struct staged *staged, struct err *err)
{
    bool ok = true;
    size_t last = staged->count;
    while (ok && last > 0)
        ok = put(staged, --last, err);
    for (size_t f = last + 1; f < staged->count; f++) {
        if (!ok)
            take_back(staged, f);
        else if (staged->files[f].old != NULL)
            unlink(staged->files[f].old);
    }
    if (!ok)
        staged_drop(staged);
    return ok;
}

void staged_drop(const struct staged *staged)
{
    for (size_t f = 0; f < staged->count; f++)
        unlink(staged->files[f].written);
}
