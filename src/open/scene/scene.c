/* SPDX-License-Identifier: EUPL-1.2 */
#include "scene/scene.h"

#include <math.h>
#include <string.h>

struct scene {
    struct arena *arena;
    double width_pt, height_pt;
    const char *alt, *description;
    struct scene_item *items;
    size_t count, capacity;
    int depth; /* open groups */

    /* the path being made */
    unsigned char *verbs;
    size_t verb_count, verb_capacity;
    double *points;
    size_t point_count, point_capacity; /* numbers, two a point */
};

struct scene *scene_new(struct arena *open, double width_pt, double height_pt,
                        const char *alt, const char *description)
{
    assert(width_pt > 0 && height_pt > 0);
    struct scene *scene = arena_alloc(open, sizeof *scene);
    scene->arena = open;
    scene->width_pt = width_pt;
    scene->height_pt = height_pt;
    scene->alt = arena_text(open, alt);
    scene->description = arena_text(open, description);
    return scene;
}

double scene_width(const struct scene *scene)
{
    return scene->width_pt;
}

double scene_height(const struct scene *scene)
{
    return scene->height_pt;
}

const char *scene_alt(const struct scene *scene)
{
    return scene->alt;
}

const char *scene_description(const struct scene *scene)
{
    return scene->description;
}

size_t scene_count(const struct scene *scene)
{
    return scene->count;
}

const struct scene_item *scene_item(const struct scene *scene, size_t item)
{
    assert(item < scene->count);
    return &scene->items[item];
}

static const char *keep(struct scene *scene, const char *text)
{
    return text && text[0] ? arena_text(scene->arena, text) : "";
}

static void add_item(struct scene *scene, const struct scene_item *item)
{
    scene->items = arena_grow(scene->arena, scene->items, scene->count,
                              &scene->capacity, sizeof *scene->items);
    scene->items[scene->count++] = *item;
}

/* --- paths ---------------------------------------------------------------- */

static void add_verb(struct scene *scene, enum scene_verb verb)
{
    scene->verbs = arena_grow(scene->arena, scene->verbs, scene->verb_count,
                              &scene->verb_capacity, sizeof *scene->verbs);
    scene->verbs[scene->verb_count++] = (unsigned char)verb;
}

static void add_point(struct scene *scene, double x, double y)
{
    assert(isfinite(x) && isfinite(y));
    scene->points =
        arena_grow(scene->arena, scene->points, scene->point_count + 1,
                   &scene->point_capacity, sizeof *scene->points);
    scene->points[scene->point_count++] = x;
    scene->points[scene->point_count++] = y;
}

void scene_move(struct scene *scene, double x, double y)
{
    add_verb(scene, VERB_MOVE);
    add_point(scene, x, y);
}

void scene_line(struct scene *scene, double x, double y)
{
    assert(scene->verb_count > 0);
    add_verb(scene, VERB_LINE);
    add_point(scene, x, y);
}

void scene_curve(struct scene *scene, double x1, double y1, double x2,
                 double y2, double x, double y)
{
    assert(scene->verb_count > 0);
    add_verb(scene, VERB_CURVE);
    add_point(scene, x1, y1);
    add_point(scene, x2, y2);
    add_point(scene, x, y);
}

void scene_close(struct scene *scene)
{
    assert(scene->verb_count > 0);
    add_verb(scene, VERB_CLOSE);
}

/* A paint as devices want it: no NULL, and an opacity that shows. */
static struct scene_paint clean_paint(struct scene *scene,
                                      const struct scene_paint *paint)
{
    struct scene_paint clean = *paint;
    clean.css = keep(scene, paint->css);
    if (clean.opacity <= 0 || clean.opacity > 1)
        clean.opacity = 1;
    if (clean.width_pt <= 0)
        clean.stroked = false;
    return clean;
}

void scene_paint(struct scene *scene, const struct scene_paint *paint)
{
    if (scene->verb_count == 0)
        return;
    size_t points_size = scene->point_count * sizeof *scene->points;
    double *points = arena_alloc(scene->arena, points_size);
    unsigned char *verbs = arena_alloc(scene->arena, scene->verb_count);
    memcpy(points, scene->points, points_size);
    memcpy(verbs, scene->verbs, scene->verb_count);
    struct scene_item item = {
        .kind = SCENE_PATH,
        .verbs = verbs,
        .verb_count = scene->verb_count,
        .points = points,
        .point_count = scene->point_count / 2,
        .paint = clean_paint(scene, paint),
        .text = "",
        .css = "",
        .id = "",
        .title = "",
    };
    add_item(scene, &item);
    scene->verb_count = 0;
    scene->point_count = 0;
}

void scene_rectangle(struct scene *scene, double x, double y, double width,
                     double height, const struct scene_paint *paint)
{
    scene_move(scene, x, y);
    scene_line(scene, x + width, y);
    scene_line(scene, x + width, y + height);
    scene_line(scene, x, y + height);
    scene_close(scene);
    scene_paint(scene, paint);
}

void scene_circle(struct scene *scene, double x, double y, double radius,
                  const struct scene_paint *paint)
{
    double c = radius * 0.5522847498; /* four Bézier arcs, 0.03 % off */
    scene_move(scene, x + radius, y);
    scene_curve(scene, x + radius, y + c, x + c, y + radius, x, y + radius);
    scene_curve(scene, x - c, y + radius, x - radius, y + c, x - radius, y);
    scene_curve(scene, x - radius, y - c, x - c, y - radius, x, y - radius);
    scene_curve(scene, x + c, y - radius, x + radius, y - c, x + radius, y);
    scene_close(scene);
    scene_paint(scene, paint);
}

void scene_segment(struct scene *scene, double x1, double y1, double x2,
                   double y2, const struct scene_paint *paint)
{
    scene_move(scene, x1, y1);
    scene_line(scene, x2, y2);
    scene_paint(scene, paint);
}

/* --- texts, groups -------------------------------------------------------- */

void scene_text(struct scene *scene, double x, double y, const char *text,
                const struct scene_text_style *style)
{
    assert(isfinite(x) && isfinite(y));
    assert(scene->verb_count == 0);
    if (text[0] == '\0')
        return;
    struct scene_item item = {
        .kind = SCENE_TEXT,
        .text = keep(scene, text),
        .x_pt = x,
        .y_pt = y,
        .angle_degrees = style->angle_degrees,
        .font = style->font,
        .size_pt = style->size_pt,
        .anchor = style->anchor,
        .colour = style->colour,
        .css = keep(scene, style->css),
        .id = "",
        .title = "",
        .paint = {.opacity = 1, .css = ""},
    };
    add_item(scene, &item);
}

void scene_group(struct scene *scene, const char *css, const char *id,
                 const char *title)
{
    assert(scene->verb_count == 0);
    struct scene_item item = {
        .kind = SCENE_GROUP_BEGIN,
        .css = keep(scene, css),
        .id = keep(scene, id),
        .title = keep(scene, title),
        .text = "",
        .paint = {.opacity = 1, .css = ""},
    };
    scene->depth++;
    add_item(scene, &item);
}

void scene_group_end(struct scene *scene)
{
    assert(scene->depth > 0 && scene->verb_count == 0);
    struct scene_item item = {
        .kind = SCENE_GROUP_END,
        .text = "",
        .css = "",
        .id = "",
        .title = "",
        .paint = {.opacity = 1, .css = ""},
    };
    scene->depth--;
    add_item(scene, &item);
}

void scene_place(struct scene *scene, const struct scene *inner, double x,
                 double y)
{
    assert(scene != inner && inner->depth == 0 && scene->verb_count == 0);
    for (size_t i = 0; i < inner->count; i++) {
        struct scene_item item = inner->items[i];
        item.x_pt += x;
        item.y_pt += y;
        double *points =
            arena_array(scene->arena, item.point_count * 2, sizeof *points);
        for (size_t point = 0; point < item.point_count; point++) {
            points[2 * point] = item.points[2 * point] + x;
            points[2 * point + 1] = item.points[2 * point + 1] + y;
        }
        item.points = points;
        add_item(scene, &item);
    }
}
