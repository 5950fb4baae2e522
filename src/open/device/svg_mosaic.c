/* SPDX-License-Identifier: EUPL-1.2 */
#include "device/svg_mosaic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/svg_impl.h"

/* Places on the grid are in tenths of a step. Those of the scene, of which a
 * step has three, and how they are rounded, are in thirds of those. */
enum {
    STEP = 10,
    THIRDS = 3,
    EXACT = THIRDS * STEP,
    HALF = EXACT / 2,
    NEARLY = EXACT / 3,
    PER_PLACE = EXACT * SVG_GRID / SVG_MOSAIC_STEP / SCENE_MOSAIC_GRID,
    GROUP = SCENE_MOSAIC_SQUARE * PER_PLACE / THIRDS, /* where groups begin */
    STRAY = GROUP / 5,             /* around it: numbers stay short */
    PAGE_TENTHS = SVG_MOSAIC_STEP, /* of a unit of the page, in one of ours */
};

struct place {
    int32_t x, y;
};

/* What is added to a place before it is rounded down. Around areas that vanish
 * with one, the next is tried: the other way where a place is nearly as near to
 * it, which moves none by half a point, and at last half steps. */
static const struct place roundings[] = {
    {HALF, HALF},          {HALF + NEARLY, HALF}, {HALF - NEARLY, HALF},
    {HALF, HALF + NEARLY}, {HALF, HALF - NEARLY},
};
enum { HALF_STEPS = COUNT_OF(roundings) };

struct svg_mosaic {
    struct arena *arena;
    const struct scene_mosaic *scene;
    unsigned char *roundings; /* [tall * wide] of squares of a step */
    struct place corner;      /* of the first of them */
    int32_t wide, tall;
    struct place *lines;  /* [place of the mosaic] on the grid */
    int64_t *turns;       /* [line] twice what it adds to a ring's surface */
    bool *moved;          /* [line] has places that are rounded otherwise */
    struct place *places; /* of the area, ring by ring */
    size_t capacity;
    size_t *ends; /* [ring] behind its last place */
    size_t ring_count, ring_capacity;
    struct place origin; /* of the open groups: their column, their row */
    bool open;
};

/* --- the grid ------------------------------------------------------------- */

static inline int32_t floor_of(int32_t value, int32_t step)
{
    return value / step - (value % step < 0);
}

static inline int32_t floor_to(int32_t value, int32_t step)
{
    return floor_of(value, step) * step;
}

static struct place exact_place(const struct svg_mosaic *mosaic, size_t place)
{
    const int32_t *at = mosaic->scene->places + 2 * place;
    return (struct place){at[0] * PER_PLACE, at[1] * PER_PLACE};
}

static unsigned char *square_of(const struct svg_mosaic *mosaic,
                                struct place at)
{
    size_t column = (size_t)(at.x - mosaic->corner.x) / EXACT;
    size_t row = (size_t)(at.y - mosaic->corner.y) / EXACT;
    return &mosaic->roundings[row * (size_t)mosaic->wide + column];
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
        (struct place){floor_to(low.x, EXACT), floor_to(low.y, EXACT)};
    mosaic->wide = (high.x - mosaic->corner.x) / EXACT + 1;
    mosaic->tall = (high.y - mosaic->corner.y) / EXACT + 1;
    mosaic->roundings =
        arena_alloc(mosaic->arena, (size_t)mosaic->wide * (size_t)mosaic->tall);
}

static inline struct place rounded(struct place at, struct place ahead,
                                   int32_t step)
{
    return (struct place){floor_of(at.x + ahead.x, step) * (step / THIRDS),
                          floor_of(at.y + ahead.y, step) * (step / THIRDS)};
}

/* Steps are constants where it divides by them. */
static inline struct place rounded_by(struct place at, unsigned char r)
{
    if (r == HALF_STEPS)
        return rounded(at, (struct place){EXACT / 4, EXACT / 4}, EXACT / 2);
    return rounded(at, roundings[r], EXACT);
}

static void place_coarsely(struct svg_mosaic *mosaic, size_t count)
{
    for (size_t p = 0; p < count; p++)
        mosaic->lines[p] = rounded_by(exact_place(mosaic, p), 0);
}

/* What was placed coarsely stays where it is in squares with that rounding;
 * returns whether others are there. */
static bool place_again(struct svg_mosaic *mosaic, size_t first, size_t count)
{
    bool moved = false;
    for (size_t p = first; p < first + count; p++) {
        struct place at = exact_place(mosaic, p);
        unsigned char r = *square_of(mosaic, at);
        if (r == 0)
            continue;
        mosaic->lines[p] = rounded_by(at, r);
        moved = true;
    }
    return moved;
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

static size_t line_of(int32_t walk)
{
    return (size_t)(walk < 0 ? ~walk : walk);
}

static struct walk walk_of(const struct svg_mosaic *mosaic, int32_t line)
{
    const uint32_t *starts = mosaic->scene->starts + line_of(line);
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

/* --- what is read next ---------------------------------------------------- */

/* Areas come by their paint and lie all over memory: what is read of one is
 * fetched some areas before, step by step from what leads to it. */
enum { AHEAD = 8 };

static void fetch_walks(const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++)
        __builtin_prefetch(area->rings[r].lines);
}

/* Of each line of an area, its entry in a list of entries of this size. */
static void fetch_entries(const struct scene_area *area, const void *list,
                          size_t size)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++)
            __builtin_prefetch((const char *)list +
                               line_of(area->rings[r].lines[i]) * size);
    }
}

static void fetch_places(const struct svg_mosaic *mosaic,
                         const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            struct walk walk = walk_of(mosaic, area->rings[r].lines[i]);
            __builtin_prefetch(&mosaic->lines[walk.first]);
        }
    }
}

/* --- what vanishes -------------------------------------------------------- */

static void turn_line(struct svg_mosaic *mosaic, size_t line)
{
    const uint32_t *starts = mosaic->scene->starts + line;
    int64_t turns = 0;
    for (size_t p = starts[0]; p + 1 < starts[1]; p++) {
        struct place from = mosaic->lines[p], to = mosaic->lines[p + 1];
        turns += (int64_t)from.x * to.y - (int64_t)to.x * from.y;
    }
    mosaic->turns[line] = turns;
}

static void turn_lines(struct svg_mosaic *mosaic)
{
    for (size_t line = 0; line < mosaic->scene->line_count; line++)
        turn_line(mosaic, line);
}

/* Whether a ring has an area on the grid. */
static bool encloses(const struct svg_mosaic *mosaic,
                     const struct scene_ring *ring)
{
    int64_t twice = 0;
    for (size_t i = 0; i < ring->count; i++) {
        int64_t turns = mosaic->turns[line_of(ring->lines[i])];
        twice += ring->lines[i] < 0 ? -turns : turns;
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

static void round_otherwise(struct svg_mosaic *mosaic,
                            const struct scene_area *area,
                            unsigned char rounding)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            struct walk walk = walk_of(mosaic, area->rings[r].lines[i]);
            for (size_t k = 0; k < walk.count; k++)
                *square_of(mosaic, exact_place(mosaic, place_on(walk, k))) =
                    rounding;
        }
    }
}

static void place_area_again(struct svg_mosaic *mosaic,
                             const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            int32_t line = area->rings[r].lines[i];
            struct walk walk = walk_of(mosaic, line);
            (void)place_again(mosaic, walk.first, walk.count + 1);
            turn_line(mosaic, line_of(line));
        }
    }
}

/* Lines with places in squares that are rounded otherwise; their areas. */
static void place_moved(struct svg_mosaic *mosaic)
{
    const uint32_t *starts = mosaic->scene->starts;
    for (size_t line = 0; line < mosaic->scene->line_count; line++) {
        size_t count = starts[line + 1] - starts[line];
        mosaic->moved[line] = place_again(mosaic, starts[line], count);
        if (mosaic->moved[line])
            turn_line(mosaic, line);
    }
}

static bool has_moved(const struct svg_mosaic *mosaic,
                      const struct scene_area *area)
{
    for (size_t r = 0; r < area->ring_count; r++) {
        for (size_t i = 0; i < area->rings[r].count; i++) {
            if (mosaic->moved[line_of(area->rings[r].lines[i])])
                return true;
        }
    }
    return false;
}

/* Of the areas that are listed, those that vanish stay so; returns how many. */
static size_t keep_vanishing(const struct svg_mosaic *mosaic, uint32_t *list,
                             size_t count)
{
    const struct scene_area *areas = mosaic->scene->areas;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i + 2 * AHEAD < count) {
            fetch_walks(&areas[list[i + 2 * AHEAD]]);
            fetch_entries(&areas[list[i + AHEAD]], mosaic->turns,
                          sizeof *mosaic->turns);
        }
        if (vanishes(mosaic, &areas[list[i]]))
            list[kept++] = list[i];
    }
    return kept;
}

/* Tries a rounding around those of the areas listed that vanish, which stay
 * so; returns how many. */
static size_t try_rounding(struct svg_mosaic *mosaic, unsigned char rounding,
                           uint32_t *list, size_t count)
{
    const struct scene_area *areas = mosaic->scene->areas;
    count = keep_vanishing(mosaic, list, count);
    for (size_t i = 0; i < count; i++)
        round_otherwise(mosaic, &areas[list[i]], rounding);
    for (size_t i = 0; i < count; i++)
        place_area_again(mosaic, &areas[list[i]]);
    return count;
}

/* What moves may make a neighbour vanish: half steps look at all again that
 * have moved, and seldom do so themselves; then a line stays, see take_flat. */
static void place_all(struct svg_mosaic *mosaic, size_t count)
{
    const struct scene_mosaic *scene = mosaic->scene;
    struct arena *scratch = arena_new();
    size_t listed = scene->area_count;
    uint32_t *list = arena_array(scratch, listed, sizeof *list);
    for (size_t a = 0; a < listed; a++)
        list[a] = (uint32_t)a;
    place_coarsely(mosaic, count);
    turn_lines(mosaic);
    for (unsigned char r = 1; r < HALF_STEPS && listed > 0; r++)
        listed = try_rounding(mosaic, r, list, listed);
    place_moved(mosaic);
    listed = 0;
    for (size_t a = 0; a < scene->area_count; a++) {
        if (a + AHEAD < scene->area_count)
            fetch_walks(&scene->areas[a + AHEAD]);
        if (has_moved(mosaic, &scene->areas[a]))
            list[listed++] = (uint32_t)a;
    }
    if (try_rounding(mosaic, HALF_STEPS, list, listed) > 0)
        (void)place_again(mosaic, 0, count);
    arena_free(scratch);
}

struct svg_mosaic *svg_mosaic_new(struct arena *arena,
                                  const struct scene_mosaic *scene)
{
    struct svg_mosaic *mosaic = arena_alloc(arena, sizeof *mosaic);
    *mosaic = (struct svg_mosaic){.arena = arena, .scene = scene};
    size_t count = scene->starts[scene->line_count];
    mosaic->lines = arena_array(arena, count, sizeof *mosaic->lines);
    mosaic->turns =
        arena_array(arena, scene->line_count, sizeof *mosaic->turns);
    mosaic->moved =
        arena_array(arena, scene->line_count, sizeof *mosaic->moved);
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
    if (area + 3 * AHEAD < mosaic->scene->area_count) {
        fetch_walks(at + 3 * AHEAD);
        fetch_entries(at + 2 * AHEAD, mosaic->scene->starts,
                      sizeof *mosaic->scene->starts);
        fetch_places(mosaic, at + AHEAD);
    }
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

/* --- groups --------------------------------------------------------------- */

void svg_mosaic_close(struct svg_mosaic *mosaic, struct text *out)
{
    if (mosaic->open)
        text_add(out, "</g>\n</g>\n");
    mosaic->open = false;
}

static bool is_near(int32_t origin, int32_t at)
{
    return at >= origin - STRAY && at < origin + GROUP + STRAY;
}

void svg_mosaic_open(struct svg_mosaic *mosaic, struct text *out)
{
    if (mosaic->ring_count == 0)
        return;
    struct place first = mosaic->places[0], *origin = &mosaic->origin;
    bool in_row = mosaic->open && is_near(origin->y, first.y);
    if (in_row && is_near(origin->x, first.x))
        return;
    if (in_row) {
        text_add(out, "</g>\n");
    } else {
        svg_mosaic_close(mosaic, out);
        origin->y = floor_to(first.y, GROUP);
        text_format(out, "<g transform=\"translate(0 %d)\">\n",
                    origin->y / STEP);
    }
    origin->x = floor_to(first.x, GROUP);
    text_format(out, "<g transform=\"translate(%d)\">\n", origin->x / STEP);
    mosaic->open = true;
}

/* --- numbers -------------------------------------------------------------- */

/* A number of tenths after what is there, with a space where it would run into
 * another one. */
static char *put_tenths(char *out, int32_t tenths, bool first)
{
    uint32_t size = (uint32_t)abs(tenths), whole = size / 10, rest = size % 10;
    if (tenths < 0)
        *out++ = '-';
    else if (!first)
        *out++ = ' ';
    if (whole > 9) { /* seldom: most lines are short */
        char digits[12];
        char *at = digits + sizeof digits;
        for (uint32_t left = whole; left > 0; left /= 10)
            *--at = (char)('0' + left % 10);
        while (at < digits + sizeof digits)
            *out++ = *at++;
    } else if (whole > 0 || rest == 0) {
        *out++ = (char)('0' + whole);
    }
    if (rest > 0) {
        *out++ = '.';
        *out++ = (char)('0' + rest);
    }
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
        size_t first = place;
        bool begins = true;
        *at++ = 'm'; /* its lines are relative, too */
        for (; place < mosaic->ends[r]; place++) {
            struct place to = {mosaic->places[place].x * tenths,
                               mosaic->places[place].y * tenths};
            at = put_tenths(at, to.x - from.x, begins);
            at = put_tenths(at, to.y - from.y, false);
            from = to;
            begins = false;
        }
        *at++ = 'z';
        from = (struct place){mosaic->places[first].x * tenths,
                              mosaic->places[first].y * tenths};
    }
    *at = '\0';
    out->size = (size_t)(at - out->at);
}

void svg_mosaic_put(struct svg_mosaic *mosaic, bool steps, struct text *out)
{
    const struct scene_mosaic *scene = mosaic->scene;
    const struct place page = {-10 * (int32_t)lround(scene->x_pt * SVG_GRID),
                               -10 * (int32_t)lround(scene->y_pt * SVG_GRID)};
    if (steps)
        put_rings(mosaic, out, mosaic->origin, 1);
    else
        put_rings(mosaic, out, page, PAGE_TENTHS);
}
