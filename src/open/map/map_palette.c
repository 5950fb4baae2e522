/* SPDX-License-Identifier: EUPL-1.2 */
/* How areas are filled: scene/palette.h. */
#include "map/map_impl.h"

/* Less certain values are paler: less of their colour is left. */
static uint32_t faded(uint32_t colour, size_t certainty)
{
    static const uint32_t parts[MAP_CERTAINTIES] = {0, 5, 8}; /* of 10 */
    return palette_blend(colour, 0xF0F0F0, parts[certainty], 10);
}

/* Classes above the middle of a scheme with two arms. */
static bool is_upper(const struct map_view *view, size_t class_index)
{
    return palette_diverges(view->job->palette) &&
           2 * class_index + 1 > view->class_count;
}

/* In grey both arms look alike: the upper one has dots, half way to the ink
 * that is read on the colour. */
static void dot(struct scene_paint *paint)
{
    paint->pattern = PATTERN_DOTS;
    paint->ink = palette_blend(paint->fill, palette_ink_on(paint->fill), 5, 10);
}

struct scene_paint map_look_paint(const struct map_view *view,
                                  struct map_look look)
{
    static const char *const classes[MAP_CLASSES_MOST] = {
        "c0", "c1", "c2", "c3", "c4", "c5", "c6"};
    struct scene_paint paint = {.filled = true, .fixed = true, .opacity = 1};
    switch (look.kind) {
    case LOOK_CLASS:
        paint.fill = faded(view->colours[look.class_index], look.certainty);
        if (look.certainty == 0)
            paint.css = classes[look.class_index];
        if (is_upper(view, look.class_index))
            dot(&paint);
        break;
    case LOOK_ZERO:
        paint.fill = 0xFFF3C9;
        paint.css = "c-0";
        break;
    case LOOK_MISSING:
        paint = palette_missing(look.availability);
        break;
    case LOOK_FOCUS:
        paint.fill = 0x08519C;
        paint.fixed = false;
        paint.css = "located";
        break;
    case LOOK_SIBLING:
        paint.fill = 0xBCD5EA;
        paint.fixed = false;
        paint.css = "sibling";
        break;
    case LOOK_CONTEXT:
    case LOOK_CIRCLE:
        paint.fill = 0xEFEEEA;
        paint.fixed = false;
        paint.css = "s-o";
        break;
    }
    return paint;
}
