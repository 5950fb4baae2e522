/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/cellkey_impl.h"

enum {
    SHIFT_TRIES = 10000, /* pairs of leaves for one cell */
};

/* A table that differs from the true one, while it is made. */
struct cellkey_shifts {
    const struct cellkey_judged *judged;
    size_t *starts; /* [cells + 1] leaves of each cell; NULL until asked */
    uint32_t *leaves;
    int64_t *deltas;   /* [cells] */
    uint32_t *changed; /* cells whose delta may not be 0 */
    size_t changed_count;
    bool *is_changed;
    uint64_t *mark; /* [cells] the last pair whose first leaf it holds */
    uint64_t pair;
};

struct cellkey_shifts *cellkey_shifts_new(const struct cellkey_judged *judged)
{
    struct cellkey_shifts *shifts = arena_alloc(judged->arena, sizeof *shifts);
    shifts->judged = judged;
    return shifts;
}

/* The cover the other way round. */
static void open_shifts(struct cellkey_shifts *shifts)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    struct arena *arena = shifts->judged->arena;
    size_t cells = shifts->judged->table->cells;
    size_t *starts = arena_array(arena, cells + 2, sizeof *starts);
    size_t *fill = starts + 1; /* becomes starts as it is filled */
    for (size_t i = 0; i < cover->starts[cover->leaf_count]; i++)
        fill[cover->cells[i] + 1]++;
    for (size_t c = 0; c < cells; c++)
        fill[c + 1] += fill[c];
    shifts->leaves = arena_array(arena, fill[cells], sizeof *shifts->leaves);
    for (size_t l = 0; l < cover->leaf_count; l++) {
        for (size_t i = cover->starts[l]; i < cover->starts[l + 1]; i++)
            shifts->leaves[fill[cover->cells[i]]++] = (uint32_t)l;
    }
    shifts->starts = starts;
    shifts->deltas = arena_array(arena, cells, sizeof *shifts->deltas);
    shifts->changed = arena_array(arena, cells, sizeof *shifts->changed);
    shifts->is_changed = arena_array(arena, cells, sizeof *shifts->is_changed);
    shifts->mark = arena_array(arena, cells, sizeof *shifts->mark);
}

/* --- one leaf
 * ------------------------------------------------------------------------------
 */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* How many persons more, and less, leave a cell as it may have been published.
 */
static int64_t above(const struct cellkey_shifts *shifts, uint32_t cell)
{
    const struct audit_input *input = &shifts->judged->input;
    return input->upper[cell] - input->counts[cell] - shifts->deltas[cell];
}

static int64_t below(const struct cellkey_shifts *shifts, uint32_t cell)
{
    const struct audit_input *input = &shifts->judged->input;
    return input->counts[cell] + shifts->deltas[cell] - input->lower[cell];
}

/* All but one of those who are left in a leaf. */
static int64_t spare(const struct cellkey_shifts *shifts, size_t leaf)
{
    uint32_t cell = shifts->judged->cover.leaves[leaf];
    int64_t count =
        shifts->judged->input.counts[cell] + shifts->deltas[cell] - 1;
    return count < 0 ? 0 : count;
}

static void apply(struct cellkey_shifts *shifts, size_t leaf, int64_t more)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (!shifts->is_changed[cell])
            shifts->changed[shifts->changed_count++] = cell;
        shifts->is_changed[cell] = true;
        shifts->deltas[cell] += more;
    }
}

static void restore(struct cellkey_shifts *shifts)
{
    for (size_t i = 0; i < shifts->changed_count; i++) {
        shifts->deltas[shifts->changed[i]] = 0;
        shifts->is_changed[shifts->changed[i]] = false;
    }
    shifts->changed_count = 0;
}

/* Takes up to `wanted` persons from the leaves of a cell; returns how many. */
static int64_t lower(struct cellkey_shifts *shifts, size_t cell, int64_t wanted)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    int64_t done = 0;
    for (size_t k = shifts->starts[cell];
         done < wanted && k < shifts->starts[cell + 1]; k++) {
        uint32_t leaf = shifts->leaves[k];
        int64_t less = least(wanted - done, spare(shifts, leaf));
        for (size_t i = cover->starts[leaf];
             less > 0 && i < cover->starts[leaf + 1]; i++)
            less = least(less, below(shifts, cover->cells[i]));
        if (less > 0)
            apply(shifts, leaf, -less);
        done += less > 0 ? less : 0;
    }
    return done;
}

/* The same upwards; *held is the last cell that did not take more. */
static int64_t raise_leaf(struct cellkey_shifts *shifts, size_t leaf,
                          int64_t wanted, uint32_t *held)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    int64_t more = wanted;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        int64_t room = above(shifts, cover->cells[i]);
        if (room < more) {
            more = room;
            *held = cover->cells[i];
        }
    }
    if (more > 0)
        apply(shifts, leaf, more);
    return more > 0 ? more : 0;
}

/* --- a leaf against another ----------------------------------------------- */

/* How many persons can go from one leaf to another: cells of both stay as they
 * are. */
static int64_t between(struct cellkey_shifts *shifts, size_t from, size_t to,
                       int64_t wanted)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    uint64_t pair = ++shifts->pair;
    int64_t more = least(wanted, spare(shifts, from));
    for (size_t i = cover->starts[from]; i < cover->starts[from + 1]; i++)
        shifts->mark[cover->cells[i]] = pair;
    for (size_t i = cover->starts[to]; i < cover->starts[to + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (shifts->mark[cell] == pair)
            shifts->mark[cell] = 0;
        else
            more = least(more, above(shifts, cell));
    }
    for (size_t i = cover->starts[from]; i < cover->starts[from + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (shifts->mark[cell] == pair)
            more = least(more, below(shifts, cell));
    }
    return more < 0 ? 0 : more;
}

static bool holds(const struct plain_cover *cover, size_t leaf, size_t cell)
{
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        if (cover->cells[i] == cell)
            return true;
    }
    return false;
}

/* Brings persons into a leaf of the cell from leaves outside of it that `held`
 * holds as well. */
static int64_t bring(struct cellkey_shifts *shifts, size_t cell, size_t leaf,
                     uint32_t held, int64_t wanted, size_t *tries)
{
    const struct plain_cover *cover = &shifts->judged->cover;
    int64_t done = 0;
    for (size_t k = shifts->starts[held];
         done<wanted && * tries> 0 && k < shifts->starts[held + 1]; k++) {
        uint32_t from = shifts->leaves[k];
        if (spare(shifts, from) == 0 || holds(cover, from, cell))
            continue;
        --*tries;
        int64_t more = between(shifts, from, leaf, wanted - done);
        if (more > 0) {
            apply(shifts, from, -more);
            apply(shifts, leaf, more);
        }
        done += more;
    }
    return done;
}

static int64_t raise(struct cellkey_shifts *shifts, size_t cell, int64_t wanted)
{
    int64_t done = 0;
    size_t tries = SHIFT_TRIES;
    for (size_t k = shifts->starts[cell];
         done < wanted && k < shifts->starts[cell + 1]; k++) {
        uint32_t leaf = shifts->leaves[k], held = (uint32_t)cell;
        done += raise_leaf(shifts, leaf, wanted - done, &held);
        if (done < wanted && held != cell)
            done += bring(shifts, cell, leaf, held, wanted - done, &tries);
    }
    return done;
}

bool cellkey_shift(struct cellkey_shifts *shifts, size_t cell, int64_t width)
{
    const struct cellkey_judged *judged = shifts->judged;
    if (shifts->starts == NULL)
        open_shifts(shifts);
    int64_t down =
        most(lower(shifts, cell, width - judged->up[cell]), judged->down[cell]);
    restore(shifts);
    int64_t up = most(raise(shifts, cell, width - down), judged->up[cell]);
    restore(shifts);
    return up + down >= width;
}

/* --- over a gap
 * ------------------------------------------------------------------------------
 */

/* True when so many persons more in a leaf, or less, leave all cells as they
 * may have been published. */
static bool fits(const struct cellkey_shifts *shifts, size_t leaf, int64_t more)
{
    const struct cellkey_judged *judged = shifts->judged;
    const struct plain_cover *cover = &judged->cover;
    bool possible = true;
    for (size_t i = cover->starts[leaf];
         possible && i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        int64_t count = judged->told.counts[cell] + more;
        possible =
            count >= judged->told.lower[cell] &&
            count <= judged->told.upper[cell] &&
            (cellkey_hidden(judged->table, cell) ||
             ptable_gives(&judged->ptable, count, judged->published[cell]));
    }
    return possible;
}

bool cellkey_jump(struct cellkey_shifts *shifts, size_t cell, int64_t width)
{
    const struct cellkey_judged *judged = shifts->judged;
    int64_t up = judged->up[cell], down = judged->down[cell];
    int64_t farthest = 2 * judged->ptable.policy.most;
    for (size_t k = shifts->starts[cell]; k < shifts->starts[cell + 1]; k++) {
        uint32_t leaf = shifts->leaves[k];
        int64_t left = least(spare(shifts, leaf), farthest);
        for (int64_t more = up + 1; more <= farthest; more++)
            up = fits(shifts, leaf, more) ? more : up;
        for (int64_t less = down + 1; less <= left; less++)
            down = fits(shifts, leaf, -less) ? less : down;
    }
    return up + down >= width;
}
