/* SPDX-License-Identifier: EUPL-1.2 */
/* json_again.h - a tree of JSON written back in one canonical line, in which
 * every value has as many children as it says. */
#ifndef JSON_AGAIN_H
#define JSON_AGAIN_H

#include <assert.h>

#include "base/json.h"
#include "base/num.h"

static inline void json_again(struct text *out, const struct json *value);

static inline void json_children_again(struct text *out,
                                       const struct json *value)
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
        json_again(out, child);
    }
    assert(count == value->count);
    text_add_char(out, object ? '}' : ']');
}

static inline void json_again(struct text *out, const struct json *value)
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
        json_children_again(out, value);
    }
}

#endif
