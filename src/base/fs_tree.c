/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool fs_entries(struct arena *arena, const char *path, char ***names,
                size_t *count, struct err *err)
{
    DIR *directory = opendir(path);
    if (directory == NULL)
        return err_fail(err, ERR_IO, "fs.read", "'%s': %s", path,
                        strerror(errno));
    char **list = NULL;
    size_t used = 0, capacity = 0;
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        if (text_same(entry->d_name, ".") || text_same(entry->d_name, ".."))
            continue;
        list = arena_grow(arena, list, used, &capacity, sizeof *list);
        list[used++] = arena_text(arena, entry->d_name);
    }
    int reason = errno;
    closedir(directory);
    if (reason != 0)
        return err_fail(err, ERR_IO, "fs.read", "'%s': %s", path,
                        strerror(reason));
    if (used > 0)
        qsort(list, used, sizeof *list, by_bytes);
    *names = list;
    *count = used;
    return true;
}

size_t fs_names(struct arena *arena, const char *path, const char *ending,
                const char ***out)
{
    char **names = NULL;
    size_t count = 0, found = 0;
    struct err ignored = {0};
    if (!fs_entries(arena, path, &names, &count, &ignored))
        return 0;
    *out = arena_array(arena, count, sizeof **out);
    for (size_t n = 0; n < count; n++) {
        if (text_ends(names[n], ending))
            (*out)[found++] =
                arena_slice(arena, names[n], strlen(names[n]) - strlen(ending));
    }
    return found;
}

bool fs_sweep(const char *directory, const char *beginning, struct err *err)
{
    struct arena *scratch = arena_new();
    char **names = NULL;
    size_t count = 0;
    bool ok = fs_entries(scratch, directory, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        if (text_starts(names[i], beginning))
            ok = fs_remove(fs_join(scratch, directory, names[i]), err);
    }
    arena_free(scratch);
    return ok;
}

bool fs_size(const char *path, int64_t *size, struct err *err)
{
    struct stat state;
    if (stat(path, &state) != 0)
        return err_fail(err, ERR_IO, "fs.read", "'%s': %s", path,
                        strerror(errno));
    *size = state.st_size;
    return true;
}

bool fs_sync_tree(const char *path, struct err *err)
{
    /* A link is its directory's content; what it points to is not ours. */
    struct stat state;
    if (lstat(path, &state) == 0 && S_ISLNK(state.st_mode))
        return true;
    if (!fs_is_directory(path))
        return fs_sync(path, err);
    struct arena *scratch = arena_new();
    char **names = NULL;
    size_t count = 0;
    bool ok = fs_entries(scratch, path, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = fs_sync_tree(fs_join(scratch, path, names[i]), err);
    arena_free(scratch);
    return ok && fs_sync(path, err);
}

/* Directories above the program that may hold its files: build/FLAVOUR/ lies
 * two below the source tree. */
#define FIND_LEVELS 3

char *fs_find(struct arena *arena, const char *directory, const char *path)
{
    char *own = fs_join(arena, directory, path);
    char program[4096];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (fs_exists(own) || size <= 0)
        return own;
    program[size] = '\0';
    for (int level = 0; level < FIND_LEVELS; level++) {
        char *slash = strrchr(program, '/');
        if (slash == NULL)
            break;
        *slash = '\0';
        char *shared =
            arena_format(arena, "%s/share/panorama/%s", program, path);
        char *beside = fs_join(arena, program, path);
        if (fs_exists(shared))
            return shared;
        if (fs_exists(beside))
            return beside;
    }
    return own;
}
