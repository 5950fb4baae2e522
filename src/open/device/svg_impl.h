/* SPDX-License-Identifier: EUPL-1.2 */
/* device/svg_impl.h - the style sheet of one SVG picture, outlines of several.
 *
 * Every different paint, text style and pattern of a scene is one rule or one
 * definition, numbered in order of first use. Colours that change with the
 * paper are CSS variables, PREFIX_rrggbb after the colour that they have on
 * white; on a screen set to dark they contrast with dark paper as much. */
#ifndef DEVICE_SVG_IMPL_H
#define DEVICE_SVG_IMPL_H

#include "scene/scene.h"

/* Units of the grid in a point. */
#define SVG_GRID 10

enum { SVG_PAPER = 0xFFFFFF };

struct svg_tile { /* a pattern over its background */
    enum scene_pattern pattern;
    uint32_t ink;
    bool filled;
    uint32_t fill;
    bool fixed;
};

struct svg_styles {
    struct arena *arena;
    const char *prefix;
    struct scene_paint *paints;
    size_t paint_count, paint_capacity;
    struct scene_text_style *texts;
    size_t text_count, text_capacity;
    struct svg_tile *tiles;
    size_t tile_count, tile_capacity;
};

/* Takes in every style of a scene. */
void svg_styles_collect(struct svg_styles *styles, const struct scene *scene);
/* Numbers of rules; the style was collected. */
size_t svg_paint_rule(struct svg_styles *styles,
                      const struct scene_paint *paint);
size_t svg_text_rule(struct svg_styles *styles, const struct scene_item *item);
/* Writes <style> and the <defs> of patterns. */
void svg_styles_write(struct svg_styles *styles, struct text *out);

struct svg_outlines; /* device.h */
/* The number of an outline that the page has several times, 0 others.
 * `*first` tells whether it is asked for the first time. `outlines` may be
 * NULL. */
size_t svg_outline_number(struct svg_outlines *outlines,
                          const struct scene_item *path, bool *first);
/* Whether the page has areas of a mosaic several times. */
bool svg_outlines_share(struct svg_outlines *outlines,
                        const struct scene_mosaic *mosaic);

#endif
