/* SPDX-License-Identifier: EUPL-1.2 */
/* A level as bytes; geo/FORMAT.md is the description. */
#include <math.h>
#include <string.h>

#include "geo/geo_impl.h"

static void add_varint(struct text *out, uint64_t value)
{
    while (value >= 0x80) {
        text_add_char(out, (char)(0x80 | (value & 0x7F)));
        value >>= 7;
    }
    text_add_char(out, (char)value);
}

static void add_signed(struct text *out, int64_t value)
{
    uint64_t sign = value < 0 ? UINT64_MAX : 0;
    add_varint(out, ((uint64_t)value << 1) ^ sign);
}

static void add_string(struct text *out, const char *string)
{
    size_t size = strlen(string);
    add_varint(out, size);
    text_add_bytes(out, string, size);
}

/* The coarsest power of ten, in decimetres, that every point is a multiple
 * of: grids need not be written digit by digit. */
static int32_t panel_unit(const struct geo_level *geo, size_t panel)
{
    int32_t unit = 1000;
    for (size_t a = 0; a < geo->arc_count; a++) {
        const struct geo_arc *arc = &geo->arcs[a];
        for (size_t i = 0; arc->panel == panel && i < 2 * arc->count; i++) {
            while (arc->xy[i] % unit != 0)
                unit /= 10;
        }
    }
    return unit;
}

static void add_panel(struct text *out, const struct geo_panel *panel,
                      int32_t unit)
{
    add_string(out, panel->id);
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        add_string(out, panel->label[lang]);
    add_varint(out, (uint64_t)panel->epsg);
    add_varint(out, (uint64_t)unit);
    add_signed(out, llround(panel->min_x * 10));
    add_signed(out, llround(panel->min_y * 10));
    add_varint(out, (uint64_t)llround((panel->max_x - panel->min_x) * 10));
    add_varint(out, (uint64_t)llround((panel->max_y - panel->min_y) * 10));
    add_varint(out, (uint64_t)llround(panel->frame_x));
    add_varint(out, (uint64_t)llround(panel->frame_y));
    add_varint(out, (uint64_t)llround(panel->frame_width));
    add_varint(out, (uint64_t)llround(panel->frame_height));
    add_varint(out, (uint64_t)llround(panel->scale_bar_km * 10));
    add_varint(out, panel->boxed);
}

/* Points as differences; the first one from the end of the arc before. */
static void add_arc(struct text *out, const struct geo_arc *arc, int32_t unit,
                    int32_t at[2])
{
    add_varint(out, arc->rank);
    add_varint(out, arc->count);
    for (size_t i = 0; i < arc->count; i++) {
        int32_t x = arc->xy[2 * i] / unit;
        int32_t y = arc->xy[2 * i + 1] / unit;
        add_signed(out, (int64_t)x - at[0]);
        add_signed(out, (int64_t)y - at[1]);
        at[0] = x;
        at[1] = y;
    }
}

static void add_panel_arcs(struct text *out, const struct geo_level *geo,
                           size_t panel, int32_t unit)
{
    size_t count = 0;
    for (size_t a = 0; a < geo->arc_count; a++)
        count += geo->arcs[a].panel == panel;
    add_varint(out, count);
    int32_t at[2] = {0, 0};
    for (size_t a = 0; a < geo->arc_count; a++) {
        if (geo->arcs[a].panel == panel)
            add_arc(out, &geo->arcs[a], unit, at);
    }
}

static void add_area(struct text *out, const struct geo_area *area)
{
    add_string(out, area->code);
    add_string(out, area->label);
    add_varint(out, area->panel);
    add_varint(out, area->ring_count);
    for (size_t r = 0; r < area->ring_count; r++) {
        const struct geo_ring *ring = &area->rings[r];
        add_varint(out, ring->count);
        for (size_t i = 0; i < ring->count; i++)
            add_signed(out, ring->arcs[i]);
    }
}

static void add_body(struct text *body, const struct geo_level *geo)
{
    add_string(body, geo->level);
    add_string(body, geo->layout);
    add_string(body, geo->vintage);
    add_string(body, geo->licence);
    add_varint(body, geo->panel_count);
    for (size_t p = 0; p < geo->panel_count; p++) {
        int32_t unit = panel_unit(geo, p);
        add_panel(body, &geo->panels[p], unit);
        add_panel_arcs(body, geo, p, unit);
    }
    add_varint(body, geo->area_count);
    for (size_t a = 0; a < geo->area_count; a++)
        add_area(body, &geo->areas[a]);
}

void geo_encode(const struct geo_level *geo, struct text *out)
{
    struct text body = text_new(out->arena);
    add_body(&body, geo);
    char head[GEO_HEAD_SIZE];
    geo_head_make(body.at, body.size, head);
    text_add_bytes(out, head, sizeof head);
    text_add_bytes(out, body.at, body.size);
}
