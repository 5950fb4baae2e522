/* SPDX-License-Identifier: EUPL-1.2 */
/* device/svg_mosaic.h - outlines of a crowd of areas, in few characters.
 *
 * A mosaic of thousands of areas is read on a screen, where each is a few
 * pixels wide. Its places lie on a grid of half a point; around areas that
 * would vanish on it on one of a quarter, and where even that is too coarse of
 * a tenth: where a place goes depends on nothing but itself, so that neighbours
 * keep the same border. Corners on the way between two others are left out. */
#ifndef DEVICE_SVG_MOSAIC_H
#define DEVICE_SVG_MOSAIC_H

#include "scene/scene.h"

/* Units of SVG_GRID in a step of the grid. */
#define SVG_MOSAIC_STEP 5

struct svg_mosaic;

/* Puts the lines of a mosaic on the grid. */
struct svg_mosaic *svg_mosaic_new(struct arena *arena,
                                  const struct scene_mosaic *mosaic);
/* Places an area, which the functions below then mean. */
void svg_mosaic_take(struct svg_mosaic *mosaic, size_t area);
/* Whether it begins far from the group that is open, or none is: then another
 * one is, whose origin is told in steps. */
bool svg_mosaic_strays(struct svg_mosaic *mosaic, long *x, long *y);
bool svg_mosaic_is_open(const struct svg_mosaic *mosaic);
void svg_mosaic_close(struct svg_mosaic *mosaic);
/* The outline, in steps from the origin of the open group or in units of the
 * page. */
void svg_mosaic_put(struct svg_mosaic *mosaic, bool steps, struct text *out);

#endif
