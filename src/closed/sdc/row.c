/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/row.h"

#include <string.h>

enum {
    NO_SKETCH = -1,
    ALIGN = 8,
    SHELF_MOST = 128 * 1024 * 1024, /* bytes, unless one family takes more */
};

/* A family before it is made: Q, ascending, and what its rows come to. */
struct sketch {
    struct atlas_list above;
    size_t entries; /* of all rows */
};

/* One axis. Families stand on a shelf, one after the other; when the next one
 * has no room there all are forgotten. */
struct side {
    struct arena *arena;
    const struct field_axis *axis;
    struct sketch *sketches;
    size_t sketch_count, sketch_capacity;
    int *sketch_of;       /* [parts] or NO_SKETCH */
    struct family_of *of; /* [parts] family NULL: not on the shelf */
    unsigned char *shelf;
    size_t size, used;
};

struct rows {
    struct side sides[FIELD_AXES];
};

/* --- which families there are --------------------------------------------- */

/* True when every atom of `inner` is in `outer`. Lists ascend. */
static bool contains(const struct atlas_list *outer,
                     const struct atlas_list *inner)
{
    size_t i = 0;
    for (size_t j = 0; j < inner->count; j++) {
        while (i < outer->count && outer->at[i] < inner->at[j])
            i++;
        if (i == outer->count || outer->at[i] != inner->at[j])
            return false;
    }
    return true;
}

/* Parts that strictly contain a part, ascending; itself where none does. */
static struct atlas_list parts_above(const struct side *side, uint32_t part)
{
    const struct atlas_axis *atlas = &side->axis->atlas;
    const struct atlas_list *own = &atlas->atoms_of[part];
    const struct atlas_list *near = &atlas->parts_of[own->at[0]];
    uint32_t *above = arena_array(side->arena, near->count, sizeof *above);
    size_t count = 0;
    for (size_t i = 0; i < near->count; i++) {
        const struct atlas_list *other = &atlas->atoms_of[near->at[i]];
        if (other->count > own->count && contains(other, own))
            above[count++] = near->at[i];
    }
    if (count == 0)
        above[count++] = part;
    return (struct atlas_list){above, count};
}

static int find_sketch(struct side *side, uint32_t part)
{
    struct atlas_list above = parts_above(side, part);
    for (size_t k = 0; k < side->sketch_count; k++) {
        const struct atlas_list *known = &side->sketches[k].above;
        if (known->count == above.count &&
            memcmp(known->at, above.at, above.count * sizeof *above.at) == 0)
            return (int)k;
    }
    side->sketches = arena_grow(side->arena, side->sketches, side->sketch_count,
                                &side->sketch_capacity, sizeof *side->sketches);
    side->sketches[side->sketch_count] = (struct sketch){.above = above};
    return (int)side->sketch_count++;
}

/* --- rows ----------------------------------------------------------------- */

/* Where the entries of rows are written, one row after the other. */
struct pen {
    uint64_t *terms;
    uint32_t *parts;
    signed char *signs;
};

/* The parts of an atom (NULL: none) beyond Q and what Q has beyond them.
 * *narrow: the second are none. */
static size_t count_row(const struct atlas_list *plus,
                        const struct atlas_list *above, bool *narrow)
{
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < plus->count && j < above->count;) {
        bool equal = plus->at[i] == above->at[j];
        shared += equal;
        bool behind = plus->at[i] < above->at[j];
        i += equal || behind;
        j += equal || !behind;
    }
    *narrow = shared == above->count;
    return plus->count + above->count - 2 * shared;
}

static struct row write_row(const struct side *side, struct pen *pen,
                            const struct atlas_list *plus,
                            const struct atlas_list *minus)
{
    struct row row = {pen->terms, pen->parts, pen->signs, 0};
    size_t i = 0, j = 0;
    while (i < plus->count || j < minus->count) {
        bool first = j == minus->count ||
                     (i < plus->count && plus->at[i] < minus->at[j]);
        bool second = i == plus->count ||
                      (j < minus->count && minus->at[j] < plus->at[i]);
        if (first || second) {
            *pen->parts = first ? plus->at[i] : minus->at[j];
            *pen->terms++ = side->axis->terms[*pen->parts++];
            *pen->signs++ = first ? 1 : -1;
            row.count++;
        }
        i += first || !second;
        j += second || !first;
    }
    return row;
}

static const struct atlas_list nothing = {NULL, 0};

static size_t count_entries(const struct side *side,
                            const struct sketch *sketch)
{
    const struct atlas_axis *atlas = &side->axis->atlas;
    size_t entries = sketch->above.count;
    bool narrow;
    for (size_t a = 0; a < atlas->atoms; a++)
        entries += count_row(&atlas->parts_of[a], &sketch->above, &narrow);
    return entries;
}

static void write_rows(const struct side *side, const struct sketch *sketch,
                       struct pen *pen, struct row *rows, struct family *family)
{
    const struct atlas_axis *atlas = &side->axis->atlas;
    const struct atlas_list *above = &sketch->above;
    /* Taking away a total that nothing contains is as short as any row. */
    if (above->count == 1)
        rows[family->count++] = write_row(side, pen, &nothing, above);
    for (int narrow = 1; narrow >= 0; narrow--) {
        for (size_t a = 0; a < atlas->atoms; a++) {
            bool is_narrow;
            (void)count_row(&atlas->parts_of[a], above, &is_narrow);
            if (is_narrow == (narrow == 1))
                rows[family->count++] =
                    write_row(side, pen, &atlas->parts_of[a], above);
        }
        if (narrow == 1)
            family->narrow = family->count;
    }
    if (above->count != 1)
        rows[family->count++] = write_row(side, pen, &nothing, above);
}

/* --- the shelf ------------------------------------------------------------ */

static size_t aligned(size_t size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

static size_t sketch_size(const struct side *side, const struct sketch *sketch)
{
    size_t rows = side->axis->atlas.atoms + 1;
    return aligned(sizeof(struct family)) + rows * sizeof(struct row) +
           sketch->entries * sizeof(uint64_t) +
           2 * aligned(sketch->entries * sizeof(uint32_t)) +
           aligned(sketch->entries);
}

static void *take(struct side *side, size_t size)
{
    void *room = side->shelf + side->used;
    side->used += aligned(size);
    assert(side->used <= side->size);
    return room;
}

/* For each part of a family the rows that change it, ascending. */
static void find_owns(struct side *side, int number,
                      const struct family *family, uint32_t *room)
{
    size_t parts = side->axis->atlas.parts, taken = 0;
    for (size_t r = 0; r < family->count; r++) {
        for (size_t i = 0; i < family->rows[r].count; i++)
            side->of[family->rows[r].parts[i]].own_count +=
                side->sketch_of[family->rows[r].parts[i]] == number;
    }
    for (size_t p = 0; p < parts; p++) {
        if (side->sketch_of[p] != number)
            continue;
        size_t count = side->of[p].own_count;
        side->of[p] = (struct family_of){family, room + taken, 0};
        taken += count;
    }
    for (size_t r = 0; r < family->count; r++) {
        for (size_t i = 0; i < family->rows[r].count; i++) {
            struct family_of *of = &side->of[family->rows[r].parts[i]];
            if (of->family == family)
                room[(of->own - room) + (ptrdiff_t)of->own_count++] =
                    (uint32_t)r;
        }
    }
}

static void make_family(struct side *side, int number)
{
    const struct sketch *sketch = &side->sketches[number];
    size_t rows = side->axis->atlas.atoms + 1, entries = sketch->entries;
    struct family *family = take(side, sizeof *family);
    struct row *list = take(side, rows * sizeof *list);
    struct pen pen;
    pen.terms = take(side, entries * sizeof *pen.terms);
    pen.parts = take(side, entries * sizeof *pen.parts);
    uint32_t *own = take(side, entries * sizeof *own);
    pen.signs = take(side, entries);
    *family = (struct family){.rows = list};
    write_rows(side, sketch, &pen, list, family);
    find_owns(side, number, family, own);
}

static void forget_all(struct side *side)
{
    memset(side->of, 0, side->axis->atlas.parts * sizeof *side->of);
    side->used = 0;
}

/* Room for all families, as far as that is not too much. */
static void put_up_shelf(struct side *side)
{
    size_t all = 0, largest = 0;
    for (size_t k = 0; k < side->sketch_count; k++) {
        struct sketch *sketch = &side->sketches[k];
        sketch->entries = count_entries(side, sketch);
        size_t size = sketch_size(side, sketch);
        all = all < SHELF_MOST ? all + size : all;
        largest = size > largest ? size : largest;
    }
    size_t most = largest > SHELF_MOST ? largest : SHELF_MOST;
    side->size = all < most ? all : most;
    side->shelf = arena_alloc(side->arena, side->size);
}

struct rows *rows_new(struct arena *arena, const struct field *field)
{
    struct rows *rows = arena_alloc(arena, sizeof *rows);
    for (size_t a = 0; a < field->axis_count; a++) {
        struct side *side = &rows->sides[a];
        const struct atlas_axis *atlas = &field->axes[a].atlas;
        side->arena = arena;
        side->axis = &field->axes[a];
        side->sketch_of = arena_array(arena, atlas->parts, sizeof(int));
        side->of = arena_array(arena, atlas->parts, sizeof *side->of);
        for (size_t p = 0; p < atlas->parts; p++)
            side->sketch_of[p] = atlas->atoms_of[p].count > 0
                                     ? find_sketch(side, (uint32_t)p)
                                     : NO_SKETCH;
        put_up_shelf(side);
    }
    return rows;
}

const struct family_of *rows_of(struct rows *rows, size_t axis, size_t part)
{
    struct side *side = &rows->sides[axis];
    int number = side->sketch_of[part];
    assert(number != NO_SKETCH);
    if (side->of[part].family == NULL) {
        if (side->used + sketch_size(side, &side->sketches[number]) >
            side->size)
            forget_all(side);
        make_family(side, number);
    }
    return &side->of[part];
}
