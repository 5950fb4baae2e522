/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"

enum { DEPTH_MAX = 64 };

struct parser {
    struct arena *arena;   /* the tree */
    struct arena *scratch; /* until the parse ends */
    struct text piece;     /* the text or number being read, in scratch */
    const char *name;
    const char *at;
    const char *end;
    size_t line;
    int depth;
    /* The outermost array with a key, while it is open: a large file is often
     * one line, and its element says more. */
    const char *list;
    int list_depth;
    size_t element;
    struct err *err;
};

static bool fail(struct parser *parser, const char *expected)
{
    const char *where = "";
    if (parser->element > 0)
        where = arena_format(parser->scratch, " (element %zu of '%s')",
                             parser->element, parser->list);
    return err_fail(parser->err, ERR_INPUT, "json.syntax", "%s:%zu: %s%s",
                    parser->name, parser->line, expected, where);
}

/* --- bytes --------------------------------------------------------------- */

/* The byte ahead, NUL at the end: the text itself holds none. */
static char ahead(const struct parser *parser)
{
    return parser->at < parser->end ? *parser->at : '\0';
}

static bool take(struct parser *parser, char c)
{
    if (ahead(parser) != c)
        return false;
    parser->at++;
    return true;
}

static void skip_space(struct parser *parser)
{
    for (;; parser->at++) {
        char c = ahead(parser);
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return;
        parser->line += c == '\n';
    }
}

/* --- texts --------------------------------------------------------------- */

static bool take_hex4(struct parser *parser, uint32_t *unit)
{
    *unit = 0;
    for (int digit = 0; digit < 4; digit++, parser->at++) {
        static const char digits[] = "0123456789abcdefABCDEF";
        char c = ahead(parser);
        const char *found = c ? strchr(digits, c) : NULL;
        if (!found)
            return fail(parser, "expected four hexadecimal digits");
        uint32_t value = (uint32_t)(found - digits);
        *unit = *unit << 4 | (value < 16 ? value : value - 6);
    }
    return true;
}

/* \uXXXX, or two of them for a code point above U+FFFF; "\u" is taken. */
static bool take_unicode(struct parser *parser, struct text *text)
{
    uint32_t point;
    if (!take_hex4(parser, &point))
        return false;
    if (point >= 0xD800 && point <= 0xDBFF) {
        uint32_t low;
        if (!take(parser, '\\') || !take(parser, 'u'))
            return fail(parser, "expected the second half of a surrogate pair");
        if (!take_hex4(parser, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(parser, "expected the second half of a surrogate pair");
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    } else if (point >= 0xDC00 && point <= 0xDFFF) {
        return fail(parser, "second half of a surrogate pair without a first");
    }
    if (point == 0)
        return fail(parser, "\\u0000 is not allowed in text");

    char encoded[5];
    utf8_write(point, encoded);
    text_add(text, encoded);
    return true;
}

static bool take_escape(struct parser *parser, struct text *text)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char c = ahead(parser);
    const char *found = c ? strchr(letters, c) : NULL;
    if (take(parser, 'u'))
        return take_unicode(parser, text);
    if (!found)
        return fail(parser, "unknown escape in text");
    parser->at++;
    text_add_char(text, meanings[found - letters]);
    return true;
}

static bool take_text(struct parser *parser, const char **out)
{
    if (!take(parser, '"'))
        return fail(parser, "expected a text");
    struct text *text = &parser->piece;
    text_clear(text);
    while (!take(parser, '"')) {
        const char *from = parser->at;
        while (parser->at < parser->end && *parser->at != '"' &&
               *parser->at != '\\' && (unsigned char)*parser->at >= 0x20)
            parser->at++;
        text_add_bytes(text, from, (size_t)(parser->at - from));
        if (take(parser, '\\')) {
            if (!take_escape(parser, text))
                return false;
        } else if (ahead(parser) != '"') {
            return fail(parser, parser->at == parser->end
                                    ? "the file ends inside a text"
                                    : "control character in a text");
        }
    }
    *out = arena_slice(parser->arena, text->at, text->size);
    return true;
}

/* --- numbers and words --------------------------------------------------- */

static bool take_number(struct parser *parser, double *out)
{
    const char *from = parser->at;
    while (parser->at < parser->end && strchr("+-.0123456789eE", *parser->at))
        parser->at++;
    text_clear(&parser->piece);
    text_add_bytes(&parser->piece, from, (size_t)(parser->at - from));
    const char *number = parser->piece.at;
    /* num_parse_double refuses all that JSON refuses but leading zeros. */
    const char *digits = number + (*number == '-');
    bool padded = digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    if (padded || !num_parse_double(number, out))
        return fail(parser, "expected a number");
    return true;
}

static bool take_word(struct parser *parser, struct json *value)
{
    static const struct {
        const char *word;
        enum json_kind kind;
        bool truth;
    } words[] = {
        {"null", JSON_NULL, false},
        {"true", JSON_BOOL, true},
        {"false", JSON_BOOL, false},
    };
    size_t left = (size_t)(parser->end - parser->at);
    for (size_t word = 0; word < COUNT_OF(words); word++) {
        size_t size = strlen(words[word].word);
        if (left < size || memcmp(parser->at, words[word].word, size) != 0)
            continue;
        parser->at += size;
        value->kind = words[word].kind;
        value->truth = words[word].truth;
        return true;
    }
    return fail(parser, "expected a value");
}

/* --- values -------------------------------------------------------------- */

static bool take_value(struct parser *parser, struct json *value);

static struct json *new_value(struct parser *parser)
{
    struct json *value = arena_alloc(parser->arena, sizeof *value);
    value->text = "";
    value->key = "";
    return value;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_keys(struct parser *parser, const struct json *object)
{
    if (object->count < 2)
        return true;
    size_t count = 0;
    const char **keys =
        arena_array(parser->scratch, object->count, sizeof *keys);
    for (const struct json *member = object->child; member;
         member = member->next)
        keys[count++] = member->key;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t key = 1; key < count; key++) {
        if (text_same(keys[key - 1], keys[key]))
            return err_fail(parser->err, ERR_INPUT, "json.duplicate",
                            "%s:%zu: key '%s' appears twice in this object",
                            parser->name, parser->line, keys[key]);
    }
    return true;
}

static bool take_key(struct parser *parser, struct json *member)
{
    if (ahead(parser) != '"')
        return fail(parser, "expected a key");
    if (!take_text(parser, &member->key))
        return false;
    skip_space(parser);
    return take(parser, ':') || fail(parser, "expected ':'");
}

/* Elements up to `close`; the opening bracket is taken. */
static bool take_children(struct parser *parser, struct json *parent,
                          char close)
{
    const struct json **link = &parent->child;
    skip_space(parser);
    if (take(parser, close))
        return true;
    do {
        struct json *child = new_value(parser);
        if (parser->depth == parser->list_depth)
            parser->element = parent->count + 1;
        skip_space(parser);
        if (parent->kind == JSON_OBJECT && !take_key(parser, child))
            return false;
        if (!take_value(parser, child))
            return false;
        *link = child;
        link = &child->next;
        parent->count++;
        skip_space(parser);
    } while (take(parser, ','));

    if (!take(parser, close))
        return fail(parser, close == '}' ? "expected ',' or '}'"
                                         : "expected ',' or ']'");
    return parent->kind == JSON_ARRAY || check_keys(parser, parent);
}

static bool take_nested(struct parser *parser, struct json *value, char close)
{
    parser->at++;
    if (++parser->depth > DEPTH_MAX)
        return fail(parser, "nested more than 64 levels deep");
    value->kind = close == '}' ? JSON_OBJECT : JSON_ARRAY;
    bool outermost = parser->list_depth == 0 && close == ']' && *value->key;
    if (outermost) {
        parser->list = value->key;
        parser->list_depth = parser->depth;
    }
    if (!take_children(parser, value, close))
        return false;
    if (outermost) {
        parser->element = 0;
        parser->list_depth = 0;
    }
    parser->depth--;
    return true;
}

static bool take_value(struct parser *parser, struct json *value)
{
    skip_space(parser);
    char c = ahead(parser);
    if (c == '{')
        return take_nested(parser, value, '}');
    if (c == '[')
        return take_nested(parser, value, ']');
    if (c == '"') {
        value->kind = JSON_TEXT;
        return take_text(parser, &value->text);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        value->kind = JSON_NUMBER;
        return take_number(parser, &value->number);
    }
    return take_word(parser, value);
}

bool json_parse(struct arena *arena, const char *name, const char *bytes,
                size_t size, const struct json **out, struct err *err)
{
    if (!utf8_valid(bytes, size))
        return err_fail(err, ERR_INPUT, "json.utf8", "%s: not UTF-8 text",
                        name);
    struct arena *scratch = arena_new();
    struct parser parser = {
        .arena = arena,
        .scratch = scratch,
        .piece = text_new(scratch),
        .name = name,
        .at = bytes,
        .end = bytes + size,
        .line = 1,
        .err = err,
    };
    struct json *root = new_value(&parser);
    bool ok = take_value(&parser, root);
    if (ok) {
        skip_space(&parser);
        ok = parser.at == parser.end ||
             fail(&parser, "expected the end of the file");
    }
    arena_free(scratch);
    if (ok)
        *out = root;
    return ok;
}

/* --- looking up ---------------------------------------------------------- */

const struct json *json_get(const struct json *object, const char *key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    const struct json *member = object->child;
    while (member && !text_same(member->key, key))
        member = member->next;
    return member;
}

const char *json_get_text(const struct json *object, const char *key)
{
    const struct json *member = json_get(object, key);
    return member && member->kind == JSON_TEXT ? member->text : "";
}
