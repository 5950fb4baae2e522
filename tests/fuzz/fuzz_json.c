/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as JSON: parsed without harm, and a tree, written out again and
 * parsed a second time, is the same. */
#include <stdlib.h>
#include <string.h>

#include "json_again.h"
#include "replay.h"

static const char *rewrite(struct arena *arena, const char *bytes, size_t size)
{
    const struct json *root = NULL;
    struct err err = {0};
    struct text out = text_new(arena);
    if (!json_parse(arena, "input", bytes, size, &root, &err)) {
        if (err.code != ERR_INPUT || root)
            abort();
        return NULL;
    }
    json_again(&out, root);
    return out.at;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    const char *once = rewrite(arena, (const char *)bytes, size);
    if (once) {
        const char *twice = rewrite(arena, once, strlen(once));
        if (!twice || strcmp(once, twice) != 0)
            abort();
    }
    arena_free(arena);
    return 0;
}
