/* SPDX-License-Identifier: EUPL-1.2 */
/* Fills. Sequential schemes of ColorBrewer 2.0 (Cynthia A. Brewer,
 * colorbrewer2.org), without their two lightest colours: those cannot be told
 * from paper. Lightness falls evenly, so that a map survives a grey printer.
 *
 * A missing value is never white and never told by colour alone: each status
 * has its own pattern over grey. */
#include "map/map_impl.h"

static const struct {
    const char *name;
    uint32_t colours[MAP_CLASSES_MOST];
} palettes[] = {
    {"blues",
     {0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B}},
    {"greens",
     {0xC7E9C0, 0xA1D99B, 0x74C476, 0x41AB5D, 0x238B45, 0x006D2C, 0x00441B}},
    {"purples",
     {0xDADAEB, 0xBCBDDC, 0x9E9AC8, 0x807DBA, 0x6A51A3, 0x54278F, 0x3F007D}},
    {"oranges",
     {0xFDD0A2, 0xFDAE6B, 0xFD8D3C, 0xF16913, 0xD94801, 0xA63603, 0x7F2704}},
};

/* `part` of `of` on the way from one colour to another, each channel. */
static uint32_t blend(uint32_t from, uint32_t to, uint32_t part, uint32_t of)
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

bool map_palette(const char *name, size_t classes,
                 uint32_t colours[MAP_CLASSES_MOST])
{
    assert(classes <= MAP_CLASSES_MOST);
    for (size_t p = 0; p < COUNT_OF(palettes); p++) {
        if (!text_same(palettes[p].name, name))
            continue;
        for (size_t i = 0; i < classes; i++) {
            uint32_t steps = classes > 1 ? (uint32_t)classes - 1 : 1;
            uint32_t place = (uint32_t)i * (MAP_CLASSES_MOST - 1);
            if (classes == 1) /* one class: the middle of the scheme */
                place = MAP_CLASSES_MOST / 2;
            uint32_t low = place / steps;
            uint32_t high = low + 1 < MAP_CLASSES_MOST ? low + 1 : low;
            colours[i] = blend(palettes[p].colours[low],
                               palettes[p].colours[high], place % steps, steps);
        }
        return true;
    }
    return false;
}

static const struct scene_paint missing_paints[AVAILABILITY_COUNT] = {
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
                        .fill = 0xA8A8A8,
                        .pattern = PATTERN_DOTS,
                        .ink = 0xFFFFFF,
                        .css = "s-z"},
    [NOT_AVAILABLE] = {.filled = true,
                       .fill = 0xD9D9D9,
                       .pattern = PATTERN_CROSS,
                       .ink = 0xA6A6A6,
                       .css = "s-x"},
    [NOT_COVERED] = {.filled = true,
                     .fill = 0xF5F5F5,
                     .pattern = PATTERN_DOTS,
                     .ink = 0x6E6E6E,
                     .css = "s-h"},
};

struct scene_paint map_look_paint(const struct map_view *view,
                                  struct map_look look)
{
    static const char *const classes[MAP_CLASSES_MOST] = {
        "c0", "c1", "c2", "c3", "c4", "c5", "c6"};
    struct scene_paint paint = {.filled = true, .opacity = 1};
    switch (look.kind) {
    case LOOK_CLASS:
        paint.fill = view->colours[look.class_index];
        paint.css = classes[look.class_index];
        break;
    case LOOK_ZERO:
        paint.fill = 0xFFF3C9;
        paint.css = "c-0";
        break;
    case LOOK_MISSING:
        assert(look.availability != AVAILABLE);
        paint = missing_paints[look.availability];
        paint.opacity = 1;
        break;
    case LOOK_CONTEXT:
        paint.fill = 0xEFEEEA;
        paint.css = "s-o";
        break;
    }
    return paint;
}
