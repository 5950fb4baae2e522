/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/classes.h - the coarsest classes of leaves that no part cuts. */
#ifndef SDC_CLASSES_H
#define SDC_CLASSES_H

#include "sdc/universe.h"

/* Writes class[leaf]: 0 for a leaf that none of the parts holds, else 1, 2, ...
 * in leaf order; two leaves have the same class when the same parts hold them.
 * Returns the number of classes, without 0. */
uint32_t classes_of_leaves(const struct axis *axis, size_t leaf_count,
                           const uint32_t *parts, size_t count,
                           uint32_t *class);

#endif
