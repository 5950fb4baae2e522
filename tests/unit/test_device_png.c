/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures: pixels are looked at after reading the file with libpng, which the
 * program itself does not use to write. */
#include "check.h"

#include <png.h>

#include "base/fs.h"
#include "device/device.h"

struct picture {
    unsigned width, height;
    png_byte colour_type;
    unsigned char *rgb; /* rows from the top */
    double dots_per_metre;
};

struct trial {
    struct arena *arena;
    struct fonts *fonts;
    char *folder;
    const char *path;
    struct err err;
};

static struct trial trial_new(void)
{
    struct trial trial = {.arena = arena_new(), .folder = check_directory()};
    CHECK(fonts_open(trial.arena, NULL, &trial.fonts, &trial.err));
    trial.path = fs_join(trial.arena, trial.folder, "a.png");
    return trial;
}

static void trial_end(struct trial *trial)
{
    fonts_close(trial->fonts);
    check_remove(trial->folder);
    arena_free(trial->arena);
}

static struct picture read_picture(struct trial *trial)
{
    struct picture picture = {0};
    FILE *file = fopen(trial->path, "rb");
    CHECK(file != NULL);
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)))
        fail_msg("libpng refuses the file");
    png_init_io(png, file);
    png_read_info(png, info);
    picture.width = png_get_image_width(png, info);
    picture.height = png_get_image_height(png, info);
    picture.colour_type = png_get_color_type(png, info);
    picture.dots_per_metre = png_get_pixels_per_meter(png, info);
    png_set_palette_to_rgb(png);
    png_read_update_info(png, info);
    picture.rgb = arena_array(trial->arena, picture.width * picture.height, 3);
    for (unsigned y = 0; y < picture.height; y++)
        png_read_row(png, picture.rgb + y * picture.width * 3, NULL);
    png_read_end(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
    return picture;
}

static unsigned pixel(const struct picture *picture, unsigned x, unsigned y)
{
    const unsigned char *at = picture->rgb + (y * picture->width + x) * 3;
    return (unsigned)at[0] << 16 | (unsigned)at[1] << 8 | at[2];
}

TEST(areas_have_their_exact_colour_and_the_ground_is_white)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 100, 50, "Essai", "");
    struct scene_paint paint = {.filled = true, .fill = 0x0072b2};
    scene_rectangle(scene, 10, 10, 20, 20, &paint);
    paint.fill = 0xd55e00;
    scene_rectangle(scene, 40, 10, 20, 20, &paint);
    CHECK(device_png(scene, trial.fonts, 400, trial.path, &trial.err));
    struct picture picture = read_picture(&trial);
    CHECK_INT(picture.width, 400);
    CHECK_INT(picture.height, 200);
    CHECK_INT(picture.colour_type, PNG_COLOR_TYPE_PALETTE);
    CHECK_INT(pixel(&picture, 80, 80), 0x0072b2);
    CHECK_INT(pixel(&picture, 200, 80), 0xd55e00);
    CHECK_INT(pixel(&picture, 10, 10), 0xffffff);
    CHECK_INT(pixel(&picture, 399, 199), 0xffffff);
    /* 400 pixels on 100 points: 288 to the inch */
    CHECK_NEAR(picture.dots_per_metre, 288 / 0.0254, 1e-4);
    trial_end(&trial);
}

/* Two dark halves of the page meet on a slant. Returns how light the lightest
 * pixel is, 0 to 255. */
static unsigned lightest_seam(bool mosaic)
{
    static const double left[] = {0, 0, 40, 0, 60, 50, 0, 50};
    static const double right[] = {40, 0, 100, 0, 100, 50, 60, 50};
    static const int32_t places[] = {200, 0,   300, 250, 300, 250, 0,
                                     250, 0,   0,   200, 0,   300, 250,
                                     500, 250, 500, 0,   200, 0};
    static const uint32_t starts[] = {0, 2, 6, 10}; /* the border, the rests */
    static const int32_t lines[2][2] = {{0, 1}, {0, 2}};
    static const struct scene_ring rings[] = {{lines[0], 2}, {lines[1], 2}};
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 100, 50, "Essai", "");
    const struct scene_paint paints[] = {{.filled = true, .fill = 0x202020},
                                         {.filled = true, .fill = 0x400000}};
    struct scene_area areas[2];
    for (size_t i = 0; i < 2; i++) {
        areas[i] = (struct scene_area){"", scene_paint_kept(scene, &paints[i]),
                                       &rings[i], 1};
        if (mosaic)
            continue;
        scene_lines(scene, i == 0 ? left : right, 4, false);
        scene_close(scene);
        scene_paint(scene, &paints[i]);
    }
    const struct scene_mosaic both = {
        .css = "",
        .places = places,
        .starts = starts,
        .line_count = COUNT_OF(starts) - 1,
        .areas = areas,
        .area_count = 2,
    };
    if (mosaic)
        scene_mosaic(scene, &both);
    CHECK(device_png(scene, trial.fonts, 200, trial.path, &trial.err));
    struct picture picture = read_picture(&trial);
    CHECK_INT(pixel(&picture, 10, 50), 0x202020);
    CHECK_INT(pixel(&picture, 190, 50), 0x400000);
    unsigned lightest = 0;
    for (unsigned y = 0; y < picture.height; y++) {
        for (unsigned x = 0; x < picture.width; x++) {
            unsigned blue = pixel(&picture, x, y) & 255;
            lightest = blue > lightest ? blue : lightest;
        }
    }
    trial_end(&trial);
    return lightest;
}

TEST(the_paper_does_not_shine_through_the_seams_of_a_mosaic)
{
    CHECK(lightest_seam(false) > 0x30);
    CHECK_INT(lightest_seam(true), 0x20);
}

/* A mark of every kind over the whole height; at the left an area, as a path or
 * as the mosaic for which the picture is drawn in lower bands. */
static struct picture draw_tall(struct trial *trial, bool mosaic)
{
    enum { TALL = 300, TURNS = 60 };
    static const int32_t places[] = {0,        0, 100,      0, 100,
                                     TALL * 5, 0, TALL * 5, 0, 0};
    static const uint32_t starts[] = {0, 5};
    static const int32_t line = 0;
    static const struct scene_ring ring = {&line, 1};
    struct scene *scene = scene_new(trial->arena, 100, TALL, "Essai", "");
    const struct scene_paint fill = {.filled = true, .fill = 0x204060};
    const struct scene_paint stroke = {.stroked = true, .width_pt = 1.5};
    const struct scene_text_style style = {.size_pt = 9, .colour = 0x222222};
    const struct scene_text_style turned = {
        .size_pt = 9, .anchor = ANCHOR_MIDDLE, .angle_degrees = -90};
    const struct scene_area area = {"", scene_paint_kept(scene, &fill), &ring,
                                    1};
    const struct scene_mosaic one = {
        .css = "",
        .places = places,
        .starts = starts,
        .line_count = 1,
        .areas = &area,
        .area_count = 1,
    };
    if (mosaic)
        scene_mosaic(scene, &one);
    else
        scene_rectangle(scene, 0, 0, 20, TALL, &fill);
    scene_move(scene, 30, 1);
    for (int i = 1; i < TURNS; i++)
        scene_line(scene, i % 2 ? 50 : 30, TALL * i / (double)TURNS);
    scene_paint(scene, &stroke);
    scene_move(scene, 70, 5);
    scene_line(scene, 80, TALL / 2.0);
    scene_line(scene, 70, TALL - 5);
    scene_line(scene, 60, TALL / 2.0);
    scene_close(scene);
    scene_paint(scene, &stroke);
    for (int i = 0; i < TURNS; i++)
        scene_text(scene, 82, 10 + TALL * i / (double)TURNS, "Épg", &style);
    scene_text(scene, 26, TALL / 2.0,
               "Taux pour 100 000 personnes, standardisé "
               "sur la population du monde",
               &turned);
    CHECK(device_png(scene, trial->fonts, 200, trial->path, &trial->err));
    return read_picture(trial);
}

TEST(bands_of_another_height_make_the_same_picture)
{
    struct trial trial = trial_new();
    struct picture high = draw_tall(&trial, false);
    struct picture low = draw_tall(&trial, true);
    CHECK_INT(high.width, low.width);
    CHECK_INT(high.height, low.height);
    for (unsigned y = 0; y < high.height; y++) {
        for (unsigned x = 0; x < high.width; x++)
            CHECK_INT(pixel(&low, x, y), pixel(&high, x, y));
    }
    trial_end(&trial);
}

TEST(the_same_scene_gives_the_same_bytes)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 100, 50, "Essai", "");
    struct scene_paint paint = {.filled = true, .fill = 0x0072b2};
    struct scene_text_style style = {.size_pt = 12, .colour = 0x222222};
    scene_circle(scene, 50, 25, 20, &paint);
    scene_text(scene, 10, 40, "Œuvre 12,5\u00a0%", &style);
    char *first, *second;
    size_t first_size, second_size;
    CHECK(device_png(scene, trial.fonts, 500, trial.path, &trial.err));
    CHECK(fs_read(trial.arena, trial.path, &first, &first_size, &trial.err));
    CHECK(device_png(scene, trial.fonts, 500, trial.path, &trial.err));
    CHECK(fs_read(trial.arena, trial.path, &second, &second_size, &trial.err));
    CHECK_INT(first_size, second_size);
    CHECK(memcmp(first, second, first_size) == 0);
    trial_end(&trial);
}

/* Share of dark pixels in a box. */
static double ink(const struct picture *picture, unsigned x0, unsigned y0,
                  unsigned x1, unsigned y1)
{
    unsigned dark = 0;
    for (unsigned y = y0; y < y1; y++) {
        for (unsigned x = x0; x < x1; x++)
            dark += (pixel(picture, x, y) >> 8 & 255) < 128;
    }
    return (double)dark / ((x1 - x0) * (y1 - y0));
}

TEST(text_stands_on_its_base_line_and_keeps_its_anchor)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 100, 50, "Essai", "");
    struct scene_text_style style = {
        .size_pt = 20, .colour = 0, .anchor = ANCHOR_END};
    scene_text(scene, 50, 30, "HHH", &style);
    CHECK(device_png(scene, trial.fonts, 1000, trial.path, &trial.err));
    struct picture picture = read_picture(&trial);
    double width = fonts_width(trial.fonts, FONT_REGULAR, 20, "HHH", 3);
    CHECK(ink(&picture, 500, 0, 1000, 500) < 1e-9);
    CHECK(ink(&picture, 0, 302, 1000, 500) < 1e-9);
    CHECK(ink(&picture, 0, 0, (unsigned)(500 - width * 10), 500) < 1e-9);
    CHECK(ink(&picture, (unsigned)(500 - width * 10), 160, 500, 300) > 0.2);
    trial_end(&trial);
}

TEST(patterns_differ_in_the_ink_they_lay)
{
    static const double least[PATTERN_COUNT] = {0,    0.3,  0.1,  0.05, 0.12,
                                                0.25, 0.55, 0.25, 0.55};
    static const double most[PATTERN_COUNT] = {0,    0.5,  0.2,  0.12, 0.22,
                                               0.38, 0.72, 0.38, 0.72};
    for (int pattern = PATTERN_NONE; pattern < PATTERN_COUNT; pattern++) {
        struct trial trial = trial_new();
        struct scene *scene = scene_new(trial.arena, 60, 60, "Essai", "");
        struct scene_paint paint = {.filled = true,
                                    .fill = 0xf5f5f5,
                                    .ink = 0,
                                    .pattern = (enum scene_pattern)pattern};
        scene_rectangle(scene, 0, 0, 60, 60, &paint);
        CHECK(device_png(scene, trial.fonts, 600, trial.path, &trial.err));
        struct picture picture = read_picture(&trial);
        double share = ink(&picture, 0, 0, 600, 600);
        CHECK(share >= least[pattern] && share <= most[pattern]);
        trial_end(&trial);
    }
}

TEST(a_picture_of_too_many_colours_is_rgb)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 64, 64, "Essai", "");
    for (uint32_t y = 0; y < 32; y++) {
        for (uint32_t x = 0; x < 32; x++) {
            struct scene_paint paint = {.filled = true,
                                        .fill = (x * 8) << 16 | (y * 8) << 8 |
                                                ((x * y) & 255)};
            scene_rectangle(scene, x * 2, y * 2, 2, 2, &paint);
        }
    }
    CHECK(device_png(scene, trial.fonts, 256, trial.path, &trial.err));
    struct picture picture = read_picture(&trial);
    CHECK_INT(picture.colour_type, PNG_COLOR_TYPE_RGB);
    CHECK_INT(pixel(&picture, 8 * 5 + 4, 8 * 9 + 4), 0x284800 | 45);
    int width, height;
    CHECK(device_png_check(trial.path, &width, &height, &trial.err));
    CHECK_INT(width, 256);
    trial_end(&trial);
}

TEST(any_changed_byte_of_a_file_is_noticed)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 20, 10, "Essai", "");
    struct scene_paint paint = {.filled = true, .fill = 0x0072b2};
    scene_circle(scene, 10, 5, 4, &paint);
    CHECK(device_png(scene, trial.fonts, 40, trial.path, &trial.err));
    char *bytes;
    size_t size;
    int width, height;
    CHECK(fs_read(trial.arena, trial.path, &bytes, &size, &trial.err));
    for (size_t i = 0; i < size; i += 3) {
        struct err err = {0};
        bytes[i] ^= 0x10;
        CHECK(fs_write(trial.path, bytes, size, &err));
        CHECK(!device_png_check(trial.path, &width, &height, &err));
        CHECK_INT(err.code, ERR_DISAGREE);
        bytes[i] ^= 0x10;
    }
    for (size_t cut = 1; cut < size; cut += 7) {
        struct err err = {0};
        CHECK(fs_write(trial.path, bytes, size - cut, &err));
        CHECK(!device_png_check(trial.path, &width, &height, &err));
    }
    trial_end(&trial);
}

TEST(a_character_without_glyph_is_refused_by_name)
{
    struct trial trial = trial_new();
    struct scene *scene = scene_new(trial.arena, 20, 10, "Essai", "");
    struct scene_text_style style = {.size_pt = 8};
    scene_text(scene, 1, 8, "癌", &style);
    CHECK(!device_png(scene, trial.fonts, 40, trial.path, &trial.err));
    CHECK_INT(trial.err.code, ERR_INPUT);
    CHECK(strstr(trial.err.text, "U+764C") != NULL);
    CHECK(!fs_exists(trial.path));
    trial_end(&trial);
}

RUN(CASE(areas_have_their_exact_colour_and_the_ground_is_white),
    CASE(the_paper_does_not_shine_through_the_seams_of_a_mosaic),
    CASE(bands_of_another_height_make_the_same_picture),
    CASE(the_same_scene_gives_the_same_bytes),
    CASE(text_stands_on_its_base_line_and_keeps_its_anchor),
    CASE(patterns_differ_in_the_ink_they_lay),
    CASE(a_picture_of_too_many_colours_is_rgb),
    CASE(any_changed_byte_of_a_file_is_noticed),
    CASE(a_character_without_glyph_is_refused_by_name))
