/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a CSV file: read without harm, and what was read, written out
 * again and read a second time, is the same. What begins like gzip goes
 * through the inflating reader. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/fs.h"
#include "replay.h"

static void add_row(struct text *out, const struct csv *csv, bool header)
{
    for (size_t column = 0; column < csv_columns(csv); column++) {
        if (column > 0)
            text_add_char(out, ',');
        csv_add_field(
            out, header ? csv_column_name(csv, column) : csv_field(csv, column),
            ',');
    }
    text_add_char(out, '\n');
}

/* The file written anew, or NULL when it is refused. */
static const char *rewrite(struct arena *arena, const char *path)
{
    struct csv *csv = NULL;
    struct err err = {0};
    struct text out = text_new(arena);
    bool more = true;
    bool ok = csv_open(arena, path, &csv, &err);
    if (ok)
        add_row(&out, csv, true);
    while (ok && (ok = csv_next(csv, &more, &err)) && more)
        add_row(&out, csv, false);
    csv_close(csv);
    if (ok != (err.code == ERR_NONE))
        abort();
    return ok ? out.at : NULL;
}

static const char *rewrite_bytes(struct arena *arena, const char *name,
                                 const void *bytes, size_t size)
{
    struct err err = {0};
    int64_t process = getpid();
    const char *path = arena_format(arena, "/tmp/panorama-fuzz-%lld-%s",
                                    (long long)process, name);
    if (!fs_write(path, bytes, size, &err))
        abort();
    const char *out = rewrite(arena, path);
    unlink(path);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    bool zipped = size > 1 && bytes[0] == 0x1F && bytes[1] == 0x8B;
    const char *once =
        rewrite_bytes(arena, zipped ? "a.csv.gz" : "a.csv", bytes, size);
    if (once) {
        const char *twice = rewrite_bytes(arena, "b.csv", once, strlen(once));
        if (!twice || strcmp(once, twice) != 0)
            abort();
    }
    arena_free(arena);
    return 0;
}
