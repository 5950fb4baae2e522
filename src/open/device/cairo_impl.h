/* SPDX-License-Identifier: EUPL-1.2 */
/* device/cairo_impl.h - what is called of cairo, which only a PNG needs: see
 * base/library.h. */
#ifndef DEVICE_CAIRO_IMPL_H
#define DEVICE_CAIRO_IMPL_H

#include <cairo.h>

#include "base/library.h"

/* clang-format off */
#define CAIRO_CALLS(CALL) \
    CALL(cairo_arc) CALL(cairo_clip) CALL(cairo_close_path) \
    CALL(cairo_create) CALL(cairo_curve_to) CALL(cairo_destroy) \
    CALL(cairo_fill) CALL(cairo_fill_preserve) \
    CALL(cairo_image_surface_create) \
    CALL(cairo_image_surface_create_for_data) CALL(cairo_line_to) \
    CALL(cairo_matrix_init_scale) CALL(cairo_move_to) CALL(cairo_new_path) \
    CALL(cairo_pattern_create_for_surface) CALL(cairo_pattern_destroy) \
    CALL(cairo_pattern_set_extend) CALL(cairo_pattern_set_filter) \
    CALL(cairo_pattern_set_matrix) CALL(cairo_rectangle) CALL(cairo_restore) \
    CALL(cairo_rotate) CALL(cairo_save) CALL(cairo_scale) \
    CALL(cairo_set_antialias) CALL(cairo_set_dash) CALL(cairo_set_fill_rule) \
    CALL(cairo_set_line_join) CALL(cairo_set_line_width) \
    CALL(cairo_set_source) CALL(cairo_set_source_rgba) \
    CALL(cairo_set_tolerance) CALL(cairo_status) \
    CALL(cairo_status_to_string) CALL(cairo_stroke) \
    CALL(cairo_stroke_preserve) CALL(cairo_surface_destroy) \
    CALL(cairo_surface_flush) CALL(cairo_surface_set_device_offset) \
    CALL(cairo_translate)
/* clang-format on */
struct cairo {
    CAIRO_CALLS(LIBRARY_CALL)
};

/* What draws: on the picture, or on a tile of it. */
struct brush {
    struct cairo calls;
    cairo_t *cr;
};

#endif
