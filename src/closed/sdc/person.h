/* SPDX-License-Identifier: EUPL-1.2 */
/* sdc/person.h - who is alone in which cells. CONFIDENTIAL.
 *
 * Whoever is alone in an open cell knows that its count is 1, and knows it of
 * every cell in which she is alone: her département and site in one table, her
 * age and site in another. Cells of one person share a name. */
#ifndef SDC_PERSON_H
#define SDC_PERSON_H

#include "sdc/universe.h"

#define PERSON_NOBODY UINT32_MAX

/* [cells] a name of who is alone in the cell (the smallest number of her
 * cells), or PERSON_NOBODY where the count is not 1. The closed universe
 * answers mostly by itself; the source of counts is asked for the cells where
 * two tables cross. */
bool person_find(struct arena *arena, const struct universe *universe,
                 sdc_count *count, void *context, uint32_t **out,
                 struct err *err) MUST_USE;

#endif
