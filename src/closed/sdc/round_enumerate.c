/* SPDX-License-Identifier: EUPL-1.2 */
/* Every rounding of a small table, leaf by leaf, leaving a branch as soon as
 * some cell cannot come back into its window. */
#include "sdc/round_impl.h"

#include <string.h>

enum {
    LEAVES_MOST = 64,
    STEPS_MOST = 4000000,
};

struct enumeration_state {
    struct rounding *rounding;
    int64_t most; /* |off| allowed */
    uint32_t leaves[LEAVES_MOST];
    bool up[LEAVES_MOST];
    int64_t *off;    /* [cells] of the leaves placed so far */
    int64_t *fall;   /* [cells] what the others can still take away, <= 0 */
    int64_t *rise;   /* [cells] or add */
    uint32_t *loose; /* [cells] leaves not yet in the order */
    int64_t steps;
};

static void count_loose(struct enumeration_state *state, size_t leaf, int by)
{
    const struct plain_cover *cover = &state->rounding->cover;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++)
        state->loose[cover->cells[i]] += (uint32_t)by;
}

/* Leaves left beside this one in the margin that is nearest to complete. */
static uint32_t nearest_margin(const struct enumeration_state *state,
                               size_t leaf)
{
    const struct plain_cover *cover = &state->rounding->cover;
    uint32_t least = UINT32_MAX;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t loose = state->loose[cover->cells[i]];
        if (loose > 1 && loose < least)
            least = loose;
    }
    return least;
}

static size_t pick_next(const struct enumeration_state *state,
                        const bool *taken)
{
    const struct rounding *rounding = state->rounding;
    size_t best = SIZE_MAX;
    uint32_t least = UINT32_MAX;
    for (size_t k = 0; k < rounding->movable; k++) {
        if (taken[k])
            continue;
        uint32_t loose = nearest_margin(state, rounding->order[k]);
        if (best == SIZE_MAX || loose < least) {
            best = k;
            least = loose;
        }
    }
    return best;
}

/* Completes margins early: then branches die early. */
static void arrange(struct enumeration_state *state)
{
    const struct rounding *rounding = state->rounding;
    bool taken[LEAVES_MOST] = {false};
    for (size_t k = 0; k < rounding->movable; k++)
        count_loose(state, rounding->order[k], 1);
    for (size_t k = 0; k < rounding->movable; k++) {
        size_t next = pick_next(state, taken);
        taken[next] = true;
        state->leaves[k] = rounding->order[next];
        count_loose(state, state->leaves[k], -1);
    }
}

/* Moves a leaf from "open" to a step, or back with sign -1. */
static bool set_leaf(struct enumeration_state *state, size_t leaf, int64_t step,
                     int sign)
{
    const struct plain_cover *cover = &state->rounding->cover;
    int64_t fall = rounding_step(state->rounding, leaf, false);
    int64_t rise = rounding_step(state->rounding, leaf, true);
    bool fits = true;
    for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++) {
        uint32_t cell = cover->cells[i];
        state->off[cell] += sign * step;
        state->fall[cell] -= sign * fall;
        state->rise[cell] -= sign * rise;
        fits = fits && state->off[cell] + state->fall[cell] <= state->most &&
               state->off[cell] + state->rise[cell] >= -state->most;
    }
    return fits;
}

/* The recursion is at most LEAVES_MOST deep. */
static bool descend(struct enumeration_state *state, size_t depth)
{
    const struct rounding *rounding = state->rounding;
    if (depth == rounding->movable)
        return true;
    uint32_t leaf = state->leaves[depth];
    for (int turn = 0; turn < 2; turn++) {
        if (++state->steps > STEPS_MOST)
            return false;
        bool up = (turn == 0) == rounding->up[leaf];
        int64_t step = rounding_step(rounding, leaf, up);
        state->up[depth] = up;
        if (set_leaf(state, leaf, step, 1) && descend(state, depth + 1))
            return true;
        (void)set_leaf(state, leaf, step, -1);
    }
    return false;
}

static void keep(struct enumeration_state *state)
{
    struct rounding *rounding = state->rounding;
    for (size_t k = 0; k < rounding->movable; k++)
        rounding->up[state->leaves[k]] = state->up[k];
    memcpy(rounding->off, state->off,
           rounding->table->cells * sizeof *rounding->off);
}

enum enumeration rounding_enumerate(struct rounding *rounding, int64_t window)
{
    size_t cells = rounding->table->cells;
    struct arena *arena = rounding->arena;
    if (rounding->movable > LEAVES_MOST)
        return ENUMERATION_OPEN;
    struct enumeration_state state = {
        .rounding = rounding,
        .most = window * rounding->base - 1,
        .off = arena_array(arena, cells, sizeof *state.off),
        .fall = arena_array(arena, cells, sizeof *state.fall),
        .rise = arena_array(arena, cells, sizeof *state.rise),
        .loose = arena_array(arena, cells, sizeof *state.loose),
    };
    arrange(&state);
    for (size_t k = 0; k < rounding->movable; k++)
        (void)set_leaf(&state, state.leaves[k], 0, -1);
    if (descend(&state, 0)) {
        keep(&state);
        return ENUMERATION_FOUND;
    }
    return state.steps > STEPS_MOST ? ENUMERATION_OPEN : ENUMERATION_NONE;
}
