/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a JJ instance: refused, or relations that add up; and what was
 * read, written again and read a second time, is the same. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "replay.h"
#include "sdc/jj.h"

static const char *place(struct arena *arena, const char *name)
{
    return arena_format(arena, "/tmp/panorama-fuzz-%ld-%s", (long)getpid(),
                        name);
}

static void check_relations(const struct jj *jj)
{
    const struct relations *relations = &jj->relations;
    for (size_t r = 0; r < relations->count; r++) {
        int64_t rest = jj->counts[relations->members[relations->starts[r]]];
        for (size_t m = relations->starts[r] + 1; m < relations->starts[r + 1];
             m++)
            rest -= jj->counts[relations->members[m]];
        if (rest != 0)
            abort();
    }
}

/* The file written anew, or NULL when it is refused. */
static const char *rewrite(struct arena *arena, const void *bytes, size_t size,
                           size_t *out_size)
{
    struct jj *jj = NULL;
    struct err err = {0};
    char *again = NULL;
    const char *from = place(arena, "a.jj"), *to = place(arena, "b.jj");
    if (!fs_write(from, bytes, size, &err))
        abort();
    bool ok = jj_read(arena, from, &jj, &err);
    if (ok != (err.code == ERR_NONE) || (!ok && err.code != ERR_INPUT))
        abort();
    if (ok) {
        check_relations(jj);
        if (!jj_write_csv(jj, to, false, &err) || !jj_write(jj, to, &err) ||
            !fs_read(arena, to, &again, out_size, &err))
            abort();
    }
    unlink(from);
    unlink(to);
    return again;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    size_t first, second;
    const char *once = rewrite(arena, bytes, size, &first);
    if (once != NULL) {
        const char *twice = rewrite(arena, once, first, &second);
        if (twice == NULL || first != second || memcmp(once, twice, first) != 0)
            abort();
    }
    arena_free(arena);
    return 0;
}
