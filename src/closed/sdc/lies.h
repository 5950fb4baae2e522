/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/lies.h - how the parts of an axis lie to each other. CONFIDENTIAL. */
#ifndef SDC_LIES_H
#define SDC_LIES_H

#include "sdc/universe.h"

/* How a part lies to another: within it, around it, or across. */
enum lie { LIE_UNKNOWN, LIE_APART, LIE_SAME, LIE_INNER, LIE_OUTER, LIE_ACROSS };

/* Answers that were given already; axes may not grow meanwhile. */
struct lies {
    const struct universe *universe;
    struct arena *arena;
    unsigned char **known[DIM_COUNT]; /* [part][part], NULL: not asked for */
};

struct lies lies_new(struct arena *arena, const struct universe *universe);
/* LIE_INNER: `part` has fewer leaves than `of`, all of which `of` has. */
enum lie lies_of(struct lies *lies, enum dim dim, size_t part, size_t of);

/* True when rows, whatever their ages, are of one measure and share cases. Axes
 * must be open. */
bool universe_rows_meet(const struct universe *universe, uint64_t a,
                        uint64_t b);

#endif
