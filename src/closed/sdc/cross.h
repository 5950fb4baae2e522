/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/cross.h - the whole crossing of a measure, where it is small.
 * CONFIDENTIAL.
 *
 * Lines and bridges lead from cell to cell as far as somebody thought of it.
 * What all tables of a measure tell together, without exception, is a sum over
 * the atoms of the crossing: classes of territory, site, sex, age, period and
 * quintile that no table cuts. Once each atom is a cell and every cell is led
 * down to its atoms, one dimension after the other, no attack by arithmetic
 * sees more than the universe does. */
#ifndef SDC_CROSS_H
#define SDC_CROSS_H

#include "sdc/universe.h"

struct crossing;

/* Of the measures whose crossing is small enough, made in `arena`; *out is NULL
 * when there are none. The universe is kept, and its axes must be open: atoms
 * that are no parts of them become so. ERR_DISCLOSURE as
 * universe_leaf_part. */
bool cross_new(struct arena *arena, struct universe *universe,
               struct crossing **out, struct err *err) MUST_USE;
/* Adds the hidden cells that the cells of the universe are led through, from
 * the first that no call has seen yet. Errors are those of the source, or
 * ERR_DISCLOSURE "sdc.universe" when there are too many cells. */
bool cross_lead(struct crossing *crossing, sdc_count *count, void *context,
                struct err *err) MUST_USE;

#endif
