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

/* True when what is left can bring the cell into its window, or to what was
 * printed of it. */
static bool can_come_back(const struct enumeration_state *state, size_t cell)
{
    const struct rounding *rounding = state->rounding;
    bool aims = rounding_aims(rounding, cell);
    int64_t least = aims ? rounding->aims[cell] : -state->most;
    int64_t most = aims ? rounding->aims[cell] : state->most;
    return state->off[cell] + state->fall[cell] <= most &&
           state->off[cell] + state->rise[cell] >= least;
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
        fits = fits && can_come_back(state, cell);
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

/* Before any leaf is placed; what printed leaves have done is in `off`. */
static bool can_begin(const struct enumeration_state *state)
{
    bool can = true;
    for (size_t c = 0; can && c < state->rounding->table->cells; c++)
        can = can_come_back(state, c);
    return can;
}

/* What the leaves that move have not done. */
static void take_back(struct enumeration_state *state)
{
    const struct rounding *rounding = state->rounding;
    memcpy(state->off, rounding->off,
           rounding->table->cells * sizeof *state->off);
    for (size_t k = 0; k < rounding->movable; k++) {
        uint32_t leaf = rounding->order[k];
        int64_t step = rounding_step(rounding, leaf, rounding->up[leaf]);
        const struct plain_cover *cover = &rounding->cover;
        for (size_t i = cover->starts[leaf]; i < cover->starts[leaf + 1]; i++)
            state->off[cover->cells[i]] -= step;
    }
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
    take_back(&state);
    arrange(&state);
    for (size_t k = 0; k < rounding->movable; k++)
        (void)set_leaf(&state, state.leaves[k], 0, -1);
    if (!can_begin(&state))
        return ENUMERATION_NONE;
    if (descend(&state, 0)) {
        keep(&state);
        return ENUMERATION_FOUND;
    }
    return state.steps > STEPS_MOST ? ENUMERATION_OPEN : ENUMERATION_NONE;
}
