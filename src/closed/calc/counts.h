/* SPDX-License-Identifier: EUPL-1.2 */
/* calc/counts.h - single exact counts, fast. CONFIDENTIAL.
 *
 * An index over the facts of one measure for whoever needs the counts of many
 * scattered cells, such as the hidden cells that close the universe. It
 * answers what a cube_build over the same nodes would: the same coverage, the
 * same structural zeros. */
#ifndef CALC_COUNTS_H
#define CALC_COUNTS_H

#include "calc/derived.h"

struct calc_counts;

/* Keeps pointers to codes, facts and coverage. ERR_INPUT for unknown leaves. */
bool calc_counts_new(struct arena *closed, const struct codes *codes,
                     const struct calc_source *source, struct calc_counts **out,
                     struct err *err) MUST_USE;

/* The count of one cell: a node per dimension. *structural is set when
 * everybody knows that it is zero: the sites occur in the other sex only, or
 * no source covers them there. ERR_INPUT when the sum is too large. Answers
 * are remembered, hence the index is not const. */
bool calc_count(struct calc_counts *counts, const int node[DIM_COUNT],
                int64_t *out, bool *structural, struct err *err) MUST_USE;

#endif
