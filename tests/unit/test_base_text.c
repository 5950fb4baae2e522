/* SPDX-License-Identifier: EUPL-1.2 */
/* Arenas and text that is being written. */
#include "base/arena.h"
#include "base/text.h"
#include "check.h"

#include <stdalign.h>

TEST(memory_comes_zeroed_aligned_and_apart)
{
    struct arena *arena = arena_new();
    unsigned char *blocks[300];
    for (size_t at = 0; at < COUNT_OF(blocks); at++) {
        size_t size = at * at; /* up to 89 KiB: shared and lone blocks */
        blocks[at] = arena_alloc(arena, size);
        CHECK((uintptr_t)blocks[at] % alignof(max_align_t) == 0);
        for (size_t byte = 0; byte < size; byte++)
            CHECK(blocks[at][byte] == 0);
        memset(blocks[at], (int)(at % 251), size);
    }
    unsigned char *room = arena_room(arena, 10); /* of any content */
    CHECK((uintptr_t)room % alignof(max_align_t) == 0);
    memset(room, 0xFF, 10);
    for (size_t at = 0; at < COUNT_OF(blocks); at++) {
        for (size_t byte = 0; byte < at * at; byte++)
            CHECK(blocks[at][byte] == at % 251);
    }
    arena_free(arena);
    arena_free(NULL);
    arena_wipe(NULL);
}

/* How many of 600 secret bytes are still there after the arena ended. */
static size_t secrets_left(void (*end)(struct arena *arena))
{
    enum { SIZE = 600 };
    struct arena *arena = arena_new();
    unsigned char *secret = arena_alloc(arena, SIZE);
    memset(secret, 0xA7, SIZE);
    memset(arena_alloc(arena, 3000000), 0xA7, 3000000); /* a block of its own */
    uintptr_t where = (uintptr_t)secret;
    end(arena);

    size_t left = 0;
#ifndef __SANITIZE_ADDRESS__
    /* Freed memory, looked at on purpose: small blocks stay mapped. */
    const volatile unsigned char *there = (unsigned char *)where;
    for (size_t at = 0; at < SIZE; at++)
        left += there[at] == 0xA7;
#else
    (void)where;
#endif
    return left;
}

TEST(a_wiped_arena_leaves_nothing_in_memory)
{
    CHECK_INT(secrets_left(arena_wipe), 0);
#ifndef __SANITIZE_ADDRESS__
    CHECK(secrets_left(arena_free) > 500); /* the look itself works */
#endif
}

TEST(a_growing_array_keeps_its_contents)
{
    struct arena *arena = arena_new();
    int *numbers = NULL;
    size_t capacity = 0;
    for (size_t at = 0; at < 10000; at++) {
        numbers = arena_grow(arena, numbers, at, &capacity, sizeof *numbers);
        CHECK(capacity > at);
        numbers[at] = (int)at * 3;
    }
    for (size_t at = 0; at < 10000; at++)
        CHECK_INT(numbers[at], at * 3);
    arena_free(arena);
}

TEST(copies_of_text_end_with_nul)
{
    struct arena *arena = arena_new();
    CHECK_TEXT(arena_text(arena, ""), "");
    CHECK_TEXT(arena_text(arena, "sein"), "sein");
    CHECK_TEXT(arena_slice(arena, "seins", 4), "sein");
    CHECK_TEXT(arena_format(arena, "%s-%d", "sein", 2021), "sein-2021");
    arena_free(arena);
}

TEST(text_grows_from_pieces_of_any_size)
{
    struct arena *arena = arena_new();
    struct text text = text_new(arena);
    CHECK_TEXT(text.at, "");
    text_add(&text, "ab");
    text_add_char(&text, 'c');
    text_add_bytes(&text, "defg", 2);
    text_format(&text, "%03d", 7);
    CHECK_TEXT(text.at, "abcde007");
    CHECK_INT(text.size, 8);

    text_clear(&text);
    CHECK_TEXT(text.at, "");
    for (size_t at = 0; at < 5000; at++)
        text_format(&text, "%04zu", at);
    CHECK_INT(text.size, 20000);
    CHECK_INT(strlen(text.at), 20000);
    CHECK(strncmp(text.at + 4 * 1234, "1234", 4) == 0);
    arena_free(arena);
}

TEST(formatting_at_every_fill_level_is_whole)
{
    struct arena *arena = arena_new();
    for (size_t fill = 0; fill < 140; fill++) {
        struct text text = text_new(arena);
        for (size_t at = 0; at < fill; at++)
            text_add_char(&text, '.');
        text_format(&text, "<%s>", "0123456789");
        CHECK_INT(text.size, fill + 12);
        CHECK_TEXT(text.at + fill, "<0123456789>");
    }
    arena_free(arena);
}

TEST(xml_escapes_what_markup_would_read)
{
    struct arena *arena = arena_new();
    struct text text = text_new(arena);
    text_add_xml(&text, "<a b=\"c\">&amp; l’été\t'\n\r\x01</a>");
    CHECK_TEXT(text.at, "&lt;a b=&quot;c&quot;&gt;&amp;amp; l’été\t'\n"
                        "&#13;\xEF\xBF\xBD&lt;/a&gt;");
    arena_free(arena);
}

TEST(json_escapes_quotes_controls_and_the_end_of_a_script)
{
    struct arena *arena = arena_new();
    struct text text = text_new(arena);
    text_add_json(&text, "a\"b\\c/d\n\t\r\b\f\x01é < 5</script><!--");
    CHECK_TEXT(text.at, "\"a\\\"b\\\\c/d\\n\\t\\r\\b\\f\\u0001é < 5"
                        "\\u003c/script>\\u003c!--\"");
    arena_free(arena);
}

TEST(prefixes_and_suffixes_are_compared_whole)
{
    CHECK(text_starts("carte.svg", "carte"));
    CHECK(text_starts("carte", ""));
    CHECK(!text_starts("car", "carte"));
    CHECK(text_ends("carte.svg", ".svg"));
    CHECK(text_ends("carte", ""));
    CHECK(!text_ends("svg", ".svg"));
    CHECK(!text_has_control("Île d’Yeu", ""));
    CHECK(text_has_control("a\tb", ""));
    CHECK(!text_has_control("a\tb", "\n\t"));
    CHECK(text_has_control("a\tb\x1b", "\n\t"));
    CHECK(text_same("a", "a"));
    CHECK(!text_same("a", "A"));
}

TEST(the_distance_of_two_texts_counts_changes_of_one_byte)
{
    static const struct {
        const char *a, *b;
        size_t want;
    } cases[] = {
        {"", "", 0},         {"", "abc", 3},           {"abc", "", 3},
        {"site", "site", 0}, {"site", "sites", 1},     {"stie", "site", 2},
        {"sx", "sex", 1},    {"kitten", "sitting", 3},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        CHECK_INT(text_distance(cases[c].a, cases[c].b), cases[c].want);
        CHECK_INT(text_distance(cases[c].b, cases[c].a), cases[c].want);
    }
    char same[TEXT_DISTANCE_MOST + 9], other[TEXT_DISTANCE_MOST + 9];
    memset(same, 'a', sizeof same);
    memset(other, 'a', sizeof other);
    same[sizeof same - 1] = other[sizeof other - 1] = '\0';
    other[TEXT_DISTANCE_MOST] = 'b'; /* after what counts */
    CHECK_INT(text_distance(same, other), 0);
    other[TEXT_DISTANCE_MOST - 1] = 'b';
    CHECK_INT(text_distance(same, other), 1);
}

TEST(a_text_from_a_file_has_no_mark_and_ends_lines_one_way)
{
    static const char *const cases[][2] = {
        {"\uFEFFa\r\nb\r\n", "a\nb\n"},
        {"a\rb\nc", "a\rb\nc"},
        {"\uFEFF", ""},
        {"a\uFEFF\r", "a\uFEFF\r"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[20];
        snprintf(text, sizeof text, "%s", cases[i][0]);
        text_from_file(text);
        CHECK_TEXT(text, cases[i][1]);
    }
}

TEST(splitting_and_joining_are_opposites)
{
    static const char *const cases[] = {"a", "a,b", ",", "a,,b", ",a,", "a,b,"};
    struct arena *arena = arena_new();
    for (size_t at = 0; at < COUNT_OF(cases); at++) {
        char **pieces = NULL;
        size_t count = text_split(arena, cases[at], ',', &pieces);
        CHECK_TEXT(text_join(arena, (const char *const *)pieces, count, ","),
                   cases[at]);
    }
    char **pieces = NULL;
    CHECK_INT(text_split(arena, "", ',', &pieces), 0);
    CHECK_INT(text_split(arena, "a,,b", ',', &pieces), 3);
    CHECK_TEXT(pieces[0], "a");
    CHECK_TEXT(pieces[1], "");
    CHECK_TEXT(pieces[2], "b");
    CHECK_TEXT(text_join(arena, NULL, 0, ","), "");
    arena_free(arena);
}

RUN(CASE(memory_comes_zeroed_aligned_and_apart),
    CASE(a_wiped_arena_leaves_nothing_in_memory),
    CASE(a_growing_array_keeps_its_contents), CASE(copies_of_text_end_with_nul),
    CASE(text_grows_from_pieces_of_any_size),
    CASE(formatting_at_every_fill_level_is_whole),
    CASE(xml_escapes_what_markup_would_read),
    CASE(json_escapes_quotes_controls_and_the_end_of_a_script),
    CASE(prefixes_and_suffixes_are_compared_whole),
    CASE(the_distance_of_two_texts_counts_changes_of_one_byte),
    CASE(a_text_from_a_file_has_no_mark_and_ends_lines_one_way),
    CASE(splitting_and_joining_are_opposites))
