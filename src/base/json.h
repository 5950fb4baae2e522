/* SPDX-License-Identifier: EUPL-1.2 */
/* base/json.h - JSON: a strict reader into a tree, and small helpers to write.
 *
 * RFC 8259, UTF-8, nesting at most 64, duplicate keys refused. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/err.h"
#include "base/text.h"

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json {
    enum json_kind kind;
    bool truth;
    double number;
    const char *text;
    const char *key;          /* in an object, else "" */
    const struct json *child; /* first element or member */
    const struct json *next;  /* sibling */
    size_t count;             /* children */
};

/* `name` is used in messages: "name:line: expected ...", followed by the
 * element of the outermost keyed array that was being read, from 1: "(element
 * 3 of 'features')". ERR_INPUT. */
bool json_parse(struct arena *arena, const char *name, const char *bytes,
                size_t size, const struct json **out, struct err *err) MUST_USE;
/* Member of an object, or NULL. */
const struct json *json_get(const struct json *object, const char *key);
/* Text of a member, or "" when absent or of another kind. */
const char *json_get_text(const struct json *object, const char *key);

#endif
