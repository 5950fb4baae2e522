/* SPDX-License-Identifier: EUPL-1.2 */
/* What is packed comes back, read by another program's library. */
#include "check.h"

#include <libdeflate.h>
#include <string.h>

#include "device/png_impl.h"

static void comes_back(const unsigned char *bytes, size_t size)
{
    struct arena *arena = arena_new();
    size_t packed = 0, found = 0;
    const unsigned char *at = png_pack(arena, bytes, size, &packed);
    unsigned char *got = arena_alloc(arena, size);
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    CHECK_INT(
        libdeflate_zlib_decompress(unpacker, at, packed, got, size, &found),
        LIBDEFLATE_SUCCESS);
    CHECK_INT(found, size);
    CHECK(memcmp(got, bytes, size) == 0);
    libdeflate_free_decompressor(unpacker);
    arena_free(arena);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

TEST(short_pieces_come_back)
{
    static const unsigned char pieces[] = "aaaabaaaabcabcabcabc";
    for (size_t size = 1; size < sizeof pieces; size++)
        comes_back(pieces, size);
    static const unsigned char zero[1] = {0};
    comes_back(zero, 1);
}

/* Runs are cut at 258 bytes; every length there is once. */
TEST(runs_of_every_length_come_back)
{
    struct arena *arena = arena_new();
    enum { LONGEST = 600 };
    unsigned char *bytes = arena_alloc(arena, LONGEST * LONGEST);
    size_t size = 0;
    for (size_t run = 1; run < LONGEST; run++) {
        memset(bytes + size, (int)(run * 7 % 251), run);
        size += run;
    }
    comes_back(bytes, size);
    memset(bytes, 0, size);
    comes_back(bytes, size);
    arena_free(arena);
}

/* Rows like one before, up to further back than deflate reaches. */
TEST(matches_of_every_distance_come_back)
{
    struct arena *arena = arena_new();
    enum { SIZE = 200000, PHRASE = 40 };
    unsigned char *bytes = arena_alloc(arena, SIZE);
    uint32_t state = 5;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(next_random(&state) % 200);
    for (size_t at = 60000; at + PHRASE < SIZE; at += 997) {
        size_t back = 1 + next_random(&state) % 40000;
        memcpy(bytes + at, bytes + at - back, back < PHRASE ? back : PHRASE);
    }
    comes_back(bytes, SIZE);
    arena_free(arena);
}

/* Uses that grow like Fibonacci's numbers make the deepest tree there is. */
TEST(codes_deeper_than_deflate_allows_are_flattened)
{
    struct arena *arena = arena_new();
    enum { SYMBOLS = 26, ROOM = 600000 };
    unsigned char *bytes = arena_alloc(arena, ROOM);
    size_t left[SYMBOLS], all = 0, size = 0;
    for (size_t s = 0; s < SYMBOLS; s++) {
        left[s] = s < 2 ? 1 : left[s - 1] + left[s - 2];
        all += left[s];
    }
    uint32_t state = 9;
    for (; all > 0 && size < ROOM; all--) {
        size_t pick = next_random(&state) % all, s = 0;
        for (; pick >= left[s]; s++)
            pick -= left[s];
        left[s]--;
        bytes[size++] = (unsigned char)(s * 9);
    }
    comes_back(bytes, size);
    arena_free(arena);
}

TEST(parts_of_too_many_colours_are_refused_before_the_last)
{
    enum { SIDE = 256, MOST = 1 << 15 };
    struct arena *arena = arena_new();
    struct png_parts *parts = png_parts_new(arena, SIDE, SIDE);
    struct pixels row = {
        .width = SIDE,
        .height = 1,
        .first = 0,
        .at = arena_array(arena, SIDE, sizeof(uint32_t)),
    };
    uint32_t colour = 0;
    bool fits = true;
    while (fits && row.first < SIDE) {
        for (size_t x = 0; x < SIDE; x++)
            row.at[x] = colour++;
        fits = png_parts_add(parts, &row);
        row.first += fits;
    }
    CHECK(!fits);
    CHECK_INT(row.first, MOST / SIDE);
    arena_free(arena);
}

RUN(CASE(parts_of_too_many_colours_are_refused_before_the_last),
    CASE(short_pieces_come_back), CASE(runs_of_every_length_come_back),
    CASE(matches_of_every_distance_come_back),
    CASE(codes_deeper_than_deflate_allows_are_flattened))
