/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as JSON: parsed without harm, and a tree, written out again and
 * parsed a second time, is the same. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/num.h"
#include "replay.h"

static void unparse(struct text *out, const struct json *value);

static void unparse_children(struct text *out, const struct json *value)
{
    bool object = value->kind == JSON_OBJECT;
    size_t count = 0;
    text_add_char(out, object ? '{' : '[');
    for (const struct json *child = value->child; child; child = child->next) {
        if (count++ > 0)
            text_add_char(out, ',');
        if (object) {
            text_add_json(out, child->key);
            text_add_char(out, ':');
        }
        unparse(out, child);
    }
    text_add_char(out, object ? '}' : ']');
    if (count != value->count)
        abort();
}

static void unparse(struct text *out, const struct json *value)
{
    switch (value->kind) {
    case JSON_NULL:
        text_add(out, "null");
        return;
    case JSON_BOOL:
        text_add(out, value->truth ? "true" : "false");
        return;
    case JSON_NUMBER:
        num_print_shortest(out, value->number);
        return;
    case JSON_TEXT:
        text_add_json(out, value->text);
        return;
    case JSON_ARRAY:
    case JSON_OBJECT:
        unparse_children(out, value);
    }
}

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
    unparse(&out, root);
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
