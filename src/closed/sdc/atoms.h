/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/atoms.h - the atoms of one dimension, for one measure: classes of leaves
 * that no cell of the measure cuts. */
#ifndef SDC_ATOMS_H
#define SDC_ATOMS_H

#include "sdc/universe.h"

enum {
    ATOMS_COUNT = 100000000, /* larger ones no program holds to a whole */
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

#endif
