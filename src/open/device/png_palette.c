/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "device/png_impl.h"

/* Soft edges mix every pair of neighbouring colours. The frequent colours are
 * kept to the last bit; the rare ones are rounded, by steps that grow until
 * all fit. */
enum {
    TABLE = 1 << 16, /* places of the open hash table */
    COLOURS_MOST = TABLE / 2,
    KEPT = 48,
    STEP_LAST = 20,
    EMPTY = UINT32_MAX,
};

struct entry {
    uint32_t colour; /* EMPTY: free */
    uint32_t uses;
    uint32_t order;  /* of first use */
    uint32_t result; /* place in the palette */
};

struct run { /* of pixels in a row */
    uint32_t size;
    uint32_t entry; /* place in the table */
};

struct counts {
    struct entry *table; /* [TABLE] */
    size_t count;
    struct run *runs; /* the first of rows unlike the one above, from the top */
    size_t run_count, runs_most;
};

static struct entry *table_new(struct arena *arena)
{
    size_t size = TABLE * sizeof(struct entry);
    return memset(arena_room(arena, size), 0xFF, size); /* EMPTY */
}

static struct entry *find(struct counts *counts, uint32_t colour)
{
    uint32_t place = colour * 2654435761U >> 16;
    while (counts->table[place].colour != EMPTY &&
           counts->table[place].colour != colour)
        place = (place + 1) & (TABLE - 1);
    return &counts->table[place];
}

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

/* Charts are wide and plain: many rows are like the one above. A difference in
 * upper bytes only is none to see, but costs no more than the row. */
static bool *find_same_rows(struct arena *arena, const struct pixels *pixels)
{
    size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
    bool *same = arena_array(arena, height + 1, sizeof *same);
    for (size_t row = 1; row < height; row++)
        same[row] =
            memcmp(pixels->at + row * width, pixels->at + (row - 1) * width,
                   width * sizeof *pixels->at) == 0;
    return same;
}

/* Of a busy picture the list would be as large as the picture. */
static void keep_run(struct counts *counts, size_t size,
                     const struct entry *entry)
{
    if (counts->run_count++ >= counts->runs_most)
        return;
    counts->runs[counts->run_count - 1] =
        (struct run){(uint32_t)size, (uint32_t)(entry - counts->table)};
}

/* NULL: there are too many colours. */
static struct entry *count_pixels(struct counts *counts, uint32_t colour,
                                  size_t pixels)
{
    struct entry *entry = find(counts, colour);
    if (entry->colour == EMPTY) {
        if (counts->count == COLOURS_MOST)
            return NULL;
        entry->colour = colour;
        entry->uses = 0;
        entry->order = (uint32_t)counts->count++;
    }
    entry->uses += (uint32_t)pixels;
    return entry;
}

/* Counts the colours of a row that stands `times` times. */
static bool count_row(struct counts *counts, const uint32_t *row, size_t width,
                      size_t times)
{
    for (size_t i = 0, end; i < width; i = end) {
        end = run_end(row, i, width);
        const struct entry *entry =
            count_pixels(counts, row[i] & 0xffffff, (end - i) * times);
        if (entry == NULL)
            return false;
        keep_run(counts, end - i, entry);
    }
    return true;
}

static bool count_colours(struct counts *counts, const struct pixels *pixels,
                          const bool *same)
{
    size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
    for (size_t row = 0, next; row < height; row = next) {
        next = row + 1;
        while (next < height && same[next])
            next++;
        if (!count_row(counts, pixels->at + row * width, width, next - row))
            return false;
    }
    return true;
}

static int by_use(const void *a, const void *b)
{
    const struct entry *const *left = a, *const *right = b;
    if ((*left)->uses != (*right)->uses)
        return (*left)->uses < (*right)->uses ? 1 : -1;
    return (*left)->order < (*right)->order ? -1 : 1;
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
    enum { SLOTS = 4 * PNG_COLOURS }; /* of an open hash table */
    uint16_t slots[SLOTS] = {0};      /* a place in the palette and 1 */
    palette->count = 0;
    for (size_t i = 0; i < count; i++) {
        bool kept = i < KEPT || step == 1;
        uint32_t colour =
            kept ? sorted[i]->colour : round_colour(sorted[i]->colour, step);
        size_t slot = colour * 2654435761U >> 22;
        while (slots[slot] && palette->colour[slots[slot] - 1] != colour)
            slot = (slot + 1) % SLOTS;
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

static bool reduce(struct arena *arena, struct counts *counts,
                   struct palette *palette)
{
    struct entry **sorted =
        arena_array(arena, counts->count, sizeof(struct entry *));
    size_t count = 0;
    for (size_t place = 0; place < TABLE; place++) {
        if (counts->table[place].colour != EMPTY)
            sorted[count++] = &counts->table[place];
    }
    qsort(sorted, count, sizeof(struct entry *), by_use);
    for (uint32_t step = 1; step <= STEP_LAST; step += step < 4 ? 1 : 2) {
        if (place_colours(sorted, count, step, palette))
            return true;
    }
    return false;
}

static void write_row(struct counts *counts, const uint32_t *from, size_t width,
                      unsigned char *to)
{
    for (size_t i = 0, end; i < width; i = end) {
        end = run_end(from, i, width);
        const struct entry *entry = find(counts, from[i] & 0xffffff);
        memset(to + i, (int)entry->result, end - i);
    }
}

static const struct run *write_runs(const struct counts *counts,
                                    const struct run *run, size_t width,
                                    unsigned char *to)
{
    for (size_t i = 0; i < width; i += run++->size)
        memset(to + i, (int)counts->table[run->entry].result, run->size);
    return run;
}

/* A row like the one above is nothing but zeros under the filter. */
static void write_rows(struct counts *counts, const struct pixels *pixels,
                       const bool *same, unsigned char *to)
{
    size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
    const struct run *run = counts->runs;
    for (size_t row = 0; row < height; row++, to += width + 1) {
        to[0] = same[row] ? FILTER_UP : FILTER_NONE;
        if (same[row])
            memset(to + 1, 0, width);
        else if (counts->run_count <= counts->runs_most)
            run = write_runs(counts, run, width, to + 1);
        else
            write_row(counts, pixels->at + row * width, width, to + 1);
    }
}

bool png_palette(struct arena *arena, const struct pixels *pixels,
                 struct palette *out)
{
    size_t width = (size_t)pixels->width, height = (size_t)pixels->height;
    struct counts counts = {
        .table = table_new(arena),
        .runs_most = width * height / PNG_PLAIN_RUN,
    };
    counts.runs = arena_room(arena, counts.runs_most * sizeof *counts.runs);
    const bool *same = find_same_rows(arena, pixels);
    if (!count_colours(&counts, pixels, same) || !reduce(arena, &counts, out))
        return false;
    out->runs = counts.run_count;
    out->rows = arena_room(arena, height * (width + 1));
    write_rows(&counts, pixels, same, out->rows);
    return true;
}

/* --- pictures in parts -----------------------------------------------------
 */

/* Of each pixel, its colour's place in the table: half of what the pixels
 * themselves would take. */
struct png_parts {
    struct counts counts;
    size_t width, height, rows; /* rows so far */
    uint16_t *places;           /* [height * width] */
    uint32_t *last;             /* row */
    bool *same;                 /* [height] as the row above */
};

struct png_parts *png_parts_new(struct arena *arena, int width, int height)
{
    struct png_parts *parts = arena_alloc(arena, sizeof *parts);
    size_t wide = (size_t)width, high = (size_t)height;
    *parts = (struct png_parts){
        .counts = {.table = table_new(arena)},
        .width = wide,
        .height = high,
        .places = arena_room(arena, high * wide * sizeof(uint16_t)),
        .last = arena_array(arena, wide, sizeof(uint32_t)),
        .same = arena_array(arena, high, sizeof(bool)),
    };
    return parts;
}

/* A row like the one above counts, too, but has no runs of its own. */
static bool add_row(struct png_parts *parts, const uint32_t *row, bool same)
{
    uint16_t *to = parts->places + parts->rows * parts->width;
    for (size_t i = 0, end; i < parts->width; i = end) {
        end = run_end(row, i, parts->width);
        const struct entry *entry =
            count_pixels(&parts->counts, row[i] & 0xffffff, end - i);
        if (entry == NULL)
            return false;
        parts->counts.run_count += !same;
        for (size_t k = i; k < end; k++)
            to[k] = (uint16_t)(entry - parts->counts.table);
    }
    return true;
}

bool png_parts_add(struct png_parts *parts, const struct pixels *rows)
{
    size_t size = parts->width * sizeof *parts->last;
    for (int r = 0; r < rows->height; r++) {
        const uint32_t *row = rows->at + (size_t)r * parts->width;
        bool same = parts->rows > 0 && memcmp(parts->last, row, size) == 0;
        if (!add_row(parts, row, same))
            return false;
        parts->same[parts->rows++] = same;
        memcpy(parts->last, row, size);
    }
    return true;
}

/* The rows of the file take the room of the places, of which each needs one
 * that is as long at least: both at once would be a third of all memory. */
bool png_parts_palette(struct arena *arena, struct png_parts *parts,
                       struct palette *out)
{
    size_t width = parts->width;
    assert(parts->rows == parts->height);
    if (!reduce(arena, &parts->counts, out))
        return false;
    out->runs = parts->counts.run_count;
    out->rows = (unsigned char *)parts->places;
    uint16_t *from = arena_array(arena, width, sizeof *from);
    for (size_t row = 0; row < parts->height; row++) {
        unsigned char *to = out->rows + row * (width + 1);
        memcpy(from, parts->places + row * width, width * sizeof *from);
        *to++ = parts->same[row] ? FILTER_UP : FILTER_NONE;
        for (size_t i = 0; i < width; i++)
            to[i] = parts->same[row]
                        ? 0
                        : (unsigned char)parts->counts.table[from[i]].result;
    }
    return true;
}
