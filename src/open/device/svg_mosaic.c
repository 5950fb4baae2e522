/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/svg_mosaic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/svg_impl.h"

/* Lengths are in units of a tenth of a step. */
enum {
    STEP = 10,
    PAGE_TENTHS = SVG_MOSAIC_STEP, /* of a unit of the page, in one of ours */
    PER_PLACE = STEP * SVG_GRID / SVG_MOSAIC_STEP / SCENE_MOSAIC_GRID,
    GROUP = 24 * STEP, /* side of the squares that groups begin in */
    STRAY = 7 * STEP,  /* around them: numbers stay short */
};

/* Steps of the grid around areas that vanish on the one before. */
static const int32_t grains[] = {STEP, STEP / 2, STEP / 5};

struct place {
    int32_t x, y;
};

struct svg_mosaic {
    struct arena *arena;
    const struct scene_mosaic *scene;
    struct place offset;   /* of the mosaic on the page */
    unsigned char *grains; /* [tall * wide] of squares of a step */
    struct place corner;   /* of the first of them */
    int32_t wide, tall;
    struct place *lines;  /* [place of the mosaic] on the grid */
    struct place *places; /* of the area, ring by ring */
    size_t capacity;
    size_t *ends; /* [ring] behind its last place */
    size_t ring_count, ring_capacity;
    struct place origin; /* of the open group */
    bool open;
};

/* --- the grid ------------------------------------------------------------- */

static int32_t floor_to(int32_t value, int32_t step)
{
    int32_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

static struct place exact_place(const struct svg_mosaic *mosaic, size_t place)
{
    const int32_t *at = mosaic->scene->places + 2 * place;
    return (struct place){mosaic->offset.x + at[0] * PER_PLACE,
                          mosaic->offset.y + at[1] * PER_PLACE};
}

static unsigned char *square_of(const struct svg_mosaic *mosaic,
                                struct place at)
{
    size_t column = (size_t)(at.x - mosaic->corner.x) / STEP;
    size_t row = (size_t)(at.y - mosaic->corner.y) / STEP;
    return &mosaic->grains[row * (size_t)mosaic->wide + column];
}

static void lay_grid(struct svg_mosaic *mosaic, size_t count)
{
    struct place low = {INT32_MAX, INT32_MAX}, high = {INT32_MIN, INT32_MIN};
    for (size_t p = 0; p < count; p++) {
        struct place at = exact_place(mosaic, p);
        low.x = at.x < low.x ? at.x : low.x;
        low.y = at.y < low.y ? at.y : low.y;
        high.x = at.x > high.x ? at.x : high.x;
        high.y = at.y > high.y ? at.y : high.y;
    }
    if (count == 0)
        low = high = (struct place){0, 0};
    mosaic->corner =
        (struct place){floor_to(low.x, STEP), floor_to(low.y, STEP)};
    mosaic->wide = (high.x - mosaic->corner.x) / STEP + 1;
    mosaic->tall = (high.y - mosaic->corner.y) / STEP + 1;
    mosaic->grains =
        arena_alloc(mosaic->arena, (size_t)mosaic->wide * (size_t)mosaic->tall);
}

static struct place place_of(const struct svg_mosaic *mosaic, size_t place)
{
    struct place at = exact_place(mosaic, place);
    int32_t grain = grains[*square_of(mosaic, at)];
    if (grain == STEP) /* divides by a constant */
        return (struct place){floor_to(at.x + STEP / 2, STEP),
                              floor_to(at.y + STEP / 2, STEP)};
    return (struct place){floor_to(at.x + grain / 2, grain),
                          floor_to(at.y + grain / 2, grain)};
}

static void place_lines(struct svg_mosaic *mosaic, size_t count)
{
    for (size_t p = 0; p < count; p++)
        mosaic->lines[p] = place_of(mosaic, p);
}

/* The same before any square is fine. */
static void place_coarsely(struct svg_mosaic *mosaic, size_t count)
{
    for (size_t p = 0; p < count; p++) {
        struct place at = exact_place(mosaic, p);
        mosaic->lines[p] = (struct place){floor_to(at.x + STEP / 2, STEP),
                                          floor_to(at.y + STEP / 2, STEP)};
    }
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
    if (count > 0 && same(ring[count - 1], at))
        return count;
    while (count >= 2 && in_line(ring[count - 2], ring[count - 1], at))
        count--;
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

/* A line of a ring as it is walked, without its last place, where the next one
 * begins. */
struct walk {
    size_t first, count;
    bool backwards;
};

static struct walk walk_of(const struct svg_mosaic *mosaic, int32_t line)
{
    const uint32_t *starts = mosaic->scene->starts + (line < 0 ? ~line : line);
    return (struct walk){starts[0], starts[1] - starts[0] - 1, line < 0};
}

static size_t place_on(struct walk walk, size_t i)
{
    return walk.first + (walk.backwards ? walk.count - i : i);
}

/* Room for so many places of the area. */
static void reserve(struct svg_mosaic *mosaic, size_t places)
{
    while (places > mosaic->capacity)
        mosaic->places = arena_grow(mosaic->arena, mosaic->places, places,
                                    &mosaic->capacity, sizeof *mosaic->places);
}

/* Returns how many corners a ring has, under three when it encloses nothing. */
static size_t lay_ring(struct svg_mosaic *mosaic, size_t kept,
                       const struct scene_ring *ring)
{
    size_t count = 0;
    for (size_t i = 0; i < ring->count; i++) {
        struct walk walk = walk_of(mosaic, ring->lines[i]);
        reserve(mosaic, kept + count + walk.count);
        struct place *to = mosaic->places + kept;
        for (size_t k = 0; k < walk.count; k++)
            count = add_place(to, count, mosaic->lines[place_on(walk, k)]);
    }
    return close_ring(mosaic->places + kept, count);
}

static void add_ring(struct svg_mosaic *mosaic, size_t end)
{
    mosaic->ends = arena_grow(mosaic->arena, mosaic->ends, mosaic->ring_count,
                              &mosaic->ring_capacity, sizeof *mosaic->ends);
    mosaic->ends[mosaic->ring_count++] = end;
}

/* --- where it is fine ----------------------------------------------------- */

/* Whether a ring has an area on the grid. */
static bool encloses(const struct svg_mosaic *mosaic,
                     const struct scene_ring *ring)
{
    int64_t twice = 0;
    struct place first = {0, 0}, from = {0, 0};
    for (size_t i = 0; i < ring->count; i++) {
        struct walk walk = walk_of(mosaic, ring->lines[i]);
        if (i == 0)
            first = mosaic->lines[place_on(walk, 0)];
        for (size_t k = 0; k < walk.count; k++) {
            struct place at = mosaic->lines[place_on(walk, k)];
            struct place to = {at.x - first.x, at.y - first.y};
            twice += (int64_t)from.x * to.y - (int64_t)to.x * from.y;
            from = to;
        }
    }
    return twice != 0;
}

static bool vanishes(const struct svg_mosaic *mosaic,
                     const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        if (!encloses(mosaic, &area->rings[r]))
            return true;
    }
    return false;
}

static void refine(struct svg_mosaic *mosaic, const struct scene_area *area,
                   unsigned char grain)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            struct walk walk = walk_of(mosaic, area->rings[r].lines[i]);
            for (size_t k = 0; k < walk.count; k++)
                *square_of(mosaic, exact_place(mosaic, place_on(walk, k))) =
                    grain;
        }
    }
}

static void place_ring_again(struct svg_mosaic *mosaic,
                             const struct scene_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        struct walk walk = walk_of(mosaic, ring->lines[i]);
        for (size_t k = 0; k <= walk.count; k++) {
            size_t place = place_on(walk, k);
            mosaic->lines[place] = place_of(mosaic, place);
        }
    }
}

static void place_again(struct svg_mosaic *mosaic,
                        const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++)
        place_ring_again(mosaic, &area->rings[r]);
}

/* Of the areas that are listed, those that vanish stay so; returns how many. */
static size_t keep_vanishing(const struct svg_mosaic *mosaic, uint32_t *list,
                             size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (vanishes(mosaic, &mosaic->scene->areas[list[i]]))
            list[kept++] = list[i];
    }
    return kept;
}

/* Around what would vanish. Finer places seldom make something else vanish;
 * then its line stays, see take_flat. */
static void place_all(struct svg_mosaic *mosaic, size_t count)
{
    const struct scene_mosaic *scene = mosaic->scene;
    size_t listed = scene->area_count;
    uint32_t *list = arena_array(mosaic->arena, listed, sizeof *list);
    for (size_t a = 0; a < listed; a++)
        list[a] = (uint32_t)a;
    place_coarsely(mosaic, count);
    for (size_t grain = 1; grain < COUNT_OF(grains); grain++) {
        listed = keep_vanishing(mosaic, list, listed);
        for (size_t i = 0; i < listed; i++)
            refine(mosaic, &scene->areas[list[i]], (unsigned char)grain);
        for (size_t i = 0; i < listed; i++)
            place_again(mosaic, &scene->areas[list[i]]);
    }
    place_lines(mosaic, count);
}

struct svg_mosaic *svg_mosaic_new(struct arena *arena,
                                  const struct scene_mosaic *scene)
{
    const double per_pt = (double)STEP * SVG_GRID / SVG_MOSAIC_STEP;
    struct svg_mosaic *mosaic = arena_alloc(arena, sizeof *mosaic);
    *mosaic = (struct svg_mosaic){
        .arena = arena,
        .scene = scene,
        .offset = {(int32_t)lround(scene->x_pt * per_pt),
                   (int32_t)lround(scene->y_pt * per_pt)},
    };
    size_t count = scene->starts[scene->line_count];
    mosaic->lines = arena_array(arena, count, sizeof *mosaic->lines);
    lay_grid(mosaic, count);
    place_all(mosaic, count);
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
static void take_flat(struct svg_mosaic *mosaic, const struct scene_ring *ring)
{
    size_t count = 0;
    for (size_t i = 0; i < ring->count; i++) {
        struct walk walk = walk_of(mosaic, ring->lines[i]);
        reserve(mosaic, count + walk.count);
        for (size_t k = 0; k < walk.count; k++)
            mosaic->places[count++] = mosaic->lines[place_on(walk, k)];
    }
    add_ring(mosaic, count);
}

void svg_mosaic_take(struct svg_mosaic *mosaic, size_t area)
{
    const struct scene_area *at = &mosaic->scene->areas[area];
    size_t kept = 0;
    mosaic->ring_count = 0;
    for (size_t r = 0; r < at->ring_count; r++) {
        size_t corners = lay_ring(mosaic, kept, &at->rings[r]);
        if (corners < 3)
            continue;
        turn_ring(mosaic->places + kept, corners);
        kept += corners;
        add_ring(mosaic, kept);
    }
    if (mosaic->ring_count == 0 && at->ring_count > 0)
        take_flat(mosaic, &at->rings[0]);
}

void svg_mosaic_close(struct svg_mosaic *mosaic)
{
    mosaic->open = false;
}

static bool is_near(int32_t origin, int32_t at)
{
    return at >= origin - STRAY && at < origin + GROUP + STRAY;
}

bool svg_mosaic_strays(struct svg_mosaic *mosaic, long *x, long *y)
{
    if (mosaic->ring_count == 0)
        return false;
    struct place first = mosaic->places[0];
    if (mosaic->open && is_near(mosaic->origin.x, first.x) &&
        is_near(mosaic->origin.y, first.y))
        return false;
    mosaic->origin =
        (struct place){floor_to(first.x, GROUP), floor_to(first.y, GROUP)};
    mosaic->open = true;
    *x = mosaic->origin.x / STEP;
    *y = mosaic->origin.y / STEP;
    return true;
}

bool svg_mosaic_is_open(const struct svg_mosaic *mosaic)
{
    return mosaic->open;
}

/* A number of tenths after what is there, with a space where it would run into
 * another one. */
static char *put_tenths(char *out, int32_t tenths, bool first)
{
    uint32_t size = (uint32_t)abs(tenths), whole = size / 10, rest = size % 10;
    char digits[12];
    char *at = digits + sizeof digits;
    if (rest > 0) {
        *--at = (char)('0' + rest);
        *--at = '.';
    }
    for (uint32_t left = whole; left > 0; left /= 10)
        *--at = (char)('0' + left % 10);
    if (size == 0)
        *--at = '0';
    if (tenths < 0)
        *out++ = '-';
    else if (!first)
        *out++ = ' ';
    while (at < digits + sizeof digits)
        *out++ = *at++;
    return out;
}

static void put_rings(struct svg_mosaic *mosaic, struct text *out,
                      struct place from, int32_t tenths)
{
    enum { PLACE_ROOM = 28, RING_ROOM = 2 };
    size_t place = 0, rings = mosaic->ring_count;
    size_t places = rings > 0 ? mosaic->ends[rings - 1] : 0;
    text_reserve(out, places * PLACE_ROOM + rings * RING_ROOM);
    char *at = out->at + out->size;
    for (size_t r = 0; r < rings; r++) {
        struct place first = mosaic->places[place];
        bool begins = true;
        *at++ = 'm'; /* its lines are relative, too */
        for (; place < mosaic->ends[r]; place++) {
            struct place to = mosaic->places[place];
            at = put_tenths(at, (to.x - from.x) * tenths, begins);
            at = put_tenths(at, (to.y - from.y) * tenths, false);
            from = to;
            begins = false;
        }
        *at++ = 'z';
        from = first;
    }
    *at = '\0';
    out->size = (size_t)(at - out->at);
}

void svg_mosaic_put(struct svg_mosaic *mosaic, bool steps, struct text *out)
{
    if (steps)
        put_rings(mosaic, out, mosaic->origin, 1);
    else
        put_rings(mosaic, out, (struct place){0, 0}, PAGE_TENTHS);
}
