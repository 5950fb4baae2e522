/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON: the tree of what is well formed, the words for what is not. */
#include "check.h"

#include "fuzz/json_again.h"

static const char *parse(struct arena *arena, const char *bytes, size_t size)
{
    const struct json *root = NULL;
    struct err err = {0};
    struct text out = text_new(arena);
    /* An exact copy, so that the sanitizer sees a read past the end. */
    const char *copy = arena_slice(arena, bytes, size);
    if (json_parse(arena, "t.json", copy, size, &root, &err)) {
        json_again(&out, root);
        return out.at;
    }
    CHECK(root == NULL);
    CHECK_INT(err.code, ERR_INPUT);
    return arena_text(arena, err.text);
}

TEST(well_formed_documents_become_trees)
{
    static const struct {
        const char *bytes;
        const char *want;
    } cases[] = {
        {"null", "null"},
        {" true ", "true"},
        {"\t\r\nfalse\n", "false"},
        {"0", "0"},
        {"-0", "0"},
        {"-12.5e2", "-1250"},
        {"1E+2", "100"},
        {"\"\"", "\"\""},
        {"\"é€😀\"", "\"é€😀\""},
        {"\"\\u00e9\\u20AC\\ud83d\\uDE00\"", "\"é€😀\""},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""},
        {"[]", "[]"},
        {"[ ]", "[]"},
        {"{}", "{}"},
        {"[1, [2, []], {\"a\" : null}]", "[1,[2,[]],{\"a\":null}]"},
        {"{\"b\":1,\"a\":{\"b\":2},\"\":3}",
         "{\"b\":1,\"a\":{\"b\":2},\"\":3}"},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_TEXT(parse(arena, cases[at].bytes, strlen(cases[at].bytes)),
                   cases[at].want);
    arena_free(arena);
}

TEST(malformed_documents_are_refused_at_their_line)
{
    static const struct {
        const char *bytes;
        const char *want;
    } cases[] = {
        {"", "t.json:1: expected a value"},
        {"nul", "t.json:1: expected a value"},
        {"nulls", "t.json:1: expected the end of the file"},
        {"1 2", "t.json:1: expected the end of the file"},
        {"01", "t.json:1: expected a number"},
        {"-", "t.json:1: expected a number"},
        {"-01", "t.json:1: expected a number"},
        {"1.", "t.json:1: expected a number"},
        {"1e", "t.json:1: expected a number"},
        {"1-2", "t.json:1: expected a number"},
        {"1e999", "t.json:1: expected a number"},
        {".5", "t.json:1: expected a value"},
        {"+1", "t.json:1: expected a value"},
        {"NaN", "t.json:1: expected a value"},
        {"[1,\n2,]", "t.json:2: expected a value"},
        {"[1\n2]", "t.json:2: expected ',' or ']'"},
        {"[", "t.json:1: expected a value"},
        {"[1", "t.json:1: expected ',' or ']'"},
        {"[1}", "t.json:1: expected ',' or ']'"},
        {"{\"a\":1\n", "t.json:2: expected ',' or '}'"},
        {"{\"a\" 1}", "t.json:1: expected ':'"},
        {"{\"a\":}", "t.json:1: expected a value"},
        {"{\"a\":[1,{\"b\":[0,NaN]}]}",
         "t.json:1: expected a value (element 2 of 'a')"},
        {"{\"a\":[1,2],\"b\":NaN}", "t.json:1: expected a value"},
        {"{\"a\":[1,2", "t.json:1: expected ',' or ']' (element 2 of 'a')"},
        {"{\"a\":[1,{\"b\":[0,NaN]}]}",
         "t.json:1: expected a value (element 2 of 'a')"},
        {"{\"a\":[1,2],\"b\":NaN}", "t.json:1: expected a value"},
        {"{\"a\":[1,2", "t.json:1: expected ',' or ']' (element 2 of 'a')"},
        {"{a:1}", "t.json:1: expected a key"},
        {"{\"a\":1,}", "t.json:1: expected a key"},
        {"{\"b\":1,\n\"a\":2,\"b\":3}",
         "t.json:2: key 'b' appears twice in this object"},
        {"{\"\\u0061\":1,\"a\":2}",
         "t.json:1: key 'a' appears twice in this object"},
        {"\"a", "t.json:1: the file ends inside a text"},
        {"\"a\\", "t.json:1: unknown escape in text"},
        {"\"a\nb\"", "t.json:1: control character in a text"},
        {"\"\\x\"", "t.json:1: unknown escape in text"},
        {"\"\\u12g4\"", "t.json:1: expected four hexadecimal digits"},
        {"\"\\u12", "t.json:1: expected four hexadecimal digits"},
        {"\"\\u0000\"", "t.json:1: \\u0000 is not allowed in text"},
        {"\"\\ud83d\"",
         "t.json:1: expected the second half of a surrogate pair"},
        {"\"\\ud83d\\u0041\"",
         "t.json:1: expected the second half of a surrogate pair"},
        {"\"\\ude00\"",
         "t.json:1: second half of a surrogate pair without a first"},
        {"\"\xE9\"", "t.json: not UTF-8 text"},
        {"\xEF\xBB\xBF{}", "t.json:1: expected a value"},
    };
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++)
        CHECK_TEXT(parse(arena, cases[at].bytes, strlen(cases[at].bytes)),
                   cases[at].want);
    CHECK_TEXT(parse(arena, "[1,\0]", 5), "t.json: not UTF-8 text");
    arena_free(arena);
}

TEST(only_the_bytes_given_are_read)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(parse(arena, "123456", 3), "123");
    CHECK_TEXT(parse(arena, "[1]]", 3), "[1]");
    CHECK_TEXT(parse(arena, "\"ab\"", 3),
               "t.json:1: the file ends inside a text");
    CHECK_TEXT(parse(arena, "true", 3), "t.json:1: expected a value");
    arena_free(arena);
}

TEST(nesting_stops_at_64_levels)
{
    struct arena *arena = arena_new();
    struct text text = text_new(arena);
    for (int level = 0; level < 64; level++)
        text_add(&text, "[");
    for (int level = 0; level < 64; level++)
        text_add(&text, "]");
    CHECK_TEXT(parse(arena, text.at, text.size), text.at);
    const char *deeper = arena_format(arena, "[%s]", text.at);
    CHECK_TEXT(parse(arena, deeper, strlen(deeper)),
               "t.json:1: nested more than 64 levels deep");
    /* Depth, not the number of brackets. */
    const char *wide =
        arena_format(arena, "[%.126s,%.126s]", text.at + 1, text.at + 1);
    CHECK_TEXT(parse(arena, wide, strlen(wide)), wide);
    arena_free(arena);
}

TEST(members_are_found_by_key)
{
    static const char bytes[] = "{\"a\":\"x\",\"b\":2,\"c\":{\"d\":\"y\"}}";
    struct arena *arena = arena_new();
    const struct json *root = NULL;
    struct err err = {0};
    CHECK(json_parse(arena, "t", bytes, sizeof bytes - 1, &root, &err));
    CHECK_TEXT(json_get_text(root, "a"), "x");
    CHECK_TEXT(json_get_text(root, "b"), "");
    CHECK_TEXT(json_get_text(root, "z"), "");
    CHECK_TEXT(json_get_text(json_get(root, "c"), "d"), "y");
    CHECK_NEAR(json_get(root, "b")->number, 2, 0);
    CHECK(json_get(root, "z") == NULL);
    CHECK(json_get(json_get(root, "b"), "a") == NULL);
    CHECK_TEXT(json_get_text(json_get(root, "z"), "a"), "");
    arena_free(arena);
}

TEST(a_large_object_is_read_in_order)
{
    struct arena *arena = arena_new();
    struct text text = text_new(arena);
    text_add_char(&text, '{');
    for (int at = 0; at < 40000; at++)
        text_format(&text, "%s\"%05d\":%d", at ? "," : "", 39999 - at, at);
    text_add_char(&text, '}');
    CHECK(strcmp(parse(arena, text.at, text.size), text.at) == 0);
    arena_free(arena);
}

RUN(CASE(well_formed_documents_become_trees),
    CASE(malformed_documents_are_refused_at_their_line),
    CASE(only_the_bytes_given_are_read), CASE(nesting_stops_at_64_levels),
    CASE(members_are_found_by_key), CASE(a_large_object_is_read_in_order))
