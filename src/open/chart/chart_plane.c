/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "chart/chart_impl.h"

bool chart_span(const struct chart_job *job, double *low, double *high)
{
    bool any = false;
    for (size_t s = 0; s < job->series_count; s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            if (!chart_shown(point))
                continue;
            *low = any ? fmin(*low, point->x) : point->x;
            *high = any ? fmax(*high, point->x) : point->x;
            any = true;
        }
    }
    return any;
}

/* --- layout --------------------------------------------------------------- */

void chart_plane_lay_out(struct chart_plane *plane)
{
    struct chart_view *view = plane->view;
    const struct chart_job *job = view->job;
    chart_draw_y_label(view, CHART_UNIT_GAP_PT);
    double axis = chart_left_axis_width(view, &plane->y);
    chart_draw_x_label(view, (view->left + axis + view->right) / 2);
    view->bottom -= CHART_TICK_PT + 6;
    view->left += axis;
    view->right -= 8;
    if (job->reference.given && plane->reference_right)
        view->right -=
            chart_width(view, FONT_ITALIC, CHART_TICK_PT, job->reference.label);
    plane->x.from = view->left;
    plane->x.to = view->right;
    plane->y.from = view->bottom;
    plane->y.to = view->top;
    view->plot_pt = view->bottom - view->top;
    chart_draw_left_axis(view, &plane->y);
    chart_draw_bottom_axis(view, &plane->x);
}

void chart_plane_at(const struct chart_plane *plane,
                    const struct chart_point *point, double *x, double *y)
{
    *x = chart_scale_at(&plane->x, point->x);
    *y = chart_scale_at(&plane->y, point->value);
}

void chart_plane_reference(const struct chart_plane *plane)
{
    struct chart_view *view = plane->view;
    const struct chart_reference *reference = &view->job->reference;
    if (!reference->given)
        return;
    double y = chart_scale_at(&plane->y, reference->value);
    struct scene_paint paint = chart_stroke(CHART_INK, 0.9);
    struct scene_text_style style =
        chart_text(FONT_ITALIC, CHART_TICK_PT, ANCHOR_START, CHART_INK);
    double drop = fonts_cap_height(view->fonts, FONT_ITALIC, CHART_TICK_PT) / 2;
    scene_group(view->scene, "reference", "", reference->label);
    scene_segment(view->scene, view->left, y, view->right, y, &paint);
    scene_text(view->scene, view->right + 4, y + drop, reference->label,
               &style);
    scene_group_end(view->scene);
}

void chart_plane_curve(const struct chart_plane *plane,
                       const struct chart_series *series,
                       const struct scene_paint *paint)
{
    struct scene *scene = plane->view->scene;
    bool open = false;
    for (size_t i = 0; i < series->count; i++) {
        const struct chart_point *point = &series->points[i];
        double x, y;
        if (!chart_shown(point)) {
            if (open)
                scene_paint(scene, paint);
            open = false;
            continue;
        }
        chart_plane_at(plane, point, &x, &y);
        if (open)
            scene_line(scene, x, y);
        else
            scene_move(scene, x, y);
        open = true;
    }
    if (open)
        scene_paint(scene, paint);
}

void chart_plane_marks(const struct chart_plane *plane)
{
    struct chart_view *view = plane->view;
    const struct chart_job *job = view->job;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            double x, y;
            if (!chart_shown(point))
                continue;
            chart_plane_at(plane, point, &x, &y);
            scene_group(view->scene, "point", "",
                        chart_point_words(view, s, point));
            chart_marker(view, chart_look(job, s), x, y,
                         (point->flags & CHART_HOLLOW) != 0);
            scene_group_end(view->scene);
        }
    }
}

/* --- names of points ------------------------------------------------------ */

struct box {
    double left, top, right, bottom;
};

static bool apart(const struct box *a, const struct box *b)
{
    return a->right <= b->left || b->right <= a->left || a->bottom <= b->top ||
           b->bottom <= a->top;
}

struct names {
    const struct chart_plane *plane;
    struct box *taken; /* by marks, then by names */
    size_t count, mark_count;
};

enum { SIDES = 8 };

/* Where a text of this width stands beside a mark: at the right, the left,
 * above, below, then at the corners. */
static struct box place_beside(double x, double y, double width, int side)
{
    static const signed char across[SIDES] = {1, -1, 0, 0, 1, 1, -1, -1};
    static const signed char down[SIDES] = {0, 0, -1, 1, -1, 1, -1, 1};
    double gap = side < SIDES / 2 ? 4 : 2.5, height = CHART_NOTE_PT;
    double left = x - width / 2 + across[side] * (width / 2 + gap);
    double top = y - height / 2 + down[side] * (height / 2 + gap);
    return (struct box){left, top, left + width, top + height};
}

static bool is_free(const struct names *names, const struct box *box)
{
    const struct chart_view *view = names->plane->view;
    if (box->left < view->left || box->right > view->right + 8 ||
        box->top < view->top || box->bottom > view->bottom)
        return false;
    for (size_t i = 0; i < names->count; i++) {
        if (!apart(&names->taken[i], box))
            return false;
    }
    return true;
}

/* Whether the line between two places, the first at the left, meets a box. */
static bool meets(const struct box *box, const double a[2], const double b[2])
{
    double from = fmax(a[0], box->left), to = fmin(b[0], box->right);
    if (from > to || a[0] >= b[0])
        return false;
    double slope = (b[1] - a[1]) / (b[0] - a[0]);
    double first = a[1] + slope * (from - a[0]);
    double last = a[1] + slope * (to - a[0]);
    return fmax(first, last) > box->top && fmin(first, last) < box->bottom;
}

/* Whether the reference, a fitted line or a limit runs through a box. */
static bool is_crossed(const struct names *names, const struct box *box)
{
    const struct chart_plane *plane = names->plane;
    const struct chart_job *job = plane->view->job;
    double level = chart_scale_at(&plane->y, job->reference.value);
    if (job->reference.given && level > box->top && level < box->bottom)
        return true;
    for (size_t s = chart_values(job); s < job->series_count; s++) {
        const struct chart_series *line = &job->series[s];
        for (size_t i = 1; i < line->count; i++) {
            double a[2], b[2];
            chart_plane_at(plane, &line->points[i - 1], &a[0], &a[1]);
            chart_plane_at(plane, &line->points[i], &b[0], &b[1]);
            if (meets(box, a, b))
                return true;
        }
    }
    return false;
}

#define OWN_NEARER_PT 2.0 /* than any other mark */

/* How far a box is from a place. */
static double box_distance(const struct box *box, double x, double y)
{
    double across = fmax(0, fmax(box->left - x, x - box->right));
    double down = fmax(0, fmax(box->top - y, y - box->bottom));
    return hypot(across, down);
}

/* Whether a name in this box could be that of a mark that is not at x, y. */
static bool is_ambiguous(const struct names *names, const struct box *box,
                         double x, double y)
{
    double own = box_distance(box, x, y);
    for (size_t i = 0; i < names->mark_count; i++) {
        const struct box *mark = &names->taken[i];
        double other_x = (mark->left + mark->right) / 2;
        double other_y = (mark->top + mark->bottom) / 2;
        if (hypot(other_x - x, other_y - y) < 1e-6)
            continue;
        if (box_distance(box, other_x, other_y) < own + OWN_NEARER_PT)
            return true;
    }
    return false;
}

/* A name that finds no free place, where no line runs and no other mark is as
 * near, is left out: its mark keeps its title. */
static void draw_name(struct names *names, const struct chart_point *point)
{
    struct chart_view *view = names->plane->view;
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_NOTE_PT, ANCHOR_START, CHART_INK);
    double x, y;
    chart_plane_at(names->plane, point, &x, &y);
    double width = chart_width(view, FONT_REGULAR, CHART_NOTE_PT, point->label);
    for (int side = 0; side < SIDES; side++) {
        struct box box = place_beside(x, y, width, side);
        if (!is_free(names, &box) || is_crossed(names, &box) ||
            is_ambiguous(names, &box, x, y))
            continue;
        names->taken[names->count++] = box;
        scene_text(view->scene, box.left, box.bottom - 1.2, point->label,
                   &style);
        return;
    }
}

/* No name covers a mark. */
static void take_marks(struct names *names)
{
    const struct chart_job *job = names->plane->view->job;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            const struct chart_point *point = &job->series[s].points[i];
            double x, y;
            if (!chart_shown(point))
                continue;
            chart_plane_at(names->plane, point, &x, &y);
            names->taken[names->count++] =
                (struct box){x - 2.5, y - 2.5, x + 2.5, y + 2.5};
        }
    }
}

void chart_plane_names(const struct chart_plane *plane,
                       const struct chart_point *const *points, size_t count)
{
    const struct chart_job *job = plane->view->job;
    struct names names = {.plane = plane};
    size_t most = count;
    for (size_t s = 0; s < chart_values(job); s++)
        most += job->series[s].count;
    names.taken = arena_array(plane->view->arena, most, sizeof *names.taken);
    take_marks(&names);
    names.mark_count = names.count;
    scene_group(plane->view->scene, "labels", "", "");
    for (size_t n = 0; n < count; n++)
        draw_name(&names, points[n]);
    scene_group_end(plane->view->scene);
}
