/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/atoms.h - the atoms of one dimension, for one measure: classes of leaves
 * that no cell of the measure cuts; and those of all dimensions at once, which
 * are numbered as tuples, the first dimension fastest. */
#ifndef SDC_ATOMS_H
#define SDC_ATOMS_H

#include "sdc/universe.h"

enum {
    ATOMS_COUNT = 100000000, /* larger ones no program holds to a whole */
    ATOMS_TUPLES = 100000,   /* more are not looked at one by one */
    ATOMS_PROGRAM = 4000,    /* of a measure, not known to be empty, that a
                                program has columns of */
    ATOMS_ENTRIES = 400000,  /* of such a program */
};

struct atoms {
    uint32_t *atom_of; /* [leaf] 0 outside, else atom number + 1 */
    uint32_t *parts;   /* [count] once they are named */
    uint16_t *first;   /* [count] their first leaves */
    size_t count;
};

struct atoms atoms_of(struct arena *arena, const struct universe *universe,
                      size_t measure, enum dim dim);
/* Every atom becomes a part, unless it is one. ERR_DISCLOSURE as
 * universe_leaf_part. */
bool atoms_name(struct arena *arena, struct universe *universe, enum dim dim,
                struct atoms *atoms, struct err *err) MUST_USE;
/* The next atom of a part, from its leaf number *leaf on; false at its end. */
bool atoms_next(const struct atoms *atoms, const struct part *of, size_t *leaf,
                size_t *atom);

/* The atoms of every dimension; how many tuples they make, or 0 where these are
 * more than `most`. */
size_t atoms_cross(struct arena *arena, const struct universe *universe,
                   size_t measure, size_t most, struct atoms axes[DIM_COUNT]);
/* The key of a tuple, once the atoms are named. */
uint64_t atoms_key(const struct atoms axes[DIM_COUNT], size_t measure,
                   size_t tuple);

/* The tuples of a cell, one after the other. */
struct atoms_walk {
    const size_t *list[DIM_COUNT]; /* what an atom adds to a tuple */
    size_t count[DIM_COUNT];
    size_t at[DIM_COUNT];
    bool over;
};
struct atoms_walk atoms_walk(struct arena *arena,
                             const struct universe *universe,
                             const struct atoms axes[DIM_COUNT], size_t cell);
bool atoms_walk_next(struct atoms_walk *walk, size_t *tuple);

#endif
