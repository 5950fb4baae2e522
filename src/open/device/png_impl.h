/* SPDX-License-Identifier: EUPL-1.2 */
/* device/png_impl.h - pixels between the drawing and the file. */
#ifndef DEVICE_PNG_IMPL_H
#define DEVICE_PNG_IMPL_H

#include "scene/scene.h"

struct pixels {
    int width, height;
    uint32_t *at; /* [height * width] 0x..RRGGBB, rows from the top; the
                     upper byte means nothing */
};

/* Draws a scene on white, `width` pixels wide. */
bool png_draw(struct arena *arena, const struct scene *scene,
              const struct fonts *fonts, int width, struct pixels *out,
              struct err *err) MUST_USE;

enum {
    PNG_COLOURS = 256,
    PNG_PLAIN_RUN = 16, /* pixels a run in pictures that png_pack() is for */
};

struct palette {
    uint32_t colour[PNG_COLOURS];
    size_t count;
    unsigned char *rows; /* [height * (width + 1)] as in the file: the filter,
                            then a place in the palette per pixel */
    size_t runs;         /* of one colour, in rows unlike the one above */
};
enum { FILTER_NONE = 0, FILTER_UP = 2 };

/* False when more than 256 colours are needed. */
bool png_palette(struct arena *arena, const struct pixels *pixels,
                 struct palette *out);

/* A zlib stream of bytes that have few runs: a quarter of the time that
 * libdeflate takes for them, and hardly longer. */
unsigned char *png_pack(struct arena *arena, const unsigned char *bytes,
                        size_t size, size_t *packed);

#endif
