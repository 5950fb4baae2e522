/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "device/png_impl.h"

/* Soft edges mix every pair of neighbouring colours. The frequent colours are
 * kept to the last bit; the rare ones are rounded, by steps that grow until
 * all fit. */
enum {
    SLOTS = 1 << 16, /* of the open hash table */
    COLOURS_MOST = SLOTS / 2,
    KEPT = 48,
    STEP_LAST = 20,
};

struct entry {
    uint32_t colour;
    uint32_t uses;
    uint32_t result; /* place in the palette */
};

struct run { /* of pixels in a row */
    uint16_t size;
    uint16_t entry;
};

struct row {
    const struct run *runs; /* NULL: as the row above */
    size_t count;
};

/* Colours stand in the order of their first use. */
struct png_parts {
    struct arena *arena;
    size_t width, height;
    struct entry *entries;
    size_t count, capacity;
    uint16_t *slots;  /* [SLOTS] a place among them and 1, 0: none */
    struct row *rows; /* [height] */
    size_t row_count, run_count;
    struct run *runs; /* [width] of the row that is looked at */
    uint32_t *last;   /* [width] row of the part before */
};

/* Where the pixels of one colour that begin at `from` end. Most of a figure is
 * wide and plain: eight are compared at a time. */
static size_t run_end(const uint32_t *pixels, size_t from, size_t size)
{
    enum { PAIRS = 4 };
    uint64_t two = (uint64_t)pixels[from] << 32 | pixels[from];
    size_t at = from + 1;
    for (; at + 2 * PAIRS <= size; at += 2 * PAIRS) {
        uint64_t next[PAIRS];
        memcpy(next, pixels + at, sizeof next);
        if (((next[0] ^ two) | (next[1] ^ two) | (next[2] ^ two) |
             (next[3] ^ two)) != 0)
            break;
    }
    while (at < size && pixels[at] == pixels[from])
        at++;
    return at;
}

/* COLOURS_MOST: there are too many. */
static size_t find_entry(struct png_parts *parts, uint32_t colour)
{
    uint32_t slot = colour * 2654435761U >> 16;
    for (; parts->slots[slot] > 0; slot = (slot + 1) % SLOTS) {
        size_t place = parts->slots[slot] - 1u;
        if (parts->entries[place].colour == colour)
            return place;
    }
    if (parts->count == COLOURS_MOST)
        return COLOURS_MOST;
    parts->entries = arena_grow(parts->arena, parts->entries, parts->count,
                                &parts->capacity, sizeof *parts->entries);
    parts->entries[parts->count] = (struct entry){colour, 0, 0};
    parts->slots[slot] = (uint16_t)++parts->count;
    return parts->count - 1;
}

/* Finds the runs of a row and keeps them; false when there are too many
 * colours. */
static bool take_row(struct png_parts *parts, const uint32_t *pixels)
{
    size_t count = 0;
    for (size_t i = 0, end; i < parts->width; i = end) {
        end = run_end(pixels, i, parts->width);
        size_t entry = find_entry(parts, pixels[i] & 0xffffff);
        if (entry == COLOURS_MOST)
            return false;
        parts->runs[count++] =
            (struct run){(uint16_t)(end - i), (uint16_t)entry};
    }
    size_t size = count * sizeof *parts->runs;
    struct run *runs = arena_room(parts->arena, size);
    memcpy(runs, parts->runs, size);
    parts->rows[parts->row_count] = (struct row){runs, count};
    parts->run_count += count;
    return true;
}

/* Runs of the last row that has its own. */
static void count_row(struct png_parts *parts)
{
    size_t r = parts->row_count;
    while (parts->rows[r].runs == NULL)
        r--;
    const struct row *row = &parts->rows[r];
    for (size_t i = 0; i < row->count; i++)
        parts->entries[row->runs[i].entry].uses += row->runs[i].size;
}

struct png_parts *png_parts_new(struct arena *arena, int width, int height)
{
    assert(width <= PNG_HIGHEST);
    struct png_parts *parts = arena_alloc(arena, sizeof *parts);
    size_t wide = (size_t)width, high = (size_t)height;
    *parts = (struct png_parts){
        .arena = arena,
        .width = wide,
        .height = high,
        .slots = arena_array(arena, SLOTS, sizeof *parts->slots),
        .rows = arena_array(arena, high, sizeof *parts->rows),
        .runs = arena_array(arena, wide, sizeof *parts->runs),
        .last = arena_array(arena, wide, sizeof *parts->last),
    };
    return parts;
}

/* Charts are wide and plain: many rows are like the one above. A difference in
 * upper bytes only is none to see, but costs no more than the row. */
bool png_parts_add(struct png_parts *parts, const struct pixels *rows)
{
    size_t size = parts->width * sizeof *parts->last;
    const uint32_t *above = parts->last, *row = rows->at;
    for (int r = 0; r < rows->height; r++, above = row, row += parts->width) {
        bool same = parts->row_count > 0 && memcmp(above, row, size) == 0;
        if (!same && !take_row(parts, row))
            return false;
        count_row(parts);
        parts->row_count++;
    }
    memcpy(parts->last, above, size);
    return true;
}

/* Places of equal use come in the order of their first one. */
static int by_use(const void *a, const void *b)
{
    const struct entry *const *left = a, *const *right = b;
    if ((*left)->uses != (*right)->uses)
        return (*left)->uses < (*right)->uses ? 1 : -1;
    return *left < *right ? -1 : 1;
}

static uint32_t round_channel(uint32_t value, uint32_t step)
{
    uint32_t rounded = (value + step / 2) / step * step;
    return rounded > 255 ? 255 : rounded;
}

static uint32_t round_colour(uint32_t colour, uint32_t step)
{
    return round_channel(colour >> 16 & 255, step) << 16 |
           round_channel(colour >> 8 & 255, step) << 8 |
           round_channel(colour & 255, step);
}

/* Gives every colour its place in the palette; false when it does not fit. */
static bool place_colours(struct entry *const *sorted, size_t count,
                          uint32_t step, struct palette *palette)
{
    enum { PLACES = 4 * PNG_COLOURS }; /* of an open hash table */
    uint16_t slots[PLACES] = {0};      /* a place in the palette and 1 */
    palette->count = 0;
    for (size_t i = 0; i < count; i++) {
        bool kept = i < KEPT || step == 1;
        uint32_t colour =
            kept ? sorted[i]->colour : round_colour(sorted[i]->colour, step);
        size_t slot = colour * 2654435761U >> 22;
        while (slots[slot] && palette->colour[slots[slot] - 1] != colour)
            slot = (slot + 1) % PLACES;
        if (slots[slot] == 0 && palette->count == PNG_COLOURS)
            return false;
        if (slots[slot] == 0) {
            palette->colour[palette->count++] = colour;
            slots[slot] = (uint16_t)palette->count;
        }
        sorted[i]->result = slots[slot] - 1u;
    }
    return true;
}

static bool reduce(struct png_parts *parts, struct palette *palette)
{
    struct arena *scratch = arena_new();
    struct entry **sorted =
        arena_array(scratch, parts->count, sizeof(struct entry *));
    bool few = false;
    for (size_t i = 0; i < parts->count; i++)
        sorted[i] = &parts->entries[i];
    qsort(sorted, parts->count, sizeof(struct entry *), by_use);
    for (uint32_t step = 1; !few && step <= STEP_LAST; step += step < 4 ? 1 : 2)
        few = place_colours(sorted, parts->count, step, palette);
    arena_free(scratch);
    return few;
}

/* A row like the one above is nothing but zeros under the filter. */
static void write_row(const struct png_parts *parts, const struct row *row,
                      unsigned char *to)
{
    *to++ = row->runs ? FILTER_NONE : FILTER_UP;
    if (row->runs == NULL) {
        memset(to, 0, parts->width);
        return;
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct run *run = &row->runs[i];
        memset(to, (int)parts->entries[run->entry].result, run->size);
        to += run->size;
    }
}

bool png_parts_palette(struct arena *arena, struct png_parts *parts,
                       struct palette *out)
{
    size_t size = parts->width + 1; /* of a row */
    assert(parts->row_count == parts->height);
    if (!reduce(parts, out))
        return false;
    out->runs = parts->run_count;
    out->rows = arena_room(arena, parts->height * size);
    for (size_t r = 0; r < parts->height; r++)
        write_row(parts, &parts->rows[r], out->rows + r * size);
    return true;
}
