/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/sheet_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static char *name_cell(struct arena *arena, const void *context, size_t cell)
{
    const struct sheet *sheet = context;
    return sheet_name(arena, sheet, cell);
}

static uint64_t mark_node(const struct sheet_axis *axis, size_t node,
                          const struct hash_key *key)
{
    struct arena *scratch = arena_new();
    struct text text = text_new(scratch);
    text_add_bytes(&text, axis->name, strlen(axis->name) + 1);
    text_add(&text, axis->codes[node]);
    uint64_t mark = hash_keyed_number(key, text.at, text.size);
    arena_free(scratch);
    return mark;
}

/* A sum, so that the order of the axes does not matter. */
uint64_t *sheet_marks(struct arena *arena, const struct sheet *sheet,
                      const struct hash_key *key)
{
    uint64_t *marks = arena_array(arena, sheet->cells, sizeof *marks);
    for (size_t a = 0; key->size > 0 && a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        assert(axis->nodes > 0);
        uint64_t *nodes = arena_array(arena, axis->nodes, sizeof *nodes);
        for (size_t i = 0; i < axis->nodes; i++)
            nodes[i] = mark_node(axis, i, key);
        for (size_t c = 0; c < sheet->cells; c++)
            marks[c] += nodes[sheet_node(sheet, c, a)];
    }
    return marks;
}

/* Rows being listed: counted first, then written. */
struct listing {
    const struct sheet *sheet;
    uint32_t *members; /* NULL while counting */
    size_t *starts;
    size_t rows, size;
};

static void list_row(struct listing *listing, size_t axis, size_t cell,
                     const struct sheet_relation *relation)
{
    size_t stride = listing->sheet->strides[axis];
    size_t origin = cell - relation->total * stride;
    if (listing->members != NULL) {
        uint32_t *row = listing->members + listing->size;
        row[0] = (uint32_t)cell;
        for (size_t i = 0; i < relation->count; i++)
            row[i + 1] = (uint32_t)(origin + relation->parts[i] * stride);
        listing->starts[listing->rows + 1] =
            listing->size + relation->count + 1;
    }
    listing->rows++;
    listing->size += relation->count + 1;
}

static void list_cell(struct listing *listing, size_t axis, size_t cell)
{
    const struct sheet_axis *along = &listing->sheet->axes[axis];
    size_t node = sheet_node(listing->sheet, cell, axis);
    for (size_t r = 0; r < along->relation_count; r++) {
        if (along->relations[r].total == node)
            list_row(listing, axis, cell, &along->relations[r]);
    }
}

static void list_all(struct listing *listing)
{
    for (size_t a = 0; a < listing->sheet->axis_count; a++) {
        for (size_t c = 0; c < listing->sheet->cells; c++)
            list_cell(listing, a, c);
    }
}

static bool divides(const struct sheet_axis *axis, size_t node)
{
    for (size_t r = 0; r < axis->relation_count; r++) {
        if (axis->relations[r].total == node)
            return true;
    }
    return false;
}

/* Axes with the most relations first, the flat ones last. */
static size_t *deep_first(struct arena *arena, const struct sheet *sheet)
{
    size_t *order = arena_array(arena, sheet->axis_count, sizeof *order);
    for (size_t a = 0; a < sheet->axis_count; a++) {
        size_t at = a;
        for (; at > 0 && sheet->axes[order[at - 1]].relation_count <
                             sheet->axes[a].relation_count;
             at--)
            order[at] = order[at - 1];
        order[at] = a;
    }
    return order;
}

/* Divides every margin along its first axis that can be divided: this implies
 * all other relations. With two axes, the second one flat, it is a network. */
static void list_frame(struct listing *listing, const size_t *order)
{
    const struct sheet *sheet = listing->sheet;
    for (size_t c = 0; c < sheet->cells; c++) {
        size_t a = 0;
        while (a < sheet->axis_count &&
               !divides(&sheet->axes[order[a]], sheet_node(sheet, c, order[a])))
            a++;
        if (a < sheet->axis_count)
            list_cell(listing, order[a], c);
    }
}

static void list(struct listing *listing, const size_t *order)
{
    if (order != NULL)
        list_frame(listing, order);
    else
        list_all(listing);
}

/* All relations; with an order, the frame that it gives. */
static struct plain_rows
list_rows(struct arena *arena, const struct sheet *sheet, const size_t *order)
{
    struct listing counted = {.sheet = sheet};
    list(&counted, order);
    struct listing listing = {
        .sheet = sheet,
        .members = arena_array(arena, counted.size, sizeof *listing.members),
        .starts = arena_array(arena, counted.rows + 1, sizeof *listing.starts),
    };
    list(&listing, order);
    return (struct plain_rows){listing.members, listing.starts, listing.rows};
}

struct plain_table *sheet_plain(struct arena *arena, const struct sheet *sheet,
                                const struct hash_key *key)
{
    struct plain_table *table = arena_alloc(arena, sizeof *table);
    *table = (struct plain_table){
        .cells = sheet->cells,
        .counts = sheet->counts,
        .marks = sheet_marks(arena, sheet, key),
        .relations = list_rows(arena, sheet, NULL),
        .frame = list_rows(arena, sheet, deep_first(arena, sheet)),
        .name = name_cell,
        .context = sheet,
    };
    return table;
}

bool sheet_round(struct arena *arena, const struct sheet *sheet,
                 const struct round_policy *policy, int64_t *out,
                 struct round_report *report, struct err *err)
{
    if (!plain_check_key(&policy->key, err))
        return false;
    struct arena *scratch = arena_new();
    bool ok = round_table(arena, sheet_plain(scratch, sheet, &policy->key),
                          policy, out, report, err);
    arena_wipe(scratch);
    return ok;
}

bool sheet_cellkey(struct arena *arena, const struct sheet *sheet,
                   const struct cellkey_policy *policy, int64_t *out,
                   struct cellkey_report *report, struct err *err)
{
    if (!plain_check_key(&policy->key, err))
        return false;
    struct arena *scratch = arena_new();
    bool ok = cellkey_table(arena, sheet_plain(scratch, sheet, &policy->key),
                            policy, out, report, err);
    arena_wipe(scratch);
    return ok;
}
