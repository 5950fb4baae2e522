/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/atlas.h - atoms of each dimension and the parts that hold them.
 *
 * An atom is a class of leaves that no part used by the universe cuts. A move
 * is a choice of one or two atoms per dimension; the parts that hold exactly
 * one of them are what it changes. */
#ifndef SDC_ATLAS_H
#define SDC_ATLAS_H

#include "sdc/universe.h"

struct atlas_list {
    const uint32_t *at; /* ascending */
    size_t count;
};

struct atlas_axis {
    struct atlas_list *parts_of; /* [atoms] parts holding an atom */
    struct atlas_list *atoms_of; /* [parts] empty when a part is not used */
    size_t atoms;
    size_t parts;
};

struct atlas {
    struct atlas_axis axes[DIM_COUNT];
};

/* The parts of each atom, where the atoms of each part are known. */
void atlas_invert(struct arena *arena, struct atlas_axis *axis);

/* Over the parts that cells of the universe use. */
const struct atlas *atlas_build(struct arena *arena,
                                const struct universe *universe);

#endif
