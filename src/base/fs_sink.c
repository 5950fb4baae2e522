/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

enum { BUFFER_SIZE = 64 * 1024 };

struct sink {
    struct arena *arena;
    const char *path;
    int file; /* -1: not open */
    bool committed;
    struct err failure; /* the first one */
    size_t used;
    char *buffer;
};

static void latch(struct sink *sink, const char *id, const char *verb)
{
    err_fail(&sink->failure, ERR_IO, id, "cannot %s '%s': %s", verb, sink->path,
             strerror(errno));
}

static bool is_failed(const struct sink *sink)
{
    return sink->failure.code != ERR_NONE;
}

static struct sink *open_as(struct arena *arena, const char *path, mode_t mode)
{
    struct sink *sink = arena_alloc(arena, sizeof *sink);
    sink->arena = arena;
    sink->path = arena_text(arena, path);
    sink->buffer = arena_alloc(arena, BUFFER_SIZE);
    do {
        sink->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    } while (sink->file < 0 && errno == EINTR);
    if (sink->file < 0)
        latch(sink, "fs.open", "open");
    return sink;
}

struct sink *sink_open(struct arena *arena, const char *path)
{
    return open_as(arena, path, 0644);
}

/* The mode of open() is that of a new file only. */
struct sink *sink_open_private(struct arena *arena, const char *path)
{
    struct stat found;
    struct sink *sink = open_as(arena, path, 0600);
    if (!is_failed(sink) && fstat(sink->file, &found) == 0 &&
        S_ISREG(found.st_mode) && fchmod(sink->file, 0600) != 0)
        latch(sink, "fs.mode", "keep to its owner");
    return sink;
}

static void write_out(struct sink *sink, const char *at, size_t size)
{
    while (size > 0 && !is_failed(sink)) {
        ssize_t done = write(sink->file, at, size);
        if (done < 0 && errno != EINTR)
            latch(sink, "fs.write", "write");
        if (done > 0) {
            at += done;
            size -= (size_t)done;
        }
    }
}

static void flush(struct sink *sink)
{
    write_out(sink, sink->buffer, sink->used);
    sink->used = 0;
}

void sink_write(struct sink *sink, const void *bytes, size_t size)
{
    assert(!sink->committed);
    if (is_failed(sink) || size == 0)
        return;
    if (size > BUFFER_SIZE - sink->used)
        flush(sink);
    if (size >= BUFFER_SIZE) {
        write_out(sink, bytes, size);
        return;
    }
    memcpy(sink->buffer + sink->used, bytes, size);
    sink->used += size;
}

void sink_text(struct sink *sink, const char *text)
{
    sink_write(sink, text, strlen(text));
}

void sink_format(struct sink *sink, const char *format, ...)
{
    char line[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(line, sizeof line, format, args);
    assert(size >= 0);
    if ((size_t)size < sizeof line) {
        sink_write(sink, line, (size_t)size);
    } else {
        char *longer = arena_alloc(sink->arena, (size_t)size + 1);
        vsnprintf(longer, (size_t)size + 1, format, again);
        sink_write(sink, longer, (size_t)size);
    }
    va_end(again);
    va_end(args);
}

bool sink_commit(struct sink *sink, struct err *err)
{
    assert(!sink->committed);
    sink->committed = true;
    flush(sink);
    /* EINVAL: pipes and devices have nothing to sync. */
    if (!is_failed(sink) && fsync(sink->file) != 0 && errno != EINVAL)
        latch(sink, "fs.sync", "write to disk");
    if (sink->file >= 0 && close(sink->file) != 0 && errno != EINTR &&
        !is_failed(sink))
        latch(sink, "fs.close", "close");
    if (is_failed(sink))
        return err_fail(err, sink->failure.code, sink->failure.id, "%s",
                        sink->failure.text);
    return true;
}

bool sink_commit_whole(struct sink *sink, struct err *err)
{
    struct stat found;
    bool file = sink->file >= 0 && fstat(sink->file, &found) == 0 &&
                S_ISREG(found.st_mode);
    bool ok = sink_commit(sink, err);
    if (!ok && file)
        unlink(sink->path);
    return ok;
}
