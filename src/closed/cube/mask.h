/* SPDX-License-Identifier: EUPL-1.2 */
/* cube/mask.h - what the sources cover, seen from site nodes. CONFIDENTIAL.
 *
 * For each territory leaf, period leaf and place on a site axis: the statuses
 * of the node's site leaves, as a set of MASK_ bits. A node with MASK_NONE is
 * not covered there at all (see cube/cube.h). */
#ifndef CUBE_MASK_H
#define CUBE_MASK_H

#include "cube/cube.h"

enum mask_bit {
    MASK_NONE = 1, /* some site leaf of the node is not covered */
    MASK_PARTIAL = 2,
    MASK_ESTIMATED = 4,
    MASK_PROJECTED = 8,
};

struct mask {
    size_t territories, periods, places;
    const unsigned char *bits; /* territory slowest, place fastest */
};

/* NULL when `coverage` is NULL or observed everywhere. */
const struct mask *mask_new(struct arena *closed, const struct codes *codes,
                            const struct coverage *coverage,
                            const struct cube_axis *sites);
/* MASK_ bits. No mask, or a leaf that is CUBE_ANY: 0. */
unsigned mask_bits(const struct mask *mask, size_t territory, size_t period,
                   size_t place);

#endif
