/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct err *err, const char *id, const char *verb,
                 const char *path)
{
    return err_fail(err, ERR_IO, id, "cannot %s '%s': %s", verb, path,
                    strerror(errno));
}

/* open() that is never interrupted and never leaks into a child program. */
static int open_file(const char *path, int flags, mode_t mode)
{
    int file;
    do {
        file = open(path, flags | O_CLOEXEC, mode);
    } while (file < 0 && errno == EINTR);
    return file;
}

bool fs_read(struct arena *arena, const char *path, char **bytes, size_t *size,
             struct err *err)
{
    int file = open_file(path, O_RDONLY, 0);
    if (file < 0)
        return fail(err, "fs.open", "open", path);

    /* The size is only a hint: pipes have none, and files may grow. */
    struct stat status;
    struct text all = text_new(arena);
    if (fstat(file, &status) == 0 && status.st_size > 0)
        all.at = arena_grow(arena, all.at, (size_t)status.st_size + 1,
                            &all.capacity, 1);
    ssize_t got;
    do {
        all.at = arena_grow(arena, all.at, all.size + 1, &all.capacity, 1);
        got = read(file, all.at + all.size, all.capacity - all.size - 1);
        if (got > 0)
            all.size += (size_t)got;
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got < 0)
        fail(err, "fs.read", "read", path);
    close(file);
    if (got < 0)
        return false;

    all.at[all.size] = '\0';
    *bytes = all.at;
    *size = all.size;
    return true;
}

typedef struct sink *open_sink(struct arena *arena, const char *path);

static bool write_through(open_sink *open_it, const char *path,
                          const void *bytes, size_t size, struct err *err)
{
    struct arena *scratch = arena_new();
    struct sink *sink = open_it(scratch, path);
    sink_write(sink, bytes, size);
    bool ok = sink_commit(sink, err);
    arena_free(scratch);
    return ok;
}

bool fs_write(const char *path, const void *bytes, size_t size, struct err *err)
{
    return write_through(sink_open, path, bytes, size, err);
}

bool fs_write_private(const char *path, const void *bytes, size_t size,
                      struct err *err)
{
    return write_through(sink_open_private, path, bytes, size, err);
}

bool fs_exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

bool fs_is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool make_one(const char *path, struct err *err)
{
    if (mkdir(path, 0777) == 0)
        return true;
    int reason = errno;
    if (fs_is_directory(path))
        return true;
    errno = reason;
    return fail(err, "fs.mkdir", "create directory", path);
}

bool fs_make_directory(const char *path, struct err *err)
{
    struct arena *scratch = arena_new();
    char *part = arena_text(scratch, path);
    bool ok = true;
    for (char *at = part; ok && *at; at++) {
        if (*at != '/' || at == part)
            continue;
        *at = '\0';
        ok = make_one(part, err);
        *at = '/';
    }
    ok = ok && make_one(part, err);
    arena_free(scratch);
    return ok;
}

/* --- removing ------------------------------------------------------------ */

static bool is_dots(const char *name)
{
    return text_same(name, ".") || text_same(name, "..");
}

static bool remove_at(int parent, const char *name);

/* Empties an open directory and closes it. */
static bool remove_children(int directory)
{
    DIR *entries = fdopendir(directory);
    if (!entries) {
        close(directory);
        return false;
    }
    bool ok = true;
    struct dirent *entry;
    while (ok && (errno = 0, entry = readdir(entries)))
        ok = is_dots(entry->d_name) || remove_at(directory, entry->d_name);
    ok = ok && errno == 0;

    int reason = errno;
    closedir(entries);
    errno = reason;
    return ok;
}

/* Every step goes through the open parent, and O_NOFOLLOW guards the step
 * down, so that nobody can turn the removal elsewhere with a link. */
static bool remove_at(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    int directory =
        openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return errno == ENOENT;
    if (!remove_children(directory))
        return false;
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT;
}

bool fs_remove(const char *path, struct err *err)
{
    /* "link/" would be followed; "link" is not. */
    struct arena *scratch = arena_new();
    char *bare = arena_text(scratch, path);
    size_t size = strlen(bare);
    while (size > 1 && bare[size - 1] == '/')
        bare[--size] = '\0';

    bool ok = remove_at(AT_FDCWD, bare);
    if (!ok)
        fail(err, "fs.remove", "remove", path);
    arena_free(scratch);
    return ok;
}

/* --- moving, syncing, locking -------------------------------------------- */

bool fs_rename(const char *from, const char *to, struct err *err)
{
    if (rename(from, to) == 0)
        return true;
    return err_fail(err, ERR_IO, "fs.rename", "cannot rename '%s' to '%s': %s",
                    from, to, strerror(errno));
}

bool fs_exchange(const char *a, const char *b, struct err *err)
{
    if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
        return true;
    return err_fail(err, ERR_IO, "fs.exchange",
                    "cannot exchange '%s' and '%s': %s", a, b, strerror(errno));
}

bool fs_sync(const char *path, struct err *err)
{
    int file = open_file(path, O_RDONLY, 0);
    if (file < 0)
        return fail(err, "fs.open", "open", path);
    bool ok = fsync(file) == 0;
    if (!ok)
        fail(err, "fs.sync", "write to disk", path);
    close(file);
    return ok;
}

bool fs_lock(const char *path, int *handle, struct err *err)
{
    int file = open_file(path, O_RDWR | O_CREAT, 0644);
    if (file < 0)
        return fail(err, "fs.open", "open", path);
    if (flock(file, LOCK_EX | LOCK_NB) == 0) {
        *handle = file;
        return true;
    }
    if (errno == EWOULDBLOCK)
        err_fail(err, ERR_IO, "fs.locked", "'%s' is locked by another process",
                 path);
    else
        fail(err, "fs.lock", "lock", path);
    close(file);
    return false;
}

void fs_unlock(int handle)
{
    /* Not close alone: a forked worker may still hold the same open file. */
    flock(handle, LOCK_UN);
    close(handle);
}

/* --- names --------------------------------------------------------------- */

char *fs_join(struct arena *arena, const char *directory, const char *name)
{
    bool bare = *directory == '\0' || text_ends(directory, "/");
    return arena_format(arena, "%s%s%s", directory, bare ? "" : "/", name);
}

const char *fs_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

struct listing {
    struct arena *arena;
    char **names;
    size_t count;
    size_t capacity;
};

static bool list_into(struct listing *listing, const char *path,
                      const char *prefix, struct err *err);

static bool list_entry(struct listing *listing, const char *path,
                       const char *prefix, const char *entry, struct err *err)
{
    struct stat status;
    char *inside = fs_join(listing->arena, path, entry);
    char *name = fs_join(listing->arena, prefix, entry);
    if (lstat(inside, &status) != 0)
        return fail(err, "fs.list", "list", inside);
    if (S_ISDIR(status.st_mode))
        return list_into(listing, inside, name, err);
    if (!S_ISREG(status.st_mode))
        return true;

    listing->names = arena_grow(listing->arena, listing->names, listing->count,
                                &listing->capacity, sizeof *listing->names);
    listing->names[listing->count++] = name;
    return true;
}

static bool list_into(struct listing *listing, const char *path,
                      const char *prefix, struct err *err)
{
    DIR *entries = opendir(path);
    if (!entries)
        return fail(err, "fs.list", "list", path);
    bool ok = true;
    struct dirent *entry;
    while (ok && (errno = 0, entry = readdir(entries))) {
        if (!is_dots(entry->d_name))
            ok = list_entry(listing, path, prefix, entry->d_name, err);
    }
    if (ok && errno != 0)
        ok = fail(err, "fs.list", "list", path);
    closedir(entries);
    return ok;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool fs_list(struct arena *arena, const char *path, char ***names,
             size_t *count, struct err *err)
{
    struct listing listing = {.arena = arena};
    if (!list_into(&listing, path, "", err))
        return false;
    if (listing.count > 0)
        qsort(listing.names, listing.count, sizeof *listing.names,
              compare_names);
    *names = listing.names;
    *count = listing.count;
    return true;
}
