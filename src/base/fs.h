/* SPDX-License-Identifier: EUPL-1.2 */
/* base/fs.h - files, directories, and writers that keep their first error.
 *
 * A sink writes one file. Its first failure latches: later writes do nothing,
 * and the failure is reported by sink_commit. Nothing is written in place:
 * a sink goes to PATH directly because every path of a release lies in a
 * staging directory that only appears by one rename. */
#ifndef BASE_FS_H
#define BASE_FS_H

#include "base/err.h"
#include "base/text.h"

struct sink;

/* Opens PATH for writing (created, truncated, mode 0644). */
struct sink *sink_open(struct arena *arena, const char *path);
/* The same for what only its owner may read: mode 0600, whatever the mode of
 * a file that was there. */
struct sink *sink_open_private(struct arena *arena, const char *path);
/* Each writes behind what was written, or does nothing after a failure. */
void sink_write(struct sink *sink, const void *bytes, size_t size);
void sink_text(struct sink *sink, const char *text);
void sink_format(struct sink *sink, const char *format, ...) PRINTF_LIKE(2, 3);
/* Flushes, fsyncs and closes. ERR_IO names the path and the system's reason.
 * Must be called exactly once, also after a failure. */
bool sink_commit(struct sink *sink, struct err *err) MUST_USE;
/* The same instead of it; when it fails the file that was opened is removed.
 * What could not be opened, and devices and pipes, stay. */
bool sink_commit_whole(struct sink *sink, struct err *err) MUST_USE;

/* Reads a whole file; *bytes is NUL-terminated beyond *size. ERR_IO. */
bool fs_read(struct arena *arena, const char *path, char **bytes, size_t *size,
             struct err *err) MUST_USE;
/* Writes a whole file through a sink. */
bool fs_write(const char *path, const void *bytes, size_t size,
              struct err *err) MUST_USE;
/* The same through a private one. */
bool fs_write_private(const char *path, const void *bytes, size_t size,
                      struct err *err) MUST_USE;
/* Whatever it is: a symbolic link that leads nowhere exists. */
bool fs_exists(const char *path);
/* Of itself or by symbolic links. */
bool fs_is_directory(const char *path);
/* Creates a directory and its parents; existing ones are fine. */
bool fs_make_directory(const char *path, struct err *err) MUST_USE;
/* Removes a file or a directory with all it holds; absent is fine. Never
 * follows symbolic links. */
bool fs_remove(const char *path, struct err *err) MUST_USE;
/* Removes what lies directly inside a directory under names that begin so:
 * what a killed run left. The caller's lock says that nobody else is there. */
bool fs_sweep(const char *directory, const char *beginning,
              struct err *err) MUST_USE;
/* In one step, over a file that is there; within one file system. ERR_IO. */
bool fs_rename(const char *from, const char *to, struct err *err) MUST_USE;
/* Swaps two existing paths in one step (renameat2 RENAME_EXCHANGE). */
bool fs_exchange(const char *a, const char *b, struct err *err) MUST_USE;
/* fsync of a file or directory. */
bool fs_sync(const char *path, struct err *err) MUST_USE;
/* Regular files under a directory, as relative paths with '/', in byte
 * order. */
bool fs_list(struct arena *arena, const char *path, char ***names,
             size_t *count, struct err *err) MUST_USE;
/* Names directly inside a directory, in byte order. */
bool fs_entries(struct arena *arena, const char *path, char ***names,
                size_t *count, struct err *err) MUST_USE;
/* The names directly inside a directory that end so, without their ending, in
 * byte order; none of one that cannot be read. */
size_t fs_names(struct arena *arena, const char *path, const char *ending,
                const char ***out);
/* Size of a file in bytes. */
bool fs_size(const char *path, int64_t *size, struct err *err) MUST_USE;
/* fsync of every file and directory below and including path; symbolic links
 * are not followed. */
bool fs_sync_tree(const char *path, struct err *err) MUST_USE;
/* Takes an exclusive advisory lock on a file, created if absent; *handle is
 * for fs_unlock. Fails at once when another process holds it. */
bool fs_lock(const char *path, int *handle, struct err *err) MUST_USE;
/* Gives the lock back, also where forked workers still hold the file open. */
void fs_unlock(int handle);
/* DIRECTORY/PATH when it exists; else the copy that came with the program: in
 * the nearest directory above the program that holds PATH, or in
 * ../share/panorama beside it. DIRECTORY/PATH again when there is none. */
char *fs_find(struct arena *arena, const char *directory, const char *path);
/* "DIRECTORY/NAME"; NAME alone where the directory is "". */
char *fs_join(struct arena *arena, const char *directory, const char *name);
const char *fs_name(const char *path); /* after the last '/' */

/* The directory of a path, with its last "/": "." when it names none. */
const char *fs_directory(struct arena *arena, const char *path);
/* Where to write a file before it is renamed to its place: `.NAME.tmp-PID`
 * beside it. Sweeps the directory of such files of this user, with an ending or
 * without, whose processes are gone. What is written under the name is the
 * caller's to rename or to remove. */
const char *fs_stage(struct arena *arena, const char *place);

#endif
