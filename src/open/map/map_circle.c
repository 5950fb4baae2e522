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

struct circle {
    size_t value;
    double x, y, radius;
};

static int by_radius(const void *a, const void *b)
{
    const struct circle *p = a, *q = b;
    if (p->radius < q->radius || q->radius < p->radius)
        return p->radius < q->radius ? 1 : -1;
    return (p->value > q->value) - (p->value < q->value);
}

static size_t collect(const struct map_canvas *canvas, struct circle *circles)
{
    const struct map_view *view = canvas->view;
    size_t count = 0;
    for (size_t a = 0; a < view->geo->area_count; a++) {
        size_t v = view->value_of[a];
        if (view->geo->areas[a].panel != canvas->index || v == MAP_NO_VALUE ||
            view->look_of_value[v].kind != LOOK_CIRCLE)
            continue;
        struct circle *circle = &circles[count];
        circle->value = v;
        circle->radius = map_radius(view, view->job->values[v].value);
        if (!(circle->radius > 0))
            continue;
        (void)map_inner_point(canvas, a, &circle->x, &circle->y);
        double right = scene_width(view->scene) - circle->radius;
        circle->x = fmax(circle->radius, fmin(circle->x, right));
        count++;
    }
    return count;
}

void map_circles(const struct map_canvas *canvas)
{
    struct map_view *view = canvas->view;
    struct circle *circles =
        arena_array(view->arena, view->geo->area_count, sizeof *circles);
    size_t count = collect(canvas, circles);
    qsort(circles, count, sizeof *circles, by_radius);
    struct scene_paint paint = {.filled = true,
                                .fill = view->colours[4],
                                .opacity = 0.75,
                                .stroked = true,
                                .stroke = PAPER,
                                .width_pt = 0.6,
                                .css = "circle"};
    for (size_t i = 0; i < count; i++)
        scene_circle(view->scene, circles[i].x, circles[i].y, circles[i].radius,
                     &paint);
}
