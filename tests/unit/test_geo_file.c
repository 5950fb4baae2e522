/* SPDX-License-Identifier: EUPL-1.2 */
/* Boundary files: what is written is read back, and damage is refused. */
#include "base/fs.h"
#include "check.h"
#include "geo/geo_impl.h"

static const int32_t left_xy[] = {100, 0, 0, 0, 0, 100, 100, 100};
static const int32_t middle_xy[] = {100, 100, 100, 0};
static const int32_t right_xy[] = {100, 0, 230, 0, 230, 100, 100, 100};
static const struct geo_arc arcs[] = {
    {left_xy, 4, 0, 0}, {middle_xy, 2, 0, 2}, {right_xy, 4, 0, 0}};
static const int32_t left_ring[] = {0, 1};
static const int32_t right_ring[] = {~1, ~2};
static const struct geo_ring rings[] = {{left_ring, 2}, {right_ring, 2}};
static const struct geo_area areas[] = {{"1", "Gauche", 0, &rings[0], 1},
                                        {"2", "Droite", 0, &rings[1], 1}};
static const struct geo_panel panels[] = {{
    .id = "main",
    .label = {"Tout", "All"},
    .epsg = 2154,
    .min_x = -12.5,
    .min_y = 7,
    .max_x = 11,
    .max_y = 18,
    .frame_x = 10,
    .frame_y = 20,
    .frame_width = 30,
    .frame_height = 40,
    .scale_bar_km = 2.5,
    .boxed = true,
}};
static const struct geo_level level = {.level = "square",
                                       .layout = "two",
                                       .vintage = "V",
                                       .licence = "L",
                                       .panels = panels,
                                       .panel_count = 1,
                                       .arcs = arcs,
                                       .arc_count = 3,
                                       .areas = areas,
                                       .area_count = 2};

static struct text encoded(struct arena *arena)
{
    struct text bytes = text_new(arena);
    geo_encode(&level, &bytes);
    return bytes;
}

static bool decode(struct arena *arena, const struct text *bytes,
                   struct geo_level *out, struct err *err)
{
    return geo_head_check(bytes->at, bytes->size, err) &&
           geo_decode(arena, bytes->at + GEO_HEAD_SIZE,
                      bytes->size - GEO_HEAD_SIZE, out, err);
}

TEST(a_level_survives_writing_and_reading)
{
    struct arena *arena = arena_new();
    struct text bytes = encoded(arena);
    struct geo_level out;
    struct err err = {0};
    CHECK(decode(arena, &bytes, &out, &err));
    CHECK_TEXT(out.level, "square");
    CHECK_TEXT(out.layout, "two");
    CHECK_TEXT(out.licence, "L");
    CHECK_TEXT(out.panels[0].label[LANG_EN], "All");
    CHECK_NEAR(out.panels[0].min_x, -12.5, 1e-12);
    CHECK_NEAR(out.panels[0].max_y, 18, 1e-12);
    CHECK_NEAR(out.panels[0].scale_bar_km, 2.5, 1e-12);
    CHECK_NEAR(out.panels[0].frame_height, 40, 1e-12);
    CHECK_INT(out.panels[0].epsg, 2154);
    CHECK_INT(out.arc_count, 3);
    for (size_t a = 0; a < 3; a++) {
        CHECK_INT(out.arcs[a].rank, arcs[a].rank);
        CHECK_INT(out.arcs[a].count, arcs[a].count);
        CHECK(memcmp(out.arcs[a].xy, arcs[a].xy,
                     2 * arcs[a].count * sizeof(int32_t)) == 0);
    }
    CHECK_TEXT(out.areas[1].code, "2");
    CHECK_TEXT(out.areas[1].label, "Droite");
    CHECK_INT(out.areas[1].rings[0].arcs[0], ~1);
    arena_free(arena);
}

TEST(every_cut_file_is_refused)
{
    struct arena *arena = arena_new();
    struct text bytes = encoded(arena);
    for (size_t size = 0; size < bytes.size; size++) {
        struct text cut = bytes;
        struct err err = {0};
        struct geo_level out;
        cut.size = size;
        CHECK(!decode(arena, &cut, &out, &err));
        CHECK_INT(err.code, ERR_INPUT);
    }
    arena_free(arena);
}

TEST(every_changed_byte_is_refused)
{
    struct arena *arena = arena_new();
    struct text bytes = encoded(arena);
    for (size_t at = 0; at < bytes.size; at++) {
        struct err err = {0};
        struct geo_level out;
        bytes.at[at] ^= 0x20;
        CHECK(!decode(arena, &bytes, &out, &err));
        CHECK_INT(err.code, ERR_INPUT);
        bytes.at[at] ^= 0x20;
    }
    arena_free(arena);
}

/* Without the checksum the reader still believes nothing: what it accepts
 * can be walked. */
TEST(every_changed_bit_of_the_body_is_refused_or_harmless)
{
    struct arena *arena = arena_new();
    struct text bytes = encoded(arena);
    size_t refused = 0;
    for (size_t bit = 8 * GEO_HEAD_SIZE; bit < 8 * bytes.size; bit++) {
        struct err err = {0};
        struct geo_level out;
        char mask = (char)(1 << bit % 8);
        bytes.at[bit / 8] ^= mask;
        bool ok = geo_decode(arena, bytes.at + GEO_HEAD_SIZE,
                             bytes.size - GEO_HEAD_SIZE, &out, &err);
        refused += !ok;
        for (size_t a = 0; ok && a < out.area_count; a++)
            CHECK(geo_area_km2(&out, a) >= 0);
        bytes.at[bit / 8] ^= mask;
    }
    CHECK(refused > 100);
    arena_free(arena);
}

/* Four empty texts, then more panels than an arc can name, each long enough. */
TEST(too_many_panels_are_refused)
{
    enum { PANEL_SIZE = 16, MANY = GEO_PANELS_MOST + 1 };
    static const unsigned char begin[] = {0, 0, 0, 0, 0x80, 0x80, 0x04};
    struct arena *arena = arena_new();
    size_t size = sizeof begin + (size_t)PANEL_SIZE * MANY;
    unsigned char *body = arena_alloc(arena, size);
    memcpy(body, begin, sizeof begin);
    struct geo_level out;
    struct err err = {0};
    CHECK(!geo_decode(arena, body, size, &out, &err));
    CHECK_TEXT(err.text, "damaged boundary file: it has too many panels "
                         "(offset 23)");
    arena_free(arena);
}

TEST(a_damaged_file_is_named_with_its_offset)
{
    struct arena *arena = arena_new();
    char *directory = check_directory();
    struct text bytes = encoded(arena);
    const char *path = fs_join(arena, directory, "square.geo");
    struct err err = {0};
    const struct geo_level *out = &level;
    bytes.at[bytes.size - 1] ^= 1;
    CHECK(fs_write(path, bytes.at, bytes.size, &err));
    CHECK(!geo_read(arena, directory, "square", &out, &err));
    CHECK_INT(err.code, ERR_INPUT);
    CHECK_TEXT(err.text,
               arena_format(arena,
                            "%s: damaged boundary file: its checksum does "
                            "not match (offset 8)",
                            path));
    check_remove(directory);
    arena_free(arena);
}

TEST(a_missing_level_is_no_error_and_gives_nothing)
{
    struct arena *arena = arena_new();
    char *directory = check_directory();
    struct err err = {0};
    const struct geo_level *out = &level;
    CHECK(geo_read(arena, directory, "square", &out, &err));
    CHECK(out == NULL);
    check_remove(directory);
    arena_free(arena);
}

TEST(a_file_that_holds_another_level_is_refused)
{
    struct arena *arena = arena_new();
    char *directory = check_directory();
    struct text bytes = encoded(arena);
    const char *path = fs_join(arena, directory, "region.geo");
    const struct geo_level *out = NULL;
    struct err err = {0};
    CHECK(fs_write(path, bytes.at, bytes.size, &err));
    CHECK(!geo_read(arena, directory, "region", &out, &err));
    CHECK_TEXT(err.text,
               arena_format(arena, "%s: holds the level 'square'", path));
    check_remove(directory);
    arena_free(arena);
}

TEST(another_version_is_told_apart_from_damage)
{
    struct arena *arena = arena_new();
    struct text bytes = encoded(arena);
    struct err err = {0};
    bytes.at[7] = 1;
    CHECK(!geo_head_check(bytes.at, bytes.size, &err));
    CHECK_TEXT(err.text, "boundary file of version 1, expected 2: make it "
                         "again with panorama geo import (offset 7)");
    arena_free(arena);
}

TEST(information_lists_panels_and_areas)
{
    struct arena *arena = arena_new();
    char *directory = check_directory();
    struct text bytes = encoded(arena);
    struct text report = text_new(arena);
    const char *path = fs_join(arena, directory, "square.geo");
    struct err err = {0};
    CHECK(fs_write(path, bytes.at, bytes.size, &err));
    CHECK(geo_info(path, &report, &err));
    CHECK_TEXT(report.at,
               "level square, layout 'two'\nvintage: V\nlicence: L\n"
               "panel main: EPSG:2154, 2 areas, 10 points, arcs: 2 outer, 0 "
               "between parents, 1 within\n"
               "area 1 Gauche (main): 0.0 km2; beside 2\n"
               "area 2 Droite (main): 0.0 km2; beside 1\n");
    check_remove(directory);
    arena_free(arena);
}

RUN(CASE(a_level_survives_writing_and_reading), CASE(every_cut_file_is_refused),
    CASE(every_changed_byte_is_refused),
    CASE(every_changed_bit_of_the_body_is_refused_or_harmless),
    CASE(too_many_panels_are_refused),
    CASE(a_damaged_file_is_named_with_its_offset),
    CASE(a_missing_level_is_no_error_and_gives_nothing),
    CASE(a_file_that_holds_another_level_is_refused),
    CASE(another_version_is_told_apart_from_damage),
    CASE(information_lists_panels_and_areas))
