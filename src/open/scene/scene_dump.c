/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "scene/scene.h"

static const char *const pattern_names[PATTERN_COUNT] = {
    [PATTERN_NONE] = "none",
    [PATTERN_DENSE] = "dense",
    [PATTERN_LIGHT] = "light",
    [PATTERN_DOTS] = "dots",
    [PATTERN_CROSS] = "cross",
    [PATTERN_STRIPES] = "stripes",
    [PATTERN_STRIPES_WIDE] = "wide-stripes",
    [PATTERN_BARS] = "bars",
    [PATTERN_BARS_WIDE] = "wide-bars",
};
static const char *const font_names[FONT_STYLE_COUNT] = {
    [FONT_REGULAR] = "regular",
    [FONT_BOLD] = "bold",
    [FONT_ITALIC] = "italic",
    [FONT_BOLD_ITALIC] = "bold-italic",
};
static const char *const anchor_names[] = {"start", "middle", "end"};

/* Two decimals; -0.00 and 0.00 are one place. */
static void dump_number(struct text *out, double value)
{
    text_format(out, " %.2f", fabs(value) < 0.005 ? 0.0 : value);
}

static const double *dump_points(struct text *out, const double *points,
                                 size_t count)
{
    for (size_t i = 0; i < 2 * count; i++)
        dump_number(out, points[i]);
    return points + 2 * count;
}

static void dump_outline(struct text *out, const struct scene_item *item)
{
    const double *points = item->points;
    for (size_t i = 0; i < item->verb_count; i++) {
        switch ((enum scene_verb)item->verbs[i]) {
        case VERB_MOVE:
            text_add(out, " M");
            points = dump_points(out, points, 1);
            break;
        case VERB_LINE:
            text_add(out, " L");
            points = dump_points(out, points, 1);
            break;
        case VERB_CURVE:
            text_add(out, " C");
            points = dump_points(out, points, 3);
            break;
        case VERB_CLOSE:
            text_add(out, " Z");
            break;
        }
    }
}

static void dump_path(struct text *out, const struct scene_item *item)
{
    const struct scene_paint *paint = item->paint;
    text_add(out, "path");
    if (paint->filled)
        text_format(out, " fill #%06x", (unsigned)paint->fill);
    if (paint->filled && paint->opacity < 1)
        text_format(out, " opacity %.2f", paint->opacity);
    if (paint->pattern != PATTERN_NONE)
        text_format(out, " pattern %s #%06x", pattern_names[paint->pattern],
                    (unsigned)paint->ink);
    if (paint->stroked)
        text_format(out, " stroke #%06x %.2f", (unsigned)paint->stroke,
                    paint->width_pt);
    if (paint->stroked && paint->dash_pt > 0)
        text_format(out, " dash %.2f", paint->dash_pt);
    if (paint->css[0])
        text_format(out, " css \"%s\"", paint->css);
    text_add(out, " :");
    dump_outline(out, item);
    text_add_char(out, '\n');
}

static void dump_text(struct text *out, const struct scene_item *item)
{
    text_add(out, "text");
    dump_number(out, item->x_pt);
    dump_number(out, item->y_pt);
    text_format(out, " %s %s %.2f #%06x", anchor_names[item->anchor],
                font_names[item->font], item->size_pt, (unsigned)item->colour);
    if (fabs(item->angle_degrees) > 0.005)
        text_format(out, " angle %.2f", item->angle_degrees);
    if (item->css[0])
        text_format(out, " css \"%s\"", item->css);
    text_format(out, " \"%s\"\n", item->text);
}

/* As the groups of one path that it stands for. */
static void dump_mosaic(struct text *out, const struct scene_mosaic *mosaic,
                        int depth)
{
    struct scene_room room = {.arena = out->arena};
    for (size_t a = 0; a < mosaic->area_count; a++) {
        struct scene_item path = scene_area_path(&room, mosaic, a);
        text_format(out, "%*sgroup css \"%s\" id \"\" title \"%s\"\n%*s",
                    a > 0 ? 2 * depth : 0, "", mosaic->css,
                    mosaic->areas[a].title, 2 * depth + 2, "");
        dump_path(out, &path);
        text_format(out, "%*send\n", 2 * depth, "");
    }
}

void scene_dump(const struct scene *scene, struct text *out)
{
    text_format(out, "scene %.2f %.2f\nalt %s\ndescription %s\n",
                scene_width(scene), scene_height(scene), scene_alt(scene),
                scene_description(scene));
    int depth = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_GROUP_END)
            depth--;
        text_format(out, "%*s", 2 * depth, "");
        switch (item->kind) {
        case SCENE_PATH:
            dump_path(out, item);
            break;
        case SCENE_TEXT:
            dump_text(out, item);
            break;
        case SCENE_GROUP_BEGIN:
            text_format(out, "group css \"%s\" id \"%s\" title \"%s\"\n",
                        item->css, item->id, item->title);
            depth++;
            break;
        case SCENE_GROUP_END:
            text_add(out, "end\n");
            break;
        case SCENE_MOSAIC:
            dump_mosaic(out, item->mosaic, depth);
            break;
        }
    }
}
