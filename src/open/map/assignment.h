/* SPDX-License-Identifier: EUPL-1.2 */
/* map/assignment.h - the cheapest way to give every row a column of its own.
 *
 * Kuhn 1955 (Naval Research Logistics Quarterly 2:83) in the form of shortest
 * paths with potentials: count cubed steps, in whole numbers, so that the same
 * costs give the same columns on every machine. */
#ifndef MAP_ASSIGNMENT_H
#define MAP_ASSIGNMENT_H

#include "base/arena.h"

#include <stdint.h>

/* costs[row * count + column], each 0 to 2^40. Writes the column of each row
 * and returns the sum of their costs, the least there is. */
int64_t assignment_find(struct arena *arena, const int64_t *costs, size_t count,
                        size_t *columns);

#endif
