/* SPDX-License-Identifier: EUPL-1.2 */
/* format/html_picture.c - pictures as narrow screens show them.
 *
 * A picture takes the width that there is, and its letters with it. Where they
 * could no longer be read it keeps a least width, and its place scrolls: by
 * hand, and with the keyboard. */
#include "format/html_impl.h"

#include <math.h>

#include "device/device.h"

static const double legible_px = 9.0;  /* of the smallest letters */
static const double narrow_px = 320.0; /* of the smallest telephones */

/* The width at which the smallest letters can be read; 0 without letters. */
static double least_width(const struct scene *scene)
{
    double smallest = 0.0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT &&
            (smallest == 0.0 || item->size_pt < smallest))
            smallest = item->size_pt;
    }
    return smallest == 0.0 ? 0.0 : scene_width(scene) * legible_px / smallest;
}

void html_picture(struct html_page *page, const struct scene *scene,
                  const char *title)
{
    const char *prefix = arena_format(page->scratch, "f%zu", ++page->figures);
    double least = least_width(scene);
    bool scrolls = least > narrow_px;
    if (scrolls) {
        text_format(&page->out,
                    "<div class=\"scroll\" style=\"--least:%ldpx\" "
                    "tabindex=\"0\" role=\"group\" aria-label=\"",
                    lround(ceil(least)));
        html_around(page, "", title, "\">\n");
    }
    device_svg_shared(scene, page->job->fonts, page->outlines, prefix,
                      &page->out);
    html_add(page, scrolls ? "</div>\n" : "");
}
