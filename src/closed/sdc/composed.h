/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/composed.h - ages of rows that are no cells, but sums of cells, or what
 * cells leave of others. CONFIDENTIAL.
 *
 * A standardised rate of a region, and counts by age of its départements: the
 * rate is a sum over ages that nobody lists, yet everybody can add up. They are
 * columns of an attack beside the cells, numbered after these, and the sums are
 * its relations. The universe stays as it is: nothing more is closed over. */
#ifndef SDC_COMPOSED_H
#define SDC_COMPOSED_H

#include "sdc/universe.h"

struct composed;

/* Of none yet; in the arena. The universe must be closed. */
struct composed *composed_new(struct arena *arena,
                              const struct universe *universe);
/* True when all ages of the row of the cell are cells or columns, which it
 * adds where it can. */
bool composed_row(struct composed *composed, size_t cell);
/* The column of a key, or its cell; or SDC_NO_CELL. */
size_t composed_find(const struct composed *composed, uint64_t key);
/* True when there is no public number for it. */
bool composed_is_open(const struct composed *composed, size_t column);

/* What an attack needs to know of the columns. */
struct composed_columns {
    const int64_t *counts;     /* [count], of those after the cells */
    const int64_t *thresholds; /* [count] */
    size_t count;
    struct relations relations; /* to add to those of the universe */
};
struct composed_columns composed_columns(const struct composed *composed);

#endif
