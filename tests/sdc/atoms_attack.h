/* SPDX-License-Identifier: EUPL-1.2 */
/* atoms_attack.h - what an outsider works out of a world with one column per
 * atom and one row per printed cell: it knows nothing of universes. */
#ifndef ATOMS_ATTACK_H
#define ATOMS_ATTACK_H

#include "world.h"

#include <math.h>

#include "sdc/lp.h"

struct atoms_attack {
    const struct world *world;
    struct arena *arena;
    struct lp *lp;
};

static inline bool atoms_hold(const struct world *world, size_t cell,
                              size_t atom)
{
    bool held = true;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct dimension *dimension = &world->codes.dims[d];
        size_t leaf = atom / world->stride[d] % dimension->leaf_count;
        const struct node *node = &dimension->nodes[universe_part(
            world->universe->keys[cell], (enum dim)d)];
        bool in = false;
        for (size_t l = 0; l < node->leaf_count; l++)
            in = in || node->leaves[l] == leaf;
        held = held && in;
    }
    return held;
}

#define ATOMS_OUTSIDER SIZE_MAX

/* True where whoever is the one person of the atom is alone in the cell: she
 * knows that it has nobody else. */
static inline bool atoms_knows(const struct world *world, size_t person,
                               size_t cell)
{
    return person != ATOMS_OUTSIDER && world->universe->counts[cell] == 1 &&
           atoms_hold(world, cell, person);
}

/* What an outsider, or the one person of an atom, is told. */
static inline struct atoms_attack atoms_attack_new(const struct world *world,
                                                   size_t person)
{
    const struct universe *universe = world->universe;
    struct atoms_attack attack = {.world = world, .arena = arena_new()};
    size_t cells = universe->published, atoms = world->leaves;
    int *starts = arena_array(attack.arena, atoms + 1, sizeof *starts);
    int *row = arena_array(attack.arena, atoms * cells, sizeof *row);
    double *value = arena_array(attack.arena, atoms * cells, sizeof *value);
    double *low = arena_array(attack.arena, atoms, sizeof *low);
    double *high = arena_array(attack.arena, atoms, sizeof *high);
    double *least = arena_array(attack.arena, cells, sizeof *least);
    double *most = arena_array(attack.arena, cells, sizeof *most);
    int filled = 0;
    for (size_t a = 0; a < atoms; a++) {
        high[a] = HUGE_VAL;
        for (size_t c = 0; c < cells; c++) {
            if (!atoms_hold(world, c, a))
                continue;
            row[filled] = (int)c;
            value[filled++] = 1;
        }
        starts[a + 1] = filled;
    }
    for (size_t c = 0; c < cells; c++) {
        bool shown = clearance_shown(world->clearance, c) ||
                     atoms_knows(world, person, c);
        least[c] = shown ? (double)universe->counts[c] : 1;
        most[c] = shown ? (double)universe->counts[c] : HUGE_VAL;
    }
    struct lp_shape shape = {(int)atoms, (int)cells, starts, row, value,
                             low,        high,       least,  most};
    attack.lp = lp_new(attack.arena, &shape);
    return attack;
}

static inline void atoms_attack_free(struct atoms_attack *attack)
{
    lp_free(attack->lp);
    arena_wipe(attack->arena);
}

/* The least sum of a cell's atoms, times `sign`. */
static inline double atoms_least(struct atoms_attack *attack, size_t cell,
                                 int sign)
{
    size_t atoms = attack->world->leaves;
    double sum = 0;
    for (size_t a = 0; a < atoms; a++)
        lp_price(attack->lp, (int)a,
                 atoms_hold(attack->world, cell, a) ? sign : 0);
    lp_forget(attack->lp);
    enum lp_end end =
        lp_minimise(attack->lp, (struct lp_limits){.seconds = HUGE_VAL});
    if (end != LP_SOLVED)
        return -HUGE_VAL; /* without end: a cell that no total bounds */
    for (size_t a = 0; a < atoms; a++)
        sum +=
            atoms_hold(attack->world, cell, a) ? lp_columns(attack->lp)[a] : 0;
    return sign * sum;
}

static inline bool atoms_is_small(const struct world *world, size_t cell)
{
    int64_t count = world->universe->counts[cell];
    return count >= 1 && count < world->policy.threshold;
}

/* How many numbers a cell may still be, less one. */
static inline double atoms_width(struct atoms_attack *attack, size_t cell)
{
    double low = ceil(atoms_least(attack, cell, 1) - 1e-6);
    double high = floor(1e-6 - atoms_least(attack, cell, -1));
    return high - low;
}

static inline bool atoms_is_exposed(struct atoms_attack *attack, size_t cell)
{
    const struct world *world = attack->world;
    return atoms_is_small(world, cell) &&
           atoms_width(attack, cell) < (double)world->policy.threshold - 2;
}

/* Attacks every cell that the release withholds; returns how many. */
static inline size_t atoms_attack(const struct world *world, uint64_t seed)
{
    struct atoms_attack attack = atoms_attack_new(world, ATOMS_OUTSIDER);
    size_t attacked = 0;
    for (size_t c = 0; c < world->universe->published; c++) {
        if (clearance_shown(world->clearance, c))
            continue;
        attacked++;
        if (atoms_is_exposed(&attack, c))
            fail_msg("seed %d: %s", (int)seed,
                     universe_name(world->arena, world->universe, c));
    }
    atoms_attack_free(&attack);
    return attacked;
}

/* Whether somebody is alone in a cell that the release withholds. */
static inline bool atoms_is_alone(const struct world *world, size_t person)
{
    bool alone = false;
    for (size_t c = 0; c < world->universe->published; c++)
        alone = alone || (!clearance_shown(world->clearance, c) &&
                          atoms_knows(world, person, c));
    return alone;
}

/* Attacks as each person who is alone somewhere; returns how many attacks. */
static inline size_t atoms_attack_alone(const struct world *world,
                                        uint64_t seed)
{
    size_t attacked = 0;
    for (size_t a = 0; a < world->leaves; a++) {
        if (world->table[a] != 1 || !atoms_is_alone(world, a))
            continue;
        struct atoms_attack attack = atoms_attack_new(world, a);
        for (size_t c = 0; c < world->universe->published; c++) {
            if (clearance_shown(world->clearance, c) ||
                !atoms_is_small(world, c) || atoms_knows(world, a, c))
                continue;
            attacked++;
            if (!(atoms_width(&attack, c) > 0))
                fail_msg("seed %d: %s, by whoever is atom %zu", (int)seed,
                         universe_name(world->arena, world->universe, c), a);
        }
        atoms_attack_free(&attack);
    }
    return attacked;
}

#endif
