/* SPDX-License-Identifier: EUPL-1.2 */
#include "sdc/atoms.h"

#include "sdc/classes.h"

/* Parts of a dimension that cells of the measure use, ascending. */
static uint32_t *used_parts(const struct universe *universe,
                            struct arena *scratch, size_t measure, enum dim dim,
                            size_t *count)
{
    size_t all = universe->axes[dim].count;
    bool *used = arena_array(scratch, all, sizeof *used);
    uint32_t *parts = arena_array(scratch, all, sizeof *parts);
    for (size_t c = 0; c < universe->count; c++) {
        if (universe_measure(universe->keys[c]) == measure)
            used[universe_part(universe->keys[c], dim)] = true;
    }
    *count = 0;
    for (size_t p = 0; p < all; p++) {
        if (used[p])
            parts[(*count)++] = (uint32_t)p;
    }
    return parts;
}

struct atoms atoms_of(struct arena *arena, const struct universe *universe,
                      size_t measure, enum dim dim)
{
    size_t leaves = universe->codes->dims[dim].leaf_count, count;
    struct arena *scratch = arena_new();
    const uint32_t *parts = used_parts(universe, scratch, measure, dim, &count);
    struct atoms atoms = {
        .atom_of = arena_array(arena, leaves, sizeof *atoms.atom_of),
    };
    atoms.count = classes_of_leaves(&universe->axes[dim], leaves, parts, count,
                                    atoms.atom_of);
    atoms.first = arena_array(arena, atoms.count, sizeof *atoms.first);
    for (size_t leaf = leaves; leaf-- > 0;) {
        if (atoms.atom_of[leaf] > 0)
            atoms.first[atoms.atom_of[leaf] - 1] = (uint16_t)leaf;
    }
    arena_free(scratch);
    return atoms;
}

bool atoms_name(struct arena *arena, struct universe *universe, enum dim dim,
                struct atoms *atoms, struct err *err)
{
    size_t count = universe->codes->dims[dim].leaf_count;
    struct arena *scratch = arena_new();
    uint16_t *leaves = arena_array(scratch, count, sizeof *leaves);
    atoms->parts = arena_array(arena, atoms->count, sizeof *atoms->parts);
    bool ok = true;
    for (size_t a = 0; ok && a < atoms->count; a++) {
        size_t held = 0, part = 0;
        for (size_t leaf = 0; leaf < count; leaf++) {
            if (atoms->atom_of[leaf] == a + 1)
                leaves[held++] = (uint16_t)leaf;
        }
        ok = universe_leaf_part(universe, dim, leaves, held, &part, err);
        atoms->parts[a] = (uint32_t)part;
    }
    arena_free(scratch);
    return ok;
}

bool atoms_next(const struct atoms *atoms, const struct part *of, size_t *leaf,
                size_t *atom)
{
    while (*leaf < of->leaf_count) {
        uint16_t at = of->leaves[(*leaf)++];
        if (atoms->atom_of[at] == 0)
            continue; /* a name that came later: see universe_name_sexes */
        *atom = atoms->atom_of[at] - 1;
        if (atoms->first[*atom] == at)
            return true;
    }
    return false;
}

/* --- all dimensions ------------------------------------------------------- */

size_t atoms_cross(struct arena *arena, const struct universe *universe,
                   size_t measure, size_t most, struct atoms axes[DIM_COUNT])
{
    size_t tuples = 1;
    for (int d = 0; d < DIM_COUNT; d++) {
        axes[d] = atoms_of(arena, universe, measure, (enum dim)d);
        tuples *= axes[d].count;
        if (tuples > most)
            return 0;
    }
    return tuples;
}

uint64_t atoms_key(const struct atoms axes[DIM_COUNT], size_t measure,
                   size_t tuple)
{
    uint64_t key = universe_of_measure(measure);
    for (int d = 0; d < DIM_COUNT; d++) {
        key = universe_with(key, (enum dim)d,
                            axes[d].parts[tuple % axes[d].count]);
        tuple /= axes[d].count;
    }
    return key;
}

struct atoms_walk atoms_walk(struct arena *arena,
                             const struct universe *universe,
                             const struct atoms axes[DIM_COUNT], size_t cell)
{
    struct atoms_walk walk = {.over = false};
    size_t stride = 1;
    for (int d = 0; d < DIM_COUNT; d++) {
        const struct part *part =
            &universe->axes[d]
                 .parts[universe_part(universe->keys[cell], (enum dim)d)];
        size_t leaf = 0, atom;
        size_t *list = arena_array(arena, axes[d].count, sizeof *list);
        while (atoms_next(&axes[d], part, &leaf, &atom))
            list[walk.count[d]++] = atom * stride;
        walk.list[d] = list;
        walk.over = walk.over || walk.count[d] == 0;
        stride *= axes[d].count;
    }
    return walk;
}

bool atoms_walk_next(struct atoms_walk *walk, size_t *tuple)
{
    if (walk->over)
        return false;
    *tuple = 0;
    for (int d = 0; d < DIM_COUNT; d++)
        *tuple += walk->list[d][walk->at[d]];
    int d = DIM_COUNT - 1;
    while (d >= 0 && ++walk->at[d] == walk->count[d])
        walk->at[d--] = 0;
    walk->over = d < 0;
    return true;
}
