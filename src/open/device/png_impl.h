/* SPDX-License-Identifier: EUPL-1.2 */
/* device/png_impl.h - pixels between the drawing and the file. */
#ifndef DEVICE_PNG_IMPL_H
#define DEVICE_PNG_IMPL_H

#include "scene/scene.h"

struct pixels {
    int width, height;
    const uint32_t *at; /* [height * width] 0x00RRGGBB, rows from the top */
};

/* Draws a scene on white, `width` pixels wide. */
bool png_draw(struct arena *arena, const struct scene *scene,
              const struct fonts *fonts, int width, struct pixels *out,
              struct err *err) MUST_USE;

enum { PNG_COLOURS = 256 };

struct palette {
    uint32_t colour[PNG_COLOURS];
    size_t count;
    unsigned char *indices; /* [height * width] */
};

/* False when more than 256 colours are needed. */
bool png_palette(struct arena *arena, const struct pixels *pixels,
                 struct palette *out);

#endif
