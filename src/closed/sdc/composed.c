/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/composed.h"

#include <stdlib.h>

#include "base/map.h"
#include "sdc/lies.h"

enum {
    COVERS = 2 * DIM_COUNT + 1, /* that one row can have, at most */
};

/* A row whose ages are all cells: a box of leaves. */
struct box {
    uint64_t row; /* key with the part of the ages cleared */
    uint64_t size;
};

/* Boxes that make the composed row, or that it makes a larger one with. */
struct cover {
    uint64_t whole; /* the larger one, or the composed row itself */
    struct box *boxes;
    size_t count;
};

struct composed {
    struct arena *arena;
    const struct universe *universe;
    struct lies lies;
    struct box *boxes; /* all there are, once they are asked for */
    bool listed;
    size_t box_count, box_capacity;
    struct map *rows; /* to its first column, or to NONE */
    uint64_t *keys;   /* of columns */
    bool *open;
    int64_t *counts, *thresholds;
    size_t count, capacity[4];
    struct relations relations;
    size_t member_count, member_capacity, start_capacity;
};

enum { NONE = INT32_MAX };

/* --- boxes ---------------------------------------------------------------- */

static size_t age_leaves(const struct composed *composed)
{
    return composed->universe->codes->dims[DIM_AGE].leaf_count;
}

static uint64_t at_age(const struct composed *composed, uint64_t row,
                       size_t leaf)
{
    const struct dimension *ages = &composed->universe->codes->dims[DIM_AGE];
    return universe_with(row, DIM_AGE, (size_t)ages->leaf_node[leaf]);
}

static bool has_ages(const struct composed *composed, uint64_t row)
{
    bool has = true;
    for (size_t l = 0; l < age_leaves(composed) && has; l++)
        has = universe_lookup(composed->universe, at_age(composed, row, l)) !=
              SDC_NO_CELL;
    return has;
}

static uint64_t size_of(const struct composed *composed, uint64_t row)
{
    uint64_t size = 1;
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t part = universe_part(row, (enum dim)d);
        if (d != DIM_AGE)
            size *= composed->universe->axes[d].parts[part].leaf_count;
    }
    return size;
}

static void list_boxes(struct composed *composed)
{
    const struct universe *universe = composed->universe;
    for (size_t c = 0; c < universe->count && !composed->listed; c++) {
        uint64_t row = universe_with(universe->keys[c], DIM_AGE, 0);
        if (universe->keys[c] != at_age(composed, row, 0) ||
            !has_ages(composed, row))
            continue;
        composed->boxes =
            arena_grow(composed->arena, composed->boxes, composed->box_count,
                       &composed->box_capacity, sizeof *composed->boxes);
        composed->boxes[composed->box_count++] =
            (struct box){row, size_of(composed, row)};
    }
    composed->listed = true;
}

static bool is_apart(struct composed *composed, uint64_t a, uint64_t b)
{
    bool apart = false;
    for (int d = 0; d < DIM_COUNT && !apart; d++)
        apart =
            d != DIM_AGE &&
            lies_of(&composed->lies, (enum dim)d, universe_part(a, (enum dim)d),
                    universe_part(b, (enum dim)d)) == LIE_APART;
    return apart;
}

static bool is_within(struct composed *composed, uint64_t inner, uint64_t outer)
{
    bool within = universe_measure(inner) == universe_measure(outer);
    for (int d = 0; d < DIM_COUNT && within; d++) {
        enum lie lie = d == DIM_AGE
                           ? LIE_SAME
                           : lies_of(&composed->lies, (enum dim)d,
                                     universe_part(inner, (enum dim)d),
                                     universe_part(outer, (enum dim)d));
        within = lie == LIE_SAME || lie == LIE_INNER;
    }
    return within;
}

static int by_size(const void *a, const void *b)
{
    const struct box *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* --- covers --------------------------------------------------------------- */

/* The largest of the boxes first, those that meet none of them after; true when
 * they fill `size`, and then they are the cover's. */
static bool fill(struct composed *composed, struct arena *scratch,
                 struct box *boxes, size_t count, uint64_t size,
                 struct cover *cover)
{
    struct box *taken = arena_array(scratch, count + 1, sizeof *taken);
    size_t kept = 0;
    uint64_t left = size;
    if (count > 0)
        qsort(boxes, count, sizeof *boxes, by_size);
    for (size_t b = 0; b < count && left > 0; b++) {
        bool apart = boxes[b].size <= left;
        for (size_t k = 0; k < kept && apart; k++)
            apart = is_apart(composed, boxes[b].row, taken[k].row);
        if (!apart)
            continue;
        taken[kept++] = boxes[b];
        left -= boxes[b].size;
    }
    cover->boxes = taken;
    cover->count = kept;
    return left == 0;
}

/* Boxes that differ from the row along this dimension alone. */
static size_t list_along(struct composed *composed, uint64_t row, enum dim dim,
                         struct box *out)
{
    size_t own = universe_part(row, dim), count = 0;
    for (size_t p = 0; p < composed->universe->axes[dim].count; p++) {
        uint64_t other = universe_with(row, dim, p);
        if (p != own && has_ages(composed, other))
            out[count++] = (struct box){other, size_of(composed, other)};
    }
    return count;
}

static size_t list_within(struct composed *composed, const struct box *list,
                          size_t count, uint64_t row, struct box *out)
{
    size_t found = 0;
    for (size_t b = 0; b < count; b++) {
        if (is_within(composed, list[b].row, row))
            out[found++] = list[b];
    }
    return found;
}

/* The smallest that holds the row and is filled by others beside it. */
static bool find_rest(struct composed *composed, struct arena *scratch,
                      uint64_t row, const struct box *list, size_t count,
                      struct cover *cover)
{
    struct box *beside = arena_array(scratch, count + 1, sizeof *beside);
    uint64_t own = size_of(composed, row);
    bool found = false;
    for (size_t w = count; w-- > 0 && !found;) {
        size_t others = 0;
        if (!is_within(composed, row, list[w].row))
            continue;
        for (size_t b = 0; b < count; b++) {
            if (is_within(composed, list[b].row, list[w].row) &&
                is_apart(composed, list[b].row, row))
                beside[others++] = list[b];
        }
        found =
            fill(composed, scratch, beside, others, list[w].size - own, cover);
        cover->whole = list[w].row;
    }
    return found;
}

/* By boxes that differ from the row along several dimensions. */
static size_t cover_across(struct composed *composed, struct arena *scratch,
                           uint64_t row, struct cover *cover)
{
    list_boxes(composed);
    struct box *inner =
        arena_array(scratch, composed->box_count + 1, sizeof *inner);
    size_t within =
        list_within(composed, composed->boxes, composed->box_count, row, inner);
    cover->whole = row;
    return fill(composed, scratch, inner, within, size_of(composed, row),
                cover);
}

/* Along each dimension; then along several at once. */
static size_t find_covers(struct composed *composed, struct arena *scratch,
                          uint64_t row, struct cover covers[COVERS])
{
    size_t most = 0, found = 0;
    uint64_t own = size_of(composed, row);
    for (int d = 0; d < DIM_COUNT; d++)
        most = composed->universe->axes[d].count > most
                   ? composed->universe->axes[d].count
                   : most;
    struct box *list = arena_array(scratch, most + 1, sizeof *list);
    struct box *inner = arena_array(scratch, most + 1, sizeof *inner);
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t count =
            d == DIM_AGE ? 0 : list_along(composed, row, (enum dim)d, list);
        if (count == 0)
            continue;
        qsort(list, count, sizeof *list, by_size);
        size_t within = list_within(composed, list, count, row, inner);
        covers[found].whole = row;
        found += fill(composed, scratch, inner, within, own, &covers[found]);
        found += find_rest(composed, scratch, row, list, count, &covers[found]);
    }
    return found > 0 ? found : cover_across(composed, scratch, row, covers);
}

/* --- columns -------------------------------------------------------------- */

static void add_column(struct composed *composed, uint64_t key,
                       int64_t threshold)
{
    size_t at = composed->count++;
    composed->keys = arena_grow(composed->arena, composed->keys, at,
                                &composed->capacity[0], sizeof(uint64_t));
    composed->open = arena_grow(composed->arena, composed->open, at,
                                &composed->capacity[1], sizeof(bool));
    composed->counts = arena_grow(composed->arena, composed->counts, at,
                                  &composed->capacity[2], sizeof(int64_t));
    composed->thresholds = arena_grow(composed->arena, composed->thresholds, at,
                                      &composed->capacity[3], sizeof(int64_t));
    composed->keys[at] = key;
    composed->open[at] = false;
    composed->counts[at] = 0;
    composed->thresholds[at] = threshold;
}

static void push_member(struct composed *composed, size_t column)
{
    composed->relations.members = arena_grow(
        composed->arena, composed->relations.members, composed->member_count,
        &composed->member_capacity, sizeof *composed->relations.members);
    composed->relations.members[composed->member_count++] = (uint32_t)column;
}

static void end_relation(struct composed *composed)
{
    struct relations *relations = &composed->relations;
    relations->starts =
        arena_grow(composed->arena, relations->starts, relations->count + 1,
                   &composed->start_capacity, sizeof *relations->starts);
    relations->starts[0] = 0;
    relations->starts[++relations->count] = composed->member_count;
}

/* One age of one cover: the whole, then what makes it. The cells of the first
 * cover give the count. */
static void add_sum(struct composed *composed, const struct cover *cover,
                    size_t column, size_t leaf, bool is_rest)
{
    const struct universe *universe = composed->universe;
    size_t whole = column;
    int64_t count = 0;
    bool open = false;
    if (is_rest)
        whole = universe_lookup(universe, at_age(composed, cover->whole, leaf));
    push_member(composed, whole);
    if (is_rest) {
        push_member(composed, column);
        count = universe->counts[whole];
        open = universe_is_open(universe, whole);
    }
    for (size_t b = 0; b < cover->count; b++) {
        size_t cell = universe_lookup(
            universe, at_age(composed, cover->boxes[b].row, leaf));
        push_member(composed, cell);
        count += is_rest ? -universe->counts[cell] : universe->counts[cell];
        open = open || universe_is_open(universe, cell);
    }
    end_relation(composed);
    composed->counts[column - universe->count] = count;
    composed->open[column - universe->count] |= open;
}

/* An age of the row that is a cell already. */
static void add_twin(struct composed *composed, size_t column, size_t cell)
{
    const struct universe *universe = composed->universe;
    push_member(composed, column);
    push_member(composed, cell);
    end_relation(composed);
    composed->counts[column - universe->count] = universe->counts[cell];
    composed->open[column - universe->count] = universe_is_open(universe, cell);
}

/* The ages add up to the row, where its cell is of all of them. */
static void add_total(struct composed *composed, size_t cell, size_t from)
{
    const struct universe *universe = composed->universe;
    size_t part = universe_part(universe->keys[cell], DIM_AGE);
    if (universe->axes[DIM_AGE].parts[part].leaf_count != age_leaves(composed))
        return;
    push_member(composed, cell);
    for (size_t l = 0; l < age_leaves(composed); l++)
        push_member(composed, from + l);
    end_relation(composed);
}

static int add_row(struct composed *composed, size_t cell, uint64_t row)
{
    const struct universe *universe = composed->universe;
    struct arena *scratch = arena_new();
    struct cover covers[COVERS] = {0};
    size_t count = find_covers(composed, scratch, row, covers);
    size_t from = universe->count + composed->count;
    for (size_t l = 0; l < age_leaves(composed) && count > 0; l++) {
        uint64_t key = at_age(composed, row, l);
        size_t twin = universe_lookup(universe, key);
        add_column(composed, key, universe->thresholds[cell]);
        if (twin != SDC_NO_CELL)
            add_twin(composed, from + l, twin);
        for (size_t c = 0; c < count && twin == SDC_NO_CELL; c++)
            add_sum(composed, &covers[c], from + l, l, covers[c].whole != row);
    }
    if (count > 0)
        add_total(composed, cell, from);
    arena_wipe(scratch);
    return count > 0 ? (int)from : NONE;
}

/* --- what others read ----------------------------------------------------- */

struct composed *composed_new(struct arena *arena,
                              const struct universe *universe)
{
    struct composed *composed = arena_alloc(arena, sizeof *composed);
    *composed = (struct composed){.arena = arena,
                                  .universe = universe,
                                  .lies = lies_new(arena, universe),
                                  .rows = map_new(arena)};
    return composed;
}

bool composed_row(struct composed *composed, size_t cell)
{
    uint64_t row = universe_with(composed->universe->keys[cell], DIM_AGE, 0);
    if (has_ages(composed, row))
        return true;
    int from = map_get(composed->rows, (const char *)&row, sizeof row);
    if (from < 0) {
        from = add_row(composed, cell, row);
        (void)map_put(composed->rows, (const char *)&row, sizeof row, from);
    }
    return from != NONE;
}

size_t composed_find(const struct composed *composed, uint64_t key)
{
    const struct universe *universe = composed->universe;
    size_t cell = universe_lookup(universe, key);
    uint64_t row = universe_with(key, DIM_AGE, 0);
    int from = cell != SDC_NO_CELL
                   ? NONE
                   : map_get(composed->rows, (const char *)&row, sizeof row);
    if (from < 0 || from == NONE)
        return cell;
    size_t column = (size_t)from;
    while (composed->keys[column - universe->count] != key)
        column++;
    return column;
}

bool composed_is_open(const struct composed *composed, size_t column)
{
    const struct universe *universe = composed->universe;
    return column < universe->count ? universe_is_open(universe, column)
                                    : composed->open[column - universe->count];
}

struct composed_columns composed_columns(const struct composed *composed)
{
    return (struct composed_columns){.counts = composed->counts,
                                     .thresholds = composed->thresholds,
                                     .count = composed->count,
                                     .relations = composed->relations};
}
