/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "device/device.h"
#include "device/svg_impl.h"

struct svg {
    struct svg_styles styles;
    const char *prefix;
    struct text *out;
};

/* A place on the grid, kept absolute so that rounding never adds up. */
struct spot {
    long x, y;
};

static long on_grid(double pt)
{
    return lround(pt * SVG_GRID);
}

static struct spot spot_at(const double *point)
{
    return (struct spot){on_grid(point[0]), on_grid(point[1])};
}

/* --- paths ---------------------------------------------------------------- */

/* What was written last decides what the next number needs before it. */
struct pen {
    struct text *out;
    struct spot at, start;
    char command; /* 0: none yet */
};

static void put_long(struct pen *pen, long value)
{
    /* "lround(x)" fits in 20 digits; snprintf is too slow for communes */
    char digits[24];
    char *at = digits + sizeof digits;
    unsigned long rest =
        value < 0 ? 0UL - (unsigned long)value : (unsigned long)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    char last = pen->out->at[pen->out->size - 1];
    if (value < 0)
        *--at = '-';
    else if (isdigit((unsigned char)last))
        *--at = ' ';
    text_add_bytes(pen->out, at, (size_t)(digits + sizeof digits - at));
}

static void put_command(struct pen *pen, char command)
{
    if (pen->command != command)
        text_add_char(pen->out, command);
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

static const double *put_verb(struct pen *pen, enum scene_verb verb,
                              const double *points)
{
    switch (verb) {
    case VERB_MOVE:
        pen->at = pen->start = spot_at(points);
        text_add_char(pen->out, 'M');
        pen->command = 'M';
        put_long(pen, pen->at.x);
        put_long(pen, pen->at.y);
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
        text_add_char(pen->out, 'z');
        pen->command = 'z';
        pen->at = pen->start;
        return points;
    }
    return points;
}

static void put_path(struct svg *svg, const struct scene_item *item)
{
    struct text *out = svg->out;
    text_add(out, "<path class=\"");
    if (item->paint.css[0]) {
        text_add_xml(out, item->paint.css);
        text_add_char(out, ' ');
    }
    text_format(out, "%s_p%zu\" d=\"", svg->prefix,
                svg_paint_rule(&svg->styles, &item->paint));
    struct pen pen = {.out = out};
    const double *points = item->points;
    for (size_t i = 0; i < item->verb_count; i++)
        points = put_verb(&pen, (enum scene_verb)item->verbs[i], points);
    text_add(out, "\"/>\n");
}

/* --- texts and groups ----------------------------------------------------- */

/* A soft hyphen at the end prints as a hyphen; elsewhere it is no ink. */
static void put_content(struct text *out, const char *text)
{
    static const char soft[] = "\xC2\xAD";
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

static void put_text(struct svg *svg, const struct scene_item *item)
{
    struct text *out = svg->out;
    long x = on_grid(item->x_pt), y = on_grid(item->y_pt);
    text_format(out, "<text x=\"%ld\" y=\"%ld\" class=\"", x, y);
    if (item->css[0]) {
        text_add_xml(out, item->css);
        text_add_char(out, ' ');
    }
    text_format(out, "%s_t%zu\"", svg->prefix,
                svg_text_rule(&svg->styles, item));
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
    text_add(svg->out, svg->prefix);
    text_add_char(svg->out, '-');
    for (const char *at = id; *at; at++)
        text_add_char(svg->out,
                      isalnum((unsigned char)*at) || *at == '_' ? *at : '-');
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
    if (item->id[0]) {
        text_add(out, " id=\"");
        put_id(svg, item->id);
        text_add_char(out, '"');
    }
    text_add_char(out, '>');
    if (item->title[0]) {
        text_add(out, "<title>");
        put_content(out, item->title);
        text_add(out, "</title>");
    }
    text_add_char(out, '\n');
}

static void put_item(struct svg *svg, const struct scene_item *item)
{
    switch (item->kind) {
    case SCENE_PATH:
        put_path(svg, item);
        break;
    case SCENE_TEXT:
        put_text(svg, item);
        break;
    case SCENE_GROUP_BEGIN:
        put_group(svg, item);
        break;
    case SCENE_GROUP_END:
        text_add(svg->out, "</g>\n");
        break;
    }
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
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%ld\" "
                "height=\"%ld\" viewBox=\"0 0 %ld %ld\" role=\"img\" "
                "aria-labelledby=\"%s_title\"",
                lround(width * 96 / 72), lround(height * 96 / 72),
                on_grid(width), on_grid(height), svg->prefix);
    if (described)
        text_format(out, " aria-describedby=\"%s_desc\"", svg->prefix);
    text_format(out,
                " font-family=\"%s, Arial, sans-serif\" "
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

void device_svg(const struct scene *scene, const struct fonts *fonts,
                bool standalone, const char *prefix, struct text *out)
{
    struct svg svg = {
        .styles = {.arena = out->arena, .prefix = prefix},
        .prefix = prefix,
        .out = out,
    };
    svg_styles_collect(&svg.styles, scene);
    if (standalone)
        text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put_root(&svg, scene, fonts);
    svg_styles_write(&svg.styles, out);
    if (standalone) /* the inks are made for white, whatever lies behind */
        text_format(out, "<path fill=\"#fff\" d=\"M0 0h%ldv%ldH0z\"/>\n",
                    on_grid(scene_width(scene)), on_grid(scene_height(scene)));
    for (size_t i = 0; i < scene_count(scene); i++)
        put_item(&svg, scene_item(scene, i));
    text_add(out, "</svg>\n");
}
