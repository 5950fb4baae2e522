/* SPDX-License-Identifier: EUPL-1.2 */
#include "scene/scene.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Items are told of in sheets of a fixed size: growing leaves nothing
 * behind. */
enum { SHEET_ITEMS = 256, RECENT = 8 };

struct scene {
    struct arena *arena;
    double width_pt, height_pt, least_pt;
    double margin_pt; /* within both */
    const char *alt, *description;
    const struct scene_item ***sheets;
    size_t sheet_count, sheet_capacity;
    size_t count;
    int depth;                   /* open groups */
    const char *classes[RECENT]; /* kept already */
    size_t class_at;
    const struct scene_paint *paints[RECENT]; /* likewise */
    size_t paint_at;

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

void scene_margin(struct scene *scene, double margin_pt)
{
    assert(scene->count == 0 && scene->verb_count == 0 && margin_pt >= 0);
    scene->width_pt += 2 * margin_pt;
    scene->height_pt += 2 * margin_pt;
    scene->margin_pt += margin_pt;
}

void scene_set_least(struct scene *scene, double height_pt)
{
    assert(height_pt >= 0 && height_pt <= scene->height_pt);
    scene->least_pt = height_pt;
}

double scene_least(const struct scene *scene)
{
    return scene->least_pt;
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
    return scene->sheets[item / SHEET_ITEMS][item % SHEET_ITEMS];
}

static const char *keep(struct scene *scene, const char *text)
{
    return text && text[0] ? arena_text(scene->arena, text) : "";
}

/* Few classes come back all the time. */
static const char *keep_class(struct scene *scene, const char *css)
{
    if (css == NULL || css[0] == '\0')
        return "";
    for (size_t i = 0; i < RECENT; i++) {
        if (scene->classes[i] != NULL && text_same(scene->classes[i], css))
            return scene->classes[i];
    }
    const char **place = &scene->classes[scene->class_at++ % RECENT];
    *place = arena_text(scene->arena, css);
    return *place;
}

/* Each kind is kept up to its last member. */
static size_t item_size(enum scene_kind kind)
{
    switch (kind) {
    case SCENE_PATH:
        return offsetof(struct scene_item, paint) +
               sizeof(const struct scene_paint *);
    case SCENE_GROUP_BEGIN:
        return offsetof(struct scene_item, title) + sizeof(const char *);
    case SCENE_MOSAIC:
        return offsetof(struct scene_item, mosaic) +
               sizeof(const struct scene_mosaic *);
    case SCENE_TEXT:
    case SCENE_GROUP_END:
        break;
    }
    return sizeof(struct scene_item);
}

static void add_item(struct scene *scene, const struct scene_item *item)
{
    static const struct scene_item group_end = {.kind = SCENE_GROUP_END,
                                                .css = ""};
    const struct scene_item *kept = &group_end;
    if (item->kind != SCENE_GROUP_END) {
        size_t size = item_size(item->kind);
        void *copy = arena_alloc(scene->arena, size);
        memcpy(copy, item, size);
        kept = copy;
    }
    if (scene->count % SHEET_ITEMS == 0) {
        scene->sheets =
            arena_grow(scene->arena, scene->sheets, scene->sheet_count,
                       &scene->sheet_capacity, sizeof *scene->sheets);
        scene->sheets[scene->sheet_count++] = arena_array(
            scene->arena, SHEET_ITEMS, sizeof(const struct scene_item *));
    }
    scene->sheets[scene->sheet_count - 1][scene->count++ % SHEET_ITEMS] = kept;
}

/* --- paths ---------------------------------------------------------------- */

/* Room for verbs and points, before they are added. */
static void reserve(struct scene *scene, size_t verbs, size_t points)
{
    size_t verbs_wanted = scene->verb_count + verbs;
    size_t points_wanted = scene->point_count + 2 * points;
    if (verbs_wanted >= scene->verb_capacity)
        scene->verbs = arena_grow(scene->arena, scene->verbs, verbs_wanted,
                                  &scene->verb_capacity, sizeof *scene->verbs);
    if (points_wanted >= scene->point_capacity)
        scene->points =
            arena_grow(scene->arena, scene->points, points_wanted,
                       &scene->point_capacity, sizeof *scene->points);
}

static void add_verb(struct scene *scene, enum scene_verb verb)
{
    scene->verbs[scene->verb_count++] = (unsigned char)verb;
}

static void add_point(struct scene *scene, double x, double y)
{
    assert(isfinite(x) && isfinite(y));
    scene->points[scene->point_count++] = scene->margin_pt + x;
    scene->points[scene->point_count++] = scene->margin_pt + y;
}

void scene_move(struct scene *scene, double x, double y)
{
    reserve(scene, 1, 1);
    add_verb(scene, VERB_MOVE);
    add_point(scene, x, y);
}

void scene_line(struct scene *scene, double x, double y)
{
    assert(scene->verb_count > 0);
    reserve(scene, 1, 1);
    add_verb(scene, VERB_LINE);
    add_point(scene, x, y);
}

void scene_lines(struct scene *scene, const double *points, size_t count,
                 bool backwards)
{
    bool begun = scene->verb_count > 0 &&
                 scene->verbs[scene->verb_count - 1] != VERB_CLOSE;
    reserve(scene, count, count);
    unsigned char *verb = scene->verbs + scene->verb_count;
    double *to = scene->points + scene->point_count;
    memset(verb, VERB_LINE, count);
    if (!begun && count > 0)
        verb[0] = VERB_MOVE;
    for (size_t i = 0; i < count; i++) {
        const double *at = points + 2 * (backwards ? count - 1 - i : i);
        assert(isfinite(at[0]) && isfinite(at[1]));
        to[2 * i] = scene->margin_pt + at[0];
        to[2 * i + 1] = scene->margin_pt + at[1];
    }
    scene->verb_count += count;
    scene->point_count += 2 * count;
}

void scene_curve(struct scene *scene, double x1, double y1, double x2,
                 double y2, double x, double y)
{
    assert(scene->verb_count > 0);
    reserve(scene, 1, 3);
    add_verb(scene, VERB_CURVE);
    add_point(scene, x1, y1);
    add_point(scene, x2, y2);
    add_point(scene, x, y);
}

void scene_close(struct scene *scene)
{
    assert(scene->verb_count > 0);
    reserve(scene, 1, 0);
    add_verb(scene, VERB_CLOSE);
}

/* A paint as devices want it: no NULL, and an opacity that shows. */
static struct scene_paint clean_paint(struct scene *scene,
                                      const struct scene_paint *paint)
{
    struct scene_paint clean = *paint;
    clean.css = keep_class(scene, paint->css);
    if (clean.opacity <= 0 || clean.opacity > 1)
        clean.opacity = 1;
    if (clean.width_pt <= 0)
        clean.stroked = false;
    return clean;
}

bool scene_same_paint(const struct scene_paint *a, const struct scene_paint *b)
{
    if (a == b)
        return true;
    if (a->filled != b->filled || a->pattern != b->pattern ||
        a->stroked != b->stroked)
        return false;
    if (a->filled && (a->fill != b->fill || a->opacity != b->opacity ||
                      a->fixed != b->fixed))
        return false;
    if (a->pattern != PATTERN_NONE && a->ink != b->ink)
        return false;
    return !a->stroked ||
           (a->stroke == b->stroke && a->width_pt == b->width_pt &&
            a->dash_pt == b->dash_pt);
}

/* Few paints come back all the time: paths share them. */
const struct scene_paint *scene_paint_kept(struct scene *scene,
                                           const struct scene_paint *paint)
{
    struct scene_paint clean = clean_paint(scene, paint);
    for (size_t i = 0; i < RECENT; i++) {
        const struct scene_paint *kept = scene->paints[i];
        if (kept != NULL && kept->css == clean.css &&
            kept->fixed == clean.fixed && scene_same_paint(kept, &clean))
            return kept;
    }
    struct scene_paint *fresh = arena_alloc(scene->arena, sizeof *fresh);
    *fresh = clean;
    scene->paints[scene->paint_at++ % RECENT] = fresh;
    return fresh;
}

void scene_paint(struct scene *scene, const struct scene_paint *paint)
{
    if (scene->verb_count == 0)
        return;
    assert(scene->point_count <= UINT32_MAX);
    size_t points_size = scene->point_count * sizeof *scene->points;
    double *points =
        arena_array(scene->arena, scene->point_count, sizeof *scene->points);
    unsigned char *verbs = arena_array(scene->arena, scene->verb_count, 1);
    memcpy(points, scene->points, points_size);
    memcpy(verbs, scene->verbs, scene->verb_count);
    struct scene_item item = {
        .kind = SCENE_PATH,
        .verb_count = (uint32_t)scene->verb_count,
        .point_count = (uint32_t)(scene->point_count / 2),
        .css = "",
        .verbs = verbs,
        .points = points,
        .paint = scene_paint_kept(scene, paint),
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
        .x_pt = scene->margin_pt + x,
        .y_pt = scene->margin_pt + y,
        .angle_degrees = style->angle_degrees,
        .font = style->font,
        .size_pt = style->size_pt,
        .anchor = style->anchor,
        .colour = style->colour,
        .css = keep_class(scene, style->css),
    };
    add_item(scene, &item);
}

void scene_group(struct scene *scene, const char *css, const char *id,
                 const char *title)
{
    assert(scene->verb_count == 0);
    struct scene_item item = {
        .kind = SCENE_GROUP_BEGIN,
        .css = keep_class(scene, css),
        .id = keep(scene, id),
        .title = keep(scene, title),
    };
    scene->depth++;
    add_item(scene, &item);
}

void scene_group_end(struct scene *scene)
{
    assert(scene->depth > 0 && scene->verb_count == 0);
    struct scene_item item = {.kind = SCENE_GROUP_END, .css = ""};
    scene->depth--;
    add_item(scene, &item);
}

static void add_mosaic(struct scene *scene, const struct scene_mosaic *mosaic,
                       double x, double y)
{
    assert(scene->verb_count == 0);
    struct scene_mosaic *copy = arena_alloc(scene->arena, sizeof *copy);
    *copy = *mosaic;
    copy->css = keep_class(scene, mosaic->css);
    copy->x_pt += x;
    copy->y_pt += y;
    struct scene_item item = {.kind = SCENE_MOSAIC, .css = "", .mosaic = copy};
    add_item(scene, &item);
}

struct arena *scene_arena(const struct scene *scene)
{
    return scene->arena;
}

void scene_mosaic(struct scene *scene, const struct scene_mosaic *mosaic)
{
    add_mosaic(scene, mosaic, scene->margin_pt, scene->margin_pt);
}

static const double *moved(struct arena *arena, const double *points,
                           size_t count, double x, double y)
{
    double *to = arena_array(arena, count * 2, sizeof *to);
    for (size_t point = 0; point < count; point++) {
        to[2 * point] = points[2 * point] + x;
        to[2 * point + 1] = points[2 * point + 1] + y;
    }
    return to;
}

void scene_place(struct scene *scene, const struct scene *inner, double x,
                 double y)
{
    assert(scene != inner && inner->depth == 0 && scene->verb_count == 0);
    x += scene->margin_pt;
    y += scene->margin_pt;
    for (size_t i = 0; i < inner->count; i++) {
        const struct scene_item *from = scene_item(inner, i);
        if (from->kind == SCENE_MOSAIC) {
            add_mosaic(scene, from->mosaic, x, y);
            continue;
        }
        struct scene_item item = {.css = ""};
        memcpy(&item, from, item_size(from->kind));
        if (item.kind == SCENE_TEXT) {
            item.x_pt += x;
            item.y_pt += y;
        } else if (item.kind == SCENE_PATH) {
            item.points =
                moved(scene->arena, item.points, item.point_count, x, y);
        }
        add_item(scene, &item);
    }
}
