/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as the files of a sheet: two hierarchies of one axis, one of
 * another, leaves and costs, each ended by a line "%". Refused, or a table
 * that obeys its relations and reads back as it was written. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "replay.h"
#include "sdc/sheet_cost.h"
#include "sdc/sheet_loss.h"

enum {
    FILES = 5,
    CELLS_LIMIT = 100000,
};

static const char *put(struct arena *arena, int number, const char *at,
                       size_t size)
{
    struct err err = {0};
    const char *path = arena_format(arena, "/tmp/panorama-fuzz-%ld-sheet%d.csv",
                                    (long)getpid(), number);
    if (!fs_write(path, at, size, &err))
        abort();
    return path;
}

/* Cuts the bytes at the lines "%"; files that are missing are empty. */
static void cut(struct arena *arena, const uint8_t *bytes, size_t size,
                const char *paths[FILES])
{
    const char *at = arena_slice(arena, (const char *)bytes, size);
    const char *end = at + size;
    for (int f = 0; f < FILES; f++) {
        const char *stop = memmem(at, (size_t)(end - at), "\n%\n", 3);
        const char *last = stop == NULL ? end : stop + 1;
        paths[f] = put(arena, f, at, (size_t)(last - at));
        at = stop == NULL ? end : stop + 3;
    }
}

static void check_relation(const struct sheet *sheet, size_t axis,
                           const struct sheet_relation *relation)
{
    size_t stride = sheet->strides[axis];
    for (size_t l = 0; l < sheet->cells / sheet->axes[axis].nodes; l++) {
        size_t base = sheet_line(sheet, axis, l);
        int64_t sum = 0;
        for (size_t p = 0; p < relation->count; p++)
            sum += sheet->counts[base + relation->parts[p] * stride];
        if (sum != sheet->counts[base + relation->total * stride])
            abort();
    }
}

static void check_sheet(struct arena *arena, struct sheet *sheet,
                        const char *path)
{
    struct err err = {0};
    const int64_t *counts = sheet->counts;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        for (size_t r = 0; r < sheet->axes[a].relation_count; r++)
            check_relation(sheet, a, &sheet->axes[a].relations[r]);
    }
    if (!sheet_write_loss(sheet, path, &err) ||
        !sheet_write(sheet, path, true, &err) ||
        !sheet_read_public(arena, sheet, path, &err) ||
        memcmp(counts, sheet->counts, sheet->cells * sizeof *counts) != 0)
        abort();
}

static void try_files(struct arena *arena, const char *const paths[FILES])
{
    const struct sheet_source sources[] = {
        {"place", paths[0]}, {"place", paths[1]}, {"sex", paths[2]}};
    struct sheet *sheet = NULL;
    struct err err = {0};
    int64_t *prices = NULL;
    bool ok = sheet_read_axes(arena, sources, COUNT_OF(sources), &sheet, &err);
    if (ok && sheet->cells > CELLS_LIMIT)
        return;
    ok = ok && sheet_read_leaves(arena, sheet, paths[3], &err);
    if (ok != (err.code == ERR_NONE) || (!ok && err.code != ERR_INPUT))
        abort();
    if (!ok)
        return;
    if (sheet_read_cost(arena, sheet, paths[4], &prices, &err) !=
        (err.code == ERR_NONE))
        abort();
    check_sheet(arena, sheet, paths[4]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const char *paths[FILES];
    cut(arena, bytes, size, paths);
    try_files(arena, paths);
    for (int f = 0; f < FILES; f++)
        unlink(paths[f]);
    arena_free(arena);
    return 0;
}
