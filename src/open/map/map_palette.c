/* SPDX-License-Identifier: EUPL-1.2 */
/* How areas are filled: scene/palette.h. */
#include "map/map_impl.h"

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

/* Less certain values are paler: less of their colour is left, between white
 * lines. A paler colour alone would be that of another class in grey. Lines run
 * across, or upright in the upper arm. */
static void stripe(struct scene_paint *paint, size_t certainty, bool upper)
{
    static const enum scene_pattern patterns[2][MAP_CERTAINTIES] = {
        {PATTERN_NONE, PATTERN_STRIPES, PATTERN_STRIPES_WIDE},
        {PATTERN_NONE, PATTERN_BARS, PATTERN_BARS_WIDE}};
    paint->pattern = patterns[upper][certainty];
    paint->ink = 0xFFFFFF;
}

struct scene_paint map_look_paint(const struct map_view *view,
                                  struct map_look look)
{
    static const char *const classes[MAP_CLASSES_MOST] = {
        "c0", "c1", "c2", "c3", "c4", "c5", "c6"};
    struct scene_paint paint = {.filled = true, .fixed = true, .opacity = 1};
    switch (look.kind) {
    case LOOK_CLASS:
        paint.fill = view->colours[look.class_index];
        paint.css = classes[look.class_index];
        if (look.certainty > 0)
            stripe(&paint, look.certainty, is_upper(view, look.class_index));
        else if (is_upper(view, look.class_index))
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
    case LOOK_CIRCLE:
        paint.fill = view->job->context_rest ? 0xDCDAD3 : 0xEFEEEA;
        paint.fixed = false;
        paint.css = view->job->context_rest ? "land" : "s-o";
        break;
    case LOOK_CONTEXT:
        paint.fill = 0xEFEEEA;
        paint.fixed = false;
        paint.css = "s-o";
        break;
    }
    return paint;
}
