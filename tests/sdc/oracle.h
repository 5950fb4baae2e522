/* SPDX-License-Identifier: EUPL-1.2 */
/* oracle.h - the attacker by brute force: every integer leaf table that agrees
 * with everything public. Knows nothing of the program's methods.
 *
 * A cell is a set of leaf combinations with public bounds; equal bounds mean
 * that it is shown. Leaves are searched within `slack` of the truth: what is
 * found to be possible is possible, so a "safe" is never false; an "exposed"
 * is only sure when the slack covers all that the bounds allow. */
#ifndef ORACLE_H
#define ORACLE_H

#include "world.h"

enum {
    ORACLE_LEAVES = 64,
    ORACLE_STEPS = 400000,
};

struct oracle {
    const struct world *world;
    const struct universe *universe;
    size_t cells;
    bool (*holds)[ORACLE_LEAVES];  /* [cells] */
    size_t *around[ORACLE_LEAVES]; /* the cells that hold a leaf */
    size_t around_count[ORACLE_LEAVES];
    int64_t *low, *high;         /* [cells] public */
    int64_t *sum;                /* [cells] of the leaves chosen so far */
    int *left;                   /* [cells] leaves still to choose */
    int64_t *least, *most;       /* [cells] attained */
    int64_t *least_if, *most_if; /* [person * cells + cell] attained where
                                    the person's cells are all 1 */
    int64_t value[ORACLE_LEAVES];
    int64_t slack;
    size_t persons;
    uint32_t person_leaf[ORACLE_LEAVES];
    size_t *alone[ORACLE_LEAVES]; /* the cells that a person knows to be 1 */
    size_t alone_count[ORACLE_LEAVES];
    long steps;
    bool complete; /* the search ended */
};

static inline bool oracle_part_has(const struct universe *universe, int d,
                                   uint64_t key, size_t leaf)
{
    const struct part *part =
        &universe->axes[d].parts[universe_part(key, (enum dim)d)];
    for (size_t i = 0; i < part->leaf_count; i++) {
        if (part->leaves[i] == leaf)
            return true;
    }
    return false;
}

static inline bool oracle_inside(const struct world *world,
                                 const struct universe *universe, size_t cell,
                                 size_t at)
{
    for (int d = 0; d < DIM_COUNT; d++) {
        size_t leaf = at / world->stride[d] % world->codes.dims[d].leaf_count;
        if (!oracle_part_has(universe, d, universe->keys[cell], leaf))
            return false;
    }
    return true;
}

static inline bool oracle_public(const struct universe *universe, size_t cell)
{
    unsigned flags = universe->flags[cell];
    if (flags & (CELL_STRUCTURAL | CELL_KNOWN))
        return true;
    return (flags &
            (CELL_HIDDEN | CELL_PRIMARY | CELL_SECONDARY | CELL_KEPT)) == 0;
}

/* --- what the rules of the world come to, told again ---------------------- */

static inline int64_t oracle_threshold(const struct oracle *oracle, size_t cell)
{
    const struct world *world = oracle->world;
    const struct universe *universe = oracle->universe;
    bool within = world->stricter_site != 0;
    for (size_t l = 0; l < world->codes.dims[DIM_SITE].leaf_count; l++) {
        if (oracle_part_has(universe, DIM_SITE, universe->keys[cell], l))
            within = within && (world->stricter_site >> l & 1) != 0;
    }
    return within && world->stricter > world->policy.threshold
               ? world->stricter
               : world->policy.threshold;
}

/* A zero in this cell would be suppressed as well, for all to know. */
static inline bool oracle_hides_zeros(const struct oracle *oracle, size_t cell)
{
    const struct world *world = oracle->world;
    int64_t limit = oracle->universe->limits[cell];
    /* Nobody knows the list of cells that must be suppressed. */
    bool listed = world->suppressed == cell + 1;
    return (listed && oracle->universe->counts[cell] == 0) ||
           (limit > 0 && limit < world->zeros_under) ||
           (world->non_events && limit > 0 &&
            limit < oracle_threshold(oracle, cell));
}

/* Suppressed for its own sake, whatever is between 1 and the threshold. */
static inline bool oracle_is_forced(const struct oracle *oracle, size_t cell)
{
    const struct world *world = oracle->world;
    int64_t count = oracle->universe->counts[cell];
    int64_t limit = oracle->universe->limits[cell];
    int64_t rest = limit - count;
    if (world->suppressed == cell + 1)
        return true;
    if (limit > 0 && limit < world->zeros_under && (count == 0 || rest == 0))
        return true;
    if (count > 0 && limit < world->floor_under)
        return true;
    return world->non_events && limit != INT64_MAX && rest >= 1 &&
           rest < oracle_threshold(oracle, cell);
}

/* Some rule wants it suppressed. */
static inline bool oracle_must_hide(const struct oracle *oracle, size_t cell)
{
    const struct universe *universe = oracle->universe;
    int64_t count = universe->counts[cell];
    if (universe->flags[cell] & (CELL_STRUCTURAL | CELL_HIDDEN))
        return false;
    return (count >= 1 && count < oracle_threshold(oracle, cell)) ||
           oracle_is_forced(oracle, cell);
}

/* People who are alone in an open cell: the leaf they are in. */
static inline void oracle_find_persons(struct oracle *oracle)
{
    const struct universe *universe = oracle->universe;
    bool seen[ORACLE_LEAVES] = {false};
    for (size_t c = 0; c < oracle->cells; c++) {
        if (oracle_public(universe, c) || universe->counts[c] != 1)
            continue;
        for (size_t at = 0; at < oracle->world->leaves; at++) {
            if (oracle->holds[c][at] && oracle->world->table[at] == 1)
                seen[at] = true;
        }
    }
    for (size_t at = 0; at < oracle->world->leaves; at++) {
        if (seen[at])
            oracle->person_leaf[oracle->persons++] = (uint32_t)at;
    }
}

/* The person knows the cells in which she is alone. */
static inline bool oracle_knows(const struct oracle *oracle, size_t person,
                                size_t cell)
{
    return oracle->universe->counts[cell] == 1 &&
           !oracle_public(oracle->universe, cell) &&
           oracle->holds[cell][oracle->person_leaf[person]];
}

static inline void oracle_list_alone(struct oracle *oracle)
{
    for (size_t p = 0; p < oracle->persons; p++) {
        oracle->alone[p] = arena_array(oracle->world->arena, oracle->cells,
                                       sizeof *oracle->alone[p]);
        for (size_t c = 0; c < oracle->cells; c++) {
            if (oracle_knows(oracle, p, c))
                oracle->alone[p][oracle->alone_count[p]++] = c;
        }
    }
}

static inline void oracle_record(struct oracle *oracle)
{
    for (size_t c = 0; c < oracle->cells; c++) {
        if (oracle->sum[c] < oracle->least[c])
            oracle->least[c] = oracle->sum[c];
        if (oracle->sum[c] > oracle->most[c])
            oracle->most[c] = oracle->sum[c];
    }
    for (size_t p = 0; p < oracle->persons; p++) {
        bool agrees = true;
        for (size_t i = 0; agrees && i < oracle->alone_count[p]; i++)
            agrees = oracle->sum[oracle->alone[p][i]] == 1;
        for (size_t c = 0; agrees && c < oracle->cells; c++) {
            size_t i = p * oracle->cells + c;
            if (oracle->sum[c] < oracle->least_if[i])
                oracle->least_if[i] = oracle->sum[c];
            if (oracle->sum[c] > oracle->most_if[i])
                oracle->most_if[i] = oracle->sum[c];
        }
    }
}

static inline int64_t oracle_room(const struct oracle *oracle, size_t at)
{
    int64_t room = oracle->world->table[at] + oracle->slack;
    for (size_t i = 0; i < oracle->around_count[at]; i++) {
        size_t c = oracle->around[at][i];
        if (oracle->high[c] - oracle->sum[c] < room)
            room = oracle->high[c] - oracle->sum[c];
    }
    return room;
}

static inline void oracle_put(struct oracle *oracle, size_t at, int64_t value,
                              int sign)
{
    for (size_t i = 0; i < oracle->around_count[at]; i++) {
        size_t c = oracle->around[at][i];
        oracle->sum[c] += sign * value;
        oracle->left[c] -= sign;
    }
}

/* Only a cell around the leaf chosen last can have become one. */
static inline bool oracle_dead_end(const struct oracle *oracle, size_t at)
{
    for (size_t i = 0; i < oracle->around_count[at]; i++) {
        size_t c = oracle->around[at][i];
        if (oracle->left[c] == 0 && oracle->sum[c] < oracle->low[c])
            return true;
    }
    return false;
}

static inline void oracle_step(struct oracle *oracle, size_t at)
{
    if (oracle->steps++ > ORACLE_STEPS) {
        oracle->complete = false;
        return;
    }
    if (at == oracle->world->leaves) {
        oracle_record(oracle);
        return;
    }
    int64_t truth = oracle->world->table[at];
    int64_t room = oracle->world->structural[at] ? 0 : oracle_room(oracle, at);
    int64_t first = truth > oracle->slack ? truth - oracle->slack : 0;
    for (int64_t value = first; value <= room && oracle->complete; value++) {
        oracle_put(oracle, at, value, 1);
        if (!oracle_dead_end(oracle, at))
            oracle_step(oracle, at + 1);
        oracle_put(oracle, at, value, -1);
    }
}

/* Which leaves each cell is the sum of. */
static inline void oracle_lay_out(struct oracle *oracle)
{
    for (size_t at = 0; at < oracle->world->leaves; at++) {
        oracle->around[at] = arena_array(oracle->world->arena, oracle->cells,
                                         sizeof *oracle->around[at]);
        for (size_t c = 0; c < oracle->cells; c++) {
            if (!oracle_inside(oracle->world, oracle->universe, c, at))
                continue;
            oracle->holds[c][at] = true;
            oracle->left[c]++;
            oracle->around[at][oracle->around_count[at]++] = c;
        }
    }
}

/* Attacks the pattern in the flags of the world's universe. */
static inline struct oracle oracle_attack(struct world *world, int64_t slack)
{
    const struct universe *universe = world->universe;
    struct arena *arena = world->arena;
    size_t cells = universe->count;
    struct oracle oracle = {
        .world = world,
        .universe = universe,
        .cells = cells,
        .holds = arena_array(arena, cells, sizeof *oracle.holds),
        .low = arena_array(arena, cells, sizeof(int64_t)),
        .high = arena_array(arena, cells, sizeof(int64_t)),
        .sum = arena_array(arena, cells, sizeof(int64_t)),
        .left = arena_array(arena, cells, sizeof(int)),
        .least = arena_array(arena, cells, sizeof(int64_t)),
        .most = arena_array(arena, cells, sizeof(int64_t)),
        .slack = slack,
        .complete = true,
    };
    assert_true(world->leaves <= ORACLE_LEAVES);
    oracle_lay_out(&oracle);
    for (size_t c = 0; c < cells; c++) {
        assert_true(oracle.left[c] > 0);
        bool shown = oracle_public(universe, c);
        bool hidden = universe->flags[c] & CELL_HIDDEN;
        bool maybe_zero = hidden || oracle_hides_zeros(&oracle, c);
        oracle.low[c] = shown ? universe->counts[c] : maybe_zero ? 0 : 1;
        oracle.high[c] = shown ? universe->counts[c] : universe->limits[c];
        oracle.least[c] = INT64_MAX;
        oracle.most[c] = -1;
    }
    oracle_find_persons(&oracle);
    oracle_list_alone(&oracle);
    size_t pairs = oracle.persons * cells;
    oracle.least_if = arena_array(arena, pairs, sizeof(int64_t));
    oracle.most_if = arena_array(arena, pairs, sizeof(int64_t));
    for (size_t i = 0; i < pairs; i++) {
        oracle.least_if[i] = INT64_MAX;
        oracle.most_if[i] = -1;
    }
    oracle_step(&oracle, 0);
    return oracle;
}

/* DESIGN section 6: the interval meets 1..T-1 and is narrower than T-2. What
 * a rule suppresses whatever its count must be wide anyhow, and where the
 * rest up to the limit counts persons too, so must its interval. */
static inline bool oracle_exposed(const struct oracle *oracle, size_t cell)
{
    int64_t threshold = oracle_threshold(oracle, cell);
    int64_t least = oracle->least[cell], most = oracle->most[cell];
    int64_t limit = oracle->universe->limits[cell];
    if (oracle_public(oracle->universe, cell) || most - least >= threshold - 2)
        return false;
    bool meets = least < threshold && most > 0;
    bool rest_meets = oracle->world->non_events && limit != INT64_MAX &&
                      limit - most < threshold && limit - least > 0;
    return meets || rest_meets || oracle_is_forced(oracle, cell);
}

/* Some person alone in a cell recovers another primary cell exactly. */
static inline bool oracle_betrayed(const struct oracle *oracle, size_t cell)
{
    int64_t count = oracle->universe->counts[cell];
    bool primary = count >= 1 && count < oracle_threshold(oracle, cell);
    if (oracle_public(oracle->universe, cell) ||
        (!primary && !oracle_is_forced(oracle, cell)))
        return false;
    for (size_t p = 0; p < oracle->persons; p++) {
        size_t i = p * oracle->cells + cell;
        if (!oracle_knows(oracle, p, cell) &&
            oracle->least_if[i] == oracle->most_if[i])
            return true;
    }
    return false;
}

#endif
