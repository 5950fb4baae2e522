/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/witness.h - tables that an attacker cannot tell from the true one.
 * CONFIDENTIAL.
 *
 * A witness is the true table plus sparse integer deltas: it shows the same
 * numbers, obeys every relation and every public bound. Two witnesses, or one
 * and the truth, that differ in a cell by the width asked prove that the cell
 * is not exposed. Whoever made them, only sdc/audit.c decides whether they are
 * witnesses. */
#ifndef SDC_WITNESS_H
#define SDC_WITNESS_H

#include "base/arena.h"

struct witness {
    const uint32_t *cells; /* without repeats */
    const int64_t *deltas; /* none is 0 */
    size_t count;
};

struct witnesses {
    struct witness *list;
    size_t count, capacity;
};

void witness_add(struct arena *arena, struct witnesses *witnesses,
                 const struct witness *witness);

#endif
