/* SPDX-License-Identifier: EUPL-1.2 */
#include "scene/palette.h"

#include <math.h>

enum { POINTS_MOST = 10 };

static const struct {
    const char *name;
    bool diverges;
    size_t count;
    uint32_t points[POINTS_MOST];
} palettes[] = {
    {"blues",
     false,
     7,
     {0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B}},
    {"greens",
     false,
     7,
     {0xC7E9C0, 0xA1D99B, 0x74C476, 0x41AB5D, 0x238B45, 0x006D2C, 0x00441B}},
    {"purples",
     false,
     7,
     {0xDADAEB, 0xBCBDDC, 0x9E9AC8, 0x807DBA, 0x6A51A3, 0x54278F, 0x3F007D}},
    {"oranges",
     false,
     7,
     {0xFDD0A2, 0xFDAE6B, 0xFD8D3C, 0xF16913, 0xD94801, 0xA63603, 0x7F2704}},
    {"cividis",
     false,
     7,
     {0xFFEA46, 0xD3C164, 0xA69D75, 0x7C7B78, 0x575C6D, 0x233E6C, 0x00204D}},
    {"vik",
     true,
     10,
     {0x001261, 0x033E7D, 0x1E6F9D, 0x71A8C4, 0xC9DDE7, 0xEACEBD, 0xD39774,
      0xBE6533, 0x8B2706, 0x590008}},
    {"puor",
     true,
     7,
     {0x542788, 0x998EC3, 0xD8DAEB, 0xF7F7F7, 0xFEE0B6, 0xF1A340, 0xB35806}},
    {"brbg",
     true,
     8,
     {0x8C510A, 0xBF812D, 0xDFC27D, 0xF6E8C3, 0xC7EAE5, 0x80CDC1, 0x35978F,
      0x01665E}},
    {"bgbr",
     true,
     8,
     {0x01665E, 0x35978F, 0x80CDC1, 0xC7EAE5, 0xF6E8C3, 0xDFC27D, 0xBF812D,
      0x8C510A}},
};

uint32_t palette_blend(uint32_t from, uint32_t to, uint32_t part, uint32_t of)
{
    uint32_t out = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        uint32_t a = (from >> shift) & 0xFF;
        uint32_t b = (to >> shift) & 0xFF;
        uint32_t mixed = (a * (of - part) + b * part + of / 2) / of;
        out |= mixed << shift;
    }
    return out;
}

uint32_t palette_along(const uint32_t *points, size_t count, size_t place,
                       size_t of)
{
    assert(count > 0 && place < of);
    size_t last = count - 1;
    if (of == 1) /* the middle of the scheme */
        return points[(last + 1) / 2];
    size_t steps = of - 1, low = place * last / steps;
    size_t high = low < last ? low + 1 : low;
    return palette_blend(points[low], points[high],
                         (uint32_t)(place * last % steps), (uint32_t)steps);
}

static size_t find(const char *name)
{
    size_t p = 0;
    while (p < COUNT_OF(palettes) && !text_same(palettes[p].name, name))
        p++;
    return p;
}

bool palette_colours(const char *name, size_t classes,
                     uint32_t colours[PALETTE_MOST])
{
    assert(classes <= PALETTE_MOST);
    size_t p = find(name);
    if (p == COUNT_OF(palettes))
        return false;
    for (size_t i = 0; i < classes; i++)
        colours[i] =
            palette_along(palettes[p].points, palettes[p].count, i, classes);
    return true;
}

bool palette_diverges(const char *name)
{
    size_t p = find(name);
    return p < COUNT_OF(palettes) && palettes[p].diverges;
}

const char *palette_names(void)
{
    return "blues, greens, purples, oranges, cividis, vik, puor, brbg or bgbr";
}

const char *palette_usual(bool diverging)
{
    return diverging ? "bgbr" : "blues";
}

struct scene_paint palette_missing(enum availability availability)
{
    static const struct scene_paint paints[AVAILABILITY_COUNT] = {
        [CONFIDENTIAL] = {.filled = true,
                          .fill = 0xEDEDED,
                          .pattern = PATTERN_DENSE,
                          .ink = 0x5A5A5A,
                          .css = "s-c"},
        [UNRELIABLE] = {.filled = true,
                        .fill = 0xF2F2F2,
                        .pattern = PATTERN_LIGHT,
                        .ink = 0x7A7A7A,
                        .css = "s-u"},
        [NOT_APPLICABLE] = {.filled = true,
                            .fill = 0x929292,
                            .pattern = PATTERN_DOTS,
                            .ink = 0xFFFFFF,
                            .css = "s-z"},
        [NOT_AVAILABLE] = {.filled = true,
                           .fill = 0xD9D9D9,
                           .pattern = PATTERN_CROSS,
                           .ink = 0x767676,
                           .css = "s-x"},
        [NOT_COVERED] = {.filled = true,
                         .fill = 0xF5F5F5,
                         .pattern = PATTERN_DOTS,
                         .ink = 0x6E6E6E,
                         .css = "s-h"},
    };
    assert(availability != AVAILABLE);
    struct scene_paint paint = paints[availability];
    paint.opacity = 1;
    paint.fixed = true;
    return paint;
}

/* Relative luminance of WCAG 2. */
static double luminance(uint32_t colour)
{
    static const double weights[3] = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (colour >> (8 * i) & 255) / 255.0;
        sum += weights[i] *
               (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

uint32_t palette_ink_on(uint32_t colour)
{
    double light = luminance(colour);
    return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? 0x000000 : 0xFFFFFF;
}

enum { DARK_PAPER = 0x161625 };

/* Series of charts differ in how dark they are, up to what paper lets them; of
 * the same contrast on dark paper, two would be the same near white. So each
 * has a partner there that differs from the others as much:
 * tests/unit/test_chart_colours.c. */
static const struct {
    uint32_t light, dark;
} partners[] = {
    {0x005EA8, 0x8AC0EB}, {0xC2410C, 0xD0611F}, {0x303048, 0xF4F5F7},
    {0x007A50, 0x7CD0A0}, {0x8A4FC0, 0xA884E0}, {0x9C6C00, 0xFCD878},
    {0x54003C, 0xC06C9C}, {0x003000, 0x60903C}, {0x3C006C, 0xE4F0FC},
};

uint32_t palette_dark(uint32_t colour)
{
    for (size_t p = 0; p < COUNT_OF(partners); p++) {
        if (partners[p].light == colour)
            return partners[p].dark;
    }
    double contrast = 1.05 / (luminance(colour) + 0.05);
    double wanted = contrast * (luminance(DARK_PAPER) + 0.05) - 0.05;
    if (contrast < 1.001)
        return DARK_PAPER;
    bool lighter = luminance(colour) < wanted;
    uint32_t end = lighter ? 0xFFFFFF : DARK_PAPER, best = colour;
    for (uint32_t part = 0; part <= 255; part++) {
        best = palette_blend(colour, end, part, 255);
        if (lighter ? luminance(best) >= wanted : luminance(best) <= wanted)
            break;
    }
    return best;
}
