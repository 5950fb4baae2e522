/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/cellkey_impl.h"

enum {
    SWAP_TRIES = 10000, /* pairs of leaves for one cell */
};

/* Each pair has three stamps to give: in the raised leaf alone, in both. */
struct cellkey_swaps {
    const struct cellkey_judged *judged;
    size_t *starts; /* [cells + 1] leaves of each cell; NULL until asked */
    uint32_t *leaves;
    uint64_t *raised, *both; /* [cells] the last pair that had it there */
    uint64_t pair;
};

struct cellkey_swaps *cellkey_swaps_new(const struct cellkey_judged *judged)
{
    struct cellkey_swaps *swaps = arena_alloc(judged->arena, sizeof *swaps);
    swaps->judged = judged;
    return swaps;
}

/* The cover the other way round. */
static void open_swaps(struct cellkey_swaps *swaps)
{
    const struct plain_cover *cover = &swaps->judged->cover;
    struct arena *arena = swaps->judged->arena;
    size_t cells = swaps->judged->table->cells;
    size_t *starts = arena_array(arena, cells + 2, sizeof *starts);
    size_t *fill = starts + 1;
    for (size_t i = 0; i < cover->starts[cover->leaf_count]; i++)
        fill[cover->cells[i] + 1]++;
    for (size_t c = 0; c < cells; c++)
        fill[c + 1] += fill[c];
    swaps->leaves = arena_array(arena, fill[cells], sizeof *swaps->leaves);
    for (size_t l = 0; l < cover->leaf_count; l++) {
        for (size_t i = cover->starts[l]; i < cover->starts[l + 1]; i++)
            swaps->leaves[fill[cover->cells[i]]++] = (uint32_t)l;
    }
    swaps->starts = starts;
    swaps->raised = arena_array(arena, cells, sizeof *swaps->raised);
    swaps->both = arena_array(arena, cells, sizeof *swaps->both);
}

/* The cell that holds a leaf back most, where its count cannot be `more`. */
static size_t holding_back(const struct cellkey_judged *judged, size_t leaf,
                           int64_t more)
{
    const struct plain_cover *cover = &judged->cover;
    const struct audit_input *input = &judged->input;
    size_t found = SIZE_MAX;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        int64_t above = input->upper[cell] - input->counts[cell];
        if (above < more) {
            more = above;
            found = cell;
        }
    }
    return found;
}

/* Every cell of one of the two leaves alone stays as it may have been
 * published.
 */
static bool fits(struct cellkey_swaps *swaps, size_t up, size_t down,
                 int64_t more)
{
    const struct plain_cover *cover = &swaps->judged->cover;
    const struct audit_input *input = &swaps->judged->input;
    uint64_t pair = ++swaps->pair;
    for (size_t i = cover->starts[up]; i < cover->starts[up + 1]; i++)
        swaps->raised[cover->cells[i]] = pair;
    for (size_t i = cover->starts[down]; i < cover->starts[down + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (swaps->raised[cell] == pair)
            swaps->both[cell] = pair;
        else if (input->counts[cell] - input->lower[cell] < more)
            return false;
    }
    for (size_t i = cover->starts[up]; i < cover->starts[up + 1]; i++) {
        uint32_t cell = cover->cells[i];
        if (swaps->both[cell] != pair &&
            input->upper[cell] - input->counts[cell] < more)
            return false;
    }
    return true;
}

static bool holds(const struct plain_cover *cover, size_t leaf, size_t cell)
{
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        if (cover->cells[i] == cell)
            return true;
    }
    return false;
}

/* Raises this leaf of the cell against one of what holds it back. */
static bool swap_leaf(struct cellkey_swaps *swaps, size_t cell, size_t leaf,
                      int64_t more, size_t *tries)
{
    const struct cellkey_judged *judged = swaps->judged;
    const struct plain_cover *cover = &judged->cover;
    size_t held = holding_back(judged, leaf, more);
    if (held == SIZE_MAX || held == cell)
        return false;
    for (size_t i = swaps->starts[held];
         *tries > 0 && i < swaps->starts[held + 1]; i++) {
        uint32_t other = swaps->leaves[i];
        if (judged->table->counts[cover->leaves[other]] <= more ||
            holds(cover, other, cell))
            continue;
        --*tries;
        if (fits(swaps, leaf, other, more))
            return true;
    }
    return false;
}

bool cellkey_swap(struct cellkey_swaps *swaps, size_t cell, int64_t more)
{
    size_t tries = SWAP_TRIES;
    if (swaps->starts == NULL)
        open_swaps(swaps);
    for (size_t i = swaps->starts[cell]; i < swaps->starts[cell + 1]; i++) {
        if (swap_leaf(swaps, cell, swaps->leaves[i], more, &tries))
            return true;
    }
    return false;
}
