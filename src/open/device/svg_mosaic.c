/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/svg_mosaic.h"

#include <stdlib.h>
#include <string.h>

#include "device/svg_impl.h"

enum {
    STEP = SVG_MOSAIC_STEP,
    PATHS_LEAST = 1000, /* of fewer, every one is seen as it is */
    CELL = STEP,        /* side of the squares that have one grid, in units */
    GROUP = 30,         /* side of the squares that groups begin in, in steps */
    STRAY = 9,          /* around them: numbers stay short */
    QUARTERS = 4,       /* a place is written in quarters of a step */
};

struct place {
    int32_t x, y;
};

struct svg_mosaic {
    struct arena *arena;
    unsigned char *fine; /* [tall * wide] squares that need every unit */
    long wide, tall;
    struct place *places; /* of the path, ring by ring */
    size_t capacity;
    size_t *ends; /* [ring] behind its last place */
    size_t ring_count, ring_capacity;
    struct place origin; /* of the open group */
    bool open;
};

/* --- places --------------------------------------------------------------- */

static int32_t on_units(double pt)
{
    double units = pt * SVG_GRID;
    return (int32_t)(units < 0 ? units - 0.5 : units + 0.5);
}

static int32_t floor_to(int32_t value, int32_t step)
{
    int32_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

static unsigned char *square_of(const struct svg_mosaic *mosaic,
                                struct place at)
{
    long column = at.x / CELL, row = at.y / CELL;
    column = column < 0               ? 0
             : column >= mosaic->wide ? mosaic->wide - 1
                                      : column;
    row = row < 0 ? 0 : row >= mosaic->tall ? mosaic->tall - 1 : row;
    return &mosaic->fine[row * mosaic->wide + column];
}

static struct place place_of(const struct svg_mosaic *mosaic,
                             const double *point)
{
    struct place at = {on_units(point[0]), on_units(point[1])};
    if (*square_of(mosaic, at))
        return at;
    return (struct place){floor_to(at.x + STEP / 2, STEP),
                          floor_to(at.y + STEP / 2, STEP)};
}

/* --- rings ---------------------------------------------------------------- */

static bool same(struct place a, struct place b)
{
    return a.x == b.x && a.y == b.y;
}

/* Between them lies no corner. */
static bool in_line(struct place a, struct place b, struct place c)
{
    return (int64_t)(b.x - a.x) * (c.y - b.y) ==
           (int64_t)(b.y - a.y) * (c.x - b.x);
}

/* Adds a place to a ring that has `count`; returns how many it then has. */
static size_t add_place(struct place *ring, size_t count, struct place at)
{
    while (count >= 2 && in_line(ring[count - 2], ring[count - 1], at))
        count--;
    if (count > 0 && same(ring[count - 1], at))
        return count;
    ring[count] = at;
    return count + 1;
}

/* Corners at the ends of a ring, which are next to each other. */
static size_t close_ring(struct place *ring, size_t count)
{
    while (count >= 3) {
        if (same(ring[count - 1], ring[0]) ||
            in_line(ring[count - 2], ring[count - 1], ring[0])) {
            count--;
        } else if (in_line(ring[count - 1], ring[0], ring[1])) {
            count--;
            memmove(ring, ring + 1, count * sizeof *ring);
        } else {
            return count;
        }
    }
    return count;
}

/* Places one ring, of `points`; returns how many corners it has, under three
 * when it encloses nothing. */
static size_t place_ring(const struct svg_mosaic *mosaic, const double *points,
                         size_t point_count, struct place *ring)
{
    size_t count = 0;
    for (size_t i = 0; i < point_count; i++)
        count = add_place(ring, count, place_of(mosaic, points + 2 * i));
    return close_ring(ring, count);
}

/* Points of the ring that begins at a verb; 0: it is no ring of lines. */
static size_t ring_points(const struct scene_item *path, size_t verb)
{
    const unsigned char *from = path->verbs + verb;
    const unsigned char *end =
        memchr(from, VERB_CLOSE, path->verb_count - verb);
    return end == NULL || *from != VERB_MOVE ? 0 : (size_t)(end - from);
}

static bool is_rings(const struct scene_item *path)
{
    for (size_t verb = 0, count; verb < path->verb_count; verb += count + 1) {
        count = ring_points(path, verb);
        if (count == 0)
            return false;
        for (size_t i = 1; i < count; i++) {
            if (path->verbs[verb + i] != VERB_LINE)
                return false;
        }
    }
    return path->verb_count > 0;
}

static void add_ring(struct svg_mosaic *mosaic, size_t end)
{
    mosaic->ends = arena_grow(mosaic->arena, mosaic->ends, mosaic->ring_count,
                              &mosaic->ring_capacity, sizeof *mosaic->ends);
    mosaic->ends[mosaic->ring_count++] = end;
}

static void reserve(struct svg_mosaic *mosaic, size_t places)
{
    if (places < mosaic->capacity)
        return;
    mosaic->capacity = 2 * places;
    mosaic->places =
        arena_array(mosaic->arena, mosaic->capacity, sizeof *mosaic->places);
}

static void take_rings(struct svg_mosaic *mosaic, const struct scene_item *path)
{
    const double *points = path->points;
    size_t kept = 0;
    mosaic->ring_count = 0;
    reserve(mosaic, path->point_count);
    for (size_t verb = 0, count; verb < path->verb_count; verb += count + 1) {
        count = ring_points(path, verb);
        size_t corners =
            place_ring(mosaic, points, count, mosaic->places + kept);
        points += 2 * count;
        if (corners < 3)
            continue;
        kept += corners;
        add_ring(mosaic, kept);
    }
}

/* --- where it is fine ----------------------------------------------------- */

/* Whether a ring has an area, when it is placed. */
static bool encloses(const struct svg_mosaic *mosaic, const double *points,
                     size_t count)
{
    int64_t twice = 0;
    struct place first = place_of(mosaic, points), from = {0, 0};
    for (size_t i = 1; i < count; i++) {
        struct place at = place_of(mosaic, points + 2 * i);
        struct place to = {at.x - first.x, at.y - first.y};
        twice += (int64_t)from.x * to.y - (int64_t)to.x * from.y;
        from = to;
    }
    return twice != 0;
}

static bool vanishes(const struct svg_mosaic *mosaic,
                     const struct scene_item *path)
{
    const double *points = path->points;
    for (size_t verb = 0, count; verb < path->verb_count; verb += count + 1) {
        count = ring_points(path, verb);
        if (!encloses(mosaic, points, count))
            return true;
        points += 2 * count;
    }
    return false;
}

static void refine(struct svg_mosaic *mosaic, const struct scene_item *path)
{
    for (size_t i = 0; i < path->point_count; i++) {
        const double *point = path->points + 2 * i;
        *square_of(mosaic,
                   (struct place){on_units(point[0]), on_units(point[1])}) = 1;
    }
}

static bool is_part(const struct scene_item *item)
{
    return item->kind == SCENE_PATH && item->paint->mosaic;
}

/* Around what would vanish. Finer places seldom make something else vanish;
 * then its line stays, see take_flat. */
static void refine_all(struct svg_mosaic *mosaic, const struct scene *scene)
{
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (is_part(item) && vanishes(mosaic, item))
            refine(mosaic, item);
    }
}

struct svg_mosaic *svg_mosaic_find(struct arena *arena,
                                   const struct scene *scene)
{
    size_t parts = 0;
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_item *item = scene_item(scene, i);
        if (is_part(item) && !is_rings(item))
            return NULL;
        parts += is_part(item);
    }
    if (parts < PATHS_LEAST)
        return NULL;
    struct svg_mosaic *mosaic = arena_alloc(arena, sizeof *mosaic);
    *mosaic = (struct svg_mosaic){
        .arena = arena,
        .wide = (long)(scene_width(scene) * SVG_GRID) / CELL + 1,
        .tall = (long)(scene_height(scene) * SVG_GRID) / CELL + 1,
    };
    mosaic->fine =
        arena_alloc(arena, (size_t)mosaic->wide * (size_t)mosaic->tall);
    refine_all(mosaic, scene);
    return mosaic;
}

/* --- writing -------------------------------------------------------------- */

static int32_t size_of(struct place a, struct place b)
{
    return abs(b.x - a.x) + abs(b.y - a.y);
}

/* The longest side of a ring is drawn by closing it: it has no numbers. */
static void turn_ring(struct place *ring, size_t count)
{
    size_t first = 0;
    int32_t longest = size_of(ring[count - 1], ring[0]);
    for (size_t i = 1; i < count; i++) {
        if (size_of(ring[i - 1], ring[i]) <= longest)
            continue;
        longest = size_of(ring[i - 1], ring[i]);
        first = i;
    }
    struct place kept[64];
    while (first > 0) { /* by pieces, the rings of a crowd in one */
        size_t piece = first < COUNT_OF(kept) ? first : COUNT_OF(kept);
        memcpy(kept, ring, piece * sizeof *ring);
        memmove(ring, ring + piece, (count - piece) * sizeof *ring);
        memcpy(ring + count - piece, kept, piece * sizeof *ring);
        first -= piece;
    }
}

/* An area that encloses nothing keeps its line, which still is painted. */
static void take_flat(struct svg_mosaic *mosaic, const struct scene_item *path)
{
    size_t count = ring_points(path, 0);
    for (size_t i = 0; i < count; i++)
        mosaic->places[i] = place_of(mosaic, path->points + 2 * i);
    add_ring(mosaic, count);
}

void svg_mosaic_take(struct svg_mosaic *mosaic, const struct scene_item *path)
{
    take_rings(mosaic, path);
    if (mosaic->ring_count == 0)
        take_flat(mosaic, path);
    size_t begin = 0;
    for (size_t r = 0; r < mosaic->ring_count; r++) {
        turn_ring(mosaic->places + begin, mosaic->ends[r] - begin);
        begin = mosaic->ends[r];
    }
}

void svg_mosaic_close(struct svg_mosaic *mosaic)
{
    mosaic->open = false;
}

static bool is_near(int32_t origin, int32_t units)
{
    int32_t far = units - origin;
    return far >= -STRAY * STEP && far < (GROUP + STRAY) * STEP;
}

bool svg_mosaic_strays(struct svg_mosaic *mosaic, long *x, long *y)
{
    struct place first = mosaic->places[0];
    if (mosaic->open && is_near(mosaic->origin.x, first.x) &&
        is_near(mosaic->origin.y, first.y))
        return false;
    mosaic->origin = (struct place){floor_to(first.x, GROUP * STEP),
                                    floor_to(first.y, GROUP * STEP)};
    mosaic->open = true;
    *x = mosaic->origin.x / STEP;
    *y = mosaic->origin.y / STEP;
    return true;
}

bool svg_mosaic_is_open(const struct svg_mosaic *mosaic)
{
    return mosaic->open;
}

/* A number of quarters after what is there, with a space where it would run
 * into another one. */
static char *put_quarters(char *out, int32_t quarters, bool first)
{
    static const char *const parts[QUARTERS] = {"", ".25", ".5", ".75"};
    uint32_t size = (uint32_t)abs(quarters), whole = size / QUARTERS;
    const char *part = parts[size % QUARTERS];
    char digits[12];
    char *at = digits + sizeof digits;
    for (uint32_t rest = whole; rest > 0; rest /= 10)
        *--at = (char)('0' + rest % 10);
    if (whole == 0 && *part == '\0')
        *--at = '0';
    if (quarters < 0)
        *out++ = '-';
    else if (!first)
        *out++ = ' ';
    while (at < digits + sizeof digits)
        *out++ = *at++;
    while (*part)
        *out++ = *part++;
    return out;
}

static void put_rings(struct svg_mosaic *mosaic, struct text *out,
                      struct place from, int32_t quarters)
{
    enum { ROOM = 64 };
    size_t place = 0;
    for (size_t r = 0; r < mosaic->ring_count; r++) {
        struct place first = mosaic->places[place];
        char letter = 'm'; /* its lines are relative, too */
        for (; place < mosaic->ends[r]; place++) {
            struct place to = mosaic->places[place];
            char piece[ROOM], *at = piece;
            if (letter)
                *at++ = letter;
            at = put_quarters(at, (to.x - from.x) * quarters, letter != 0);
            at = put_quarters(at, (to.y - from.y) * quarters, false);
            text_add_bytes(out, piece, (size_t)(at - piece));
            from = to;
            letter = '\0';
        }
        text_add_char(out, 'z');
        from = first;
    }
}

void svg_mosaic_put(struct svg_mosaic *mosaic, bool steps, struct text *out)
{
    if (steps)
        put_rings(mosaic, out, mosaic->origin, QUARTERS / STEP);
    else
        put_rings(mosaic, out, (struct place){0, 0}, QUARTERS);
}
