/* SPDX-License-Identifier: EUPL-1.2 */
/* device/svg_mosaic.h - outlines of a crowd of areas, in few characters.
 *
 * A mosaic of thousands of areas is read on a screen, where each is a few
 * pixels wide. Its places lie on a grid of three of the scene's steps, 0.6
 * points: none moves by more than 0.29. Around areas that would vanish on it
 * places are rounded the other way, by less than half a point, or to a grid of
 * half those steps: where a place goes depends on nothing but itself, so that
 * neighbours keep the same border. Corners on the way between two others are
 * left out. */
#ifndef DEVICE_SVG_MOSAIC_H
#define DEVICE_SVG_MOSAIC_H

#include "scene/scene.h"

/* Units of SVG_GRID in a step of the grid. */
#define SVG_MOSAIC_STEP 6

struct svg_mosaic;

/* Puts the lines of a mosaic on the grid. */
struct svg_mosaic *svg_mosaic_new(struct arena *arena,
                                  const struct scene_mosaic *mosaic);
/* Places an area, which the functions below then mean. */
void svg_mosaic_take(struct svg_mosaic *mosaic, size_t area);
/* Before an area is written in steps: where it begins far from the groups that
 * are open, or none is, others are opened for it, a row and in it a column. */
void svg_mosaic_open(struct svg_mosaic *mosaic, struct text *out);
/* Closes those that are open. */
void svg_mosaic_close(struct svg_mosaic *mosaic, struct text *out);
/* The outline, in steps from the origin of the open groups or in units of the
 * page. */
void svg_mosaic_put(struct svg_mosaic *mosaic, bool steps, struct text *out);

#endif
