/* SPDX-License-Identifier: EUPL-1.2 */
/* device/png_impl.h - pixels between the drawing and the file. */
#ifndef DEVICE_PNG_IMPL_H
#define DEVICE_PNG_IMPL_H

#include "scene/scene.h"

struct pixels { /* rows of a picture */
    int width, height;
    int first;    /* where they lie in it, from the top */
    uint32_t *at; /* [height * width] 0x..RRGGBB; the upper byte means
                     nothing */
};

/* Rows of a picture that is as wide as a scene. */
int png_height(const struct scene *scene, int width);
/* What a scene is drawn with, in one part or several. */
struct png_canvas;
struct png_canvas *png_canvas_new(struct arena *arena,
                                  const struct scene *scene,
                                  const struct fonts *fonts, int width);
/* Draws the part of the scene that lies on the rows, on white. Room for them is
 * made where there is none yet. */
bool png_draw(struct png_canvas *canvas, struct pixels *rows,
              struct err *err) MUST_USE;
void png_canvas_close(struct png_canvas *canvas);
/* Rows that are drawn at a time. A whole picture would not stay near the
 * processor, and of a mosaic, cairo's edges of all communes at once would be
 * the largest thing in memory. */
enum { PNG_BAND = 256, PNG_MOSAIC_BAND = 64 };
/* Rows of pixels that cairo takes. */
enum { PNG_HIGHEST = 32767 };

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

/* The colours of a picture that comes in parts, from the top, and its rows as
 * runs of them, which stay in the arena. `png_parts_add` is false when there
 * are too many colours: no more is to be added, and there is no palette. */
struct png_parts;
struct png_parts *png_parts_new(struct arena *arena, int width, int height);
bool png_parts_add(struct png_parts *parts, const struct pixels *rows) MUST_USE;
/* False when more than 256 colours are needed. */
bool png_parts_palette(struct arena *arena, struct png_parts *parts,
                       struct palette *out) MUST_USE;

/* A zlib stream of bytes that have few runs: a quarter of the time that
 * libdeflate takes for them, and hardly longer. */
unsigned char *png_pack(struct arena *arena, const unsigned char *bytes,
                        size_t size, size_t *packed);

#endif
