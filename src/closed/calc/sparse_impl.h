/* SPDX-License-Identifier: EUPL-1.2 */
/* sparse_impl.h - shared by the files of sparse.h. */
#ifndef CALC_SPARSE_IMPL_H
#define CALC_SPARSE_IMPL_H

#include "calc/sparse.h"

/* An elimination order of small fill: order[k] is the unknown eliminated at
 * step k. */
uint32_t *sparse_order(struct arena *arena, const struct sparse_shape *shape);

#endif
