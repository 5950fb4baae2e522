/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "chart/chart_impl.h"

/* The least CIELAB distance between two sexes, and between two others, is above
 * 25 for normal, protan, deutan and tritan vision, and no other has the hue of
 * men or of women; tests/unit/test_chart_colours.c. */
static const uint32_t colours[CHART_ORDERED] = {
    0x005ea8, 0xc2410c, 0x303048, /* men, women, all */
    0x007a50, 0x8a4fc0, 0x9c6c00, 0x54003c,
    0x003000, 0x3c006c, 0x767676, /* apart */
};

/* --- series in order ------------------------------------------------------ */

/* Looks of orders of 1, of 2, of 3 ... series follow each other. */
static size_t first_of(size_t count)
{
    return CHART_ORDERED + count * (count - 1) / 2;
}

unsigned char chart_ordered(size_t count, size_t place)
{
    assert(count <= CHART_SERIES_MOST && place < count);
    return (unsigned char)(first_of(count) + place);
}

/* How many are in the order that a look is of. */
static size_t order_of(size_t look)
{
    size_t count = 1;
    while (first_of(count + 1) <= look)
        count++;
    return count;
}

enum { SHADES = 5 };

/* Even steps of CIELAB lightness, 60 to 7, and of bars, on which whiskers are
 * drawn, 90 to 46; plum is the hue of no sex. */
static const uint32_t deep[SHADES] = {0xbc79c0, 0x9a51a9, 0x723187, 0x491a5e,
                                      0x200d2c};
static const uint32_t pale[SHADES] = {0xeedeed, 0xddb8de, 0xcb93ce, 0xb371bc,
                                      0x9751a5};

static uint32_t shade(const uint32_t points[SHADES], size_t look)
{
    size_t count = order_of(look);
    return palette_along(points, SHADES, look - first_of(count), count);
}

/* --- looks ---------------------------------------------------------------- */

/* Marks and patterns are told apart among sexes, among others, and in an
 * order. */
static size_t shape_of(size_t look)
{
    if (look >= CHART_ORDERED)
        return look - first_of(order_of(look));
    return look < CHART_SEXES ? look : look - CHART_SEXES;
}

size_t chart_look(const struct chart_job *job, size_t series)
{
    return job->looks ? job->looks[series] : CHART_SEXES + series;
}

uint32_t chart_colour(size_t look)
{
    assert(look < CHART_LOOKS);
    return look < CHART_ORDERED ? colours[look] : shade(deep, look);
}

uint32_t chart_text_colour(size_t look)
{
    return look < CHART_ORDERED ? chart_colour(look) : CHART_INK;
}

struct scene_paint chart_stroke(uint32_t colour, double width_pt)
{
    return (struct scene_paint){
        .stroked = true,
        .stroke = colour,
        .width_pt = width_pt,
        .opacity = 1,
        .css = "",
    };
}

static void polygon(struct scene *scene, double x, double y,
                    const double (*corners)[2], size_t count,
                    const struct scene_paint *paint)
{
    for (size_t i = 0; i < count; i++) {
        double px = x + corners[i][0], py = y + corners[i][1];
        if (i == 0)
            scene_move(scene, px, py);
        else
            scene_line(scene, px, py);
    }
    scene_close(scene);
    scene_paint(scene, paint);
}

void chart_marker(struct chart_view *view, size_t look, double x, double y,
                  bool hollow)
{
    static const double square[][2] = {{-2, -2}, {2, -2}, {2, 2}, {-2, 2}};
    static const double up[][2] = {{0, -2.7}, {2.6, 1.9}, {-2.6, 1.9}};
    static const double diamond[][2] = {{0, -3}, {3, 0}, {0, 3}, {-3, 0}};
    static const double down[][2] = {{0, 2.7}, {2.6, -1.9}, {-2.6, -1.9}};
    static const double plus[][2] = {{-.9, -2.7}, {.9, -2.7},  {.9, -.9},
                                     {2.7, -.9},  {2.7, .9},   {.9, .9},
                                     {.9, 2.7},   {-.9, 2.7},  {-.9, .9},
                                     {-2.7, .9},  {-2.7, -.9}, {-.9, -.9}};
    struct scene *scene = view->scene;
    struct scene_paint paint = chart_stroke(chart_colour(look), 1);
    paint.filled = true;
    paint.fill = hollow ? 0xffffff : chart_colour(look);
    switch (shape_of(look)) {
    case 0:
        scene_circle(scene, x, y, 2.2, &paint);
        break;
    case 1:
        polygon(scene, x, y, square, COUNT_OF(square), &paint);
        break;
    case 2:
        polygon(scene, x, y, up, COUNT_OF(up), &paint);
        break;
    case 3:
        polygon(scene, x, y, diamond, COUNT_OF(diamond), &paint);
        break;
    case 4:
        polygon(scene, x, y, down, COUNT_OF(down), &paint);
        break;
    default:
        polygon(scene, x, y, plus, COUNT_OF(plus), &paint);
        break;
    }
}

/* Halfway to white, so that a whisker shows on it. */
static uint32_t tint(uint32_t colour)
{
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t channel = colour >> shift & 255;
        out |= (channel + (255 - channel) * 11 / 20) << shift;
    }
    return out;
}

/* Every second one has dots, half way to the ink that is read on it: hatches
 * would be darker or paler than their place in the order. */
static void paint_ordered(struct scene_paint *paint, size_t look)
{
    paint->fill = shade(pale, look);
    paint->pattern = shape_of(look) % 2 == 1 ? PATTERN_DOTS : PATTERN_NONE;
    paint->ink = palette_blend(paint->fill, palette_ink_on(paint->fill), 1, 2);
}

struct scene_paint chart_bar_paint(size_t look)
{
    static const enum scene_pattern patterns[] = {
        PATTERN_NONE,  PATTERN_DENSE, PATTERN_DOTS, PATTERN_LIGHT,
        PATTERN_CROSS, PATTERN_NONE,  PATTERN_DOTS /* apart */};
    struct scene_paint paint = chart_stroke(chart_colour(look), 0.8);
    paint.filled = true;
    if (look >= CHART_ORDERED) {
        paint_ordered(&paint, look);
        return paint;
    }
    paint.fill =
        look + 1 == CHART_APART ? chart_colour(look) : tint(chart_colour(look));
    paint.pattern = patterns[shape_of(look)];
    paint.ink = 0xffffff;
    return paint;
}

struct scene_text_style chart_text(enum font_style font, double size_pt,
                                   enum scene_anchor anchor, uint32_t colour)
{
    return (struct scene_text_style){
        .font = font,
        .size_pt = size_pt,
        .anchor = anchor,
        .colour = colour,
        .css = "",
    };
}

double chart_width(const struct chart_view *view, enum font_style font,
                   double size_pt, const char *text)
{
    return fonts_width(view->fonts, font, size_pt, text, strlen(text));
}

double chart_columns_width(const struct chart_view *view,
                           const struct chart_cells *cells)
{
    double widest = 0;
    for (size_t c = 0; c < cells->columns; c++)
        widest = fmax(widest, chart_width(view, FONT_REGULAR, CHART_TICK_PT,
                                          cells->labels[c]));
    return widest;
}

double chart_leading(double size_pt)
{
    return size_pt * CHART_LEADING;
}
