/* SPDX-License-Identifier: EUPL-1.2 */
/* grid_fixture.h - small sheets made in memory, for tests of the methods that
 * change numbers. A grid owns its sheet; axes are added one by one, then
 * grid_make, then leaves are set and grid_sum fills the margins. */
#ifndef GRID_FIXTURE_H
#define GRID_FIXTURE_H

#include "check.h"

#include "sdc/sheet_plain.h"

enum {
    GRID_AXES = 4,
};

struct grid {
    struct arena *arena;
    struct sheet sheet;
    struct sheet_axis *axes; /* at most GRID_AXES */
    struct err err;
};

static const unsigned char grid_secret[] = "a key of this test, 32 bytes lo";
static const struct hash_key grid_key = {grid_secret, sizeof grid_secret};

static inline struct grid grid_new(void)
{
    struct grid grid = {.arena = arena_new()};
    grid.axes = arena_array(grid.arena, GRID_AXES, sizeof *grid.axes);
    return grid;
}

static inline void grid_end(struct grid *grid)
{
    arena_wipe(grid->arena);
}

static inline void grid_relation(struct grid *grid, struct sheet_axis *axis,
                                 uint32_t total, uint32_t first, size_t count)
{
    struct sheet_relation *relations =
        arena_array(grid->arena, axis->relation_count + 1, sizeof *relations);
    uint32_t *parts = arena_array(grid->arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = first + (uint32_t)i;
    if (axis->relation_count > 0)
        memcpy(relations, axis->relations,
               axis->relation_count * sizeof *relations);
    relations[axis->relation_count++] =
        (struct sheet_relation){total, parts, count};
    axis->relations = relations;
}

/* Leaves are the last nodes; a node above them holds those of its parts. */
static inline void grid_leaves(struct grid *grid, struct sheet_axis *axis)
{
    size_t inner = axis->nodes - axis->leaf_count, at = 0;
    uint32_t *leaf_node =
        arena_array(grid->arena, axis->leaf_count, sizeof *leaf_node);
    uint32_t *leaves = arena_array(grid->arena, axis->nodes * axis->leaf_count,
                                   sizeof *leaves);
    size_t *starts = arena_array(grid->arena, axis->nodes + 1, sizeof *starts);
    bool *holds = arena_array(grid->arena, axis->nodes * axis->leaf_count, 1);
    for (size_t i = 0; i < axis->leaf_count; i++) {
        leaf_node[i] = (uint32_t)(inner + i);
        holds[(inner + i) * axis->leaf_count + i] = true;
    }
    for (size_t r = 0; r < axis->relation_count; r++) {
        const struct sheet_relation *relation = &axis->relations[r];
        for (size_t i = 0; i < relation->count * axis->leaf_count; i++) {
            size_t part = relation->parts[i / axis->leaf_count];
            size_t leaf = i % axis->leaf_count;
            if (holds[part * axis->leaf_count + leaf])
                holds[relation->total * axis->leaf_count + leaf] = true;
        }
    }
    for (size_t i = 0; i < axis->nodes * axis->leaf_count; i++) {
        if (holds[i])
            leaves[at++] = (uint32_t)(i % axis->leaf_count);
        if ((i + 1) % axis->leaf_count == 0)
            starts[(i + 1) / axis->leaf_count] = at;
    }
    axis->leaf_node = leaf_node;
    axis->leaves = leaves;
    axis->leaf_starts = starts;
}

/* Node 0 is the total. With groups (a list of sizes that ends with 0) nodes
 * 1.. are the groups, then come the leaves; else the leaves at once. A second
 * list divides the same leaves otherwise. */
static inline void grid_axis(struct grid *grid, const char *name, size_t leaves,
                             const size_t *groups, const size_t *others)
{
    struct sheet_axis *axis = &grid->axes[grid->sheet.axis_count++];
    const size_t *lists[2] = {groups, others};
    size_t inner = 0;
    axis->name = name;
    for (int l = 0; l < 2; l++) {
        for (size_t g = 0; lists[l] && lists[l][g] > 0; g++)
            inner++;
    }
    uint32_t node = 1;
    for (int l = 0; l < 2; l++) {
        uint32_t first = (uint32_t)inner + 1, from = node;
        for (size_t g = 0; lists[l] && lists[l][g] > 0; g++) {
            grid_relation(grid, axis, node++, first, lists[l][g]);
            first += (uint32_t)lists[l][g];
        }
        if (node > from)
            grid_relation(grid, axis, 0, from, node - from);
    }
    if (inner == 0)
        grid_relation(grid, axis, 0, 1, leaves);
    axis->nodes = 1 + inner + leaves;
    axis->codes = arena_array(grid->arena, axis->nodes, sizeof *axis->codes);
    for (size_t i = 0; i < axis->nodes; i++)
        axis->codes[i] = arena_format(grid->arena, "%s%zu", name, i);
    axis->leaf_count = leaves;
    grid_leaves(grid, axis);
}

static inline void grid_make(struct grid *grid)
{
    struct sheet *sheet = &grid->sheet;
    sheet->axes = grid->axes;
    sheet->strides =
        arena_array(grid->arena, sheet->axis_count, sizeof *sheet->strides);
    sheet->cells = 1;
    for (size_t a = sheet->axis_count; a-- > 0;) {
        sheet->strides[a] = sheet->cells;
        sheet->cells *= sheet->axes[a].nodes;
    }
    sheet->counts =
        arena_array(grid->arena, sheet->cells, sizeof *sheet->counts);
    sheet->status = arena_array(grid->arena, sheet->cells, 1);
}

static inline bool grid_is_leaf(const struct grid *grid, size_t cell)
{
    const struct sheet *sheet = &grid->sheet;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        if (sheet_node(sheet, cell, a) < axis->nodes - axis->leaf_count)
            return false;
    }
    return true;
}

/* Sums the margins, axis by axis; relations list parts before totals. */
static inline void grid_sum(struct grid *grid)
{
    struct sheet *sheet = &grid->sheet;
    for (size_t a = 0; a < sheet->axis_count; a++) {
        const struct sheet_axis *axis = &sheet->axes[a];
        for (size_t c = 0; c < sheet->cells * axis->relation_count; c++) {
            size_t cell = c % sheet->cells;
            const struct sheet_relation *relation =
                &axis->relations[c / sheet->cells];
            if (sheet_node(sheet, cell, a) != relation->total)
                continue;
            size_t origin = cell - relation->total * sheet->strides[a];
            sheet->counts[cell] = 0;
            for (size_t i = 0; i < relation->count; i++)
                sheet->counts[cell] +=
                    sheet->counts[origin +
                                  relation->parts[i] * sheet->strides[a]];
        }
    }
}

/* A reproducible sequence (xorshift64*). */
static inline int64_t grid_below(uint64_t *state, int64_t limit)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (int64_t)(*state * UINT64_C(2685821657736338717) >> 33) % limit;
}

/* Leaves 0..most, about one third of them zero. */
static inline void grid_fill(struct grid *grid, uint64_t *state, int64_t most)
{
    for (size_t c = 0; c < grid->sheet.cells; c++) {
        if (grid_is_leaf(grid, c))
            grid->sheet.counts[c] =
                grid_below(state, 3) == 0 ? 0 : grid_below(state, most + 1);
    }
    grid_sum(grid);
}

/* The leaves in cell order. */
static inline void grid_set(struct grid *grid, const int64_t *leaves)
{
    for (size_t c = 0; c < grid->sheet.cells; c++) {
        if (grid_is_leaf(grid, c))
            grid->sheet.counts[c] = *leaves++;
    }
    grid_sum(grid);
}

static inline struct plain_table *grid_plain(struct grid *grid)
{
    return sheet_plain(grid->arena, &grid->sheet, &grid_key);
}

/* The same table with its cells renumbered: cell c becomes order[c]. */
static inline struct plain_table *
grid_shuffled(struct grid *grid, uint32_t *order, uint64_t *state)
{
    struct plain_table *from = grid_plain(grid);
    struct plain_table *to = grid_plain(grid);
    int64_t *counts = arena_array(grid->arena, to->cells, sizeof *counts);
    uint64_t *marks = arena_array(grid->arena, to->cells, sizeof *marks);
    for (size_t c = 0; c < to->cells; c++)
        order[c] = (uint32_t)c;
    for (size_t c = to->cells; c > 1; c--) {
        size_t other = (size_t)grid_below(state, (int64_t)c);
        uint32_t kept = order[c - 1];
        order[c - 1] = order[other];
        order[other] = kept;
    }
    for (size_t c = 0; c < to->cells; c++) {
        counts[order[c]] = from->counts[c];
        marks[order[c]] = from->marks[c];
    }
    struct plain_rows *rows[2] = {&to->relations, &to->frame};
    for (int k = 0; k < 2; k++) {
        size_t size = rows[k]->starts[rows[k]->count];
        uint32_t *members = arena_array(grid->arena, size, sizeof *members);
        for (size_t i = 0; i < size; i++)
            members[i] = order[rows[k]->members[i]];
        rows[k]->members = members;
    }
    to->counts = counts;
    to->marks = marks;
    return to;
}

#endif
