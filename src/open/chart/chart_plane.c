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

bool chart_spans_years(const struct chart_job *job)
{
    enum { FIRST = 1850, LAST = 2150 };
    double low, high;
    if (!chart_span(job, &low, &high) || low < FIRST || high > LAST)
        return false;
    for (size_t s = 0; s < chart_values(job); s++) {
        for (size_t i = 0; i < job->series[s].count; i++) {
            double x = job->series[s].points[i].x;
            if (chart_shown(&job->series[s].points[i]) && floor(x) < x)
                return false;
        }
    }
    return true;
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

enum { SIDES = 8, CORNERS = SIDES / 2 };

static const signed char across[SIDES] = {1, -1, 0, 0, 1, 1, -1, -1};
static const signed char down[SIDES] = {0, 0, -1, 1, -1, 1, -1, 1};

/* Where a text of this width stands beside a mark: at the right, the left,
 * above, below, then at the corners. */
static struct box place_beside(double x, double y, double width, int side,
                               double gap)
{
    double height = CHART_NOTE_PT;
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

#define BESIDE_PT 4.0
#define CORNER_PT 2.5
#define LED_PT 11.0      /* to a name with a rule, across and down */
#define FROM_MARK_PT 3.0 /* where the rule begins */
#define OWN_CLEAR_PT                                                           \
    5.0                   /* nearer than any other mark: the eye has no doubt  \
                           */
#define OWN_NEARER_PT 2.0 /* where no place is clear and no rule has room */

/* How far a box is from a place. */
static double box_distance(const struct box *box, double x, double y)
{
    double aside = fmax(0, fmax(box->left - x, x - box->right));
    double below = fmax(0, fmax(box->top - y, y - box->bottom));
    return hypot(aside, below);
}

/* Whether a name in this box could be that of a mark that is not at x, y: one
 * that is as near, but for `nearer` points. */
static bool is_ambiguous(const struct names *names, const struct box *box,
                         double x, double y, double nearer)
{
    double own = box_distance(box, x, y);
    for (size_t i = 0; i < names->mark_count; i++) {
        const struct box *mark = &names->taken[i];
        double other_x = (mark->left + mark->right) / 2;
        double other_y = (mark->top + mark->bottom) / 2;
        if (hypot(other_x - x, other_y - y) < 1e-6)
            continue;
        if (box_distance(box, other_x, other_y) < own + nearer)
            return true;
    }
    return false;
}

static void write_name(struct names *names, const char *label, struct box box)
{
    struct scene_text_style style =
        chart_text(FONT_REGULAR, CHART_NOTE_PT, ANCHOR_START, CHART_INK);
    names->taken[names->count++] = box;
    scene_text(names->plane->view->scene, box.left, box.bottom - 1.2, label,
               &style);
}

/* A name close to its mark, which is nearer than any other by `nearer`. */
static bool name_beside(struct names *names, const char *label, double x,
                        double y, double width, double nearer)
{
    for (int side = 0; side < SIDES; side++) {
        double gap = side < CORNERS ? BESIDE_PT : CORNER_PT;
        struct box box = place_beside(x, y, width, side, gap);
        if (!is_free(names, &box) || is_crossed(names, &box) ||
            is_ambiguous(names, &box, x, y, nearer))
            continue;
        write_name(names, label, box);
        return true;
    }
    return false;
}

/* Whether a rule at an angle from a mark has nothing of others on it. */
static bool leads(const struct names *names, double x, double y, int side)
{
    double from[2] = {x + across[side] * FROM_MARK_PT,
                      y + down[side] * FROM_MARK_PT};
    double to[2] = {x + across[side] * LED_PT, y + down[side] * LED_PT};
    bool right = across[side] > 0;
    for (size_t i = 0; i < names->count; i++) {
        if (meets(&names->taken[i], right ? from : to, right ? to : from))
            return false;
    }
    return true;
}

/* A name farther away at a corner, with a thin rule to its mark. */
static bool name_led(struct names *names, const char *label, double x, double y,
                     double width)
{
    struct scene *scene = names->plane->view->scene;
    for (int side = CORNERS; side < SIDES; side++) {
        struct box box = place_beside(x, y, width, side, LED_PT);
        if (!is_free(names, &box) || is_crossed(names, &box) ||
            !leads(names, x, y, side))
            continue;
        struct scene_paint paint = chart_stroke(CHART_INK, 0.4);
        paint.css = "guide";
        scene_move(scene, x + across[side] * FROM_MARK_PT,
                   y + down[side] * FROM_MARK_PT);
        scene_line(scene, x + across[side] * LED_PT, y + down[side] * LED_PT);
        scene_paint(scene, &paint);
        write_name(names, label, box);
        return true;
    }
    return false;
}

/* A name that finds no free place, where no line runs and no other mark is as
 * near, is left out: its mark keeps its title. */
static void draw_name(struct names *names, const struct chart_point *point)
{
    double x, y;
    chart_plane_at(names->plane, point, &x, &y);
    double width = chart_width(names->plane->view, FONT_REGULAR, CHART_NOTE_PT,
                               point->label);
    if (!name_beside(names, point->label, x, y, width, OWN_CLEAR_PT) &&
        !name_led(names, point->label, x, y, width))
        (void)name_beside(names, point->label, x, y, width, OWN_NEARER_PT);
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
