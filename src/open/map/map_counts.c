/* SPDX-License-Identifier: EUPL-1.2 */
/* A line under a small map: how many of its territories have which colour or
 * pattern. The legend that the maps share cannot say so. */
#include <math.h>
#include <string.h>

#include "map/map_impl.h"

/* Measures in multiples of the text size. */
static const double swatch_size = 0.85;
static const double swatch_gap = 0.3;
static const double item_gap = 0.9;
static const double line_height = 1.4;

enum { ITEMS_MOST = 1 + MAP_CLASSES_MOST + AVAILABILITY_COUNT };

struct item {
    struct map_look look;
    const char *words;
    double x, y; /* from the first one's corner */
};

static double text_size(const struct map_view *view)
{
    return view->text_pt - 0.5;
}

/* Takes the next place of the line, or begins another one. */
static void add_item(const struct map_view *view, struct item *items,
                     size_t *count, struct map_look look, size_t territories,
                     double width, double *x)
{
    if (territories == 0)
        return;
    double size_pt = text_size(view);
    struct item *item = &items[*count];
    item->look = look;
    item->words =
        num_format_count(view->arena, view->job->lang, (int64_t)territories);
    double own = (swatch_size + swatch_gap) * size_pt +
                 fonts_width(view->fonts, FONT_REGULAR, size_pt, item->words,
                             strlen(item->words));
    item->y = *count > 0 ? items[*count - 1].y : 0;
    if (*x > 0 && *x + own > width) {
        *x = 0;
        item->y += line_height * size_pt;
    }
    item->x = *x;
    *x += own + item_gap * size_pt;
    (*count)++;
}

/* In the order of the legend. */
static size_t list_items(const struct map_view *view, double width,
                         struct item items[ITEMS_MOST])
{
    size_t count = 0;
    double x = 0;
    add_item(view, items, &count, (struct map_look){.kind = LOOK_ZERO},
             view->zero_size, width, &x);
    for (size_t i = 0; i < view->class_count; i++)
        add_item(view, items, &count, map_class_look(i), view->class_sizes[i],
                 width, &x);
    for (size_t i = 0; i < AVAILABILITY_COUNT; i++)
        add_item(view, items, &count,
                 (struct map_look){.kind = LOOK_MISSING,
                                   .availability = (enum availability)i},
                 view->missing_sizes[i], width, &x);
    return count;
}

double map_counts_height(const struct map_view *view, double width)
{
    struct item items[ITEMS_MOST];
    size_t count = list_items(view, width, items);
    return count > 0 ? items[count - 1].y + line_height * text_size(view) : 0;
}

void map_counts_draw(struct map_view *view, double x, double y, double width)
{
    struct item items[ITEMS_MOST];
    size_t count = list_items(view, width, items);
    double size_pt = text_size(view), side = swatch_size * size_pt;
    const struct scene_text_style style = {.font = FONT_REGULAR,
                                           .size_pt = size_pt,
                                           .anchor = ANCHOR_START,
                                           .colour = MAP_INK,
                                           .css = ""};
    if (count == 0)
        return;
    scene_group(view->scene, "counts", "", "");
    for (size_t i = 0; i < count; i++) {
        double left = x + items[i].x, top = y + items[i].y;
        map_swatch_draw(view, items[i].look, left, top, side, side);
        scene_text(view->scene, left + side + swatch_gap * size_pt,
                   top + 0.8 * size_pt, items[i].words, &style);
    }
    scene_group_end(view->scene);
}
