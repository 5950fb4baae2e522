/* device/device.h - scenes to bytes.
 *
 * SVG is our own writer (relative integers, CSS classes, titles, the same
 * bytes in any process); PNG goes through cairo; PDF (device/haru.h) through
 * libharu. */
#ifndef DEVICE_DEVICE_H
#define DEVICE_DEVICE_H

#include "scene/scene.h"

/* Appends one <svg> element. Standalone: XML declaration, embedded style and
 * role="img" with <title> and <desc>. Inline (for HTML): no declaration, ids
 * prefixed by `prefix` (a valid XML name), colours as CSS classes when the
 * items have them. */
void device_svg(const struct scene *scene, const struct fonts *fonts,
                bool standalone, const char *prefix, struct text *out);

/* Writes a palette PNG (8 bit, libdeflate) when at most 256 colours result,
 * else RGB; `pixels` is its width. */
bool device_png(const struct scene *scene, const struct fonts *fonts,
                int pixels, const char *path, struct err *err) MUST_USE;

#endif
