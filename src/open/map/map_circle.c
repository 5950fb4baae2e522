/* SPDX-License-Identifier: EUPL-1.2 */
/* Circles of counts: the area of a circle is proportional to its value
 * (Bertin 1967), the largest first, so that no small one is hidden. */
#include <math.h>
#include <stdlib.h>

#include "map/map_canvas.h"

enum { PAPER = 0xFFFFFF };

double map_radius(const struct map_view *view, double value)
{
    double highest =
        view->shown_count > 0 ? view->job->values[view->highest].value : 0;
    return highest > 0 ? view->largest_pt * sqrt(value / highest) : 0;
}

/* 1, 2 or 5 times a power of ten, not above. */
static double round_down(double value)
{
    double power = pow(10, floor(log10(value)));
    double digit = value / power;
    if (digit >= 5)
        return 5 * power;
    return digit >= 2 ? 2 * power : power;
}

size_t map_circle_steps(const struct map_view *view, double steps[3])
{
    size_t count = 0;
    if (view->shown_count == 0 || !(map_radius(view, 1) > 0))
        return 0;
    double step = round_down(view->job->values[view->highest].value);
    while (count < 3 && step >= 1) {
        steps[count++] = step;
        step = round_down(step / 4);
    }
    return count;
}

static int by_radius(const void *a, const void *b)
{
    const struct map_circle *p = a, *q = b;
    if (p->radius < q->radius || q->radius < p->radius)
        return p->radius < q->radius ? 1 : -1;
    return (p->value > q->value) - (p->value < q->value);
}

/* --- room ---------------------------------------------------------------- */

/* Clear of the line of a box and of what stands in it. */
static const double clear_pt = 1;

/* What circles of a panel can cover: its box but for the scale bar, or as far
 * as the panels reach up and down and the page to both sides. */
static struct map_box room_of(const struct map_canvas *canvas, double page_pt)
{
    if (!canvas->panel->boxed) {
        struct map_box all = map_page_box(canvas);
        return (struct map_box){0, all.y, page_pt, all.height};
    }
    struct map_box room = canvas->box;
    room.x += clear_pt;
    room.y += clear_pt;
    room.width -= 2 * clear_pt;
    room.height -= 2 * clear_pt;
    if (canvas->barred)
        room.height -= map_bar_strip(canvas);
    return room;
}

/* The value of an area that has a circle in this panel. */
static size_t circled(const struct map_canvas *canvas, size_t area)
{
    const struct map_view *view = canvas->view;
    size_t v = view->value_of[area];
    return view->geo->areas[area].panel == canvas->index && v != MAP_NO_VALUE &&
                   view->look_of_value[v].kind == LOOK_CIRCLE
               ? v
               : MAP_NO_VALUE;
}

/* The most that the largest circle of all may have, so that those of this panel
 * find room in its box. */
double map_circles_most(const struct map_canvas *canvas)
{
    const struct map_view *view = canvas->view;
    double most = HUGE_VAL;
    if (!canvas->panel->boxed)
        return most;
    struct map_box room = room_of(canvas, 0);
    double half = fmin(room.width, room.height) / 2;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        size_t v = circled(canvas, a);
        if (v == MAP_NO_VALUE)
            continue;
        double share = map_radius(view, view->job->values[v].value);
        if (share > 0)
            most = fmin(most, half * view->largest_pt / share);
    }
    return most;
}

/* Within both ends, or between them where it finds no room. */
static double keep(double at, double radius, double from, double size)
{
    if (2 * radius >= size)
        return from + size / 2;
    return fmin(fmax(at, from + radius), from + size - radius);
}

void map_circles_place(struct map_canvas *canvas)
{
    const struct map_view *view = canvas->view;
    double page_pt = scene_width(view->scene) - 2 * view->job->margin_pt;
    struct map_box room = room_of(canvas, page_pt);
    canvas->circle_count = 0;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        size_t v = circled(canvas, a);
        if (v == MAP_NO_VALUE)
            continue;
        struct map_circle *circle = &canvas->circles[canvas->circle_count];
        circle->value = v;
        circle->radius = map_radius(view, view->job->values[v].value);
        if (!(circle->radius > 0))
            continue;
        (void)map_inner_point(canvas, a, &circle->x, &circle->y);
        circle->x = keep(circle->x, circle->radius, room.x, room.width);
        circle->y = keep(circle->y, circle->radius, room.y, room.height);
        canvas->circle_count++;
    }
    qsort(canvas->circles, canvas->circle_count, sizeof *canvas->circles,
          by_radius);
}

void map_circles(const struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    struct scene_paint paint = {.filled = true,
                                .fill = view->colours[4],
                                .opacity = 0.75,
                                .stroked = true,
                                .stroke = PAPER,
                                .width_pt = 0.6,
                                .css = "circle"};
    for (size_t i = 0; i < canvas->circle_count; i++) {
        const struct map_circle *circle = &canvas->circles[i];
        scene_circle(view->scene, circle->x, circle->y, circle->radius, &paint);
    }
}
