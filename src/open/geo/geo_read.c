/* SPDX-License-Identifier: EUPL-1.2 */
/* Bytes back to a level. Nothing in the file is believed: every count is
 * bounded by the bytes that are left, every number by its range, every ring
 * closes. */
#include <stdio.h>
#include <string.h>

#include "base/crc.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "geo/geo_impl.h"

static const char magic[8] = {'P', 'A', 'N', 'O', 'G', 'E', 'O', 2};
enum {
    CHECKSUM_SIZE = GEO_HEAD_SIZE - sizeof magic,
    LARGEST_COORDINATE = 1000000000, /* decimetres: twice round the Earth */
};

struct reader {
    struct arena *open;
    const unsigned char *bytes;
    size_t size;
    size_t at;
    struct geo_arc *arcs;
    size_t arc_count, arc_capacity;
    struct err *err;
};

/* --- head ---------------------------------------------------------------- */

void geo_head_make(const void *body, size_t size, char head[GEO_HEAD_SIZE])
{
    char hex[CHECKSUM_SIZE + 1];
    snprintf(hex, sizeof hex, "%08x", (unsigned)crc_of(body, size));
    memcpy(head, magic, sizeof magic);
    memcpy(head + sizeof magic, hex, CHECKSUM_SIZE);
}

bool geo_head_check(const void *bytes, size_t size, struct err *err)
{
    const char *file = bytes;
    if (size < GEO_HEAD_SIZE || memcmp(file, magic, sizeof magic - 1) != 0)
        return err_fail(err, ERR_INPUT, "geo.magic",
                        "not a boundary file (offset 0)");
    if (file[sizeof magic - 1] != magic[sizeof magic - 1])
        return err_fail(err, ERR_INPUT, "geo.version",
                        "boundary file of version %d, expected %d: make it "
                        "again with panorama geo import (offset 7)",
                        file[sizeof magic - 1], magic[sizeof magic - 1]);
    char want[GEO_HEAD_SIZE];
    geo_head_make(file + GEO_HEAD_SIZE, size - GEO_HEAD_SIZE, want);
    if (memcmp(file, want, sizeof want) != 0)
        return err_fail(err, ERR_INPUT, "geo.checksum",
                        "damaged boundary file: its checksum does not match "
                        "(offset 8)");
    return true;
}

/* --- primitives ---------------------------------------------------------- */

static bool fail(struct reader *reader, const char *what)
{
    return err_fail(reader->err, ERR_INPUT, "geo.damaged",
                    "damaged boundary file: %s (offset %zu)", what,
                    reader->at + GEO_HEAD_SIZE);
}

static bool take_varint(struct reader *reader, uint64_t largest, uint64_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        if (reader->at >= reader->size)
            return fail(reader, "it ends too early");
        unsigned char byte = reader->bytes[reader->at++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte >= 0x80)
            continue;
        if (value > largest)
            return fail(reader, "a number is too large");
        *out = value;
        return true;
    }
    return fail(reader, "a number has no end");
}

static bool take_signed(struct reader *reader, int64_t largest, int64_t *out)
{
    uint64_t value = 0;
    if (!take_varint(reader, 2 * (uint64_t)largest, &value))
        return false;
    int64_t half = (int64_t)(value >> 1);
    *out = value & 1 ? -half - 1 : half;
    return true;
}

/* The same, most of which are one byte or two. */
static inline bool take_step(struct reader *reader, int64_t *out)
{
    const unsigned char *at = reader->bytes + reader->at;
    if (reader->size - reader->at < 2 || (at[0] >= 0x80 && at[1] >= 0x80))
        return take_signed(reader, LARGEST_COORDINATE, out);
    uint32_t value = at[0];
    if (value >= 0x80)
        value = (value & 0x7F) | (uint32_t)at[1] << 7;
    reader->at += at[0] >= 0x80 ? 2 : 1;
    *out = (int32_t)(value >> 1) ^ -(int32_t)(value & 1);
    return true;
}

/* How many things follow, each at least `bytes_each` long. */
static bool take_count(struct reader *reader, size_t bytes_each, size_t *out)
{
    uint64_t count = 0;
    if (!take_varint(reader, (reader->size - reader->at) / bytes_each, &count))
        return false;
    *out = (size_t)count;
    return true;
}

static bool take_string(struct reader *reader, const char **out)
{
    size_t size;
    if (!take_count(reader, 1, &size))
        return false;
    if (size > reader->size - reader->at)
        return fail(reader, "it ends too early");
    const char *at = (const char *)reader->bytes + reader->at;
    if (!utf8_valid(at, size))
        return fail(reader, "text is not UTF-8");
    *out = arena_slice(reader->open, at, size);
    reader->at += size;
    return true;
}

static bool take_number(struct reader *reader, uint64_t largest, double *out)
{
    uint64_t value = 0;
    if (!take_varint(reader, largest, &value))
        return false;
    *out = (double)value;
    return true;
}

/* --- panels and arcs ----------------------------------------------------- */

static bool take_box(struct reader *reader, struct geo_panel *panel)
{
    int64_t x;
    int64_t y;
    double width;
    double height;
    if (!take_signed(reader, LARGEST_COORDINATE, &x) ||
        !take_signed(reader, LARGEST_COORDINATE, &y) ||
        !take_number(reader, LARGEST_COORDINATE, &width) ||
        !take_number(reader, LARGEST_COORDINATE, &height))
        return false;
    panel->min_x = (double)x / 10;
    panel->min_y = (double)y / 10;
    panel->max_x = ((double)x + width) / 10;
    panel->max_y = ((double)y + height) / 10;
    return (width > 0 && height > 0) || fail(reader, "a panel is flat");
}

static bool take_frame(struct reader *reader, struct geo_panel *panel)
{
    if (!take_number(reader, GEO_GRID, &panel->frame_x) ||
        !take_number(reader, GEO_GRID, &panel->frame_y) ||
        !take_number(reader, GEO_GRID, &panel->frame_width) ||
        !take_number(reader, GEO_GRID, &panel->frame_height))
        return false;
    return (panel->frame_width > 0 && panel->frame_height > 0) ||
           fail(reader, "a frame is flat");
}

static bool take_panel(struct reader *reader, struct geo_panel *panel,
                       int64_t *unit)
{
    uint64_t epsg;
    uint64_t step;
    uint64_t boxed;
    double bar;
    if (!take_string(reader, &panel->id))
        return false;
    for (size_t lang = 0; lang < LANG_COUNT; lang++) {
        if (!take_string(reader, &panel->label[lang]))
            return false;
    }
    if (!take_varint(reader, 999999, &epsg) ||
        !take_varint(reader, 1000, &step) || !take_box(reader, panel) ||
        !take_frame(reader, panel) || !take_number(reader, 1000000, &bar) ||
        !take_varint(reader, 1, &boxed))
        return false;
    panel->epsg = (int)epsg;
    panel->scale_bar_km = bar / 10;
    panel->boxed = boxed == 1;
    *unit = (int64_t)step;
    return step > 0 || fail(reader, "a panel has no unit");
}

static bool take_points(struct reader *reader, const struct geo_panel *panel,
                        int64_t unit, int32_t *xy, size_t count, int64_t at[2])
{
    const int64_t limit[2] = {
        (int64_t)((panel->max_x - panel->min_x) * 10 + 0.5),
        (int64_t)((panel->max_y - panel->min_y) * 10 + 0.5)};
    for (size_t i = 0; i < 2 * count; i++) {
        int64_t step;
        if (!take_step(reader, &step))
            return false;
        at[i % 2] += step;
        int64_t value = at[i % 2] * unit;
        if (value < 0 || value > limit[i % 2])
            return fail(reader, "a point lies outside its panel");
        xy[i] = (int32_t)value;
    }
    return true;
}

/* Room for the arcs of one more panel. The first one has most of them; the rest
 * then fits into what is left. */
static void reserve_arcs(struct reader *reader, size_t count)
{
    size_t wanted = reader->arc_count + count;
    if (wanted <= reader->arc_capacity)
        return;
    size_t capacity = wanted + wanted / 4;
    struct geo_arc *arcs = arena_array(reader->open, capacity, sizeof *arcs);
    if (reader->arc_count > 0)
        memcpy(arcs, reader->arcs, reader->arc_count * sizeof *arcs);
    reader->arcs = arcs;
    reader->arc_capacity = capacity;
}

static bool take_arcs(struct reader *reader, const struct geo_panel *panel,
                      size_t panel_index, int64_t unit)
{
    size_t arcs;
    int64_t at[2] = {0, 0};
    if (!take_count(reader, 6, &arcs))
        return false;
    reserve_arcs(reader, arcs);
    for (size_t a = 0; a < arcs; a++) {
        uint64_t rank;
        size_t count;
        if (!take_varint(reader, 2, &rank) || !take_count(reader, 2, &count))
            return false;
        if (count < 2)
            return fail(reader, "an arc has fewer than two points");
        if (count > UINT32_MAX)
            return fail(reader, "a number is too large");
        int32_t *xy = arena_array(reader->open, 2 * count, sizeof *xy);
        if (!take_points(reader, panel, unit, xy, count, at))
            return false;
        reader->arcs[reader->arc_count++] = (struct geo_arc){
            xy, (uint32_t)count, (uint16_t)panel_index, (unsigned char)rank};
    }
    return true;
}

static bool take_panels(struct reader *reader, struct geo_level *geo)
{
    if (!take_count(reader, 16, &geo->panel_count))
        return false;
    if (geo->panel_count > GEO_PANELS_MOST)
        return fail(reader, "it has too many panels");
    struct geo_panel *panels =
        arena_array(reader->open, geo->panel_count, sizeof *panels);
    for (size_t p = 0; p < geo->panel_count; p++) {
        int64_t unit;
        if (!take_panel(reader, &panels[p], &unit) ||
            !take_arcs(reader, &panels[p], p, unit))
            return false;
    }
    geo->panels = panels;
    geo->arcs = reader->arcs;
    geo->arc_count = reader->arc_count;
    return geo->panel_count > 0 || fail(reader, "it has no panel");
}

/* --- areas --------------------------------------------------------------- */

static bool check_ring(struct reader *reader, const struct geo_level *geo,
                       const struct geo_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        int32_t walk = ring->arcs[i];
        int32_t next = ring->arcs[i + 1 < ring->count ? i + 1 : 0];
        size_t count = geo->arcs[walk < 0 ? ~walk : walk].count;
        const int32_t *end = geo_arc_point(geo, walk, count - 1);
        const int32_t *begin = geo_arc_point(geo, next, 0);
        if (end[0] != begin[0] || end[1] != begin[1])
            return fail(reader, "a ring does not close");
    }
    return true;
}

static bool take_ring(struct reader *reader, const struct geo_level *geo,
                      size_t panel, struct geo_ring *ring)
{
    if (!take_count(reader, 1, &ring->count))
        return false;
    if (ring->count == 0)
        return fail(reader, "a ring has no arcs");
    int32_t *arcs = arena_array(reader->open, ring->count, sizeof *arcs);
    for (size_t i = 0; i < ring->count; i++) {
        int64_t walk;
        if (!take_signed(reader, INT32_MAX, &walk))
            return false;
        int64_t index = walk < 0 ? -1 - walk : walk;
        if (index >= (int64_t)geo->arc_count || geo->arcs[index].panel != panel)
            return fail(reader, "a ring names an arc that is not there");
        arcs[i] = (int32_t)walk;
    }
    ring->arcs = arcs;
    return check_ring(reader, geo, ring);
}

static bool take_area(struct reader *reader, const struct geo_level *geo,
                      struct geo_area *area)
{
    uint64_t panel;
    if (!take_string(reader, &area->code) ||
        !take_string(reader, &area->label) ||
        !take_varint(reader, geo->panel_count - 1, &panel) ||
        !take_count(reader, 2, &area->ring_count))
        return false;
    if (*area->code == '\0')
        return fail(reader, "an area has no code");
    area->panel = (size_t)panel;
    struct geo_ring *rings =
        arena_array(reader->open, area->ring_count, sizeof *rings);
    for (size_t r = 0; r < area->ring_count; r++) {
        if (!take_ring(reader, geo, area->panel, &rings[r]))
            return false;
    }
    area->rings = rings;
    return true;
}

static bool take_areas(struct reader *reader, struct geo_level *geo)
{
    if (!take_count(reader, 4, &geo->area_count))
        return false;
    struct geo_area *areas =
        arena_array(reader->open, geo->area_count, sizeof *areas);
    for (size_t a = 0; a < geo->area_count; a++) {
        if (!take_area(reader, geo, &areas[a]))
            return false;
    }
    geo->areas = areas;
    return reader->at == reader->size || fail(reader, "bytes are left over");
}

bool geo_decode(struct arena *open, const void *body, size_t size,
                struct geo_level *out, struct err *err)
{
    struct reader reader = {
        .open = open, .bytes = body, .size = size, .err = err};
    struct geo_level geo = {0};
    if (!take_string(&reader, &geo.level) ||
        !take_string(&reader, &geo.layout) ||
        !take_string(&reader, &geo.vintage) ||
        !take_string(&reader, &geo.licence) || !take_panels(&reader, &geo) ||
        !take_areas(&reader, &geo))
        return false;
    *out = geo;
    return true;
}

bool geo_load(struct arena *open, const char *path, struct geo_level *out,
              struct err *err)
{
    char *bytes = NULL;
    size_t size = 0;
    struct arena *file = arena_new(); /* the level keeps copies */
    bool ok = fs_read(file, path, &bytes, &size, err);
    if (ok && (!geo_head_check(bytes, size, err) ||
               !geo_decode(open, bytes + GEO_HEAD_SIZE, size - GEO_HEAD_SIZE,
                           out, err)))
        ok = err_wrap(err, "%s", path);
    arena_free(file);
    return ok;
}

bool geo_read(struct arena *open, const char *directory, const char *level,
              const struct geo_level **out, struct err *err)
{
    *out = NULL;
    const char *name = arena_format(open, "%s.geo", level);
    const char *path = fs_join(open, directory, name);
    if (strchr(level, '/') || !fs_exists(path))
        return true;
    struct geo_level *geo = arena_alloc(open, sizeof *geo);
    if (!geo_load(open, path, geo, err))
        return false;
    if (!text_same(geo->level, level))
        return err_fail(err, ERR_INPUT, "geo.level", "%s: holds the level '%s'",
                        path, geo->level);
    *out = geo;
    return true;
}

const char *geo_directory(struct arena *arena, const char *project,
                          const char *level)
{
    char *path =
        fs_find(arena, project, arena_format(arena, "geo/%s.geo", level));
    *strrchr(path, '/') = '\0';
    return path;
}
