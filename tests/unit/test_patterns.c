/* SPDX-License-Identifier: EUPL-1.2 */
/* The patterns of missing values as pixels: in grey, and as small as the
 * swatch of a legend, no two look alike, nor like a plain tint. */
#include <cairo.h>
#include <math.h>
#include <unistd.h>

#include "check.h"
#include "device/device.h"
#include "scene/palette.h"

enum {
    TILE = 8, /* pixels of a pattern's tile */
    WIDE = 16,
    HIGH = 12, /* compared: 12 x 9 points at 96 dpi */
    FULL_WIDE = WIDE + TILE,
    FULL_HIGH = HIGH + TILE,
};

struct grey {
    double at[FULL_HIGH][FULL_WIDE]; /* 0 to 255 */
};

static void read_grey(const char *path, struct grey *out)
{
    cairo_surface_t *read = cairo_image_surface_create_from_png(path);
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, FULL_WIDE, FULL_HIGH);
    cairo_t *cr = cairo_create(picture);
    cairo_set_source_surface(cr, read, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_flush(picture);
    int stride = cairo_image_surface_get_stride(picture);
    const unsigned char *bytes = cairo_image_surface_get_data(picture);
    for (int y = 0; y < FULL_HIGH; y++) {
        for (int x = 0; x < FULL_WIDE; x++) {
            const unsigned char *p = bytes + y * stride + 4 * x;
            out->at[y][x] = 0.0722 * p[0] + 0.7152 * p[1] + 0.2126 * p[2];
        }
    }
    cairo_surface_destroy(picture);
    cairo_surface_destroy(read);
}

static void render(const struct scene_paint *paint, struct grey *out)
{
    struct arena *arena = arena_new();
    struct fonts *fonts = NULL;
    struct err err = {0};
    char path[64];
    snprintf(path, sizeof path, "/tmp/panorama-pattern-%d.png", (int)getpid());
    CHECK(fonts_open(arena, NULL, &fonts, &err));
    double wide = FULL_WIDE * 0.75, high = FULL_HIGH * 0.75;
    struct scene *scene = scene_new(arena, wide, high, "", "");
    scene_rectangle(scene, 0, 0, wide, high, paint);
    CHECK(device_png(scene, fonts, FULL_WIDE, path, &err));
    read_grey(path, out);
    unlink(path);
    fonts_close(fonts);
    arena_free(arena);
}

/* Mean difference of grey, wherever the two patterns begin. */
static double difference(const struct grey *a, const struct grey *b)
{
    double least = HUGE_VAL;
    for (int shift = 0; shift < TILE * TILE; shift++) {
        double sum = 0;
        for (int y = 0; y < HIGH; y++) {
            for (int x = 0; x < WIDE; x++)
                sum += fabs(a->at[y][x] -
                            b->at[y + shift / TILE][x + shift % TILE]);
        }
        least = fmin(least, sum / (WIDE * HIGH));
    }
    return least;
}

TEST(no_two_missing_statuses_look_alike_small_and_grey)
{
    struct grey looks[AVAILABILITY_COUNT];
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        struct scene_paint paint = palette_missing((enum availability)a);
        render(&paint, &looks[a]);
        for (int b = AVAILABLE + 1; b < a; b++) {
            double differs = difference(&looks[a], &looks[b]);
            CHECK(differs >= 15);
        }
    }
}

TEST(no_missing_status_looks_like_a_plain_tint)
{
    for (int a = AVAILABLE + 1; a < AVAILABILITY_COUNT; a++) {
        struct scene_paint paint = palette_missing((enum availability)a);
        struct grey look;
        render(&paint, &look);
        double mean = 0, spread = 0;
        for (int i = 0; i < WIDE * HIGH; i++)
            mean += look.at[i / WIDE][i % WIDE] / (WIDE * HIGH);
        for (int i = 0; i < WIDE * HIGH; i++)
            spread += fabs(look.at[i / WIDE][i % WIDE] - mean) / (WIDE * HIGH);
        CHECK(spread >= 10);
    }
}

RUN(CASE(no_two_missing_statuses_look_alike_small_and_grey),
    CASE(no_missing_status_looks_like_a_plain_tint))
