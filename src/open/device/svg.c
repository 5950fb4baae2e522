/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "device/device.h"
#include "device/svg_impl.h"
#include "device/svg_mosaic.h"

struct svg {
    struct svg_styles styles;
    const struct fonts *fonts;
    const char *prefix;
    struct text *out;
    struct svg_outlines *outlines; /* of the page, or NULL */
};

/* A place on the grid, kept absolute so that rounding never adds up. */
struct spot {
    long x, y;
};

/* Halves away from zero, as lround() has it, without its call: a map has a
 * million coordinates. */
static long on_grid(double pt)
{
    double units = pt * SVG_GRID;
    return (long)(units < 0 ? units - 0.5 : units + 0.5);
}

static struct spot spot_at(const double *point)
{
    return (struct spot){on_grid(point[0]), on_grid(point[1])};
}

/* --- paths ---------------------------------------------------------------- */

/* What was written last decides what the next number needs before it. */
struct pen {
    char *out; /* room for all that a verb writes */
    struct spot at, start;
    char command; /* 0: none yet */
};

enum {
    LONG_ROOM = 21, /* a sign or space, and the digits of a long */
    VERB_ROOM = 6 * LONG_ROOM + 1,
};

static void put_letter(struct pen *pen, char letter)
{
    *pen->out++ = letter;
}

static void put_long(struct pen *pen, long value)
{
    char digits[LONG_ROOM];
    char *at = digits + sizeof digits;
    unsigned long rest =
        value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    char last = pen->out[-1];
    if (value < 0)
        *--at = '-';
    else if (last >= '0' && last <= '9')
        *--at = ' ';
    while (at < digits + sizeof digits)
        *pen->out++ = *at++;
}

static void put_command(struct pen *pen, char command)
{
    if (pen->command != command)
        put_letter(pen, command);
    pen->command = command;
}

static void put_step(struct pen *pen, struct spot to)
{
    put_long(pen, to.x - pen->at.x);
    put_long(pen, to.y - pen->at.y);
}

static void put_line(struct pen *pen, struct spot to)
{
    if (to.x == pen->at.x && to.y == pen->at.y)
        return; /* shorter than the grid */
    if (to.y == pen->at.y) {
        put_command(pen, 'h');
        put_long(pen, to.x - pen->at.x);
    } else if (to.x == pen->at.x) {
        put_command(pen, 'v');
        put_long(pen, to.y - pen->at.y);
    } else {
        put_command(pen, 'l');
        put_step(pen, to);
    }
    pen->at = to;
}

/* From the last place on when there is one: the next island is near. */
static void put_move(struct pen *pen, struct spot to)
{
    put_letter(pen, pen->command == 0 ? 'M' : 'm');
    pen->command = 'm';
    put_step(pen, to);
    pen->at = pen->start = to;
}

static const double *put_verb(struct pen *pen, enum scene_verb verb,
                              const double *points)
{
    switch (verb) {
    case VERB_MOVE:
        put_move(pen, spot_at(points));
        return points + 2;
    case VERB_LINE:
        put_line(pen, spot_at(points));
        return points + 2;
    case VERB_CURVE:
        put_command(pen, 'c');
        put_step(pen, spot_at(points));
        put_step(pen, spot_at(points + 2));
        put_step(pen, spot_at(points + 4));
        pen->at = spot_at(points + 4);
        return points + 6;
    case VERB_CLOSE:
        put_letter(pen, 'z');
        pen->command = 'z';
        pen->at = pen->start;
        return points;
    }
    return points;
}

/* A piece of a path at a time, each in room that is there for it. */
static void put_outline(struct text *out, const struct scene_item *item)
{
    text_add(out, " d=\"");
    enum { VERBS = 64 };
    char piece[VERBS * VERB_ROOM + 1] = {'"'};
    struct pen pen = {.out = piece + 1};
    const double *points = item->points;
    for (size_t i = 0; i < item->verb_count; i++) {
        points = put_verb(&pen, (enum scene_verb)item->verbs[i], points);
        if (i % VERBS < VERBS - 1 && i + 1 < item->verb_count)
            continue;
        text_add_bytes(out, piece + 1, (size_t)(pen.out - piece) - 1);
        piece[0] = pen.out[-1];
        pen.out = piece + 1;
    }
    text_add_char(out, '"');
}

static void add_rule(struct svg *svg, char kind, size_t rest)
{
    char digits[24];
    char *at = digits + sizeof digits;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    text_add(svg->out, svg->prefix);
    text_add_char(svg->out, '_');
    text_add_char(svg->out, kind);
    text_add_bytes(svg->out, at, (size_t)(digits + sizeof digits - at));
}

static void put_classes(struct svg *svg, const char *css,
                        const struct scene_paint *paint)
{
    text_add(svg->out, " class=\"");
    const char *words[] = {css, paint->css};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i][0] == '\0')
            continue;
        text_add_xml(svg->out, words[i]);
        text_add_char(svg->out, ' ');
    }
    add_rule(svg, 'p', svg_paint_rule(&svg->styles, paint));
    text_add_char(svg->out, '"');
}

/* --- texts and groups ----------------------------------------------------- */

/* A soft hyphen at the end prints as a hyphen; elsewhere it is no ink. */
static void put_content(struct text *out, const char *text)
{
    static const char soft[] = "\xC2\xAD";
    if (strstr(text, soft) == NULL) {
        text_add_xml(out, text);
        return;
    }
    struct text clean = text_new(out->arena);
    for (const char *at = text; *at;) {
        if (!text_starts(at, soft)) {
            text_add_char(&clean, *at++);
            continue;
        }
        at += sizeof soft - 1;
        if (*at == '\0')
            text_add_char(&clean, '-');
    }
    text_add_xml(out, clean.at);
}

/* As wide as measured, whatever font the reader has. */
static void put_text(struct svg *svg, const struct scene_item *item)
{
    struct text *out = svg->out;
    long x = on_grid(item->x_pt), y = on_grid(item->y_pt);
    double width = fonts_width(svg->fonts, item->font, item->size_pt,
                               item->text, strlen(item->text));
    text_format(out, "<text x=\"%ld\" y=\"%ld\" textLength=\"%ld\" class=\"", x,
                y, on_grid(width));
    if (item->css[0]) {
        text_add_xml(out, item->css);
        text_add_char(out, ' ');
    }
    add_rule(svg, 't', svg_text_rule(&svg->styles, item));
    text_add_char(out, '"');
    if (fabs(item->angle_degrees) > 0.001)
        text_format(out, " transform=\"rotate(%.4g %ld %ld)\"",
                    item->angle_degrees, x, y);
    text_add_char(out, '>');
    put_content(out, item->text);
    text_add(out, "</text>\n");
}

/* Letters, digits, '-' and '_' after the prefix: always a name. */
static void put_id(struct svg *svg, const char *id)
{
    struct text *out = svg->out;
    text_add(out, " id=\"");
    text_add(out, svg->prefix);
    text_add_char(out, '-');
    for (const char *at = id; *at; at++)
        text_add_char(out,
                      isalnum((unsigned char)*at) || *at == '_' ? *at : '-');
    text_add_char(out, '"');
}

static void put_title(struct svg *svg, const char *title)
{
    text_add(svg->out, "<title>");
    put_content(svg->out, title);
    text_add(svg->out, "</title>");
}

static void put_group(struct svg *svg, const struct scene_item *item)
{
    struct text *out = svg->out;
    text_add(out, "<g");
    if (item->css[0]) {
        text_add(out, " class=\"");
        text_add_xml(out, item->css);
        text_add_char(out, '"');
    }
    if (item->id[0])
        put_id(svg, item->id);
    text_add_char(out, '>');
    if (item->title[0])
        put_title(svg, item->title);
    text_add_char(out, '\n');
}

/* The beginning of a path's element, to its classes; returns its name. Of an
 * outline that is shared, it is a use: what paints it are its own classes. */
static const char *open_path(struct svg *svg, const struct scene_item *path,
                             const char *css, bool classes)
{
    struct text *out = svg->out;
    bool first = false;
    size_t number = svg_outline_number(svg->outlines, path, &first);
    if (first) {
        text_format(out, "<defs><path id=\"outline_%zu\"", number);
        put_outline(out, path);
        text_add(out, "/></defs>\n");
    }
    text_add(out, number > 0 ? "<use" : "<path");
    if (classes)
        put_classes(svg, css, path->paint);
    if (number == 0) {
        put_outline(out, path);
        return "path";
    }
    text_format(out, " href=\"#outline_%zu\"", number);
    return "use";
}

/* --- groups of one path: areas of a map ----------------------------------- */

static bool holds_one_path(const struct scene *scene, size_t i)
{
    return i + 2 < scene_count(scene) &&
           scene_item(scene, i)->kind == SCENE_GROUP_BEGIN &&
           scene_item(scene, i + 1)->kind == SCENE_PATH &&
           scene_item(scene, i + 2)->kind == SCENE_GROUP_END;
}

/* They need no element of their own: the path has the name. */
static void put_named_path(struct svg *svg, const struct scene_item *group,
                           const struct scene_item *path, bool classes)
{
    struct text *out = svg->out;
    const char *element = open_path(svg, path, group->css, classes);
    if (group->id[0])
        put_id(svg, group->id);
    if (group->title[0] == '\0') {
        text_add(out, "/>\n");
        return;
    }
    text_add_char(out, '>');
    put_title(svg, group->title);
    text_format(out, "</%s>\n", element);
}

/* --- crowds of areas ------------------------------------------------------ */

/* How many areas from one on look alike: they share the classes of one element
 * around them. */
static size_t alike(const struct scene_mosaic *mosaic, size_t first)
{
    const struct scene_paint *paint = mosaic->areas[first].paint;
    size_t a = first + 1;
    while (a < mosaic->area_count &&
           (mosaic->areas[a].paint == paint ||
            (text_same(mosaic->areas[a].paint->css, paint->css) &&
             scene_same_paint(mosaic->areas[a].paint, paint))))
        a++;
    return a - first;
}

/* An area; in steps, it stands in groups near it. */
static void put_area(struct svg *svg, struct svg_mosaic *grid, size_t area,
                     const char *title, bool steps)
{
    struct text *out = svg->out;
    svg_mosaic_take(grid, area);
    if (steps)
        svg_mosaic_open(grid, out);
    text_add(out, "<path d=\"");
    svg_mosaic_put(grid, steps, out);
    if (title[0]) {
        text_add(out, "\"><title>");
        put_content(out, title);
        text_add(out, "</title></path>\n");
    } else {
        text_add(out, "\"/>\n");
    }
}

/* Areas that look alike. A pattern would be scaled with its path. */
static void put_crowd(struct svg *svg, const struct scene_mosaic *mosaic,
                      struct svg_mosaic *grid, size_t first, size_t count)
{
    const struct scene_paint *paint = mosaic->areas[first].paint;
    bool steps = paint->pattern == PATTERN_NONE;
    text_add(svg->out, "<g");
    put_classes(svg, mosaic->css, paint);
    text_add(svg->out, ">\n");
    if (steps)
        text_format(svg->out,
                    "<g transform=\"translate(%ld %ld)scale(%d)\" "
                    "stroke-width=\"%.4g\">\n",
                    on_grid(mosaic->x_pt), on_grid(mosaic->y_pt),
                    SVG_MOSAIC_STEP,
                    paint->width_pt * SVG_GRID / SVG_MOSAIC_STEP);
    for (size_t a = first; a < first + count; a++)
        put_area(svg, grid, a, mosaic->areas[a].title, steps);
    svg_mosaic_close(grid, svg->out);
    text_add(svg->out, steps ? "</g>\n</g>\n" : "</g>\n");
}

/* The same, as outlines that other pictures of the page have, too. */
static void put_shared_crowd(struct svg *svg, const struct scene_mosaic *mosaic,
                             struct scene_room *room, size_t first,
                             size_t count)
{
    text_add(svg->out, "<g");
    put_classes(svg, mosaic->css, mosaic->areas[first].paint);
    text_add(svg->out, ">\n");
    for (size_t a = first; a < first + count; a++) {
        const struct scene_item path = scene_area_path(room, mosaic, a);
        const struct scene_item group = {
            .kind = SCENE_GROUP_BEGIN,
            .css = mosaic->css,
            .id = "",
            .title = mosaic->areas[a].title,
        };
        put_named_path(svg, &group, &path, false);
    }
    text_add(svg->out, "</g>\n");
}

static void put_mosaic(struct svg *svg, const struct scene_mosaic *mosaic)
{
    enum { AREA_ROOM = 96 }; /* with a title, mostly; less copying to grow */
    struct arena *scratch = arena_new();
    struct scene_room room = {.arena = scratch};
    bool shared = svg_outlines_share(svg->outlines, mosaic);
    text_reserve(svg->out, mosaic->area_count * AREA_ROOM);
    struct svg_mosaic *grid = shared ? NULL : svg_mosaic_new(scratch, mosaic);
    for (size_t a = 0, count; a < mosaic->area_count; a += count) {
        count = alike(mosaic, a);
        if (shared)
            put_shared_crowd(svg, mosaic, &room, a, count);
        else
            put_crowd(svg, mosaic, grid, a, count);
    }
    arena_free(scratch);
}

/* --- items ---------------------------------------------------------------- */

/* Writes an item, or all of a group of one path; returns how many. */
static size_t put_item(struct svg *svg, const struct scene *scene, size_t i)
{
    const struct scene_item *item = scene_item(scene, i);
    switch (item->kind) {
    case SCENE_PATH:
        (void)open_path(svg, item, "", true);
        text_add(svg->out, "/>\n");
        break;
    case SCENE_TEXT:
        put_text(svg, item);
        break;
    case SCENE_GROUP_BEGIN:
        if (holds_one_path(scene, i)) {
            put_named_path(svg, item, scene_item(scene, i + 1), true);
            return 3;
        }
        put_group(svg, item);
        break;
    case SCENE_GROUP_END:
        text_add(svg->out, "</g>\n");
        break;
    case SCENE_MOSAIC:
        put_mosaic(svg, item->mosaic);
        break;
    }
    return 1;
}

/* --- the picture ---------------------------------------------------------- */

static void put_root(struct svg *svg, const struct scene *scene,
                     const struct fonts *fonts)
{
    struct text *out = svg->out;
    double width = scene_width(scene), height = scene_height(scene);
    bool described = scene_description(scene)[0] != '\0';
    /* CSS pixels: 96 to the inch */
    text_format(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.6g\" "
                "height=\"%.6g\" viewBox=\"0 0 %ld %ld\" role=\"img\" "
                "aria-labelledby=\"%s_title\"",
                width * 96 / 72, height * 96 / 72, on_grid(width),
                on_grid(height), svg->prefix);
    if (described)
        text_format(out, " aria-describedby=\"%s_desc\"", svg->prefix);
    text_format(out,
                " font-family=\"%s, Arial, sans-serif\" "
                "style=\"font-variant-ligatures:none\" "
                "fill-rule=\"evenodd\" stroke-linejoin=\"round\">\n",
                fonts_family(fonts));
    text_format(out, "<title id=\"%s_title\">", svg->prefix);
    text_add_xml(out, scene_alt(scene));
    text_add(out, "</title>\n");
    if (!described)
        return;
    text_format(out, "<desc id=\"%s_desc\">", svg->prefix);
    text_add_xml(out, scene_description(scene));
    text_add(out, "</desc>\n");
}

/* Most of a large picture is outlines and titles. */
static size_t likely_size(const struct scene *scene)
{
    enum { ITEM = 40, POINT = 7, AREA = 90 };
    size_t size = 4096;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        size += ITEM + POINT * item->point_count;
        if (item->kind == SCENE_MOSAIC)
            size += AREA * item->mosaic->area_count;
    }
    return size;
}

bool device_check_text(const struct scene *scene, const struct fonts *fonts,
                       struct err *err)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (item->kind == SCENE_TEXT &&
            !fonts_check(fonts, item->font, item->text, err))
            return err_wrap(err, "text '%s'", item->text);
    }
    return true;
}

static void put_picture(const struct scene *scene, const struct fonts *fonts,
                        bool standalone, struct svg_outlines *outlines,
                        const char *prefix, struct text *out)
{
    struct svg svg = {
        .styles = {.arena = out->arena, .prefix = prefix},
        .fonts = fonts,
        .prefix = prefix,
        .out = out,
        .outlines = outlines,
    };
    svg_styles_collect(&svg.styles, scene);
    text_reserve(out, likely_size(scene));
    if (standalone)
        text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put_root(&svg, scene, fonts);
    svg_styles_write(&svg.styles, out);
    if (standalone) /* paper of its own, whatever lies behind */
        text_format(out,
                    "<path style=\"fill:#fff;fill:var(--%s_%06x)\" "
                    "d=\"M0 0h%ldv%ldH0z\"/>\n",
                    prefix, (unsigned)SVG_PAPER, on_grid(scene_width(scene)),
                    on_grid(scene_height(scene)));
    for (size_t i = 0; i < scene_count(scene);)
        i += put_item(&svg, scene, i);
    text_add(out, "</svg>\n");
}

void device_svg(const struct scene *scene, const struct fonts *fonts,
                bool standalone, const char *prefix, struct text *out)
{
    put_picture(scene, fonts, standalone, NULL, prefix, out);
}

void device_svg_shared(const struct scene *scene, const struct fonts *fonts,
                       struct svg_outlines *outlines, const char *prefix,
                       struct text *out)
{
    put_picture(scene, fonts, false, outlines, prefix, out);
}
