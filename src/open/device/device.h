/* SPDX-License-Identifier: EUPL-1.2 */
/* device/device.h - scenes to bytes.
 *
 * SVG is our own writer (relative integers, CSS classes, titles, the same
 * bytes in any process); PNG goes through cairo; PDF (device/haru.h) through
 * libharu. */
#ifndef DEVICE_DEVICE_H
#define DEVICE_DEVICE_H

#include "scene/scene.h"

/* Appends one <svg> element with role="img", its alternative text as <title>
 * and the long one as <desc>. Coordinates are integers of 0.1 pt (of a mosaic,
 * of 0.5 pt: svg_mosaic.h), paths are relative; colours and text styles are
 * rules of an embedded <style> whose class names begin with `prefix` (a valid
 * XML name), and so do all ids: two pictures with different prefixes can share
 * one HTML page. The CSS classes of the items stand beside, for the rules of
 * that page. Colours are CSS variables for light and dark paper; the page's
 * paper is white or #161625. Standalone: a file of its own, with XML
 * declaration and paper. */
void device_svg(const struct scene *scene, const struct fonts *fonts,
                bool standalone, const char *prefix, struct text *out);

/* Outlines that pictures of one page have in common, of which it needs one. */
struct svg_outlines;
struct svg_outlines *svg_outlines_new(struct arena *arena);
/* Takes in a picture of the page: all of them before the first is written. */
void svg_outlines_collect(struct svg_outlines *outlines,
                          const struct scene *scene);

/* The same as device_svg, not standalone, for a page of several pictures: an
 * outline that was collected more than once is defined where it first stands,
 * as "outline_NUMBER", and used in all places; names and titles stay. */
void device_svg_shared(const struct scene *scene, const struct fonts *fonts,
                       struct svg_outlines *outlines, const char *prefix,
                       struct text *out);

/* Whether the font has every character of a scene; ERR_INPUT names the text and
 * the character. SVG can be written without, but no other device agrees. */
bool device_check_text(const struct scene *scene, const struct fonts *fonts,
                       struct err *err) MUST_USE;

/* Writes a palette PNG (8 bit, libdeflate) when at most 256 colours result,
 * else RGB; `pixels` is its width. Where soft edges make a few colours too
 * many, the rare ones are rounded. Text is drawn as outlines with the measures
 * of scene/font.h; a character that the font lacks is ERR_INPUT. */
bool device_png(const struct scene *scene, const struct fonts *fonts,
                int pixels, const char *path, struct err *err) MUST_USE;

/* Reads a finished PNG back: structure, checksums, size of the image data.
 * ERR_DISAGREE names the file and what is wrong. */
bool device_png_check(const char *path, int *width, int *height,
                      struct err *err) MUST_USE;

#endif
